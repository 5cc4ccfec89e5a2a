"""Points assigned to areas by one written rule: each is inside, border, outside or without coordinate.

The rule, for points and areas in metres:

- *no coordinate*: an ordinate is missing (NaN);
- *border*: not farther than `border_m` from the outline of any area (its own area's edge from either side,
  also the outer edge of the region), or contained in more than one area;
- *inside*: contained in exactly one area and farther than `border_m` from every outline;
- *outside*: in no area and farther than `border_m` from all.

A border point is assigned to the nearest area, which is the one that contains or touches it; of areas equally
near, to the one with the smallest code. The order of points or areas changes nothing.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import Transformer

from geo.outlines import Contacts, SortedPoints, cut_outlines, meet, sort_points

if TYPE_CHECKING:
    import geopandas as gpd

BORDER_M = 50.0  # what a hand-held receiver under trees and a village boundary may be wrong by together
TOUCH_M = 1e-6  # distances are told apart to the micrometre; nearer than that is touching
VERTICES_PER_TASK = 200_000  # some 20 MB of work at a time in each thread

Floats = NDArray[np.float64]
Geometries = NDArray[np.object_]


class Method(IntEnum):
    """How a point got its area; the numbers are stored, so they never change."""

    NO_COORDINATE = 0
    INSIDE = 1
    BORDER = 2
    OUTSIDE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """Where each of n points is."""

    area_codes: NDArray[np.object_]  # codes of the areas in the order they were given, shape (areas,)
    # position in `area_codes`, shape (n,), -1 where the point is outside or has no coordinate
    area_position: NDArray[np.int32]
    method: NDArray[np.int8]  # values of `Method`, shape (n,)
    # Shape (n,). Border: distance to the nearest outline of any area. Outside: distance to the nearest area, infinite
    # where the coordinate is beyond the reach of the map projection or there is no area. Inside and no coordinate:
    # NaN.
    distance_m: Floats

    @property
    def area_code(self) -> NDArray[np.object_]:
        """Code of each point's area, shape (n,), None where it has none."""
        return np.append(self.area_codes, np.array([None], dtype=object))[self.area_position]

    def counts(self) -> dict[Method, int]:
        """Count the points of every method, also those that do not occur."""
        return {method: int((self.method == method).sum()) for method in Method}


def locate_points(
    longitude: ArrayLike,
    latitude: ArrayLike,
    areas: "gpd.GeoDataFrame",
    *,
    utm_epsg: int,
    border_m: float = BORDER_M,
    threads: int | None = None,
) -> Located:
    """Assign points in degrees to areas by the rule at the head of this module.

    Distances are taken in the UTM zone `utm_epsg`, where they are right to one part in a thousand.

    Parameters
    ----------
    longitude, latitude
        WGS 84 degrees, shape (n,); NaN where there is no coordinate.
    areas
        Columns `area_code` (unique) and `geometry` in EPSG:4326; a missing or empty geometry catches
        no point.
    utm_epsg
        EPSG code of the region's UTM zone.
    border_m
        Half-width of the strip along outlines in which assignment is uncertain, >= 0.
    threads
        Number of threads; by default one for each processor.

    Raises
    ------
    ValueError
        If `areas` is not in EPSG:4326, and as `locate_projected` does.
    """
    if areas.crs is None or areas.crs.to_epsg() != 4326:
        raise ValueError(f"areas are in {areas.crs}, but must be in EPSG:4326")
    to_metres = Transformer.from_crs(4326, utm_epsg, always_xy=True)
    east, north = np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)
    missing = np.isnan(east) | np.isnan(north)
    x_m, y_m = to_metres.transform(east, north)
    return locate_projected(
        np.where(missing, np.nan, x_m),
        np.where(missing, np.nan, y_m),
        shapely.transform(areas.geometry.to_numpy(), to_metres.transform, interleaved=False),
        area_codes=areas["area_code"].tolist(),
        border_m=border_m,
        threads=threads,
    )


def locate_projected(
    x_m: ArrayLike,
    y_m: ArrayLike,
    geometries: ArrayLike,
    *,
    area_codes: Sequence[str],
    border_m: float = BORDER_M,
    threads: int | None = None,
) -> Located:
    """Assign points in metres to areas in metres by the rule at the head of this module.

    Parameters
    ----------
    x_m, y_m
        Coordinates in any plane system in metres, shape (n,); NaN where there is no coordinate, infinite
        where there is one that could not be projected.
    geometries
        Polygons and multipolygons, shape (areas,); they may overlap and leave gaps.
    area_codes
        Their codes, unique; they decide ties.
    border_m, threads
        As in `locate_points`.

    Raises
    ------
    ValueError
        If shapes differ, a code appears twice, a geometry is not polygonal, or `border_m` is negative.
    """
    x, y = np.asarray(x_m, dtype=float), np.asarray(y_m, dtype=float)
    areas = np.asarray(geometries, dtype=object)
    codes = np.array([*area_codes, None], dtype=object)[:-1]
    _check(x, y, areas, codes, border_m)
    method = np.full(len(x), Method.OUTSIDE, dtype=np.int8)
    position = np.full(len(x), -1, dtype=np.int32)
    distance_m = np.full(len(x), np.inf)
    missing = np.isnan(x) | np.isnan(y)
    method[missing], distance_m[missing] = Method.NO_COORDINATE, np.nan

    by_code = np.argsort(codes)
    by_code = by_code[~(shapely.is_missing(areas[by_code]) | shapely.is_empty(areas[by_code]))]
    areas = areas[by_code]
    if not len(areas):
        return Located(codes, position, method, distance_m)

    threads = threads or os.cpu_count() or 1
    reach_m = max(border_m, TOUCH_M)
    west, south, east, north = shapely.total_bounds(areas) + reach_m * np.array([-1, -1, 1, 1])
    candidate = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
    points = sort_points(x[candidate], y[candidate])
    contacts = _contacts(points, areas, reach_m, threads)
    method[candidate], position[candidate], distance_m[candidate] = _decide(contacts, len(candidate))
    position[position >= 0] = by_code[position[position >= 0]]

    outside = np.flatnonzero((method == Method.OUTSIDE) & np.isfinite(x) & np.isfinite(y))
    # Cutting the outlines first pays as soon as it is spread over more points than areas.
    targets = areas if len(outside) <= len(areas) else _short_lines(areas)
    distance_m[outside] = _nearest_m(x[outside], y[outside], targets, threads)
    deep = np.flatnonzero((method == Method.BORDER) & np.isinf(distance_m))
    if deep.size:  # where areas overlap widely, so that a border point is far from any outline
        distance_m[deep] = _nearest_m(x[deep], y[deep], _short_lines(areas), threads)
    return Located(codes, position, method, distance_m)


