"""A small map on which one point is chosen by a click."""

from typing import Any

import folium
import streamlit as st
from streamlit_folium import st_folium

from lib.texts import entry as t
from lib.ui.frame.canvas import empty_map
from lib.ui.load import store as load

HEIGHT = 380
ACCENT = "#0b5c7a"


def pick_point(region_code: str, *, key: str) -> tuple[float, float] | None:
    """Let the user click on a point; gives longitude and latitude, None before the first click."""
    outlines, bounds = load.outlines(load.snapshot(), region_code)
    drawn = empty_map(bounds)
    folium.GeoJson(
        outlines,
        style_function=lambda _: {"color": "#566472", "weight": 1, "fillColor": "#f4f7f9", "fillOpacity": 0.9},
        tooltip=folium.GeoJsonTooltip(["name"], labels=False, sticky=True),
    ).add_to(drawn)
    chosen: tuple[float, float] | None = st.session_state.get(f"{key}-nilai")
    marks = folium.FeatureGroup("titik")
    if chosen is not None:
        folium.CircleMarker(
            (chosen[1], chosen[0]), radius=7, color="#ffffff", weight=2, fill_color=ACCENT, fill_opacity=1
        ).add_to(marks)
    answer: dict[str, Any] = st_folium(
        drawn,
        key=key,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=["last_clicked"],
        feature_group_to_add=marks,
    )
    clicked = answer.get("last_clicked")
    if clicked:
        point = (round(clicked["lng"], 6), round(clicked["lat"], 6))
        if point != chosen:
            st.session_state[f"{key}-nilai"] = point
            st.rerun()
    if chosen is None:
        st.caption(t.CLICK_A_POINT)
    return chosen
