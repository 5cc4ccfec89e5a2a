"""The forecast: what may enter it, what it adds up to, and its parts against stored figures of another program."""

import json
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from lib.analysis.completeness import delay_distribution
from lib.analysis.features import completeness, merged, vintages, window_share
from lib.analysis.forecast import FLOOR_SHARE, LEAST_LEVEL, LEVELS, Forecast, forecast, past_dispersion, rolling
from lib.analysis.negative_binomial import quantile, upper_tail
from lib.analysis.panel import Floats, Panel, Whole, known_on
from lib.analysis.posterior import largest_posterior
from tests.worlds import World, from_counts, world

OURS, THEIRS = [0, 1, 2, 3, 4, 6], [0, 7, 1, 2, 3, 5]  # columns of features that both have
FIXTURE = Path(__file__).parent / "forecast_oracle.json"


class Interval(NamedTuple):
    """Counts between which a forecast lies with probability `level` percent at least; both ends belong to it."""

    level: int
    low: Whole
    high: Whole


def intervals(mean: Floats, dispersion: Floats | float) -> list[Interval]:
    """Find the central intervals of 50, 80 and 95 percent."""
    ends = [[quantile(0.5 + side * level / 200, mean, 1 / dispersion) for side in (-1, 1)] for level in LEVELS]
    return [Interval(level, low, high) for level, (low, high) in zip(LEVELS, ends, strict=True)]


@pytest.fixture(scope="module")
def late() -> World:
    """Make a small world whose reports are two days late on average."""
    return world("S1", 11, mean_delay_days=2.0)


def no_neighbours(count: int) -> csr_array:
    return csr_array((count, count))


def ring(count: int) -> csr_array:
    """Join each area to the next and the one before."""
    one, other = np.arange(count), (np.arange(count) + 1) % count
    row, column = np.concatenate([one, other]), np.concatenate([other, one])
    return csr_array((np.ones(2 * count), (row, column)), shape=(count, count))


def test_the_parts_add_up_exactly(late: World) -> None:
    for horizon_days in (7, 14):
        made = forecast(late.panel, late.neighbours, horizon_days=horizon_days)
        assert (made.parts.sum(axis=1) == made.mean).all()
        assert made.parts.min() >= 0
        assert made.mean.min() > 0
        assert not made.baseline_only


def test_nothing_that_came_or_was_reported_later_enters(late: World) -> None:
    day = 219
    panel = late.panel
    future = panel.reported > day
    noise = np.random.default_rng(1)
    changed = Panel(
        np.where(future, noise.integers(panel.area_count, size=len(future)), panel.area),
        # What happened before the day and was reported after it is moved too, anywhere before its report.
        np.where(future, noise.integers(panel.reported + 1), panel.occurred),
        panel.reported,
        panel.area_count,
        panel.day_count,
    )
    made = forecast(known_on(panel, day), late.neighbours)
    again = forecast(known_on(changed, day), late.neighbours)
    assert (made.mean == again.mean).all()
    assert made.dispersion == again.dispersion


def test_other_kinds_may_raise_a_forecast_and_never_look_ahead() -> None:
    made = world("S2", 3, event_count=4000, share_of_kinds=(0.6, 0.4), crossing=0.8)
    own, others = made.kinds
    with_others = forecast(own, made.neighbours, others=others)
    assert (with_others.mean != forecast(own, made.neighbours).mean).any()
    assert (with_others.parts.sum(axis=1) == with_others.mean).all()
    day = 250
    late = others.reported > day
    changed = replace(others, area=np.where(late, 0, others.area))
    before, after = (
        forecast(known_on(own, day), made.neighbours, others=known_on(p, day)) for p in (others, changed)
    )
    assert (before.mean == after.mean).all()
    assert len(merged([own, others]).area) == len(made.panel.area)


def test_past_forecasts_are_those_that_were_made(late: World) -> None:
    # The forecast of an earlier day, remade today, is the one that was made on that day.
    remade = dict(rolling(late.panel, late.neighbours, horizon_days=7, forecast_count=6))
    origin = sorted(remade)[2]
    made = forecast(known_on(late.panel, origin - 1), late.neighbours)
    np.testing.assert_allclose(remade[origin].sum(axis=1), made.mean, rtol=1e-8)


