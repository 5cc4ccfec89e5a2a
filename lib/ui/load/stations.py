"""Cached loaders of the judged TPS."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.output import station_layers, station_tables
from lib.region.elections import stations_of
from lib.rules.checklists import scheme
from lib.score.stations import StationRisk, judge_stations
from lib.ui.load import store as load

if TYPE_CHECKING:
    import pandas as pd

    from lib.filters import Filters


@st.cache_data(max_entries=16, show_spinner=False)
def station_risk(filters: Filters, scheme_code: str) -> StationRisk:
    """Judge the TPS of one question by a scheme."""
    everywhere = replace(filters, district_codes=())
    assessment = load.assessment(everywhere)
    return judge_stations(
        assessment,
        stations_of(load.store_at(filters.snapshot), filters.region_code, assessment.election),
        load.incidents(everywhere),
        filters,
        scheme(scheme_code),
    )


@st.cache_data(max_entries=16, show_spinner=False)
def station_points(filters: Filters, scheme_code: str, value: str) -> dict[str, Any]:
    """Make the TPS of one question into GeoJSON, coloured by their score or by a sub-score."""
    return station_layers.station_points(station_risk(filters, scheme_code), value)


@st.cache_data(max_entries=8, show_spinner=False)
def _outlines(question: Filters) -> dict[str, Any]:
    return station_layers.area_outlines(load.assessment(question).areas)


def outlines(filters: Filters) -> dict[str, Any]:
    """Make the outlines of the shown areas into GeoJSON; they do not depend on what is counted."""
    return _outlines(replace(filters.unfiltered(), district_codes=filters.district_codes))


@st.cache_data(max_entries=16, show_spinner=False)
def station_table(filters: Filters, scheme_code: str) -> pd.DataFrame:
    """Make the table of the TPS of one question."""
    return station_tables.station_table(station_risk(filters, scheme_code))
