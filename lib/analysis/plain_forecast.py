"""The plain forecast that ours must beat: the mean of the last eight weeks, as a forecast of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from lib.analysis.features import PARTS, WEEK
from lib.analysis.forecast import (
    FLOOR_SHARE,
    GRADED_WEEKS,
    LEAST_HISTORY_DAYS,
    LEAST_LEVEL,
    Forecast,
    past_dispersion,
)

if TYPE_CHECKING:
    from lib.analysis.panel import Floats, Panel

MEAN_WEEKS = 8


def eight_week_mean(panel: Panel, *, horizon_days: int) -> Forecast:
    """Forecast each area's mean of the last eight weeks, with the dispersion of this forecast's own past errors.

    The mean is that of the events known by then, 5 percent of the mean area at least; reports still under way are
    not made up for. Weeks before the panel's first day count nothing, so over a shorter history it is too low.
    The whole forecast stands in the first part.
    """
    origins = range(panel.day_count, 0, -WEEK)[: GRADED_WEEKS + -(-horizon_days // WEEK)]
    order = np.argsort(panel.occurred)
    by_day = replace(panel, area=panel.area[order], occurred=panel.occurred[order], reported=panel.reported[order])
    means = {origin: _mean(by_day, origin, horizon_days) for origin in origins}
    made = means.pop(panel.day_count)
    parts = np.zeros((panel.area_count, len(PARTS)))
    parts[:, 0] = made
    return Forecast(
        mean=made,
        parts=parts,
        dispersion=past_dispersion(panel, means, horizon_days=horizon_days),
        baseline_only=panel.day_count < LEAST_HISTORY_DAYS,
        horizon_days=horizon_days,
        past_totals={origin: float(mean.sum()) for origin, mean in means.items()},
    )


def _mean(by_day: Panel, origin: int, horizon_days: int) -> Floats:
    """Average the weeks before an origin, of a panel whose events stand in order of their days."""
    first, last = np.searchsorted(by_day.occurred, (origin - WEEK * MEAN_WEEKS, origin))
    area = by_day.area[first:last][by_day.reported[first:last] < origin]
    mean = np.bincount(area, minlength=by_day.area_count) * (horizon_days / (WEEK * MEAN_WEEKS))
    floored: Floats = np.maximum(mean, FLOOR_SHARE * max(float(mean.mean()), LEAST_LEVEL))
    return floored
