from datetime import date

import pandas as pd
import pytest

from data.read import refusal
from geo import errors as geo_errors
from lib.texts import import_questions, import_sample, imports

WHOLE = {
    "pemetaan": "Usulan dari judul kolom",
    "lembar": "Oktober",
    "baris_judul": 4,
    "baris_hxl": True,
    "pengodean": "cp1252",
    "bita_nol": 2,
    "sel_galat": 1,
    "crs": "EPSG:32748",
    "tanggal": {"tanggal_kejadian": {"urutan": "hari-bulan-tahun", "bukti": "number_above_12"}},
    "koordinat": {"lintang": "koma", "bujur": "koma", "di_dalam": 0.975},
    "bilangan": {"dpt": "titik"},
    "perbaikan": [{"kolom": "lintang", "aturan": "swapped+minus", "baris": 1200, "keyakinan": 1.0}],
    "data_pribadi": {"nik": 3},
    "kolom_disamarkan": ["uraian"],
    "kolom_pribadi": ["NIK"],
    "hanya_total": 5,
    "status_berkas": {"terverifikasi": 1200, "tidak_dapat_dipastikan": 1},
    "titik_di_kelurahan_lain": 3,
    "tps_di_kelurahan_lain": 2,
    "pertanyaan_nama": 2,
    "kolom_diabaikan": ["No."],
}


def test_everything_decided_is_said_in_a_sentence() -> None:
    lines = imports.decisions(None, WHOLE)
    assert "Desimal lintang dan bujur dibaca dengan koma." in lines
    assert "Koordinat di dalam atau dekat wilayah: 98%." in lines
    assert "Tanggal di tanggal_kejadian dibaca hari-bulan-tahun (terbukti dari angka di atas 12)." in lines
    assert (
        "1.200 baris berstatus terverifikasi, 1 baris berstatus tidak dapat dipastikan menurut berkasnya, bukan "
        "menurut pemeriksaan di sini."
    ) in lines
    assert "3 titik berada di kelurahan lain daripada yang disebut; lihat Laporan." in lines
    assert any("lintang dan bujur ditukar, lalu tanda minus dibetulkan, 1.200 baris" in line for line in lines)
    assert all(line.endswith(".") for line in lines)


@pytest.mark.parametrize("key", WHOLE)
def test_decisions_survive_facts_that_are_missing_or_empty(key: str) -> None:
    without = {name: value for name, value in WHOLE.items() if name != key}
    emptied = WHOLE | {key: None}
    assert imports.decisions(None, without) == imports.decisions(None, emptied)
    assert len(imports.decisions(None, without)) < len(imports.decisions(None, WHOLE))


def test_decisions_survive_facts_with_holes() -> None:
    facts = {"koordinat": {"di_dalam": None}, "tanggal": {"tanggal_kejadian": {}}, "bilangan": {"dpt": None}}
    assert imports.decisions("Kobo", facts) == ["Pemetaan kolom: Kobo."]


def test_a_reason_shared_by_lines_shows_the_evidence_of_one() -> None:
    counts = pd.DataFrame(
        {
            "rule": ["too_many_voters", "too_many_voters", "severity"],
            "line_count": [1200, 1, 2],
            "facts": ["600", "600", None],
        }
    )
    several, one, without = imports.fault_sentences(counts)
    assert several.startswith("1.200 baris, misalnya: Jumlah pemilih melebihi batas 600")
    assert one.startswith("1 baris: ")
    assert without == "2 baris: Keparahan harus angka 1 sampai 5."
    assert imports.fault_lines(counts)[2] == "- karantina 2 baris: Keparahan harus angka 1 sampai 5."


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("occurred_on", pd.Timestamp(2026, 10, 5), "05/10/2026"),
        ("reported_on", pd.NaT, None),
        ("simulated", False, "tidak"),
        ("simulated", float("nan"), None),
    ],
)
def test_a_cell_of_the_sample_is_written_as_elsewhere(name: str, value: object, written: str | None) -> None:
    assert import_sample.sample_cell(name, value) == written


def test_the_page_asks_without_naming_options_of_the_command() -> None:
    errors = [
        refusal.AmbiguousDatesError(
            file="a.csv",
            column="tanggal_kejadian",
            example="3/4/2024",
            day_first=date(2024, 4, 3),
            month_first=date(2024, 3, 4),
        ),
        refusal.ChooseSheetError(file="a.xlsx", sheets=("Oktober", "November")),
        refusal.NoHeaderError(file="a.csv", example="2024-11-10 | KEK"),
        refusal.MissingColumnsError(file="a.csv", columns=["kategori"], found=["apa"]),
        refusal.MissingColumnsError(file="a.csv", columns=["pemilihan"], found=["apa"]),
        refusal.NamesDisagreeError(file="a.csv", agreeing=1, compared=9, examples=[("1", "A", "B")]),
        geo_errors.NoCrsError(file="a.zip", west=1, south=1, east=2, north=2),
        geo_errors.SeveralLayersError(file="a.gpkg", layers=("a", "b")),
    ]
    sentences = [import_questions.refused(error) for error in errors]
    assert all("--" not in sentence for sentence in sentences)
    assert len(set(sentences)) == len(sentences)


def test_one_code_of_two_layers_keeps_the_words_of_its_own() -> None:
    error = geo_errors.NamesDisagreeError(
        file="b.gpkg", column="nama", disagreeing_count=3, compared_count=9, examples=[("1", "A", "B")]
    )
    assert "3 dari 9 namanya tidak" in import_questions.refused(error)
