"""Answer the questions of screens and sheets: what the lake holds, judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from data import queries
from data.lake import Lake, snapshot_id
from data.states import REJECTED, VERIFIED
from lib import scale as scales
from lib.analysis import risk
from lib.areas import load_areas
from lib.completeness import known_quiet
from lib.filters import Filters, window_start
from lib.output.classes import class_index
from lib.profile import calendar, region_profile, weights
from lib.scale import FrozenScale
from lib.taxonomy import taxonomy

if TYPE_CHECKING:
    import geopandas as gpd

    from lib.weights import Weights

RECENT_DAYS = 28
PRIOR_PART = "bagian_dasar"
FRESH_DAYS = 60


@dataclass(frozen=True, slots=True)
class DataState:
    """How far a region's data reach and what they are; moments in the region's own time."""

    incident_count: int
    first_occurred_on: date | None
    last_reported_on: date | None
    recorded_at: datetime | None
    simulated: bool
    area_count: int
    without_polygon_count: int
    boundary_edition: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the store knows about one period of a region, before any choice of categories.

    `areas` as from `lib.areas.load_areas` with station_count and voter_count; `counts` as from
    `data.queries.incident_counts`; `nil_areas` (area_code) as from `lib.completeness.known_quiet`.
    """

    areas: gpd.GeoDataFrame
    counts: pd.DataFrame
    scale: FrozenScale
    state: DataState
    nil_areas: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Assessment:
    """The judged areas of one question.

    `areas` is a GeoDataFrame in EPSG:4326 (simplified geometry, None without polygon), one row for each
    area, sorted by code: area_code, area_name, district_code, district_name, area_km2, geometry, score (0-100,
    NaN without any report), class_index (0-4, -1 without any report), capped (held below the highest
    class because nothing is verified), incident_count, verified_count, recent_count (last 28 days),
    earlier_count (the 28 days before), last_occurred_on, last_category, voter_count, station_count,
    top_family, and the score's parts: bagian_dasar and bagian_<family>, which add up to score.
    `ranked` holds the areas with a report, highest score first; equal scores in order of their codes.
    """

    filters: Filters
    areas: gpd.GeoDataFrame
    ranked: gpd.GeoDataFrame
    scale: FrozenScale
    state: DataState


def data_state(lake: Lake, region_code: str) -> DataState:
    """Tell how far a region's data reach."""
    row = queries.data_state(lake, region_code)
    region = region_profile(region_code)
    recorded: datetime | None = row["last_recorded_at"]
    if recorded is not None:
        recorded = recorded.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(region.time_zone))
    return DataState(
        incident_count=row["incident_count"],
        first_occurred_on=row["first_occurred_on"],
        last_reported_on=row["last_reported_on"],
        recorded_at=recorded,
        simulated=bool(row["simulated"]) or region.simulated,
        area_count=row["area_count"],
        without_polygon_count=row["without_polygon_count"],
        boundary_edition=row["boundary_edition"] or "",
    )


def default_as_of(state: DataState, today: date) -> date:
    """Choose the day to look at first: today, or the last report when the data are from another time.

    A region whose newest report is more than 60 days old is being looked back at (a past election, a
    rehearsal): today's map would show nothing but decay.
    """
    last = state.last_reported_on
    if last is None or timedelta(0) <= today - last <= timedelta(days=FRESH_DAYS):
        return today
    return last


def default_filters(lake: Lake, region_code: str, *, as_of: date, election_code: str | None = None) -> Filters:
    """Ask the newest state the standard question."""
    return standard_question(snapshot_id(lake), region_code, as_of=as_of, election_code=election_code)


def standard_question(snapshot: int, region_code: str, *, as_of: date, election_code: str | None = None) -> Filters:
    """Ask for the score's whole window until a day, for the next election unless one is named."""
    chosen = election_code or calendar(region_code).default_election(as_of).code
    start = window_start(as_of, weights(region_code).window_days)
    return Filters(snapshot, region_code, chosen, start, as_of)


def assess_areas(lake: Lake, filters: Filters) -> Assessment:
    """Score every area of the region for one question; see `judge`."""
    return judge(facts(lake, filters), filters)


