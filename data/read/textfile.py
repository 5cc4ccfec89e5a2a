"""Text files as tables: what their bytes show, their first records, and their body as DuckDB reads it."""

from __future__ import annotations

import codecs
import csv
import tempfile
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from statistics import median_low
from typing import TYPE_CHECKING

import duckdb

from data.engine import quoted
from data.errors import DiskFullError, OutOfMemoryError, meaning
from data.read.heads import Head, find_head
from data.read.refusal import StrayQuoteError, TooLongLineError, TooManyRowsError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from data.limits import Limits

CHUNK_BYTES = 1 << 20
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DELIMITERS = (",", ";", "\t", "|")
END = "\x1e"  # the sign for the end of records; no sheet can hold it


@dataclass(frozen=True, slots=True)
class TextFile:
    """What the bytes of a file show.

    `encoding` is utf-8, utf-8-sig, utf-16 (both by their mark) or cp1252 (anything else, as Windows' Excel
    writes it). `nul_count` counts the NUL bytes of a text that has no use for them. `has_blank_lines` and
    `has_open_quote` are suspicions that only `walk_records` can settle. Without quotes, `line_count` is the number
    of records.
    """

    encoding: str
    has_blank_lines: bool
    has_open_quote: bool
    has_quotes: bool
    nul_count: int
    line_count: int


@dataclass(frozen=True, slots=True)
class TextHead:
    """Where the head of a text file is, and by what its cells are parted.

    The lines before the first line of data are `lines_above`; they are more than the records where a head has
    line breaks inside its quotes.
    """

    head: Head
    delimiter: str
    lines_above: int


@dataclass(frozen=True, slots=True)
class Records:
    """What became of the records that are no rows of the table read: blank ones, and broken ones with their text."""

    blank: list[int]
    broken: dict[int, str]


def look_at(path: Path, *, line_bytes: int) -> TextFile:
    """Look through the bytes of a file once.

    Raises
    ------
    TableError
        ``too_long_line`` when more than `line_bytes` bytes, and a mebibyte, follow each other without a line end.
    """
    with path.open("rb") as file:
        start = file.read(4)
        encoding = next((name for mark, name in MARKS if start.startswith(mark)), "utf-8")
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-16" if encoding == "utf-16" else "utf-8")()
        quotes, nuls, lines, returns, blank, tail, run = 0, 0, 0, 0, encoding == "utf-16", b"", 0
        while chunk := file.read(CHUNK_BYTES):
            end = chunk.rfind(b"\n")
            end = chunk.rfind(b"\r") if end < 0 else end
            run = run + len(chunk) if end < 0 else len(chunk) - end
            if run > max(line_bytes, CHUNK_BYTES):
                raise TooLongLineError(file=path.name, line=max(lines, returns) + 1, limit=line_bytes)
            quotes += chunk.count(b'"')
            nuls += chunk.count(b"\0") if b"\0" in chunk else 0
            lines += chunk.count(b"\n")
            returns += chunk.count(b"\r") if b"\r" in chunk else 0
            blank = blank or _has_blank_line(tail + chunk)
            tail = chunk[-2:]
            encoding = _still(encoding, decoder, chunk)
        encoding = _still(encoding, decoder, b"", final=True)
    nuls = 0 if encoding == "utf-16" else nuls
    return TextFile(encoding, blank, quotes % 2 == 1, quotes > 0, nuls, max(lines, returns))


