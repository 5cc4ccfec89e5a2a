"""Find the days and times that a text in prose names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from data.sort.date_texts import MONTHS, as_day
from data.sort.formats import date_column

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


_MONTH_YEAR = re.compile(rf"(?<![\d ]) *\b(?P<month>{_MONTH})\b\.?\s+(?P<year>20\d{{2}})\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d./-])20\d{2}\b(?![./-]?\d)")
# The number and year of a law say nothing about the day of a text: "Permendagri Nomor 42 Tahun 2015".
_LAW = re.compile(r"\b(?:nomor|no\.?)\s*\d+\s*(?:tahun|th\.?|/)\s*20\d{2}", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?<![\d./:])(?P<first>\d{{1,2}})(?:\s+(?P<first_month>{_MONTH})\b\.?)?\s*"
    rf"(?:-|–|s\.?\s?/?\s?d\.?|sampai(?: dengan)?|hingga)\s*(?=\d{{1,2}}\s+(?P<month>{_MONTH})\b)",
    re.IGNORECASE,
)
_ONE_YEAR_DAYS = 366
_LEAP_YEAR = 2000  # in which every day that may be written without a year exists
_AHEAD = 2  # without a year in the text, a day ahead counts as so many times as far away: most texts look back


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A day that a text names: as written, the day it means (None: none), whether its weekday belies it."""

    text: str
    day: date | None
    weekday_contradicts: bool
    year_written: bool = True
    start: int = 0  # where it stands in the text, from its weekday on
    end: int = 0


@dataclass(frozen=True, slots=True)
class Years:
    """Which year is meant where a day is written without one.

    The year is one of `named`, those that the text names; without any it is the one that brings the day nearest to
    `near`, a day that the text gives or else today.
    """

    named: tuple[int, ...]
    near: date

    def days(self, day: int, month: int) -> list[date]:
        """List the days that may be meant, the nearest first; a day more than a year away only if no other is."""
        years = self.named or (self.near.year - 1, self.near.year, self.near.year + 1)
        found = [meant for year in years if (meant := as_day(year, month, day)) is not None]
        ahead = 1 if self.named else _AHEAD
        found.sort(key=lambda meant: max((self.near - meant).days, ahead * (meant - self.near).days))
        return [meant for meant in found if abs((meant - self.near).days) <= _ONE_YEAR_DAYS] or found[:1]


def years_of(text: str, *, today: date) -> Years:
    """Find the years that a text gives for its days without one: the text rules, not the clock.

    Whole dates and months with a year ("periode November 2024") fix when the text was written; other years count
    beside them. Where a year stands in other words alone ("Pilkada 2024"), it or the year before is taken, whichever
    fits more of the weekdays written beside days. The years of laws do not count.
    """
    plain = _LAW.sub(" ", text)
    whole = [found.day for found in find_dates(plain, years=Years((), today)) if found.year_written and found.day]
    months = [date(int(match["year"]), MONTHS[match["month"].lower()], 15) for match in _MONTH_YEAR.finditer(plain)]
    other = [int(match[0]) for match in _YEAR.finditer(plain)]
    if fixed := [*whole, *months]:
        return Years(tuple(sorted({day.year for day in fixed} | set(other))), fixed[0])
    if not other:
        return Years((), today)
    candidates = sorted({year for named in other for year in (named, named - 1)}, reverse=True)
    fits = {year: _fitting_weekdays(plain, year) for year in candidates}
    best = max(candidates, key=lambda year: (fits[year], other.count(year)))
    return Years((best,), date(best, 7, 1))


def find_dates(text: str, *, years: Years) -> tuple[FoundDate, ...]:
    """List the days that a text names, in its order, each once.

    Numbers are read day first. A day without a year is taken in one of `years`. A weekday written before the day is
    its checksum: among the years that may be meant it chooses, and where it fits none the day is not taken.
    """
    found: dict[str, FoundDate] = {}
    for match in _DATE.finditer(text):
        weekday, written = match["weekday"], " ".join(match["day"].split())
        phrase = f"{weekday}, {written}" if weekday else written
        if phrase.lower() in found:
            continue
        day, yearless = _read(written), _read(written, _LEAP_YEAR)
        year_written = day is not None or yearless is None
        meant = [day] if day else years.days(yearless.day, yearless.month) if yearless else []
        fitting = [one for one in meant if weekday is None or _read(f"{weekday}, {one.isoformat()}") is not None]
        if not years.named:
            fitting = [one for one in fitting if one == meant[0]]  # without a year in the text a weekday only checks
        taken = fitting[0] if fitting else None
        contradicts = bool(meant) and taken is None
        start, end = match.span()
        found[phrase.lower()] = FoundDate(phrase, taken, contradicts, year_written, start, end)
    return tuple(found.values())


def first_of_range(text: str, last: date) -> date | None:
    """Give the first day of a span that ends on `last`: "4 s.d. 10 November 2024"; None where none is written."""
    for match in _RANGE.finditer(text):
        first_month = MONTHS[(match["first_month"] or match["month"]).lower()]
        if MONTHS[match["month"].lower()] != last.month:
            continue
        year = last.year - (first_month > last.month)
        first = as_day(year, first_month, int(match["first"]))
        if first is not None and first <= last:
            return first
    return None


def _read(written: str, year: int | None = None) -> date | None:
    return date_column([written], order=DAY_FIRST, year=year).days[written]


def _fitting_weekdays(text: str, year: int) -> int:
    found = find_dates(text, years=Years((year,), date(year, 7, 1)))
    return sum("," in one.text and one.day is not None and not one.year_written for one in found)


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
