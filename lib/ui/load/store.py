"""Cached loaders, one for each question: the only caching. The key is the question with its snapshot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from data.engine import start_engine
from data.store import queries
from data.store.lake import Lake, Snapshot, open_at, open_lake, snapshot_id, snapshots
from lib.intake import mappings as column_mappings
from lib.output import map_layers, question_sheet, score_tables
from lib.output.area_detail import area_detail as write_detail
from lib.output.map_sheet import map_slide_png
from lib.records import AreaRow, records
from lib.region import areas as region_areas
from lib.region.asked import asked_region_code
from lib.region.data_state import data_state
from lib.region.elections import elections_of
from lib.region.weights import weights_in_force
from lib.reports import completeness as report_completeness
from lib.reports import scoped
from lib.rules.regions import Region, region_profile
from lib.score import answers, situation
from lib.score.answers import family_points
from lib.score.brief import Brief
from lib.score.brief import brief as day_brief
from lib.score.explanation import reasons as explanation_of
from lib.score.explanation import why
from lib.score.inputs import fetch_inputs
from lib.score.points import density_surface, street_points
from lib.score.uncertainty import RankRange, rank_uncertainty
from lib.settings import own_seal_key, pinned_day, settings, today_in
from lib.ui.load.shared import shared

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd
    from markupsafe import Markup

    from geo.density import DensitySurface
    from lib.filters import Filters
    from lib.intake.mapping_toml import ColumnMapping
    from lib.records import DataState
    from lib.reports.completeness import Completeness
    from lib.rules.calendar import Calendar, Election
    from lib.rules.weights import Weights
    from lib.score.answers import Assessment
    from lib.score.explanation import Reason
    from lib.score.inputs import Inputs
    from lib.score.situation import Change


@st.cache_resource(show_spinner=False)
def store() -> Lake:
    """Open the store once for this process."""
    chosen = settings()
    engine = start_engine(memory_bytes=chosen.limits.memory_bytes)
    return open_lake(
        chosen.lake_address, chosen.data_path, engine=engine, objects=chosen.objects, key=own_seal_key(chosen)
    )


def snapshot() -> int:
    """Read the number of the newest state; asked on every run, so that an import elsewhere is seen."""
    return snapshot_id(store())


@st.cache_data(max_entries=2, show_spinner=False)
def states(snapshot: int) -> list[Snapshot]:  # noqa: ARG001 - the cache key
    """List the states that can be shown, up to the newest, oldest first."""
    return snapshots(store())


def store_at(snapshot: int) -> Lake:
    """Give the store at the very state that a question names, whatever was imported since."""
    return open_at(store(), snapshot)


@st.cache_data(max_entries=4, show_spinner=False)
def region(snapshot: int, wanted: str | None) -> Region:
    """Give the region that is asked for, else the one of the setting or of the store.

    Raises `lib.errors.RegionError` where it is not in the store.
    """
    return region_profile(asked_region_code(store_at(snapshot), wanted, settings().region_code))


@st.cache_data(max_entries=4, show_spinner=False)
def prepared_regions(snapshot: int) -> list[Region]:
    """List the regions that the store was prepared for, the first prepared first."""
    return [region_profile(code) for code in queries.prepared_regions(store_at(snapshot))]


def pinned_today() -> date | None:
    """Tell the day that the settings fix, if they do."""
    return settings().today


def stands_still_on(region: Region) -> date | None:
    """Tell the day on which today stands still for a region; None where the clock runs."""
    return pinned_day(region, settings())


def today(region: Region) -> date:
    """Tell the day it is for a region."""
    return today_in(region, settings())


@st.cache_data(max_entries=8, show_spinner=False)
def state(snapshot: int, region_code: str) -> DataState:
    """Tell how far a region's data reach."""
    return data_state(store_at(snapshot), region_code)


@st.cache_data(max_entries=8, show_spinner=False)
def elections(snapshot: int, region_code: str) -> Calendar:
    """Give the election calendar of a region in a state of the store."""
    return elections_of(store_at(snapshot), region_code)


def election(filters: Filters) -> Election | None:
    """Give the election that a question is about."""
    return elections(filters.snapshot, filters.region_code).asked(filters.election_code)


@st.cache_data(max_entries=8, show_spinner=False)
def districts(snapshot: int, region_code: str) -> dict[str, str]:
    """Give the kecamatan of a region, code to name."""
    return region_areas.districts_of(store_at(snapshot), region_code)


