"""The product's score beside the slow one in plain loops, over little regions that hypothesis makes up."""

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
from lib.records import DataState
from lib.region.areas import Neighbours
from lib.rules.regions import weights
from lib.rules.taxonomy import taxonomy
from lib.score import parts
from lib.score.frozen_scale import FrozenScale
from lib.score.inputs import Inputs
from tests import oracle_score as oracle
from tests.oracle_score import Frozen, Little, Nil, Report

RULES = weights("19.99")
CATEGORIES = [category.code for category in taxonomy().categories]
STATES = [state for state, _ in RULES.credibility_weights]
SOURCES = ("Warga", "Patroli Polsek", "Panwascam Utara", "Media")
KEYS = [parts.structural_key(indicator) for indicator in RULES.structural]
SCALE = Frozen(2.0, 1.0, 6.0)
NO_STATE = DataState(0, None, None, None, simulated=False, area_count=0, without_polygon_count=0)
REPORT_COLUMNS = [
    "area_code",
    "district_code",
    "category_code",
    "severity",
    "verification",
    "source_name",
    "other_source",
]


def little_region(seed: int, count: int, report_count: int, day: date) -> tuple[Little, date]:
    """Make a region of some areas and reports; all but its sizes and its day comes from the seed."""
    generator = np.random.default_rng(seed)
    touching = np.triu(generator.random((count, count)) < generator.choice([0.15, 0.5]), 1)
    touching |= touching.T
    nowhere = generator.random(count) < generator.choice([0.0, 0.3])
    crowd = generator.integers(count)  # in most worlds one area has the most, or nothing would ever surprise
    span = int(generator.choice([15, 50, 64, 250]))  # no usual yet, the shortest, a little more, the longest

    rumour = generator.random() < 0.3  # all of one source, and nothing verified

    def place() -> int:
        return int(crowd if generator.random() < 0.4 else generator.integers(count))

    def report() -> Report:
        occurred = day - timedelta(days=int(generator.integers(-2, 20 if rumour else span)))
        return Report(
            area=None if generator.random() < 0.1 else place(),
            occurred=occurred,
            reported=occurred + timedelta(days=int(generator.integers(15) * (generator.random() < 0.5))),
            category=str(generator.choice(CATEGORIES)),
            severity=5 if rumour else int(generator.integers(1, 6)),
            state="masuk" if rumour else str(generator.choice(STATES)),
            source=SOURCES[0] if rumour else str(generator.choice(SOURCES)),
        )

    reports = [report() for _ in range(report_count)]
    nils = [
        Nil(place(), day - timedelta(days=int(generator.integers(80))), str(generator.choice(SOURCES)))
        for _ in range(generator.integers(12))
    ]
    voters = [None if generator.random() < 0.1 else float(generator.integers(300, 20_000)) for _ in range(count)]
    hidden = generator.random()
    region = Little(
        voters=voters,
        neighbours=[
            None if nowhere[a] else [int(b) for b in np.flatnonzero(touching[a]) if not nowhere[b]]
            for a in range(count)
        ],
        structure=[
            {key: float(generator.random() * 12) for key in KEYS if generator.random() > hidden} for _ in range(count)
        ],
        # What the store gives out is known on the day: a question never sees a later report.
        reports=[told for told in reports if told.reported <= day and told.occurred <= day],
        nils=nils,
    )
    return region, day


# Sizes and the day are hypothesis's, the rest is a seed's: else drawing takes longer than scoring.
LITTLE_REGIONS = st.builds(
    little_region,
    seed=st.integers(0, 2**32),
    count=st.integers(2, 12),
    report_count=st.integers(0, 40),
    day=st.dates(date(2024, 11, 18), date(2024, 11, 24)),
)


def codes(region: Little) -> list[str]:
    return [f"19.99.01.{1001 + number}" for number in range(len(region.voters))]


