"""The judgements behind the alerts: every number that a person chose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from data import digests
from lib.analysis.alerts import Method
from lib.rules.judged import REGIONS_FOLDER, Judged, judged, judged_keys, number, read_judged, rules_file, whole

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "alerts.toml"
_MOST_WEEKS = 104
_MOST_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRules(Judged):
    """Every chosen number of the alerts."""

    # windows_weeks, baseline_weeks, skip_weeks, least_baseline_weeks, least_count, region_constant, region_floor: as
    # in `lib.analysis.alerts.Method`; with a least count of 1 a single incident would alarm
    windows_weeks: tuple[int, ...] = judged(lambda table: tuple(sorted(set(table.wholes("value", 1, 26)))))
    baseline_weeks: int = whole(2, _MOST_WEEKS)
    skip_weeks: int = whole(0, _MOST_WEEKS)
    least_baseline_weeks: int = whole(2, "baseline_weeks")
    least_count: int = whole(2, 100)
    region_constant: float = number(0.1, 1000)
    region_floor: float = number(0, 1)
    waspada_probability: float = number(1e-6, 0.2)  # a series less probable than this is *Waspada*
    siaga_false_share: float = number(1e-6, 0.5)  # expected share of chance among the series that are *Siaga*
    # fewest sources whose unverified reports make an area *Siaga*; one verified event does so too
    siaga_sources: int = whole(2, 20)
    hold_days: int = whole(1, _MOST_DAYS)  # what alarms again within so many days is the same alert
    # event_severity, event_days, event_late_days: a verified incident at least so severe is an alert for so many
    # days; one that is reported late, within the same days after its report, as long as it happened within
    # `event_late_days`
    event_severity: int = whole(1, 5)
    event_days: int = whole(1, _MOST_DAYS)
    event_late_days: int = whole("event_days", _MOST_DAYS)

    @property
    def digest(self) -> str:
        """Return the digest of all values; issues carry it, so that it keeps the form of the first one."""
        return digests.of_text(repr(sorted((key, getattr(self, key)) for key in judged_keys(AlertRules))))

    @property
    def method(self) -> Method:
        """Give the numbers that the statistics need."""
        return Method(
            windows=self.windows_weeks,
            baseline=self.baseline_weeks,
            skip=self.skip_weeks,
            least_baseline=self.least_baseline_weeks,
            least_count=self.least_count,
            region_constant=self.region_constant,
            region_floor=self.region_floor,
        )


@cache
def alert_rules(region_code: str, *, folder: Path = REGIONS_FOLDER) -> AlertRules:
    """Return the rules of a region: its own file as a whole where it has one, else the national one.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, or a value lies outside its range.
    """
    return read_judged(AlertRules, rules_file(folder, region_code, FILE_NAME))
