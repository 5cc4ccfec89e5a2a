"""Ask the lake: one function for each file under sql/queries; the docstring lists what comes back."""

from __future__ import annotations

import contextlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    import duckdb
    import pandas as pd

    from data.lake import Lake

QUERIES = Path(__file__).parent / "sql" / "queries"


@cache
def text(name: str) -> str:
    """Read a query's SQL, for use inside another one."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def _frame(lake: Lake, name: str, **parameters: object) -> pd.DataFrame:
    with contextlib.closing(lake.cursor()) as cursor:
        return cursor.execute(text(name), parameters or None).df()


def _row(lake: Lake, name: str, **parameters: object) -> tuple[Any, ...] | None:
    with contextlib.closing(lake.cursor()) as cursor:
        row: tuple[Any, ...] | None = cursor.execute(text(name), parameters or None).fetchone()
    return row


def run(cursor: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> duckdb.DuckDBPyConnection:
    """Run a query inside a transaction that a caller holds."""
    return cursor.execute(text(name), parameters or None)


def active_region(lake: Lake) -> str | None:
    """Name the region that was activated last; None in an empty store."""
    row = _row(lake, "active_region")
    return row[0] if row else None


def areas(lake: Lake, region_code: str) -> pd.DataFrame:
    """List the areas of the boundary set in force.

    Columns: area_code, area_name, district_code, district_name, area_km2, geometry and
    geometry_simplified (WKB, EPSG:4326, None without polygon), import_id.
    """
    return _frame(lake, "areas", region_code=region_code)


def incident_counts(lake: Lake, region_code: str, *, as_of: date, start: date, end: date) -> pd.DataFrame:
    """Count what was reported until `as_of` of the days `start` to `end`, both included.

    Columns: area_code (None: known to the district or region only), district_code, category_code,
    severity, verification, occurred_on, incident_count. Combinations without incidents are absent.
    """
    frame = _frame(lake, "incident_counts", region_code=region_code, as_of=as_of, start=start, end=end)
    return frame.astype({"occurred_on": "datetime64[s]", "incident_count": "int64"})


def incident_rows(lake: Lake, region_code: str, *, as_of: date, start: date, end: date) -> pd.DataFrame:
    """List the incidents reported until `as_of` of the days `start` to `end`, newest first.

    Columns: import_id, line_number, source_id, occurred_on, occurred_time, reported_on,
    report_date_missing, category_code, severity, verification, description, source_name, area_code,
    stated_area_code, point_area_code, district_code, method, basis, distance_m, disagrees, longitude,
    latitude, precision, simulated.
    """
    return _frame(lake, "incident_rows", region_code=region_code, as_of=as_of, start=start, end=end)


def data_state(lake: Lake, region_code: str) -> dict[str, Any]:
    """Tell how far the data of a region reach.

    Keys: incident_count, last_reported_on, first_occurred_on, last_recorded_at (UTC), simulated,
    area_count, without_polygon_count; dates are None while nothing is in.
    """
    with contextlib.closing(lake.cursor()) as cursor:
        result = cursor.execute(text("data_state"), {"region_code": region_code})
        names = [column[0] for column in result.description or []]
        return dict(zip(names, result.fetchone() or [], strict=True))


def voters(lake: Lake, region_code: str, election_code: str) -> pd.DataFrame:
    """Sum the TPS of an election by area.

    Columns: area_code, station_count, voter_count (missing where no TPS of the area states its DPT).
    """
    return _frame(lake, "voters", region_code=region_code, election_code=election_code)


def stations(lake: Lake, region_code: str, election_code: str) -> pd.DataFrame:
    """List the TPS of an election.

    Columns: area_code, station_number, place_name, longitude, latitude, voter_count_male,
    voter_count_female, police_class, method, disagrees.
    """
    return _frame(lake, "stations", region_code=region_code, election_code=election_code)


def imports(lake: Lake, region_code: str) -> pd.DataFrame:
    """List the imports of a region, newest first.

    Columns: import_id, kind, file_name, row_count, accepted_count, quarantined_count, duplicate_count,
    simulated, actor, recorded_at (UTC), facts (JSON), undone.
    """
    return _frame(lake, "imports", region_code=region_code)


def quarantine(lake: Lake, import_id: str) -> pd.DataFrame:
    """List the faults of an import's lines.

    Columns: line_number, column_name, value, rule, facts, raw_row (JSON of the line as staged).
    """
    return _frame(lake, "quarantine", import_id=import_id)


def import_kind(lake: Lake, region_code: str, import_id: str) -> tuple[str, bool] | None:
    """Tell the kind of an import and whether it is undone; None when the region has no such import."""
    row = _row(lake, "import_kind", region_code=region_code, import_id=import_id)
    return (str(row[0]), bool(row[1])) if row else None


def score_scale(lake: Lake, region_code: str, weights_digest: str) -> tuple[Any, ...] | None:
    """Read the frozen scale in force.

    Order: frozen_on, prior_pressure, prior_exposure, theta_reference, incident_count, author, reason;
    None while nothing is frozen for this weight scheme.
    """
    return _row(lake, "score_scale", region_code=region_code, weights_digest=weights_digest)
