"""What the store knows of a region and a day, fetched once for every question about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from data.store import queries
from data.store.states import REJECTED
from lib.filters import window_start
from lib.region.areas import Neighbours, load_areas, neighbours_of
from lib.region.data_state import data_state
from lib.region.elections import elections_of
from lib.region.panels import PANEL_DAYS, panels_of
from lib.region.weights import weights_in_force
from lib.reports.completeness import hearing, known_quiet
from lib.rules.alerts import alert_rules
from lib.rules.structural import STATION_PREFIX
from lib.score import frozen_scale
from lib.warnings.alerts import SIAGA, alerts_of_day

if TYPE_CHECKING:
    import geopandas as gpd

    from data.store.lake import Lake
    from lib.filters import Filters
    from lib.records import DataState
    from lib.rules.calendar import Election
    from lib.rules.weights import Weights
    from lib.score.frozen_scale import FrozenScale


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """What the store knows about one period of a region, before any choice of categories."""

    areas: gpd.GeoDataFrame  # as from `lib.region.areas.load_areas`, with station_count and voter_count
    # As from `data.store.queries.incident_panel`: everything known on the period's last day, from its first day or
    # from `lib.region.panels.PANEL_DAYS` back, whichever is earlier. What an earlier day knew is cut out of it.
    rows: pd.DataFrame
    # Structural values, long: area_code, key (``tps:`` and a code of the checklist, else the code of an imported
    # indicator), value (percent of the TPS whose answer is known, else as stated), yes_count and known_count (TPS;
    # missing for imported values), observed_on (missing for the checklist). An area and indicator of which nothing is
    # known is absent.
    structure: pd.DataFrame
    neighbours: Neighbours  # in the order of `areas`
    siaga: pd.DataFrame  # alerts of the tier Siaga for an area: area_code, group_code
    rumoured: pd.DataFrame  # what would be Siaga if anything stood behind its reports; as `siaga`
    scale: FrozenScale
    state: DataState
    nil_areas: pd.DataFrame  # as from `lib.reports.completeness.known_quiet`
    hearing: pd.DataFrame  # as from `lib.reports.completeness.hearing`
    # Reports of nothing seen: area_code, source_name, reported_on; once for each area they cover.
    nil_reports: pd.DataFrame
    weights: Weights  # in force
    election: Election | None = None  # that the question is about; its DPT and TPS are those of `areas`


def fetch_inputs(lake: Lake, filters: Filters) -> Inputs:
    """Fetch what judging needs; categories, verifications and districts do not matter here."""
    code = filters.region_code
    scheme = weights_in_force(lake, code)
    areas = load_areas(lake, code, simplified=True)
    election = elections_of(lake, code).asked(filters.election_code)
    roll = election.roll_code if election else ""
    voters = queries.voters(lake, code, roll).set_index("area_code")
    areas = areas.join(voters, on="area_code")
    areas["station_count"] = areas["station_count"].fillna(0).astype("int64")
    start = min(filters.start, window_start(filters.end, PANEL_DAYS))
    rows = queries.incident_panel(lake, code, as_of=filters.end, start=start)
    nil = queries.nil_reports(lake, code, since=window_start(filters.end, PANEL_DAYS), as_of=filters.end)
    siaga, rumoured = _siaga(rows, areas, filters)
    return Inputs(
        areas=areas,
        rows=rows,
        structure=_structure(lake, filters, roll),
        neighbours=neighbours_of(areas, code),
        siaga=siaga,
        rumoured=rumoured,
        scale=_scale(lake, code, scheme),
        state=data_state(lake, code),
        nil_areas=known_quiet(lake, code, as_of=filters.end),
        hearing=hearing(lake, code, as_of=filters.end),
        nil_reports=nil[["area_code", "source_name", "reported_on"]],
        weights=scheme,
        election=election,
    )


def chosen_rows(rows: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Keep the rows of the chosen categories, verifications and sources; rejected ones only if chosen."""
    verified = rows["verification"]
    keep = verified.isin(filters.verifications) if filters.verifications else verified != REJECTED
    if filters.categories:
        keep &= rows["category_code"].isin(filters.categories)
    if filters.sources:
        keep &= rows["source_name"].isin(filters.sources)
    return rows[keep]


def _structure(lake: Lake, filters: Filters, roll: str) -> pd.DataFrame:
    shares = queries.station_shares(lake, filters.region_code, roll)
    stated = queries.area_indicators(lake, filters.region_code, as_of=filters.end)
    from_stations = pd.DataFrame(
        {
            "area_code": shares["area_code"],
            "key": STATION_PREFIX + shares["indicator_code"],
            "value": 100.0 * shares["yes_count"] / shares["known_count"],
            "yes_count": shares["yes_count"].astype("Int64"),
            "known_count": shares["known_count"].astype("Int64"),
            "observed_on": pd.Series(pd.NaT, index=shares.index, dtype="datetime64[s]"),
        }
    )
    imported = pd.DataFrame(
        {
            "area_code": stated["area_code"],
            "key": stated["indicator_code"],
            "value": stated["value"],
            "yes_count": pd.Series(pd.NA, index=stated.index, dtype="Int64"),
            "known_count": pd.Series(pd.NA, index=stated.index, dtype="Int64"),
            "observed_on": stated["observed_on"],
        }
    )
    return pd.concat([from_stations, imported], ignore_index=True)


def _siaga(rows: pd.DataFrame, areas: gpd.GeoDataFrame, filters: Filters) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find the areas and groups that are Siaga, and those that would be if anything stood behind their reports."""
    as_of = filters.end
    recent = rows[rows["occurred_on"] >= pd.Timestamp(window_start(as_of, PANEL_DAYS))]
    panels = panels_of(recent, areas["area_code"], as_of=as_of)
    found = alerts_of_day(panels, recent, rules=alert_rules(filters.region_code))
    siaga = found.alerts[(found.alerts["tier"] == SIAGA) & found.alerts["area_code"].notna()]
    return siaga[["area_code", "group_code"]].drop_duplicates(ignore_index=True), found.rumoured


def _scale(lake: Lake, region_code: str, scheme: Weights) -> FrozenScale:
    """Give the frozen scale, or the provisional one of the weights while there is too little to freeze."""
    return frozen_scale.frozen_scale(lake, region_code, scheme) or frozen_scale.provisional(scheme)
