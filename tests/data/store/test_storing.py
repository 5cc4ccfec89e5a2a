"""Storing sorted lines of every kind: quarantine that is mended, repairs, masked copies, dry runs."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from data.store import imports, queries
from data.store.imports import ImportHeader, RowCounts
from data.store.lake import Lake, utc_now, write
from lib.intake import placing
from lib.intake.kinds import KINDS
from lib.intake.undo import undo_import
from lib.region.areas import load_areas
from tests.city import ANGGREK, BAKUNG, CEMPAKA, ELECTION, REGION, REGION_CODE, at, incident, station, write_csv
from tests.officers import officer
from tests.sorter import meeting, nil, stage_and_sort
from tests.steps import assert_sound, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    Lines = Sequence[Mapping[str, str]]


def sorted_cursor(lake: Lake, lines: Lines, kind: str) -> tuple[duckdb.DuckDBPyConnection, int, dict[str, Any]]:
    cursor = lake.cursor()
    table, facts = stage_and_sort(cursor, write_csv(lake.folder.parent / "berkas.csv", lines), kind)
    return cursor, table.row_count, facts


def store(lake: Lake, lines: Lines, kind: str = "incident", import_id: str = "20241120-080000-0001") -> RowCounts:
    """Sort, place and store lines as an import."""
    cursor, row_count, facts = sorted_cursor(lake, lines, kind)
    header = ImportHeader(
        import_id, REGION_CODE, kind, "berkas.csv", "0" * 64, f"{import_id}.parquet", "penguji", utc_now()
    )
    areas = load_areas(lake, REGION_CODE, simplified=False)
    with contextlib.closing(cursor):
        if (how := KINDS[kind].rows.placing) is not None:
            placing.locate_fresh(cursor, areas, placing=how, import_id=import_id, epsg=32748, border_m=50)
        counted, _ = write(
            lake,
            lambda hand: imports.store_rows(
                hand,
                header,
                KINDS[kind].rows,
                row_count=row_count,
                boundary_import_id=str(areas["import_id"].iloc[0]),
                facts=facts,
            ),
            author="penguji",
            message="uji",
            cursor=cursor,
        )
    return counted


FIRST, SECOND, THIRD = (f"20241120-08000{n}-000{n}" for n in (1, 2, 3))


def waiting(lake: Lake) -> list[tuple[Any, ...]]:
    return rows(lake, "SELECT import_id, line_number, rule FROM open_quarantine ORDER BY ALL")


def test_mended_lines_leave_the_quarantine_and_faulty_ones_wait_once(city: Lake) -> None:
    bad = [at(ANGGREK, id_sumber="K-1", kategori="?"), at(BAKUNG, id_sumber="K-2", keparahan="9")]
    assert store(city, [*bad, at(CEMPAKA, id_sumber="K-3")], import_id=FIRST) == RowCounts(
        3, 1, 2, 0, simulated=False
    )
    raw = [json.loads(row[0]) for row in rows(city, "SELECT raw_row FROM open_quarantine ORDER BY line_number")]
    again = [line | {"asal_impor": FIRST, "asal_baris": number} for number, line in zip("23", raw, strict=True)]
    again[0]["kategori"] = "KEK"
    counted = store(city, [*again, at(CEMPAKA, id_sumber="K-3")], import_id=SECOND)
    assert (counted.accepted, counted.quarantined, counted.duplicate) == (1, 1, 1)
    assert waiting(city) == [(SECOND, 3, "severity")]
    assert rows(city, "SELECT * FROM quarantine_resolution ORDER BY line_number") == [
        (FIRST, 2, SECOND, 2),
        (FIRST, 3, SECOND, 3),
    ]
    assert_sound(city)
    undo_import(city, REGION, SECOND, reason="salah", actor=officer())
    assert waiting(city) == [(FIRST, 2, "category"), (FIRST, 3, "severity")]


def test_a_duplicate_resolves_too_and_a_strange_origin_does_nothing(city: Lake) -> None:
    store(city, [at(ANGGREK, id_sumber="K-1"), at(BAKUNG, id_sumber="K-1")], import_id=FIRST)  # they contradict
    assert len(waiting(city)) == 2
    chosen = at(ANGGREK, id_sumber="K-1")
    strange = [{"asal_impor": THIRD, "asal_baris": "2"}, {"asal_impor": FIRST, "asal_baris": "x"}]
    store(city, [chosen, *(at(CEMPAKA, id_sumber=f"K-{n}") | s for n, s in enumerate(strange, 2))], import_id=SECOND)
    assert len(waiting(city)) == 2
    store(city, [chosen | {"asal_impor": FIRST, "asal_baris": str(n)} for n in (2, 3)], import_id=THIRD)
    assert waiting(city) == []
    wrong_kind = station() | {"asal_impor": FIRST, "asal_baris": "2"}
    store(city, [wrong_kind], "station", import_id="20241120-080000-0009")
    assert len(rows(city, "SELECT * FROM quarantine_resolution")) == 2


def test_repairs_of_stored_lines_are_kept_with_the_original(city: Lake) -> None:
    exchanged = [at(code, id_sumber=code) for code in (ANGGREK, BAKUNG, CEMPAKA)]
    exchanged = [line | {"lintang": line["bujur"], "bujur": line["lintang"]} for line in exchanged]
    exchanged.append(exchanged[0] | {"kategori": "?", "id_sumber": "K-9"})
    assert store(city, [*exchanged, exchanged[0]]).accepted == 3
    found = rows(
        city, "SELECT line_number, column_name, original_value, repaired_value, rule, confidence FROM repair"
    )
    assert len(found) == 6
    longitude, latitude = exchanged[0]["lintang"], exchanged[0]["bujur"]
    assert found[0] == (2, "bujur", latitude, longitude, "swapped", 1.0)
    assert found[1] == (2, "lintang", longitude, latitude, "swapped", 1.0)
    facts = json.loads(rows(city, "SELECT facts FROM import_record WHERE kind = 'incident'")[0][0])
    assert facts["perbaikan"] == [
        {"kolom": name, "aturan": "swapped", "baris": 5, "keyakinan": 1.0} for name in ("bujur", "lintang")
    ]


def test_nil_reports_are_stored_once(city: Lake) -> None:
    lines = [
        nil(),
        nil(kode_kelurahan=None, kelurahan=None),
        nil(kode_kelurahan=None, kelurahan=None, kecamatan=None, tanggal_selesai=None, tanggal_laporan=None),
        nil(tanggal_mulai="besok"),
        nil(),
    ]
    counted = store(city, lines, "nil", FIRST)
    assert (counted.rows, counted.accepted, counted.quarantined, counted.duplicate) == (5, 3, 1, 1)
    found = rows(
        city,
        """SELECT stated_area_code, stated_district_code, period_start::VARCHAR, period_end::VARCHAR,
            reported_on::VARCHAR FROM current_nil_report ORDER BY line_number""",
    )
    assert found == [
        (ANGGREK, "19.99.01", "2024-11-04", "2024-11-10", "2024-11-11"),
        (None, "19.99.01", "2024-11-04", "2024-11-10", "2024-11-11"),
        (None, None, "2024-11-04", "2024-11-04", "2024-11-04"),
    ]
    assert store(city, lines, "nil", SECOND).duplicate == 4
    changed = store(city, [nil(tanggal_laporan="2024-11-12")], "nil", THIRD)
    assert (changed.quarantined, waiting(city)[-1][2]) == (1, "changed_since")
    assert_sound(city)


def test_items_of_a_meeting_are_stored_once(city: Lake) -> None:
    lines = [
        meeting(isi="Sdr. Budi ricuh"),
        meeting(jenis="Tindak Lanjut", hari="2024-12-01", kategori=None, isi="Patroli"),
        meeting(jenis="tanggal", hari="27 November 2024", kategori=None, isi="Pemungutan suara"),
        meeting(jenis="gosip"),
    ]
    counted = store(city, lines, "meeting", FIRST)
    assert (counted.rows, counted.accepted, counted.quarantined) == (4, 3, 1)
    found = rows(
        city,
        """SELECT held_on::VARCHAR, item_kind, item_day::VARCHAR, category_code, item_text
        FROM meeting_note ORDER BY item_kind""",
    )
    assert found == [
        ("2024-11-05", "isu", None, "KEK", "Sdr. [nama disamarkan] ricuh"),
        ("2024-11-05", "tanggal", "2024-11-27", None, "Pemungutan suara"),
        ("2024-11-05", "tindak_lanjut", "2024-12-01", None, "Patroli"),
    ]
    assert store(city, lines[:1], "meeting", SECOND).duplicate == 1
    assert_sound(city)


@pytest.mark.parametrize(
    ("kind", "line"), [("incident", incident(uraian="hp 081234567890")), ("station", station()), ("nil", nil())]
)
def test_a_dry_run_counts_the_same_and_stores_nothing(city: Lake, kind: str, line: dict[str, str]) -> None:
    lines = [line, line, line | {"kode_kelurahan": "", "kelurahan": "Bakug", "kecamatan": "Utra"}]
    cursor, row_count, _ = sorted_cursor(city, lines, kind)
    with contextlib.closing(cursor):
        copy = city.folder.parent / "salinan.parquet"
        imports.masked_copy(cursor, str(copy))
        imports.settle_rows(cursor, kind=KINDS[kind].rows, region_code=REGION_CODE)
        counted = imports.count_rows(cursor, row_count)
        frames = imports.preview_frames(cursor)
        kept = cursor.execute(f"SELECT * FROM '{copy}' ORDER BY line_number").df()
    assert (counted.rows, counted.accepted, counted.quarantined, counted.duplicate) == (3, 1, 1, 1)
    assert queries.imports(city, REGION_CODE)["kind"].tolist() == ["area"]
    assert kept["line_number"].tolist() == [2, 3, 4]
    assert "0812" not in kept.to_csv()
    assert frames["fault_counts"].to_numpy().tolist() == [["name_question", 1, "19.99.01.1002 Bakung (0,89)"]]
    assert frames["questions"].to_numpy().tolist() == [["Bakug", "Utra", 1, BAKUNG, "Bakung", 0.89]]
    assert frames["faults"]["line_number"].tolist() == [4]
    assert json.loads(frames["faults"]["raw_row"][0])["kelurahan"] == "Bakug"
    assert len(frames["sample"]) == 1
    assert frames["repairs"].empty


def test_a_dry_run_of_a_meeting_has_no_questions(city: Lake) -> None:
    cursor, row_count, _ = sorted_cursor(city, [meeting()], "meeting")
    with contextlib.closing(cursor):
        imports.settle_rows(cursor, kind=KINDS["meeting"].rows, region_code=REGION_CODE)
        assert imports.count_rows(cursor, row_count).accepted == 1
        frames = imports.preview_frames(cursor)
    assert list(frames["questions"]) == list(imports.QUESTION_COLUMNS)
    assert frames["questions"].empty


def test_the_election_of_a_station_stands_in_the_store(city: Lake) -> None:
    store(city, [station(no_tps="6.0", dpt="491")], "station")
    assert rows(city, "SELECT election_code, station_number FROM station") == [(ELECTION, "006")]
