"""The command that freezes the scale of the score anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.commands.asked import day_of, open_store, region_of
from lib.commands.terminal import say
from lib.people.machine import machine_actor
from lib.region.weights import weights_in_force
from lib.score import frozen_scale
from lib.texts import cli as t

if TYPE_CHECKING:
    from argparse import Namespace


def freeze(arguments: Namespace) -> int:
    """Freeze the scale of the score anew."""
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    as_of = day_of(lake, region, arguments, chosen)
    weights = weights_in_force(lake, region.code)
    made = frozen_scale.freeze(
        lake, region.code, weights, as_of=as_of, actor=machine_actor(), reason=arguments.alasan
    )
    if made is None:
        say(t.NOTHING_TO_FREEZE)
        return 2
    say(t.frozen(made.as_of, made.incident_count, least=weights.freeze_minimum_incidents))
    return 0
