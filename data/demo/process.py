"""A self-exciting process of events in space and time, as earthquakes and quarrels follow one another.

Background events fall at an expected number per area and day; every event triggers others soon
after and near by, and those again (an epidemic-type aftershock sequence: Ogata 1988; for incidents
Mohler et al. 2011).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.demo.ground import OUTSIDE, Flags, Floats, Ground, Whole, locate, scatter

if TYPE_CHECKING:
    from collections.abc import Sequence

OFFSPRING = 0.4  # mean number of events one event triggers
DELAY_DAYS = 6.0  # mean wait of a triggered event
REACH = 0.3  # standard deviation of its distance along each axis, in sides of the median area
SHORTEST_REACH_M, LONGEST_REACH_M = 250.0, 3_000.0
FLARE_WIDTH = 0.18  # standard deviation of a flare's events around its middle, in sides of its area


@dataclass(frozen=True, slots=True)
class Flare:
    """A hot-spot: extra background events in one area, more every day until the last."""

    area: int  # number of the area
    count: float  # expected number of extra background events; what they trigger comes on top
    # first_day, last_day: days between which the rate rises from nothing in a straight line
    first_day: int
    last_day: int


@dataclass(frozen=True, slots=True)
class Events:
    """Events in the order they were made: parents before children."""

    day: Floats  # shape (n,): days since the first, with fraction
    points: Floats  # shape (n, 2): metres; NaN in an area without polygon
    area: Whole  # shape (n,): the area an event lies in, or its parent's where it lies outside all
    parent: Whole  # shape (n,): number of the triggering event, -1 for background
    outside: Flags  # shape (n,): whether the point lies in no area


def reach_m(ground: Ground) -> float:
    """Give how far triggered events scatter: some 600 m in a city, more where areas are larger."""
    return float(np.clip(REACH * ground.usual_length_m, SHORTEST_REACH_M, LONGEST_REACH_M))


def self_exciting(ground: Ground, background: Floats, *, flares: Sequence[Flare], rng: np.random.Generator) -> Events:
    """Draw background events, flares, and all that they trigger before the last day ends.

    Parameters
    ----------
    ground
        The areas.
    background
        Shape (areas, days): expected background events, uniform inside the area and the day.
    flares
        Hot-spots in areas with a polygon.
    rng
        Source of all randomness.

    Returns
    -------
    events
        Events outside all areas trigger nothing further: what lies beyond is not simulated.
    """
    days = background.shape[1]
    numbers = rng.poisson(background)
    area = np.repeat(np.arange(len(background)), numbers.sum(axis=1))
    day = np.repeat(np.tile(np.arange(days), len(background)), numbers.ravel()) + rng.random(len(area))
    points = _inside(ground, area, rng=rng)
    for flare in flares:
        extra = rng.poisson(flare.count)
        share = np.sqrt(rng.random(extra))  # a rate rising from nothing in a straight line
        day = np.append(day, flare.first_day + share * (flare.last_day - flare.first_day))
        area = np.append(area, np.full(extra, flare.area))
        points = np.concatenate([points, _around_middle(ground, flare.area, extra, rng=rng)])

    made = Events(day, points, area, np.full(len(day), -1), np.zeros(len(day), dtype=bool))
    generation, first = made, 0
    while len(generation.day):
        generation, offset = _children(ground, generation, days=days, first=first, rng=rng), len(made.day)
        made = Events(
            *(
                np.concatenate([getattr(made, name), getattr(generation, name)])
                for name in ("day", "points", "area", "parent", "outside")
            )
        )
        first = offset
    return made


def _children(ground: Ground, parents: Events, *, days: int, first: int, rng: np.random.Generator) -> Events:
    """Draw what one generation triggers; `first` is the number of its first event."""
    numbers = rng.poisson(OFFSPRING, len(parents.day)) * ~parents.outside
    parent = np.repeat(np.arange(len(parents.day)), numbers)
    day = parents.day[parent] + rng.exponential(DELAY_DAYS, len(parent))
    points = parents.points[parent] + rng.normal(0.0, reach_m(ground), (len(parent), 2))
    in_time = day < days
    parent, day, points = parent[in_time], day[in_time], points[in_time]
    area = parents.area[parent]
    outside = np.zeros(len(parent), dtype=bool)
    placed = ~np.isnan(points[:, 0])
    found = locate(ground, points[placed])
    outside[placed] = found == OUTSIDE
    area[placed] = np.where(found == OUTSIDE, area[placed], found)
    return Events(day, points, area, first + parent, outside)


def _inside(ground: Ground, area: Whole, *, rng: np.random.Generator) -> Floats:
    """Draw a uniform point for every event in a drawn area; `area` is sorted."""
    points = np.full((len(area), 2), np.nan)
    for number, count in zip(*np.unique(area, return_counts=True), strict=True):
        if ground.drawn[number]:
            points[area == number] = scatter(ground.polygons[number], int(count), rng=rng)
    return points


def _around_middle(ground: Ground, area: int, count: int, *, rng: np.random.Generator) -> Floats:
    """Draw points around a polygon's inner point; those that miss the polygon fall anywhere in it."""
    polygon = ground.polygons[area]
    middle = np.array(polygon.representative_point().coords[0])
    points = middle + rng.normal(0.0, FLARE_WIDTH * polygon.area**0.5, (count, 2))
    missed = locate(ground, points) != area
    points[missed] = scatter(polygon, int(missed.sum()), rng=rng)
    return points
