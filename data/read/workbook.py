"""Spreadsheet files: one sheet of XLSX, XLSM, XLSB, XLS or ODS as columns of text."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from data.read import refusal
from data.read.heads import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from data.limits import Limits
    from data.read.heads import Merged

ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# Opens every sheet in a process of its own, within the memory given; mere errors are left to the second reading.
PROBE = """
import sys
from contextlib import suppress
from python_calamine import CalamineWorkbook
with suppress(ImportError):
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
with suppress(Exception):
    book = CalamineWorkbook.from_filelike(open(sys.argv[1], "rb"))
    for name in book.sheet_names:
        book.get_sheet_by_name(name)
"""
PROBE_SECONDS = 300
PROGRAM_BYTES = 2**30
CHUNK_BYTES = 1 << 20
CHUNK_ROWS = 1_024  # few enough for the garbage collector to leave them alone
CELL_BYTES = 32  # that the reader takes for each cell between the first and the last, empty ones included
BOMB_RATIO, BOMB_BYTES = 300, 64 * 2**20  # a member packed more tightly than any sheet, and large
LETTERS = re.compile(rb"[A-Z]{1,3}")
CELL = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})")
ROW_BYTES = 4 * 2**20  # of an unfinished row that are kept to find its last cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """An opened sheet; `error_cell_count` counts cells like #REF! of its workbook, which read as empty."""

    name: str
    content: CalamineSheet
    error_cell_count: int


def open_sheet(path: Path, *, sheet: str | None, limits: Limits) -> Sheet:
    """Open the only sheet of a workbook that has cells, or the one named.

    Hidden sheets are left aside where any other has cells.

    Raises
    ------
    refusal.TableError
        ``unreadable``, ``encrypted``, ``zip_bomb``, ``unpacked_too_large``, ``too_many_cells``, ``empty``,
        ``choose_sheet``, ``unknown_sheet``, ``too_many_columns``, ``too_many_rows``.
    """
    errors = check_container(path, limits=limits)
    if errors is None:
        probe(path, limits=limits)
    with translated(path):
        book = _open(path)
        found = _choose(path, book, sheet)
        content = book.get_sheet_by_name(found) if isinstance(found, str) else found
    if content.end is None:
        raise refusal.EmptyError(file=path.name)
    width = content.end[1] + 1
    if width > limits.columns:
        raise refusal.TooManyColumnsError(file=path.name, columns=width, limit=limits.columns)
    return Sheet(content.name, content, errors or 0)


def first_rows(sheet: CalamineSheet, count: int) -> list[list[str | None]]:
    """Take the first rows of a sheet as text, from its row 1 on."""
    return [[cell_text(cell) for cell in row] for row in _rows(sheet, count)]


def merged_cells(sheet: CalamineSheet) -> list[Merged] | None:
    """Take the merged cells of a sheet; None where the format does not tell."""
    ranges: list[Merged] | None = sheet.merged_cell_ranges
    return ranges


def sheet_columns(sheet: CalamineSheet, *, positions: Sequence[int], first_row: int) -> pa.Table:
    """Take columns of a sheet as text, called c0, c1 … by position, from a row on.

    Cells merged over several rows say the same in each of them, as they look.
    """
    names = [f"c{position}" for position in positions]
    schema = pa.schema([(name, pa.string()) for name in names])
    rows = _rows(sheet, None, skip=first_row - 1)
    batches = []
    with _uncollected():
        while chunk := list(islice(rows, CHUNK_ROWS)):
            cells = list(zip(*chunk, strict=True))
            batches.append(pa.record_batch([_text_array(cells[position]) for position in positions], schema=schema))
    table = pa.Table.from_batches(batches, schema=schema)
    return _filled_down(table, sheet, positions, first_row)


def cell_text(cell: object) -> str | None:
    """Write a spreadsheet cell as text: dates as ISO, whole floats without a fraction, empty as None."""
    if cell is None or cell == "":
        return None
    match cell:
        case bool():
            text = "ya" if cell else "tidak"
        case float():
            text = str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
        case dt.datetime():
            midnight = cell.time() == dt.time()
            text = cell.date().isoformat() if midnight else cell.isoformat(sep=" ", timespec="minutes")
        case dt.time():
            text = cell.isoformat(timespec="minutes")
        case dt.timedelta():
            hours, seconds = divmod(round(cell.total_seconds()), 3600)
            text = f"{hours:02}:{seconds // 60:02}"
        case _:
            text = str(cell)
    return text


