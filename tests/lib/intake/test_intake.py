"""Files on their way in: boundaries, incidents, stations; what is refused leaves nothing behind."""

from __future__ import annotations

import json
import multiprocessing
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from data.read.refusal import TableError
from data.sort.kinds.incident import INCIDENT
from data.store import health, queries
from data.store.lake import Lake, open_lake, snapshot_id
from geo.errors import BoundaryError
from lib.errors import RegionError, UndoError
from lib.intake.boundaries import import_boundaries
from lib.intake.rows import RowImport, preview_rows
from lib.intake.undo import Undone, undo_import
from lib.region.areas import load_areas
from lib.region.asked import asked_region_code
from lib.rules.regions import AreaFact, region_profile
from tests.city import (
    ANGGREK,
    AREAS,
    BAKUNG,
    ELECTION,
    REGION,
    REGION_CODE,
    at,
    incident,
    middle,
    station,
    write_boundaries,
    write_csv,
)
from tests.officers import officer
from tests.steps import import_incidents, import_stations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lib.intake.rows import ImportResult

TODAY = date(2024, 11, 20)
SPAWN = multiprocessing.get_context("spawn")


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    c = result.counts
    return c.rows, c.accepted, c.quarantined, c.duplicate


def take_in(lake: Lake, path: Path) -> ImportResult:
    return import_incidents(lake, REGION, path, today=TODAY, actor=officer())


