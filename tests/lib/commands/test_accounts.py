"""`petadini akun`: accounts from the terminal, and what the trail keeps of it; `petadini tautan`: a way in."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from lib.commands import parser as cli
from lib.people.accounts import Accounts, session_key
from lib.people.actor import Grant, Role, Scope
from lib.people.machine import machine_actor
from lib.people.trail import Trail
from lib.settings import clock_s, own_seal_key, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

GOOD = "kuda benar baterai"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Accounts]:
    tmp_path.chmod(0o700)
    monkeypatch.setenv("PETADINI_RAHASIA", str(tmp_path))
    opened = Accounts(tmp_path, clock_s)
    yield opened
    opened.close()


@pytest.fixture
def run(
    book: Accounts,  # noqa: ARG001 - the folder that commands find
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., tuple[int, str]]:
    def one(*arguments: str, typed: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = cli.main(arguments)
        said = capsys.readouterr()
        return code, said.out + said.err

    return one


def rights(book: Accounts) -> dict[str, tuple[Grant, ...]]:
    return {account.name: account.grants for account in book.everyone()}


def test_an_account_from_its_beginning_to_its_end(book: Accounts, run: Callable[..., tuple[int, str]]) -> None:
    assert run("akun")[1].startswith("Belum ada akun.")
    assert run("akun", "tambah", "ani", "--peran", "analis", "--tampil", "Ani Lestari", typed=f"{GOOD}\n")[0] == 0
    clerk = ("akun", "ubah", "ani", "--peran", "pencatat", "--wilayah", "14.72")
    assert run(*clerk, "--kecamatan", "14.72.01", "--sumber", "Polres")[0] == 0
    narrowed = Grant(Role.CLERK, Scope("14.72", frozenset({"14.72.01"}), frozenset({"Polres"})))
    assert rights(book) == {"ani": (Grant(Role.ANALYST), narrowed)}
    assert run("akun", "daftar")[1] == (
        "ani (Ani Lestari) · analis di semua wilayah; pencatat di 14.72, hanya kecamatan 14.72.01, hanya sumber "
        "Polres · kata sandi · 0 sesi\n"
    )
    assert run("akun", "ubah", "ani", "--hapus-peran")[0] == 0
    assert rights(book) == {"ani": (narrowed,)}
    key = session_key(book.start("ani"))
    assert run("akun", "keluarkan", "ani") == (0, "1 sesi “ani” diakhiri.\n")
    assert book.holder(key) is None
    assert run("akun", "sandi", "ani", typed="sandi lain sekali\n")[0] == 0
    assert (book.check("ani", GOOD), book.check("ani", "sandi lain sekali")) == (False, True)
    assert run("akun", "cabut", "ani")[0] == 0
    assert "DICABUT" in run("akun")[1]
    trail = Trail(settings().private_folder, own_seal_key(settings()), clock_s)
    lines = list(reversed(trail.lines()))
    assert {(line.actor, line.deed) for line in lines} == {(machine_actor().name, "akun")}
    assert [json.loads(line.what)["tindakan"] for line in lines] == [
        "tambah", "ubah", "ubah", "keluarkan", "sandi", "cabut",
    ]  # fmt: skip
    assert GOOD not in "".join(line.what for line in lines)
    trail.close()


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("tambah",), GOOD, "Sebutkan nama akunnya."),
        (("tambah", "budi"), GOOD, "Sebutkan perannya dengan --peran."),
        (("tambah", "budi", "--peran", "analis"), "pendek", "6 karakter; yang diterima paling sedikit 12"),
        (("tambah", "budi", "--peran", "analis"), "", "0 karakter"),
        (("tambah", "Budi!", "--peran", "analis"), GOOD, "tidak dapat menjadi nama akun"),
        (("tambah", "ani", "--peran", "analis"), GOOD, "Akun “ani” sudah ada."),
        (("cabut", "budi"), "", "Tidak ada akun bernama “budi”."),
        (("sandi", "ani"), "aniaaniaania", "terlalu mudah ditebak"),
    ],
)
def test_what_is_refused_changes_nothing(
    book: Accounts, run: Callable[..., tuple[int, str]], arguments: tuple[str, ...], typed: str, said: str
) -> None:
    book.put("ani", grants=[Grant(Role.ANALYST)])
    code, told = run("akun", *arguments, typed=typed)
    assert (code, told.startswith("GAGAL: "), said in told) == (2, True, True)
    assert rights(book) == {"ani": (Grant(Role.ANALYST),)}
    assert not book.with_password()


def test_a_password_is_no_argument(run: Callable[..., tuple[int, str]]) -> None:
    with pytest.raises(SystemExit):
        run("akun", "tambah", "ani", "--peran", "analis", "--sandi", GOOD)


def test_a_link_opens_this_machines_own_account(
    book: Accounts, run: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PETADINI_TANPA_AKUN")
    code, said = run("tautan", "--port", "8600")
    assert (code, said.startswith("http://127.0.0.1:8600/masuk?kunci=")) == (0, True)
    assert said.endswith("&lanjut=/peta-risiko\n")
    key = said.partition("kunci=")[2].partition("&")[0]
    assert book.use_link(key) == machine_actor().name
    for variable, value in (("PETADINI_ALAMAT", "https://petadini.contoh.go.id"), ("PETADINI_TANPA_AKUN", "1")):
        with monkeypatch.context() as patch:
            patch.setenv(variable, value)
            code, said = run("tautan")
            assert (code, "tidak dibuka dengan tautan" in said) == (2, True)
