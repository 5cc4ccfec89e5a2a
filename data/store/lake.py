"""Attach the lake, ask it, and change it in whole transactions."""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import duckdb
from filelock import FileLock, Timeout

from data import errors
from data.engine import load_extension, start_engine
from data.store import commits, places, seals
from data.store.attaching import ALIAS, PastStates, attach, embedded_address, past_alias
from data.store.health import broken_rules
from data.store.journals import append
from data.store.objects import ObjectAccess, is_remote, reach
from data.store.places import COPY_FOLDER, LOCK, TABLE_FOLDER
from data.store.shared_lock import SHARED, shared_lock, without_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SQL = Path(__file__).parents[1] / "sql"
SCHEMA_VERSION = 6
ATTEMPTS = 6
LOCK_TIMEOUT_S = 120.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lake:
    """One attached store of this process, or a past state of it: hand out cursors, never the connection."""

    connection: duckdb.DuckDBPyConnection
    folder: Path  # the store itself when embedded, the data path of a shared catalog; an object store has none
    lock_file: Path | None  # held by the one writer of the embedded store; None for a shared catalog
    # address, data_path: what was attached, as DuckLake names it
    address: str = ""
    data_path: str = ""
    snapshot: int | None = None  # the past state that cursors see; None is the newest, whichever that is by then
    objects: ObjectAccess | None = field(default=None, compare=False, repr=False)  # who reaches the object store
    past: PastStates = field(default_factory=PastStates, compare=False, repr=False)
    read_only: bool = False  # the folder may not be written
    key: bytes | None = field(default=None, compare=False, repr=False)  # signs every commit; None leaves it unsigned

    @property
    def alias(self) -> str:
        """Name the database of this state on the connection."""
        return ALIAS if self.snapshot is None else past_alias(self.snapshot)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Give a connection of its own to one call in one thread, with the lake as its default database.

        Sharing one connection between threads loses results without an error.
        """
        if self.snapshot is not None:
            self.past.use(self.connection, self.address, self.data_path, self.snapshot)
        cursor = self.connection.cursor()
        cursor.execute(f"USE {self.alias}")
        return cursor

    @property
    def file_copies(self) -> Path:
        """Name the folder that keeps a copy of every imported file."""
        return self.folder / COPY_FOLDER


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One committed state of the store: its number, when (UTC, without a zone), by whom and what for."""

    number: int
    committed_at: datetime
    author: str
    message: str


def open_lake(
    address: str,
    data_path: str | None = None,
    *,
    engine: duckdb.DuckDBPyConnection | None = None,
    key: bytes | None = None,
    objects: ObjectAccess | None = None,
) -> Lake:
    """Open the store at a folder, or at a ``ducklake:postgres:…`` address, creating it if there is none.

    A folder holds the catalog (SQLite) and the Parquet files. A shared catalog needs `data_path`, the
    folder or object store where the files go. Several processes may open the same store. A store of an
    earlier version is upgraded once, under the lock; nothing stored is changed by that.

    Parameters
    ----------
    engine
        From `start_engine`, without a lake so far; by default a new one.
    key
        Signs every commit (`data.store.seals`); without one commits stay unsigned, which `petadini periksa` tells.
    objects
        How to reach the object store that a `data_path` such as ``s3://bucket/folder`` names.

    Raises
    ------
    errors.LakeError
        ``extension`` when an extension is neither installed nor to be had, ``open`` when the address
        cannot be attached, ``data_path`` when a shared catalog comes without one, ``schema`` when the
        store was made by a newer version; ``busy``, ``disk_full`` and the like as in `write`.
    """
    shared = address.startswith(SHARED)
    if shared and not data_path:
        raise errors.DataPathError(address=without_secrets(address))
    folder = Path(data_path or ".") if shared else Path(address)
    # What this process writes is for its user alone; others get the copies that they are given.
    os.umask(0o077)
    connection = engine or start_engine()
    load_extension(connection, "ducklake")
    load_extension(connection, "postgres_scanner" if shared else "sqlite_scanner")
    lake = Lake(
        connection,
        folder,
        None if shared else folder / LOCK,
        address if shared else embedded_address(folder),
        str(data_path or folder / TABLE_FOLDER),
        objects=objects,
        key=key,
    )
    try:
        with errors.translated():
            if not shared:
                return _open_folder(lake)
            reach(connection, lake.data_path, objects)
            if not is_remote(lake.data_path):  # a path would make a folder ``s3:`` of an address
                folder.mkdir(parents=True, exist_ok=True)
            _open_shared(lake)
            return lake
    except OSError as error:
        raise errors.OpenError(address=address, cause=error.strerror or str(error)) from error


