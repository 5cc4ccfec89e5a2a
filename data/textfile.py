"""Look at the bytes of a text file before it is read as a table: encoding, quotes, blank and open records."""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CHUNK_BYTES = 1 << 20
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
END = "\x1e"  # the sign for the end of records; no sheet can hold it


@dataclass(frozen=True, slots=True)
class TextFile:
    """What the bytes of a file show.

    `encoding` is utf-8, utf-8-sig, utf-16 (both by their mark) or cp1252 (anything else, as Windows' Excel
    writes it). `has_blank_lines` and `has_open_quote` are suspicions that only `walk_records` can settle.
    """

    encoding: str
    has_blank_lines: bool
    has_open_quote: bool


def look_at(path: Path) -> TextFile:
    """Look through the bytes of a file once."""
    with path.open("rb") as file:
        start = file.read(4)
        encoding = next((name for mark, name in MARKS if start.startswith(mark)), "utf-8")
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-16" if encoding == "utf-16" else "utf-8")()
        quotes, blank, tail = 0, encoding == "utf-16", b""
        while chunk := file.read(CHUNK_BYTES):
            quotes += chunk.count(b'"')
            blank = blank or _has_blank_line(tail + chunk)
            tail = chunk[-2:]
            encoding = _still(encoding, decoder, chunk)
        encoding = _still(encoding, decoder, b"", final=True)
    return TextFile(encoding, blank, quotes % 2 == 1)


def walk_records(path: Path, encoding: str, delimiter: str) -> tuple[list[int], int | None]:
    """Number the blank records, and the record in which a quote is opened and not closed again, if any.

    The first record, the head, has number 1 and is never blank. A cell of more than 131 072 characters is
    taken for an open quote.
    """
    blank: list[int] = []
    number, record = 0, [END]
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        try:
            for record in csv.reader(chain(file, [END]), delimiter=delimiter):
                number += 1
                if not record and number > 1:
                    blank.append(number)
        except csv.Error:
            return blank, number + 1
    return blank, None if record == [END] else number


def write_utf8(path: Path, encoding: str, target: Path, *, newline: str | None) -> None:
    """Copy a text file as UTF-8 without a mark; `newline` None makes all line ends alike, "" keeps them."""
    with (
        path.open(encoding=encoding, newline=newline, errors="replace") as source,
        target.open("w", encoding="utf-8", newline="") as sink,
    ):
        while chunk := source.read(CHUNK_BYTES):
            sink.write(chunk)


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
