"""The judgements behind the alerts: every number that a person chose."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

from lib.analysis.alerts import Method
from lib.rules import words as texts
from lib.rules.judged import Judgement, judged_tables, rules_file
from lib.rules.regions import REGIONS_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from lib.rules.toml import Table

FILE_NAME = "alerts.toml"
_MOST_WEEKS = 104
_MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class AlertRules:
    """Every chosen number of the alerts.

    Attributes
    ----------
    windows_weeks, baseline_weeks, skip_weeks, least_baseline_weeks, least_count, region_constant, region_floor
        As in `lib.analysis.alerts.Method`.
    waspada_probability
        A series less probable than this is *Waspada*.
    siaga_false_share
        Expected share of chance among the series that are *Siaga*.
    hold_days
        What alarms again within so many days is the same alert.
    event_severity, event_days, event_late_days
        A verified incident at least so severe is an alert for so many days; one that is reported late, within
        the same days after its report, as long as it happened within `event_late_days`.
    judgements
        Author, date and reason of each value above.
    digest
        Hash of all values, which every issue carries.
    """

    windows_weeks: tuple[int, ...]
    baseline_weeks: int
    skip_weeks: int
    least_baseline_weeks: int
    least_count: int
    region_constant: float
    region_floor: float
    waspada_probability: float
    siaga_false_share: float
    hold_days: int
    event_severity: int
    event_days: int
    event_late_days: int
    judgements: tuple[Judgement, ...]
    digest: str

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


JUDGED = tuple(field.name for field in fields(AlertRules) if field.name not in {"judgements", "digest"})


@cache
def alert_rules(region_code: str, *, folder: Path = REGIONS_FOLDER) -> AlertRules:
    """Return the rules of a region: its own file as a whole where it has one, else the national one.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, or a value lies outside its range.
    """
    return read_rules(rules_file(folder, region_code, FILE_NAME))


def read_rules(file: Path) -> AlertRules:
    """Read the rules of a file: one table per value, each with author, date and reason.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, or a value lies outside its range.
    """
    entries, judgements = judged_tables(file, JUDGED)

    def whole(key: str, least: int, most: int) -> int:
        return entries[key].whole("value", least, most)

    def number(key: str, low: float, high: float) -> float:
        return entries[key].number("value", low, high)

    event_days = whole("event_days", 1, _MOST_DAYS)
    baseline = whole("baseline_weeks", 2, _MOST_WEEKS)
    values = {
        "windows_weeks": _weeks(entries["windows_weeks"]),
        "baseline_weeks": baseline,
        "skip_weeks": whole("skip_weeks", 0, _MOST_WEEKS),
        "least_baseline_weeks": whole("least_baseline_weeks", 2, baseline),
        "least_count": whole("least_count", 2, 100),  # 1 would let a single incident alarm
        "region_constant": number("region_constant", 0.1, 1000),
        "region_floor": number("region_floor", 0, 1),
        "waspada_probability": number("waspada_probability", 1e-6, 0.2),
        "siaga_false_share": number("siaga_false_share", 1e-6, 0.5),
        "hold_days": whole("hold_days", 1, _MOST_DAYS),
        "event_severity": whole("event_severity", 1, 5),
        "event_days": event_days,
        "event_late_days": whole("event_late_days", event_days, _MOST_DAYS),
    }
    return AlertRules(
        **values,  # type: ignore[arg-type]
        judgements=judgements,
        digest=hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest(),
    )


def _weeks(table: Table) -> tuple[int, ...]:
    """Read lengths of windows, shortest first."""
    values = table.numbers("value", 1, 26)
    if any(value % 1 for value in values):
        raise table.refusal("value", texts.not_whole(low=1, high=26))
    return tuple(sorted({int(value) for value in values}))
