"""The one writer of XLSX: what is text can never be a formula, and codes and dates stay as they are."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from numbers import Number
from typing import TYPE_CHECKING

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from lib.output.leaving import no_formula, safe_text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

HEAD_FONT = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="14202B")
EXAMPLE_FONT = Font(italic=True, color="55636F")
FAULT_FILL = PatternFill("solid", fgColor="F9D9A8")
NARROWEST, WIDEST = 12, 60
TEXT = "@"  # the format in which Excel keeps codes and dates as they are typed


@dataclass(frozen=True)
class Sheet:
    """One sheet: styled heads above rows of text; empty and missing values leave their cell empty."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    widths: Mapping[str, int] = field(default_factory=dict)  # by letter; else as wide as the head
    number_heads: Collection[str] = ()  # columns whose values stay numbers
    faults: Collection[tuple[int, str]] = ()  # cells to tint: row from 0, head
    is_example: bool = False  # the first row shows how to fill in the sheet


def table_sheet(title: str, table: pd.DataFrame) -> Sheet:
    """Make a sheet of a table: numbers as numbers, everything else as text."""
    heads = [str(name) for name in table.columns]
    columns = [[None if pd.isna(value) else value for value in table[head].tolist()] for head in heads]
    numbers = [head for head in heads if pd.api.types.is_numeric_dtype(table[head])]
    return Sheet(title, heads, list(zip(*columns, strict=True)), number_heads=numbers)


def xlsx_bytes(*sheets: Sheet) -> bytes:
    """Write a workbook of these sheets."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in sheets:
        _write(workbook.create_sheet(sheet.title), sheet)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _write(page: Worksheet, sheet: Sheet) -> None:
    for column, head in enumerate(sheet.heads, start=1):
        _write_text(page, 1, column, head)
        page.cell(1, column).font, page.cell(1, column).fill = HEAD_FONT, HEAD_FILL
        width = min(max(len(head) + 3, NARROWEST), WIDEST)
        letter = get_column_letter(column)
        page.column_dimensions[letter].width = sheet.widths.get(letter, width)
        for row, values in enumerate(sheet.rows, start=2):
            value = values[column - 1]
            if head in sheet.number_heads and isinstance(value, Number):
                page.cell(row, column, value)
            else:
                _write_text(page, row, column, value, head)
            if (row - 2, head) in sheet.faults:
                page.cell(row, column).fill = FAULT_FILL
        if sheet.is_example:
            page.cell(2, column).number_format, page.cell(2, column).font = TEXT, EXAMPLE_FONT
    page.freeze_panes = "A2"


def _write_text(page: Worksheet, row: int, column: int, value: object, head: str = "") -> None:
    """Write a value as text: “=1+1” stays these four characters, also where someone edits or copies the cell."""
    if value is None or value == "":
        return
    cell = page.cell(row, column)
    text = safe_text(str(value), head)
    cell.value = text
    cell.quotePrefix = no_formula(text) != text
    cell.data_type = "s"
    cell.number_format = TEXT
