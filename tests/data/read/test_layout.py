"""Layouts: where the head of a table is, whatever lies above and below it."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.limits import Limits
from data.read.heads import find_head
from data.read.layout import Layout, find_layout, sample
from data.read.refusal import TableError
from data.read.rows import TextTable, stage_table
from tests.sorter import sources_of

if TYPE_CHECKING:
    from pathlib import Path

RECAP = """REKAP KEJADIAN KOTA DUMAI;;;
Periode:;November 2024;;

No.;Tanggal Kejadian;Kategori;Uraian
1;5/11/2024;pengrusakan apk;"baris satu
baris dua"
2;6/11/2024;kafé;
"""


def layout_of(folder: Path, text: str, *, name: str = "rekap.csv", encoding: str = "utf-8", **options: Any) -> Layout:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return find_layout(path, **options)


def staged(
    folder: Path, layout: Layout | None, *columns: str, name: str = "rekap.csv"
) -> tuple[TextTable, list[Any]]:
    with closing(duckdb.connect()) as cursor:
        table = stage_table(
            cursor,
            folder / name,
            sources=sources_of(columns),
            required=(),
            forbidden=re.compile("agama"),
            layout=layout,
        )
        return table, cursor.execute("SELECT * FROM staged ORDER BY line_number").fetchall()


# Heads of text files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_titles_above_the_head_are_no_rows(tmp_path: Path, encoding: str) -> None:
    layout = layout_of(tmp_path, RECAP, encoding=encoding)
    assert layout.heads == ("No.", "Tanggal Kejadian", "Kategori", "Uraian")
    assert layout.keys == ("no.", "tanggal_kejadian", "kategori", "uraian")
    assert (layout.header_row, layout.first_row, layout.delimiter) == (4, 5, ";")
    for known in (layout, replace(layout, opened=None), None):
        table, rows = staged(tmp_path, known, "tanggal_kejadian", "uraian")
        assert rows == [(5, "5/11/2024", "baris satu\nbaris dua"), (6, "6/11/2024", None)]
        assert (table.row_count, table.header_row, table.encoding) == (2, 4, encoding.removesuffix("-sig"))
    assert sample(tmp_path / "rekap.csv", replace(layout, opened=None), count=1) == [
        ("1", "5/11/2024", "pengrusakan apk", "baris satu\nbaris dua")
    ]


def test_rows_keep_their_numbers_below_titles_blank_rows_and_tags(tmp_path: Path) -> None:
    text = "Laporan\n\na,b,c\n#date,#adm3 +code,#x\n1,2,3\n\n4,5,6,7\n,,\n8,9,10\n"
    layout = layout_of(tmp_path, text)
    assert (layout.header_row, layout.first_row, layout.hxl) == (3, 5, True)
    table, rows = staged(tmp_path, layout, "a", "c")
    assert rows == [(5, "1", "3"), (9, "8", "10")]
    assert (table.row_count, table.broken_lines, table.hxl) == (3, {7: "4,5,6,7"}, True)


def test_numbers_of_columns_below_the_head_are_no_row(tmp_path: Path) -> None:
    assert layout_of(tmp_path, "kel,l,p\n(1),(2),(3)\nAnggrek,1,2\n").first_row == 3
    assert layout_of(tmp_path, "kel,l,p\n1,2,3\nAnggrek,1,2\n").first_row == 2


@pytest.mark.parametrize(
    "text",
    [
        "2024-11-05,kerumunan,2,14.72.01.1003\n2024-11-06,kerumunan,3,14.72.01.1004\n",
        "Dumai Timur;Teluk Binjai;001;150;160\nDumai Timur;Teluk Binjai;002;140;150\n",
        "Dumai Timur;Teluk Binjai;TPS satu\nDumai Timur;Teluk Binjai;TPS dua\nDumai Timur;Jaya Mukti;TPS satu\n",
        "5,6\n",
    ],
)
def test_a_table_without_a_head_asks(tmp_path: Path, text: str) -> None:
    with pytest.raises(TableError) as refused:
        layout_of(tmp_path, text)
    assert refused.value.code == "no_header"
    assert refused.value.facts["file"] == "rekap.csv"
    assert str(refused.value.facts["example"]).split(" | ")[-1] in text


def test_a_table_without_a_head_gets_numbered_columns(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, "2024-11-05;kerumunan;2\n\n2024-11-06;;3\n", header=0)
    assert (layout.keys, layout.header_row, layout.first_row) == (("kolom_1", "kolom_2", "kolom_3"), 0, 1)
    for known in (layout, replace(layout, opened=None)):
        table, rows = staged(tmp_path, known, "kolom_1", "kolom_3")
        assert rows == [(1, "2024-11-05", "2"), (3, "2024-11-06", "3")]
        assert table.row_count == 2


def test_the_row_of_the_head_can_be_settled(tmp_path: Path) -> None:
    text = "a,b\n1,2\nx,y\n3,4\n"
    assert layout_of(tmp_path, text, header=3).heads == ("x", "y")
    assert staged(tmp_path, layout_of(tmp_path, text, header=3), "x")[1] == [(4, "3")]
    with pytest.raises(TableError, match="no_header"):
        layout_of(tmp_path, text, header=99)


@pytest.mark.parametrize(
    ("text", "delimiter", "heads"),
    [
        ('a;b\n1,5;"2;5"\n', ";", 2),
        ("tanggal,uraian\n2024-11-05,ribut; bubar\n2024-11-06,aman; tertib\n", ",", 2),
        ("a|b|c\n1,2|3;4|5\n", "|", 3),
        ("a\tb\n1,2\t3,4\n", "\t", 2),
        ("judul, laporan\na;b;c\n1;2;3\n4;5;6\n", ";", 3),
        ("a,b,\n1,2,\n3,4,\n", ",", 3),
        ("a,b\n1,2,\n3,4,\n", ",", 3),
    ],
)
def test_the_delimiter_is_the_one_that_makes_a_table(tmp_path: Path, text: str, delimiter: str, heads: int) -> None:
    layout = layout_of(tmp_path, text)
    assert (layout.delimiter, len(layout.heads)) == (delimiter, heads)


def test_nul_bytes_are_dropped_and_counted(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, "a,\0b\n1\0,\0\0x\n")
    assert (layout.heads, layout.nul_count) == (("a", "b"), 4)
    table, rows = staged(tmp_path, layout, "a", "b")
    assert rows == [(2, "1", "x")]
    assert table.nul_count == 4


@pytest.mark.parametrize("text", ["\n\n\n", " , ,\n\t\n", ";;\n"])
def test_a_file_of_blanks_is_empty(tmp_path: Path, text: str) -> None:
    with pytest.raises(TableError, match="empty"):
        layout_of(tmp_path, text)


# Heads of two rows

CITY = ["Dumai Timur", "Teluk Binjai", "150", "160", "1"]


@pytest.mark.parametrize(
    ("rows", "merged", "names", "last"),
    [
        # What the sheet says of its merged cells decides.
        (
            [["Kec", "Kel", "DPT", "", "TPS"], ["", "", "L", "P", ""], CITY],
            [((0, 2), (0, 3))],
            "Kec|Kel|DPT L|DPT P|TPS",
            2,
        ),
        (
            [["REKAP", "", "", "", ""], ["Kec", "Kel", "DPT", "", "TPS"], ["", "", "L", "P", ""], CITY],
            [((0, 0), (0, 4)), ((1, 2), (1, 3)), ((1, 0), (2, 0))],
            "Kec|Kel|DPT L|DPT P|TPS",
            3,
        ),
        (
            [["", "", "DPT", "", ""], ["Kec", "Kel", "L", "P", "TPS"], CITY],
            [((0, 2), (0, 3))],
            "Kec|Kel|DPT L|DPT P|TPS",
            2,
        ),
        ([["REKAP", "", ""], ["a", "b", "c"], ["x", "1", "2"]], [((0, 0), (0, 2))], "a|b|c", 2),
        # Where the format keeps none, gaps above columns of numbers do.
        ([["Kec", "Kel", "DPT", "", "TPS"], ["", "", "L", "P", ""], CITY], None, "Kec|Kel|DPT L|DPT P|TPS", 2),
        ([["Kec", "Kel", "DPT", "", "TPS"], ["A", "", "1", "2", "3"], CITY], None, "Kec|Kel|DPT||TPS", 1),
        ([["a", "b", ""], ["x", "y", "z"], ["x", "y", "z"]], None, "a|b|", 1),
        ([["a", "b", ""], ["", "y", "z"], ["x", "y", "z"]], None, "a|b|", 1),
    ],
)
def test_heads_of_two_rows_are_joined(rows: list[list[str]], merged: Any, names: str, last: int) -> None:
    head = find_head(rows, merged=merged)
    assert head is not None
    assert ("|".join(head.names), head.row, head.first_row) == (names, last, last + 1)


# Kinds of files


@pytest.mark.parametrize("name", ["x.xls", "x.csv"])
def test_a_web_page_is_no_table(tmp_path: Path, name: str) -> None:
    with pytest.raises(TableError, match="web_page"):
        layout_of(tmp_path, "\r\n<HTML><table><tr><td>1</td></tr></table></HTML>", name=name)


def test_a_text_called_xls_is_a_text(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, "a\tb\n1\t2\n", name="x.xls")
    assert (layout.form, layout.delimiter) == ("text", "\t")


def test_refuses_by_limits_before_reading(tmp_path: Path) -> None:
    with pytest.raises(TableError) as refused:
        layout_of(tmp_path, "a,b\n1,2\n", limits=Limits(file_bytes=5))
    assert (refused.value.code, refused.value.facts["bytes"]) == ("too_large", 8)
    with pytest.raises(TableError) as refused:
        layout_of(tmp_path, "a,b,c\n1,2,3\n", limits=Limits(columns=2))
    assert (refused.value.code, refused.value.facts["columns"]) == ("too_many_columns", 3)
    with pytest.raises(TableError) as refused:
        layout_of(tmp_path, "a,b\n1,2\n3," + "x" * 3_000_000)
    assert (refused.value.code, refused.value.facts["line"]) == ("too_long_line", 3)


# Parquet

PARQUET = {
    "tanggal": pa.array(["2024-11-05", None], pa.string()).cast(pa.date32()),
    "waktu": pa.array([1730764800_000000, 1730795400_000000], pa.timestamp("us")),
    "Jumlah": pa.array([3.0, 2.5]),
    "bilangan": pa.array([7, None], pa.int32()),
    "ya": pa.array([True, None]),
    "teks": pa.array([" x ", ""]),
}


def test_parquet_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table(PARQUET), path)
    layout = find_layout(path)
    assert (layout.form, layout.keys[2], layout.first_row) == ("parquet", "jumlah", 2)
    expected = [
        ("2024-11-05", "2024-11-05", "3", "7", "ya", "x"),
        (None, "2024-11-05 08:30", "2.5", None, None, None),
    ]
    table, rows = staged(tmp_path, layout, *layout.keys, name="x.parquet")
    assert rows == [(2, *expected[0]), (3, *expected[1])]
    assert (table.row_count, table.encoding) == (2, "parquet")
    assert sample(path, layout) == expected


def test_parquet_is_refused_by_its_own_figures(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table(PARQUET), path)
    for limits, code in (
        (Limits(rows=1), "too_many_rows"),
        (Limits(columns=5), "too_many_columns"),
        (Limits(unpacked_bytes=10), "unpacked_too_large"),
    ):
        with pytest.raises(TableError, match=code):
            find_layout(path, limits=limits)
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(TableError, match="unreadable"):
        find_layout(path)


def test_a_closed_layout_equals_its_own(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, RECAP)
    assert replace(layout, opened=None) == layout == replace(layout)
    assert replace(layout, opened=None).opened is None
