"""Who looks at this page: asked anew on every run, from what the door says and from nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from lib.people.errors import NotInError
from lib.people.machine import machine_actor
from lib.people.trail import Deed
from lib.settings import settings
from lib.ui.door import books
from lib.ui.door.house import on_this_machine

if TYPE_CHECKING:
    from lib.people.actor import Actor

SESSION: Final = "sesi"  # under this name the door's header stands in st.user


def current() -> Actor:
    """Give the actor of this run, with the rights of this very moment.

    Never keep it in a closure, a cache or the session: rights are taken away while pages are open, and a fragment
    runs without app.py. For what runs in another thread, ask while the page is drawn.

    Raises
    ------
    NotInError
        Without a live session, so for whoever runs app.py without the door.
    """
    if without_lock():
        return machine_actor()
    actor = books.accounts().actor(_key())
    if actor is None:
        raise NotInError
    return actor


def without_lock() -> bool:
    """Tell whether everybody at this machine is let in by a name (PETADINI_TANPA_AKUN), and nobody elsewhere."""
    return settings().without_accounts and on_this_machine(st.get_option("server.address"))


def leave() -> None:
    """End the session of this run; the door then sends its pages to the entrance."""
    name = books.accounts().holder(_key())
    if name:
        books.accounts().end(_key())
        books.trail().add(name, Deed.LEFT)


def wants_name() -> bool:
    """Tell whether the machine's own user has not said yet how screens shall name the person."""
    name = None if without_lock() else books.accounts().holder(_key())
    return bool(name and not books.accounts().shown(name))


def call_me(shown: str) -> None:
    """Keep how screens shall name the person of this run; journals keep the account's own name."""
    name = books.accounts().holder(_key())
    if name:
        books.accounts().show_as(name, shown)


def _key() -> str:
    return str(st.user.get(SESSION) or "")
