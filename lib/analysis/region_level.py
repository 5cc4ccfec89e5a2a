"""The level of a whole region: how many events its coming days will bring, from its own past days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lib.analysis.features import WEEK, arrivals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lib.analysis.panel import Floats, Panel, Whole

LEVEL_HALF_LIFE = 10.0
CYCLE_WEEKS = 26  # weeks in which a weekly cycle is looked for
TREND_HALF_LIVES = (14.0, 56.0)
TREND_KEPT_PER_WEEK = 0.5
LEAST_PER_DAY = 1e-3


@dataclass(frozen=True, slots=True)
class TotalMethod:
    """What a person chose about the forecast of a region's total."""

    weekday_limit: float  # `weekday_share` above which the days are averaged over whole weeks first
    # dispersion_median, dispersion_spread: the prior of the total's dispersion, as in
    # `lib.analysis.negative_binomial.doubted_dispersion`
    dispersion_median: float
    dispersion_spread: float


def known_days(panel: Panel, origins: Whole) -> Iterator[Whole]:
    """Count the region's events by day as each of rising weekly origins knew them; shape (origin,) each."""
    days = np.zeros(panel.day_count, dtype=np.int64)
    for origin, new in zip(origins, arrivals(panel, origins), strict=True):
        days += np.bincount(panel.occurred[new], minlength=panel.day_count)
        yield days[:origin]


def weekday_share(known: Whole) -> float:
    """Measure how far events are dated on the same weekdays: the chance that two of different weeks share theirs.

    Over the last 26 whole weeks of `known`, shape (days,). 1/7 where weekdays are alike, whatever single days or
    weeks brought, since events of one week are never compared with each other; 1 where all events stand on one
    weekday. 0 with less than two weeks that hold events.
    """
    weeks = min(len(known) // WEEK, CYCLE_WEEKS)
    table = known[len(known) - WEEK * weeks :].reshape(weeks, WEEK).astype(float)
    alike = (table.sum(axis=0) ** 2).sum() - (table**2).sum()
    pairs = table.sum() ** 2 - (table.sum(axis=1) ** 2).sum()
    return float(alike / pairs) if pairs else 0.0


def coming_days(known: Whole, share: Floats, days: int, *, trend: bool, weekday_limit: float = 1.0) -> Floats:
    """Forecast the region's events of each of the next days.

    The level is the exponentially weighted daily mean with a half-life of 10 days. The trend per day is the log
    ratio of the means with half-lives of 14 and 56 days over the difference of their mean ages; it is shrunk by
    its own sampling error, and halves every week, since no rise lasts. All means are taken over the
    days that could be seen: a day whose reports are in by half counts as half a day.

    Where `weekday_share` exceeds `weekday_limit`, as when a week's reports are all dated on one day, the means are
    those of trailing seven-day means: then they no longer depend on which weekday today is. Where weekdays are
    alike that would only make the newest days late.

    Parameters
    ----------
    known
        Shape (past days,): events by day, as known today.
    share
        Shape (ages,): part of an event day's reports that is in after 0, 1, ... days; after the last, all are.
    trend
        Without it every day gets the level.

    Returns
    -------
    expected
        Shape (days,), at least 0.001 a day.
    """
    whole_weeks = weekday_share(known) > weekday_limit
    level, _, level_age = _weighted(known, share, LEVEL_HALF_LIFE, whole_weeks=whole_weeks)
    level = max(level, LEAST_PER_DAY)
    if not trend:
        return np.full(days, level)
    (fast, fast_events, fast_age), (slow, slow_events, slow_age) = (
        _weighted(known, share, half_life, whole_weeks=whole_weeks) for half_life in TREND_HALF_LIVES
    )
    span_days = slow_age - fast_age
    growth = np.log((fast + LEAST_PER_DAY) / (slow + LEAST_PER_DAY)) / span_days
    variance = (1 / max(fast_events, 1.0) + 1 / max(slow_events, 1.0)) / span_days**2
    growth *= growth**2 / (growth**2 + variance)
    kept = TREND_KEPT_PER_WEEK ** (1 / WEEK)
    ahead = np.arange(1, days + 1)
    # From the level's mean age until today the trend is taken as it is; from there on it fades.
    steps = level_age + (1 - kept**ahead) / (1 - kept)
    path: Floats = level * np.exp(growth * steps)
    return path


def _weighted(known: Whole, share: Floats, half_life: float, *, whole_weeks: bool) -> tuple[float, float, float]:
    """Give the weighted daily mean, the number of events it is as good as, and the mean age of its days.

    The weighted mean of trailing seven-day means is that of the days with the weights' own mean over seven days.
    """
    ages = np.arange(len(known))[::-1]
    weight = 0.5 ** (ages / half_life)
    if whole_weeks:
        ahead = np.concatenate([weight, np.zeros(WEEK - 1)])
        weight = np.convolve(ahead, np.full(WEEK, 1 / WEEK), mode="valid")
    seen = weight * share[np.minimum(ages, len(share) - 1)]
    events = float(weight @ known)
    effective = events**2 / max(float(weight**2 @ known), 1e-9)
    return events / float(seen.sum()), effective, float(seen @ ages / seen.sum())
