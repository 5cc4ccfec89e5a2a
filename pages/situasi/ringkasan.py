"""Ringkasan: how the region stands today, what moved, where to look first."""

import streamlit as st

from lib.output.charts import alternative_text, family_series, time_chart
from lib.texts import pages as t
from lib.ui.frame.filters import filter_bar
from lib.ui.frame.heading import heading
from lib.ui.load import store as load
from lib.ui.situation import cards

filters = filter_bar()
assessment = load.assessment(filters)

heading(t.SUMMARY_TITLE, filters)
if assessment.ranked.empty:
    st.info(t.NO_INCIDENTS)
    st.stop()

cards.alerts(assessment)
cards.figures(assessment)
left, right = st.columns((5, 3), gap="medium")
with left:
    cards.top_five(assessment)
with right:
    cards.stages(cards.election_of(assessment), filters.end)

st.subheader(t.TIME_HEAD)
counts = load.daily_counts(filters)
chart = time_chart(
    counts,
    filters,
    cards.election_of(assessment),
    family_series(),
    by="family",
    step_days=7,
    incomplete_days=load.incomplete_days(filters),
)
st.plotly_chart(
    chart, height=360, config={"displayModeBar": False}, alt=alternative_text(counts, filters), key="ringkasan-chart"
)
st.caption(t.CHART_INCOMPLETE)
cards.vintage(assessment)
