"""Faults: kills, a full disk, a folder that may not be written, several processes; the store stays whole."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import closing, contextmanager
from multiprocessing import forkserver
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pytest

from data.engine import start_engine
from data.errors import LakeError, translated
from data.store import health
from data.store.copies import damaged_copies
from data.store.lake import ALIAS, Lake, open_lake, snapshot_id, write
from data.store.upkeep import leftovers, remove_leftovers
from lib.texts.errors import SENTENCES, filled, sentence
from tests import importers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

# A server that has imported everything gives birth to each process, so that starting costs nothing.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.importers"])
ROUNDS, VICTIMS = 17, 3
LONGEST_LIFE_S = 2.0
ROW_TABLES = {
    "incident": "import_id",
    "station": "import_id",
    "area": "import_id",
    "quarantine": "import_id",
    "duplicate_row": "import_id",
    "location": "row_import_id",
}
PIPE = object()  # stands for the end of the pipe that the process tells into
Worker = tuple["BaseProcess", "Connection"]


@pytest.fixture
def store(city_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the city's store, with a place of its own for what engines spill."""
    shutil.copytree(city_store, tmp_path / "gudang")
    for name in ("berkas-uji", "sementara"):
        (tmp_path / name).mkdir()
    forkserver.ensure_running()  # its socket needs a short path, so before the temporary folder moves
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "sementara"))
    return tmp_path / "gudang"


def start(target: Callable[..., None], *arguments: object) -> Worker:
    here, there = FORKS.Pipe(duplex=False)
    process = FORKS.Process(
        target=target, args=[there if argument is PIPE else argument for argument in arguments], daemon=True
    )
    process.start()
    there.close()
    return process, here


def told(pipe: Connection) -> list[Any]:
    """Read everything that a process has told so far, or until it ended."""
    found = []
    while pipe.poll():
        try:
            found.append(pipe.recv())
        except EOFError:
            break
    return found


@contextmanager
def opened(folder: Path, engine: duckdb.DuckDBPyConnection) -> Iterator[Lake]:
    lake = open_lake(str(folder), engine=engine)
    yield lake
    engine.execute(f"DETACH {ALIAS}")


def records(lake: Lake) -> dict[str, int]:
    with closing(lake.cursor()) as cursor:
        return dict(cursor.execute("SELECT import_id, accepted_count FROM import_record").fetchall())


def strangers(lake: Lake) -> list[tuple[str, str]]:
    """List rows of imports that have no record: what a killed import left in the tables."""
    query = " UNION ALL ".join(
        f"SELECT DISTINCT '{table}', {column} FROM {table} "
        f"WHERE {column} NOT IN (SELECT record.import_id FROM import_record AS record)"
        for table, column in ROW_TABLES.items()
    )
    with closing(lake.cursor()) as cursor:
        return cursor.execute(query).fetchall()


def assert_whole(lake: Lake) -> None:
    with closing(lake.cursor()) as cursor:
        assert (health.broken_rules(cursor), health.lost_rows(cursor)) == ([], [])
    assert (strangers(lake), damaged_copies(lake)) == ([], [])


# Kills


def test_kills_at_any_moment_lose_nothing_and_leave_nothing(store: Path, engine: duckdb.DuckDBPyConnection) -> None:
    chance = np.random.default_rng(20_241_127)
    acknowledged: dict[str, int] = {}
    kills = orphans = 0
    with opened(store, engine) as lake:
        known = records(lake)
    for number in range(ROUNDS):
        work = str(store.parent / "berkas-uji")
        victims = [
            start(importers.import_for_ever, str(store), work, PIPE, 10 * number + victim)
            for victim in range(VICTIMS)
        ]
        for _, pipe in victims:
            assert pipe.recv() == "siap"
        born = time.monotonic()
        for life_s, (process, _) in zip(np.sort(chance.uniform(0, LONGEST_LIFE_S, VICTIMS)), victims, strict=True):
            time.sleep(max(0.0, born + life_s - time.monotonic()))
            assert process.is_alive()
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
            process.join()
            kills += 1
        fresh = {import_id: count for _, pipe in victims for import_id, count in told(pipe)}
        acknowledged |= fresh
        with opened(store, engine) as lake:
            assert_whole(lake)
            now = records(lake)
            assert acknowledged.items() <= now.items()
            # At most the one import that each victim had committed and not told of yet.
            assert len(now.keys() - known.keys() - fresh.keys()) <= VICTIMS
            known = now
            orphans += len(list(remove_leftovers(lake, grace_s=0)))
            assert list(leftovers(lake, grace_s=0)) == []
            assert_whole(lake)
    assert kills == ROUNDS * VICTIMS >= 50
    assert acknowledged
    assert orphans


# Several processes


def test_two_imports_and_a_dashboard_at_once(store: Path, engine: duckdb.DuckDBPyConnection) -> None:
    go, stop = FORKS.Event(), FORKS.Event()
    work = str(store.parent / "berkas-uji")
    workers = [
        start(importers.import_some, str(store), work, PIPE, "tps", go),
        start(importers.import_some, str(store), work, PIPE, "kejadian", go),
    ]
    looker = start(importers.look_until, str(store), PIPE, go, stop)
    for _, pipe in [*workers, looker]:
        assert pipe.recv() == "siap"
    go.set()
    done = []
    for process, pipe in workers:
        messages = []
        while not messages or messages[-1] != "selesai":
            messages.append(pipe.recv())
        process.join()
        done += messages[:-1]
    stop.set()
    seen, faults = looker[1].recv()
    looker[0].join()
    assert [process.exitcode for process, _ in [*workers, looker]] == [0, 0, 0]
    assert faults == []
    assert seen == sorted(seen)
    assert {count for _, count in seen} <= {0, 40, 80, 120}
    with opened(store, engine) as lake:
        assert_whole(lake)
        assert dict(done).items() <= records(lake).items()
        with closing(lake.cursor()) as cursor:
            counted = cursor.execute(
                """SELECT (SELECT count(*) FROM current_incident), (SELECT count(*) FROM current_station),
                (SELECT count(*) FROM quarantine WHERE rule = 'severity'), (SELECT count(*) FROM import_record)"""
            ).fetchone()
    assert counted == (120, 90, 3, 7)


