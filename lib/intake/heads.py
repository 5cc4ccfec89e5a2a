"""Which heads of a file are meant: told by spelling, by synonym, by wording; a person confirms."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING

from data.read.heads import FORBIDDEN_HEADS, normalise_head
from data.read.sources import Source
from geo.codes import name_similarity
from lib.intake.kinds import KINDS, indicator_columns
from lib.intake.mapping_toml import ColumnMapping
from lib.rules.toml import FACTS_FOLDER, read_table
from lib.texts import mapping as texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SYNONYMS_FILE = FACTS_FOLDER / "mappings" / "synonyms.toml"
PROPOSAL_NAME = "usulan"
# Provinces word one indicator differently; the nearest two of the list are 0.75 alike.
SAME_INDICATOR_SIMILARITY = 0.8


@dataclass(frozen=True, slots=True)
class _Synonyms:
    """Other heads of our columns, the likeliest first; `never` lists heads about persons."""

    columns: Mapping[str, tuple[str, ...]]
    never: tuple[str, ...]
    repeat_by: tuple[str, ...]
    day: tuple[str, ...]
    month: tuple[str, ...]
    year: tuple[str, ...]


class Heads:
    """The heads of a file, as they are looked up."""

    def __init__(self, heads: Sequence[str]) -> None:
        self.normal = [normalise_head(head) for head in heads]
        self._by_bare: dict[str, set[str]] = {}
        for head in self.normal:
            for bare in {_bare(head), _bare(head.rpartition("/")[2])} - {""}:
                self._by_bare.setdefault(bare, set()).add(head)

    def spelt(self, head: str) -> str:
        """Return the file's spelling of a head, or the head itself where the file has none or several."""
        if head in self.normal:
            return head
        alike = self._by_bare.get(_bare(head), set())
        return next(iter(alike)) if len(alike) == 1 else head

    def first(self, entry: str) -> str | None:
        """Return the file's spelling of the first of several alternatives, written ``a|b``, that it has."""
        return next((self.spelt(head) for head in entry.split("|") if self.has(head)), None)

    def has(self, head: str) -> bool:
        """Tell whether the file has a head in any spelling."""
        return self.spelt(head) in self.normal


def fit(mapping: ColumnMapping, heads: Sequence[str]) -> ColumnMapping:
    """Rewrite the heads of a mapping as the file at hand spells them, and leave out those that it lacks.

    Of alternatives (``a|b``) the first is taken that the file has. A head is also found without punctuation,
    numbering (``3. Pemilih pindahan``) and the groups before a slash (``grup/kategori``), and counts as lacking where
    several heads of the file answer. Where the mapping asks for it (`by_synonyms`), a column of the mapping that has
    heads but none of the file's gets the one that `propose` would choose. A column of which nothing is left is left
    out.
    """
    found = Heads(heads)
    sources = {column: _fitted(source, found) for column, source in mapping.sources.items()}
    repeat_by = mapping.repeat_by and found.spelt(mapping.repeat_by)
    if mapping.by_synonyms:
        missing = [column for column, own in mapping.sources.items() if own.heads and not sources[column].heads]
        used = {head for source in sources.values() for head in source.heads}
        free = [head for head in found.normal if head not in used]
        for column, source in propose(free, mapping.kind, missing).sources.items():
            sources[column] = replace(sources[column], heads=source.heads, joined_by=source.joined_by)
        if repeat_by is not None and not found.has(repeat_by):
            repeat_by = next((found.spelt(head) for head in _synonyms().repeat_by if found.has(head)), repeat_by)
    left = {column: own for column, own in sources.items() if own.heads or own.rules or own.constant is not None}
    return replace(mapping, sources=left, repeat_by=repeat_by)


def propose(heads: Sequence[str], kind: str, columns: Sequence[str] | None = None) -> ColumnMapping:
    """Propose from the heads alone where our columns come from; a person confirms it.

    A head of the template's name serves its column. Any other column gets the first of its synonyms that the file
    has, year, month and day in three columns making a date, else the one head that ends with the template's name, as
    heads below a merged one do. An indicator gets the head whose wording is most like its text, if at least
    `SAME_INDICATOR_SIMILARITY` and like no other. A head serves one column, heads about persons none, and of several
    heads that one synonym fits none is taken, nor one that the file has twice. `columns`: the columns to fill, by
    default all of the template.
    """
    columns = KINDS[kind].columns if columns is None else columns
    synonyms = _synonyms()
    normal = Heads(heads).normal
    free = dict.fromkeys(
        head
        for head in normal
        if head
        and (normal.count(head) == 1 or head in columns)
        and not any(_fits(head, name) for name in synonyms.never)
    )
    sources: dict[str, Source] = {}
    for column in columns:
        if column in free:
            sources[column] = Source(heads=(column,))
            del free[column]
    for column in columns:
        if column in sources:
            continue
        chosen = _by_parts(column, free) or _by_synonym((column, *synonyms.columns.get(column, ())), free)
        if chosen:
            sources[column] = Source(heads=chosen, joined_by="-" if len(chosen) > 1 else " ")
            for head in chosen:
                del free[head]
    for find in (_heads_below, _indicator_heads):
        for column, head in find([c for c in columns if c not in sources], free).items():
            sources[column] = Source(heads=(head,))
            del free[head]
    ordered = {column: sources[column] for column in columns if column in sources}
    return ColumnMapping(PROPOSAL_NAME, texts.PROPOSAL_TITLE, kind, ordered)


