"""Attach the lake, ask it, and change it in whole transactions."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import secrets
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import duckdb
from filelock import FileLock, Timeout

from data.health import broken_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SQL = Path(__file__).parent / "sql"
SCHEMA_VERSION = 2
ALIAS = "lake"
ATTEMPTS = 6
LOCK_TIMEOUT_S = 120.0
# They ask the catalog about every column of a query, which takes longer than our plain joins do.
COSTLY_OPTIMIZERS = "join_order,statistics_propagation"
T = TypeVar("T")


class LakeError(RuntimeError):
    """A store that cannot be opened or written, with a machine-readable code.

    Codes: ``extension`` (facts: name), ``open`` (address), ``schema`` (found, expected), ``busy``
    (seconds), ``commit`` (attempts), ``check`` (check, row), ``data_path`` (address).
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Lake:
    """One attached store of this process: hand out cursors, never the connection itself."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    lock_file: Path | None

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Give a connection of its own to one call in one thread, with the lake as its default database.

        Sharing one connection between threads loses results without an error.
        """
        cursor = self.connection.cursor()
        cursor.execute(f"USE {ALIAS}")
        return cursor

    @property
    def file_copies(self) -> Path:
        """Name the folder that keeps a copy of every imported file."""
        return self.folder / "berkas"


def start_engine(*, memory_limit: str = "1GB") -> duckdb.DuckDBPyConnection:
    """Start a DuckDB of this process's own, without any data.

    What does not fit into memory goes to a temporary folder of this process alone, made when it is needed.
    """
    spill = Path(tempfile.gettempdir()) / f"petadini-{os.getpid()}-{secrets.token_hex(4)}"
    engine = duckdb.connect(":memory:", config={"memory_limit": memory_limit, "temp_directory": str(spill)})
    engine.execute(f"SET GLOBAL disabled_optimizers = '{COSTLY_OPTIMIZERS}'")
    return engine


def open_lake(address: str, data_path: str | None = None, *, engine: duckdb.DuckDBPyConnection | None = None) -> Lake:
    """Open the store at a folder, or at a ``ducklake:postgres:…`` address, creating it if there is none.

    A folder holds the catalog (SQLite) and the Parquet files. A shared catalog needs `data_path`, the
    folder or object store where the files go. Several processes may open the same store.

    Parameters
    ----------
    engine
        From `start_engine`, without a lake so far; by default a new one.

    Raises
    ------
    LakeError
        ``extension`` when an extension is neither installed nor to be had, ``open`` when the address
        cannot be attached, ``data_path`` when a shared catalog comes without one, ``schema`` when the
        store was made by another version.
    """
    shared = address.startswith("ducklake:")
    if shared and not data_path:
        raise LakeError("data_path", address=address)
    folder = Path(data_path or ".") if shared else Path(address)
    if "://" not in str(folder):
        folder.mkdir(parents=True, exist_ok=True)
    connection = engine or start_engine()
    load_extension(connection, "ducklake")
    load_extension(connection, "postgres_scanner" if shared else "sqlite_scanner")
    lake = Lake(connection, folder, None if shared else folder / "katalog.lock")
    options = [
        f"DATA_PATH {_quoted(str(data_path or folder / 'tabel') + '/')}",
        "OVERRIDE_DATA_PATH true",  # the catalog keeps the path of its birth; a moved folder must still open
        "DATA_INLINING_ROW_LIMIT 0",
    ]
    if not shared:
        options += ["META_JOURNAL_MODE 'WAL'", "META_BUSY_TIMEOUT 20000"]
        address = f"ducklake:sqlite:{folder / 'katalog.sqlite'}"
    with writing(lake):
        try:
            connection.execute(f"ATTACH {_quoted(address)} AS {ALIAS} ({', '.join(options)})")
        except duckdb.Error as error:
            raise LakeError("open", address=address, cause=str(error)) from error
        _ensure_schema(lake)
    return lake


