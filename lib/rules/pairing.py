"""When two reports are put to a person as possibly one event: chosen limits, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

from lib.rules.judged import Judgement
from lib.rules.toml import FACTS_FOLDER, Table, read_table

if TYPE_CHECKING:
    from pathlib import Path

PAIRING_FILE = FACTS_FOLDER / "regions" / "nasional" / "pairing.toml"


@dataclass(frozen=True, slots=True)
class Pairing:
    """Every chosen number of the search for pairs.

    Attributes
    ----------
    hours
        Longest time between two reports of one event.
    distance_m
        Longest distance between their points; the same area will do as well.
    text_minimum
        Least confidence, 0 to 1, of a pair whose texts can be compared.
    same_category_bonus
        What the same category adds to the similarity of the texts.
    confidence_without_text
        Confidence of a pair without texts but of the same category, time and place.
    ignored_words
        Words that make no two reports alike.
    most_reports
        Newest reports of a period that are searched.
    most_per_block
        Reports of one family, day and place that are compared with each other.
    most_pairs
        Pairs shown, the most confident first.
    judgements
        Author, date and reason of each value above.
    """

    hours: int
    distance_m: float
    text_minimum: float
    same_category_bonus: float
    confidence_without_text: float
    ignored_words: tuple[str, ...]
    most_reports: int
    most_per_block: int
    most_pairs: int
    judgements: tuple[Judgement, ...]


JUDGED = tuple(field.name for field in fields(Pairing) if field.name != "judgements")


@cache
def pairing(file: Path = PAIRING_FILE) -> Pairing:
    """Read the limits: one table per value, each with author, date and reason.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, or a value lies outside its range.
    """
    root = read_table(file)
    root.allow(*JUDGED)
    entries = {key: root.table(key) for key in JUDGED}
    return Pairing(
        hours=entries["hours"].whole("value", 1, 24 * 14),
        distance_m=entries["distance_m"].number("value", 10, 50_000),
        text_minimum=entries["text_minimum"].number("value", 0, 1),
        same_category_bonus=entries["same_category_bonus"].number("value", 0, 1),
        confidence_without_text=entries["confidence_without_text"].number("value", 0, 1),
        ignored_words=entries["ignored_words"].texts("value"),
        most_reports=entries["most_reports"].whole("value", 2, 1_000_000),
        most_per_block=entries["most_per_block"].whole("value", 2, 10_000),
        most_pairs=entries["most_pairs"].whole("value", 1, 100_000),
        judgements=tuple(_judgement(key, entry) for key, entry in entries.items()),
    )


def _judgement(key: str, table: Table) -> Judgement:
    table.allow("value", "author", "date", "reason")
    return Judgement(key, table.text("author"), table.day("date"), table.text("reason"))
