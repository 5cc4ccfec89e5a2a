"""Ringkasan: how the region stands today, what moved, where to look first."""

import streamlit as st

from lib.output.charts import family_series
from lib.texts import pages as t
from lib.ui.frame.filters import filter_bar
from lib.ui.frame.heading import heading
from lib.ui.load import store as load
from lib.ui.situation import cards
from lib.ui.situation.trend import incident_chart

filters = filter_bar()
assessment = load.assessment(filters)

heading(t.SUMMARY_TITLE, filters)
if assessment.ranked.empty and not assessment.state.incident_count:
    st.info(t.NO_INCIDENTS)
    st.stop()

cards.alerts(assessment)
cards.figures(assessment)
left, right = st.columns((5, 3), gap="medium")
with left:
    cards.top_five(assessment)
with right:
    cards.stages(assessment.election, filters.end)

st.subheader(t.TIME_HEAD)
incident_chart(filters, family_series(), by="family", step_days=7, height=360, key="ringkasan-chart")
cards.message(assessment)
cards.vintage(assessment)
