"""Find the days and times that a text in prose names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.formats import MONTHS, date_column

if TYPE_CHECKING:
    from datetime import date

DAY_FIRST = "hari-bulan-tahun"  # how Indonesian prose writes numbers as dates

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = r"(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)"
_DATE = re.compile(
    rf"(?:(?P<weekday>\b{_WEEKDAY}\b)[\s,(]*(?:tanggal|tgl\.?)?[\s(]*)?"
    rf"(?<![\d.])(?P<day>\d{{4}}-\d{{1,2}}-\d{{1,2}}"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})(?!\d)|\d{{1,2}}/\d{{1,2}}(?![/\d])"
    rf"|\d{{1,2}}\s+(?:{_MONTH})\b\.?(?:\s+\d{{4}})?)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:pukul|jam|pkl\.?)\s*(\d{1,2})[.:](\d{2})\b|\b(\d{1,2})[.:](\d{2})\s*(?:wib|wita|wit)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A day that a text names: as written, the day it means (None: none), whether its weekday belies it."""

    text: str
    day: date | None
    weekday_contradicts: bool


def find_dates(text: str, *, year: int) -> tuple[FoundDate, ...]:
    """List the days that a text names, in its order, each once.

    Numbers are read day first. A day without a year is taken in `year`. A weekday written before the day is its
    checksum: where the two disagree the day is not taken.
    """
    found: dict[str, FoundDate] = {}
    for match in _DATE.finditer(text):
        weekday, written = match["weekday"], " ".join(match["day"].split())
        phrase = f"{weekday}, {written}" if weekday else written
        if phrase.lower() in found:
            continue
        with_weekday = date_column([phrase], order=DAY_FIRST, year=year).days[phrase]
        alone = date_column([written], order=DAY_FIRST, year=year).days[written]
        found[phrase.lower()] = FoundDate(phrase, with_weekday, with_weekday is None and alone is not None)
    return tuple(found.values())


def find_time(text: str) -> str | None:
    """Give the first time of day that a text names, as HH:MM."""
    for match in _TIME.finditer(text):
        hour, minute = (int(part) for part in (match[1] or match[3], match[2] or match[4]))
        if hour < 24 and minute < 60:
            return f"{hour:02d}:{minute:02d}"
    return None
