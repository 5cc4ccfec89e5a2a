"""Cached loaders of the judged TPS."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lib.output import station_layers, station_tables
from lib.region.elections import stations_of
from lib.rules.checklists import scheme
from lib.score.stations import StationRisk, judge_stations
from lib.ui.load import store as load
from lib.ui.load.shared import shared

if TYPE_CHECKING:
    import pandas as pd

    from lib.filters import Filters


def station_risk(filters: Filters, scheme_code: str) -> StationRisk:
    """Judge the TPS of one question by a scheme."""
    return replace(_station_risk(filters, scheme_code), filters=filters)


@shared(max_entries=16)
def _station_risk(filters: Filters, scheme_code: str) -> StationRisk:
    everywhere = replace(filters, district_codes=())
    assessment = load.assessment(everywhere)
    return judge_stations(
        assessment,
        stations_of(load.store_at(filters.snapshot), filters.region_code, assessment.election),
        load.incidents(everywhere),
        filters,
        scheme(scheme_code),
    )


@shared(max_entries=16)
def station_points(filters: Filters, scheme_code: str, value: str) -> dict[str, Any]:
    """Make the TPS of one question into GeoJSON, coloured by their score or by a sub-score."""
    return station_layers.station_points(station_risk(filters, scheme_code), value)


@shared(max_entries=8)
def _outlines(filters: Filters) -> dict[str, Any]:
    return station_layers.area_outlines(load.assessment(filters).areas)


def outlines(filters: Filters) -> dict[str, Any]:
    """Make the outlines of the shown areas into GeoJSON; they do not depend on what is counted."""
    return _outlines(replace(filters.unfiltered(), district_codes=filters.district_codes))


@shared(max_entries=16)
def station_table(filters: Filters, scheme_code: str) -> pd.DataFrame:
    """Make the table of the TPS of one question."""
    return station_tables.station_table(station_risk(filters, scheme_code))
