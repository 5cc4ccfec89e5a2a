"""The score by hand, by its laws, and beside the empirical Bayes rates of esda."""

from __future__ import annotations

import numpy as np
import pytest
from esda.smoothing import Empirical_Bayes
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lib.analysis import risk
from lib.analysis.risk import Scale

Floats = NDArray[np.float64]
# Prior a = 12/11, b = 3/11: counts 0, 2, 4, 10 in areas of exposure 1, worked out by hand below.
HAND = Scale(prior_pressure=12 / 11, prior_exposure=3 / 11, theta_reference=4 + 0.25 * (122 / 14 - 4))


def columns(pairs: list[tuple[float, ...]]) -> tuple[Floats, ...]:
    return tuple(np.array(column, dtype=float) for column in zip(*pairs, strict=True))


AREAS = st.lists(
    st.tuples(st.integers(0, 60), st.floats(0.05, 20), st.floats(0.1, 4)), min_size=2, max_size=30
).filter(lambda rows: any(count for count, _, _ in rows))
SCALES = st.builds(Scale, st.floats(0, 1e3), st.floats(1e-3, 1e3), st.floats(1e-3, 1e3))


def pressures(rows: list[tuple[int, float, float]]) -> tuple[Floats, Floats, Floats]:
    """Give pressure, squared weights and exposure of areas with some incidents of one weight each."""
    count, weight, exposure = columns(rows)
    return count * weight, count * weight**2, exposure


# By hand


def test_weight_by_hand() -> None:
    weight = risk.incident_weight([4, 8, 16, 16], [1, 0.4, 1, 0], [0, 28, 84, 0], half_life_days=28)
    assert weight == pytest.approx([4, 1.6, 2, 0])


def test_an_event_after_the_day_of_the_score_is_refused() -> None:
    with pytest.raises(ValueError, match="after the day"):
        risk.incident_weight([1], [1], [-1], half_life_days=28)


def test_exposure_by_hand() -> None:
    voters = [100, 400, np.nan, 0]  # a mean of 250 voters
    assert risk.exposure(voters, exponent=0.5) == pytest.approx([np.sqrt(0.4), np.sqrt(1.6), 1, 1])
    assert risk.exposure(voters, exponent=1) == pytest.approx([0.4, 1.6, 1, 1])
    assert risk.exposure(voters, exponent=0) == pytest.approx([1, 1, 1, 1])


def test_exposure_is_even_where_no_voters_are_known() -> None:
    assert risk.exposure([np.nan, 0], exponent=0.5).tolist() == [1, 1]


def test_scale_by_hand() -> None:
    # mean 4; v = (16 + 4 + 0 + 36 - 3*4) / (4 - 4/4) = 44/3; b = 4 / (44/3) = 3/11; a = 4 * 3/11
    counts = np.array([0, 2, 4, 10])
    scale = risk.freeze_scale(counts, counts, np.ones(4), percentile=75)
    assert (scale.prior_pressure, scale.prior_exposure) == pytest.approx((12 / 11, 3 / 11))
    theta = risk.theta(counts, np.ones(4), scale)  # 4 + 11/14 (n - 4)
    assert theta == pytest.approx([12 / 14, 34 / 14, 4, 122 / 14])
    assert scale.theta_reference == pytest.approx(HAND.theta_reference)  # a quarter of the way from 3rd to 4th


def test_scale_with_unequal_exposure_by_hand() -> None:
    # n = (8, 2), e = (2, 1): mean 10/3; v = (2 * (2/3)^2 + (4/3)^2 - 10/3) / (3 - 5/3) = -1/2: by chance alone
    alike = risk.freeze_scale([8, 2], [8, 2], [2, 1], percentile=50)
    assert (alike.prior_exposure, alike.prior_pressure) == pytest.approx((3000, 10_000))
    # n = (2, 10): mean 4; v = (2 * 9 + 36 - 4) / (4/3) = 75/2; b = 8/75
    apart = risk.freeze_scale([2, 10], [2, 10], [2, 1], percentile=50)
    assert (apart.prior_exposure, apart.prior_pressure) == pytest.approx((8 / 75, 32 / 75))


def test_unequal_weights_count_as_fewer_incidents() -> None:
    # four incidents of weight 1 and one of weight 4 weigh 8, but say no more than 8 / (20/8) = 3.2 equal ones
    pressure, squared = np.array([8.0, 0, 0]), np.array([20.0, 0, 0])
    scale = risk.freeze_scale(pressure, squared, np.ones(3), percentile=75)
    equal = risk.freeze_scale(pressure / 2.5, pressure / 2.5, np.ones(3), percentile=75)
    assert scale.prior_exposure == pytest.approx(equal.prior_exposure)
    assert scale.prior_pressure == pytest.approx(2.5 * equal.prior_pressure)


