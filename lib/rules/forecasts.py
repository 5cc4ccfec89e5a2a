"""The judgements behind forecasts and their grades: every number that a person chose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lib.analysis.region_level import TotalMethod
from lib.rules.judged import REGIONS_FOLDER, Judged, number, pair, read_judged, rules_file, whole

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


FILE_NAME = "forecasts.toml"
_MOST_WEEKS = 104
_MOST_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRules(Judged):
    """Every chosen number of the forecasts and of how warnings are graded."""

    longest_days: int = whole(14, _MOST_DAYS)  # longest horizon of the region's forecast
    shown_weeks: int = whole(1, _MOST_WEEKS)  # past weeks drawn beside it
    hit_days: int = whole(1, _MOST_DAYS)  # an alert must come true within so many days
    # hit_probability, hit_count: a window is elevated when it holds so many events or more, and so many that no more
    # than this share of usual windows would
    hit_probability: float = number(1e-6, 0.5)
    hit_count: int = whole(1, 100)
    hit_severity: int = whole(1, 5)  # a verified event at least so severe makes an alert come true, or is missed
    settle_days: int = whole(0, _MOST_DAYS)  # days waited for reports after a window before it is graded
    # replay_weeks, replay_step_days: how far back, and how often, past alerts are worked out again
    replay_weeks: int = whole(1, _MOST_WEEKS)
    replay_step_days: int = whole(1, _MOST_DAYS)
    best_share: float = number(0.01, 0.5)  # share of areas, the highest forecasts, in which events are counted
    drift_total: tuple[float, float] = pair(0.1, 10)  # least and most of observed over expected that is no drift
    drift_coverage_points: int = whole(1, 50)  # points by which an interval may miss its share
    # after so many days without any report of the region there is no forecast; see `is_silent`
    silence_days: int = whole(7, _MOST_DAYS)
    widest_ratio: float = number(2, 1000)  # of an interval that says anything; see `too_wide`
    # weekday_limit, total_dispersion_median, total_dispersion_spread: as in `lib.analysis.region_level.TotalMethod`
    weekday_limit: float = number(1 / 7, 1)
    total_dispersion_median: float = number(1e-3, 3)
    total_dispersion_spread: float = number(0.1, 5)

    def too_wide(self, low: int, high: int) -> bool:
        """Tell whether an interval of counts says nothing: its ends, each plus one, are too many times apart."""
        return high + 1 > self.widest_ratio * (low + 1)

    @property
    def total(self) -> TotalMethod:
        """Give the numbers that the forecast of the region's total needs."""
        return TotalMethod(self.weekday_limit, self.total_dispersion_median, self.total_dispersion_spread)


@cache
def forecast_rules(region_code: str, *, folder: Path = REGIONS_FOLDER) -> ForecastRules:
    """Return the rules of a region: its own file as a whole where it has one, else the national one.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, or a value lies outside its range.
    """
    return read_judged(ForecastRules, rules_file(folder, region_code, FILE_NAME))


def is_silent(last_reported_on: date | None, as_of: date, rules: ForecastRules) -> bool:
    """Tell whether nothing can be said of the days after `as_of`, for no report came in the `silence_days` up to it.

    Silence is not safety: a forecast from it would say that nothing will happen.
    """
    return last_reported_on is None or (as_of - last_reported_on).days >= rules.silence_days
