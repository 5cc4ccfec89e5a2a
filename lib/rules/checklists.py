"""The schemes by which TPS are judged: which items a checklist asks, under which variable, with which weight."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING

from data import digests
from lib.rules import words as texts
from lib.rules.elections import VOTES
from lib.rules.indicators import SERVICE, indicator_codes, indicator_list
from lib.rules.toml import FACTS_FOLDER, ProfileError, Table, read_table, refuse_duplicates

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

SCHEMES_FILE = FACTS_FOLDER / "station_schemes.toml"

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE_SHAPE = "huruf kecil dan angka dengan tanda hubung, misalnya bawaslu-pilkada-2024"


@dataclass(frozen=True, slots=True)
class SchemeItem:
    """One item of a checklist.

    `sub_score` is the only sub-score that it enters, or ``layanan``: a need of voters, shown apart and never a
    risk. `verify` marks an item not found in a national release; `source` then says where it is from.
    """

    code: str
    text: str
    variable: str
    sub_score: str
    weight: float
    verify: bool
    source: str


@dataclass(frozen=True, slots=True)
class StationScheme:
    """A checklist of Bawaslu as data.

    `variables` are names in their order; `stated_indicators` is the number of items that Bawaslu named, None
    where none could be confirmed. Author, day and reason are those of the items' weights.
    """

    code: str
    name: str
    source: str
    note: str
    election_kinds: tuple[str, ...]
    stated_indicators: int | None
    variables: tuple[str, ...]
    items: tuple[SchemeItem, ...]
    author: str
    day: date
    reason: str

    @property
    def digest(self) -> str:
        """Return the short digest of code and items: equal exactly where scores must be equal."""
        items = [{key: value for key, value in asdict(item).items() if key != "source"} for item in self.items]
        return digests.short(digests.of_values([self.code, items]))

    def in_sub_score(self, sub_score: str) -> tuple[SchemeItem, ...]:
        """Return the items of one sub-score, or of ``layanan``, in the order of their codes."""
        return tuple(item for item in self.items if item.sub_score == sub_score)


def sub_scores() -> dict[str, str]:
    """Name the sub-scores of risk, code to name; ``layanan`` is none of them."""
    return {group.code: group.name for group in indicator_list().groups}


@cache
def station_schemes(file: Path = SCHEMES_FILE) -> tuple[StationScheme, ...]:
    """Read the schemes in the order of the file.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, a code stands twice, an item names no listed variable or indicator, a
        variable has no item, the stated numbers are not those of the lists, no item of a sub-score has a weight,
        or a kind of election belongs to no scheme or to two.
    """
    root = read_table(file)
    root.allow("schemes")
    tables = root.tables("schemes")
    if not tables:
        raise root.refusal("schemes", texts.NOT_LIST)
    refuse_duplicates(tables, "code")
    schemes = tuple(map(_scheme, tables))
    kinds = [kind for scheme in schemes for kind in scheme.election_kinds]
    for kind in VOTES:
        if kinds.count(kind) != 1:
            raise root.refusal("schemes", texts.kind_not_once(kind))
    return schemes


def scheme(code: str) -> StationScheme:
    """Return the scheme with a code.

    Raises
    ------
    ProfileError
        If there is none.
    """
    for known in station_schemes():
        if known.code == code:
            return known
    codes = [known.code for known in station_schemes()]
    raise ProfileError(texts.unknown_code(what=texts.CHECKLIST_SCHEME, code=code, known=codes))


def scheme_for(election_kind: str) -> StationScheme:
    """Return the scheme by which TPS of a kind of election are judged unless another is chosen."""
    return next(known for known in station_schemes() if election_kind in known.election_kinds)


def _scheme(table: Table) -> StationScheme:
    table.allow(
        *("code", "name", "source", "note", "election_kinds", "stated_variables", "stated_indicators"),
        *("variables", "items", "author", "date", "reason"),
    )
    kinds = table.texts("election_kinds")
    if not set(kinds) <= set(VOTES):
        raise table.refusal("election_kinds", texts.not_one_of(VOTES))
    variables, entries = table.tables("variables"), table.tables("items")
    refuse_duplicates(variables, "code")
    refuse_duplicates(entries, "code")
    names = dict(map(_variable, variables))
    items = tuple(sorted((_item(entry, names) for entry in entries), key=lambda item: item.code))
    if len(names) != table.whole("stated_variables", 1, 99) or set(names.values()) != {i.variable for i in items}:
        raise table.refusal("variables", texts.CHECKLIST_NOT_AS_STATED)
    stated = table.whole("stated_indicators", 1, 99) if "stated_indicators" in table else None
    if stated is not None and len(items) != stated:
        raise table.refusal("items", texts.CHECKLIST_NOT_AS_STATED)
    if any(not any(item.weight for item in items if item.sub_score == code) for code in sub_scores()):
        raise table.refusal("items", texts.SUB_SCORE_WITHOUT_ITEMS)
    return StationScheme(
        code=table.code("code", _CODE, _CODE_SHAPE),
        name=table.text("name"),
        source=table.text("source"),
        note=table.text("note"),
        election_kinds=kinds,
        stated_indicators=stated,
        variables=tuple(names.values()),
        items=items,
        author=table.text("author"),
        day=table.day("date"),
        reason=table.text("reason"),
    )


def _variable(table: Table) -> tuple[str, str]:
    table.allow("code", "name")
    return table.text("code"), table.text("name")


def _item(table: Table, variables: dict[str, str]) -> SchemeItem:
    table.allow("code", "variable", "weight", "text", "verify", "source")
    indicator = indicator_list().indicator(table.choice("code", indicator_codes()))
    return SchemeItem(
        code=indicator.code,
        text=table.optional(table.text, "text") or indicator.text,
        variable=variables[table.choice("variable", variables)],
        sub_score=SERVICE if indicator.accessibility else indicator.group,
        weight=table.number("weight", 0, 100),
        verify=table.flag("verify"),
        source=table.optional(table.text, "source") or "",
    )
