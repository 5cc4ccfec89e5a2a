"""Keep in the trail which file a command wrote, under the user that the system names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.people.machine import machine_actor
from lib.people.trail import Deed, Trail
from lib.settings import clock_s, own_seal_key, settings

if TYPE_CHECKING:
    from argparse import Namespace

GIVEN = ("csv", "png", "keluar")  # arguments that name a file to write
UNNAMED = (
    "sheet:sheet",
    "intake:quarantine",
    "upkeep:backup",
)  # they write a file whether or not one of these names it
EMPTY = ("template:template", "demo:simulate")  # what they write holds nothing of the store


def keep_taken(arguments: Namespace) -> None:
    """Write a line for each file of the store's data that a finished command has written."""
    names = [str(getattr(arguments, name)) for name in GIVEN if getattr(arguments, name, None) is not None]
    if arguments.run in UNNAMED and not names:
        names = [str(getattr(arguments, "berkas", ""))]
    if not names or arguments.run in EMPTY:
        return
    chosen = settings()
    trail = Trail(chosen.private_folder, own_seal_key(chosen), clock_s)
    for name in names:
        trail.add(machine_actor().name, Deed.TOOK, perintah=arguments.run, berkas=name)
    trail.close()
