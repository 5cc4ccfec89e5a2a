"""The deeds that may need four eyes: done at once, or proposed and carried out when another person confirms them.

Each takes `Eyes`: with two the deed is done as `lib.intake`, `lib.score` and `lib.warnings` do it; with four it is
written down as a `Waiting` and changes nothing until `decide`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from data.store import queries
from data.store.journals import append_from
from data.store.lake import Lake, open_at, utc_now, write
from data.store.states import UNCHECKED
from lib import errors
from lib.intake.boundaries import import_boundaries, relocate_on_boundaries_in_force
from lib.intake.reading import TypedRows
from lib.intake.rows import import_rows
from lib.intake.undo import carry_out_undo, require_undoable, undo_import
from lib.people.actor import May
from lib.proposals import journal
from lib.proposals.journal import AGREED, DECLINED, Proposal
from lib.region.weights import parse_weights
from lib.reports.journal import journal_id
from lib.score import frozen_scale
from lib.score.weight_sets import append_weights, save_weights, worth_saving
from lib.texts import proposals as texts
from lib.warnings import forecasts, ledger
from lib.warnings.alerts import load_alerts
from lib.warnings.issues import ALERT, FORECAST, issuing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import duckdb

    from data.limits import Limits
    from lib.intake.options import ImportOptions, Progress
    from lib.intake.rows import ImportResult, RowImport
    from lib.intake.undo import Undone
    from lib.people.actor import Actor
    from lib.proposals.eyes import Eyes
    from lib.rules.regions import Region
    from lib.rules.weights import Weights
    from lib.warnings.alerts import AlertDay
    from lib.warnings.forecasts import Forecasts

    Deed = Callable[[duckdb.DuckDBPyConnection], object]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A deed that was proposed and not done."""

    proposal_id: str


def undo(lake: Lake, region: Region, import_id: str, *, reason: str, actor: Actor, eyes: Eyes) -> Undone | Waiting:
    """Take an import back; see `lib.intake.undo.undo_import`."""
    if not eyes.four:
        return undo_import(lake, region, import_id, reason=reason, actor=actor)
    actor.must(May.IMPORT, region.code)

    def change(cursor: duckdb.DuckDBPyConnection) -> Waiting:
        require_undoable(cursor, region, import_id, reason)
        return _propose(cursor, region.code, journal.UNDO, import_id, {}, reason=reason, actor=actor)

    return write(lake, change, author=actor.name, message=f"usul batal {import_id}")


def change_weights(
    lake: Lake, region_code: str, content: str, *, reason: str, actor: Actor, eyes: Eyes
) -> Weights | Waiting:
    """Put weights in force; see `lib.score.weight_sets.save_weights`."""
    if not eyes.four:
        return save_weights(lake, region_code, content, actor=actor, reason=reason)
    actor.must(May.JUDGE, region_code)
    chosen = worth_saving(lake, region_code, content, reason)

    def change(cursor: duckdb.DuckDBPyConnection) -> Waiting:
        facts = {"toml": content, "versi": chosen.version}
        return _propose(cursor, region_code, journal.WEIGHTS, chosen.digest, facts, reason=reason, actor=actor)

    return write(lake, change, author=actor.name, message=f"usul bobot {chosen.version}")


def take_boundaries(
    lake: Lake,
    region: Region,
    path: Path,
    *,
    options: ImportOptions,
    limits: Limits,
    progress: Progress,
    actor: Actor,
    eyes: Eyes,
) -> tuple[ImportResult, Waiting | None]:
    """Take boundaries in; others than the first of a region count only when confirmed, if four eyes are due."""
    made: list[Waiting] = []

    def propose(cursor: duckdb.DuckDBPyConnection, import_id: str) -> None:
        made[:] = [
            _propose(
                cursor, region.code, journal.BOUNDARIES, import_id, {"berkas": path.name}, reason="", actor=actor
            )
        ]

    result = import_boundaries(
        lake,
        region,
        path,
        actor=actor,
        options=options,
        limits=limits,
        progress=progress,
        propose=propose if eyes.four else None,
    )
    return result, made[0] if made else None


