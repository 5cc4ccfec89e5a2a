"""Usulan: what waits for a second person, and what was decided."""

import streamlit as st

from lib.texts import proposals as t
from lib.ui.frame.guard import ready_region
from lib.ui.frame.heading import classification
from lib.ui.load import store as load
from lib.ui.sources import proposals as proposal_view

region = ready_region(load.snapshot())
classification(region, load.state(load.snapshot(), region.code))
st.title(f"{t.TITLE} · {region.name}")
proposal_view.introduction(region)
proposal_view.waiting(region)
proposal_view.decided(region)
