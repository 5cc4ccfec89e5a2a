"""Standing monitors: what they find where they always are counts less, and the score follows the truth."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.analysis.coverage import coverage, is_monitor

AREAS, MONITORS, WEEKS = 200, 20, 52


def test_monitors_are_known_by_their_names() -> None:
    names = ["Patroli Polres", "Bhabinkamtibmas Dumai Kota", "Warga", "", "PANWASCAM"]
    assert is_monitor(names, ["patroli", "bhabinkamtibmas", "Panwascam"]).tolist() == [True, True, False, False, True]


def test_weights_by_hand() -> None:
    # Area 0 is visited in both weeks, area 1 in the older one, area 2 never: the mean presence is 2/3.
    area, reported = [0, 0, 1, 0], [6, 8, 1, 9]
    result = coverage(area, reported, area_count=3, anchor_day=14, weeks=2)
    assert result.share.tolist() == [1, 0.5, 0]
    assert result.weight == pytest.approx([2 / 3, 4 / 3, 4 / 3])
    assert coverage(area, reported, area_count=3, anchor_day=14, weeks=2, strength=0).weight.tolist() == [1, 1, 1]
    assert coverage([0] * 56, range(56), area_count=200, anchor_day=56).weight[0] == 0.25  # never less


def test_presence_everywhere_or_nowhere_weighs_one() -> None:
    assert coverage([], [], area_count=3, anchor_day=9).weight.tolist() == [1, 1, 1]
    assert coverage([0, 1, 2], [5, 6, 7], area_count=3, anchor_day=9).weight == pytest.approx([1, 1, 1])
    assert coverage([1], [9], area_count=3, anchor_day=9).weight.tolist() == [1, 1, 1]  # only on the anchor


reports = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 80)), max_size=40)


@given(reports, reports, st.integers(1, 80))
def test_nothing_reported_from_the_anchor_on_changes_a_weight(known: Any, later: Any, anchor: int) -> None:
    def weights(rows: Any) -> Any:
        area, day = np.array(rows, dtype=int).reshape(-1, 2).T
        return coverage(area, day, area_count=5, anchor_day=anchor).weight

    after = [(area, day + anchor) for area, day in later]
    assert (weights([*known, *after]) == weights(known)).all()
    assert ((weights(known) >= 0.25) & (weights(known) <= 4)).all()


@given(reports, st.permutations(range(5)))
def test_the_order_of_areas_changes_nothing(rows: Any, order: list[int]) -> None:
    area, day = np.array(rows, dtype=int).reshape(-1, 2).T
    one = coverage(area, day, area_count=5, anchor_day=60)
    other = coverage(np.array(order)[area], day, area_count=5, anchor_day=60)
    assert other.weight[order] == pytest.approx(one.weight)


def score_per_risk(*, weighted: bool, seed: int) -> tuple[float, int]:
    """Send monitors to the highest ten per cent each week of a year, and look where they have stayed.

    The public reports 35 % of the incidents anywhere; where monitors are, 80 % come in. Returns the pressure
    per unit of true risk in the areas visited in four of five weeks of the last half-year over that of all
    others, and how many of those areas are not among the truly highest ten per cent.
    """
    generator = np.random.default_rng(seed)
    truth = generator.gamma(1.5, 1 / 1.5, AREAS)
    public, found, visits = (np.zeros((WEEKS, AREAS)) for _ in range(3))
    here = np.zeros(AREAS, dtype=bool)
    here[generator.choice(AREAS, MONITORS, replace=False)] = True
    pressure = np.zeros(AREAS)
    for week in range(WEEKS):
        happened = generator.poisson(truth)
        public[week] = generator.binomial(happened, 0.35)
        found[week] = generator.binomial(happened - public[week].astype(int), np.where(here, 0.45 / 0.65, 0.0))
        visits[week] = here
        weight = np.ones(AREAS)
        if weighted:
            visit_week, area = np.nonzero(visits)
            weight = coverage(area, visit_week * 7, area_count=AREAS, anchor_day=(week + 1) * 7).weight
        decay = np.exp2(-(week - np.arange(week + 1)) * 7 / 28)
        pressure = decay @ public[: week + 1] + weight * (decay @ found[: week + 1])
        here = np.zeros(AREAS, dtype=bool)
        here[np.argsort(-pressure, kind="stable")[:MONITORS]] = True
    stayed = visits[-WEEKS // 2 :].mean(axis=0) >= 0.8
    per_risk = [pressure[rows].sum() / truth[rows].sum() for rows in (stayed, ~stayed)]
    wrong = stayed & (truth < np.sort(truth)[-MONITORS])
    return float(per_risk[0] / per_risk[1]), int(wrong.sum())


def test_monitored_areas_lose_the_lead_that_monitoring_gave_them() -> None:
    raw, weighted = (
        np.mean([score_per_risk(weighted=chosen, seed=seed) for seed in range(20)], axis=0)
        for chosen in (False, True)
    )
    assert raw == pytest.approx([2.25, 1.95], abs=0.25)
    assert weighted == pytest.approx([1.25, 0.4], abs=0.15)
