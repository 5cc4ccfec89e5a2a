"""Incidents: what happened, when, where and how gravely, as somebody reported it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.sort.lookups import run
from data.sort.row_kind import PLACE, POINT, Column, Placing, RowKind

if TYPE_CHECKING:
    import duckdb

    from data.sort.row_kind import Knowledge


def parse(cursor: duckdb.DuckDBPyConnection, _: RowKind, known: Knowledge) -> dict[str, object]:
    """Read the lines by their own statements: a time of day, a severity, a precision, a state."""
    run(cursor, "time_lookup")
    run(cursor, "incident_parsed")
    run(cursor, "incident_faults", today=known.today)
    return {}


INCIDENT = RowKind(
    code="incident",
    table="incident",
    columns=(
        Column("id_sumber", "text", "source_id"),
        Column("tanggal_kejadian", "day", required=True),
        Column("jam"),
        Column("tanggal_laporan", "day"),
        Column("kategori", "word", required=True),
        Column("keparahan", required=True),
        Column("uraian", "text", "description"),
        *PLACE,
        *POINT,
        Column("presisi"),
        Column("sumber", "text", "source_name", names_persons=True),
        Column("status"),
    ),
    stored_columns=(
        "source_id",
        "occurred_on",
        "occurred_time",
        "reported_on",
        "report_date_missing",
        "category_code",
        "severity",
        "description",
        "stated_area_code",
        "stated_district_code",
        "longitude",
        "latitude",
        "precision",
        "source_name",
        "verification",
    ),
    fault_column="id_sumber",
    # An incident known to a street is where its point lies.
    placing=Placing(
        follows_point="\"precision\" IN ('titik', 'rt')",
        not_coarser_than_area="\"precision\" NOT IN ('kecamatan', 'kabupaten')",
        elsewhere="titik_di_kelurahan_lain",
    ),
    parse=parse,
)
