"""Judge every TPS: what its checklist says, how its kelurahan stands, and what happened near it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pyproj import Transformer

from lib.analysis import risk
from lib.analysis import stations as analysis
from lib.analysis.classes import HIGH_CLASS, class_index
from lib.filters import window_start
from lib.region.elections import stations_of
from lib.region.measure import utm_epsg
from lib.reports.completeness import UNHEARD
from lib.rules.checklists import StationScheme, scheme, scheme_for, sub_scores
from lib.rules.indicators import indicator_list
from lib.rules.regions import region_profile
from lib.score import answers
from lib.score.frozen_scale import pressure_table, scored_categories

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from data.store.lake import Lake
    from lib.filters import Filters
    from lib.rules.calendar import Election
    from lib.rules.weights import Weights
    from lib.score.answers import Assessment

CONFLICT = "konflik"
CHECKLIST = "daftar_periksa"
PARTS = (CHECKLIST, "kelurahan", "kedekatan")
TOLERANCE = 1e-9
STREET = ("titik", "rt")
FROM_POINTS, FROM_AREA, UNKNOWN = "titik", "kelurahan", ""
_OF_AREA = {
    "area_code": "area_code",
    "area_name": "area_name",
    "district_code": "district_code",
    "district_name": "district_name",
    "score": "area_score",
    "incident": "area_incident",
    "unclassed": "unclassed",
}


@dataclass(frozen=True, slots=True, eq=False)
class StationRisk:
    """The judged TPS of one question."""

    filters: Filters
    scheme: StationScheme
    weights: Weights
    # One row a TPS, in order of code and number: area_code (None where it could not be placed), station_area_code (as
    # its list states), area_name, district_code, district_name, station_number, place_name, longitude, latitude,
    # voter_count, police_class (of the police, beside ours), simulated; for each sub-score <code> (0-100, NaN:
    # unchecked), unknown_<code> (share 0-1) and ticked_<code> (points of it that failed items give); area_score,
    # proximity (0-100 or NaN), proximity_basis (titik,
    # kelurahan, or "" where not known), near_count, last_near_on, last_near_category, last_near_m (scored events
    # within the cut-off); score (NaN where too little is known), class_index (-1 there), bagian_daftar_periksa,
    # bagian_kelurahan and bagian_kedekatan (points; they add up to score), and completeness (0-1).
    stations: pd.DataFrame
    # Same rows; one column for each item of the scheme and each need of voters: 1 yes, 0 no, NaN not known.
    answers: pd.DataFrame
    # Scored events of the window, and those among them not known to a street.
    event_count: int
    without_point_count: int
    # Pressure near a TPS that gets 50 points: the pressure per exposure that gives a kelurahan 50.
    reference_pressure: float
    # Day on which that was frozen with the scale of the areas' score; None while it is provisional.
    frozen_on: date | None
    simulated: bool

    @property
    def ranked(self) -> pd.DataFrame:
        """Give the TPS with a score, highest first; equal scores in order of code and number."""
        scored = self.stations[self.stations["score"].notna()]
        return scored.sort_values("score", ascending=False, kind="stable")


@dataclass(frozen=True, slots=True)
class StationCounts:
    """How many TPS; each is counted once, however many of its items are ticked.

    `conflict_count`: with any conflict item failed. `unchecked_count`: no conflict item answered. `scored_count`:
    with a score; `high_count`: of the two highest classes. `service_count`: with a need of voters.
    """

    station_count: int
    conflict_count: int
    unchecked_count: int
    scored_count: int
    high_count: int
    service_count: int


def station_counts(found: StationRisk) -> StationCounts:
    """Count the TPS of one question."""
    stations = found.stations
    return StationCounts(
        station_count=len(stations),
        conflict_count=int(failed_any(found, CONFLICT).sum()),
        unchecked_count=int(stations[CONFLICT].isna().sum()),
        scored_count=int(stations["score"].notna().sum()),
        high_count=int((stations["class_index"] >= HIGH_CLASS).sum()),
        service_count=int((found.answers[list(service_codes())] == 1).any(axis=1).sum()),
    )


def by_district(found: StationRisk) -> pd.DataFrame:
    """Count the TPS of each kecamatan, most with a conflict item first; ties in order of their codes.

    Columns: district_code, district_name ("" where a TPS lies in no known one), station_count, one for each
    sub-score (TPS with any of its items failed), unchecked_count (no conflict item answered), high_count.
    """
    stations = found.stations
    table = pd.DataFrame(
        {
            "district_code": stations["district_code"].fillna(""),
            "district_name": stations["district_name"].fillna(""),
            "station_count": 1,
            **{code: failed_any(found, code) for code in sub_scores()},
            "unchecked_count": stations[CONFLICT].isna(),
            "high_count": stations["class_index"] >= HIGH_CLASS,
        }
    )
    counted = table.groupby(["district_code", "district_name"], as_index=False).sum()
    return counted.sort_values(CONFLICT, ascending=False, kind="stable", ignore_index=True)


def failed_any(found: StationRisk, sub_score: str) -> pd.Series:
    """Tell of each TPS whether any item of a sub-score failed."""
    codes = [item.code for item in found.scheme.in_sub_score(sub_score)]
    return (found.answers[codes] == 1).any(axis=1)


def failed_items(found: StationRisk, row: int, sub_score: str) -> list[str]:
    """List the failed items of one TPS in words, by its place in the tables."""
    answers = found.answers.loc[row]
    return [item.text for item in found.scheme.in_sub_score(sub_score) if answers[item.code] == 1]


def unasked_items(found: StationRisk, sub_score: str) -> list[str]:
    """List the items of a sub-score that no TPS has an answer to, in words."""
    items = found.scheme.in_sub_score(sub_score)
    return [item.text for item in items if found.answers[item.code].isna().all()]


def items_for_high(scheme: StationScheme, weights: Weights, others: float) -> int:
    """Count the conflict items that lift a TPS to Tinggi, whichever they are, with everything answered.

    `others` is the value, 0 to 100, of each other part: its kelurahan and what happened near.
    """
    share = dict(weights.station_weights)[CHECKLIST]
    points = (weights.class_cuts[HIGH_CLASS - 1] - (1.0 - share) * others) / share
    if points <= 0:
        return 0
    lightest = np.sort([item.weight for item in scheme.in_sub_score(CONFLICT)])
    needed = analysis.failed_share_for(points, half_share=weights.station_half_share) * lightest.sum()
    return 1 + int(np.searchsorted(np.cumsum(lightest), needed - TOLERANCE))


def service_codes() -> tuple[str, ...]:
    """List the items that are needs of voters, whatever the scheme."""
    return tuple(indicator.code for indicator in indicator_list().indicators if indicator.accessibility)


def station_risk(lake: Lake, filters: Filters, scheme_code: str | None = None) -> StationRisk:
    """Judge the TPS of one question by a scheme, else by that of its election; see `judge_stations`."""
    everywhere = replace(filters, district_codes=())
    assessment = answers.assess_areas(lake, everywhere)
    return judge_stations(
        assessment,
        stations_of(lake, filters.region_code, assessment.election),
        answers.incidents(lake, everywhere),
        filters,
        chosen_scheme(assessment.election, scheme_code),
    )


def chosen_scheme(election: Election | None, scheme_code: str | None = None) -> StationScheme:
    """Give the scheme with a code, else the one for the kind of an election; without one that of Pilkada."""
    if scheme_code is not None:
        return scheme(scheme_code)
    return scheme_for(election.kind if election and election.is_election else "pilkada")


def judge_stations(
    assessment: Assessment, stations: pd.DataFrame, incidents: pd.DataFrame, filters: Filters, chosen: StationScheme
) -> StationRisk:
    """Score every TPS of the districts asked for.

    R = .50 checklist (the sub-score konflik alone; the other two stand beside it) + .30 score of its kelurahan +
    .20 pressure of the events near it, each 0-100, with the weights of the scheme in force. Near means a Gaussian
    of `proximity_m` up to `proximity_cutoff_m`; severity, credibility and decay are those of the areas' score.
    An event known to its kelurahan only presses on every TPS there as it presses on the kelurahan. A TPS without
    coordinate gets the incident score of its kelurahan. A part that is not known counts 50, and below the least
    completeness of the weights there is no score. In a kelurahan that nobody reported on, neither its score nor what
    happens near is known: there is no score, unless what is ticked would alone make the TPS high.

    Parameters
    ----------
    assessment
        Of the same question for all districts.
    stations
        Columns of `data.store.queries.stations`.
    incidents
        Columns of `data.store.queries.incident_rows`, for all districts.
    filters
        The question; its districts choose the TPS, not what presses on them.
    """
    weights = assessment.weights
    table = _named(stations, assessment)
    if filters.district_codes:
        table = table[table["district_code"].isin(filters.district_codes)]
    table = table.reset_index(drop=True)
    given = _answers(table["indicators"], chosen)
    for code in sub_scores():
        items = chosen.in_sub_score(code)
        found = analysis.sub_score(
            given[[item.code for item in items]],
            [item.weight for item in items],
            half_share=weights.station_half_share,
        )
        table[code], table[f"unknown_{code}"] = found.score, found.unknown_share
        table[f"ticked_{code}"] = found.ticked

    events = _scored_events(incidents, filters, weights)
    table = table.assign(**_proximity(table, events, assessment, weights))
    share = dict(weights.station_weights)
    result = analysis.station_score(
        table[[CONFLICT, "area_score", "proximity"]],
        # A score that the kelurahan got is known: it has passed the test of completeness there.
        np.column_stack([1.0 - table[f"unknown_{CONFLICT}"], np.ones((len(table), 2))]),
        [share[part] for part in PARTS],
        completeness_minimum=weights.completeness_minimum,
    )
    seen_high = share[CHECKLIST] * table[f"ticked_{CONFLICT}"] >= weights.class_cuts[HIGH_CLASS - 1]
    scored = (table["proximity"].notna() | seen_high).to_numpy()
    score = np.where(scored, result.score, np.nan)
    contributions = np.where(scored[:, None], result.contributions, np.nan)
    table = table.assign(
        score=score,
        class_index=class_index(score, weights.class_cuts),
        completeness=result.completeness,
        **{f"bagian_{part}": contributions[:, position] for position, part in enumerate(PARTS)},
    )
    return StationRisk(
        filters=filters,
        scheme=chosen,
        weights=weights,
        stations=table.drop(columns=["indicators", "area_incident", "unclassed"]),
        answers=given,
        event_count=len(events),
        without_point_count=int((~events["placed"]).sum()),
        reference_pressure=assessment.scale.scale.theta_reference,
        frozen_on=assessment.scale.frozen_on,
        simulated=assessment.state.simulated,
    )


def _named(stations: pd.DataFrame, assessment: Assessment) -> pd.DataFrame:
    """Name the kelurahan of each TPS: the one it lies in, else the one its list states."""
    areas = pd.DataFrame(assessment.areas[list(_OF_AREA)]).rename(columns=_OF_AREA)
    named = stations.drop(columns=["method", "disagrees", "voter_count_male", "voter_count_female"]).assign(
        voter_count=stations["voter_count_male"] + stations["voter_count_female"],
        area_code=stations["area_code"].where(stations["area_code"].notna(), stations["stated_area_code"]),
    )
    return named.merge(areas, on="area_code", how="left").rename(columns={"stated_area_code": "station_area_code"})


def _answers(texts: pd.Series, chosen: StationScheme) -> pd.DataFrame:
    """Read the answers to the scheme's items and to what voters need: 1 yes, 0 no, NaN not known."""
    codes = list(dict.fromkeys((*(item.code for item in chosen.items), *service_codes())))
    read = {text: json.loads(text or "{}") for text in texts.unique()}
    rows = [[read[text].get(code, np.nan) for code in codes] for text in texts]
    return pd.DataFrame(np.array(rows, dtype=float).reshape(-1, len(codes)), columns=codes)


