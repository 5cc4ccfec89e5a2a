"""The surprise: by hand, frozen where it must be, and never lowered by an event."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lib.analysis import risk
from lib.analysis.composite import combine, spillover
from lib.analysis.panel import Panel
from lib.analysis.surprise import Baseline, anchor_of, frozen_baseline, observed_events, surprise
from tests.worlds import from_counts

DAYS = 120


def panel_of(events: list[tuple[int, int, int]], areas: int = 4, days: int = DAYS) -> Panel:
    rows = np.array(events, dtype=np.int64).reshape(-1, 3)
    return Panel(rows[:, 0], rows[:, 1], np.minimum(rows[:, 1] + rows[:, 2], days - 1), areas, days)


def event_lists() -> st.SearchStrategy[Any]:
    one = st.tuples(st.integers(0, 3), st.integers(0, DAYS - 1), st.integers(0, 30))
    return st.lists(one, max_size=60)


def test_points_by_hand() -> None:
    usual = Baseline(np.array([1.0, 1.0, np.nan]), np.array([np.inf, 2.0, np.nan]), 1.0, 14, 140)
    score, probability = surprise([5, 5, 5], usual)
    expected = [stats.poisson.sf(4, 1.0), stats.nbinom.sf(4, 2, 2 / 3)]
    assert probability[:2] == pytest.approx(expected)
    assert np.isnan(probability[2])
    assert score == pytest.approx([100 * -np.log10(expected[0]) / 3, 100 * -np.log10(expected[1]) / 3, 0])


@pytest.mark.parametrize(("probability", "points"), [(0.05, 43.4), (0.001, 100), (1e-9, 100), (1.0, 0)])
def test_the_scale_of_the_points(probability: float, points: float) -> None:
    # a Poisson mean m brings at least two events with probability 1 - (1 + m) exp(-m)
    means = np.linspace(1e-6, 20, 400_000)
    at = np.interp(probability, stats.poisson.sf(1, means), means)
    usual = Baseline(np.array([at]), np.array([np.inf]), 1.0, 14, 140)
    assert surprise([2], usual)[0][0] == pytest.approx(points, abs=0.1)


def test_one_event_never_surprises() -> None:
    usual = Baseline(np.full(3, 1e-6), np.full(3, np.inf), 1.0, 14, 140)
    assert surprise([0, 1, 2], usual)[0].tolist() == [0, 0, 100]


def test_the_anchor_is_the_monday_before() -> None:
    monday = date(2026, 10, 26)
    assert [anchor_of(monday + timedelta(days=n)) for n in (-1, 0, 3, 6)] == [
        monday - timedelta(days=7),
        monday,
        monday,
        monday,
    ]


def test_baseline_by_hand_without_overdispersion() -> None:
    # Two areas, three blocks of two days before the window of two days: 0..5 learnt, 6 and 7 left out.
    daily = np.array([[1, 0, 0, 1, 1, 0, 9, 9, 9], [3, 1, 2, 2, 2, 2, 9, 9, 9]])
    found = frozen_baseline(from_counts(daily), 7, window_days=2, baseline_weeks=26)
    assert found.day_count == 6
    total = np.array([3, 12])
    mean = 15.5 / 2
    between = total.var(ddof=1) - mean
    prior = mean / between
    expected = (mean * prior + total) / (prior + 1) / 3
    assert found.dispersion == 1
    assert found.mean == pytest.approx(expected)
    assert found.size == pytest.approx(mean * prior + total)


def test_clustering_raises_the_dispersion_and_lowers_the_surprise() -> None:
    even = np.tile([[1] * 7], (3, 16))
    bursts = np.tile([[0] * 28 + [2] * 28], (3, 2))
    calm, wild = (frozen_baseline(from_counts(table), 104) for table in (even, bursts))
    assert calm.dispersion == 1
    assert wild.dispersion > 5
    assert calm.mean == pytest.approx(wild.mean, rel=0.3)
    assert surprise([25] * 3, wild)[0][0] < surprise([25] * 3, calm)[0][0] / 2


def test_without_history_nothing_is_surprising() -> None:
    daily = np.zeros((3, 30), dtype=int)
    daily[0, 29] = 50
    found = frozen_baseline(from_counts(daily), 29)
    assert np.isnan(found.mean).all()
    assert surprise([50, 0, 0], found)[0].tolist() == [0, 0, 0]
    assert np.isnan(frozen_baseline(from_counts(daily), -5).mean).all()


def test_a_region_without_any_event_in_the_baseline_still_has_one() -> None:
    found = frozen_baseline(from_counts(np.zeros((5, 100), dtype=int)), 99)
    assert (found.mean > 0).all()
    assert found.dispersion == 1


@given(event_lists(), st.integers(0, 3), st.integers(0, 6))
def test_an_event_dated_today_never_lowers_any_score(events: Any, area: int, since_anchor: int) -> None:
    anchor, today = DAYS - 1 - since_anchor, DAYS - 1
    links = np.array([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]], dtype=float)
    scale = risk.Scale(1.0, 1.0, 3.0)

    def scores(chosen: Any) -> tuple[Any, Any]:
        panel = panel_of(chosen)
        points, _ = surprise(observed_events(panel), frozen_baseline(panel, anchor))
        weight = risk.incident_weight(np.ones(len(chosen)), 1.0, today - panel.occurred, half_life_days=28)
        theta = risk.theta(np.bincount(panel.area, weight, minlength=4), np.ones(4), scale)
        parts = [np.zeros(4), risk.score(theta, scale), spillover(theta, links, scale), points]
        return points, combine(np.column_stack(parts), (0.30, 0.40, 0.15, 0.15))[0]

    before, after = scores(events), scores([*events, (area, today, 0)])
    for old, new in zip(before, after, strict=True):
        assert (new >= old - 1e-9).all()
        assert ((new >= 0) & (new <= 100)).all()


@given(event_lists(), st.integers(90, DAYS - 2))
def test_nothing_reported_after_the_anchor_changes_the_baseline(events: Any, anchor: int) -> None:
    panel = panel_of(events)
    keep = panel.reported <= anchor
    known = Panel(panel.area[keep], panel.occurred[keep], panel.reported[keep], 4, DAYS)
    one, other = frozen_baseline(panel, anchor), frozen_baseline(known, anchor)
    assert (one.mean == other.mean).all()
    assert (one.size == other.size).all()


@given(event_lists(), st.permutations(range(4)))
def test_the_order_of_areas_changes_nothing(events: Any, order: list[int]) -> None:
    moved = [(order[area], day, delay) for area, day, delay in events]
    one, other = (frozen_baseline(panel_of(rows), DAYS - 3) for rows in (events, moved))
    assert other.mean[order] == pytest.approx(one.mean)
    assert other.size[order] == pytest.approx(one.size)


def test_a_quiet_region_surprises_as_rarely_as_it_says() -> None:
    generator = np.random.default_rng(7)
    daily = generator.poisson(np.linspace(0.02, 0.3, 200)[:, None], size=(200, 28 * 7 + 14))
    panel = from_counts(daily)
    _, probability = surprise(observed_events(panel), frozen_baseline(panel, panel.day_count - 1))
    assert (probability <= 0.05).mean() <= 0.06
    assert (probability <= 0.5).mean() == pytest.approx(0.42, abs=0.13)
