"""The negative binomial distribution: against scipy, by hand, and where numbers become very small or large."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from lib.analysis.negative_binomial import dispersion, quantile, ranked_probability_score, upper_tail

MEANS = np.array([0.01, 0.3, 1.0, 4.0, 37.5, 900.0])
SIZES = np.array([0.08, 0.5, 1.0, 3.0, 40.0, 1100.0])
GRID_MEANS, GRID_SIZES = (grid.ravel() for grid in np.meshgrid(MEANS, SIZES))


def success(mean: np.ndarray, size: np.ndarray) -> np.ndarray:
    return np.asarray(size / (size + mean))


@pytest.mark.parametrize("distance", [0.0, 0.5, 1.0, 3.0])
def test_the_upper_tail_is_that_of_scipy(distance: float) -> None:
    deviation = np.sqrt(GRID_MEANS + GRID_MEANS**2 / GRID_SIZES)
    count = np.ceil(GRID_MEANS + distance * deviation).astype(int)
    expected = nbinom.sf(count - 1, GRID_SIZES, success(GRID_MEANS, GRID_SIZES))
    np.testing.assert_allclose(upper_tail(count, GRID_MEANS, GRID_SIZES), expected, rtol=1e-10, atol=1e-12)


def test_small_tails_keep_their_leading_digits() -> None:
    # scipy's survival function is exact here; 1 - cdf would give 0 or noise.
    count = np.array([5, 8, 12, 20, 30])
    expected = nbinom.sf(count - 1, 3.0, success(np.array(0.3), np.array(3.0)))
    assert expected.min() < 1e-25
    np.testing.assert_allclose(upper_tail(count, 0.3, 3.0), expected, rtol=1e-9)


@pytest.mark.parametrize("probability", [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])
def test_quantiles_are_those_of_scipy(probability: float) -> None:
    expected = nbinom.ppf(probability, GRID_SIZES, success(GRID_MEANS, GRID_SIZES))
    assert quantile(probability, GRID_MEANS, GRID_SIZES).tolist() == expected.tolist()


def test_the_distribution_is_that_of_scipy() -> None:
    expected = nbinom.cdf(np.arange(31), GRID_SIZES[:, None], success(GRID_MEANS, GRID_SIZES)[:, None])
    found = 1 - upper_tail(np.arange(1, 32), GRID_MEANS[:, None], GRID_SIZES[:, None])
    np.testing.assert_allclose(found, expected, atol=1e-12)


def test_an_infinite_size_is_poisson() -> None:
    count = np.array([0, 1, 3, 40])
    np.testing.assert_allclose(upper_tail(count, 2.5, np.inf), poisson.sf(count - 1, 2.5), rtol=1e-10)
    assert quantile(0.9, 2.5, np.inf) == poisson.ppf(0.9, 2.5)


def test_a_mean_of_zero_allows_no_event() -> None:
    assert upper_tail([0, 1, 5], 0.0, 2.0).tolist() == [1.0, 0.0, 0.0]
    assert quantile(0.99, 0.0, 2.0) == 0
    assert ranked_probability_score([0, 3], 0.0, 2.0).tolist() == [0.0, 3.0]


def test_the_score_by_hand() -> None:
    # Size 1 is geometric: with mean 1, P(Y <= k) = 1 - 2^-(k+1). Against the count 0: sum of 4^-(k+1) = 1/3.
    assert ranked_probability_score(0, 1.0, 1.0) == pytest.approx(1 / 3, abs=1e-12)
    # Against 1, the first term is (1/2)² as before, so nothing changes by the symmetry of 1/2.
    assert ranked_probability_score(1, 1.0, 1.0) == pytest.approx(1 / 3, abs=1e-12)
    # Against 2: the second term becomes (3/4)² in place of (1/4)².
    assert ranked_probability_score(2, 1.0, 1.0) == pytest.approx(1 / 3 + 8 / 16, abs=1e-12)


def test_the_score_is_the_distance_of_the_distributions() -> None:
    counts = np.array([0, 1, 7, 60])
    k = np.arange(5000)
    below = nbinom.cdf(k, 0.8, success(np.array(6.0), np.array(0.8)))
    expected = [((below - (k >= count)) ** 2).sum() for count in counts]
    np.testing.assert_allclose(ranked_probability_score(counts, 6.0, 0.8), expected, atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(count=st.integers(0, 200), mean=st.floats(0, 500, allow_subnormal=False), size=st.floats(0.01, 1e6))
def test_laws_of_the_tail(count: int, mean: float, size: float) -> None:
    tail = upper_tail([count, count + 1], mean, size)
    assert 0 <= tail[1] <= tail[0] + 1e-12 <= 1 + 2e-12
    median = int(quantile(0.5, mean, size))
    assert upper_tail(median + 1, mean, size) <= 0.5 + 1e-9
    assert upper_tail(median, mean, size) >= 0.5 - 1e-9


def test_many_rows_in_blocks_are_each_as_if_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = np.arange(len(GRID_MEANS)) % 9
    whole = ranked_probability_score(counts, GRID_MEANS, GRID_SIZES)
    monkeypatch.setattr("lib.analysis.negative_binomial.CELLS", 700)
    np.testing.assert_allclose(ranked_probability_score(counts, GRID_MEANS, GRID_SIZES), whole, rtol=1e-12)


def test_the_dispersion_is_found_again() -> None:
    generator = np.random.default_rng(5)
    mean = np.exp(generator.normal(0, 1, 20_000))
    count = generator.negative_binomial(1 / 0.4, success(mean, np.array(1 / 0.4)))
    assert dispersion(count, mean) == pytest.approx(0.4, abs=0.03)


def test_the_dispersion_has_the_largest_likelihood() -> None:
    generator = np.random.default_rng(6)
    mean = np.exp(generator.normal(0, 1, 500))
    count = generator.negative_binomial(2.0, success(mean, np.array(2.0)))
    found = dispersion(count, mean)

    def likelihood(alpha: float) -> float:
        return float(nbinom.logpmf(count, 1 / alpha, success(mean, np.array(1 / alpha))).sum())

    assert likelihood(found) >= max(likelihood(found * 1.01), likelihood(found / 1.01))


def test_the_dispersion_of_even_or_no_counts_is_the_least() -> None:
    assert dispersion([], []) == pytest.approx(np.exp(-7))
    assert dispersion(np.full(50, 10), np.full(50, 10.0)) == pytest.approx(np.exp(-7), rel=0.01)


@pytest.mark.parametrize(("mean", "size"), [(-1.0, 1.0), (np.nan, 1.0), (np.inf, 1.0), (1.0, 0.0), (1.0, np.nan)])
def test_what_cannot_be_meant_is_refused(mean: float, size: float) -> None:
    with pytest.raises(ValueError, match="mean must be finite"):
        upper_tail(1, mean, size)


def test_a_quantile_of_one_has_no_end() -> None:
    with pytest.raises(ValueError, match="below 1"):
        quantile(1.0, 1.0, 1.0)
