"""Scores as a reader sees them: one decimal everywhere, and never at a class that they do not reach."""

from __future__ import annotations

from math import isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.indonesian import MISSING, points, tenth, tenths


@pytest.mark.parametrize(
    ("score", "said"),
    [(66.84, "66,8"), (66.8, "66,8"), (64.96, "64,9"), (65.0, "65,0"), (0.0, "0,0"), (100.0, "100,0")],
)
def test_scores_are_cut_and_not_rounded(score: float, said: str) -> None:
    assert points(score) == said


def test_no_score_is_a_dash() -> None:
    assert points(nan) == MISSING


@given(st.integers(0, 999))
def test_a_score_with_one_decimal_stays(tenths: int) -> None:
    assert tenth(tenths / 10) == tenths / 10


@given(st.floats(0, 100), st.sampled_from([20.0, 35.0, 50.0, 64.5, 65.0]))
def test_what_is_read_lies_on_the_side_of_the_cut_where_the_score_lies(score: float, cut: float) -> None:
    if abs(score - cut) > 1e-6:
        assert (tenth(score) >= cut) == (score >= cut)


def test_tenths_by_hand() -> None:
    # Cut: 1,2 + 3,4 + 0,0 = 4,6; the total says 4,8, so the two that lost most rise.
    assert tenths([1.28, 3.41, 0.06], 4.8) == [1.3, 3.4, 0.1]
    assert tenths([30.0, 20.0, -10.04], 39.9) == [30.0, 20.0, -10.1]
    assert tenths([5.0, 0.0], 5.1) == [5.1, 0.0]  # what is nothing stays nothing
    assert all(isnan(value) for value in tenths([float("nan")], float("nan")))


@given(st.lists(st.floats(0, 60), min_size=1, max_size=8))
def test_tenths_add_up_and_none_is_moved_by_more_than_a_tenth(values: list[float]) -> None:
    total = tenth(sum(values))
    shown = tenths(values, total)
    assert sum(shown) == pytest.approx(total)
    assert all(abs(after - before) <= 0.1 + 1e-6 for before, after in zip(values, shown, strict=True))
