"""The map of hot-spots: rates as colours, what was tested as outlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from lib.analysis.hotspots import COLD, HOT
from lib.indonesian import decimal, whole
from lib.output.classes import DARK_TEXT, LIGHT_TEXT, NO_REPORT, RiskClass
from lib.output.hatching import pattern_id
from lib.output.html import render
from lib.output.map_layers import geojson, hover
from lib.records import HotspotRow, records
from lib.region.measure import utm_epsg
from lib.rules.regions import region_profile
from lib.texts import hotspots as t

if TYPE_CHECKING:
    from markupsafe import Markup

    from lib.score.hotspots import Hotspots

# Blue-green from pale to deep, a hue that the levels of risk leave free; magenta stands on all of it.
RATES = tuple(
    RiskClass(number, f"rate_{number}", name, colour, ink, None)
    for number, (name, colour, ink) in enumerate(
        zip(
            t.RATE_CLASSES,
            ("#eef5f6", "#d0e5ea", "#9cc8d6", "#559fb6", "#0b5c7a"),
            (DARK_TEXT, DARK_TEXT, DARK_TEXT, DARK_TEXT, LIGHT_TEXT),
            strict=True,
        )
    )
)
UNRATED = RiskClass(-1, "unrated", t.NO_RATE, NO_REPORT.colour, NO_REPORT.text_colour, NO_REPORT.hatch)
MULTIPLES = (0.5, 1.0, 2.0, 4.0)  # of the region's rate, where the classes part
HOT_COLOUR, COLD_COLOUR = "#b3126b", "#26348c"


def rate_class(rate: float, overall: float) -> RiskClass:
    """Sort a rate by how many times the region's rate it is; an edge belongs to the class above it."""
    if np.isnan(rate) or np.isnan(overall):
        return UNRATED
    return RATES[int(np.searchsorted(np.asarray(MULTIPLES) * overall, rate, side="right")) if overall > 0 else 0]


def rate_layer(found: Hotspots) -> dict[str, Any]:
    """Make the areas with a polygon into GeoJSON.

    Properties: kode, fill, css_class, hover and detail (HTML, escaped).
    """
    areas = _shown(found)
    properties = [
        {
            "kode": row.area_code,
            "fill": look.colour,
            "css_class": pattern_id(look),
            "hover": hover(row.area_name, _words(row)),
            "detail": _detail(row, found),
        }
        for row in records(areas, HotspotRow)
        for look in (rate_class(row.rate_smoothed, found.overall_rate),)
    ]
    return geojson(pd.DataFrame(properties), areas.geometry)


def outline_layer(found: Hotspots, kind: str) -> dict[str, Any]:
    """Make the outlines of the hot or cold areas into GeoJSON lines, neighbours of one kind joined."""
    areas = _shown(found)
    chosen = areas[areas["hot"] == kind]
    return _outline(chosen.geometry)


def cluster_layer(found: Hotspots) -> dict[str, Any]:
    """Make the outline of the scan's cluster into GeoJSON, where it is significant."""
    areas = _shown(found)
    return _outline(areas[areas["in_cluster"]].geometry)


def grid_layer(found: Hotspots) -> dict[str, Any]:
    """Make the hot cells of the grid into GeoJSON polygons."""
    epsg = utm_epsg(region_profile(found.filters.region_code), found.areas)
    cells = gpd.GeoSeries(found.grid.hot_cells, crs=epsg).to_crs(4326)
    return geojson(pd.DataFrame(index=cells.index), cells)


def _shown(found: Hotspots) -> gpd.GeoDataFrame:
    """Choose the areas with a polygon, of the chosen districts where some are chosen."""
    areas = found.areas[found.areas.geometry.notna()]
    chosen = found.filters.district_codes
    return areas[areas["district_code"].isin(chosen)] if chosen else areas


def _outline(shapes: gpd.GeoSeries) -> dict[str, Any]:
    if shapes.empty:
        return {"type": "FeatureCollection", "features": []}
    joined = gpd.GeoSeries([shapes.union_all()], crs=4326)
    return geojson(pd.DataFrame(index=joined.index), joined.boundary)


def _words(row: HotspotRow) -> str:
    test = f" · {t.HOT_WORDS[row.hot]}" if row.hot in {HOT, COLD} else ""
    return f"{t.rate(row.rate_smoothed)}{test}{f' · {row.word}' if row.word else ''}"


def _detail(row: HotspotRow, found: Hotspots) -> Markup:
    lines = (
        (t.DETAIL_EVENTS, t.events_in(row.event_count, found.days)),
        (t.DETAIL_VOTERS, whole(row.voter_count)),
        (t.DETAIL_RAW, decimal(row.rate_raw, 2)),
        (t.DETAIL_SMOOTHED, decimal(row.rate_smoothed, 2)),
        (t.DETAIL_OVERALL, decimal(found.overall_rate, 2)),
        (t.DETAIL_TEST, t.test_words(row.hot, row.gi_z)),
        (t.DETAIL_MORAN, t.MORAN_WORDS[row.moran_class]),
        (t.DETAIL_WEEKS, row.word or t.NEVER_HOT),
    )
    return render(
        "hotspot_detail.html", name=row.area_name, district=row.district_name, code=row.area_code, lines=lines
    )
