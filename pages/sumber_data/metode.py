"""Metode: why an area is red, what people chose, who would move under other choices, and the limits."""

import streamlit as st

from lib.texts.method import METHOD_TITLE
from lib.ui.frame.filters import filter_bar
from lib.ui.frame.heading import heading
from lib.ui.load import store as load
from lib.ui.sources import method as method_view

filters = filter_bar()
assessment = load.assessment(filters)

heading(METHOD_TITLE, filters)
method_view.example(assessment)
method_view.parts(assessment.weights)
method_view.effects(assessment)
method_view.limits()
method_view.choices(assessment)
st.divider()
method_view.editor(filters)
method_view.shifts(assessment)
