"""The backtest of a region: what our forecasts of its past weeks were worth beside plain averages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.store import queries
from lib.analysis.backtest import EarlierElection, backtest
from lib.filters import window_start
from lib.region.areas import load_neighbours
from lib.region.elections import elections_of
from lib.region.panels import PANEL_DAYS, load_panels, other_groups, panels_of, until_last_report
from lib.rules.forecasts import forecast_rules

if TYPE_CHECKING:
    from datetime import date

    from data.store.lake import Lake
    from lib.analysis.backtest import Backtest
    from lib.region.areas import Neighbours
    from lib.region.panels import Panels
    from lib.rules.calendar import Calendar, Election


def past_forecasts(
    lake: Lake, region_code: str, *, as_of: date, election_code: str, group_code: str, horizon_days: int
) -> Backtest | None:
    """Grade the forecasts of past weeks by what came; see `lib.analysis.backtest.backtest`.

    Beside last week and the means of 4 and 8 weeks, the events of the same days before an earlier election are a
    benchmark wherever the store knows any. None where history is too short.
    """
    neighbours = load_neighbours(lake, region_code)
    panels = load_panels(lake, region_code, neighbours.area_codes, as_of=as_of)
    return past_forecasts_of(
        lake,
        region_code,
        panels,
        neighbours,
        election_code=election_code,
        group_code=group_code,
        horizon_days=horizon_days,
    )


def past_forecasts_of(
    lake: Lake,
    region_code: str,
    panels: Panels,
    neighbours: Neighbours,
    *,
    election_code: str,
    group_code: str,
    horizon_days: int,
) -> Backtest | None:
    """Grade the forecasts of past weeks from what is fetched already; see `past_forecasts`.

    Days after the newest report are not graded: nothing is known of them.
    """
    panels = until_last_report(panels)
    elections = elections_of(lake, region_code)
    return backtest(
        panels.groups[group_code],
        neighbours.matrix,
        horizon_days=horizon_days,
        earlier=earlier_election(lake, panels, elections, elections.asked(election_code), group_code=group_code),
        others=other_groups(panels, group_code),
        method=forecast_rules(region_code).total,
    )


def earlier_election(
    lake: Lake, panels: Panels, elections: Calendar, election: Election | None, *, group_code: str
) -> EarlierElection | None:
    """Find the events before the last earlier election, as known now, laid on the same days before voting.

    An occasion that is no election, and a vote held again at some TPS, are no earlier election. None without an
    election, where the calendar has no earlier one, or the store no event of the group in its days.
    """
    if election is None:
        return None
    earlier = [
        e for e in elections.elections if e.voting_day < election.voting_day and e.is_election and not e.repeats
    ]
    if not earlier:
        return None
    before = max(earlier, key=lambda e: e.voting_day)
    end = before.voting_day - (election.voting_day - panels.as_of)
    rows = queries.incident_panel(
        lake, elections.region_code, as_of=panels.as_of, start=window_start(end, PANEL_DAYS)
    )
    rows = rows[rows["occurred_on"].dt.date <= end]
    found = panels_of(rows.assign(reported_on=rows["occurred_on"]), panels.area_codes, as_of=end)
    panel = found.groups[group_code]
    if not len(panel.area):
        return None
    now, then = panels.first_on - election.voting_day, found.first_on - before.voting_day
    return EarlierElection(panel, shift=(now - then).days)
