"""The command that makes a region ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.commands.asked import open_store
from lib.commands.terminal import say
from lib.intake.boundaries import import_boundaries
from lib.people.machine import machine_actor
from lib.region.areas import load_areas
from lib.region.asked import asked_region_code
from lib.rules.regions import region_profile
from lib.settings import settings
from lib.texts import cli as t

if TYPE_CHECKING:
    from argparse import Namespace


def prepare(arguments: Namespace) -> int:
    """Make a region ready from its boundary file, or say how one that is in the store is shown."""
    lake, _ = open_store()
    region = region_profile(arguments.wilayah)
    if arguments.batas is not None:
        import_boundaries(lake, region, arguments.batas, actor=machine_actor())
    areas = load_areas(lake, region.code, simplified=True)
    without = areas.loc[areas.geometry.isna(), "area_name"].tolist()
    say(t.region_ready(region.name, len(areas), without))
    first = asked_region_code(lake, settings().region_code)
    if first != region.code:
        say(t.another_region_first(region.name, region.code, region_profile(first).name))
    return 0
