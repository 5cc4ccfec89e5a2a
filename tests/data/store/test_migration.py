"""A store of an earlier version: upgraded once, whole, by whoever opens it first; a newer one is refused."""

from __future__ import annotations

import contextlib
import multiprocessing
import shutil
from typing import TYPE_CHECKING

import pytest

from data.engine import load_extension, start_engine
from data.errors import LakeError
from data.store import health, lake, queries
from data.store.catalog import table_states
from data.store.lake import ALIAS, SCHEMA_VERSION, SQL, Lake, open_at, open_lake, snapshot_id, snapshots, write
from data.store.upkeep import merge_files
from lib.texts.errors import sentence
from tests.writers import open_and_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import duckdb

SPAWN = multiprocessing.get_context("spawn")
# The views of version 1, as far as something read from a store of that version needs them.
FIRST_VIEWS = """
CREATE VIEW valid_import AS SELECT * FROM import_record WHERE import_id NOT IN (SELECT import_id FROM import_undo);
CREATE VIEW boundary_import AS SELECT region_code, arg_max(import_id, recorded_at) AS import_id
FROM valid_import WHERE kind = 'area' GROUP BY region_code;
CREATE VIEW current_area AS SELECT area.* FROM area JOIN boundary_import USING (region_code, import_id);
"""
ROWS = (
    "INSERT INTO region_activation VALUES ('19.99', TIMESTAMP '2024-11-01 08:00:00', 'penguji')",
    """INSERT INTO import_record VALUES ('batas', '19.99', 'area', 'batas.geojson', 's', 'c', 1, 1, 0, 0,
        md5_number_lower('a'), false, '{}', 'penguji', TIMESTAMP '2024-11-01 08:00:00')""",
    """INSERT INTO area VALUES ('batas', '19.99', '19.99.01.1001', 'Anggrek', '19.99.01', 'Utara', 4.9, 'wkb'::BLOB,
        NULL, md5_number_lower('a'))""",
    """INSERT INTO import_record VALUES ('kejadian', '19.99', 'incident', 'kejadian.csv', 's', 'c', 3, 2, 1, 0,
        xor(md5_number_lower('b'), md5_number_lower('c')), false, '{}', 'penguji',
        TIMESTAMP '2024-11-02 08:00:00')""",
    """INSERT INTO incident (import_id, line_number, region_code, description, row_hash) VALUES
        ('kejadian', 2, '19.99', 'a', md5_number_lower('b')),
        ('kejadian', 3, '19.99', NULL, md5_number_lower('c'))""",
    """INSERT INTO location (boundary_import_id, row_import_id, line_number, kind) VALUES
        ('batas', 'kejadian', 2, 'incident'), ('batas', 'kejadian', 3, 'incident')""",
    "INSERT INTO quarantine VALUES ('kejadian', 4, 'kategori', '?', 'category', NULL, '{}')",
)


