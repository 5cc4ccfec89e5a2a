"""The situation of a day in a few facts, for a message and for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lib.analysis import CLASS_COUNT
from lib.indonesian import tenth
from lib.records import AreaName, RankedRow, records
from lib.reports.completeness import UNHEARD
from lib.rules.regions import region_profile
from lib.score.answers import SILENT, TOO_LITTLE
from lib.score.situation import week_counts

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from lib.records import Hearing, Roll
    from lib.rules.calendar import Calendar, Election
    from lib.score.answers import Assessment
    from lib.score.situation import WeekCounts

TOP = 3


@dataclass(frozen=True, slots=True)
class Brief:
    """The situation of a region on a day; areas of a list stand in the order of their codes."""

    region_code: str
    region_name: str
    as_of: date
    simulated: bool
    last_reported_on: date | None  # of the reports known on that day; None without any in the window
    elections: tuple[Election, ...]  # in force, the nearest voting day first
    area_names: dict[str, str]  # of all areas, by their codes
    roll: Roll
    hearing: Hearing
    week: WeekCounts
    class_counts: tuple[int, ...]  # areas of each class, the lowest first; those without a class are in none
    top: tuple[tuple[str, float], ...]  # the highest areas with their scores as printed
    siaga: tuple[AreaName, ...]
    severe: tuple[AreaName, ...]  # a fresh verified event of the highest severity
    unverified: tuple[AreaName, ...]  # red or Siaga but for what nobody has verified
    unheard: tuple[AreaName, ...]  # silent where reports are usual, or too long
    unreported: tuple[AreaName, ...]  # never any report in the period
    unclear: tuple[AreaName, ...]  # too little known for a class


def brief(assessment: Assessment, incidents: pd.DataFrame, calendar: Calendar) -> Brief:
    """Gather the situation of an assessment's last day.

    `incidents` as for `lib.score.situation.week_counts`; `calendar` with what people entered.
    """
    areas, day = assessment.areas, assessment.filters.end
    classes = areas["class_index"]
    return Brief(
        region_code=assessment.filters.region_code,
        region_name=region_profile(assessment.filters.region_code).name,
        as_of=day,
        simulated=assessment.state.simulated,
        last_reported_on=None if incidents.empty else incidents["reported_on"].max().date(),
        elections=calendar.in_force(day),
        area_names=dict(zip(areas["area_code"], areas["area_name"], strict=True)),
        roll=assessment.roll,
        hearing=assessment.hearing,
        week=week_counts(assessment, incidents),
        class_counts=tuple(int((classes == index).sum()) for index in range(CLASS_COUNT)),
        top=tuple((row.area_name, tenth(row.score)) for row in records(assessment.ranked.head(TOP), RankedRow)),
        siaga=_named(areas[areas["siaga"]]),
        severe=_named(areas[areas["severe"]]),
        unverified=_named(areas[areas["unverified"]]),
        unheard=_named(areas[areas["unclassed"] == UNHEARD]),
        unreported=_named(areas[areas["unclassed"] == SILENT]),
        unclear=_named(areas[areas["unclassed"] == TOO_LITTLE]),
    )


def _named(areas: pd.DataFrame) -> tuple[AreaName, ...]:
    return tuple(sorted(records(areas, AreaName), key=lambda area: area.area_code))
