"""Stores for tests: real ones, copied from a template because making tables takes the longest."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from data.lake import Lake, open_lake
from lib import intake
from tests.city import REGION, write_boundaries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store without a row."""
    folder = tmp_path_factory.mktemp("kosong") / "gudang"
    open_lake(str(folder)).connection.close()
    return folder


@pytest.fixture(scope="session")
def city_store(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store that holds the boundaries of the made-up city."""
    folder = tmp_path_factory.mktemp("kota")
    shutil.copytree(empty_store, folder / "gudang")
    lake = open_lake(str(folder / "gudang"))
    intake.import_boundaries(lake, REGION, write_boundaries(folder / "batas.geojson"), actor="penguji")
    lake.connection.close()
    return folder / "gudang"


@pytest.fixture
def lake(empty_store: Path, tmp_path: Path) -> Iterator[Lake]:
    """Open a store without a row."""
    yield from _copy(empty_store, tmp_path)


@pytest.fixture
def city(city_store: Path, tmp_path: Path) -> Iterator[Lake]:
    """Open a store that holds the boundaries of the made-up city."""
    yield from _copy(city_store, tmp_path)


def _copy(store: Path, folder: Path) -> Iterator[Lake]:
    shutil.copytree(store, folder / "gudang")
    lake = open_lake(str(folder / "gudang"))
    yield lake
    lake.connection.close()