def write_workbook(path: Path, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> Path:
    book = Workbook()
    for cells in [heads, *rows]:
        book.active.append([])
        for column, value in enumerate(cells, start=1):
            cell = book.active.cell(book.active._current_row, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(path)
    return path


# Boundaries


def test_boundaries_become_areas_and_the_region_of_a_question(lake: Lake, tmp_path: Path) -> None:
    result = import_boundaries(lake, REGION, write_boundaries(tmp_path / "batas.geojson"), actor=officer())
    assert counts(result) == (6, 6, 0, 0)
    assert (result.facts["sistem_kode"], result.facts["tanpa_poligon"]) == ("kemendagri", [])
    assert asked_region_code(lake) == REGION_CODE
    areas = load_areas(lake, REGION_CODE, simplified=False)
    assert areas["area_code"].tolist() == list(AREAS)
    assert areas["area_name"].tolist() == [name for name, *_ in AREAS.values()]
    assert areas["district_name"].tolist() == [district for _, district, *_ in AREAS.values()]
    assert areas["district_code"].tolist() == [code[:8] for code in AREAS]
    assert areas["area_km2"].tolist() == pytest.approx([4.912] * 6, abs=0.001)
    assert areas.crs.to_epsg() == 4326
    assert areas.total_bounds == pytest.approx((105.90, -3.52, 105.96, -3.48))


def test_a_region_of_which_nothing_was_shipped_is_measured_in_the_zone_around_it(lake: Lake, tmp_path: Path) -> None:
    bare = replace(REGION, utm_epsg=None)
    result = import_boundaries(lake, bare, write_boundaries(tmp_path / "batas.geojson"), actor=officer())
    assert result.facts["utm_epsg"] == 32748
    areas = load_areas(lake, REGION_CODE, simplified=False)
    assert areas["area_km2"].tolist() == pytest.approx([4.912] * 6, abs=0.001)
    line = write_csv(tmp_path / "a.csv", [at(ANGGREK)])
    taken = import_incidents(lake, bare, line, today=TODAY, actor=officer())
    assert counts(taken) == (1, 1, 0, 0)


def test_known_areas_without_a_polygon_are_rows_too(lake: Lake, tmp_path: Path) -> None:
    known = tuple(
        AreaFact(code, name.upper(), "kelurahan", code[:8], district, "")
        for code, (name, district, *_) in AREAS.items()
    )
    path = write_boundaries(tmp_path / "batas.geojson", without=[BAKUNG])
    result = import_boundaries(lake, replace(REGION, areas=known), path, actor=officer())
    assert result.facts["tanpa_poligon"] == [BAKUNG]
    for simplified in (False, True):
        areas = load_areas(lake, REGION_CODE, simplified=simplified).set_index("area_code")
        assert areas.geometry.isna().tolist() == [code == BAKUNG for code in AREAS]
        assert areas.loc[BAKUNG, "area_name"] == "BAKUNG"
        assert pd.isna(areas.loc[BAKUNG, "area_km2"])


def test_a_refused_boundary_file_leaves_nothing(city: Lake, tmp_path: Path) -> None:
    before = snapshot_id(city)
    path = tmp_path / "batas.geojson"
    path.write_text(write_boundaries(path).read_text().replace('"19.99.', '"14.72.'))
    with pytest.raises(BoundaryError) as refused:
        import_boundaries(city, REGION, path, actor=officer())
    assert refused.value.code == "region_absent"
    assert snapshot_id(city) == before
    assert len(list(city.file_copies.iterdir())) == 1


def test_regions_do_not_see_each_other(city: Lake, tmp_path: Path) -> None:
    other = region_profile("19.98")
    path = tmp_path / "lain.geojson"
    path.write_text(write_boundaries(path).read_text().replace('"19.99.', '"19.98.'))
    import_boundaries(city, other, path, actor=officer())
    take_in(city, write_csv(tmp_path / "a.csv", [at(ANGGREK)]))
    line = at(ANGGREK) | {"kode_kelurahan": "19.98.01.1001"}
    result = import_incidents(city, other, write_csv(tmp_path / "b.csv", [line]), today=TODAY, actor=officer())
    assert counts(result) == (1, 1, 0, 0)
    assert asked_region_code(city) == REGION_CODE  # preparing another region changes nobody's screen
    for code in (REGION_CODE, "19.98"):
        assert queries.data_state(city, code)["incident_count"] == 1
        assert len(queries.imports(city, code)) == 2
    with pytest.raises(UndoError):
        undo_import(city, REGION, result.import_id, reason="x", actor=officer())


# Tables


def test_rows_need_boundaries_first(lake: Lake, tmp_path: Path) -> None:
    with pytest.raises(RegionError) as refused:
        take_in(lake, write_csv(tmp_path / "a.csv", [at(ANGGREK)]))
    assert (refused.value.code, refused.value.facts) == ("no_areas", {"region_code": REGION_CODE})
    with pytest.raises(RegionError) as nowhere:
        asked_region_code(lake)
    assert nowhere.value.code == "no_region"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"tanggal_kejadian": "2024-11-10", "kategori": "KEK", "keparahan": "3", "Agama": "x"}, "forbidden_columns"),
        ({"tanggal_kejadian": "2024-11-10", "kategori": "KEK"}, "missing_columns"),
        ({"tanggal_kejadian": "", "kategori": "", "keparahan": ""}, "no_rows"),
    ],
)
def test_of_a_refused_file_nothing_is_kept(city: Lake, tmp_path: Path, line: dict[str, str], code: str) -> None:
    before, files = snapshot_id(city), set(city.file_copies.iterdir())
    with pytest.raises(TableError) as refused:
        take_in(city, write_csv(tmp_path / "a.csv", [line]))
    assert refused.value.code == code
    assert (snapshot_id(city), set(city.file_copies.iterdir())) == (before, files)


def test_a_file_that_is_not_there(city: Lake, tmp_path: Path) -> None:
    with pytest.raises(TableError) as refused:
        take_in(city, tmp_path / "a.csv")
    assert refused.value.code == "missing_file"


