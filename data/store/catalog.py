"""What a catalog says its store holds: tables with a digest of their rows, table files, file copies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb


@dataclass(frozen=True, slots=True)
class TableState:
    """One table as it stands: its columns, rows, and a digest of their content.

    The digest is the sum of the MD5 of every row's text, so that it does not depend on the order of the rows
    and a row doubled or lost changes it. NULL differs from every text.
    """

    table: str
    columns: tuple[str, ...]
    rows: int
    digest: str


def table_states(
    cursor: duckdb.DuckDBPyConnection, alias: str, *, columns: Mapping[str, Sequence[str]] | None = None
) -> list[TableState]:
    """Count and digest every table of an attached catalog, in the order of their names.

    Parameters
    ----------
    columns
        Tables and columns to look at, as of an earlier state; by default all there are.
    """
    chosen = columns if columns is not None else _columns(cursor, alias)
    return [_state(cursor, alias, table, tuple(names)) for table, names in sorted(chosen.items())]


def table_files(cursor: duckdb.DuckDBPyConnection, alias: str) -> set[str]:
    """List the files that any state of the catalog reads, relative to the data path."""
    return _paths(
        cursor,
        f"""SELECT catalog_schema.path || catalog_table.path || file.path
        FROM (
            SELECT table_id, path FROM __ducklake_metadata_{alias}.ducklake_data_file
            UNION ALL SELECT table_id, path FROM __ducklake_metadata_{alias}.ducklake_delete_file
        ) AS file
        JOIN __ducklake_metadata_{alias}.ducklake_table AS catalog_table USING (table_id)
        JOIN __ducklake_metadata_{alias}.ducklake_schema AS catalog_schema USING (schema_id)""",
    )


def retired_files(cursor: duckdb.DuckDBPyConnection, alias: str) -> set[str]:
    """List the files that were merged into others and wait to be deleted, relative to the data path."""
    return _paths(cursor, f"SELECT path FROM __ducklake_metadata_{alias}.ducklake_files_scheduled_for_deletion")


def kept_copies(cursor: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str]]:
    """List the file copies that imports speak of: import_id, file_name, file_copy, file_sha256."""
    return cursor.execute(
        """SELECT import_id, file_name, file_copy, file_sha256 FROM import_record
        WHERE file_copy IS NOT NULL ORDER BY recorded_at, import_id"""
    ).fetchall()


def _columns(cursor: duckdb.DuckDBPyConnection, alias: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table, column in cursor.execute(
        """SELECT table_name, column_name FROM duckdb_columns()
        WHERE database_name = ? AND NOT internal
            AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE database_name = ?)
        ORDER BY table_name, column_index""",
        [alias, alias],
    ).fetchall():
        found.setdefault(table, []).append(column)
    return found


def _state(cursor: duckdb.DuckDBPyConnection, alias: str, table: str, columns: tuple[str, ...]) -> TableState:
    texts = ", ".join(_text(column) for column in columns)
    # The upper half of an MD5, as `md5_number_lower` gives it too, which takes four times as long.
    row = cursor.execute(
        f"""SELECT count(*), coalesce(sum((md5_number(concat({texts})) >> 64)::UBIGINT), 0)::VARCHAR
        FROM {alias}."{table}" """
    ).fetchone()
    rows, digest = row or (0, "0")
    return TableState(table, columns, int(rows), str(digest))


def _text(column: str) -> str:
    """Write a value with its length before it, so that two cells cannot be read as two others."""
    value = f'"{column}"::VARCHAR'
    return f"coalesce(length({value}) || ':' || {value}, '-')"


def _paths(cursor: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    return {str(path) for (path,) in cursor.execute(query).fetchall()}
