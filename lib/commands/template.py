"""The command that writes a template to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from data.store import queries
from lib.commands.asked import open_store
from lib.commands.terminal import say
from lib.intake import kinds
from lib.output import templates
from lib.region.elections import elections_of
from lib.rules.regions import DEMO_REGION, region_profile
from lib.settings import today_in
from lib.texts import cli as t

if TYPE_CHECKING:
    from argparse import Namespace


def template(arguments: Namespace) -> int:
    """Write a template to fill in."""
    lake, chosen = open_store()
    code = arguments.wilayah or chosen.region_code or next(iter(queries.prepared_regions(lake)), DEMO_REGION)
    region = region_profile(code)
    today = today_in(region, chosen)
    path = arguments.keluar or Path(f"templat_{arguments.jenis}.xlsx")
    election = elections_of(lake, code).example(today)
    path.write_bytes(templates.template(kinds.KINDS[kinds.of_word(arguments.jenis)], region, election, today=today))
    say(t.written(str(path)))
    return 0