def test_the_order_of_areas_and_events_does_not_matter(late: World) -> None:
    panel = late.panel
    generator = np.random.default_rng(2)
    order = generator.permutation(panel.area_count)
    place = np.argsort(order)
    shuffled = generator.permutation(len(panel.area))
    moved = Panel(
        place[panel.area[shuffled]],
        panel.occurred[shuffled],
        panel.reported[shuffled],
        panel.area_count,
        panel.day_count,
    )
    made = forecast(panel, late.neighbours)
    again = forecast(moved, csr_array(late.neighbours[order][:, order]))
    np.testing.assert_allclose(again.mean, made.mean[order], rtol=1e-9)
    np.testing.assert_allclose(again.parts, made.parts[order], rtol=1e-7, atol=1e-9)
    assert again.dispersion == pytest.approx(made.dispersion, rel=1e-9)


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 1000),
    area_count=st.integers(1, 8),
    day_count=st.integers(1, 150),
    daily=st.floats(0, 0.3),
    horizon_days=st.sampled_from([7, 14]),
)
def test_laws_of_any_panel(seed: int, area_count: int, day_count: int, daily: float, horizon_days: int) -> None:
    generator = np.random.default_rng(seed)
    panel = from_counts(generator.poisson(daily, (area_count, day_count)))
    matrix = ring(area_count) if area_count > 2 else no_neighbours(area_count)
    made = forecast(panel, matrix, horizon_days=horizon_days)
    assert made.mean.shape == (area_count,)
    assert np.isfinite(made.parts).all()
    assert made.parts.min() >= 0
    assert (made.parts.sum(axis=1) == made.mean).all()
    assert made.dispersion > 0
    assert made.baseline_only == (day_count < 56)
    assert made.mean.min() >= FLOOR_SHARE * LEAST_LEVEL * (1 - 1e-12)


def test_less_than_eight_weeks_are_averaged() -> None:
    daily = np.zeros((2, 40), dtype=int)
    daily[0, ::4] = 1  # 10 events in 40 days: 1.75 a week, 0.875 a week in the mean area
    made = forecast(from_counts(daily), no_neighbours(2))
    assert made.baseline_only
    np.testing.assert_allclose(made.mean, [(1.75 + 0.875) / 2, 0.875 / 2])
    np.testing.assert_allclose(made.parts[:, 1:], 0)


def test_no_event_at_all() -> None:
    made = forecast(from_counts(np.zeros((5, 200), dtype=int)), ring(5))
    assert made.mean.max() < 1e-3
    assert (upper_tail(1, made.mean, 1 / made.dispersion) < 1e-3).all()
    assert all((found.high == 0).all() for found in intervals(made.mean, made.dispersion))


def test_an_island_gets_nothing_from_neighbours(late: World) -> None:
    matrix = late.neighbours.tolil()
    matrix[3, :] = 0
    matrix[:, 3] = 0
    made = forecast(late.panel, csr_array(matrix.tocsr()))
    assert made.parts[3, 3] == 0
    assert made.mean[3] > 0
    assert made.parts[:, 3].max() > 0


def test_a_steady_rate_is_forecast_as_it_is() -> None:
    daily = np.zeros((4, 280), dtype=int)
    daily[:, ::7] = [[1], [2], [3], [4]]
    made = forecast(from_counts(daily), ring(4))
    np.testing.assert_allclose(made.mean, [1, 2, 3, 4], rtol=0.25)
    assert made.dispersion < 0.01
    assert intervals(made.mean, made.dispersion)[0].low[3] <= 4


def test_reports_under_way_do_not_make_the_forecast_fall() -> None:
    generator = np.random.default_rng(3)
    daily = generator.poisson(1.0, (30, 250))
    complete = from_counts(daily)
    delay = generator.geometric(1 / 4, size=len(complete.area)) - 1
    reported = complete.occurred + delay
    seen = reported < 250
    panel = Panel(complete.area[seen], complete.occurred[seen], reported[seen], 30, 250)
    made = forecast(panel, ring(30))
    assert made.mean.sum() == pytest.approx(30 * 7, rel=0.06)


