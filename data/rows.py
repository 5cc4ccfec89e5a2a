"""Read any table file into one staging table of text, each line numbered as a spreadsheet numbers it."""

from __future__ import annotations

import csv
import datetime as dt
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from data.textfile import TextFile, look_at, walk_records, write_utf8

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADER_CHARACTERS = 1_000_000
MAXIMUM_ROWS = 5_000_000
DELIMITERS = (",", ";", "\t")
BLANKS = ("' '", "chr(9)", "chr(10)", "chr(13)", "chr(160)")  # with the no-break space that spreadsheets paste


class TableError(ValueError):
    """A file that is refused whole, with a machine-readable code and its facts.

    Codes: ``missing_file`` (file), ``unreadable`` (file, cause), ``empty`` (file), ``no_rows`` (file),
    ``extension`` (file, suffix), ``missing_columns`` (file, columns, found), ``forbidden_columns``
    (file, columns), ``repeated_columns`` (file, columns), ``too_many_rows`` (file, rows, limit).
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class TextTable:
    """The staged lines ``staged`` of a cursor: ``line_number`` and one text column per template column.

    ``row_count`` counts the data lines of the file, those included that had too many cells and could not
    be split (``broken_lines``: line number -> text). ``ignored_columns`` were in the file but not in the
    template and were not read.
    """

    row_count: int
    columns: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    broken_lines: dict[int, str]
    encoding: str
    delimiter: str


def stage_table(
    cursor: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    columns: Sequence[str],
    required: Sequence[str],
    forbidden: re.Pattern[str],
) -> TextTable:
    """Read a CSV or XLSX file into the temporary view ``staged`` of `cursor`, everything as text.

    Heads are compared after lower-casing, with spaces and hyphens as underscores. Columns of `columns` that
    the file lacks become NULL; empty cells and cells of blanks only become NULL. A line's number is its row
    in a spreadsheet: the head is 1. Wholly empty lines are no rows.

    Parameters
    ----------
    columns
        Names of the template, the only ones read.
    required
        Names without which the file is refused.
    forbidden
        Heads that must never be stored (party, religion, ethnicity); a match refuses the file.

    Raises
    ------
    TableError
        When the file is refused whole.
    """
    if not path.is_file():
        raise TableError("missing_file", file=path.name)
    if path.stat().st_size == 0:
        raise TableError("empty", file=path.name)
    suffix = path.suffix.lower()
    if suffix in {".csv", ".txt", ".tsv"}:
        staged = _stage_csv(cursor, path, columns, required, forbidden)
    elif suffix in {".xlsx", ".xlsm"}:
        staged = _stage_workbook(cursor, path, columns, required, forbidden)
    else:
        raise TableError("extension", file=path.name, suffix=suffix)
    if staged.row_count == 0:
        raise TableError("no_rows", file=path.name)
    if staged.row_count > MAXIMUM_ROWS:
        raise TableError("too_many_rows", file=path.name, rows=staged.row_count, limit=MAXIMUM_ROWS)
    return staged


def normalise_head(text: str) -> str:
    """Bring a column head to the form in which heads are compared."""
    return re.sub(r"[\s\-]+", "_", text.strip().strip("\ufeff").lower())


def _chosen(
    path: Path,
    heads: Sequence[str],
    columns: Sequence[str],
    required: Sequence[str],
    forbidden: re.Pattern[str],
) -> tuple[dict[str, int], tuple[str, ...]]:
    wanted = {normalise_head(name): name for name in columns}
    normal = [normalise_head(head) for head in heads]
    refused = [head for head, name in zip(heads, normal, strict=True) if forbidden.search(name)]
    if refused:
        raise TableError("forbidden_columns", file=path.name, columns=refused)
    repeated = sorted({name for name in normal if name in wanted and normal.count(name) > 1})
    if repeated:
        raise TableError("repeated_columns", file=path.name, columns=repeated)
    chosen = {wanted[name]: position for position, name in enumerate(normal) if name in wanted}
    missing = [name for name in required if name not in chosen]
    if missing:
        raise TableError("missing_columns", file=path.name, columns=missing, found=list(heads))
    ignored = [head for head, name in zip(heads, normal, strict=True) if name and name not in wanted]
    return chosen, tuple(ignored)


def _stage_csv(
    cursor: duckdb.DuckDBPyConnection,
    path: Path,
    columns: Sequence[str],
    required: Sequence[str],
    forbidden: re.Pattern[str],
) -> TextTable:
    seen = look_at(path)
    with path.open(encoding=seen.encoding, newline="", errors="replace") as file:
        delimiter = max(DELIMITERS, key=file.readline(HEADER_CHARACTERS).count)
        file.seek(0)
        try:
            heads = next(csv.reader(file, delimiter=delimiter), [])
        except csv.Error as error:
            raise TableError("unreadable", file=path.name, cause=str(error)) from error
    chosen, ignored = _chosen(path, heads, columns, required, forbidden)
    blank = _blank_records(path, seen, delimiter)
    with tempfile.TemporaryDirectory(prefix="petadini-") as folder:
        source = path
        if seen.encoding not in {"utf-8", "utf-8-sig"}:
            source = Path(folder) / "utf8.csv"
            write_utf8(path, seen.encoding, source, newline="")
        query = _read_query(source, len(heads), chosen, delimiter)
        try:
            try:
                cursor.execute(query)
            except duckdb.Error:  # what several threads cannot read together, or line ends of several kinds
                alike = Path(folder) / "alike.csv"
                write_utf8(path, seen.encoding, alike, newline=None)
                cursor.execute(_read_query(alike, len(heads), chosen, delimiter, parallel=False))
        except duckdb.Error as error:
            raise TableError("unreadable", file=path.name, cause=str(error).splitlines()[0]) from error
        broken = _broken_lines(cursor, path)
    left_out = [*broken, *(blank if len(heads) > 1 else [])]  # blank cells of a single column are read
    count = _number_lines(cursor, chosen, columns, left_out) + len(broken)
    return TextTable(count, tuple(chosen), ignored, broken, seen.encoding.removesuffix("-sig"), delimiter)


def _read_query(source: Path, width: int, chosen: dict[str, int], delimiter: str, *, parallel: bool = True) -> str:
    """Write the statement that reads the chosen columns of a file, as text, in the order of its lines."""
    layout = ", ".join(f"'c{position}': 'VARCHAR'" for position in range(width))
    return f"""CREATE OR REPLACE TEMP TABLE staged_rows AS
        SELECT {", ".join(f"c{position}" for position in chosen.values())}
        FROM read_csv({_quoted(source)}, columns = {{{layout}}}, auto_detect = false, header = true,
            delim = '{delimiter}', quote = '"', escape = '"', null_padding = true, ignore_errors = true,
            store_rejects = true, rejects_table = 'broken', rejects_scan = 'broken_scan', strict_mode = true,
            parallel = {parallel})"""


def _blank_records(path: Path, seen: TextFile, delimiter: str) -> list[int]:
    """Number the blank records, which DuckDB's reader leaves out without counting them."""
    if not (seen.has_blank_lines or seen.has_open_quote):
        return []
    blank, open_record = walk_records(path, seen.encoding, delimiter)
    if open_record is not None:
        raise TableError("unreadable", file=path.name, cause=f"open quote in row {open_record}")
    return blank


