"""How far the data of a region reach."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from data.store import queries
from lib.records import DataState
from lib.rules.regions import region_profile

if TYPE_CHECKING:
    from datetime import datetime

    from data.store.lake import Lake


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
        first_reported_on=row["first_reported_on"],
        last_reported_on=row["last_reported_on"],
        recorded_at=recorded,
        simulated=bool(row["simulated"]) or region.simulated,
        area_count=row["area_count"],
        without_polygon_count=row["without_polygon_count"],
        boundary_edition=row["boundary_edition"] or "",
    )
