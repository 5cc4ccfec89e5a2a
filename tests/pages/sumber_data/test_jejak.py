"""The page Jejak: everybody's lines for an admin, one's own for others, and whether the chain is whole."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from typing import TYPE_CHECKING

import pytest

from lib.people.actor import Role
from lib.people.trail import FILE, Deed
from lib.texts import trail as t
from lib.ui.door import books, identity
from tests.officers import officer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.pages.conftest import Visit

PAGE = "sumber_data/jejak"


pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep a trail of its own with a line of each of two people."""
    tmp_path.chmod(0o700)
    monkeypatch.setenv("PETADINI_RAHASIA", str(tmp_path))
    books.trail().add("ani", Deed.LOOKED, laporan=3)
    books.trail().add("budi", Deed.TOOK, berkas="peta.png")
    yield tmp_path
    books.trail().close()


def people(shown: Visit) -> list[str]:
    return re.findall(r"<td>(ani|budi)</td>", shown.text)


def test_an_admin_reads_all_of_it_and_others_their_own(
    visit: Callable[..., Visit], told_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for role, seen in ((Role.ADMIN, ["budi", "ani"]), (Role.ANALYST, ["ani"]), (Role.READER, ["ani"])):
        monkeypatch.setattr(identity, "machine_actor", lambda role=role: officer("ani", role))
        shown = visit(told_store, PAGE)
        shown.assert_whole()
        assert people(shown) == seen
        assert (t.OWN_ONLY in shown.text) == (role is not Role.ADMIN)
        assert t.whole_chain(2) in shown.text
        assert [code.value for code in shown.app.code] == [t.head(*books.trail().head())]


def test_a_changed_line_is_told(
    visit: Callable[..., Visit], told_store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "machine_actor", lambda: officer("ani", Role.ADMIN))
    with contextlib.closing(sqlite3.connect(folder / FILE)) as file:
        file.executescript("DROP TRIGGER trail_kept; UPDATE trail SET actor = 'cici' WHERE number = 2;")
    shown = visit(told_store, PAGE)
    assert [error.value for error in shown.app.error] == [t.broken_chain(2)]


def test_looking_at_reports_is_kept_once_for_each_question(visit: Callable[..., Visit], told_store: Path) -> None:
    shown = visit(told_store, "sumber_data/laporan")
    shown.app.run()
    assert [line.deed for line in books.trail().lines()].count(Deed.LOOKED) == 2  # one stood there before
