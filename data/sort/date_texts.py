"""What a text says about a day, before the column it stands in decides what that means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan", "january"),
            ("februari", "feb", "pebruari", "peb", "february"),
            ("maret", "mar", "mrt", "march"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "jun", "june"),
            ("juli", "jul", "july"),
            ("agustus", "agust", "agu", "ags", "agt", "august", "aug"),
            ("september", "sept", "sep"),
            ("oktober", "okt", "october", "oct"),
            ("november", "nopember", "nov", "nop"),
            ("desember", "des", "december", "dec"),
        ),
        start=1,
    )
    for name in names
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("senin", "sen", "monday", "mon"),
            ("selasa", "sel", "tuesday", "tues", "tue"),
            ("rabu", "rab", "rebo", "wednesday", "wed"),
            ("kamis", "kam", "thursday", "thurs", "thur", "thu"),
            ("jumat", "jum'at", "jum", "friday", "fri"),
            ("sabtu", "sab", "saturday", "sat"),
            ("minggu", "ahad", "min", "sunday", "sun"),
        )
    )
    for name in names
}
LOCAL_ZONES = {"wib": 7, "wita": 8, "wit": 9}  # hours east of UTC

_SIGN = r"(?: ?[-/.] ?| )"
_NAME = r"(?P<name>[a-z]+)\.?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_FORMS = (
    rf"(?P<year_first>\d{{4}}){_SIGN}(?:(?P<month>\d{{1,2}})|{_NAME}){_SIGN}(?P<day>\d{{1,2}})",
    rf"(?P<first>\d{{1,2}}){_SIGN}(?P<second>\d{{1,2}}){_SIGN}{_YEAR}",
    r"(?P<first>\d{1,2})[-/](?P<second>\d{1,2})",  # not with a dot, which may be a time or a number
    rf"(?P<day>\d{{1,2}})[-/ ]?{_NAME}(?:[-/ ,]*{_YEAR})?",
    rf"{_NAME} (?P<day>\d{{1,2}})(?:,? {_YEAR})?",
    r"(?P<year_first>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})",
)
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_ZONE = r"(?P<zone>z|utc|gmt|(?:utc|gmt)?[-+]\d{1,2}(?::?\d{2})?|wita|wib|wit)"
_TIME = (
    r"(?:(?:,? (?:(?:pukul|pkl|jam)\.? )?|t)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?"
    rf"(?: ?(?P<half>[ap])\.?m\.?)?(?: ?{_ZONE})?)?"
)
_PATTERNS = tuple(
    re.compile(
        rf"(?:(?:hari )?(?P<weekday>{_WEEKDAY})\b\.?,? ?)?(?:(?:tanggal|tgl)\.? ?)?"
        rf"(?P<bracket>\()?{form}(?(bracket)\)){_TIME}(?: ?\((?P<weekday_after>{_WEEKDAY})\))?"
    )
    for form in _FORMS
)
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "`": "'", "\u00b4": "'"})


@dataclass(frozen=True, slots=True)
class DateParts:
    """What a text says."""

    # day_first, month_first: its day under either order; the same where nothing is open, None where there is no such
    # day
    day_first: date | None
    month_first: date | None
    # the two numbers that may be day and month, as written; None where a name or the form tells them apart
    numbers: tuple[int, int] | None
    weekday: int | None  # the weekday in the text, 0 for Monday
    # clock, offset: the time after the day, and its distance from UTC
    clock: time | None
    offset: timezone | None
    year_digits: int  # how many digits the year has where it could have two or four; else 0
    iso: bool  # whether it is written as year, month, day in numbers, which is how a spreadsheet's date cells arrive


def clean_text(text: str) -> str:
    """Bring a text into the form that `date_parts` reads: lower case, single blanks, straight quotes."""
    return " ".join(text.lower().translate(_QUOTES).split())


def date_parts(clean: str, year: int | None) -> DateParts | None:
    """Take a clean text apart; `year` is that of texts without one, None leaves them unread as what is no date."""
    match = next((found for pattern in _PATTERNS if (found := pattern.fullmatch(clean))), None)
    if match is None:
        return None
    said = match.groupdict()
    try:
        clock, offset = _clock(said)
    except ValueError:
        return None
    written = said.get("year_first") or said.get("year")
    whole_year = year if written is None else int(written) + (2000 if len(written) == 2 else 0)
    if whole_year is None:
        return None
    numbers = None
    if said.get("first"):
        numbers = int(said["first"]), int(said["second"])
        day_first, month_first = (as_day(whole_year, *pair) for pair in (numbers[::-1], numbers))
    else:
        month = MONTHS.get(said["name"], 0) if said.get("name") else int(said["month"])
        day_first = month_first = as_day(whole_year, month, int(said["day"]))
    weekday = WEEKDAYS.get(said["weekday"] or said["weekday_after"] or "")
    digits = len(said.get("year") or "")
    iso = bool(said.get("year_first") and said.get("month"))
    return DateParts(day_first, month_first, numbers, weekday, clock, offset, digits, iso)


def _clock(said: Mapping[str, str | None]) -> tuple[time | None, timezone | None]:
    if said["hour"] is None or said["minute"] is None:
        return None, None
    hour = int(said["hour"])
    if said["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(f"no such hour: {hour}")
        hour = hour % 12 + (12 if said["half"] == "p" else 0)
    clock = time(hour, int(said["minute"]))
    zone = said["zone"]
    if zone is None:
        return clock, None
    if zone in LOCAL_ZONES:
        return clock, timezone(timedelta(hours=LOCAL_ZONES[zone]), zone)
    digits = re.sub(r"[^-+\d]", "", zone) or "+0"
    hours, minutes = (digits[1:-2], digits[-2:]) if len(digits) > 3 else (digits[1:], "0")
    size = timedelta(hours=int(hours), minutes=int(minutes))
    return clock, timezone(-size if digits[0] == "-" else size)


def as_day(year: int, month: int, day: int) -> date | None:
    """Make a day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
