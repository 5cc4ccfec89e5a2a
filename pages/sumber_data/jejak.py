"""Jejak: who came in, who was refused, who looked at reports and who took a file away."""

import streamlit as st

from lib.texts import trail as t
from lib.ui.frame.heading import classification
from lib.ui.sources import trail as trail_view

classification(None, None)
st.title(t.TRAIL_TITLE)
st.markdown(t.LEAD)
trail_view.chain()
trail_view.lines()
