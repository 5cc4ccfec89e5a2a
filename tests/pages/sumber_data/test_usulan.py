"""The page Usulan: what waits, what it would change, and the two buttons of another person."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from data.store import queries
from data.store.lake import open_lake
from lib.people.actor import Role
from lib.proposals import deeds, journal
from lib.proposals.deeds import Waiting
from lib.proposals.eyes import SOMEBODY, Eyes
from lib.texts import proposals as t
from lib.ui.door import identity
from tests.officers import officer
from tests.pages.conftest import REGION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.pages.conftest import Visit

PAGE = "sumber_data/usulan"


@pytest.fixture
def proposed(told_store: Path, tmp_path: Path) -> tuple[Path, str, str]:
    """Copy a store and propose to take its newest import back."""
    folder = tmp_path / "gudang"
    shutil.copytree(told_store, folder)
    lake = open_lake(str(folder))
    import_id = str(queries.imports(lake, REGION.code)["import_id"].iloc[0])
    eyes = Eyes(four=True, why=SOMEBODY)
    made = deeds.undo(lake, REGION, import_id, reason="salah berkas", actor=officer("ani"), eyes=eyes)
    lake.connection.close()
    assert isinstance(made, Waiting)
    return folder, import_id, made.proposal_id


def as_who(patch: pytest.MonkeyPatch, name: str, role: Role) -> None:
    patch.setattr(identity, "machine_actor", lambda: officer(name, role))


def test_another_person_confirms_and_the_deed_is_done(
    visit: Callable[..., Visit], proposed: tuple[Path, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, import_id, number = proposed
    as_who(monkeypatch, "budi", Role.APPROVER)
    shown = visit(folder, PAGE)
    shown.assert_whole()
    assert t.effect(journal.UNDO, import_id, {}) in shown.seen
    assert "Diusulkan ani" in shown.seen
    assert "salah berkas" in shown.seen
    next(button for button in shown.app.button if button.label == t.AGREE).click()
    shown.app.run()
    shown.assert_whole()
    assert t.decided(journal.AGREED, journal.UNDO) in shown.text
    assert t.NOTHING_WAITS in shown.text
    lake = open_lake(str(folder))
    assert queries.import_kind(lake, REGION.code, import_id) == ("incident", True)
    (found,) = journal.proposals(lake, REGION.code)
    assert (found.proposal_id, found.decided_by) == (number, "budi")
    lake.connection.close()


def test_the_proposer_and_whoever_may_not_see_no_buttons(
    visit: Callable[..., Visit], proposed: tuple[Path, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, role, told in (("ani", Role.ANALYST, t.WHO_MAY), ("ani", Role.APPROVER, t.OWN)):
        as_who(monkeypatch, name, role)
        shown = visit(proposed[0], PAGE)
        shown.assert_whole()
        assert told in shown.text
        assert not {t.AGREE, t.DECLINE} & {button.label for button in shown.app.button}


def test_who_declines_says_why(
    visit: Callable[..., Visit], proposed: tuple[Path, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    as_who(monkeypatch, "budi", Role.APPROVER)
    shown = visit(proposed[0], PAGE)
    next(button for button in shown.app.button if button.label == t.DECLINE).click()
    shown.app.run()
    assert [error.value for error in shown.app.error] == [
        "Tulis alasan menolak; alasan dicatat bersama keputusannya."
    ]


def test_an_office_of_one_is_told_that_four_eyes_are_not_in_force(
    visit: Callable[..., Visit], told_store: Path
) -> None:
    shown = visit(told_store, PAGE)
    shown.assert_whole()
    assert t.EYES["tanpa_penyetuju"] in shown.text
    assert t.NOTHING_WAITS in shown.text
