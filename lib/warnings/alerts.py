"""The alerts of a day: which areas and groups had more incidents than chance makes likely."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.store import queries
from data.store.states import VERIFIED
from lib.analysis.alerts import area_exceedance, false_discoveries, region_exceedance
from lib.analysis.panel import weekly_counts
from lib.filters import window_start
from lib.records import Alarm, FoundAlert, TrendRow, columns_of, records
from lib.region.areas import load_areas
from lib.region.panels import ALL, PANEL_DAYS, panels_of
from lib.reports.support import supported_areas
from lib.rules.alerts import alert_rules
from lib.rules.judged import NATIONAL
from lib.rules.taxonomy import taxonomy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from data.store.lake import Lake
    from lib.analysis.alerts import Exceedance, Method
    from lib.analysis.panel import Floats, Panel
    from lib.region.panels import Panels
    from lib.rules.alerts import AlertRules

SIAGA, WASPADA, EVENT, TREND = "siaga", "waspada", "kejadian", "tren"
# In the order in which people must see them. TREND is what the whole region's rows of issues made until 2026-11 are
# read as, whatever tier they were frozen with.
TIERS = (EVENT, SIAGA, WASPADA, TREND)
METHOD = "eb-gamma-poisson-3"
REGION = "wilayah"
COLUMNS = columns_of(FoundAlert)
TREND_COLUMNS = columns_of(TrendRow)
RUMOURED_COLUMNS = ["area_code", "group_code"]


@dataclass(frozen=True, slots=True, eq=False)
class AlertDay:
    """The alerts of one day, and what they were found among."""

    alerts: pd.DataFrame  # as `find_alerts` returns them
    as_of: date
    # Whole weeks that the day is compared with; `enough_history` tells whether the rules are content.
    baseline_weeks: int
    enough_history: bool
    tested_count: int  # series tested: areas times groups, the region's own series not counted
    last_reported_on: date | None = None  # day of the newest report; None where no event is known
    # The region as a whole, a row for each group that could be tested, in their order: the window that stands out
    # most, what was counted in it and what is usual, and whether it is `raised` (below the probability of *waspada*).
    # Under mere growth that holds in almost every week, so a trend is no alert: it is not issued and not answered.
    trends: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=TREND_COLUMNS))
    # area_code, group_code of the *waspada* that would be *siaga* if anything stood behind their reports
    rumoured: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=RUMOURED_COLUMNS))


@dataclass(frozen=True, slots=True)
class _Siaga:
    index: int
    area_code: str
    group_code: str
    window_days: int


def find_alerts(panels: Panels, rows: pd.DataFrame | None = None, rules: AlertRules | None = None) -> pd.DataFrame:
    """List the alerts of a day; see `alerts_of_day`.

    Events first, then *siaga*, then *waspada*, the least probable first. Columns: alert_key (area or ``wilayah``,
    group and first day), area_code (None: an event whose area is not known), group_code, tier (the highest that
    applies),
    window_days, observed, expected, probability (both NaN for an event), first_on (the day; of an event the day it
    happened).
    """
    return alerts_of_day(panels, rows, rules).alerts


def alerts_of_day(panels: Panels, rows: pd.DataFrame | None = None, rules: AlertRules | None = None) -> AlertDay:
    """Compare the newest weeks of every area and group with the weeks before.

    Statistics as in `lib.analysis.alerts.area_exceedance`. *Siaga* are the series that Benjamini and Hochberg's
    procedure chooses among all areas and groups of the day, *waspada* the others below the nominal probability;
    what is siaga lies below it too. The region's own series, one for each group, are no alerts but `AlertDay.trends`.

    Reports that nobody has checked and one source alone brought make no area *siaga*: without one verified event or
    several sources in its window it stays *waspada* (`lib.reports.support.supported_areas`).

    A verified incident of the highest severity is an alert whatever the statistics say. `rows`: columns of
    `data.store.queries.incident_panel`, for the events and for who stands behind the reports; without them there
    are no events, and no *siaga* is doubted. `rules`: by default the national
    ones.
    """
    chosen = rules or alert_rules(NATIONAL)
    method = chosen.method
    found = {code: _judge(panel, method) for code, panel in panels.groups.items()}
    areas = np.stack([area.probability for area, _ in found.values()])
    siaga = _siaga(areas, chosen)
    parts = [_events(rows, panels, chosen)]
    parts += [
        _alerts(area, siaga[number], panels.area_codes, code, chosen)
        for number, (code, (area, _)) in enumerate(found.items())
    ]
    alerts, rumoured = _without_rumours(pd.concat(parts, ignore_index=True), rows, panels, chosen)
    baseline = max(area.baseline for area, _ in found.values())
    return AlertDay(
        alerts=_in_order(alerts, panels.as_of),
        as_of=panels.as_of,
        baseline_weeks=baseline,
        enough_history=baseline >= method.least_baseline,
        tested_count=int((~np.isnan(areas)).sum()),
        rumoured=rumoured,
        last_reported_on=panels.last_reported_on,
        trends=_trends({code: whole for code, (_, whole) in found.items()}, chosen),
    )


def read_tier(area_code: str | None, tier: str) -> str:
    """Give the tier of a stored row its meaning of today: a region's own is a trend, whatever it was called then."""
    return TREND if area_code is None and tier != EVENT else tier


