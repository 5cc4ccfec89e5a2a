"""The command of `petadini` about hot-spots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.commands import store as command_line
from lib.commands.store import day_of, open_store, region_of, say
from lib.output.hotspot_tables import hotspot_csv
from lib.score import answers
from lib.score.hotspots import find_hotspots
from lib.score.inputs import data_state
from lib.settings import today_in
from lib.texts.cli import written
from lib.texts.hotspots import refusal
from lib.texts.questions import unit_word

if TYPE_CHECKING:
    from argparse import Namespace

REFUSALS = command_line.REFUSALS


def hotspots(arguments: Namespace) -> int:
    """Write the hot-spots of a day as CSV; that nothing could be tested is said, and no failure."""
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    today = today_in(region, chosen)
    usual = answers.default_as_of(data_state(lake, region.code), today)
    as_of = day_of(arguments, chosen, today=today, usual=usual)
    filters = answers.default_filters(lake, region.code, as_of=as_of)
    found = find_hotspots(lake, filters)
    arguments.csv.write_bytes(hotspot_csv(found))
    if found.refusal:
        say(refusal(found.refusal.code, found.refusal.facts, unit_word(region)))
    say(written(str(arguments.csv)))
    return 0
