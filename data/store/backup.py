"""Copy the store into one file and back, with a proof that nothing was lost or changed."""

from __future__ import annotations

import hmac
import json
import os
import secrets
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from data import digests, errors
from data.engine import load_extension, start_engine
from data.store.attaching import ALIAS, attach, embedded_address
from data.store.catalog import TableState, kept_copies, table_files, table_states
from data.store.copies import PARTIAL, copy_place, is_kept
from data.store.encryption import NOTHING, OPEN, Lock, Unlock, encrypt, opened
from data.store.lake import SCHEMA_VERSION, utc_now, writing
from data.store.objects import at_hand, reach
from data.store.places import CATALOG, COPY_FOLDER, TABLE_FOLDER
from data.store.seals import key_name, newest
from data.store.shared_catalog import export_catalog

if TYPE_CHECKING:
    from data.store.lake import Lake
    from data.store.objects import ObjectAccess

FORMAT = 1
MANIFEST = "manifest.json"

MOST_MANIFEST_BYTES = 256 * 2**20
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)


@dataclass(frozen=True, slots=True)
class FileState:
    """One file of a backup: its name in the archive, size and SHA-256."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, and the proof that a restored store must meet."""

    format: int
    made_at: datetime  # UTC, without a zone
    schema_version: int  # of the tables; an older one is upgraded when the restored store is opened
    snapshot: int  # the newest state in the backup; all earlier ones are in it too
    tables: tuple[TableState, ...]
    files: tuple[FileState, ...]
    missing_copies: tuple[str, ...]  # file copies that imports speak of and the store no longer had
    head: str = ""  # of the chain of seals, as `petadini periksa --kepala` proves it later; empty where unsealed


def back_up(lake: Lake, file: Path, *, lock: Lock = OPEN) -> Manifest:
    """Write the whole store with all its past states into one archive, its list signed with the store's key.

    A shared store is written as if it were a folder.

    The catalog is copied under the write lock; the files that it names are never changed afterwards, so imports
    go on while they are packed. The archive takes its name only when it is whole on the disk and was read back;
    a file of that name is replaced. What `lock` names then encrypts it.

    Raises
    ------
    errors.LakeError
        ``broken`` when the store cannot be read whole, ``disk_full`` when there is no room, ``bad_recipient`` when
        it cannot be encrypted for somebody.
    """
    with (
        errors.translated(),
        closing(lake.cursor()) as cursor,
        tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".", suffix=PARTIAL) as folder,
    ):
        catalog = Path(folder) / CATALOG
        with writing(lake):
            if lake.lock_file is None:
                export_catalog(lake, catalog)
            else:
                _copy_catalog(lake.folder / CATALOG, catalog)
            sealed = newest(cursor, lake.alias)
        version, snapshot, tables, table_names, copy_names = _read_catalog(
            Path(folder), lake.data_path, objects=lake.objects
        )
        sources = {CATALOG: str(catalog)}
        sources |= {f"{TABLE_FOLDER}/{name}": f"{lake.data_path.rstrip('/')}/{name}" for name in table_names}
        present = [name for name in copy_names if is_kept(cursor, copy_place(lake, name))]
        sources |= {f"{COPY_FOLDER}/{name}": copy_place(lake, name) for name in present}
        archive = Path(folder) / "arsip.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            files = []
            for name, source in sources.items():
                with at_hand(cursor, source, Path(folder)) as file_here:
                    files.append(_pack(packed, name, file_here))
            missing = tuple(sorted(set(copy_names) - set(present)))
            manifest = Manifest(
                FORMAT, utc_now(), version, snapshot, tables, tuple(files), missing, sealed.printed if sealed else ""
            )
            listed = json.dumps(asdict(manifest), default=datetime.isoformat, indent=1)
            packed.writestr(MANIFEST, listed)
            packed.comment = _signature(lake.key, listed.encode()) if lake.key else b""
        with zipfile.ZipFile(archive) as packed:
            damaged = packed.testzip()
        if damaged is not None:
            raise errors.BackupFileError(file=str(file), member=damaged)
        if lock:
            encrypt(archive, Path(folder) / "arsip.age", lock)
            archive = Path(folder) / "arsip.age"
        _settle(archive)
        archive.replace(file)
    return manifest


