"""Classes of other bodies: which class a body gave one area in one edition of its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.sort import by_columns
from data.sort.row_kind import AREA, Column, RowKind

if TYPE_CHECKING:
    import duckdb

    from data.sort.row_kind import Knowledge


def parse(cursor: duckdb.DuckDBPyConnection, kind: RowKind, known: Knowledge) -> dict[str, object]:
    r"""Read the lines by their columns.

    Levels are words: a number is a score on the body's own scale, which means nothing outside its edition, and is
    a fault of its own.
    """
    facts = by_columns.parse(cursor, kind, known)
    cursor.execute(
        r"""UPDATE faults SET rule = 'class_number'
        WHERE rule = 'class_word' AND regexp_full_match(value, '[+-]?[0-9]+([.,][0-9]+)*\s*(%|/\s*[0-9]+)?')"""
    )
    return facts


AGENCY_CLASS = RowKind(
    code="class",
    table="agency_class",
    columns=(
        Column("lembaga", "text", "agency", required=True, names_persons=True),
        Column("edisi", "text", "edition", required=True),
        Column("tanggal", "day", "assessed_on", required=True),
        *AREA,
        Column("kelas", "word", "class_code", required=True, rule="class_word"),
        Column("alasan_kelas", "text", "reason"),  # the bare word heads the reasons of quarantined lines
    ),
    fault_column="kelas",
    # A second line about the same body, edition and area with anything else contradicts the first.
    content=("lower(lembaga)", "lower(edisi)", "stated_area_code", "assessed_on", "class_code", "alasan_kelas"),
    identity=("lower(lembaga)", "lower(edisi)", "stated_area_code"),
    source="lembaga",
    has_example=True,
    parse=parse,
)
