"""The one empty map that every page draws on, and the one way in which it is shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, MacroElement
from jinja2 import Template
from streamlit_folium import st_folium

from lib.texts import pages as t
from lib.ui.frame import offline

if TYPE_CHECKING:
    from collections.abc import Iterable

MAP_HEIGHT = 600
INK = "#14202b"
_OVERLAY_ORDER = 420  # above the areas (400), below the points (600)

offline.apply()


class _ZoomButtons(MacroElement):
    """Leaflet's zoom buttons, away from where details open, with Indonesian names."""

    _template = Template(
        "{% macro script(this, kwargs) %}L.control.zoom({position: 'bottomright', "
        f"zoomInTitle: {json.dumps(t.ZOOM_IN)}, zoomOutTitle: {json.dumps(t.ZOOM_OUT)}"
        "}).addTo({{ this._parent.get_name() }});"
        # Leaflet takes the focus on a press; a browser then scrolls the page to the map, and the press misses.
        "const box = {{ this._parent.get_name() }}.getContainer();"
        "box.focus = () => HTMLElement.prototype.focus.call(box, {preventScroll: true});{% endmacro %}"
    )


def empty_map(
    bounds: Iterable[float], *, patterns: str = "", overlay: str = "", min_zoom: int = 7, many_points: bool = False
) -> folium.Map:
    """Make a map without tiles that shows a rectangle.

    `bounds` are west, south, east and north in degrees, `patterns` the SVG that areas are hatched by, `overlay` names
    a pane between areas and points for a picture such as a density. With `many_points` a canvas is drawn on instead
    of SVG: quicker from some hundred points, but nothing is hatched.
    """
    west, south, east, north = map(float, bounds)
    drawn = folium.Map(
        location=((south + north) / 2, (west + east) / 2),
        tiles=None,
        min_zoom=min_zoom,
        max_zoom=18,
        zoom_snap=0.25,
        control_scale=True,
        zoom_control=False,
        attribution_control=False,
        prefer_canvas=many_points,
    )
    if overlay:
        folium.map.CustomPane(overlay, z_index=_OVERLAY_ORDER, pointer_events=True).add_to(drawn)
    drawn.fit_bounds([[south, west], [north, east]])
    if patterns:
        root: Any = drawn.get_root()
        root.html.add_child(Element(patterns))
    drawn.add_child(_ZoomButtons())  # type: ignore[no-untyped-call]
    return drawn


def show_map(drawn: folium.Map, layers: Iterable[folium.FeatureGroup], *, key: str) -> None:
    """Show a map that never runs the page again; layers that change with the question leave the view where it is."""
    st_folium(
        drawn,
        key=key,
        height=MAP_HEIGHT,
        use_container_width=True,
        returned_objects=[],
        render=False,
        feature_group_to_add=list(layers),
    )