def restore(file: Path, folder: Path, *, key: bytes | None = None, unlock: Unlock = NOTHING) -> Manifest:
    """Bring a backup back as a new store, and prove it: signature, every file's hash, every table's rows.

    The signature of `key` is proved before anything is read but the list that it signs; None proves none.

    Nothing stands at `folder` until all of it was proved. A store that is there is never overwritten.

    Raises
    ------
    errors.LakeError
        ``backup_locked`` or ``backup_unlock`` when it is encrypted and `unlock` does not open it;
        ``backup_unsigned`` when it has no signature, ``backup_forged`` when that is of another key or content;
        ``restore_target`` when the folder is not new or empty; ``backup_unreadable``, ``backup_newer``,
        ``backup_member``, ``backup_file`` or ``backup_table`` when the backup is not what its manifest says;
        ``disk_full`` when there is no room.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise errors.RestoreTargetError(folder=str(folder))
    partial = folder.absolute().parent / f".{folder.name}.{secrets.token_hex(4)}{PARTIAL}"
    with errors.translated():
        try:
            with opened(file, unlock) as plain, zipfile.ZipFile(plain) as packed:
                if key is not None:
                    _prove_signature(packed, key, file)
                manifest = _read_manifest(packed, file)
                _check_members(packed, manifest, file)
                partial.mkdir(parents=True)
                _need_room(partial, sum(state.size_bytes for state in manifest.files))
                for state in manifest.files:
                    _unpack(packed, state, partial, file)
            _prove(partial, manifest, file)
            if folder.exists():
                folder.rmdir()
            partial.rename(folder)
        except DAMAGE as error:
            if isinstance(error, errors.LakeError):
                raise
            raise errors.BackupUnreadableError(file=str(file), cause=str(error)) from error
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return manifest


def _copy_catalog(source: Path, target: Path) -> None:
    """Copy the catalog as one file, whatever other processes have it open."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def _read_catalog(
    folder: Path, data_path: str, *, objects: ObjectAccess | None = None
) -> tuple[int, int, tuple[TableState, ...], list[str], list[str]]:
    """Read the catalog in a folder: version, newest state, tables, names of table files and of file copies."""
    with closing(start_engine()) as engine:
        load_extension(engine, "ducklake")
        load_extension(engine, "sqlite_scanner")
        reach(engine, data_path, objects)
        attach(engine, embedded_address(folder), data_path, read_only=True)
        engine.execute(f"USE {ALIAS}")
        version = engine.execute("SELECT max(version) FROM schema_version").fetchone()
        snapshot = engine.execute(f"SELECT id FROM ducklake_current_snapshot('{ALIAS}')").fetchone()
        tables = tuple(table_states(engine, ALIAS))
        copies = sorted({name for _, _, name, _ in kept_copies(engine)})
        return (
            int(version[0]) if version else 0,
            int(snapshot[0]) if snapshot else 0,
            tables,
            sorted(table_files(engine, ALIAS)),
            copies,
        )


def _pack(packed: zipfile.ZipFile, name: str, source: Path) -> FileState:
    """Add a file to the archive; Parquet is compressed already."""
    entry = zipfile.ZipInfo.from_file(source, name, strict_timestamps=False)
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(".parquet") else zipfile.ZIP_DEFLATED
    with source.open("rb") as file, packed.open(entry, "w", force_zip64=True) as target:
        digest = digests.of_copy(file, target)
        return FileState(name, file.tell(), digest)


def _signature(key: bytes, listed: bytes) -> bytes:
    """Sign a list; the name of the key goes before, so that another key can be told from another content."""
    return f"petadini {key_name(key)} {hmac.new(key, listed, 'sha256').hexdigest()}".encode()


