"""Seals: what every commit added, chained to the seal before it and signed with a key that lies outside the store.

A seal stands in the commit's own line of the catalog, beside author and message, so that it costs no table and no
file. It holds a digest of the rows that the commit added to each table: SHA-256 over the sorted SHA-256 of the rows,
so that their order is of no account and a row doubled, lost or changed shows. The first seal of a store that has rows
already holds their digest as its base: what was changed before that cannot be found.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import asdict, dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from data import digests

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    import duckdb

ADDED = "added_rows"
PRINTED = 16  # hexadecimal digits of a printed head
BLOCK_ROWS = 100_000
Content = tuple[int, str]  # rows, and their digest


@dataclass(frozen=True, slots=True)
class Base:
    """What a store held when it was sealed for the first time, or anew: all commits up to a number."""

    until: int
    tables: Mapping[str, Content]


@dataclass(frozen=True, slots=True)
class Seal:
    """What one commit says of itself, and its link to the seal before."""

    number: int  # in the chain, from 1
    author: str
    message: str
    at: str  # UTC in ISO form, without a zone
    tables: Mapping[str, Content]  # rows added
    previous: str  # head of the seal before; empty for the first
    key: str  # name of the key
    base: Base | None = None

    def head(self, key: bytes) -> str:
        """Sign all of it."""
        text = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hmac.new(key, text.encode(), "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Sealed:
    """A seal as the catalog holds it: the commit's number and the head that it claims."""

    snapshot: int
    seal: Seal
    head: str

    def holds(self, key: bytes) -> bool:
        """Tell whether it is of a key, and as it was written."""
        return self.seal.key == key_name(key) and hmac.compare_digest(self.seal.head(key), self.head)

    @property
    def printed(self) -> str:
        """Write the head as it is printed: the number in the chain and the beginning of the head."""
        return f"{self.seal.number}-{self.head[:PRINTED]}"


def key_name(key: bytes) -> str:
    """Name a key without giving it away."""
    return hmac.new(key, b"petadini", "sha256").hexdigest()[:PRINTED]


def count_added(cursor: duckdb.DuckDBPyConnection) -> None:
    """Begin to count what a transaction adds."""
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE {ADDED} (table_name VARCHAR, row_sha256 VARCHAR)")


def incoming(
    cursor: duckdb.DuckDBPyConnection, table: str, query: str, parameters: Mapping[str, object] | None = None
) -> str:
    """Count the rows of a query that a table is about to get; gives the temporary table of them."""
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE incoming_rows AS FROM {table} WHERE false")
    cursor.execute(f"INSERT INTO temp.incoming_rows BY NAME {query}", parameters)
    described = cursor.execute("FROM temp.incoming_rows LIMIT 0").description or ()
    row = row_digest([(str(name), str(kind)) for name, kind, *_ in described])
    cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {ADDED} (table_name VARCHAR, row_sha256 VARCHAR)")
    cursor.execute(f"INSERT INTO temp.{ADDED} SELECT '{table}', {row} FROM temp.incoming_rows")
    return "temp.incoming_rows"


def added(cursor: duckdb.DuckDBPyConnection) -> dict[str, Content]:
    """Digest what the transaction added, by table."""
    return _digests(cursor, f"SELECT table_name, row_sha256 FROM temp.{ADDED}")


def row_digest(columns: Sequence[tuple[str, str]]) -> str:
    """Write the expression of a row's SHA-256: its columns (name and type) that hold a value, each with its length.

    Columns without a value leave no trace, so that one that a later version adds changes no digest.
    """
    return f"sha256(concat({', '.join(_cell(name, kind) for name, kind in sorted(columns))}))"


def contents(cursor: duckdb.DuckDBPyConnection, alias: str, table: str, *, until: int = 0) -> dict[int, Content]:
    """Digest the rows that a table holds now by the commit that added them; those up to `until` count as one."""
    columns = cursor.execute(f'SELECT * FROM {alias}."{table}" LIMIT 0').description or ()
    row = row_digest([(str(name), str(kind)) for name, kind, *_ in columns])
    return _digests(cursor, f'SELECT greatest(snapshot_id, {int(until)}), {row} FROM {alias}."{table}"')


