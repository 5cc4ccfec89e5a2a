"""The command `petadini pemilihan`: lists the calendar, adds to it, changes it, and refuses in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lib.commands import parser as cli
from lib.people.machine import machine_actor
from lib.texts import elections as t

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store.lake import Lake

PSU = (
    *("tambah", "psu-2024", "--nama", "PSU Kota Uji", "--jenis", "psu", "--hari", "2024-02-17"),
    *("--mengulang", "pemilu-2024", "--tps", "19.99.01.1001/006", "--dasar-hukum", "SK KPU", "--alasan", "Rapat"),
)

PIKADES = (
    *("tambah", "pikades-2024", "--nama", "Pikades Uji", "--jenis", "pikades", "--hari", "2024-03-03"),
    *("--dasar-hukum", "Perbup", "--alasan", "Rapat"),
)
MOST = ("--maks-pemilih", "500")


@pytest.fixture
def run(
    city_store: Path,
    open_copy: Callable[[Path], Lake],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., tuple[int, str]]:
    """Give a function that runs the command over a store of its own and returns the code and all that it said."""
    monkeypatch.setenv("PETADINI_LAKE", str(open_copy(city_store).folder))
    monkeypatch.setenv("PETADINI_HARI_INI", "2024-02-15")

    def command(*words: str) -> tuple[int, str]:
        code = cli.main(["pemilihan", "--wilayah", "19.99", *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


def test_the_list_begins_with_what_is_in_force(run: Callable[..., tuple[int, str]]) -> None:
    code, said = run()
    first, second = said.splitlines()
    assert code == 0
    assert first.startswith("berjalan · pemilu-2024 · H+1 · Pemilu 2024 · Rabu, 14 Februari 2024 · Pemilu nasional")
    assert "Rekapitulasi hasil" in first
    assert second.startswith("tidak berjalan · pilkada-2024 · Pilkada 2024 · Rabu, 27 November 2024")
    assert "H-" not in second


def test_with_none_in_force_it_says_so_without_a_count(run: Callable[..., tuple[int, str]]) -> None:
    _, said = run("--pada", "2020-02-26")
    assert said.splitlines()[0] == "Tidak ada pemilihan berjalan."
    assert "H-" not in said


def test_dates_nobody_compared_are_said_to_be_so(run: Callable[..., tuple[int, str]]) -> None:
    assert "Sengketa hasil (tanggal belum dicocokkan)" in run("--pada", "2024-04-18")[1]
    assert "menuju Kampanye, 28 November 2023" in run("--pada", "2023-11-23")[1]


def test_a_revote_is_added_changed_and_taken_out(run: Callable[..., tuple[int, str]]) -> None:
    unchecked = (
        "TPS 19.99.01.1001/006 belum dapat dicek karena tidak ada dalam daftar TPS Pemilu 2024 yang tersimpan; "
        "periksa kodenya atau impor daftar TPS itu.\n"
    )
    assert run(*PSU) == (0, f"PSU Kota Uji, Sabtu, 17 Februari 2024, tersimpan di kalender. {unchecked}")
    lines = run("--pada", "2024-02-16")[1].splitlines()
    assert lines[0].startswith("berjalan · psu-2024 · H-1 · PSU Kota Uji")
    assert lines[0].endswith(f"SK KPU · {machine_actor().name}, 15 Feb 2024")
    assert lines[1].startswith("berjalan · pemilu-2024 · H+2")
    moved = ("--hari", "2024-02-18", "--belum-dicocokkan", "--tahapan", "rekapitulasi=2024-02-19..2024-02-20")
    code, said = run("ubah", "psu-2024", *moved, "--alasan", "Ditunda sehari")
    assert (code, said) == (
        0,
        f"PSU Kota Uji, Minggu, 18 Februari 2024 (tanggal belum dicocokkan), tersimpan di kalender. {unchecked}",
    )
    assert "Rekapitulasi hasil" in run("--pada", "2024-02-19")[1].splitlines()[0]
    assert run("ubah", "psu-2024", "--cabut", "--alasan", "Batal") == (0, "PSU Kota Uji dicabut dari kalender.\n")
    assert "psu-2024" not in run()[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tambah",), t.NO_CODE),
        (("ubah", "pemilu-1999", "--alasan", "Uji"), "pemilu-1999"),
        (("tambah", "pemilu-2024", "--alasan", "Uji"), "sudah ada dalam kalender"),
        (PSU[:-2], t.NO_REASON),
        (PIKADES, "Isian pemilih terbanyak per TPS (--maks-pemilih) wajib ada"),
        ((*PIKADES, *MOST, "--desa", "19.99.01.1001"), "pada isian desa yang memilih (--desa) tidak diterima"),
        ((*PIKADES, *MOST, "--desa", "19.99.01.1001"), "adalah kelurahan, yang tidak memilih dalam Pikades"),
        (("ubah", "pilkada-2024", "--hari", "2024-12-05", "--alasan", "Uji"), "bukan hari Rabu"),
        (("ubah", "pilkada-2024", "--hari", "2024-12-04", "--alasan", "Uji"), "sehari sebelum hari pemungutan suara"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(
    run: Callable[..., tuple[int, str]], words: tuple[str, ...], said: str
) -> None:
    code, answer = run(*words)
    assert code == 2
    assert said in answer


def test_a_stage_is_written_in_one_way(
    run: Callable[..., tuple[int, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run("ubah", "pilkada-2024", "--tahapan", "kampanye", "--alasan", "Uji")
    assert "tulis seperti kampanye=" in capsys.readouterr().err
