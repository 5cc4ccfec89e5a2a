"""The command of `petadini` about TPS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.commands.store import day_of, open_store, region_of, say
from lib.output.station_tables import station_csv
from lib.score import answers
from lib.score.inputs import data_state
from lib.score.stations import station_risk
from lib.settings import today_in
from lib.texts import cli as t

if TYPE_CHECKING:
    from argparse import Namespace


def station_scores(arguments: Namespace) -> int:
    """Write the scores of all TPS of a day as CSV."""
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    state = data_state(lake, region.code)
    today = today_in(region, chosen)
    as_of = day_of(arguments, chosen, today=today, usual=answers.default_as_of(state, today))
    filters = answers.default_filters(lake, region.code, as_of=as_of, election_code=arguments.pemilihan)
    arguments.csv.write_bytes(station_csv(station_risk(lake, filters)))
    say(t.written(str(arguments.csv)))
    return 0