def check_container(path: Path, *, limits: Limits) -> int | None:
    """Look through a workbook's packing before it is unpacked into memory; count the error cells of an XLSX.

    The reader lays out every cell between the first and the last of a sheet, so that one stray cell at the end
    of an otherwise small sheet would take all memory: such an XLSX sheet is refused.

    Raises
    ------
    refusal.TableError
        ``encrypted``, ``unreadable``, ``zip_bomb``, ``unpacked_too_large``, ``too_many_cells``.
    """
    with path.open("rb") as file:
        start = file.read(8)
        if start == OLE_MARK:
            file.seek(0)
            if _contains(file, ENCRYPTED_PACKAGE):
                raise refusal.EncryptedError(file=path.name)
            return None
        if not start.startswith(ZIP_MARK):
            raise refusal.UnreadableError(file=path.name, cause="ZIP")
        try:
            with zipfile.ZipFile(file) as archive:
                members = archive.infolist()
                names = set(archive.namelist())
                manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as error:
            raise refusal.UnreadableError(file=path.name, cause="ZIP") from error
        if b"encryption-data" in manifest or any(member.flag_bits & 1 for member in members):
            raise refusal.EncryptedError(file=path.name)
        check_members(path, members, limits=limits)
        errors = None
        for member in members:
            is_sheet = member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml")
            try:
                found = _walk_member(path, file, member, is_sheet=is_sheet, limits=limits)
            except refusal.TableError:
                raise
            except (zlib.error, struct.error, OSError, ValueError) as error:
                raise refusal.UnreadableError(file=path.name, cause=member.filename) from error
            if is_sheet:
                errors = (errors or 0) + found
    return errors


def probe(path: Path, *, limits: Limits) -> None:
    """Open a workbook in a process of its own first, where a damaged one may take memory without end, and die.

    The formats whose extent cannot be told without reading them need it: XLS, XLSB and ODS.

    Raises
    ------
    refusal.TableError
        ``unreadable``.
    """
    memory = str(limits.unpacked_bytes + PROGRAM_BYTES)
    command = [sys.executable, "-c", PROBE, str(path), memory]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=PROBE_SECONDS)  # noqa: S603  our own program
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise refusal.UnreadableError(file=path.name, cause=type(error).__name__) from error


def check_members(path: Path, members: Sequence[zipfile.ZipInfo], *, limits: Limits) -> None:
    """Refuse an archive by what its table of contents says.

    Raises
    ------
    refusal.TableError
        ``zip_bomb``, ``unpacked_too_large``.
    """
    for member in members:
        if member.file_size > BOMB_BYTES and member.file_size > BOMB_RATIO * member.compress_size:
            raise refusal.ZipBombError(file=path.name, member=member.filename)
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked_bytes:
        raise refusal.UnpackedTooLargeError(file=path.name, bytes=unpacked, limit=limits.unpacked_bytes)


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the reader's errors into refusals of the file, a panic of its compiled code included."""
    try:
        yield
    except refusal.TableError:
        raise
    except PasswordError as error:
        raise refusal.EncryptedError(file=path.name) from error
    except (CalamineError, OSError, ValueError, IndexError, OverflowError) as error:
        raise refusal.UnreadableError(file=path.name, cause=str(error).split("\n", 1)[0]) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise refusal.UnreadableError(file=path.name, cause="panic") from error


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Stop the collector of cycles: it takes a third of the time where rows are made and dropped by the million."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except CalamineError as first:  # perhaps another kind of workbook than its name says
        if isinstance(first, PasswordError):
            raise
        with path.open("rb") as file:
            try:
                return CalamineWorkbook.from_filelike(file)
            except PasswordError:
                raise
            except CalamineError:
                raise first from None


def _choose(path: Path, book: CalamineWorkbook, name: str | None) -> str | CalamineSheet:
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    names = [sheet.name for sheet in sheets]
    if name is not None:
        chosen = next((known for known in names if known.strip().lower() == name.strip().lower()), None)
        if chosen is None:
            raise refusal.UnknownSheetError(file=path.name, sheet=name, sheets=names)
        return chosen
    visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    for group in (visible, [known for known in names if known not in visible]):
        if len(names) == 1 and group:
            return group[0]
        filled = [sheet for known in group if not _is_blank(sheet := book.get_sheet_by_name(known))]
        if len(filled) > 1:
            raise refusal.ChooseSheetError(file=path.name, sheets=[sheet.name for sheet in filled])
        if filled:
            return filled[0]
    raise refusal.EmptyError(file=path.name)


def _is_blank(sheet: CalamineSheet) -> bool:
    return not any(clean(cell_text(cell)) for row in sheet.iter_rows() for cell in row)


