"""The surprise of areas: how unlikely the last two weeks are against a baseline that is frozen weekly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lib.analysis.negative_binomial import upper_tail
from lib.analysis.panel import counts

if TYPE_CHECKING:
    from datetime import date

    from lib.analysis.panel import Panel

STRONGEST_PRIOR = 1000.0
LEAST_BLOCKS = 2

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """What a window of `window_days` usually brings, as it was known on the anchor day."""

    mean: Floats  # expected events of a window by area, shape (areas,); NaN for all where history is too short
    # size of the negative binomial that the window's count follows, shape (areas,): its variance is mean + mean^2 /
    # size
    size: Floats
    dispersion: float  # variance of a window's count over its mean, pooled over areas, >= 1
    # window_days, day_count: length of the window, and of the history the baseline was learnt from; in days
    window_days: int
    day_count: int


def anchor_of(as_of: date) -> date:
    """Name the day the baseline of a day was frozen on: that day or the nearest Monday before it."""
    return as_of - timedelta(days=as_of.weekday())


def frozen_baseline(panel: Panel, anchor_day: int, *, window_days: int = 14, baseline_weeks: int = 26) -> Baseline:
    """Learn the usual from what had been reported until the anchor, leaving out the window before it.

    Events of up to `baseline_weeks` weeks, ending `window_days` before the anchor, are cut into blocks of
    `window_days`. The rate of an area is the mean of its gamma posterior; the prior is estimated by moments
    over areas (as `lib.analysis.risk.freeze_scale`, all exposures equal), with half an event added to the
    region's total, so that no rate is 0. The dispersion is the variance of blocks around their area's mean
    over that mean, pooled over areas and not below 1. The predicted count then has
    variance = dispersion x mean + mean^2 / posterior shape: chance, clustering, and doubt about the rate.

    Parameters
    ----------
    panel
        Events of the scored categories.
    anchor_day
        Number of the anchor in the panel's days; may lie before its first day.

    Returns
    -------
    Baseline
        With NaN means where fewer than two whole blocks of history lie before the anchor: without a usual
        nothing is unusual.

    Notes
    -----
    An event of the anchor's window or later, or reported after the anchor, changes nothing: therefore an
    event more today raises its area's surprise and touches no other.
    """
    last = anchor_day - window_days
    longest = baseline_weeks * 7 // window_days
    blocks = min(longest, (last + 1) // window_days)
    if blocks < LEAST_BLOCKS:
        nothing = np.full(panel.area_count, np.nan)
        return Baseline(nothing, nothing, 1.0, window_days, 0)
    number = _blocks(panel, anchor_day=anchor_day, last=last, blocks=blocks, window_days=window_days)
    total = number.sum(axis=1)
    mean = (total.sum() + 0.5) / len(total)
    around = ((number - number.mean(axis=1, keepdims=True)) ** 2).sum() / (blocks - 1)
    dispersion = max(1.0, around / number.mean(axis=1).sum()) if total.any() else 1.0
    between = total.var(ddof=1) - dispersion * mean if len(total) > 1 else 0.0
    prior = min(mean / between, STRONGEST_PRIOR) if between > 0 else STRONGEST_PRIOR
    shape = mean * prior + total
    expected = shape / (prior + 1.0) / blocks
    size = expected / (dispersion - 1.0 + expected / shape)
    return Baseline(expected, size, float(dispersion), window_days, blocks * window_days)


def observed_events(panel: Panel, *, window_days: int = 14) -> NDArray[np.int64]:
    """Count the events of the panel's last `window_days` days by area."""
    last = panel.day_count - 1
    return counts(panel, last - window_days + 1, last)


def surprise(
    observed: ArrayLike, baseline: Baseline, *, minimum: int = 2, full_probability: float = 0.001
) -> tuple[Floats, Floats]:
    """Score how unlikely so many events are, 100 min(1, log p / log full_probability).

    With a full probability of .001 a probability of .05 scores 43 and one of .001 or less scores 100.

    Parameters
    ----------
    observed
        Events of the window by area, shape (areas,).
    minimum
        Fewer events than this score 0, however rare they are.

    Returns
    -------
    score
        0 to 100, shape (areas,); 0 where the baseline is unknown.
    probability
        p = P(count >= observed) by the negative binomial of the baseline; NaN where it is unknown.
    """
    number = np.asarray(observed, dtype=float)
    known = np.isfinite(baseline.mean)
    probability = np.full(number.shape, np.nan)
    probability[known] = upper_tail(number[known], baseline.mean[known], baseline.size[known])
    judged = known & (number >= minimum)
    steps = np.zeros(number.shape)
    with np.errstate(divide="ignore"):
        steps[judged] = np.log(probability[judged]) / np.log(full_probability)
    return 100.0 * np.clip(steps, 0.0, 1.0), probability


def _blocks(panel: Panel, *, anchor_day: int, last: int, blocks: int, window_days: int) -> NDArray[np.int64]:
    """Count by area and block, the last block ending on `last`; only what was reported until the anchor."""
    age = last - panel.occurred
    keep = (panel.reported <= anchor_day) & (age >= 0) & (age < blocks * window_days)
    cell = panel.area[keep] * blocks + age[keep] // window_days
    return np.bincount(cell, minlength=panel.area_count * blocks).reshape(panel.area_count, blocks)