def _heads_below(columns: Sequence[str], free: Iterable[str]) -> dict[str, str]:
    """Give each column the one head that ends with its name: "tempat_kelurahan" below a merged "Tempat".

    A head that ends with several names ("tempat_kode_kelurahan") serves the longest.
    """
    serves = {
        head: max((column for column in columns if head.endswith(f"_{column}")), key=len, default=None)
        for head in free
    }
    heads = {column: [head for head, served in serves.items() if served == column] for column in columns}
    return {column: below[0] for column, below in heads.items() if len(below) == 1}


def forbidden_heads(mapping: ColumnMapping) -> re.Pattern[str]:
    """Make the pattern of heads that refuse a file, sparing those that word an indicator.

    Bawaslu asks about every TPS whether officers campaign for a candidate: the words stand in the question, and
    nothing about a candidate stands in the cells. A head is spared only where the mapping gives it to an indicator
    and it reads like that indicator's text.
    """
    spared = [
        re.escape(head)
        for column, text in indicator_columns().items()
        for head in mapping.sources.get(column, Source()).heads
        if name_similarity(head, text) >= SAME_INDICATOR_SIMILARITY
    ]
    if not spared:
        return FORBIDDEN_HEADS
    return re.compile(f"^(?!(?:{'|'.join(spared)})$).*?(?:{FORBIDDEN_HEADS.pattern})")


@cache
def _synonyms() -> _Synonyms:
    root = read_table(SYNONYMS_FILE)
    root.allow("columns", "never", "repeat_by", "date_parts")
    columns, parts = root.table("columns"), root.table("date_parts")
    parts.allow("day", "month", "year")
    return _Synonyms(
        columns={column: columns.texts(column) for column in columns.values},
        never=root.texts("never"),
        repeat_by=root.texts("repeat_by"),
        day=parts.texts("day"),
        month=parts.texts("month"),
        year=parts.texts("year"),
    )


def _bare(head: str) -> str:
    """Reduce a head to its letters and digits, without a number in front."""
    return re.sub(r"[\W_]+", "", re.sub(r"^[0-9]+[.)_]+(?=[^\W\d_])", "", head))


def _fits(head: str, pattern: str) -> bool:
    last = head.rpartition("/")[2]
    if "*" in pattern:
        return fnmatchcase(last, pattern)
    return _bare(pattern) in {_bare(head), _bare(last)}


def _fitted(source: Source, found: Heads) -> Source:
    heads = dict.fromkeys(head for entry in source.heads if (head := found.first(entry)) is not None)
    rules = tuple((found.spelt(head), least, text) for head, least, text in source.rules if found.has(head))
    return replace(source, heads=tuple(heads), rules=rules)


def _by_synonym(names: Sequence[str], free: Iterable[str]) -> tuple[str, ...]:
    for name in names:
        alike = [head for head in free if _fits(head, name)]
        if len(alike) == 1:
            return (alike[0],)
    return ()


def _by_parts(column: str, free: Iterable[str]) -> tuple[str, ...]:
    """Return the heads of year, month and day, where the file has all three."""
    if column != "tanggal_kejadian":
        return ()
    synonyms = _synonyms()
    parts = [_by_synonym(names, free) for names in (synonyms.year, synonyms.month, synonyms.day)]
    return tuple(head for part in parts for head in part) if all(parts) else ()


def _indicator_heads(columns: Sequence[str], free: Iterable[str]) -> dict[str, str]:
    """Give indicators the heads that word them best; a head that words two of them alike goes to none."""
    texts_ = {column: text for column, text in indicator_columns().items() if column in columns}
    chosen: dict[str, str] = {}
    for head in free:
        ranked = sorted(((name_similarity(head, text), column) for column, text in texts_.items()), reverse=True)
        likely = [column for similarity, column in ranked if similarity >= SAME_INDICATOR_SIMILARITY]
        if likely and (len(ranked) == 1 or ranked[0][0] > ranked[1][0]) and likely[0] not in chosen:
            chosen[likely[0]] = head
    return chosen
