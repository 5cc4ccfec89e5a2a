"""What another day of freezing the scale would change: how many areas each class would have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from lib.analysis import CLASS_COUNT
from lib.score import frozen_scale
from lib.score.answers import judge
from lib.score.frozen_scale import FrozenScale

if TYPE_CHECKING:
    from datetime import date

    from data.store.lake import Lake
    from lib.filters import Filters
    from lib.score.inputs import Inputs

EARLY_COUNTS = (30, 180, 350)


@dataclass(frozen=True, slots=True)
class FreezeCase:
    """A scale and what it makes of one question's areas."""

    frozen_on: date | None  # None: the provisional scale
    incident_count: int | None  # incidents of the window that it rests on; None where that is not known any more
    in_force: bool
    class_counts: tuple[int, ...]  # areas of each class, the lowest first
    unclassed_count: int


def other_freezes(lake: Lake, known: Inputs, filters: Filters) -> tuple[FreezeCase, ...]:
    """Judge one question on the scale in force, the provisional one, and those of other days.

    The other days are those on which so many incidents had been reported as `EARLY_COUNTS` says, and the last day of
    the question. Days that come to the same scale are told once; days on which there is nothing to scale by, not.
    """
    weights = known.weights
    scales: list[tuple[FrozenScale, int | None]] = [(known.scale, None)]
    if known.scale.frozen_on is not None:
        scales.append((frozen_scale.provisional(weights), 0))
    for day in _days(known, filters):
        found = frozen_scale.propose(lake, filters.region_code, weights, as_of=day)
        if found:
            scales.append((FrozenScale(found.scale, day), found.incident_count))
    cases = [_case(known, filters, scale, count, in_force=scale is known.scale) for scale, count in scales]
    return (cases[0], *sorted(cases[1:], key=lambda case: case.incident_count or 0))


def _days(known: Inputs, filters: Filters) -> list[date]:
    """List the days on which the counts were reached, and the question's last, each once."""
    reported = known.rows.groupby("reported_on")["incident_count"].sum().sort_index().cumsum()
    reached = [reported.index[reported >= count] for count in EARLY_COUNTS]
    days = [days[0].date() for days in reached if len(days)]
    return [day for day in dict.fromkeys([*days, filters.end]) if day != known.scale.frozen_on]


def _case(known: Inputs, filters: Filters, scale: FrozenScale, count: int | None, *, in_force: bool) -> FreezeCase:
    index = judge(replace(known, scale=scale), filters.unfiltered()).areas["class_index"].to_numpy()
    counts = np.bincount(index[index >= 0], minlength=CLASS_COUNT)
    return FreezeCase(scale.frozen_on, count, in_force, tuple(counts.tolist()), int((index < 0).sum()))
