"""The command that says the situation of a day in ten lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.commands.asked import open_store, question_of, region_of
from lib.commands.terminal import say, say_json
from lib.output.brief import as_json, message
from lib.region.elections import elections_of
from lib.score.answers import assess_areas, incidents
from lib.score.brief import brief

if TYPE_CHECKING:
    from argparse import Namespace


def summary(arguments: Namespace) -> int:
    """Say the situation of a day, as a message or as JSON."""
    lake, chosen = open_store()
    filters = question_of(lake, region_of(lake, arguments), arguments, chosen)
    calendar = elections_of(lake, filters.region_code)
    found = brief(assess_areas(lake, filters), incidents(lake, filters), calendar)
    if arguments.json:
        say_json(as_json(found))
    else:
        say(message(found))
    return 0
