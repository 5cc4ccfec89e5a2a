"""The command about the election calendar: list it, add to it, change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.commands.asked import open_store, region_of
from lib.commands.terminal import say
from lib.people.machine import machine_actor
from lib.region.elections import (
    changed_values,
    elections_of,
    enter_election,
    refused_entries,
    said_of_entry,
    stage_code,
    withdraw_election,
)
from lib.rules.toml import ProfileError
from lib.settings import today_in
from lib.texts import elections as t

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import date
    from typing import Any

    from data.store.lake import Lake
    from lib.rules.regions import Region
    from lib.settings import Settings

ADD, CHANGE = "tambah", "ubah"


def elections(arguments: Namespace) -> int:
    """List the calendar of a region, or keep a change of it."""
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    if arguments.tindakan in {ADD, CHANGE}:
        return _change(lake, region, chosen, arguments)
    day = arguments.pada or today_in(region, chosen)
    known = elections_of(lake, region.code)
    running = known.in_force(day)
    if not running:
        say(f"{t.NONE_IN_FORCE_LINE}.")
    others = [election for election in reversed(known.elections) if election not in running]
    for election in (*running, *others):
        say(t.calendar_line(day, election, in_force=election in running))
    for entry in refused_entries(lake, region.code):
        say(t.refused_entry(entry.election_code, entry.actor, entry.decided_on, entry.refusal))
    return 0


def _change(lake: Lake, region: Region, chosen: Settings, arguments: Namespace) -> int:
    code = arguments.kode
    if not code:
        raise ProfileError(t.NO_CODE)
    known = elections_of(lake, region.code)
    if arguments.tindakan == CHANGE:
        known.election(code)
    elif code in {election.code for election in known.elections}:
        raise ProfileError(t.already_known(code))
    signed: dict[str, Any] = {
        "reason": arguments.alasan or "",
        "actor": machine_actor(),
        "decided_on": today_in(region, chosen),
    }
    if arguments.cabut:
        election = withdraw_election(lake, region.code, code, **signed)
        say(t.entered(election, withdrawn=True))
        return 0
    try:
        values = changed_values(known, code, _given(arguments), [_stage(*stage) for stage in arguments.tahapan])
        election = enter_election(lake, region.code, values, **signed)
    except ProfileError as error:
        raise ProfileError(t.with_options(str(error))) from error
    say(said_of_entry(lake, region.code, election))
    return 0


def _given(arguments: Namespace) -> dict[str, Any]:
    return {
        "name": arguments.nama,
        "kind": arguments.jenis,
        "voting_day": arguments.hari,
        "voting_day_exception": arguments.bukan_rabu,
        "max_voters_per_station": arguments.maks_pemilih,
        "legal_source": arguments.dasar_hukum,
        "verify": arguments.belum_dicocokkan,
        "repeats": arguments.mengulang,
        "stations": arguments.tps or None,
        "areas": arguments.desa or None,
        "e_voting": arguments.e_voting or None,
    }


def _stage(name: str, start: date, end: date) -> dict[str, Any]:
    code = stage_code(name)
    return {"code": code, "name": t.STAGE_NAMES.get(code, name), "start": start, "end": end}
