"""The forecast for the region as a whole: events of each coming day and of all days until then."""

from dataclasses import dataclass

import numpy as np

from lib.analysis import negative_binomial
from lib.analysis.features import WEEK, completeness
from lib.analysis.forecast import DEFAULT_DISPERSION, LEAST_GRADED, LEAST_HISTORY_DAYS, widened
from lib.analysis.panel import Floats, Panel, Whole
from lib.analysis.region_level import coming_days, known_days

GRADED_ORIGINS = 40


@dataclass(frozen=True, slots=True, eq=False)
class CityForecast:
    """What is expected of the region on each of the days after a panel's last."""

    daily_mean: Floats  # shape (days,): events expected on the day
    total_mean: Floats  # shape (days,): events expected from tomorrow to the day
    # daily_dispersion, total_dispersion: shape (days,): alpha in variance = mean + alpha mean², never falling with
    # the distance
    daily_dispersion: Floats
    total_dispersion: Floats
    # furthest distance, in weeks, at which past totals could be graded; beyond, alpha grows in proportion
    graded_weeks: int
    baseline_only: bool  # there was less than eight weeks of history: no trend, and a dispersion that is assumed


def city_forecast(panel: Panel, days_ahead: int) -> CityForecast:
    """Forecast the region's events of each day until `days_ahead` days after the panel's last.

    Level and fading trend are those of `lib.analysis.region_level`. The width comes from forecasts of the same
    kind made at up to 40 past weekly origins, each graded by what came.

    Parameters
    ----------
    panel
        Of any number of areas, which are added up.
    days_ahead
        At least 1.

    Notes
    -----
    Measured on 2026-11-22 in 84 simulated regions that it was not tuned on (S1 to S7 of ``tests/worlds.py``), 7,
    14 and 28 days ahead: skill against the mean of eight weeks 21.9, 21.5 and 18.8 percent of its ranked
    probability score, coverage of the 50, 80 and 95 percent intervals 52/82/94, 52/81/94 and 54/82/93.
    """
    weeks = -(-days_ahead // WEEK)
    paths, came, share = _paths(panel, weeks * WEEK)
    now = paths.pop(panel.day_count)[:days_ahead]
    in_by_now = share[np.minimum(np.arange(panel.day_count)[::-1], len(share) - 1)]
    totals, days = _past_dispersions(paths, came, in_by_now, weeks)
    distance = np.arange(1, days_ahead + 1)
    return CityForecast(
        daily_mean=now,
        total_mean=now.cumsum(),
        daily_dispersion=_widening(days, weeks)[(distance - 1) // WEEK],
        total_dispersion=np.interp(distance, WEEK * np.arange(1, weeks + 1), _widening(totals, weeks)),
        graded_weeks=len(totals),
        baseline_only=panel.day_count < LEAST_HISTORY_DAYS,
    )


def past_totals(panel: Panel, *, days: int) -> dict[int, Floats]:
    """Forecast the region's events of the next days from every weekly origin; origin -> mean, shape (1,)."""
    paths, _, _ = _paths(panel, days, origin_count=panel.day_count)
    return {origin: np.array([path.sum()]) for origin, path in paths.items()}


def whole_region(panel: Panel) -> Panel:
    """Take all areas as one."""
    return Panel(np.zeros_like(panel.area), panel.occurred, panel.reported, 1, panel.day_count)


def _paths(
    panel: Panel, days: int, *, origin_count: int = GRADED_ORIGINS + 1
) -> tuple[dict[int, Floats], Whole, Floats]:
    """Forecast day by day from every origin; also each day's events, and the shares of reports in, as known now."""
    earliest = min(LEAST_HISTORY_DAYS, panel.day_count)
    origins = np.arange(panel.day_count, earliest - 1, -WEEK)[:origin_count][::-1]
    share = completeness(panel, origins)
    came = np.zeros(0, dtype=np.int64)
    paths = {}
    for k, (origin, known) in enumerate(zip(origins, known_days(panel, origins), strict=True)):
        paths[int(origin)] = coming_days(known, share[k], days, trend=origin >= LEAST_HISTORY_DAYS)
        came = known
    return paths, came, share[-1]


def _past_dispersions(
    paths: dict[int, Floats], came: Whole, in_by_now: Floats, weeks: int
) -> tuple[list[float], list[float]]:
    """Estimate alpha of totals and of days by distance in weeks, from forecasts whose days have passed."""
    totals: list[float] = []
    days: list[float] = []
    for end in range(WEEK, WEEK * weeks + 1, WEEK):
        passed = [origin for origin in sorted(paths) if origin + end <= len(came)]
        if len(passed) < LEAST_GRADED:
            break
        observed = np.array([came[origin : origin + end] for origin in passed])
        expected = np.array([paths[origin][:end] * in_by_now[origin : origin + end] for origin in passed])
        alone = len(passed) * WEEK / end  # windows that do not overlap
        total = negative_binomial.dispersion(observed.sum(axis=1), expected.sum(axis=1))
        totals.append(widened(total, alone))
        day = negative_binomial.dispersion(observed[:, -WEEK:], expected[:, -WEEK:])
        days.append(widened(day, len(passed)))
    return totals, days


def _widening(dispersion: list[float], weeks: int) -> Floats:
    """Let alpha never fall with the distance, and grow in proportion to it where nothing could be graded."""
    rising = np.maximum.accumulate(dispersion or [DEFAULT_DISPERSION])
    beyond = rising[-1] * np.arange(len(rising) + 1, weeks + 1) / len(rising)
    return np.concatenate([rising, beyond])[:weeks]