def take_rows(task: RowImport, *, actor: Actor, eyes: Eyes) -> tuple[ImportResult, Waiting | None]:
    """Take rows in; what a file calls verified counts as unchecked until confirmed, if four eyes are due.

    Typed rows are judged one by one in the journal of reports, by whoever may; a file brings its verdicts in bulk.
    """
    if not eyes.four or isinstance(task.source, TypedRows):
        return import_rows(task, actor=actor), None
    made: list[Waiting] = []

    def withhold(cursor: duckdb.DuckDBPyConnection, import_id: str) -> None:
        entry_id = journal_id(utc_now())
        found = queries.run(cursor, "withheld_states", import_id=import_id, entry_id=entry_id).fetchall()
        if not found:
            return
        _append_states(
            cursor,
            import_id,
            entry_id,
            entry_id,
            state=f"'{UNCHECKED}'",
            day="reported_on",
            reason=texts.WITHHELD,
            actor_name=actor.name,
        )
        facts = {"catatan": entry_id, "baris": len(found), "berkas": task.source.name}
        made[:] = [_propose(cursor, task.region.code, journal.STATES, import_id, facts, reason="", actor=actor)]

    return import_rows(replace(task, also=withhold), actor=actor), made[0] if made else None


def issue_alerts(
    lake: Lake,
    region_code: str,
    day: AlertDay,
    *,
    snapshot: int,
    simulated: bool,
    issued_on: date,
    actor: Actor,
    eyes: Eyes,
) -> str | Waiting:
    """Issue the alerts of a day; see `lib.warnings.ledger.issue_alerts`."""
    if not eyes.four:
        return ledger.issue_alerts(
            lake, region_code, day, snapshot=snapshot, simulated=simulated, actor=actor, issued_on=issued_on
        )
    facts = {"keadaan": snapshot, "simulasi": simulated, "baris": len(day.alerts), "terbit": issued_on.isoformat()}
    return _propose_issue(lake, region_code, journal.ALERTS, day.as_of, facts, actor=actor)


def issue_forecasts(
    lake: Lake, found: Forecasts, *, snapshot: int, issued_on: date, actor: Actor, eyes: Eyes
) -> str | Waiting:
    """Issue the forecasts of a day; see `lib.warnings.forecasts.publish`."""
    if not eyes.four:
        return forecasts.publish(lake, found, snapshot=snapshot, actor=actor, issued_on=issued_on)
    vote = found.voting_day.isoformat() if found.voting_day else None
    facts = {"keadaan": snapshot, "hari_pemungutan": vote, "terbit": issued_on.isoformat()}
    return _propose_issue(lake, found.region_code, journal.FORECASTS, found.as_of, facts, actor=actor)


def decide(
    lake: Lake, region: Region, proposal_id: str, *, agreed: bool, reason: str, actor: Actor, today: date
) -> Proposal:
    """Confirm a proposal, which carries it out in the same transaction, or decline it; give the proposal.

    What a deed needs is looked at again: what has become impossible since is refused and the proposal still waits.

    Raises
    ------
    NotAllowedError
        When the actor may not approve here.
    ProposalError
        When there is no such proposal, it was decided, it is the actor's own, or it is declined without a reason.
    """
    actor.must(May.APPROVE, region.code)
    if not agreed and not reason.strip():
        raise errors.DeclinedWithoutReasonError
    known = {found.proposal_id: found for found in journal.proposals(lake, region.code)}
    asked = known.get(proposal_id)
    if asked is not None and asked.actor == actor.name:
        raise errors.OwnProposalError(proposal_id=proposal_id)
    deed = _deed(lake, region, asked, actor, today) if agreed and asked and asked.outcome is None else None

    def change(cursor: duckdb.DuckDBPyConnection) -> Proposal:
        found = journal.undecided(cursor, region.code, proposal_id)
        journal.append_decision(cursor, found, AGREED if agreed else DECLINED, reason=reason, actor_name=actor.name)
        if deed is not None:
            deed(cursor)
        return found

    done = write(lake, change, author=actor.name, message=f"{AGREED if agreed else DECLINED} usulan {proposal_id}")
    if agreed and done.kind == journal.WEIGHTS:
        frozen_scale.freeze_if_due(lake, region.code, parse_weights(done.facts["toml"]))
    return done


