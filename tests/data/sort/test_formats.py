"""Date columns: the order is decided once for a column, and what is no date stays no date."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.sort.date_texts import MONTHS, WEEKDAYS
from data.sort.formats import DAY_FIRST, MONTH_FIRST, SERIAL, UNDECIDED, Contradiction, date_column

DAY = date(2024, 11, 5)  # a Tuesday
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
ORDERS = {DAY_FIRST: "%d/%m/%Y", MONTH_FIRST: "%m/%d/%Y"}
HALF_TURNED = [f"{day}/11/2024" for day in range(13, 20)]


@pytest.mark.parametrize(
    "text",
    [
        "2024-11-05",
        "2024/11/5",
        "2024.11.05",
        "2024-November-5",
        "2024-nov-05",
        "20241105",
        "5/11/2024",
        "05-11-2024",
        "5.11.2024",
        "05 11 2024",
        "5 / 11 / 2024",
        "5/11/24",
        "(5/11/2024)",
        "5 November 2024",
        "05-Nov-2024",
        "5-Nov-24",
        "05Nov2024",
        "5 nopember 2024",
        "November 5, 2024",
        "Nov. 5 2024",
        "tanggal 5 November 2024",
        "Hari Selasa tanggal 5 November 2024",
        "Selasa, 5 November 2024",
        "SELASA 5/11/2024",
        "Selasa (5/11/2024)",
        "5 November 2024 (Selasa)",
        "Sel, 5 Nov. 2024",
        "Tuesday, November 5, 2024",
        "  5/11/2024  ",
        "5\u00a0November 2024",
    ],
)
def test_reads_every_usual_form(text: str) -> None:
    assert date_column([text], order=DAY_FIRST).days == {text: DAY}


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2024-11-05T08:30:00.000", "08:30"),
        ("2024-11-05 08:30", "08:30"),
        ("5/11/2024 08.30", "08:30"),
        ("5/11/2024 8:30:15 PM", "20:30"),
        ("11/5/2024 12:05 a.m.", "00:05"),
        ("5 November 2024 pukul 08.30 WIB", "08:30"),
        ("Selasa, 5/11/2024, jam 23.59", "23:59"),
        ("45601.354", "08:30"),
        ("5 November 2024", None),
    ],
)
def test_times_are_kept_beside_the_day(text: str, clock: str | None) -> None:
    order = MONTH_FIRST if text.startswith("11") else DAY_FIRST
    column = date_column([text], order=order)
    assert (column.days[text], column.times.get(text)) == (DAY, clock)


@pytest.mark.parametrize(
    "text",
    [
        "11-05",
        "5 November",
        "2024",
        "36525",
        "73051",
        "31/2/2024",
        "30/02/2023",
        "2024-13-01",
        "20241305",
        "5 Nopvember 2024",
        "kemarin",
        "",
        "5/11/2024 pagi",
        "5/11/2024 25.00",
        "5/11/2024 13:00 pm",
        "0/1/2024",
        "5//11/2024",
        "(5/11/2024",
        "5/11/024",
        "2024-11-05T20:30:00Z",
        "5/11/2024 20.30 +08:00",
        "08.30",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert date_column([text], order=DAY_FIRST).days == {text: None}


@pytest.mark.parametrize(("name", "number"), MONTHS.items())
def test_every_month_name(name: str, number: int) -> None:
    text = f"7 {name.upper()} 2024"
    assert date_column([text]).days[text] == date(2024, number, 7)


@pytest.mark.parametrize(("name", "number"), WEEKDAYS.items())
def test_every_weekday_name(name: str, number: int) -> None:
    day = date(2024, 11, 4) + timedelta(days=number)
    text = f"{name.title()}, {day.day} November 2024"
    assert date_column([text]).days == {text: day}


# The order of a column.


@pytest.mark.parametrize(
    ("texts", "order", "evidence"),
    [
        ([], DAY_FIRST, "none_needed"),
        (["2024-11-05", "5 November 2024"], DAY_FIRST, "none_needed"),
        (["5/5/2024", "12/12/2024"], DAY_FIRST, "none_needed"),
        (["5/11/2024", "25/11/2024"], DAY_FIRST, "number_above_12"),
        (["11/5/2024", "11/25/2024"], MONTH_FIRST, "number_above_12"),
        (["5/11/2024", "31/4/2024"], DAY_FIRST, "number_above_12"),
        (["5/11/2024", "Selasa, 5/11/2024"], DAY_FIRST, "weekday"),
        (["11/6/2024", "Tue 11/5/2024"], MONTH_FIRST, "weekday"),
        (["4/12/2023", "Senin (4/12/2023)"], DAY_FIRST, "weekday"),
        (["5/11/2024"], UNDECIDED, "ambiguous"),
        (["5/11/2024", "5/5/2024", "2024-11-25"], UNDECIDED, "ambiguous"),
        (["5/11/2024", "32/11/2024"], UNDECIDED, "ambiguous"),
        (["5/11/2024", "0/13/2024"], UNDECIDED, "ambiguous"),
        (["5/11/2024", "Rabu 6/11/2024", "Wed 11/6/2024"], UNDECIDED, "ambiguous"),
        (["25/11/2024", "11/25/2024", "Selasa, 5/11/2024"], UNDECIDED, "ambiguous"),
    ],
)
def test_the_first_evidence_decides(texts: list[str], order: str, evidence: str) -> None:
    column = date_column(texts)
    assert (column.order, column.evidence, column.ambiguous) == (order, evidence, order == UNDECIDED)


def test_an_undecided_column_shows_what_it_could_mean_and_reads_the_rest() -> None:
    column = date_column(["5/11/2024", "5/5/2024", "6 November 2024"])
    assert column.examples == (("5/11/2024", DAY, date(2024, 5, 11)),)
    assert column.days == {"5/11/2024": None, "5/5/2024": date(2024, 5, 5), "6 November 2024": date(2024, 11, 6)}


@pytest.mark.parametrize("order", ORDERS)
def test_the_stated_order_goes_before_all_evidence(order: str) -> None:
    column = date_column(["11/5/2024", "Selasa, 5/11/2024", "25/12/2024", "12/25/2024"], order=order)
    assert (column.order, column.evidence) == (order, "option")
    assert column.days["11/5/2024"] == (date(2024, 5, 11) if order == DAY_FIRST else DAY)
    assert sum(day is None for day in column.days.values()) == (1 if order == DAY_FIRST else 2)


def test_an_unknown_order_is_an_error() -> None:
    with pytest.raises(ValueError, match="tahun-bulan-hari"):
        date_column(["5/11/2024"], order="tahun-bulan-hari")


def test_a_column_that_proves_both_orders_is_undecided_and_shows_a_proof_of_each() -> None:
    both = date_column(["25/11/2024", "11/25/2024", "5/11/2024"])
    assert (both.order, both.evidence) == (UNDECIDED, "ambiguous")
    assert both.days == dict.fromkeys(["25/11/2024", "11/25/2024", "5/11/2024"])
    assert both.examples == (
        ("25/11/2024", date(2024, 11, 25), None),
        ("11/25/2024", None, date(2024, 11, 25)),
        ("5/11/2024", DAY, date(2024, 5, 11)),
    )


@pytest.mark.parametrize(("order", "form"), ORDERS.items())
def test_one_proof_in_ten_against_the_others_is_a_slip(order: str, form: str) -> None:
    slip = date(2024, 10, 25).strftime(ORDERS[MONTH_FIRST if order == DAY_FIRST else DAY_FIRST])
    proofs = {date(2024, 11, day).strftime(form): date(2024, 11, day) for day in range(13, 22)}
    open_text = {DAY.strftime(form): DAY}
    column = date_column([*proofs, *open_text, slip])
    assert (column.order, column.evidence) == (order, "number_above_12")
    assert column.days == proofs | open_text | {slip: None}
    assert date_column([*list(proofs)[1:], *open_text, slip]).order == UNDECIDED


def test_days_that_cannot_be_meant_decide() -> None:
    today = date(2024, 11, 20)
    turned = date_column(["11/5/2024", "10/12/2024", "11/12/2024"], not_after=today)
    assert (turned.order, turned.evidence, turned.days["11/5/2024"]) == (MONTH_FIRST, "range", DAY)
    assert date_column(["5/12/2023", "1/12/2024"], not_after=date(2024, 3, 1)).order == UNDECIDED
    confirmed = date_column(["12/1/2024"], not_after=date(2024, 3, 1))
    assert (confirmed.order, confirmed.evidence) == (DAY_FIRST, "range")
    assert date_column(["1/8/2024", "2/9/2024"], not_before=date(2024, 7, 1)).order == DAY_FIRST


def test_one_future_day_may_be_a_slip_and_turns_no_column() -> None:
    assert date_column(["5/12/2024", "5/11/2024"], not_after=date(2024, 11, 20)).order == UNDECIDED


def test_a_range_that_both_orders_leave_decides_nothing() -> None:
    texts = ["1/12/2024", "2/12/2024", "12/1/2025"]
    assert date_column(texts, not_after=date(2024, 11, 20)).order == UNDECIDED


@given(st.lists(DAYS, min_size=1, max_size=20))
def test_iso_days_come_back(days: list[date]) -> None:
    assert set(date_column([day.isoformat() for day in days]).days.values()) == set(days)


@given(st.lists(DAYS, max_size=20), DAYS.filter(lambda day: day.day > 12), st.sampled_from("/-. "))
@pytest.mark.parametrize(("order", "form"), ORDERS.items())
def test_columns_come_back_once_one_day_proves_their_order(
    order: str, form: str, days: list[date], proof: date, sign: str
) -> None:
    texts = {day.strftime(form.replace("/", sign)): day for day in [*days, proof]}
    column = date_column(texts)
    assert (column.order, column.days) == (order, texts)


@given(st.lists(DAYS, min_size=1, max_size=20))
@pytest.mark.parametrize(("order", "form"), ORDERS.items())
def test_no_column_is_read_in_the_wrong_order(order: str, form: str, days: list[date]) -> None:
    texts = {day.strftime(form): day for day in days}
    column = date_column(texts)
    assert column.ambiguous or column.days == texts, order


@given(
    st.permutations(["5/11/2024", "Selasa, 5/11/2024", "6/11/2024", "Rabu 14/1/2025", "x", "2024-11-05", "7/11/24"])
)
def test_the_order_of_texts_changes_nothing(texts: list[str]) -> None:
    assert date_column(texts) == date_column(sorted(texts))


# Weekdays as checksums.


def test_a_weekday_that_denies_the_date_leaves_no_day() -> None:
    text = "Rabu, 14 Januari 2025"
    column = date_column([text, "5 November 2024"])
    assert column.days == {text: None, "5 November 2024": DAY}
    assert column.contradictions == {text: Contradiction(2, date(2025, 1, 14), 2026, None)}


def test_a_contradiction_names_the_other_order_where_that_fits() -> None:
    column = date_column(["25/11/2024", "Selasa, 11/5/2024"])
    assert column.contradictions == {"Selasa, 11/5/2024": Contradiction(1, date(2024, 5, 11), None, DAY)}


def test_a_weekday_that_neither_order_fits_needs_no_decision() -> None:
    column = date_column(["Jumat (10/9/2025)"])
    assert (column.order, column.evidence) == (DAY_FIRST, "none_needed")
    assert column.days == {"Jumat (10/9/2025)": None}
    assert column.contradictions == {"Jumat (10/9/2025)": Contradiction(4, date(2025, 9, 10), None, None)}


def test_nine_tenths_of_the_weekdays_decide_and_the_rest_contradicts() -> None:
    names = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
    days = [date(2024, 11, day) for day in range(1, 13) if day != 11]
    right = [f"{names[day.weekday()]} {day:%d/%m/%Y}" for day in days]
    slip = "Selasa 11/5/2024"
    column = date_column([*right, slip])
    assert (column.order, column.evidence) == (DAY_FIRST, "weekday")
    assert [text for text, day in column.days.items() if day is None] == [slip] == list(column.contradictions)


# Years, zones, serial numbers.


def test_two_digits_are_years_only_where_no_year_has_four() -> None:
    assert date_column(["25/11/24", "5-Nov-24"]).days == {"25/11/24": date(2024, 11, 25), "5-Nov-24": DAY}
    assert date_column(["25/11/24", "2024-11-05"]).days["25/11/24"] == date(2024, 11, 25)
    assert date_column(["25/11/24", "26/11/2024"]).days == {"25/11/24": None, "26/11/2024": date(2024, 11, 26)}


def test_two_digits_before_are_no_days() -> None:
    texts = ["24-11-13", "24-11-14", "24-11-15"]  # the year first
    assert date_column(texts).days == dict.fromkeys(texts)


def test_texts_without_a_year_need_one() -> None:
    texts = ["26/11", "26 November", "Selasa, 26/11", "26 Nov pukul 08.30", "11-26"]
    assert date_column(texts).days == dict.fromkeys(texts)
    expected = dict.fromkeys(texts, date(2024, 11, 26)) | {"11-26": None}
    assert date_column(texts, year=2024, order=DAY_FIRST).days == expected
    assert list(date_column(texts, year=2023).contradictions) == ["Selasa, 26/11"]


@pytest.mark.parametrize(
    ("text", "zone", "day", "clock"),
    [
        ("2024-11-05T20:30:00Z", "Asia/Jakarta", date(2024, 11, 6), "03:30"),
        ("2024-11-05T08:30:00+07:00", "Asia/Jakarta", DAY, "08:30"),
        ("2024-11-05 08:30 UTC", "Asia/Makassar", DAY, "16:30"),
        ("2024-11-05T23:30:00-0500", "Asia/Jakarta", date(2024, 11, 6), "11:30"),
        ("5 November 2024 01.30 WIT", "Asia/Jakarta", date(2024, 11, 4), "23:30"),
        ("5 November 2024 01.30 WIT", None, DAY, "01:30"),
        ("2024-11-05 08:30", "Asia/Jakarta", DAY, "08:30"),
    ],
)
def test_times_with_a_zone_become_local_days(text: str, zone: str | None, day: date, clock: str) -> None:
    column = date_column([text], time_zone=zone)
    assert (column.days[text], column.times[text]) == (day, clock)


def test_the_ends_of_the_calendar_are_no_crash() -> None:
    texts = ["0001-01-01T00:30+14:00", "9999-12-31T23:30-12:00", "0000-01-01", "5/11/2024 08:30 +99:00"]
    assert date_column(texts, order=DAY_FIRST, time_zone="Asia/Jakarta").days == dict.fromkeys(texts)


@given(st.lists(st.text(alphabet="0123456789/-. :,()+'zTZnovmeiselasa", max_size=25), max_size=10), st.booleans())
def test_any_texts_are_days_or_none(texts: list[str], with_year: bool) -> None:  # noqa: FBT001
    column = date_column(texts, year=2024 if with_year else None, time_zone="Asia/Jakarta")
    assert column.days.keys() == set(texts)
    assert (column.ambiguous or column.half_converted) == bool(column.examples)
    assert all(column.days[text] is not None for text in column.times)


def test_serial_numbers_are_days_only_where_they_are_nearly_the_whole_column() -> None:
    serials = [str(45_601 + step) for step in range(9)]
    column = date_column([*serials, "x"])
    assert (column.order, column.evidence) == (SERIAL, "none_needed")
    assert column.days["45601"] == DAY
    assert column.days["x"] is None
    mixed = date_column([*serials[:8], "x"])
    assert (mixed.order, set(mixed.days.values())) == (DAY_FIRST, {None})


@given(st.lists(st.datetimes(datetime(2000, 1, 2), datetime(2099, 12, 30)), min_size=1, max_size=10))  # noqa: DTZ001
def test_serial_numbers_come_back(moments: list[datetime]) -> None:
    moments = [moment.replace(second=0, microsecond=0) for moment in moments]
    origin = datetime(1899, 12, 30)  # noqa: DTZ001
    texts = {f"{(moment - origin) / timedelta(days=1):.6f}": moment for moment in moments}
    column = date_column(texts)
    assert column.days == {text: moment.date() for text, moment in texts.items()}
    assert column.times == {text: f"{moment:%H:%M}" for text, moment in texts.items()}


def test_a_column_that_a_spreadsheet_has_half_turned_is_named() -> None:
    turned = [f"2024-{day:02}-11" for day in range(1, 8)]  # 1 to 7 November, read as month first
    named = date_column([*turned, *HALF_TURNED])
    assert (named.half_converted, named.order) == (True, DAY_FIRST)
    assert named.examples[0] == ("2024-01-11", date(2024, 1, 11), date(2024, 11, 1))
    assert date_column([*turned[:3], *HALF_TURNED[:3]]).half_converted
    assert date_column([*turned, *HALF_TURNED, "32/11/2024", "kemarin"]).half_converted
    assert not date_column([*turned, "2024-11-25", *HALF_TURNED]).half_converted
    assert not date_column([*turned, "6/11/2024", *HALF_TURNED]).half_converted
    assert not date_column([*turned[:2], *HALF_TURNED]).half_converted
    assert not date_column([*turned, *HALF_TURNED[:2]]).half_converted
    assert not date_column(turned).half_converted


def test_months_written_first_may_be_half_turned_as_well() -> None:
    turned = [f"2024-{day:02}-11" for day in range(1, 4)]  # 1 to 3 November, read as day first
    named = date_column([*turned, *(f"11/{day}/2024" for day in range(13, 16))])
    assert (named.half_converted, named.order) == (True, MONTH_FIRST)


def test_exchanging_what_stays_the_same_harms_nothing() -> None:
    assert not date_column(["2024-09-09", "2024-10-10", "2024-11-11", *HALF_TURNED]).half_converted


def test_days_without_a_year_are_no_cells_of_a_spreadsheet() -> None:
    assert not date_column([*(f"{day} November" for day in range(1, 8)), *HALF_TURNED], year=2024).half_converted
