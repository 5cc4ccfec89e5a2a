"""Table files: every data line is staged once, under the row number that a spreadsheet shows."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from contextlib import closing
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from data.characters import visible
from data.errors import LakeError
from data.limits import Limits
from data.read.heads import FORBIDDEN_HEADS, normalise_head
from data.read.refusal import TableError
from data.read.rows import TextTable, stage_arrow, stage_table
from data.read.sources import Source
from data.read.workbook import cell_text
from tests.sorter import sources_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Line = tuple[int, str | None, str | None, str | None]


def stage(
    folder: Path, content: bytes, *, name: str = "berkas.csv", required: Sequence[str] = ("a",), **options: Any
) -> tuple[TextTable, list[Line]]:
    """Stage a file with the template columns a, b and c; give what is known of it and its lines."""
    path = folder / name
    path.write_bytes(content)
    with closing(duckdb.connect()) as cursor:
        options.setdefault("sources", sources_of(("a", "b", "c")))
        table = stage_table(cursor, path, required=required, forbidden=FORBIDDEN_HEADS, **options)
        return table, cursor.execute("SELECT * FROM staged ORDER BY line_number").fetchall()


def workbook(cells: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    for row, values in enumerate(cells, start=1):
        for column, value in enumerate(values, start=1):
            cell = book.active.cell(row, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # also what begins like a formula
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


# Forms of text files


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiters_line_ends_and_encodings(tmp_path: Path, delimiter: str, end: str, encoding: str) -> None:
    lines = ["a;b;c", "1;é;2,5", ";;", '3;"“x;y”"', ""]
    text = end.join(lines).replace(",", "@").replace(";", delimiter).replace("@", ",")
    if delimiter == ",":
        text = text.replace("2,5", '"2,5"')
    table, staged = stage(tmp_path, text.encode(encoding))
    assert staged == [(2, "1", "é", "2,5"), (4, "3", f"“x{delimiter}y”", None)]
    assert (table.row_count, table.delimiter) == (2, delimiter)
    assert table.encoding == encoding.removesuffix("-sig")


BLANKS = {
    "blank lines": (b"a,b,c\n\n1,2,3\n\n\n4,5,6\n\n", [3, 6]),
    "blank lines of Windows": (b"a,b,c\r\n1,2,3\r\n\r\n4,5,6\r\n", [2, 4]),
    "lines of blanks": (b"a,b,c\n1,2,3\n   \n4,5,6\n\t\n7,8,9\n", [2, 4, 6]),
    "lines of delimiters": (b"a,b,c\n,,\n1,2,3\n , ,\n4,5,6\n", [3, 5]),
    "cells of blanks, tabs and no-break spaces": ("a,b,c\n \t,\u00a0,\n1,2,3\n".encode(), [3]),
    "blank line inside quotes": (b'a,b,c\n"1\n\nx",2,3\n4,5,6\n', [2, 3]),
    "blank lines around lines inside quotes": (b'a,b,c\n\n"1\n\nx",2,3\n\n4,5,6\n', [3, 5]),
    "lines inside quotes and short lines": (b'a,b,c\n1\n"2\nx",3\n4,5,6\n', [2, 3, 4]),
    "several kinds of line ends": (b'a,b,c\n1,2,3\r\n"4\n",5,6\r\n7,8,9\n', [2, 3, 4]),
    "no line end at the end": (b"a,b,c\n1,2,3\n4,5,6", [2, 3]),
}


@pytest.mark.parametrize(("content", "numbers"), BLANKS.values(), ids=BLANKS)
def test_line_numbers_are_those_of_the_spreadsheet(tmp_path: Path, content: bytes, numbers: list[int]) -> None:
    table, staged = stage(tmp_path, content)
    assert [line[0] for line in staged] == numbers
    assert table.row_count == len(numbers)


def test_cells_are_trimmed_and_empty_ones_are_missing(tmp_path: Path) -> None:
    _, staged = stage(tmp_path, 'a,b,c\n 1 ,"\t2\u00a0"," "\n"",x y,"3\n"\n'.encode())
    assert staged == [(2, "1", "2", None), (3, None, "x y", "3")]


def test_short_lines_are_filled_up(tmp_path: Path) -> None:
    _, staged = stage(tmp_path, b"a,b,c\n1\n2,3\n")
    assert staged == [(2, "1", None, None), (3, "2", "3", None)]


def test_a_line_with_too_many_cells_is_kept_as_broken(tmp_path: Path) -> None:
    table, staged = stage(tmp_path, b"a,b,c\n1,2,3\n\n4,5,6,7\n8,9,10\n4,5,6,7,8\n")
    assert [line[0] for line in staged] == [2, 5]
    assert table.broken_lines == {4: "4,5,6,7", 6: "4,5,6,7,8"}
    assert table.row_count == 4


def test_text_after_a_closing_quote_breaks_its_line_only(tmp_path: Path) -> None:
    table, staged = stage(tmp_path, b'a,b,c\n1,"x"y,3\n4,x"y,6\n7,"say ""hi""",9\n')
    assert staged == [(3, "4", 'x"y', "6"), (4, "7", 'say "hi"', "9")]
    assert table.broken_lines == {2: '1,"x"y,3'}


