"""Imports into a real store: what is counted, what is repeated, what contradicts, what is noticed and undone."""

from __future__ import annotations

import contextlib
import hashlib
import json
import random
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.errors import LakeError
from data.sort import personal
from data.store import health, imports, queries
from data.store.lake import Lake, snapshot_id, write
from lib.errors import UndoError
from lib.intake.undo import undo_import
from tests.city import (
    ANGGREK,
    AREAS,
    BAKUNG,
    CEMPAKA,
    DAHLIA,
    ELECTION,
    REGION,
    REGION_CODE,
    at,
    incident,
    station,
    write_csv,
)
from tests.officers import officer
from tests.steps import TODAY, assert_sound, counts, import_incidents, known, rows, take_in, take_in_stations

if TYPE_CHECKING:
    import duckdb

NO_PLACE = {"kode_kelurahan": None, "kelurahan": None, "kecamatan": None}


LINES = [
    at(ANGGREK, id_sumber="K-1"),
    at(BAKUNG, id_sumber="K-2"),
    incident(id_sumber="K-3", **NO_PLACE | {"kecamatan": "Selatan"}),
    incident(id_sumber=None, uraian="tanpa nomor"),
    at(CEMPAKA, id_sumber="K-5", kategori="?", sumber="Pak Lurah 081234567890", uraian="hp 081234567890"),
]


# Counting


def test_every_line_is_accounted_for(city: Lake) -> None:
    result = take_in(city, [*LINES, LINES[0]])
    assert counts(result) == (6, 4, 1, 1)
    record = queries.imports(city, REGION_CODE).iloc[0]
    assert record["import_id"] == result.import_id
    assert tuple(record[["row_count", "accepted_count", "quarantined_count", "duplicate_count"]]) == (6, 4, 1, 1)
    assert (record["kind"], record["file_name"], record["actor"]) == ("incident", "kejadian.csv", "penguji")
    assert not record["undone"]
    assert rows(city, "SELECT line_number, of_import_id, of_line_number FROM duplicate_row") == [
        (7, result.import_id, 2)
    ]
    assert_sound(city)


def test_the_record_holds_the_hash_of_its_rows_and_the_masked_rows_are_kept(city: Lake) -> None:
    result = take_in(city, LINES)
    expected = 0
    for (row_hash,) in rows(city, "SELECT row_hash FROM incident"):
        expected ^= row_hash
    found = rows(
        city, "SELECT rows_hash, file_sha256, file_copy FROM import_record WHERE import_id = ?", result.import_id
    )[0]
    assert found[0] == expected
    content = (city.folder.parent / "kejadian.csv").read_bytes()
    assert found[1] == hashlib.sha256(content).hexdigest()
    kept = rows(city, f"SELECT line_number, uraian FROM '{city.file_copies / found[2]}' ORDER BY line_number")
    assert kept == [(number, personal.mask(line["uraian"])) for number, line in enumerate(LINES, 2)]


def test_the_quarantine_keeps_the_whole_line_masked(city: Lake) -> None:
    result = take_in(city, LINES)
    waiting = queries.quarantine(city, result.import_id)
    assert waiting[["line_number", "column_name", "value", "rule"]].to_numpy().tolist() == [
        [6, "kategori", "?", "category"]
    ]
    raw = json.loads(waiting["raw_row"].iloc[0])
    assert (raw["id_sumber"], raw["kode_kelurahan"], raw["sumber"]) == (
        "K-5",
        CEMPAKA,
        "Pak Lurah [telepon disamarkan]",
    )
    assert raw["uraian"] == "hp [telepon disamarkan]"
    assert "0812" not in str(rows(city, "SELECT * FROM quarantine"))


def test_twice_is_once(city: Lake) -> None:
    first = take_in(city, LINES)
    before = known(city)
    again = take_in(city, LINES, "salinan.csv")
    assert counts(again) == (5, 0, 1, 4)
    pd.testing.assert_frame_equal(known(city), before)
    assert {place for (place,) in rows(city, "SELECT of_import_id FROM duplicate_row")} == {first.import_id}
    assert_sound(city)


def test_stations_twice_are_once(city: Lake) -> None:
    lines = [station(no_tps="1"), station(no_tps="2"), station(no_tps="2")]
    assert counts(take_in_stations(city, lines)) == (3, 2, 0, 1)
    assert counts(take_in_stations(city, lines)) == (3, 0, 0, 3)
    assert queries.stations(city, REGION_CODE, ELECTION)["station_number"].tolist() == ["001", "002"]
    assert_sound(city)


