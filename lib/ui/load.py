"""Cached loaders, one for each question: the only caching. The key is the question with its snapshot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from data.lake import Lake, open_lake, snapshot_id
from lib import areas as region_areas
from lib import assess, sheet, situation
from lib.output import map_layers, tables
from lib.output.sheets import map_slide_png
from lib.profile import Region, region_profile
from lib.records import records
from lib.settings import settings, today_in

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from geo.density import DensitySurface
    from lib.assess import Assessment, DataState, Facts
    from lib.filters import Filters
    from lib.situation import Change


@st.cache_resource(show_spinner=False)
def store() -> Lake:
    """Open the store once for this process."""
    chosen = settings()
    return open_lake(chosen.lake_address, chosen.data_path)


def snapshot() -> int:
    """Read the number of the newest state; asked on every run, so that an import elsewhere is seen."""
    return snapshot_id(store())


@st.cache_data(max_entries=4, show_spinner=False)
def region(snapshot: int) -> Region:  # noqa: ARG001 - the cache key
    """Give the region that the tool works on.

    Raises
    ------
    lib.areas.RegionError
        In an empty store.
    """
    return region_profile(region_areas.active_region_code(store()))


def pinned_today() -> date | None:
    """Tell the day that the settings fix, if they do."""
    return settings().today


def today(region: Region) -> date:
    """Tell the day it is for a region."""
    return today_in(region, settings())


@st.cache_data(max_entries=8, show_spinner=False)
def state(snapshot: int, region_code: str) -> DataState:  # noqa: ARG001 - the cache key
    """Tell how far a region's data reach."""
    return assess.data_state(store(), region_code)


@st.cache_data(max_entries=8, show_spinner=False)
def districts(snapshot: int, region_code: str) -> dict[str, str]:  # noqa: ARG001 - the cache key
    """Give the kecamatan of a region, code to name."""
    table = region_areas.load_areas(store(), region_code, simplified=True)
    return dict(sorted(zip(table["district_code"], table["district_name"], strict=True)))


@st.cache_data(max_entries=8, show_spinner=False)
def _facts(unfiltered: Filters) -> Facts:
    return assess.facts(store(), unfiltered)


@st.cache_data(max_entries=4, show_spinner=False)
def _all_incidents(unfiltered: Filters) -> pd.DataFrame:
    return assess.all_incidents(store(), unfiltered)


@st.cache_data(max_entries=64, show_spinner=False)
def assessment(filters: Filters) -> Assessment:
    """Score every area for one question."""
    return assess.judge(_facts(filters.unfiltered()), filters)


@st.cache_data(max_entries=16, show_spinner=False)
def incidents(filters: Filters) -> pd.DataFrame:
    """List the incidents of one question."""
    return assess.choose(_all_incidents(filters.unfiltered()), filters)


@st.cache_data(max_entries=16, show_spinner=False)
def daily_counts(filters: Filters) -> pd.DataFrame:
    """Count incidents by day, district and family."""
    return assess.daily_counts(_facts(filters.unfiltered()), filters)


@st.cache_data(max_entries=32, show_spinner=False)
def stations(filters: Filters) -> pd.DataFrame:
    """List the TPS of one question."""
    return assess.stations(store(), filters)


@st.cache_data(max_entries=16, show_spinner=False)
def changes(filters: Filters, since: date) -> tuple[Change, ...]:
    """List the areas whose class changed since a day."""
    return situation.changes(store(), filters, since)


@st.cache_data(max_entries=16, show_spinner=False)
def sheet_png(filters: Filters, layers: tuple[str, ...]) -> bytes:
    """Draw the map sheet of one question."""
    return sheet.sheet_png(store(), filters, size="1920x1080", layers=layers)


@st.cache_data(max_entries=16, show_spinner=False)
def slide_map_png(filters: Filters, width_px: int, height_px: int) -> bytes:
    """Draw the map of one question for a dark slide."""
    content = sheet.map_content(store(), assessment(filters))
    return map_slide_png(content, width_px=width_px, height_px=height_px, dark=True)


@st.cache_data(max_entries=32, show_spinner=False)
def area_layer(filters: Filters) -> dict[str, Any]:
    """Make the areas of one question into GeoJSON."""
    return map_layers.area_layer(assessment(filters), incidents(filters))


@st.cache_data(max_entries=16, show_spinner=False)
def incident_layer(filters: Filters) -> dict[str, Any]:
    """Make the incidents of one question into GeoJSON."""
    return map_layers.incident_layer(incidents(filters))


@st.cache_data(max_entries=16, show_spinner=False)
def station_layer(filters: Filters) -> dict[str, Any]:
    """Make the TPS of one question into GeoJSON."""
    return map_layers.station_layer(stations(filters))


@st.cache_data(max_entries=8, show_spinner=False)
def _district_layer(question: Filters) -> dict[str, Any]:
    return map_layers.district_layer(assessment(question))


@st.cache_data(max_entries=16, show_spinner=False)
def score_table(filters: Filters) -> pd.DataFrame:
    """Make the table of scores of one question."""
    return tables.score_table(assessment(filters))


@st.cache_data(max_entries=64, show_spinner=False)
def area_detail(filters: Filters, area_code: str, most_incidents: int) -> str:
    """Write the detail of one area as HTML."""
    areas = assessment(filters).areas
    rows = incidents(filters)
    last = rows[rows["area_code"] == area_code].head(most_incidents)
    return map_layers.area_detail(next(records(areas[areas["area_code"] == area_code])), last)


def district_layer(filters: Filters) -> dict[str, Any]:
    """Make the outlines of the shown kecamatan into GeoJSON; they do not depend on what is counted."""
    return _district_layer(replace(filters.unfiltered(), district_codes=filters.district_codes))


@st.cache_data(max_entries=16, show_spinner=False)
def density(filters: Filters) -> DensitySurface | None:
    """Spread the incidents of one question over the region; None where none has a point."""
    points = sheet.street_points(incidents(filters))
    return sheet.density_surface(store(), filters, points) if len(points) else None


def score_csv(filters: Filters) -> bytes:
    """Write the table of scores as CSV."""
    return tables.score_csv(assessment(filters))


def score_geopackage(filters: Filters) -> bytes:
    """Write the scored areas as a GeoPackage."""
    return tables.score_geopackage(assessment(filters))
