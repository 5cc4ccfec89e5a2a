"""The alerts of past weeks worked out again, each from what was reported until its day and nothing later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lib.analysis.alerts import area_exceedance
from lib.analysis.panel import counts, known_on, weekly_counts
from lib.grades.alert_grades import events_of, least_elevated
from lib.records import FoundAlert, records
from lib.region.panels import ALL, until_last_report
from lib.warnings.alerts import EVENT, TIERS, find_alerts

if TYPE_CHECKING:
    from datetime import date

    from lib.region.panels import Panels
    from lib.rules.alerts import AlertRules
    from lib.rules.forecasts import ForecastRules

WEEK = 7


@dataclass(frozen=True, slots=True)
class _Alarm(FoundAlert):
    """An alert of one day of the replay."""

    day: date


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """What our rules would have said over past weeks, and what came in every area and group."""

    # One row for each alert, alarms of the same place and group within the days of hold being one: alert_id,
    # area_code (None: the region), group_code, tier (the highest), day (the first), daily_expected, late (True).
    alerts: pd.DataFrame
    # One row for each area, group and day of the replay whose window can be graded: area_code, group_code, day,
    # elevated (the `hit_days` after it were), came (they were, or held a grave event), warned (the area had an alert
    # of any group in the `hit_days` up to the day).
    cells: pd.DataFrame
    # Days of the first and last alerts worked out; None where history is too short for any.
    first_day: date | None
    last_day: date | None


def replay(panels: Panels, rows: pd.DataFrame, alert_rules: AlertRules, rules: ForecastRules) -> Replay:
    """Work out the alerts of past weeks again.

    Whoever verified or rejected a report later is taken to have done so at once, since states are those of today;
    everything else is as it was known on each day. Days with too short a baseline are left out, and those after the
    newest report, of which nothing is known. `panels` as from `lib.region.panels.load_panels`; `rows`, of the same
    day, have the columns of `data.store.queries.incident_panel`.
    """
    panels = until_last_report(panels)
    last = len_days(panels) - 1
    least = WEEK * (alert_rules.least_baseline_weeks + alert_rules.skip_weeks + min(alert_rules.windows_weeks))
    back = range(rules.replay_weeks * WEEK, -1, -rules.replay_step_days)
    indices = [last - days for days in back if last - days >= least - 1]
    if not indices:
        return Replay(_episodes([], alert_rules.hold_days), _cells([]).assign(warned=False), None, None)
    events = events_of(rows, rules)
    alarms, cells = [], []
    for index in indices:
        day = panels.first_on + timedelta(days=index)
        then = replace(
            panels, groups={code: known_on(panel, index) for code, panel in panels.groups.items()}, as_of=day
        )
        known = rows[rows["reported_on"] <= pd.Timestamp(day)]
        alarms.append(find_alerts(then, known, alert_rules).assign(day=day))
        if index + rules.hit_days + rules.settle_days <= last:
            cells.append(_outcomes(panels, then, events, alert_rules, rules))
    episodes = _episodes(alarms, alert_rules.hold_days)
    made = _cells(cells)
    told: dict[str, list[date]] = {}
    for alarm in records(pd.concat(alarms), _Alarm):
        if alarm.area_code is not None and alarm.tier != EVENT:
            told.setdefault(alarm.area_code, []).append(alarm.day)
    warned = [
        any(0 <= (last_day - day).days < rules.hit_days for day in told.get(area, ()))
        for area, last_day in zip(made["area_code"], made["day"], strict=True)
    ]
    days = [panels.first_on + timedelta(days=index) for index in indices]
    return Replay(episodes, made.assign(warned=pd.Series(warned, dtype=bool)), days[0], days[-1])


def len_days(panels: Panels) -> int:
    """Count the days of panels, which all have the same."""
    return next(iter(panels.groups.values())).day_count


def _outcomes(
    panels: Panels, then: Panels, events: pd.DataFrame, alert_rules: AlertRules, rules: ForecastRules
) -> pd.DataFrame:
    """Tell of every area and group whether the days after a day were elevated, by that day's own expectation."""
    tables = []
    index = len_days(then) - 1
    age = (events["occurred_on"] - pd.Timestamp(then.as_of)).dt.days
    grave = events[events["grave"] & (age >= 1) & (age <= rules.hit_days)]
    for code, panel in then.groups.items():
        weekly = weekly_counts(panel, min(panel.day_count // WEEK, alert_rules.method.weeks))
        found = area_exceedance(weekly, alert_rules.method)
        expected = np.nan_to_num(found.expected / np.maximum(WEEK * found.window, 1)) * rules.hit_days
        number = counts(panels.groups[code], index + 1, index + rules.hit_days)
        elevated = (found.window > 0) & (number >= least_elevated(expected, rules))
        own = grave if code == ALL else grave[grave["group_code"] == code]
        came = elevated | np.isin(panels.area_codes, own["area_code"].to_numpy(dtype=str))
        columns = {"area_code": panels.area_codes, "group_code": code, "day": then.as_of}
        tables.append(pd.DataFrame({**columns, "elevated": elevated, "came": came}))
    return pd.concat(tables, ignore_index=True)


def _cells(tables: list[pd.DataFrame]) -> pd.DataFrame:
    if not tables:
        flags = dict.fromkeys(("elevated", "came"), pd.Series([], dtype=bool))
        return pd.DataFrame({"area_code": [], "group_code": [], "day": [], **flags})
    return pd.concat(tables, ignore_index=True)


def _episodes(alarms: list[pd.DataFrame], hold_days: int) -> pd.DataFrame:
    """Join alarms of the same place and group that follow each other within the days of hold."""
    columns = ["alert_id", "area_code", "group_code", "tier", "day", "daily_expected", "late"]
    found: list[dict[str, object]] = []
    standing: dict[tuple[str, str, bool], tuple[int, date]] = {}
    for alarm in records(pd.concat(alarms), _Alarm) if alarms else ():
        key = (alarm.area_code or "", alarm.group_code, alarm.tier == EVENT)
        place, seen = standing.get(key, (-1, alarm.day))
        if place >= 0 and (alarm.day - seen).days <= hold_days:
            entry = found[place]
            entry["tier"] = min(str(entry["tier"]), alarm.tier, key=TIERS.index)
        else:
            place = len(found)
            daily = alarm.expected / alarm.window_days
            values = (alarm.alert_key, alarm.area_code, alarm.group_code, alarm.tier, alarm.day, daily, True)
            found.append(dict(zip(columns, values, strict=True)))
        standing[key] = (place, alarm.day)
    return pd.DataFrame(found, columns=columns)
