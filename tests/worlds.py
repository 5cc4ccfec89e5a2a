"""Simulated regions with known truth: incidents that follow a stated law, so that a method can be graded.

Areas are the Voronoi cells of scattered points, 2 km² each, joined where their cells touch. Their rates are
log-normal, half of it shared with places nearby, and rise by the factor e until the last day, on a city-wide
random walk. Each incident draws Poisson(`branching`) others after it, 6 days later on average and some 0.7 km
away. `shocks` puts outbreaks (six-fold for 10 to 20 days, 2.5-fold next door) and bad days of the whole city in
place of that. Reports can be late by a geometric number of days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array
from scipy.spatial import Delaunay, cKDTree

from lib.analysis.panel import Panel, Whole

AREA_KM2 = 2.0
MEAN_WAIT_DAYS = 6.0
SPREAD_KM = 0.7
BURN_IN_DAYS = 60


@dataclass(frozen=True)
class Law:
    """What a world is made by; `share_of_kinds` and `crossing` make several kinds that can set off one another."""

    area_count: int = 200
    event_count: int = 5000
    day_count: int = 300
    branching: float = 0.45
    shocks: bool = False
    ramp: float = 1.0
    mean_delay_days: float = 0.0
    share_of_kinds: tuple[float, ...] = (1.0,)
    crossing: float = 0.0  # share of offspring that are of another kind, drawn by `share_of_kinds`
    stages: tuple[tuple[int, float], ...] = ()  # from this day on, so many times as many


WORLDS = {
    "S1": Law(area_count=40, event_count=1000),
    "S2": Law(area_count=40, event_count=10_000),
    "S3": Law(area_count=200, event_count=1000),
    "S4": Law(area_count=200, event_count=5000),
    "S5": Law(area_count=200, event_count=10_000, branching=0.7),
    "S6": Law(area_count=200, event_count=5000, branching=0.0, shocks=True),
    "S7": Law(area_count=200, event_count=5000, branching=0.0),
}


@dataclass(frozen=True)
class World:
    """A simulated region: all incidents, those of each kind, and which areas touch."""

    panel: Panel
    kinds: tuple[Panel, ...]
    neighbours: csr_array


def world(name: str, seed: int, **changes: object) -> World:
    """Make one of the named worlds, with parts of its law changed."""
    return made(replace(WORLDS[name], **changes), seed)  # type: ignore[arg-type]


def made(law: Law, seed: int) -> World:
    """Make a world by its law."""
    rng = np.random.default_rng(seed)
    side = np.sqrt(law.area_count * AREA_KM2)
    centre = _spread_out(rng, law.area_count, side)
    touching = _touching(centre)
    rate = _daily_rate(rng, law, centre, touching)
    days = rng.poisson(rate)
    area, day = np.nonzero(days)
    number = days[area, day]
    when = np.repeat(day, number) - BURN_IN_DAYS + rng.random(number.sum())
    where = np.repeat(centre[area], number, axis=0) + rng.normal(0, 0.35, (number.sum(), 2))
    kind = rng.choice(len(law.share_of_kinds), size=len(when), p=law.share_of_kinds)
    home = np.repeat(area, number)
    when, home, kind = _with_offspring(
        rng, law, centre=centre, side=side, when=when, where=where, home=home, kind=kind
    )
    kept = (when >= 0) & (when < law.day_count)
    occurred, home, kind = when[kept].astype(np.int64), home[kept], kind[kept]
    delay = rng.geometric(1 / (1 + law.mean_delay_days), size=len(occurred)) - 1
    reported = occurred + delay
    seen = reported < law.day_count
    panel = Panel(home[seen], occurred[seen], reported[seen], law.area_count, law.day_count)
    kinds = tuple(
        Panel(home[of], occurred[of], reported[of], law.area_count, law.day_count)
        for of in (seen & (kind == number) for number in range(len(law.share_of_kinds)))
    )
    return World(panel, kinds, csr_array(touching.astype(float)))


def _spread_out(rng: np.random.Generator, number: int, side: float) -> np.ndarray:
    """Scatter points and push them apart: three half steps towards the centres of their own ground."""
    points = rng.uniform(0, side, (number, 2))
    ground = rng.uniform(0, side, (30 * number, 2))
    for _ in range(3):
        nearest = cKDTree(points).query(ground)[1]
        size = np.bincount(nearest, minlength=number)
        middle = np.stack([np.bincount(nearest, ground[:, axis], number) for axis in (0, 1)], axis=1)
        some = size > 0
        points[some] = (points[some] + middle[some] / size[some, None]) / 2
    return points


def _touching(points: np.ndarray) -> np.ndarray:
    joined = np.zeros((len(points), len(points)), dtype=bool)
    for corners in Delaunay(points).simplices:
        joined[np.ix_(corners, corners)] = True
    np.fill_diagonal(joined, val=False)
    length = np.linalg.norm(points[:, None] - points, axis=-1)
    return joined & (length < 3 * np.median(length[joined]))


def _daily_rate(rng: np.random.Generator, law: Law, centre: np.ndarray, touching: np.ndarray) -> np.ndarray:
    """Give the rate without offspring by area and day, the burn-in before day 0 included."""
    number = len(centre)
    length = np.linalg.norm(centre[:, None] - centre, axis=-1)
    nearby = np.linalg.cholesky(np.exp(-((length / 3.0) ** 2)) + 1e-6 * np.eye(number))
    shared = nearby @ rng.normal(size=number)
    level = np.exp(rng.normal(0, 0.25, number) + 0.9 * np.sqrt(0.5) * (shared + rng.normal(size=number)))
    day = np.arange(-BURN_IN_DAYS, law.day_count)
    city = np.exp(law.ramp * np.maximum(day, 0) / law.day_count + rng.normal(0, 0.03, len(day)).cumsum())
    for first, factor in law.stages:
        city[day >= first] *= factor
    rate = level[:, None] * city
    if law.shocks:
        for _ in range(number * law.day_count // 120):
            place, first = rng.integers(number), rng.integers(len(day) - 5)
            last = first + rng.integers(10, 21)
            rate[place, first:last] *= 6
            rate[touching[place], first:last] *= 2.5
        for first in rng.integers(len(day) - 5, size=6):
            rate[:, first : first + 3] *= 2.5
    return rate * (law.event_count * (1 - law.branching) / rate[:, BURN_IN_DAYS:].sum())


def _with_offspring(
    rng: np.random.Generator,
    law: Law,
    *,
    centre: np.ndarray,
    side: float,
    when: np.ndarray,
    where: np.ndarray,
    home: np.ndarray,
    kind: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    tree = cKDTree(centre)
    generations = [(when, home, kind)]
    while law.branching and len(when):
        parent = np.repeat(np.arange(len(when)), rng.poisson(law.branching, len(when)))
        when = when[parent] + rng.exponential(MEAN_WAIT_DAYS, len(parent))
        where = where[parent] + rng.normal(0, SPREAD_KM, (len(parent), 2))
        other = rng.random(len(parent)) < law.crossing
        drawn = rng.choice(len(law.share_of_kinds), size=len(parent), p=law.share_of_kinds)
        kind = np.where(other, drawn, kind[parent])
        inside = (when < law.day_count) & (where > 0).all(axis=1) & (where < side).all(axis=1)
        when, where, kind = when[inside], where[inside], kind[inside]
        generations.append((when, tree.query(where)[1] if len(where) else np.array([], dtype=int), kind))
    first, second, third = zip(*generations, strict=True)
    return np.concatenate(first), np.concatenate(second), np.concatenate(third)


def from_counts(daily: Whole) -> Panel:
    """Make a panel of daily counts, shape (areas, days), each event reported on its day."""
    table = np.asarray(daily, dtype=np.int64)
    area, day = np.nonzero(table)
    number = table[area, day]
    area, day = np.repeat(area, number), np.repeat(day, number)
    return Panel(area, day, day, table.shape[0], table.shape[1])
