"""The composite score: by hand, and by the laws that no data may break."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import sparse

from lib.analysis import risk
from lib.analysis.composite import (
    checked_score,
    combine,
    completeness,
    on_goalposts,
    spillover,
    structural,
    variance_shares,
)

CUTS = (20.0, 35.0, 50.0, 65.0)
WEIGHTS = (0.30, 0.40, 0.15, 0.15)
SCALE = risk.Scale(2.0, 1.0, 4.0)
POINTS = st.floats(0, 100, allow_subnormal=False)


def tables(columns: int | None = None, *, holes: bool = True) -> st.SearchStrategy[Any]:
    cell = POINTS | st.just(float("nan")) if holes else POINTS
    shape = st.tuples(st.integers(1, 8), st.integers(1, 5) if columns is None else st.just(columns))
    return shape.flatmap(lambda size: hnp.arrays(float, size, elements=cell))


def weights_for(count: int) -> st.SearchStrategy[Any]:
    return hnp.arrays(float, count, elements=st.floats(0.01, 10))


# Goalposts


def test_goalposts_by_hand() -> None:
    values = np.array([[0.0, 5.0], [10.0, 0.0], [40.0, np.nan], [90.0, 7.0]])
    found = on_goalposts(values, low=[0, 0], high=[40, 5], rising=[True, False])
    assert found == pytest.approx(np.array([[0, 0], [25, 100], [100, np.nan], [100, 0]]), nan_ok=True)
    with pytest.raises(ValueError, match="enclose nothing"):
        on_goalposts(1.0, low=3, high=3, rising=True)


# The structural part


def test_structural_by_hand() -> None:
    values = np.array([[0.0, 100.0], [40.0, np.nan], [80.0, np.nan], [np.nan, np.nan]])
    found = structural(values, [3, 1])
    # the 75th percentile of 0, 40, 80 is 60; of the one known second value it is 100
    assert found.score == pytest.approx([25, (3 * 40 + 100) / 4, (3 * 80 + 100) / 4, (3 * 60 + 100) / 4])
    assert found.upper == pytest.approx([25, 55, 85, 100])
    assert found.completeness == pytest.approx([1, 0.75, 0.75, 0])


def test_what_nobody_knows_is_in_the_middle_and_at_worst_a_hundred() -> None:
    found = structural(np.full((2, 2), np.nan), [1, 1])
    assert found.score.tolist() == [50, 50]
    assert found.upper.tolist() == [100, 100]
    assert found.completeness.tolist() == [0, 0]


@given(tables().flatmap(lambda table: st.tuples(st.just(table), weights_for(table.shape[1]))))
def test_structural_stays_within_bounds(drawn: tuple[Any, Any]) -> None:
    found = structural(*drawn)
    for values in (found.score, found.upper):
        assert ((values >= 0) & (values <= 100)).all()
    assert (found.upper >= found.score - 1e-9).all()
    assert ((found.completeness >= 0) & (found.completeness <= 1)).all()


@given(st.data())
def test_blanking_a_cell_never_lowers_an_upper_bound(data: st.DataObject) -> None:
    table = data.draw(tables())
    weights = data.draw(weights_for(table.shape[1]))
    row, column = data.draw(st.integers(0, table.shape[0] - 1)), data.draw(st.integers(0, table.shape[1] - 1))
    blanked = table.copy()
    blanked[row, column] = np.nan
    before, after = structural(table, weights), structural(blanked, weights)
    assert (after.upper >= before.upper - 1e-9).all()
    assert (after.completeness <= before.completeness + 1e-9).all()


@given(st.data())
def test_blanking_a_value_not_above_the_stand_in_never_lowers_the_central_score(data: st.DataObject) -> None:
    table = data.draw(tables())
    weights = data.draw(weights_for(table.shape[1]))
    row, column = data.draw(st.integers(0, table.shape[0] - 1)), data.draw(st.integers(0, table.shape[1] - 1))
    others = np.delete(table[:, column], row)
    others = others[np.isfinite(others)]
    stand_in = np.percentile(others, 75) if len(others) else 50.0
    if not table[row, column] <= stand_in:
        return
    blanked = table.copy()
    blanked[row, column] = np.nan
    assert structural(blanked, weights).score[row] >= structural(table, weights).score[row] - 1e-9


@given(st.data())
def test_raising_an_indicator_never_lowers_any_score(data: st.DataObject) -> None:
    table = data.draw(tables())
    weights = data.draw(weights_for(table.shape[1]))
    row, column = data.draw(st.integers(0, table.shape[0] - 1)), data.draw(st.integers(0, table.shape[1] - 1))
    if np.isnan(table[row, column]):
        return
    raised = table.copy()
    raised[row, column] = data.draw(st.floats(table[row, column], 100))
    before, after = structural(table, weights), structural(raised, weights)
    assert (after.score >= before.score - 1e-9).all()
    assert (after.upper >= before.upper - 1e-9).all()


# Neighbours

LINE = sparse.csr_array(np.array([[0, 1, 0, 0, 0], [1, 0, 1, 0, 0], [0, 1, 0, 0, 0], [0] * 5, [0] * 5], dtype=float))


def test_spillover_by_hand() -> None:
    theta = [2.0, 4.0, 6.0, 99.0, 99.0]  # the fourth is an island, the fifth has no polygon
    found = spillover(theta, LINE, SCALE, without_polygon=[False] * 4 + [True])
    assert found[:4] == pytest.approx([50, 50, 50, 0])  # the mean of 2 and 6 is 4, as is the single 4
    assert found[4] == pytest.approx(50)  # the 75th percentile of 50 50 50 0
    assert np.isnan(spillover(theta, LINE, SCALE, without_polygon=[True] * 5)).all()
    assert spillover(theta, LINE.toarray(), SCALE)[:4] == pytest.approx(found[:4])


@given(st.lists(st.floats(0, 50), min_size=5, max_size=5), st.integers(0, 4), st.floats(0, 50))
def test_more_pressure_never_lowers_a_neighbour(theta: list[float], position: int, more: float) -> None:
    without = [False] * 4 + [True]
    raised = list(theta)
    raised[position] += more
    before = spillover(theta, LINE, SCALE, without_polygon=without)
    after = spillover(raised, LINE, SCALE, without_polygon=without)
    assert (after >= before - 1e-9).all()
    assert ((after >= 0) & (after <= 100)).all()


# The sum


@given(tables(4, holes=False), weights_for(4))
def test_contributions_add_up_to_a_score_within_bounds(parts: Any, weights: Any) -> None:
    score, contributions = combine(parts, weights)
    assert (contributions.sum(axis=1) == score).all()
    assert ((score >= 0) & (score <= 100 + 1e-9)).all()
    assert (contributions >= 0).all()
    assert (score <= parts.max(axis=1) + 1e-9).all()


def test_combine_by_hand_and_refuses_what_does_not_fit() -> None:
    score, contributions = combine([[50, 80, 20, 100], [10, np.nan, 0, 0]], WEIGHTS)
    assert contributions[0] == pytest.approx([15, 32, 3, 15])
    assert score[0] == pytest.approx(65)
    assert np.isnan(score[1])
    for parts, weights in (([[1, 2]], [1]), ([1, 2], [1, 1]), ([[1, 2]], [0, 0]), ([[1, 2]], [2, -1])):
        with pytest.raises(ValueError, match="weight"):
            combine(parts, weights)


@given(st.data())
def test_the_order_of_areas_changes_nothing(data: st.DataObject) -> None:
    count = data.draw(st.integers(2, 7))
    table = data.draw(hnp.arrays(float, (count, 3), elements=POINTS | st.just(float("nan"))))
    theta = data.draw(hnp.arrays(float, count, elements=st.floats(0, 50)))
    links = data.draw(hnp.arrays(bool, (count, count)))
    links = np.triu(links, 1) | np.triu(links, 1).T
    without = data.draw(hnp.arrays(bool, count)) & ~links.any(axis=1)
    order = np.array(data.draw(st.permutations(range(count))))

    def score(rows: Any) -> Any:
        matrix = sparse.csr_array(links[np.ix_(rows, rows)].astype(float))
        parts = np.column_stack(
            [
                structural(table[rows], [1, 2, 3]).score,
                risk.score(theta[rows], SCALE),
                spillover(theta[rows], matrix, SCALE, without_polygon=without[rows]),
                np.zeros(count),
            ]
        )
        return combine(parts, WEIGHTS)[0]

    assert score(order) == pytest.approx(score(np.arange(count))[order], nan_ok=True)


def test_completeness_by_hand() -> None:
    found = completeness([1, 0.5, 1, 0], [True, True, False, False], [True, False, True, False], WEIGHTS)
    assert found == pytest.approx([1, 0.70, 0.45, 0])


# What is held back


def test_what_stands_alone_is_held_under_the_ceiling() -> None:
    found = checked_score([30, 60, 60, 80], [20, 10, 55, 70], ceiling=49.9)
    assert found.tolist() == [30, 49.9, 55, 70]


@given(tables(holes=False), st.floats(0, 100), st.floats(0, 100))
def test_more_of_either_never_lowers_what_is_kept(scores: Any, ceiling: float, more: float) -> None:
    full, checked = scores.max(axis=0), scores.min(axis=0)
    kept = checked_score(full, checked, ceiling=ceiling)
    assert ((kept <= full) & (kept >= checked) & (kept <= np.maximum(checked, ceiling))).all()
    assert (checked_score(full + more, checked, ceiling=ceiling) >= kept).all()
    assert (checked_score(full + more, checked + more, ceiling=ceiling) >= kept).all()


def test_shares_of_the_variance_by_hand() -> None:
    # Scores 10 20 60 around 30; the parts move with them by 200 + 0 + 300 and 200 + 100 + 600, of 1400.
    found = variance_shares([[0, 10], [10, 10], [20, 40], [float("nan"), 5]])
    assert found == pytest.approx([5 / 14, 9 / 14])


def test_scores_that_are_equal_have_no_shares_of_a_variance() -> None:
    for contributions in ([[10, 20]], [[10, 20], [20, 10]], np.empty((0, 2))):
        assert np.isnan(variance_shares(contributions)).all()


@given(tables(3, holes=False))
def test_shares_of_the_variance_add_up_and_a_part_alike_everywhere_moves_nothing(table: Any) -> None:
    found = variance_shares(np.column_stack([table, np.full(len(table), 7.0)]))
    if not np.isnan(found).any():
        assert found.sum() == pytest.approx(1)
        assert found[-1] == pytest.approx(0, abs=1e-6)
