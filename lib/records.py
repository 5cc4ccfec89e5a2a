"""Values that several rooms speak of, and tables walked row by row."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    import pandas as pd


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
    first_reported_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlacedCounts:
    """How incidents came to their areas: in doubt on a border, outside all, stated otherwise, in no area."""

    incidents: int
    border: int
    outside: int
    disagreeing: int
    unplaced: int


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """Give each row as an object whose attributes are the columns.

    For the few rows that a screen shows; a table's own operations are faster on many. pandas' own itertuples
    compiles a new class for every table, which costs more than walking it.
    """
    names = [str(name) for name in frame.columns]
    columns = (frame[name].tolist() for name in names)
    return (SimpleNamespace(**dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True))
