"""Angles as people write them: every notation, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.sort.angles import RoundedError, read_angles

LATITUDE, LONGITUDE = 1 + 40 / 60 + 12 / 3600, 101 + 26 / 60 + 50.3 / 3600


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("1°40'12\" LU", LATITUDE),
        ("1º 40’ 12” lintang utara", LATITUDE),
        ("1 40 12 N", LATITUDE),
        ("N 1 40 12", LATITUDE),
        ("1:40:12", LATITUDE),
        ("1 40 12", LATITUDE),
        ("1°40.2'", LATITUDE),
        ("1°40,2' U", LATITUDE),
        ("1 derajat 40 menit 12 detik LS", -LATITUDE),
        ("1°40'12\"S", -LATITUDE),
        ("-1°40'12\"", -LATITUDE),
        ("-1°40'12\" LS", -LATITUDE),
        ("101° 26' 50.3\" BT", LONGITUDE),
        ("101°26'50,3\"E", LONGITUDE),
        ("1,6844°", 1.6844),
        ("1.6844 LS", -1.6844),
        ("101.4472 BT", 101.4472),
        ("70.5 W", -70.5),
        ("101.447.200", 101_447_200),
        ("-3,490,123", -3_490_123),
        ("1.014472E+02", 101.4472),
        ("1.6844", 1.6844),
    ],
)
def test_one_angle(text: str, degrees: float) -> None:
    assert read_angles(text, decimal_comma=False) == pytest.approx((degrees,), abs=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "1.6844, 101.4472",
        "1.6844,101.4472",
        "(1.6844; 101.4472)",
        "1.6844 101.4472",
        "1.6844/101.4472",
        "1,6844; 101,4472",
        "1,6844, 101,4472",
        "1,6844 101,4472",
        "1.6844 LU, 101.4472 BT",
        "101.4472E 1.6844N",
        "N1.6844 E101.4472",
    ],
)
@pytest.mark.parametrize("decimal_comma", [False, True])
def test_two_angles_in_one_cell(text: str, *, decimal_comma: bool) -> None:
    assert read_angles(text, decimal_comma=decimal_comma) == (1.6844, 101.4472)


def test_two_angles_with_minutes_and_seconds() -> None:
    for text in ("1°40'12\" LU 101°26'50.3\" BT", "1°40'12\"N,101°26'50.3\"E", "101°26'50.3\" BT; 1°40'12\" LU"):
        assert read_angles(text, decimal_comma=False) == pytest.approx((LATITUDE, LONGITUDE), abs=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "selatan",
        "nan",
        "1,6844",  # the column writes dots
        "1 40",
        "2, 101",
        "1,101.5",
        "1°60'",
        "1°40'60\"",
        "1.5°40'",
        "181°",
        "LU 1.68 LU",
        "1.68 LU 2.5 LS",
        "1.5 2.5 3.5",
        "1.68 LU 101.4",
        "BT",
        "",
        "9" * 100,
    ],
)
def test_what_is_no_angle_is_none(text: str) -> None:
    assert read_angles(text, decimal_comma=False) is None


@pytest.mark.parametrize("text", ["1.01E+02", "1e2", "1.01447E+02", "-3.4e+00"])
def test_an_exponent_that_cost_the_place_is_refused(text: str) -> None:
    with pytest.raises(RoundedError):
        read_angles(text, decimal_comma=False)


def test_a_column_of_decimal_commas_has_no_decimal_dots() -> None:
    assert read_angles("1,6844", decimal_comma=True) == (1.6844,)
    assert read_angles("1.6844", decimal_comma=True) is None


@given(st.integers(0, 179), st.integers(0, 59), st.integers(0, 59), st.sampled_from(["LU", "LS", "BT", "BB", ""]))
def test_degrees_minutes_and_seconds_come_back(degrees: int, minutes: int, seconds: int, letter: str) -> None:
    size = degrees + minutes / 60 + seconds / 3600
    expected = -size if letter in {"LS", "BB"} else size
    text = f"{degrees}°{minutes:02}'{seconds:02}\" {letter}"
    assert read_angles(text, decimal_comma=False) == pytest.approx((expected,), abs=1e-12)


@given(st.text(alphabet="0123456789°'\" .,-+NSEWLUBT;:/()eE", max_size=30), st.booleans())
def test_any_text_is_angles_or_none(text: str, decimal_comma: bool) -> None:  # noqa: FBT001
    try:
        found = read_angles(text, decimal_comma=decimal_comma)
    except RoundedError:
        return
    assert found is None or len(found) in {1, 2}
