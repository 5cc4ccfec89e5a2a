"""Catat: reports that come in without a file."""

import streamlit as st

from lib.texts import entry as t
from lib.texts import pages
from lib.ui.frame.guard import ready_region
from lib.ui.frame.theme import band
from lib.ui.load import store as load
from lib.ui.sources import entry as entry_view
from lib.ui.sources import imports as import_view
from lib.ui.sources import meetings as meeting_view
from lib.ui.sources import pasted as pasted_view

band(pages.band(simulated=import_view.is_simulated()))
st.title(t.ENTRY_TITLE)
region = ready_region(load.snapshot())
typed, pasted, nothing, meetings = st.tabs((t.TAB_TYPED, t.TAB_PASTED, t.TAB_NIL, t.TAB_MEETINGS))
with typed:
    entry_view.typed_incident(region)
with pasted:
    pasted_view.pasted_text(region)
with nothing:
    entry_view.nil_report(region)
with meetings:
    meeting_view.meeting_notes(region)
