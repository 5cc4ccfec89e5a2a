"""The structural indicators of the score: what makes a place vulnerable before anything happens there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.read.heads import FORBIDDEN_HEADS
from lib.rules import words as texts
from lib.rules.indicators import indicator_codes
from lib.rules.toml import refuse_duplicates

if TYPE_CHECKING:
    from lib.rules.toml import Table

IMPORTED = "impor"
STATION_PREFIX = "tps:"
DIRECTIONS = ("naik", "turun")

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_LARGEST = 1e9


@dataclass(frozen=True, slots=True)
class StructuralIndicator:
    """A property of an area on fixed goalposts."""

    code: str
    name: str
    source: str  # ``tps:`` and the code of a checklist item (percent of the area's TPS that have it), or ``impor``
    # low, high: goalposts in the indicator's own unit: the ends of the scale from 0 to 100
    low: float
    high: float
    rising: bool  # whether a higher value means more vulnerable; otherwise `low` scores 100
    weight: float  # share among the structural indicators, > 0; they need not add up to 1


def read_structural(tables: tuple[Table, ...]) -> tuple[StructuralIndicator, ...]:
    """Read the structural indicators in the order they are written.

    Raises
    ------
    ProfileError
        If a code stands twice, a goalpost range is empty, a source is unknown, or a code or name speaks of
        party, candidate, religion or ethnicity: places are scored, never people.
    """
    refuse_duplicates(tables, "code")
    return tuple(map(_indicator, tables))


def refuse_forbidden(table: Table, key: str, word: str) -> None:
    """Refuse a word about party, candidate, religion or ethnicity, wherever it names an input of the score.

    The words are those that the import refuses as column heads.
    """
    if FORBIDDEN_HEADS.search(word.strip().casefold()):
        raise table.refusal(key, texts.FORBIDDEN_INPUT)


def _indicator(table: Table) -> StructuralIndicator:
    table.allow("code", "name", "source", "low", "high", "direction", "weight", "author", "date", "reason")
    for key in ("code", "name"):
        refuse_forbidden(table, key, table.text(key))
    low, high = table.number("low", -_LARGEST, _LARGEST), table.number("high", -_LARGEST, _LARGEST)
    if high <= low:
        raise table.refusal("high", texts.NOT_INCREASING)
    sources = (IMPORTED, *(STATION_PREFIX + code for code in indicator_codes()))
    return StructuralIndicator(
        code=table.code("code", _CODE, "huruf kecil, angka, dan garis bawah"),
        name=table.text("name"),
        source=table.choice("source", sources),
        low=low,
        high=high,
        rising=table.choice("direction", DIRECTIONS) == "naik",
        weight=table.number("weight", 0.001, 1000),
    )
