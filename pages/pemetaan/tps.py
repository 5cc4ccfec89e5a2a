"""TPS: which polling stations need watching, which need service, and which nobody has checked."""

import streamlit as st

from lib.texts import stations as t
from lib.texts.stations import STATIONS_TITLE
from lib.ui.frame.filters import filter_bar
from lib.ui.frame.heading import heading
from lib.ui.load import stations as load_stations
from lib.ui.mapping import stations as station_view

filters = filter_bar()
heading(STATIONS_TITLE, filters)
scheme, value = station_view.choices(filters)
found = load_stations.station_risk(filters, scheme.code)
if found.stations.empty:
    st.info(t.NO_STATIONS if filters.election_code else t.NO_ELECTION)
    st.stop()

station_view.figures(found)
left, right = st.columns((7, 3), gap="medium")
with left:
    station_view.station_map(found, value)
with right:
    station_view.legend(found, value)

station_view.downloads(found)
station_view.highest(found)
station_view.all_stations(found)
station_view.districts(found)
station_view.detail(found)
station_view.about(found)
