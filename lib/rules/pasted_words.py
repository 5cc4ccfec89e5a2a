"""The words by which pasted messages, lists and meeting texts are understood."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

from lib.rules.phrases import alternatives
from lib.rules.toml import FACTS_FOLDER, read_table

if TYPE_CHECKING:
    from pathlib import Path

WORDS_FILE = FACTS_FOLDER / "pasted_words.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedWords:
    """Every list of the file as a group of a pattern, by `alternatives`; the file says what each is for."""

    abbreviations: str
    follow_ups: str
    points: str
    came: str
    present: str
    meetings: str
    held: str
    votes: str
    ahead_before: str
    ahead_after: str
    meeting_signs: str
    incident_signs: str
    day_before: str
    not_day_before: str
    other_days: str
    turns: str
    not_yet: str
    able: str
    news: str
    incidents: str
    later: str
    waiting: str
    awaited: str
    none_come: str
    negations: str
    safe: str
    nothing: str
    without: str
    found: str
    calm: str
    counted: str
    happened: str
    wishes: str
    routine: str
    offices: str
    office_parts: str
    office_ends: str
    addressed: str
    not_senders: str
    region_offices: str
    frames: str
    closings: str
    labels: str
    column_heads: str


@cache
def pasted_words(file: Path = WORDS_FILE) -> PastedWords:
    """Read the lists of words.

    Raises
    ------
    ProfileError
        If a list is unknown, missing or empty, or who chose them is not said.
    """
    root = read_table(file)
    lists = [entry.name for entry in fields(PastedWords)]
    root.allow("source", "author", "date", "reason", *lists)
    for key in ("source", "author", "reason"):
        root.text(key)
    root.day("date")
    return PastedWords(**{name: alternatives(root.texts(name)) for name in lists})