def _broken_lines(cursor: duckdb.DuckDBPyConnection, path: Path) -> dict[int, str]:
    """Take the rejected records; refuse the file where a stray quote has swallowed whole lines."""
    rejected = cursor.execute(
        """SELECT line, any_value(csv_line), bool_or(error_type <> 'TOO MANY COLUMNS')
        FROM broken GROUP BY line ORDER BY line"""
    ).fetchall()
    cursor.execute("DROP TABLE IF EXISTS broken; DROP TABLE IF EXISTS broken_scan")
    for line, text, misquoted in rejected:
        if misquoted and "\n" in text.strip():
            raise TableError("unreadable", file=path.name, cause=f"stray quote in row {line}")
    return {line: text.strip("\r\n") for line, text, _ in rejected}


def _stage_workbook(
    cursor: duckdb.DuckDBPyConnection,
    path: Path,
    columns: Sequence[str],
    required: Sequence[str],
    forbidden: re.Pattern[str],
) -> TextTable:
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheet = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, IndexError) as error:
        raise TableError("unreadable", file=path.name, cause=str(error)) from error
    if not sheet:
        raise TableError("empty", file=path.name)
    heads = [cell_text(cell) or "" for cell in sheet[0]]
    chosen, ignored = _chosen(path, heads, columns, required, forbidden)
    body = sheet[1:]
    arrays = {
        f"c{position}": pa.array([cell_text(row[position]) for row in body], pa.string())
        for position in chosen.values()
    }
    cursor.register("workbook", pa.table(arrays))
    cursor.execute("CREATE OR REPLACE TEMP TABLE staged_rows AS SELECT * FROM workbook")
    cursor.unregister("workbook")
    count = _number_lines(cursor, chosen, columns, [])
    return TextTable(count, tuple(chosen), ignored, {}, "xlsx", "")


