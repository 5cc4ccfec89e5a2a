"""The trail only grows, and shows whatever was changed, taken out or forged."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from lib.people.trail import FILE, FIRST_SEAL, Deed, Trail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = b"k" * 32
NOON = 1_795_953_600.0  # 2026-11-29 12:00 UTC


@pytest.fixture
def trail(tmp_path: Path) -> Iterator[Trail]:
    opened = Trail(tmp_path, KEY, lambda: NOON)
    yield opened
    opened.close()


def tamper(folder: Path, statement: str) -> None:
    """Change the file as somebody could who owns the machine and has no key."""
    with sqlite3.connect(folder / FILE) as file:
        file.executescript("DROP TRIGGER IF EXISTS trail_kept; DROP TRIGGER IF EXISTS trail_whole")
        file.executescript(statement)
    file.close()


def test_a_line_says_who_what_and_when(trail: Trail) -> None:
    assert trail.head() == (0, FIRST_SEAL)
    line = trail.add("ani", Deed.TOOK, berkas="skor.csv", baris=42, wilayah=None)
    assert (line.number, line.at, line.actor, line.deed) == (1, "2026-11-29T12:00:00.000+00:00", "ani", "unduh")
    assert line.what == '{"baris":42,"berkas":"skor.csv","wilayah":null}'
    trail.add("budi", Deed.LEFT)
    assert [one.actor for one in trail.lines()] == ["budi", "ani"]
    assert [one.actor for one in trail.lines(newest=1)] == ["budi"]
    assert trail.head() == (2, trail.lines()[0].seal)
    assert trail.broken() is None


@pytest.mark.parametrize("statement", ["UPDATE trail SET actor = 'x'", "DELETE FROM trail"])
def test_the_file_itself_refuses_to_change(trail: Trail, tmp_path: Path, statement: str) -> None:
    trail.add("ani", Deed.CAME)
    with sqlite3.connect(tmp_path / FILE) as file, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        file.execute(statement)
    file.close()


@pytest.mark.parametrize("column", ["at", "actor", "deed", "what", "seal"])
def test_a_changed_line_is_found(trail: Trail, tmp_path: Path, column: str) -> None:
    for number in range(5):
        trail.add("ani", Deed.LOOKED, baris=number)
    tamper(tmp_path, f"UPDATE trail SET {column} = {column} || '0' WHERE number = 3")
    assert trail.broken() == 3


SWAPPED = (
    "UPDATE trail SET number = -2 WHERE number = 2",
    "UPDATE trail SET number = 2 WHERE number = 3",
    "UPDATE trail SET number = 3 WHERE number = -2",
)
TAKEN_OUT = ("DELETE FROM trail WHERE number = 2",)
RENUMBERED = (*TAKEN_OUT, "UPDATE trail SET number = number - 1 WHERE number > 2")


@pytest.mark.parametrize("statements", [SWAPPED, TAKEN_OUT, RENUMBERED])
def test_lines_taken_out_swapped_or_renumbered_are_found(
    trail: Trail, tmp_path: Path, statements: tuple[str, ...]
) -> None:
    for number in range(5):
        trail.add("ani", Deed.LOOKED, baris=number)
    tamper(tmp_path, ";".join(statements))
    assert trail.broken() == 2


def test_a_cut_end_needs_a_printed_head(trail: Trail, tmp_path: Path) -> None:
    for number in range(5):
        trail.add("ani", Deed.LOOKED, baris=number)
    printed = dict([trail.head()])
    assert trail.broken(printed) is None
    tamper(tmp_path, "DELETE FROM trail WHERE number > 3")
    assert (trail.broken(), trail.broken(printed)) == (None, 4)
    trail.add("ani", Deed.LOOKED)
    trail.add("ani", Deed.LOOKED)
    assert (trail.broken(), trail.broken(printed)) == (None, 5)  # as long again, and another


def test_without_the_key_nobody_writes_on(trail: Trail, tmp_path: Path) -> None:
    trail.add("ani", Deed.CAME)
    forger = Trail(tmp_path, b"x" * 32, lambda: NOON)
    forger.add("ani", Deed.TOOK)
    forger.close()
    assert trail.broken() == 2


def test_many_writers_keep_one_chain(trail: Trail, tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; from lib.people.trail import Deed, Trail\n"
        f"trail = Trail(pathlib.Path(sys.argv[1]), {KEY!r}, lambda: 0.0)\n"
        "for number in range(25): trail.add(sys.argv[2], Deed.LOOKED, baris=number)"
    )
    others = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path), name]) for name in ("p", "q")]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: trail.add("utas", Deed.LOOKED, baris=number), range(25)))
    assert [other.wait() for other in others] == [0, 0]
    assert (trail.head()[0], trail.broken()) == (75, None)


@pytest.mark.skipif(sys.platform == "win32", reason="file modes say nothing on Windows")
def test_nobody_else_reads_it(trail: Trail, tmp_path: Path) -> None:
    trail.add("ani", Deed.CAME)
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}
