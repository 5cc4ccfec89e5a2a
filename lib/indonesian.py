"""Write dates, numbers and periods the Indonesian way."""

from __future__ import annotations

from math import floor, isnan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MISSING = "–"
TOO_FEW_EVENTS = "terlalu sedikit kejadian untuk dinilai"


def whole(value: float | None) -> str:
    """Write a whole number with dots between thousands; missing becomes a dash."""
    if value is None or isnan(value):
        return MISSING
    return f"{round(value):,}".replace(",", ".")


def decimal(value: float | None, digits: int = 1) -> str:
    """Write a number with a decimal comma; missing becomes a dash."""
    if value is None or isnan(value):
        return MISSING
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def tenth(score: float) -> float:
    """Cut a score to one decimal rather than round it: 64.96 is not yet 65, where a class begins."""
    return score if isnan(score) else floor(score * 10 + 1e-6) / 10


def tenths(values: Sequence[float], total: float) -> list[float]:
    """Cut values to one decimal so that they add up to a total of one decimal, as screens and files print them.

    Those that lose most by being cut are raised by a tenth until the sum is right. Where any is missing, or the total
    is, they stay as they are.
    """
    if isnan(total) or any(map(isnan, values)):
        return list(values)
    exact = [10 * value for value in values]
    cut = [floor(value + 1e-6) for value in exact]
    order = sorted(range(len(cut)), key=lambda place: (cut[place] - exact[place], -abs(exact[place])))
    left = round(10 * total) - sum(cut)
    for place in (order * abs(left))[: max(left, 0)] + (order[::-1] * abs(left))[: max(-left, 0)]:
        cut[place] += 1 if left > 0 else -1
    return [number / 10 for number in cut]


def points(score: float) -> str:
    """Write a score with one decimal, cut as by `tenth`; missing becomes a dash."""
    return decimal(tenth(score))


def signed(value: float) -> str:
    """Write a whole difference with its sign, with a true minus; zero becomes ±0."""
    if value == 0:
        return "±0"
    return ("+" if value > 0 else "−") + whole(abs(value))


def long_date(day: date) -> str:
    """Write 20 November 2024."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Write 20 Nov 2024."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def full_date(day: date) -> str:
    """Write Rabu, 20 November 2024."""
    return f"{WEEKDAYS[day.weekday()]}, {long_date(day)}"


def period(start: date, end: date) -> str:
    """Write a closed period, naming month and year once where both ends share them."""
    if start == end:
        return long_date(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{long_date(end)}"
    if start.year == end.year:
        return f"{start.day} {MONTHS[start.month - 1]} – {long_date(end)}"
    return f"{long_date(start)} – {long_date(end)}"


def moment(at: datetime) -> str:
    """Write 20 November 2024 pukul 18.30."""
    return f"{long_date(at.date())} pukul {at:%H.%M}"


def countdown(as_of: date, voting_day: date) -> str:
    """Write H-27 before voting day, hari-H on it, H+3 after it."""
    days = (voting_day - as_of).days
    if days == 0:
        return "hari-H"
    return f"H-{days}" if days > 0 else f"H+{-days}"
