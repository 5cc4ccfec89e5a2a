"""The ground that simulated things stand on: areas in metres, points inside them, points located."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from scipy.optimize import linear_sum_assignment
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    import geopandas as gpd

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Objects = NDArray[Any]

OUTSIDE = -1
DECIMALS = 6  # of a degree: about 0.1 m


@dataclass(frozen=True, slots=True)
class Ground:
    """Areas sorted by code, with polygons in metres of their UTM zone."""

    # codes, names, district_names: texts, shape (n,)
    codes: Objects
    names: Objects
    district_names: Objects
    polygons: Objects  # shape (n,): polygons or multipolygons, None where an area has none
    drawn: Flags  # shape (n,): whether an area has a polygon
    size_km2: Floats  # shape (n,): the median of the others where an area has no polygon, 1 where none has
    utm: str  # name of the projected system

    @property
    def usual_length_m(self) -> float:
        """Give the side of a square as large as the median area."""
        return 1_000.0 * float(np.sqrt(np.median(self.size_km2)))


def lay_out(areas: gpd.GeoDataFrame) -> Ground:
    """Sort areas by code and bring their polygons into metres.

    Parameters
    ----------
    areas
        Columns area_code, area_name, district_name, geometry; geometry in any known system, or
        missing for some or all areas.

    Raises
    ------
    ValueError
        If there is no area or two share a code.
    """
    if areas.empty or areas["area_code"].duplicated().any():
        raise ValueError("areas must be there, and their codes distinct")
    ordered = areas.sort_values("area_code", ignore_index=True)
    drawn = shapely.area(ordered.geometry.to_numpy()) > 0  # neither missing nor without inside
    utm = _utm_zone(ordered[drawn])
    polygons = np.full(len(ordered), None, dtype=object)
    if drawn.any():
        polygons[drawn] = ordered.geometry[drawn].to_crs(utm).to_numpy()
    size = np.where(drawn, shapely.area(polygons) / 1e6, np.nan)
    size[~drawn] = np.median(size[drawn]) if drawn.any() else 1.0
    return Ground(
        codes=ordered["area_code"].to_numpy(dtype=object),
        names=ordered["area_name"].to_numpy(dtype=object),
        district_names=ordered["district_name"].to_numpy(dtype=object),
        polygons=polygons,
        drawn=drawn,
        size_km2=size,
        utm=utm,
    )


def _utm_zone(areas: gpd.GeoDataFrame) -> str:
    """Name the UTM zone of the middle of all areas; zone 48 south where nothing is drawn."""
    if areas.empty:
        return "EPSG:32748"
    west, south, east, north = areas.geometry.to_crs("EPSG:4326").total_bounds
    zone = int(((west + east) / 2 + 180) // 6) + 1
    return f"EPSG:{(32700 if south + north < 0 else 32600) + zone}"


def to_degrees(ground: Ground, points: Floats) -> tuple[Floats, Floats]:
    """Give latitudes and longitudes of points in metres, rounded; missing stays missing."""
    transformer = Transformer.from_crs(ground.utm, "EPSG:4326", always_xy=True)
    longitude, latitude = np.full(len(points), np.nan), np.full(len(points), np.nan)
    known = ~np.isnan(points[:, 0])
    longitude[known], latitude[known] = transformer.transform(*points[known].T)
    return latitude.round(DECIMALS), longitude.round(DECIMALS)


def locate(ground: Ground, points: Floats) -> Whole:
    """Number the area each point lies in, `OUTSIDE` where in none; on a border the lower number."""
    area = np.full(len(points), len(ground.codes))
    at, found = shapely.STRtree(ground.polygons).query(shapely.points(points), predicate="intersects")
    np.minimum.at(area, at, found)
    area[area == len(ground.codes)] = OUTSIDE
    return area.astype(np.int64)


def scatter(polygon: Any, count: int, *, rng: np.random.Generator) -> Floats:
    """Draw points uniformly inside a polygon, shape (count, 2)."""
    shapely.prepare(polygon)
    west, south, east, north = polygon.bounds
    found = np.empty((0, 2))
    while len(found) < count:
        points = rng.uniform((west, south), (east, north), (4 * (count - len(found)) + 16, 2))
        found = np.concatenate([found, points[shapely.contains_xy(polygon, points)]])
    return found[:count]


def spread(polygon: Any, count: int, *, rng: np.random.Generator) -> Floats:
    """Choose points that share a polygon out among them evenly, clear of its border.

    Lloyd's relaxation over uniform points inside the polygon less a rim of 3 % of the square root
    of its area. The relaxed means may lie outside where the polygon bends, so each is matched with
    one of those points, no two with the same, at least total squared distance.
    """
    inner = polygon.buffer(-0.03 * polygon.area**0.5)
    pool = scatter(polygon if inner.is_empty else inner, 12 * count, rng=rng)
    means = pool[:count]
    for _ in range(6):
        nearest = cKDTree(means).query(pool)[1]
        share = np.bincount(nearest, minlength=count)[:, None]
        sums = np.column_stack([np.bincount(nearest, axis, count) for axis in pool.T])
        means = np.where(share > 0, sums / np.maximum(share, 1), means)
    distance = ((means[:, None] - pool[None]) ** 2).sum(axis=2)
    chosen: Floats = pool[linear_sum_assignment(distance)[1]]
    return chosen