def test_score_by_hand() -> None:
    values = np.array([0, 1, 2, 3]) * HAND.theta_reference
    assert risk.score(values, HAND) == pytest.approx([0, 50, 75, 87.5])


def test_parts_by_hand() -> None:
    scale = Scale(prior_pressure=1, prior_exposure=1, theta_reference=2)
    scores, parts = risk.score_parts([[0, 0], [2, 1], [7, 0]], [1, 1, 1], scale)
    assert scores == pytest.approx([100 * (1 - 2**-0.25), 50, 75])
    assert parts[1] == pytest.approx([12.5, 25, 12.5])
    assert parts[2] == pytest.approx([75 / 8, 75 * 7 / 8, 0])


def test_no_pressure_and_no_prior_is_no_score() -> None:
    scores, parts = risk.score_parts([[0.0, 0.0]], [1.0], Scale(0, 1, 1))
    assert (scores.tolist(), parts.tolist()) == ([0], [[0, 0, 0]])


@pytest.mark.parametrize(
    ("pressure", "squared", "exposure"),
    [([0, 0], [0, 0], [1, 1]), ([3], [3], [1]), ([1, 2], [1, 2], [1]), ([[1, 2]], [[1, 2]], [[1, 1]])],
)
def test_refuses_what_gives_no_scale(pressure: list[float], squared: list[float], exposure: list[float]) -> None:
    with pytest.raises(ValueError, match="pressure"):
        risk.freeze_scale(pressure, squared, exposure, percentile=75)


# Laws


@given(AREAS, SCALES)
def test_scores_lie_between_0_and_100(rows: list[tuple[int, float, float]], scale: Scale) -> None:
    pressure, _, exposure = pressures(rows)
    scores = risk.score(risk.theta(pressure, exposure, scale), scale)
    assert ((scores >= 0) & (scores <= 100)).all()


@given(AREAS, SCALES, st.data())
def test_an_incident_more_lowers_no_score(
    rows: list[tuple[int, float, float]], scale: Scale, data: st.DataObject
) -> None:
    pressure, _, exposure = pressures(rows)
    more = pressure.copy()
    more[data.draw(st.integers(0, len(rows) - 1))] += data.draw(st.floats(0, 20))
    before = risk.score(risk.theta(pressure, exposure, scale), scale)
    assert (risk.score(risk.theta(more, exposure, scale), scale) >= before).all()


@given(AREAS, SCALES, st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_parts_add_up_to_the_score(
    rows: list[tuple[int, float, float]], scale: Scale, families: int, seed: int
) -> None:
    pressure, _, exposure = pressures(rows)
    share = np.random.default_rng(seed).dirichlet(np.ones(families), len(rows))
    scores, parts = risk.score_parts(pressure[:, None] * share, exposure, scale)
    assert scores == pytest.approx(risk.score(risk.theta(pressure, exposure, scale), scale))
    assert parts.sum(axis=1) == pytest.approx(scores)
    assert (parts >= 0).all()


@given(AREAS, st.randoms(use_true_random=False))
def test_the_order_of_areas_changes_nothing(rows: list[tuple[int, float, float]], random: object) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]
    scale = risk.freeze_scale(*pressures(rows), percentile=75)
    shuffled = risk.freeze_scale(*pressures([rows[n] for n in order]), percentile=75)
    assert (shuffled.prior_pressure, shuffled.prior_exposure, shuffled.theta_reference) == pytest.approx(
        (scale.prior_pressure, scale.prior_exposure, scale.theta_reference), rel=1e-6
    )


@given(AREAS, st.floats(0.01, 100))
def test_the_unit_of_weights_changes_no_score(rows: list[tuple[int, float, float]], factor: float) -> None:
    pressure, squared, exposure = pressures(rows)
    scale = risk.freeze_scale(pressure, squared, exposure, percentile=75)
    other = risk.freeze_scale(pressure * factor, squared * factor**2, exposure, percentile=75)
    assert risk.score(risk.theta(pressure * factor, exposure, other), other) == pytest.approx(
        risk.score(risk.theta(pressure, exposure, scale), scale), rel=1e-6
    )


