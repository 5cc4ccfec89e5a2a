"""Accounts with their rights in each region, and sessions that can be ended: a file outside the store.

Every lock of the entrance ends in `Accounts.start`; every page asks `Accounts.actor`. The file holds no password and
no token that opens anything: passwords as argon2id, tokens of sessions and links as their SHA-256.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from data import digests
from lib.people.actor import Actor, Grant, Role, Scope
from lib.people.errors import (
    AccountNameError,
    GuessedPasswordError,
    NoAccountError,
    ShortPasswordError,
    SwitchedOffError,
    WaitError,
)
from lib.people.private_file import PrivateFile

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

FILE = "akun.sqlite"
LIFE_S = 10 * 3600.0  # a working day; then the lock again, and so with a link that nobody used
IDLE_S = 60 * 60.0  # without anything from the browser
SEEN_S = 30.0  # so seldom is it written down that a session was seen
FREE_TRIES = 5  # of one name from one place; then each failure doubles the wait
FREE_TRIES_OF_ALL = 100  # of one name from all places: a stranger shall not keep its owner out
LONGEST_WAIT_S = 300.0  # slows guessing, locks nobody out for good
FORGOTTEN_S = 24 * 3600.0
SHORTEST_PASSWORD = 12
NAME = re.compile(r"[a-z][a-z0-9._-]{1,39}")  # what a person can be called; names of the system hold a colon
LONGEST_SHOWN = 80
SCHEMA = """
CREATE TABLE IF NOT EXISTS account (
    name TEXT PRIMARY KEY, shown TEXT NOT NULL, password TEXT, issuer TEXT, subject TEXT,
    active INTEGER NOT NULL DEFAULT 1, UNIQUE (issuer, subject)
) STRICT;
CREATE TABLE IF NOT EXISTS grants (
    name TEXT NOT NULL REFERENCES account ON DELETE CASCADE, region_code TEXT NOT NULL, role TEXT NOT NULL,
    district_codes TEXT, sources TEXT, PRIMARY KEY (name, region_code, role)
) STRICT;
CREATE TABLE IF NOT EXISTS session (
    key TEXT PRIMARY KEY, name TEXT NOT NULL REFERENCES account ON DELETE CASCADE, began REAL NOT NULL,
    seen REAL NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS link (
    key TEXT PRIMARY KEY, name TEXT NOT NULL REFERENCES account ON DELETE CASCADE, made REAL NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS attempt (
    key TEXT PRIMARY KEY, failures INTEGER NOT NULL, wait_until REAL NOT NULL, last REAL NOT NULL
) STRICT;
"""
HASHER = PasswordHasher()  # argon2id with 64 MiB: the second choice of RFC 9106
SEPARATOR = "\n"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a login provider vouches for: known by issuer and subject, never by name or e-mail, which change hands."""

    issuer: str
    subject: str
    name: str
    shown: str
    grants: tuple[Grant, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What is known of an account; `lock` is "sandi", "penyedia" or "tautan"."""

    name: str
    shown: str
    lock: str
    active: bool
    grants: tuple[Grant, ...]
    sessions: int


class Accounts:
    """The book of accounts; safe for threads and for several processes."""

    def __init__(self, folder: Path, clock_s: Callable[[], float]) -> None:
        self._clock_s = clock_s
        self._file = PrivateFile(folder / FILE, SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    # Accounts.

    def put(
        self, name: str, *, shown: str = "", password: str | None = None, grants: Collection[Grant] | None = None
    ) -> None:
        """Write an account with its rights; what is not given stays. A new password ends its sessions.

        An account that was switched off is let in again.

        Raises
        ------
        AccountNameError
            If a new name is none: small letters, digits, dot, hyphen, underscore, 2 to 40 of them.
        ShortPasswordError, GuessedPasswordError
            If the password has fewer than 12 characters, holds the name, or is one character over and over.
        """
        known = bool(self._file.ask("SELECT 1 FROM account WHERE name = ?", name))
        if not known and not NAME.fullmatch(name):
            raise AccountNameError(name=name)
        hashed = HASHER.hash(_fit(password, name)) if password is not None else None
        with self._file.together():
            self._file.ask(
                "INSERT INTO account (name, shown, password) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
                " shown = CASE WHEN ? THEN excluded.shown ELSE shown END, active = 1,"
                " password = coalesce(excluded.password, password)",
                *(name, visible(shown) or name, hashed, bool(visible(shown))),
            )
            if grants is not None:
                self._grant(name, grants)
            if hashed:
                self.end_all(name)

    def vouched(self, identity: Identity) -> str:
        """Write down whom a provider vouches for, with today's rights, and give the account's name.

        The name is chosen at the first login, unlike any other, and stays: a namesake who comes later is another.

        Raises
        ------
        SwitchedOffError
            If the office switched the account off.
        """
        found = self._file.ask(
            "SELECT name, active FROM account WHERE issuer = ? AND subject = ?", identity.issuer, identity.subject
        )
        if found and not found[0][1]:
            raise SwitchedOffError(name=str(found[0][0]))
        with self._file.together():
            name = str(found[0][0]) if found else self._free_name(identity.name)
            self._file.ask(
                "INSERT INTO account (name, shown, issuer, subject) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET shown = excluded.shown",
                *(name, visible(identity.shown) or name, identity.issuer, identity.subject),
            )
            self._grant(name, identity.grants)
        return name

    def abandoned(self, issuer: str, subject: str) -> None:
        """Take the rights of someone for whom a provider does not vouch any more, and end the sessions."""
        for (name,) in self._file.ask("SELECT name FROM account WHERE issuer = ? AND subject = ?", issuer, subject):
            with self._file.together():
                self._grant(str(name), ())
                self.end_all(str(name))

    def machine(self, actor: Actor) -> str:
        """Keep an account for the user that runs this machine's server, and give its name; only a link opens it."""
        with self._file.together():
            self._file.ask(
                "INSERT INTO account (name, shown) VALUES (?, '') ON CONFLICT (name) DO UPDATE SET active = 1",
                actor.name,
            )
            self._grant(actor.name, actor.grants)
        return actor.name

    def show_as(self, name: str, shown: str) -> None:
        """Keep the name that screens show; journals keep the account's own."""
        self._file.ask("UPDATE account SET shown = ? WHERE name = ?", visible(shown), name)

    def switch_off(self, name: str) -> None:
        """Let an account in no more and end its sessions; its name stays taken, for it stands in journals."""
        with self._file.together():
            self._known(name)
            self._file.ask("UPDATE account SET active = 0 WHERE name = ?", name)
            self.end_all(name)
            self._file.ask("DELETE FROM link WHERE name = ?", name)

    def everyone(self) -> list[Account]:
        """List the accounts by name."""
        rows = self._file.ask(
            "SELECT name, shown, CASE WHEN password IS NOT NULL THEN 'sandi' WHEN issuer IS NOT NULL THEN 'penyedia'"
            " ELSE 'tautan' END, active, (SELECT count(*) FROM session WHERE session.name = account.name"
            " AND began > ? AND seen > ?) FROM account ORDER BY name",
            *self._oldest(),
        )
        return [
            Account(str(name), str(shown), str(lock), bool(active), self._grants(str(name)), int(str(sessions)))
            for name, shown, lock, active, sessions in rows
        ]

    def with_password(self) -> bool:
        """Tell whether anybody could come in with a password."""
        return bool(self._file.ask("SELECT 1 FROM account WHERE active AND password IS NOT NULL LIMIT 1"))

    # Locks.

    def check(self, name: str, password: str, place: str = "") -> bool:
        """Tell whether this is the account's password. Slow on purpose: call it in a thread.

        `place` is where the try comes from. A name that nobody has is treated like any other.

        Raises
        ------
        WaitError
            After too many failures; the password is not looked at then.
        """
        now = self._clock_s()
        tries = {digests.of_values([name, place]): FREE_TRIES, digests.of_text(name): FREE_TRIES_OF_ALL}
        for key in tries:
            waits = self._file.ask("SELECT wait_until FROM attempt WHERE key = ? AND wait_until > ?", key, now)
            if waits:
                raise WaitError(seconds=ceil(float(str(waits[0][0])) - now))
        found = self._file.ask("SELECT password FROM account WHERE name = ? AND active", name)
        hashed = str(found[0][0]) if found and found[0][0] else ""
        if _verified(hashed or _nobodys(), password) and hashed:
            self._file.ask("DELETE FROM attempt WHERE key = ?", next(iter(tries)))
            if HASHER.check_needs_rehash(hashed):
                self._file.ask("UPDATE account SET password = ? WHERE name = ?", HASHER.hash(password), name)
            return True
        self._file.ask("DELETE FROM attempt WHERE last < ?", now - FORGOTTEN_S)
        for key, free in tries.items():
            self._file.ask(
                "INSERT INTO attempt VALUES (?1, 1, 0, ?2) ON CONFLICT (key) DO UPDATE SET last = ?2,"
                " failures = failures + 1, wait_until = CASE WHEN failures + 1 < ?3 THEN 0"
                " ELSE ?2 + min(?4, 1 << min(failures + 1 - ?3, 9)) END",
                *(key, now, free, LONGEST_WAIT_S),
            )
        return False

    def make_link(self, name: str) -> str:
        """Make a key that opens a session of an account once, within a working day."""
        token, now = secrets.token_urlsafe(32), self._clock_s()
        self._file.ask("DELETE FROM link WHERE made < ?", now - LIFE_S)
        self._file.ask("INSERT INTO link VALUES (?, ?, ?)", session_key(token), name, now)
        return token

    def use_link(self, token: str) -> str | None:
        """Give the name of the account that a key opens, and spend it; None for any other text."""
        found = self._file.ask(
            "DELETE FROM link WHERE key = ? AND made > ? RETURNING name", session_key(token), self._oldest()[0]
        )
        return str(found[0][0]) if found else None

    # Sessions.

    def start(self, name: str) -> str:
        """Begin a session and give its token, which is kept nowhere but in the browser."""
        token, now = secrets.token_urlsafe(32), self._clock_s()
        self._file.ask("DELETE FROM session WHERE began <= ? OR seen <= ?", *self._oldest())
        self._file.ask("INSERT INTO session VALUES (?, ?, ?, ?)", session_key(token), name, now, now)
        return token

    def holder(self, key: str, *, touch: bool = False) -> str | None:
        """Name the account of a live session; `touch` keeps it from ending of idleness."""
        found = self._file.ask(
            "SELECT name FROM session JOIN account USING (name) WHERE key = ? AND active AND began > ? AND seen > ?",
            *(key, *self._oldest()),
        )
        if found and touch:
            now = self._clock_s()
            self._file.ask("UPDATE session SET seen = ? WHERE key = ? AND seen < ?", now, key, now - SEEN_S)
        return str(found[0][0]) if found else None

    def actor(self, key: str) -> Actor | None:
        """Tell who a live session belongs to, with the rights of this very moment; None without a live session."""
        name = self.holder(key)
        return Actor(name=name, shown=self.shown(name) or name, grants=self._grants(name)) if name else None

    def shown(self, name: str) -> str:
        """Give the name that screens show; empty where the machine's own user was not asked yet."""
        return "".join(str(row[0]) for row in self._file.ask("SELECT shown FROM account WHERE name = ?", name))

    def end(self, key: str) -> None:
        """End one session."""
        self._file.ask("DELETE FROM session WHERE key = ?", key)

    def end_all(self, name: str) -> int:
        """End every session of an account, and count them."""
        self._known(name)
        return len(self._file.ask("DELETE FROM session WHERE name = ? RETURNING key", name))

    # What these need.

    def _oldest(self) -> tuple[float, float]:
        now = self._clock_s()
        return now - LIFE_S, now - IDLE_S

    def _known(self, name: str) -> None:
        if not self._file.ask("SELECT 1 FROM account WHERE name = ?", name):
            raise NoAccountError(name=name)

    def _free_name(self, wanted: str) -> str:
        taken = {str(name) for (name,) in self._file.ask("SELECT name FROM account")}
        numbered = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 2))
        return next(name for name in numbered if name not in taken)

    def _grant(self, name: str, grants: Collection[Grant]) -> None:
        self._file.ask("DELETE FROM grants WHERE name = ?", name)
        for grant in grants:
            self._file.ask(
                "INSERT INTO grants VALUES (?, ?, ?, ?, ?)",
                *(name, grant.scope.region_code, grant.role.value),
                *(_written(grant.scope.district_codes), _written(grant.scope.sources)),
            )

    def _grants(self, name: str) -> tuple[Grant, ...]:
        rows = self._file.ask(
            "SELECT role, region_code, district_codes, sources FROM grants WHERE name = ? ORDER BY region_code, role",
            name,
        )
        return tuple(
            Grant(Role(str(role)), Scope(str(region_code), _read(districts), _read(sources)))
            for role, region_code, districts, sources in rows
        )


def session_key(token: str) -> str:
    """Give what file and app know of a token."""
    return digests.of_text(token)


def visible(text: str) -> str:
    """Keep the letters that are seen, in one line: no control characters, no turning of the reading direction."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:LONGEST_SHOWN]


def _fit(password: str, name: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise ShortPasswordError(length=len(password), shortest=SHORTEST_PASSWORD)
    if name in password.lower() or len(set(password)) == 1:
        raise GuessedPasswordError(name=name)
    return password


@cache
def _nobodys() -> str:
    """Make the password of nobody: an unknown name shall cost as long as a known one."""
    return HASHER.hash(secrets.token_hex())


def _verified(hashed: str, password: str) -> bool:
    try:
        return HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def _written(codes: frozenset[str] | None) -> str | None:
    return None if codes is None else SEPARATOR.join(sorted(codes))


def _read(text: object) -> frozenset[str] | None:
    return None if text is None else frozenset(filter(None, str(text).split(SEPARATOR)))
