"""What was known week by week: recent rates of each area, its neighbours and the city, and how complete they were."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scipy.sparse import csr_array

    from lib.analysis.panel import Floats, Panel, Whole

WEEK = 7
OWN_HALF_LIVES = (112.0, 28.0, 7.0, 2.0)
NEIGHBOUR_HALF_LIVES = (56.0, 3.5)
CITY_HALF_LIFE = 28.0
FLOOR_HALF_LIFE = 56.0
HALF_LIVES = tuple(sorted({*OWN_HALF_LIVES, *NEIGHBOUR_HALF_LIVES, CITY_HALF_LIFE, FLOOR_HALF_LIFE}))
OTHERS_HALF_LIVES = (112.0, 7.0)
PARTS = ("baseline", "own_history", "own_recent", "neighbours")
# City level; own share of all history at that level; own rates; neighbours' rates; the area's other events.
PART_OF_FEATURE = (0, 0, 1, 1, 2, 2, 3, 3, 1, 2)
LONGEST_DELAY_DAYS = 28
LEAST_REPORTS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Vintages:
    """The knowledge of successive weekly origins; an origin is the first day that is not yet known."""

    origins: Whole  # shape (origins,): rising by 7; the last is the panel's `day_count`
    # shape (origins, areas, features): events expected in a horizon at the rate each feature speaks of; the part that
    # a feature belongs to stands in `PART_OF_FEATURE`
    features: Floats
    floor_level: Floats  # shape (origins,): mean over areas of the 56-day rate, in events of a horizon
    # shape (origins, ages): share of an event day's reports that an origin takes to be in after 0, 1, ... days
    share: Floats


def vintages(
    panel: Panel, neighbours: csr_array, *, horizon_days: int, origin_count: int, others: Panel | None = None
) -> Vintages:
    """Reckon what each of the last weekly origins knew, from the events reported before it alone.

    An exponentially weighted rate of half-life H is sum(q^a n_a) / sum(q^a F(a)) over the ages a = 0, 1, ... of
    the days before the origin, with q = 0.5^(1/H), n_a the events of that day known by then, and F(a) the share
    of the reports that is in after a days, estimated at the same origin from what it knew. The divisor counts
    the days that could have been seen, so reports under way do not make a rate fall.

    Parameters
    ----------
    neighbours
        Shape (areas, areas), 0/1 with a zero diagonal; the mean over neighbours is taken. An area without
        neighbours has a neighbours' rate of 0.
    origin_count
        At most so many origins; fewer where the panel is shorter. None lies at day 0.
    others
        Events of other kinds over the same areas and days: their own rates are features too.
    """
    count = max(min(origin_count, (panel.day_count - 1) // WEEK + 1), 1)
    origins = panel.day_count - WEEK * np.arange(count - 1, -1, -1)
    share = completeness(panel, origins)
    degree = np.asarray(neighbours.sum(axis=1), dtype=float).ravel()
    own_count = 2 + len(OWN_HALF_LIVES)
    width = own_count + len(NEIGHBOUR_HALF_LIVES) + (len(OTHERS_HALF_LIVES) if others is not None else 0)
    features = np.empty((count, panel.area_count, width))
    floor_level = np.empty(count)
    history = np.zeros(panel.area_count)
    news = arrivals(panel, origins)
    for k, rate in enumerate(_rates(panel, news, HALF_LIVES, origins=origins, share=share)):
        history = history + np.bincount(panel.area[news[k]], minlength=panel.area_count)
        city = rate[CITY_HALF_LIFE].mean()
        features[k, :, 0] = city
        features[k, :, 1] = history * (city / max(history.mean(), 1e-9))
        for column, half_life in enumerate(OWN_HALF_LIVES, start=2):
            features[k, :, column] = rate[half_life]
        for column, half_life in enumerate(NEIGHBOUR_HALF_LIVES, start=own_count):
            summed = neighbours @ rate[half_life]
            features[k, :, column] = np.divide(summed, degree, out=np.zeros_like(summed), where=degree > 0)
        floor_level[k] = rate[FLOOR_HALF_LIFE].mean()
    if others is not None:
        other_share = completeness(others, origins)
        of_others = _rates(others, arrivals(others, origins), OTHERS_HALF_LIVES, origins=origins, share=other_share)
        for k, rate in enumerate(of_others):
            for column, half_life in enumerate(OTHERS_HALF_LIVES, start=width - len(OTHERS_HALF_LIVES)):
                features[k, :, column] = rate[half_life]
    features *= horizon_days
    return Vintages(origins, features, floor_level * horizon_days, share)


def _rates(
    panel: Panel, news: list[Whole], half_lives: tuple[float, ...], *, origins: Whole, share: Floats
) -> Iterator[dict[float, Floats]]:
    """Give each origin's exponentially weighted daily rates by half-life, each of shape (areas,).

    From week to week the sums decay and what has become known since is added at its age.
    """
    exposure = {half_life: _exposure(half_life, origins, share) for half_life in half_lives}
    decayed = {half_life: np.zeros(panel.area_count) for half_life in half_lives}
    for k, (origin, new) in enumerate(zip(origins, news, strict=True)):
        area, age = panel.area[new], origin - 1 - panel.occurred[new]
        for half_life in half_lives:
            keep = 0.5 ** (1 / half_life)
            arrived = np.bincount(area, weights=keep**age, minlength=panel.area_count)
            decayed[half_life] = keep**WEEK * decayed[half_life] + arrived
        yield {half_life: decayed[half_life] / exposure[half_life][k] for half_life in half_lives}


def merged(panels: Sequence[Panel]) -> Panel:
    """Put the events of several kinds over the same areas and days together."""
    first = panels[0]
    return replace(
        first,
        area=np.concatenate([panel.area for panel in panels]),
        occurred=np.concatenate([panel.occurred for panel in panels]),
        reported=np.concatenate([panel.reported for panel in panels]),
    )


def arrivals(panel: Panel, origins: Whole) -> list[Whole]:
    """List for each origin the numbers of the events that it is the first to know."""
    first = np.clip((panel.reported - origins[0]) // WEEK + 1, 0, len(origins)).astype(np.int16)
    order = np.argsort(first, kind="stable")
    return np.split(order, np.searchsorted(first[order], np.arange(1, len(origins) + 1)))[:-1]


def completeness(panel: Panel, origins: Whole) -> Floats:
    """Estimate at each origin the share of reports that is in after 0 to 28 days, from reports made before it.

    The estimate of `lib.analysis.completeness.delay_distribution`, for all origins at once. All 1 where fewer than
    20 reports tell of the delay; delays over 28 days are left out. Shape (origins, 29).
    """
    delay = panel.reported - panel.occurred
    short = delay <= LONGEST_DELAY_DAYS
    width = LONGEST_DELAY_DAYS + 1
    if not delay[short].any():
        return np.ones((len(origins), width))
    cells = panel.occurred[short] * width + delay[short]
    table = np.bincount(cells, minlength=panel.day_count * width).reshape(-1, width)
    until = np.concatenate([np.zeros((1, width), dtype=np.int64), table.cumsum(axis=0)])  # events before a day
    days = np.arange(width)
    # A report of delay t is known if the event lies t days or more before the day of asking.
    exactly = until[np.maximum(origins[:, None] - days, 0), days]
    in_after = np.concatenate([table.cumsum(axis=1), np.zeros((1, width), dtype=np.int64)])
    young = in_after[np.maximum(origins[:, None] - 1 - days, -1), days]  # known events of each age, capped at 28
    too_young = np.concatenate([np.zeros((len(origins), 1), dtype=np.int64), young[:, :-1].cumsum(axis=1)], axis=1)
    in_question = exactly.cumsum(axis=1) - too_young
    hazard = np.divide(exactly, in_question, out=np.zeros(in_question.shape), where=in_question > 0)
    enough = in_question >= LEAST_REPORTS
    horizon = np.where(enough.any(axis=1), width - 1 - enough[:, ::-1].argmax(axis=1), -1)
    hazard[days > horizon[:, None]] = 0.0
    share = np.ones((len(origins), width))
    share[:, :-1] = np.cumprod((1 - hazard)[:, :0:-1], axis=1)[:, ::-1]
    return share


def window_share(share: Floats, age_days: Whole, window_days: int) -> Floats:
    """Reckon how much of windows' reports is in, `age_days` being the ages of their last days (0 = yesterday)."""
    ages = np.minimum(age_days[:, None] + np.arange(window_days), len(share) - 1)
    part: Floats = share[ages].mean(axis=1)
    return part


def _exposure(half_life: float, origins: Whole, share: Floats) -> Floats:
    """Add up the decayed days before each origin, each by the share of its reports that was in."""
    keep = 0.5 ** (1 / half_life)
    ages = np.arange(share.shape[1])
    missing = (1 - share) * keep**ages * (ages < origins[:, None])
    exposure: Floats = (1 - keep**origins) / (1 - keep) - missing.sum(axis=1)
    return exposure
