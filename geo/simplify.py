"""Areas made lighter for drawing, with neighbours still sharing one line."""

from collections.abc import Callable, Iterator
from typing import cast

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import Transformer
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.reference_systems import measuring_epsg

GAP_M = 10.0  # gaps narrower than this between areas are slips of the drawing hand, not land of nobody
TOLERATED_CHANGE = 0.05  # of an area's size; what cleaning would change more is no sliver
DECIMALS = 5  # of a degree: about one metre
AREAS_AT_ONCE = 4_000  # cleaning takes some 100 kilobytes for each

Geometries = NDArray[np.object_]


def simplify_coverage(
    geometries: ArrayLike,
    *,
    tolerance_m: float,
    utm_epsg: int | None,
    progress: Callable[[float, str], None] | None = None,
) -> Geometries:
    """Simplify all areas of a region together, so that no gap opens between neighbours.

    Real boundary files overlap and leave slivers. Where they do, the areas are first made to fit
    (`shapely.coverage_clean`: overlaps go to the neighbour with the longer common border, enclosed gaps
    narrower than `GAP_M` are closed); an area that this would change by more than `TOLERATED_CHANGE` really
    lies over another and is left as it is. Then common and outer lines are simplified after Visvalingam and
    Whyatt, and vertices rounded to `DECIMALS`.

    The result is for drawing. Points are located in the areas as they were read.

    Parameters
    ----------
    geometries
        Valid polygons and multipolygons in EPSG:4326, shape (n,). None and empty ones stay as they are.
    tolerance_m
        Square root of the area of the largest triangle that a vertex may be removed for; 0 keeps every
        vertex.
    utm_epsg
        EPSG code of the UTM zone in which metres are taken; None for a region wider than a zone, see
        `geo.reference_systems.measuring_epsg`.
    progress
        Told the share that is done, 0 to 1, and the step: ``clean``, ``simplify``.

    Returns
    -------
    simplified
        Valid geometries in EPSG:4326, shape (n,), in the given order. No area disappears: one too small to be
        rounded keeps its exact vertices.

    Raises
    ------
    ValueError
        If `tolerance_m` is negative.

    References
    ----------
    Visvalingam, M. and Whyatt, J. D. (1993). Line generalisation by repeated elimination of points.
    Cartographic Journal 30(1), 46-51.
    """
    if not tolerance_m >= 0:
        raise ValueError(f"tolerance_m is {tolerance_m}, but must be >= 0")
    result = np.array(geometries, dtype=object)
    drawn = ~(shapely.is_missing(result) | shapely.is_empty(result))
    if not drawn.any():
        return result
    told = progress or (lambda _share, _step: None)
    to_metres = Transformer.from_crs(4326, measuring_epsg(utm_epsg), always_xy=True)
    to_degrees = Transformer.from_crs(measuring_epsg(utm_epsg), 4326, always_xy=True)

    fitted = shapely.transform(result[drawn], to_metres.transform, interleaved=False)
    told(0.05, "clean")
    ill_fitting = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(fitted, gap_width=GAP_M)))
    done = 0
    for batch in _batches(fitted, ill_fitting):
        fitted[batch] = _fit(fitted[batch])
        done += len(batch)
        told(0.2 + 0.4 * done / len(ill_fitting), "clean")
    told(0.6, "simplify")
    light = shapely.coverage_simplify(fitted, tolerance_m)
    torn = _spoilt(light)  # which can happen where areas still lie over each other
    light[torn] = fitted[torn]
    told(0.9, "simplify")
    result[drawn] = _round(shapely.transform(light, to_degrees.transform, interleaved=False))
    told(1.0, "simplify")
    return result


def _batches(areas: Geometries, chosen: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    """Part the chosen areas so that those which meet stay together, unless they are too many at once.

    Where one heap of them is larger than `AREAS_AT_ONCE` it is cut, and misfits along the cut stay.
    """
    if not len(chosen):
        return
    one, other = shapely.STRtree(areas[chosen]).query(areas[chosen], predicate="intersects")
    meeting = coo_array((np.ones(len(one), dtype=bool), (one, other)), shape=(len(chosen), len(chosen)))
    _, heap = connected_components(meeting, directed=False)
    order = np.lexsort((chosen, heap))
    batch: list[NDArray[np.intp]] = []
    for members in np.split(chosen[order], np.flatnonzero(np.diff(heap[order])) + 1):
        if batch and sum(map(len, batch)) + len(members) > AREAS_AT_ONCE:
            yield np.concatenate(batch)
            batch = []
        batch.append(members)
        if len(members) > AREAS_AT_ONCE:
            yield from np.array_split(members, -(-len(members) // AREAS_AT_ONCE))
            batch = []
    if batch:
        yield np.concatenate(batch)


def _fit(areas: Geometries) -> Geometries:
    """Remove overlaps and narrow gaps, except where that would eat an area."""
    fitted = shapely.coverage_clean(areas, gap_width=GAP_M)
    change = np.abs(shapely.area(fitted) - shapely.area(areas)) / shapely.area(areas)
    eaten = (change > TOLERATED_CHANGE) | ~shapely.is_valid(fitted)
    return np.where(eaten, areas, fitted)


def _round(areas: Geometries) -> Geometries:
    """Round vertices one by one, so that common vertices stay common; then mend what that spoils."""
    rounded = _round_vertices(areas)
    spoilt = _spoilt(rounded)
    rounded[spoilt] = _round_vertices(shapely.set_precision(areas[spoilt], 10.0**-DECIMALS))
    spoilt = _spoilt(rounded)
    rounded[spoilt] = areas[spoilt]
    return rounded


def _spoilt(areas: Geometries) -> NDArray[np.bool_]:
    return np.asarray(~shapely.is_valid(areas) | shapely.is_empty(areas))


def _round_vertices(areas: Geometries) -> Geometries:
    return cast("Geometries", shapely.transform(areas, lambda vertices: np.round(vertices, DECIMALS)))
