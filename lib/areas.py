"""The areas of a region as a GeoDataFrame, read from the lake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from data import queries

if TYPE_CHECKING:
    from data.lake import Lake


class RegionError(ValueError):
    """A region that is not ready to work with; codes: ``no_region``, ``no_areas`` (region_code)."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        self.facts = facts


def active_region_code(lake: Lake) -> str:
    """Name the active region.

    Raises
    ------
    RegionError
        ``no_region`` in a store without any.
    """
    code = queries.active_region(lake)
    if code is None:
        raise RegionError("no_region")
    return code


def load_areas(lake: Lake, region_code: str, *, simplified: bool) -> gpd.GeoDataFrame:
    """Read the boundary set in force, in EPSG:4326, sorted by code.

    Columns: area_code, area_name, district_code, district_name, area_km2, import_id, geometry. Areas without
    a polygon are rows with geometry None: they count in every table.

    Raises
    ------
    RegionError
        ``no_areas`` when no boundary set was imported for the region.
    """
    frame = queries.areas(lake, region_code)
    if frame.empty:
        raise RegionError("no_areas", region_code=region_code)
    return areas_of_frame(frame, simplified=simplified)


def areas_of_frame(frame: pd.DataFrame, *, simplified: bool) -> gpd.GeoDataFrame:
    """Turn the answer of `data.queries.areas` into a GeoDataFrame in EPSG:4326."""
    column = "geometry_simplified" if simplified else "geometry"
    wkb = [None if pd.isna(cell) else bytes(cell) for cell in frame[column]]
    geometry = gpd.GeoSeries(shapely.from_wkb(wkb), index=frame.index, crs=4326)
    plain = frame.drop(columns=["geometry", "geometry_simplified"])
    return gpd.GeoDataFrame(plain, geometry=geometry)
