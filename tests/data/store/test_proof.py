"""What was changed unseen is found: through the engine, in table files, in the catalog, in the history."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from data.engine import start_engine
from data.errors import ClockError
from data.store import lake as lake_module
from data.store.journals import append
from data.store.lake import open_lake, utc_now, write
from data.store.proof import prove
from data.store.seals import newest, row_digest
from data.store.upkeep import merge_files, seal_anew
from lib.texts.errors import sentence
from lib.texts.store import PROOF_FAULTS
from tests.importers import import_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb

    from data.store.lake import Lake
    from data.store.proof import Proof

KEY, OTHER = b"k" * 32, b"o" * 32


@pytest.fixture
def filled(city: Lake, tmp_path: Path) -> Lake:
    import_rows(city, tmp_path, "pertama", 20)
    write(
        city,
        lambda cursor: append(cursor, "import_undo", {"import_id": "tiada", "reason": "r", "recorded_at": utc_now()}),
        author="ani",
        message="batal tiada",
    )
    return city


def proof(lake: Lake, key: bytes = KEY) -> Proof:
    with closing(lake.cursor()) as cursor:
        return prove(cursor, lake.alias, key)


def faults(lake: Lake) -> list[tuple[str, str]]:
    return [(fault.kind, fault.table) for fault in proof(lake).faults]


def test_a_store_of_ours_is_proved_whole(filled: Lake) -> None:
    found = proof(filled)
    assert (found.faults, found.unreadable, found.unsealed_count, found.turned_back) == ((), (), 0, ())
    assert found.since is None  # sealed since it was made
    assert found.newest is not None
    assert found.newest.seal.number == found.sealed_count == len(found.heads) == 4  # made, boundaries, rows, undo
    assert found.newest.printed in found.heads


def test_merging_changes_no_content(filled: Lake) -> None:
    for number in range(3):
        write(
            filled,
            lambda cursor, n=number: append(cursor, "import_undo", {"import_id": str(n), "recorded_at": utc_now()}),
            author="ani",
            message="m",
        )
    assert merge_files(filled, most_files=1)
    assert faults(filled) == []


@pytest.mark.parametrize(
    ("statement", "kinds"),
    [
        ("UPDATE lake.incident SET severity = 1", {"changed", "files", "content"}),
        ("DELETE FROM lake.incident WHERE line_number = 3", {"changed", "files", "content"}),
        ("INSERT INTO lake.import_undo SELECT * FROM lake.import_undo", {"nameless"}),
        ("DROP TABLE lake.meeting_note", {"changed"}),
        ("CREATE OR REPLACE VIEW lake.valid_import AS FROM lake.import_record WHERE false", {"nameless", "view"}),
    ],
)
def test_what_the_engine_changed_is_found(filled: Lake, statement: str, kinds: set[str]) -> None:
    filled.connection.execute(statement)
    found = proof(filled)
    assert {fault.kind for fault in found.faults} == kinds
    assert all(fault.kind in PROOF_FAULTS for fault in found.faults)


def test_a_stranger_with_a_name_is_found_without_a_seal(filled: Lake) -> None:
    stranger = replace(filled, key=None)
    write(stranger, lambda cursor: append(cursor, "import_undo", {"import_id": "x"}), author="ani", message="batal x")
    assert faults(filled) == [("unsealed", "import_undo")]
    other = replace(filled, key=OTHER)
    write(other, lambda cursor: append(cursor, "import_undo", {"import_id": "y"}), author="ani", message="batal y")
    assert faults(filled) == [("unsealed", "import_undo"), ("foreign", "import_undo")]
    write(filled, lambda cursor: append(cursor, "import_undo", {"import_id": "z"}), author="ani", message="batal z")
    assert faults(filled) == [("unsealed", "import_undo"), ("foreign", "import_undo")]  # no later seal absolves them
    seal_anew(filled, author="ani", message="segel baru")
    assert faults(filled) == []


def edit_catalog(lake: Lake, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(lake.folder / "katalog.sqlite", timeout=20)) as catalog, catalog:
        assert catalog.execute(statement, values).rowcount > 0


def test_an_edited_table_file_with_an_edited_entry_is_found(filled: Lake, engine: duckdb.DuckDBPyConnection) -> None:
    (file,) = filled.folder.glob("tabel/main/incident/*.parquet")
    edited = file.with_suffix(".baru")
    with closing(start_engine()) as other:
        columns = other.execute(
            f"SELECT name, field_id FROM parquet_schema('{file}') WHERE field_id IS NOT NULL"
        ).fetchall()
        ids = ", ".join(f'"{name}": {number}' for name, number in columns)
        other.execute(
            f"""COPY (SELECT * REPLACE (1::TINYINT AS severity) FROM '{file}') TO '{edited}'
            (FORMAT parquet, FIELD_IDS {{{ids}}})"""
        )
    edited.replace(file)
    footer = int.from_bytes(file.read_bytes()[-8:-4], "little")
    edit_catalog(
        filled,
        "UPDATE ducklake_data_file SET file_size_bytes = ?, footer_size = ? WHERE path = ?",
        *(file.stat().st_size, footer, file.name),
    )
    engine.execute("DETACH lake")
    lake = open_lake(str(filled.folder), engine=engine, key=KEY)
    assert faults(lake) == [("content", "incident")]
    (fault,) = proof(lake).faults
    assert (fault.rows, fault.found) == (20, 20)
    assert fault.commit is not None
    assert fault.commit.message == "impor incident pertama.csv"


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE ducklake_snapshot_changes SET author = 'gubernur' WHERE commit_message = 'batal tiada'", "renamed"),
        ("UPDATE ducklake_snapshot SET snapshot_time = '2020-01-01 00:00:00+00' WHERE snapshot_id = 2", "renamed"),
        (
            """UPDATE ducklake_snapshot_changes SET author = 'budi',
            commit_extra_info = replace(commit_extra_info, '"author": "ani"', '"author": "budi"')
            WHERE commit_message = 'batal tiada'""",
            "forged",
        ),
        ("UPDATE ducklake_snapshot_changes SET commit_extra_info = NULL WHERE snapshot_id = 2", "chain"),
        ("UPDATE ducklake_data_file SET end_snapshot = 3 WHERE record_count = 20", "files"),
    ],
)
def test_an_edited_history_is_found(filled: Lake, statement: str, kind: str) -> None:
    edit_catalog(filled, statement)
    assert kind in {fault.kind for fault in proof(filled).faults}


def test_a_store_made_before_seals_is_told_as_unsealed_until_its_next_write(
    engine: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    old = open_lake(str(tmp_path / "lama"), engine=engine)
    write(old, lambda cursor: append(cursor, "import_undo", {"import_id": "a"}), author="ani", message="batal a")
    found = proof(old)
    assert (found.newest, found.unsealed_count, found.faults) == (None, 2, ())
    sealing = replace(old, key=KEY)
    write(sealing, lambda cursor: append(cursor, "import_undo", {"import_id": "b"}), author="ani", message="batal b")
    found = proof(sealing)
    assert (found.unsealed_count, found.faults, found.sealed_count) == (0, (), 1)
    assert found.since is not None  # what was changed before cannot be found, and that is said
    engine.execute("UPDATE lake.import_undo SET reason = 'lain' WHERE import_id = 'a'")
    assert ("base", "import_undo") in faults(sealing)
    engine.execute("DETACH lake")


def test_a_printed_head_proves_that_nothing_was_cut_off(filled: Lake) -> None:
    with closing(filled.cursor()) as cursor:
        head = newest(cursor, filled.alias)
    assert head is not None
    number = head.snapshot
    edit_catalog(filled, "DELETE FROM ducklake_snapshot WHERE snapshot_id = ?", number)
    edit_catalog(filled, "DELETE FROM ducklake_snapshot_changes WHERE snapshot_id = ?", number)
    edit_catalog(filled, "DELETE FROM ducklake_data_file WHERE begin_snapshot = ?", number)
    with closing(start_engine()) as engine:
        cut = proof(open_lake(str(filled.folder), engine=engine, key=KEY))
    assert cut.faults == ()  # the rest is whole in itself
    assert head.printed not in cut.heads


def test_a_clock_turned_back_is_the_cause_that_is_told(filled: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    back = utc_now() - timedelta(days=400)
    monkeypatch.setattr(lake_module, "utc_now", lambda: back)
    with pytest.raises(ClockError) as refused:
        write(filled, lambda cursor: append(cursor, "import_undo", {"import_id": "j"}), author="ani", message="m")
    assert "betulkan tanggal dan jam komputer" in sentence(refused.value)
    monkeypatch.undo()
    edit_catalog(
        filled, "UPDATE ducklake_snapshot SET snapshot_time = '2099-01-01 00:00:00+00' WHERE snapshot_id = 3"
    )
    ((later, before),) = proof(filled).turned_back
    assert (later.number, before.number) == (4, 3)


def test_a_row_is_digested_by_every_value_with_its_name(engine: duckdb.DuckDBPyConnection) -> None:
    def digest(values: str, kinds: Callable[[str], str] = lambda _: "VARCHAR") -> object:
        names = [part.split(" AS ")[1] for part in values.split(", ")]
        row = row_digest([(name, kinds(name)) for name in names])
        return (engine.execute(f"SELECT {row} FROM (SELECT {values})").fetchone() or (None,))[0]

    assert digest("'ab' AS a, 'c' AS b") != digest("'a' AS a, 'bc' AS b")
    assert digest("'x' AS a, NULL AS b") != digest("NULL AS a, 'x' AS b")
    assert digest("'x' AS a, '' AS b") != digest("'x' AS a, NULL AS b")
    assert digest("'x' AS a, NULL AS b") == digest("'x' AS a")  # a column that a later version adds
