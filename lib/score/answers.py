"""Answer the questions of screens and sheets: what the lake holds, judged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data.store import queries
from data.store.states import REJECTED, VERIFIED
from lib.analysis import composite
from lib.analysis.classes import NO_CLASS, class_index
from lib.analysis.draws import ranks
from lib.filters import window_start
from lib.records import Hearing, Roll
from lib.region.elections import elections_of, stations_of
from lib.reports.completeness import QUIET, THINNED, UNHEARD
from lib.reports.support import Carrier, carriers
from lib.rules.taxonomy import taxonomy
from lib.rules.weights import COMPONENTS, Weights
from lib.score import parts
from lib.score.inputs import Inputs, chosen_rows, fetch_inputs

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd

    from data.store.lake import Lake
    from lib.filters import Filters
    from lib.records import DataState
    from lib.region.areas import Neighbours
    from lib.rules.calendar import Election
    from lib.score.frozen_scale import FrozenScale
    from lib.score.parts import DayScores, Scorer

RECENT_DAYS = 28
PRIOR_PART = "bagian_dasar"
COMPONENT_PARTS = tuple(f"bagian_{component}" for component in COMPONENTS)
WITHHELD_PART = "bagian_belum_diperiksa"
PIECES = (*COMPONENT_PARTS, WITHHELD_PART)
SILENT, TOO_LITTLE = "diam", "kurang"


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """The judged areas of one question.

    Attributes
    ----------
    areas
        A GeoDataFrame in EPSG:4326 (simplified geometry, None without polygon), one row for each area of the chosen
        districts, sorted by code.

        From the store: area_code, area_name, district_code, district_name, area_km2, geometry, voter_count,
        station_count. Counts of the period: incident_count, verified_count, recent_count (last 28 days),
        earlier_count (the 28 days before), last_occurred_on, last_category, top_family.

        The score, of all reports up to the last day whatever categories, states and districts were chosen: score
        (0-100, NaN without a class), class_index (the band of the printed score, 0-4; -1 without a class), unclassed
        (why there is no class: ``diam`` without any report in the window of the weights, ``tidak_terdengar`` where
        nothing that was sent tells how it stands now (`lib.reports.completeness.hearing_of`), ``kurang`` where too
        little is known; else empty), rank and rank_last (among all areas of the region; equal scores share the ranks
        from the one to the other; missing without a class), rank_count (areas that are ranked), upper_score (with
        everything unknown at its worst; NaN without any report), completeness (share of the score's weight that
        rests on known data, 0-1), coverage (share of weeks in which a standing monitor reported, 0-1).

        Its parts: structural, incident, spillover, surprise (0-100 each); bagian_struktural, bagian_kejadian,
        bagian_sekitar, bagian_lonjakan and bagian_belum_diperiksa (points that add up to the score; the last, 0 or
        below, takes off what reports that stand alone would lift into the high classes); bagian_dasar and
        bagian_<family> (points that add up to bagian_kejadian). Behind them: theta, surprise_count,
        surprise_expected, surprise_probability, structural_completeness.

        Marks beside the class, which they never change: siaga (an alert Siaga of any group stands), severe (a
        verified incident of the highest severity is fresh), unverified (reports that stand alone would have given
        Siaga or a higher class), thin (the kecamatan sends less than usual, and the class may be higher for it; or
        it, or that of a neighbour, sends nothing at all). reach_score and reach_class: what the area may reach
        if reports of the last days are missing (`lib.score.parts.reach`). carrier, carrier_kind, carrier_count,
        carrier_total: the new or batch-dating source that brings most reports of late, as
        `lib.reports.support.Carrier`; empty and 0 without one.
    ranked
        The shown areas with a class, highest score first; equal scores in order of their codes.
    region
        Every area whatever districts were chosen, in the order of `neighbours`: area_code, area_name,
        district_name, theta, score.
    structure
        As in `lib.score.inputs.Inputs`.
    """

    filters: Filters
    areas: gpd.GeoDataFrame
    ranked: gpd.GeoDataFrame
    scale: FrozenScale
    state: DataState
    weights: Weights
    region: pd.DataFrame
    neighbours: Neighbours
    structure: pd.DataFrame
    election: Election | None  # that the question is about

    @property
    def roll(self) -> Roll:
        """Tell how much of the election's DPT and TPS is known in `areas`."""
        election, voters = self.election, self.areas["voter_count"]
        return Roll(
            election_name=election.name if election else "",
            votes=election is not None and election.is_election,
            area_count=len(self.areas),
            without_voters=int((voters.isna() | (voters == 0)).sum()),
            station_count=int(self.areas["station_count"].sum()),
        )

    @property
    def hearing(self) -> Hearing:
        """Tell of how many of `areas` nothing is known."""
        unclassed = self.areas["unclassed"]
        return Hearing(len(self.areas), int((unclassed == UNHEARD).sum()), int((unclassed == SILENT).sum()))


