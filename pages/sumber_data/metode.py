"""Metode: why an area is red, what people chose, who would move under other choices, and the limits."""

import streamlit as st

from lib.texts.warnings import METHOD_TITLE
from lib.ui import load, method_view
from lib.ui.filters import filter_bar
from lib.ui.heading import heading

filters = filter_bar()
assessment = load.assessment(filters)

heading(METHOD_TITLE, filters)
method_view.example(assessment)
method_view.parts(assessment.weights)
method_view.limits()
method_view.choices(assessment)
st.divider()
method_view.editor(filters)
method_view.shifts(assessment)
