"""CSV and XLSX leave the house through one file each, with the bytes that users know."""

from __future__ import annotations

import ast
import csv
import io
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from lib.output.csv_file import csv_bytes
from lib.output.json_file import json_bytes, json_text
from lib.output.leaving import no_formula
from lib.output.xlsx_file import Sheet, table_sheet, xlsx_bytes
from tests.attacks import PERSONAL, secrets_in

ROOT = Path(__file__).parents[3]
SOURCES = [
    *(path for folder in ("lib", "geo", "data", "pages") for path in sorted((ROOT / folder).rglob("*.py"))),
    ROOT / "app.py",
]
# Calls by their last name, and modules, that write a kind of file, and the one file that may.
WRITERS = {
    "csv": ({"to_csv", "writer", "DictWriter", "write_csv"}, set(), {"lib/output/csv_file.py", "data/demo/files.py"}),
    "xlsx": ({"to_excel", "ExcelWriter"}, {"openpyxl", "xlsxwriter", "odf", "docx"}, {"lib/output/xlsx_file.py"}),
    "json": ({"to_json"}, set(), {"lib/output/map_layers.py", "lib/ui/sources/boundary_sets.py"}),  # shapes of maps
}
FORMULAS = (
    "=1+1", "+62", "-1", "@A1", "\tx", "\rx", "\nx", "=cmd|'/c calc'!A0", " =1+1", '"=1+1',
    "\u200b=1+1", "\ufeff@x", "\u202e=1+1", "＝1+1", "＋1", "－1", "＠x", "\xa0=1", "aman;=1+1", "aman;\t@x",
    "baris\n=1+1", "-2+3+cmd|' /C calc'!A0",
)  # fmt: skip


def calls(path: Path) -> set[str]:
    """Name what a file calls, by the last name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            found.add(name)
    return found


def modules(path: Path) -> set[str]:
    """Name the packages that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("kind", WRITERS)
def test_one_file_writes_a_kind_of_file(kind: str) -> None:
    names, packages, homes = WRITERS[kind]
    writing = {
        path.relative_to(ROOT).as_posix() for path in SOURCES if calls(path) & names or modules(path) & packages
    }
    assert writing == homes


def test_the_engine_copies_out_nothing_but_parquet_and_bytes_as_they_are() -> None:
    texts = (path.read_text(encoding="utf-8") for path in (*SOURCES, *(ROOT / "data" / "sql").rglob("*.sql")))
    copies = [line for text in texts for line in text.splitlines() if re.search(r"\bCOPY\b.* TO ", line)]
    assert copies
    assert all("(FORMAT parquet)" in line or "(FORMAT blob)" in line for line in copies)


def test_csv_has_no_mark_points_for_commas_and_line_feeds() -> None:
    table = pd.DataFrame({"nama": ["Sukajadi, Barat", 'Kampung "Baru"', "–"], "skor": [1.5, None, 1e-7]})
    assert csv_bytes(table) == 'nama,skor\n"Sukajadi, Barat",1.5\n"Kampung ""Baru""",\n–,1e-07\n'.encode()


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run_stands_behind_an_apostrophe(text: str) -> None:
    written = csv_bytes(pd.DataFrame({"catatan": [text], "=2+2": ["x"]})).decode()
    heads, cells = csv.reader(io.StringIO(written, newline=""))
    assert heads == ["catatan", "'=2+2"]
    for cell in re.split(r"[;\t\r\n]", cells[0]):
        assert not re.match(r"[\s\"]*[=+\-@＝＋－＠]", cell), cells
    assert no_formula(cells[0]) == cells[0]  # once is enough


@pytest.mark.parametrize("text", ["Jalan 1", "a=b", "", "–", "-", "Sukajadi; Barat", "rapat - lanjutan", "'=1"])
def test_anything_else_stays(text: str) -> None:
    assert no_formula(text) == text


