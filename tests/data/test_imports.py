"""Imports into a real store: what is counted, what is repeated, what contradicts, where rows come to lie."""

from __future__ import annotations

import contextlib
import json
import random
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data import health, queries
from data.lake import Lake, LakeError, snapshot_id, write
from lib import intake
from tests.city import (
    ANGGREK,
    AREAS,
    BAKUNG,
    CEMPAKA,
    DAHLIA,
    ELECTION,
    FLAMBOYAN,
    REGION,
    REGION_CODE,
    SIDE,
    at,
    incident,
    middle,
    station,
    write_boundaries,
    write_csv,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import duckdb

    from lib.intake import ImportResult

TODAY = date(2024, 11, 20)
NO_PLACE = {"kode_kelurahan": None, "kelurahan": None, "kecamatan": None}


def take_in(lake: Lake, lines: Sequence[Mapping[str, str]], name: str = "kejadian.csv") -> ImportResult:
    path = write_csv(lake.folder.parent / name, lines)
    return intake.import_incidents(lake, REGION, path, today=TODAY, actor="penguji")


def take_in_stations(lake: Lake, lines: Sequence[Mapping[str, str]], name: str = "tps.csv") -> ImportResult:
    return intake.import_stations(lake, REGION, write_csv(lake.folder.parent / name, lines), actor="penguji")


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    c = result.counts
    return c.rows, c.accepted, c.quarantined, c.duplicate


def rows(lake: Lake, query: str, *parameters: object) -> list[tuple[Any, ...]]:
    with contextlib.closing(lake.cursor()) as cursor:
        return cursor.execute(query, list(parameters)).fetchall()


def known(lake: Lake) -> pd.DataFrame:
    """List every incident that counts, by the number its source gave it."""
    span = {"as_of": date(2030, 1, 1), "start": date(1998, 1, 1), "end": date(2030, 1, 1)}
    return queries.incident_rows(lake, REGION_CODE, **span).set_index("source_id").sort_index()


def areas_of(lake: Lake) -> dict[str, str | None]:
    return {str(key): None if pd.isna(code) else str(code) for key, code in known(lake)["area_code"].items()}


def assert_sound(lake: Lake) -> None:
    with contextlib.closing(lake.cursor()) as cursor:
        assert health.broken_rules(cursor) == []
        assert health.lost_rows(cursor) == []


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


def test_the_record_holds_the_hash_of_its_rows_and_the_file_is_kept(city: Lake) -> None:
    result = take_in(city, LINES)
    expected = 0
    for (row_hash,) in rows(city, "SELECT row_hash FROM incident"):
        expected ^= row_hash
    found = rows(
        city,
        "SELECT rows_hash, file_sha256, file_copy FROM import_record WHERE import_id = ?",
        result.import_id,
    )[0]
    assert found[0] == expected
    assert (city.file_copies / found[2]).read_bytes() == (city.folder.parent / "kejadian.csv").read_bytes()
    assert found[2].startswith(found[1][:16])


def test_the_quarantine_keeps_the_line_without_its_text_and_without_numbers(city: Lake) -> None:
    result = take_in(city, LINES)
    waiting = queries.quarantine(city, result.import_id)
    assert waiting[["line_number", "column_name", "value", "rule"]].to_numpy().tolist() == [
        [6, "kategori", "?", "category"]
    ]
    raw = json.loads(waiting["raw_row"].iloc[0])
    assert (raw["id_sumber"], raw["kode_kelurahan"], raw["sumber"]) == ("K-5", CEMPAKA, "Pak Lurah [disamarkan]")
    assert "uraian" not in raw
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
    intake.undo_import(city, REGION, first.import_id, reason="diperbaiki", actor="penguji")
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
        intake.undo_import(city, REGION, result.import_id, reason="uji", actor="penguji")
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
    original = intake.imports.store_rows

    def overtaken_once(cursor: duckdb.DuckDBPyConnection, *args: Any, **kwargs: Any) -> Any:
        attempts.append(1)
        result = original(cursor, *args, **kwargs)
        if len(attempts) == 1:
            other = city.connection.cursor()
            other.execute("ALTER TABLE lake.incident ADD COLUMN note VARCHAR")
            other.execute("ALTER TABLE lake.incident DROP COLUMN note")
        return result

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake.imports, "store_rows", overtaken_once)
        result = intake.import_incidents(city, REGION, path, today=TODAY, actor="penguji")
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
    intake.undo_import(city, REGION, first.import_id, reason="salah berkas", actor="penguji")
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
    with pytest.raises(intake.UndoError) as unknown:
        intake.undo_import(city, REGION, "20240101-000000-0000", reason="x", actor="penguji")
    assert unknown.value.code == "unknown_import"
    intake.undo_import(city, REGION, result.import_id, reason="x", actor="penguji")
    before = snapshot_id(city)
    with pytest.raises(intake.UndoError) as again:
        intake.undo_import(city, REGION, result.import_id, reason="x", actor="penguji")
    assert (again.value.code, snapshot_id(city)) == ("already_undone", before)