def cell_text(cell: object) -> str | None:
    """Write a spreadsheet cell as text: dates as ISO, whole floats without a fraction, empty as None."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, dt.time):
        return cell.isoformat(timespec="minutes")
    return str(cell)


def _number_lines(
    cursor: duckdb.DuckDBPyConnection, chosen: dict[str, int], columns: Sequence[str], left_out: Sequence[int]
) -> int:
    """Make the view ``staged`` of the rows read, numbered past those that the reader left out; count them."""
    number = "rowid + 2"
    if left_out:
        row = cursor.execute("SELECT count(*) FROM staged_rows").fetchone()
        total = (row[0] if row else 0) + len(left_out)
        kept = np.setdiff1d(np.arange(2, total + 2), np.asarray(left_out))
        cursor.register("kept", pa.table({"position": np.arange(len(kept)), "line_number": kept}))
        cursor.execute(
            """CREATE OR REPLACE TEMP TABLE staged_rows AS SELECT staged_rows.*, line_number
            FROM staged_rows JOIN kept ON kept.position = staged_rows.rowid ORDER BY line_number"""
        )
        cursor.unregister("kept")
        number = "line_number"
    trimmed = _trimmed(cursor, chosen)
    selected = ", ".join(f'{trimmed.get(name, "NULL::VARCHAR")} AS "{name}"' for name in columns)
    cursor.execute(f"DELETE FROM staged_rows WHERE coalesce({', '.join(trimmed.values())}) IS NULL")
    cursor.execute(
        f"CREATE OR REPLACE TEMP VIEW staged AS SELECT {number} AS line_number, {selected} FROM staged_rows"
    )
    row = cursor.execute("SELECT count(*) FROM staged_rows").fetchone()
    return int(row[0]) if row else 0


def _trimmed(cursor: duckdb.DuckDBPyConnection, chosen: dict[str, int]) -> dict[str, str]:
    """Write for each column how its text is read: as it is, or trimmed where any cell begins or ends blank."""
    ends = " OR ".join(f"ends_with({{0}}, {blank})" for blank in BLANKS)
    # Every blank but the no-break space sorts before "!", and comparing costs far less than trimming.
    test = f"bool_or({{0}} < '!' OR starts_with({{0}}, chr(160)) OR {ends})"
    tests = [test.format(f"c{position}") for position in chosen.values()]
    found = cursor.execute(f"SELECT {', '.join(tests)} FROM staged_rows").fetchone() or ()
    return {
        name: f"nullif(trim(c{position}, {' || '.join(BLANKS)}), '')" if blank else f"c{position}"
        for (name, position), blank in zip(chosen.items(), found, strict=True)
    }


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