def facts(lake: Lake, filters: Filters) -> Facts:
    """Fetch what judging needs; categories, verifications and districts do not matter here."""
    code = filters.region_code
    areas = load_areas(lake, code, simplified=True)
    voters = queries.voters(lake, code, filters.election_code).set_index("area_code")
    areas = areas.join(voters, on="area_code")
    counts = queries.incident_counts(lake, code, as_of=filters.end, start=filters.start, end=filters.end)
    nil_areas = known_quiet(lake, code, as_of=filters.end)
    return Facts(areas, counts, _scale(lake, filters, weights(code)), data_state(lake, code), nil_areas)


def judge(known: Facts, filters: Filters) -> Assessment:
    """Score every area of the region for one question.

    An event that several reports tell of counts once, with the category, severity and state of the report that
    represents it. Counts hold all chosen categories and verifications, rejected reports excepted unless chosen.
    The score holds the categories that raise it (or, where categories are chosen, exactly those), no longer ago
    than the window of the weights, however long the period. Incidents known to a district only count for no
    area. Without a frozen scale the provisional one of the weights holds, so that a few first reports neither
    leap to the top nor lift each other.

    An area without an incident is known to be quiet where a recent nil report covers it: it then has a score
    from the prior alone, and a class. Without any report it has neither.
    """
    scheme = weights(filters.region_code)
    chosen = _chosen(known.counts, filters)
    areas = _with_counts(known.areas, chosen, filters.end)
    areas = _with_scores(areas, chosen, filters, scheme, known.scale, nil_areas=known.nil_areas)
    if filters.district_codes:
        areas = areas[areas["district_code"].isin(filters.district_codes)].reset_index(drop=True)
    reported = areas[areas["class_index"] >= 0]
    ranked = reported.sort_values(["score", "area_code"], ascending=[False, True], ignore_index=True)
    return Assessment(filters, areas, ranked, known.scale, known.state)


def daily_counts(known: Facts, filters: Filters) -> pd.DataFrame:
    """Count incidents by day, district and family.

    Columns: occurred_on, district_code (None: known to the region only), family, verification,
    incident_count; days without incidents are absent. Chosen categories, verifications and districts
    apply; rejected reports are left out unless chosen.
    """
    chosen = _in_districts(_chosen(known.counts, filters), filters)
    families = {category.code: category.family for category in taxonomy().categories}
    keys = ["occurred_on", "district_code", "family", "verification"]
    table = chosen.assign(family=chosen["category_code"].map(families))
    counted: pd.DataFrame = table.groupby(keys, dropna=False, as_index=False)[["incident_count"]].sum()
    return counted


def incidents(lake: Lake, filters: Filters) -> pd.DataFrame:
    """List the reports of one question, newest first; columns of `data.queries.incident_rows`."""
    return choose(all_incidents(lake, filters), filters)


def all_incidents(lake: Lake, filters: Filters) -> pd.DataFrame:
    """List the reports of a period whatever their category, verification and district."""
    return queries.incident_rows(lake, filters.region_code, as_of=filters.end, start=filters.start, end=filters.end)


