"""What the map panel of a sheet draws: areas with colours and marks, the ground around them, points, the legend."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from geo.drawing.sheet import Area, DensityLines, Ground, LegendRow, Locator, MapView, MapWords, MarkRow, PointLayer
from lib.output.classes import legend_rows
from lib.output.layer_names import DENSITY, INCIDENTS, LAYERS, STATIONS
from lib.output.sheet_content import MARKS, MapSheet, Shown, ranked_areas
from lib.records import records
from lib.rules.judged import NATIONAL, REGIONS_FOLDER
from lib.rules.regions import DEMO_REGION
from lib.score.answers import SILENT
from lib.texts import sheet as t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

OUTLINE_FILE = REGIONS_FOLDER / NATIONAL / "indonesia.geojson"
DENSITY_COLOUR = "#0b4aa2"  # blue is the one hue that the classes leave free
DENSITY_PARTS = (0.25, 0.5, 0.75)  # of the highest density: where its lines run


def view_of(content: MapSheet, *, badges: int) -> MapView:
    """Turn areas, points and density into what the map panel draws."""
    _check_layers(content)
    ranked = ranked_areas(content)
    drawn = ranked.to_crs(content.utm_epsg)
    areas = []
    for rank, row in enumerate(records(drawn, Shown), start=1):
        risk = row.look
        badged = rank <= badges and risk.index >= 0
        areas.append(
            Area(
                key=row.area_code,
                geometry=row.geometry,
                fill=risk.colour,
                hatch=risk.hatch,
                label=row.area_name,
                label_colour=risk.text_colour,
                group=row.district_name,
                badge=str(rank) if badged else "",
                marks=row.marks,
            )
        )
    points = []
    if STATIONS in content.layers and content.stations is not None:
        xy = _metres(content.stations, content.utm_epsg)
        points.append(PointLayer(xy, "s", "#ffffff", "#14202b", 3.8, 0.85, t.stations(len(xy))))
    if INCIDENTS in content.layers and content.incidents is not None:
        xy = _metres(content.incidents, content.utm_epsg)
        points.append(PointLayer(xy, "o", "#14202b", "#ffffff", 5.4, 0.72, t.incidents(len(xy))))
    return MapView(
        areas=tuple(areas),
        epsg=content.utm_epsg,
        words=MapWords(t.NORTH, t.METRE, t.KILOMETRE, t.WEST, t.EAST, t.SOUTH, t.NORTH_LATITUDE, t.NOTHING_DRAWN),
        points=tuple(points),
        density=_density(content),
        watermark=t.SIMULATED if content.simulated else None,
        ground=_ground(content),
        locator=_locator(content),
    )


def _ground(content: MapSheet) -> tuple[Ground, ...]:
    """Turn what is known around the areas into the pieces of the ground: sea, neighbours, the rest by kecamatan."""
    if content.surroundings is None:
        return ()
    known = content.surroundings.known.to_crs(content.utm_epsg)
    rest = content.surroundings.rest.to_crs(content.utm_epsg)
    rest = rest[~(rest.geometry.isna() | rest.geometry.is_empty)]
    pieces = [
        Ground(shape, "sea" if kind == "sea" else "neighbour", str(name))
        for name, kind, shape in zip(known["name"], known["kind"], known.geometry, strict=True)
    ]
    pieces.sort(key=lambda piece: (piece.kind != "sea", piece.label))
    return (
        *pieces,
        *(
            Ground(shapely.union_all(shapely.make_valid(shapes.to_numpy())), "rest", t.district(str(name)))
            for name, shapes in rest.geometry.groupby(rest["district_name"])
        ),
    )


def _locator(content: MapSheet) -> Locator | None:
    """Show where the map lies: chosen kecamatan in their region, a whole region in Indonesia.

    None for a region that is invented, or whose boundaries are not known.
    """
    areas = content.areas.geometry.dropna()
    if areas.empty:
        return None
    if content.districts and content.surroundings is not None:
        shown = shapely.union_all(shapely.make_valid(areas.to_crs(content.utm_epsg).to_numpy()))
        rest = content.surroundings.rest.geometry.dropna().to_crs(content.utm_epsg).to_numpy()
        return Locator(shapely.union_all([shown, *shapely.make_valid(rest)]), shown, content.region_name)
    if content.region_code == DEMO_REGION:
        return None
    return Locator(indonesia(), shapely.box(*areas.to_crs(4326).total_bounds), t.locator(content.province))


@cache
def indonesia() -> BaseGeometry:
    """Read the outline of Indonesia, coarse and in degrees: for locators only."""
    feature = json.loads(OUTLINE_FILE.read_text(encoding="utf-8"))
    outline: BaseGeometry = shapely.make_valid(shapely.geometry.shape(feature["geometry"]))
    return outline


def _check_layers(content: MapSheet) -> None:
    """Refuse layers that are unknown or have no data."""
    given: dict[str, Any] = {STATIONS: content.stations, INCIDENTS: content.incidents, DENSITY: content.density}
    for layer in content.layers:
        if layer not in given:
            raise ValueError(f"layer {layer!r} is none of {LAYERS}")
        if given[layer] is None:
            raise ValueError(f"layer {layer!r} is asked for without its data")


def _density(content: MapSheet) -> DensityLines | None:
    """Turn the density layer into a coloured surface, if it is asked for."""
    if DENSITY not in content.layers or content.density is None:
        return None
    layer = content.density
    highest = float(np.nanmax(layer.grid, initial=0.0))
    return DensityLines(
        grid=layer.grid,
        bounds_m=layer.bounds_m,
        levels=tuple(part * highest for part in DENSITY_PARTS) if highest > 0 else (),
        colour=DENSITY_COLOUR,
        legend=t.density(DENSITY_PARTS, layer.bandwidth_m, layer.maximum),
    )


def _metres(lonlat: NDArray[np.float64], epsg: int) -> NDArray[np.float64]:
    """Project longitudes and latitudes; points without both are left out."""
    whole = np.asarray(lonlat, dtype=float).reshape(-1, 2)
    whole = whole[np.isfinite(whole).all(axis=1)]
    points = gpd.GeoSeries(gpd.points_from_xy(whole[:, 0], whole[:, 1]), crs=4326).to_crs(epsg)
    return np.column_stack([points.x, points.y])


def class_rows(content: MapSheet, rows: Sequence[Shown]) -> tuple[LegendRow, ...]:
    """List every class and every reason for having none, each with the number of its areas."""
    counts = Counter(row.look.code for row in rows)
    return tuple(
        LegendRow(risk.colour, risk.hatch, risk.name, scores, t.area_count(counts[risk.code], content.unit_word))
        for risk, scores in legend_rows(content.cuts)
    )


def no_class_reason(content: MapSheet, rows: Sequence[Shown]) -> str:
    """Say why none of the areas has a class."""
    return t.no_class(Counter(row.unclassed or SILENT for row in rows), content.unit_word, content.last_report_on)


def mark_rows(rows: Sequence[Shown], unit: str) -> tuple[MarkRow, ...]:
    """List the marks with the number of their areas; Siaga always, for none is news too."""
    counts = Counter(mark.code for row in rows for mark in row.marks)
    return tuple(
        MarkRow(mark, t.MARK_NAMES[mark.code], t.area_count(counts[mark.code], unit))
        for mark in MARKS
        if counts[mark.code] or mark is MARKS[0]
    )