def find_text_head(path: Path, seen: TextFile, *, header: int | None, count: int) -> TextHead | None:
    """Find the head among the first records and the delimiter that makes it one; None where none looks like a head.

    Of several delimiters those come first that part at least half of the records below into as many cells as the
    head has; of these the one whose head lies highest, then the one that parts most, then the one that makes the
    most cells.

    Raises
    ------
    TableError
        ``stray_quote`` when a quote is opened above the data and not closed again.
    """
    ranked: list[tuple[tuple[float, ...], TextHead]] = []
    wild, parted = 0, False
    for delimiter in DELIMITERS:
        with path.open(encoding=seen.encoding, newline="", errors="replace") as file:
            records, ends, whole = first_records(file, delimiter, count)
        widths = [len(record) for record in records if record]
        parted = parted or (bool(widths) and median_low(widths) > 1)
        wild = wild or (0 if whole else len(records) + 1)
        if (head := find_head(records, header=header)) is None:
            continue
        top, width = head.first_row - 1, len(head.names)
        below = [len(record) for record in records[top:] if record]
        share = below.count(width) / len(below) if below else 1.0
        rank = (float(width > 1 and share >= 0.5), float(width > 1), -float(head.row), share, float(width))
        ranked.append((rank, TextHead(head, delimiter, ends[top - 1] if top else 0)))
    # What looks like a head of one column is a whole line, where another delimiter parts most lines.
    ranked = [(rank, found) for rank, found in ranked if not parted or len(found.head.names) > 1]
    if not ranked and wild:
        raise StrayQuoteError(file=path.name, line=wild)
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def first_records(lines: Iterable[str], delimiter: str, count: int) -> tuple[list[list[str]], list[int], bool]:
    """Read the first records of a text; tell how many lines each ended after, and whether none ran wild."""
    consumed = 0

    def counted() -> Iterator[str]:
        nonlocal consumed
        for line in lines:
            consumed += 1
            yield line.replace("\0", "")

    records: list[list[str]] = []
    ends: list[int] = []
    try:
        for record in islice(csv.reader(counted(), delimiter=delimiter), count):
            records.append(record)
            ends.append(consumed)
    except csv.Error:  # a cell of more than 131 072 characters: a quote that was opened and not closed
        return records, ends, False
    return records, ends, True


def read_text(
    cursor: duckdb.DuckDBPyConnection,
    path: Path,
    seen: TextFile,
    found: TextHead,
    *,
    positions: Sequence[int],
    limits: Limits,
) -> Records:
    """Read columns of a text file, as text, into the temporary table ``staged_rows``, in the order of the lines.

    The columns are called c0, c1 … by position. Blank records are not among the rows, nor are those that could
    not be split; both come back under the numbers of their rows in a spreadsheet.

    Raises
    ------
    TableError
        ``stray_quote``, ``too_long_line``, ``too_many_rows`` or ``unreadable``.
    LakeError
        When the disk or the memory is full.
    """
    head = found.head
    if not (seen.has_quotes or seen.has_blank_lines) and seen.line_count - found.lines_above > limits.rows:
        raise TooManyRowsError(file=path.name, limit=limits.rows)
    plain = seen.encoding in {"utf-8", "utf-8-sig"} and not seen.nul_count
    with_head = plain and (head.row, head.first_row, found.lines_above) == (1, 2, 1)
    whole = with_head or (plain and head.first_row == 1)
    first = 1 if whole else head.first_row  # row of the first record that is read
    with tempfile.TemporaryDirectory(prefix="petadini-") as folder:
        source = path if whole else Path(folder) / "body.csv"
        if not whole:
            write_utf8(path, seen.encoding, source, newline="", lines_above=found.lines_above)
        blank: list[int] = []
        if seen.has_blank_lines or seen.has_open_quote:
            blank, open_record = walk_records(source, "utf-8-sig", found.delimiter, first=first, most=limits.rows)
            if len(blank) > limits.rows:
                raise TooManyRowsError(file=path.name, limit=limits.rows)
            if open_record is not None:
                raise StrayQuoteError(file=path.name, line=open_record)
        query = partial(
            _read_query,
            width=len(head.names),
            positions=positions,
            delimiter=found.delimiter,
            with_head=with_head,
            line_bytes=limits.cell_characters,
            most_rows=limits.rows + 1 if seen.line_count > limits.rows else None,
        )
        try:
            try:
                cursor.execute(query(source))
            except duckdb.OutOfMemoryException:
                raise
            except duckdb.Error:  # what several threads cannot read together, or line ends of several kinds
                alike = Path(folder) / "alike.csv"
                write_utf8(source, "utf-8-sig", alike, newline=None)
                cursor.execute(query(alike, parallel=False))
        except duckdb.Error as error:
            kind = meaning(error)
            if kind and issubclass(kind, (DiskFullError, OutOfMemoryError)):
                raise kind(cause=str(error).splitlines()[0]) from error
            raise UnreadableError(file=path.name, cause=str(error).splitlines()[0]) from error
        broken = _broken_lines(cursor, path, first=first, limit=limits.cell_characters)
    # DuckDB leaves blank records out, but where there is a single column it reads them as blank cells.
    return Records(blank if len(head.names) > 1 else [], broken)


