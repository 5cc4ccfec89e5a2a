"""Batas: what changes between two boundary sets of the region, and what moves with them."""

import streamlit as st

from lib.texts import boundary_sets as words
from lib.ui.frame.guard import ready_region
from lib.ui.frame.heading import classification
from lib.ui.frame.plain_text import plain
from lib.ui.load import store as load
from lib.ui.sources import boundary_sets as vintage_view

snapshot = load.snapshot()
region = ready_region(snapshot)
classification(region, load.state(snapshot, region.code))
st.title(f"{words.TITLE} · {plain(region.name)}")
found = vintage_view.choose(region)
if found is None:
    st.stop()
vintage_view.summary(found, region)
left, right = st.columns((2, 3), gap="medium")
with left:
    vintage_view.outlines(found)
with right:
    vintage_view.changes(found, region)
vintage_view.moved(found)
