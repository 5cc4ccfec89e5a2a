"""What each command of `petadini` does with its arguments."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from data.store import queries
from data.store.imports import activate_region
from data.store.lake import Lake, utc_now, write
from lib import indonesian as numbers
from lib.commands.store import open_store, region_of, say
from lib.intake import kinds
from lib.intake.boundaries import import_boundaries
from lib.intake.indicators import imported_indicators
from lib.intake.options import ImportOptions
from lib.intake.rows import RowImport, import_rows
from lib.intake.undo import undo_import
from lib.output import score_tables, templates
from lib.output.question_sheet import sheet_png
from lib.records import records
from lib.region.areas import load_areas
from lib.region.weights import weights_in_force
from lib.rules.regions import calendar, region_profile, weights
from lib.score import answers, frozen_scale
from lib.score.inputs import data_state, fetch_inputs
from lib.score.uncertainty import rank_uncertainty
from lib.settings import Settings, settings, today_in
from lib.texts import cli as t
from lib.texts import imports as words
from lib.warnings.issue_history import issue_history

if TYPE_CHECKING:
    from argparse import Namespace

    from lib.filters import Filters

DEMO_REGION = "99.71"
DEMO_WEEKS = 6
# A rehearsal ends a week before voting day, when briefings are held.
REHEARSAL_DAYS_BEFORE_VOTE = 7
REHEARSAL_DAYS = 200
VOTERS_PER_STATION = 400


def prepare(arguments: Namespace) -> int:
    """Make a region ready from its boundary file, or take up one that is in the store."""
    lake, chosen = open_store()
    region = region_profile(arguments.wilayah)
    if arguments.batas is not None:
        import_boundaries(lake, region, arguments.batas, actor=chosen.actor)
    areas = load_areas(lake, region.code, simplified=True)
    if arguments.batas is None:
        write(
            lake,
            lambda cursor: activate_region(cursor, region.code, actor=chosen.actor, recorded_at=utc_now()),
            author=chosen.actor,
            message=f"wilayah kerja {region.code}",
        )
    without = areas.loc[areas.geometry.isna(), "area_name"].tolist()
    say(t.region_ready(region.name, len(areas), without))
    return 0


def demo(arguments: Namespace) -> int:
    """Make the fictional city the region, through the ordinary import."""
    lake, chosen = open_store()
    if arguments.jika_kosong and queries.active_region(lake) is not None:
        return 0
    prepare_demo(lake, chosen.actor)
    issue_demo(lake, chosen.actor)
    say(t.region_ready(region_profile(DEMO_REGION).name, queries.data_state(lake, DEMO_REGION)["area_count"], []))
    return 0


def prepare_demo(lake: Lake, actor: str) -> None:
    """Write the demo's files and import them as any office's files are imported."""
    from data.demo import files as demo_files  # noqa: PLC0415 - half a second that only made cities need

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


def issue_demo(lake: Lake, actor: str) -> None:
    """Issue what the demo would have warned of in the weeks before its day, so that there is something to grade."""
    region = region_profile(DEMO_REGION)
    today = region.today or calendar(DEMO_REGION).elections[-1].voting_day
    last = today - timedelta(weeks=1)
    issue_history(lake, region, weeks=DEMO_WEEKS, as_of=last, issued_on=today, actor=actor)


def simulate(arguments: Namespace) -> int:
    """Write simulated TPS and incident files over a prepared region."""
    from data.demo import files as demo_files  # noqa: PLC0415 - half a second that only made cities need

    lake, _ = open_store()
    region = region_of(lake, arguments)
    elections = calendar(region.code)
    election = elections.election(arguments.pemilihan) if arguments.pemilihan else elections.elections[-1]
    end = arguments.per or election.voting_day - timedelta(days=REHEARSAL_DAYS_BEFORE_VOTE)
    areas = load_areas(lake, region.code, simplified=False)
    total = next((total for total in region.totals if total.election == election.code), None)
    station_count = (total and total.station_count) or max(3 * len(areas), 1)
    made = demo_files.write_simulation(
        areas,
        arguments.keluar,
        region_code=region.code,
        election_code=election.code,
        voting_day=election.voting_day,
        start=end - timedelta(days=REHEARSAL_DAYS - 1),
        end=end,
        count=arguments.kejadian,
        seed=arguments.benih,
        total_voters=(total and total.voter_count)
        or station_count * min(VOTERS_PER_STATION, election.max_voters_per_station),
        station_count=station_count,
        max_voters=election.max_voters_per_station,
    )
    say(t.written(str(made.stations)))
    say(t.written(str(made.incidents)))
    return 0


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


def score(arguments: Namespace) -> int:
    """Write the scores of a day as CSV."""
    lake, chosen = open_store()
    filters = _question(lake, chosen, arguments)
    known = fetch_inputs(lake, filters)
    judged = answers.judge(known, filters)
    arguments.csv.write_bytes(score_tables.score_csv(judged, rank_uncertainty(known, judged)))
    say(t.written(str(arguments.csv)))
    return 0


def sheet(arguments: Namespace) -> int:
    """Draw the map sheet of a day as PNG."""
    lake, chosen = open_store()
    filters = _question(lake, chosen, arguments)
    arguments.png.write_bytes(sheet_png(lake, filters, size=arguments.ukuran, layers=arguments.lapisan))
    say(t.written(str(arguments.png)))
    return 0


def history(arguments: Namespace) -> int:
    """List the imports of a region."""
    lake, _ = open_store()
    rows = queries.imports(lake, region_of(lake, arguments).code)
    if rows.empty:
        say(t.NO_IMPORTS)
    for row in records(rows):
        line = t.history_line(
            row.import_id,
            kinds.name_of(row.kind),
            row.file_name,
            rows=row.row_count,
            accepted=row.accepted_count,
            quarantined=row.quarantined_count,
            duplicate=row.duplicate_count,
            undone=row.undone,
        )
        say(line)
    return 0


def undo(arguments: Namespace) -> int:
    """Take one import back."""
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    undone = undo_import(lake, region, arguments.nomor, reason=arguments.alasan, actor=chosen.actor)
    say(t.undone(arguments.nomor))
    if undone.duplicate_count:
        say(words.also_delivered(undone.duplicate_count, undone.import_ids))
    return 0


def freeze(arguments: Namespace) -> int:
    """Freeze the scale of the score anew."""
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    made = frozen_scale.freeze(
        lake,
        region.code,
        weights_in_force(lake, region.code),
        as_of=arguments.per,
        author=chosen.actor,
        reason=arguments.alasan,
    )
    say(t.frozen(numbers.long_date(arguments.per)) if made else t.NOTHING_TO_FREEZE)
    return 0 if made else 2


def _question(lake: Lake, chosen: Settings, arguments: Namespace) -> Filters:
    region = region_of(lake, arguments)
    state = data_state(lake, region.code)
    as_of = arguments.per or chosen.today or answers.default_as_of(state, today_in(region, chosen))
    return answers.default_filters(lake, region.code, as_of=as_of, election_code=arguments.pemilihan)