def test_rates_count_the_days_that_could_be_seen() -> None:
    # Three events a day, each reported two days later: at every origin the last two days are empty.
    day = np.repeat(np.arange(198), 3)
    panel = Panel(np.zeros(len(day), dtype=int), day, day + 2, 1, 200)
    seen = vintages(panel, no_neighbours(1), horizon_days=7, origin_count=20)
    np.testing.assert_allclose(seen.features[:, 0, [0, 2, 3, 4, 5]], 21.0, rtol=1e-12)
    np.testing.assert_allclose(seen.floor_level, 21.0, rtol=1e-12)


def test_the_share_of_reports_that_are_in() -> None:
    # From day 0 on every event is reported after 2 days: nothing is in after 1 day, all after 2.
    days = np.arange(98)
    panel = Panel(np.zeros(98, dtype=int), days, days + 2, 1, 100)
    share = completeness(panel, np.array([10, 100]))
    assert share[0].tolist() == [1.0] * 29  # 8 reports tell too little
    np.testing.assert_allclose(share[1][:3], [0, 0, 1])
    assert window_share(share[1], np.array([0, 5]), 7) == pytest.approx([5 / 7, 1.0])


def test_the_share_of_reports_is_that_of_the_delay_distribution(late: World) -> None:
    origins = np.array([20, 60, 150, 300])
    found = completeness(late.panel, origins)
    for share, origin in zip(found, origins, strict=True):
        panel = known_on(late.panel, int(origin) - 1)
        expected = delay_distribution(
            panel.reported - panel.occurred,
            origin - 1 - panel.occurred,
            np.ones(len(panel.area)),
            longest_days=28,
            least_reports=20,
        )
        np.testing.assert_allclose(share, 1.0 if expected is None else expected.share, rtol=1e-12)


def test_features_are_those_of_another_program() -> None:
    stored = json.loads(FIXTURE.read_text())
    daily = np.zeros((stored["area_count"], stored["day_count"]), dtype=int)
    np.add.at(daily, (np.array(stored["area"]), np.array(stored["day"])), 1)
    panel = from_counts(daily)
    matrix = ring(stored["area_count"])
    seen = vintages(panel, matrix, horizon_days=7, origin_count=35)
    np.testing.assert_allclose(seen.features[-1][:, OURS], np.array(stored["features"])[:, THEIRS], rtol=1e-9)


def test_the_weights_are_the_largest_posterior() -> None:
    generator = np.random.default_rng(4)
    rows = generator.gamma(2.0, 1.0, (400, 3))
    truth = np.array([0.7, 0.0, 0.3])
    count = generator.poisson(rows @ truth)
    some = count > 0
    found = largest_posterior(rows[some].T, count[some].astype(float), rows.sum(axis=0) + 2.0, np.full(3, 1 / 3))
    np.testing.assert_allclose(found, truth, atol=0.12)
    # The multiplicative steps of expectation and maximisation stay where they are at a maximum.
    step = (found * ((count / (rows @ found)) @ rows) + 0.25) / (rows.sum(axis=0) + 2.0)
    np.testing.assert_allclose(step, found, rtol=1e-6)


def test_the_dispersion_is_that_of_completed_windows_only(late: World) -> None:
    panel = late.panel
    means = {origin: np.full(panel.area_count, 0.7) for origin in range(panel.day_count - 70, panel.day_count + 1, 7)}
    before = past_dispersion(panel, means, horizon_days=7)
    means[panel.day_count - 6] = np.full(panel.area_count, 99.0)  # ends after the last day
    assert past_dispersion(panel, means, horizon_days=7) == before
    assert past_dispersion(panel, {}, horizon_days=7) == 0.3


def test_intervals_widen_with_their_level(late: World) -> None:
    made = forecast(late.panel, late.neighbours)
    half, most, nearly_all = intervals(made.mean, made.dispersion)
    assert (half.level, most.level, nearly_all.level) == (50, 80, 95)
    for narrow, wide in ((half, most), (most, nearly_all)):
        assert (wide.low <= narrow.low).all()
        assert (wide.high >= narrow.high).all()


def test_probability_of_any_by_hand() -> None:
    made = Forecast(
        np.array([1.0]), np.array([[1.0, 0, 0, 0]]), 1.0, baseline_only=False, horizon_days=7, past_totals={}
    )
    assert upper_tail(1, made.mean, 1 / made.dispersion) == pytest.approx(0.5)  # size 1: P(0) = 1 / (1 + 1)