def test_another_content_of_a_known_event_waits_for_a_person(city: Lake) -> None:
    first = take_in(city, LINES)
    second = take_in(city, [LINES[1] | {"keparahan": "5"}, LINES[0], at(DAHLIA, id_sumber="K-9")])
    assert counts(second) == (3, 1, 1, 1)
    waiting = queries.quarantine(city, second.import_id)
    assert waiting[["line_number", "column_name", "rule", "facts"]].to_numpy().tolist() == [
        [2, "id_sumber", "changed_since", f"{first.import_id}:3"]
    ]
    assert known(city).loc["K-2", "severity"] == 3
    undo_import(city, REGION, first.import_id, reason="diperbaiki", actor=officer())
    third = take_in(city, [LINES[1] | {"keparahan": "5"}])
    assert counts(third) == (1, 1, 0, 0)
    assert known(city).loc["K-2", "severity"] == 5


def test_two_more_contents_of_a_known_event_are_one_fault_each(city: Lake) -> None:
    take_in(city, LINES)
    result = take_in(city, [LINES[1] | {"keparahan": "5"}, LINES[1] | {"keparahan": "4"}])
    assert counts(result) == (2, 0, 2, 0)
    assert queries.quarantine(city, result.import_id)["rule"].tolist() == ["changed_since"] * 2


def test_two_contents_of_one_event_in_one_file_contradict(city: Lake) -> None:
    lines = [LINES[0], LINES[1], LINES[1] | {"keparahan": "5"}, LINES[1]]
    result = take_in(city, lines)
    assert counts(result) == (4, 1, 2, 1)
    waiting = queries.quarantine(city, result.import_id)
    assert waiting[["line_number", "rule", "facts"]].to_numpy().tolist() == [
        [3, "contradiction", "3, 4"],
        [4, "contradiction", "3, 4"],
    ]
    assert list(known(city).index) == ["K-1"]


def test_a_station_named_twice_contradicts(city: Lake) -> None:
    result = take_in_stations(city, [station(no_tps="1"), station(no_tps="TPS 001", dpt_l="1"), station(no_tps="2")])
    assert counts(result) == (3, 1, 2, 0)
    assert set(queries.quarantine(city, result.import_id)["rule"]) == {"contradiction"}
    changed = take_in_stations(city, [station(no_tps="2", dpt_l="9")])
    waiting = queries.quarantine(city, changed.import_id)
    assert (waiting["column_name"].iloc[0], waiting["rule"].iloc[0]) == ("no_tps", "changed_since")


def test_the_order_of_lines_changes_nothing(city: Lake) -> None:
    lines = [*LINES, LINES[1] | {"jam": "09:00"}, LINES[0], *(at(code, id_sumber=code) for code in AREAS)]

    def outcome() -> tuple[Any, ...]:
        result = take_in(city, lines)
        waiting = queries.quarantine(city, result.import_id)
        contents = sorted(zip(waiting["rule"], waiting["raw_row"], strict=True))
        (rows_hash,) = rows(city, "SELECT rows_hash FROM import_record WHERE import_id = ?", result.import_id)[0]
        undo_import(city, REGION, result.import_id, reason="uji", actor=officer())
        return counts(result), rows_hash, contents

    reference = outcome()
    random.Random(3).shuffle(lines)  # noqa: S311  no secret
    assert outcome() == reference


def test_an_import_of_nothing_new_still_leaves_a_record(city: Lake) -> None:
    result = take_in(city, [incident(kategori="?")])
    assert counts(result) == (1, 0, 1, 0)
    assert queries.imports(city, REGION_CODE)["import_id"].iloc[0] == result.import_id
    assert_sound(city)


def test_simulated_rows_mark_the_import(city: Lake) -> None:
    assert not take_in(city, [at(ANGGREK)]).counts.simulated
    assert not queries.data_state(city, REGION_CODE)["simulated"]
    assert take_in(city, [at(BAKUNG, id_sumber="SIM-1")]).counts.simulated
    assert queries.data_state(city, REGION_CODE)["simulated"]


