"""The trail: who came in, was refused, saw persons' data or took a file away; only ever longer, line sealed on line.

It is a file of its own, for a commit to the store would make every cache cold. Its key is no part of store or trail,
so whoever changes a copy cannot forge a line. A trail that was cut off at its end still holds together: only a head
that was printed before shows what is missing, so print `Trail.head` where nobody can take it back.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from lib.people.private_file import PrivateFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

FILE = "jejak.sqlite"
FIRST_SEAL = "0" * 64
SCHEMA = """
CREATE TABLE IF NOT EXISTS trail (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, deed TEXT NOT NULL, what TEXT NOT NULL,
    seal TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS trail_kept BEFORE UPDATE ON trail BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER IF NOT EXISTS trail_whole BEFORE DELETE ON trail BEGIN SELECT raise(ABORT, 'append-only'); END;
"""


class Deed(StrEnum):
    """What a line tells; the values are stored and shown."""

    CAME = "masuk"
    FAILED = "masuk gagal"
    LEFT = "keluar"
    REFUSED = "ditolak"
    LOOKED = "lihat laporan"
    TOOK = "unduh"
    ACCOUNT = "akun"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: number from 1, when (UTC, ISO), the actor's name, the deed, its circumstances as JSON, the seal."""

    number: int
    at: str
    actor: str
    deed: str
    what: str
    seal: str


class Trail:
    """The trail of one machine; safe for threads and for several processes."""

    def __init__(self, folder: Path, key: bytes, clock_s: Callable[[], float]) -> None:
        self._key, self._clock_s = key, clock_s
        self._file = PrivateFile(folder / FILE, SCHEMA)

    def add(self, actor: str, deed: Deed, **what: str | int | None) -> Line:
        """Write one line; it is on the disk when this returns."""
        at = datetime.fromtimestamp(self._clock_s(), UTC).isoformat(timespec="milliseconds")
        text = json.dumps(what, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        with self._file.together():
            number, last = self.head()
            seal = self._seal(last, number + 1, at, actor, deed.value, text)
            line = Line(number + 1, at, actor, deed.value, text, seal)
            self._file.ask("INSERT INTO trail VALUES (?, ?, ?, ?, ?, ?)", *_values(line))
        return line

    def head(self) -> tuple[int, str]:
        """Give number and seal of the last line; 0 and zeros before the first."""
        found = self._file.ask("SELECT number, seal FROM trail ORDER BY number DESC LIMIT 1")
        return next(((int(str(number)), str(seal)) for number, seal in found), (0, FIRST_SEAL))

    def lines(self, *, newest: int | None = None) -> list[Line]:
        """List the lines, newest first; all of them or so many."""
        return list(_lines(self._file.ask("SELECT * FROM trail ORDER BY number DESC LIMIT ?", newest or -1)))

    def broken(self, heads: Mapping[int, str] | None = None) -> int | None:
        """Tell the number of the first line that is not what was written, None where all are.

        `heads` are numbers with seals that were printed before: without one, lines cut off at the end are not seen.
        """
        printed = heads or {}
        last, due = FIRST_SEAL, 1
        for line in _lines(self._file.ask("SELECT * FROM trail ORDER BY number")):
            seal = self._seal(last, *_values(line)[:-1])
            whole = line.number == due and hmac.compare_digest(seal, line.seal)
            if not whole or printed.get(due, seal) != seal:
                return due
            last, due = seal, due + 1
        return due if any(number >= due for number in printed) else None

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _seal(self, *parts: str | int) -> str:
        return hmac.digest(self._key, json.dumps(parts).encode(), "sha256").hex()


def _values(line: Line) -> tuple[str | int, ...]:
    return (line.number, line.at, line.actor, line.deed, line.what, line.seal)


def _lines(rows: Iterable[tuple[object, ...]]) -> Iterator[Line]:
    for number, *texts in rows:
        yield Line(int(str(number)), *map(str, texts))
