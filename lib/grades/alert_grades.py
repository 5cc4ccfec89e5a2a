"""Warnings graded by what came: alerts as right, false or not yet due, and what came without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.store.states import REJECTED, VERIFIED
from lib.analysis.negative_binomial import quantile
from lib.records import records
from lib.region.panels import ALL
from lib.rules.taxonomy import taxonomy
from lib.warnings.alerts import EVENT, TIERS, TREND, read_tier
from lib.warnings.issues import ALERT, frozen_rows, is_late, issued

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import ArrayLike

    from data.store.lake import Lake
    from lib.analysis.panel import Whole
    from lib.rules.forecasts import ForecastRules

RIGHT, FALSE, PENDING, STATED = "benar", "keliru", "belum", "peristiwa"
GRAVE, ELEVATED = "berat", "kenaikan"


@dataclass(frozen=True, slots=True)
class RaisedAlert:
    """An alert to grade; columns as `grade_alerts` asks for them."""

    area_code: str | None
    group_code: str
    tier: str
    day: date
    daily_expected: float


@dataclass(frozen=True, slots=True)
class GradedAlert(RaisedAlert):
    """An alert with what became of it; columns as `grade_alerts` returns them, lead_days NaN unless it was right."""

    outcome: str
    cause: str
    lead_days: float


@dataclass(frozen=True, slots=True)
class Tally:
    """Alerts counted by what became of them; `median_lead_days` is None without one that was right."""

    right: int
    false: int
    pending: int
    stated: int
    median_lead_days: float | None

    @property
    def graded(self) -> int:
        """Count the alerts that were right or false."""
        return self.right + self.false


def events_of(rows: pd.DataFrame, rules: ForecastRules) -> pd.DataFrame:
    """Turn counts of incidents into the events that alerts are graded by; rejected ones are left out.

    Columns: area_code ("" where not known), group_code, occurred_on (datetime64), event_count, grave (verified and at
    least as severe as the rules say).

    `rows`: columns of `data.store.queries.incident_panel`.
    """
    kept = rows[rows["verification"] != REJECTED]
    groups = {category.code: category.group for category in taxonomy().categories}
    severe = (kept["severity"].astype("Int64") >= rules.hit_severity).fillna(value=False).astype(bool)
    return pd.DataFrame(
        {
            "area_code": kept["area_code"].fillna(""),
            "group_code": kept["category_code"].map(groups),
            "occurred_on": kept["occurred_on"],
            "event_count": kept["incident_count"],
            "grave": severe & kept["verification"].isin(VERIFIED),
        }
    ).reset_index(drop=True)


def least_elevated(expected: ArrayLike, rules: ForecastRules) -> Whole:
    """Find the fewest events that make a window elevated, given what was expected of it.

    The smallest count whose Poisson upper tail is at most `hit_probability`, and never less than `hit_count`. The
    expectation frozen with an alert has no dispersion; where areas vary more than Poisson, usual windows are
    elevated more often than the rule says, which is why a scorecard shows beside its hits how often areas without
    an alert were elevated.
    """
    count: Whole = quantile(1 - rules.hit_probability, np.asarray(expected, dtype=float), np.inf) + 1
    return np.maximum(count, rules.hit_count)


def grade_alerts(alerts: pd.DataFrame, events: pd.DataFrame, *, as_of: date, rules: ForecastRules) -> pd.DataFrame:
    """Grade alerts by the events of the days after them.

    Right: within `hit_days` after the day of the alert its area and group had an elevated window (see
    `least_elevated`: the events of those days against the expectation of the alert, brought to as many days), or a
    grave event. False: neither, and `settle_days` have passed since. Not yet due: neither so far. Alerts by the event
    rule state what has happened, and a trend of the whole region is no alert: neither is graded.

    Returns the alerts with outcome (`RIGHT`, `FALSE`, `PENDING`, `STATED`), cause (`GRAVE` or `ELEVATED`, whichever
    came first, grave on a tie; "" otherwise) and lead_days (from the alert to the event that made it right; missing
    otherwise). A window is elevated on the day of the event that completes its count.

    `alerts`: columns alert_id, area_code (missing: the region), group_code, tier, day (date), daily_expected.
    `events`: as from `events_of`, known on `as_of`.
    """
    grades = [_grade(alert, events, as_of, rules) for alert in records(alerts, RaisedAlert)]
    outcome, cause, lead = zip(*grades, strict=True) if grades else ((), (), ())
    return alerts.assign(
        outcome=pd.Series(outcome, index=alerts.index, dtype=object),
        cause=pd.Series(cause, index=alerts.index, dtype=object),
        lead_days=pd.Series(lead, index=alerts.index, dtype="float64"),
    )


def missed_events(
    alerts: pd.DataFrame, events: pd.DataFrame, *, start: date, end: date, rules: ForecastRules
) -> pd.DataFrame:
    """List the grave events of a period, each with whether an alert had warned of it.

    Warned: an alert of the area, of the event's group or of all categories, in the `hit_days` before its day; the
    event rule warns of nothing. Events whose area is not known cannot be judged and are left out.

    Columns: area_code, group_code, occurred_on (datetime64), event_count, warned; the oldest first.
    """
    days = events["occurred_on"].dt.date
    grave = events[events["grave"] & (events["area_code"] != "") & (days >= start) & (days <= end)]
    warning = alerts[(alerts["tier"] != EVENT) & alerts["area_code"].notna()]
    told: dict[tuple[str, str], list[date]] = {}
    for area, group, day in zip(warning["area_code"], warning["group_code"], warning["day"], strict=True):
        told.setdefault((area, group), []).append(day)
    warned = [
        any(
            1 <= (occurred_on.date() - day).days <= rules.hit_days
            for group in (own_group, ALL)
            for day in told.get((area, group), ())
        )
        for area, own_group, occurred_on in zip(
            grave["area_code"], grave["group_code"], grave["occurred_on"], strict=True
        )
    ]
    columns = ["area_code", "group_code", "occurred_on", "event_count"]
    told_of: pd.DataFrame = grave[columns].assign(warned=pd.Series(warned, index=grave.index, dtype=bool))
    return told_of.sort_values(["occurred_on", "area_code"], ignore_index=True)


def tally(graded: pd.DataFrame) -> Tally:
    """Count graded alerts."""
    number = graded["outcome"].value_counts()
    lead = graded["lead_days"].median()
    right, false, pending, stated = (int(number.get(name, 0)) for name in (RIGHT, FALSE, PENDING, STATED))
    return Tally(right, false, pending, stated, median_lead_days=None if np.isnan(lead) else float(lead))


def frozen_alerts(lake: Lake, region_code: str, *, as_of: date) -> pd.DataFrame:
    """List the alerts that were issued about days until `as_of`, once each, by their first issue in time.

    Columns: alert_id, area_code, group_code, tier (the highest issued), day (that the first issue is about),
    daily_expected, late (every issue of it was worked out again for a past day).
    """
    issues = issued(lake, region_code, ALERT)
    issues = issues[issues["as_of"] <= as_of]
    told = issues[["issue_id", "as_of"]].assign(late=is_late(issues))
    rows = frozen_rows(lake, region_code, ALERT).merge(told, on="issue_id")
    rows = rows.sort_values(["late", "as_of", "issue_id"], kind="stable")
    rows = rows.assign(rank=rows["tier"].map(TIERS.index), daily_expected=rows["expected"] / rows["window_days"])
    first = rows.drop_duplicates("alert_id")
    highest = rows.groupby("alert_id")["rank"].min()
    tiers = [TIERS[rank] for rank in first["alert_id"].map(highest)]
    named = first.assign(tier=tiers).rename(columns={"as_of": "day"})
    place = named["area_code"].astype(object).where(named["area_code"].notna(), None)
    named = named.assign(area_code=place, tier=list(map(read_tier, place, named["tier"])))
    columns = ["alert_id", "area_code", "group_code", "tier", "day", "daily_expected", "late"]
    return named[columns].sort_values(["day", "alert_id"], ignore_index=True)


def _grade(alert: RaisedAlert, events: pd.DataFrame, as_of: date, rules: ForecastRules) -> tuple[str, str, float]:
    if alert.tier in {EVENT, TREND}:
        return STATED, "", np.nan
    age = (events["occurred_on"] - pd.Timestamp(alert.day)).dt.days.to_numpy()
    after = (age >= 1) & (age <= rules.hit_days)
    after &= (events["area_code"] == alert.area_code).to_numpy()
    if alert.group_code != ALL:
        after &= (events["group_code"] == alert.group_code).to_numpy()
    own = np.flatnonzero(after)[np.argsort(age[after], kind="stable")]
    enough = events["event_count"].to_numpy()[own].cumsum() >= least_elevated(
        alert.daily_expected * rules.hit_days, rules
    )
    grave = events["grave"].to_numpy(dtype=bool)[own]
    elevated, severe = (np.min(age[own[chosen]].astype(float), initial=np.inf) for chosen in (enough, grave))
    leads = np.array([severe, elevated])
    if np.isfinite(leads).any():
        first = int(np.argmin(leads))
        return RIGHT, (GRAVE, ELEVATED)[first], float(leads[first])
    due = alert.day + timedelta(days=rules.hit_days + rules.settle_days)
    return (FALSE if as_of >= due else PENDING), "", np.nan
