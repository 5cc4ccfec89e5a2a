"""The ready mappings against a small file of each format: what is staged, and that nothing is over-precise."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pytest

from data.limits import Limits
from data.read.heads import FORBIDDEN_HEADS, normalise_head
from data.read.layout import find_layout
from data.read.rows import stage_arrow, stage_table
from data.read.sources import Source
from data.sort.coordinate_repair import Extent
from data.sort.kinds.incident import INCIDENT
from data.sort.row_kind import MARK, ORIGIN_COLUMNS, Knowledge, Words
from data.sort.sorting import sort_rows
from geo.files.points import read_points
from lib.intake.heads import fit, forbidden_heads, propose
from lib.intake.kinds import KINDS
from lib.intake.mapping_toml import read_mapping, to_toml
from lib.intake.mappings import detect, ready, ready_mappings, with_constant
from lib.intake.place_names import place_resolver
from lib.rules.indicators import indicator_list
from lib.rules.taxonomy import taxonomy
from tests.city import AREAS as CITY
from tests.city import REGION_CODE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.read.rows import TextTable
    from lib.intake.mapping_toml import ColumnMapping

SAMPLES = Path(__file__).parents[2] / "mapping_samples"
FILES = {
    "acled": "acled.csv",
    "bawaslu": "bawaslu.csv",
    "kobo": "kobo.csv",
    "kpu_tps": "kpu_tps.csv",
    "petabencana": "petabencana.geojson",
    "ucdp": "ucdp.csv",
}
AREAS = pa.Table.from_pylist(
    [
        {"area_code": code, "area_name": name, "district_code": code[:8], "district_name": district}
        for code, (name, district, _, _) in CITY.items()
    ]
).to_pandas()
PRECISIONS = {"titik", "rt", "kelurahan", "kecamatan", "kabupaten"}
COARSER = {"provinsi", "negara"}  # no precision of ours: such rows wait in quarantine


def heads_of(name: str) -> tuple[str, ...]:
    path = SAMPLES / FILES[name]
    if path.suffix == ".geojson":
        return tuple(read_points(path, limits_vertices=1000).table.column_names)
    return find_layout(path, limits=Limits()).heads


def stage(
    cursor: duckdb.DuckDBPyConnection, name: str, mapping: ColumnMapping, empty: Mapping[str, Source]
) -> TextTable:
    """Stage a sample as an import does, with empty columns beside those of the mapping."""
    path = SAMPLES / FILES[name]
    options = {
        "sources": {**empty, **mapping.sources},
        "required": KINDS[mapping.kind].rows.required,
        "forbidden": forbidden_heads(mapping),
        "repeat_by": mapping.repeat_by,
    }
    if path.suffix == ".geojson":
        return stage_arrow(cursor, read_points(path, limits_vertices=1000).table, path.name, **options)
    return stage_table(cursor, path, **options)


def staged(name: str, mapping: ColumnMapping) -> list[dict[str, str | None]]:
    with closing(duckdb.connect()) as cursor:
        stage(cursor, name, mapping, {})
        found = cursor.execute("SELECT * FROM staged ORDER BY line_number")
        columns = [column[0] for column in found.description]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def mapped(name: str) -> list[dict[str, str | None]]:
    return staged(name, fit(ready(name), heads_of(name)))


def part(row: dict[str, str | None], *columns: str) -> tuple[str | None, ...]:
    return tuple(row[column] for column in columns)


@pytest.mark.parametrize("name", FILES)
def test_a_format_is_told_by_its_heads_and_by_no_others(name: str) -> None:
    heads = heads_of(name)
    found = {kind: mapping.name for kind in KINDS if (mapping := detect(heads, kind))}
    assert found == {ready(name).kind: name}
    assert detect(tuple(head.upper() for head in reversed(heads)), ready(name).kind).name == name


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_templates_are_no_foreign_format(kind: str) -> None:
    assert detect(KINDS[kind].columns, kind) is None


def test_every_ready_mapping_has_a_sample_and_a_note() -> None:
    assert {mapping.name for mapping in ready_mappings()} == set(FILES)
    assert all(mapping.source_note and mapping.signature for mapping in ready_mappings())


@pytest.mark.parametrize("mapping", ready_mappings(), ids=lambda mapping: mapping.name)
def test_a_ready_mapping_says_only_what_we_know(mapping: ColumnMapping) -> None:
    assert read_mapping(to_toml(mapping), mapping.name) == mapping
    assert set(mapping.sources) <= set(KINDS[mapping.kind].columns)
    if mapping.kind == "incident":
        sources = mapping.sources
        assert sources["status"].constant == "masuk"
        assert not sources["status"].heads
        codes = {code for _, code in sources["kategori"].values} | {sources["kategori"].constant} - {None}
        assert codes <= {category.code for category in taxonomy().categories}
        severities = {text for _, text in sources["keparahan"].values} | {
            rule[2] for rule in sources["keparahan"].rules
        }
        assert severities <= set("12345")
        precisions = {text for _, text in sources["presisi"].values} | {sources["presisi"].otherwise} - {None}
        assert precisions <= PRECISIONS | COARSER


def test_acled() -> None:
    rows = mapped("acled")
    columns = ("id_sumber", "tanggal_kejadian", "kategori", "keparahan", "presisi", "sumber", "status")
    assert [part(row, *columns) for row in rows] == [
        ("IDN90001", "2024-11-20", "UNR", "3", "kabupaten", "ACLED", "masuk"),
        ("IDN90002", "2024-11-21", "RUS", "4", "kabupaten", "ACLED", "masuk"),
        ("IDN90003", "2024-11-22", "KEK", "5", "kabupaten", "ACLED", "masuk"),  # somebody died
        ("IDN90004", "2024-11-23", "RUS", "4", "kabupaten", "ACLED", "masuk"),  # without geo_precision
    ]
    assert part(rows[0], "lintang", "bujur") == ("-3.49", "105.93")
    assert rows[0]["uraian"] == "On 20 November 2024, residents gathered at the town hall."


@pytest.mark.parametrize(
    ("name", "accepted", "refused"),
    [
        (
            "acled",
            [("IDN90001", "2024-11-20"), ("IDN90002", "2024-11-21"), ("IDN90003", "2024-11-22")],
            [(5, "far_away")],
        ),
        # The third is known to the month and the province only.
        ("ucdp", [("900001", "2024-11-20"), ("900002", "2024-11-21")], [(4, "date"), (4, "precision")]),
        # 22.15 UTC is the next morning in the region.
        ("petabencana", [("90001", "2024-11-21"), ("90002", "2024-11-21")], []),
        ("kobo", [("70001", "2024-11-20"), ("70002", "2024-11-21")], []),
    ],
)
def test_rows_of_other_places_wait_in_quarantine_and_days_are_local(
    name: str, accepted: list[tuple[str, str]], refused: list[tuple[int, str]]
) -> None:
    mapping = fit(ready(name), heads_of(name))
    with closing(duckdb.connect()) as cursor:
        table = stage(cursor, name, mapping, {name: Source() for name in (*INCIDENT.heads, MARK, *ORIGIN_COLUMNS)})
        known = Knowledge(
            today=date(2024, 11, 27),
            words={"kategori": Words(taxonomy().match), "kabupaten": Words(lambda _: "")},
            resolve_place=place_resolver(AREAS, region_code=REGION_CODE, region_bps_code=None),
            extent=Extent(105.90, -3.52, 105.96, -3.48),
            time_zone=mapping.time_zone and "Asia/Jakarta",
        )
        sort_rows(cursor, table, INCIDENT, known)
        days = cursor.execute("SELECT source_id, occurred_on::VARCHAR FROM hashed ORDER BY line_number").fetchall()
        assert days == accepted
        assert cursor.execute("SELECT line_number, rule FROM faults").fetchall() == refused


def test_every_sub_event_of_acled_has_a_category_and_a_severity() -> None:
    sources = ready("acled").sources
    assert [text for text, _ in sources["kategori"].values] == [text for text, _ in sources["keparahan"].values]
    assert len(sources["kategori"].values) == 25 + 1  # one of the 25 has two spellings


def test_ucdp() -> None:
    rows = mapped("ucdp")
    assert [part(row, "id_sumber", "kategori", "keparahan", "presisi", "sumber", "status") for row in rows] == [
        ("900001", "KEK", "5", "titik", "UCDP GED", "masuk"),
        ("900002", "KEK", "4", "kabupaten", "UCDP GED", "masuk"),  # the best estimate is nobody
        ("900003", "KEK", "5", "provinsi", "UCDP GED", "masuk"),  # known to the province only: quarantined
    ]
    assert rows[0]["uraian"] == "Anggrek village; At the harbour, near the market; Clash at the harbour"
    assert rows[1]["uraian"] == "Kota Contoh"


@pytest.mark.parametrize(("precision", "sure"), [("1", True), ("2", True), ("3", False), ("5", False)])
def test_a_week_in_ucdp_is_no_day(tmp_path: Path, precision: str, *, sure: bool) -> None:
    heads = (
        "id,date_start,date_prec,latitude,longitude,where_prec,where_description,type_of_violence,best,priogrid_gid"
    )
    file = tmp_path / "ged.csv"
    file.write_text(f"{heads}\n1,2024-11-20,{precision},-3.49,105.91,1,pasar,2,0,1\n", encoding="utf-8")
    mapping = fit(ready("ucdp"), find_layout(file, limits=Limits()).heads)
    with closing(duckdb.connect()) as cursor:
        stage_table(
            cursor, file, sources=mapping.sources, required=INCIDENT.required, forbidden=forbidden_heads(mapping)
        )
        (found,) = cursor.execute("SELECT tanggal_kejadian FROM staged").fetchall()
    assert (found[0] == "2024-11-20") is sure


@pytest.mark.parametrize("head", ["Kejadian", "Peristiwa Kejadian", "Isi Laporan", "Kronologis"])
def test_what_happened_is_a_description_under_many_heads(head: str) -> None:
    found = propose(["tanggal", normalise_head(head), "jenis_kejadian"], "incident").sources
    assert found["uraian"].heads == (normalise_head(head),)
    assert found["kategori"].heads == ("jenis_kejadian",)


def test_petabencana() -> None:
    rows = mapped("petabencana")
    assert ready("petabencana").time_zone == "UTC"
    columns = ("id_sumber", "kategori", "keparahan", "presisi", "sumber", "status", "uraian")
    assert [part(row, *columns) for row in rows] == [
        ("90001", "CUA", "1", "titik", "PetaBencana", "masuk", "flood: Air setinggi lutut di jalan menuju TPS"),
        ("90002", "CUA", "1", "titik", "PetaBencana", "masuk", "haze: Asap"),
    ]
    assert part(rows[1], "lintang", "bujur") == ("-3.51", "105.95")
    assert rows[0]["tanggal_kejadian"] == rows[0]["tanggal_laporan"]
    assert str(rows[0]["tanggal_kejadian"]).startswith("2024-11-20")


def test_kobo() -> None:
    rows = mapped("kobo")
    columns = ("tanggal_kejadian", "kategori", "keparahan", "uraian", "kelurahan", "kecamatan", "lintang", "bujur")
    assert [part(row, *columns) for row in rows] == [
        ("2024-11-20", "politik_uang", "2", "Pembagian amplop di pasar", "Anggrek", "Utara", "-3.49", "105.91"),
        ("2024-11-21", "unjuk_rasa", "3", "Massa di depan kantor", "Dahlia", "Selatan", None, None),
    ]
    assert [part(row, "id_sumber", "sumber", "status", "tanggal_laporan") for row in rows] == [
        ("70001", "KoboToolbox", "masuk", "2024-11-20T07:09:40.000+07:00"),
        ("70002", "KoboToolbox", "masuk", "2024-11-21T19:41:00.000+07:00"),  # approved there is not verified here
    ]
    assert [taxonomy().match(str(row["kategori"])) for row in rows] == ["PU", "UNR"]
    assert "Fulan" not in {value for row in rows for value in row.values()}


def test_kobo_without_the_devices_clock_takes_the_servers() -> None:
    heads = [head for head in heads_of("kobo") if head != "end"]
    assert fit(ready("kobo"), heads).sources["tanggal_laporan"].heads == ("_submission_time",)


def test_kobo_with_two_places_chooses_none() -> None:
    heads = [*heads_of("kobo"), "tempat/_Posko_latitude", "tempat/_Posko_longitude"]
    assert not {"lintang", "bujur"} & set(fit(ready("kobo"), heads).sources)


def test_bawaslu() -> None:
    mapping = with_constant(fit(ready("bawaslu"), heads_of("bawaslu")), "pemilihan", "pilkada-2024")
    first, second = staged("bawaslu", mapping)
    assert part(first, "pemilihan", "kelurahan", "kecamatan", "no_tps") == ("pilkada-2024", "ANGGREK", "UTARA", "1")
    codes = [indicator.code.lower() for indicator in indicator_list().indicators]
    assert [first[code] for code in codes[:9]] == ["ya", "tidak", "ya", "tidak", "ya", "ya", "ya", "tidak", "tidak"]
    assert [first[code] for code in codes[9:14]] == [None, "ya", "ya", "ya", "tidak"]
    assert {first[code] for code in codes[14:]} == {None}  # unknown is not no
    assert {second[code] for code in codes[:-1]} == {"tidak"}
    assert second[codes[-1]] == "mungkin"  # kept, so that the row waits in quarantine


def test_an_indicator_may_speak_of_candidates_but_no_other_head_may() -> None:
    heads = [normalise_head(head) for head in heads_of("bawaslu")]
    mapping = fit(ready("bawaslu"), heads)
    assert [head for head in heads if FORBIDDEN_HEADS.search(head)]
    pattern = forbidden_heads(mapping)
    assert not [head for head in heads if pattern.search(head)]
    assert pattern.search("nama_calon")
    assert pattern.search("agama")
    assert pattern.search("rumah_pasangan_calon_atau_posko")
    assert forbidden_heads(ready("acled")) is FORBIDDEN_HEADS


def test_a_person_cannot_smuggle_a_forbidden_head_in_as_an_indicator() -> None:
    mapping = fit(ready("bawaslu"), [*heads_of("bawaslu")])
    source = mapping.sources["v5.1"]
    smuggled = type(source)(heads=("agama_pemilih",), values=source.values)
    changed = type(mapping)("x", "x", "station", {**mapping.sources, "v5.1": smuggled})
    assert forbidden_heads(changed).search("agama_pemilih")


def test_the_signature_of_bawaslu_names_indicators() -> None:
    texts = {normalise_head(indicator.text) for indicator in indicator_list().indicators}
    assert set(ready("bawaslu").signature[:-1]) <= texts


def test_numbered_questions_are_indicators_all_the_same() -> None:
    texts = [indicator.text for indicator in indicator_list().indicators]
    mapping = detect(["No", "TPS", *(f"{number}. {text}" for number, text in enumerate(texts, 1))], "station")
    assert mapping is not None
    assert [mapping.sources[i.code.lower()].heads[-1].partition("_")[0] for i in indicator_list().indicators] == [
        f"{number}." for number in range(1, len(texts) + 1)
    ]


def test_kpu_counts_become_stations() -> None:
    mapping = with_constant(fit(ready("kpu_tps"), heads_of("kpu_tps")), "pemilihan", "pemilu-2024")
    rows = staged("kpu_tps", mapping)
    columns = ("pemilihan", "kode_kelurahan", "kelurahan", "kecamatan", "no_tps")
    assert [part(row, *columns) for row in rows] == [
        ("pemilu-2024", "1999011001", "ANGGREK", "UTARA", "001"),
        ("pemilu-2024", "1999011001", "ANGGREK", "UTARA", "002"),
        ("pemilu-2024", "1999011001", "ANGGREK", "UTARA", "003"),
        ("pemilu-2024", "1999021001", "DAHLIA", "SELATAN", "001"),
        ("pemilu-2024", "1999021002", "EDELWEIS", "SELATAN", None),
    ]
    assert not {"dpt_l", "dpt_p", "dpt"} & set(mapping.sources)  # counts of a kelurahan are none of a station


def test_kpu_lists_with_short_heads_are_known_too() -> None:
    mapping = detect(["kode10", "provinsi", "kabkota", "kecamatan", "desa", "n_tps"], "station")
    assert mapping is not None
    assert (mapping.name, mapping.repeat_by) == ("kpu_tps", "n_tps")
    assert mapping.sources["kode_kelurahan"].heads == ("kode10",)


def test_indicators_are_proposed_by_wording_for_files_that_no_mapping_fits() -> None:
    mapping = propose(
        ["Kelurahan", "Nomor TPS", "Riwayat PSU atau PSSU", "Terdapat riwayat kekerasan di TPS"], "station"
    )
    assert mapping.sources["v1.7"].heads == ("riwayat_psu_atau_pssu",)
    assert mapping.sources["v2.1"].heads == ("terdapat_riwayat_kekerasan_di_tps",)
    assert mapping.sources["no_tps"].heads == ("nomor_tps",)
