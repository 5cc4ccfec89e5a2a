"""Outlines of areas cut into short lines, and the points that lie inside or close to them.

The one engine under `geo.join`. GEOS would answer the same questions point by point and area by area; here
both questions (how often does a ray cross the outline, how far is the outline) are put to whole arrays, and
only to those (line, point) pairs that share a strip. That is what makes a million points cheap.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

SEGMENTS_PER_LINE = 10  # fewer means more lines, more means longer boxes; 6 cost as much, 16 a quarter more
PAIRS_PER_BLOCK = 1 << 18  # bounds memory where many points meet one detailed area
PAIRS_PER_SWEEP = 1 << 12  # a sweep's arrays of 10 rows stay in the processor's cache
STRIP_GAP_M = 1.0  # between the easternmost point of one strip and the westernmost of the next, in the key
SLACK_M = 1e-3  # widens searches so that rounding cannot lose a pair; the exact tests follow

Floats = NDArray[np.float64]
Positions = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class SortedPoints:
    """Points in strips of equal number from south to north, inside a strip from west to east."""

    order: Positions  # position of each sorted point in the arrays they came in, shape (n,)
    # x_m, y_m: coordinates in sorted order, shape (n,)
    x_m: Floats
    y_m: Floats
    strip_limits_m: Floats  # northing of the limits between strips, ascending, shape (strips - 1,)
    # west_m, width_m: easting where the strips begin, and a length greater than any strip's
    west_m: float
    width_m: float
    # strip number times `width_m` plus easting from `west_m`, ascending, shape (n,): one search in it finds a stretch
    # of one strip
    key: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Contacts:
    """Pairs of an area and a point that have to do with each other."""

    # inside_area, inside_point: pairs in which the area contains the point, each once
    inside_area: Positions
    inside_point: Positions
    # near_area, near_point, near_distance_m: Pairs of an area and a point not farther than the reach from its
    # outline, with the distance to the line that was met. An area may appear with one point several times; the
    # smallest distance is the distance to the outline.
    near_area: Positions
    near_point: Positions
    near_distance_m: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Outlines as lines of `SEGMENTS_PER_LINE` segments; the last of a ring repeats its end."""

    area: Positions  # position of the area whose outline each line is part of, shape (lines,)
    # x_m, y_m: vertices, shape (SEGMENTS_PER_LINE + 1, lines)
    x_m: Floats
    y_m: Floats


def sort_points(x_m: Floats, y_m: Floats) -> SortedPoints:
    """Sort finite points, shape (n,), so that those of any small rectangle stand in few stretches.

    The strips hold half the square root of n points each, wherever the points lie, so a crowded town gets
    low strips and one far point costs nothing.
    """
    strip_size = max(1, int(np.sqrt(len(x_m)) / 2))
    strip_limits_m = np.sort(y_m)[strip_size::strip_size]
    strip = np.searchsorted(strip_limits_m, y_m, side="right")
    west_m = float(x_m.min(initial=0.0))
    width_m = float(x_m.max(initial=0.0)) - west_m + STRIP_GAP_M
    key = strip * width_m + (x_m - west_m)
    order = np.argsort(key)
    return SortedPoints(order, x_m[order], y_m[order], strip_limits_m, west_m, width_m, key[order])


