"""The laws of the whole score, from rows of reports to points, over any data."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from lib.analysis import risk
from lib.filters import Filters
from lib.records import DataState
from lib.region.areas import Neighbours
from lib.rules.regions import weights
from lib.rules.taxonomy import taxonomy
from lib.score import parts
from lib.score.frozen_scale import FrozenScale
from lib.score.inputs import Inputs

SCHEME = weights("19.99")
CODES = tuple(f"19.99.01.100{number}" for number in range(1, 6))
TODAY = date(2024, 11, 22)  # a Friday; the baseline was frozen on Monday
DAYS = 150
CATEGORIES = [category.code for category in taxonomy().categories]
SOURCES = ("Warga", "Patroli Polsek", "Panwascam Utara", "Media")
STATES = ("terverifikasi", "masuk", "selesai")
KEYS = [parts.structural_key(indicator) for indicator in SCHEME.structural]
# One line of four areas, the ends not joined; the fifth has no polygon.
LINKS = np.diag([1.0] * 3, 1)[:4, :4]
MATRIX = np.zeros((5, 5))
MATRIX[:4, :4] = LINKS + LINKS.T
QUESTION = Filters(0, "19.99", "pilkada-2024", TODAY - timedelta(days=167), TODAY)
NO_STATE = DataState(0, None, None, None, simulated=False, area_count=5, without_polygon_count=1)

seeds = st.integers(0, 2**32)  # worlds are drawn from a seed: hypothesis would take longer to draw than we to score
laws = settings(max_examples=15, deadline=None)


def event(generator: np.random.Generator) -> tuple[Any, ...]:
    """Draw area, age, delay, category, severity, state and source of a report."""
    return (
        int(generator.integers(5)),
        int(generator.integers(DAYS) * generator.random()),
        int(generator.integers(20)),
        str(generator.choice(CATEGORIES)),
        int(generator.integers(1, 6)),
        str(generator.choice(STATES)),
        str(generator.choice(SOURCES)),
    )


def world(seed: int) -> tuple[list[tuple[Any, ...]], list[list[float | None]], list[tuple[Any, ...]]]:
    """Draw reports, structural values (None where unknown) and nil reports."""
    generator = np.random.default_rng(seed)
    events = [event(generator) for _ in range(generator.integers(60))]
    values = generator.random((5, len(KEYS))) * generator.choice([5, 50])
    hidden = generator.random(values.shape) < generator.random()
    structure = [
        [None if h else float(v) for v, h in zip(*pair, strict=True)] for pair in zip(values, hidden, strict=True)
    ]
    quiet = [
        (int(generator.integers(5)), int(generator.integers(70)), str(generator.choice(SOURCES)))
        for _ in range(generator.integers(15))
    ]
    return events, structure, quiet


def facts(events: Any, structure: Any, quiet: Any, order: Any = range(5)) -> Inputs:
    """Make facts whose areas stand in another order; `order` holds the old place of each area."""
    order = list(order)
    codes = np.array(CODES)  # codes stay sorted: an area that moves gets another code
    place = {old: new for new, old in enumerate(order)}
    frame = pd.DataFrame(
        [
            {
                "area_code": codes[place[area]],
                "district_code": "19.99.01",
                "category_code": category,
                "severity": severity,
                "verification": state,
                "source_name": source,
                "other_source": None,
                "occurred_on": TODAY - timedelta(days=age),
                "reported_on": min(TODAY - timedelta(days=age) + timedelta(days=delay), TODAY),
                "incident_count": 1,
            }
            for area, age, delay, category, severity, state, source in events
        ],
        columns=[
            "area_code",
            "district_code",
            "category_code",
            "severity",
            "verification",
            "source_name",
            "other_source",
            "occurred_on",
            "reported_on",
            "incident_count",
        ],
    )
    frame = frame.astype({"occurred_on": "datetime64[s]", "reported_on": "datetime64[s]", "severity": "int64"})
    known = [
        {"area_code": codes[place[area]], "key": key, "value": value}
        for area, values in enumerate(structure)
        for key, value in zip(KEYS, values, strict=True)
        if value is not None
    ]
    nil = [
        {"area_code": codes[place[area]], "source_name": source, "reported_on": TODAY - timedelta(days=age)}
        for area, age, source in quiet
    ]
    voters = np.array([4000.0, 9000, 1000, 16000, 2500])[order]
    return Inputs(
        areas=gpd.GeoDataFrame({"area_code": codes, "voter_count": voters}, geometry=[None] * 5, crs=4326),
        rows=frame,
        structure=pd.DataFrame(known, columns=["area_code", "key", "value"]),
        neighbours=Neighbours(
            matrix=sparse.csr_array(MATRIX[np.ix_(order, order)]),
            area_codes=CODES,
            islands=(),
            without_polygon=(CODES[place[4]],),
        ),
        siaga=pd.DataFrame(columns=["area_code", "group_code"]),
        rumoured=pd.DataFrame(columns=["area_code", "group_code"]),
        hearing=pd.DataFrame(columns=["area_code", "state"]),
        scale=FrozenScale(risk.Scale(2.0, 1.0, 6.0), TODAY),
        state=NO_STATE,
        nil_areas=pd.DataFrame(columns=["area_code"]),
        nil_reports=pd.DataFrame(nil, columns=["area_code", "source_name", "reported_on"]).astype(
            {"reported_on": "datetime64[s]"}
        ),
        weights=SCHEME,
    )


def judged(*known: Any, order: Any = range(5)) -> tuple[parts.DayScores, Any]:
    made = parts.scorer(facts(*known, order=order), TODAY, SCHEME)
    found = parts.scores_on(made)
    return found, parts.upper_scores(made, found.parts)


@laws
@given(seeds)
def test_scores_stay_within_bounds_and_add_up(seed: int) -> None:
    found, upper = judged(*world(seed))
    for values in (found.score, found.parts, upper):
        assert ((values >= 0) & (values <= 100 + 1e-9)).all()
    assert (upper >= found.score - 1e-9).all()
    assert found.contributions.sum(axis=1) - found.withheld == pytest.approx(found.score, abs=1e-9)
    assert (found.withheld >= 0).all()
    assert found.incident_parts.sum(axis=1) == pytest.approx(found.contributions[:, 1], abs=1e-9)


@laws
@given(seeds)
def test_an_incident_dated_today_never_lowers_any_score(seed: int) -> None:
    events, structure, quiet = world(seed)
    area, _, _, *rest = event(np.random.default_rng(seed + 1))
    (before, upper_before), (after, upper_after) = (
        judged(chosen, structure, quiet) for chosen in (events, [*events, (area, 0, 0, *rest)])
    )
    assert (after.parts >= before.parts - 1e-9).all()
    assert (after.score >= before.score - 1e-9).all()
    assert (upper_after >= upper_before - 1e-9).all()


@laws
@given(seeds, st.integers(0, 4), st.integers(0, len(KEYS) - 1), st.floats(0, 100))
def test_raising_or_blanking_a_structural_value(seed: int, area: int, indicator: int, more: float) -> None:
    events, structure, quiet = world(seed)
    value = structure[area][indicator] or 0.0

    def with_value(chosen: float | None) -> Any:
        changed = [list(values) for values in structure]
        changed[area][indicator] = chosen
        return judged(events, changed, quiet)

    (known, upper), (raised, raised_upper), (_, blanked_upper) = map(with_value, (value, value + more, None))
    assert (raised.score >= known.score - 1e-9).all()
    assert (raised_upper >= upper - 1e-9).all()
    assert (blanked_upper >= raised_upper - 1e-9).all()


@laws
@given(seeds, st.permutations(range(5)))
def test_the_order_of_areas_changes_nothing(seed: int, order: list[int]) -> None:
    (one, upper), (other, other_upper) = (judged(*world(seed), order=chosen) for chosen in (range(5), order))
    assert other.score == pytest.approx(one.score[order], abs=1e-9)
    assert other.contributions == pytest.approx(one.contributions[order], abs=1e-9)
    assert other_upper == pytest.approx(upper[order], abs=1e-9)


@laws
@given(seeds, st.integers(1, 60))
def test_what_is_reported_later_changes_no_earlier_score(seed: int, back: int) -> None:
    events, structure, quiet = world(seed)
    day = TODAY - timedelta(days=back)

    def on_that_day(chosen: Any) -> Any:
        return parts.scores_on(parts.scorer(facts(chosen, structure, quiet), day, SCHEME))

    known = [(0, DAYS, 0, "KEK", 1, "masuk", "Warga")]  # so that history begins before the day
    known += [entry for entry in events if entry[1] - entry[2] >= back]
    late = [(area, min(age, delay + back - 1), delay, *rest) for area, age, delay, *rest in world(seed + 1)[0]]
    one, other = on_that_day(known), on_that_day([*known, *late])
    assert other.score == pytest.approx(one.score, abs=1e-9)
    assert other.parts == pytest.approx(one.parts, abs=1e-9)


def test_the_four_parts_by_hand() -> None:
    # one verified clash of severity 3 today in the second area; nothing else is known
    events = [(1, 0, 0, "KEK", 3, "terverifikasi", "Warga")]
    found, upper = judged(events, [[None] * len(KEYS)] * 5, [])
    exposure = np.sqrt(np.array([4000.0, 9000, 1000, 16000, 2500]) / 6500)
    theta = (2 + np.array([0, 4, 0, 0, 0])) / (1 + exposure)
    incident = 100 * (1 - 2 ** (-theta / 6))
    around = np.array([theta[1], (theta[0] + theta[2]) / 2, (theta[1] + theta[3]) / 2, theta[2]])
    spill = 100 * (1 - 2 ** (-around / 6))
    spill = np.append(spill, np.percentile(spill, 75))
    assert found.parts[:, 0].tolist() == [50] * 5
    assert found.parts[:, 1] == pytest.approx(incident)
    assert found.parts[:, 2] == pytest.approx(spill)
    assert found.parts[:, 3].tolist() == [0] * 5
    assert found.score == pytest.approx(0.30 * 50 + 0.40 * incident + 0.15 * spill)
    worst = np.append(spill[:4], 100)
    assert upper == pytest.approx(0.30 * 100 + 0.40 * incident + 0.15 * worst)
