"""Every INSERT into the store: rows are added by the names of their columns, and never changed or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.store import seals

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb


def append(cursor: duckdb.DuckDBPyConnection, table: str, row: Mapping[str, object]) -> None:
    """Add one row, a value by column; a list gives a row for each of its entries, equal in all else."""
    values = (f"unnest(${name}) AS {name}" if isinstance(row[name], list) else f"${name} AS {name}" for name in row)
    append_from(cursor, table, f"SELECT {', '.join(values)}", row)


def append_from(
    cursor: duckdb.DuckDBPyConnection, table: str, query: str, parameters: Mapping[str, object] | None = None
) -> None:
    """Add the rows of a query, whose columns are named as those of the table; the commit's seal will count them."""
    rows = seals.incoming(cursor, table, query, parameters)
    cursor.execute(f"INSERT INTO {table} FROM {rows}")
    cursor.execute(f"DROP TABLE {rows}")
