"""The categories of incidents, their families, and the words by which people call them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from lib.rules import words as texts
from lib.rules.toml import FACTS_FOLDER, ProfileError, Table, read_table, refuse_duplicates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TAXONOMY_FILE = FACTS_FOLDER / "taxonomy.toml"
MOST_FAMILIES = 8

_NOT_WORD = re.compile(r"[\W_]+")
_COLOR = re.compile(r"#[0-9a-f]{6}")
_CATEGORY_CODE = re.compile(r"[A-Z]+(-[A-Z]+)?")
_FAMILY_CODE = re.compile(r"[a-z_]+")


@dataclass(frozen=True, slots=True)
class Group:
    """A group that counts for one sub-score; the code "-" counts for none."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Family:
    """Categories that charts show as one series, with its colour as #rrggbb."""

    code: str
    name: str
    color: str


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of incident.

    `synonyms` name it anywhere in a text, `whole_text_synonyms` only when they
    are the whole text. `verify` marks a legal rule that nobody has yet compared
    with the law; a dash stands for no rule and no Bawaslu class.
    """

    code: str
    name: str
    definition: str
    group: str
    family: str
    rule: str
    verify: bool
    bawaslu: str
    synonyms: tuple[str, ...]
    whole_text_synonyms: tuple[str, ...]


@dataclass(frozen=True)  # without slots: the phrase tables are cached in the instance
class Taxonomy:
    """All groups, families and categories in the order of the file."""

    groups: tuple[Group, ...]
    families: tuple[Family, ...]
    categories: tuple[Category, ...]

    def category(self, code: str) -> Category:
        """Return the category with a code as it is written in the file.

        Raises
        ------
        ProfileError
            If there is none.
        """
        for category in self.categories:
            if category.code == code:
                return category
        known = [category.code for category in self.categories]
        raise ProfileError(texts.unknown_code(what="kategori", code=code, known=known))

    def family_of(self, code: str) -> Family:
        """Return the family of a category.

        Raises
        ------
        ProfileError
            If there is no such category.
        """
        family = self.category(code).family
        return next(entry for entry in self.families if entry.code == family)

    def match(self, text: str) -> str | None:
        """Return the code of the one category that a text names, or None.

        Case, punctuation and spacing do not matter. A text that is a code, a
        name or a synonym as a whole names its category; parts between slashes
        that name different ones name none. Otherwise synonyms are looked for
        inside the text as whole words: a longer phrase silences the shorter
        ones that it overlaps, and what remains must belong to one category.
        A text that names two categories is never decided here.
        """
        whole = self._whole_texts.get(normalize(text))
        if whole is not None:
            return whole
        parts = {self._whole_texts.get(normalize(part)) for part in text.split("/")} - {None}
        if len(parts) > 1:
            return None
        found = self._inside(normalize(text).split())
        return found.pop() if len(found) == 1 else None

    def named_in(self, text: str) -> frozenset[str]:
        """Return the codes of all categories that synonyms inside a text name."""
        return frozenset(self._inside(normalize(text).split()))

    def _inside(self, words: list[str]) -> set[str]:
        found: set[str] = set()
        free = [True] * len(words)
        longest = max(len(phrase.split()) for phrase in self._inner_phrases)
        for length in range(min(longest, len(words)), 0, -1):
            starts = [
                start
                for start in range(len(words) - length + 1)
                if all(free[start : start + length])
                and " ".join(words[start : start + length]) in self._inner_phrases
            ]
            for start in starts:
                found.add(self._inner_phrases[" ".join(words[start : start + length])])
                free[start : start + length] = [False] * length
        return found

    @cached_property
    def _whole_texts(self) -> dict[str, str]:
        return {normalize(phrase): category.code for category in self.categories for _, phrase in _phrases(category)}

    @cached_property
    def _inner_phrases(self) -> dict[str, str]:
        return {normalize(synonym): category.code for category in self.categories for synonym in category.synonyms}


def normalize(text: str) -> str:
    """Fold case and compatibility forms, and put one space for every run of other characters."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _NOT_WORD.sub(" ", folded).strip()


@cache
def taxonomy(file: Path = TAXONOMY_FILE) -> Taxonomy:
    """Read the taxonomy.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, a code stands twice, a category names
        no listed group or family, there are more families than charts can
        tell apart, or two categories claim the same phrase.
    """
    root = read_table(file)
    root.allow("groups", "families", "categories")
    groups, families, categories = (root.tables(key) for key in ("groups", "families", "categories"))
    for key, tables in (("groups", groups), ("families", families), ("categories", categories)):
        if not tables:
            raise root.refusal(key, texts.NOT_LIST)
        refuse_duplicates(tables, "code")
    if len(families) > MOST_FAMILIES:
        raise root.refusal("families", texts.too_many(MOST_FAMILIES))
    group_codes = [table.text("code") for table in groups]
    family_codes = [table.text("code") for table in families]
    read = tuple(_category(table, group_codes, family_codes) for table in categories)
    _refuse_shared_phrases(read, categories)
    return Taxonomy(tuple(map(_group, groups)), tuple(map(_family, families)), read)


def _group(table: Table) -> Group:
    table.allow("code", "name")
    return Group(table.text("code"), table.text("name"))


def _family(table: Table) -> Family:
    table.allow("code", "name", "color")
    return Family(
        code=table.code("code", _FAMILY_CODE, "huruf kecil dan garis bawah"),
        name=table.text("name"),
        color=table.code("color", _COLOR, "#rrggbb dengan huruf kecil"),
    )


def _category(table: Table, groups: list[str], families: list[str]) -> Category:
    table.allow(
        "code",
        "name",
        "definition",
        "group",
        "family",
        "rule",
        "verify",
        "bawaslu",
        "synonyms",
        "whole_text_synonyms",
    )
    return Category(
        code=table.code("code", _CATEGORY_CODE, "huruf besar, boleh dengan satu tanda hubung"),
        name=table.text("name"),
        definition=table.text("definition"),
        group=table.choice("group", groups),
        family=table.choice("family", families),
        rule=table.text("rule"),
        verify=table.flag("verify"),
        bawaslu=table.text("bawaslu"),
        synonyms=table.texts("synonyms"),
        whole_text_synonyms=table.optional(table.texts, "whole_text_synonyms") or (),
    )


def _phrases(category: Category) -> Iterator[tuple[str, str]]:
    """List every phrase that can stand for a category, with the key that it is written under."""
    yield "code", category.code
    yield "name", category.name
    for key in ("synonyms", "whole_text_synonyms"):
        for phrase in getattr(category, key):
            yield key, phrase


def _refuse_shared_phrases(categories: tuple[Category, ...], tables: tuple[Table, ...]) -> None:
    owners: dict[str, str] = {}
    for category, table in zip(categories, tables, strict=True):
        for key, phrase in _phrases(category):
            if key not in {"code", "name"} and phrase != phrase.lower():
                raise table.refusal(key, texts.not_lower_case(phrase))
            plain = normalize(phrase)
            if not plain:
                raise table.refusal(key, texts.no_letters(phrase))
            if owners.setdefault(plain, category.code) != category.code:
                raise table.refusal(key, texts.phrase_claimed(phrase, owners[plain]))
