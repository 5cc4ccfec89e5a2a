"""The election calendar of a region: the shipped one with what people entered; the TPS of its elections."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import tomli_w

from data.sort.personal import mask, mask_place
from data.store import queries
from data.store.journals import append
from data.store.lake import Lake, utc_now, write
from lib.people.actor import May
from lib.records import records
from lib.rules.calendar import read_election
from lib.rules.elections import NO_ELECTION, election_rules
from lib.rules.regions import calendar
from lib.rules.toml import ProfileError, parse_table
from lib.rules.words import unknown_repeated
from lib.texts import elections as t

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    import duckdb
    import pandas as pd

    from lib.people.actor import Actor
    from lib.rules.calendar import Calendar, Election


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry of the journal: the election as entered, or taken out, by whom and why; `recorded_at` in UTC."""

    election_code: str
    election: Election | None  # None where it breaks a rule of this version of the tool
    refusal: str  # says which rule, in the words of the page; empty where it breaks none
    withdrawn: bool
    reason: str
    actor: str
    decided_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class _Row:
    election_code: str
    content: str
    withdrawn: bool
    reason: str
    actor: str
    decided_on: datetime
    recorded_at: datetime


def elections_of(lake: Lake, region_code: str) -> Calendar:
    """Give the calendar of a region: that of its files, with the newest entry of each code in the store.

    A lake at a past state gives the entries of that state. One that its check refuses counts as not made, see
    `refused_entries`.
    """
    entries: dict[str, Election] = {}
    withdrawn: set[str] = set()
    for entry in calendar_entries(lake, region_code):
        if entry.withdrawn:
            entries.pop(entry.election_code, None)
            withdrawn.add(entry.election_code)
        elif entry.election is not None:
            entries[entry.election_code] = entry.election
            withdrawn.discard(entry.election_code)
    return calendar(region_code).with_entries(entries.values(), withdrawn)


def calendar_entries(lake: Lake, region_code: str) -> tuple[CalendarEntry, ...]:
    """List what people entered into the calendar of a region, oldest first.

    An entry may be older than a rule that it breaks; so may one that repeats an election which thereby is unknown.
    """
    known = {election.code for election in calendar(region_code).elections}
    found = []
    for row in records(queries.election_entries(lake, region_code), _Row):
        election, refusal = _read(row, region_code, known)
        found.append(
            CalendarEntry(
                row.election_code,
                election,
                refusal,
                bool(row.withdrawn),
                row.reason,
                row.actor,
                row.decided_on.date(),
                row.recorded_at,
            )
        )
        known |= {row.election_code} if election else set()
    return tuple(found)


def refused_entries(lake: Lake, region_code: str) -> tuple[CalendarEntry, ...]:
    """List the entries that their check refuses and that no later entry of the same code has put right."""
    newest = {entry.election_code: entry for entry in calendar_entries(lake, region_code)}
    return tuple(entry for entry in newest.values() if entry.refusal and not entry.withdrawn)


def _read(row: _Row, region_code: str, known: set[str]) -> tuple[Election | None, str]:
    try:
        election = _parsed(row.content, region_code)
    except ProfileError as error:
        return None, t.in_words(str(error))
    if election.repeats and election.repeats not in known:
        return None, t.in_words(unknown_repeated(election.code, election.repeats, sorted(known)))
    return replace(election, recorded_by=row.actor, recorded_on=row.decided_on.date()), ""


def enter_election(
    lake: Lake, region_code: str, values: Mapping[str, Any], *, reason: str, actor: Actor, decided_on: date
) -> Election:
    """Enter an election into the calendar of a region, in place of one with its code, and return it.

    Parameters
    ----------
    values
        As a table ``[[elections]]`` of calendar.toml.
    reason
        Why; what identifies a person is masked as in an import.

    Raises
    ------
    ProfileError
        If a value breaks a rule of the calendar, or the reason is blank; the sentence names fields as the page does.
    """
    return _enter(lake, region_code, values, withdrawn=False, reason=reason, actor=actor, decided_on=decided_on)


def withdraw_election(
    lake: Lake, region_code: str, code: str, *, reason: str, actor: Actor, decided_on: date
) -> Election:
    """Take an election out of the calendar of a region; what was entered stays in the journal.

    Raises
    ------
    ProfileError
        If the calendar lacks it, another one repeats it, or the reason is blank.
    """
    values = election_values(elections_of(lake, region_code).election(code))
    return _enter(lake, region_code, values, withdrawn=True, reason=reason, actor=actor, decided_on=decided_on)


