"""The command usulan, and commands whose deeds wait for a second person."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from data.store import queries
from data.store.lake import open_lake
from lib.commands import parser as cli
from lib.people.accounts import Accounts
from lib.people.actor import Grant, Role, Scope
from lib.people.machine import machine_actor
from lib.people.trail import Deed, Trail
from lib.proposals import journal
from lib.settings import clock_s, own_seal_key, settings
from lib.texts import proposals as t

if TYPE_CHECKING:
    from pathlib import Path

REGION = "99.71"


@pytest.fixture
def store(tmp_path: Path, demo_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(demo_store, tmp_path / "lake")
    monkeypatch.setenv("PETADINI_LAKE", str(tmp_path / "lake"))
    private = tmp_path / "rahasia"
    private.mkdir(mode=0o700)
    monkeypatch.setenv("PETADINI_RAHASIA", str(private))
    return tmp_path


def newest(store: Path) -> tuple[str, bool]:
    lake = open_lake(str(store / "lake"))
    table = queries.imports(lake, REGION)
    lake.connection.close()
    return str(table["import_id"].iloc[0]), bool(table["undone"].iloc[0])


def test_without_another_approver_an_undo_is_done_at_once(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import_id, _ = newest(store)
    assert cli.main(["usulan"]) == 0
    assert t.EYES["tanpa_penyetuju"] in capsys.readouterr().out
    assert cli.main(["batal", import_id, "--alasan", "salah"]) == 0
    assert newest(store)[1]


def test_an_undo_waits_for_an_approver_and_nobody_decides_without_an_account(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Accounts(settings().private_folder, clock_s)
    book.put("budi", grants=[Grant(Role.APPROVER, Scope(REGION))])
    import_id, _ = newest(store)
    assert cli.main(["batal", import_id, "--alasan", "salah"]) == 0
    assert "belum dijalankan" in capsys.readouterr().out
    assert not newest(store)[1]
    assert cli.main(["usulan"]) == 0
    told = capsys.readouterr().out
    assert t.effect(journal.UNDO, import_id, {}) in told
    lake = open_lake(str(store / "lake"))
    (found,) = journal.waiting(lake, REGION)
    lake.connection.close()
    assert found.proposal_id in told
    assert cli.main(["usulan", "setujui", found.proposal_id]) == 2  # an analyst of the system, not an approver
    assert "tidak berhak" in capsys.readouterr().err
    book.machine(machine_actor())
    book.put(machine_actor().name, grants=[Grant(Role.APPROVER, Scope(REGION))])
    assert cli.main(["usulan", "setujui", found.proposal_id]) == 2  # its own
    assert "usulan sendiri" in capsys.readouterr().err
    assert cli.main(["usulan", "tolak"]) == 2
    book.close()


def test_a_command_that_writes_a_file_stands_in_the_trail(store: Path) -> None:
    assert cli.main(["skor", "--csv", str(store / "skor.csv")]) == 0
    assert cli.main(["riwayat"]) == 0
    trail = Trail(settings().private_folder, own_seal_key(settings()), clock_s)
    (line,) = trail.lines()
    trail.close()
    assert (line.deed, line.actor) == (Deed.TOOK, machine_actor().name)
    assert "skor.csv" in line.what
