"""Where Indonesia lies, which systems measure it, and how a system is named."""

from typing import TypedDict

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS

INDONESIA = (94.0, -12.0, 142.0, 7.0)  # west, south, east, north in degrees, with some sea around
WORLD_MERCATOR = 3395  # at Indonesia's farthest, 11 degrees from the equator, a metre is 1.02 of its metres
EQUAL_AREA = 6933

Floats = NDArray[np.float64]


def measuring_epsg(utm_epsg: int | None) -> int:
    """Give the system to take distances in: the UTM zone, or one for regions wider than a zone.

    The latter is World Mercator, which keeps angles; its lengths are up to 2 % too long in Indonesia.
    """
    return WORLD_MERCATOR if utm_epsg is None else utm_epsg


def area_epsg(utm_epsg: int | None) -> int:
    """Give the system to take areas in: the UTM zone, or an equal-area one for regions wider than a zone."""
    return EQUAL_AREA if utm_epsg is None else utm_epsg


def within_indonesia(x: Floats, y: Floats) -> NDArray[np.bool_]:
    """Tell of each pair of coordinates whether it is degrees around Indonesia; NaN is not."""
    west, south, east, north = INDONESIA
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)


class Bounds(TypedDict):
    """A rectangle by its four edges."""

    west: float
    south: float
    east: float
    north: float


def bounds_of(x: Floats, y: Floats) -> Bounds:
    """Give west, south, east and north of coordinates of which at least one is a number."""
    return {
        "west": float(np.nanmin(x)),
        "south": float(np.nanmin(y)),
        "east": float(np.nanmax(x)),
        "north": float(np.nanmax(y)),
    }


def crs_name_of(crs: CRS) -> str:
    """Name a coordinate system by its authority, ``EPSG:32748``, or by its own name where it has none."""
    authority = crs.to_authority()
    return str(crs.name) if authority is None else ":".join(authority)
