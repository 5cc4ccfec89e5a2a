"""The command that takes an import back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.commands.asked import eyes_for, open_store, region_of
from lib.commands.terminal import say
from lib.people.machine import machine_actor
from lib.proposals.deeds import Waiting
from lib.proposals.deeds import undo as take_back
from lib.texts import cli as t
from lib.texts.imports import also_delivered
from lib.texts.proposals import waiting

if TYPE_CHECKING:
    from argparse import Namespace


def undo(arguments: Namespace) -> int:
    """Take one import back."""
    lake, _ = open_store()
    region = region_of(lake, arguments)
    eyes = eyes_for(region.code)
    undone = take_back(lake, region, arguments.nomor, reason=arguments.alasan, actor=machine_actor(), eyes=eyes)
    if isinstance(undone, Waiting):
        say(waiting(undone.proposal_id))
        return 0
    say(t.undone(arguments.nomor))
    if undone.duplicate_count:
        say(also_delivered(undone.duplicate_count, undone.import_ids))
    return 0
