"""The commands of `petadini` about files that come in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from data.store import queries
from geo.codes import normalise_name
from lib.commands.asked import eyes_for, open_store, region_of
from lib.commands.terminal import hint, say, say_json
from lib.errors import UnknownUndoError
from lib.intake import kinds
from lib.intake import mappings as column_mappings
from lib.intake.options import ImportOptions, silent
from lib.intake.rows import ImportResult, RowImport, preview_rows
from lib.output import templates
from lib.people.machine import machine_actor
from lib.proposals.deeds import take_boundaries, take_rows
from lib.records import NameQuestion, records
from lib.region.elections import elections_of
from lib.rules.toml import ProfileError
from lib.settings import today_in
from lib.texts import cli as t
from lib.texts import imports as words
from lib.texts.proposals import states_waiting, waiting

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from data.store.imports import RowCounts
    from data.store.lake import Lake
    from lib.rules.regions import Region

BAR_FROM_BYTES = 20 * 2**20
BAR_WIDTH = 30


def take_in(arguments: Namespace) -> int:
    """Import one file, or only try to, and say where its lines went."""
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    progress = _bar if _is_long(arguments.berkas) else silent
    options = _options(lake, region, arguments)
    if arguments.jenis == words.BOUNDARIES:
        result, proposed = take_boundaries(
            lake,
            region,
            arguments.berkas,
            actor=machine_actor(),
            eyes=eyes_for(region.code),
            options=options,
            limits=chosen.limits,
            progress=progress,
        )
        say_json(boundary_summary(result)) if arguments.json else say(boundary_sentence(result))
        if proposed:
            hint(waiting(proposed.proposal_id))
        return 0
    task = RowImport(
        lake,
        region,
        arguments.berkas,
        kinds.of_word(arguments.jenis),
        today_in(region, chosen),
        options,
        chosen.limits,
        progress,
    )
    if arguments.coba:
        seen = preview_rows(task)
        _report(seen.kind, seen.file_name, seen.counts, None, seen.facts, as_json=arguments.json)
        if not arguments.json:
            for line in words.fault_lines(seen.fault_counts):
                say(line)
            for question in records(seen.questions, NameQuestion):
                say(words.name_question(question))
            say(words.ONLY_TRIED)
        return 0
    result, proposed = take_rows(task, actor=machine_actor(), eyes=eyes_for(region.code))
    _report(result.kind, result.file_name, result.counts, result.import_id, result.facts, as_json=arguments.json)
    if proposed:
        hint(states_waiting(proposed.proposal_id))
    return 0


def quarantine(arguments: Namespace) -> int:
    """Write what of an import still waits in quarantine, to be mended and imported again."""
    lake, _ = open_store()
    region = region_of(lake, arguments)
    known = queries.import_kind(lake, region.code, arguments.nomor)
    if known is None:
        raise UnknownUndoError(import_id=arguments.nomor)
    faults = queries.quarantine(lake, arguments.nomor)
    if faults.empty:
        say(words.QUARANTINE_EMPTY)
        return 0
    path = arguments.keluar or Path(f"karantina_{arguments.nomor}.xlsx")
    path.write_bytes(templates.quarantine_workbook(kinds.KINDS[known[0]], arguments.nomor, faults))
    say(t.written(str(path)))
    return 0


def mappings(_: Namespace) -> int:
    """List the mappings that come with the program and those that people saved."""
    lake, _chosen = open_store()
    saved = tuple(kept.mapping for kept in column_mappings.saved_mappings(lake))
    for mapping in (*column_mappings.ready_mappings(), *saved):
        say(words.mapping_line(mapping.name, kinds.name_of(mapping.kind), mapping.title, mapping.source_note))
    return 0


def row_summary(import_id: str | None, counts: RowCounts, facts: Mapping[str, object]) -> dict[str, object]:
    """Give the figures of an import of rows under the names that scripts rely on."""
    return {
        "impor_id": import_id,
        "baris": counts.rows,
        "diterima": counts.accepted,
        "karantina": counts.quarantined,
        "duplikat": counts.duplicate,
        "keputusan": dict(facts),
    }


def boundary_summary(result: ImportResult) -> dict[str, object]:
    """Give the figures of an import of boundaries under the names that scripts rely on."""
    return {
        "impor_id": result.import_id,
        "area": result.counts.accepted,
        "tanpa_poligon": result.facts["tanpa_poligon"],
        "diperbaiki": result.facts["diperbaiki"],
    }


def boundary_sentence(result: ImportResult) -> str:
    """Say in a sentence what came of an import of boundaries."""
    missing = result.facts["tanpa_poligon"]
    names = [str(name) for name in missing] if isinstance(missing, list) else []
    return t.region_ready(result.file_name, result.counts.accepted, names)


def _report(
    kind: str, file_name: str, counts: RowCounts, import_id: str | None, facts: Mapping[str, object], *, as_json: bool
) -> None:
    if as_json:
        say_json(row_summary(import_id, counts, facts))
        return
    say(
        t.rows_imported(
            kinds.name_of(kind),
            file_name,
            rows=counts.rows,
            accepted=counts.accepted,
            quarantined=counts.quarantined,
            duplicate=counts.duplicate,
            import_id=import_id,
        )
    )
    for line in words.decisions(None, facts):
        say(f"- {line}")


def _options(lake: Lake, region: Region, arguments: Namespace) -> ImportOptions:
    code = None if arguments.jenis == words.BOUNDARIES else kinds.of_word(arguments.jenis)
    mapping = column_mappings.find_mapping(lake, arguments.pemetaan, code) if arguments.pemetaan and code else None
    constants = dict(arguments.isi)
    known = kinds.KINDS[code].columns if code else ()
    for column in constants:
        if column not in known:
            raise ProfileError(t.unknown_filling(column, known))
    return ImportOptions(
        mapping=mapping,
        sheet=arguments.lembar,
        header_row=arguments.baris_judul,
        crs=arguments.crs,
        code_system=arguments.sistem_kode,
        vintage=arguments.edisi,
        date_order=arguments.urutan_tanggal,
        year=arguments.tahun,
        election_code=_election(lake, region, arguments.pemilihan) if "pemilihan" in known else None,
        repair=not arguments.tanpa_perbaikan,
        constants=constants,
        answers=dict(arguments.samakan),
    )


def _election(lake: Lake, region: Region, text: str | None) -> str | None:
    """Take an election by its code or name; one that the calendar lacks would send every row to quarantine."""
    known = elections_of(lake, region.code).with_roll()
    if text is None:
        return None
    for election in known:
        if normalise_name(text) in {normalise_name(election.code), normalise_name(election.name)}:
            return election.code
    raise ProfileError(t.unknown_election(text, [election.code for election in known]))


def _is_long(path: Path) -> bool:
    return sys.stderr.isatty() and path.is_file() and path.stat().st_size >= BAR_FROM_BYTES


def _bar(step: str, share: float) -> None:
    """Draw the progress over itself on one line of the terminal."""
    full = round(share * BAR_WIDTH)
    sys.stderr.write(f"\r[{'#' * full}{'.' * (BAR_WIDTH - full)}] {words.STEPS.get(step, ''):<40}")
    if share >= 1:
        sys.stderr.write("\n")
    sys.stderr.flush()
