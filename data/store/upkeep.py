"""Keep the store tidy: what killed processes left behind, and small files that want to be one."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from data.engine import SPILL_PREFIX, quoted
from data.errors import BrokenError, NothingKnownError, ReadOnlyError, translated
from data.store import seals
from data.store.attaching import ALIAS
from data.store.catalog import kept_copies, retired_files, table_files, table_states
from data.store.commits import PROGRAM
from data.store.copies import PARTIAL
from data.store.lake import commit, utc_now, writing
from data.store.places import BIN_FOLDER, CATALOG, GRACE_S, remains

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.store.lake import Lake

# Reading many small files costs more than reading one; below this nobody notices.
MOST_FILES = 40


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What no state of the store needs, left behind by processes that were killed.

    `table_files` are Parquet files that no catalog entry names, `copies` file copies that no import speaks of,
    `partial` files and folders that were being written, `spill_folders` scratch of engines that are gone.
    """

    table_files: tuple[Path, ...]
    copies: tuple[Path, ...]
    partial: tuple[Path, ...]
    spill_folders: tuple[Path, ...]

    def __iter__(self) -> Iterator[Path]:
        """Walk all of them."""
        yield from (*self.table_files, *self.copies, *self.partial, *self.spill_folders)

    @property
    def size_bytes(self) -> int:
        """Add up what they take on the disk."""
        return sum(_size(path) for path in self)


def exists(address: str) -> bool:
    """Tell whether a folder holds a store or what is left of one; of a shared catalog only opening it can tell."""
    folder = Path(address)
    return address.startswith("ducklake:") or (folder / CATALOG).is_file() or any(remains(folder))


def leftovers(lake: Lake, *, grace_s: float = GRACE_S) -> Leftovers:
    """Find what no state of the store needs and nobody has touched for `grace_s` seconds.

    Nothing in an object store is looked at, only folders.
    """
    oldest = utc_now().replace(tzinfo=UTC).timestamp() - grace_s
    spill = tuple(path for path in Path(tempfile.gettempdir()).glob(f"{SPILL_PREFIX}*-*") if _abandoned(path, oldest))
    if "://" in lake.data_path:
        return Leftovers((), (), (), spill)
    with closing(lake.cursor()) as cursor:
        known = table_files(cursor, lake.alias) | retired_files(cursor, lake.alias)
        copies = {name for _, _, name, _ in kept_copies(cursor)}
    tables = Path(lake.data_path)
    return Leftovers(
        tuple(
            path
            for path in sorted(tables.rglob("*.parquet"))
            if path.relative_to(tables).as_posix() not in known
            and not path.is_relative_to(lake.file_copies)  # which a shared store keeps beside its tables
            and _untouched(path, oldest)
        ),
        tuple(
            path
            for path in sorted(lake.file_copies.glob("*"))
            if path.name not in copies and not path.name.endswith(PARTIAL) and _untouched(path, oldest)
        ),
        tuple(
            path
            for folder in (lake.folder, lake.folder.absolute().parent, lake.file_copies)
            for path in sorted(folder.glob(f".*{PARTIAL}"))
            if _untouched(path, oldest)
        ),
        spill,
    )


def remove_leftovers(lake: Lake, *, grace_s: float = GRACE_S) -> Leftovers:
    """Move the leftovers into today's bin inside the store, under the lock; give what was moved.

    In the bin they keep their place, so that it can be moved back. Scratch of engines is deleted.
    What merging replaced stays for a day and is then deleted: its rows were proved to stand in the merged file.

    Raises
    ------
    LakeError
        ``nothing_known`` in a store without an import: what looks left over there may be all that is left. Else as
        `data.store.lake.writing` and `data.errors.translated` do.
    """
    with translated(), writing(lake), closing(lake.cursor()) as cursor:
        if not cursor.execute("SELECT 1 FROM import_record LIMIT 1").fetchone():
            raise NothingKnownError(folder=str(lake.folder))
        found = leftovers(lake, grace_s=grace_s)
        for path in found:
            if path not in found.spill_folders:
                _throw(path, lake.folder)
            elif path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
        # On a SQLite catalog DuckLake compares times as texts, of which only the day can be trusted: a day more.
        older = f"older_than => now() - INTERVAL 1 DAY - to_seconds({float(grace_s)})"
        cursor.execute(f"CALL ducklake_cleanup_old_files('{ALIAS}', {older if grace_s else 'cleanup_all => true'})")
    return found


