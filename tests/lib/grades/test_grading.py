"""Alerts graded by hand: right, false, not yet due; and what came without one."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lib.grades.alert_grades import (
    FALSE,
    PENDING,
    RIGHT,
    STATED,
    events_of,
    frozen_alerts,
    grade_alerts,
    least_elevated,
    missed_events,
    tally,
)
from lib.grades.forecast_grades import covered
from lib.grades.replay import Replay, replay
from lib.region.panels import Panels, panels_of
from lib.rules.alerts import alert_rules
from lib.rules.forecasts import forecast_rules
from lib.warnings.issues import ALERT, freeze_rows
from tests.officers import officer

if TYPE_CHECKING:
    from data.store.lake import Lake

RULES = forecast_rules("nasional")
DAY = date(2026, 9, 1)
LATER = DAY + timedelta(days=60)
AREA, OTHER = "99.71.01.1001", "99.71.01.1002"


def alert(
    area: str | None = AREA, group: str = "K", tier: str = "siaga", daily: float = 0.05, **changes: Any
) -> pd.DataFrame:
    row = {"alert_id": "A", "area_code": area, "group_code": group, "tier": tier, "day": DAY}
    return pd.DataFrame([row | {"daily_expected": daily, "late": False} | changes])


def event(after: int, count: int = 1, area: str = AREA, group: str = "K", *, grave: bool = False) -> dict[str, Any]:
    day = pd.Timestamp(DAY) + pd.Timedelta(days=after)
    return {"area_code": area, "group_code": group, "occurred_on": day, "event_count": count, "grave": grave}


def events(*rows: dict[str, Any]) -> pd.DataFrame:
    empty = {"area_code": "", "group_code": "", "occurred_on": pd.Timestamp(DAY), "event_count": 0, "grave": False}
    return pd.DataFrame([*rows, empty]).iloc[:-1]


def outcome(of: pd.DataFrame, came: pd.DataFrame, as_of: date = LATER) -> tuple[str, str, float]:
    row = grade_alerts(of, came, as_of=as_of, rules=RULES).iloc[0]
    return row["outcome"], row["cause"], row["lead_days"]


def test_the_fewest_elevated_by_hand() -> None:
    # Poisson with mean 1: P(X >= 3) = 0.080, P(X >= 4) = 0.019; with 0.1: P(X >= 1) = 0.095, P(X >= 2) = 0.005.
    assert least_elevated([1.0, 0.1, 0.01, 0.0], RULES).tolist() == [4, 2, 2, 2]


@settings(deadline=None, max_examples=50)
@given(st.floats(0.001, 200))
def test_the_fewest_elevated_against_scipy(mean: float) -> None:
    count = int(least_elevated(mean, RULES))
    assert stats.poisson.sf(count - 1, mean) <= RULES.hit_probability * (1 + 1e-9)
    assert count == RULES.hit_count or stats.poisson.sf(count - 2, mean) > RULES.hit_probability * (1 - 1e-9)


def test_right_on_the_day_that_completes_the_count() -> None:
    # 14 x 0.05 = 0.7 expected: P(X >= 3) = 0.034, P(X >= 2) = 0.156, so three are needed.
    came = events(event(9), event(3), event(6))
    assert outcome(alert(), came) == (RIGHT, "kenaikan", 9.0)
    assert outcome(alert(), came.iloc[:2])[0] == FALSE


def test_the_day_itself_and_what_lies_beyond_do_not_count() -> None:
    assert outcome(alert(), events(event(0, 9), event(15, 9)))[0] == FALSE
    assert outcome(alert(), events(event(1, 3)))[2] == 1.0
    assert outcome(alert(), events(event(14, 3)))[2] == 14.0


def test_other_places_and_groups_do_not_count() -> None:
    assert outcome(alert(), events(event(2, 9, area=OTHER), event(2, 9, group="A")))[0] == FALSE
    assert outcome(alert(group="semua"), events(event(2, 2, group="A"), event(3, 1)))[2] == 3.0


def test_one_grave_event_is_enough_and_comes_first() -> None:
    assert outcome(alert(), events(event(5, grave=True))) == (RIGHT, "berat", 5.0)
    assert outcome(alert(), events(event(2, 3), event(5, grave=True))) == (RIGHT, "kenaikan", 2.0)
    assert outcome(alert(), events(event(5, 3), event(5, grave=True))) == (RIGHT, "berat", 5.0)


def test_a_trend_of_the_region_is_no_alert_and_not_graded() -> None:
    assert outcome(alert(None, tier="tren"), events(event(5, 9), event(5, grave=True)))[0] == STATED


def test_an_event_alert_is_stated_and_not_graded() -> None:
    assert outcome(alert(tier="kejadian", daily=np.nan), events(event(1, 9)))[0] == STATED


@pytest.mark.parametrize(("days", "expected"), [(0, PENDING), (14, PENDING), (20, PENDING), (21, FALSE)])
def test_false_only_once_reports_should_be_in(days: int, expected: str) -> None:
    assert outcome(alert(), events(), DAY + timedelta(days=days))[0] == expected


def test_right_as_soon_as_it_is_certain() -> None:
    assert outcome(alert(), events(event(3, 3)), DAY + timedelta(days=3))[0] == RIGHT


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 3), st.booleans()), max_size=8), st.randoms())
def test_grades_ignore_the_order_of_events(rows: list[tuple[int, int, bool]], random: Any) -> None:
    came = [event(after, count, grave=grave) for after, count, grave in rows]
    shuffled = random.sample(came, len(came))
    assert str(outcome(alert(), events(*came))) == str(outcome(alert(), events(*shuffled)))


def test_the_tally_adds_up() -> None:
    alerts = pd.concat([alert(), alert(day=LATER), alert(tier="kejadian"), alert(OTHER)], ignore_index=True)
    graded = grade_alerts(alerts, events(event(4, 3)), as_of=LATER, rules=RULES)
    counted = tally(graded)
    assert (counted.right, counted.false, counted.pending, counted.stated) == (1, 1, 1, 1)
    assert counted.graded == 2
    assert counted.median_lead_days == 4.0
    assert tally(graded.iloc[:0]).median_lead_days is None


@pytest.mark.parametrize(
    ("after", "group", "area", "warned"),
    [
        (1, "K", AREA, True),
        (14, "K", AREA, True),
        (0, "K", AREA, False),
        (15, "K", AREA, False),
        (5, "A", AREA, False),
        (5, "K", OTHER, False),
    ],
)
def test_a_grave_event_was_warned_of_or_not(after: int, group: str, area: str, warned: bool) -> None:  # noqa: FBT001
    came = events(event(after, group=group, area=area, grave=True))
    found = missed_events(alert(), came, start=DAY, end=LATER, rules=RULES)
    assert found["warned"].tolist() == [warned]


def test_an_alert_of_all_categories_warns_of_each_and_an_event_alert_of_none() -> None:
    came = events(event(5, group="A", grave=True))
    assert missed_events(alert(group="semua"), came, start=DAY, end=LATER, rules=RULES)["warned"].all()
    stated = alert(group="semua", tier="kejadian")
    assert not missed_events(stated, came, start=DAY, end=LATER, rules=RULES)["warned"].any()


def test_misses_know_their_period_and_their_place() -> None:
    came = events(event(5, grave=True), event(6), event(70, grave=True), event(5, area="", grave=True))
    assert len(missed_events(alert(OTHER), came, start=DAY, end=LATER, rules=RULES)) == 1


def test_events_leave_out_the_rejected_and_know_the_grave() -> None:
    rows = pd.DataFrame(
        {
            "area_code": [AREA, AREA, AREA, None],
            "category_code": ["KEK"] * 4,
            "severity": [5, 4, 4, 3],
            "verification": ["ditolak", "terverifikasi", "masuk", "terverifikasi"],
            "occurred_on": pd.Timestamp(DAY),
            "incident_count": 1,
        }
    )
    found = events_of(rows, RULES)
    assert found["grave"].tolist() == [True, False, False]
    assert found["area_code"].tolist() == [AREA, AREA, ""]


def test_an_alert_counts_from_its_first_issue_in_time(lake: Lake) -> None:
    def issue(as_of: date, issued_on: date, tier: str, observed: int) -> None:
        row = {"alert_id": "X", "area_code": AREA, "group_code": "K", "tier": tier, "window_days": 14}
        row |= {"observed": observed, "expected": 1.4, "probability": 0.001, "facts": "{}"}
        freeze_rows(
            lake,
            "99.71",
            ALERT,
            pd.DataFrame([row]),
            as_of=as_of,
            horizon_days=None,
            snapshot=1,
            weights_digest="a",
            method="uji",
            simulated=True,
            actor=officer(),
            issued_on=issued_on,
        )

    issue(DAY, DAY + timedelta(days=30), "waspada", 4)
    late = frozen_alerts(lake, "99.71", as_of=LATER).iloc[0]
    assert (late["late"], late["day"]) == (True, DAY)
    issue(DAY + timedelta(days=2), DAY + timedelta(days=3), "waspada", 5)
    issue(DAY + timedelta(days=4), DAY + timedelta(days=4), "siaga", 6)
    found = frozen_alerts(lake, "99.71", as_of=LATER)
    assert len(found) == 1
    assert found.iloc[0][["late", "day", "tier"]].tolist() == [False, DAY + timedelta(days=2), "siaga"]
    assert found["daily_expected"].tolist() == pytest.approx([0.1])
    assert frozen_alerts(lake, "99.71", as_of=DAY - timedelta(days=1)).empty


def burst_rows(seed: int = 3, days: int = 280) -> pd.DataFrame:
    """Draw a quiet city of eight areas in which one area bursts ten weeks before the end."""
    generator = np.random.default_rng(seed)
    rows = []
    for number in range(8):
        daily = generator.poisson(0.05, days)
        if number == 2:
            daily[days - 70 : days - 42] += generator.poisson(0.7, 28)
        for day in np.flatnonzero(daily):
            occurred = pd.Timestamp(LATER) - pd.Timedelta(days=int(days - 1 - day))
            reported = min(occurred + pd.Timedelta(days=int(generator.integers(3))), pd.Timestamp(LATER))
            rows.append((f"99.71.01.100{number}", occurred, reported, int(daily[day])))
    table = pd.DataFrame(rows, columns=["area_code", "occurred_on", "reported_on", "incident_count"])
    return table.assign(
        category_code="KEK",
        severity=3,
        verification="terverifikasi",
        source_name="uji",
        other_source=None,
        district_code="",
    )


def panels(rows: pd.DataFrame, as_of: date = LATER) -> Panels:
    return panels_of(rows, [f"99.71.01.100{number}" for number in range(8)], as_of=as_of)


@pytest.fixture(scope="module")
def past() -> Replay:
    rows = burst_rows()
    return replay(panels(rows), rows, alert_rules("nasional"), RULES)


def test_the_replay_finds_the_burst_and_grades_it_right(past: Replay) -> None:
    rows, found = burst_rows(), past
    graded = grade_alerts(found.alerts, events_of(rows, RULES), as_of=LATER, rules=RULES)
    burst = graded[(graded["area_code"] == "99.71.01.1002") & (graded["group_code"] == "K")]
    assert RIGHT in set(burst["outcome"])
    assert found.cells["elevated"].any()
    assert (
        found.cells.groupby("warned")["elevated"].mean()[True]
        > found.cells.groupby("warned")["elevated"].mean()[False]
    )


def test_the_replay_ignores_the_order_of_rows(past: Replay) -> None:
    shuffled = burst_rows().sample(frac=1, random_state=1).reset_index(drop=True)
    found = replay(panels(shuffled), shuffled, alert_rules("nasional"), RULES)
    pd.testing.assert_frame_equal(past.alerts, found.alerts)
    pd.testing.assert_frame_equal(past.cells, found.cells)


def test_the_replay_looks_at_nothing_reported_later(past: Replay) -> None:
    rows = burst_rows()
    border = LATER - timedelta(days=56)
    noise = rows.assign(reported_on=pd.Timestamp(LATER), incident_count=3)
    noise = noise[noise["occurred_on"] > pd.Timestamp(border - timedelta(days=40))]
    more = pd.concat([rows, noise], ignore_index=True)
    first, second = past.alerts, replay(panels(more), more, alert_rules("nasional"), RULES).alerts
    assert len(first)
    pd.testing.assert_frame_equal(first[first["day"] < border], second[second["day"] < border].reset_index(drop=True))


def test_alarms_of_successive_weeks_are_one_alert(past: Replay) -> None:
    by_place = past.alerts.fillna({"area_code": ""}).sort_values("day").groupby(["area_code", "group_code"])["day"]
    for days in by_place.apply(list):
        assert all(
            (later - earlier).days > alert_rules("nasional").hold_days for earlier, later in itertools.pairwise(days)
        )


def test_too_short_a_history_has_no_replay() -> None:
    rows = burst_rows()
    rows = rows[rows["occurred_on"] > pd.Timestamp(LATER) - pd.Timedelta(days=50)]
    found = replay(panels(rows), rows, alert_rules("nasional"), RULES)
    assert found.first_day is None
    assert found.alerts.empty
    assert found.cells.empty
    assert grade_alerts(found.alerts, events_of(rows, RULES), as_of=LATER, rules=RULES).empty


@settings(deadline=None, max_examples=20)
@given(st.floats(0.05, 20), st.floats(0.2, 50))
def test_coverage_is_exact_over_the_whole_distribution(mean: float, size: float) -> None:
    count = np.arange(400)
    chance = stats.nbinom.pmf(count, size, size / (size + mean))
    for level in (50, 80, 95):
        inside = covered(count, np.full(400, mean), np.full(400, size), level)
        assert float(chance @ inside) == pytest.approx(level / 100, abs=1e-4)