@pytest.fixture(scope="module")
def first_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store as version 1 did: its tables only, and every row in a commit of its own."""
    folder = tmp_path_factory.mktemp("lama") / "gudang"
    folder.mkdir()
    engine = start_engine()
    for extension in ("ducklake", "sqlite_scanner"):
        load_extension(engine, extension)
    lake.attach(engine, lake.embedded_address(folder), str(folder / "tabel"))
    engine.execute(f"USE {ALIAS}")
    engine.execute("BEGIN")
    engine.execute((SQL / "schema" / "001_tables.sql").read_text(encoding="utf-8"))
    engine.execute(FIRST_VIEWS)
    engine.execute("INSERT INTO schema_version VALUES (1, TIMESTAMP '2024-11-01 07:00:00')")
    engine.execute("COMMIT")
    for statement in ROWS:
        engine.execute(statement)
    engine.close()
    return folder


@pytest.fixture
def old_store(first_store: Path, tmp_path: Path) -> Path:
    shutil.copytree(first_store, tmp_path / "gudang")
    return tmp_path / "gudang"


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Lake]:
    found = open_lake(str(folder))
    yield found
    found.connection.close()


def versions(cursor: duckdb.DuckDBPyConnection) -> list[int]:
    return [row[0] for row in cursor.execute("SELECT version FROM schema_version ORDER BY created_at").fetchall()]


def first_tables(folder: Path) -> tuple[Mapping[str, Sequence[str]], list[object]]:
    """Read a store without upgrading it."""
    engine = start_engine()
    for extension in ("ducklake", "sqlite_scanner"):
        load_extension(engine, extension)
    lake.attach(engine, lake.embedded_address(folder), str(folder / "tabel"), read_only=True)
    states = [state for state in table_states(engine, ALIAS) if state.table != "schema_version"]
    engine.close()
    return {state.table: state.columns for state in states}, [*states]


def test_an_upgrade_keeps_every_row_and_adds_what_is_new(old_store: Path) -> None:
    columns, before = first_tables(old_store)
    assert len(before) == 10
    with opened(old_store) as upgraded, contextlib.closing(upgraded.cursor()) as cursor:
        assert table_states(cursor, ALIAS, columns=columns) == before
        assert versions(cursor) == [1, SCHEMA_VERSION]
        assert (health.broken_rules(cursor), health.lost_rows(cursor)) == ([], [])
        assert cursor.execute("SELECT count(*), count(vintage) FROM import_record").fetchone() == (2, 0)
        assert cursor.execute("SELECT area_name FROM current_area").fetchall() == [("Anggrek",)]
        assert cursor.execute("SELECT line_number, rule FROM open_quarantine").fetchall() == [(4, "category")]
        assert cursor.execute("SELECT count(*) FROM current_incident").fetchone() == (2,)
        assert queries.prepared_regions(upgraded) == ["19.99"]


def test_the_version_is_the_number_of_the_newest_file() -> None:
    files = sorted((SQL / "schema").glob("[0-9]*.sql"))
    assert [int(file.name[:3]) for file in files] == list(range(1, SCHEMA_VERSION + 1))


def test_an_upgraded_store_knows_proposals_and_has_none(old_store: Path) -> None:
    with opened(old_store) as upgraded:
        assert queries.proposals(upgraded, "19.99") == []


def test_an_upgraded_store_takes_new_rows_beside_the_old(old_store: Path) -> None:
    with opened(old_store) as upgraded:
        write(
            upgraded,
            lambda cursor: cursor.execute(
                """INSERT INTO import_record (import_id, region_code, kind, row_count, accepted_count,
                quarantined_count, duplicate_count, rows_hash, code_system, recorded_at)
                VALUES ('baru', '19.99', 'nil', 0, 0, 0, 0, 0, 'kemendagri', now()::TIMESTAMP)"""
            ),
            author="penguji",
            message="baru",
        )
        assert merge_files(upgraded, most_files=1) > 0
        with contextlib.closing(upgraded.cursor()) as cursor:
            assert cursor.execute("SELECT import_id, code_system FROM import_record ORDER BY ALL").fetchall() == [
                ("baru", "kemendagri"),
                ("batas", None),
                ("kejadian", None),
            ]


def test_states_before_the_upgrade_are_refused_in_words(old_store: Path) -> None:
    with opened(old_store) as upgraded:
        states = snapshots(upgraded)
        assert [state.message for state in states] == [f"gudang data versi {SCHEMA_VERSION}"]
        with pytest.raises(LakeError) as refused:
            open_at(upgraded, states[0].number - 1)
        assert refused.value.code == "no_snapshot"
        assert "versi program" in sentence(refused.value)


def test_opening_again_changes_nothing(old_store: Path) -> None:
    with opened(old_store) as upgraded:
        after = snapshot_id(upgraded)
    with opened(old_store) as again:
        assert snapshot_id(again) == after


def test_processes_that_open_at_once_upgrade_once(old_store: Path) -> None:
    start = SPAWN.Event()
    found = SPAWN.Queue()
    workers = [SPAWN.Process(target=open_and_count, args=(str(old_store), start, found)) for _ in range(2)]
    for worker in workers:
        worker.start()
    start.set()
    answers = [found.get() for _ in workers]
    for worker in workers:
        worker.join()
    assert answers == [([1, SCHEMA_VERSION], 2)] * 2


def test_a_failed_upgrade_leaves_the_store_as_it_was(old_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = first_tables(old_store)
    monkeypatch.setattr(lake, "utc_now", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        open_lake(str(old_store))
    monkeypatch.undo()
    assert first_tables(old_store) == before
    with opened(old_store) as upgraded, contextlib.closing(upgraded.cursor()) as cursor:
        assert versions(cursor) == [1, SCHEMA_VERSION]


def test_a_newer_store_is_refused_in_words(old_store: Path) -> None:
    with opened(old_store) as upgraded, contextlib.closing(upgraded.cursor()) as cursor:
        cursor.execute("INSERT INTO schema_version VALUES (?, now()::TIMESTAMP)", [SCHEMA_VERSION + 1])
    with pytest.raises(LakeError) as refused:
        open_lake(str(old_store))
    assert refused.value.facts == {"found": SCHEMA_VERSION + 1, "expected": SCHEMA_VERSION}
    assert f"versi {SCHEMA_VERSION + 1}" in sentence(refused.value)
