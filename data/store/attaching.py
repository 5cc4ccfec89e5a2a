"""Attach catalogs to an engine: the newest state of a store, and past ones beside it."""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

import duckdb

from data import errors
from data.engine import quoted
from data.store.places import CATALOG
from data.store.shared_lock import without_secrets

if TYPE_CHECKING:
    from pathlib import Path


ALIAS = "lake"
MOST_PAST_STATES = 8


def past_alias(snapshot: int) -> str:
    """Name the database of a past state on a connection."""
    return f"{ALIAS}_{snapshot}"


class PastStates:
    """The past states attached to one engine; the one unused for longest goes when there are too many."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._attached: OrderedDict[str, None] = OrderedDict()

    def use(self, connection: duckdb.DuckDBPyConnection, address: str, data_path: str, snapshot: int) -> str:
        """Attach a past state if it is not attached (any more); gives the name that it bears."""
        alias = past_alias(snapshot)
        with self._guard:
            if alias in self._attached:
                self._attached.move_to_end(alias)
                return alias
            with contextlib.closing(connection.cursor()) as cursor:
                cursor.execute(f"DETACH DATABASE IF EXISTS {alias}")
                attach(cursor, address, data_path, alias=alias, snapshot=snapshot)
                self._attached[alias] = None
                while len(self._attached) > MOST_PAST_STATES:
                    oldest, _ = self._attached.popitem(last=False)
                    cursor.execute(f"DETACH {oldest}")
        return alias


def embedded_address(folder: Path) -> str:
    """Name the catalog of a store folder as DuckLake does."""
    return f"ducklake:sqlite:{folder / CATALOG}"


def attach(
    connection: duckdb.DuckDBPyConnection,
    address: str,
    data_path: str,
    *,
    alias: str = ALIAS,
    snapshot: int | None = None,
    read_only: bool = False,
    create: bool = True,
) -> None:
    """Attach a catalog under a name, by default making it where there is none; a past state is always read only.

    Raises
    ------
    errors.LakeError
        ``no_snapshot`` when there is no such state, ``open`` when there is no such catalog.
    """
    options = [
        f"DATA_PATH {quoted(data_path.rstrip('/') + '/')}",
        "OVERRIDE_DATA_PATH true",  # the catalog keeps the path of its birth; a moved folder must still open
        "DATA_INLINING_ROW_LIMIT 0",
    ]
    if address.startswith("ducklake:sqlite:"):
        options.append("META_BUSY_TIMEOUT 20000")
        if snapshot is None and not read_only:
            options.append("META_JOURNAL_MODE 'WAL'")
    if not create:
        options.append("CREATE_IF_NOT_EXISTS false")
    if snapshot is not None:
        options.append(f"SNAPSHOT_VERSION {int(snapshot)}")
    if snapshot is not None or read_only:
        options.append("READ_ONLY")
    try:
        connection.execute(f"ATTACH {quoted(address)} AS {alias} ({', '.join(options)})")
    except duckdb.Error as error:
        if snapshot is not None and "no snapshot" in str(error).lower():
            raise errors.NoSnapshotError(snapshot=snapshot) from error
        raise errors.OpenError(address=without_secrets(address), cause=without_secrets(str(error))) from error