def bin_of_today(folder: Path) -> Path:
    """Name the folder inside a store that takes what is thrown away today."""
    return folder / BIN_FOLDER / f"{utc_now():%Y-%m-%d}"


def _throw(path: Path, folder: Path) -> None:
    """Move a leftover into the bin, under its place in the store; what lay beside the store goes to the top of it."""
    place = path.relative_to(folder) if path.is_relative_to(folder) else Path(path.name)
    target = bin_of_today(folder) / place
    number = 0
    while target.exists():
        number += 1
        target = target.with_name(f"{place.name}.{number}")
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        shutil.move(path, target)


def seal_anew(lake: Lake, *, author: str, message: str) -> None:
    """Commit nothing but a seal over all that the store holds now, as a store needs that was made before seals."""
    if lake.read_only:
        raise ReadOnlyError(cause=str(lake.folder))
    with translated(), writing(lake) as prove_held, closing(lake.cursor()) as cursor:
        cursor.execute("BEGIN")
        try:
            seals.count_added(cursor)
            # DuckLake commits no empty transaction.
            cursor.execute(f"COMMENT ON TABLE schema_version IS {quoted(utc_now().isoformat())}")
            commit(lake, cursor, author=author, message=message, sealed_anew=True, prove_held=prove_held)
        except BaseException:
            with suppress(duckdb.Error):
                cursor.execute("ROLLBACK")
            raise


def merge_files(lake: Lake, *, most_files: int = MOST_FILES) -> int:
    """Merge the small files of every table that has more than `most_files`, under the lock.

    Every state stays readable: the merged file remembers which state brought which row. The replaced files
    stay until `remove_leftovers`, because somebody may be reading them.

    Returns
    -------
    merged
        How many files were merged into fewer.

    Raises
    ------
    LakeError
        ``broken`` if a table's rows are not the same afterwards.
    """
    merged = 0
    with translated(), writing(lake), closing(lake.cursor()) as cursor:
        for table in _crowded_tables(cursor, lake, most_files):
            cursor.execute("BEGIN")
            try:
                seals.count_added(cursor)
                merged += _merge_table(cursor, table)
                commit(lake, cursor, author=PROGRAM, message=f"merapikan berkas {table}")
            except BaseException:
                with suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")
                raise
    return merged


def _merge_table(cursor: duckdb.DuckDBPyConnection, table: str) -> int:
    before = table_states(cursor, ALIAS, columns={table: _columns_of(cursor, table)})
    processed = cursor.execute(f"CALL ducklake_merge_adjacent_files('{ALIAS}', '{table}')").fetchall()
    after = table_states(cursor, ALIAS, columns={table: before[0].columns})
    if after != before:
        raise BrokenError(cause=f"merge {table}: {before[0].rows} → {after[0].rows}")
    return sum(int(row[2]) for row in processed)


def _crowded_tables(cursor: duckdb.DuckDBPyConnection, lake: Lake, most_files: int) -> list[str]:
    rows = cursor.execute(
        f"""SELECT table_name FROM __ducklake_metadata_{lake.alias}.ducklake_data_file AS file
        JOIN __ducklake_metadata_{lake.alias}.ducklake_table AS catalog_table USING (table_id)
        WHERE file.end_snapshot IS NULL AND catalog_table.end_snapshot IS NULL
        GROUP BY table_name HAVING count(*) > ? ORDER BY table_name""",
        [most_files],
    ).fetchall()
    return [str(name) for (name,) in rows]


def _columns_of(cursor: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    rows = cursor.execute(
        """SELECT column_name FROM duckdb_columns() WHERE database_name = ? AND table_name = ?
        ORDER BY column_index""",
        [ALIAS, table],
    ).fetchall()
    return [str(name) for (name,) in rows]


def _abandoned(spill: Path, oldest: float) -> bool:
    """Tell whether the process that made a spill folder is gone."""
    number = spill.name.removeprefix(SPILL_PREFIX).split("-", 1)[0]
    return number.isdecimal() and not _alive(int(number)) and _untouched(spill, oldest)


def _alive(process: int) -> bool:
    if os.name == "nt":  # there signal 0 would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _untouched(path: Path, oldest: float) -> bool:
    try:
        return path.stat().st_mtime <= oldest
    except FileNotFoundError:
        return False


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())
