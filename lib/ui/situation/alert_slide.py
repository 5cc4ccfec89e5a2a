"""The slide of the alerts: the gravest places in words for a whole room, and what the next days may bring."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from lib.output.html import render
from lib.records import AlertRow, AreaName, TrendRow, records
from lib.region.panels import ALL, group_names
from lib.rules.forecasts import forecast_rules
from lib.rules.regions import region_profile
from lib.texts import alerts as t
from lib.texts import forecasts as t_forecasts
from lib.texts.questions import unit_word
from lib.ui.load import alerts as load_alerts
from lib.ui.load import forecasts as load_forecasts
from lib.ui.load import store as load
from lib.ui.situation import forecasts as forecast_view

if TYPE_CHECKING:
    from lib.filters import Filters

LISTED = 4
HORIZON_DAYS = 7


def lead(filters: Filters) -> str:
    """Count the alerts of the day and those that wait for an answer."""
    region = region_profile(filters.region_code)
    return t.slide_lead(*load_alerts.counted(filters), unit_word(region), region.kind)


def alerts(filters: Filters) -> None:
    """Draw the gravest alert of up to four places, and the forecast of the whole region under them.

    A place that rises in several groups is told once, with the number of its other alerts.
    """
    key = filters.snapshot, filters.region_code, filters.end
    found = load_alerts.today(filters)
    shown = found.drop_duplicates("area_code").head(LISTED)
    names = load.area_names(filters.snapshot, filters.region_code)
    areas = {row.area_code: row for row in records(names, AreaName)}
    region = region_profile(filters.region_code)
    counts = Counter(found["area_code"])
    rows = [
        (
            alert.tier,
            t.TIERS[alert.tier],
            _place(areas.get(alert.area_code or ""), alert.area_code, region.name),
            t.slide_state(alert, counts[alert.area_code] - 1),
            t.slide_line(alert, group_names().get(alert.group_code, t.NO_GROUP)),
        )
        for alert in records(shown, AlertRow)
    ]
    elsewhere = load_alerts.place_count(found) - len(shown)
    raised = [
        (group_names()[trend.group_code], trend)
        for trend in records(load_alerts.day(*key).trends, TrendRow)
        if trend.raised
    ]
    forecast, skill = _forecast(filters)
    st.html(
        render(
            "slide_alerts.html",
            alerts=rows,
            empty=t.none_now(
                load.assessment(filters).hearing,
                unit_word(region),
                enough_history=load_alerts.day(*key).enough_history,
            ),
            elsewhere=t.slide_elsewhere(elsewhere, unit_word(region)) if elsewhere else "",
            trend=t.slide_trend(raised, region.kind),
            forecast=forecast,
            skill=skill,
        )
    )


def _place(area: AreaName | None, area_code: str | None, region: str) -> str:
    return t.place(area.area_name, area.district_name, region) if area else t.place(area_code, None, region)


def _forecast(filters: Filters) -> tuple[str, str]:
    """Say what the next days may bring, and how good such sentences were; nothing of that where all is silent."""
    found = load_forecasts.forecasts(filters)
    if found.silent:
        return t_forecasts.silent(found.last_reported_on), ""
    choice = forecast_view.main_forecast(filters, ALL, HORIZON_DAYS)
    row = forecast_view.headline_row(found, choice)
    told = t_forecasts.slide_headline(
        HORIZON_DAYS,
        row.mean,
        row.low_80,
        row.high_80,
        kind=region_profile(filters.region_code).kind,
        wide=forecast_rules(filters.region_code).too_wide(row.low_80, row.high_80),
    )
    stopped = t_forecasts.stopped(found.last_reported_on, found.as_of)
    return told, f"{stopped[0].upper()}{stopped[1:]}" if stopped else choice.total_line
