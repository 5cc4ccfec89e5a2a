"""Impor: take files in, see where each line went, mend what waits in quarantine."""

import streamlit as st

from lib.texts import pages as t
from lib.ui.frame.heading import classification
from lib.ui.sources import import_steps
from lib.ui.sources import imports as import_view

region = import_view.active_region()
classification(region, import_view.state_of(region))
st.title(t.IMPORT_TITLE)
import_steps.upload(region)
st.divider()
import_view.history(region)
import_view.quarantine(region)