def _prove_signature(packed: zipfile.ZipFile, key: bytes, file: Path) -> None:
    if not packed.comment.startswith(b"petadini "):
        raise errors.BackupUnsignedError(file=str(file))
    try:
        with packed.open(MANIFEST) as stream:
            listed = stream.read(MOST_MANIFEST_BYTES)
    except KeyError as error:
        raise errors.BackupUnreadableError(file=str(file), cause=MANIFEST) from error
    expected = _signature(key, listed)
    if not hmac.compare_digest(expected, packed.comment):
        same_key = packed.comment.split()[1:2] == expected.split()[1:2]
        raise errors.BackupForgedError(file=str(file)) if same_key else errors.BackupForeignError(file=str(file))


def _read_manifest(packed: zipfile.ZipFile, file: Path) -> Manifest:
    try:
        with packed.open(MANIFEST) as stream:
            read = json.loads(stream.read(MOST_MANIFEST_BYTES))
        found = int(read["format"]), int(read["schema_version"])
        if found > (FORMAT, SCHEMA_VERSION) or found[1] > SCHEMA_VERSION:
            raise errors.BackupNewerError(file=str(file), found=found[1], expected=SCHEMA_VERSION)
        return Manifest(
            found[0],
            datetime.fromisoformat(read["made_at"]),
            found[1],
            int(read["snapshot"]),
            tuple(TableState(t["table"], tuple(t["columns"]), t["rows"], t["digest"]) for t in read["tables"]),
            tuple(FileState(**state) for state in read["files"]),
            tuple(read["missing_copies"]),
            str(read.get("head", "")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise errors.BackupUnreadableError(file=str(file), cause=MANIFEST) from error


def _check_members(packed: zipfile.ZipFile, manifest: Manifest, file: Path) -> None:
    """Refuse an archive whose members are not exactly those of its manifest, or would land elsewhere."""
    sizes = {state.name: state.size_bytes for state in manifest.files}
    seen: set[str] = set()
    for member in packed.infolist():
        name = member.filename
        if name != MANIFEST and (name in seen or not _allowed(name) or member.file_size != sizes.get(name, -1)):
            raise errors.BackupMemberError(file=str(file), member=name)
        seen.add(name)
    for name in (CATALOG, *sizes):
        if name not in seen:
            raise errors.BackupFileError(file=str(file), member=name)


def _allowed(name: str) -> bool:
    parts = PurePosixPath(name).parts
    plain = "\\" not in name and ":" not in name and ".." not in parts and not name.startswith("/")
    return plain and (name == CATALOG or (len(parts) > 1 and parts[0] in {TABLE_FOLDER, COPY_FOLDER}))


def _unpack(packed: zipfile.ZipFile, state: FileState, folder: Path, file: Path) -> None:
    target = folder / state.name
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with packed.open(state.name) as source, target.open("wb") as copy:
            digest = digests.of_copy(source, copy)
    except DAMAGE as error:
        raise errors.BackupFileError(file=str(file), member=state.name) from error
    if digest != state.sha256:
        raise errors.BackupFileError(file=str(file), member=state.name)
    _settle(target)


def _prove(folder: Path, manifest: Manifest, file: Path) -> None:
    """Compare every table of a restored store with the manifest."""
    _, _, tables, _, _ = _read_catalog(folder, str(folder / TABLE_FOLDER))
    found = {state.table: state for state in tables}
    for state in manifest.tables:
        now = found.pop(state.table, None)
        if now != state:
            rows = now.rows if now else 0
            raise errors.BackupTableError(file=str(file), table=state.table, rows=state.rows, found=rows)
    for table, state in found.items():
        raise errors.BackupTableError(file=str(file), table=table, rows=0, found=state.rows)


def _need_room(folder: Path, size_bytes: int) -> None:
    free = shutil.disk_usage(folder).free
    if size_bytes > free:
        raise errors.DiskFullError(cause=f"{size_bytes} > {free}")


def _settle(path: Path) -> None:
    """Have the disk keep what was written before its name is trusted."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
