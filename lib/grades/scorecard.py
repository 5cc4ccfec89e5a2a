"""The scorecard of our own warnings: what was right, what was false, what came without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from data.store import issue_queries, queries
from lib.filters import window_start
from lib.grades.alert_grades import FALSE, Tally, events_of, frozen_alerts, grade_alerts, missed_events, tally
from lib.grades.forecast_grades import grade_forecasts
from lib.grades.replay import replay
from lib.region.areas import load_neighbours
from lib.region.panels import ALL, PANEL_DAYS, load_panels, until_last_report
from lib.region.weights import weights_in_force
from lib.rules.alerts import alert_rules
from lib.rules.forecasts import forecast_rules
from lib.rules.regions import region_profile
from lib.warnings.alerts import SIAGA, WASPADA
from lib.warnings.forecasts import HORIZONS_DAYS
from lib.warnings.issues import broken_issues
from lib.warnings.past_forecasts import past_forecasts_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

    from data.store.lake import Lake
    from lib.analysis.backtest import Backtest
    from lib.grades.replay import Replay
    from lib.warnings.issues import BrokenIssue

FROZEN, RECOMPUTED = "terbit", "dihitung_mundur"


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """Alerts of one kind of making, graded."""

    source: str  # ``terbit``: frozen when they were issued; ``dihitung_mundur``: worked out again for past days
    alerts: pd.DataFrame  # as from `lib.grades.alert_grades.grade_alerts`
    # Grave events of the days that the alerts could have warned of; as from `lib.grades.alert_grades.missed_events`.
    events: pd.DataFrame
    # Days of the first and last alerts; None without any.
    first_day: date | None
    last_day: date | None

    @property
    def tally(self) -> Tally:
        """Count all alerts."""
        return tally(self.alerts)

    def of_tier(self, tier: str) -> Tally:
        """Count the alerts of one tier."""
        return tally(self.alerts[self.alerts["tier"] == tier])

    @property
    def grave_count(self) -> int:
        """Count the grave events."""
        return int(self.events["event_count"].sum())

    @property
    def unwarned_count(self) -> int:
        """Count the grave events that no alert had warned of."""
        return int(self.events.loc[~self.events["warned"], "event_count"].sum())


@dataclass(frozen=True, slots=True, eq=False)
class Scorecard:
    """How good our warnings were, by what is known on `as_of`."""

    region_code: str
    region_name: str
    as_of: date
    election_code: str
    simulated: bool
    weights_digest: str
    alerts_digest: str
    first_on: date  # first day that the panel knows; day_count its days, event_count its events
    day_count: int
    area_count: int
    event_count: int
    frozen: Ledger  # the alerts that were issued in time; none of those worked out again
    issued_late: Ledger  # issued alerts about past days, worked out again: graded apart
    replayed: Ledger  # the alerts our rules would have raised in every week of the replay
    # Share of areas, groups and weeks of the replay without an alert after which the same came that makes an alert
    # right; None without any.
    base_rate: float | None
    # Windows of `hit_days` one after the other in which an area was elevated in some group, and those without any
    # alert in the area in the `hit_days` before.
    window_count: int
    missed_window_count: int
    # Of the areas by horizon, of all categories; None where history is too short.
    backtests: Mapping[int, Backtest | None]
    forecasts: pd.DataFrame  # frozen forecasts, as from `lib.grades.forecast_grades.grade_forecasts`
    issue_count: int  # forecasts and alerts that were issued, of whatever day
    broken: tuple[BrokenIssue, ...]  # issues that are no longer what was issued

    @property
    def city_backtests(self) -> Mapping[int, Backtest | None]:
        """Give the grades of the region's total by horizon."""
        return {days: past and past.total for days, past in self.backtests.items()}

    @property
    def replayed_weeks(self) -> int:
        """Count the weeks whose alerts were worked out again."""
        first, last = self.replayed.first_day, self.replayed.last_day
        return (last - first).days // 7 + 1 if first and last else 0

    @property
    def false_weeks(self) -> int:
        """Count those of them in which a *siaga* began that was false: the false families."""
        alerts = self.replayed.alerts
        wrong = alerts[(alerts["tier"] == SIAGA) & (alerts["outcome"] == FALSE)]
        return int(wrong["day"].nunique())

    @property
    def ledger(self) -> Ledger:
        """Choose the alerts that the first sentence speaks of: the frozen ones as soon as one of them is graded."""
        return self.frozen if self.frozen.tally.graded else self.replayed