def places(alerts: pd.DataFrame) -> dict[str, int]:
    """Count the places of alerts by tier, each tier as often as there are areas with such an alert; 0 left out.

    A place with *siaga* is not counted again for *waspada*. Events whose area is not known are one place. What the
    region as a whole does is no place. `alerts`: columns area_code and tier.
    """
    found = {
        tier: set(alerts.loc[alerts["tier"] == tier, "area_code"].fillna("")) for tier in (EVENT, SIAGA, WASPADA)
    }
    found[WASPADA] -= found[SIAGA]
    return {tier: len(of_tier) for tier, of_tier in found.items() if of_tier}


def load_alerts(lake: Lake, region_code: str, *, as_of: date) -> AlertDay:
    """Work out the alerts of a day under the rules of the region, as it is known in a state of the store.

    Raises `RegionError` ``no_areas`` when no boundary set was imported for the region.
    """
    codes = load_areas(lake, region_code, simplified=True)["area_code"]
    rows = queries.incident_panel(lake, region_code, as_of=as_of, start=window_start(as_of, PANEL_DAYS))
    return alerts_of_day(panels_of(rows, codes, as_of=as_of), rows, alert_rules(region_code))


def _judge(panel: Panel, method: Method) -> tuple[Exceedance, Exceedance]:
    """Judge the areas of a group, and the region as one series."""
    weekly = weekly_counts(panel, min(panel.day_count // 7, method.weeks))
    return area_exceedance(weekly, method), region_exceedance(weekly.sum(axis=0, keepdims=True), method)


def _siaga(probability: Floats, rules: AlertRules) -> np.ndarray:
    chosen = false_discoveries(probability, rules.siaga_false_share)
    return chosen & (probability < rules.waspada_probability)


def _alerts(
    found: Exceedance, siaga: np.ndarray, codes: tuple[str, ...], group_code: str, rules: AlertRules
) -> pd.DataFrame:
    some = np.flatnonzero(found.probability < rules.waspada_probability)
    return pd.DataFrame(
        {
            "area_code": pd.Series([codes[number] for number in some], dtype=object),
            "group_code": group_code,
            "tier": np.where(siaga[some], SIAGA, WASPADA),
            "window_days": 7 * found.window[some],
            "observed": found.observed[some],
            "expected": found.expected[some],
            "probability": found.probability[some],
        }
    )


def _without_rumours(
    alerts: pd.DataFrame, rows: pd.DataFrame | None, panels: Panels, rules: AlertRules
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make *waspada* of the areas' *siaga* that nothing stands behind; also name those."""
    area_siaga = alerts[(alerts["tier"] == SIAGA) & alerts["area_code"].notna()]
    groups = {category.code: category.group for category in taxonomy().categories}
    day = pd.Timestamp(panels.as_of)
    alone = []
    if rows is not None:
        known = rows[(rows["reported_on"] <= day) & (rows["occurred_on"] <= day)]
        for row in records(area_siaga.reset_index(), _Siaga):
            own = known[known["area_code"] == row.area_code]
            own = own[own["occurred_on"] > day - timedelta(days=int(row.window_days))]
            if row.group_code != ALL:
                own = own[own["category_code"].map(groups) == row.group_code]
            if not supported_areas(own, least_sources=rules.siaga_sources):
                alone.append(row.index)
    rumoured = alerts.loc[alone, RUMOURED_COLUMNS].reset_index(drop=True)
    alerts.loc[alone, "tier"] = WASPADA
    return alerts, rumoured


def _trends(found: Mapping[str, Exceedance], rules: AlertRules) -> pd.DataFrame:
    tested = {code: whole for code, whole in found.items() if whole.window[0]}
    return pd.DataFrame(
        [
            TrendRow(
                group_code=code,
                window_days=7 * int(whole.window[0]),
                observed=int(whole.observed[0]),
                expected=float(whole.expected[0]),
                raised=bool(whole.probability[0] < rules.waspada_probability),
            )
            for code, whole in tested.items()
        ],
        columns=TREND_COLUMNS,
    )


def _events(rows: pd.DataFrame | None, panels: Panels, rules: AlertRules) -> pd.DataFrame:
    """List the verified incidents of the highest severity, one alert for each area, group and day."""
    groups = {category.code: category.group for category in taxonomy().categories}
    empty = pd.DataFrame(columns=columns_of(Alarm))
    if rows is None or rows.empty:
        return empty
    as_of = pd.Timestamp(panels.as_of)

    def within(column: str, days: int) -> pd.Series[bool]:
        return (rows[column] > as_of - timedelta(days=days)) & (rows[column] <= as_of)

    late = within("reported_on", rules.event_days) & within("occurred_on", rules.event_late_days)
    grave = (
        rows["verification"].isin(VERIFIED)
        & (rows["severity"].astype("Int64") >= rules.event_severity).fillna(value=False)
        & (rows["reported_on"] <= as_of)
        & (within("occurred_on", rules.event_days) | late)
    )
    if not grave.any():
        return empty
    kept = rows[grave]
    known = kept["area_code"].where(kept["area_code"].isin(panels.area_codes))
    counted = (
        pd.DataFrame(
            {
                "area_code": known.fillna(""),
                "group_code": kept["category_code"].map(groups),
                "first_on": kept["occurred_on"].dt.date,
                "observed": kept["incident_count"],
            }
        )
        .groupby(["area_code", "group_code", "first_on"], as_index=False)["observed"]
        .sum()
    )
    place = counted["area_code"].astype(object).where(counted["area_code"] != "", None)
    days = [(panels.as_of - day).days + 1 for day in counted["first_on"]]
    events: pd.DataFrame = counted.assign(
        area_code=place, tier=EVENT, window_days=days, expected=np.nan, probability=np.nan
    )
    return events


def _in_order(alerts: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Name the alerts and sort them; places and groups break ties, so that no order of areas shows."""
    first = alerts["first_on"] if "first_on" in alerts else pd.Series(index=alerts.index, dtype=object)
    alerts = alerts.assign(first_on=[as_of if pd.isna(day) else day for day in first])
    alerts["alert_key"] = [
        alert_key(area, group, day, event=tier == EVENT)
        for area, group, day, tier in zip(
            alerts["area_code"], alerts["group_code"], alerts["first_on"], alerts["tier"], strict=True
        )
    ]
    rank = alerts["tier"].map(TIERS.index)
    order = alerts.assign(rank=rank).sort_values(["rank", "probability", "alert_key"], kind="stable").index
    types = {"window_days": "int64", "observed": "int64", "expected": "float64", "probability": "float64"}
    ordered: pd.DataFrame = alerts.loc[order, COLUMNS].astype(types).reset_index(drop=True)
    return ordered


def alert_key(area_code: str | None, group_code: str, first_on: date, *, event: bool) -> str:
    """Name an alert by its place, its group and its first day; events have names of their own."""
    kind = f"{group_code}-{EVENT}" if event else group_code
    return f"{area_code or REGION}/{kind}/{first_on.isoformat()}"
