"""The commands of `petadini` about reports that are in: verification, one event, completeness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lib.commands.asked import day_of, open_store, region_of
from lib.commands.terminal import say
from lib.filters import window_start
from lib.output.completeness_tables import matrix_csv
from lib.people.machine import machine_actor
from lib.region.weights import weights_in_force
from lib.reports import events
from lib.reports.completeness import completeness as assess_completeness
from lib.reports.journal import row_key
from lib.reports.journal import verify as verify_rows
from lib.rules.pairing import pairing
from lib.settings import today_in
from lib.texts import cli as t

if TYPE_CHECKING:
    from argparse import Namespace

    from data.store.lake import Lake
    from lib.reports.journal import RowKey
    from lib.rules.regions import Region


def verify(arguments: Namespace) -> int:
    """Give reports a state."""
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    keys = [row_key(text) for text in arguments.laporan]
    entry_id = verify_rows(
        lake,
        region,
        keys,
        arguments.status,
        reason=arguments.alasan,
        actor=machine_actor(),
        decided_on=today_in(region, chosen),
        source_grade=arguments.sumber,
        content_grade=arguments.isi,
    )
    say(t.verified(len(keys), arguments.status, entry_id))
    return 0


def merge(arguments: Namespace) -> int:
    """Decide that reports tell of one event."""
    keys, (lake, region, options) = _decision(arguments)
    made = events.merge(lake, region, keys, **options)
    say(t.merged(len(keys), made.report_count, made.decision_id))
    if made.apart:
        limits = pairing()
        say(t.merged_apart(made.apart, limits.hours, limits.distance_m))
    return 0


def keep_apart(arguments: Namespace) -> int:
    """Decide that reports do not tell of one event."""
    keys, (lake, region, options) = _decision(arguments)
    say(t.kept_apart(len(keys), events.keep_apart(lake, region, keys, **options)))
    return 0


def candidates(arguments: Namespace) -> int:
    """List the reports that may tell of one event."""
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    day = day_of(lake, region, arguments, chosen)
    start = window_start(day, weights_in_force(lake, region.code).window_days)
    found = events.candidates(lake, region.code, as_of=day, start=start, end=day)
    for pair, first, second in events.pair_rows(found.pairs):
        keys = [f"{report.import_id}:{report.line_number}" for report in (first, second)]
        say(t.pair_line(keys[0], keys[1], pair.similarity))
    say(t.pair_count(found.pair_count, found.searched_count, found.report_count))
    return 0


def completeness(arguments: Namespace) -> int:
    """Write the matrix of kelurahan, week and source as CSV."""
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    day = day_of(lake, region, arguments, chosen)
    found = assess_completeness(lake, region.code, as_of=day)
    arguments.csv.write_bytes(matrix_csv(found))
    say(t.written(str(arguments.csv)))
    return 0


def _decision(arguments: Namespace) -> tuple[list[RowKey], tuple[Lake, Region, dict[str, Any]]]:
    """Read what a decision is about, where it is made, and its reason, actor and day."""
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    keys = sorted({row_key(text) for text in arguments.laporan})
    day = today_in(region, chosen)
    return keys, (lake, region, {"reason": arguments.alasan, "actor": machine_actor(), "decided_on": day})
