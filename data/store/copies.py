"""Copies of what was imported: whether each is there and can be read."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from data import digests
from data.store.catalog import kept_copies
from data.store.objects import is_remote, put, there

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store.lake import Lake

# The name of everything that is being written; what still bears it later was left by a killed process.
PARTIAL = ".sebagian"


def copy_place(lake: Lake, name: str) -> str:
    """Name the file or the object that keeps a copy: beside the tables of a shared store."""
    if is_remote(lake.data_path):
        return f"{lake.data_path.rstrip('/')}/{lake.file_copies.name}/{name}"
    return str(lake.file_copies / name)


def room_for_copies(lake: Lake) -> None:
    """Make the folder of copies; an object store needs none."""
    if not is_remote(lake.data_path):
        lake.file_copies.mkdir(parents=True, exist_ok=True)


def keep_copy(lake: Lake, name: str, write: Callable[[Path | BytesIO], object]) -> None:
    """Keep a copy that `write` writes into the file or the buffer it is given; half of one is not kept."""
    room_for_copies(lake)
    if is_remote(lake.data_path):
        buffer = BytesIO()
        write(buffer)
        with closing(lake.cursor()) as cursor:
            put(cursor, copy_place(lake, name), buffer.getvalue())
        return
    copy = lake.file_copies / name
    try:
        write(copy)
    except BaseException:
        copy.unlink(missing_ok=True)  # half a copy would fill a full disk
        raise


def is_kept(cursor: duckdb.DuckDBPyConnection, place: str) -> bool:
    """Tell whether a copy is where `copy_place` says."""
    return there(cursor, place) if is_remote(place) else Path(place).is_file()


def damaged_copies(lake: Lake) -> list[tuple[str, str, bool]]:
    """List the imports whose copy is missing or damaged: import_id, file_name, whether it is there.

    A copy named after its import holds masked rows and must be readable whole; a copy with another name is the
    file itself, whose SHA-256 is on record.
    """
    found = []
    with closing(lake.cursor()) as cursor:
        for import_id, file_name, name, sha256 in kept_copies(cursor):
            copy = copy_place(lake, name)
            masked = name == f"{import_id}.parquet"
            if not is_kept(cursor, copy):
                found.append((import_id, file_name, False))
            elif not (_readable(cursor, copy) if masked else _digest(cursor, copy) == sha256):
                found.append((import_id, file_name, True))
    return found


def _digest(cursor: duckdb.DuckDBPyConnection, copy: str) -> str:
    if not is_remote(copy):
        return digests.of_file(Path(copy))
    row = cursor.execute("SELECT sha256(content) FROM read_blob(?)", [copy]).fetchone()
    return str(row[0]) if row else ""


def _readable(cursor: duckdb.DuckDBPyConnection, copy: str) -> bool:
    try:
        cursor.execute("SELECT count(COLUMNS(*)) FROM read_parquet(?)", [copy]).fetchall()
    except duckdb.Error:
        return False
    return True