def _rows(sheet: CalamineSheet, count: int | None, *, skip: int = 0) -> Iterator[Sequence[object]]:
    """Go through the rows of a sheet from its row 1 on."""
    return islice(sheet.iter_rows(), skip, None if count is None else skip + count)


def _text_array(cells: Sequence[object]) -> pa.Array:
    """Write the cells of a column as text; columns of one type take no Python call for each cell."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        array = pa.array(cells, pa.string())
        return pc.if_else(pc.equal(array, ""), pa.scalar(None, pa.string()), array)
    if kinds == {float}:
        numbers = pa.array(cells, pa.float64())
        size = pc.abs(numbers)
        whole = pc.and_(pc.equal(pc.floor(numbers), numbers), pc.less(size, 2.0**53))
        plain = pc.or_(whole, pc.and_(pc.greater_equal(size, 1e-4), pc.less(size, 1e9)))  # written without exponent
        if pc.all(plain).as_py():
            integers = pc.if_else(whole, numbers, 0.0).cast(pa.int64()).cast(pa.string())
            return pc.if_else(whole, integers, numbers.cast(pa.string()))
    if kinds == {dt.date}:
        return pa.array(cells, pa.date32()).cast(pa.string())
    return pa.array(list(map(cell_text, cells)), pa.string())


def _filled_down(table: pa.Table, sheet: CalamineSheet, positions: Sequence[int], first_row: int) -> pa.Table:
    """Write what cells merged over several rows say into each of these rows."""
    columns: dict[int, list[str | None]] = {}
    first = first_row - 1
    for (top, left), (bottom, _) in merged_cells(sheet) or []:
        if top < first or bottom == top or left not in positions:
            continue
        cells = columns.setdefault(left, table[f"c{left}"].to_pylist())
        for row in range(top - first + 1, min(bottom - first + 1, len(cells))):
            cells[row] = cells[row] or cells[top - first]
    for position, cells in columns.items():
        place = table.column_names.index(f"c{position}")
        table = table.set_column(place, f"c{position}", pa.array(cells, pa.string()))
    return table


def _contains(file: IO[bytes], text: bytes) -> bool:
    tail = b""
    while chunk := file.read(CHUNK_BYTES):
        if text in tail + chunk:
            return True
        tail = chunk[-len(text) :]
    return False


def _unpacked(file: IO[bytes], member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a member piece by piece, to its true end, whatever size the table of contents states."""
    file.seek(member.header_offset)
    name_bytes, extra_bytes = struct.unpack("<HH", file.read(30)[26:30])
    file.seek(name_bytes + extra_bytes, 1)
    left = member.compress_size
    packed = member.compress_type == zipfile.ZIP_DEFLATED
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    while left and (chunk := file.read(min(CHUNK_BYTES, left))):
        left -= len(chunk)
        if not packed:
            yield chunk
        while packed and chunk and not inflate.eof:
            yield inflate.decompress(chunk, CHUNK_BYTES)
            chunk = inflate.unconsumed_tail


def _walk_member(path: Path, file: IO[bytes], member: zipfile.ZipInfo, *, is_sheet: bool, limits: Limits) -> int:
    """Unpack a member without keeping it: is it as large as it says, and is the sheet in it not too wide and long."""
    size, errors, rows, tail = 0, 0, 0, b""
    ends: set[bytes] = set()  # where the last cell of each row is
    for piece in _unpacked(file, member):
        size += len(piece)
        if size > member.file_size:
            raise refusal.ZipBombError(file=path.name, member=member.filename)
        if not is_sheet:
            continue
        text = tail + piece
        *whole_rows, tail = text.split(b"row>")  # with any prefix before it
        ends.update([row[(at := row.rfind(b'r="')) + 3 : at + 6] for row in whole_rows])
        last_cells = (CELL.match(row, row.rfind(b'r="') + 3) for row in reversed(whole_rows))
        rows = next((int(cell[2]) for cell in last_cells if cell), rows)
        if b"#" in text:  # every error begins with this sign, which few sheets have
            errors += sum(row.count(b't="e"') for row in whole_rows)
        tail = tail[-ROW_BYTES:]
    columns = max((_column_number(letters[0]) for end in ends if (letters := LETTERS.match(end))), default=0)
    if rows * columns * CELL_BYTES > limits.unpacked_bytes:
        most = limits.unpacked_bytes // CELL_BYTES
        raise refusal.TooManyCellsError(file=path.name, rows=rows, columns=columns, limit=most)
    return errors


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
