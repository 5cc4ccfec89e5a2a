"""The commands about files: try, import, mend what was refused, and import again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from lib import cli
from tests.city import ANGGREK, BAKUNG, at, write_boundaries, write_csv

if TYPE_CHECKING:
    from pathlib import Path

REGION = "19.99"
LINES = [
    at(ANGGREK, id_sumber="1"),
    at(BAKUNG, id_sumber="2", kategori="tidak jelas", uraian="Laporan dari 0812-3456-7890"),
]


@pytest.fixture
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PETADINI_LAKE", str(tmp_path / "gudang"))
    monkeypatch.setenv("PETADINI_HARI_INI", "2024-11-20")
    assert (
        cli.main(["siapkan", "--wilayah", REGION, "--batas", str(write_boundaries(tmp_path / "batas.geojson"))]) == 0
    )
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


def test_a_reason_is_not_blank(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert prepared.is_dir()
    with pytest.raises(SystemExit) as stop:
        cli.main(["batal", "20200101-000000-0000", "--alasan", " "])
    assert stop.value.code == 2
    assert "alasannya kosong" in capsys.readouterr().err
