"""Boundary files of any kind turned into checked areas with Kemendagri codes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import floor
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from geo import errors
from geo.codes import (
    SAME_NAME_SIMILARITY,
    CodeSystem,
    canonical_area_code,
    district_code,
    name_similarity,
    normalise_name,
    ten_digits,
)
from geo.files.boundary_heads import Columns, as_text, code_rows, find_columns
from geo.files.layers import MOST_UNPACKED_BYTES, MOST_VERTICES, Layer, parsed_crs, read_layer
from geo.files.polygons import Geometries, mend, polygon_parts
from geo.files.surroundings import surroundings_of
from geo.reference_systems import Bounds, bounds_of, crs_name_of, within_indonesia

COUNTRY = "00"  # the region code of all Indonesia
TOLERATED_DISAGREEMENT = 0.1  # share of names: villages do get renamed, but not one in ten at once
EXAMPLE_COUNT = 3
MOST_VERTICES_PER_AREA = 2_000_000  # ten times the finest real one; simplifying more takes minutes
_WGS84 = 4326
_BPS_DISTRICT = 7  # digits of a kecamatan's BPS code

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Boundaries:
    """The areas of one region, a kabupaten or kota, a province or the country, and what it took to get them."""

    # One row for each area with a polygon, sorted by `area_code`: area_code (``14.72.01.1003``), area_name,
    # district_code, district_name (None where neither the file nor the known areas say), geometry (valid
    # two-dimensional Polygon or MultiPolygon, EPSG:4326). Names are the known ones where there are any, else the
    # file's. In a set of BPS `area_code` has ten digits without points, ``6104080002``, `district_code` seven, and
    # names are the file's.
    areas: gpd.GeoDataFrame
    surroundings: gpd.GeoDataFrame  # see `geo.files.surroundings.surroundings_of`
    layer: str  # layer of the file that was read
    crs_name: str  # coordinate system of the file
    crs_assumed: bool  # true where the file did not say and its coordinates look like degrees
    crs_borrowed: bool  # true where the system comes from a .prj file with another name than the shapefile's
    code_system: CodeSystem  # the system that was asked for; files in another one are refused
    # EPSG code of the UTM zone for measuring, given or that of the middle of the areas; None where a province or the
    # country is wider than a zone (see `geo.reference_systems`)
    utm_epsg: int | None
    repaired_count: int  # invalid geometries mended; only polygon parts were kept
    dissolved_count: int  # rows that were further parts of an area and are joined to it
    non_polygon_count: int  # rows of the region without polygon (points, lines), left out
    dropped_count: int  # rows of other regions or without a code, left out
    missing_codes: tuple[str, ...]  # known areas without a polygon in the file, sorted
    unknown_codes: tuple[str, ...]  # areas of the file that are not known, sorted; they are among `areas`
    # area code to (name in the file, known name) where the two are hardly alike, sorted by code
    renamed: Mapping[str, tuple[str, str]]
    # Share of the areas that could be compared whose name is alike the known one: by code, in a set of BPS with any
    # known name of the region. None where nothing could be compared.
    name_agreement: float | None


def read_boundaries(
    path: Path,
    *,
    region_code: str,
    region_bps_code: str | None = None,
    known_areas: Mapping[str, tuple[str, str]] | None = None,
    utm_epsg: int | None = None,
    code_system: CodeSystem = "kemendagri",
    crs: str | None = None,
    limits_vertices: int = MOST_VERTICES,
    limits_unpacked_bytes: int = MOST_UNPACKED_BYTES,
    progress: Progress | None = None,
) -> Boundaries:
    """Read the areas of a region from a vector file, or refuse the file.

    Codes of Kemendagri and of BPS look alike and mean different places, so a file is taken only if its codes
    follow the system that was stated *and*, for Kemendagri, its names agree with the known ones. Whatever else
    is wrong is either mended and counted, or refused; nothing is guessed.

    Parameters
    ----------
    path
        See `geo.files.layers.open_source` for the formats. A file of a larger region may be given.
    region_code
        Kemendagri code of a kabupaten or kota ``14.72``, of a province ``14``, or `COUNTRY`.
    region_bps_code
        BPS code of the same region, ``1473``, where known: better evidence against files of BPS, and needed
        to read a kabupaten's or kota's areas from one.
    known_areas
        Area code to (name, district's name) of the region's areas by the decree in force.
    utm_epsg
        UTM zone for measuring; by default that of the middle of a kabupaten's or kota's areas.
    code_system
        "kemendagri", or "bps" for a set to compare with.
    crs
        Coordinate system, ``EPSG:32748``, which then holds whatever the file says.
    limits_vertices, limits_unpacked_bytes
        See `geo.files.layers`.
    progress
        Told the share that is done, 0 to 1, and the step: ``read``, ``check``, ``repair``.

    Raises
    ------
    errors.BoundaryError
        For every reason listed there, with the file's name among the facts.
    """
    told = progress or (lambda _share, _step: None)
    known = dict(known_areas or {})
    try:
        prefix = _prefix(region_code, region_bps_code, code_system)
        given = None if crs is None else parsed_crs(crs)
        layer = read_layer(
            path,
            score=lambda table: code_rows(table, prefix=prefix.replace(".", "")),
            limits_vertices=limits_vertices,
            limits_unpacked_bytes=limits_unpacked_bytes,
            progress=lambda share, step: told(0.5 * share, step),
        )
        told(0.5, "check")
        columns = find_columns(
            layer.attributes.to_pandas(),
            region_code=region_code,
            region_bps_code=region_bps_code,
            known_names={code: name for code, (name, _) in known.items()},
            expected=code_system,
        )
        return _checked(
            layer,
            columns,
            region_code=region_code,
            prefix=prefix,
            known=known,
            utm_epsg=utm_epsg,
            crs=given,
            told=told,
        )
    except errors.BoundaryError as error:
        error.file = path.name
        raise


def _prefix(region_code: str, region_bps_code: str | None, system: CodeSystem) -> str:
    """Give what every area code of the region begins with."""
    if region_code == COUNTRY:
        return ""
    if system != "bps":
        return f"{region_code}."
    if region_bps_code is None and len(region_code) > 2:
        raise errors.BpsRegionUnknownError(region_code=region_code)
    return (region_bps_code or region_code).replace(".", "")


def _checked(
    layer: Layer,
    columns: Columns,
    *,
    region_code: str,
    prefix: str,
    known: dict[str, tuple[str, str]],
    utm_epsg: int | None,
    crs: CRS | None,
    told: Progress,
) -> Boundaries:
    """Turn a layer into checked areas, without naming the file in errors."""
    rows = _region_rows(layer, columns, region_code, prefix)
    drawn = rows[~(rows.geometry.isna() | rows.geometry.is_empty)]
    if int(shapely.get_num_coordinates(drawn.geometry.to_numpy()).max(initial=0)) > MOST_VERTICES_PER_AREA:
        raise errors.AreaTooDetailedError(limit=MOST_VERTICES_PER_AREA)
    polygons = _with_polygons(drawn, drawn.geometry.to_numpy())
    stated = polygons.set_crs(crs or layer.crs, allow_override=True)
    degrees, crs_name, crs_assumed = _in_degrees(stated)
    told(0.7, "repair")
    shapes, repaired_count = mend(degrees.geometry.to_numpy())
    parts = _with_polygons(degrees, shapes) if repaired_count else degrees
    areas = _one_row_each(parts)
    told(0.9, "check")
    bps = columns.system == "bps"
    renamed, agreement = ({}, _agreement(areas, known)) if bps else _renamed(areas, known, columns.name)
    unknown = tuple(code for code in areas["area_code"] if known and code not in known and not bps)
    if len(unknown) * 2 > len(areas):
        raise errors.CodesNotKnownError(
            region_code=region_code,
            unknown_count=len(unknown),
            area_count=len(areas),
            examples=unknown[:EXAMPLE_COUNT],
        )
    told(1.0, "check")
    one_zone = len(region_code) > 2
    around = surroundings_of(layer, columns, prefix=prefix, areas=areas, crs=stated.crs)
    return Boundaries(
        areas=_with_known_names(areas, {} if bps else known),
        surroundings=around,
        layer=layer.name,
        crs_name=crs_name,
        crs_assumed=crs_assumed,
        crs_borrowed=crs is None and layer.crs_borrowed,
        code_system=columns.system,
        utm_epsg=_utm_zone(areas) if utm_epsg is None and one_zone else utm_epsg,
        repaired_count=repaired_count,
        dissolved_count=len(parts) - len(areas),
        non_polygon_count=len(drawn) - len(polygons),
        dropped_count=len(layer.geometry) - len(rows),
        missing_codes=() if bps else tuple(sorted(set(known) - set(areas["area_code"]))),
        unknown_codes=unknown,
        renamed=renamed,
        name_agreement=agreement,
    )


def _region_rows(layer: Layer, columns: Columns, region: str, prefix: str) -> gpd.GeoDataFrame:
    """Keep the rows of the region: area_code, area_name, district_name ("" where not said), geometry."""
    canonical = ten_digits if columns.system == "bps" else canonical_area_code
    frame = layer.attributes.to_pandas()
    codes = np.array([canonical(text) for text in as_text(frame[columns.code])] + [None], dtype=object)[:-1]
    kept = np.array([code is not None and code.startswith(prefix) for code in codes])
    if not kept.any():
        end = 4 if columns.system == "bps" else 5
        raise errors.RegionAbsentError(
            column=columns.code,
            region_code=region,
            row_count=len(frame),
            regions=tuple(sorted({code[:end] for code in codes if code is not None}))[:5],
        )
    names = frame.loc[kept, columns.name]
    districts = None if columns.district is None else as_text(frame.loc[kept, columns.district])
    return gpd.GeoDataFrame(
        {
            "area_code": codes[kept],
            "area_name": as_text(names),
            "district_name": "" if districts is None else districts,
        },
        geometry=layer.geometry[kept],
        crs=layer.crs,
    )


def _with_polygons(rows: gpd.GeoDataFrame, geometries: Geometries) -> gpd.GeoDataFrame:
    """Give rows the polygon parts of new geometries and leave out rows without; refuse where none is left."""
    shaped = rows.set_geometry(polygon_parts(geometries), crs=rows.crs)
    shaped = shaped[shaped.geometry.notna()]
    if shaped.empty:
        kinds = tuple(sorted(set(rows.geometry.geom_type)))
        raise errors.NoPolygonsError(row_count=len(rows), geometry_types=kinds)
    return shaped


def _in_degrees(rows: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, str, bool]:
    """Bring rows to EPSG:4326: the rows, the name of the file's system, and whether it was assumed."""
    assumed = rows.crs is None
    if assumed:
        if not _all_within(rows):
            raise errors.NoCrsError(**_bounds(rows))
        rows = rows.set_crs(_WGS84)
    name = crs_name_of(rows.crs)
    rows = rows.to_crs(_WGS84)
    if not _all_within(rows):
        raise errors.NotInIndonesiaError(crs_name=name, **_bounds(rows))
    return rows, name, assumed


def _all_within(rows: gpd.GeoDataFrame) -> bool:
    west, south, east, north = rows.total_bounds
    return bool(within_indonesia(np.array([west, east]), np.array([south, north])).all())


def _bounds(rows: gpd.GeoDataFrame) -> Bounds:
    west, south, east, north = rows.total_bounds
    return bounds_of(np.array([west, east]), np.array([south, north]))


def _one_row_each(parts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join rows with one code to one area, sorted by code; refuse where their names say two places."""
    repeated = parts["area_code"].duplicated(keep=False)
    for code, names in parts[repeated].groupby("area_code")["area_name"]:
        if any(name_similarity(names.iloc[0], name) < SAME_NAME_SIMILARITY for name in names):
            raise errors.CodeRepeatedError(area_code=code, names=tuple(names))
    joined = parts[repeated].dissolve(by="area_code", as_index=False) if repeated.any() else parts[:0]
    areas = pd.concat([parts[~repeated], joined]) if repeated.any() else parts
    return areas.sort_values("area_code", ignore_index=True)


def _renamed(
    areas: gpd.GeoDataFrame, known: Mapping[str, tuple[str, str]], column: str
) -> tuple[dict[str, tuple[str, str]], float | None]:
    """List areas whose name in the file is not the known one, and the share of the others; refuse too many."""
    compared = areas[areas["area_code"].isin(known)]
    renamed = {
        code: (name, known[code][0])
        for code, name in zip(compared["area_code"], compared["area_name"], strict=True)
        if name_similarity(name, known[code][0]) < SAME_NAME_SIMILARITY
    }
    if len(renamed) > TOLERATED_DISAGREEMENT * len(compared):
        examples = tuple((code, *names) for code, names in renamed.items())[:EXAMPLE_COUNT]
        raise errors.NamesDisagreeError(
            column=column, disagreeing_count=len(renamed), compared_count=len(compared), examples=examples
        )
    return renamed, 1 - len(renamed) / len(compared) if len(compared) else None


def _agreement(areas: gpd.GeoDataFrame, known: Mapping[str, tuple[str, str]]) -> float | None:
    """Give the share of areas whose name is alike a known one, whatever its code."""
    if not known:
        return None
    names = [name for name, _ in known.values()]
    exact = {normalise_name(name) for name in names}
    alike = [
        normalise_name(area) in exact or any(name_similarity(area, name) >= SAME_NAME_SIMILARITY for name in names)
        for area in areas["area_name"]
    ]
    return sum(alike) / len(alike)


def _with_known_names(areas: gpd.GeoDataFrame, known: Mapping[str, tuple[str, str]]) -> gpd.GeoDataFrame:
    """Give every area its official name where known, its district's code, and its district's name."""
    districts = [_district_of(code) for code in areas["area_code"]]
    district_names = {code: name for code, name in zip(districts, areas["district_name"], strict=True) if name}
    district_names |= {district_code(code): name for code, (_, name) in known.items()}
    return gpd.GeoDataFrame(
        {
            "area_code": areas["area_code"],
            "area_name": [
                known.get(code, (name, ""))[0]
                for code, name in zip(areas["area_code"], areas["area_name"], strict=True)
            ],
            "district_code": districts,
            "district_name": pd.Series([district_names.get(code) for code in districts], dtype=object),
        },
        geometry=areas.geometry.to_numpy(),
        crs=_WGS84,
    )


def _district_of(area_code: str) -> str:
    return district_code(area_code) if "." in area_code else area_code[:_BPS_DISTRICT]


def _utm_zone(areas: gpd.GeoDataFrame) -> int:
    """Return the EPSG code of the UTM zone around the middle of the areas' extent."""
    west, south, east, north = map(float, areas.total_bounds)
    zone = floor(((west + east) / 2 + 180) / 6) + 1
    return zone + (32600 if south + north >= 0 else 32700)
