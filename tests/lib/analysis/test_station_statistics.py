"""The parts of a TPS's score by hand, by law, against scipy's own neighbours, and within their time."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.spatial import cKDTree

from lib.analysis.stations import (
    NearPairs,
    checklist_points,
    failed_share_for,
    near_pairs,
    proximity_pressure,
    saturate,
    station_score,
    sub_score,
)

NAN = float("nan")
WEIGHTS = (0.40, 0.35, 0.25)
HALF_SHARE = 0.15
ANSWERS = st.sampled_from((0.0, 1.0, NAN))
SHARES = st.floats(0, 100)
POINTS = arrays.arrays(float, st.tuples(st.integers(0, 40), st.just(2)), elements=st.floats(-4000, 4000))


def test_a_sub_score_bends_the_failed_share_and_counts_unknown_items_as_half_of_the_rest() -> None:
    # h = 1/4, so k = 1/2; weights 2 1 1. Failed 2 of 4: 100 x .5 x 1.5 / 1 = 75, and 1/4 x half of the other 25.
    found = sub_score([[1, 0, NAN], [0, 0, 0], [1, 1, 1], [0, 1, 0]], [2, 1, 1], half_share=0.25)
    assert found.score.tolist() == [78.125, 0.0, 100.0, 50.0]
    assert found.ticked.tolist() == [75.0, 0.0, 100.0, 50.0]
    assert found.unknown_share.tolist() == [0.25, 0.0, 0.0, 0.0]


@given(st.floats(0, 100), st.floats(0.01, 0.49))
def test_points_of_a_checklist_turn_round(points: float, half_share: float) -> None:
    share = failed_share_for(points, half_share=half_share)
    assert checklist_points(share, half_share=half_share) == pytest.approx(points, abs=1e-9)
    assert checklist_points([0, half_share, 1], half_share=half_share) == pytest.approx([0, 50, 100])


@pytest.mark.parametrize("half_share", [0.0, 0.5, -0.1, NAN])
def test_a_scale_without_a_middle_is_refused(half_share: float) -> None:
    with pytest.raises(ValueError, match="50 points"):
        checklist_points([0.5], half_share=half_share)


def test_an_unchecked_list_has_no_score_and_not_half_of_one() -> None:
    found = sub_score(
        [[NAN, NAN], [NAN, 1]], [1, 0], half_share=HALF_SHARE
    )  # an answer that weighs nothing says nothing
    assert np.isnan(found.score).all()
    assert found.unknown_share.tolist() == [1.0, 1.0]
    assert np.isnan(sub_score(np.empty((2, 0)), [], half_share=HALF_SHARE).score).all()
    assert sub_score(np.empty((0, 2)), [1, 1], half_share=HALF_SHARE).score.shape == (0,)


@pytest.mark.parametrize(
    ("answers", "weights"), [([[1, 0]], [1]), ([1, 0], [1, 1]), ([[1, 0]], [1, -1]), ([[2, 0]], [1, 1])]
)
def test_what_is_no_checklist_is_refused(answers: list[float], weights: list[float]) -> None:
    with pytest.raises(ValueError, match=r"weight"):
        sub_score(answers, weights, half_share=HALF_SHARE)


@given(st.lists(ANSWERS, min_size=3, max_size=3), st.integers(0, 2), st.floats(0.01, 0.49))
def test_a_tick_never_lowers_a_sub_score_and_not_knowing_lies_between(
    answers: list[float], item: int, half_share: float
) -> None:
    weights = [1.0, 2.0, 3.0]

    def scored(answer: float) -> tuple[float, float]:
        given_now = [answer if at == item else given for at, given in enumerate(answers)]
        found = sub_score([given_now], weights, half_share=half_share)
        return float(found.score[0]), float(found.ticked[0])

    (failed, _), (clear, _), (unknown, ticked) = scored(1.0), scored(0.0), scored(NAN)
    assert 0 <= clear < failed <= 100
    if not np.isnan(unknown):
        assert clear < unknown < failed
        assert ticked <= unknown


def test_near_pairs_by_hand() -> None:
    stations = [(0, 0), (NAN, 0), (3000, 0)]
    found = near_pairs(stations, [(300, 400), (1500, 0), (1501, 0), (0, NAN)], cutoff_m=1500)
    assert found.station.tolist() == [0, 0, 2, 2]
    assert found.incident.tolist() == [0, 1, 1, 2]
    assert found.distance_m.tolist() == [500, 1500, 1500, 1499]


@settings(max_examples=50)
@given(POINTS, POINTS, st.integers(0, 2**32 - 1))
def test_near_pairs_are_those_of_a_tree_in_any_order(stations: np.ndarray, incidents: np.ndarray, seed: int) -> None:
    found = near_pairs(stations, incidents, cutoff_m=1500)
    known = set(zip(found.station.tolist(), found.incident.tolist(), strict=True))
    if len(stations) and len(incidents):
        lists = cKDTree(incidents).query_ball_point(stations, 1500)
        assert known == {(station, int(incident)) for station, near in enumerate(lists) for incident in near}
    else:
        assert not known
    order = np.random.default_rng(seed).permutation(len(stations))
    pressure, moved = (
        proximity_pressure(
            near_pairs(places, incidents, cutoff_m=1500),
            np.ones(len(incidents)),
            station_count=len(stations),
            bandwidth_m=500,
        )
        for places in (stations, stations[order])
    )
    np.testing.assert_allclose(moved, pressure[order], rtol=1e-12)


def test_pressure_falls_with_the_square_of_the_distance() -> None:
    pairs = NearPairs(np.array([0, 0, 2]), np.array([0, 1, 1]), np.array([0.0, 500.0, 1000.0]))
    pressure = proximity_pressure(pairs, [4.0, 2.0], station_count=4, bandwidth_m=500)
    expected = [4 + 2 * np.exp(-0.5), 0, 2 * np.exp(-2), 0]
    np.testing.assert_allclose(pressure, expected)


def test_the_scale_gives_fifty_at_its_reference() -> None:
    np.testing.assert_allclose(saturate([0, 6, 12, NAN], reference=6), [0, 50, 75, NAN])
    with pytest.raises(ValueError, match="above 0"):
        saturate([1], reference=0)


def test_a_score_by_hand_and_an_unknown_part_as_half() -> None:
    found = station_score([[50, 40, 20], [NAN, 40, 20]], np.ones((2, 3)), WEIGHTS, completeness_minimum=0.5)
    np.testing.assert_allclose(found.contributions, [[20, 14, 5], [20, 14, 5]])
    np.testing.assert_allclose(found.score, [39, 39])
    np.testing.assert_allclose(found.completeness, [1.0, 0.6])


def test_too_little_known_gives_no_score_rather_than_a_low_one() -> None:
    found = station_score([[0, NAN, NAN]], [[1.0, 1.0, 1.0]], WEIGHTS, completeness_minimum=0.5)
    assert np.isnan(found.score).all()
    assert np.isnan(found.contributions).all()
    assert found.completeness.tolist() == [0.4]


@given(st.tuples(SHARES, SHARES, SHARES), st.integers(0, 2), SHARES)
def test_contributions_add_up_within_bounds_and_follow_each_part(
    parts: tuple[float, ...], changed: int, value: float
) -> None:
    after = tuple(value if at == changed else part for at, part in enumerate(parts))
    found = station_score([parts, after], np.ones((2, 3)), WEIGHTS, completeness_minimum=0.5)
    np.testing.assert_allclose(found.contributions.sum(axis=1), found.score)
    assert (found.score >= 0).all()
    assert (found.score <= 100 + 1e-9).all()
    assert (found.score[1] - found.score[0]) * (value - parts[changed]) >= -1e-9


@pytest.mark.parametrize("weights", [(0.5, 0.5), (0.5, 0.5, 0.5), (-0.5, 1.0, 0.5)])
def test_weights_that_are_no_shares_are_refused(weights: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=r"weights"):
        station_score([[1.0, 2.0, 3.0]], np.ones((1, 3)), weights, completeness_minimum=0.5)


def test_two_thousand_stations_and_sixteen_hundred_incidents_take_no_third_of_a_second() -> None:
    random = np.random.default_rng(20261122)
    stations, incidents = random.uniform(0, 20_000, (2000, 2)), random.normal(10_000, 3_000, (1600, 2))
    answers = random.choice([0.0, 1.0, NAN], (2000, 27), p=[0.6, 0.1, 0.3])
    best = np.inf
    for _ in range(3):
        start = time.process_time()
        pairs = near_pairs(stations, incidents, cutoff_m=1500)
        pressure = proximity_pressure(pairs, np.ones(1600), station_count=2000, bandwidth_m=500)
        parts = np.column_stack(
            [
                sub_score(answers, np.ones(27), half_share=HALF_SHARE).score,
                np.full(2000, 40.0),
                saturate(pressure, reference=6),
            ]
        )
        station_score(parts, np.ones((2000, 3)), WEIGHTS, completeness_minimum=0.5)
        best = min(best, time.process_time() - start)
    assert len(pairs.station) > 10_000
    assert best < 0.35
