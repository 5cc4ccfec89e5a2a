"""What a commit must be: not older than the newest one, and sealed where the store was opened with a key."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from data.errors import ClockError
from data.store import seals
from data.store.attaching import ALIAS

if TYPE_CHECKING:
    import duckdb

PROGRAM = "petadini"  # the author of commits that no person asked for
CLOCK_TOLERANCE = timedelta(minutes=15)  # as far as the clocks of machines that share a store may lie apart


def next_seal(
    before: duckdb.DuckDBPyConnection,
    key: bytes | None,
    hand: duckdb.DuckDBPyConnection,
    *,
    author: str,
    message: str,
    at: datetime,
    anew: bool = False,
) -> str | None:
    """Write the seal of what a transaction added; None without a key.

    `before` sees the store as it was before the transaction of `hand`. With `anew` the seal takes all that the store
    holds as it is, and its time too: what was changed before cannot be found any more.

    Raises
    ------
    errors.LakeError
        ``clock`` when `at` lies before the newest commit: which entry is newer could not be told any more.
    """
    catalog = f"__ducklake_metadata_{ALIAS}.ducklake_snapshot"
    row = before.execute(
        f"""SELECT make_timestamp(epoch_us(snapshot_time::TIMESTAMPTZ)) FROM {catalog}
        WHERE snapshot_id = (SELECT max(snapshot_id) FROM {catalog})"""
    ).fetchone()
    if row and at < row[0] - CLOCK_TOLERANCE and not anew:
        raise ClockError(now=at, newest=row[0])
    if key is None:
        return None
    return seals.next_seal(
        before, ALIAS, key, author=author, message=message, at=at, tables_added=seals.added(hand), anew=anew
    )
