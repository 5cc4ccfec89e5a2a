"""Who is heard: silences that chance does not explain, feeds that stopped, kecamatan that send less than usual."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from lib.reports.completeness import hearing_of, thinned_districts
from lib.reports.matrix import Heard
from lib.rules.completeness import completeness_rules
from lib.rules.judged import NATIONAL

DAY = date(2026, 10, 29)
RULES = completeness_rules(NATIONAL)
NORTH = ("99.71.01.1001", "99.71.01.1002", "99.71.01.1003")
SOUTH = ("99.71.02.1001", "99.71.02.1002", "99.71.02.1003")
DISTRICT = "99.71.01"


def ago(days: int) -> pd.Timestamp:
    return pd.Timestamp(DAY - timedelta(days=days))


def incident(area: str | None, days: int, count: int = 1, district: str = "") -> dict[str, Any]:
    row = {"area_code": area, "district_code": area[:8] if area else district, "source_name": "Polsek"}
    return row | {"category_code": "KEK", "occurred_on": ago(days), "reported_on": ago(days), "report_count": count}


def nil(area: str, days: int, line: int = 1) -> dict[str, Any]:
    row = {"area_code": area, "import_id": "a", "line_number": line, "source_name": "Camat"}
    return row | {"period_start": ago(days + 6), "period_end": ago(days), "reported_on": ago(days)}


def heard(incidents: list[dict[str, Any]], nils: list[dict[str, Any]] | None = None) -> Heard:
    days = {"reported_on": "datetime64[s]"}
    return Heard(
        pd.DataFrame(incidents, columns=list(incident(NORTH[0], 0))).astype(days),
        pd.DataFrame(nils or [], columns=list(nil(NORTH[0], 0))).astype(days),
        DAY,
    )


def states(told: Heard) -> dict[str, str]:
    found = hearing_of([*NORTH, *SOUTH], told, RULES)
    return dict(zip(found["area_code"], found["state"], strict=True))


def unheard(told: Heard) -> set[str]:
    return {code for code, state in states(told).items() if state == "tidak_terdengar"}


def weekly(areas: tuple[str, ...], *, last: int, weeks: int = 26) -> list[dict[str, Any]]:
    return [incident(code, last + 7 * week + place) for place, code in enumerate(areas) for week in range(weeks)]


def test_nobody_has_reported_yet() -> None:
    assert states(heard([])) == {}


def test_a_whole_kecamatan_that_falls_silent_is_not_heard_though_no_area_alone_would_tell() -> None:
    # Three areas once a week each: five silent weeks of one are chance (6 are asked for), of all three they are not.
    alone = weekly(NORTH[:1], last=35) + weekly(NORTH[1:], last=0) + weekly(SOUTH, last=0)
    assert unheard(heard(alone)) == set()
    told = heard(weekly(NORTH[:2], last=28) + weekly(SOUTH, last=0))
    assert unheard(told) == set(
        NORTH[:2]
    )  # the third never sent anything: that is no report yet, not one that stopped


def test_an_area_that_reports_seldom_is_heard_until_its_silence_is_improbable() -> None:
    seldom = [incident(NORTH[0], days) for days in (40, 80, 120, 160)]
    assert unheard(heard(seldom + weekly(NORTH[1:], last=0) + weekly(SOUTH, last=0))) == set()
    often = weekly(NORTH[:1], last=49)
    assert unheard(heard(often + weekly(NORTH[1:], last=0) + weekly(SOUTH, last=0))) == {NORTH[0]}


def test_an_area_whose_newest_report_has_left_the_window_is_not_heard() -> None:
    others = weekly(NORTH[1:], last=0) + weekly(SOUTH, last=0)
    assert states(heard([incident(NORTH[0], 168), *others])) == {}
    assert states(heard([incident(NORTH[0], 169), *others])) == {NORTH[0]: "tidak_terdengar"}


@pytest.mark.parametrize(("days", "state"), [(28, "sepi"), (29, "tidak_terdengar"), (84, "tidak_terdengar")])
def test_no_area_is_heard_where_the_whole_feed_has_stopped(days: int, state: str) -> None:
    told = heard([incident(NORTH[0], days), incident(NORTH[1], days + 50), incident(SOUTH[0], days)])
    found = states(told)
    ever = {NORTH[0], NORTH[1], SOUTH[0]}
    assert {found[code] for code in ever} == {state}
    assert {found[code] for code in found if code not in ever} <= {"sepi"}


def test_a_nil_report_and_a_report_known_to_the_kecamatan_are_being_heard() -> None:
    silent = weekly(NORTH[:2], last=28) + weekly(SOUTH, last=0)
    assert unheard(heard(silent, [nil(NORTH[0], 2)])) == set()
    assert unheard(heard([*silent, incident(None, 1, district=DISTRICT)])) == set()


def test_a_burst_of_some_days_is_no_usual_rate() -> None:
    burst = [incident(NORTH[0], 20 + day) for day in range(10)]
    assert unheard(heard([*burst, *[incident(code, day) for code in SOUTH for day in range(0, 40, 4)]])) == set()


def test_a_kecamatan_that_sends_less_than_usual_is_thinned() -> None:
    # Three kecamatan that change by 1, x and 1: the median is 1, and below 0.85 is clearly less.
    before = [incident(area, 40, 100) for area in (NORTH[0], SOUTH[0], "99.71.03.1001")]
    rest = [incident(SOUTH[0], 3, 100), incident("99.71.03.1001", 3, 100)]
    for count, thinned in ((85, False), (84, True)):
        told = heard([*before, incident(NORTH[0], 3, count), *rest])
        assert (DISTRICT in thinned_districts(told, RULES)) == thinned
    calm = heard([*before, *[{**row, "reported_on": ago(3), "report_count": 9} for row in before]])
    assert thinned_districts(calm, RULES) == frozenset()  # the whole region is calmer
    crowd = heard([*before, incident(NORTH[0], 3, 100), *rest, incident(SOUTH[0], 2, 900)])
    assert thinned_districts(crowd, RULES) == frozenset()  # one kecamatan alone is louder
    with_nil = heard([*before, incident(NORTH[0], 3, 84), *rest], [nil(code, 2) for code in NORTH])
    assert thinned_districts(with_nil, RULES) == frozenset()  # one nil report for three areas is one report
