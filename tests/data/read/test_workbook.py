"""Workbooks: one sheet of any spreadsheet file as text, and what is refused before it is unpacked."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import random
import re
import struct
import zipfile
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from data.limits import Limits
from data.read import workbook
from data.read.layout import Layout, find_layout, sample
from data.read.refusal import TableError
from data.read.rows import TextTable, stage_table
from tests.sorter import sources_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RECAP = [
    ["REKAPITULASI DPT KOTA DUMAI"],
    [],
    ["Kecamatan", "Kelurahan", "DPT", None, "TPS"],
    [None, None, "L", "P", None],
    ["Dumai Timur", "Teluk Binjai", 150, 160, 1],
    [None, "Jaya Mukti", 140.5, "#N/A", dt.date(2024, 11, 5)],
    ["Dumai Kota", "Bintan", "=1+1", None, dt.datetime(2024, 11, 5, 8, 30)],  # noqa: DTZ001  cells have no zone
]
MERGED = ("A1:E1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "A5:A6")


def save(path: Path, sheets: dict[str, Sequence[Sequence[object]]], *, merged: Sequence[str] = ()) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.removeprefix("-"))
        sheet.sheet_state = "hidden" if name.startswith("-") else "visible"
        for row, values in enumerate(rows, start=1):
            for column, value in enumerate(values, start=1):
                cell = sheet.cell(row, column, value)
                if value == "#N/A":
                    cell.data_type = "e"
                elif isinstance(value, str):
                    cell.data_type = "s"
        for cells in merged:
            sheet.merge_cells(cells)
    book.save(path)
    return path


def ods(path: Path, rows: Sequence[Sequence[object]], *, manifest: str = "") -> Path:
    def cell(value: object) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p/></table:table-cell>'

    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0"?><office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="L1">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        archive.writestr("content.xml", content)
    return path


def xls(path: Path, rows: Sequence[Sequence[str | float]]) -> Path:
    """Write a workbook of 1997 by hand: a compound file that holds one stream of records."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    cells = b""
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(value, str):
                text = value.encode("utf-16-le")
                cells += record(0x0204, place + struct.pack("<HB", len(value), 1) + text)
            else:
                cells += record(0x0203, place + struct.pack("<d", value))
    start = struct.pack("<HHHHII", 0x0600, 5, 0, 1997, 0, 6)
    sheet = record(0x0809, start[:2] + struct.pack("<H", 16) + start[4:]) + cells + record(0x000A, b"")
    name = b"\x03\x00Dat"
    head = record(0x0809, start)
    offset = len(head) + 4 + 6 + len(name) + 4
    book = head + record(0x0085, struct.pack("<IH", offset, 0) + name) + record(0x000A, b"") + sheet
    book += bytes(max(4096 - len(book), -len(book) % 512))  # shorter streams live elsewhere
    sectors = len(book) // 512
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    chain = [fat, end, *range(3, sectors + 2), end]
    table = struct.pack(f"<{len(chain)}I", *chain) + struct.pack("<I", free) * (128 - len(chain))

    def entry(title: str, kind: int, child: int, first: int, size: int) -> bytes:
        text = (title + "\0").encode("utf-16-le")
        return struct.pack("<64sHBBIII36xIQ", text, len(text), kind, 1, free, free, child, first, size)

    folder = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 2, len(book)) + bytes(256)
    header = (
        workbook.OLE_MARK
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    )
    header += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    path.write_bytes(header + table + folder + book)
    return path


def staged(path: Path, layout: Layout | None, *columns: str, **options: Any) -> tuple[TextTable, list[Any]]:
    with closing(duckdb.connect()) as cursor:
        table = stage_table(
            cursor,
            path,
            sources=sources_of(columns),
            required=(),
            forbidden=re.compile("agama"),
            layout=layout,
            **options,
        )
        return table, cursor.execute("SELECT * FROM staged ORDER BY line_number").fetchall()


def refusal(path: Path, **options: Any) -> TableError:
    with pytest.raises(TableError) as refused:
        find_layout(path, **options)
    return refused.value


# What is read


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm", ".csv"])
def test_a_recapitulation_is_read_below_its_titles_and_merged_heads(tmp_path: Path, suffix: str) -> None:
    path = save(tmp_path / f"dpt{suffix}", {"Rekap": RECAP}, merged=MERGED)
    layout = find_layout(path)
    assert layout.keys == ("kecamatan", "kelurahan", "dpt_l", "dpt_p", "tps")
    assert layout.heads[2] == "DPT L"
    assert (layout.sheet, layout.header_row, layout.first_row, layout.error_cell_count) == ("Rekap", 4, 5, 1)
    expected = [
        ("Dumai Timur", "Teluk Binjai", "150", "160", "1"),
        ("Dumai Timur", "Jaya Mukti", "140.5", None, "2024-11-05"),  # its kecamatan is merged over two rows
        ("Dumai Kota", "Bintan", "=1+1", None, "2024-11-05 08:30"),
    ]
    for known in (layout, replace(layout, opened=None), None):
        table, rows = staged(path, known, *layout.keys)
        assert rows == [(number, *cells) for number, cells in enumerate(expected, start=5)]
        assert (table.sheet, table.error_cell_count, table.encoding) == ("Rekap", 1, suffix[1:])
    assert sample(path, replace(layout, opened=None), count=1) == expected[:1]
    assert sample(path, layout)[1][0] is None  # a sample shows cells as they are stored


