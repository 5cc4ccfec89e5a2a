"""The command that makes a region ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.commands.asked import eyes_for, open_store
from lib.commands.terminal import say
from lib.intake.options import NO_OPTIONS, silent
from lib.people.machine import machine_actor
from lib.proposals.deeds import take_boundaries
from lib.region.areas import load_areas
from lib.region.asked import asked_region_code
from lib.rules.regions import region_profile
from lib.texts import cli as t
from lib.texts.proposals import waiting

if TYPE_CHECKING:
    from argparse import Namespace


def prepare(arguments: Namespace) -> int:
    """Make a region ready from its boundary file, or say how one that is in the store is shown."""
    lake, chosen = open_store()
    region = region_profile(arguments.wilayah)
    if arguments.batas is not None:
        _, proposed = take_boundaries(
            lake,
            region,
            arguments.batas,
            options=NO_OPTIONS,
            limits=chosen.limits,
            progress=silent,
            actor=machine_actor(),
            eyes=eyes_for(region.code),
        )
        if proposed:
            say(waiting(proposed.proposal_id))
    areas = load_areas(lake, region.code, simplified=True)
    without = areas.loc[areas.geometry.isna(), "area_name"].tolist()
    say(t.region_ready(region.name, len(areas), without))
    first = asked_region_code(lake, chosen.region_code)
    if first != region.code:
        say(t.another_region_first(region.name, region.code, region_profile(first).name))
    return 0
