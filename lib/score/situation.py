"""What leaders ask first: how many, how sure, how it moved, and what changed since a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from data.store.states import REJECTED, VERIFIED
from lib.analysis.classes import HIGH_CLASS
from lib.filters import Filters, window_start
from lib.records import AreaRow, PlacedCounts, records
from lib.region.weights import weights_in_force
from lib.reports.completeness import UNHEARD
from lib.score.answers import SILENT, TOO_LITTLE, Assessment, assess_areas, events

if TYPE_CHECKING:
    from data.store.lake import Lake
    from lib.rules.weights import Weights

WEEK = 7
SERIOUS = 4
SERIOUS_DAYS = 28


@dataclass(frozen=True, slots=True)
class WeekCounts:
    """Counts of the newest week and of the week before it, over the whole region.

    `serious` counts severity 4 and 5 in the last 28 days; `high_areas` the areas of the two highest classes;
    `silent_areas` those without any report, `unheard_areas` those that are not heard any more, `unclear_areas` those
    with reports but too little known for a class; `siaga_areas`, `severe_areas`, `unverified_areas` and `thin_areas`
    those with these marks.
    """

    week: int
    week_before: int
    verified_week: int
    verified_week_before: int
    serious: int
    high_areas: int
    silent_areas: int
    unheard_areas: int
    unclear_areas: int
    siaga_areas: int
    severe_areas: int
    unverified_areas: int
    thin_areas: int
    area_count: int

    @property
    def mostly_unheard(self) -> bool:
        """Tell whether more than half of the areas are not heard any more: then counts are no news."""
        return 2 * self.unheard_areas > self.area_count


@dataclass(frozen=True, slots=True)
class Change:
    """An area whose class differs between two days; -1 is "no class"."""

    area_code: str
    area_name: str
    district_name: str
    class_before: int
    class_now: int
    score_before: float
    score_now: float


def placed_counts(incidents: pd.DataFrame) -> PlacedCounts:
    """Count how the events of a question came to their areas; `incidents` as from `lib.score.answers.incidents`."""
    outside = incidents["represents"] & incidents["outside_region"]
    incidents = events(incidents)
    return PlacedCounts(
        incidents=len(incidents),
        border=int((incidents["method"] == "border").sum()),
        outside=int(outside.sum()),
        disagreeing=int(incidents["disagrees"].sum()),
        unplaced=int(incidents["area_code"].isna().sum()),
    )


def week_counts(assessment: Assessment, incidents: pd.DataFrame) -> WeekCounts:
    """Count the region's incidents by week.

    `incidents` are the reports of the assessment's question, as from `lib.score.answers.incidents`; an event counts
    once. Weeks are
    the seven days that end on its last day, and the seven before.
    """
    incidents = events(incidents)
    age_days = (pd.Timestamp(assessment.filters.end) - pd.to_datetime(incidents["occurred_on"])).dt.days
    newest, before = age_days < WEEK, age_days.between(WEEK, 2 * WEEK - 1)
    verified = incidents["verification"].isin(VERIFIED)
    serious = (incidents["severity"] >= SERIOUS) & (age_days < SERIOUS_DAYS)
    classes, unclassed = assessment.areas["class_index"], assessment.areas["unclassed"]
    return WeekCounts(
        week=int(newest.sum()),
        week_before=int(before.sum()),
        verified_week=int((newest & verified).sum()),
        verified_week_before=int((before & verified).sum()),
        serious=int(serious.sum()),
        high_areas=int((classes >= HIGH_CLASS).sum()),
        silent_areas=int((unclassed == SILENT).sum()),
        unheard_areas=int((unclassed == UNHEARD).sum()),
        unclear_areas=int((unclassed == TOO_LITTLE).sum()),
        siaga_areas=int(assessment.areas["siaga"].sum()),
        severe_areas=int(assessment.areas["severe"].sum()),
        unverified_areas=int(assessment.areas["unverified"].sum()),
        thin_areas=int(assessment.areas["thin"].sum()),
        area_count=len(assessment.areas),
    )


def verify_first(assessment: Assessment, rows: pd.DataFrame) -> pd.DataFrame:
    """Put the unchecked reports of areas that are *belum diperiksa* before all others, which keep their order.

    `rows`: columns of `data.store.queries.incident_rows`.
    """
    areas = assessment.areas.loc[assessment.areas["unverified"], "area_code"]
    since = pd.Timestamp(window_start(assessment.filters.end, assessment.weights.support_days))
    unchecked = ~rows["verification"].isin((*VERIFIED, REJECTED))
    first = unchecked & rows["area_code"].isin(areas) & (pd.to_datetime(rows["occurred_on"]) >= since)
    return pd.concat([rows[first], rows[~first]], ignore_index=True)


def earlier(filters: Filters, day: date, weights: Weights) -> Filters:
    """Ask the same question as of an earlier day, over a window of the score's length."""
    return replace(filters, start=window_start(day, weights.window_days), end=day)


def changes(lake: Lake, filters: Filters, since: date) -> tuple[Change, ...]:
    """List the areas whose class differs from that of an earlier day, largest change of score first.

    Both days are judged by what was reported until then, on the same frozen scale.
    """
    weights = weights_in_force(lake, filters.region_code)
    before = assess_areas(lake, earlier(filters, since, weights)).areas.set_index("area_code")
    now = assess_areas(lake, earlier(filters, filters.end, weights)).areas
    found = [
        Change(
            area_code=row.area_code,
            area_name=row.area_name,
            district_name=row.district_name,
            class_before=int(before.at[row.area_code, "class_index"]),
            class_now=row.class_index,
            score_before=_zero(before.at[row.area_code, "score"]),
            score_now=_zero(row.score),
        )
        for row in records(now, AreaRow)
        if row.area_code in before.index and before.at[row.area_code, "class_index"] != row.class_index
    ]
    return tuple(sorted(found, key=lambda c: (-abs(c.score_now - c.score_before), c.area_code)))


def default_since(filters: Filters) -> date:
    """Compare with a week ago unless a day is chosen."""
    return filters.end - timedelta(days=WEEK)


def _zero(score: float) -> float:
    return 0.0 if pd.isna(score) else float(score)