def test_an_ods_sheet_is_read(tmp_path: Path) -> None:
    path = ods(tmp_path / "x.ods", [["Judul"], ["Kec", "DPT", None], [None, "L", "P"], ["Bintan", 1, 2.5]])
    layout = find_layout(path)
    assert layout.keys == ("kec", "dpt_l", "dpt_p")
    assert staged(path, layout, *layout.keys)[1] == [(4, "Bintan", "1", "2.5")]


@pytest.mark.parametrize("name", ["x.xls", "x.xlsx"])
def test_an_old_workbook_is_read_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = xls(tmp_path / name, [["a", "kelurahan", "c"], [1.0, "Teluk Binjaí", 2.5], [2.0, "Bintan", 3.0]])
    table, rows = staged(path, None, "a", "kelurahan", "c")
    assert rows == [(2, "1", "Teluk Binjaí", "2.5"), (3, "2", "Bintan", "3")]
    assert table.sheet == "Dat"


def test_a_formula_without_a_value_is_empty(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append(["=1+1", "x"])
    book.save(tmp_path / "x.xlsx")
    assert staged(tmp_path / "x.xlsx", None, "a", "b")[1] == [(2, None, "x")]


def test_durations_are_written_as_hours(tmp_path: Path) -> None:
    path = save(tmp_path / "x.xlsx", {"s": [["a", "b"], [dt.timedelta(hours=30, minutes=5), dt.time(8, 30)]]})
    assert staged(path, None, "a", "b")[1] == [(2, "30:05", "08:30")]


NUMBERS = st.one_of(st.floats(), st.integers(-(10**12), 10**12).map(lambda n: n / 1000), st.integers().map(float))


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.lists(NUMBERS, min_size=1),
        st.lists(st.text(), min_size=1),
        st.lists(st.dates(), min_size=1),
        st.lists(st.one_of(NUMBERS, st.text(), st.booleans(), st.dates(), st.datetimes(), st.times()), min_size=1),
    )
)
@example([20168791799.92558, 1.0])
@example([0.00001, 2.5])
@example([0.0, -0.0, float("nan"), float("inf")])
@example(["", "x", ""])
def test_columns_become_text_as_their_cells_do(cells: list[object]) -> None:
    cells = [cell for cell in cells if not (isinstance(cell, str) and re.search("[\ud800-\udfff]", cell))]
    assert workbook._text_array(cells).to_pylist() == [workbook.cell_text(cell) for cell in cells]


# Which sheet


TABLE = [["a", "b"], ["1", "2"]]


def test_the_only_sheet_with_cells_is_taken(tmp_path: Path) -> None:
    path = save(tmp_path / "x.xlsx", {"kosong": [], "spasi": [[" "]], "isi": TABLE, "-lama": TABLE})
    assert find_layout(path).sheet == "isi"
    hidden = save(tmp_path / "y.xlsx", {"kosong": [], "-lama": TABLE})
    assert find_layout(hidden).sheet == "lama"


def test_several_sheets_ask(tmp_path: Path) -> None:
    path = save(tmp_path / "x.xlsx", {"Satu": TABLE, "Dua": [["c", "d"], ["3", "4"]], "-Tiga": TABLE})
    error = refusal(path)
    assert (error.code, error.facts["sheets"]) == ("choose_sheet", ["Satu", "Dua"])
    assert find_layout(path, sheet=" dua").keys == ("c", "d")
    assert find_layout(path, sheet="Tiga").keys == ("a", "b")
    error = refusal(path, sheet="Empat")
    assert (error.code, error.facts["sheets"]) == ("unknown_sheet", ["Satu", "Dua", "Tiga"])
    assert refusal(save(tmp_path / "y.xlsx", {"Satu": [], "Dua": []})).code == "empty"


# What is refused


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(workbook.OLE_MARK + bytes(2000) + workbook.ENCRYPTED_PACKAGE + bytes(2000))
    assert refusal(path).code == "encrypted"
    locked = ods(tmp_path / "x.ods", TABLE, manifest="<manifest:encryption-data/>")
    assert refusal(locked).code == "encrypted"


def test_a_broken_workbook_is_refused(tmp_path: Path) -> None:
    whole = save(tmp_path / "x.xlsx", {"s": TABLE}).read_bytes()
    for content in (whole[:3000], whole[:-30], b"PK\x03\x04" + bytes(100), workbook.OLE_MARK + bytes(3000)):
        (tmp_path / "y.xlsx").write_bytes(content)
        assert refusal(tmp_path / "y.xlsx").code == "unreadable"


