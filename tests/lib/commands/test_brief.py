"""`petadini ringkas`: ten lines for a message, the same facts as JSON, true to the table of scores."""

from __future__ import annotations

import csv
import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from lib.commands import parser as cli
from lib.texts.elections import NONE_IN_FORCE_LINE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LINES = 10


@pytest.fixture
def said(
    tmp_path: Path, demo_store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Give a function that runs a command over the demo and returns what it says."""
    shutil.copytree(demo_store, tmp_path / "gudang")
    monkeypatch.setenv("PETADINI_LAKE", str(tmp_path / "gudang"))

    def run(*arguments: str) -> str:
        assert cli.main(arguments) == 0
        return capsys.readouterr().out

    return run


def test_the_message_has_ten_lines_and_says_what_is_simulated(said: Callable[..., str]) -> None:
    lines = said("ringkas").strip().split("\n")
    assert len(lines) == LINES
    assert lines[0].startswith("DATA SIMULASI · *Situasi Kota Tanjung Sagara*")
    assert all(len(line) < 400 for line in lines)


def test_the_json_is_true_to_the_table_of_scores(said: Callable[..., str], tmp_path: Path) -> None:
    found = json.loads(said("ringkas", "--json"))
    said("skor", "--csv", str(tmp_path / "skor.csv"))
    with (tmp_path / "skor.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    without = sum(len(found[key]) for key in ("tidak_terdengar", "belum_ada_laporan", "data_tidak_cukup"))
    assert sum(found["kelas"].values()) + without == len(rows) == 42
    classed = [row for row in rows if row["kelas"] in found["kelas"]]
    assert found["kelas"] == {name: sum(row["kelas"] == name for row in classed) for name in found["kelas"]}
    assert {area["kode"] for area in found["siaga"]} <= {row["kode"] for row in rows}
    alerts = json.loads(said("peringatan", "--json"))
    assert len(found["siaga"]) == alerts["tempat"]["siaga"] > 0  # one word, one count
    assert found["tertinggi"][0]["skor"] == max(float(row["skor"]) for row in classed)
    (election,) = found["pemilihan"]
    assert election["hitungan"] == "H-27"


def test_a_day_without_an_election_counts_to_none(said: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PETADINI_HARI_INI", "2027-05-10")
    message = said("ringkas")
    found = json.loads(said("ringkas", "--json"))
    assert found["pemilihan"] == []
    assert NONE_IN_FORCE_LINE in message
    assert not re.search(r"H[-+]\d", message)


def test_after_the_last_report_nobody_is_called_safe(
    said: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETADINI_HARI_INI", "2027-01-25")
    message = said("ringkas")
    unheard = "dari 42 kelurahan, 41 tidak terdengar dan 1 belum ada laporannya."
    assert f"Siaga: tidak dapat dinilai; {unheard}" in message
    assert f"tidak dapat dinilai: {unheard}" in said("peringatan")
    assert "tidak ada laporan kejadian" in message
    assert "Laporan terakhir: 29 Oktober 2026, 88 hari sebelumnya." in message
    found = json.loads(said("ringkas", "--json", "--per", "2027-01-25"))
    assert sum(found["kelas"].values()) == 0
    assert len(found["tidak_terdengar"]) + len(found["belum_ada_laporan"]) == 42
    assert found["kejadian_7_hari"] == 0


def test_a_past_day_knows_no_later_report(said: Callable[..., str]) -> None:
    found = json.loads(said("ringkas", "--json", "--per", "2026-09-15"))
    assert found["laporan_terakhir"] <= "2026-09-15"
