"""Delay, silence and awaited reports: by hand, by law, by simulation, and against an independent estimator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.analysis.completeness import awaited, delay_distribution, silence_probability

if TYPE_CHECKING:
    from numpy.typing import NDArray

PRIOR = (0.5, 0.5)
# Usual reports a week, and the whole weeks after which a silence is less likely than 1 %.
PUBLISHED = {0.25: 25, 0.5: 11, 1.0: 6, 2.0: 3, 4.0: 2}


# Delay


def test_delay_by_hand() -> None:
    # At t = 2: eight reports could have taken two days, two did. At t = 1: nine could, three did.
    delay, age, count = np.array([(0, 9, 4), (1, 2, 2), (2, 5, 2), (0, 0, 2), (0, 1, 2), (1, 1, 1)]).T
    found = delay_distribution(delay, age, count, longest_days=2)
    assert found is not None
    assert found.share == pytest.approx([3 / 4 * 2 / 3, 3 / 4, 1])
    assert (found.report_count, found.horizon_days) == (13, 2)
    assert [found.days_until(share) for share in (0.5, 0.6, 0.75, 0.9)] == [0, 1, 1, 2]


def by_expectation(delay: NDArray[np.int64], age: NDArray[np.int64], longest: int) -> NDArray[np.float64]:
    """Find the same maximum likelihood by filling in, again and again, the reports that have not come yet."""
    share = np.full(longest + 1, 1 / (longest + 1))
    seen = np.bincount(delay, minlength=longest + 1).astype(float)
    for _ in range(20_000):
        cumulated = np.cumsum(share)
        unseen = np.zeros(longest + 1)
        for a, n in zip(*np.unique(age, return_counts=True), strict=True):
            if a < longest:
                unseen[a + 1 :] += n / cumulated[a] * share[a + 1 :]
        new = (seen + unseen) / (seen + unseen).sum()
        if np.abs(new - share).max() < 1e-13:
            break
        share = new
    return np.cumsum(share)


def test_delay_is_the_maximum_of_the_likelihood() -> None:
    rng = np.random.default_rng(7)
    age = rng.integers(0, 15, 400)
    delay = rng.choice(7, 400, p=[0.3, 0.25, 0.15, 0.1, 0.1, 0.06, 0.04])
    delay, age = delay[delay <= age], age[delay <= age]
    found = delay_distribution(delay, age, np.ones(len(delay)), longest_days=6)
    assert found is not None
    assert found.share == pytest.approx(by_expectation(delay, np.minimum(age, 6), 6), abs=1e-7)


def test_growing_recent_days_do_not_shorten_the_delay() -> None:
    rng = np.random.default_rng(3)
    days = 120
    occurred = np.repeat(np.arange(days), np.round(4 * 1.04 ** np.arange(days)).astype(int))  # tenfold in two months
    delay = rng.geometric(0.2, len(occurred)) - 1
    age = days - 1 - occurred
    known = delay <= age
    truth = 1 - 0.8 ** np.arange(1, 31)
    plain = np.array([(delay[known] <= day).mean() for day in range(30)])
    found = delay_distribution(delay[known], age[known], np.ones(known.sum()), longest_days=60)
    assert found is not None
    assert found.share[:30] == pytest.approx(truth, abs=0.025)
    assert np.abs(plain - truth).max() > 0.05


@given(st.lists(st.integers(0, 20), min_size=1, max_size=60))
def test_without_truncation_it_is_the_plain_distribution(delays: list[int]) -> None:
    found = delay_distribution(delays, [20] * len(delays), [1] * len(delays), longest_days=20)
    assert found is not None
    assert found.share == pytest.approx([np.mean(np.array(delays) <= day) for day in range(21)])


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(1, 9)), min_size=1, max_size=40))
def test_shares_rise_to_one(rows: list[tuple[int, int, int]]) -> None:
    delay, extra, count = np.array(rows).T
    found = delay_distribution(delay, delay + extra, count, longest_days=10)
    if found is None:
        assert (delay > 10).all()
    else:
        assert (np.diff(found.share) >= 0).all()
        assert found.share[0] >= 0
        assert found.share[found.horizon_days :] == pytest.approx(1)


def test_what_too_few_could_tell_is_left_out() -> None:
    # Thirty events of yesterday and one of a month ago: nothing is known of delays beyond a day.
    delay, age, count = [0, 1, 20], [1, 1, 30], [15, 15, 1]
    found = delay_distribution(delay, age, count, longest_days=60, least_reports=30)
    assert found is not None
    assert (found.horizon_days, found.report_count) == (1, 30)
    assert found.share[:2] == pytest.approx([0.5, 1])
    assert delay_distribution(delay, age, count, longest_days=60, least_reports=32) is None
    assert delay_distribution([], [], [], longest_days=60) is None


@pytest.mark.parametrize(("delay", "age"), [(-1, 3), (4, 3)])
def test_a_report_before_its_event_or_after_today_is_refused(delay: int, age: int) -> None:
    with pytest.raises(ValueError, match="before"):
        delay_distribution([delay], [age], [1], longest_days=10)


# Silence


@pytest.mark.parametrize(("rate", "weeks"), PUBLISHED.items())
def test_silence_reproduces_the_published_weeks(rate: float, weeks: int) -> None:
    before, after = silence_probability([26 * rate] * 2, 26, [weeks - 1, weeks], prior=PRIOR)
    assert before >= 0.01 > after


def test_a_known_rate_would_flag_sooner() -> None:
    weeks = [next(w for w in range(99) if np.exp(-rate * w) < 0.01) for rate in PUBLISHED]
    assert weeks == [19, 10, 5, 3, 2]
    long = silence_probability(1e7 * 0.5, 1e7, 10.0, prior=PRIOR)  # an endless past makes the rate known
    assert float(long) == pytest.approx(np.exp(-5), rel=1e-4)


def test_silence_by_hand() -> None:
    assert float(silence_probability(2, 3.5, 4, prior=PRIOR)) == pytest.approx((4 / 8) ** 2.5)
    assert float(silence_probability(0, 0, 0, prior=PRIOR)) == 1


@given(st.integers(0, 200), st.floats(0.1, 26), st.floats(0, 50), st.floats(0.01, 10))
def test_longer_silence_and_more_reports_are_less_likely(
    count: int, weeks: float, silent: float, more: float
) -> None:
    one = silence_probability(count, weeks, silent, prior=PRIOR)
    assert silence_probability(count, weeks, silent + more, prior=PRIOR) <= one
    assert silence_probability(count + 1, weeks, silent, prior=PRIOR) <= one
    assert 0 <= one <= 1


def test_silence_is_as_rare_as_it_says() -> None:
    rng = np.random.default_rng(11)
    rate = rng.gamma(PRIOR[0], 1 / PRIOR[1], 200_000)
    count, silent = rng.poisson(26 * rate), rng.exponential(1 / np.maximum(rate, 1e-12))
    for level in (0.01, 0.1, 0.5):
        assert (silence_probability(count, 26, silent, prior=PRIOR) < level).mean() == pytest.approx(level, rel=0.1)


# Awaited


def test_awaited_by_hand() -> None:
    reported = [[1, 1, 0, 0, 0, 1], [0, 0, 0, 0, 1, 1], [1, 1, 1, 1, 0, 0]]
    expected = [[True, False], [False, False], [True, True]]
    assert awaited(reported, weeks=4, share=0.5).tolist() == expected


@given(st.lists(st.booleans(), min_size=8, max_size=30))
def test_awaited_looks_only_back(flags: list[bool]) -> None:
    found = awaited(flags, weeks=5, share=0.5)
    changed = awaited([*flags[:-1], not flags[-1]], weeks=5, share=0.5)
    assert found.shape == (len(flags) - 5,)
    assert found.tolist() == changed.tolist()
    assert found.tolist() == [sum(flags[i : i + 5]) >= 2.5 for i in range(len(flags) - 5)]
