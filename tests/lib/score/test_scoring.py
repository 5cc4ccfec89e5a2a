"""The four parts of the score, its marks and bounds, by hand and by law, on facts of the made-up city."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from scipy import stats

from data.store.lake import Lake, open_lake
from lib.analysis.classes import class_index
from lib.analysis.risk import Scale
from lib.analysis.surprise import anchor_of
from lib.filters import Filters
from lib.score import parts
from lib.score.answers import PIECES, Assessment, judge
from lib.score.frozen_scale import FrozenScale
from lib.score.inputs import Inputs, fetch_inputs
from tests.city import ANGGREK, AREAS, BAKUNG, CEMPAKA, DAHLIA, REGION_CODE
from tests.reported import incident as stored
from tests.reported import put
from tests.scored import DAY, NEIGHBOURS, SCHEME, question

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lib.rules.weights import Weights

QUESTION = Filters(0, REGION_CODE, "pilkada-2024", DAY - timedelta(days=SCHEME.window_days - 1), DAY)
ONLY_INCIDENTS = (("struktural", 0.0), ("kejadian", 1.0), ("sekitar", 0.0), ("lonjakan", 0.0))
Row = dict[str, Any]


def weighed(**shares: float) -> Weights:
    """Change the shares of the parts, the others keep none."""
    return replace(SCHEME, component_weights=tuple((name, shares.get(name, 0.0)) for name, _ in ONLY_INCIDENTS))


def event(area: str, days_ago: int = 0, **changes: Any) -> Row:
    happened = pd.Timestamp(DAY - timedelta(days=days_ago))
    row = {"area_code": area, "district_code": area[:8], "category_code": "KEK", "severity": 3}
    row |= {"verification": "terverifikasi", "source_name": "Polsek", "other_source": None, "occurred_on": happened}
    return row | {"reported_on": happened, "incident_count": 1} | changes


def structure(values: dict[str, dict[str, float]]) -> pd.DataFrame:
    """Give structural values, indicator key to area to value."""
    rows = [(area, key, value) for key, by_area in values.items() for area, value in by_area.items()]
    table = pd.DataFrame(rows, columns=["area_code", "key", "value"])
    return table.assign(yes_count=pd.NA, known_count=pd.NA, observed_on=pd.NaT)


@pytest.fixture(scope="module")
def empty(city_store: Path) -> Iterator[Inputs]:
    """Give the facts of the city before any report; scale: no prior, one unit of exposure, 6 scores 50."""
    lake = open_lake(str(city_store))
    yield fetch_inputs(lake, QUESTION)
    lake.connection.close()


def known(empty: Inputs, *rows: Row, **changes: Any) -> Inputs:
    table = pd.DataFrame(rows) if rows else empty.rows
    return replace(empty, rows=table, **changes)


def areas(found: Assessment) -> pd.DataFrame:
    return pd.DataFrame(found.areas.drop(columns="geometry")).set_index("area_code")


def test_a_whole_score_by_hand(empty: Inputs) -> None:
    """Reckon every part of one area anew, without any function of ours but the frozen baseline."""
    violence, refusal = "tps:V2.1", "tps:V2.3"  # goalposts 0 to 10 percent, weights 3 and 2
    others = sum(indicator.weight for indicator in SCHEME.structural) - 5
    place = structure({violence: {ANGGREK: 5.0, BAKUNG: 2.0, CEMPAKA: 20.0}, refusal: {BAKUNG: 4.0, CEMPAKA: 8.0}})
    past = [event(ANGGREK, day, severity=2) for day in range(40, 200, 9)]
    past += [event(DAHLIA, day) for day in range(30, 200, 20)]
    new = [event(ANGGREK, 3, severity=4), event(ANGGREK, 5, verification="masuk"), event(ANGGREK, 6)]
    made = known(empty, *past, *new, structure=place, scale=FrozenScale(Scale(2.0, 0.5, 9.0), DAY))
    row = areas(judge(made, QUESTION)).loc[ANGGREK]

    filled = np.percentile([40.0, 80.0], 75)  # the refusals of Anggrek are not known
    v = (3 * 50.0 + 2 * filled + others * SCHEME.structural_unknown) / (5 + others)
    upper = (3 * 50.0 + 2 * 100.0 + others * 100.0) / (5 + others)

    def pressure(code: str) -> float:
        severity, credible = (1, 2, 4, 8, 16), {"terverifikasi": 1.0, "masuk": 0.4}
        ages = [(entry, (pd.Timestamp(DAY) - entry["occurred_on"]).days) for entry in past + new]
        return sum(
            severity[entry["severity"] - 1] * credible[entry["verification"]] * 2 ** (-age / 28)
            for entry, age in ages
            if entry["area_code"] == code and age < 168
        )

    def points(theta: float) -> float:
        return float(100 * (1 - 2 ** (-theta / 9.0)))

    own = (2.0 + pressure(ANGGREK)) / 1.5
    around = np.mean([(2.0 + pressure(code)) / 1.5 for code in NEIGHBOURS[ANGGREK]])
    made_scorer = parts.scorer(made, DAY, SCHEME)
    anchor = (anchor_of(DAY) - made_scorer.events.first_on).days
    baseline = parts.frozen_baseline(made_scorer.panel, anchor, window_days=14, baseline_weeks=26)
    mean, size = baseline.mean[0], baseline.size[0]
    p = stats.nbinom.sf(3 - 1, size, size / (size + mean))
    t = 100 * min(1, -np.log10(p) / 3)
    four = [v, points(own), points(around), t]
    assert row[["structural", "incident", "spillover", "surprise"]].tolist() == pytest.approx(four, rel=1e-9)
    expected = 0.30 * v + 0.40 * points(own) + 0.15 * points(around) + 0.15 * t
    assert row["score"] == pytest.approx(expected, abs=1e-6)
    assert row["upper_score"] == pytest.approx(expected + 0.30 * (upper - v), abs=1e-6)
    assert row["surprise_count"] == 3
    assert row["completeness"] == pytest.approx(0.30 * 3 / (5 + others) + 0.40 + 0.15 + 0.15)
    assert sum(row[part] for part in PIECES) == pytest.approx(row["score"], abs=1e-9)


def test_a_verified_incident_of_the_highest_severity_is_marked_for_a_week_and_moves_no_class(empty: Inputs) -> None:
    grave = event(ANGGREK, 6, severity=5, category_code="KEK")
    scheme = replace(SCHEME, half_life_days=2.0)  # the score itself forgets it soon
    marked = areas(judge(known(empty, grave), QUESTION, scheme)).loc[ANGGREK]
    assert (marked["class_index"], marked["severe"]) == (class_index([marked["score"]], SCHEME.class_cuts)[0], True)
    assert marked["score"] < 35
    for changes in (
        {"occurred_on": pd.Timestamp(DAY - timedelta(days=7))},
        {"verification": "masuk"},
        {"severity": 4},
    ):
        assert not areas(judge(known(empty, grave | changes), QUESTION, scheme)).loc[ANGGREK, "severe"]


def test_an_alarm_of_any_group_is_a_mark_and_moves_no_class(empty: Inputs) -> None:
    alarm = pd.DataFrame({"area_code": [ANGGREK, BAKUNG, DAHLIA], "group_code": ["K", "L", "semua"]})
    made = known(empty, event(ANGGREK, 100), event(BAKUNG, 100), siaga=alarm)
    quiet = areas(judge(replace(made, siaga=alarm[:0]), QUESTION))
    found = areas(judge(made, QUESTION))
    assert found.loc[[ANGGREK, BAKUNG, DAHLIA], "siaga"].tolist() == [True, True, True]
    assert found["class_index"].tolist() == quiet["class_index"].tolist()
    assert found.loc[DAHLIA, "class_index"] == -1  # and yet it is marked
    narrow = areas(judge(made, replace(QUESTION, verifications=("terverifikasi",), categories=("LOG",))))
    assert narrow["siaga"].tolist() == found["siaga"].tolist()


def test_what_would_be_siaga_by_unchecked_reports_alone_is_to_be_verified(empty: Inputs) -> None:
    rumoured = pd.DataFrame({"area_code": [ANGGREK], "group_code": ["K"]})
    found = areas(judge(known(empty, event(ANGGREK, 3), rumoured=rumoured), QUESTION))
    assert found.loc[ANGGREK, ["siaga", "unverified"]].tolist() == [False, True]


def test_an_area_that_is_not_heard_has_no_class_no_score_and_no_rank(empty: Inputs) -> None:
    rows = [event(code, 40) for code in (ANGGREK, BAKUNG, DAHLIA)]
    states = pd.DataFrame({"area_code": [ANGGREK, BAKUNG], "state": ["tidak_terdengar", "sepi"]})
    found = areas(judge(known(empty, *rows, hearing=states), QUESTION))
    assert found["unclassed"].tolist() == ["tidak_terdengar", "", "diam", "", "diam", "diam"]
    assert found.loc[ANGGREK, ["class_index", "reach_class"]].tolist() == [-1, -1]
    assert found.loc[ANGGREK, ["score", "rank", "reach_score"]].isna().all()
    assert found["thin"].tolist() == [False, True, False, True, False, False]  # Dahlia lies beside a silent one


def test_one_new_reporter_that_carries_an_area_is_named(empty: Inputs) -> None:
    old = [event(ANGGREK, day) for day in (60, 90)]
    new = [event(ANGGREK, day, source_name="Tim Siber", verification="masuk") for day in (1, 4, 9, 12)]
    found = areas(judge(known(empty, *old, *new, event(ANGGREK, 5)), QUESTION)).loc[ANGGREK]
    assert found[["carrier", "carrier_kind", "carrier_count", "carrier_total"]].tolist() == [
        "Tim Siber",
        "baru",
        4,
        5,
    ]
    seen = event(DAHLIA, 70, source_name="tim  SIBER")
    assert areas(judge(known(empty, *old, *new, seen), QUESTION)).loc[ANGGREK, "carrier"] == ""
    batch = [event(ANGGREK, 2, source_name="Polsek") for _ in range(3)]
    found = areas(judge(known(empty, *old, *batch), QUESTION)).loc[ANGGREK]
    assert found[["carrier", "carrier_kind"]].tolist() == ["Polsek", "sehari"]


def test_silence_never_gets_a_class_and_too_little_is_told_apart(empty: Inputs) -> None:
    keys = [parts.structural_key(indicator) for indicator in SCHEME.structural]
    everything = structure({key: dict.fromkeys(AREAS, 1000.0) for key in keys})
    made = known(empty, event(BAKUNG, 3), structure=everything)
    found = areas(judge(made, QUESTION, weighed(struktural=1.0)))
    assert found["completeness"].tolist() == [1.0] * 6  # all that this scheme asks for is known, and yet:
    assert found["unclassed"].tolist() == ["diam", "", "diam", "diam", "diam", "diam"]
    assert found.drop(index=BAKUNG)[["score", "upper_score"]].isna().all(axis=None)
    assert (found.drop(index=BAKUNG)["class_index"] == -1).all()

    blind = weighed(struktural=0.6, kejadian=0.2, sekitar=0.1, lonjakan=0.1)
    row = areas(judge(known(empty, event(BAKUNG, 3)), QUESTION, blind)).loc[BAKUNG]
    assert (row["unclassed"], row["class_index"], row["completeness"]) == ("kurang", -1, pytest.approx(0.3))
    assert np.isnan(row["score"])
    assert row["upper_score"] > 60
    grave = areas(judge(known(empty, event(BAKUNG, 3, severity=5)), QUESTION, blind)).loc[BAKUNG]
    assert (grave["unclassed"], grave["class_index"], grave["severe"]) == ("kurang", -1, True)


def test_a_standing_monitor_weighs_less_where_it_always_is(empty: Inputs) -> None:
    monitor = {"source_name": "Bhabinkamtibmas"}
    # Eight weeks of visits to Anggrek, one to Dahlia; then one finding of the same kind in each.
    visits = [event(ANGGREK, 7 * week + 4, severity=1, **monitor) for week in range(8)]
    rows = [
        *visits,
        event(DAHLIA, 4, severity=1, **monitor),
        event(ANGGREK, 0, **monitor),
        event(DAHLIA, 0, **monitor),
    ]
    made = parts.scorer(known(empty, *rows), DAY, SCHEME)
    present = parts.presence(made)
    assert present.share[[0, 3]].tolist() == pytest.approx([1.0, 1 / 8])
    assert present.weight[3] > 1 > present.weight[0]
    plain = replace(SCHEME, coverage_strength=0.0)
    weighted, unweighted = (areas(judge(known(empty, *rows), QUESTION, scheme)) for scheme in (SCHEME, plain))
    assert weighted.loc[ANGGREK, "incident"] < unweighted.loc[ANGGREK, "incident"]
    assert weighted.loc[DAHLIA, "incident"] > unweighted.loc[DAHLIA, "incident"]


def test_other_weights_keep_the_scale_and_change_the_parts(empty: Inputs) -> None:
    made = known(empty, event(ANGGREK, 1), event(BAKUNG, 1))
    usual, other = judge(made, QUESTION), judge(made, QUESTION, weighed(kejadian=0.5, sekitar=0.5))
    assert other.scale == usual.scale
    assert other.weights.component_weights != usual.weights.component_weights
    row = areas(other).loc[ANGGREK]
    assert row["bagian_kejadian"] == pytest.approx(0.5 * areas(usual).loc[ANGGREK, "incident"])
    assert row["bagian_struktural"] == 0


AREA = some.sampled_from(list(AREAS))
SOURCE = some.sampled_from(["Polsek", "Panwascam"])
STATE = some.sampled_from(["masuk", "terverifikasi"])
PAST = some.lists(
    some.builds(
        lambda area, day, late, severity, source, state: event(
            area,
            day + late,
            severity=severity,
            source_name=source,
            verification=state,
            reported_on=pd.Timestamp(DAY - timedelta(days=day)),
        ),
        AREA,
        some.integers(0, 250),
        some.integers(0, 20),
        some.integers(1, 5),
        SOURCE,
        STATE,
    ),
    min_size=1,
    max_size=40,
)
TODAYS = some.builds(
    lambda area, severity, source, state: event(area, severity=severity, source_name=source, verification=state),
    AREA,
    some.integers(1, 5),
    SOURCE,
    STATE,
)
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(past=PAST, more=TODAYS)
def test_an_incident_today_lowers_no_score(empty: Inputs, past: list[Row], more: Row) -> None:
    before, after = (areas(judge(known(empty, *rows), QUESTION))["score"] for rows in (past, [*past, more]))
    assert (after.fillna(-1) >= before.fillna(-1) - 1e-9).all()


@QUICK
@given(past=PAST, place=some.integers(0, 39))
def test_verifying_a_report_lowers_no_score(empty: Inputs, past: list[Row], place: int) -> None:
    checked = list(past)
    checked[place % len(past)] = checked[place % len(past)] | {"verification": "terverifikasi"}
    before, after = (areas(judge(known(empty, *rows), QUESTION))["score"] for rows in (past, checked))
    assert (after.fillna(-1) >= before.fillna(-1) - 1e-9).all()


@QUICK
@given(rows=some.lists(TODAYS, min_size=1, max_size=30))
def test_unverified_reports_of_one_source_lift_no_class_to_the_high_ones(empty: Inputs, rows: list[Row]) -> None:
    rumours = [row | {"verification": "masuk", "source_name": "Warga"} for row in rows]
    found = areas(judge(known(empty, *rumours), QUESTION))
    assert (found["class_index"] < 3).all()
    full = found["score"] - found["bagian_belum_diperiksa"]
    assert (found["unverified"] == (full >= SCHEME.class_cuts[2])).all()


@QUICK
@given(past=PAST)
def test_bounds_and_sums_hold_for_any_reports(empty: Inputs, past: list[Row]) -> None:
    found = areas(judge(known(empty, *past), QUESTION))
    with_class = found[found["class_index"] >= 0]
    assert with_class["score"].between(0, 100).all()
    assert (with_class["upper_score"] >= with_class["score"] - 1e-9).all()
    total = with_class[list(PIECES)].sum(axis=1)
    assert total.to_numpy() == pytest.approx(with_class["score"].to_numpy(), abs=1e-9)
    assert found["completeness"].between(0, 1).all()
    assert ((found["unclassed"] == "") == (found["class_index"] >= 0)).all()
    assert found["class_index"].tolist() == class_index(found["score"], SCHEME.class_cuts).tolist()
    assert (with_class["reach_score"] >= with_class["score"] - 1e-9).all()
    assert (with_class["bagian_belum_diperiksa"] <= 0).all()


@QUICK
@given(
    values=some.lists(some.floats(0, 12), min_size=6, max_size=6), blank=some.integers(0, 5), rise=some.floats(0, 9)
)
def test_knowing_less_never_lowers_the_upper_bound_and_a_worse_place_never_scores_lower(
    empty: Inputs, values: list[float], blank: int, rise: float
) -> None:
    reported = [event(code, 3) for code in AREAS]

    def scored(by_area: dict[str, float]) -> pd.DataFrame:
        return areas(judge(known(empty, *reported, structure=structure({"tps:V2.1": by_area})), QUESTION))

    place = dict(zip(AREAS, values, strict=True))
    code = list(AREAS)[blank]
    before = scored(place)
    blanked = scored({other: value for other, value in place.items() if other != code})
    assert (blanked["upper_score"] >= before["upper_score"] - 1e-9).all()
    worse = scored(place | {code: place[code] + rise})
    assert (worse["score"] >= before["score"] - 1e-9).all()


def test_in_the_store_an_incident_today_lowers_no_score_and_the_future_changes_none(city: Lake) -> None:
    generator = np.random.default_rng(3)
    past = [
        stored(
            list(AREAS)[generator.integers(6)],
            int(day),
            max(int(day) - int(generator.integers(5)), 0),
            severity=int(generator.integers(1, 6)),
            source_name=str(generator.choice(["Polsek", "Panwascam"])),
        )
        for day in generator.integers(0, 300, size=120)
    ]
    put(city, incidents=past)
    before = judge(fetch_inputs(city, question(city)), question(city)).areas.set_index("area_code")
    put(city, incidents=[stored(code, 0, severity=1) for code in (ANGGREK, DAHLIA)], name="B")
    after = judge(fetch_inputs(city, question(city)), question(city)).areas.set_index("area_code")
    assert (after["score"] >= before["score"] - 1e-9).all()
    assert (after.loc[[ANGGREK, DAHLIA], "score"] > before.loc[[ANGGREK, DAHLIA], "score"]).all()

    # Events after the day, and events before it that were reported after it.
    noise = [stored(code, -int(day), severity=5) for code in AREAS for day in generator.integers(1, 20, size=5)]
    noise += [stored(code, int(day), -1, severity=5) for code in AREAS for day in generator.integers(0, 100, size=5)]
    put(city, incidents=noise, name="C")
    asked = question(city)
    again = judge(fetch_inputs(city, asked), asked).areas.set_index("area_code")
    pd.testing.assert_frame_equal(again, after)


def test_the_day_of_the_first_report_can_be_asked_about(empty: Inputs) -> None:
    asked = replace(QUESTION, end=date(2020, 1, 1), start=date(2019, 12, 1))
    assert (areas(judge(empty, asked))["unclassed"] == "diam").all()
