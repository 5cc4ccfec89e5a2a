"""Catat: reports that come in without a file."""

import streamlit as st

from lib.texts import entry as t
from lib.texts import pages
from lib.ui import entry_view, import_view, load, meeting_view
from lib.ui.guard import ready_region
from lib.ui.theme import band

band(pages.band(simulated=import_view.is_simulated()))
st.title(t.ENTRY_TITLE)
region = ready_region(load.snapshot())
typed, pasted, nothing, meetings = st.tabs((t.TAB_TYPED, t.TAB_PASTED, t.TAB_NIL, t.TAB_MEETINGS))
with typed:
    entry_view.typed_incident(region)
with pasted:
    entry_view.pasted_text(region)
with nothing:
    entry_view.nil_report(region)
with meetings:
    meeting_view.meeting_notes(region)