def walk_records(path: Path, encoding: str, delimiter: str, *, first: int, most: int) -> tuple[list[int], int | None]:
    """Number the blank records, and the record in which a quote is opened and not closed again, if any.

    The first record of the file has the number `first`. A cell of more than 131 072 characters is taken for an
    open quote. After more than `most` blank records it stops.
    """
    blank: list[int] = []
    number, record = first - 1, [END]
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        try:
            for record in csv.reader(chain(file, [END]), delimiter=delimiter):
                number += 1
                if not record:
                    blank.append(number)
                    if len(blank) > most:
                        return blank, None
        except csv.Error:
            return blank, number + 1
    return blank, None if record == [END] else number


def write_utf8(path: Path, encoding: str, target: Path, *, newline: str | None, lines_above: int = 0) -> None:
    """Copy a text file as UTF-8 without a mark and without NUL, from below its first lines.

    `newline` None makes all line ends alike, "" keeps them.
    """
    with (
        path.open(encoding=encoding, newline=newline, errors="replace") as source,
        target.open("w", encoding="utf-8", newline="") as sink,
    ):
        for _ in range(lines_above):
            source.readline()
        while chunk := source.read(CHUNK_BYTES):
            sink.write(chunk.replace("\0", ""))


def _read_query(
    source: Path,
    *,
    width: int,
    positions: Sequence[int],
    delimiter: str,
    with_head: bool,
    line_bytes: int,
    most_rows: int | None,
    parallel: bool = True,
) -> str:
    """Write the statement that reads some columns of a file, as text, in the order of its lines."""
    layout = ", ".join(f"'c{position}': 'VARCHAR'" for position in range(width))
    return f"""CREATE OR REPLACE TEMP TABLE staged_rows AS
        SELECT {", ".join(f"c{position}" for position in positions)}
        FROM read_csv({quoted(str(source))}, columns = {{{layout}}}, auto_detect = false, header = {with_head},
            delim = '{delimiter}', quote = '"', escape = '"', null_padding = true, ignore_errors = true,
            store_rejects = true, rejects_table = 'broken', rejects_scan = 'broken_scan', strict_mode = true,
            rejects_limit = 0, max_line_size = {line_bytes}, parallel = {parallel})
        {f"LIMIT {most_rows}" if most_rows else ""}"""


def _broken_lines(cursor: duckdb.DuckDBPyConnection, path: Path, *, first: int, limit: int) -> dict[int, str]:
    """Take the rejected records; refuse the file where a stray quote has swallowed whole lines."""
    rejected = cursor.execute(
        """SELECT line + $first - 1, any_value(csv_line), bool_or(error_type <> 'TOO MANY COLUMNS'),
            bool_or(error_type = 'LINE SIZE OVER MAXIMUM')
        FROM broken GROUP BY line ORDER BY line""",
        {"first": first},
    ).fetchall()
    cursor.execute("DROP TABLE IF EXISTS broken; DROP TABLE IF EXISTS broken_scan")
    for line, text, misquoted, too_long in rejected:
        if misquoted and "\n" in text.strip():
            raise StrayQuoteError(file=path.name, line=line)
        if too_long:
            raise TooLongLineError(file=path.name, line=line, limit=limit)
    return {line: text.strip("\r\n") for line, text, _, _ in rejected}


def _has_blank_line(text: bytes) -> bool:
    return b"\n\n" in text or (b"\r" in text and (b"\n\r\n" in text or b"\r\r" in text))


def _still(encoding: str, decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> str:
    """Keep the encoding that the bytes so far allow; once they are not UTF-8 they stay cp1252."""
    if encoding == "cp1252" or (encoding == "utf-8" and chunk.isascii() and not decoder.getstate()[0] and not final):
        return encoding
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return "cp1252"
    return encoding
