"""Copies of what was imported: whether each is there and can be read."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import duckdb

from data import digests
from data.store.catalog import kept_copies

if TYPE_CHECKING:
    from pathlib import Path

    from data.store.lake import Lake

# The name of everything that is being written; what still bears it later was left by a killed process.
PARTIAL = ".sebagian"


def damaged_copies(lake: Lake) -> list[tuple[str, str, bool]]:
    """List the imports whose copy is missing or damaged: import_id, file_name, whether it is there.

    A copy named after its import holds masked rows and must be readable whole; a copy with another name is the
    file itself, whose SHA-256 is on record.
    """
    found = []
    with closing(lake.cursor()) as cursor:
        for import_id, file_name, name, sha256 in kept_copies(cursor):
            copy = lake.file_copies / name
            if not copy.is_file():
                found.append((import_id, file_name, False))
            elif not (_readable(cursor, copy) if name == f"{import_id}.parquet" else digests.of_file(copy) == sha256):
                found.append((import_id, file_name, True))
    return found


def _readable(cursor: duckdb.DuckDBPyConnection, copy: Path) -> bool:
    try:
        cursor.execute("SELECT count(COLUMNS(*)) FROM read_parquet(?)", [str(copy)]).fetchall()
    except duckdb.Error:
        return False
    return True