def _open_folder(lake: Lake) -> Lake:
    """Open the store of a folder without the lock, so that reading needs none; the lock is for making tables."""
    if not places.ready(lake.folder, _now_s()):
        lake.folder.mkdir(parents=True, exist_ok=True)
        with writing(lake):
            places.ready(lake.folder, _now_s())  # refuses anew: another process may have been here
            attach(lake.connection, lake.address, lake.data_path)
            _ensure_schema(lake)
        return lake
    if not places.may_write(lake.folder):
        return _open_to_read(lake)
    attach(lake.connection, lake.address, lake.data_path)
    with contextlib.closing(lake.cursor()) as cursor:
        current = _schema_version(cursor, lake.alias) == SCHEMA_VERSION
    if not current:
        with writing(lake):
            _ensure_schema(lake)
    return lake


def _open_to_read(lake: Lake) -> Lake:
    """Open a store that may not be written; where even SQLite must write beside its file, a copy of the catalog."""
    try:
        attach(lake.connection, lake.address, lake.data_path, read_only=True)
        reading = replace(lake, read_only=True)
    except errors.OpenError:
        reading = replace(lake, read_only=True, address=embedded_address(places.catalog_copy(lake.folder)))
        attach(lake.connection, reading.address, lake.data_path, read_only=True)
    with contextlib.closing(reading.cursor()) as cursor:
        found = _schema_version(cursor, reading.alias)
    if found != SCHEMA_VERSION:
        raise errors.ReadOnlyError(cause=f"{found} → {SCHEMA_VERSION}")
    return reading


def _open_shared(lake: Lake) -> None:
    """Attach a shared catalog without the lock, so that looking waits for nobody; the lock is for making tables."""
    try:
        attach(lake.connection, lake.address, lake.data_path, create=False)
        with contextlib.closing(lake.cursor()) as cursor:
            if _schema_version(cursor, lake.alias) == SCHEMA_VERSION:
                return
    except errors.OpenError:  # there is none yet, or the server does not answer, which the lock then says
        pass
    with writing(lake):
        lake.connection.execute(f"DETACH DATABASE IF EXISTS {ALIAS}")
        attach(lake.connection, lake.address, lake.data_path)
        _ensure_schema(lake)


def open_at(lake: Lake, snapshot: int) -> Lake:
    """Give the store as it was at a past state; whoever asks it gets the answers of then.

    States stay attached beside the newest one, the few used last. The region's own files (calendar, weights)
    are no part of the store and are always those of today.

    Raises
    ------
    errors.LakeError
        ``no_snapshot`` when there is no such state, or it is older than the tables of this version.
    """
    past = replace(lake, snapshot=snapshot)
    with errors.translated(), contextlib.closing(past.cursor()) as cursor:
        if _schema_version(cursor, past.alias) != SCHEMA_VERSION:
            raise errors.NoSnapshotError(snapshot=snapshot)
    return past


def snapshots(lake: Lake) -> list[Snapshot]:
    """List the states that `open_at` can show, oldest first: those that somebody committed with a message.

    The first is the one in which the tables of this version were made; those before it had other tables.
    Loads the whole history: cache it by `snapshot_id`.
    """
    with contextlib.closing(lake.cursor()) as cursor:
        rows = cursor.execute(
            f"""SELECT snapshot_id, make_timestamp(epoch_us(snapshot_time)), coalesce(author, ''), commit_message
            FROM ducklake_snapshots('{ALIAS}')
            WHERE commit_message IS NOT NULL AND NOT list_contains(map_keys(changes), 'merge_adjacent')
                AND snapshot_id >= (SELECT max(snapshot_id) FROM schema_version WHERE version = ?)
            ORDER BY snapshot_id""",
            [SCHEMA_VERSION],
        ).fetchall()
    return [Snapshot(*row) for row in rows]


