"""Issues of past weeks, worked out again: a ledger to read before the first real one has come of age."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.store import queries
from data.store.lake import snapshot_id
from lib.filters import window_start
from lib.region.areas import load_neighbours
from lib.region.elections import elections_of
from lib.region.panels import PANEL_DAYS, panels_of
from lib.reports.completeness import known_quiet
from lib.rules.alerts import alert_rules
from lib.rules.forecasts import forecast_rules, is_silent
from lib.warnings.alerts import alerts_of_day
from lib.warnings.forecasts import forecasts_of, publish
from lib.warnings.ledger import issue_alerts

if TYPE_CHECKING:
    from datetime import date

    from data.store.lake import Lake
    from lib.people.actor import Actor
    from lib.rules.regions import Region

WEEK = 7


def issue_history(lake: Lake, region: Region, *, weeks: int, as_of: date, issued_on: date, actor: Actor) -> int:
    """Issue the forecasts and alerts of the last weeks, each from what was reported until its day, oldest first.

    The days are `as_of` and every seventh before it, `weeks` of them. All are issued on `issued_on`: what is about a
    day more than one before it counts as worked out again and is graded apart from what was issued in time. Issuing
    again changes nothing where the reports are the same. Returns the number of days issued about; those on which
    nothing was known yet, or nothing for long, are left out.
    """
    neighbours = load_neighbours(lake, region.code)
    names = queries.area_names(lake, region.code)
    state = queries.data_state(lake, region.code)
    simulated = bool(state["simulated"]) or region.simulated
    elections = elections_of(lake, region.code)
    snapshot, rules = snapshot_id(lake), forecast_rules(region.code)
    count = 0
    for week in range(weeks - 1, -1, -1):
        day = as_of - timedelta(days=WEEK * week)
        rows = queries.incident_panel(lake, region.code, as_of=day, start=window_start(day, PANEL_DAYS))
        panels = panels_of(rows, neighbours.area_codes, as_of=day)
        if panels.first_on == day or is_silent(panels.last_reported_on, day, rules):
            continue
        quiet = known_quiet(lake, region.code, as_of=day)["area_code"]
        usual = elections.usual(day)
        voting_day = usual.voting_day if usual else None
        made = forecasts_of(panels, neighbours, names, quiet, region_code=region.code, voting_day=voting_day)
        publish(lake, made, snapshot=snapshot, actor=actor, issued_on=issued_on)
        issue_alerts(
            lake,
            region.code,
            alerts_of_day(panels, rows, alert_rules(region.code)),
            snapshot=snapshot,
            simulated=simulated,
            actor=actor,
            issued_on=issued_on,
        )
        count += 1
    return count
