"""The judged TPS as points for the web map, and the outlines under them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lib.analysis.classes import class_index
from lib.output.classes import class_of
from lib.output.html import render
from lib.output.map_layers import geojson, hover, points_layer
from lib.output.station_tables import reasons
from lib.records import StationRow, records
from lib.texts import stations as t

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray

    from lib.score.stations import StationRisk

SCORE = "score"


def value_classes(found: StationRisk, value: str) -> NDArray[np.int64]:
    """Sort the TPS into classes by their score or by a sub-score, with the cuts of the areas; -1 where not known."""
    return class_index(found.stations[value], found.weights.class_cuts)


def station_points(found: StationRisk, value: str) -> dict[str, Any]:
    """Make the TPS with a coordinate into GeoJSON points, the highest last so that they lie on top.

    Properties: fill (colour of the class), hover and detail (HTML, escaped).
    """
    stations = found.stations.assign(value_class=value_classes(found, value), reason=reasons(found, found.stations))
    rows = stations.dropna(subset=["longitude", "latitude"]).sort_values(value, na_position="first", kind="stable")
    shown = zip(records(rows, StationRow), rows["value_class"], rows["reason"], strict=True)
    return points_layer(
        rows, ({"fill": class_of(value_class).colour, **_words(row, reason)} for row, value_class, reason in shown)
    )


def area_outlines(areas: gpd.GeoDataFrame) -> dict[str, Any]:
    """Make the outlines of the areas into GeoJSON; folium would carry out braces in a name."""
    drawn = areas[areas.geometry.notna()]
    return geojson(drawn[["area_code"]], drawn.geometry)


def _words(row: StationRow, reason: str) -> dict[str, str]:
    """Write what hovering and clicking on a TPS shows."""
    name = t.station_name(row.station_number, row.area_name or "")
    score = t.score_line(row, t.class_word(row, class_of(row.class_index).name))
    detail = render(
        "station_popup.html",
        name=name,
        place=row.place_name or "",
        score=score,
        reason=reason,
        sub_scores=[
            (t.SUB_SCORE_SHORT[code], t.sub_score_word(value, unknown))
            for code, (value, unknown) in row.sub_scores.items()
        ],
    )
    return {"hover": hover(name, score), "detail": detail}
