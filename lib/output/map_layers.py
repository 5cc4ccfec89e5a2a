"""The map's layers as GeoJSON and pictures, ready for any web map."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from data.states import VERIFIED
from lib.assess import PRIOR_PART, Assessment, events
from lib.output.classes import class_of
from lib.output.hatching import pattern_id
from lib.records import records
from lib.taxonomy import taxonomy
from lib.texts import pages as t
from lib.texts.numbers import decimal, short_date, whole
from lib.texts.questions import SEVERITIES, VERIFICATIONS, reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

# Blue, the one hue that the classes leave free; clear at zero, so that they show through.
DENSITY_STOPS = (
    (0.0, (0.12, 0.30, 0.60, 0.0)),
    (0.15, (0.12, 0.30, 0.60, 0.10)),
    (0.45, (0.10, 0.42, 0.78, 0.55)),
    (0.75, (0.20, 0.66, 0.92, 0.78)),
    (1.0, (0.80, 0.95, 1.0, 0.92)),
)
LAST_INCIDENTS = 4
DIGITS = 5


def safe(text: str) -> str:
    """Escape a text from a file for HTML that passes through folium.

    folium takes what it has rendered for a template and renders it once more, so braces in a name would be
    carried out as code on the server.
    """
    return escape(text).replace("{", "&#123;")


def area_layer(assessment: Assessment, incidents: pd.DataFrame) -> dict[str, Any]:
    """Make the areas with a polygon into GeoJSON: colour, hatch, what hovering and clicking shows.

    Properties: kode, fill, css_class, hover and detail (HTML, escaped).
    """
    with_polygon = assessment.areas[assessment.areas.geometry.notna()]
    last = {code: rows.head(LAST_INCIDENTS) for code, rows in incidents.groupby("area_code")}
    properties = [
        {
            "kode": row.area_code,
            "fill": class_of(int(row.class_index)).colour,
            "css_class": pattern_id(class_of(int(row.class_index))),
            "hover": f"<b>{safe(row.area_name)}</b><br>{class_words(row)}",
            "detail": area_detail(row, last.get(row.area_code)),
        }
        for row in records(with_polygon)
    ]
    frame = gpd.GeoDataFrame(pd.DataFrame(properties), geometry=with_polygon.geometry.to_numpy(), crs=4326)
    layer: dict[str, Any] = json.loads(frame.to_json(drop_id=True))
    return layer


def district_layer(assessment: Assessment) -> dict[str, Any]:
    """Make the outlines of the kecamatan into GeoJSON lines."""
    with_polygon = assessment.areas[assessment.areas.geometry.notna()]
    outlines = with_polygon.dissolve("district_code").boundary
    layer: dict[str, Any] = json.loads(outlines.to_json(drop_id=True))
    return layer


def class_words(row: Any) -> str:
    """Say class and score, or that there is no report."""
    name = class_of(int(row.class_index)).name
    return name if row.class_index < 0 else f"{name} · skor {decimal(row.score)}"


def area_detail(row: Any, last: pd.DataFrame | None) -> str:
    """Write what a click on an area shows: class, reason, the score's parts, the last incidents."""
    head = f'<h3>{safe(row.area_name)}</h3><p class="sub">Kecamatan {safe(row.district_name)} · {row.area_code}</p>'
    if row.class_index < 0:
        return f"{head}<p><b>{class_words(row)}</b></p><p>{t.SILENCE}</p>"
    parts = "".join(
        f'<tr><td>{safe(name)}</td><td class="bar"><i style="width:{value:.0f}%"></i></td>'
        f'<td class="n">{decimal(value)}</td></tr>'
        for name, value in score_parts(row)
    )
    body = (
        f"{head}<p><b>{class_words(row)}</b> · DPT {whole(row.voter_count)} · {whole(row.station_count)} TPS</p>"
        f"<p>{safe(reason(row))}</p><h4>{t.DETAIL_PARTS}</h4><table>{parts}</table>"
    )
    if last is not None and len(last):
        lines = "".join(
            f"<li>{short_date(i.occurred_on.date())} · {safe(taxonomy().category(i.category_code).name)} · "
            f"keparahan {i.severity} · {VERIFICATIONS[i.verification].lower()}</li>"
            for i in records(last)
        )
        body += f"<h4>{t.DETAIL_LAST}</h4><ul>{lines}</ul>"
    return body


def score_parts(row: Any) -> list[tuple[str, float]]:
    """List the parts of an area's score that are above zero, the largest first; they add up to it."""
    names = {f"bagian_{family.code}": family.name for family in taxonomy().families}
    parts = [(name, float(getattr(row, key))) for key, name in names.items()]
    parts.append((t.DETAIL_PRIOR, float(getattr(row, PRIOR_PART))))
    return sorted((part for part in parts if part[1] > 0), key=lambda part: -part[1])


def incident_layer(incidents: pd.DataFrame) -> dict[str, Any]:
    """Make the events known to a street into GeoJSON points; properties hover (HTML) and verified."""
    names = {category.code: safe(category.name) for category in taxonomy().categories}
    known = events(incidents)
    rows = known[known["precision"].isin(("titik", "rt"))].dropna(subset=["longitude", "latitude"])
    return _points(
        rows,
        lambda row: {
            "hover": f"<b>{names[row.category_code]}</b><br>{short_date(row.occurred_on.date())} · "
            f"{SEVERITIES[int(row.severity)]}<br>{VERIFICATIONS[row.verification]}",
            "verified": row.verification in VERIFIED,
        },
    )


def station_layer(stations: pd.DataFrame) -> dict[str, Any]:
    """Make the TPS with a coordinate into GeoJSON points; property hover (HTML)."""
    rows = stations.dropna(subset=["longitude", "latitude"])
    return _points(
        rows,
        lambda row: {
            "hover": f"<b>TPS {safe(row.station_number)}</b> · DPT "
            f"{whole(row.voter_count_male + row.voter_count_female)}<br>{safe(row.place_name or '')}",
        },
    )


def _points(rows: pd.DataFrame, properties: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "geometry": {
                "type": "Point",
                "coordinates": [round(row.longitude, DIGITS), round(row.latitude, DIGITS)],
            },
            "properties": properties(row),
        }
        for row in records(rows)
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
