"""CSV and XLSX leave the house through one file each, with the bytes that users know."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from lib.output.csv_file import csv_bytes, no_formula
from lib.output.xlsx_file import Sheet, table_sheet, xlsx_bytes

LIB = Path(__file__).parents[3] / "lib"


@pytest.mark.parametrize(
    ("words", "writer"),
    [
        (r"\.to_csv\(|csv\.writer|DictWriter", "output/csv_file.py"),
        (r"openpyxl|to_excel|xlsxwriter", "output/xlsx_file.py"),
    ],
)
def test_one_file_of_lib_writes_it(words: str, writer: str) -> None:
    texts = {path.relative_to(LIB).as_posix(): path.read_text(encoding="utf-8") for path in LIB.rglob("*.py")}
    assert [name for name, text in texts.items() if re.search(words, text)] == [writer]


def test_csv_has_no_mark_points_for_commas_and_line_feeds() -> None:
    table = pd.DataFrame({"nama": ["Sukajadi, Barat", 'Kampung "Baru"', "–"], "skor": [1.5, None, 1e-7]})
    assert csv_bytes(table) == 'nama,skor\n"Sukajadi, Barat",1.5\n"Kampung ""Baru""",\n–,1e-07\n'.encode()


@pytest.mark.parametrize("text", ["=1+1", "+62", "-1", "@SUM", "\tx", "\rx"])
def test_what_a_spreadsheet_would_run_stands_behind_an_apostrophe(text: str) -> None:
    assert no_formula(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Jalan 1", "a=b", "", -1, None])
def test_anything_else_stays(value: object) -> None:
    assert no_formula(value) is value


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
