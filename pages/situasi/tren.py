"""Tren: how incidents move towards voting day, by category and kecamatan."""

import streamlit as st

from lib.output import charts
from lib.texts import pages as t
from lib.texts.questions import counted
from lib.ui.frame.filters import filter_bar
from lib.ui.frame.heading import heading
from lib.ui.load import store as load
from lib.ui.situation.trend import breakdown, incident_chart, step_days

filters = filter_bar()
counts = load.daily_counts(filters)
scheme = load.weights(filters.snapshot, filters.region_code)

heading(t.TREND_TITLE, filters)
if counts.empty:
    st.info(t.NO_INCIDENTS)
    st.stop()

st.subheader(t.TIME_HEAD)
with st.container(horizontal=True, gap="large"):
    step, by = step_days(), breakdown()
series = (
    charts.family_series()
    if by == "family"
    else charts.district_series(load.districts(filters.snapshot, filters.region_code))
)
incident_chart(filters, series, by=by, step_days=step, height=480, key=f"tren-{by}-{step}")

st.subheader(t.USUAL_HEAD)
st.markdown(charts.unusual_sentence(counts, filters, usual_weeks=scheme.usual_weeks))
usual = charts.usual_chart(counts, filters, usual_weeks=scheme.usual_weeks)
st.plotly_chart(usual, height=400, config={"displayModeBar": False}, key="tren-biasa")
st.caption(f"{t.WEEK_INCOMPLETE} {counted(filters)}")
