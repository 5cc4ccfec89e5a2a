"""The year of a text rules its days, not the clock."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.intake.found_dates import find_dates, first_of_range, years_of

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Selasa (5/11/2024). Senin, tanggal 4 November lalu, 27 November nanti",
            ["2024-11-05", "2024-11-04", "2024-11-27"],
        ),
        ("periode November 2024, Selasa (26/11)", ["2024-11-26"]),
        ("jelang Pemilu 2024, Senin (4/12)", ["2023-12-04"]),
        ("Pilkada Tahun 2024 pada 27 November", ["2024-11-27"]),
        ("28 Desember 2023 dan 3 Januari, jelang Pemilu 2024", ["2023-12-28", "2024-01-03"]),
        ("Rabu 5/11/2024", [None]),
        ("5/11/2024, lalu Selasa 4 November", ["2024-11-05", None]),
        ("Permendagri Nomor 42 Tahun 2015 dibaca 20 November", ["2026-11-20"]),
        ("30 Juni", ["2026-06-30"]),
        ("3 Desember", ["2026-12-03"]),
    ],
)
def test_the_year_that_a_text_gives_rules(text: str, days: list[str | None]) -> None:
    found = find_dates(text, years=years_of(text, today=TODAY))
    assert [one.day.isoformat() if one.day else None for one in found] == days


@given(st.dates(date(2015, 1, 1), date(2030, 12, 31)), st.dates(date(2015, 1, 1), date(2030, 12, 31)))
def test_a_weekday_beside_its_own_day_is_never_denied(day: date, today: date) -> None:
    weekday = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")[day.weekday()]
    text = f"Tahun {day.year}: {weekday} ({day.day}/{day.month})"
    (found,) = find_dates(text, years=years_of(text, today=today))
    assert found.day in {day, None if day.month == 2 and day.day == 29 else day}
    assert not found.weekday_contradicts


@pytest.mark.parametrize(
    ("text", "last", "first"),
    [
        ("4 s.d. 10 November 2024", date(2024, 11, 10), date(2024, 11, 4)),
        ("28 Oktober – 3 November 2024", date(2024, 11, 3), date(2024, 10, 28)),
        ("28 Desember sampai dengan 3 Januari 2025", date(2025, 1, 3), date(2024, 12, 28)),
        ("pukul 18.00 - 20 November 2024", date(2024, 11, 20), None),
        ("10 November 2024", date(2024, 11, 10), None),
    ],
)
def test_a_span_of_days_begins_on_its_first(text: str, last: date, first: date | None) -> None:
    assert first_of_range(text, last) == first
