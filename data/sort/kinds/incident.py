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
        Column("tanggal_kejadian", "day", "occurred_on", required=True),
        Column("jam", stored="occurred_time"),
        Column("tanggal_laporan", "day", "reported_on"),
        Column("kategori", "word", "category_code", required=True),
        Column("keparahan", stored="severity", required=True),
        Column("uraian", "text", "description"),
        *PLACE,
        Column("kabupaten", "word", "stated_regency"),
        *POINT,
        Column("presisi", stored="precision"),
        Column("sumber", "text", "source_name", names_persons=True),
        Column("status", stored="verification"),
    ),
    more_stored=("report_date_missing",),
    fault_column="id_sumber",
    # An incident known to a street is where its point lies.
    placing=Placing(
        follows_point="\"precision\" IN ('titik', 'rt')",
        not_coarser_than_area="\"precision\" NOT IN ('kecamatan', 'kabupaten')",
        elsewhere="titik_di_kelurahan_lain",
    ),
    parse=parse,
)
