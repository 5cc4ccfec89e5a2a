"""Every command that takes a day: one sentence and code 2 where nothing can be known of it, never a traceback."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from data.store.lake import open_lake
from lib.commands import parser as cli
from lib.indonesian import long_date
from tests.city import ANGGREK, ELECTION, write_boundaries, write_csv
from tests.reported import DAY, ago, incident, nil, put

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIRST, TODAY = ago(30), DAY
WORDS = ["hari yang dapat ditanyakan", f"{FIRST.isoformat()} sampai {TODAY.isoformat()}. Tulis tanggal lain."]
EARLY, LATE = "terlalu jauh di belakang", "terlalu jauh di depan"
REFUSED = (
    ("0001-01-01", EARLY),
    (ago(31).isoformat(), EARLY),
    (ago(-1).isoformat(), LATE),
    ("2099-01-01", LATE),
    ("9999-12-31", LATE),
)
UNREADABLE = ("20-11-2024", "2024-02-30", "0000-01-01", "10000-01-01", "-0001-01-01", "besok", "")


def commands() -> list[str]:
    """Name the commands that take a day."""
    chosen = next(a for a in cli.parser()._actions if a.choices and not a.option_strings)
    taking = {
        name: made
        for name, made in (chosen.choices or {}).items()
        if any("--per" in action.option_strings for action in made._actions)
    }
    return list(taking)


@pytest.fixture(scope="module")
def reported(city_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store whose first report is a nil report, 30 days before the newest one."""
    folder = tmp_path_factory.mktemp("hari")
    shutil.copytree(city_store, folder / "gudang")
    lake = open_lake(str(folder / "gudang"))
    put(lake, incidents=[incident(ANGGREK, 20), incident(ANGGREK, 0)], nils=[nil(33, 30, stated_area_code=ANGGREK)])
    lake.connection.close()
    return folder / "gudang"


@pytest.fixture
def line(reported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], list[str]]:
    """Give a function that writes the command line of a command and a day."""
    monkeypatch.setenv("PETADINI_LAKE", str(reported))
    monkeypatch.setenv("PETADINI_HARI_INI", TODAY.isoformat())
    rows = [{"tanggal": ago(days).isoformat(), "bujur": "105.91", "lintang": "-3.49"} for days in (0, 20, 30)]
    events, areas = tmp_path / "luar.csv", tmp_path / "area.geojson"
    others = {
        "bekukan": ["--alasan", "uji"],
        "simulasi": ["--keluar", str(tmp_path / "gladi"), "--pemilihan", ELECTION],
        "ujibalik": ["--kejadian", str(write_csv(events, rows)), "--area", str(write_boundaries(areas))],
        "peta": ["--png", str(tmp_path / "hasil")],
    }
    for name in ("skor", "skor-tps", "titik-panas", "kelengkapan"):
        others[name] = ["--csv", str(tmp_path / "hasil")]
    return lambda name, day: [name, *others.get(name, []), f"--per={day}"]


@pytest.mark.parametrize("name", commands())
def test_a_day_of_which_nothing_can_be_known_gets_one_sentence(
    name: str, line: Callable[[str, str], list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for day, where in REFUSED:
        if name == "simulasi" and "0001" < day[:4] < "2099":
            continue  # it makes reports of any past day, and until voting day
        assert cli.main(line(name, day)) == 2, day
        shown = capsys.readouterr()
        assert shown.out == ""
        assert shown.err.startswith(f"GAGAL: {day} {where}; {WORDS[0]} ")
        assert shown.err.count("\n") == 1
        if name != "simulasi":
            assert WORDS[1] in shown.err
    assert not (tmp_path / "hasil").exists()
    assert not (tmp_path / "gladi").exists()


@pytest.mark.parametrize("name", commands())
def test_what_is_no_day_gets_one_sentence(
    name: str, line: Callable[[str, str], list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    for day in UNREADABLE:
        with pytest.raises(SystemExit) as stop:
            cli.main(line(name, day))
        assert stop.value.code == 2
        assert f"“{day}” bukan tanggal; tulis seperti 2024-11-20" in capsys.readouterr().err


@pytest.mark.parametrize("day", [FIRST, TODAY])
def test_the_first_and_the_last_day_are_answered(
    day: object, line: Callable[[str, str], list[str]], tmp_path: Path
) -> None:
    for name in ("skor", "kelengkapan"):
        assert cli.main(line(name, str(day))) == 0
        assert (tmp_path / "hasil").stat().st_size
        (tmp_path / "hasil").unlink()


def test_without_the_setting_the_last_day_is_that_of_the_clock_or_of_the_newest_report(
    line: Callable[[str, str], list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PETADINI_HARI_INI")
    assert cli.main(line("skor", ago(-1).isoformat())) == 0  # the clock is years ahead of the reports
    assert cli.main(line("skor", "2099-01-01")) == 2
    monkeypatch.setenv("PETADINI_HARI_INI", ago(10).isoformat())
    capsys.readouterr()
    assert cli.main(line("skor", ago(9).isoformat())) == 2
    assert f"{FIRST.isoformat()} sampai {ago(10).isoformat()}." in capsys.readouterr().err


def test_where_nothing_is_reported_a_past_day_is_answered_and_none_from_before_the_republic(
    city_store: Path,
    line: Callable[[str, str], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PETADINI_LAKE", str(city_store))
    assert cli.main(line("skor", "2024-01-01")) == 0
    assert cli.main(line("skor", "0001-01-01")) == 2
    assert f"1945-08-17 sampai {TODAY.isoformat()}." in capsys.readouterr().err


def test_a_rehearsal_ends_on_voting_day_at_the_latest(
    line: Callable[[str, str], list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(line("simulasi", "2024-11-28")) == 2
    assert "sampai 2024-11-27." in capsys.readouterr().err
    assert cli.main(line("simulasi", "2024-11-27")) == 0
    assert list((tmp_path / "gladi").glob("*.csv"))


@pytest.mark.parametrize("name", ["peringatan", "ramalan", "rapor"])
def test_a_result_says_that_today_stands_still_and_nothing_where_the_clock_runs(
    name: str,
    line: Callable[[str, str], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    past = ago(2)  # the day that is asked about need not be the one that is today
    told = f" · per {past.isoformat()} · hari ini dianggap {long_date(TODAY)} · "
    assert cli.main(line(name, past.isoformat())) == 0
    assert told in capsys.readouterr().out.splitlines()[-1]
    monkeypatch.delenv("PETADINI_HARI_INI")
    assert cli.main(line(name, past.isoformat())) == 0
    basis = capsys.readouterr().out.splitlines()[-1]
    assert f" · per {past.isoformat()} · " in basis
    assert "dianggap" not in basis
