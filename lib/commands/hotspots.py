"""The command of `petadini` about hot-spots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.commands.asked import open_store, question_of, region_of
from lib.commands.terminal import say
from lib.output.hotspot_tables import hotspot_csv
from lib.score.hotspots import find_hotspots
from lib.texts.cli import written
from lib.texts.hotspots import refusal
from lib.texts.questions import unit_word

if TYPE_CHECKING:
    from argparse import Namespace


def hotspots(arguments: Namespace) -> int:
    """Write the hot-spots of a day as CSV; that nothing could be tested is said, and no failure."""
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    found = find_hotspots(lake, question_of(lake, region, arguments, chosen))
    arguments.csv.write_bytes(hotspot_csv(found))
    if found.refusal:
        say(refusal(found.refusal.code, found.refusal.facts, unit_word(region)))
    say(written(str(arguments.csv)))
    return 0