def test_what_was_decided_about_the_file_is_on_record(city: Lake, tmp_path: Path) -> None:
    lines = [
        at(ANGGREK, id_sumber="1", tanggal_kejadian="11/13/2024", tanggal_laporan=None, catatan="x"),
        at(BAKUNG, id_sumber="2", tanggal_kejadian="11/5/2024", tanggal_laporan=None, catatan="y"),
    ]
    lines = [line | {"lintang": line["lintang"].replace(".", ",")} for line in lines]
    result = take_in(city, write_csv(tmp_path / "a.csv", lines, delimiter=";"))
    facts = result.facts
    assert facts["tanggal"] == {"tanggal_kejadian": {"urutan": "bulan-hari-tahun", "bukti": "number_above_12"}}
    assert (facts["koordinat"]["lintang"], facts["koordinat"]["bujur"]) == ("koma", "titik")
    assert facts["kolom_diabaikan"] == ["catatan"]
    assert (facts["pemisah"], facts["pengodean"], facts["baris_judul"]) == (";", "utf-8", 1)
    assert json.loads(queries.imports(city, REGION_CODE)["facts"].iloc[0]) == result.facts


def test_what_nobody_here_has_looked_at_is_counted_among_the_rows_that_count(city: Lake, tmp_path: Path) -> None:
    astray = dict(zip(("bujur", "lintang"), middle(BAKUNG), strict=True))
    old = at(ANGGREK, id_sumber="1")
    take_in(city, write_csv(tmp_path / "a.csv", [old]))
    lines = [
        old,
        at(ANGGREK, id_sumber="2", status="Ditangani", **astray),
        at(ANGGREK, id_sumber="3", **astray),
        at(ANGGREK, id_sumber="4", status=None),
        at(ANGGREK, id_sumber="5", keparahan="9", **astray),
    ]
    path = write_csv(tmp_path / "b.csv", lines)
    stated = {"ditangani": 1, "terverifikasi": 1}
    assert preview_rows(RowImport(city, REGION, path, kind="incident", today=TODAY)).facts["status_berkas"] == stated
    result = take_in(city, path)
    assert counts(result) == (5, 3, 1, 1)
    assert (result.facts["status_berkas"], result.facts["titik_di_kelurahan_lain"]) == (stated, 2)
    tps = write_csv(tmp_path / "tps.csv", [station(**astray), station(no_tps="2")])
    placed = import_stations(city, REGION, tps, actor=officer()).facts
    assert (placed["tps_di_kelurahan_lain"], "status_berkas" in placed) == (1, False)


def test_an_undo_tells_of_the_rows_that_came_again(city: Lake, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [at(ANGGREK, id_sumber=str(number)) for number in (1, 2, 2)])
    first, second, third = (take_in(city, path) for _ in range(3))
    assert counts(second) == (3, 0, 0, 3)
    gone = undo_import(city, REGION, third.import_id, reason="rangkap", actor=officer())
    assert gone == Undone(0, ())
    gone = undo_import(city, REGION, first.import_id, reason="salah", actor=officer())
    assert gone == Undone(3, (second.import_id,))  # neither its own repeats nor the undone import's
    assert queries.data_state(city, REGION_CODE)["incident_count"] == 0
    assert counts(take_in(city, path)) == (3, 2, 0, 1)


def test_a_workbook_with_real_dates_and_numbers(city: Lake, tmp_path: Path) -> None:
    longitude, latitude = middle(ANGGREK)
    heads = ["Tanggal Kejadian", "Jam", "Kategori", "Keparahan", "Kode Kelurahan", "Lintang", "Bujur"]
    cells = [
        [date(2024, 11, 10), "08.30", "Kekerasan", 3, 1999011001, latitude, longitude],
        [date(2024, 11, 21), None, "KEK", 3, 1999011001, None, None],
    ]
    result = take_in(city, write_workbook(tmp_path / "a.xlsx", heads, cells))
    assert counts(result) == (2, 1, 1, 0)
    waiting = queries.quarantine(city, result.import_id)
    assert waiting[["line_number", "value", "rule"]].to_numpy().tolist() == [[3, "2024-11-21", "future"]]
    row = queries.incident_rows(city, REGION_CODE, as_of=TODAY, start=TODAY.replace(day=1), end=TODAY).iloc[0]
    assert (row["occurred_time"], row["severity"], row["area_code"]) == ("08:30", 3, ANGGREK)