SWALLOWED = {
    "to the end": b'a,b,c\n1,2,3\n4,"x,6\n7,8,9\n',
    "to the end, after lines inside quotes": b'a,b,c\n"1\n1",2\n4,"x,6\n7,8,9\n',
    "to the next quote": b'a,b,c\n1,2,3\n4,"x,6\n7,8,9\n10,"ok",12\n',
    "many lines": b'a,b,c\n1,2,3\n4,"x,6\n' + b"7,8,9\n" * 100_000,
}


@pytest.mark.parametrize("content", SWALLOWED.values(), ids=SWALLOWED)
def test_a_stray_quote_that_swallows_lines_refuses_the_file(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(TableError) as refused:
        stage(tmp_path, content)
    assert refused.value.code == "stray_quote"


def test_many_lines_keep_their_order_and_numbers(tmp_path: Path) -> None:
    text = "a,b,c\n" + "".join(
        f'{n},"{"y" * (n % 50)}\nz",{"q" * (n % 31)}\n' if n % 7 == 0 else f"{n},x,{'q' * (n % 31)}\n"
        for n in range(2, 120_002)
    )
    table, staged = stage(tmp_path, text.encode())
    assert table.row_count == 120_000
    assert all(number == int(first or 0) for number, first, _, _ in staged)


# Heads


def test_heads_are_compared_in_a_normal_form(tmp_path: Path) -> None:
    content = b'" A ",C,catatan,"B\n"\n1,3,"x\ny",2\n1,2,3,4,5\n'
    table, staged = stage(tmp_path, content)
    assert staged == [(2, "1", "2", "3")]
    assert (table.columns, table.ignored_columns) == (("a", "b", "c"), ("catatan",))
    assert table.broken_lines == {3: "1,2,3,4,5"}


def test_spaces_and_hyphens_in_heads_are_underscores() -> None:
    assert normalise_head(" Tanggal  Kejadian\n") == normalise_head("tanggal-kejadian")


def test_a_single_column_is_read(tmp_path: Path) -> None:
    table, staged = stage(tmp_path, b"a\n1\n\n2\n3,5\n")  # nothing parts its cells: 3,5 is one of them
    assert [(number, first) for number, first, _, _ in staged] == [(2, "1"), (4, "2"), (5, "3,5")]
    assert table.broken_lines == {}


REFUSED = {
    "empty": (b"", "x.csv", "empty", {"file": "x.csv"}),
    "head only": (b"a,b,c\n", "x.csv", "no_rows", {"file": "x.csv"}),
    "head and blanks": (b"a,b,c\n\n , ,\n", "x.csv", "no_rows", {"file": "x.csv"}),
    "blank": (b"\n\n", "x.csv", "empty", {"file": "x.csv"}),
    "column missing": (
        b"b,c\n1,2\n",
        "x.csv",
        "missing_columns",
        {"file": "x.csv", "columns": ["a"], "found": ["b", "c"]},
    ),
    "column repeated": (b"a,b, A\n1,2,3\n", "x.csv", "repeated_columns", {"file": "x.csv", "columns": ["a"]}),
    "other kind": (b"a\n1\n", "x.pdf", "extension", {"file": "x.pdf", "suffix": ".pdf"}),
    "no workbook": (b"a\n1\n", "x.xlsx", "unreadable", None),
    "empty workbook": (workbook([]), "x.xlsx", "empty", {"file": "x.xlsx"}),
    "workbook without rows": (workbook([["a", "b"]]), "x.xlsx", "no_rows", {"file": "x.xlsx"}),
}


@pytest.mark.parametrize(("content", "name", "code", "facts"), REFUSED.values(), ids=REFUSED)
def test_refuses_a_file_whole(
    tmp_path: Path, content: bytes, name: str, code: str, facts: dict[str, object] | None
) -> None:
    with pytest.raises(TableError) as refused:
        stage(tmp_path, content, name=name)
    assert refused.value.code == code
    assert facts is None or refused.value.facts == facts


def test_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TableError) as refused:
        stage_table(
            duckdb.connect(),
            tmp_path / "x.csv",
            sources=sources_of(("a",)),
            required=("a",),
            forbidden=FORBIDDEN_HEADS,
        )
    assert refused.value.code == "missing_file"