def assess_areas(lake: Lake, filters: Filters) -> Assessment:
    """Score every area of the region for one question; see `judge`."""
    return judge(fetch_inputs(lake, filters), filters)


def judge(known: Inputs, filters: Filters, weights: Weights | None = None) -> Assessment:
    """Score every area of the region for one question.

    An event that several reports tell of counts once, with the category, severity and state of the report that
    represents it. Counts hold the chosen categories and verifications of the period, rejected reports excepted unless
    chosen. The score does not: it is that of `lib.score.parts.scores_on`, of every report of a scored group in the
    window of the weights that ends on the period's last day, so that no filter makes silence. Incidents known to a
    district only count for no area. Without a frozen scale the provisional one of the weights holds, so that a few
    first reports neither leap to the top nor lift each other.

    An area without an incident is known to be quiet where a recent nil report covers it: it then has a score, and
    a class. Without any report it has neither; nor where it is not heard any more, nor where less of the score's
    weight is known than the weights ask for. The class is the band of the printed score, nothing else; what must be
    seen beside it is a mark. `weights`: by default those in force. Others keep the frozen scale of `known`.
    """
    scheme = weights or known.weights
    chosen = chosen_rows(known.rows, filters)
    in_period = chosen[chosen["occurred_on"] >= pd.Timestamp(filters.start)]
    areas = _with_counts(known.areas, in_period, filters.end)
    areas = _with_ranks(_with_scores(areas, parts.scorer(known, filters.end, scheme)))
    region = pd.DataFrame(areas[["area_code", "area_name", "district_name", "theta", "score"]])
    if filters.district_codes:
        areas = areas[areas["district_code"].isin(filters.district_codes)].reset_index(drop=True)
    classed = areas[areas["class_index"] >= 0]
    ranked = classed.sort_values(["score", "area_code"], ascending=[False, True], ignore_index=True)
    return Assessment(
        filters=filters,
        areas=areas,
        ranked=ranked,
        scale=known.scale,
        state=known.state,
        weights=scheme,
        region=region,
        neighbours=known.neighbours,
        structure=known.structure,
        election=known.election,
    )


def family_points(areas: pd.DataFrame) -> list[dict[str, float]]:
    """Take the incident part of each area apart: its points by family and the prior's, by the names of columns."""
    pieces = [*(f"bagian_{family.code}" for family in taxonomy().families), PRIOR_PART]
    return [dict(zip(pieces, points, strict=True)) for points in areas[pieces].to_numpy(dtype=float).tolist()]


def daily_counts(known: Inputs, filters: Filters) -> pd.DataFrame:
    """Count incidents by day, district and family.

    Columns: occurred_on, district_code (None: known to the region only), family, verification,
    incident_count; days without incidents are absent. Chosen categories, verifications and districts
    apply; rejected reports are left out unless chosen.
    """
    chosen = _in_districts(chosen_rows(known.rows, filters), filters)
    chosen = chosen[chosen["occurred_on"] >= pd.Timestamp(filters.start)]
    families = {category.code: category.family for category in taxonomy().categories}
    keys = ["occurred_on", "district_code", "family", "verification"]
    table = chosen.assign(family=chosen["category_code"].map(families))
    counted: pd.DataFrame = table.groupby(keys, dropna=False, as_index=False)[["incident_count"]].sum()
    return counted


def incidents(lake: Lake, filters: Filters) -> pd.DataFrame:
    """List the reports of one question, newest first; columns of `data.store.queries.incident_rows`."""
    return choose(all_incidents(lake, filters), filters)


def all_incidents(lake: Lake, filters: Filters) -> pd.DataFrame:
    """List the reports of a period whatever their category, verification and district."""
    return queries.incident_rows(lake, filters.region_code, as_of=filters.end, start=filters.start, end=filters.end)