def _scored_events(incidents: pd.DataFrame, filters: Filters, weights: Weights) -> pd.DataFrame:
    """Keep the events that raise the score, with their weight; placed: known to a street."""
    events = answers.events(incidents)
    start = pd.Timestamp(window_start(filters.end, weights.window_days))
    categories = filters.categories or scored_categories(weights)
    occurred_on = pd.to_datetime(events["occurred_on"])
    events = events.assign(occurred_on=occurred_on, incident_count=1)
    events = events[events["category_code"].isin(categories) & (occurred_on >= start)].reset_index(drop=True)
    placed = events["precision"].isin(STREET) & events["longitude"].notna() & events["latitude"].notna()
    return pressure_table(events, weights, as_of=filters.end).assign(placed=placed)


def _proximity(table: pd.DataFrame, events: pd.DataFrame, assessment: Assessment, weights: Weights) -> dict[str, Any]:
    """Weigh the events near each TPS; see `judge_stations`."""
    scale = assessment.scale.scale
    areas = assessment.areas.set_index("area_code")
    exposure = risk.exposure(areas["voter_count"].astype("float64"), exponent=weights.exposure_exponent)
    unplaced = events[~events["placed"]].groupby("area_code")["weight"].sum().reindex(areas.index, fill_value=0.0)
    somewhere = unplaced.to_numpy(dtype=float) / (scale.prior_exposure + exposure)

    epsg = utm_epsg(region_profile(assessment.filters.region_code), assessment.areas)
    to_metres = Transformer.from_crs(4326, epsg, always_xy=True)
    points = _in_metres(table, to_metres)
    pairs = analysis.near_pairs(
        points, _in_metres(events.where(events["placed"]), to_metres), cutoff_m=weights.proximity_cutoff_m
    )
    near = analysis.proximity_pressure(
        pairs, events["weight"], station_count=len(table), bandwidth_m=weights.proximity_m
    )
    area = areas.index.get_indexer(pd.Index(table["area_code"]))
    known = (area >= 0) & ~table["unclassed"].isin((answers.SILENT, UNHEARD)).to_numpy()
    placed = np.isfinite(points).all(axis=1)
    by_points = analysis.saturate(near + somewhere[area], reference=scale.theta_reference)
    found = np.where(placed, by_points, table["area_incident"])
    return {
        "proximity": np.where(known, found, np.nan),
        "proximity_basis": np.where(known, np.where(placed, FROM_POINTS, FROM_AREA), UNKNOWN),
        **_last_near(pairs, events, len(table)),
    }


