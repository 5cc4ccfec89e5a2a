"""Incidents and nil reports written straight into a store of the made-up city, as an import would leave them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.store.lake import Lake, write
from tests.city import REGION_CODE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

DAY = date(2024, 11, 20)
Row = dict[str, Any]


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def incident(area: str | None, occurred: int, reported: int | None = None, **changes: Any) -> Row:
    """Give an incident of so many days before DAY; without a day of reporting it was reported at once."""
    late = occurred if reported is None else reported
    row = {"stated_area_code": area, "occurred_on": ago(occurred), "reported_on": ago(late)}
    row |= {"report_date_missing": False, "category_code": "KEK", "severity": 3, "precision": "kelurahan"}
    return row | {"source_name": "Polsek", "verification": "terverifikasi"} | changes


def nil(first: int, last: int, reported: int | None = None, **changes: Any) -> Row:
    """Give a nil report on the days from `first` to `last` before DAY; without a place, on the whole region."""
    late = last if reported is None else reported
    row = {"period_start": ago(first), "period_end": ago(last), "reported_on": ago(late), "source_name": "Camat"}
    return row | {"stated_area_code": None, "stated_district_code": None} | changes


def put(
    lake: Lake,
    *,
    incidents: Sequence[Row] = (),
    nils: Sequence[Row] = (),
    name: str = "A",
    recorded_at: datetime = datetime(2024, 11, 20),  # noqa: DTZ001 - the store holds UTC without a zone
) -> None:
    """Write rows into the store as an import of either kind would."""
    for table, kind, rows in (("incident", "incident", incidents), ("nil_report", "nil", nils)):
        if rows:
            lines = pd.DataFrame(rows).assign(import_id=name + kind, line_number=range(1, len(rows) + 1))
            _insert(lake, table, kind, lines.assign(region_code=REGION_CODE, simulated=False), recorded_at)


def _insert(lake: Lake, table: str, kind: str, lines: pd.DataFrame, recorded_at: datetime) -> None:
    import_id, count = lines["import_id"].iloc[0], len(lines)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.register("lines", lines)
        cursor.execute(
            """INSERT INTO import_record BY NAME SELECT $id AS import_id, $region AS region_code, $kind AS kind,
            $n AS row_count, $n AS accepted_count, 0 AS quarantined_count, 0 AS duplicate_count,
            false AS simulated, $recorded_at AS recorded_at""",
            {"id": import_id, "region": REGION_CODE, "kind": kind, "n": count, "recorded_at": recorded_at},
        )
        cursor.execute(f"INSERT INTO {table} BY NAME SELECT * FROM lines")
        if kind == "incident":
            cursor.execute(
                """INSERT INTO location BY NAME SELECT boundary_import.import_id AS boundary_import_id,
                lines.import_id AS row_import_id, line_number, 'incident' AS kind, stated_area_code AS area_code,
                'no_coordinate' AS method, 'stated' AS basis, false AS disagrees
                FROM lines JOIN boundary_import USING (region_code)"""
            )

    write(lake, change, author="penguji", message="uji")
