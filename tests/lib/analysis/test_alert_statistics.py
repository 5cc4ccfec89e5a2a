"""The probabilities behind the alerts: by hand, against scipy, by law, and in cities with nothing to find."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import false_discovery_control, nbinom

from lib.analysis.alerts import area_exceedance, false_discoveries, region_exceedance
from lib.rules.alerts import alert_rules
from lib.rules.judged import NATIONAL
from tests.alert_worlds import World, false_alarms, power

RULES = alert_rules(NATIONAL)
METHOD = RULES.method
WEEKS = METHOD.weeks
WEEK_ONLY = replace(METHOD, windows=(1,))
cities = arrays(np.int64, st.tuples(st.integers(1, 6), st.just(WEEKS)), elements=st.integers(0, 9))


def negative_binomial_tail(count: int, mean: float, variance: float) -> float:
    size = mean**2 / (variance - mean)
    return float(nbinom.sf(count - 1, size, size / (size + mean)))


def test_a_city_reckoned_by_hand() -> None:
    """Two areas, 26 weeks of 1 and of 0.5 a week on average, then 6 and 1 in the last week."""
    weekly = np.zeros((2, 28), dtype=np.int64)
    weekly[0, :26] = 1
    weekly[1, :26:2] = 1
    weekly[:, 27] = (6, 1)
    found = area_exceedance(weekly, WEEK_ONLY)
    usual = 39.5 / 52
    between = 0.0625 - usual / 26
    shape = usual**2 / between + 26
    rate = shape / (usual / between + 26)
    other = (usual**2 / between + 13) / (usual / between + 26)
    expected = rate * (1 + 8) / (other + 8)  # the other area had 1 where its own rate says `other`
    doubt = 1 / shape + 1 / (1 + 8) + 1 / (13 + 8)  # of the rate, and of the factor: 1 against 13 incidents
    tail = negative_binomial_tail(6, expected, expected + expected**2 * doubt)  # too even for a dispersion above 1
    assert found.expected[0] == pytest.approx(expected)
    assert found.by_window[0, 0] == pytest.approx(tail)
    assert found.probability[0] == pytest.approx(2 * tail)
    assert found.probability[1] == 1  # a single incident
    assert found.observed.tolist() == [6, 1]
    assert found.baseline == 26


def test_dispersion_widens_the_tail() -> None:
    """One area alone: 0 and 4 by turns over 26 weeks, then 9; the regional factor of one area is 1."""
    weekly = np.zeros((1, 28), dtype=np.int64)
    weekly[0, :26:2] = 4
    weekly[0, 27] = 9
    usual = 52.5 / 26  # a single area has the least variation, so the prior is worth 1 / 0.02 = 50 incidents
    poisson = (50 + 52) / (50 / usual + 26)
    first = (13 * (4 - poisson) ** 2 + 13 * poisson**2) / (poisson * 25)
    shape = 50 + 52 / first
    rate = shape / (50 / usual + 26 / first)
    dispersion = (13 * (4 - rate) ** 2 + 13 * rate**2) / (rate * 25)
    assert dispersion > 2
    found = area_exceedance(weekly, WEEK_ONLY)
    assert found.expected[0] == pytest.approx(rate)
    assert found.by_window[0, 0] == pytest.approx(
        negative_binomial_tail(9, rate, dispersion * rate + rate**2 / shape)
    )


def test_clusters_do_not_pass_for_differences_between_areas() -> None:
    """200 areas of one and the same rate, incidents in clusters: what is expected must hardly differ."""
    generator = np.random.default_rng(6)
    weekly = generator.negative_binomial(0.25, 1 / 3, (200, WEEKS))  # mean 0.5 a week, variance thrice the mean
    expected = area_exceedance(weekly, WEEK_ONLY).expected
    assert expected.std() / expected.mean() < 0.12
    assert expected.min() > 0.3


def test_the_region_reckoned_by_hand() -> None:
    weekly = np.array([[3, 5] * 13 + [0, 12]])
    found = region_exceedance(weekly, WEEK_ONLY)
    mean = 104.5 / 26
    assert found.expected[0] == pytest.approx(mean)
    assert found.by_window[0, 0] == pytest.approx(negative_binomial_tail(12, mean, mean + mean**2 / 104.5))


def test_the_best_window_is_named() -> None:
    weekly = np.ones((5, WEEKS), dtype=np.int64)
    weekly[0, -1] = 12
    weekly[1, -4:] = 4
    found = area_exceedance(weekly, METHOD)
    assert found.window[:2].tolist() == [1, 4]
    assert found.observed[:2].tolist() == [12, 16]
    assert (found.probability[:2] < 0.01).all()
    assert (found.probability[2:] > 0.1).all()


@pytest.mark.parametrize(("weeks", "windows"), [(9, 0), (10, 1), (11, 2), (12, 2), (13, 3)])
def test_a_window_needs_eight_weeks_of_baseline(weeks: int, windows: int) -> None:
    weekly = np.full((3, weeks), 2, dtype=np.int64)
    for found in (area_exceedance(weekly, METHOD), region_exceedance(weekly, METHOD)):
        assert (~np.isnan(found.by_window)).all(axis=0).sum() == windows
        assert np.isnan(found.probability).all() == (windows == 0)
        assert (found.window > 0).all() == (windows > 0)
    assert area_exceedance(weekly, METHOD).baseline == max(0, weeks - 2)


def test_from_none_to_one_never_alarms() -> None:
    """Not even in a city of 5,000 areas where nothing was ever reported."""
    weekly = np.zeros((5000, WEEKS), dtype=np.int64)
    weekly[17, -1] = 1
    assert (area_exceedance(weekly, METHOD).probability == 1).all()
    assert region_exceedance(weekly.sum(axis=0, keepdims=True), METHOD).probability[0] == 1


def test_no_area_and_no_incident() -> None:
    assert area_exceedance(np.zeros((0, WEEKS), dtype=np.int64), METHOD).probability.shape == (0,)
    found = area_exceedance(np.zeros((4, WEEKS), dtype=np.int64), METHOD)
    assert (found.probability == 1).all()
    assert np.isfinite(found.expected).all()


def test_a_rise_of_the_whole_city_is_no_alarm_of_each_area() -> None:
    generator = np.random.default_rng(4)
    weekly = generator.poisson(1.0, (100, WEEKS))
    weekly[:, -2:] = generator.poisson(3.0, (100, 2))
    areas = area_exceedance(weekly, METHOD).probability
    region = region_exceedance(weekly.sum(axis=0, keepdims=True), METHOD).probability
    assert (areas < 0.01).sum() <= 3
    assert region[0] < 1e-6


def test_an_outbreak_does_not_explain_itself_away() -> None:
    """In a city of three areas the regional factor leaves the area itself out."""
    weekly = np.ones((3, WEEKS), dtype=np.int64)
    usual = area_exceedance(weekly, WEEK_ONLY).expected[0]
    weekly[0, -1] = 15
    assert area_exceedance(weekly, WEEK_ONLY).expected[0] == pytest.approx(usual)


@settings(max_examples=40)
@given(cities, st.randoms(use_true_random=False))
def test_the_order_of_areas_does_not_matter(weekly: np.ndarray, random: object) -> None:
    order = np.array(random.sample(range(len(weekly)), len(weekly)))  # type: ignore[attr-defined]
    plain, turned = area_exceedance(weekly, METHOD), area_exceedance(weekly[order], METHOD)
    np.testing.assert_allclose(turned.probability, plain.probability[order], rtol=1e-9)
    np.testing.assert_array_equal(turned.observed, plain.observed[order])


@settings(max_examples=60)
@given(cities, st.integers(0, 5), st.integers(0, 3))
def test_an_incident_in_a_window_never_raises_its_probability(weekly: np.ndarray, area: int, age: int) -> None:
    area %= len(weekly)
    more = weekly.copy()
    more[area, WEEKS - 1 - age] += 1
    for judge in (area_exceedance, region_exceedance):
        before, after = judge(weekly, METHOD), judge(more, METHOD)
        inside = np.array(METHOD.windows) > age
        assert (after.by_window[area, inside] <= before.by_window[area, inside] + 1e-12).all()
        if age == 0:
            assert after.probability[area] <= before.probability[area] + 1e-12


@settings(max_examples=40)
@given(cities)
def test_probabilities_are_probabilities(weekly: np.ndarray) -> None:
    for judge in (area_exceedance, region_exceedance):
        found = judge(weekly, METHOD)
        assert ((found.probability >= 0) & (found.probability <= 1)).all()
        assert (found.probability[found.observed < 2] == 1).all()
        assert (found.expected > 0).all()


def test_false_discoveries_by_hand() -> None:
    probability = np.array([0.011, 0.3, 0.02, 0.02, np.nan, 0.9])
    # ranks 1-5 of n = 5 at 0.1: 0.02, 0.04, 0.06, 0.08, 0.1; the two equal ones go together
    assert false_discoveries(probability, 0.1).tolist() == [True, False, True, True, False, False]
    assert not false_discoveries(np.full(3, np.nan), 0.1).any()
    assert not false_discoveries(np.zeros(0), 0.1).any()


@given(arrays(np.float64, st.integers(1, 40), elements=st.floats(0, 1)))
def test_false_discoveries_against_scipy(probability: np.ndarray) -> None:
    adjusted = false_discovery_control(probability)
    clear = np.abs(adjusted - 0.1) > 1e-9
    np.testing.assert_array_equal(false_discoveries(probability, 0.1)[clear], (adjusted <= 0.1)[clear])


@pytest.mark.parametrize(
    "world",
    [World(0.3), World(0.3, growth=5, shocks=True), World(0.5, variance_ratio=1.4)],
    ids=["still", "growth and shocks", "clustered"],
)
def test_in_cities_with_nothing_to_find_siaga_is_rare(world: World) -> None:
    """200 simulated weeks of 200 series: nominal are 2 waspada a week; the study asks for at most 0.5 siaga."""
    waspada, siaga, _ = false_alarms(world, RULES, cities=5, weeks=40, seed=11)
    assert siaga <= 0.5
    assert 0.5 <= waspada <= 2.5


def test_in_small_cities_false_families_are_rare() -> None:
    """42 areas, where the others' count is itself a matter of chance: nominal is one false family in ten weeks."""
    waspada, _, families = false_alarms(
        World(0.3, areas=42, growth=5, shocks=True), RULES, cities=20, weeks=20, seed=13
    )
    assert families <= 0.12
    assert waspada >= 0.5