@pytest.mark.parametrize(
    "head", ["partai", "Nama Partai", "AGAMA", "suku", "suku-bangsa", "nama_paslon", "calon", "etnis", "ethnicity"]
)
def test_columns_about_people_refuse_the_file(tmp_path: Path, head: str) -> None:
    with pytest.raises(TableError) as refused:
        stage(tmp_path, f"a,b,{head}\n1,2,3\n".encode())
    assert (refused.value.code, refused.value.facts["columns"]) == ("forbidden_columns", [head])


@pytest.mark.parametrize("head", ["kerasan", "sukun", "partisipasi", "uraian", "berkas", "c"])
def test_columns_that_only_look_like_it_do_not(tmp_path: Path, head: str) -> None:
    table, _ = stage(tmp_path, f"a,b,{head}\n1,2,3\n".encode())
    assert table.row_count == 1


def test_refuses_more_rows_than_its_limit(tmp_path: Path) -> None:
    for name, content in (("x.csv", b"a\n1\n2\n3\n"), ("x.xlsx", workbook([["a"], [1], [2], [3]]))):
        with pytest.raises(TableError) as refused:
            stage(tmp_path, content, name=name, limits=Limits(rows=2))
        assert refused.value.code == "too_many_rows"
        assert refused.value.facts == {"file": name, "limit": 2}


# Workbooks


def test_a_workbook_is_read_as_text(tmp_path: Path) -> None:
    cells = [
        ["a", "b", "c"],
        ["14.72.01.1003", 1472011003, dt.date(2024, 11, 5)],
        [None, None, None],
        [dt.datetime(2024, 11, 5, 8, 30), dt.time(8, 30), 1.6844],  # noqa: DTZ001  cells have no zone
        [True, 3.0, "  x\u00a0"],
        [-3.5, 1e15, ""],
    ]
    table, staged = stage(tmp_path, workbook(cells), name="x.xlsx")
    assert staged == [
        (2, "14.72.01.1003", "1472011003", "2024-11-05"),
        (4, "2024-11-05 08:30", "08:30", "1.6844"),
        (5, "ya", "3", "x"),
        (6, "-3.5", "1000000000000000", None),
    ]
    assert (table.row_count, table.encoding, table.broken_lines) == (4, "xlsx", {})


def test_a_workbook_whose_first_rows_or_columns_are_empty_keeps_its_numbers(tmp_path: Path) -> None:
    _, staged = stage(tmp_path, workbook([["", "a", "b"], [], [None, "1", "2"]]), name="x.xlsx")
    assert staged == [(3, "1", "2", None)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, None), ("", None), (False, "tidak"), (0.1 + 0.2, "0.30000000000000004"), (2.0**60, repr(2.0**60))],
)
def test_cells_become_text(cell: object, text: str | None) -> None:
    assert cell_text(cell) == text


# Any table

CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t\",;'"), max_size=8).filter(
    lambda text: "\x1e" not in text
)
TABLES = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12)
BLANK = re.compile("^[ \t\r\n\u00a0]*|[ \t\r\n\u00a0]*$")


def cleaned(cells: Sequence[str]) -> tuple[str | None, ...]:
    return tuple(BLANK.sub("", visible(cell)) or None for cell in cells)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TABLES, st.sampled_from(",;\t|"))
