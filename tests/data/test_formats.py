"""Date columns: the order is decided once for a column, and what is no date stays no date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.formats import MONTHS, date_column

DAY = date(2024, 11, 5)
DAYS = st.dates(date(1998, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2024-11-05",
        "2024/11/5",
        "2024.11.05",
        "5/11/2024",
        "05-11-2024",
        "5.11.2024",
        "05 11 2024",
        "5 November 2024",
        "05-Nov-2024",
        "5 nopember 2024",
        "Selasa, 5 November 2024",
        "Jum'at, 5 Nov. 2024",
        "2024-11-05T08:30:00.000",
        "2024-11-05 08:30",
        "5/11/2024 08.30",
        "  5/11/2024  ",
    ],
)
def test_reads_every_usual_form(text: str) -> None:
    assert date_column([text]).days == {text: DAY}


@pytest.mark.parametrize(
    "text",
    [
        "5/11/24",
        "11-05",
        "2024",
        "45601",
        "31/2/2024",
        "30/02/2023",
        "2024-13-01",
        "5 Nopvember 2024",
        "kemarin",
        "",
        "5/11/2024 pagi",
        "0/1/2024",
        "5//11/2024",
        "20241105",
        "2024-11-05T20:30:00Z",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert date_column([text]).days == {text: None}


def test_days_come_first_unless_the_column_proves_otherwise() -> None:
    assert date_column(["5/11/2024", "4/11/2024"]).order == "hari-bulan-tahun"
    assert date_column(["5/11/2024", "25/11/2024"]).days["5/11/2024"] == DAY
    proven = date_column(["11/5/2024", "11/25/2024"])
    assert (proven.order, proven.days["11/5/2024"]) == ("bulan-hari-tahun", DAY)


def test_a_column_that_proves_both_orders_refuses_instead_of_turning_round() -> None:
    both = date_column(["25/11/2024", "11/25/2024", "5/11/2024"])
    assert both.order == "hari-bulan-tahun"
    assert both.days == {"25/11/2024": date(2024, 11, 25), "11/25/2024": None, "5/11/2024": DAY}


def test_an_empty_column_has_the_usual_order() -> None:
    assert date_column([]).order == "hari-bulan-tahun"


@pytest.mark.parametrize(("name", "number"), MONTHS.items())
def test_every_month_name(name: str, number: int) -> None:
    text = f"7 {name.upper()} 2024"
    assert date_column([text]).days[text] == date(2024, number, 7)


@given(st.lists(DAYS, min_size=1, max_size=20))
def test_iso_days_come_back(days: list[date]) -> None:
    assert set(date_column([day.isoformat() for day in days]).days.values()) == set(days)


@given(st.lists(DAYS, min_size=1, max_size=20), st.sampled_from("/-. "))
def test_day_first_columns_come_back(days: list[date], sign: str) -> None:
    texts = {day.strftime(f"%d{sign}%m{sign}%Y"): day for day in days}
    assert date_column(texts).days == texts


@given(st.lists(DAYS, max_size=20), DAYS.filter(lambda day: day.day > 12))
def test_month_first_columns_come_back_once_one_day_proves_it(days: list[date], proof: date) -> None:
    texts = {day.strftime("%m/%d/%Y"): day for day in [*days, proof]}
    assert date_column(texts).days == texts
