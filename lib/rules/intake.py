"""The judgements behind an import: how sure it must be before it changes or joins something by itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lib.rules.judged import NATIONAL, REGIONS_FOLDER, Judged, number, read_judged

if TYPE_CHECKING:
    from pathlib import Path

IMPORT_RULES_FILE = REGIONS_FOLDER / NATIONAL / "import.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRules(Judged):
    """Chosen numbers of an import."""

    # share of a column's rows that a repair must put right before it is made
    minimum_confidence: float = number(0.5, 1)
    name_agreement: float = number(0.5, 1)  # share of codes whose names must agree before a file is joined by code
    far_km: float = number(1, 5_000)  # points farther than this from the region are taken for mistakes
    # values of an indicator farther beyond its goalposts than so many times their range are taken for mistakes
    plausible_ranges: float = number(1, 1_000)


@cache
def import_rules(file: Path = IMPORT_RULES_FILE) -> ImportRules:
    """Read the judgements of an import.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, or a value lies outside its range.
    """
    return read_judged(ImportRules, file)