def _check(x: Floats, y: Floats, areas: Geometries, codes: NDArray[np.object_], border_m: float) -> None:
    """Refuse arguments that cannot be meant."""
    if x.shape != y.shape or x.ndim != 1:
        raise ValueError(f"x {x.shape} and y {y.shape} must both be (n,)")
    if areas.shape != codes.shape or areas.ndim != 1:
        raise ValueError(f"{areas.shape} geometries for {codes.shape} area codes")
    if len(set(codes)) < len(codes):
        raise ValueError("an area code appears twice")
    polygonal = np.isin(shapely.get_type_id(areas), (-1, 3, 6))  # missing, Polygon, MultiPolygon
    if not polygonal.all():
        raise ValueError(f"geometry of {codes[~polygonal][0]} is not a polygon")
    if not border_m >= 0:
        raise ValueError(f"border_m is {border_m}, but must be >= 0")


def _contacts(points: SortedPoints, areas: Geometries, reach_m: float, threads: int) -> Contacts:
    """Find all contacts, some areas at a time in each thread (numpy and shapely release the lock)."""
    vertices = np.cumsum(shapely.get_num_coordinates(areas))
    total = int(vertices[-1]) if vertices.size else 0
    step = max(1, min(VERTICES_PER_TASK, total // (4 * threads)))
    begins = np.unique(np.searchsorted(vertices, np.arange(0, total, step), side="right"))
    tasks = np.split(np.arange(len(areas)), begins[1:])
    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(lambda task: meet(points, areas[task], reach_m=reach_m), tasks))
    return Contacts(
        inside_area=np.concatenate([task[part.inside_area] for task, part in zip(tasks, parts, strict=True)]),
        inside_point=np.concatenate([part.inside_point for part in parts]),
        near_area=np.concatenate([task[part.near_area] for task, part in zip(tasks, parts, strict=True)]),
        near_point=np.concatenate([part.near_point for part in parts]),
        near_distance_m=np.concatenate([part.near_distance_m for part in parts]),
    )


def _decide(contacts: Contacts, count: int) -> tuple[NDArray[np.int8], NDArray[np.int32], Floats]:
    """Apply the rule to `count` points: method, position of the area, distance (infinite: not yet known)."""
    containing = np.bincount(contacts.inside_point, minlength=count)
    outline_m = np.full(count, np.inf)
    np.minimum.at(outline_m, contacts.near_point, contacts.near_distance_m)
    border = np.isfinite(outline_m) | (containing > 1)
    inside = (containing == 1) & ~border

    position = np.full(count, -1, dtype=np.int32)
    clear = inside[contacts.inside_point]
    position[contacts.inside_point[clear]] = contacts.inside_area[clear]

    held = border[contacts.inside_point]
    point = np.concatenate([contacts.inside_point[held], contacts.near_point])
    area = np.concatenate([contacts.inside_area[held], contacts.near_area])
    apart = np.concatenate([np.zeros(held.sum()), np.round(contacts.near_distance_m / TOUCH_M)])
    best_last = np.lexsort((-area, -apart, point))
    position[point[best_last]] = area[best_last]  # the last of each point stays

    method = np.full(count, Method.OUTSIDE, dtype=np.int8)
    method[inside], method[border] = Method.INSIDE, Method.BORDER
    return method, position, np.where(inside, np.nan, outline_m)


def _short_lines(areas: Geometries) -> Geometries:
    """Return the outlines of all areas as short lines, which a search tree tells apart well."""
    lines = cut_outlines(areas)
    return np.asarray(shapely.linestrings(np.stack([lines.x_m.T, lines.y_m.T], axis=-1)))


def _nearest_m(x_m: Floats, y_m: Floats, targets: Geometries, threads: int) -> Floats:
    """Return the distance from each point to the nearest of `targets`."""
    tree = shapely.STRtree(targets)
    points = shapely.points(x_m, y_m)

    def search(some: Geometries) -> Floats:
        _, distance_m = tree.query_nearest(some, return_distance=True, all_matches=False)
        return np.asarray(distance_m)

    with ThreadPoolExecutor(threads) as pool:
        return np.concatenate(list(pool.map(search, np.array_split(points, 4 * threads))))