def test_any_table_comes_back_from_csv_and_workbook_alike(
    tmp_path: Path, table: list[list[str]], delimiter: str
) -> None:
    expected = [(n, *cleaned(cells)) for n, cells in enumerate(table, start=2) if any(cleaned(cells))]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerows([["a", "b", "c"], *table])
    files = {"x.csv": buffer.getvalue().encode()}
    if not any("_x" in cell for cells in table for cell in cells):  # an escape of the workbook format
        files["x.xlsx"] = workbook([["a", "b", "c"], *table])
    for name, content in files.items():
        if expected:
            staged, lines = stage(tmp_path, content, name=name)
            assert lines == expected
            assert staged.row_count == len(expected)
        else:
            with pytest.raises(TableError, match="no_rows"):
                stage(tmp_path, content, name=name)


# Columns of ours from columns of theirs

FOREIGN = b"Event ID,Day,Month,Actors,Deaths,Kind\n7,5,Nov,x,12, Riots \n8,6,,y,3.5,protests\n9,,,,abc,\n"


def one(folder: Path, content: bytes, source: Source, **options: Any) -> list[str | None]:
    """Stage a single column of ours beside the id."""
    sources = {"id": Source(heads=("event_id",)), "k": source}
    return [row[2] for row in stage(folder, content, sources=sources, required=("k",), **options)[1]]


@pytest.mark.parametrize(
    ("source", "cells"),
    [
        (Source(heads=("day",)), ["5", "6", None]),
        (Source(heads=("day", "month", "nothing")), ["5 Nov", "6", None]),
        (Source(heads=("month", "day"), joined_by="-"), ["Nov-5", "6", None]),
        (Source(constant="it's"), ["it's", "it's", "it's"]),
        (Source(heads=("month",), constant="?"), ["Nov", "?", "?"]),
        (Source(heads=("kind",), values=(("RIOTS", "ricuh"), (" protests ", ""))), ["ricuh", None, None]),
        (Source(heads=("kind",), values=(("riots", "ricuh"),), otherwise="lain"), ["ricuh", "lain", None]),
        (Source(heads=("kind",), values=(("riots", "ricuh"),), constant="kosong"), ["ricuh", "protests", "kosong"]),
        (Source(heads=("kind",), otherwise="lain", constant="kosong"), ["lain", "lain", "kosong"]),
        (Source(rules=(("deaths", 10, "berat"), ("deaths", 1, "sedang"))), ["berat", "sedang", None]),
        (Source(constant="ringan", rules=(("deaths", 10, "berat"),)), ["berat", "ringan", "ringan"]),
        (Source(heads=("day",), rules=(("nothing", 1, "x"),)), ["5", "6", None]),
    ],
)
def test_a_column_comes_from_where_its_source_says(tmp_path: Path, source: Source, cells: list[str | None]) -> None:
    assert one(tmp_path, FOREIGN, source) == cells


def test_rules_take_no_number_that_has_no_end(tmp_path: Path) -> None:
    content = b"event_id,n\n1,nan\n2,inf\n3,1e9\n"
    assert one(tmp_path, content, Source(rules=(("n", 1, "x"),))) == [None, None, "x"]


def test_columns_without_a_head_are_told_apart_from_those_with_one(tmp_path: Path) -> None:
    sources = {
        "a": Source(heads=("nothing",)),
        "b": Source(heads=("nothing", "day")),
        "c": Source(constant="x"),
        "d": Source(rules=(("deaths", 1, "x"),)),
    }
    table, _ = stage(tmp_path, FOREIGN, sources=sources, required=("b", "c", "d"))
    assert table.columns == ("b", "c", "d")
    assert table.ignored_columns == ("Event ID", "Month", "Actors", "Kind")
    with pytest.raises(TableError) as refused:
        stage(tmp_path, FOREIGN, sources=sources, required=("a", "b"))
    assert (refused.value.code, refused.value.facts["columns"]) == ("missing_columns", ["a"])


def test_a_file_none_of_whose_heads_is_ours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="missing_columns"):
        stage(tmp_path, b"x,y\n1,2\n", sources={"a": Source(constant="1")}, required=())


# Rows that stand for several

STATIONS = b"kel,tps,l\nA,2,9\nB,1,8\nC,,7\nD,0,6\nE,2.5,5\nF,1000,4\n,,\nG, 3 ,3\nH,1,2,1\n"


