"""The judgements behind the completeness of reports: every number that a person chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from lib.rules.judged import REGIONS_FOLDER, Judged, number, pair, read_judged, rules_file, whole

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


FILE_NAME = "completeness.toml"
_MOST_WEEKS = 520
_MOST_DAYS = 3650


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletenessRules(Judged):
    """Every chosen number of the completeness of reports."""

    matrix_weeks: int = whole(1, _MOST_WEEKS)  # weeks that the matrix of reports goes back
    # expected_weeks, expected_share: a source is expected in an area in a week when it reported there in at least
    # this share of so many weeks before
    expected_weeks: int = whole(1, _MOST_WEEKS)
    expected_share: float = number(0.001, 0.999)
    history_weeks: int = whole(1, _MOST_WEEKS)  # reports that came in earlier are not read at all
    delay_window_days: int = whole(1, _MOST_DAYS)  # days of events from which the delay of reporting is estimated
    longest_delay_days: int = whole(1, _MOST_DAYS)  # later reports are no delayed ones, but a second survey
    delay_days_shown: int = whole(1, "longest_delay_days")  # last day of delay that the table writes out
    # fewest reports with a date that a delay of their own is estimated from
    minimum_delay_reports: int = whole(1, 100_000)
    complete_share: float = number(0.001, 0.999)  # share of a day's reports that makes the day complete
    silence_probability: float = number(0.001, 0.999)  # silence less probable than this is unusual
    silence_baseline_weeks: int = whole(1, _MOST_WEEKS)  # weeks before a silence that tell the usual rate
    # reports and weeks that the gamma prior of a rate is worth
    silence_prior: tuple[float, float] = pair(0.001, 1000)
    # an area that a nil report covers within so many days is known to be quiet
    quiet_days: int = whole(1, _MOST_DAYS)
    # unheard_region_days, unheard_area_days: no area is heard where the newest report of the whole region is older
    # than so many days, and an area is not heard where its own newest is
    unheard_region_days: int = whole(1, _MOST_DAYS)
    unheard_area_days: int = whole(1, _MOST_DAYS)
    # thin_days, thin_share: days whose reports are compared with those of the `expected_weeks` before; share of
    # reports that may be missing without anybody noticing
    thin_days: int = whole(1, _MOST_DAYS)
    thin_share: float = number(0.01, 0.9)
    # low_share, low_expected: below this share of what is usual, where at least so many events are, a whole region's
    # count is called far below its usual
    low_share: float = number(0.01, 0.99)
    low_expected: float = number(0.1, 1000)

    def first_day(self, as_of: date) -> date:
        """Give the first day of the history that ends on a day."""
        return as_of - timedelta(weeks=self.history_weeks, days=-1)

    def far_below(self, observed: int, expected: float) -> bool:
        """Tell whether a region counts so few events that reports stopped rather than events."""
        return expected >= self.low_expected and observed < self.low_share * expected


@cache
def completeness_rules(region_code: str, *, folder: Path = REGIONS_FOLDER) -> CompletenessRules:
    """Return the rules of a region: its own file as a whole where it has one, else the national one.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, or a value lies outside its range.
    """
    return read_judged(CompletenessRules, rules_file(folder, region_code, FILE_NAME))
