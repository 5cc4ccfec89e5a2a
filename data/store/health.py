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
    for file in sorted(CHECKS.glob("*.sql")):
        row = cursor.execute(file.read_text(encoding="utf-8")).fetchone()
        if row is not None:
            found.append((file.stem, str(row)))
    return found


def lost_rows(cursor: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int, int]]:
    """List the imports whose rows differ in number or content from their record.

    Each is (import_id, file_name, rows on record, rows found); equal numbers mean a changed content.
    """
    return cursor.execute(
        """SELECT record.import_id, record.file_name, record.accepted_count, coalesce(found.rows, 0)
        FROM import_record AS record
        LEFT JOIN (
            SELECT import_id, count(*) AS rows, bit_xor(row_hash) AS rows_hash FROM (
                SELECT import_id, row_hash FROM incident
                UNION ALL SELECT import_id, row_hash FROM station
                UNION ALL SELECT import_id, row_hash FROM area
                UNION ALL SELECT import_id, row_hash FROM nil_report
                UNION ALL SELECT import_id, row_hash FROM meeting_note
                UNION ALL SELECT import_id, row_hash FROM agency_class
                UNION ALL SELECT import_id, row_hash FROM area_indicator
            ) GROUP BY import_id
        ) AS found USING (import_id)
        WHERE record.accepted_count <> coalesce(found.rows, 0)
            OR record.rows_hash <> coalesce(found.rows_hash, 0)
        ORDER BY record.recorded_at"""
    ).fetchall()


def proved(cursor: duckdb.DuckDBPyConnection) -> Proved:
    """Count what `broken_rules` and `lost_rows` look at."""
    row = cursor.execute(
        "SELECT count(*), coalesce(sum(accepted_count), 0), count(DISTINCT file_copy) FROM import_record"
    ).fetchone()
    imports, rows, copies = row or (0, 0, 0)
    return Proved(len(list(CHECKS.glob("*.sql"))), int(imports), int(rows), int(copies))