@st.cache_data(max_entries=8, show_spinner=False)
def sources(snapshot: int, region_code: str) -> tuple[str, ...]:
    """List the names of the sources whose reports a region has, in their order."""
    return tuple(queries.sources(store_at(snapshot), region_code))


@shared(max_entries=8)
def _facts(filters: Filters) -> Inputs:
    return fetch_inputs(store_at(filters.snapshot), filters)


@shared(max_entries=4)
def _all_incidents(filters: Filters) -> pd.DataFrame:
    return scoped.without_texts(answers.all_incidents(store_at(filters.snapshot), filters))


@shared(max_entries=64)
def _assessment(filters: Filters) -> Assessment:
    return answers.judge(_facts(filters.unfiltered()), filters)


def assessment(filters: Filters) -> Assessment:
    """Score every area for one question."""
    return replace(_assessment(filters), filters=filters)


@shared(max_entries=8)
def brief(filters: Filters) -> Brief:
    """Give the situation of a question's last day, whatever is filtered: what is sent on must be the whole of it."""
    whole = situation.earlier(filters.unfiltered(), filters.end, weights(filters.snapshot, filters.region_code))
    return day_brief(assessment(whole), incidents(whole), elections(filters.snapshot, filters.region_code))


@shared(max_entries=16)
def incidents(filters: Filters) -> pd.DataFrame:
    """List the incidents of one question, of the whole region and without their texts: to be counted and drawn."""
    return answers.choose(_all_incidents(filters.unfiltered()), filters)


def incidents_behind_score(filters: Filters) -> pd.DataFrame:
    """List the incidents that the score of one question rests on, whatever it chooses."""
    return incidents(answers.behind_score(filters, weights(filters.snapshot, filters.region_code)))


@shared(max_entries=16)
def daily_counts(filters: Filters) -> pd.DataFrame:
    """Count incidents by day, district and family."""
    return answers.daily_counts(_facts(filters.unfiltered()), filters)


@shared(max_entries=32)
def stations(filters: Filters) -> pd.DataFrame:
    """List the TPS of one question."""
    return answers.stations(store_at(filters.snapshot), filters)


@shared(max_entries=16)
def changes(filters: Filters, since: date) -> tuple[Change, ...]:
    """List the areas whose class changed since a day."""
    return situation.changes(store_at(filters.snapshot), filters, since)


@shared(max_entries=16)
def sheet_png(filters: Filters, layers: tuple[str, ...], size: str) -> bytes:
    """Draw the map sheet of one question."""
    chosen = settings()
    return question_sheet.sheet_png(
        store_at(filters.snapshot), filters, size=size, layers=layers, author=chosen.author, agency=chosen.agency
    )


@shared(max_entries=16)
def slide_map_png(filters: Filters, width_px: int, height_px: int) -> bytes:
    """Draw the map of one question for a dark slide."""
    content = question_sheet.map_content(store_at(filters.snapshot), assessment(filters))
    return map_slide_png(content, width_px=width_px, height_px=height_px, dark=True)


@st.cache_data(max_entries=32, show_spinner=False)
def area_layer(filters: Filters) -> dict[str, Any]:
    """Make the areas of one question into GeoJSON."""
    rows = incidents_behind_score(filters)
    return map_layers.area_layer(assessment(filters), rows, scoped.in_scope(rows, filters.scope))


@shared(max_entries=16)
def mark_layer(filters: Filters) -> dict[str, Any]:
    """Make the marks of one question into GeoJSON."""
    return map_layers.mark_layer(assessment(filters))


@st.cache_data(max_entries=16, show_spinner=False)
def incident_layer(filters: Filters) -> dict[str, Any]:
    """Make the incidents of one question into GeoJSON; what is told of each, of its scope only."""
    rows = incidents(filters)
    return map_layers.incident_layer(rows, scoped.in_scope(rows, filters.scope))


@shared(max_entries=16)
def station_layer(filters: Filters) -> dict[str, Any]:
    """Make the TPS of one question into GeoJSON."""
    return map_layers.station_layer(stations(filters))


@shared(max_entries=8)
def _district_layer(filters: Filters) -> dict[str, Any]:
    return map_layers.district_layer(assessment(filters))


@shared(max_entries=16)
def score_table(filters: Filters) -> pd.DataFrame:
    """Make the table of scores of one question."""
    return score_tables.score_table(assessment(filters), ranks(filters))


