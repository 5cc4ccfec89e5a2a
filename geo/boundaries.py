"""Boundary files of any kind turned into checked areas with Kemendagri codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.codes import (
    SAME_NAME_SIMILARITY,
    CodeSystem,
    canonical_area_code,
    district_code,
    name_similarity,
)
from geo.codes import (
    region_code as region_of,
)
from geo.columns import Columns, as_text, code_rows, find_columns
from geo.errors import BoundaryError
from geo.layers import read_layer

INDONESIA = (94.0, -12.0, 142.0, 7.0)  # west, south, east, north in degrees, with some sea around
TOLERATED_DISAGREEMENT = 0.1  # share of names: villages do get renamed, but not one in ten at once
EXAMPLE_COUNT = 3
_WGS84 = 4326

Geometries = NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class Boundaries:
    """The areas of one region, and what had to be done to get them.

    Attributes
    ----------
    areas
        One row for each area with a polygon, sorted by `area_code`: area_code (``14.72.01.1003``), area_name,
        district_code, district_name (None where neither the file nor the known areas say), geometry (valid
        two-dimensional Polygon or MultiPolygon, EPSG:4326). Names are the known ones where there are any, else
        the file's.
    layer
        Layer of the file that was read.
    crs_name
        Coordinate system of the file.
    crs_assumed
        True where the file did not say and its coordinates look like degrees.
    code_system
        Always "kemendagri": files in other systems are refused.
    utm_epsg
        EPSG code of the UTM zone for measuring, given or that of the middle of the areas.
    repaired_count
        Invalid geometries mended; only polygon parts were kept.
    dissolved_count
        Rows that were further parts of an area and are joined to it.
    non_polygon_count
        Rows of the region without polygon (points, lines), left out.
    dropped_count
        Rows of other regions or without a code, left out.
    missing_codes
        Known areas without a polygon in the file, sorted.
    unknown_codes
        Areas of the file that are not known, sorted; they are among `areas`.
    renamed
        Area code to (name in the file, known name) where the two are hardly alike, sorted by code.
    """

    areas: gpd.GeoDataFrame
    layer: str
    crs_name: str
    crs_assumed: bool
    code_system: CodeSystem
    utm_epsg: int
    repaired_count: int
    dissolved_count: int
    non_polygon_count: int
    dropped_count: int
    missing_codes: tuple[str, ...]
    unknown_codes: tuple[str, ...]
    renamed: Mapping[str, tuple[str, str]]


def read_boundaries(
    path: Path,
    *,
    region_code: str,
    region_bps_code: str | None = None,
    known_areas: Mapping[str, tuple[str, str]] | None = None,
    utm_epsg: int | None = None,
) -> Boundaries:
    """Read the areas of one kabupaten or kota from a vector file, or refuse the file.

    Codes of Kemendagri and of BPS look alike and mean different places, so a file is taken only if its codes
    follow Kemendagri *and* its names agree with the known ones. Whatever else is wrong is either mended and
    counted, or refused; nothing is guessed.

    Parameters
    ----------
    path
        See `geo.layers.read_layer` for the formats. A file of a larger region may be given.
    region_code
        Kemendagri code, ``14.72``.
    region_bps_code
        BPS code of the same region, ``1473``, where known: better evidence against files of BPS.
    known_areas
        Area code to (name, district's name) of the region's areas by the decree in force.
    utm_epsg
        UTM zone for measuring; by default that of the middle of the areas.

    Raises
    ------
    BoundaryError
        For every reason listed there, with the file's name among the facts.
    """
    try:
        return _read(path, region_code, region_bps_code, known_areas or {}, utm_epsg)
    except BoundaryError as error:
        raise BoundaryError(error.code, file=path.name, **error.facts) from error.__cause__


def _read(
    path: Path,
    region_code: str,
    region_bps_code: str | None,
    known: Mapping[str, tuple[str, str]],
    utm_epsg: int | None,
) -> Boundaries:
    """Read and check without naming the file in errors."""
    frame, layer = read_layer(path, score=lambda table: code_rows(table, region_code=region_code))
    columns = find_columns(
        frame,
        region_code=region_code,
        region_bps_code=region_bps_code,
        known_names={code: name for code, (name, _) in known.items()},
    )
    rows = _region_rows(frame, columns, region_code)
    drawn = rows[~(rows.geometry.isna() | rows.geometry.is_empty)]
    polygons = _with_polygons(drawn, drawn.geometry.to_numpy())
    degrees, crs_name, crs_assumed = _in_degrees(polygons)
    shapes = degrees.geometry.to_numpy().copy()
    invalid = ~shapely.is_valid(shapes)
    shapes[invalid] = shapely.make_valid(shapes[invalid], method="structure", keep_collapsed=False)
    parts = _with_polygons(degrees, shapes)
    areas = _one_row_each(parts)
    renamed = _renamed(areas, known, columns.name)
    unknown = tuple(code for code in areas["area_code"] if known and code not in known)
    if len(unknown) * 2 > len(areas):
        raise BoundaryError(
            "codes_not_known",
            region_code=region_code,
            unknown_count=len(unknown),
            area_count=len(areas),
            examples=unknown[:EXAMPLE_COUNT],
        )
    return Boundaries(
        areas=_with_known_names(areas, known),
        layer=layer,
        crs_name=crs_name,
        crs_assumed=crs_assumed,
        code_system=columns.system,
        utm_epsg=_utm_zone(areas) if utm_epsg is None else utm_epsg,
        repaired_count=int(invalid.sum()),
        dissolved_count=len(parts) - len(areas),
        non_polygon_count=len(drawn) - len(polygons),
        dropped_count=len(frame) - len(rows),
        missing_codes=tuple(sorted(set(known) - set(areas["area_code"]))),
        unknown_codes=unknown,
        renamed=renamed,
    )


def _region_rows(frame: gpd.GeoDataFrame, columns: Columns, region: str) -> gpd.GeoDataFrame:
    """Keep the rows of the region: area_code, area_name, district_name ("" where not said), geometry."""
    codes = [canonical_area_code(text) for text in as_text(frame[columns.code])]
    rows = gpd.GeoDataFrame(
        {
            "area_code": codes,
            "area_name": as_text(frame[columns.name]),
            "district_name": "" if columns.district is None else as_text(frame[columns.district]),
        },
        geometry=frame.geometry.to_numpy(),
        crs=frame.crs,
    )
    rows = rows[[code is not None and region_of(code) == region for code in codes]]
    if rows.empty:
        raise BoundaryError(
            "region_absent",
            column=columns.code,
            region_code=region,
            row_count=len(frame),
            regions=tuple(sorted({region_of(code) for code in codes if code is not None}))[:5],
        )
    return rows


def _with_polygons(rows: gpd.GeoDataFrame, geometries: Geometries) -> gpd.GeoDataFrame:
    """Give rows the polygon parts of new geometries and leave out rows without; refuse where none is left."""
    shaped = rows.set_geometry(_polygon_parts(geometries), crs=rows.crs)
    shaped = shaped[shaped.geometry.notna()]
    if shaped.empty:
        kinds = tuple(sorted(set(rows.geometry.geom_type)))
        raise BoundaryError("no_polygons", row_count=len(rows), geometry_types=kinds)
    return shaped


def _polygon_parts(geometries: Geometries) -> Geometries:
    """Keep what is polygon in each geometry, in two dimensions; None where nothing is."""
    parts, owner = shapely.get_parts(shapely.force_2d(geometries), return_index=True)
    parts, part = shapely.get_parts(parts, return_index=True)  # a collection may hold a multipolygon
    owner = owner[part]
    polygon = (shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & ~shapely.is_empty(parts)
    kept: Geometries = np.full(len(geometries), None, dtype=object)
    if polygon.any():
        shapely.multipolygons(parts[polygon], indices=owner[polygon], out=kept)
    single = shapely.get_num_geometries(kept) == 1
    kept[single] = shapely.get_geometry(kept[single], 0)
    return kept


def _in_degrees(rows: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, str, bool]:
    """Bring rows to EPSG:4326: the rows, the name of the file's system, and whether it was assumed."""
    assumed = rows.crs is None
    if assumed:
        if not _within_indonesia(rows):
            raise BoundaryError("no_crs", **_bounds(rows))
        rows = rows.set_crs(_WGS84)
    authority = rows.crs.to_authority()
    name = rows.crs.name if authority is None else ":".join(authority)
    rows = rows.to_crs(_WGS84)
    if not _within_indonesia(rows):
        raise BoundaryError("not_in_indonesia", crs_name=name, **_bounds(rows))
    return rows, name, assumed


def _bounds(rows: gpd.GeoDataFrame) -> dict[str, float]:
    return dict(zip(("west", "south", "east", "north"), map(float, rows.total_bounds), strict=True))


def _within_indonesia(rows: gpd.GeoDataFrame) -> bool:
    west, south, east, north = rows.total_bounds
    return bool(west >= INDONESIA[0] and south >= INDONESIA[1] and east <= INDONESIA[2] and north <= INDONESIA[3])


def _one_row_each(parts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join rows with one code to one area, sorted by code; refuse where their names say two places."""
    repeated = parts["area_code"].duplicated(keep=False)
    for code, names in parts[repeated].groupby("area_code")["area_name"]:
        if any(name_similarity(names.iloc[0], name) < SAME_NAME_SIMILARITY for name in names):
            raise BoundaryError("code_repeated", area_code=code, names=tuple(names))
    joined = parts[repeated].dissolve(by="area_code", as_index=False) if repeated.any() else parts[:0]
    areas = pd.concat([parts[~repeated], joined]) if repeated.any() else parts
    return areas.sort_values("area_code", ignore_index=True)


def _renamed(
    areas: gpd.GeoDataFrame, known: Mapping[str, tuple[str, str]], column: str
) -> dict[str, tuple[str, str]]:
    """List areas whose name in the file is not the known one; refuse where there are too many of them."""
    compared = areas[areas["area_code"].isin(known)]
    renamed = {
        code: (name, known[code][0])
        for code, name in zip(compared["area_code"], compared["area_name"], strict=True)
        if name_similarity(name, known[code][0]) < SAME_NAME_SIMILARITY
    }
    if len(renamed) > TOLERATED_DISAGREEMENT * len(compared):
        examples = tuple((code, *names) for code, names in renamed.items())[:EXAMPLE_COUNT]
        raise BoundaryError(
            "names_disagree",
            column=column,
            disagreeing_count=len(renamed),
            compared_count=len(compared),
            examples=examples,
        )
    return renamed


def _with_known_names(areas: gpd.GeoDataFrame, known: Mapping[str, tuple[str, str]]) -> gpd.GeoDataFrame:
    """Give every area its official name where known, its district's code, and its district's name."""
    district_names = {
        district_code(code): name
        for code, name in zip(areas["area_code"], areas["district_name"], strict=True)
        if name
    }
    district_names |= {district_code(code): name for code, (_, name) in known.items()}
    codes = areas["area_code"].map(district_code)
    return gpd.GeoDataFrame(
        {
            "area_code": areas["area_code"],
            "area_name": [
                known.get(code, (name, ""))[0]
                for code, name in zip(areas["area_code"], areas["area_name"], strict=True)
            ],
            "district_code": codes,
            "district_name": pd.Series([district_names.get(code) for code in codes], dtype=object),
        },
        geometry=areas.geometry.to_numpy(),
        crs=_WGS84,
    )


def _utm_zone(areas: gpd.GeoDataFrame) -> int:
    """Return the EPSG code of the UTM zone around the middle of the areas' extent."""
    west, south, east, north = map(float, areas.total_bounds)
    zone = floor(((west + east) / 2 + 180) / 6) + 1
    return zone + (32600 if south + north >= 0 else 32700)
