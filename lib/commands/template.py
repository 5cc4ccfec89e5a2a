"""The command that writes a template to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from data.store import queries
from lib.commands.asked import open_store
from lib.commands.terminal import say
from lib.intake import kinds
from lib.output import templates
from lib.rules.regions import DEMO_REGION, calendar, region_profile
from lib.settings import settings, today_in
from lib.texts import cli as t

if TYPE_CHECKING:
    from argparse import Namespace


def template(arguments: Namespace) -> int:
    """Write a template to fill in."""
    chosen = settings()
    code = arguments.wilayah or queries.active_region(open_store()[0]) or DEMO_REGION
    region = region_profile(code)
    today = today_in(region, chosen)
    path = arguments.keluar or Path(f"templat_{arguments.jenis}.xlsx")
    election = calendar(code).default_election(today)
    path.write_bytes(templates.template(kinds.KINDS[kinds.of_word(arguments.jenis)], region, election, today=today))
    say(t.written(str(path)))
    return 0
