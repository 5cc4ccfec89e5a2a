"""What the command about forecasts does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.store.lake import snapshot_id
from lib.commands.asked import day_of, eyes_for, open_store, region_of
from lib.commands.terminal import say
from lib.output.forecast_tables import forecast_csv, forecast_table
from lib.people.machine import machine_actor
from lib.proposals.deeds import Waiting, issue_forecasts
from lib.records import ForecastRow, records
from lib.region.areas import load_areas
from lib.region.data_state import data_state
from lib.region.elections import elections_of
from lib.region.panels import ALL
from lib.region.weights import weights_in_force
from lib.rules.forecasts import forecast_rules
from lib.settings import pinned_day, today_in
from lib.texts import forecasts as t
from lib.texts.cli import basis
from lib.texts.proposals import waiting
from lib.warnings.forecasts import METHOD
from lib.warnings.forecasts import forecasts as made_forecasts
from lib.warnings.past_forecasts import past_forecasts

if TYPE_CHECKING:
    from argparse import Namespace


def forecasts(arguments: Namespace) -> int:
    """Forecast the days after a day: say it in words, write the table, and freeze it if asked.

    Where no report came for long there is none, and 2 is returned.
    """
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    load_areas(lake, region.code, simplified=True)  # refuses a region that is not ready
    as_of = day_of(lake, region, arguments, chosen)
    election = elections_of(lake, region.code).usual(as_of)
    snapshot = snapshot_id(lake)
    found = made_forecasts(lake, region.code, as_of=as_of, voting_day=election.voting_day if election else None)
    if found.silent:
        say(t.silent(found.last_reported_on))
        return 2
    past = past_forecasts(
        lake,
        region.code,
        as_of=as_of,
        election_code=election.code if election else "",
        group_code=ALL,
        horizon_days=arguments.hari,
    )
    plain = past is not None and not past.skill_interval[0] > 0
    rows = found.plain_region if plain else found.region
    chosen_rows = rows[(rows["group_code"] == ALL) & (rows["horizon_days"] == arguments.hari)]
    row = next(records(chosen_rows, ForecastRow))
    wide = forecast_rules(region.code).too_wide(row.low_80, row.high_80)
    say(t.headline(arguments.hari, row.mean, row.low_80, row.high_80, kind=region.kind, group=None, wide=wide))
    if past is not None and past.total is not None:
        say(t.total_quality(past.total, plain=plain))
    say(t.NO_SKILL if past is None else t.skill_sentence(len(past.origins), past.skill, *past.skill_interval))
    if found.baseline_only:
        say(t.TOO_SHORT)
    simulated = data_state(lake, region.code).simulated
    marks = METHOD, f"bobot {weights_in_force(lake, region.code).short_digest}"
    say(basis(region.name, as_of, *marks, simulated=simulated, pinned=pinned_day(region, chosen)))
    if arguments.csv is not None:
        arguments.csv.write_bytes(forecast_csv(found, arguments.hari, simulated=simulated))
        say(t.csv_written(str(arguments.csv), len(forecast_table(found, arguments.hari))))
    if arguments.terbitkan:
        issued_on, eyes = today_in(region, chosen), eyes_for(region.code)
        made = issue_forecasts(lake, found, snapshot=snapshot, actor=machine_actor(), issued_on=issued_on, eyes=eyes)
        say(waiting(made.proposal_id) if isinstance(made, Waiting) else t.published(as_of))
    return 0