# A full disk


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """Mount a disk of 1.5 MB where that is allowed."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, check=False, capture_output=True).returncode != 0:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)


def fill(store: Path, count: int, limit_bytes: int | None, engine: duckdb.DuckDBPyConnection) -> None:
    """Import until the disk is full; then every acknowledged import is there, and with room it goes on."""
    rescued = store.parent.parent / "diselamatkan"
    work = str(store.parent.parent / "berkas-uji")
    process, pipe = start(importers.import_on_a_small_disk, str(store), work, PIPE, count, limit_bytes)
    messages = [pipe.recv()]
    while len(messages[-1]) == 2:
        messages.append(pipe.recv())
    process.join()
    *done, (_, words) = [message[-2:] for message in messages]
    assert words.startswith("Disk penuh")
    assert "\n" not in words
    shutil.copytree(store, rescued)
    with opened(rescued, engine) as lake:
        assert dict(done).items() <= records(lake).items()
        importers.import_rows(lake, store.parent.parent, "sesudahnya", 3)
        assert_whole(lake)


def test_a_full_disk_is_said_in_words_and_harms_nothing(
    store: Path, engine: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk") as disk:
        if disk is not None:  # elsewhere the limit below has to do
            shutil.copytree(store, disk / "gudang")
            fill(disk / "gudang", importers.LARGE, None, engine)


def test_a_catalog_that_may_not_grow_harms_nothing(
    store: Path, engine: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    shutil.copytree(store, tmp_path / "kuota" / "gudang")
    size = (tmp_path / "kuota" / "gudang" / "katalog.sqlite").stat().st_size
    fill(tmp_path / "kuota" / "gudang", importers.SMALL, size + 4096, engine)


# What the engine or the disk refuses, in words


def test_a_place_where_no_folder_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan folder", encoding="utf-8")
    for address in (tmp_path / "berkas", tmp_path / "berkas" / "gudang", "/proc/petadini"):
        with pytest.raises(LakeError) as refused:
            open_lake(str(address))
        assert refused.value.code == "open"
        assert "PETADINI_LAKE" in sentence(refused.value)


def test_a_query_beyond_the_memory_limit() -> None:
    with closing(start_engine(memory_bytes=20 * 2**20)) as engine:
        engine.execute("SET GLOBAL max_temp_directory_size = '1MB'")
        with pytest.raises(LakeError) as refused, translated():
            engine.execute("CREATE TABLE big AS SELECT md5(range::VARCHAR) AS m FROM range(5_000_000) ORDER BY m")
    assert refused.value.code in {"memory", "disk_full"}
    assert sentence(refused.value).endswith("ulangi.")


def test_a_missing_table_file_is_named(lake: Lake) -> None:
    write(
        lake,
        lambda cursor: cursor.execute("INSERT INTO import_undo VALUES ('i', 'r', 'a', now()::TIMESTAMP)"),
        author="a",
        message="m",
    )
    file = next((lake.folder / "tabel" / "main" / "import_undo").glob("*.parquet"))
    content = file.read_bytes()
    for damage in (file.unlink, lambda: file.write_bytes(b""), lambda: file.write_bytes(content[::-1])):
        damage()
        before = snapshot_id(lake)
        with pytest.raises(LakeError) as refused, translated(), closing(lake.cursor()) as cursor:
            cursor.execute("SELECT * FROM import_undo").fetchall()
        assert refused.value.code == "broken"
        assert file.name in sentence(refused.value)
        assert snapshot_id(lake) == before


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (duckdb.IOException("IO Error: Could not write file: No space left on device"), "disk_full"),
        (duckdb.Error("database or disk is full"), "disk_full"),
        (OSError(28, "No space left on device"), "disk_full"),
        (OSError(27, "File too large"), "disk_full"),
        (duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate"), "memory"),
        (duckdb.Error("attempt to write a readonly database"), "read_only"),
        (duckdb.Error("database disk image is malformed"), "broken"),
        (duckdb.FatalException("FATAL Error: invalidated"), "broken"),
    ],
)
def test_errors_of_engine_and_disk_become_ours(error: Exception, code: str) -> None:
    with pytest.raises(LakeError) as found, translated():
        raise error
    assert found.value.code == code
    assert sentence(found.value) == filled(SENTENCES[type(found.value)], found.value)


def test_a_damaged_file_of_somebody_else_is_not_the_stores_fault(tmp_path: Path) -> None:
    (tmp_path / "kejadian.parquet").write_bytes(b"no table")
    with pytest.raises(duckdb.Error), translated(of_store=False):
        duckdb.read_parquet(str(tmp_path / "kejadian.parquet")).fetchall()


@pytest.mark.parametrize("error", [duckdb.CatalogException("no table"), KeyError("x"), FileNotFoundError(2, "none")])
def test_errors_that_are_ours_to_mend_pass_unchanged(error: Exception) -> None:
    with pytest.raises(type(error)), translated():
        raise error
