"""Reports that nothing was seen: silence that was looked into counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.sort.lookups import run
from data.sort.row_kind import PLACE, Column, RowKind

if TYPE_CHECKING:
    import duckdb

    from data.sort.row_kind import Knowledge


def parse(cursor: duckdb.DuckDBPyConnection, _: RowKind, known: Knowledge) -> dict[str, object]:
    """Read the lines by their own statements.

    A line speaks for its kelurahan, its kecamatan or, without either, for the whole region, from ``tanggal_mulai``
    to ``tanggal_selesai`` (by default the same day). Without a day of report it was made on the last of these days.
    """
    run(cursor, "nil_parsed")
    run(cursor, "nil_faults", today=known.today)
    return {}


NIL = RowKind(
    code="nil",
    table="nil_report",
    columns=(
        Column("sumber", "text", "source_name", required=True, names_persons=True),
        *PLACE,
        Column("tanggal_mulai", "day", "period_start", required=True),
        Column("tanggal_selesai", "day", "period_end"),
        Column("tanggal_laporan", "day", "reported_on"),
    ),
    fault_column="tanggal_mulai",
    parse=parse,
)
