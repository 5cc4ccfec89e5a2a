"""Read any table file into one staging table of text, each line numbered as a spreadsheet numbers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from data.engine import quoted
from data.errors import DiskFullError, OutOfMemoryError, meaning
from data.limits import DEFAULT_LIMITS, Limits
from data.read import refusal, textfile, workbook
from data.read.layout import Layout, arrow_layout, find_layout, opened_sheet, opened_text, parquet_kinds, parquet_text
from data.read.staging import COPY_FACTOR, is_present, make_view

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from data.read.sources import Source


@dataclass(frozen=True, slots=True)
class TextTable:
    """The staged lines ``staged`` of a cursor: ``line_number`` and one text column for each column of ours."""

    # data lines of the file (staged rows, where rows are repeated), those included that had too many cells and could
    # not be split
    row_count: int
    columns: tuple[str, ...]  # columns of ours that the file has a head for, or that have a constant
    ignored_columns: tuple[str, ...]  # heads of the file that no column of ours comes from; they were not read
    broken_lines: dict[int, str]  # lines that could not be split: line number and text
    # encoding, delimiter, sheet, header_row, hxl, nul_count, error_cell_count: as in `data.read.layout.Layout`
    encoding: str
    delimiter: str
    sheet: str | None = None
    header_row: int = 1
    hxl: bool = False
    nul_count: int = 0
    error_cell_count: int = 0
    unseen_cell_count: int = 0  # cells that held characters which nobody sees; these were left out


def stage_table(
    cursor: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    sources: Mapping[str, Source],
    required: Sequence[str],
    forbidden: re.Pattern[str],
    layout: Layout | None = None,
    limits: Limits = DEFAULT_LIMITS,
    repeat_by: str | None = None,
) -> TextTable:
    """Read a table file into the temporary view ``staged`` of `cursor`, everything as text.

    Only the columns that `sources` names are read. Empty cells and cells of blanks only are NULL; lines whose cells
    are all empty are no rows. A line's number is its row in a spreadsheet.

    Parameters
    ----------
    sources
        Where each column of ours comes from; a column whose heads the file lacks becomes NULL.
    required
        Columns of ours without a head in the file, and without a constant, for which the file is refused.
    forbidden
        Heads that must never be stored (party, religion, ethnicity); a match refuses the file.
    layout
        How the table lies in the file, if it was found before.
    repeat_by
        Head of a count n: each row becomes n staged rows, whose line numbers are the row times 1000 plus 1 … n, and
        the constant ``{nomor}`` is that running number in three digits. A count that is no whole number from 1 to
        999 makes one row, numbered the row times 1000, without a running number.

    Raises
    ------
    refusal.TableError
        When the file is refused whole.
    data.errors.LakeError
        When the disk or the memory is full.
    """
    layout = layout or find_layout(path, limits=limits)
    heads = _wanted(path.name, layout, sources=sources, required=required, forbidden=forbidden, repeat_by=repeat_by)
    positions = list(heads.values())
    records = textfile.Records([], {})
    if layout.form == "text":
        opened = opened_text(path, layout, limits=limits)
        records = textfile.read_text(cursor, path, opened.seen, opened.found, positions=positions, limits=limits)
    elif layout.form == "workbook":
        sheet = opened_sheet(path, layout, limits=limits)
        with workbook.translated(path):
            table = workbook.sheet_columns(sheet.content, positions=positions, first_row=layout.first_row)
        _load(cursor, table)
    else:
        _read_parquet(cursor, path, positions)
    return _staged(
        cursor, path.name, layout, heads=heads, sources=sources, records=records, limits=limits, repeat_by=repeat_by
    )


def stage_arrow(
    cursor: duckdb.DuckDBPyConnection,
    table: pa.Table,
    name: str,
    *,
    sources: Mapping[str, Source],
    required: Sequence[str],
    forbidden: re.Pattern[str],
    limits: Limits = DEFAULT_LIMITS,
    repeat_by: str | None = None,
) -> TextTable:
    """Stage a table of text columns that came out of the file `name`, as `stage_table` does; its head is row 1."""
    layout = arrow_layout(table, name, limits=limits)
    heads = _wanted(name, layout, sources=sources, required=required, forbidden=forbidden, repeat_by=repeat_by)
    columns = {f"c{position}": table.column(position).cast(pa.string()) for position in heads.values()}
    _load(cursor, pa.table(columns))
    records = textfile.Records([], {})
    return _staged(
        cursor, name, layout, heads=heads, sources=sources, records=records, limits=limits, repeat_by=repeat_by
    )


def _wanted(
    name: str,
    layout: Layout,
    *,
    sources: Mapping[str, Source],
    required: Sequence[str],
    forbidden: re.Pattern[str],
    repeat_by: str | None,
) -> dict[str, int]:
    """Find the columns to read, by head; refuse the file for heads that are forbidden, missing or doubled."""
    refused = [head for head, key in zip(layout.heads, layout.keys, strict=True) if forbidden.search(key)]
    if refused:
        raise refusal.ForbiddenColumnsError(file=name, columns=refused)
    needed = {head for source in sources.values() for head in (*source.heads, *(rule[0] for rule in source.rules))}
    needed |= {repeat_by} if repeat_by is not None else set()
    repeated = sorted({key for key in layout.keys if key in needed and layout.keys.count(key) > 1})
    if repeated:
        raise refusal.RepeatedColumnsError(file=name, columns=repeated)
    chosen = {key: position for position, key in enumerate(layout.keys) if key and key in needed}
    missing = [column for column in required if not is_present(sources[column], chosen)]
    missing += [repeat_by] if repeat_by is not None and repeat_by not in chosen else []
    if missing or not chosen:
        raise refusal.MissingColumnsError(file=name, columns=missing or list(sources), found=list(layout.heads))
    return chosen


def _load(cursor: duckdb.DuckDBPyConnection, table: pa.Table) -> None:
    cursor.register("loaded", table)
    try:
        cursor.execute("CREATE OR REPLACE TEMP TABLE staged_rows AS SELECT * FROM loaded")
    finally:
        cursor.unregister("loaded")


def _read_parquet(cursor: duckdb.DuckDBPyConnection, path: Path, positions: Sequence[int]) -> None:
    try:
        texts = [parquet_text(name, kind) for name, kind in parquet_kinds(cursor, path).items()]
        columns = ", ".join(f"{texts[position]} AS c{position}" for position in positions)
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE staged_rows AS SELECT {columns} FROM read_parquet({quoted(str(path))})"
        )
    except duckdb.Error as error:
        kind = meaning(error)
        if kind and issubclass(kind, (DiskFullError, OutOfMemoryError)):
            raise kind(cause=str(error).splitlines()[0]) from error
        raise refusal.UnreadableError(file=path.name, cause=str(error).splitlines()[0]) from error


def _staged(
    cursor: duckdb.DuckDBPyConnection,
    name: str,
    layout: Layout,
    *,
    heads: Mapping[str, int],
    sources: Mapping[str, Source],
    records: textfile.Records,
    limits: Limits,
    repeat_by: str | None,
) -> TextTable:
    """Make the view of the rows read, and tell what is known of them."""
    left_out = [*records.blank, *records.broken]
    unseen_count = make_view(
        cursor, heads, sources, first_row=layout.first_row, left_out=left_out, repeat_by=repeat_by
    )
    row = cursor.execute("SELECT count(*) FROM staged").fetchone()
    count = (row[0] if row else 0) + len(records.broken)
    if count == 0:
        raise refusal.NoRowsError(file=name)
    if count > limits.rows:
        raise refusal.TooManyRowsError(file=name, limit=limits.rows)
    factor = 1 if repeat_by is None else COPY_FACTOR
    return TextTable(
        row_count=count,
        columns=tuple(column for column, source in sources.items() if is_present(source, heads)),
        ignored_columns=tuple(
            head for head, key in zip(layout.heads, layout.keys, strict=True) if key and key not in heads
        ),
        broken_lines={line * factor: text for line, text in records.broken.items()},
        encoding=layout.encoding,
        delimiter=layout.delimiter,
        sheet=layout.sheet,
        header_row=layout.header_row,
        hxl=layout.hxl,
        nul_count=layout.nul_count,
        error_cell_count=layout.error_cell_count,
        unseen_cell_count=unseen_count,
    )
