"""Cohen's kappa: published tables, a second implementation, the bootstrap, and the laws it keeps."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import cohen_kappa_score

from lib.analysis.agreement import agreement_share, cross_table, kappa, quadratic_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Fleiss, Statistical Methods for Rates and Proportions: two clinicians, 100 patients.
CLINICIANS = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]
# Agresti, Categorical Data Analysis: 91 couples; figures as printed by the R package vcd.
COUPLES = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]

TABLES = arrays(np.int64, (3, 3), elements=st.integers(0, 30)).filter(
    lambda table: min((table.sum(axis=0) > 0).sum(), (table.sum(axis=1) > 0).sum()) > 1
)


def pairs(table: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Write a table as the classes of its items."""
    rows, columns = np.indices(table.shape)
    return np.repeat(rows.ravel(), table.ravel()), np.repeat(columns.ravel(), table.ravel())


def test_kappa_of_fleiss_book() -> None:
    found = kappa(CLINICIANS)
    assert found is not None
    assert found.value == pytest.approx(0.68, abs=0.005)
    assert found.standard_error == pytest.approx(0.087, abs=0.001)
    assert (found.low, found.high) == (pytest.approx(0.505, abs=0.001), pytest.approx(0.848, abs=0.001))


def test_plain_and_linearly_weighted_kappa_as_printed_by_vcd() -> None:
    plain = kappa(COUPLES)
    order = np.arange(4)
    linear = kappa(COUPLES, 1 - np.abs(np.subtract.outer(order, order)) / 3)
    assert plain is not None
    assert linear is not None
    assert (plain.value, plain.standard_error) == (pytest.approx(0.1293, abs=5e-5), pytest.approx(0.0686, abs=5e-5))
    assert (linear.value, linear.standard_error) == (
        pytest.approx(0.2374, abs=5e-5),
        pytest.approx(0.07832, abs=5e-5),
    )


def test_kappa_by_hand() -> None:
    # p_o = 0.7; both margins are one half, so that p_e = 0.5.
    found = kappa([[35, 15], [15, 35]])
    assert found is not None
    assert found.value == pytest.approx(0.4)
    # For equal margins of two classes the variance is (1 - kappa²) / n.
    assert found.standard_error == pytest.approx(math.sqrt((1 - 0.4**2) / 100))


def test_quadratic_weights_by_hand() -> None:
    assert quadratic_weights(3).tolist() == [[1, 0.75, 0], [0.75, 1, 0.75], [0, 0.75, 1]]


@given(TABLES)
def test_a_second_implementation_gives_the_same(table: NDArray[np.int64]) -> None:
    first, second = pairs(table)
    for weights, name in ((None, None), (quadratic_weights(3), "quadratic")):
        found = kappa(table, weights)
        assert found is not None
        expected = cohen_kappa_score(first, second, labels=[0, 1, 2], weights=name)
        assert found.value == pytest.approx(expected, abs=1e-9)


def test_the_interval_is_the_bootstraps() -> None:
    table = np.array([[30, 8, 2], [6, 20, 7], [1, 6, 20]])
    rng = np.random.default_rng(4)
    for weights in (None, quadratic_weights(3)):
        found = kappa(table, weights)
        drawn = [
            kappa(rng.multinomial(table.sum(), table.ravel() / table.sum()).reshape(3, 3), weights)
            for _ in range(3_000)
        ]
        values = [one.value for one in drawn if one is not None]
        assert found is not None
        assert found.standard_error == pytest.approx(np.std(values), rel=0.06)
        assert (found.low, found.high) == pytest.approx(np.quantile(values, [0.025, 0.975]), abs=0.025)


@given(TABLES, st.integers(2, 5))
def test_laws_of_kappa(table: NDArray[np.int64], times: int) -> None:
    found, turned, more = kappa(table), kappa(table.T), kappa(table * times)
    assert found is not None
    assert turned is not None
    assert more is not None
    assert turned.value == pytest.approx(found.value, abs=1e-12)  # who is asked first does not matter
    assert turned.standard_error == pytest.approx(found.standard_error, abs=1e-7)
    assert -1 <= found.value <= 1
    assert more.value == pytest.approx(found.value, abs=1e-12)  # more of the same: as strong, and surer
    assert more.standard_error == pytest.approx(found.standard_error / math.sqrt(times), abs=1e-7)
    assert math.isnan(found.low) or -1 <= found.low <= found.value <= found.high <= 1


@given(st.permutations(range(12)))
def test_the_order_of_items_does_not_matter(order: list[int]) -> None:
    first = np.array([0, 0, 1, 1, 2, 2, 0, 1, 2, -1, 1, 0])
    second = np.array([0, 1, 1, 1, 2, 1, 0, 2, 2, 1, -1, 0])
    assert cross_table(first[order], second[order], 3).tolist() == cross_table(first, second, 3).tolist()


def test_independent_raters_have_none() -> None:
    found = kappa(np.outer([10, 20, 30], [1, 2, 3]))
    assert found is not None
    assert found.value == pytest.approx(0, abs=1e-12)


def test_full_agreement_is_one_without_an_interval() -> None:
    found = kappa(np.diag([5, 7, 3]))
    assert found is not None
    assert found.value == 1
    assert math.isnan(found.low)
    assert math.isnan(found.high)


@pytest.mark.parametrize(
    "table",
    [
        np.zeros((3, 3), dtype=int),
        [[9, 0, 0], [0, 0, 0], [0, 0, 0]],
        [[4, 3, 2], [0, 0, 0], [0, 0, 0]],  # one rater gives a single class
        [[4, 0, 0], [3, 0, 0], [2, 0, 0]],
    ],
)
def test_without_two_classes_on_both_sides_there_is_no_kappa(table: list[list[int]]) -> None:
    assert kappa(table) is None
    assert kappa(table, quadratic_weights(3)) is None


def test_items_without_a_class_are_not_counted() -> None:
    table = cross_table([0, 1, -1, 2, 2], [0, 2, 1, -1, 2], 3)
    assert table.tolist() == [[1, 0, 0], [0, 0, 1], [0, 0, 1]]
    assert agreement_share(table) == pytest.approx(2 / 3)
    assert math.isnan(agreement_share(cross_table([-1], [0], 3)))


def test_broken_classes_are_refused() -> None:
    with pytest.raises(ValueError, match="below 3"):
        cross_table([3], [0], 3)
    with pytest.raises(ValueError, match="same items"):
        cross_table([0, 1], [0], 3)
