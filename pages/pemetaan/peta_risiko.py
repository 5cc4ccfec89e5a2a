"""Peta risiko: where the level of risk is highest, and why."""

import streamlit as st

from lib.texts import pages as t
from lib.texts.questions import counted
from lib.ui.frame import downloads, tables
from lib.ui.frame.filters import filter_bar
from lib.ui.frame.heading import heading
from lib.ui.load import store as load
from lib.ui.mapping import risk_map as map_view

filters = filter_bar()
assessment = load.assessment(filters)

heading(t.MAP_TITLE, filters, scope=map_view.scope(assessment))
if assessment.ranked.empty and not assessment.state.incident_count:
    st.info(t.NO_INCIDENTS)

with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
    colouring = map_view.colour_choice()
    layers = map_view.layer_switches()
left, right = st.columns((7, 3), gap="medium")
with left:
    map_view.risk_map(assessment, layers, colouring)
    st.caption(f"{t.MAP_HINT} {counted(filters)}")
with right:
    map_view.legend(assessment, layers, colouring)
    map_view.top_list(assessment, 5)

downloads.map_downloads(filters, layers)
st.subheader(t.TABLE_HEAD)
tables.risk_table(assessment)
tables.area_detail(assessment)
