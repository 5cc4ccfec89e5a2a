"""Prove a store by its history and seals: every row as it was committed, every commit named, none undone unseen."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from data.errors import BrokenError, translated
from data.store import seals
from data.store.commits import CLOCK_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from data.store.seals import Base, Content, Sealed

SCHEMA = Path(__file__).parents[1] / "sql" / "schema"
# What a commit of ours does; whatever else the history tells was done by other hands.
OURS = {
    "tables_inserted_into",
    "schemas_created",
    "tables_created",
    "views_created",
    "tables_altered",
    "views_altered",
}
OURS |= {"views_dropped"}  # a view replaced
MERGING = {"merge_adjacent"}


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit as the catalog tells it."""

    number: int
    at: datetime  # UTC, without a zone
    author: str
    message: str
    changes: Mapping[str, Sequence[str]]  # kind of change -> tables
    sealed: Sealed | None

    @property
    def merges(self) -> bool:
        """Tell whether it only packs files together, which earlier versions did without a name."""
        return bool(self.changes) and self.changes.keys() <= MERGING

    @property
    def touched(self) -> list[str]:
        """Name the tables in which something was changed that only ever grows."""
        strange = self.changes.keys() - OURS - MERGING
        return sorted({table for kind in strange for table in self.changes[kind]})


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot have come about by this program alone.

    `kind` is ``changed`` (rows or tables deleted or changed), ``nameless`` (no author or message), ``unsealed`` (no
    seal although the store was sealed before), ``foreign`` (a seal of another key), ``forged`` (a seal that its key
    did not make), ``chain`` (the seal before is gone), ``renamed`` (author, message or time are not those of the
    seal), ``content`` (rows are not those that were committed), ``base`` (nor those of the first seal), ``view`` (a
    view is not that of this version) or ``files`` (the catalog hides rows of a table).
    """

    kind: str
    commit: Commit | None = None
    table: str = ""
    rows: int = 0
    found: int = 0


@dataclass(frozen=True, slots=True)
class Proof:
    """What the history and the seals of a store prove, and what they cannot."""

    faults: tuple[Fault, ...]
    unreadable: tuple[BrokenError, ...]
    newest: Sealed | None  # the newest seal of this key
    sealed_count: int
    heads: Mapping[str, datetime] = field(default_factory=dict)  # every proved head, as printed, with its time
    since: Commit | None = None  # the commit of the base, where rows were there before it
    unsealed_count: int = 0  # commits that no seal of this key covers, because the store has none
    foreign_count: int = 0  # of these with a seal of another key
    turned_back: tuple[tuple[Commit, Commit], ...] = ()  # a commit, and the one before that bears a later time


def history(cursor: duckdb.DuckDBPyConnection, alias: str) -> list[Commit]:
    """List every commit, oldest first."""
    names = {
        str(number): str(name)
        for number, name in cursor.execute(
            f"SELECT table_id, table_name FROM __ducklake_metadata_{alias}.ducklake_table"
        ).fetchall()
    }
    rows = cursor.execute(
        f"""SELECT snapshot_id, make_timestamp(epoch_us(snapshot_time)), coalesce(author, ''),
            coalesce(commit_message, ''), changes, commit_extra_info
        FROM ducklake_snapshots('{alias}') ORDER BY snapshot_id"""
    ).fetchall()
    return [
        Commit(
            int(number),
            at,
            str(author),
            str(message),
            {str(kind): [names.get(str(table), str(table)) for table in tables] for kind, tables in changes.items()},
            seals.read_seal(int(number), extra),
        )
        for number, at, author, message, changes, extra in rows
    ]


def prove(cursor: duckdb.DuckDBPyConnection, alias: str, key: bytes) -> Proof:
    """Reckon every digest again from the rows themselves, and hold history and seals against each other."""
    commits = history(cursor, alias)
    chain, faults = _chain(commits, key)
    since, base = next(
        ((commit, sealed.seal.base) for commit in reversed(chain) if (sealed := commit.sealed) and sealed.seal.base),
        (None, None),
    )
    until = base.until if base else -1
    faults = [fault for fault in faults if fault.commit and fault.commit.number > until]
    faults += _strangers(commits, chain, until, sealed=base is not None)
    faults += _hidden(cursor, alias, until)
    faults += [Fault("view", table=view) for view in _changed_views(cursor, alias)]
    found = list(_contents(cursor, alias, commits, chain, base)) if base else []
    faults += [fault for fault in found if isinstance(fault, Fault)]
    newest = chain[-1].sealed if chain else None
    earlier = [commit for commit in commits if commit.number <= until and commit.author]
    open_commits = [] if since else [commit for commit in commits if commit.author]
    return Proof(
        faults=tuple(faults),
        unreadable=tuple(error for error in found if isinstance(error, BrokenError)),
        newest=newest,
        sealed_count=len(chain),
        heads={commit.sealed.printed: commit.at for commit in chain if commit.sealed},
        since=since if earlier else None,
        unsealed_count=len(open_commits),
        foreign_count=sum(commit.sealed is not None for commit in open_commits),
        turned_back=tuple(
            (later, before) for before, later in pairwise(commits) if later.at < before.at and later.number > until
        ),
    )


def _chain(commits: Sequence[Commit], key: bytes) -> tuple[list[Commit], list[Fault]]:
    """Follow the seals of a key; gives the commits that they hold for, and what is wrong with the others."""
    chain: list[Commit] = []
    faults: list[Fault] = []
    for commit in commits:
        sealed = commit.sealed
        if sealed is None or sealed.seal.key != seals.key_name(key):
            continue
        if not sealed.holds(key):
            faults.append(Fault("forged", commit))
            continue
        before = chain[-1].sealed if chain else None
        expected = (before.head, before.seal.number + 1) if before else ("", 1)
        if (sealed.seal.previous, sealed.seal.number) != expected:
            faults.append(Fault("chain", commit))
        told = datetime.fromisoformat(sealed.seal.at)
        if (sealed.seal.author, sealed.seal.message) != (commit.author, commit.message) or not (
            abs(told - commit.at) <= CLOCK_TOLERANCE
        ):
            faults.append(Fault("renamed", commit))
        chain.append(commit)
    return chain, faults


def _strangers(commits: Sequence[Commit], chain: Sequence[Commit], until: int, *, sealed: bool) -> Iterator[Fault]:
    """Find the commits since the base that are not ours, each named once by its worst."""
    held = {commit.number for commit in chain}
    for commit in commits:
        if commit.number <= max(until, 0):  # number 0 is the empty catalog
            continue
        if commit.touched:
            yield Fault("changed", commit, table=", ".join(commit.touched))
        elif commit.merges or commit.number in held:
            continue
        elif not commit.author or not commit.message:
            yield Fault("nameless", commit, table=_tables(commit))
        elif sealed:
            foreign = commit.sealed is not None
            yield Fault("foreign" if foreign else "unsealed", commit, table=_tables(commit))


def _contents(
    cursor: duckdb.DuckDBPyConnection, alias: str, commits: Sequence[Commit], chain: Sequence[Commit], base: Base
) -> Iterator[Fault | BrokenError]:
    """Compare the rows of every table with what the base and each seal since tell; files may be unreadable."""
    told: dict[str, dict[int, Content]] = {table: {base.until: content} for table, content in base.tables.items()}
    for commit in chain:
        if commit.number > base.until and commit.sealed:
            for table, content in commit.sealed.seal.tables.items():
                told.setdefault(table, {})[commit.number] = content
    known = {commit.number: commit for commit in commits}
    # Rows of a commit without a seal of ours: that commit is a fault already.
    strange = {number for number in known if number > base.until} - {commit.number for commit in chain}
    there = seals.tables(cursor, alias)
    for table in sorted(told.keys() | set(there)):
        try:
            with translated():
                found = seals.contents(cursor, alias, table, until=base.until) if table in there else {}
        except BrokenError as error:
            yield error
            continue
        expected = told.get(table, {})
        for number in sorted((expected.keys() | found.keys()) - strange):
            (rows, digest), (rows_found, digest_found) = expected.get(number, (0, "")), found.get(number, (0, ""))
            if (rows, digest) != (rows_found, digest_found):
                kind = "base" if number <= base.until else "content"
                yield Fault(kind, known.get(number) if kind == "content" else None, table, rows, rows_found)


def _hidden(cursor: duckdb.DuckDBPyConnection, alias: str, until: int) -> Iterator[Fault]:
    """Find the tables of which the catalog hides rows or whole files: nothing of ours does that."""
    rows = cursor.execute(
        f"""SELECT DISTINCT table_name FROM (
            SELECT table_id, begin_snapshot AS since FROM __ducklake_metadata_{alias}.ducklake_delete_file
            UNION ALL
            SELECT table_id, end_snapshot FROM __ducklake_metadata_{alias}.ducklake_data_file
            WHERE end_snapshot IS NOT NULL
        ) JOIN __ducklake_metadata_{alias}.ducklake_table USING (table_id)
        WHERE since > ? ORDER BY table_name""",
        [until],
    ).fetchall()
    for (table,) in rows:
        yield Fault("files", table=str(table))


def _changed_views(cursor: duckdb.DuckDBPyConnection, alias: str) -> list[str]:
    """Name the views that do not say what those of this version say."""
    query = "SELECT view_name, sql FROM duckdb_views() WHERE database_name = ? AND NOT internal"
    with closing(duckdb.connect()) as model:
        for file in (*sorted(SCHEMA.glob("[0-9]*.sql")), SCHEMA / "views.sql"):
            model.execute(file.read_text(encoding="utf-8"))
        ours = dict(model.execute(query, ["memory"]).fetchall())
    found = dict(cursor.execute(query, [alias]).fetchall())
    return sorted(name for name in ours.keys() | found.keys() if ours.get(name) != found.get(name))


def _tables(commit: Commit) -> str:
    return ", ".join(sorted({table for tables in commit.changes.values() for table in tables}))
