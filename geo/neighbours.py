"""Which areas are neighbours, told so that slivers, gaps and overlaps of real boundary files do not matter."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """Neighbours after the islands were joined."""

    matrix: csr_array  # shape (areas, areas): 1 between neighbours, symmetric, zero diagonal
    islands: Positions  # positions of the areas that have a polygon and no neighbour by contiguity, ascending
    joined_to: Positions  # for each island the position of the area it was joined to, -1 where none lies near enough


def contiguity(polygons_m: ArrayLike, *, tolerance_m: float) -> csr_array:
    """Join areas that lie no further apart than a tolerance: a contiguity that slivers cannot break.

    Two areas are neighbours where the distance between their polygons is at most `tolerance_m`: those with a
    common border, those that meet in a corner (queen contiguity), those that overlap, and those parted by a gap
    or sliver narrower than the tolerance. libpysal's `fuzzy_contiguity` reaches the same by drawing a buffer
    around every polygon and asking which buffers meet; it was not taken because a buffer only approaches the
    distance it is named after (round corners are cut into segments), because it changes the frame it is given,
    and because its loop over rows compares every row with all pairs found, which 83,000 areas cannot wait for.
    Here a tree of the polygons is asked for distances themselves.

    Parameters
    ----------
    polygons_m
        Polygons and multipolygons in a system of metres, shape (areas,). None and empty ones have no
        neighbours.
    tolerance_m
        Largest distance between neighbours, >= 0; 0 asks for a common point.

    Returns
    -------
    matrix
        Shape (areas, areas), 1 between neighbours, symmetric, zero diagonal.

    Raises
    ------
    ValueError
        If the tolerance is negative or not finite.
    """
    if not 0 <= tolerance_m < np.inf:
        raise ValueError(f"tolerance_m is {tolerance_m}, but must be finite and >= 0")
    polygons = np.asarray(polygons_m, dtype=object)
    drawn = np.flatnonzero(~(shapely.is_missing(polygons) | shapely.is_empty(polygons)))
    shapes = polygons[drawn]
    shapely.prepare(shapes)
    one, other = shapely.STRtree(shapes).query(_boxes(shapes, tolerance_m), predicate="intersects")
    once = one < other
    one, other = one[once], other[once]
    near = shapely.dwithin(shapes[one], shapes[other], tolerance_m)
    return _symmetric(drawn[one[near]], drawn[other[near]], len(polygons))


def join_islands(matrix: csr_array, polygons_m: ArrayLike, *, reach_m: float) -> Joined:
    """Join each area without a neighbour to the nearest other area, both ways, where one is near enough.

    Parameters
    ----------
    matrix
        As from `contiguity`, shape (areas, areas).
    polygons_m
        The polygons it was made from, shape (areas,). Areas without polygon are no islands: nothing is known
        about where they lie.
    reach_m
        An island with no other area within this distance keeps no neighbour. Of areas equally near the one
        that stands first is taken.
    """
    polygons = np.asarray(polygons_m, dtype=object)
    drawn = np.flatnonzero(~(shapely.is_missing(polygons) | shapely.is_empty(polygons)))
    alone = drawn[np.diff(matrix.indptr)[drawn] == 0]
    joined_to = np.full(len(alone), -1, dtype=np.int64)
    if len(alone) and len(drawn) > 1:
        (number, found), distance_m = shapely.STRtree(polygons[drawn]).query_nearest(
            polygons[alone], max_distance=reach_m, exclusive=True, return_distance=True, all_matches=True
        )
        found = drawn[found]
        other = found != alone[number]
        number, found, distance_m = number[other], found[other], distance_m[other]
        order = np.lexsort((found, distance_m, number))
        first, position = np.unique(number[order], return_index=True)
        joined_to[first] = found[order][position]
    reached = joined_to >= 0
    added = _symmetric(alone[reached], joined_to[reached], len(polygons))
    both = csr_array(matrix + added)
    both.data[:] = 1
    return Joined(both, alone, joined_to)


def _boxes(shapes: NDArray[np.object_], margin_m: float) -> NDArray[np.object_]:
    """Draw the boxes around shapes, wider by a margin on every side."""
    west, south, east, north = shapely.bounds(shapes).T
    boxes: NDArray[np.object_] = shapely.box(west - margin_m, south - margin_m, east + margin_m, north + margin_m)
    return boxes


def _symmetric(one: Positions, other: Positions, count: int) -> csr_array:
    """Make the matrix of pairs, each taken both ways."""
    row, column = np.concatenate([one, other]), np.concatenate([other, one])
    matrix = csr_array((np.ones(len(row)), (row, column)), shape=(count, count))
    matrix.data[:] = 1  # a pair named twice is still one
    matrix.sort_indices()
    return matrix
