"""The commands that make data up: the demo city, and files to rehearse with in a region of one's own."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from data.demo import files as demo_files
from data.store import queries
from lib.commands.asked import open_store, region_of
from lib.commands.terminal import say
from lib.intake.boundaries import import_boundaries
from lib.intake.indicators import imported_indicators
from lib.intake.options import ImportOptions
from lib.intake.rows import RowImport, import_rows
from lib.people.machine import machine_actor
from lib.region.areas import load_areas
from lib.region.elections import elections_of
from lib.rules.regions import DEMO_REGION, calendar, region_profile, weights
from lib.score.question import EARLIEST, within
from lib.settings import today_in
from lib.texts import cli as t
from lib.texts.elections import count_line
from lib.warnings.issue_history import issue_history

if TYPE_CHECKING:
    from argparse import Namespace

    from data.store.lake import Lake
    from lib.people.actor import Actor
    from lib.rules.calendar import Election

DEMO_WEEKS = 6
# A rehearsal ends a week before voting day, when briefings are held.
REHEARSAL_DAYS_BEFORE_VOTE = 7
REHEARSAL_DAYS = 200
VOTERS_PER_STATION = 400


def demo(arguments: Namespace) -> int:
    """Make the fictional city the region, through the ordinary import."""
    lake, _ = open_store()
    if arguments.jika_kosong and queries.prepared_regions(lake):
        return 0
    prepare_demo(lake, machine_actor())
    issue_demo(lake, machine_actor())
    say(t.region_ready(region_profile(DEMO_REGION).name, queries.data_state(lake, DEMO_REGION)["area_count"], []))
    return 0


def prepare_demo(lake: Lake, actor: Actor) -> None:
    """Write the demo's files and import them as any office's files are imported."""
    region = region_profile(DEMO_REGION)
    election = calendar(DEMO_REGION).elections[-1]
    today = region.today or election.voting_day
    with tempfile.TemporaryDirectory(prefix="petadini-") as folder:
        made = demo_files.write_demo(
            Path(folder),
            names=[(a.code, a.name, a.district_code, a.district_name) for a in region.areas],
            election_code=election.code,
            voting_day=election.voting_day,
            today=today,
            max_voters=election.max_voters_per_station,
            indicator_codes=[known.code for known in imported_indicators(weights(DEMO_REGION))],
        )
        edition = ImportOptions(vintage=t.DEMO_EDITION)
        import_boundaries(lake, region, made.boundaries, actor=actor, options=edition)
        files = {
            "station": made.stations,
            "incident": made.incidents,
            "nil": made.nil_reports,
            "class": made.classes,
            "indicator": made.indicators,
        }
        for kind, file in files.items():
            import_rows(RowImport(lake, region, file, kind=kind, today=today), actor=actor)


def issue_demo(lake: Lake, actor: Actor) -> None:
    """Issue what the demo would have warned of in the weeks before its day, so that there is something to grade."""
    region = region_profile(DEMO_REGION)
    today = region.today or calendar(DEMO_REGION).elections[-1].voting_day
    last = today - timedelta(weeks=1)
    issue_history(lake, region, weeks=DEMO_WEEKS, as_of=last, issued_on=today, actor=actor)


def simulate(arguments: Namespace) -> int:
    """Write simulated TPS and incident files over a prepared region."""
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    elections = elections_of(lake, region.code)
    if arguments.pemilihan:
        election: Election | None = elections.election(arguments.pemilihan)
    elif arguments.per:
        election = elections.usual(arguments.per)
    else:
        election = next(reversed(elections.with_roll()), None)
    voting_day = election.voting_day if election else today_in(region, chosen)
    end = arguments.per or voting_day - timedelta(days=REHEARSAL_DAYS_BEFORE_VOTE)
    within(end, EARLIEST, max(today_in(region, chosen), voting_day))
    areas = load_areas(lake, region.code, simplified=False)
    total = region.total(election.code) if election else None
    max_voters = election.max_voters_per_station if election and election.has_roll else VOTERS_PER_STATION
    station_count = (total and total.station_count) or max(3 * len(areas), 1)
    made = demo_files.write_simulation(
        areas,
        arguments.keluar,
        region_code=region.code,
        election_code=election.code if election and election.has_roll else None,
        voting_day=election.voting_day if election else None,
        start=end - timedelta(days=REHEARSAL_DAYS - 1),
        end=end,
        count=arguments.kejadian,
        seed=arguments.benih,
        total_voters=(total and total.voter_count) or station_count * min(VOTERS_PER_STATION, max_voters),
        station_count=station_count,
        max_voters=max_voters,
    )
    say(count_line(end, election))
    say(t.written(str(made.stations)) if election and election.has_roll else t.SIMULATED_WITHOUT_STATIONS)
    say(t.written(str(made.incidents)))
    return 0
