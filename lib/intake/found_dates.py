"""Find the days and times that a text in prose names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.sort.date_texts import MONTHS
from data.sort.formats import date_column

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
_PART = r"(?P<part>dini hari|subuh|pagi|siang|sore|petang|malam)\b"
_ZONE = r"(?:wib|wita|wit)\b"
_TIME = re.compile(
    rf"\b(?:(?P<word>pukul|jam|pkl\.?)\s*)?(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d{{2}})|(?![.:]?\d))\b"
    rf"(?:\s*(?P<zone>{_ZONE}))?(?:\s*(?:tadi )?{_PART})?",
    re.IGNORECASE,
)
_HOURS = {
    "dini hari": range(5),
    "subuh": range(3, 7),
    "pagi": range(12),
    "siang": range(10, 16),
    "sore": range(13, 19),
    "petang": range(15, 20),
    "malam": (18, 19, 20, 21, 22, 23, 0, 1, 2, 3),
}


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
    """Give the first time of day that a text names, as HH:MM.

    Minutes need the word for clock or a time zone; an hour alone needs the word and the part of the day: "jam 4" may
    be two times, "jam 4 sore" is 16:00. Midnight, "jam 12 malam", belongs to no one day and is not taken.
    """
    for match in _TIME.finditer(text):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        part = (match["part"] or "").lower()
        if not (match["word"] or (match["zone"] and match["minute"])) or not (match["minute"] or part):
            continue
        meant = [fitting for fitting in (hour, hour + 12) if fitting in _HOURS[part]] if part else [hour]
        if len(meant) == 1 and meant[0] < 24 and minute < 60:
            return f"{meant[0]:02d}:{minute:02d}"
    return None
