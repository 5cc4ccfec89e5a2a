"""Decide how a column writes its dates and numbers: once for the whole column, never per cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan", "january"),
            ("februari", "feb", "pebruari", "peb", "february"),
            ("maret", "mar", "march"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "jun", "june"),
            ("juli", "jul", "july"),
            ("agustus", "agu", "ags", "agt", "august", "aug"),
            ("september", "sep", "sept"),
            ("oktober", "okt", "october", "oct"),
            ("november", "nov", "nopember", "nop"),
            ("desember", "des", "december", "dec"),
        ),
        start=1,
    )
    for name in names
}
TIME = r"(?:[ t]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?)?"
ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){TIME}")
NUMERIC = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}){TIME}")
NAMED = re.compile(rf"(?:[a-z]+'?[a-z]*, ?)?(\d{{1,2}})[- ]([a-z]+)\.?[- ,]+(\d{{4}}){TIME}")
MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class DateColumn:
    """How a column writes its dates, and the day that each distinct text means (None: no date)."""

    order: str
    days: dict[str, date | None]


def date_column(texts: Iterable[str]) -> DateColumn:
    """Read the distinct texts of one column as days.

    ``20/11/2024`` is day first unless the column itself proves month first: some second number is above 12
    and no first number is. A column that proves both is read day first, so that its other rows are refused
    rather than turned round. Years have four digits. Indonesian and English month names are known, a
    weekday before them is allowed. A time after the date is left out, but one with a zone makes it no date: it may
    be another day here.

    Returns
    -------
    column
        `order` is ``"hari-bulan-tahun"`` or ``"bulan-hari-tahun"``.
    """
    distinct = {text: text.strip().lower() for text in texts}
    first, second = [], []
    for text in distinct.values():
        if match := NUMERIC.fullmatch(text):
            first.append(int(match[1]))
            second.append(int(match[2]))
    month_first = max(second, default=0) > MONTHS_IN_YEAR >= max(first, default=0)
    return DateColumn(
        "bulan-hari-tahun" if month_first else "hari-bulan-tahun",
        {text: _day(clean, month_first=month_first) for text, clean in distinct.items()},
    )


def _day(text: str, *, month_first: bool) -> date | None:
    if match := ISO.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := NUMERIC.fullmatch(text):
        year, month, day = int(match[3]), int(match[2]), int(match[1])
        if month_first:
            month, day = day, month
    elif (match := NAMED.fullmatch(text)) and match[2] in MONTHS:
        year, month, day = int(match[3]), MONTHS[match[2]], int(match[1])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