def test_rows_are_repeated_by_their_count(tmp_path: Path) -> None:
    sources = {"kel": Source(heads=("kel",)), "no_tps": Source(constant="{nomor}"), "n": Source(heads=("tps",))}
    table, lines = stage(tmp_path, STATIONS, sources=sources, required=("no_tps",), repeat_by="tps")
    assert [line[:3] for line in lines] == [
        (2001, "A", "001"),
        (2002, "A", "002"),
        (3001, "B", "001"),
        (4000, "C", None),
        (5000, "D", None),
        (6000, "E", None),
        (7000, "F", None),
        (9001, "G", "001"),
        (9002, "G", "002"),
        (9003, "G", "003"),
    ]
    assert (table.row_count, table.broken_lines) == (11, {10_000: "H,1,2,1"})
    assert table.columns == ("kel", "no_tps", "n")


def test_the_count_itself_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(TableError) as refused:
        stage(tmp_path, b"a,b\n1,2\n", repeat_by="n_tps")
    assert (refused.value.code, refused.value.facts["columns"]) == ("missing_columns", ["n_tps"])


def test_repeated_rows_count_against_the_limit(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="too_many_rows"):
        stage(tmp_path, b"a,b\n1,999\n", repeat_by="b", limits=Limits(rows=998))


# Tables in memory


def test_a_table_in_memory_goes_the_same_way() -> None:
    table = pa.table({"A": ["1", " 2 ", "", None], "Partisipasi": ["x", None, "", " "], "n": [1, 2, 3, 4]})
    sources = sources_of(("a", "partisipasi", "c"))
    with closing(duckdb.connect()) as cursor:
        known = stage_arrow(cursor, table, "x.geojson", sources=sources, required=("a",), forbidden=FORBIDDEN_HEADS)
        assert cursor.execute("SELECT * FROM staged ORDER BY line_number").fetchall() == [
            (2, "1", "x", None),
            (3, "2", None, None),
        ]
        assert (known.row_count, known.columns, known.ignored_columns) == (2, ("a", "partisipasi"), ("n",))
        for columns, options, code in (
            (table.append_column("suku", table["A"]), {}, "forbidden_columns"),
            (table, {"limits": Limits(rows=3)}, "too_many_rows"),
            (table, {"required": ("c",)}, "missing_columns"),
            (table.slice(0, 0), {}, "no_rows"),
        ):
            asked = {"sources": sources, "required": ("a",), "forbidden": FORBIDDEN_HEADS} | options
            with pytest.raises(TableError, match=code):
                stage_arrow(cursor, columns, "x.geojson", **asked)


# Limits of lines and rows


@pytest.mark.parametrize("cell", ["x" * 50_000, '"' + "x" * 50_000 + '"'])
def test_a_line_past_the_limit_refuses_the_file(tmp_path: Path, cell: str) -> None:
    with pytest.raises(TableError) as refused:
        stage(tmp_path, f"a,b,c\n1,2,3\n4,{cell},6\n7,8,9\n".encode(), limits=Limits(cell_characters=40_000))
    assert refused.value.code == "too_long_line"
    assert refused.value.facts == {"file": "berkas.csv", "line": 3, "limit": 40_000}


def test_rows_inside_quotes_count_once_against_the_limit(tmp_path: Path) -> None:
    content = b'a,b,c\n"1\n\n\n\nx",2,3\n4,5,6\n'
    assert stage(tmp_path, content, limits=Limits(rows=2))[0].row_count == 2
    with pytest.raises(TableError, match="too_many_rows"):
        stage(tmp_path, content, limits=Limits(rows=1))


def test_a_full_disk_is_no_fault_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n" + "".join(f"{n},{n * 7919}\n" for n in range(400_000)), encoding="utf-8")
    with closing(duckdb.connect(config={"memory_limit": "8MB", "threads": 1})) as cursor:
        cursor.execute("SET temp_directory = ''")
        with pytest.raises(LakeError, match="memory"):
            stage_table(cursor, path, sources=sources_of(("a", "b")), required=(), forbidden=FORBIDDEN_HEADS)


def test_blank_lines_without_end_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="too_many_rows"):
        stage(tmp_path, b"a,b,c\n" + b"\n" * 101 + b"1,2,3\n", limits=Limits(rows=100))