def test_new_boundaries_place_every_row_again_and_undoing_brings_the_old_back(city: Lake, tmp_path: Path) -> None:
    old = queries.areas(city, REGION_CODE)["import_id"].iloc[0]
    points = [at(code, id_sumber=code, kode_kelurahan=None, kelurahan=None, kecamatan=None) for code in AREAS]
    take_in(city, points)
    take_in_stations(city, [station(lintang=middle(ANGGREK)[1], bujur=middle(ANGGREK)[0])])
    assert areas_of(city) == {code: code for code in AREAS}

    moved = write_boundaries(tmp_path / "baru.geojson", shift=SIDE)  # every area one place further east
    new = intake.import_boundaries(city, REGION, moved, actor="penguji")
    assert areas_of(city) == {
        ANGGREK: None, BAKUNG: ANGGREK, CEMPAKA: BAKUNG, DAHLIA: None,
        "19.99.02.1002": DAHLIA, FLAMBOYAN: "19.99.02.1002",
    }  # fmt: skip
    assert known(city)["method"].value_counts().to_dict() == {"inside": 4, "outside": 2}
    tps = queries.stations(city, REGION_CODE, ELECTION).iloc[0]
    assert (tps["area_code"], tps["method"]) == (ANGGREK, "outside")  # a TPS is where KPU says
    take_in(city, [at(FLAMBOYAN, id_sumber="baru", kode_kelurahan=None, kelurahan=None, kecamatan=None)])
    assert areas_of(city)["baru"] == "19.99.02.1002"

    intake.undo_import(city, REGION, new.import_id, reason="salah", actor="penguji")
    assert queries.areas(city, REGION_CODE)["import_id"].unique().tolist() == [old]
    assert areas_of(city) == {code: code for code in AREAS} | {"baru": FLAMBOYAN}
    assert rows(city, "SELECT count(*) FROM location WHERE boundary_import_id = ? GROUP BY kind ORDER BY 1", old) == [
        (1,),
        (7,),
    ]
    assert_sound(city)


def test_undoing_the_only_boundaries_leaves_rows_without_a_map(city: Lake) -> None:
    take_in(city, LINES)
    only = queries.areas(city, REGION_CODE)["import_id"].iloc[0]
    intake.undo_import(city, REGION, only, reason="salah", actor="penguji")
    assert queries.areas(city, REGION_CODE).empty
    assert known(city).empty
    state = queries.data_state(city, REGION_CODE)
    assert (state["incident_count"], state["area_count"]) == (4, 0)
    assert_sound(city)


# Where rows lie: name -> (line, area, method, basis, disagrees).

LONGITUDE, LATITUDE = middle(ANGGREK)
POINT = {"lintang": LATITUDE, "bujur": LONGITUDE}
NEAR_EAST = {"lintang": LATITUDE, "bujur": 105.92 - 0.0002}  # some 22 m from Bakung
FAR = {"lintang": -3.0, "bujur": 105.0}
PLACED = {
    "by its point alone": (incident(**NO_PLACE, **POINT), ANGGREK, "inside", "point", False),
    "point and statement agree": (at(ANGGREK), ANGGREK, "inside", "point", False),
    "point and statement disagree": (at(BAKUNG, **POINT), ANGGREK, "inside", "point", True),
    "a known street follows the point": (at(BAKUNG, **POINT, presisi="rt"), ANGGREK, "inside", "point", True),
    "a known kelurahan follows the statement": (
        at(BAKUNG, **POINT, presisi="kelurahan"), BAKUNG, "inside", "stated", True,
    ),
    "a point for the whole kelurahan, nothing stated": (
        incident(**NO_PLACE, **POINT, presisi="kelurahan"), ANGGREK, "inside", "point", False,
    ),
    "by statement without a point": (incident(), ANGGREK, "no_coordinate", "stated", False),
    "a known kecamatan counts for no area": (
        incident(**NO_PLACE | {"kecamatan": "Utara"}), None, "no_coordinate", None, False,
    ),
    "a known kecamatan with a point": (
        incident(**NO_PLACE | {"kecamatan": "Utara"}, **POINT, presisi="kecamatan"), None, "inside", None, False,
    ),
    "a known kecamatan with a kelurahan": (incident(presisi="kecamatan"), None, "no_coordinate", None, False),
    "outside with a statement": (at(BAKUNG, **FAR), BAKUNG, "outside", "stated", False),
    "outside without a statement": (incident(**NO_PLACE, **FAR), None, "outside", None, False),
    "near a border": (at(ANGGREK, **NEAR_EAST), ANGGREK, "border", "point", False),
    "near a border, the neighbour stated": (at(BAKUNG, **NEAR_EAST), ANGGREK, "border", "point", True),
}  # fmt: skip


