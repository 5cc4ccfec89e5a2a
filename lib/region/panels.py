"""A region's events by group of categories, ready for alerts, forecasts and hot-spots."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.store import queries
from data.store.states import REJECTED
from lib.analysis.features import merged
from lib.analysis.panel import Panel, known_on
from lib.filters import window_start
from lib.rules.taxonomy import taxonomy
from lib.texts.pages import ALL_CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from data.store.lake import Lake

ALL, OUTSIDE = "semua", "-"  # all categories; those that the taxonomy puts in no group
PANEL_DAYS = 406  # 58 weeks: a half-life of 112 days, 30 weekly origins to learn from, and 16 weeks before them


@dataclass(frozen=True, slots=True, eq=False)
class Panels:
    """The events of a region by group of categories, as known on `as_of`.

    `groups` maps a code to its events: first ``semua`` (all categories), then the groups of the taxonomy.
    `area_codes` names the areas in the order of their numbers. Events known to a district or the region only
    lie in `unplaced_count` (by group) and in no panel. `first_on` is the day numbered 0: the day of the first
    known event, or `PANEL_DAYS` before `as_of` where history reaches further back. `last_reported_on` is the day of
    the newest report of any of them, the unplaced ones included; None where no event is known.
    """

    groups: Mapping[str, Panel]
    area_codes: tuple[str, ...]
    first_on: date
    as_of: date
    unplaced_count: Mapping[str, int]
    last_reported_on: date | None = None
    outside: Panel | None = None  # events of categories in no group; None where there are none


def load_panels(lake: Lake, region_code: str, area_codes: Collection[str], *, as_of: date) -> Panels:
    """Fetch the events of a region until a day; see `panels_of`."""
    start = window_start(as_of, PANEL_DAYS)
    rows = queries.incident_panel(lake, region_code, as_of=as_of, start=start)
    return panels_of(rows, area_codes, as_of=as_of)


def panels_of(rows: pd.DataFrame, area_codes: Collection[str], *, as_of: date) -> Panels:
    """Sort events into groups.

    Rejected reports are left out; every other state counts alike, for a warning cannot wait for the check.

    Parameters
    ----------
    rows
        Columns of `data.store.queries.incident_panel`.
    area_codes
        All areas of the region, those without events included.
    """
    codes = tuple(sorted(area_codes))
    kept = rows[rows["verification"] != REJECTED]
    first = min(kept["occurred_on"].min(), pd.Timestamp(as_of)) if len(kept) else pd.Timestamp(as_of)
    groups = {category.code: category.group for category in taxonomy().categories}
    group = kept["category_code"].map(groups).to_numpy()
    area = pd.Index(codes).get_indexer(pd.Index(kept["area_code"]))
    number = kept["incident_count"].to_numpy(dtype=np.int64)
    occurred = (kept["occurred_on"] - first).dt.days.to_numpy(dtype=np.int64)
    reported = (kept["reported_on"] - first).dt.days.to_numpy(dtype=np.int64)
    day_count = (pd.Timestamp(as_of) - first).days + 1
    placed = area >= 0

    def panel(chosen: np.ndarray) -> Panel:
        events_area, events_occurred, events_reported = (
            np.repeat(values[chosen], number[chosen]) for values in (area, occurred, reported)
        )
        return Panel(events_area, events_occurred, events_reported, len(codes), day_count)

    every = (ALL, *(entry.code for entry in taxonomy().groups if entry.code != OUTSIDE))
    of_group = {code: np.ones(len(kept), dtype=bool) if code == ALL else group == code for code in every}
    outside = panel((group == OUTSIDE) & placed)
    return Panels(
        groups={code: panel(chosen & placed) for code, chosen in of_group.items()},
        area_codes=codes,
        first_on=first.date(),
        as_of=as_of,
        unplaced_count={code: int(number[chosen & ~placed].sum()) for code, chosen in of_group.items()},
        last_reported_on=kept["reported_on"].max().date() if len(kept) else None,
        outside=outside if len(outside.area) else None,
    )


def until_last_report(panels: Panels) -> Panels:
    """Cut panels back to the day of the newest report, for nothing is known of the days after it, not even calm.

    Whoever grades past forecasts must not take those days for days without events.
    """
    last = panels.last_reported_on
    if last is None or last >= panels.as_of:
        return panels
    day = max((last - panels.first_on).days, 0)
    groups = {code: known_on(panel, day) for code, panel in panels.groups.items()}
    outside = panels.outside and known_on(panels.outside, day)
    return replace(panels, groups=groups, outside=outside, as_of=panels.first_on + timedelta(days=day))


def other_groups(panels: Panels, group_code: str) -> Panel | None:
    """Give the events of all other groups: kinds share places and causes, so they help to forecast each other.

    None for ``semua``, which has no others.
    """
    if group_code == ALL:
        return None
    return merged([panel for code, panel in panels.groups.items() if code not in {ALL, group_code}])


def group_names() -> dict[str, str]:
    """Name the groups of categories, code to name; ``semua`` first."""
    return {ALL: ALL_CATEGORIES} | {entry.code: entry.name for entry in taxonomy().groups if entry.code != OUTSIDE}
