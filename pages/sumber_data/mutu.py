"""Mutu data: who reports, who has fallen silent, how late reports come."""

from dataclasses import replace

import streamlit as st

from lib.texts import completeness as t
from lib.ui.frame.filters import filter_bar
from lib.ui.frame.heading import heading
from lib.ui.load import store as load
from lib.ui.sources import completeness as completeness_view

filters = filter_bar()
found = load.completeness(filters)

heading(t.TITLE, replace(filters.unfiltered(), district_codes=filters.district_codes))
st.caption(t.ALL_REPORTS)
completeness_view.figures(found)
completeness_view.matrix(found)
completeness_view.download(found, filters)
completeness_view.unusual_silences(found)
completeness_view.sources(found)
completeness_view.delays(found)
