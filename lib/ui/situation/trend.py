"""Incidents over time: what the bars are made of, which stands in the address, and the chart itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib.output.charts import Series, alternative_text, time_chart
from lib.texts import pages as t
from lib.ui.frame.choice import choice
from lib.ui.load import store as load

if TYPE_CHECKING:
    from lib.filters import Filters


def step_days() -> int:
    """Ask for weekly or daily bars."""
    return choice(t.TREND_STEP, {t.STEP_WEEK: 7, t.STEP_DAY: 1}, key="langkah")


def breakdown() -> str:
    """Ask what the bars are broken down by: the column family or district_code."""
    return choice(t.TREND_BY, {t.BY_FAMILY: "family", t.BY_DISTRICT: "district_code"}, key="rincian")


def incident_chart(
    filters: Filters, series: tuple[Series, ...], *, by: str, step_days: int, height: int, key: str
) -> None:
    """Draw the incidents of a question over time, broken down by a column; the last bars may still grow."""
    counts = load.daily_counts(filters)
    election = load.election(filters)
    incomplete_days = load.incomplete_days(filters)
    chart = time_chart(counts, filters, election, series, by=by, step_days=step_days, incomplete_days=incomplete_days)
    words = alternative_text(counts, filters)
    st.plotly_chart(chart, height=height, config={"displayModeBar": False}, alt=words, key=key)
    st.caption(t.CHART_INCOMPLETE)