def test_any_damage_is_refused_or_read(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311
    whole = save(tmp_path / "x.xlsx", {"s": RECAP}, merged=MERGED).read_bytes()
    old = xls(tmp_path / "x.xls", [["a", "b"], [1.0, "x"]]).read_bytes()
    for number in range(100):
        content = bytearray(old if number % 3 == 0 else whole)
        for _ in range(chance.randint(1, 8)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path = tmp_path / "y.xlsx"
        path.write_bytes(content)
        with contextlib.suppress(TableError):
            layout = find_layout(path)
            staged(path, layout, *[key for key in layout.keys if key and layout.keys.count(key) == 1])


def repacked(path: Path, target: Path, member: str, content: bytes) -> Path:
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as sink:
        for name in source.namelist():
            sink.writestr(name, content if name == member else source.read(name))
    return target


def test_a_zip_bomb_is_refused_without_unpacking(tmp_path: Path) -> None:
    path = save(tmp_path / "x.xlsx", {"s": TABLE})
    bomb = repacked(path, tmp_path / "bom.xlsx", "xl/styles.xml", bytes(workbook.BOMB_BYTES + 1))
    error = refusal(bomb)
    assert (error.code, error.facts["member"]) == ("zip_bomb", "xl/styles.xml")
    assert refusal(path, limits=Limits(unpacked_bytes=100)).code == "unpacked_too_large"


def test_a_zip_that_hides_its_size_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "x.xlsx", {"s": TABLE})
    true_bytes, stated_bytes = 300_000, 1_000
    liar = repacked(path, tmp_path / "y.xlsx", "xl/styles.xml", bytes(true_bytes))
    content = liar.read_bytes()
    assert content.count(struct.pack("<I", true_bytes)) == 2
    liar.write_bytes(content.replace(struct.pack("<I", true_bytes), struct.pack("<I", stated_bytes)))
    assert refusal(liar).code == "zip_bomb"


def test_a_stray_cell_at_the_end_of_the_sheet_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "a"
    book.active["XFD1048576"] = "z"
    book.save(tmp_path / "x.xlsx")
    error = refusal(tmp_path / "x.xlsx")
    assert (error.code, error.facts["rows"], error.facts["columns"]) == ("too_many_cells", 1_048_576, 16_384)


def test_errors_are_counted_and_extents_found_in_large_sheets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [["a", "b"], *[[str(n), "#N/A" if n % 10 == 0 else "#x"] for n in range(20_000)]]
    path = save(tmp_path / "x.xlsx", {"s": rows})
    layout = find_layout(path)
    assert layout.error_cell_count == 2_000
    table, lines = staged(path, layout, "a", "b")
    assert table.row_count == 20_000
    assert lines[10] == (12, "10", None)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert len(sheet) > workbook.CHUNK_BYTES
    named = re.sub(rb"<(/?)(row|c)\b", rb"<\1x:\2", sheet)
    empty = sheet.replace(b"</sheetData>", b'<row r="20002"/></sheetData>')
    monkeypatch.setattr(workbook, "CELL_BYTES", 1_000)  # far more than the XML of a cell
    for content in (sheet, named, empty):
        changed = repacked(path, tmp_path / "y.xlsx", "xl/worksheets/sheet1.xml", content)
        assert workbook.check_container(changed, limits=Limits(unpacked_bytes=20_001 * 2 * 1_000)) == 2_000
        with pytest.raises(TableError) as refused:
            workbook.check_container(changed, limits=Limits(unpacked_bytes=20_001 * 2 * 1_000 - 1))
        assert (refused.value.facts["rows"], refused.value.facts["columns"]) == (20_001, 2)


def test_refuses_wide_sheets(tmp_path: Path) -> None:
    path = save(tmp_path / "x.xlsx", {"s": [[f"k{n}" for n in range(40)], ["x"] * 40]})
    error = refusal(path, limits=Limits(columns=39))
    assert (error.code, error.facts["columns"]) == ("too_many_columns", 40)
    assert len(find_layout(path).heads) == 40


def test_paths_in_the_packing_are_never_followed(tmp_path: Path) -> None:
    path = save(tmp_path / "x.xlsx", {"s": TABLE})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../keluar.txt", "x")
    folder = tmp_path / "sub"
    folder.mkdir()
    moved = path.rename(folder / "x.xlsx")
    assert staged(moved, None, "a", "b")[1] == [(2, "1", "2")]
    assert not list(tmp_path.parent.glob("keluar.txt"))


def test_the_content_decides_what_kind_of_file_it_is() -> None:
    buffer = io.BytesIO()
    Workbook().save(buffer)
    assert buffer.getvalue().startswith(workbook.ZIP_MARK)
