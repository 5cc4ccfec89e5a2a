"""Lay rows on a boundary set: points into areas, and statements beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from data.store import imports
from geo.join import Method, locate_points
from geo.reference_systems import measuring_epsg
from lib.intake.kinds import KINDS
from lib.region.measure import EQUAL_AREA, utm_epsg

if TYPE_CHECKING:
    import duckdb
    import geopandas as gpd
    from numpy.typing import NDArray

    from data.sort.row_kind import Placing
    from lib.rules.regions import Region

METHOD_NAMES = {method.value: method.name.lower() for method in Method}


def locate_fresh(
    cursor: duckdb.DuckDBPyConnection,
    areas: gpd.GeoDataFrame,
    *,
    placing: Placing,
    import_id: str,
    epsg: int,
    border_m: float,
) -> None:
    """Place the sorted rows of a file: temporary table ``hashed`` -> temporary table ``located``."""
    _locate(
        cursor,
        f"SELECT line_number, {_columns(placing)} FROM hashed",
        areas,
        epsg=epsg,
        border_m=border_m,
        row_import_id=import_id,
    )


def relocate(
    cursor: duckdb.DuckDBPyConnection,
    region: Region,
    areas: gpd.GeoDataFrame,
    *,
    boundary_import_id: str,
    border_m: float,
) -> None:
    """Place every valid row of a region on a boundary set that does not have it yet.

    Rows imported while the set was in force are placed already; those imported under another set are not.
    """
    epsg = utm_epsg(region, areas)
    for kind, placing in ((known.rows, known.rows.placing) for known in KINDS.values()):
        if placing is None:
            continue
        rows = f"""SELECT import_id AS row_import_id, line_number, {_columns(placing)}
            FROM {kind.table} JOIN valid_import USING (import_id)
            WHERE {kind.table}.region_code = $region_code AND (import_id, line_number) NOT IN (
                SELECT (row_import_id, line_number) FROM location
                WHERE boundary_import_id = '{boundary_import_id}' AND kind = '{kind.code}')"""
        _locate(cursor, rows, areas, epsg=epsg, border_m=border_m, region_code=region.code)
        imports.store_locations(cursor, kind=kind.code, boundary_import_id=boundary_import_id)


def _columns(placing: Placing) -> str:
    return f"""longitude, latitude, stated_area_code, {placing.follows_point} AS follows_point,
        {placing.not_coarser_than_area} AS not_coarser_than_area"""


def _locate(
    cursor: duckdb.DuckDBPyConnection,
    rows: str,
    areas: gpd.GeoDataFrame,
    *,
    epsg: int,
    border_m: float,
    row_import_id: str | None = None,
    **parameters: object,
) -> None:
    unplaced = cursor.execute(rows, parameters or None).to_arrow_table()
    located = locate_points(
        _filled(unplaced["longitude"]), _filled(unplaced["latitude"]), areas, utm_epsg=epsg, border_m=border_m
    )
    code_of = pa.array([*areas["area_code"], None], pa.string())
    inside = np.where(located.area_position < 0, len(areas), located.area_position)
    method_of = pa.array([METHOD_NAMES[number] for number in sorted(METHOD_NAMES)])
    found = {
        "point_area_code": pa.DictionaryArray.from_arrays(pa.array(inside.astype(np.int32)), code_of),
        "method": pa.DictionaryArray.from_arrays(pa.array(located.method.astype(np.int8)), method_of),
        "distance_m": pa.array(located.distance_m, from_pandas=True),
    }
    own = f"'{row_import_id}' AS row_import_id, " if row_import_id else ""
    table = unplaced.drop_columns(["longitude", "latitude"])
    for name, values in found.items():
        table = table.append_column(name, values)
    cursor.register("found", table)
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE located AS
        SELECT {own}* REPLACE (point_area_code::VARCHAR AS point_area_code, method::VARCHAR AS method) FROM found"""
    )
    cursor.unregister("found")


def _filled(values: pa.ChunkedArray) -> NDArray[np.float64]:
    """Turn a column into floats, the missing ones into NaN."""
    plain: NDArray[np.float64] = values.to_numpy().astype(float)
    return plain


def area_table(areas: gpd.GeoDataFrame, simplified: gpd.GeoSeries, *, epsg: int) -> pd.DataFrame:
    """Turn areas into rows of the store: WKB as imported, WKB for screens, square kilometres."""
    measured = EQUAL_AREA if epsg == measuring_epsg(None) else epsg
    area_km2 = areas.geometry.to_crs(measured).area.to_numpy() / 1e6
    return pd.DataFrame(
        {
            "area_code": areas["area_code"],
            "area_name": areas["area_name"],
            "district_code": areas["district_code"],
            "district_name": areas["district_name"],
            "area_km2": np.where(areas.geometry.isna(), np.nan, area_km2),
            "geometry": areas.geometry.to_wkb().to_numpy(dtype=object),
            "geometry_simplified": simplified.to_wkb().to_numpy(dtype=object),
        }
    )
