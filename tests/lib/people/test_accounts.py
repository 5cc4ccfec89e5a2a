"""Who comes in, with which right where, and how a session ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.people.accounts import FILE, FREE_TRIES, IDLE_S, LIFE_S, Accounts, Identity, session_key, visible
from lib.people.actor import Actor, Grant, Role, Scope
from lib.people.errors import (
    AccountNameError,
    GuessedPasswordError,
    NoAccountError,
    ShortPasswordError,
    SwitchedOffError,
    WaitError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GOOD = "kuda benar baterai"
ANALYST = Grant(Role.ANALYST)
READER = Grant(Role.READER)
READER_THERE = Grant(Role.READER, Scope("15.07"))


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.s = 1_000_000.0

    def __call__(self) -> float:
        return self.s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Iterator[Accounts]:
    opened = Accounts(tmp_path, clock)
    opened.put("ani", shown="Ani", password=GOOD, grants=[ANALYST])
    yield opened
    opened.close()


def test_a_session_is_of_its_account_until_it_ends(book: Accounts) -> None:
    one, two = session_key(book.start("ani")), session_key(book.start("ani"))
    assert book.actor(one) == Actor("ani", "Ani", (ANALYST,))
    book.end(one)
    assert (book.actor(one), book.holder(two)) == (None, "ani")
    assert book.end_all("ani") == 1
    assert book.actor(two) is None
    assert book.actor("") is None


def test_rights_change_at_once_and_a_new_password_ends_every_session(book: Accounts) -> None:
    key = session_key(book.start("ani"))
    book.put("ani", grants=[READER])
    assert book.actor(key) == Actor("ani", "Ani", (READER,))
    book.put("ani", password="sandi yang lain lagi")  # noqa: S106 - a made-up one
    assert book.actor(key) is None


def test_an_account_switched_off_is_out_and_its_name_stays_taken(book: Accounts) -> None:
    key, link = session_key(book.start("ani")), book.make_link("ani")
    book.switch_off("ani")
    assert (book.actor(key), book.use_link(link), book.check("ani", GOOD)) == (None, None, False)
    assert [(account.name, account.active) for account in book.everyone()] == [("ani", False)]
    with pytest.raises(NoAccountError):
        book.switch_off("budi")


def test_a_session_lasts_a_working_day_and_an_idle_hour(book: Accounts, clock: Clock) -> None:
    key = session_key(book.start("ani"))
    clock.s += IDLE_S - 1
    assert book.holder(key, touch=True)
    clock.s += IDLE_S - 1
    assert book.holder(key)
    clock.s += 1
    assert book.holder(key) is None
    key, end = session_key(book.start("ani")), clock.s + LIFE_S
    while clock.s < end - 1:
        assert book.holder(key, touch=True)
        clock.s = min(clock.s + IDLE_S / 2, end - 1)
    clock.s += 1
    assert book.holder(key) is None


def test_rights_are_of_a_region_and_read_anew(book: Accounts) -> None:
    rights = (Grant(Role.CLERK, Scope("14.72", frozenset({"14.72.01"}), frozenset({"Polres"}))), READER_THERE)
    book.put("budi", password=GOOD, grants=rights)
    key = session_key(book.start("budi"))
    assert book.actor(key) == Actor("budi", "budi", rights)
    book.put("budi", grants=[Grant(Role.CLERK, Scope("14.72", frozenset()))])  # nowhere is not everywhere
    assert book.actor(key) == Actor("budi", "budi", (Grant(Role.CLERK, Scope("14.72", frozenset())),))


def test_without_rights_one_is_logged_in_and_may_nothing(book: Accounts) -> None:
    book.put("ani", grants=[])
    key = session_key(book.start("ani"))
    assert book.actor(key) == Actor("ani", "Ani", ())


def test_no_password_and_no_token_stands_in_the_file(book: Accounts, tmp_path: Path) -> None:
    tokens = [GOOD, book.start("ani"), book.make_link("ani")]
    content = b"".join(path.read_bytes() for path in tmp_path.glob(f"{FILE}*"))
    assert b"$argon2id$" in content
    assert [token for token in tokens if token.encode() in content] == []


def test_guessing_is_slowed_and_never_locks_out_for_good(book: Accounts, clock: Clock) -> None:
    waits = []
    for _ in range(14):
        assert not book.check("ani", "salah")
        try:
            book.check("ani", GOOD, "")
        except WaitError as error:
            waits.append(error.seconds)
            clock.s += error.seconds
    assert waits == []  # the right password in between begins anew
    for _ in range(FREE_TRIES - 1):
        assert not book.check("ani", "salah")
    for _ in range(11):
        assert not book.check("ani", "salah")
        with pytest.raises(WaitError) as told:
            book.check("ani", GOOD)
        waits.append(told.value.seconds)
        clock.s += told.value.seconds
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert book.check("ani", GOOD)


def test_a_stranger_who_guesses_does_not_keep_the_owner_out(book: Accounts) -> None:
    for _ in range(FREE_TRIES):
        book.check("ani", "salah", "10.0.0.9")
    with pytest.raises(WaitError):
        book.check("ani", GOOD, "10.0.0.9")
    assert book.check("ani", GOOD, "10.0.0.7")


def test_a_name_that_nobody_has_waits_like_any_other(book: Accounts) -> None:
    for _ in range(FREE_TRIES):
        assert not book.check("tidak ada", "salah")
    with pytest.raises(WaitError):
        book.check("tidak ada", "salah")


@pytest.mark.parametrize(
    ("name", "password", "error"),
    [
        ("budi", "sebelashuru", ShortPasswordError),
        ("budi", "sandi-BUDI-2024", GuessedPasswordError),
        ("budi", "a" * 12, GuessedPasswordError),
        ("os:budi", GOOD, AccountNameError),
        ("Budi", GOOD, AccountNameError),
        ("", GOOD, AccountNameError),
        ("budi\u202e", GOOD, AccountNameError),
    ],
)
def test_what_is_no_name_or_no_password(book: Accounts, name: str, password: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        book.put(name, password=password)
    assert [account.name for account in book.everyone()] == ["ani"]


def test_a_link_opens_once_and_not_after_a_working_day(book: Accounts, clock: Clock) -> None:
    actor = Actor("os:rina@pc", "rina", (ANALYST,))
    name = book.machine(actor)
    first, late = book.make_link(name), book.make_link(name)
    assert (book.use_link(first), book.use_link(first), book.use_link("lain")) == (name, None, None)
    key = session_key(book.start(name))
    assert book.actor(key) == Actor(name, name, (ANALYST,))
    book.show_as(name, "Rina\u202e  Sari\n")
    assert book.machine(actor) == name
    assert book.actor(key) == Actor(name, "Rina Sari", (ANALYST,))
    clock.s += LIFE_S
    assert book.use_link(late) is None
    assert not book.check(name, "")


def provider(subject: str, *grants: Grant, name: str = "budi@sso") -> Identity:
    return Identity("https://sso", subject, name, "Budi", grants)


def test_a_provider_tells_people_apart_by_subject_and_today_by_rights(book: Accounts) -> None:
    assert book.vouched(provider("7", ANALYST)) == "budi@sso"
    assert book.vouched(provider("8", READER)) == "budi@sso-2"  # a namesake
    assert book.vouched(provider("7", READER, name="budi.baru@sso")) == "budi@sso"
    key = session_key(book.start("budi@sso"))
    assert book.actor(key) == Actor("budi@sso", "Budi", (READER,))
    book.abandoned("https://sso", "7")
    assert book.holder(key) is None
    assert {account.name: account.lock for account in book.everyone()} == {
        "ani": "sandi", "budi@sso": "penyedia", "budi@sso-2": "penyedia",
    }  # fmt: skip


def test_the_office_may_switch_off_whom_the_provider_vouches_for(book: Accounts) -> None:
    book.switch_off(book.vouched(provider("7", ANALYST)))
    with pytest.raises(SwitchedOffError):
        book.vouched(provider("7", ANALYST))


def test_whether_a_password_opens_anything(book: Accounts) -> None:
    assert book.with_password()
    book.switch_off("ani")
    book.machine(Actor("os:rina@pc", "rina", (ANALYST,)))
    assert not book.with_password()


@given(st.text())
def test_a_shown_name_is_one_line_of_letters_that_are_seen(text: str) -> None:
    shown = visible(text)
    assert shown.isprintable()
    assert len(shown) <= 80
    assert visible(shown) == shown.strip() or len(shown) == 80
