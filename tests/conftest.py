"""Stores for tests: real ones, copied from a template because making tables takes the longest."""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
from types import ModuleType
from typing import TYPE_CHECKING

import hypothesis
import pytest
from filelock import FileLock

from data.engine import start_engine
from data.keys import KEY_BYTES, KEY_FILE, seal_key
from data.store.lake import ALIAS, Lake, open_lake
from lib.commands import parser as cli
from lib.intake.boundaries import import_boundaries
from tests import hostile
from tests.city import REGION, write_boundaries
from tests.officers import officer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import duckdb

# A law must hold, however busy the machine is: examples have no deadline.
hypothesis.settings.register_profile("without_deadline", deadline=None)
hypothesis.settings.load_profile("without_deadline")


@pytest.fixture(scope="session", autouse=True)
def private_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep accounts, trail and key of this run in a folder of its own; who looks at a page needs no lock.

    All processes of a run share one key, as they share stores.
    """
    folder = tmp_path_factory.mktemp("rahasia")
    folder.chmod(0o700)
    (folder / KEY_FILE).write_bytes(b"k" * KEY_BYTES)
    (folder / KEY_FILE).chmod(0o600)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PETADINI_RAHASIA", str(folder))
        patch.setenv("PETADINI_TANPA_AKUN", "1")
        yield folder


@pytest.fixture(scope="session")
def key(private_folder: Path) -> bytes:
    """Give the key that seals what the tests write."""
    return seal_key(private_folder)


@pytest.fixture(autouse=True)
def own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget which page a test of pages ran last: a spawned process would run it again as its main module."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


@pytest.fixture(scope="session")
def made_once(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Callable[[str, Callable[[Path], None]], Path]:
    """Give a function that makes a folder once a run: whichever process asks first makes it, the others wait."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def make(name: str, fill: Callable[[Path], None]) -> Path:
        with FileLock(shared / f"{name}.lock"):
            if not (shared / name).exists():
                unfinished = tmp_path_factory.mktemp(name) / "gudang"
                fill(unfinished)
                unfinished.rename(shared / name)
        return shared / name

    return make


@pytest.fixture(scope="session")
def demo_store(made_once: Callable[[str, Callable[[Path], None]], Path], empty_store: Path) -> Path:
    """Make the store that `petadini demo` makes; who writes to it copies it first."""

    def fill(folder: Path) -> None:
        shutil.copytree(empty_store, folder)
        said = io.StringIO()
        with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(said):
            patch.setenv("PETADINI_LAKE", str(folder))
            patch.setenv("PETADINI_PETUGAS", "penguji")
            assert cli.main(["demo"]) == 0
        assert "42" in said.getvalue()

    return made_once("demo", fill)


@pytest.fixture(scope="session")
def hostile_store(
    made_once: Callable[[str, Callable[[Path], None]], Path],
    demo_store: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Make the store of the demo with attacks in every field that people or files fill."""

    def fill(folder: Path) -> None:
        shutil.copytree(demo_store, folder)
        hostile.fill(folder, tmp_path_factory.mktemp("serangan"))

    return made_once("diserang", fill)


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory, key: bytes) -> Path:
    """Make a store without a row."""
    folder = tmp_path_factory.mktemp("kosong") / "gudang"
    open_lake(str(folder), key=key).connection.close()
    return folder


@pytest.fixture(scope="session")
def city_store(empty_store: Path, tmp_path_factory: pytest.TempPathFactory, key: bytes) -> Path:
    """Make a store that holds the boundaries of the made-up city."""
    folder = tmp_path_factory.mktemp("kota")
    shutil.copytree(empty_store, folder / "gudang")
    lake = open_lake(str(folder / "gudang"), key=key)
    import_boundaries(lake, REGION, write_boundaries(folder / "batas.geojson"), actor=officer())
    lake.connection.close()
    return folder / "gudang"


@pytest.fixture(scope="session")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    """Start one DuckDB that tests open their stores in, one after the other: loading extensions takes long."""
    engine = start_engine()
    engine.execute("SET GLOBAL threads = 1")  # for tables as small as these more threads only wait for each other
    yield engine
    engine.close()


@pytest.fixture
def open_copy(engine: duckdb.DuckDBPyConnection, tmp_path: Path, key: bytes) -> Iterator[Callable[[Path], Lake]]:
    """Give a function that opens a copy of a store for one test."""
    opened: list[Lake] = []

    def open_one(store: Path) -> Lake:
        shutil.copytree(store, tmp_path / "gudang")
        opened.append(open_lake(str(tmp_path / "gudang"), engine=engine, key=key))
        return opened[-1]

    yield open_one
    for lake in opened:
        lake.connection.execute(f"DETACH {ALIAS}")


@pytest.fixture
def lake(empty_store: Path, open_copy: Callable[[Path], Lake]) -> Lake:
    """Open a store without a row."""
    return open_copy(empty_store)


@pytest.fixture
def city(city_store: Path, open_copy: Callable[[Path], Lake]) -> Lake:
    """Open a store that holds the boundaries of the made-up city."""
    return open_copy(city_store)
