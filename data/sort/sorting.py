"""Sort the staged lines of a file into typed rows and named faults; nothing is guessed, nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.sort import by_columns
from data.sort.coordinates import CoordinateDecision, read_coordinates
from data.sort.lines import close_lines, open_lines
from data.sort.lookups import date_lookup, place_lookup, word_lookup

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from data.read.rows import TextTable
    from data.sort.formats import DateColumn
    from data.sort.row_kind import Knowledge, RowKind


def sort_rows(
    cursor: duckdb.DuckDBPyConnection, table: TextTable, kind: RowKind, known: Knowledge
) -> dict[str, object]:
    """Turn the staged lines of a file into ``hashed``, ``faults`` and ``repairs``.

    ``hashed`` (a temporary view) holds the faultless lines with types and hashes; ``faults`` one row for each fault
    (line_number, column_name, value, rule, facts); ``repairs`` one for each value that was not taken as it stood
    (line_number, column_name, original_value, repaired_value, rule, confidence), also of faulty lines. Every line is
    in exactly one of the first two. What identifies a person is masked in all of them.

    Returns
    -------
    facts
        What was found out, in plain values: ``tanggal`` (by column: urutan, bukti), ``koordinat``, ``perbaikan``
        (kolom, aturan, baris, keyakinan), ``data_pribadi`` (count by kind), ``kolom_disamarkan``,
        ``pertanyaan_nama`` (count), and those of the kind; those without content are left out.

    Raises
    ------
    TableError
        ``ambiguous_dates`` or ``names_disagree``: the file is refused until somebody settles the question; and what
        `RowKind.refuse` refuses.
    """
    lines = open_lines(cursor, kind, known.checklist)
    if kind.refuse:
        kind.refuse(cursor, known)
    word_lookup(cursor, {column.name: column.words or known.words[column.name] for column in kind.reading("word")})
    decided = date_lookup(
        cursor,
        kind.days,
        not_after={column.name: known.today for column in kind.reading("day") if not column.ahead},
        date_orders=known.date_orders,
        year=known.year,
        time_zone=known.time_zone,
    )
    facts: dict[str, object] = {}
    repairs: tuple[str, ...] = ()
    if kind.has_place:
        facts = place_lookup(cursor, known.resolve_place, name_agreement=known.name_agreement)
        repairs = ("place_repairs",)
    points = None
    if kind.placing:
        points = read_coordinates(
            cursor,
            extent=known.extent,
            minimum_confidence=known.minimum_confidence,
            repair=known.repair,
            far_km=known.far_km,
        )
        repairs = ("coordinate_repairs", *repairs)
    facts |= (kind.parse or by_columns.parse)(cursor, kind, known)
    facts |= _date_facts(decided) | _point_facts(points)
    return close_lines(cursor, table, lines, facts=facts, repairs=repairs)


def _date_facts(decided: Mapping[str, DateColumn]) -> dict[str, object]:
    return {
        "tanggal": {
            column: {"urutan": found.order, "bukti": found.evidence}
            for column, found in decided.items()
            if found.days
        }
    }


def _point_facts(found: CoordinateDecision | None) -> dict[str, object]:
    if found is None or not found.point_count + found.faulty_count:
        return {}
    counts = {"titik": found.point_count, "kosong": found.empty_count, "salah": found.faulty_count}
    return {"koordinat": found.styles | counts | {"di_dalam": found.inside_share}}
