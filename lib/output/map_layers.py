"""The map's layers as GeoJSON and pictures, ready for any web map."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from data.store.states import VERIFIED
from lib.indonesian import short_date, whole
from lib.output.area_detail import area_detail, class_words
from lib.output.classes import MARKS, NO_REPORT, class_of, marks_of
from lib.output.hatching import pattern_id
from lib.output.html import render
from lib.records import AreaRow, ReportRow, records
from lib.rules.taxonomy import taxonomy
from lib.score.answers import Assessment, events, family_points
from lib.score.explanation import reasons
from lib.texts.colourings import value_line
from lib.texts.questions import SEVERITIES, VERIFICATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markupsafe import Markup
    from numpy.typing import NDArray

    from lib.output.colourings import Coloured

# Blue, the one hue that the classes leave free; clear at zero, so that they show through.
DENSITY_STOPS = (
    (0.0, (0.12, 0.30, 0.60, 0.0)),
    (0.15, (0.12, 0.30, 0.60, 0.10)),
    (0.45, (0.10, 0.42, 0.78, 0.55)),
    (0.75, (0.20, 0.66, 0.92, 0.78)),
    (1.0, (0.80, 0.95, 1.0, 0.92)),
)
LAST_INCIDENTS = 4
FROM_FRAME = "../../"  # from /component/streamlit_folium.st_folium/ to the pages
DIGITS = 5


def area_layer(assessment: Assessment, incidents: pd.DataFrame, told: pd.DataFrame) -> dict[str, Any]:
    """Make the areas with a polygon into GeoJSON: colour, hatch, what hovering and clicking shows.

    `incidents`: the reports behind the score, as `lib.score.explanation.why` takes them; `told`: those of them that
    may be told one by one, newest first.

    Properties: kode, fill, css_class, hover and detail (HTML, escaped).
    """
    with_polygon = assessment.areas[assessment.areas.geometry.notna()]
    why = reasons(assessment, incidents)
    last = {code: rows.head(LAST_INCIDENTS) for code, rows in told.groupby("area_code")}
    properties = [
        {
            "kode": row.area_code,
            "fill": class_of(row.class_index, row.unclassed).colour,
            "css_class": pattern_id(class_of(row.class_index, row.unclassed)),
            "hover": hover(row.area_name, class_words(row)),
            "detail": area_detail(
                row, families, why[row.area_code], last.get(row.area_code), root=FROM_FRAME, new_tab=True
            ),
        }
        for row, families in zip(records(with_polygon, AreaRow), family_points(with_polygon), strict=True)
    ]
    return geojson(pd.DataFrame(properties), with_polygon.geometry)


def recoloured(layer: dict[str, Any], found: Coloured, assessment: Assessment) -> dict[str, Any]:
    """Colour the areas of `area_layer` by something else; what hovering shows begins with its value."""
    names = dict(zip(assessment.areas["area_code"], records(assessment.areas, AreaRow), strict=True))

    def painted(properties: Mapping[str, Any]) -> dict[str, Any]:
        row, step = names[properties["kode"]], found.step(properties["kode"])
        value = value_line(found.code, float(found.value_of[row.area_code]), found.digits)
        return {
            **properties,
            "fill": step.colour,
            "css_class": pattern_id(NO_REPORT) if step.hatch else "",
            "hover": hover(row.area_name, value, class_words(row)),
        }

    features = [feature | {"properties": painted(feature["properties"])} for feature in layer["features"]]
    return layer | {"features": features}


def mark_layer(assessment: Assessment) -> dict[str, Any]:
    """Make the marks of the areas with a polygon into GeoJSON points inside them; property glyphs.

    A mark stands over the hatch of an area without a class too: what must be seen does not wait for a score.
    """
    marked = assessment.areas[
        assessment.areas.geometry.notna() & assessment.areas[[m.code for m in MARKS]].any(axis=1)
    ]
    inside = marked.geometry.representative_point()
    points = pd.DataFrame({"longitude": inside.x, "latitude": inside.y})
    rows = records(marked, AreaRow)
    return points_layer(points, ({"glyphs": "".join(mark.glyph for mark in marks_of(row))} for row in rows))


def district_layer(assessment: Assessment) -> dict[str, Any]:
    """Make the outlines of the kecamatan into GeoJSON lines."""
    with_polygon = assessment.areas[assessment.areas.geometry.notna()]
    outlines = with_polygon.dissolve("district_code").boundary
    layer: dict[str, Any] = json.loads(outlines.to_json(drop_id=True))
    return layer


def incident_layer(incidents: pd.DataFrame, told: pd.DataFrame) -> dict[str, Any]:
    """Make the events known to a street into GeoJSON points; properties hover (HTML) and verified.

    Of those that are not in `told`, hovering shows the category alone.
    """
    may_tell = frozenset(zip(told["import_id"], told["line_number"], strict=True))
    names = {category.code: category.name for category in taxonomy().categories}
    known = events(incidents)
    rows = known[known["precision"].isin(("titik", "rt"))].dropna(subset=["longitude", "latitude"])
    return points_layer(
        rows,
        (
            {
                "hover": hover(
                    names[row.category_code], *_told(row) if (row.import_id, row.line_number) in may_tell else ()
                ),
                "verified": row.verification in VERIFIED,
            }
            for row in records(rows, ReportRow)
        ),
    )


def _told(row: ReportRow) -> tuple[str, str]:
    return f"{short_date(row.occurred_on)} · {SEVERITIES[row.severity]}", VERIFICATIONS[row.verification]


def station_layer(stations: pd.DataFrame) -> dict[str, Any]:
    """Make the TPS with a coordinate into GeoJSON points; property hover (HTML)."""
    rows = stations.dropna(subset=["longitude", "latitude"])
    voters = rows["voter_count_male"] + rows["voter_count_female"]
    named = zip(rows["station_number"], voters, rows["place_name"].fillna(""), strict=True)
    return points_layer(
        rows,
        ({"hover": hover(f"TPS {number}", place, beside=f" · DPT {whole(count)}")} for number, count, place in named),
    )


def hover(name: str, *lines: str, beside: str = "") -> Markup:
    """Write what the pointer shows over a shape: its name, what stands beside it, further lines."""
    return render("hover.html", name=name, beside=beside, lines=lines)


def geojson(properties: pd.DataFrame, shapes: gpd.GeoSeries) -> dict[str, Any]:
    """Make shapes in degrees into GeoJSON, each with its row of properties."""
    frame = gpd.GeoDataFrame(properties, geometry=shapes.to_numpy(), crs=4326)
    layer: dict[str, Any] = json.loads(frame.to_json(drop_id=True))
    return layer


def points_layer(rows: pd.DataFrame, properties: Iterable[Mapping[str, object]]) -> dict[str, Any]:
    """Make rows with longitude and latitude into GeoJSON points, each with its properties."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(longitude, DIGITS), round(latitude, DIGITS)]},
            "properties": own,
        }
        for longitude, latitude, own in zip(rows["longitude"], rows["latitude"], properties, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def density_picture(grid: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Colour a density grid with the stops of the map sheet; NaN is transparent; shape (rows, columns, 4)."""
    highest = float(np.nanmax(grid, initial=0.0))
    share = np.nan_to_num(grid / highest if highest > 0 else np.zeros_like(grid))
    at = [stop for stop, _ in DENSITY_STOPS]
    channels = [np.interp(share, at, [colour[channel] for _, colour in DENSITY_STOPS]) for channel in range(4)]
    picture = (np.stack(channels, axis=-1) * 255).round().astype(np.uint8)
    picture[np.isnan(grid)] = 0
    return picture
