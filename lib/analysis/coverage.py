"""The presence of standing monitors: where they always are, each finding says less about the place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

BOUNDS = (0.25, 4.0)
DAYS = 7

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """Presence of monitors in areas before the anchor, and what their findings count there."""

    share: Floats  # share of the weeks in which a monitor reported anything, nil reports included; shape (areas,)
    weight: Floats  # factor of a monitor's finding in the area, shape (areas,)


def is_monitor(source_names: ArrayLike, words: Sequence[str]) -> NDArray[np.bool_]:
    """Tell which sources are standing monitors: those whose name holds one of the words, case ignored."""
    names = [str(name).casefold() for name in np.asarray(source_names, dtype=object).ravel()]
    wanted = [word.casefold() for word in words]
    return np.array([any(word in name for word in wanted) for name in names], dtype=bool)


def coverage(
    area: ArrayLike, reported: ArrayLike, *, area_count: int, anchor_day: int, weeks: int = 8, strength: float = 1.0
) -> Coverage:
    """Weigh monitors' findings by the inverse of their presence, as it was known before the anchor.

    The presence c of an area is the share of the `weeks` weeks that end the day before the anchor in which a
    monitor reported from it, but not less than one week of them: a single first finding is taken like that of
    an area visited once. A finding weighs (mean presence of all areas / c)^strength, kept within 1/4 and 4, so
    that an area brings what monitors would have found there had they spread their weeks evenly; were they
    everywhere alike, every finding would weigh 1. Nothing reported on the anchor or later enters, so a report
    more never changes the weight of others.

    The mean is taken over areas and not over findings: where the same few areas are visited all the time all
    findings come from them, and a mean over findings would leave them at 1.

    Parameters
    ----------
    area, reported
        Area number and day of each monitor's report, nil reports included; shape (reports,).
    anchor_day
        Day, numbered as `reported`, on which the weights were frozen.

    Returns
    -------
    Coverage
        With weights of 1 everywhere where no monitor reported in those weeks.
    """
    places = np.asarray(area, dtype=np.int64)
    age = anchor_day - 1 - np.asarray(reported, dtype=np.int64)
    keep = (age >= 0) & (age < weeks * DAYS)
    visited = np.zeros((area_count, weeks), dtype=bool)
    visited[places[keep], age[keep] // DAYS] = True
    share = visited.mean(axis=1)
    if not keep.any():
        return Coverage(share, np.ones(area_count))
    presence = np.maximum(share, 1.0 / weeks)
    return Coverage(share, np.clip((presence.mean() / presence) ** strength, *BOUNDS))