def utc_now() -> datetime:
    """Tell the time as the store keeps it: UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def _now_s() -> float:
    return utc_now().replace(tzinfo=UTC).timestamp()


def snapshot_id(lake: Lake) -> int:
    """Read the number of the newest committed state: the key under which answers may be cached."""
    with contextlib.closing(lake.connection.cursor()) as cursor:
        row = cursor.execute(f"SELECT id FROM ducklake_current_snapshot('{ALIAS}')").fetchone()
    return int(row[0]) if row else 0


def metadata(lake: Lake, table: str) -> str:
    """Name a table of the catalog itself, for questions that DuckLake has no function for."""
    return f"__ducklake_metadata_{lake.alias}.{table}"


def write(
    lake: Lake,
    change: Callable[[duckdb.DuckDBPyConnection], T],
    *,
    author: str,
    message: str,
    cursor: duckdb.DuckDBPyConnection | None = None,
) -> T:
    """Carry out `change` in one transaction, prove it by the checks, and commit all of it or nothing.

    One writer works at a time, behind the lock of `writing`. A commit that another process
    overtook is tried again as a whole, with growing pauses; so `change` must be repeatable.

    Parameters
    ----------
    change
        Gets the cursor of the transaction; its result is returned.
    cursor
        A cursor of this lake whose temporary tables `change` needs; without one, a fresh cursor is used.

    Raises
    ------
    errors.LakeError
        ``busy`` when the lock is not to be had, ``check`` when a check finds a row that must not be,
        ``commit`` when every attempt was overtaken; ``disk_full``, ``memory``, ``read_only`` and ``broken``
        as `data.errors.translated` words them.
    ValueError
        For a past state.
    """
    if lake.snapshot is not None:
        raise ValueError("a past state cannot be changed")
    if lake.read_only:
        raise errors.ReadOnlyError(cause=str(lake.folder))
    with errors.translated(), writing(lake) as prove_held:
        for attempt in range(ATTEMPTS):
            own = contextlib.nullcontext(cursor) if cursor else contextlib.closing(lake.cursor())
            with own as hand:
                try:
                    hand.execute("BEGIN")
                    seals.count_added(hand)
                    result = change(hand)
                    _run_checks(hand)
                    commit(lake, hand, author=author, message=message, prove_held=prove_held)
                except duckdb.Error as error:
                    _roll_back(hand)
                    if not _worth_another_try(error):
                        raise
                    time.sleep(0.05 * 2**attempt)
                except BaseException:
                    _roll_back(hand)
                    raise
                else:
                    return result
    raise errors.CommitError(attempts=ATTEMPTS)


def commit(
    lake: Lake,
    hand: duckdb.DuckDBPyConnection,
    *,
    author: str,
    message: str,
    sealed_anew: bool = False,
    prove_held: Callable[[], None] = lambda: None,
) -> None:
    """Commit a transaction under a name, sealed where the lake has a key; refused as `commits.next_seal` says."""
    with contextlib.closing(lake.connection.cursor()) as before:
        told = commits.next_seal(
            before, lake.key, hand, author=author, message=message, at=utc_now(), anew=sealed_anew
        )
    hand.execute(f"CALL {ALIAS}.set_commit_message(?, ?, extra_info => ?)", [author, message, told])
    prove_held()
    hand.execute("COMMIT")


@contextlib.contextmanager
def writing(lake: Lake) -> Iterator[Callable[[], None]]:
    """Hold the lock of the one writer: a file of the embedded store, PostgreSQL's own of a shared one.

    Gives a function that raises ``lock_lost`` where the lock went with its connection; a file's never does.
    """
    if lake.lock_file is None:
        with shared_lock(lake.address, timeout_s=LOCK_TIMEOUT_S) as prove_held:
            yield prove_held
        return
    lock = FileLock(lake.lock_file, timeout=LOCK_TIMEOUT_S)
    try:
        lock.acquire()
    except Timeout as error:
        raise errors.BusyError(seconds=LOCK_TIMEOUT_S) from error
    except PermissionError as error:
        raise errors.ReadOnlyError(cause=str(error)) from error
    try:
        yield lambda: None
    finally:
        lock.release()


def _schema_version(cursor: duckdb.DuckDBPyConnection, alias: str) -> int:
    """Read the version of the tables; 0 where there are none yet."""
    try:
        row = cursor.execute(f"SELECT max(version) FROM {alias}.schema_version").fetchone()
    except duckdb.CatalogException:
        return 0
    return int(row[0]) if row and row[0] else 0


def _ensure_schema(lake: Lake) -> None:
    """Make the tables, or add those that a store of an earlier version lacks; nothing stored is changed."""
    with contextlib.closing(lake.cursor()) as cursor:
        found = _schema_version(cursor, lake.alias)
        if found > SCHEMA_VERSION:
            raise errors.SchemaError(found=found, expected=SCHEMA_VERSION)
        if found == SCHEMA_VERSION:
            return
        try:
            cursor.execute("BEGIN")
            seals.count_added(cursor)
            for file in sorted((SQL / "schema").glob("[0-9]*.sql"))[found:]:
                cursor.execute(file.read_text(encoding="utf-8"))
            cursor.execute((SQL / "schema" / "views.sql").read_text(encoding="utf-8"))
            append(cursor, "schema_version", {"version": SCHEMA_VERSION, "created_at": utc_now()})
            commit(lake, cursor, author=commits.PROGRAM, message=f"gudang data versi {SCHEMA_VERSION}")
        except BaseException:
            _roll_back(cursor)
            raise


def _run_checks(cursor: duckdb.DuckDBPyConnection) -> None:
    for check, row in broken_rules(cursor):
        raise errors.CheckError(check=check, row=row)


def _worth_another_try(error: duckdb.Error) -> bool:
    if errors.meaning(error) not in {None, errors.BrokenError}:
        return False
    text = str(error).lower()
    return any(word in text for word in ("conflict", "locked", "busy", "failed to commit"))


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    with contextlib.suppress(duckdb.Error):
        cursor.execute("ROLLBACK")
