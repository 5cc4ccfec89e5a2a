"""Reports by area, week and source: what came in, and what was awaited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data.store import queries
from lib.analysis.completeness import awaited
from lib.rules.completeness import completeness_rules

if TYPE_CHECKING:
    from datetime import date

    from data.store.lake import Lake
    from lib.rules.completeness import CompletenessRules

WEEK = 7
NO_SOURCE = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came in within the history, until `as_of`: rows of `data.store.queries.reports` and `nil_reports`."""

    incidents: pd.DataFrame
    nil: pd.DataFrame
    as_of: date

    @property
    def by_area(self) -> pd.DataFrame:
        """Columns area_code, reported_on."""
        placed = self.incidents[self.incidents["area_code"].notna()]
        return pd.concat([part[["area_code", "reported_on"]] for part in (placed, self.nil)], ignore_index=True)

    @property
    def by_district(self) -> pd.DataFrame:
        """Columns district_code, reported_on; incidents known to a district only are of it too."""
        nil = self.nil.assign(district_code=self.nil["area_code"].str.slice(0, 8))
        placed = self.incidents[self.incidents["district_code"].notna()]
        return pd.concat([part[["district_code", "reported_on"]] for part in (placed, nil)], ignore_index=True)

    @property
    def by_source(self) -> pd.DataFrame:
        """Columns source_name, reported_on."""
        parts = [part[["source_name", "reported_on"]] for part in (self.incidents, self.nil)]
        return pd.concat(parts, ignore_index=True)


def reports_heard(lake: Lake, region_code: str, *, as_of: date) -> Heard:
    """Read what came in within the history; a source without a name is the empty text."""
    since = completeness_rules(region_code).first_day(as_of)
    incidents = queries.reports(lake, region_code, since=since, as_of=as_of)
    nil = queries.nil_reports(lake, region_code, since=since, as_of=as_of)
    for table in (incidents, nil):
        table["source_name"] = table["source_name"].fillna(NO_SOURCE)
    return Heard(incidents, nil, as_of)


def report_matrix(areas: pd.DataFrame, heard: Heard, rules: CompletenessRules) -> pd.DataFrame:
    """Count reports by area, week and source; columns of `lib.reports.completeness.Completeness.matrix`.

    `areas` has the columns area_code, area_name, district_code, district_name.
    """
    total = rules.expected_weeks + rules.matrix_weeks
    end = pd.Timestamp(heard.as_of)

    def week(days: pd.Series[Any]) -> pd.Series[Any]:
        """Number the weeks from 0, the oldest, to the one that ends on `as_of`."""
        number: pd.Series[Any] = total - 1 - (end - days).dt.days // WEEK
        return number

    placed = heard.incidents[heard.incidents["area_code"].notna()]
    incident = placed.assign(week=week(placed["occurred_on"]), incident_count=placed["report_count"], nil_count=0)
    first = week(heard.nil["period_start"]).clip(lower=0)
    last = week(heard.nil["period_end"]).clip(upper=total - 1)
    spans = [list(range(start, stop + 1)) for start, stop in zip(first, last, strict=True)]
    nil = heard.nil.assign(week=pd.Series(spans, index=heard.nil.index, dtype=object), incident_count=0, nil_count=1)
    keys = ["area_code", "source_name", "week", "incident_count", "nil_count"]
    nil = nil[keys].explode("week").dropna(subset="week").astype({"week": "int64"})
    cells = pd.concat([incident[keys], nil], ignore_index=True)
    cells = cells[cells["week"].between(0, total - 1) & cells["area_code"].isin(areas["area_code"])]

    pairs = cells[["area_code", "source_name"]].drop_duplicates()
    silent = areas.loc[~areas["area_code"].isin(pairs["area_code"]), ["area_code"]].assign(source_name=NO_SOURCE)
    pairs = pd.concat([pairs, silent]).sort_values(["area_code", "source_name"], ignore_index=True)
    counts = np.zeros((2, len(pairs), total), dtype=np.int64)
    index = pd.MultiIndex.from_frame(pairs).get_indexer(pd.MultiIndex.from_frame(cells[keys[:2]]))
    for layer, column in enumerate(keys[3:]):
        np.add.at(counts[layer], (index, cells["week"].to_numpy()), cells[column].to_numpy())

    expected = awaited(counts.sum(axis=0) > 0, weeks=rules.expected_weeks, share=rules.expected_share)
    shown = counts[:, :, rules.expected_weeks :]
    ends = pd.date_range(end=end, periods=rules.matrix_weeks, freq=f"{WEEK}D", unit="s")
    named = pairs.merge(areas, on="area_code", how="left", validate="m:1")
    table = named.loc[named.index.repeat(rules.matrix_weeks)].reset_index(drop=True)
    table = table.assign(
        week_end=np.tile(ends.to_numpy(), len(pairs)),
        incident_count=shown[0].ravel(),
        nil_count=shown[1].ravel(),
        expected=expected.ravel(),
        received=(expected & (shown.sum(axis=0) > 0)).ravel(),
    )
    order = ["area_code", "area_name", "district_code", "district_name", "week_end", "source_name"]
    table = table.sort_values(["area_code", "week_end", "source_name"], ignore_index=True)
    return table[[*order, "incident_count", "nil_count", "expected", "received"]]


def area_weeks(matrix: pd.DataFrame, source_name: str | None = None) -> pd.DataFrame:
    """Sum the matrix over all sources, or over one of them, to one row for each area and week.

    Columns: area_code, week_end, incident_count, nil_count, expected_count, received_count.
    """
    table = matrix.rename(columns={"expected": "expected_count", "received": "received_count"})
    columns = ["incident_count", "nil_count", "expected_count", "received_count"]
    if source_name is not None:
        table[columns] = table[columns].where(table["source_name"] == source_name, 0)
    summed = table[columns].astype("int64").groupby([table["area_code"], table["week_end"]]).sum()
    return summed.reset_index()
