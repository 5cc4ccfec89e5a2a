"""Coordinates: whole columns are repaired where the evidence is clear, single cells never."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.sort.coordinate_repair import Extent
from data.sort.coordinates import ColumnRepair, CoordinateDecision, read_coordinates

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = str | None
Pair = tuple[Cell, Cell]

NORTH = Extent(101.2, 1.4, 101.7, 2.1)  # as large as Dumai
SOUTH = Extent(106.0, -2.2, 106.2, -2.0)  # as Pangkalpinang
EQUATOR = Extent(109.2, -0.1, 109.4, 0.1)  # as Pontianak
GOOD = [(f"{1.5 + step / 100:.4f}", f"{101.3 + step / 100:.4f}") for step in range(1, 41)]
PLACES = [(float(latitude), float(longitude)) for latitude, longitude in GOOD]


@cache
def connection() -> duckdb.DuckDBPyConnection:
    """Open one engine for all tests, for opening costs more than reading a few rows."""
    return duckdb.connect(config={"threads": 1})


@dataclass(frozen=True)
class Outcome:
    decision: CoordinateDecision
    points: dict[int, tuple[float, float]]
    faults: list[tuple[int, str, Cell, str, Cell]]
    repairs: list[tuple[int, str, Cell, Cell, str, float]]


def read(
    rows: Sequence[Pair],
    extent: Extent | None = NORTH,
    *,
    minimum_confidence: float = 0.9,
    repair: bool = True,
    lines: Sequence[int] | None = None,
) -> Outcome:
    """Read rows of lintang and bujur, numbered from 1: points as (latitude, longitude), faults and repairs."""
    columns = {
        "line_number": pa.array(lines or range(1, len(rows) + 1), pa.int64()),
        "lintang": pa.array([row[0] for row in rows], pa.string()),
        "bujur": pa.array([row[1] for row in rows], pa.string()),
    }
    with closing(connection().cursor()) as cursor:
        cursor.register("rows", pa.table(columns))
        cursor.execute("CREATE TEMP VIEW staged AS SELECT * FROM rows")
        decision = read_coordinates(
            cursor, extent=extent, minimum_confidence=minimum_confidence, repair=repair, far_km=100
        )
        points = cursor.execute("SELECT line_number, latitude, longitude FROM points").fetchall()
        faults = cursor.execute("SELECT * FROM coordinate_faults ORDER BY ALL").fetchall()
        repairs = cursor.execute("SELECT * FROM coordinate_repairs ORDER BY ALL").fetchall()
    assert sorted(line for line, *_ in points) == sorted(columns["line_number"].to_pylist())
    assert all((latitude is None) == (longitude is None) for _, latitude, longitude in points)
    return Outcome(
        decision,
        {line: (latitude, longitude) for line, latitude, longitude in points if latitude is not None},
        faults,
        repairs,
    )


def rules(outcome: Outcome) -> set[tuple[str, str]]:
    return {(repair.column_name, repair.rule) for repair in outcome.decision.repairs}


def swapped(rows: Sequence[Pair]) -> list[Pair]:
    return [(longitude, latitude) for latitude, longitude in rows]


# Columns that are right.


@pytest.mark.parametrize("extent", [NORTH, None])
def test_plain_decimals_are_taken_as_they_stand(extent: Extent | None) -> None:
    outcome = read([*GOOD, (None, None)], extent)
    assert list(outcome.points.values()) == PLACES
    assert outcome.decision == CoordinateDecision(
        styles={"lintang": "titik", "bujur": "titik"},
        repairs=(),
        point_count=40,
        empty_count=1,
        faulty_count=0,
        inside_share=1.0 if extent else None,
    )
    assert not outcome.faults
    assert not outcome.repairs


def test_an_empty_table_has_no_points() -> None:
    assert read([]).decision.point_count == 0
    assert read([(None, None)]).decision.empty_count == 1


# How numbers are written.


def test_decimal_commas_are_a_notation_and_no_repair() -> None:
    outcome = read([(latitude.replace(".", ","), longitude.replace(".", ",")) for latitude, longitude in GOOD])
    assert outcome.decision.styles == {"lintang": "koma", "bujur": "koma"}
    assert list(outcome.points.values()) == PLACES
    assert not outcome.repairs


def test_a_comma_in_a_column_of_dots_is_no_number() -> None:
    outcome = read([*GOOD, ("1,6844", "101.4472")])
    assert outcome.faults == [(41, "lintang", "1,6844", "number", None)]
    assert outcome.decision.styles["lintang"] == "titik"


def test_each_column_has_its_own_decimal_sign() -> None:
    outcome = read([(None, None), *((latitude.replace(".", ","), longitude) for latitude, longitude in GOOD)])
    assert outcome.decision.styles == {"lintang": "koma", "bujur": "titik"}
    assert list(outcome.points.values()) == PLACES


def test_whole_degrees_before_commas_change_no_sign() -> None:
    outcome = read([("2", "101"), *((latitude.replace(".", ","), "101,5") for latitude, _ in GOOD)])
    assert outcome.decision.styles == {"lintang": "koma", "bujur": "koma"}
    assert outcome.points[1] == (2, 101)


def test_degrees_minutes_and_seconds_are_read_beside_decimals() -> None:
    outcome = read([*GOOD, ("1°40'12\" LU", "101° 26' 50.3\" BT")])
    assert outcome.points[41] == pytest.approx((1.67, 101.447306), abs=1e-6)
    assert not outcome.faults
    assert not outcome.repairs


@pytest.mark.parametrize(
    ("row", "column", "rule", "facts"),
    [
        (("selatan", "101.5"), "lintang", "number", None),
        (("1.5", "nan"), "bujur", "number", None),
        (("1.5", "-inf"), "bujur", "number", None),
        (("1.5", "1.01E+02"), "bujur", "rounded", None),
        (("1.5", None), "bujur", "half_coordinate", "1.5"),
        ((None, "101.5"), "lintang", "half_coordinate", "101.5"),
        (("0", "0"), "lintang", "zero", None),
        (("101.5", "1.5"), "lintang", "swapped", None),
        (("-1.5", "101.5"), "lintang", "minus", "1.5"),
        (("1.5", "-101.5"), "bujur", "minus", "101.5"),
        (("15123", "101.5"), "lintang", "scaled", "1.5123"),
        (("35", "101.5"), "lintang", "latitude_range", None),
        (("1.5", "10"), "bujur", "longitude_range", None),
        (("-6.2", "106.8"), "lintang", "far_away", "1016"),  # 845 km north-south, 564 km east-west
        (("9" * 300, "9" * 300), "lintang", "latitude_range", None),
    ],
)
def test_each_fault_of_a_single_row_waits_with_its_name(row: Pair, column: str, rule: str, facts: Cell) -> None:
    outcome = read([*GOOD, row])
    assert len(outcome.points) == 40
    assert (41, column, rule, facts) in [(line, name, found, fact) for line, name, _, found, fact in outcome.faults]
    assert {fault[0] for fault in outcome.faults} == {41}
    assert not outcome.repairs


def test_faults_quote_the_texts_of_the_file() -> None:
    outcome = read([*GOOD, ("0,0", "x"), ("0", "0.0"), ("35", "1.5"), (None, "101.5")])
    assert [fault[2] for fault in outcome.faults] == ["x", "0,0", "0; 0.0", "1.5", "35", None]


@pytest.mark.parametrize(
    ("row", "column", "rule"),
    [
        (("101.5", "1.5"), "lintang", "swapped"),
        (("35", "105.9"), "lintang", "latitude_range"),
        (("-3.4", "10.59"), "bujur", "longitude_range"),
        (("0", "0"), "lintang", "zero"),
    ],
)
def test_without_a_region_the_ranges_of_indonesia_hold(row: Pair, column: str, rule: str) -> None:
    outcome = read([row] * 5, None)
    assert [(fault[1], fault[3]) for fault in outcome.faults] == [(column, rule)] * 5
    assert read([("-6.2", "106.8"), ("5.5", "95.3")], None).decision.point_count == 2


def test_points_just_outside_the_region_stay() -> None:
    outcome = read([*GOOD, ("2.9", "101.5"), ("1.5", "102.5")])
    assert len(outcome.points) == 42
    assert outcome.decision.inside_share == pytest.approx(40 / 42)


# What is wrong with a whole column.


def test_exchanged_columns_are_exchanged_back() -> None:
    outcome = read(swapped(GOOD))
    assert list(outcome.points.values()) == PLACES
    assert outcome.decision.repairs == (
        ColumnRepair("lintang", "swapped", 1.0, 40),
        ColumnRepair("bujur", "swapped", 1.0, 40),
    )
    assert outcome.repairs[:2] == [
        (1, "bujur", "1.5100", "101.31", "swapped", 1.0),
        (1, "lintang", "101.3100", "1.51", "swapped", 1.0),
    ]


def test_three_exchanged_rows_of_many_wait() -> None:
    outcome = read([*GOOD[:37], *swapped(GOOD[37:])])
    assert not outcome.repairs
    assert [fault[3] for fault in outcome.faults] == ["swapped"] * 3
    assert len(outcome.points) == 37


def test_of_nearly_all_rows_exchanged_the_others_are_faults_or_stay() -> None:
    outcome = read([*swapped(GOOD), ("-6.2", "106.8"), ("1.6", "101.4")])
    assert len(outcome.points) == 41
    assert outcome.points[42] == (1.6, 101.4)
    assert [(fault[0], fault[3]) for fault in outcome.faults] == [(41, "far_away")]
    assert {repair[5] for repair in outcome.repairs} == {40 / 41}


def test_what_does_not_fit_a_repaired_column_waits_although_it_is_near() -> None:
    rows: list[Pair] = [*(("0.15", "109.3"), ("0.25", "109.25"), ("0.35", "109.35")) * 10, ("0.75", "109.3")]
    outcome = read(rows, Extent(109.2, -0.4, 109.4, -0.1))
    assert outcome.points[1] == (-0.15, 109.3)
    assert outcome.faults == [(31, "lintang", "0.75; 109.3", "not_repaired", "minus")]


def test_half_of_the_rows_are_no_column() -> None:
    outcome = read([*GOOD[:20], *swapped(GOOD[20:])])
    assert (len(outcome.points), len(outcome.faults), outcome.repairs) == (20, 20, [])


def test_two_rows_are_no_column() -> None:
    assert not read(swapped(GOOD[:2])).repairs
    assert len(read(swapped(GOOD[:3])).points) == 3


def test_the_confidence_asked_for_is_kept() -> None:
    rows = [*swapped(GOOD[:17]), *[("-6.2", "106.8")] * 3]
    assert not read(rows).points
    assert len(read(rows, minimum_confidence=0.85).points) == 17
    assert not read(rows, minimum_confidence=0.86).points


def test_nothing_is_repaired_where_that_is_not_wanted() -> None:
    outcome = read([*swapped(GOOD), ("1.6, 101.4", None)], repair=False)
    assert not outcome.points
    assert not outcome.repairs
    assert {fault[3] for fault in outcome.faults} == {"swapped", "one_cell"}


def test_a_lost_minus_comes_back() -> None:
    outcome = read([("2.1", "106.1"), ("2.05", "106.15"), ("2.15", "106.05")], SOUTH)
    assert outcome.points == {1: (-2.1, 106.1), 2: (-2.05, 106.15), 3: (-2.15, 106.05)}
    assert rules(outcome) == {("lintang", "minus")}


def test_a_wrong_minus_goes() -> None:
    assert rules(read([("-" + latitude, longitude) for latitude, longitude in GOOD])) == {("lintang", "minus")}
    assert rules(read([(latitude, "-" + longitude) for latitude, longitude in GOOD])) == {("bujur", "minus")}


def test_near_the_equator_a_minus_is_nobodys_to_guess() -> None:
    rows: list[Pair] = [("0.05", "109.3"), ("0.02", "109.25"), ("-0.03", "109.35")]
    outcome = read(rows, EQUATOR)
    assert (len(outcome.points), outcome.repairs) == (3, [])


@pytest.mark.parametrize("power", [-2, -1, 1, 2, 4, 8])
def test_powers_of_ten_are_taken_back(power: int) -> None:
    rows = [tuple(f"{value * 10**power:.9f}".rstrip("0") for value in place) for place in PLACES]
    outcome = read(rows)
    assert list(outcome.points.values()) == PLACES
    assert rules(outcome) == {("lintang", "scaled"), ("bujur", "scaled")}


def test_each_column_has_its_own_power() -> None:
    outcome = read([(latitude.replace(".", ""), longitude) for latitude, longitude in GOOD])
    assert list(outcome.points.values()) == PLACES
    assert rules(outcome) == {("lintang", "scaled")}


def test_digits_in_groups_of_three_are_scaled() -> None:
    outcome = read([("1.684.400", "101.447.200"), ("1.684.500", "101.447.300"), ("1.684.600", "101.447.400")])
    assert outcome.points[1] == (1.6844, 101.4472)
    assert outcome.repairs[1] == (1, "lintang", "1.684.400", "1.6844", "scaled", 1.0)


def test_decimal_signs_lost_with_their_closing_zeros_come_back() -> None:
    places = [(1.6844, 101.4472), (1.684, 101.44), (1.68, 101.4472), (1.7, 101.447), (1.9123, 101.6)]
    rows = [tuple(str(value).replace(".", "") for value in place) for place in places]
    outcome = read(rows)
    assert list(outcome.points.values()) == places
    assert rules(outcome) == {("lintang", "scaled"), ("bujur", "scaled")}


def test_a_power_that_is_not_the_only_one_is_no_repair() -> None:
    rows: list[Pair] = [("345", "1093000"), ("212", "1092500"), ("-456", "1093500")]
    outcome = read(rows, EQUATOR)
    assert not outcome.points
    assert not outcome.repairs


def test_another_regency_is_not_scaled_into_this_one() -> None:
    rows: list[Pair] = [("0.17", "101.4"), ("0.18", "101.45"), ("0.19", "101.5")]
    outcome = read(rows)
    assert [fault[3] for fault in outcome.faults] == ["far_away"] * 3


def test_several_things_may_be_wrong_at_once() -> None:
    rows: list[Pair] = [("10610", "210"), ("10615", "205"), ("10605", "215")]
    outcome = read(rows, SOUTH)
    assert outcome.points[1] == (-2.1, 106.1)
    assert rules(outcome) == {("lintang", "swapped+minus+scaled"), ("bujur", "swapped+scaled")}


def test_both_coordinates_in_one_cell() -> None:
    outcome = read([*GOOD, ("1.6844, 101.4472", None), (None, "1,6844 101,4472"), ("1.68 101.44", "1.68 101.44")])
    assert [outcome.points[line] for line in (41, 42, 43)] == [(1.6844, 101.4472)] * 2 + [(1.68, 101.44)]
    assert outcome.repairs[:2] == [
        (41, "bujur", None, "101.4472", "one_cell", 1.0),
        (41, "lintang", "1.6844, 101.4472", "1.6844", "one_cell", 1.0),
    ]
    assert len(outcome.repairs) == 6


def test_a_pair_beside_another_coordinate_is_no_number() -> None:
    outcome = read([*GOOD, ("1.6844, 101.4472", "101.5")])
    assert outcome.faults == [(41, "lintang", "1.6844, 101.4472", "number", None)]


def test_pairs_in_the_other_order_are_exchanged_as_a_column() -> None:
    outcome = read([(f"{longitude}, {latitude}", None) for latitude, longitude in GOOD])
    assert list(outcome.points.values()) == PLACES
    assert rules(outcome) == {("lintang", "one_cell+swapped"), ("bujur", "one_cell+swapped")}


def test_pairs_that_mostly_lie_nowhere_wait() -> None:
    rows: list[Pair] = [*GOOD, ("1.6, 101.4", None), ("11.61, 13.71", None), ("12.61, 13.71", None)]
    outcome = read(rows)
    assert not outcome.repairs
    assert {fault[0]: fault[3] for fault in outcome.faults if fault[1] == "lintang"}[41] == "one_cell"


# Laws.

CELLS = st.one_of(
    st.none(),
    st.sampled_from(["", "x", "0", "1,6", "1°40' LU", "1.6, 101.4", "101.447.200", "1E+02", "nan"]).map(
        lambda text: text or None
    ),
    st.floats(1.4, 2.1).map(lambda value: f"{value:.4f}"),
    st.floats(101.2, 101.7).map(lambda value: f"{value:.4f}"),
    st.floats(-180, 180).map(lambda value: f"{value:.3f}"),
    st.integers(-(10**7), 10**7).map(str),
)
ROWS = st.lists(st.tuples(CELLS, CELLS), max_size=30)
EXTENTS = st.sampled_from([NORTH, SOUTH, EQUATOR, None])


@settings(deadline=None, max_examples=30)
@given(ROWS, EXTENTS, st.booleans())
def test_every_row_is_a_point_a_fault_or_empty(rows: list[Pair], extent: Extent | None, repair: bool) -> None:  # noqa: FBT001
    outcome = read(rows, extent, repair=repair)
    empty = {line for line, row in enumerate(rows, 1) if row == (None, None)}
    faulty = {fault[0] for fault in outcome.faults}
    assert len(outcome.points) + len(faulty) + len(empty) == len(rows)
    assert empty | faulty | outcome.points.keys() == set(range(1, len(rows) + 1))
    decision = outcome.decision
    assert (decision.point_count, decision.faulty_count, decision.empty_count) == (
        len(outcome.points),
        len(faulty),
        len(empty),
    )


@settings(deadline=None, max_examples=15)
@given(ROWS, EXTENTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[Pair], extent: Extent | None, random: object) -> None:
    lines = list(range(1, len(rows) + 1))
    random.shuffle(lines)  # type: ignore[attr-defined]
    assert read([rows[line - 1] for line in lines], extent, lines=lines) == read(rows, extent)


@settings(deadline=None, max_examples=25)
@given(ROWS, EXTENTS)
def test_every_changed_value_is_a_repair_and_no_other(rows: list[Pair], extent: Extent | None) -> None:
    outcome = read(rows, extent)
    repaired = {(repair[0], repair[1]): repair for repair in outcome.repairs}
    assert len(repaired) == len(outcome.repairs)
    for line, point in outcome.points.items():
        for name, text, value in zip(("lintang", "bujur"), rows[line - 1], point, strict=True):
            if repair := repaired.pop((line, name), None):
                assert (repair[2], float(repair[3] or "nan")) == (text, value)
            elif text and not set(text) & set("°,"):
                assert float(text) == value
    assert not repaired


@settings(deadline=None, max_examples=15)
@given(st.lists(st.tuples(st.floats(1.4, 2.1), st.floats(101.2, 101.7)), min_size=10, max_size=30), ROWS)
def test_a_column_that_is_right_is_never_changed(places: list[tuple[float, float]], others: list[Pair]) -> None:
    right = [(f"{latitude:.4f}", f"{longitude:.4f}") for latitude, longitude in places]
    outcome = read([*right, *others])
    assert all(rule == "one_cell" for *_, rule, _ in outcome.repairs)
    for line, (latitude, longitude) in enumerate(right, 1):
        assert outcome.points[line] == (float(latitude), float(longitude))