def inputs(region: Little, day: date) -> Inputs:
    """Write a little region as the store would give it."""
    names = codes(region)
    rows = [
        {
            "area_code": None if told.area is None else names[told.area],
            "district_code": "19.99.01",
            "category_code": told.category,
            "severity": told.severity,
            "verification": told.state,
            "source_name": told.source,
            "other_source": None,
            "occurred_on": told.occurred,
            "reported_on": told.reported,
            "incident_count": 1,
        }
        for told in region.reports
    ]
    frame = pd.DataFrame(rows, columns=[*REPORT_COLUMNS, "occurred_on", "reported_on", "incident_count"])
    quiet = [
        {"area_code": names[nil.area], "source_name": nil.source, "reported_on": nil.reported} for nil in region.nils
    ]
    known = [
        {"area_code": name, "key": key, "value": value}
        for name, values in zip(names, region.structure, strict=True)
        for key, value in values.items()
    ]
    matrix = np.zeros((len(names), len(names)))
    for area, beside in enumerate(region.neighbours):
        matrix[area, beside or []] = 1.0
    voters = [np.nan if count is None else count for count in region.voters]
    return Inputs(
        areas=gpd.GeoDataFrame({"area_code": names, "voter_count": voters}, geometry=[None] * len(names), crs=4326),
        rows=frame.astype({"occurred_on": "datetime64[s]", "reported_on": "datetime64[s]", "severity": "int64"}),
        structure=pd.DataFrame(known, columns=["area_code", "key", "value"]),
        neighbours=Neighbours(
            matrix=sparse.csr_array(matrix),
            area_codes=tuple(names),
            islands=(),
            without_polygon=tuple(n for n, beside in zip(names, region.neighbours, strict=True) if beside is None),
        ),
        siaga=pd.DataFrame(columns=["area_code", "group_code"]),
        rumoured=pd.DataFrame(columns=["area_code", "group_code"]),
        hearing=pd.DataFrame(columns=["area_code", "state"]),
        scale=FrozenScale(risk.Scale(SCALE.pressure, SCALE.exposure, SCALE.reference), day),
        state=NO_STATE,
        nil_areas=pd.DataFrame(columns=["area_code"]),
        nil_reports=pd.DataFrame(quiet, columns=["area_code", "source_name", "reported_on"]).astype(
            {"reported_on": "datetime64[s]"}
        ),
        weights=RULES,
    )


def scorer(region: Little, day: date) -> parts.Scorer:
    return parts.scorer(inputs(region, day), day, RULES)


@settings(max_examples=60, deadline=None)
@given(LITTLE_REGIONS)
def test_the_score_is_that_of_the_written_rules(case: tuple[Little, date]) -> None:
    region, day = case
    made = scorer(region, day)
    found = parts.scores_on(made)
    expected = oracle.score_areas(region, RULES, SCALE, day)

    def column(name: str) -> np.ndarray[Any, Any]:
        values = [getattr(area, name) for area in expected]
        return np.array([np.nan if value is None else value for value in values], dtype=float)

    close = {"rel": 1e-9, "abs": 1e-9, "nan_ok": True}
    assert found.parts == pytest.approx(np.array([area.parts for area in expected]), **close)
    assert found.contributions == pytest.approx(np.array([area.contributions for area in expected]), **close)
    assert found.score == pytest.approx(column("score"), **close)
    assert found.theta == pytest.approx(column("theta"), **close)
    assert found.withheld == pytest.approx(column("withheld"), **close)
    assert found.surprise_count.tolist() == column("observed").tolist()
    assert found.surprise_expected == pytest.approx(column("expected"), **close)
    assert found.surprise_probability == pytest.approx(column("probability"), **close)
    assert parts.upper_scores(made, found.parts) == pytest.approx(column("upper"), **close)


@settings(max_examples=40, deadline=None)
@given(LITTLE_REGIONS)
def test_the_frozen_scale_is_that_of_the_written_rules(case: tuple[Little, date]) -> None:
    region, day = case
    made = scorer(region, day)
    pressure, squared = parts.pressure_on(made, half_life_days=28)
    if pressure.sum() > 0:
        found = risk.freeze_scale(
            pressure.sum(axis=1), squared.sum(axis=1), made.exposure, percentile=RULES.reference_percentile
        )
        expected = oracle.frozen_on(region, RULES, day)
        assert (found.prior_pressure, found.prior_exposure, found.theta_reference) == pytest.approx(
            (expected.pressure, expected.exposure, expected.reference), rel=1e-6
        )


def test_the_little_regions_surprise_and_hide() -> None:
    """See that the comparison above meets what it is about: surprises, monitors, islands, unknown values.

    The worlds are written down, since what hypothesis draws depends on which modules a run has imported.
    """
    seen = {"withheld": 0, "surprise": 0, "no usual": 0, "monitor": 0, "island": 0, "no polygon": 0}
    for seed in range(60):
        region, day = little_region(seed, 2 + seed % 11, (seed * 7) % 41, date(2024, 11, 20))
        for area in oracle.score_areas(region, RULES, SCALE, day):
            seen["withheld"] += area.withheld > 0
            seen["surprise"] += area.parts[3] > 0
            seen["no usual"] += area.expected is None
        seen["monitor"] += any(weight != 1 for weight in oracle.monitor_weights(region, RULES, day))
        seen["island"] += [] in region.neighbours
        seen["no polygon"] += None in region.neighbours
    assert min(seen.values()) >= 3, seen
