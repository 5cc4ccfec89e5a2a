"""The judgements behind the comparison with other bodies: what their words and our classes mean on three levels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from data.read.heads import normalise_head
from lib.analysis import CLASS_COUNT
from lib.rules import words as texts
from lib.rules.judged import NATIONAL, REGIONS_FOLDER, signed
from lib.rules.toml import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lib.rules.toml import Table

AGREEMENT_FILE = REGIONS_FOLDER / NATIONAL / "agreement.toml"
LEVELS = ("rendah", "sedang", "tinggi")


@dataclass(frozen=True, slots=True)
class AgreementRules:
    """Chosen rules of the comparison."""

    our_levels: tuple[int, ...]  # index into `LEVELS` of each of our five classes, the lowest first; it never falls
    level_of_word: Mapping[str, str]  # one of `LEVELS` for each word that bodies write
    minimum_areas: int  # fewest areas on which agreement is put into one number

    def match(self, text: str) -> str | None:
        """Give the level that a body's word means; None for any other text, every number included."""
        return self.level_of_word.get(normalise_head(text))


@cache
def agreement_rules(file: Path = AGREEMENT_FILE) -> AgreementRules:
    """Read the rules of the comparison.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, a level is none of `LEVELS` or falls from one of our classes to a higher
        one, a word stands twice, or the number of areas is not within 2 to 1,000.
    """
    root = read_table(file)
    root.allow("our_classes", "class_words", "minimum_areas")
    ours, stated, areas = (root.table(key) for key in ("our_classes", "class_words", "minimum_areas"))
    stated.allow(*LEVELS)
    for table in (ours, areas, *map(stated.table, LEVELS)):
        signed("value", table)
    return AgreementRules(_our_levels(ours), _level_words(stated), areas.whole("value", 2, 1_000))


def _our_levels(table: Table) -> tuple[int, ...]:
    names = table.texts("value")
    if len(names) != CLASS_COUNT:
        raise table.refusal("value", texts.wrong_length(CLASS_COUNT))
    if not set(names) <= set(LEVELS):
        raise table.refusal("value", texts.not_one_of(LEVELS))
    levels = tuple(map(LEVELS.index, names))
    if list(levels) != sorted(levels):
        raise table.refusal("value", texts.LEVEL_FALLS)
    return levels


def _level_words(root: Table) -> dict[str, str]:
    found: dict[str, str] = {}
    for level in LEVELS:
        table = root.table(level)
        for word in map(normalise_head, table.texts("value")):
            if word in found:
                raise table.refusal("value", texts.duplicate(f"class_words.{found[word]}"))
            found[word] = level
    return found
