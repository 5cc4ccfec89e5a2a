"""What the maps draw alike: areas, outlines of kecamatan, lines, points, densities; and the legend beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
import numpy as np
import streamlit as st
from folium.raster_layers import ImageOverlay

from geo.density import warp_to_degrees
from lib.output.html import render
from lib.output.layer_names import DENSITY
from lib.output.map_layers import density_picture
from lib.ui.frame.canvas import INK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from geo.density import DensitySurface

POPUP_WIDTH, POPUP_HEIGHT = 340, 380
_DISTRICT = {"color": INK, "weight": 1.4, "opacity": 0.75, "interactive": False}


def areas(layer: dict[str, Any], *, line: str, weight: float) -> folium.FeatureGroup:
    """Draw areas in their own fill and hatch; `line` and `weight` are the colour and width of their outlines."""
    group = folium.FeatureGroup("kelurahan")
    folium.GeoJson(
        layer,
        style_function=lambda feature: {
            "fillColor": feature["properties"]["fill"],
            "fillOpacity": 1,
            "color": line,
            "weight": weight,
            "className": feature["properties"]["css_class"],
        },
        highlight_function=lambda _: {"weight": 3, "color": INK},
        tooltip=folium.GeoJsonTooltip(["hover"], labels=False, sticky=True),
        popup=_popup(),
    ).add_to(group)
    return group


def with_districts(group: folium.FeatureGroup, layer: dict[str, Any]) -> folium.FeatureGroup:
    """Draw the outlines of the kecamatan over areas."""
    folium.GeoJson(layer, style_function=lambda _: _DISTRICT, interactive=False).add_to(group)
    return group


def lines(name: str, layer: dict[str, Any], look: dict[str, Any]) -> folium.FeatureGroup:
    """Draw shapes that say nothing of their own, all in one look."""
    group = folium.FeatureGroup(name)
    if layer["features"]:
        folium.GeoJson(layer, style_function=lambda _: look, interactive=False).add_to(group)
    return group


def points(name: str, layer: dict[str, Any], *, radius: float, fill: str = "") -> folium.FeatureGroup:
    """Draw points in one fill, or without one each in its own and with its detail on a click."""
    group = folium.FeatureGroup(name)
    if layer["features"]:
        folium.GeoJson(
            layer,
            marker=folium.CircleMarker(radius=radius),
            style_function=lambda feature: {
                "fill": True,
                "fillColor": fill or feature["properties"]["fill"],
                "fillOpacity": 0.9 if fill else 1,
                "color": "#ffffff" if fill == INK else INK,
                "weight": 0.8,
            },
            tooltip=folium.GeoJsonTooltip(["hover"], labels=False),
            popup=None if fill else _popup(),
        ).add_to(group)
    return group


def marks(name: str, layer: dict[str, Any]) -> folium.FeatureGroup:
    """Draw the glyphs of marks over areas; they let clicks through to the area beneath."""
    group = folium.FeatureGroup(name)
    for feature in layer["features"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        drawn = render("map_mark.html", glyphs=feature["properties"]["glyphs"])
        icon = folium.DivIcon(html=drawn, icon_size=(0, 0), class_name="")
        folium.Marker((latitude, longitude), icon=icon, interactive=False, keyboard=False).add_to(group)
    return group


def density(name: str, surface: DensitySurface | None, epsg: int) -> folium.FeatureGroup:
    """Lay a density over the areas, in the pane of its name; nothing where there is none."""
    group = folium.FeatureGroup(name)
    if surface is not None:
        grid, (south, west, north, east) = warp_to_degrees(surface, epsg)
        picture = density_picture(np.asarray(grid))
        ImageOverlay(picture, bounds=[[south, west], [north, east]], opacity=1, pane=DENSITY).add_to(group)
    return group


def legend(
    caption: str,
    rows: Sequence[tuple[Markup, str, str | None, str]],
    *,
    lines_head: str = "",
    lines: Sequence[tuple[str, str, str]] = (),
    marks: Sequence[tuple[str, str]] = (),
    glyphs: Sequence[tuple[str, str, str]] = (),
    notes: Sequence[str] = (),
) -> None:
    """Show a legend.

    `rows` are swatch, name, what stands under the name (None: nothing), and how many there are; `lines` border and
    fill in CSS and words of what is drawn as an outline; `marks` CSS class and words of a point or a surface;
    `glyphs` glyph, name and count of what is marked beside the classes.
    """
    st.html(
        render(
            "legend.html",
            caption=caption,
            rows=rows,
            lines_head=lines_head,
            lines=lines,
            marks=marks,
            glyphs=glyphs,
            notes=notes,
        )
    )


def _popup() -> folium.GeoJsonPopup:
    return folium.GeoJsonPopup(["detail"], labels=False, max_width=POPUP_WIDTH, max_height=POPUP_HEIGHT)