def test_a_retried_import_is_stored_once(city: Lake) -> None:
    """What the first attempt did to temporary tables must not show in the second."""
    path = write_csv(city.folder.parent / "x.csv", [LINES[0], LINES[1], LINES[1] | {"jam": "09:00"}, LINES[0]])
    attempts = []
    original = imports.store_rows

    def overtaken_once(cursor: duckdb.DuckDBPyConnection, *args: Any, **kwargs: Any) -> Any:
        attempts.append(1)
        result = original(cursor, *args, **kwargs)
        if len(attempts) == 1:
            other = city.connection.cursor()
            other.execute("ALTER TABLE lake.incident ADD COLUMN note VARCHAR")
            other.execute("ALTER TABLE lake.incident DROP COLUMN note")
        return result

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(imports, "store_rows", overtaken_once)
        result = import_incidents(city, REGION, path, today=TODAY, actor=officer())
    assert len(attempts) == 2
    assert counts(result) == (4, 1, 2, 1)
    assert list(known(city).index) == ["K-1"]
    assert len(queries.quarantine(city, result.import_id)) == 2
    assert_sound(city)


# Proof of the store


def test_a_row_removed_behind_the_back_is_noticed(city: Lake) -> None:
    first, second = take_in(city, LINES), take_in_stations(city, [station(no_tps="1"), station(no_tps="2")])
    with contextlib.closing(city.cursor()) as cursor:
        cursor.execute("DELETE FROM incident WHERE source_id = 'K-2'")
        assert health.lost_rows(cursor) == [(first.import_id, "kejadian.csv", 4, 3)]
        cursor.execute("DELETE FROM station")
        assert health.lost_rows(cursor) == [
            (first.import_id, "kejadian.csv", 4, 3),
            (second.import_id, "tps.csv", 2, 0),
        ]
        assert {name for name, _ in health.broken_rules(cursor)} == {"import_rows", "locations_complete"}


def test_an_area_removed_behind_the_back_is_noticed(city: Lake) -> None:
    with contextlib.closing(city.cursor()) as cursor:
        cursor.execute("DELETE FROM area WHERE area_code = ?", [ANGGREK])
        assert [lost[2:] for lost in health.lost_rows(cursor)] == [(6, 5)]


def test_a_changed_content_of_the_same_number_of_rows_is_noticed(city: Lake) -> None:
    result = take_in(city, LINES)
    with contextlib.closing(city.cursor()) as cursor:
        cursor.execute("DELETE FROM incident WHERE source_id = 'K-2'")
        cursor.execute("INSERT INTO incident SELECT * FROM incident WHERE source_id = 'K-1'")
        assert health.lost_rows(cursor) == [(result.import_id, "kejadian.csv", 4, 4)]


def test_a_row_added_behind_the_back_refuses_the_next_write(city: Lake) -> None:
    take_in(city, LINES)
    with contextlib.closing(city.cursor()) as cursor:
        cursor.execute("INSERT INTO incident SELECT * FROM incident WHERE source_id = 'K-1'")
    before = snapshot_id(city)
    with pytest.raises(LakeError) as refused:
        take_in(city, [at(DAHLIA, id_sumber="K-9")])
    assert (refused.value.code, snapshot_id(city)) == ("check", before)


# Undo


def test_an_undone_import_counts_nowhere(city: Lake) -> None:
    first = take_in(city, LINES)
    second = take_in(city, [at(DAHLIA, id_sumber="K-9")])
    undo_import(city, REGION, first.import_id, reason="salah berkas", actor=officer())
    assert list(known(city).index) == ["K-9"]
    state = queries.data_state(city, REGION_CODE)
    assert (state["incident_count"], state["area_count"]) == (1, 6)
    undone = queries.imports(city, REGION_CODE).set_index("import_id")["undone"]
    assert (undone[first.import_id], undone[second.import_id]) == (True, False)
    assert rows(city, "SELECT import_id, reason, actor FROM import_undo") == [
        (first.import_id, "salah berkas", "penguji")
    ]
    assert counts(take_in(city, LINES)) == (5, 4, 1, 0)  # what was undone may come again
    assert_sound(city)


def test_undoing_refuses_what_is_not_there_and_what_is_undone(city: Lake) -> None:
    result = take_in(city, LINES)
    with pytest.raises(UndoError) as unknown:
        undo_import(city, REGION, "20240101-000000-0000", reason="x", actor=officer())
    assert unknown.value.code == "unknown_import"
    undo_import(city, REGION, result.import_id, reason="x", actor=officer())
    before = snapshot_id(city)
    with pytest.raises(UndoError) as again:
        undo_import(city, REGION, result.import_id, reason="x", actor=officer())
    assert (again.value.code, snapshot_id(city)) == ("already_undone", before)


def test_a_wrong_change_beside_an_import_is_refused_whole(city: Lake) -> None:
    take_in(city, LINES)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute("INSERT INTO location SELECT * FROM location")

    with pytest.raises(LakeError) as refused:
        write(city, change, author="penguji", message="uji")
    assert refused.value.facts["check"] == "locations_complete"
