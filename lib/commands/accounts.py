"""Keep the accounts of the dashboard; each change stands in the trail under the user that the system names."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from lib.commands.terminal import say
from lib.people.accounts import Accounts
from lib.people.actor import Grant, Role, Scope
from lib.people.errors import NoAccountError, UnclearAccountError
from lib.people.machine import machine_actor
from lib.people.trail import Deed, Trail
from lib.settings import clock_s, own_seal_key, settings
from lib.texts import people as t

if TYPE_CHECKING:
    from argparse import Namespace


def accounts(arguments: Namespace) -> int:
    """List the accounts, or carry out one change."""
    chosen = settings()
    book = Accounts(chosen.private_folder, clock_s)
    if arguments.tindakan == "daftar":
        for account in book.everyone():
            say(t.account_line(account))
        if not book.everyone():
            say(t.NO_ACCOUNTS_YET)
        return 0
    if not arguments.nama:
        raise UnclearAccountError(lacks=t.NEEDS_NAME)
    say(_change(book, arguments))
    trail = Trail(chosen.private_folder, own_seal_key(chosen), clock_s)
    rights = next(account.grants for account in book.everyone() if account.name == arguments.nama)
    trail.add(
        machine_actor().name,
        Deed.ACCOUNT,
        tindakan=arguments.tindakan,
        akun=arguments.nama,
        hak="; ".join(map(t.grant_line, rights)),
    )
    return 0


def _change(book: Accounts, arguments: Namespace) -> str:
    """Carry out one change, and say what was done."""
    name, deed = str(arguments.nama), arguments.tindakan
    known = {account.name: account for account in book.everyone()}
    if deed != "tambah" and name not in known:
        raise NoAccountError(name=name)
    if deed == "tambah":
        if not arguments.peran:
            raise UnclearAccountError(lacks=t.NEEDS_ROLE)
        if name in known:
            raise UnclearAccountError(lacks=t.already_there(name))
        book.put(name, shown=arguments.tampil, password=_password(), grants=_rights((), arguments))
    elif deed == "ubah":
        book.put(name, shown=arguments.tampil, grants=_rights(known[name].grants, arguments))
    elif deed == "sandi":
        book.put(name, password=_password())
    elif deed == "cabut":
        book.switch_off(name)
        return t.account_withdrawn(name)
    else:
        return t.sessions_ended(name, book.end_all(name))
    return t.account_kept(name)


def _rights(before: tuple[Grant, ...], arguments: Namespace) -> tuple[Grant, ...]:
    """Give the rights after a change: those of other regions stay, and all where no role was named."""
    if not (arguments.peran or arguments.hapus_peran):
        return before
    others = tuple(grant for grant in before if grant.scope.region_code != arguments.wilayah)
    if arguments.hapus_peran:
        return others
    districts, sources = (frozenset(given) if given else None for given in (arguments.kecamatan, arguments.sumber))
    return (*others, Grant(Role(arguments.peran), Scope(arguments.wilayah, districts, sources)))


def _password() -> str:
    """Ask for a password twice, where somebody sits at the terminal; else read one line. It is never an argument."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass(t.NEW_PASSWORD)
    if getpass.getpass(t.SAME_PASSWORD) != password:
        raise UnclearAccountError(lacks=t.NOT_THE_SAME)
    return password
