"""Catat: reports that come in without a file."""

import streamlit as st

from lib.texts import entry as t
from lib.ui.frame.guard import ready_region
from lib.ui.frame.heading import classification
from lib.ui.load import store as load
from lib.ui.sources import entry as entry_view
from lib.ui.sources import meetings as meeting_view
from lib.ui.sources import pasted as pasted_view

region = ready_region(load.snapshot())
classification(region, load.state(load.snapshot(), region.code))
st.title(t.ENTRY_TITLE)
typed, pasted, nothing, meetings = st.tabs((t.TAB_TYPED, t.TAB_PASTED, t.TAB_NIL, t.TAB_MEETINGS))
with typed:
    entry_view.typed_incident(region)
with pasted:
    pasted_view.pasted_text(region)
with nothing:
    entry_view.nil_report(region)
with meetings:
    meeting_view.meeting_notes(region)
