"""Sheets of text: what is written can never be a formula, and codes and dates stay as they are."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

HEAD_FONT = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="14202B")
FAULT_FILL = PatternFill("solid", fgColor="F9D9A8")
NARROWEST, WIDEST = 12, 60
# What XML cannot hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def text_sheet(workbook: Workbook, title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Worksheet:
    """Add a sheet with styled heads and rows of text; empty and missing values leave their cell empty."""
    sheet = workbook.create_sheet(title)
    for position, head in enumerate(heads, start=1):
        cell = sheet.cell(1, position)
        write_text(sheet, 1, position, head)
        cell.font, cell.fill = HEAD_FONT, HEAD_FILL
        sheet.column_dimensions[get_column_letter(position)].width = min(max(len(head) + 3, NARROWEST), WIDEST)
    for number, row in enumerate(rows, start=2):
        for position, value in enumerate(row, start=1):
            write_text(sheet, number, position, value)
    sheet.freeze_panes = "A2"
    return sheet


def write_text(sheet: Worksheet, row: int, column: int, value: object) -> None:
    """Write a value as text: “=1+1” stays these four characters."""
    if value is None or value == "":
        return
    cell = sheet.cell(row, column)
    cell.value = _CONTROL.sub("", str(value))
    cell.data_type = "s"
    cell.number_format = "@"


def to_bytes(workbook: Workbook) -> bytes:
    """Give the file's bytes."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def empty_workbook() -> Workbook:
    """Make a workbook without sheets."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    return workbook
