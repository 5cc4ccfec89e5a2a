"""Titik panas: where more happens than chance would put there, since when, and how sure that is."""

import streamlit as st

from lib.texts.hotspots import HOTSPOTS_TITLE
from lib.texts.questions import question
from lib.ui.frame.filters import filter_bar
from lib.ui.frame.heading import heading
from lib.ui.load import hotspots as load_hotspots
from lib.ui.mapping import hotspots as hotspot_view

filters = filter_bar()
head = st.container()
days, layers = hotspot_view.choices(filters)
with head:
    asked = hotspot_view.in_window(filters, days)
    heading(HOTSPOTS_TITLE, asked, asked=question(asked, scored=False))

found = load_hotspots.hotspots(filters, days)
hotspot_view.summary(found)
left, right = st.columns((7, 3), gap="medium")
with left:
    hotspot_view.hotspot_map(found, layers)
with right:
    hotspot_view.legend(found, layers)

hotspot_view.hot_areas(found)
hotspot_view.cluster(found)
hotspot_view.table(found)
hotspot_view.method(found)
