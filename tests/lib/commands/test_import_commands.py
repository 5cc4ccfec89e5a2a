"""The commands about files: try, import, mend what was refused, and import again."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest

from lib.commands import parser as cli
from tests.city import ANGGREK, BAKUNG, at, station, write_boundaries, write_csv

if TYPE_CHECKING:
    from pathlib import Path

REGION = "19.99"
LINES = [
    at(ANGGREK, id_sumber="1"),
    at(BAKUNG, id_sumber="2", kategori="tidak jelas", uraian="Laporan dari 0812-3456-7890"),
]


@pytest.fixture(scope="module")
def prepared_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("siap")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PETADINI_LAKE", str(folder / "gudang"))
        boundaries = write_boundaries(folder / "batas.geojson")
        assert cli.main(["siapkan", "--wilayah", REGION, "--batas", str(boundaries)]) == 0
    return folder / "gudang"


@pytest.fixture
def prepared(prepared_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(prepared_store, tmp_path / "gudang")
    monkeypatch.setenv("PETADINI_LAKE", str(tmp_path / "gudang"))
    monkeypatch.setenv("PETADINI_HARI_INI", "2024-11-20")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *line: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = cli.main(list(line))
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_a_try_stores_nothing(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write_csv(prepared / "kejadian.csv", LINES)
    code, said, _ = run(capsys, "impor", "kejadian", str(file), "--coba")
    assert code == 0
    assert "2 baris = 1 diterima + 1 karantina + 0 duplikat" in said
    assert "tidak ada yang disimpan" in said
    assert "kejadian.csv" not in run(capsys, "riwayat")[1]


def test_a_refused_line_is_mended_in_a_workbook_and_leaves_the_quarantine(
    prepared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_csv(prepared / "kejadian.csv", LINES)
    taken = json.loads(run(capsys, "impor", "kejadian", str(file), "--json")[1])
    assert (taken["baris"], taken["diterima"], taken["karantina"]) == (2, 1, 1)
    number = taken["impor_id"]
    mended = prepared / "perbaiki.xlsx"
    assert run(capsys, "karantina", number, "--keluar", str(mended))[0] == 0

    workbook = openpyxl.load_workbook(mended)
    sheet = workbook["data"]
    heads = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 2
    assert sheet.cell(2, heads.index("asal_impor") + 1).value == number
    assert "0812" not in str(sheet.cell(2, heads.index("uraian") + 1).value)
    sheet.cell(2, heads.index("kategori") + 1).value = "KEK"
    workbook.save(mended)

    again = json.loads(run(capsys, "impor", "kejadian", str(mended), "--json")[1])
    assert (again["baris"], again["diterima"], again["karantina"]) == (1, 1, 0)
    assert "Tidak ada baris di karantina" in run(capsys, "karantina", number)[1]


def test_an_office_list_without_category_and_severity_is_read(
    prepared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = {"Kelurahan": "Anggrek", "Kecamatan": "Utara"}
    lines = [
        {"Tanggal": "2024-11-10", "Kejadian": "perusakan baliho di pasar", **place},
        {"Tanggal": "2024-11-11", "Kejadian": "rapat biasa", **place},
    ]
    file = write_csv(prepared / "kejadian.csv", lines)
    code, _, refused = run(capsys, "impor", "kejadian", str(file))
    assert code == 2
    assert "--isi KOLOM=NILAI" in refused
    code, said, _ = run(capsys, "impor", "kejadian", str(file), "--isi", "keparahan=2", "--coba")
    assert code == 0
    assert "2 baris = 1 diterima + 1 karantina" in said
    assert "Kategori dikenali dari uraian." in said
    code, said, _ = run(capsys, "impor", "kejadian", str(file), "--isi", "keparahan=2", "--isi", "kategori=KEK")
    assert "2 diterima" in said
    assert "dikenali dari uraian" not in said


def test_only_our_own_columns_can_be_filled(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write_csv(prepared / "kejadian.csv", LINES)
    code, _, refused = run(capsys, "impor", "kejadian", str(file), "--isi", "entah=2")
    assert code == 2
    assert "entah" in refused
    assert "keparahan" in refused
    with pytest.raises(SystemExit):
        cli.main(["impor", "kejadian", str(file), "--isi", "keparahan"])
    assert "keparahan=2" in capsys.readouterr().err


def test_an_election_is_asked_for_and_must_be_known(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write_csv(prepared / "tps.csv", [{k: v for k, v in station().items() if k != "pemilihan"}])
    assert "--pemilihan" in run(capsys, "impor", "tps", str(file))[2]
    code, _, refused = run(capsys, "impor", "tps", str(file), "--pemilihan", "pilkada-1924")
    assert code == 2
    assert "pilkada-1924" in refused
    assert "pilkada-2024" in refused
    assert "1 diterima" in run(capsys, "impor", "tps", str(file), "--pemilihan", "pilkada-2024")[1]


def test_a_column_of_both_orders_stops_the_import_until_somebody_says_which(
    prepared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = at(ANGGREK, tanggal_kejadian="5/11/2024", tanggal_laporan=None)
    file = write_csv(prepared / "kejadian.csv", [line, line | {"id_sumber": "K-2", "tanggal_kejadian": "6/10/2024"}])
    code, _, refused = run(capsys, "impor", "kejadian", str(file))
    assert code == 2
    assert "--urutan-tanggal" in refused
    code, said, _ = run(capsys, "impor", "kejadian", str(file), "--urutan-tanggal", "hari-bulan-tahun")
    assert code == 0
    assert "2 diterima" in said


def test_a_name_that_is_only_alike_is_asked_about(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = at(ANGGREK, kode_kelurahan=None, kelurahan="Anggerik", bujur=None, lintang=None, presisi=None)
    file = write_csv(prepared / "kejadian.csv", [line])
    _, said, _ = run(capsys, "impor", "kejadian", str(file), "--coba")
    assert "Anggerik" in said
    assert ANGGREK in said
    answer = f"Anggerik/Utara={ANGGREK}"
    _, said, _ = run(capsys, "impor", "kejadian", str(file), "--samakan", answer)
    assert "1 diterima" in said


def test_unknown_numbers_and_mappings_are_refused(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "karantina", "20200101-000000-0000")[0] == 2
    file = write_csv(prepared / "kejadian.csv", LINES)
    code, _, refused = run(capsys, "impor", "kejadian", str(file), "--pemetaan", "entah")
    assert code == 2
    assert "entah" in refused


def test_ready_mappings_are_listed(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert prepared.is_dir()
    listed = run(capsys, "pemetaan")[1]
    assert all(name in listed for name in ("acled", "ucdp", "petabencana", "kobo", "bawaslu", "kpu_tps"))


def test_reports_are_verified_merged_and_kept_apart(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [at(ANGGREK, id_sumber=str(number), sumber=f"Kantor {number}") for number in range(3)]
    file = write_csv(prepared / "kejadian.csv", lines)
    number = json.loads(run(capsys, "impor", "kejadian", str(file), "--json")[1])["impor_id"]
    rows = [f"{number}:{line}" for line in (2, 3, 4)]
    assert "3 dugaan ganda" in run(capsys, "ganda", "--per", "2024-11-20")[1]
    assert run(capsys, "verifikasi", "terverifikasi", *rows, "--alasan", "cek lapangan", "--sumber", "B")[0] == 0
    assert run(capsys, "gabung", *rows[:2], "--alasan", "satu kejadian")[0] == 0
    assert run(capsys, "pisah", rows[0], rows[2], "--alasan", "lain tempat")[0] == 0
    assert "0 dugaan ganda" in run(capsys, "ganda", "--per", "2024-11-20")[1]
    assert run(capsys, "verifikasi", "beres", rows[0], "--alasan", "x")[0] == 2
    target = prepared / "kelengkapan.csv"
    assert run(capsys, "kelengkapan", "--per", "2024-11-20", "--csv", str(target))[0] == 0
    assert "Anggrek" in target.read_text(encoding="utf-8-sig")


def test_a_merge_says_how_large_the_event_is_and_what_lies_apart(
    prepared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [at(ANGGREK, id_sumber="1"), at(ANGGREK, id_sumber="2")]
    far = at(BAKUNG, id_sumber="3", tanggal_kejadian="2024-10-01", tanggal_laporan=None)
    file = write_csv(prepared / "kejadian.csv", [*lines, far])
    number = json.loads(run(capsys, "impor", "kejadian", str(file), "--json")[1])["impor_id"]
    said = run(capsys, "gabung", f"{number}:2", f"{number}:3", "--alasan", "satu kejadian")[1]
    assert "2 laporan digabung" in said
    assert "Perhatikan" not in said
    code, said, _ = run(capsys, "gabung", f"{number}:2", f"{number}:4", "--alasan", "satu kejadian")
    assert code == 0
    assert "kini terdiri dari 3" in said
    assert "48 jam" in said
    assert "kelurahan lain" in said
    assert "rumpun" not in said


def test_an_undo_says_which_imports_brought_its_rows_too(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write_csv(prepared / "kejadian.csv", LINES[:1])
    first, second = (
        json.loads(run(capsys, "impor", "kejadian", str(file), "--json")[1])["impor_id"] for _ in range(2)
    )
    said = run(capsys, "batal", first, "--alasan", "salah")[1]
    assert f"1 baris juga dikirim impor {second} sebagai duplikat dan kini tidak dihitung lagi" in said
    said = run(capsys, "impor", "kejadian", str(file))[1]
    assert "1 baris = 1 diterima" in said
    assert "1 baris berstatus terverifikasi menurut berkasnya" in said


def test_a_reason_is_not_blank(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert prepared.is_dir()
    with pytest.raises(SystemExit) as stop:
        cli.main(["batal", "20200101-000000-0000", "--alasan", " "])
    assert stop.value.code == 2
    assert "alasannya kosong" in capsys.readouterr().err
