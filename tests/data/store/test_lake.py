"""The lake: whole transactions or nothing, one writer at a time, many readers, and a store that survives kills."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import threading
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import duckdb
import pytest

from data.errors import LakeError
from data.store import health, queries
from data.store.lake import SCHEMA_VERSION, Lake, open_lake, snapshot_id, write
from tests.writers import activate, activation_count, read_until, write_for_ever, write_many

if TYPE_CHECKING:
    from multiprocessing.queues import Queue
    from pathlib import Path

SPAWN = multiprocessing.get_context("spawn")


def rows(lake: Lake, query: str) -> list[tuple[object, ...]]:
    with contextlib.closing(lake.cursor()) as cursor:
        return cursor.execute(query).fetchall()


# One process


def test_every_write_makes_one_newer_snapshot(lake: Lake) -> None:
    seen = [snapshot_id(lake)]
    for _ in range(3):
        activate(lake)
        seen.append(snapshot_id(lake))
    assert [later - earlier for earlier, later in pairwise(seen)] == [1, 1, 1]


def test_commit_carries_author_and_message(lake: Lake) -> None:
    activate(lake)
    last = rows(lake, "SELECT author, commit_message FROM ducklake_snapshots('lake') ORDER BY snapshot_id")[-1]
    assert last == ("penguji", "uji")


def test_a_failing_change_leaves_nothing_behind(lake: Lake) -> None:
    before = snapshot_id(lake)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute("INSERT INTO region_activation VALUES ('19.99', now()::TIMESTAMP, 'x')")
        cursor.execute("INSERT INTO import_undo VALUES ('i', 'r', 'a', now()::TIMESTAMP)")
        raise KeyError("half-way")

    with pytest.raises(KeyError):
        write(lake, change, author="penguji", message="uji")
    assert (snapshot_id(lake), activation_count(lake)) == (before, 0)
    assert rows(lake, "SELECT * FROM import_undo") == []
    activate(lake)
    assert activation_count(lake) == 1


def test_a_cursor_that_was_lent_is_usable_after_a_failure(lake: Lake) -> None:
    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute("INSERT INTO region_activation VALUES ('19.99', now()::TIMESTAMP, 'x')")
        raise KeyError("half-way")

    with contextlib.closing(lake.cursor()) as cursor:
        cursor.execute("CREATE TEMP TABLE staged AS SELECT 1 AS n")
        with pytest.raises(KeyError):
            write(lake, change, author="penguji", message="uji", cursor=cursor)
        assert cursor.execute("SELECT count(*) FROM region_activation").fetchone() == (0,)
        write(lake, lambda hand: hand.execute("SELECT n FROM staged"), author="a", message="m", cursor=cursor)


def test_wrong_sql_is_raised_at_once_and_leaves_nothing(lake: Lake) -> None:
    calls = []

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        calls.append(1)
        cursor.execute("INSERT INTO region_activation VALUES ('19.99', now()::TIMESTAMP, 'x')")
        cursor.execute("INSERT INTO no_such_table VALUES (1)")

    with pytest.raises(duckdb.CatalogException):
        write(lake, change, author="penguji", message="uji")
    assert (len(calls), activation_count(lake)) == (1, 0)


def record(import_id: str, kind: str, row_count: int, *, accepted: int, quarantined: int = 0) -> str:
    return (
        "INSERT INTO import_record (import_id, region_code, kind, row_count, accepted_count, quarantined_count, "
        "duplicate_count, rows_hash, simulated, recorded_at) "
        f"VALUES ('{import_id}', '19.99', '{kind}', {row_count}, {accepted}, {quarantined}, 0, 0, false, "
        "now()::TIMESTAMP)"
    )


def station(line_number: int) -> str:
    return (
        "INSERT INTO station (import_id, line_number, region_code, election_code, stated_area_code, "
        f"station_number) VALUES ('i', {line_number}, '19.99', 'p', '19.99.01.1001', '001')"
    )


AREA = "INSERT INTO area (import_id, region_code, area_code) VALUES ('i', '19.99', '19.99.01.1001')"
INCIDENT = "INSERT INTO incident (import_id, line_number, region_code) VALUES ('i', {}, '19.99')"
ENTRY = (
    "INSERT INTO verification_entry VALUES ('e', '19.99', 'i', 2, 'terverifikasi', NULL, NULL, 'r', 'a', "
    "DATE '2024-11-01', now()::TIMESTAMP)"
)
DECISION = "INSERT INTO event_decision VALUES ('d', '19.99', 'satu', 'r', 'a', DATE '2024-11-01', now()::TIMESTAMP)"
MEMBER = "INSERT INTO event_decision_member VALUES ('d', 'i', 2)"
LOCATION = (
    "INSERT INTO location (boundary_import_id, row_import_id, line_number, kind) VALUES ('b', 'i', 2, 'incident')"
)
WRONG_ROWS = {
    "verification_rows": [ENTRY],
    "event_members": [record("i", "incident", 1, accepted=1), INCIDENT.format(2), DECISION, MEMBER],
    "import_counts": [record("i", "incident", 3, accepted=0, quarantined=1)],
    "import_rows": [record("i", "incident", 2, accepted=2)],
    # One file that two processes took in at the same moment.
    "rows_once": [
        record("i", "incident", 1, accepted=1),
        record("j", "incident", 1, accepted=1),
        "INSERT INTO incident (import_id, line_number, region_code, row_hash) VALUES ('i', 2, '19.99', 7)",
        "INSERT INTO incident (import_id, line_number, region_code, row_hash) VALUES ('j', 2, '19.99', 7)",
    ],
    "areas_once": [AREA, AREA],
    "stations_once": [record("i", "station", 2, accepted=2), station(2), station(3)],
    "locations_complete": [
        record("b", "area", 0, accepted=0),
        record("i", "incident", 1, accepted=1),
        INCIDENT.format(2),
    ],
    "issues_rows": [
        "INSERT INTO issue (issue_id, region_code, kind, row_count) VALUES ('i', '19.99', 'ramalan', 2)",
        "INSERT INTO forecast_row (issue_id, region_code) VALUES ('i', '19.99')",
    ],
    # Nobody confirms what he proposed himself.
    "proposals": [
        """INSERT INTO proposal VALUES ('i', '19.99', 'batal_impor', 'x', '{}', 'r', 'a', now()::TIMESTAMP)""",
        """INSERT INTO proposal_decision VALUES ('i', 'setuju', 'r', 'a', now()::TIMESTAMP)""",
    ],
    # A content that is about another election than the entry's own.
    "election_entries": [
        """INSERT INTO election_entry
        VALUES ('e', '19.99', 'psu', 'code = "pilkada"', false, 'r', 'a', DATE '2024-11-01', now()::TIMESTAMP)"""
    ],
}
LOCATED_TWICE = [
    record("b", "area", 0, accepted=0),
    record("i", "incident", 2, accepted=2),
    INCIDENT.format(2),
    INCIDENT.format(3),
    LOCATION,
    LOCATION,
]


def test_every_check_has_a_wrong_row_here() -> None:
    assert {file.stem for file in health.CHECKS.glob("*.sql")} == set(WRONG_ROWS)


@pytest.mark.parametrize(("check", "statements"), [*WRONG_ROWS.items(), ("locations_complete", LOCATED_TWICE)])
def test_a_check_that_finds_a_row_refuses_the_commit(lake: Lake, check: str, statements: list[str]) -> None:
    before = snapshot_id(lake)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        for statement in statements:
            cursor.execute(statement)

    with pytest.raises(LakeError) as refused:
        write(lake, change, author="penguji", message="uji")
    assert (refused.value.code, refused.value.facts["check"]) == ("check", check)
    assert "'i'" in str(refused.value.facts["row"]) or "'19.99'" in str(refused.value.facts["row"])
    assert snapshot_id(lake) == before
    assert rows(lake, "SELECT * FROM import_record") == []


def test_threads_with_a_cursor_each_read_while_one_writes(lake: Lake) -> None:
    wrong: list[object] = []
    stop = threading.Event()

    def read() -> None:
        last = 0
        while not stop.is_set():
            seen = activation_count(lake)
            if seen < last:
                wrong.append((last, seen))
            last = seen
            time.sleep(0.01)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(3):
        activate(lake)
    stop.set()
    for reader in readers:
        reader.join()
    assert (wrong, activation_count(lake)) == ([], 3)


def test_threads_that_write_wait_for_each_other(lake: Lake) -> None:
    writers = [threading.Thread(target=activate, args=(lake,)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert activation_count(lake) == 4


def test_an_overtaken_change_is_tried_again_as_a_whole(lake: Lake) -> None:
    attempts = []
    with contextlib.closing(open_lake(str(lake.folder)).connection) as other:

        def change(cursor: duckdb.DuckDBPyConnection) -> None:
            attempts.append(1)
            cursor.execute("CREATE OR REPLACE TEMP TABLE scratch AS SELECT 1 AS n")
            cursor.execute("INSERT INTO region_activation VALUES ('19.99', now()::TIMESTAMP, 'x')")
            if len(attempts) == 1:  # behind the lock's back
                other.execute("ALTER TABLE lake.region_activation ADD COLUMN note VARCHAR")
                other.execute("ALTER TABLE lake.region_activation DROP COLUMN note")

        write(lake, change, author="penguji", message="uji")
    assert (len(attempts), activation_count(lake)) == (2, 1)


def test_a_change_overtaken_every_time_is_given_up(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.store.lake.ATTEMPTS", 2)
    with contextlib.closing(open_lake(str(lake.folder)).connection) as other:

        def change(cursor: duckdb.DuckDBPyConnection) -> None:
            cursor.execute("INSERT INTO region_activation VALUES ('19.99', now()::TIMESTAMP, 'x')")
            other.execute("ALTER TABLE lake.region_activation ADD COLUMN note VARCHAR")
            other.execute("ALTER TABLE lake.region_activation DROP COLUMN note")

        with pytest.raises(LakeError) as refused:
            write(lake, change, author="penguji", message="uji")
    assert (refused.value.code, refused.value.facts) == ("commit", {"attempts": 2})
    assert activation_count(lake) == 0


def test_waits_only_so_long_for_the_lock(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.store.lake.LOCK_TIMEOUT_S", 0.1)
    begun, done = threading.Event(), threading.Event()

    def change(_: duckdb.DuckDBPyConnection) -> None:
        begun.set()
        done.wait()

    holder = threading.Thread(target=write, args=(lake, change), kwargs={"author": "penguji", "message": "uji"})
    holder.start()
    begun.wait()
    with pytest.raises(LakeError) as refused:
        activate(lake)
    done.set()
    holder.join()
    assert refused.value.code == "busy"


# Opening


def test_a_moved_folder_still_opens(empty_store: Path, tmp_path: Path) -> None:
    shutil.copytree(empty_store, tmp_path / "gudang")
    before = open_lake(str(tmp_path / "gudang"))
    activate(before)
    before.connection.close()
    moved = shutil.move(tmp_path / "gudang", tmp_path / "di tempat lain, 'dipindah'")
    again = open_lake(str(moved))
    with contextlib.closing(again.connection):
        activate(again, "19.98")
        assert (activation_count(again), queries.prepared_regions(again)) == (2, ["19.99", "19.98"])
    assert not (tmp_path / "gudang").exists()


def test_refuses_a_store_of_another_version(lake: Lake) -> None:
    with contextlib.closing(lake.cursor()) as cursor:
        cursor.execute("INSERT INTO schema_version VALUES (99, now()::TIMESTAMP)")
    with pytest.raises(LakeError) as refused:
        open_lake(str(lake.folder))
    assert (refused.value.code, refused.value.facts) == ("schema", {"found": 99, "expected": SCHEMA_VERSION})


def test_refuses_what_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "katalog.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(LakeError) as refused:
        open_lake(str(tmp_path))
    assert refused.value.code == "catalog_damaged"


def test_a_shared_catalog_needs_a_place_for_its_files() -> None:
    with pytest.raises(LakeError) as refused:
        open_lake("ducklake:postgres:dbname=petadini")
    assert refused.value.code == "data_path"


# Several processes


def test_two_writing_processes_lose_nothing_and_a_third_sees_it(lake: Lake) -> None:
    count = 4
    seen: Queue[list[tuple[int, int]]] = SPAWN.Queue()
    folder, ready = str(lake.folder), SPAWN.Event()
    workers = [SPAWN.Process(target=read_until, args=(folder, 2 * count, ready, seen))]
    workers += [SPAWN.Process(target=write_many, args=(folder, code, count, ready)) for code in ("19.97", "19.98")]
    for worker in workers:
        worker.start()
    found = seen.get()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert found == sorted(found)
    assert (found[0][1], found[-1][1]) == (0, 2 * count)
    assert found[-1][0] > found[0][0]
    assert rows(lake, "SELECT region_code, count(*) FROM region_activation GROUP BY ALL ORDER BY ALL") == [
        ("19.97", count),
        ("19.98", count),
    ]


def test_a_killed_writer_leaves_the_store_whole(lake: Lake, tmp_path: Path) -> None:
    acknowledged = tmp_path / "sudah.txt"
    acknowledged.touch()
    for wait_s in (0.0, 0.05, 0.1):
        size = acknowledged.stat().st_size
        victim = SPAWN.Process(target=write_for_ever, args=(str(lake.folder), str(acknowledged)))
        victim.start()
        while acknowledged.stat().st_size == size:
            assert victim.exitcode is None
            time.sleep(0.01)
        time.sleep(wait_s)
        assert victim.pid is not None
        os.kill(victim.pid, signal.SIGKILL)
        victim.join()
    activate(lake)
    pairs = rows(
        lake,
        "SELECT region_activation.region_code, import_undo.import_id FROM region_activation "
        "FULL JOIN import_undo ON import_id = region_code WHERE region_code <> '19.99'",
    )
    assert all(left == right for left, right in pairs)
    assert set(acknowledged.read_text().split()) <= {left for left, _ in pairs}
    with contextlib.closing(open_lake(str(lake.folder)).connection) as again:
        again.execute("USE lake")
        assert health.broken_rules(again) == []