def choose(rows: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Keep the rows of the chosen categories, verifications and districts; rejected ones only if chosen."""
    return _in_districts(_chosen(rows, filters), filters).reset_index(drop=True)


def events(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep one report for each event, the one that represents it: figures and points count events, lists reports."""
    return rows[rows["represents"]]


def stations(lake: Lake, filters: Filters) -> pd.DataFrame:
    """List the TPS of the question's election; columns of `data.queries.stations`."""
    rows = queries.stations(lake, filters.region_code, filters.election_code)
    if filters.district_codes:
        rows = rows[rows["area_code"].str.slice(0, 8).isin(filters.district_codes)]
    return rows.reset_index(drop=True)


def _in_districts(rows: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    return rows[rows["district_code"].isin(filters.district_codes)] if filters.district_codes else rows


def _chosen(counts: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    verified = counts["verification"]
    keep = verified.isin(filters.verifications) if filters.verifications else verified != REJECTED
    if filters.categories:
        keep &= counts["category_code"].isin(filters.categories)
    return counts[keep]


def _scale(lake: Lake, filters: Filters, scheme: Weights) -> FrozenScale:
    """Give the frozen scale, or the provisional one of the weights while there is too little to freeze."""
    frozen = scales.frozen_scale(lake, filters.region_code, scheme)
    prior_exposure, theta_reference = scheme.provisional_scale
    return frozen or FrozenScale(risk.Scale(0.0, prior_exposure, theta_reference), None)


def _with_counts(areas: gpd.GeoDataFrame, counts: pd.DataFrame, as_of: date) -> gpd.GeoDataFrame:
    placed = counts[counts["area_code"].notna()]
    age_days = (pd.Timestamp(as_of) - placed["occurred_on"]).dt.days
    number = placed["incident_count"]
    table = pd.DataFrame(
        {
            "incident_count": number,
            "verified_count": number.where(placed["verification"].isin(VERIFIED), 0),
            "recent_count": number.where(age_days < RECENT_DAYS, 0),
            "earlier_count": number.where(age_days.between(RECENT_DAYS, 2 * RECENT_DAYS - 1), 0),
        }
    )
    sums = table.groupby(placed["area_code"]).sum()
    newest = placed.sort_values(["occurred_on", "severity", "category_code"]).groupby("area_code").last()
    sums["last_occurred_on"] = newest["occurred_on"]
    sums["last_category"] = newest["category_code"]
    joined = areas.join(sums, on="area_code")
    for column in table.columns:
        joined[column] = joined[column].fillna(0).astype("int64")
    joined["station_count"] = joined["station_count"].fillna(0).astype("int64")
    return joined


def _with_scores(
    areas: gpd.GeoDataFrame,
    counts: pd.DataFrame,
    filters: Filters,
    scheme: Weights,
    frozen: FrozenScale,
    *,
    nil_areas: pd.DataFrame,
) -> gpd.GeoDataFrame:
    reported = ((areas["incident_count"] > 0) | areas["area_code"].isin(nil_areas["area_code"])).to_numpy()
    families = [family.code for family in taxonomy().families]
    categories = filters.categories or scales.scored_categories(scheme)
    pressure = _pressure_by_family(areas, counts[counts["category_code"].isin(categories)], filters, scheme)
    area_exposure = risk.exposure(areas["voter_count"].astype("float64"), exponent=scheme.exposure_exponent)
    scores, parts = risk.score_parts(pressure, area_exposure, frozen.scale)
    scores = np.where(reported, scores, np.nan)
    parts = np.where(reported[:, None], parts, np.nan)
    classes = class_index(scores, scheme.class_cuts)
    highest = np.where(areas["verified_count"] > 0, len(scheme.class_cuts), scheme.unverified_cap_class - 1)
    top = np.asarray(families, dtype=object)[np.argmax(np.nan_to_num(parts[:, 1:]), axis=1)]
    columns = {PRIOR_PART: parts[:, 0]} | {
        f"bagian_{family}": parts[:, position + 1] for position, family in enumerate(families)
    }
    return areas.assign(
        score=scores,
        class_index=np.minimum(classes, highest),
        capped=classes > highest,
        top_family=np.where(np.nan_to_num(parts[:, 1:]).sum(axis=1) > 0, top, None),
        **columns,
    )


def _pressure_by_family(
    areas: gpd.GeoDataFrame, counts: pd.DataFrame, filters: Filters, scheme: Weights
) -> np.ndarray:
    families = {category.code: category.family for category in taxonomy().categories}
    oldest = pd.Timestamp(window_start(filters.end, scheme.window_days))
    recent = counts[counts["occurred_on"] >= oldest]
    table = scales.pressure_table(recent, scheme, as_of=filters.end)
    table = table.assign(family=table["category_code"].map(families))
    wide = table.pivot_table(index="area_code", columns="family", values="pressure", aggfunc="sum")
    order = [family.code for family in taxonomy().families]
    wide = wide.reindex(index=areas["area_code"], columns=order).fillna(0.0)
    return wide.to_numpy(dtype=float)
