"""The folium map, drawn in the browser without any other host, and the legend beside it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import folium
import numpy as np
import streamlit as st
from folium.raster_layers import ImageOverlay

from geo.density import warp_to_degrees
from lib.indonesian import points, whole
from lib.output.classes import class_of, legend_rows
from lib.output.hatching import svg_patterns, swatch
from lib.output.layer_names import DENSITY, INCIDENTS, STATIONS
from lib.output.map_layers import density_picture
from lib.records import AreaRow, records
from lib.region.measure import utm_epsg
from lib.rules.regions import region_profile
from lib.texts import pages as t
from lib.texts.questions import unit_word
from lib.ui.frame.canvas import INK, POPUP_HEIGHT, POPUP_WIDTH, empty_map, show_map
from lib.ui.load import store as load

if TYPE_CHECKING:
    from lib.score.answers import Assessment


def layer_switches() -> tuple[str, ...]:
    """Ask which layers lie over the areas; the choice stands in the address."""
    names = {name: code for code, name in t.LAYER_NAMES.items()}
    chosen = st.pills(t.LAYERS, list(names), selection_mode="multi", key="lapisan", bind="query-params")
    return tuple(sorted(names[name] for name in chosen))


@st.fragment
def risk_map(assessment: Assessment, layers: tuple[str, ...]) -> None:
    """Draw the map; moving it, hovering and clicking never run the page again.

    What changes with the question travels as layers, so the view stays where the user moved it.
    """
    areas = assessment.areas[assessment.areas.geometry.notna()]
    drawn = empty_map(areas.total_bounds, patterns=svg_patterns(), overlay=DENSITY)
    groups = [_areas(assessment)]
    if DENSITY in layers:
        groups.append(_density(assessment))
    if STATIONS in layers:
        groups.append(_marks(t.LEGEND_STATION, load.station_layer(assessment.filters), 2.6, "#ffffff"))
    if INCIDENTS in layers:
        groups.append(_marks(t.LEGEND_INCIDENT, load.incident_layer(assessment.filters), 3.4, INK))
    show_map(drawn, groups, key=f"peta-{assessment.filters.region_code}")


def legend(assessment: Assessment, layers: tuple[str, ...]) -> None:
    """Draw the legend: classes with their ranges and counts, then the layers that are switched on."""
    filters = assessment.filters
    region = region_profile(filters.region_code)
    counts = assessment.areas["class_index"].value_counts()
    unit = unit_word(region)
    rows = "".join(
        f"<tr><td>{swatch(risk)}</td><td>{risk.name}<small>{scores}</small></td>"
        f"<td>{whole(int(counts.get(risk.index, 0)))}</td></tr>"
        for risk, scores in legend_rows(assessment.weights.class_cuts)
    )
    html = f'<table class="petadini-legend"><caption>{t.LEGEND_HEAD}</caption>{rows}</table>'
    if STATIONS in layers:
        html += f'<p class="petadini-key"><i class="station"></i>{t.LEGEND_STATION}</p>'
    if INCIDENTS in layers:
        html += f'<p class="petadini-key"><i class="incident"></i>{t.LEGEND_INCIDENT}</p>'
    if DENSITY in layers:
        html += f'<p class="petadini-key"><i class="density"></i>{t.density_key(region.density_bandwidth_m)}</p>'
    without = assessment.areas.loc[assessment.areas.geometry.isna(), "area_name"]
    if len(without):
        html += f'<p class="petadini-note">{escape(t.without_polygon(list(without), unit))}</p>'
    st.html(html + f'<p class="petadini-note">{t.SILENCE}</p>')


def top_list(assessment: Assessment, count: int) -> None:
    """Draw the highest areas with score, class colour and kecamatan."""
    rows = "".join(
        f'<li><b style="background:{class_of(row.class_index).colour};'
        f'color:{class_of(row.class_index).text_colour}">{points(row.score)}</b>'
        f"<span>{escape(row.area_name)}<small>{escape(row.district_name)}</small></span></li>"
        for row in records(assessment.ranked.head(count), AreaRow)
    )
    st.html(f'<ol class="petadini-top">{rows}</ol>')


def _areas(assessment: Assessment) -> folium.FeatureGroup:
    group = folium.FeatureGroup("kelurahan")
    folium.GeoJson(
        load.area_layer(assessment.filters),
        style_function=_area_style,
        highlight_function=lambda _: {"weight": 3, "color": INK},
        tooltip=folium.GeoJsonTooltip(["hover"], labels=False, sticky=True),
        popup=folium.GeoJsonPopup(["detail"], labels=False, max_width=POPUP_WIDTH, max_height=POPUP_HEIGHT),
    ).add_to(group)
    folium.GeoJson(
        load.district_layer(assessment.filters),
        style_function=lambda _: {"color": INK, "weight": 1.4, "opacity": 0.75, "interactive": False},
        interactive=False,
    ).add_to(group)
    return group


def _area_style(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature["properties"]
    return {
        "fillColor": properties["fill"],
        "fillOpacity": 1,
        "color": "#ffffff",
        "weight": 1.2,
        "className": properties["css_class"],
    }


def _marks(name: str, layer: dict[str, Any], radius: float, fill: str) -> folium.FeatureGroup:
    group = folium.FeatureGroup(name)
    if layer["features"]:
        folium.GeoJson(
            layer,
            marker=folium.CircleMarker(radius=radius),
            style_function=lambda _: {
                "fill": True,
                "fillColor": fill,
                "fillOpacity": 0.9,
                "color": INK if fill != INK else "#ffffff",
                "weight": 0.8,
            },
            tooltip=folium.GeoJsonTooltip(["hover"], labels=False),
        ).add_to(group)
    return group


def _density(assessment: Assessment) -> folium.FeatureGroup:
    group = folium.FeatureGroup(t.LAYER_NAMES[DENSITY])
    surface = load.density(assessment.filters)
    if surface is not None:
        region = region_profile(assessment.filters.region_code)
        grid, (south, west, north, east) = warp_to_degrees(surface, utm_epsg(region, assessment.areas))
        picture = density_picture(np.asarray(grid))
        ImageOverlay(picture, bounds=[[south, west], [north, east]], opacity=1, pane=DENSITY).add_to(group)
    return group
