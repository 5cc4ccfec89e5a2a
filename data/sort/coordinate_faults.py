"""Name what is wrong with single points that lie where no report of a region can come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.sort.coordinate_repair import INDONESIA, Change, ColumnChange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.sort.coordinate_repair import Booleans, Extent, Floats

MARGIN_KM = 5.0  # reports from just over the border speak for a column as well
# What would put a single point into the region: the hint of a row that no repair reached.
NEAR_MISSES = tuple(
    (
        rule,
        ColumnChange(swapped=False, latitude=Change(sign, power), longitude=Change(other_sign, power), confidence=1),
    )
    for rule, power in (("minus", 0), ("scaled", None))
    for sign in (1, -1)
    for other_sign in (1, -1)
)

Fault = tuple[int, str, str, str | None]


@dataclass(frozen=True, slots=True)
class Points:
    """Points of lines: line numbers, latitudes and longitudes in degrees, each of shape (n,)."""

    lines: np.ndarray[tuple[int], np.dtype[np.int64]]
    latitude: Floats
    longitude: Floats

    def where(self, chosen: Booleans) -> Points:
        """Keep the chosen ones."""
        return Points(self.lines[chosen], self.latitude[chosen], self.longitude[chosen])


def expected_extent(extent: Extent | None) -> Extent:
    """Say where the points of a region may lie without question: its box and 5 km around it, or all Indonesia."""
    return INDONESIA if extent is None else extent.widened(MARGIN_KM)


def name_faults(
    points: Points, *, extent: Extent | None, far_km: float, repaired_by: Sequence[str] = ()
) -> list[Fault]:
    """Name the faults of points, each as line, column, rule and facts.

    A point has a fault if it is not finite, is 0 and 0, or lies outside Indonesia or more than `far_km` from
    `extent`. Where the columns were repaired, by the rules `repaired_by`, points that did not fit have a fault
    wherever they are, for as they stand they mean nothing. For those in the wrong place the first
    explanation that fits is named: exchanged, without its minus or without its decimal sign (if that puts
    it into the region), not in Indonesia, far away. The rules and their facts are those of
    `data.sort.coordinates.read_coordinates`. A point may have a fault in either column.
    """
    found: list[Fault] = []

    def note(chosen: Booleans, name: str, rule: str, facts: Sequence[str | None] | None = None) -> None:
        lines = points.lines[chosen].tolist()
        found.extend((line, name, rule, fact) for line, fact in zip(lines, facts or [None] * len(lines), strict=True))

    note(~np.isfinite(points.latitude), "lintang", "number")
    note(~np.isfinite(points.longitude), "bujur", "number")
    points = points.where(np.isfinite(points.latitude) & np.isfinite(points.longitude))
    zero = (points.latitude == 0) & (points.longitude == 0)
    note(zero, "lintang", "zero")
    misplaced = _is_misplaced(points, extent, far_km)
    if repaired_by:
        note(~zero & ~misplaced, "lintang", "not_repaired", ["+".join(repaired_by)] * int((~zero & ~misplaced).sum()))
    points = points.where(~zero & misplaced)
    swapped = INDONESIA.contains(points.longitude, points.latitude)
    note(swapped, "lintang", "swapped")
    points = points.where(~swapped)
    for rule, change in NEAR_MISSES if extent else ():
        latitude, longitude = change.apply(points.latitude, points.longitude, expected_extent(extent))
        fits = np.isfinite(latitude)
        for name, before, after in (("lintang", points.latitude, latitude), ("bujur", points.longitude, longitude)):
            changed = fits & (before != after)
            note(changed, name, rule, [repr(value) for value in after[changed].tolist()])
        points = points.where(~fits)
    north = (points.latitude >= INDONESIA.south) & (points.latitude <= INDONESIA.north)
    east = (points.longitude >= INDONESIA.west) & (points.longitude <= INDONESIA.east)
    note(~north, "lintang", "latitude_range")
    note(~east, "bujur", "longitude_range")
    if extent is not None:
        points = points.where(north & east)
        distances = extent.distance_km(points.latitude, points.longitude).tolist()
        note(np.ones(len(distances), np.bool_), "lintang", "far_away", [f"{distance:.0f}" for distance in distances])
    return found


def _is_misplaced(points: Points, extent: Extent | None, far_km: float) -> Booleans:
    misplaced = ~INDONESIA.contains(points.latitude, points.longitude)
    if extent is None:
        return misplaced
    return misplaced | (extent.distance_km(points.latitude, points.longitude) > far_km)