@given(areas=st.integers(1, 60))
@settings(max_examples=30)
def test_the_more_areas_stand_at_their_usual_the_surer_a_rise_of_one(areas: int) -> None:
    """The others leave the factor at 1; each more of them makes that more certain, and the tail smaller."""
    tails = []
    for others in (areas, areas + 1):
        weekly = np.full((others + 1, WEEKS), 2, dtype=np.int64)
        weekly[0, -1] = 9
        found = area_exceedance(weekly, WEEK_ONLY)
        assert found.expected[0] == pytest.approx(2.0, rel=0.02)
        tails.append(found.by_window[0, 0])
    assert tails[1] < tails[0]


def test_outbreaks_are_found() -> None:
    waspada, siaga = power(World(0.3), 4, RULES, outbreaks=60, seed=12)
    assert waspada[1] >= 0.85
    assert waspada[2] >= 0.95
    assert siaga[1] >= 0.7
    assert siaga[2] >= 0.9
    assert (waspada >= siaga).all()


@settings(max_examples=25)
@given(cities, st.integers(0, 2**32 - 1))
def test_weeks_before_the_baseline_do_not_matter(weekly: np.ndarray, seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 50, (len(weekly), 5))
    longer = np.concatenate([noise, weekly], axis=1)
    np.testing.assert_array_equal(
        area_exceedance(longer, METHOD).probability, area_exceedance(weekly, METHOD).probability
    )
