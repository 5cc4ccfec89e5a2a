"""What is wrong with whole columns of coordinates: exchanged, without a minus, or without a decimal sign."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]

KM_PER_DEGREE = 111.195
POWERS = range(-2, 10)  # 1.6844 written as 0.016844 up to 1684412345
STANDS_SHARE = 0.1  # a column of which more is in place as it stands is not repaired
FEWEST_ROWS = 3  # fewer rows are no column
DIGITS = 7  # 1 cm; what scaling leaves behind them is no measurement


@dataclass(frozen=True, slots=True)
class Extent:
    """The box around a region's areas, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def widened(self, distance_km: float) -> Extent:
        """Add a margin on all sides."""
        height = distance_km / KM_PER_DEGREE
        width = height / np.cos(np.radians(max(abs(self.south), abs(self.north))))
        return Extent(self.west - width, self.south - height, self.east + width, self.north + height)

    def contains(self, latitude: Floats, longitude: Floats) -> Booleans:
        """Say which points are inside or on the edge."""
        inside: Booleans = (
            (latitude >= self.south) & (latitude <= self.north) & (longitude >= self.west) & (longitude <= self.east)
        )
        return inside

    def distance_km(self, latitude: Floats, longitude: Floats) -> Floats:
        """Measure how far points are from the box, 0 inside; good to 1 % over some hundred km."""
        north = np.maximum(np.maximum(self.south - latitude, latitude - self.north), 0.0)
        east = np.maximum(np.maximum(self.west - longitude, longitude - self.east), 0.0)
        narrowing = np.cos(np.radians(np.clip(latitude, -90, 90)))
        with np.errstate(over="ignore"):
            distance: Floats = KM_PER_DEGREE * np.hypot(north, east * narrowing)
        return distance


INDONESIA = Extent(94, -12, 142, 8)


@dataclass(frozen=True, slots=True)
class Change:
    """What turns a column's numbers into degrees: a sign, and a power of ten to divide by.

    ``power`` None divides each number by the one power of ten, 1 included, that brings it into the extent, for
    spreadsheets drop closing zeros together with the decimal sign.
    """

    sign: int = 1
    power: int | None = 0

    @property
    def rules(self) -> tuple[str, ...]:
        """Name what is changed: ``minus``, ``scaled``, both or nothing."""
        return ("minus",) * (self.sign < 0) + ("scaled",) * (self.power != 0)

    def apply(self, values: Floats, low: float, high: float) -> Floats:
        """Change values; NaN where the result is not within `low` to `high` or not the only one that is."""
        if self.power is not None:
            return _within(_scaled(self.sign * values, self.power), low, high)
        tried = np.stack([_within(_scaled(self.sign * values, power), low, high) for power in POWERS if power >= 0])
        only = np.isfinite(tried).sum(axis=0) == 1
        return np.where(only, np.nansum(np.where(only, tried, 0.0), axis=0), np.nan)


AS_IT_STANDS = Change()
# The simplest first. Fixed powers must be the only ones that fit; then powers may vary from row to row.
_SIGNS = (AS_IT_STANDS, Change(sign=-1))
_FIXED = tuple(Change(sign, power) for sign, power in product((1, -1), POWERS) if power != 0)
_VARYING = (Change(power=None), Change(sign=-1, power=None))


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """How the two columns are to be read, and how sure that is."""

    swapped: bool  # whether latitudes stand in the column of longitudes and the other way round
    # latitude, longitude: what is done to the numbers that are latitudes and longitudes after that
    latitude: Change
    longitude: Change
    confidence: float  # the share of the rows outside the extent that are inside after the change

    @property
    def rules(self) -> tuple[str, ...]:
        """Name what is changed in either column: ``swapped``, ``minus``, ``scaled``."""
        changes = self.latitude.rules + self.longitude.rules
        return ("swapped",) * self.swapped + tuple(dict.fromkeys(changes))

    def apply(self, latitude: Floats, longitude: Floats, extent: Extent) -> tuple[Floats, Floats]:
        """Give latitudes and longitudes after the change; both NaN where the point is not within `extent`.

        Powers of ten are no explanation of a point that lies in Indonesia as it stands or exchanged: 0.17 and
        101.4 are another regency, not 1.7 and 101.4 without a digit.
        """
        outside = np.zeros(len(latitude), np.bool_)
        if "scaled" in self.rules:
            outside = INDONESIA.contains(latitude, longitude) | INDONESIA.contains(longitude, latitude)
        if self.swapped:
            latitude, longitude = longitude, latitude
        changed_latitude = self.latitude.apply(latitude, extent.south, extent.north)
        changed_longitude = self.longitude.apply(longitude, extent.west, extent.east)
        outside |= np.isnan(changed_latitude) | np.isnan(changed_longitude)
        return np.where(outside, np.nan, changed_latitude), np.where(outside, np.nan, changed_longitude)


def find_change(
    latitude: Floats, longitude: Floats, *, extent: Extent, inside_count: int, minimum_confidence: float
) -> ColumnChange | None:
    """Find the one change of whole columns that brings the points outside a region into it.

    Parameters
    ----------
    latitude, longitude
        The points that are outside as they stand, shape (n,), finite.
    extent
        Where points are expected.
    inside_count
        How many points of the same columns are inside as they stand.
    minimum_confidence
        The share of the points outside that must be inside after the change.

    Returns
    -------
    change
        None where no change explains enough, a tenth of all points is inside as it stands, or fewer than 3
        points are explained: those wait for a person. A lost minus and exchanged columns come before powers of
        ten, columns in their own places before exchanged ones.
    """
    count = len(latitude)
    if count < FEWEST_ROWS or inside_count >= STANDS_SHARE * (inside_count + count):
        return None
    for scaled, swapped in product((False, True), (False, True)):
        first, second = (longitude, latitude) if swapped else (latitude, longitude)
        of_latitude = _axis_change(first, extent.south, extent.north, minimum_confidence, scaled=scaled)
        of_longitude = _axis_change(second, extent.west, extent.east, minimum_confidence, scaled=scaled)
        if of_latitude is None or of_longitude is None:
            continue
        change = ColumnChange(swapped, of_latitude, of_longitude, 0.0)
        explained = np.isfinite(change.apply(latitude, longitude, extent)[0]).sum()
        if explained >= max(minimum_confidence * count, FEWEST_ROWS):
            return replace(change, confidence=float(explained / count))
    return None


def _axis_change(
    values: Floats, low: float, high: float, minimum_confidence: float, *, scaled: bool
) -> Change | None:
    """Find what brings one axis's numbers between two limits; None where nothing does or several powers do."""

    def explains(change: Change) -> bool:
        return bool(np.isfinite(change.apply(values, low, high)).mean() >= minimum_confidence)

    simple = next(filter(explains, _SIGNS), None)
    if simple is not None or not scaled:
        return simple
    fixed = list(filter(explains, _FIXED))
    if fixed:
        return fixed[0] if len(fixed) == 1 else None
    return next(filter(explains, _VARYING), None)


def _scaled(values: Floats, power: int) -> Floats:
    if power == 0:
        return values
    with np.errstate(over="ignore"):  # infinite is outside as well
        # Dividing by a whole power of ten rounds once, multiplying by its inverse twice.
        return np.round(values / 10.0**power if power > 0 else values * 10.0**-power, DIGITS)


def _within(values: Floats, low: float, high: float) -> Floats:
    return np.where((values >= low) & (values <= high), values, np.nan)
