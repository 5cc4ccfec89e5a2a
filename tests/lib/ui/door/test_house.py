"""Where the dashboard may be served, and by which names it answers."""

from __future__ import annotations

import pytest

from lib.people.errors import AddressError, OpenHouseError
from lib.texts.errors import sentence
from lib.texts.people import NO_ACCOUNTS, NO_LOCK, NO_TLS
from lib.ui.door.house import on_this_machine, refuse_open_house, ways_in

HERE = ("http://127.0.0.1:8501",)
EVERYWHERE = "0.0.0.0"  # noqa: S104 - what is to be refused
THERE = ("https://petadini.contoh.go.id",)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1", "localhost", "unix:///run/petadini/app.sock"])
def test_what_only_this_machine_reaches(address: str) -> None:
    assert on_this_machine(address)
    refuse_open_house(address, without_accounts=False, locked=False, origins=HERE)
    refuse_open_house(address, without_accounts=True, locked=False, origins=HERE)


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        EVERYWHERE,
        "::",
        "10.0.0.7",
        "192.168.1.2",
        "pc-kesbangpol",
        "127.0.0.1.evil.example",
        "localhost.evil",
    ],
)
def test_what_others_reach_needs_a_lock_and_tls(address: str | None) -> None:
    assert not on_this_machine(address)
    for locked, origins, missing in (
        (False, HERE, f"{NO_LOCK} dan {NO_TLS}"),
        (True, HERE, NO_TLS),
        (False, THERE, NO_LOCK),
        (True, (*THERE, *HERE), NO_TLS),
    ):
        with pytest.raises(OpenHouseError) as told:
            refuse_open_house(address, without_accounts=False, locked=locked, origins=origins)
        assert told.value.lacks == missing
        assert missing in sentence(told.value)
    refuse_open_house(address, without_accounts=False, locked=True, origins=THERE)


@pytest.mark.parametrize(("address", "origins"), [(EVERYWHERE, THERE), ("127.0.0.1", THERE), ("10.0.0.7", HERE)])
def test_without_accounts_nobody_else_comes_in_not_even_through_a_proxy(
    address: str, origins: tuple[str, ...]
) -> None:
    with pytest.raises(OpenHouseError) as told:
        refuse_open_house(address, without_accounts=True, locked=True, origins=origins)
    assert NO_ACCOUNTS in told.value.lacks


def test_the_names_of_this_machine_are_the_usual_ways_in() -> None:
    assert ways_in((), 8600) == ("http://127.0.0.1:8600", "http://localhost:8600")
    assert ways_in((*THERE, "https://10.0.0.7:8443", *HERE), 8600) == (*THERE, "https://10.0.0.7:8443", *HERE)


@pytest.mark.parametrize(
    "address",
    [
        "petadini.contoh.go.id", "http://petadini.contoh.go.id", "http://10.0.0.7:8501", "https://", "https://a/b",
        "https://a@b", "https://A.contoh", "ftp://a", "https://a?b", "*", "https://127.0.0.1.evil.example/",
    ],
)  # fmt: skip
def test_what_nobody_can_type_is_refused(address: str) -> None:
    with pytest.raises(AddressError):
        ways_in((address,), 8501)
