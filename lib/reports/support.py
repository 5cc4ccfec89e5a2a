"""Who stands behind the reports of an area: something verified, several sources, or one reporter alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from data.store.states import REJECTED, VERIFIED

if TYPE_CHECKING:
    from collections.abc import Iterable

NEW, ONE_DAY = "baru", "sehari"


@dataclass(frozen=True, slots=True)
class Carrier:
    """A source that brings most reports of a place: ``baru`` (never heard before) or ``sehari`` (dates most one day).

    `report_count` of the place's `total_count` reports are from it.
    """

    source_name: str
    kind: str
    report_count: int
    total_count: int


def supported_areas(rows: pd.DataFrame, *, least_sources: int) -> frozenset[str]:
    """Name the areas of which a verified event tells, or reports of several sources do.

    `rows`: columns of `data.store.queries.incident_panel`, those of the days in question; rejected ones and those
    in no area do not count. Names of sources that differ in case or blanks only are one source; reports without a
    source are of nobody's. An event that several sources told of counts as told by them.
    """
    placed = rows[rows["area_code"].notna() & (rows["verification"] != REJECTED)]
    verified = placed.loc[placed["verification"].isin(VERIFIED), "area_code"]
    told = pd.concat(
        [
            placed[["area_code", name]].set_axis(["area_code", "source"], axis=1)
            for name in ("source_name", "other_source")
        ]
    )
    told["source"] = told["source"].astype(object).map(source_key)
    number = told[told["source"] != ""].groupby("area_code")["source"].nunique()
    return frozenset(verified) | frozenset(number.index[number >= least_sources])


def source_key(name: object) -> str:
    """Give the form in which names of one source are the same; empty for none."""
    return " ".join(name.split()).casefold() if isinstance(name, str) else ""


def carriers(rows: pd.DataFrame, before: Iterable[object], *, share: float, least_reports: int) -> dict[str, Carrier]:
    """Name the one source that carries an area, where it is new or dates most of its reports one day.

    Parameters
    ----------
    rows
        As of `supported_areas`.
    before
        Names of the sources heard of anywhere before the days in question; where nobody was, nobody is new.
    share, least_reports
        A source carries an area with more than `share` of its reports, of which there are at least so many.

    Returns
    -------
    carriers
        By area code.
    """
    placed = rows[rows["area_code"].notna() & (rows["verification"] != REJECTED)]
    placed = placed.assign(key=placed["source_name"].astype(object).map(source_key))
    known = {source_key(name) for name in before}
    found: dict[str, Carrier] = {}
    for (area, key), own in placed[placed["key"] != ""].groupby(["area_code", "key"]):
        total = int(placed.loc[placed["area_code"] == area, "incident_count"].sum())
        count = int(own["incident_count"].sum())
        if total < least_reports or count <= share * total:
            continue
        one_day = own.groupby("occurred_on")["incident_count"].sum().max() > share * count and count >= least_reports
        new = bool(known) and key not in known
        if new or one_day:
            kind = NEW if new else ONE_DAY
            found[str(area)] = Carrier(str(own["source_name"].iloc[0]), kind, count, total)
    return found
