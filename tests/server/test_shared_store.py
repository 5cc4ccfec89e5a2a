"""A store that several machines share: one writer at a time, whoever dies, and no row twice."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest

from data.errors import BusyError, LockLostError, OpenError
from data.store import health
from data.store import lake as lake_module
from data.store.lake import open_lake, write, writing
from data.store.shared_lock import SHARED, without_secrets
from tests.importers import FILES, import_for_ever, import_same, import_some, look_until
from tests.writers import activate, activation_count, open_and_count, write_for_ever

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path

    import duckdb

    from data.store.lake import Lake
    from tests.server.conftest import Shared

pytestmark = pytest.mark.server
SPAWN = multiprocessing.get_context("spawn")
HOLDERS = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted"


def run_together(workers: list[tuple[Callable[..., None], tuple[object, ...]]]) -> list[Connection]:
    """Start processes that tell what they do, and wait until each is ready."""
    heard = []
    for work, arguments in workers:
        ours, theirs = SPAWN.Pipe()
        SPAWN.Process(target=work, args=(*arguments[:2], theirs, *arguments[2:]), daemon=True).start()
        heard.append(ours)
    for told in heard:
        assert told.recv() == "siap"
    return heard


def sound(lake: Lake) -> bool:
    with closing(lake.cursor()) as cursor:
        return health.broken_rules(cursor) == [] and health.lost_rows(cursor) == []


def count(lake: Lake, table: str) -> int:
    with closing(lake.cursor()) as cursor:
        row = cursor.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def test_three_first_starts_at_once_make_the_tables_once(nothing: Shared) -> None:
    start, found = SPAWN.Event(), SPAWN.Queue()
    workers = [SPAWN.Process(target=open_and_count, args=(nothing.address, start, found)) for _ in range(3)]
    for worker in workers:
        worker.start()
    start.set()
    told = [found.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join()
    assert told == [([lake_module.SCHEMA_VERSION], 0)] * 3
    assert [worker.exitcode for worker in workers] == [0, 0, 0]


def test_different_files_at_once_all_come_in_and_a_reader_sees_whole_states(city: Shared, tmp_path: Path) -> None:
    start, stop = SPAWN.Event(), SPAWN.Event()
    ours, theirs = SPAWN.Pipe()
    reader = SPAWN.Process(target=look_until, args=(city.address, theirs, start, stop), daemon=True)
    reader.start()
    assert ours.recv() == "siap"
    heard = run_together([(import_some, (city.address, str(tmp_path), name, start)) for name in ("a", "tps")])
    start.set()
    accepted = {told: [told.recv()[1] for _ in range(FILES)] for told in heard}
    assert [told.recv() for told in heard] == ["selesai"] * 2
    stop.set()
    seen, faults = ours.recv()
    lake = city.open()
    assert faults == []
    assert [listed for _, listed in seen] == sorted(listed for _, listed in seen)
    assert count(lake, "incident") + count(lake, "station") == sum(map(sum, accepted.values())) > 0
    assert sound(lake)
    lake.connection.close()


def test_the_same_file_twice_at_once_is_one_import_and_duplicates(city: Shared, tmp_path: Path) -> None:
    start = SPAWN.Event()
    heard = run_together([(import_same, (city.address, str(tmp_path), name, start)) for name in ("kiri", "kanan")])
    start.set()
    results = sorted(told.recv() for told in heard)
    assert results == [(0, 40), (40, 0)]  # accepted, duplicate
    lake = city.open()
    assert (count(lake, "incident"), count(lake, "duplicate_row")) == (40, 40)
    assert sound(lake)
    lake.connection.close()


def test_who_waits_too_long_for_the_lock_is_told_so(nothing: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    lake = nothing.open()
    monkeypatch.setattr(lake_module, "LOCK_TIMEOUT_S", 0.2)
    with writing(lake), pytest.raises(BusyError) as refused:
        activate(nothing.open())
    assert refused.value.seconds == 0.2
    activate(lake)
    assert activation_count(lake) == 1
    lake.connection.close()


def test_a_lock_that_went_with_its_connection_stops_the_commit(nothing: Shared) -> None:
    lake = nothing.open()

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute("INSERT INTO region_activation VALUES ('19.99', now()::TIMESTAMP, 'x')")
        with psycopg.connect(nothing.database, autocommit=True) as server:
            server.execute(f"SELECT pg_terminate_backend(pid) FROM ({HOLDERS}) AS holder")

    with pytest.raises(LockLostError):
        write(lake, change, author="penguji", message="uji")
    assert activation_count(lake) == 0
    activate(lake)
    assert activation_count(lake) == 1
    lake.connection.close()


def test_a_killed_writer_frees_the_lock_and_leaves_whole_pairs(nothing: Shared, tmp_path: Path) -> None:
    nothing.open().connection.close()
    acknowledged = tmp_path / "diakui.txt"
    for _ in range(2):
        victim = SPAWN.Process(target=write_for_ever, args=(nothing.address, str(acknowledged)))
        before = acknowledged.stat().st_size if acknowledged.exists() else 0
        victim.start()
        while not acknowledged.exists() or acknowledged.stat().st_size == before:
            assert victim.is_alive()
            time.sleep(0.05)
        os.kill(victim.pid or 0, signal.SIGKILL)
        victim.join()
    lake = nothing.open()
    activate(lake)  # waits for nobody: the server let go of the lock
    with closing(lake.cursor()) as cursor:
        pairs = cursor.execute(
            """SELECT region_code, import_id FROM (SELECT region_code FROM region_activation WHERE actor = 'x')
            FULL JOIN import_undo ON import_id = region_code"""
        ).fetchall()
    assert all(one == other for one, other in pairs)
    assert set(acknowledged.read_text(encoding="utf-8").split()) <= {one for one, _ in pairs}
    lake.connection.close()


def test_an_import_killed_in_the_middle_leaves_a_sound_store(city: Shared, tmp_path: Path) -> None:
    ours, theirs = SPAWN.Pipe()
    victim = SPAWN.Process(target=import_for_ever, args=(city.address, str(tmp_path), theirs, 1), daemon=True)
    victim.start()
    assert ours.recv() == "siap"
    acknowledged = {ours.recv()[0]}
    time.sleep(0.3)
    os.kill(victim.pid or 0, signal.SIGKILL)
    victim.join()
    with contextlib.suppress(EOFError):
        while ours.poll():
            acknowledged.add(ours.recv()[0])
    lake = city.open()
    with closing(lake.cursor()) as cursor:
        kept = {import_id for (import_id,) in cursor.execute("SELECT import_id FROM import_record").fetchall()}
    assert acknowledged <= kept
    assert sound(lake)
    lake.connection.close()


def test_a_server_that_does_not_answer_is_told_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(OpenError) as refused:
        open_lake(f"{SHARED}host={tmp_path} user=petadini password=rahasia", str(tmp_path / "tabel"))
    assert "rahasia" not in str(refused.value)
    assert "password=…" in refused.value.address


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("host=a password=rahasia dbname=b", "host=a password=… dbname=b"),
        ("password = 'rahasia \\' besar' dbname=b", "password = … dbname=b"),
        ("postgresql://budi:rahasia@a/b", "postgresql://budi:…@a/b"),
        ("postgresql://budi@a/b", "postgresql://budi@a/b"),
    ],
)
def test_addresses_are_shown_without_their_passwords(address: str, shown: str) -> None:
    assert without_secrets(address) == shown
