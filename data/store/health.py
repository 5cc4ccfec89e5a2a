"""Prove the store: the rules that must hold, and every import's rows against its record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

CHECKS = Path(__file__).parents[1] / "sql" / "checks"


@dataclass(frozen=True, slots=True)
class Proved:
    """How much there is to check: rules, imports, the rows on their records, and file copies."""

    checks: int
    imports: int
    rows: int
    copies: int


def broken_rules(cursor: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """List the rules for which a row was found that must not be, each with that row."""
    found = []
    _gather_rows(cursor)
    for file in sorted(CHECKS.glob("*.sql")):
        row = cursor.execute(file.read_text(encoding="utf-8")).fetchone()
        if row is not None:
            found.append((file.stem, str(row)))
    return found


def lost_rows(cursor: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int, int]]:
    """List the imports whose rows differ in number or content from their record.

    Each is (import_id, file_name, rows on record, rows found); equal numbers mean a changed content.
    """
    _gather_rows(cursor)
    return cursor.execute(
        """SELECT record.import_id, record.file_name, record.accepted_count, coalesce(found.rows, 0)
        FROM import_record AS record
        LEFT JOIN (
            SELECT import_id, count(*) AS rows, bit_xor(row_hash) AS rows_hash FROM imported_row GROUP BY import_id
        ) AS found USING (import_id)
        WHERE record.accepted_count <> coalesce(found.rows, 0)
            OR record.rows_hash <> coalesce(found.rows_hash, 0)
        ORDER BY record.recorded_at"""
    ).fetchall()


def _gather_rows(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary view ``imported_row`` of the rows in every table that an import writes: all with hashes."""
    tables = cursor.execute(
        """SELECT table_name, bool_or(column_name = 'longitude'), bool_or(column_name = 'line_number')
        FROM duckdb_columns() SEMI JOIN duckdb_tables() USING (database_name, table_name)
        WHERE database_name = current_database()
        GROUP BY table_name HAVING bool_or(column_name = 'row_hash') ORDER BY table_name"""
    ).fetchall()
    rows = " UNION ALL ".join(
        f"SELECT import_id, {'line_number' if numbered else 'NULL'} AS line_number, row_hash, {placed} AS placed "
        f"FROM {table}"
        for table, placed, numbered in tables
    )
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW imported_row AS {rows}")


def proved(cursor: duckdb.DuckDBPyConnection) -> Proved:
    """Count what `broken_rules` and `lost_rows` look at."""
    row = cursor.execute(
        "SELECT count(*), coalesce(sum(accepted_count), 0), count(DISTINCT file_copy) FROM import_record"
    ).fetchone()
    imports, rows, copies = row or (0, 0, 0)
    return Proved(len(list(CHECKS.glob("*.sql"))), int(imports), int(rows), int(copies))