@given(AREAS)
def test_shrunk_rates_lie_between_the_raw_and_the_overall_rate(rows: list[tuple[int, float, float]]) -> None:
    pressure, squared, exposure = pressures(rows)
    theta = risk.theta(pressure, exposure, risk.freeze_scale(pressure, squared, exposure, percentile=75))
    raw, mean = pressure / exposure, pressure.sum() / exposure.sum()
    slack = 1e-9 * (1 + raw.max())
    assert (theta >= np.minimum(raw, mean) - slack).all()
    assert (theta <= np.maximum(raw, mean) + slack).all()


@given(AREAS)
def test_the_reference_scores_50(rows: list[tuple[int, float, float]]) -> None:
    pressure, squared, exposure = pressures(rows)
    scale = risk.freeze_scale(pressure, squared, exposure, percentile=75)
    assert risk.score(scale.theta_reference, scale) == pytest.approx(50)
    scores = risk.score(risk.theta(pressure, exposure, scale), scale)
    assert (scores > 50 + 1e-9).sum() <= np.ceil(0.25 * (len(rows) - 1))


def test_areas_that_differ_by_no_more_than_chance_get_nearly_the_same() -> None:
    counts = np.random.default_rng(4).permutation(np.repeat([1, 2, 3, 4], 10))
    scale = risk.freeze_scale(counts, counts, np.ones(40), percentile=75)
    theta = risk.theta(counts, np.ones(40), scale)
    assert np.ptp(theta) < 0.001 * theta.mean()
    assert theta == pytest.approx(np.full(40, 2.5), rel=1e-3)


def test_a_small_area_shrinks_most() -> None:
    counts, exposure = np.array([2, 40, 3, 3.0]), np.array([0.2, 4, 1, 1.0])
    scale = risk.freeze_scale(counts, counts, exposure, percentile=75)
    kept = risk.theta(counts, exposure, scale) / (counts / exposure)
    assert kept[0] < kept[1] < 1  # both have 10 per exposure, above the overall rate


# Beside esda


@given(AREAS.filter(lambda rows: len(rows) > 2))
def test_prior_beside_the_one_of_esda(rows: list[tuple[int, float, float]]) -> None:
    """Marshall's variance, as esda has it, and ours differ by a known relation, with weights of 1.

    With B = sum b: v_ours = (B v_esda + m) / (B - sum b^2 / B). The two are one estimate before and after
    the loss of a degree of freedom; ours is the larger.
    """
    count, _, exposure = columns(rows)
    total, mean = exposure.sum(), count.sum() / exposure.sum()
    raw = count / exposure
    furthest = np.argmax(np.abs(raw - mean))
    assume(abs(raw - mean)[furthest] > 1e-6 * mean)  # else no variance can be read from the rates
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = Empirical_Bayes(count, exposure).r.ravel()
    assume(np.isfinite(rates).all())
    trust = (rates - mean)[furthest] / (raw - mean)[furthest]
    of_esda = trust / (1 - trust) * mean / exposure[furthest]
    of_ours = (total * of_esda + mean) / (total - (exposure**2).sum() / total)
    scale = risk.freeze_scale(count, count, exposure, percentile=75)
    if of_ours * 1000 * total > mean * (1 + 1e-6):
        assert mean / scale.prior_exposure == pytest.approx(of_ours, rel=1e-4)
    elif of_ours * 1000 * total < mean * (1 - 1e-6):
        assert scale.prior_exposure == pytest.approx(1000 * total)
    ours = risk.theta(count, exposure, scale)
    if of_esda > 0:
        assert (np.abs(ours - mean) >= np.abs(rates - mean) * (1 - 1e-6)).all()
        assert ((ours - mean) * (rates - mean) >= -1e-9 * mean**2).all()


def test_rates_beside_those_of_esda_where_areas_are_many() -> None:
    random = np.random.default_rng(8)
    exposure = random.uniform(0.5, 2, 2000)
    count = random.poisson(random.gamma(2, 3, 2000) * exposure)
    ours = risk.theta(count, exposure, risk.freeze_scale(count, count, exposure, percentile=75))
    assert ours == pytest.approx(Empirical_Bayes(count, exposure).r.ravel(), rel=2e-3)


def test_no_negative_rate_where_esda_has_one() -> None:
    count, exposure = np.full(40, 2), np.full(40, 20)
    count[0], count[1] = 3, 1
    assert Empirical_Bayes(count, exposure).r.min() < -1.8
    theta = risk.theta(count, exposure, risk.freeze_scale(count, count, exposure, percentile=75))
    assert theta == pytest.approx(np.full(40, 0.1), rel=1e-3)
