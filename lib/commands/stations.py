"""The command of `petadini` about TPS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.commands.asked import open_store, question_of, region_of
from lib.commands.terminal import say
from lib.output.station_tables import station_csv
from lib.score.stations import station_risk
from lib.texts import cli as t

if TYPE_CHECKING:
    from argparse import Namespace


def station_scores(arguments: Namespace) -> int:
    """Write the scores of all TPS of a day as CSV."""
    lake, chosen = open_store()
    filters = question_of(lake, region_of(lake, arguments), arguments, chosen)
    arguments.csv.write_bytes(station_csv(station_risk(lake, filters)))
    say(t.written(str(arguments.csv)))
    return 0
