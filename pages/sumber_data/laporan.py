"""Laporan: judge reports, decide which tell of one event, see who decided what."""

import streamlit as st

from lib.texts import reports as t
from lib.ui.frame.filters import filter_bar
from lib.ui.frame.heading import heading
from lib.ui.sources import events as event_view
from lib.ui.sources import reports as report_view

filters = filter_bar()

heading(t.TITLE, filters)
report_view.message()
verification, pairs, history = st.tabs((t.TAB_VERIFICATION, t.TAB_PAIRS, t.TAB_HISTORY))
with verification:
    report_view.verification(filters)
with pairs:
    event_view.pairs(filters)
with history:
    report_view.history(filters)
