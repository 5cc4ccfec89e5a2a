"""The command that takes an import back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.commands.asked import open_store, region_of
from lib.commands.terminal import say
from lib.intake.undo import undo_import
from lib.people.machine import machine_actor
from lib.texts import cli as t
from lib.texts.imports import also_delivered

if TYPE_CHECKING:
    from argparse import Namespace


def undo(arguments: Namespace) -> int:
    """Take one import back."""
    lake, _ = open_store()
    region = region_of(lake, arguments)
    undone = undo_import(lake, region, arguments.nomor, reason=arguments.alasan, actor=machine_actor())
    say(t.undone(arguments.nomor))
    if undone.duplicate_count:
        say(also_delivered(undone.duplicate_count, undone.import_ids))
    return 0