def test_stations_name_their_election_by_code_or_name(city: Lake, tmp_path: Path) -> None:
    lines = [
        station(pemilihan="PILKADA 2024", kelas_polri="Rawan", **{"v1.1": "ya"}),
        station(no_tps="2", pemilihan="Pemilu 2024", dpt_l="200", dpt_p="101"),
        station(no_tps="2", pemilihan="pemilu-2024", dpt_l="200", dpt_p="100"),
    ]
    result = import_stations(city, REGION, write_csv(tmp_path / "tps.csv", lines), actor=officer())
    assert counts(result) == (3, 2, 1, 0)
    waiting = queries.quarantine(city, result.import_id)
    assert waiting[["line_number", "rule", "facts"]].to_numpy().tolist() == [[3, "too_many_voters", "300"]]
    assert queries.stations(city, REGION_CODE, ELECTION)["police_class"].tolist() == ["rawan"]
    assert queries.voters(city, REGION_CODE, "pemilu-2024")["voter_count"].tolist() == [300]


# Laws

CELLS = st.one_of(st.just(""), st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6))
GOOD = {name: st.sampled_from([value, value, ""]) for name, value in at(ANGGREK).items()}
LINES = st.lists(
    st.fixed_dictionaries(
        {name: st.one_of(GOOD[name], GOOD[name], CELLS) for name in INCIDENT.heads}
        | {"id_sumber": st.sampled_from(["", "A", "B", "C"]), "keparahan": st.sampled_from("12345x")}
    ),
    min_size=1,
    max_size=25,
).filter(lambda lines: not any("_x" in cell for line in lines for cell in line.values()))


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.generate],  # an example takes a second, too long to be made smaller
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(LINES)
def test_rows_add_up_and_a_workbook_is_sorted_like_its_csv(
    city: Lake, tmp_path: Path, lines: list[dict[str, str]]
) -> None:
    cells = [[line[name] for name in INCIDENT.heads] for line in lines]
    as_csv = take_in(
        city, write_csv(tmp_path / "a.csv", [dict(zip(INCIDENT.heads, row, strict=True)) for row in cells])
    )
    as_workbook = take_in(city, write_workbook(tmp_path / "a.xlsx", INCIDENT.heads, cells))
    rows, accepted, quarantined, duplicate = counts(as_csv)
    assert rows == len(lines) == accepted + quarantined + duplicate
    assert counts(as_workbook) == (rows, 0, quarantined, accepted + duplicate)
    first, second = (queries.quarantine(city, result.import_id) for result in (as_csv, as_workbook))
    pd.testing.assert_frame_equal(first, second)


# Several processes


def _import_files(folder: str, files: Sequence[str]) -> None:
    lake = open_lake(folder)
    for file in files:
        take_in(lake, Path(file))
    lake.connection.close()


def test_two_importing_processes_lose_nothing_and_double_nothing(city: Lake, tmp_path: Path) -> None:
    def file(name: str, ids: Sequence[str]) -> str:
        lines: list[Mapping[str, str]] = [incident(id_sumber=key) for key in ids]
        return str(write_csv(tmp_path / f"{name}.csv", lines))

    common = file("sama", ["S1", "S2"])
    own = {name: file(name, [f"{name}{n}" for n in range(2)]) for name in "AB"}
    workers = [
        SPAWN.Process(target=_import_files, args=(str(city.folder), [common, own["A"]])),
        SPAWN.Process(target=_import_files, args=(str(city.folder), [own["B"], common])),
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    found = queries.incident_rows(city, REGION_CODE, as_of=TODAY, start=date(2024, 1, 1), end=TODAY)
    assert sorted(found["source_id"]) == ["A0", "A1", "B0", "B1", "S1", "S2"]
    assert queries.imports(city, REGION_CODE)["duplicate_count"].sum() == 2
    with closing(city.cursor()) as cursor:
        assert health.broken_rules(cursor) == []
        assert health.lost_rows(cursor) == []