def _deed(lake: Lake, region: Region, found: Proposal, actor: Actor, today: date) -> Deed:
    """Give what carries a proposal out; journals name the proposer, the decision whoever confirmed it."""
    facts, kind = found.facts, found.kind
    if kind == journal.UNDO:
        return lambda cursor: carry_out_undo(
            cursor, region, found.subject, reason=found.reason, actor_name=found.actor
        )
    if kind == journal.WEIGHTS:
        chosen = worth_saving(lake, region.code, facts["toml"], found.reason)
        return lambda cursor: append_weights(
            cursor, region.code, chosen, facts["toml"], author=found.actor, reason=found.reason
        )
    if kind == journal.BOUNDARIES:
        return lambda cursor: relocate_on_boundaries_in_force(cursor, region)
    if kind == journal.STATES:
        return lambda cursor: _append_states(
            cursor,
            found.subject,
            facts["catatan"],
            journal_id(utc_now()),
            state="state",
            day=f"DATE '{today.isoformat()}'",
            reason=texts.confirmed(found.proposal_id, facts["berkas"]),
            actor_name=actor.name,
        )
    return _issue(lake, region.code, found)


def _issue(lake: Lake, region_code: str, found: Proposal) -> Deed:
    """Work warnings out again, from the very state of the store that they were proposed from, and issue them."""
    facts, snapshot = found.facts, int(found.facts["keadaan"])
    state = open_at(lake, snapshot)
    as_of, issued_on = date.fromisoformat(found.subject), date.fromisoformat(facts["terbit"])
    if found.kind == journal.ALERTS:
        day = load_alerts(state, region_code, as_of=as_of)
        record = ledger.issue_record(
            lake, region_code, day, snapshot=snapshot, simulated=facts["simulasi"], issued_on=issued_on
        )
        return issuing(region_code, ALERT, actor_name=found.actor, **record)
    voting_day = date.fromisoformat(facts["hari_pemungutan"]) if facts["hari_pemungutan"] else None
    made = forecasts.forecasts(state, region_code, as_of=as_of, voting_day=voting_day)
    record = forecasts.issue_record(state, made, snapshot=snapshot, issued_on=issued_on)
    return issuing(region_code, FORECAST, actor_name=found.actor, **record)


def _propose(
    cursor: duckdb.DuckDBPyConnection,
    region_code: str,
    kind: str,
    subject: str,
    facts: Mapping[str, object],
    *,
    reason: str,
    actor: Actor,
) -> Waiting:
    return Waiting(
        journal.append_proposal(cursor, region_code, kind, subject, facts, reason=reason, actor_name=actor.name)
    )


def _propose_issue(
    lake: Lake, region_code: str, kind: str, as_of: date, facts: Mapping[str, object], *, actor: Actor
) -> Waiting:
    actor.must(May.JUDGE, region_code)

    def change(cursor: duckdb.DuckDBPyConnection) -> Waiting:
        return _propose(cursor, region_code, kind, as_of.isoformat(), facts, reason="", actor=actor)

    return write(lake, change, author=actor.name, message=f"usul {kind} {as_of}")


def _append_states(
    cursor: duckdb.DuckDBPyConnection,
    import_id: str,
    withheld_by: str,
    entry_id: str,
    *,
    state: str,
    day: str,
    reason: str,
    actor_name: str,
) -> None:
    """Give the rows that a file calls verified a state in the journal; but not those that a person judged since.

    `withheld_by` is the entry that made them wait; `state` and `day` are SQL over ``withheld_states``.
    """
    append_from(
        cursor,
        "verification_entry",
        f"""SELECT $number AS entry_id, region_code, import_id, line_number, {state} AS state,
            NULL AS source_grade, NULL AS content_grade, $reason AS reason, $actor AS actor, {day} AS decided_on,
            $recorded_at::TIMESTAMP AS recorded_at
        FROM ({queries.text("withheld_states")})""",
        {
            "number": entry_id,
            "entry_id": withheld_by,
            "import_id": import_id,
            "reason": reason,
            "actor": actor_name,
            "recorded_at": utc_now(),
        },
    )