def _enter(
    lake: Lake,
    region_code: str,
    values: Mapping[str, Any],
    *,
    withdrawn: bool,
    reason: str,
    actor: Actor,
    decided_on: date,
) -> Election:
    actor.must(May.JUDGE, region_code)
    if not reason.strip():
        raise ProfileError(t.NO_REASON)
    masked = {key: mask_place(text) if isinstance(text, str) else text for key, text in values.items()}
    content = tomli_w.dumps({"code": "", **masked})
    known = elections_of(lake, region_code)
    try:
        election = _parsed(content, region_code)
        known.with_entries((election,), (election.code,) if withdrawn else ())
    except ProfileError as error:
        raise ProfileError(t.in_words(str(error))) from error
    recorded_at = utc_now()
    row = {
        "entry_id": f"{recorded_at:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}",
        "region_code": region_code,
        "election_code": election.code,
        "content": content,
        "withdrawn": withdrawn,
        "reason": mask(reason.strip()),
        "actor": actor.name,
        "decided_on": decided_on,
        "recorded_at": recorded_at,
    }

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        append(cursor, "election_entry", row)

    write(lake, change, author=actor.name, message=t.commit_message(election.name, withdrawn=withdrawn))
    return election


def election_values(election: Election) -> dict[str, Any]:
    """Write an election as the values that `enter_election` reads back to the same."""
    values: dict[str, Any] = {
        "code": election.code,
        "name": election.name,
        "kind": election.kind,
        "voting_day": election.voting_day,
        "voting_day_exception": election.voting_day_exception,
        "max_voters_per_station": election.max_voters_per_station,
        "legal_source": election.legal_source,
        "verify": election.verify,
        "repeats": election.repeats,
        "stations": list(election.stations),
        "areas": list(election.areas),
        "e_voting": election.e_voting,
        "stages": [
            {
                "code": stage.code,
                "name": stage.name,
                "start": stage.start,
                "end": stage.end,
                "source": stage.source,
                "concurrent": stage.concurrent,
                "verify": stage.verify,
            }
            for stage in election.stages
        ],
    }
    return {key: value for key, value in values.items() if value}


def changed_values(
    known: Calendar, code: str, given: Mapping[str, Any], stages: Iterable[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """Lay what is given over what the calendar knows of an election, for `enter_election`.

    What is given as None stays as it is, what is given empty goes. A stage takes the place of the one with its code;
    one without a source rests on the legal basis of the election. A vote that is repeated has, unless given, the
    limit per TPS of the election it repeats; an occasion that is no election has none.
    """
    by_code = {election.code: election for election in known.elections}
    base = election_values(by_code[code]) if code in by_code else {"code": code}
    values = base | {key: value for key, value in given.items() if value is not None}
    repeated = by_code.get(values.get("repeats", ""))
    if repeated is not None and not values.get("max_voters_per_station"):
        values["max_voters_per_station"] = repeated.max_voters_per_station
    if values.get("kind") == NO_ELECTION:
        values.pop("max_voters_per_station", None)
    merged = {stage["code"]: stage for stage in values.get("stages", [])}
    merged |= {stage["code"]: {"source": values.get("legal_source", ""), **stage} for stage in stages}
    values["stages"] = sorted(merged.values(), key=lambda stage: (stage["start"], stage["end"]))
    return {key: value for key, value in values.items() if value or key == "code"}


def stage_code(name: str) -> str:
    """Make the code of a stage from its name: that of a known stage, else its words with hyphens."""
    known = {known_name.lower(): code for code, known_name in t.STAGE_NAMES.items()}
    return known.get(name.strip().lower()) or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def stations_of(lake: Lake, region_code: str, election: Election | None) -> pd.DataFrame:
    """List the TPS that vote in an election, none without one; columns of `data.store.queries.stations`.

    A vote that is repeated has the TPS of the election it repeats: those it names, else all.
    """
    rows = queries.stations(lake, region_code, election.roll_code if election else "")
    if election and election.stations:
        keys = rows["stated_area_code"].astype(str) + "/" + rows["station_number"].astype(str)
        rows = rows[keys.isin(election.stations)].reset_index(drop=True)
    return rows


def unchecked_stations(lake: Lake, region_code: str, election: Election) -> tuple[str, ...]:
    """List the TPS that a revote names and the store does not hold for the election it repeats."""
    rows = queries.stations(lake, region_code, election.roll_code)
    held = set(rows["stated_area_code"].astype(str) + "/" + rows["station_number"].astype(str))
    return tuple(station for station in election.stations if station not in held)


def said_of_entry(lake: Lake, region_code: str, election: Election) -> str:
    """Say that an entered election is kept, and which of the TPS it names could not be checked."""
    roll = elections_of(lake, region_code).election(election.roll_code)
    unchecked = t.unchecked_stations(unchecked_stations(lake, region_code, election), roll.name)
    return " ".join(filter(None, (t.entered(election, withdrawn=False), unchecked)))


def _parsed(content: str, region_code: str) -> Election:
    return read_election(parse_table(content, shown=t.SHOWN_FILE), election_rules(region_code))
