"""When two reports are put to a person as possibly one event: chosen limits, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lib.rules.judged import NATIONAL, REGIONS_FOLDER, Judged, judged, number, read_judged, whole

if TYPE_CHECKING:
    from pathlib import Path

PAIRING_FILE = REGIONS_FOLDER / NATIONAL / "pairing.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing(Judged):
    """Every chosen number of the search for pairs."""

    hours: int = whole(1, 24 * 14)  # longest time between two reports of one event
    distance_m: float = number(10, 50_000)  # longest distance between their points; the same area will do as well
    text_minimum: float = number(0, 1)  # least confidence, 0 to 1, of a pair whose texts can be compared
    same_category_bonus: float = number(0, 1)  # what the same category adds to the similarity of the texts
    # confidence of a pair without texts but of the same category, time and place
    confidence_without_text: float = number(0, 1)
    # words that make no two reports alike
    ignored_words: tuple[str, ...] = judged(lambda table: table.texts("value"))
    most_reports: int = whole(2, 1_000_000)  # newest reports of a period that are searched
    most_per_block: int = whole(2, 10_000)  # reports of one family, day and place that are compared with each other
    most_pairs: int = whole(1, 100_000)  # pairs shown, the most confident first


@cache
def pairing(file: Path = PAIRING_FILE) -> Pairing:
    """Read the limits: one table per value, each with author, date and reason.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, or a value lies outside its range.
    """
    return read_judged(Pairing, file)
