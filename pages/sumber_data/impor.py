"""Impor: take files in, see where each line went, mend what waits in quarantine."""

import streamlit as st

from lib.texts import pages as t
from lib.ui.frame.theme import band
from lib.ui.sources import import_steps
from lib.ui.sources import imports as import_view

band(t.band(simulated=import_view.is_simulated()))
st.title(t.IMPORT_TITLE)
region = import_view.active_region()
import_steps.upload(region)
st.divider()
import_view.history(region)
import_view.quarantine(region)
