"""The command that makes a region ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.store.imports import activate_region
from data.store.lake import utc_now, write
from lib.commands.asked import open_store
from lib.commands.terminal import say
from lib.intake.boundaries import import_boundaries
from lib.people.machine import machine_actor
from lib.region.areas import load_areas
from lib.rules.regions import region_profile
from lib.texts import cli as t

if TYPE_CHECKING:
    from argparse import Namespace


def prepare(arguments: Namespace) -> int:
    """Make a region ready from its boundary file, or take up one that is in the store."""
    lake, _ = open_store()
    region = region_profile(arguments.wilayah)
    if arguments.batas is not None:
        import_boundaries(lake, region, arguments.batas, actor=machine_actor())
    areas = load_areas(lake, region.code, simplified=True)
    if arguments.batas is None:
        write(
            lake,
            lambda cursor: activate_region(cursor, region.code, actor=machine_actor().name, recorded_at=utc_now()),
            author=machine_actor().name,
            message=f"wilayah kerja {region.code}",
        )
    without = areas.loc[areas.geometry.isna(), "area_name"].tolist()
    say(t.region_ready(region.name, len(areas), without))
    return 0
