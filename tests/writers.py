"""What processes of their own do to a store in tests; imports little, so that they start quickly."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from data.store.lake import Lake, open_lake, snapshot_id, utc_now, write
from lib.settings import settings

if TYPE_CHECKING:
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Event

    import duckdb


def activate(lake: Lake, region_code: str = "19.99") -> None:
    """Write one row into a journal."""

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute("INSERT INTO region_activation VALUES (?, ?, 'penguji')", [region_code, utc_now()])

    write(lake, change, author="penguji", message="uji")


def activation_count(lake: Lake) -> int:
    """Count the rows of that journal."""
    with contextlib.closing(lake.cursor()) as cursor:
        row = cursor.execute("SELECT count(*) FROM region_activation").fetchone()
    return int(row[0]) if row else 0


def write_many(folder: str, region_code: str, count: int, ready: Event) -> None:
    """Write some rows, one transaction each, as soon as somebody is reading."""
    lake = open_lake(folder, settings().data_path)
    ready.wait()
    for _ in range(count):
        activate(lake, region_code)
    lake.connection.close()


def read_until(folder: str, expected: int, ready: Event, seen: Queue[list[tuple[int, int]]]) -> None:
    """Read until so many rows are there, and tell every state met on the way: snapshot, rows."""
    lake = open_lake(folder, settings().data_path)
    found = [(snapshot_id(lake), activation_count(lake))]
    ready.set()
    while found[-1][1] < expected:
        now = (snapshot_id(lake), activation_count(lake))
        if now != found[-1]:
            found.append(now)
        time.sleep(0.02)
    lake.connection.close()
    seen.put(found)


def write_for_ever(folder: str, acknowledged: str) -> None:
    """Write pairs of rows, one in each of two tables, and note every pair that was committed."""
    lake = open_lake(folder, settings().data_path)
    number = 0
    while True:
        number += 1
        name = f"{os.getpid()}-{number}"

        def change(cursor: duckdb.DuckDBPyConnection, name: str = name) -> None:
            cursor.execute("INSERT INTO region_activation VALUES (?, now()::TIMESTAMP, 'x')", [name])
            cursor.execute("INSERT INTO import_undo VALUES (?, 'r', 'a', now()::TIMESTAMP)", [name])

        write(lake, change, author="penguji", message=name)
        with Path(acknowledged).open("a", encoding="utf-8") as file:
            file.write(f"{name}\n")


def open_and_count(folder: str, start: Event, found: Queue[tuple[list[int], int]]) -> None:
    """Open a store together with others, and tell its versions and how many imports it has."""
    start.wait()
    lake = open_lake(folder, settings().data_path)
    with contextlib.closing(lake.cursor()) as cursor:
        versions = [row[0] for row in cursor.execute("SELECT version FROM schema_version ORDER BY ALL").fetchall()]
        row = cursor.execute("SELECT count(*) FROM import_record").fetchone()
    lake.connection.close()
    found.put((versions, int(row[0]) if row else 0))
