"""The catalog of a shared store as the SQLite file of a folder, and back: row for row, so that every state stays."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from data.engine import load_extension, quoted, start_engine
from data.store.shared_lock import SHARED

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from data.store.lake import Lake


def export_catalog(lake: Lake, file: Path) -> None:
    """Write a shared catalog, as it stands, into a new SQLite file; the caller holds the lock of writing."""
    with closing(start_engine()) as engine:
        for name in ("ducklake", "sqlite_scanner"):
            load_extension(engine, name)
        engine.execute(f"ATTACH {quoted(f'ducklake:sqlite:{file}')} AS made (DATA_PATH {quoted(f'{file.parent}/')})")
    with closing(start_engine()) as engine:
        _attach_both(engine, file, lake.address)
        _copy_tables(engine, source="shared", target="embedded")


def fill_catalog(file: Path, address: str) -> None:
    """Put what a SQLite catalog holds in the place of what a shared catalog holds, in one transaction."""
    with closing(start_engine()) as engine:
        _attach_both(engine, file, address)
        _copy_tables(engine, source="embedded", target="shared")


def _attach_both(engine: duckdb.DuckDBPyConnection, file: Path, address: str) -> None:
    for name in ("sqlite_scanner", "postgres_scanner"):
        load_extension(engine, name)
    engine.execute(f"ATTACH {quoted(str(file))} AS embedded (TYPE sqlite)")
    engine.execute(f"ATTACH {quoted(address.removeprefix(SHARED))} AS shared (TYPE postgres)")


def _copy_tables(engine: duckdb.DuckDBPyConnection, *, source: str, target: str) -> None:
    """Copy DuckLake's own tables; the two kinds write moments, identities and flags each in their way."""
    columns: dict[str, list[str]] = {}
    for table, column, kind in engine.execute(
        """SELECT table_name, column_name, data_type FROM duckdb_columns()
        WHERE database_name = ? AND table_name LIKE 'ducklake\\_%' ESCAPE '\\' ORDER BY table_name, column_index""",
        [target],
    ).fetchall():
        columns.setdefault(table, []).append(f'"{column}"::{kind} AS "{column}"')
    engine.execute("SET TimeZone = 'UTC'")
    engine.execute("BEGIN")
    for table, cast in columns.items():
        engine.execute(f"DELETE FROM {target}.{table}")
        engine.execute(f"INSERT INTO {target}.{table} BY NAME SELECT {', '.join(cast)} FROM {source}.{table}")
    engine.execute("COMMIT")