def cut_outlines(areas: NDArray[np.object_]) -> Lines:
    """Cut the rings of polygons and multipolygons into lines; missing and empty areas have none."""
    # Reading vertices straight from whole polygons is ten times as fast as from rings, which are copied.
    plain = (shapely.get_type_id(areas) == shapely.GeometryType.POLYGON) & (
        shapely.get_num_interior_rings(areas) == 0
    )
    parts, part_area = shapely.get_parts(areas[~plain], return_index=True)
    inner_rings, ring_part = shapely.get_rings(parts, return_index=True)
    rings = np.concatenate([areas[plain], inner_rings])
    ring_area = np.concatenate([np.flatnonzero(plain), np.flatnonzero(~plain)[part_area][ring_part]])

    vertex_count = shapely.get_num_coordinates(rings)
    rings, ring_area, vertex_count = (a[vertex_count > 0] for a in (rings, ring_area, vertex_count))
    begin = np.cumsum(vertex_count) - vertex_count
    ring, nth = _spread(-(-(vertex_count - 1) // SEGMENTS_PER_LINE))
    first = begin[ring] + nth * SEGMENTS_PER_LINE
    vertex = first + np.arange(SEGMENTS_PER_LINE + 1)[:, None]
    np.minimum(vertex, (begin + vertex_count - 1)[ring], out=vertex)
    x_m, y_m = shapely.get_coordinates(rings).T
    return Lines(ring_area[ring], x_m[vertex], y_m[vertex])


def meet(points: SortedPoints, areas: NDArray[np.object_], *, reach_m: float) -> Contacts:
    """Find which areas contain which points, and which outlines run within `reach_m` of which points.

    Containment is the even-odd rule over all rings of an area, so holes and several parts need no special
    care. For a point within rounding of an outline the answer is either; its distance there is 0, and the
    caller decides by that.

    Returns
    -------
    contacts
        Positions refer to `areas` and to the arrays that `points` were sorted from. Pairs come in no
        particular order.
    """
    lines = cut_outlines(areas)
    crossed_area, crossed_point = [_NONE], [_NONE]
    near_area, near_point, near_distance_m = [_NONE], [_NONE], [np.empty(0)]
    for line, point, close in _pairs(points, lines, reach_m=reach_m):
        left_line, left_point = line[~close], point[~close]
        level = points.y_m[left_point]
        crosses = (lines.y_m[0, left_line] > level) != (lines.y_m[-1, left_line] > level)
        crossed_area.append(lines.area[left_line[crosses]])
        crossed_point.append(left_point[crosses])

        close_line, close_point = line[close], point[close]
        odd, distance_m = _look_closely(points, lines, close_line, close_point)
        crossed_area.append(lines.area[close_line[odd]])
        crossed_point.append(close_point[odd])
        near = distance_m <= reach_m
        near_area.append(lines.area[close_line[near]])
        near_point.append(close_point[near])
        near_distance_m.append(distance_m[near])

    # A point is inside where the crossings of its ray with all lines of an area are odd.
    pair = np.concatenate(crossed_area) * len(points.order) + np.concatenate(crossed_point)
    pair, crossings = np.unique_counts(pair)
    inside_area, inside_point = np.divmod(pair[crossings % 2 == 1], max(1, len(points.order)))
    return Contacts(
        inside_area=inside_area,
        inside_point=points.order[inside_point],
        near_area=np.concatenate(near_area),
        near_point=points.order[np.concatenate(near_point)],
        near_distance_m=np.concatenate(near_distance_m),
    )


_NONE: Positions = np.empty(0, dtype=np.intp)


def _spread(count: NDArray[np.integer]) -> tuple[Positions, Positions]:
    """Number the members of groups of the given sizes: which group, and which in its group."""
    group = np.repeat(np.arange(len(count)), count)
    return group, np.arange(len(group)) - np.repeat(np.cumsum(count) - count, count)


def _pairs(
    points: SortedPoints, lines: Lines, *, reach_m: float
) -> Iterator[tuple[Positions, Positions, NDArray[np.bool_]]]:
    """Pair each line with the sorted points it may concern, in blocks: line, point, is the point close.

    A line concerns the points at its height: those close to its box, and those to the left of it within
    its area's box, whose rays to the right it may cross. Beyond both it changes nothing.
    """
    reach = reach_m + SLACK_M
    west, east = lines.x_m.min(axis=0) - reach, lines.x_m.max(axis=0) + reach
    south, north = lines.y_m.min(axis=0) - reach, lines.y_m.max(axis=0) + reach
    area_west = np.full(int(lines.area.max(initial=0)) + 1, np.inf)
    np.minimum.at(area_west, lines.area, west)

    lowest = np.searchsorted(points.strip_limits_m, south, side="right")
    highest = np.searchsorted(points.strip_limits_m, north, side="right")
    line, nth_strip = _spread(highest - lowest + 1)
    strip_begin = (lowest[line] + nth_strip) * points.width_m - points.west_m
    # The search stays in its strip, and in the empty metre between strips, however far the area reaches.
    limits = points.west_m - STRIP_GAP_M / 2, points.west_m + points.width_m - STRIP_GAP_M / 2
    begin = np.searchsorted(points.key, strip_begin + np.clip(area_west[lines.area[line]], *limits))
    end = np.searchsorted(points.key, strip_begin + np.clip(east[line], *limits))
    count = end - begin
    line, begin, count = (a[count > 0] for a in (line, begin, count))

    total = np.cumsum(count)
    blocks = np.searchsorted(total, np.arange(0, total[-1] if total.size else 0, PAIRS_PER_BLOCK))
    for block in np.split(np.arange(len(line)), blocks[1:]):
        stretch, nth = _spread(count[block])
        pair_line = line[block][stretch]
        point = begin[block][stretch] + nth
        level = points.y_m[point]
        level_met = (level >= south[pair_line]) & (level <= north[pair_line])
        pair_line, point = pair_line[level_met], point[level_met]
        yield pair_line, point, points.x_m[point] >= west[pair_line]


def _look_closely(
    points: SortedPoints, lines: Lines, line: Positions, point: Positions
) -> tuple[NDArray[np.bool_], Floats]:
    """For each pair: does a ray to the right cross the line an odd number of times, and how far is it."""
    odd = np.empty(len(line), dtype=bool)
    squared_m2 = np.empty(len(line))
    for begin in range(0, len(line), PAIRS_PER_SWEEP):
        sweep = slice(begin, begin + PAIRS_PER_SWEEP)
        # Vertices as seen from the point: the question is then about the origin.
        x = lines.x_m[:, line[sweep]] - points.x_m[point[sweep]]
        y = lines.y_m[:, line[sweep]] - points.y_m[point[sweep]]
        from_x, from_y = x[:-1], y[:-1]
        run_x, run_y = x[1:] - from_x, y[1:] - from_y
        above = y > 0
        to_the_right = (from_x * run_y > from_y * run_x) == above[1:]
        odd[sweep] = np.logical_xor.reduce((above[1:] != above[:-1]) & to_the_right, axis=0)

        # A repeated vertex makes a segment of length 0, whose share is then 0 and not undefined.
        length2 = np.maximum(run_x * run_x + run_y * run_y, np.finfo(float).tiny)
        share = -(from_x * run_x + from_y * run_y) / length2
        np.clip(share, 0.0, 1.0, out=share)
        squared_m2[sweep] = ((from_x + share * run_x) ** 2 + (from_y + share * run_y) ** 2).min(axis=0)
    return odd, np.sqrt(squared_m2)