def _last_near(pairs: analysis.NearPairs, events: pd.DataFrame, station_count: int) -> dict[str, Any]:
    """Tell how many events are near each TPS, and of the last one (the nearest of a day) day, category, distance."""
    occurred_on = events["occurred_on"].to_numpy()
    day = occurred_on.astype("datetime64[D]").astype(np.int64)[pairs.incident]
    late_and_near = day - pairs.distance_m / (1.0 + pairs.distance_m.max(initial=0.0))
    station, start, count = np.unique(pairs.station, return_index=True, return_counts=True)
    last = np.maximum.reduceat(late_and_near, start) if len(start) else late_and_near
    of_last = np.flatnonzero(late_and_near == np.repeat(last, count))
    first = of_last[np.unique(pairs.station[of_last], return_index=True)[1]]
    columns = pd.DataFrame(
        {
            "last_near_on": occurred_on[pairs.incident[first]],
            "last_near_category": events["category_code"].to_numpy()[pairs.incident[first]],
            "last_near_m": pairs.distance_m[first],
        },
        index=station,
    ).reindex(range(station_count))
    return {"near_count": np.bincount(pairs.station, minlength=station_count), **columns}


def _in_metres(rows: pd.DataFrame, to_metres: Transformer) -> NDArray[np.float64]:
    """Turn degrees into metres, shape (n, 2); NaN where a coordinate is missing."""
    degrees = rows[["longitude", "latitude"]].to_numpy(dtype=float, na_value=np.nan)
    metres: NDArray[np.float64] = np.column_stack(to_metres.transform(degrees[:, 0], degrees[:, 1]))
    return np.where(np.isfinite(metres), metres, np.nan)