def choose(rows: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Keep the rows of the chosen categories, verifications and districts; rejected ones only if chosen."""
    return _in_districts(chosen_rows(rows, filters), filters).reset_index(drop=True)


def behind_score(filters: Filters, weights: Weights) -> Filters:
    """Ask for what the score of a question rests on: all reports of the window that ends on its last day."""
    return replace(filters.unfiltered(), start=window_start(filters.end, weights.window_days))


def events(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep one report for each event of the region: figures and points count events, lists show every report."""
    return rows[rows["represents"] & ~rows["outside_region"]]


def stations(lake: Lake, filters: Filters) -> pd.DataFrame:
    """List the TPS of the question's election; columns of `data.store.queries.stations`."""
    election = elections_of(lake, filters.region_code).asked(filters.election_code)
    rows = stations_of(lake, filters.region_code, election)
    if filters.district_codes:
        rows = rows[rows["area_code"].str.slice(0, 8).isin(filters.district_codes)]
    return rows.reset_index(drop=True)


def _in_districts(rows: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    return rows[rows["district_code"].isin(filters.district_codes)] if filters.district_codes else rows


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
    return joined


def _with_scores(areas: gpd.GeoDataFrame, made: Scorer) -> gpd.GeoDataFrame:
    known, scheme, as_of = made.inputs, made.weights, made.last_day
    codes = areas["area_code"]
    rows = known.rows[known.rows["verification"] != REJECTED]
    of_window = rows["occurred_on"].between(
        pd.Timestamp(window_start(as_of, scheme.window_days)), pd.Timestamp(as_of)
    )
    reported = (codes.isin(rows.loc[of_window, "area_code"]) | codes.isin(known.nil_areas["area_code"])).to_numpy()
    state = codes.map(known.hearing.set_index("area_code")["state"])
    quiet, fewer = state.isin((UNHEARD, QUIET)).to_numpy(), (state == THINNED).to_numpy()
    found = parts.scores_on(made)
    completeness = composite.completeness(
        made.structural.completeness,
        reported,
        np.asarray(known.neighbours.matrix @ reported.astype(float)) > 0,
        parts.component_shares(scheme),
    )
    unclassed = np.select(
        [state == UNHEARD, ~reported, completeness < scheme.completeness_minimum], [UNHEARD, SILENT, TOO_LITTLE], ""
    )
    classed = unclassed == ""
    scores = np.where(classed, found.score, np.nan)
    classes = class_index(scores, scheme.class_cuts)
    reach = parts.reach(made)
    reach_class = class_index(reach, scheme.class_cuts)
    return areas.assign(
        score=scores,
        class_index=classes,
        unclassed=unclassed.astype(object),
        upper_score=np.where(reported, parts.upper_scores(made, found.parts), np.nan),
        completeness=completeness,
        coverage=parts.presence(made).share,
        siaga=codes.isin(known.siaga["area_code"]).to_numpy(),
        severe=parts.fresh_and_severe(made),
        unverified=found.unverified | codes.isin(known.rumoured["area_code"]).to_numpy(),
        thin=classed & (_near(known, quiet) | (fewer & (reach_class > classes))),
        reach_score=np.where(classed, reach, np.nan),
        reach_class=np.where(classed, reach_class, NO_CLASS),
        structural_completeness=made.structural.completeness,
        **_carrier_columns(made),
        **_part_columns(found, classed),
    )


def _near(known: Inputs, flags: np.ndarray) -> np.ndarray:
    """Tell which areas have a flag themselves or next door."""
    near: np.ndarray = flags | (np.asarray(known.neighbours.matrix @ flags.astype(float)) > 0)
    return near


def _carrier_columns(made: Scorer) -> dict[str, Any]:
    """Name the one source that carries an area, where it is new or dates most of its reports one day."""
    known, scheme = made.inputs, made.weights
    recent = parts.recent_rows(known, scheme, made.last_day)
    start = pd.Timestamp(window_start(made.last_day, scheme.support_days))
    told = pd.concat([table[["source_name", "reported_on"]] for table in (known.rows, known.nil_reports)])
    found = carriers(
        recent,
        told.loc[told["reported_on"] < start, "source_name"],
        share=scheme.carrier_share,
        least_reports=scheme.carrier_reports,
    )
    own = [found.get(code, Carrier("", "", 0, 0)) for code in known.areas["area_code"]]
    return {
        "carrier": [one.source_name for one in own],
        "carrier_kind": [one.kind for one in own],
        "carrier_count": [one.report_count for one in own],
        "carrier_total": [one.total_count for one in own],
    }


def _part_columns(found: DayScores, classed: np.ndarray) -> dict[str, Any]:
    """Name the parts; those of the incidents name the family that presses most."""
    families = [family.code for family in taxonomy().families]
    names = ("structural", "incident", "spillover", "surprise")
    contributions = np.where(classed[:, None], found.contributions, np.nan)
    pieces = np.where(classed[:, None], found.incident_parts, np.nan)
    by_family = np.nan_to_num(pieces[:, 1:])
    top = np.asarray(families, dtype=object)[np.argmax(by_family, axis=1)]
    return (
        {name: found.parts[:, position] for position, name in enumerate(names)}
        | {name: contributions[:, position] for position, name in enumerate(COMPONENT_PARTS)}
        | {WITHHELD_PART: np.where(classed, -found.withheld, np.nan)}
        | {PRIOR_PART: pieces[:, 0]}
        | {f"bagian_{family}": pieces[:, position + 1] for position, family in enumerate(families)}
        | {
            "top_family": np.where(by_family.sum(axis=1) > 0, top, None),
            "theta": found.theta,
            "surprise_count": found.surprise_count,
            "surprise_expected": found.surprise_expected,
            "surprise_probability": found.surprise_probability,
        }
    )


def _with_ranks(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add ranks; equal scores share the ranks from the first of them to the last."""
    first = ranks(areas["score"].to_numpy(dtype=float))
    equal = pd.Series(first).map(pd.Series(first).value_counts())
    return areas.assign(
        rank=pd.array(first, dtype="Float64").astype("Int64"),
        rank_last=pd.array((first + equal.to_numpy() - 1), dtype="Float64").astype("Int64"),
        rank_count=int(areas["score"].notna().sum()),
    )
