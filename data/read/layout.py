"""How a table lies in its file: where its head is, how its text is written, which sheet it fills."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from data.engine import quoted
from data.limits import DEFAULT_LIMITS, Limits
from data.read import refusal, textfile, workbook
from data.read.heads import FOLLOWING_ROWS, SEARCHED_ROWS, Head, clean, example, find_head, normalise_head

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
SUFFIXES = (*TEXT_SUFFIXES, *WORKBOOK_SUFFIXES, ".parquet")
# Pictures, PDF and archives, by whatever name they come.
OTHER_MARKS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
PARQUET_MARK = b"PAR1"
FARTHEST_HEADER = 10_000


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table lies in its file."""

    form: str  # ``text``, ``workbook`` or ``parquet``
    heads: tuple[str, ...]  # heads as written, those of two rows joined by a blank
    keys: tuple[str, ...]  # heads in the form in which they are compared
    header_row: int  # row of the head in a spreadsheet, the lower one of two; 0 where the table has none
    first_row: int  # row of the first line of data
    sheet: str | None = None  # name of the sheet of a workbook
    # encoding, delimiter: of a text file; the kind of file (xlsx, ods, parquet …) and "" of every other
    encoding: str = ""
    delimiter: str = ""
    hxl: bool = False  # whether a row of HXL tags lies below the head; it is no data
    nul_count: int = 0  # NUL bytes in a text file; they are dropped
    error_cell_count: int = 0  # cells of an XLSX workbook that hold an error like #REF!; they are read as empty
    # What need not be read again when the table is staged. It holds a whole sheet, so a layout that is kept for long
    # should be copied without it first.
    opened: OpenedText | workbook.Sheet | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class OpenedText:
    """What was found out about a text file."""

    seen: textfile.TextFile
    found: textfile.TextHead


def find_layout(
    path: Path, *, limits: Limits = DEFAULT_LIMITS, sheet: str | None = None, header: int | None = None
) -> Layout:
    """Find out how the table of a file lies in it; the first bytes tell the kind of file, not its name alone.

    Parameters
    ----------
    sheet
        Name of the sheet, where a workbook has several.
    header
        Row of the head as a spreadsheet numbers it; 0 says that the table has none, and calls its columns
        kolom_1, kolom_2 …

    Raises
    ------
    refusal.TableError
        When the file is refused, or a question must be settled first: ``no_header``, ``choose_sheet``.
    """
    form = _form(path, limits)
    if form == "parquet":
        return _parquet_layout(path, limits)
    if form == "workbook":
        opened = workbook.open_sheet(path, sheet=sheet, limits=limits)
        rows = workbook.first_rows(opened.content, _searched(header))
        head = find_head(rows, merged=workbook.merged_cells(opened.content), header=header)
        if head is None:
            raise _headless(path, rows)
        kind = path.suffix.lower().removeprefix(".")
        return _layout(
            path,
            form,
            head,
            limits,
            sheet=opened.name,
            encoding=kind,
            error_cell_count=opened.error_cell_count,
            opened=opened,
        )
    seen = textfile.look_at(path, line_bytes=limits.cell_characters)
    found = textfile.find_text_head(path, seen, header=header, count=_searched(header))
    if found is None:
        with path.open(encoding=seen.encoding, newline="", errors="replace") as file:
            lines = [line for line in islice(file, SEARCHED_ROWS) if line.strip()]
        delimiter = max(textfile.DELIMITERS, key="".join(lines[:1]).count)
        raise _headless(path, textfile.first_records(lines, delimiter, SEARCHED_ROWS)[0])
    return _layout(
        path,
        form,
        found.head,
        limits,
        encoding=seen.encoding.removesuffix("-sig"),
        delimiter=found.delimiter,
        nul_count=seen.nul_count,
        opened=OpenedText(seen, found),
    )


def arrow_layout(table: pa.Table, name: str, *, limits: Limits = DEFAULT_LIMITS) -> Layout:
    """Describe a table in memory, of which the file `name` is the source; its head counts as row 1.

    Raises
    ------
    refusal.TableError
        ``too_many_columns``, ``too_many_rows``.
    """
    return _of_columns("arrow", name, tuple(table.column_names), table.num_rows, limits)


def opened_text(path: Path, layout: Layout, *, limits: Limits) -> OpenedText:
    """Take what is known of a text file, or look at it again."""
    if isinstance(layout.opened, OpenedText):
        return layout.opened
    seen = textfile.look_at(path, line_bytes=limits.cell_characters)
    with path.open(encoding=seen.encoding, newline="", errors="replace") as file:
        _, ends, _ = textfile.first_records(file, layout.delimiter, layout.first_row - 1)
    head = Head(layout.heads, layout.header_row, layout.first_row, layout.hxl)
    return OpenedText(seen, textfile.TextHead(head, layout.delimiter, ends[-1] if ends else 0))


def opened_sheet(path: Path, layout: Layout, *, limits: Limits) -> workbook.Sheet:
    """Take the opened sheet of a workbook, or open it again."""
    if isinstance(layout.opened, workbook.Sheet):
        return layout.opened
    return workbook.open_sheet(path, sheet=layout.sheet, limits=limits)


def sample(path: Path, layout: Layout, *, count: int = 20) -> list[tuple[str | None, ...]]:
    """Read the first filled rows of a table as text, one cell for each of its heads.

    Raises
    ------
    refusal.TableError
        When the file cannot be read.
    """
    width = len(layout.heads)
    padded = ((*map(_text, row[:width]), *[None] * (width - len(row))) for row in _body(path, layout, count))
    return list(islice((row for row in padded if any(row)), count))