def tables(cursor: duckdb.DuckDBPyConnection, alias: str) -> list[str]:
    """Name the tables of a store."""
    rows = cursor.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ? ORDER BY table_name", [alias]
    ).fetchall()
    return [str(name) for (name,) in rows]


def newest(cursor: duckdb.DuckDBPyConnection, alias: str, key: bytes | None = None) -> Sealed | None:
    """Read the newest seal of a state, or the newest that claims to be of a key; None without any."""
    mine = "" if key is None else f"AND contains(commit_extra_info, '{key_name(key)}')"
    rows = cursor.execute(
        f"""SELECT snapshot_id, commit_extra_info FROM __ducklake_metadata_{alias}.ducklake_snapshot_changes
        WHERE contains(commit_extra_info, '"segel"') {mine}
            AND snapshot_id <= (SELECT id FROM ducklake_current_snapshot('{alias}'))
        ORDER BY snapshot_id DESC"""
    ).fetchall()
    found = (read_seal(int(number), str(text)) for number, text in rows)
    return next((one for one in found if one and (key is None or one.holds(key))), None)


def write_seal(seal: Seal, key: bytes) -> str:
    """Write a seal for the catalog."""
    return json.dumps({"segel": asdict(seal), "kepala": seal.head(key)}, ensure_ascii=False, sort_keys=True)


def read_seal(snapshot: int, text: str | None) -> Sealed | None:
    """Read a seal from the catalog; None for everything that is none."""
    try:
        read = json.loads(text or "")
        told = dict(read["segel"])
        base = told.pop("base")
        return Sealed(
            snapshot,
            Seal(
                **(told | {"tables": _read_tables(told["tables"])}),
                base=base and Base(int(base["until"]), _read_tables(base["tables"])),
            ),
            str(read["kepala"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def next_seal(
    cursor: duckdb.DuckDBPyConnection,
    alias: str,
    key: bytes,
    *,
    author: str,
    message: str,
    at: datetime,
    tables_added: Mapping[str, Content],
    anew: bool = False,
) -> str:
    """Write the seal of the commit that comes next; with a base where the store has none of this key, or `anew`.

    `cursor` sees the store as it was before the transaction.
    """
    last = newest(cursor, alias, key)
    base = None
    if last is None or anew:
        row = cursor.execute(f"SELECT id FROM ducklake_current_snapshot('{alias}')").fetchone()
        until = int(row[0]) if row else 0
        found = {table: contents(cursor, alias, table, until=until).get(until) for table in tables(cursor, alias)}
        base = Base(until, {table: content for table, content in found.items() if content})
    seal = Seal(
        number=last.seal.number + 1 if last else 1,
        author=author,
        message=message,
        at=at.isoformat(),
        tables=tables_added,
        previous=last.head if last else "",
        key=key_name(key),
        base=base,
    )
    return write_seal(seal, key)


def _cell(name: str, kind: str) -> str:
    value = f'sha256("{name}")' if kind == "BLOB" else f'"{name}"::VARCHAR'
    return f"'{name}=' || length({value}) || ':' || {value} || ';'"


def _digests(cursor: duckdb.DuckDBPyConnection, query: str) -> dict[Any, Content]:
    """Digest rows by group: the query gives group and SHA-256 of each; the engine sorts them, on disk if need be."""
    found: dict[Any, Content] = {}
    sorted_rows = cursor.execute(f"{query} ORDER BY ALL")
    pairs = chain.from_iterable(iter(lambda: sorted_rows.fetchmany(BLOCK_ROWS), []))
    for group, rows in groupby(pairs, itemgetter(0)):
        texts = [text for _, text in rows]
        found[group] = len(texts), digests.of_texts(texts)
    return found


def _read_tables(told: Mapping[str, Sequence[object]]) -> dict[str, Content]:
    return {table: (int(str(rows)), str(digest)) for table, (rows, digest) in told.items()}