def scorecard(lake: Lake, region_code: str, *, as_of: date, election_code: str) -> Scorecard:
    """Grade the warnings of a region by what was reported until a day.

    Nothing is graded by the days after the newest report: that nothing is known of them does not make them calm.
    """
    rules, of_alerts = forecast_rules(region_code), alert_rules(region_code)
    neighbours = load_neighbours(lake, region_code)
    panels = load_panels(lake, region_code, neighbours.area_codes, as_of=as_of)
    rows = queries.incident_panel(lake, region_code, as_of=as_of, start=window_start(as_of, PANEL_DAYS))
    events, reported = events_of(rows, rules), until_last_report(panels)
    issued = grade_alerts(frozen_alerts(lake, region_code, as_of=as_of), events, as_of=reported.as_of, rules=rules)
    past = replay(panels, rows, of_alerts, rules)
    region = region_profile(region_code)

    def ledger(source: str, alerts: pd.DataFrame, first: date | None, last: date | None) -> Ledger:
        start = first + timedelta(days=1) if first else as_of + timedelta(days=1)
        came = missed_events(alerts, events, start=start, end=as_of, rules=rules)
        return Ledger(source, alerts, came, first, last)

    def of_issues(source: str, alerts: pd.DataFrame) -> Ledger:
        days = alerts["day"]
        return ledger(source, alerts, days.min() if len(days) else None, days.max() if len(days) else None)

    graded = grade_alerts(past.alerts, events, as_of=reported.as_of, rules=rules)
    unwarned = past.cells[~past.cells["warned"]]
    windows = _windows(past, rules.hit_days)
    return Scorecard(
        region_code=region_code,
        region_name=region.name,
        as_of=as_of,
        election_code=election_code,
        simulated=bool(queries.data_state(lake, region_code)["simulated"]) or region.simulated,
        weights_digest=weights_in_force(lake, region_code).digest,
        alerts_digest=of_alerts.digest,
        first_on=panels.first_on,
        day_count=panels.groups[ALL].day_count,
        area_count=len(panels.area_codes),
        event_count=len(panels.groups[ALL].area),
        frozen=of_issues(FROZEN, issued[~issued["late"].astype(bool)]),
        issued_late=of_issues(RECOMPUTED, issued[issued["late"].astype(bool)]),
        replayed=ledger(RECOMPUTED, graded, past.first_day, past.last_day),
        base_rate=float(unwarned["came"].mean()) if len(unwarned) else None,
        window_count=int(windows["elevated"].sum()),
        missed_window_count=int((windows["elevated"] & ~windows["warned"]).sum()),
        backtests={
            days: past_forecasts_of(
                lake, region_code, panels, neighbours, election_code=election_code, group_code=ALL, horizon_days=days
            )
            for days in HORIZONS_DAYS
        },
        forecasts=grade_forecasts(lake, region_code, panels, rules, known=reported),
        issue_count=len(issue_queries.issues(lake, region_code)),
        broken=tuple(broken_issues(lake, region_code)),
    )


def tiers() -> tuple[str, str]:
    """Name the tiers that are graded, the graver first."""
    return SIAGA, WASPADA


def _windows(past: Replay, hit_days: int) -> pd.DataFrame:
    """Choose windows that follow each other without overlap, counted back from the last, and join the groups."""
    cells = past.cells
    if cells.empty:
        return cells
    last = cells["day"].max()
    apart = cells[[(last - day).days % hit_days == 0 for day in cells["day"]]]
    return apart.groupby(["area_code", "day"], as_index=False)[["elevated", "warned"]].any()