def parquet_text(name: str, kind: str) -> str:
    """Write the expression that turns a column of Parquet into text, as cells of a workbook are written."""
    column = '"' + name.replace('"', '""') + '"'
    if kind in {"DOUBLE", "FLOAT"}:
        whole = f"{column} = floor({column}) AND abs({column}) < {2**53}"
        return f"""CASE WHEN NOT isfinite({column}) THEN NULL
            WHEN {whole} THEN {column}::BIGINT::VARCHAR ELSE {column}::VARCHAR END"""
    if kind == "BOOLEAN":
        return f"CASE WHEN {column} THEN 'ya' WHEN NOT {column} THEN 'tidak' END"
    if kind.startswith("TIMESTAMP"):
        time = f"{column}::TIMESTAMP"
        return f"""CASE WHEN NOT isfinite({column}) THEN NULL WHEN {time} = {time}::DATE
            THEN strftime({time}, '%Y-%m-%d') ELSE strftime({time}, '%Y-%m-%d %H:%M') END"""
    return f"{column}::VARCHAR"


def parquet_kinds(cursor: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    """Tell the type of each column of a Parquet file."""
    rows = cursor.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted(str(path))})").fetchall()
    return {row[0]: row[1] for row in rows}


def _body(path: Path, layout: Layout, count: int) -> Iterator[Sequence[str | None]]:
    """Go through the first rows of a table, with a few blank ones to spare."""
    most = layout.first_row - 1 + 5 * count
    if layout.form == "parquet":
        with duckdb.connect() as connection:
            texts = [parquet_text(name, kind) for name, kind in parquet_kinds(connection, path).items()]
            query = f"SELECT {', '.join(texts)} FROM read_parquet({quoted(str(path))}) LIMIT {most}"
            yield from map(list, connection.execute(query).fetchall())
    elif layout.form == "workbook":
        sheet = opened_sheet(path, layout, limits=DEFAULT_LIMITS)
        yield from workbook.first_rows(sheet.content, most)[layout.first_row - 1 :]
    else:
        encoding = "utf-8-sig" if layout.encoding == "utf-8" else layout.encoding
        with path.open(encoding=encoding, newline="", errors="replace") as file:
            records, _, _ = textfile.first_records(file, layout.delimiter, most)
        yield from records[layout.first_row - 1 :]


def _text(cell: str | None) -> str | None:
    return clean(cell) or None


def _searched(header: int | None) -> int:
    return min(max(SEARCHED_ROWS, header or 0), FARTHEST_HEADER) + FOLLOWING_ROWS


def _form(path: Path, limits: Limits) -> str:
    """Tell the kind of file by its name and its first bytes, after what can be refused without reading on."""
    if not path.is_file():
        raise refusal.MissingFileError(file=path.name)
    suffix, size = path.suffix.lower(), path.stat().st_size
    if suffix not in SUFFIXES:
        raise refusal.ExtensionError(file=path.name, suffix=suffix)
    if size == 0:
        raise refusal.EmptyError(file=path.name)
    if size > limits.file_bytes:
        raise refusal.TooLargeError(file=path.name, bytes=size, limit=limits.file_bytes)
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith((workbook.ZIP_MARK, workbook.OLE_MARK)):
        return "workbook"
    if start.startswith(PARQUET_MARK):
        return "parquet"
    if start.startswith(OTHER_MARKS):
        raise refusal.NotATableError(file=path.name)
    if (
        start.lstrip(b"\xef\xbb\xbf \t\r\n")
        .lower()
        .startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta"))
    ):
        raise refusal.WebPageError(file=path.name)
    if suffix in TEXT_SUFFIXES or (suffix == ".xls" and b"\0" not in start):
        return "text"
    raise refusal.UnreadableError(file=path.name, cause=suffix.removeprefix(".").upper())


def _layout(path: Path, form: str, head: Head, limits: Limits, **facts: Any) -> Layout:
    if len(head.names) > limits.columns:
        raise refusal.TooManyColumnsError(file=path.name, columns=len(head.names), limit=limits.columns)
    keys = tuple(map(normalise_head, head.names))
    return Layout(form, head.names, keys, head.row, head.first_row, hxl=head.hxl, **facts)


def _headless(path: Path, rows: Sequence[Sequence[str | None]]) -> refusal.TableError:
    shown = example(rows)
    return refusal.NoHeaderError(file=path.name, example=shown) if shown else refusal.EmptyError(file=path.name)


def _parquet_layout(path: Path, limits: Limits) -> Layout:
    try:
        metadata = pq.ParquetFile(path).metadata
        groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
        names = tuple(pq.read_schema(path).names)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise refusal.UnreadableError(file=path.name, cause=str(error).split("\n", 1)[0]) from error
    unpacked = sum(group.total_byte_size for group in groups)
    if unpacked > limits.unpacked_bytes:
        raise refusal.UnpackedTooLargeError(file=path.name, bytes=unpacked, limit=limits.unpacked_bytes)
    return _of_columns("parquet", path.name, names, metadata.num_rows, limits)


def _of_columns(form: str, file: str, names: tuple[str, ...], rows: int, limits: Limits) -> Layout:
    if len(names) > limits.columns:
        raise refusal.TooManyColumnsError(file=file, columns=len(names), limit=limits.columns)
    if rows > limits.rows:
        raise refusal.TooManyRowsError(file=file, limit=limits.rows)
    return Layout(form, names, tuple(map(normalise_head, names)), 1, 2, encoding=form)