def test_the_area_that_counts(city: Lake) -> None:
    lines = [line | {"id_sumber": name} for name, (line, *_) in PLACED.items()]
    assert counts(take_in(city, lines)) == (len(PLACED), len(PLACED), 0, 0)
    found = known(city)
    columns = ["area_code", "method", "basis", "disagrees"]
    placed = {
        str(name): tuple(None if pd.isna(cell) else cell for cell in values)
        for name, values in zip(found.index, found[columns].to_numpy(dtype=object), strict=True)
    }
    assert placed == {name: expected for name, (_, *rest) in PLACED.items() if (expected := tuple(rest))}
    assert found.loc["near a border", "distance_m"] == pytest.approx(22.2, abs=0.5)
    assert found.loc["a known kecamatan counts for no area", "district_code"] == "19.99.01"


def test_a_stated_area_without_a_polygon_holds(city: Lake, tmp_path: Path) -> None:
    """Bakung's ground is drawn as no one's, so no point may take its rows away."""
    known_areas = write_boundaries(tmp_path / "tanpa.geojson", without=[BAKUNG])
    intake.import_boundaries(city, with_known_areas(), known_areas, actor="penguji")
    areas = queries.areas(city, REGION_CODE).set_index("area_code")
    assert len(areas) == 6
    assert areas.loc[BAKUNG, "geometry"] is None or pd.isna(areas.loc[BAKUNG, "geometry"])
    assert queries.data_state(city, REGION_CODE)["without_polygon_count"] == 1
    take_in(city, [at(BAKUNG, id_sumber="1"), at(BAKUNG, id_sumber="2", **POINT)])
    take_in_stations(city, [station(kode_kelurahan=BAKUNG, kelurahan="Bakung", **POINT)])
    assert areas_of(city) == {"1": BAKUNG, "2": BAKUNG}
    assert known(city)["disagrees"].tolist() == [False, False]
    assert queries.stations(city, REGION_CODE, ELECTION)["area_code"].tolist() == [BAKUNG]


def test_a_station_follows_its_statement(city: Lake) -> None:
    take_in_stations(
        city, [station(kode_kelurahan=BAKUNG, kelurahan="Bakung", **POINT), station(no_tps="2", **POINT)]
    )
    found = queries.stations(city, REGION_CODE, ELECTION)
    assert found[["area_code", "method", "disagrees"]].to_numpy().tolist() == [
        [ANGGREK, "inside", False],
        [BAKUNG, "inside", True],
    ]
    voters = queries.voters(city, REGION_CODE, ELECTION)
    assert voters.to_numpy().tolist() == [[ANGGREK, 1, 491], [BAKUNG, 1, 491]]
    assert queries.voters(city, REGION_CODE, "pilkada-1999").empty


def test_stations_and_reports_of_an_area_that_is_no_more_count_for_none(city: Lake, tmp_path: Path) -> None:
    take_in_stations(city, [station(), station(kode_kelurahan=BAKUNG, kelurahan="Bakung")])
    take_in(city, [incident(id_sumber="1", kode_kelurahan=BAKUNG, kelurahan="Bakung"), at(BAKUNG, id_sumber="2")])
    fewer = write_boundaries(tmp_path / "kurang.geojson", without=[BAKUNG])
    intake.import_boundaries(city, REGION, fewer, actor="penguji")
    assert queries.voters(city, REGION_CODE, ELECTION)["area_code"].tolist() == [ANGGREK]
    assert areas_of(city) == {"1": None, "2": None}
    assert known(city)["district_code"].tolist() == ["19.99.01"] * 2
    assert_sound(city)


def test_voters_are_unknown_where_no_station_tells_them(city: Lake) -> None:
    take_in_stations(city, [station(dpt_l=None, dpt_p=None), station(no_tps="2", dpt_p=None)])
    voters = queries.voters(city, REGION_CODE, ELECTION)
    assert voters["station_count"].tolist() == [2]
    assert voters["voter_count"].isna().all()


def with_known_areas() -> intake.Region:
    """Give the region as a profile that lists its areas would."""
    from dataclasses import replace  # noqa: PLC0415

    from lib.profile import AreaFact  # noqa: PLC0415

    facts = tuple(
        AreaFact(code, name, "kelurahan", code[:8], district, "") for code, (name, district, *_) in AREAS.items()
    )
    return replace(REGION, areas=facts)


def test_a_wrong_change_beside_an_import_is_refused_whole(city: Lake) -> None:
    take_in(city, LINES)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute("INSERT INTO location SELECT * FROM location")

    with pytest.raises(LakeError) as refused:
        write(city, change, author="penguji", message="uji")
    assert refused.value.facts["check"] == "locations_complete"
