"""Areas made lighter for drawing, with neighbours still sharing one line."""

from typing import cast

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import Transformer

GAP_M = 10.0  # gaps narrower than this between areas are slips of the drawing hand, not land of nobody
TOLERATED_CHANGE = 0.05  # of an area's size; what cleaning would change more is no sliver
DECIMALS = 5  # of a degree: about one metre

Geometries = NDArray[np.object_]


def simplify_coverage(geometries: ArrayLike, *, tolerance_m: float, utm_epsg: int) -> Geometries:
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
        EPSG code of the UTM zone in which metres are taken.

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
    to_metres = Transformer.from_crs(4326, utm_epsg, always_xy=True)
    to_degrees = Transformer.from_crs(utm_epsg, 4326, always_xy=True)

    exact = shapely.transform(result[drawn], to_metres.transform, interleaved=False)
    fitted = exact if shapely.coverage_is_valid(exact, gap_width=GAP_M) else _fit(exact)
    light = shapely.coverage_simplify(fitted, tolerance_m)
    torn = _spoilt(light)  # which can happen where areas still lie over each other
    light[torn] = fitted[torn]
    result[drawn] = _round(shapely.transform(light, to_degrees.transform, interleaved=False))
    return result


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
