"""Geometry of boundary files made into valid two-dimensional polygons."""

import numpy as np
import shapely
from numpy.typing import NDArray

Geometries = NDArray[np.object_]


def polygon_parts(geometries: Geometries) -> Geometries:
    """Keep what is polygon in each geometry, in two dimensions; None where nothing is."""
    kept: Geometries = shapely.force_2d(geometries)
    plain = (shapely.get_type_id(kept) == shapely.GeometryType.POLYGON) & ~shapely.is_empty(kept)
    rest = np.flatnonzero(~plain)
    parts, owner = shapely.get_parts(kept[rest], return_index=True)
    parts, part = shapely.get_parts(parts, return_index=True)  # a collection may hold a multipolygon
    owner = rest[owner[part]]
    polygon = (shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & ~shapely.is_empty(parts)
    kept[rest] = None
    if polygon.any():
        shapely.multipolygons(parts[polygon], indices=owner[polygon], out=kept)
    single = shapely.get_num_geometries(kept) == 1
    kept[single] = shapely.get_geometry(kept[single], 0)
    return kept


def mend(geometries: Geometries) -> tuple[Geometries, int]:
    """Make polygons valid: the polygons, and how many were not.

    Rings are taken as they wind (GEOS' method "structure"); what collapses to a line or point is dropped.
    """
    invalid = ~shapely.is_valid(geometries)
    mended = geometries.copy()
    mended[invalid] = shapely.make_valid(geometries[invalid], method="structure", keep_collapsed=False)
    return mended, int(invalid.sum())
