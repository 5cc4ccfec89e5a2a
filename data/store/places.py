"""Where the parts of a store lie in its folder; whether that is one, may become one, or lost its catalog."""

from __future__ import annotations

import atexit
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from data.engine import SPILL_PREFIX
from data.errors import CatalogDamagedError, CatalogMissingError, FolderTakenError

CATALOG = "katalog.sqlite"
LOCK = "katalog.lock"
TABLE_FOLDER = "tabel"
COPY_FOLDER = "berkas"
BIN_FOLDER = "tong"
# A file younger than this may belong to an import that is running.
GRACE_S = 3600.0
LOST_COPIES = 2  # beside an empty catalog; a single one may be of a first import that was killed
SIDES = ("-wal", "-shm", "-journal")
OF_DISK = {"lost+found"}  # what a fresh disk holds by itself
FIRST_TABLE = "schema_version"  # written before the catalog that names it: a killed first start leaves it


def ready(folder: Path, now: float) -> bool:
    """Tell whether a folder holds a store that can be opened; False where one may be made.

    `now` is in seconds since 1970, as the times of files are.

    Raises
    ------
    CatalogMissingError
        When tables or copies lie there and no catalog knows them: a new catalog would hide that they are lost.
    CatalogDamagedError
        When the catalog is no database.
    FolderTakenError
        When the folder holds other things than a store.
    """
    catalog = folder / CATALOG
    files, made = _catalogued(catalog) if catalog.is_file() and catalog.stat().st_size else (0, False)
    if made and files > 1:
        return True
    tables, copies = remains(folder, oldest=now - GRACE_S if made else None)
    if copies >= LOST_COPIES or (tables and not made):
        raise CatalogMissingError(folder=str(folder), tables=tables, copies=copies)
    if made:
        return True
    if copies:
        raise CatalogMissingError(folder=str(folder), tables=tables, copies=copies)
    own = {CATALOG, LOCK, TABLE_FOLDER, COPY_FOLDER, BIN_FOLDER, *(CATALOG + side for side in SIDES)} | OF_DISK
    others = sorted(path.name for path in _inside(folder) if path.name not in own and not path.name.startswith("."))
    if others:
        raise FolderTakenError(folder=str(folder), holds=tuple(others[:3]))
    return False


def remains(folder: Path, *, oldest: float | None = None) -> tuple[int, int]:
    """Count table files and file copies, if given those that nobody has touched since; of a first start none."""
    newest = float("inf") if oldest is None else oldest
    tables = [
        path
        for path in (folder / TABLE_FOLDER).rglob("*.parquet")
        if path.parent.name != FIRST_TABLE and path.stat().st_mtime <= newest
    ]
    copies = [path for path in _inside(folder / COPY_FOLDER) if path.stat().st_mtime <= newest]
    return len(tables), len([path for path in copies if path.suffix != ".json"])


def may_write(folder: Path) -> bool:
    """Tell whether the store of a folder may be written, as far as the system says beforehand."""
    return os.access(folder, os.W_OK) and os.access(folder / CATALOG, os.W_OK)


def catalog_copy(folder: Path) -> Path:
    """Copy the catalog, with what SQLite has not yet written into it, to a scratch folder of this process."""
    copy = Path(tempfile.mkdtemp(prefix=f"{SPILL_PREFIX}{os.getpid()}-katalog-"))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    for name in (CATALOG, f"{CATALOG}-wal"):
        if (folder / name).is_file():
            shutil.copyfile(folder / name, copy / name)
    return copy


def _catalogued(catalog: Path) -> tuple[int, bool]:
    """Count the table files that a catalog names, and tell whether its tables were ever made."""
    address = f"file:{quote(str(catalog.absolute()))}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=20)) as database:
            names = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not {"ducklake_data_file", "ducklake_table"} <= names:
                return 0, False
            (files,) = database.execute("SELECT count(*) FROM ducklake_data_file").fetchone()
            made = database.execute("SELECT 1 FROM ducklake_table WHERE table_name = ?", [FIRST_TABLE]).fetchone()
            return int(files), made is not None
    except sqlite3.OperationalError as error:
        if "malformed" in str(error):
            raise CatalogDamagedError(file=str(catalog), cause=str(error)) from error
        return 2, True  # such as a folder that may not be written: attaching tells
    except sqlite3.DatabaseError as error:
        raise CatalogDamagedError(file=str(catalog), cause=str(error)) from error


def _inside(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []
