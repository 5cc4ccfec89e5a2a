"""Limits and the day from the environment: what is set holds, what cannot be meant is refused with a sentence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from data.limits import Limits
from lib.commands import parser as cli
from lib.rules.regions import region_profile
from lib.settings import LIMITS, SettingsError, own_seal_key, pinned_day, settings, today_in
from tests.city import ANGGREK, at, write_csv

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, _ in LIMITS.values():
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.delenv("PETADINI_HARI_INI", raising=False)


def test_without_settings_the_usual_limits_hold() -> None:
    assert settings().limits == Limits()
    assert settings().today is None


def test_a_sheet_is_signed_with_a_name_that_was_set_and_never_with_a_login_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PETADINI_PETUGAS", raising=False)
    monkeypatch.setenv("LOGNAME", "root")
    assert settings().author == ""
    monkeypatch.setenv("PETADINI_PETUGAS", "Rina")
    assert settings().author == "Rina"


@pytest.mark.parametrize(("text", "meant"), [("", None), ("1", True), ("0", False)])
def test_four_eyes_are_on_off_or_left_to_who_is_there(
    monkeypatch: pytest.MonkeyPatch, text: str, meant: object
) -> None:
    monkeypatch.setenv("PETADINI_EMPAT_MATA", text)
    assert settings().four_eyes is meant
    monkeypatch.setenv("PETADINI_EMPAT_MATA", "mungkin")
    with pytest.raises(SettingsError, match="PETADINI_EMPAT_MATA"):
        settings()


@pytest.mark.parametrize(
    ("variable", "text", "name", "value"),
    [
        ("PETADINI_MAKS_BERKAS_MB", "7", "file_bytes", 7 * 2**20),
        ("PETADINI_MAKS_ISI_MB", "8", "unpacked_bytes", 8 * 2**20),
        ("PETADINI_MAKS_BARIS", "9", "rows", 9),
        ("PETADINI_MAKS_TITIK_BATAS", "10", "vertices", 10),
        ("PETADINI_MEMORI_MB", "300", "memory_bytes", 300 * 2**20),
    ],
)
def test_a_limit_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, variable: str, text: str, name: str, value: int
) -> None:
    monkeypatch.setenv(variable, text)
    limits = settings().limits
    assert getattr(limits, name) == value
    assert {key for key in LIMITS if getattr(limits, key) != getattr(Limits(), key)} == {name}


def test_every_limit_that_may_be_set_is_tried_here() -> None:
    assert set(LIMITS) == {"file_bytes", "unpacked_bytes", "rows", "vertices", "memory_bytes"}


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "1,5", "banyak", "1_000", " 5", "٣"])
def test_what_is_no_limit_is_refused_with_its_name(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PETADINI_MAKS_BARIS", text)
    with pytest.raises(SettingsError, match=r"PETADINI_MAKS_BARIS berisi “.*” *; .*bilangan bulat di atas 0\."):
        settings()


def test_an_empty_limit_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PETADINI_MAKS_BARIS", "")
    assert settings().limits == Limits()


def test_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PETADINI_HARI_INI", "2024-11-20")
    assert settings().today == date(2024, 11, 20)
    monkeypatch.setenv("PETADINI_HARI_INI", "20/11/2024")
    with pytest.raises(SettingsError, match="PETADINI_HARI_INI"):
        settings()


def test_the_commands_keep_the_limits(
    city_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PETADINI_LAKE", str(city_store))
    monkeypatch.setenv("PETADINI_HARI_INI", "2024-11-20")
    monkeypatch.setenv("PETADINI_MAKS_BARIS", "2")
    lines = [at(ANGGREK, id_sumber=str(number)) for number in range(3)]
    file = write_csv(tmp_path / "kejadian.csv", lines)
    assert cli.main(["impor", "kejadian", str(file), "--coba"]) == 2
    assert "lebih dari 2 baris data" in capsys.readouterr().err
    monkeypatch.setenv("PETADINI_MAKS_BARIS", "dua")
    assert cli.main(["impor", "kejadian", str(file), "--coba"]) == 2
    assert "PETADINI_MAKS_BARIS berisi “dua”" in capsys.readouterr().err


def test_a_day_that_stands_still_is_told_from_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    demo, real = region_profile("99.71"), region_profile("14.72")
    assert pinned_day(demo, settings()) == today_in(demo, settings()) == demo.today
    assert pinned_day(real, settings()) is None
    monkeypatch.setenv("PETADINI_HARI_INI", "2024-11-20")
    assert pinned_day(demo, settings()) == pinned_day(real, settings()) == date(2024, 11, 20)


def test_what_is_nobody_elses_lies_in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("PETADINI_RAHASIA", "XDG_CONFIG_HOME", "CREDENTIALS_DIRECTORY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    chosen = settings()
    assert (chosen.private_folder, chosen.credentials_folder) == (tmp_path / ".config" / "petadini", None)
    monkeypatch.setenv("PETADINI_RAHASIA", str(tmp_path / "rahasia"))
    key = own_seal_key(settings())
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "petadini-segel").write_bytes(b"g" * 32)
    assert own_seal_key(settings()) == b"g" * 32 != key


def test_on_windows_it_lies_in_the_users_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PETADINI_RAHASIA", raising=False)
    monkeypatch.setenv("LOCALAPPDATA", "C:/Users/rina/AppData/Local")
    monkeypatch.setattr("sys.platform", "win32")
    assert settings().private_folder.as_posix() == "C:/Users/rina/AppData/Local/petadini"