@st.cache_data(max_entries=64, show_spinner=False)
def area_detail(filters: Filters, area_code: str, most_incidents: int) -> Markup:
    """Write the detail of one area as HTML."""
    judged = assessment(filters)
    areas, drawn, rows = judged.areas, ranks(filters), incidents_behind_score(filters)
    own = rows[rows["area_code"] == area_code]
    area = areas[areas["area_code"] == area_code]
    return write_detail(
        next(records(area, AreaRow)),
        family_points(area)[0],
        why(judged, area_code, own),
        scoped.in_scope(own, filters.scope).head(most_incidents),
        ranks=next(records(drawn[drawn["area_code"] == area_code], RankRange)),
    )


@shared(max_entries=64)
def reasons(filters: Filters, area_codes: tuple[str, ...]) -> dict[str, tuple[Reason, ...]]:
    """Explain why some areas stand where they do."""
    return explanation_of(assessment(filters), incidents_behind_score(filters), area_codes)


@shared(max_entries=64)
def ranks(filters: Filters) -> pd.DataFrame:
    """Tell how sure the ranks of one question are."""
    return rank_uncertainty(_facts(filters.unfiltered()), assessment(filters))


@st.cache_data(max_entries=8, show_spinner=False)
def weights(snapshot: int, region_code: str) -> Weights:
    """Give the weights in force in a state of the store."""
    return weights_in_force(store_at(snapshot), region_code)


def district_layer(filters: Filters) -> dict[str, Any]:
    """Make the outlines of the shown kecamatan into GeoJSON; they do not depend on what is counted."""
    return _district_layer(replace(filters.unfiltered(), district_codes=filters.district_codes))


@shared(max_entries=16)
def density(filters: Filters) -> DensitySurface | None:
    """Spread the incidents of one question over the region; None where none has a point."""
    points = street_points(incidents(filters))
    return density_surface(store_at(filters.snapshot), filters, points) if len(points) else None


def score_csv(filters: Filters) -> bytes:
    """Write the table of scores as CSV."""
    return score_tables.score_csv(assessment(filters), ranks(filters))


def score_geopackage(filters: Filters) -> bytes:
    """Write the scored areas as a GeoPackage."""
    return score_tables.score_geopackage(assessment(filters), ranks(filters))


@st.cache_data(max_entries=4, show_spinner=False)
def mappings(snapshot: int, kind: str) -> tuple[ColumnMapping, ...]:
    """List the mappings of a kind: those that come with the program, then those that people saved."""
    saved = tuple(kept.mapping for kept in column_mappings.saved_mappings(store_at(snapshot)))
    return tuple(mapping for mapping in (*column_mappings.ready_mappings(), *saved) if mapping.kind == kind)


@st.cache_data(max_entries=4, show_spinner=False)
def area_names(snapshot: int, region_code: str) -> pd.DataFrame:
    """List the areas of a region by name: area_code, area_name, district_code, district_name."""
    return queries.area_names(store_at(snapshot), region_code)


def names_by_code(filters: Filters) -> dict[str, str]:
    """Name the areas of one question's region by code."""
    table = area_names(filters.snapshot, filters.region_code)
    return dict(zip(table["area_code"], table["area_name"], strict=True))


@st.cache_data(max_entries=2, show_spinner=False)
def outlines(snapshot: int, region_code: str) -> tuple[dict[str, Any], tuple[float, float, float, float]]:
    """Give the areas with a polygon as GeoJSON with their names, and their extent in degrees."""
    areas = region_areas.load_areas(store_at(snapshot), region_code, simplified=True)
    drawn = areas[areas.geometry.notna()]
    west, south, east, north = (float(edge) for edge in drawn.total_bounds)
    named = drawn[["area_name", "geometry"]].rename(columns={"area_name": "name"})
    return named.to_geo_dict(drop_id=True), (west, south, east, north)


@st.cache_data(max_entries=4, show_spinner=False)
def _completeness(snapshot: int, region_code: str, as_of: date) -> Completeness:
    return report_completeness.completeness(store_at(snapshot), region_code, as_of=as_of)


def completeness(filters: Filters) -> Completeness:
    """Judge how complete the reports of one question's state and last day are, in its districts."""
    found = _completeness(filters.snapshot, filters.region_code, filters.end)
    return report_completeness.in_districts(found, filters.district_codes)


@st.cache_data(max_entries=32, show_spinner=False)
def _complete_until(snapshot: int, region_code: str, as_of: date) -> date:
    return report_completeness.complete_until(store_at(snapshot), region_code, as_of=as_of)


def incomplete_days(filters: Filters) -> int:
    """Count the last days of one question that are not complete yet."""
    return (filters.end - _complete_until(filters.snapshot, filters.region_code, filters.end)).days