def test_numbers_stay_numbers_in_either_file() -> None:
    table = pd.DataFrame(
        {
            "selisih": pd.array([-2, None], dtype="Int64"),
            "lintang": [-2.55, float("nan")],
            "campur": pd.Series([-3, None], dtype=object),
            "hari": [date(2026, 11, 29), None],
        }
    )
    assert csv_bytes(table) == b"selisih,lintang,campur,hari\n-2,-2.55,-3,2026-11-29\n,,,\n"
    sheet = load_workbook(io.BytesIO(xlsx_bytes(table_sheet("a", table))))["a"]
    assert [cell.value for cell in sheet[2]][:2] == [-2, -2.55]
    assert [cell.data_type for cell in sheet[2]][:2] == ["n", "n"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_sheet_never_holds_a_formula(text: str) -> None:
    made = xlsx_bytes(Sheet("a", ["catatan"], [[text]], number_heads=["catatan"]))
    cell = load_workbook(io.BytesIO(made))["a"].cell(2, 1)
    assert (cell.data_type, cell.number_format, cell.quotePrefix) == ("s", "@", True)


def test_a_sheet_of_text_holds_text_and_tints_what_is_faulty() -> None:
    rows = [["01.10", "=1+1"], ["\x01x", None]]
    made = xlsx_bytes(Sheet("satu", ["kode", "isi"], rows, {"B": 33}, faults={(1, "kode"), (1, "lain")}))
    sheet = load_workbook(io.BytesIO(made))["satu"]
    assert [[cell.value for cell in row] for row in sheet] == [["kode", "isi"], ["01.10", "=1+1"], ["x", None]]
    assert {cell.data_type for cell in sheet[2]} == {"s"}
    assert {cell.number_format for cell in sheet[2]} == {"@"}
    assert sheet.column_dimensions["A"].width == 12
    assert sheet.column_dimensions["B"].width == 33
    assert [sheet.cell(row, 1).fill.fgColor.rgb[2:] for row in (2, 3)] == ["000000", "F9D9A8"]
    assert sheet.freeze_panes == "A2"


def test_an_example_stays_text_where_someone_types_over_it() -> None:
    sheet = load_workbook(io.BytesIO(xlsx_bytes(Sheet("a", ["kode", "tanggal"], [["", ""]], is_example=True))))["a"]
    assert {(cell.number_format, cell.font.italic) for cell in sheet[2]} == {("@", True)}


def test_a_table_keeps_its_numbers_and_leaves_out_what_is_missing() -> None:
    table = pd.DataFrame(
        {"no_tps": ["001", None], "dpt": pd.array([251, None], dtype="Int64"), "skor": [0.5, float("nan")]}
    )
    made = load_workbook(io.BytesIO(xlsx_bytes(table_sheet("a", table), Sheet("b", ["x"], []))))
    assert made.sheetnames == ["a", "b"]
    assert [[cell.value for cell in row] for row in made["a"]] == [["no_tps", "dpt", "skor"], ["001", 251, 0.5]]


def test_what_identifies_a_person_leaves_in_no_file_and_a_place_keeps_its_name() -> None:
    table = pd.DataFrame(
        {
            "nama": ["Pak Laheng"],
            "catatan": [f"{PERSONAL}, ditelepon 0812\u200b3456\u20607890"],
            "asal_impor": ["20261128-081234-5678"],
            "pelaku": ["os:ani@pc.kantor.go.id"],
            "sidik": ["a" * 15 + "081298765432"],
        }
    )
    sheet = load_workbook(io.BytesIO(xlsx_bytes(table_sheet("a", table))))["a"]
    texts = (
        csv_bytes(table).decode(),
        " ".join(str(cell.value) for cell in sheet[2]),
        json_bytes(table.to_dict("records")).decode(),
        json_text({"catatan": table["catatan"].tolist(), "nama": "Pak Laheng"} | table.iloc[0].to_dict()),
    )
    for text in texts:
        assert secrets_in(text) == []
        assert "7890" not in text
        for kept in (
            "Pak Laheng",
            "[nik disamarkan]",
            "20261128-081234-5678",
            "os:ani@pc.kantor.go.id",
            "a" * 15 + "081298765432",
        ):
            assert kept in text
