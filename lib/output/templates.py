"""Empty import files to fill in: XLSX with the heads, an example row and notes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from data import sorting
from lib.indicators import indicator_list
from lib.taxonomy import taxonomy
from lib.texts import tables as t

if TYPE_CHECKING:
    from datetime import date

    from lib.elections import Election
    from lib.profile import Region

Kind = Literal["kejadian", "tps"]
HEAD_FONT = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="14202B")
EXAMPLE_FONT = Font(italic=True, color="55636F")


def template(kind: Kind, region: Region, election: Election, *, today: date) -> bytes:
    """Make the template of a kind of file for a region, with an example row of its own places."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = t.TEMPLATE_DATA_SHEET
    codes = [indicator.code for indicator in indicator_list().indicators] if kind == "tps" else []
    heads = [*(sorting.INCIDENT_COLUMNS if kind == "kejadian" else sorting.STATION_COLUMNS), *codes]
    example = _example(kind, region, election, today)
    sheet.append(heads)
    sheet.append([example.get(head, "") for head in heads])
    for position, head in enumerate(heads, start=1):
        cell = sheet.cell(1, position)
        cell.font, cell.fill = HEAD_FONT, HEAD_FILL
        sheet.cell(2, position).font = EXAMPLE_FONT
        sheet.column_dimensions[get_column_letter(position)].width = max(len(head) + 3, 12)
        for row in range(1, 3):
            sheet.cell(row, position).number_format = "@"  # Excel keeps codes and dates as they are typed
    sheet.freeze_panes = "A2"
    notes = workbook.create_sheet(t.TEMPLATE_NOTES_SHEET)
    notes.append(t.TEMPLATE_HEAD)
    notes.append(("", t.TEMPLATE_EXAMPLE_NOTE))
    texts = {indicator.code: indicator.text for indicator in indicator_list().indicators}
    for head in heads:
        notes.append((head, t.TEMPLATE_NOTES.get(head) or t.TEMPLATE_INDICATOR_NOTE.format(text=texts[head])))
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 20, 90
    if kind == "kejadian":
        categories = workbook.create_sheet(t.TEMPLATE_CATEGORY_SHEET)
        categories.append(t.TEMPLATE_CATEGORY_HEAD)
        for category in taxonomy().categories:
            categories.append((category.code, category.name, ", ".join(category.synonyms)))
        for column, width in (("A", 12), ("B", 44), ("C", 90)):
            categories.column_dimensions[column].width = width
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _example(kind: Kind, region: Region, election: Election, today: date) -> dict[str, str]:
    area = region.areas[0] if region.areas else None
    place = {
        "kode_kelurahan": area.code if area else f"{region.code}.01.1001",
        "kelurahan": area.name if area else "",
        "kecamatan": area.district_name if area else "",
    }
    if kind == "tps":
        return place | {"pemilihan": election.code, "no_tps": "001", "dpt_l": "240", "dpt_p": "251"}
    return place | {
        "id_sumber": "CONTOH-1",
        "tanggal_kejadian": today.isoformat(),
        "tanggal_laporan": today.isoformat(),
        "kategori": "APK",
        "keparahan": "2",
        "presisi": "kelurahan",
        "status": "masuk",
    }