def load_extension(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load an extension from its wheel, else from DuckDB's own folder, else by installing it.

    Raises
    ------
    LakeError
        ``extension`` when none of the three works, which without internet means: no wheel here.
    """
    wheel = importlib.util.find_spec(f"duckdb_extension_{name}")
    try:
        if wheel is not None and wheel.origin is not None:
            file = next(Path(wheel.origin).parent.rglob(f"{name}.duckdb_extension"))
            connection.execute(f"LOAD {_quoted(str(file))}")
            return
        try:
            connection.execute(f"LOAD {name}")
        except duckdb.Error:
            connection.execute(f"INSTALL {name}")
            connection.execute(f"LOAD {name}")
    except (duckdb.Error, StopIteration) as error:
        raise LakeError("extension", name=name, cause=str(error)) from error


def utc_now() -> datetime:
    """Tell the time as the store keeps it: UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def snapshot_id(lake: Lake) -> int:
    """Read the number of the newest committed state: the key under which answers may be cached."""
    with contextlib.closing(lake.connection.cursor()) as cursor:
        row = cursor.execute(f"SELECT id FROM ducklake_current_snapshot('{ALIAS}')").fetchone()
    return int(row[0]) if row else 0


def write(
    lake: Lake,
    change: Callable[[duckdb.DuckDBPyConnection], T],
    *,
    author: str,
    message: str,
    cursor: duckdb.DuckDBPyConnection | None = None,
) -> T:
    """Carry out `change` in one transaction, prove it by the checks, and commit all of it or nothing.

    In the embedded store one writer works at a time, behind a lock file. A commit that another process
    overtook is tried again as a whole, with growing pauses; so `change` must be repeatable.

    Parameters
    ----------
    change
        Gets the cursor of the transaction; its result is returned.
    cursor
        A cursor of this lake whose temporary tables `change` needs; without one, a fresh cursor is used.

    Raises
    ------
    LakeError
        ``busy`` when the lock is not to be had, ``check`` when a check finds a row that must not be,
        ``commit`` when every attempt was overtaken.
    """
    with writing(lake):
        for attempt in range(ATTEMPTS):
            own = contextlib.nullcontext(cursor) if cursor else contextlib.closing(lake.cursor())
            with own as hand:
                try:
                    hand.execute("BEGIN")
                    result = change(hand)
                    _run_checks(hand)
                    hand.execute(f"CALL {ALIAS}.set_commit_message(?, ?)", [author, message])
                    hand.execute("COMMIT")
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
    raise LakeError("commit", attempts=ATTEMPTS)


@contextlib.contextmanager
def writing(lake: Lake) -> Iterator[None]:
    """Hold the embedded store's lock file; a shared catalog arbitrates by itself."""
    if lake.lock_file is None:
        yield
        return
    try:
        with FileLock(lake.lock_file, timeout=LOCK_TIMEOUT_S):
            yield
    except Timeout as error:
        raise LakeError("busy", seconds=LOCK_TIMEOUT_S) from error


def _ensure_schema(lake: Lake) -> None:
    """Make the tables, or add those that a store of an earlier version lacks; nothing stored is changed."""
    with contextlib.closing(lake.cursor()) as cursor:
        known = cursor.execute(
            "SELECT count(*) FROM duckdb_tables() WHERE database_name = ? AND table_name = 'schema_version'",
            [ALIAS],
        ).fetchone()
        found = 0
        if known and known[0]:
            row = cursor.execute("SELECT max(version) FROM schema_version").fetchone()
            found = row[0] if row else 0
        if found > SCHEMA_VERSION:
            raise LakeError("schema", found=found, expected=SCHEMA_VERSION)
        if found == SCHEMA_VERSION:
            return
        cursor.execute("BEGIN")
        for file in sorted((SQL / "schema").glob("[0-9]*.sql"))[found:]:
            cursor.execute(file.read_text(encoding="utf-8"))
        cursor.execute((SQL / "schema" / "views.sql").read_text(encoding="utf-8"))
        cursor.execute("INSERT INTO schema_version VALUES (?, ?)", [SCHEMA_VERSION, utc_now()])
        cursor.execute("COMMIT")


def _run_checks(cursor: duckdb.DuckDBPyConnection) -> None:
    for check, row in broken_rules(cursor):
        raise LakeError("check", check=check, row=row)


def _worth_another_try(error: duckdb.Error) -> bool:
    text = str(error).lower()
    return any(word in text for word in ("conflict", "locked", "busy", "failed to commit"))


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    with contextlib.suppress(duckdb.Error):
        cursor.execute("ROLLBACK")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
