"""Who looks at this page: asked anew on each run, never kept in a closure or in the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.people.machine import machine_actor

if TYPE_CHECKING:
    from lib.people.actor import Actor


def current() -> Actor:
    """Give the actor of this run: the user of this machine."""
    return machine_actor()
