"""The files of a shared store: in an object store or a folder, and through a backup to either kind of store."""

from __future__ import annotations

import multiprocessing
import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import duckdb
import pytest

from data import engine, errors
from data.store.attaching import ALIAS
from data.store.backup import back_up, restore
from data.store.catalog import table_states
from data.store.copies import copy_place, damaged_copies
from data.store.lake import open_at, open_lake, snapshots
from data.store.objects import ObjectAccess, objects_under
from data.store.shared_restore import restore_shared
from data.store.upkeep import leftovers, merge_files
from lib.commands import parser as cli
from lib.settings import settings
from lib.texts.errors import sentence
from tests.importers import SMALL, import_rows, import_same
from tests.server.test_shared_store import run_together, sound

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store.lake import Lake
    from tests.server.conftest import Shared

pytestmark = pytest.mark.server
SPAWN = multiprocessing.get_context("spawn")


def states(lake: Lake) -> list[object]:
    with closing(lake.cursor()) as cursor:
        return list(table_states(cursor, ALIAS))


def test_an_object_store_holds_tables_and_copies_and_no_folder_is_made_of_its_address(
    bucket: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    start = SPAWN.Event()
    heard = run_together([(import_same, (bucket.address, str(tmp_path), name, start)) for name in ("kiri", "kanan")])
    start.set()
    assert sorted(told.recv() for told in heard) == [(0, 40), (40, 0)]
    lake = bucket.open()
    assert sound(lake)
    assert damaged_copies(lake) == []
    with closing(lake.cursor()) as cursor:
        names = [str(name) for (name,) in cursor.execute("SELECT file_copy FROM import_record").fetchall()]
        assert len(names) == 3
        assert {copy_place(lake, name) for name in names} <= objects_under(cursor, bucket.data_path)
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith("s3:")]
    lake.connection.close()
    assert cli.main(["periksa"]) == 0
    assert "sangat-rahasia" not in capsys.readouterr().out


def test_a_backup_of_a_bucket_becomes_a_folder_and_a_shared_store_with_every_state(
    bucket: Shared, tmp_path: Path, new_database: Callable[..., str]
) -> None:
    lake = bucket.open()
    import_rows(lake, tmp_path, "a", SMALL)
    known, history = states(lake), snapshots(lake)
    archive = tmp_path / "cadangan.zip"
    back_up(lake, archive)
    import_rows(lake, tmp_path, "b", SMALL)  # after the backup: not in it
    lake.connection.close()

    restore(archive, tmp_path / "gudang")
    alone = open_lake(str(tmp_path / "gudang"))
    assert (states(alone), snapshots(alone), sound(alone)) == (known, history, True)
    assert damaged_copies(alone) == []
    first = open_at(alone, history[0].number)
    with closing(first.cursor()) as cursor:
        assert cursor.execute("SELECT count(*) FROM import_record").fetchone() == (0,)
    alone.connection.close()

    address = f"{bucket.address.partition('dbname=')[0]}{new_database().partition('user=petadini ')[2]}"
    for data_path in (f"{bucket.data_path}-baru", str(tmp_path / "bersama")):
        restore_shared(archive, address, data_path, objects=settings().objects)
        again = open_lake(address, data_path, objects=settings().objects)
        assert (states(again), snapshots(again), sound(again)) == (known, history, True)
        assert damaged_copies(again) == []
        assert import_rows(again, tmp_path, "c", SMALL).counts.accepted == SMALL
        again.connection.close()
        with pytest.raises(errors.RestoreTargetError):
            restore_shared(archive, address, data_path, objects=settings().objects)
        address = f"{bucket.address.partition('dbname=')[0]}{new_database().partition('user=petadini ')[2]}"


def test_copies_beside_the_tables_of_a_shared_folder_are_no_leftovers(city: Shared, tmp_path: Path) -> None:
    lake = city.open()
    import_rows(lake, tmp_path, "a", SMALL)
    assert merge_files(lake, most_files=1) >= 0
    assert list(leftovers(lake, grace_s=0).copies) == []
    assert [path for path in leftovers(lake, grace_s=0).table_files if path.is_relative_to(lake.file_copies)] == []
    shutil.copy(next(lake.file_copies.glob("*.parquet")), lake.file_copies / "asing.parquet")
    assert [path.name for path in leftovers(lake, grace_s=0).copies] == ["asing.parquet"]
    lake.connection.close()


def test_an_object_store_that_does_not_answer_is_told_in_a_sentence_without_its_secret(nothing: Shared) -> None:
    access = ObjectAccess("kunci", "sangat-rahasia", "http://127.0.0.1:1")
    assert "sangat-rahasia" not in repr(access)
    with pytest.raises(errors.UnreachableError) as refused:
        open_lake(nothing.address, "s3://gudang/x", objects=access)
    assert "PETADINI_S3_" in sentence(refused.value)
    assert "sangat-rahasia" not in sentence(refused.value)


def test_a_missing_extension_names_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started, offline = engine.start_engine(), duckdb.connect()
    offline.execute(f"SET extension_directory = '{tmp_path}'")
    offline.execute("SET custom_extension_repository = 'http://127.0.0.1:1'")
    monkeypatch.setattr(engine.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(engine.duckdb, "connect", lambda: offline)
    with pytest.raises(errors.ServerPartError) as refused:
        engine.load_extension(started, "httpfs")
    assert "“httpfs”" in sentence(refused.value)
    assert "make siap-server" in sentence(refused.value)
