"""The areas of a region as a GeoDataFrame, read from the lake."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from data.store import queries
from geo.neighbours import contiguity, join_islands
from lib.errors import NoAreasError, UnknownDistrictError
from lib.region.measure import utm_epsg
from lib.rules.hotspots import hotspot_rules
from lib.rules.regions import region_profile

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from data.store.lake import Lake


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Which areas of a region are neighbours."""

    # shape (areas, areas), 1 between neighbours, symmetric, zero diagonal; rows in the order of `area_codes`
    matrix: csr_array
    area_codes: tuple[str, ...]  # all areas, sorted
    # areas that border on none, each with the area it was joined to; None where none lies near enough
    islands: tuple[tuple[str, str | None], ...]
    without_polygon: tuple[str, ...]  # areas whose place is not known; they have no neighbours


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
        raise NoAreasError(region_code=region_code)
    return areas_of_frame(frame, simplified=simplified)


def districts_of(lake: Lake, region_code: str) -> dict[str, str]:
    """Name the kecamatan of the boundaries in force, code to name in the order of codes; raises as `load_areas`."""
    table = load_areas(lake, region_code, simplified=True)
    return dict(sorted(zip(table["district_code"], table["district_name"], strict=True)))


def district_code(lake: Lake, region_code: str, named: str) -> str:
    """Find the code of a kecamatan that is named by its code, or by its name in whatever case.

    Raises
    ------
    RegionError
        ``unknown_district`` where the region has none such; as `load_areas`.
    """
    known = districts_of(lake, region_code)
    plain = named.strip().casefold()
    for code, name in known.items():
        if plain in {code, name.casefold()}:
            return code
    raise UnknownDistrictError(named=named, districts=tuple(known.values()))


def load_surroundings(lake: Lake, region_code: str) -> gpd.GeoDataFrame:
    """Read what the file of the boundaries in force holds around the region.

    Columns name, kind (``sea`` or ``neighbour``) and geometry, EPSG:4326; no row where the file holds nothing else.
    """
    found = json.loads(queries.boundary_facts(lake, region_code)).get("sekitar") or []
    frame = pd.DataFrame(found, columns=["kind", "name", "wkt"])
    geometry = gpd.GeoSeries(shapely.from_wkt(frame["wkt"].to_numpy(dtype=object)), crs=4326)
    return gpd.GeoDataFrame(frame[["name", "kind"]], geometry=geometry, crs=4326)


def load_neighbours(lake: Lake, region_code: str) -> Neighbours:
    """Find the neighbours of every area of a region; see `neighbours_of`."""
    return neighbours_of(load_areas(lake, region_code, simplified=True), region_code)


def neighbours_of(areas: gpd.GeoDataFrame, region_code: str) -> Neighbours:
    """Find the neighbours of areas as from `load_areas`, simplified ones, measured in the region's UTM zone.

    Areas within the tolerance of `lib.rules.hotspots` are neighbours; an area that borders on none is joined to
    the nearest one within the reach of the rules, both ways.
    """
    rules = hotspot_rules(region_code)
    codes = tuple(areas["area_code"])
    drawn = areas.geometry.notna().to_numpy()
    if drawn.any():
        shapes = areas.geometry.to_crs(utm_epsg(region_profile(region_code), areas)).to_numpy()
    else:
        shapes = areas.geometry.to_numpy()
    bordering = contiguity(shapes, tolerance_m=rules.neighbour_tolerance_m)
    joined = join_islands(bordering, shapes, reach_m=rules.island_reach_m)
    return Neighbours(
        matrix=joined.matrix,
        area_codes=codes,
        islands=tuple(
            (codes[island], codes[other] if other >= 0 else None)
            for island, other in zip(joined.islands, joined.joined_to, strict=True)
        ),
        without_polygon=tuple(code for code, shown in zip(codes, drawn, strict=True) if not shown),
    )


def areas_of_frame(frame: pd.DataFrame, *, simplified: bool) -> gpd.GeoDataFrame:
    """Turn the answer of `data.store.queries.areas` into a GeoDataFrame in EPSG:4326."""
    column = "geometry_simplified" if simplified else "geometry"
    wkb = [None if pd.isna(cell) else bytes(cell) for cell in frame[column]]
    geometry = gpd.GeoSeries(shapely.from_wkb(wkb), index=frame.index, crs=4326)
    plain = frame.drop(columns=["geometry", "geometry_simplified"])
    return gpd.GeoDataFrame(plain, geometry=geometry)
