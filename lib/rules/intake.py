"""The judgements behind an import: how sure it must be before it changes or joins something by itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lib.rules.toml import FACTS_FOLDER, read_table

if TYPE_CHECKING:
    from pathlib import Path

IMPORT_RULES_FILE = FACTS_FOLDER / "regions" / "nasional" / "import.toml"


@dataclass(frozen=True, slots=True)
class ImportRules:
    """Chosen numbers of an import.

    Attributes
    ----------
    minimum_confidence
        Share of a column's rows that a repair must put right before it is made.
    name_agreement
        Share of codes whose names must agree before a file is joined by code.
    far_km
        Points farther than this from the region are taken for mistakes.
    plausible_ranges
        Values of an indicator farther beyond its goalposts than so many times their range are taken for mistakes.
    """

    minimum_confidence: float
    name_agreement: float
    far_km: float
    plausible_ranges: float


@cache
def import_rules(file: Path = IMPORT_RULES_FILE) -> ImportRules:
    """Read the judgements of an import.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, a share is not within 0.5 to 1, the distance not within
        1 to 5,000 km, or the ranges not within 1 to 1,000.
    """
    root = read_table(file)
    keys = ("minimum_confidence", "name_agreement", "far_km", "plausible_ranges")
    root.allow(*keys)
    tables = {key: root.table(key) for key in keys}
    for table in tables.values():
        table.allow("value", "author", "date", "reason")
        table.text("author"), table.day("date"), table.text("reason")
    return ImportRules(
        minimum_confidence=tables["minimum_confidence"].number("value", 0.5, 1),
        name_agreement=tables["name_agreement"].number("value", 0.5, 1),
        far_km=tables["far_km"].number("value", 1, 5_000),
        plausible_ranges=tables["plausible_ranges"].number("value", 1, 1_000),
    )
