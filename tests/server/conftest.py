"""A real PostgreSQL of Debian's packages, started for the tests in a folder that goes with them."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from data.store.lake import open_lake
from data.store.shared_lock import SHARED
from lib.intake.boundaries import import_boundaries
from lib.settings import settings
from tests.city import REGION, write_boundaries
from tests.officers import officer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from data.store.lake import Lake

ROOT = Path(__file__).parents[2]
SERVICE_USER = "postgres"  # PostgreSQL refuses to run as root
QUICK = "-c listen_addresses='' -c unix_socket_directories='{folder}' -c max_connections=60 -F"


@dataclass(frozen=True)
class Shared:
    """A shared store for one test: its address and the place of its files."""

    address: str
    data_path: str

    @property
    def database(self) -> str:
        """Give the connection string of the catalog's database."""
        return self.address.removeprefix(SHARED)

    def open(self) -> Lake:
        return open_lake(self.address, self.data_path, objects=settings().objects)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start PostgreSQL and give its connection string, without a database."""
    programs = [*sorted(Path("/usr/lib/postgresql").glob("*/bin")), *map(Path, os.get_exec_path())]
    found = next((path for path in reversed(programs) if (path / "initdb").exists()), None)
    if found is None:
        reason = "no PostgreSQL found: install it (apt install postgresql)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="petadini-pg-"))
    run = []
    if os.getuid() == 0:
        run = ["runuser", "-u", SERVICE_USER, "--"]
        os.chown(folder, pwd.getpwnam(SERVICE_USER).pw_uid, -1)
    data, log = folder / "data", folder / "log"
    controlled = [found / "pg_ctl", "-D", data, "-w"]

    def quietly(*command: object) -> None:
        subprocess.run([*run, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    try:
        quietly(found / "initdb", "-D", data, "-A", "trust", "-U", "petadini", "-N")
        quietly(*controlled, "-l", log, "-o", QUICK.format(folder=folder), "start")
        try:
            yield f"host={folder} user=petadini"
        finally:
            quietly(*controlled, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def new_database(postgres: str) -> Callable[..., str]:
    """Give a function that makes a database, by default an empty one, and gives its connection string."""

    def make(template: str = "template0") -> str:
        name = f"uji_{secrets.token_hex(4)}"
        with psycopg.connect(f"{postgres} dbname=postgres", autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return f"{postgres} dbname={name}"

    return make


@pytest.fixture
def nothing(new_database: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shared:
    """Name a shared store that nobody has opened yet; processes started from here know it by the environment."""
    return _named(Shared(f"{SHARED}{new_database()}", str(tmp_path / "tabel")), monkeypatch)


@pytest.fixture(scope="session")
def city_database(new_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """Make a shared store that holds the boundaries of the made-up city."""
    folder = tmp_path_factory.mktemp("kota-bersama")
    made = Shared(f"{SHARED}{new_database()}", str(folder / "tabel"))
    lake = made.open()
    import_boundaries(lake, REGION, write_boundaries(folder / "batas.geojson"), actor=officer())
    lake.connection.close()
    return made


@pytest.fixture
def city(
    city_database: Shared, new_database: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Shared:
    """Copy that store for one test."""
    shutil.copytree(city_database.data_path, tmp_path / "tabel")
    copy = new_database(city_database.database.rsplit("=", 1)[1])
    return _named(Shared(f"{SHARED}{copy}", str(tmp_path / "tabel")), monkeypatch)


@pytest.fixture(scope="session")
def object_store() -> Iterator[str]:
    """Start the stand-in for an object store, with a bucket ``gudang``, and give its address."""
    program = ROOT / ".venv-s3" / "bin" / "moto_server"
    if not program.exists():
        reason = "no object store found: make it (.ci/siapkan-s3)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [program, "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _make_bucket(address)
        yield address
    finally:
        server.terminate()
        server.wait()


@pytest.fixture
def bucket(object_store: str, nothing: Shared, monkeypatch: pytest.MonkeyPatch) -> Shared:
    """Make a shared store whose files lie in the object store, with the boundaries of the made-up city."""
    monkeypatch.setenv("PETADINI_S3_ALAMAT", object_store)
    monkeypatch.setenv("PETADINI_S3_KUNCI", "kunci")
    monkeypatch.setenv("PETADINI_S3_RAHASIA", "sangat-rahasia")
    made = _named(Shared(nothing.address, f"s3://gudang/{secrets.token_hex(4)}"), monkeypatch)
    folder = Path(nothing.data_path).parent
    lake = made.open()
    import_boundaries(lake, REGION, write_boundaries(folder / "batas.geojson"), actor=officer())
    lake.connection.close()
    return made


def _make_bucket(address: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(urllib.request.Request(f"{address}/gudang", method="PUT"), timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the object store did not start")


def _named(store: Shared, monkeypatch: pytest.MonkeyPatch) -> Shared:
    monkeypatch.setenv("PETADINI_LAKE", store.address)
    monkeypatch.setenv("PETADINI_DATA_PATH", store.data_path)
    return store
