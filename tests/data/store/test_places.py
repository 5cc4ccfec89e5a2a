"""A folder is a store, becomes one, or is refused: no new catalog hides that the old one is gone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from data.engine import start_engine
from data.errors import CatalogDamagedError, CatalogMissingError, FolderTakenError
from data.store.lake import open_lake
from lib.texts.errors import sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def store(city_store: Path, tmp_path: Path) -> Path:
    shutil.copytree(city_store, tmp_path / "gudang")
    return tmp_path / "gudang"


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def remove(catalog: Path) -> None:
    for path in catalog.parent.glob("katalog.sqlite*"):
        path.unlink()


def empty(catalog: Path) -> None:
    catalog.write_bytes(b"")


@pytest.mark.parametrize("lose", [remove, empty])
def test_a_lost_catalog_is_named_and_no_new_one_made(store: Path, lose: Callable[[Path], None]) -> None:
    lose(store / "katalog.sqlite")
    before = files(store)
    with pytest.raises(CatalogMissingError) as refused:
        open_lake(str(store))
    assert (refused.value.tables, refused.value.copies) == (3, 1)
    assert "petadini pulihkan BERKAS --ke FOLDER" in sentence(refused.value)
    assert files(store) == before


def test_an_empty_catalog_beside_copies_is_a_lost_one(store: Path, empty_store: Path) -> None:
    shutil.copy(empty_store / "katalog.sqlite", store / "katalog.sqlite")
    shutil.copy(next((store / "berkas").glob("*.parquet")), store / "berkas" / "dua.parquet")
    open_lake(str(store)).connection.close()  # what was just written may belong to a first import that is running
    long_ago = time.time() - 7200
    for path in (store / "berkas").iterdir():
        os.utime(path, (long_ago, long_ago))
    with pytest.raises(CatalogMissingError):
        open_lake(str(store))


@pytest.mark.parametrize("damage", [lambda content: content[:700], lambda content: b"x" * len(content)])
def test_a_cut_or_foreign_catalog_is_told(store: Path, damage: Callable[[bytes], bytes]) -> None:
    catalog = store / "katalog.sqlite"
    catalog.write_bytes(damage(catalog.read_bytes()))
    with pytest.raises(CatalogDamagedError) as refused:
        open_lake(str(store))
    assert "terpotong atau rusak" in sentence(refused.value)


def test_no_store_is_made_among_other_things(tmp_path: Path) -> None:
    (tmp_path / "surat.docx").write_bytes(b"x")
    with pytest.raises(FolderTakenError) as refused:
        open_lake(str(tmp_path))
    assert "surat.docx" in sentence(refused.value)
    assert files(tmp_path) == {"surat.docx"}


def test_a_first_start_that_was_killed_is_taken_up(tmp_path: Path) -> None:
    open_lake(str(tmp_path)).connection.close()
    (tmp_path / "katalog.sqlite").write_bytes(b"")
    (tmp_path / "lost+found").mkdir()
    with closing(start_engine()) as engine:
        assert open_lake(str(tmp_path), engine=engine).cursor().execute("FROM import_record").fetchall() == []


LOOK = """
import sys
from data.errors import ReadOnlyError
from data.store.lake import open_lake, write
lake = open_lake(sys.argv[1], key=b"k" * 32)
count = lake.cursor().execute("SELECT count(*) FROM current_area").fetchone()
try:
    write(lake, lambda cursor: None, author="a", message="m")
except ReadOnlyError as error:
    from lib.texts.errors import sentence
    print(count, lake.read_only, sentence(error))
"""


def bound_by_modes() -> list[str]:
    """Give what makes file modes bind a command: for root, who may do everything, to lose that right."""
    return ["setpriv", "--bounding-set=-dac_override", "--"] if hasattr(os, "getuid") and os.getuid() == 0 else []


def test_a_store_that_may_only_be_read_is_read(store: Path) -> None:
    for path in (*store.rglob("*"), store):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = files(store)
    command = [*bound_by_modes(), sys.executable, "-c", LOOK, str(store)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.stdout.startswith("(6,) True Gudang data tidak boleh ditulis"), ran.stderr
    assert files(store) == before
