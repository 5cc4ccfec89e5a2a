"""Events over areas and days, as arrays: what the score, the alerts and the forecast are reckoned from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The events of one kind in a region, each with the day it happened and the day it was reported.

    Days are numbered from 0; the last day, on which everything in the panel is known, is ``day_count - 1``.

    Raises
    ------
    ValueError
        If the arrays differ in length, or hold an area or day outside their range.
    """

    area: Whole  # shape (events,): number of the event's area, 0 to ``area_count - 1``
    occurred: Whole  # shape (events,): day of the event, 0 to ``day_count - 1``
    reported: Whole  # shape (events,): day it was reported, from `occurred` to ``day_count - 1``
    area_count: int
    day_count: int

    def __post_init__(self) -> None:
        if not self.area.shape == self.occurred.shape == self.reported.shape:
            raise ValueError("area, day and day of report must be vectors of the same events")
        if len(self.area) and (
            self.area.min() < 0
            or self.area.max() >= self.area_count
            or self.occurred.min() < 0
            or self.reported.max() >= self.day_count
            or (self.reported < self.occurred).any()
        ):
            raise ValueError("an event lies outside the areas or days, or is reported before it happened")


def known_on(panel: Panel, day: int) -> Panel:
    """Cut a panel back to what was known on an earlier day; `day` becomes its last."""
    if not 0 <= day < panel.day_count:
        raise ValueError(f"day {day} lies outside the panel's {panel.day_count} days")
    keep = panel.reported <= day
    return Panel(panel.area[keep], panel.occurred[keep], panel.reported[keep], panel.area_count, day + 1)


def counts(panel: Panel, first: int, last: int) -> Whole:
    """Count the events of the days `first` to `last`, both included, by area; shape (areas,)."""
    keep = (panel.occurred >= first) & (panel.occurred <= last)
    return np.bincount(panel.area[keep], minlength=panel.area_count)


def weekly_counts(panel: Panel, weeks: int) -> Whole:
    """Count by area and week, the last week ending on the panel's last day; shape (areas, weeks).

    Weeks before the panel's first day count 0.
    """
    age_weeks = (panel.day_count - 1 - panel.occurred) // 7
    keep = age_weeks < weeks
    cells = panel.area[keep] * weeks + (weeks - 1 - age_weeks[keep])
    return np.bincount(cells, minlength=panel.area_count * weeks).reshape(panel.area_count, weeks)
