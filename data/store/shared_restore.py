"""Bring a backup back as a shared store."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from data import errors
from data.engine import load_extension, start_engine
from data.store.attaching import ALIAS, attach
from data.store.backup import restore
from data.store.catalog import table_states
from data.store.encryption import NOTHING, Unlock
from data.store.lake import LOCK_TIMEOUT_S
from data.store.objects import is_remote, objects_under, put, reach
from data.store.places import CATALOG, COPY_FOLDER, TABLE_FOLDER
from data.store.shared_catalog import fill_catalog
from data.store.shared_lock import shared_lock, without_secrets

if TYPE_CHECKING:
    import duckdb

    from data.store.backup import Manifest
    from data.store.objects import ObjectAccess


def restore_shared(
    file: Path,
    address: str,
    data_path: str,
    *,
    objects: ObjectAccess | None = None,
    key: bytes | None = None,
    unlock: Unlock = NOTHING,
) -> Manifest:
    """Bring a backup back as a new shared store: proved in a folder first, then moved, then proved where it is.

    A store that is there is never overwritten: the database must hold no catalog, the data path no file.

    Raises
    ------
    errors.LakeError
        ``restore_target`` when something is there; else as `data.store.backup.restore` and `shared_lock` do.
    """
    with tempfile.TemporaryDirectory() as folder, closing(start_engine()) as engine, errors.translated():
        whole = Path(folder) / "gudang"
        manifest = restore(file, whole, key=key, unlock=unlock)
        for name in ("ducklake", "postgres_scanner"):
            load_extension(engine, name)
        reach(engine, data_path, objects)
        with shared_lock(address, timeout_s=LOCK_TIMEOUT_S):
            _refuse_taken(engine, address, data_path)
            _move_files(engine, whole, data_path)
            attach(engine, address, data_path)
            engine.execute(f"DETACH {ALIAS}")
            fill_catalog(whole / CATALOG, address)
            attach(engine, address, data_path, read_only=True)
            found = tuple(table_states(engine, ALIAS))
            for before, now in zip(manifest.tables, found, strict=True):
                if before != now:
                    raise errors.BackupTableError(
                        file=str(file), table=before.table, rows=before.rows, found=now.rows
                    )
    return manifest


def _refuse_taken(engine: duckdb.DuckDBPyConnection, address: str, data_path: str) -> None:
    with suppress(errors.OpenError):
        attach(engine, address, data_path, create=False)
        raise errors.RestoreTargetError(folder=without_secrets(address))
    local = None if is_remote(data_path) else Path(data_path)
    if objects_under(engine, data_path) if local is None else local.exists() and any(local.iterdir()):
        raise errors.RestoreTargetError(folder=data_path)


def _move_files(engine: duckdb.DuckDBPyConnection, whole: Path, data_path: str) -> None:
    """Move tables and file copies to where a shared store has them: the copies beside the tables."""
    for source, target in ((whole / TABLE_FOLDER, data_path), (whole / COPY_FOLDER, f"{data_path}/{COPY_FOLDER}")):
        files = sorted(path for path in source.rglob("*") if path.is_file())
        for path in files:
            place = f"{target.rstrip('/')}/{path.relative_to(source).as_posix()}"
            if is_remote(data_path):
                put(engine, place, path.read_bytes())
            else:
                Path(place).parent.mkdir(parents=True, exist_ok=True)
                shutil.move(path, place)
