"""The journal of proposals: what waits for a second person, who proposed it, what was decided."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.sort.personal import mask
from data.store import queries
from data.store.journals import append
from data.store.lake import Lake, utc_now
from lib import errors
from lib.reports.journal import journal_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import duckdb

UNDO, WEIGHTS, BOUNDARIES, STATES, ALERTS, FORECASTS = (
    *("batal_impor", "bobot", "batas", "status_berkas", "peringatan", "ramalan"),
)
AGREED, DECLINED = "setuju", "tolak"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal and what became of it; `outcome` is None while it waits. As `data.store.queries.proposals`."""

    proposal_id: str
    kind: str
    subject: str
    content: str
    reason: str
    actor: str
    recorded_at: datetime
    outcome: str | None
    decided_by: str | None
    decision_reason: str | None
    decided_at: datetime | None

    @property
    def facts(self) -> dict[str, Any]:
        """Give what the deed needs."""
        found: dict[str, Any] = json.loads(self.content)
        return found


def proposals(lake: Lake, region_code: str) -> list[Proposal]:
    """List what was proposed for a region, newest first."""
    return [Proposal(*row) for row in queries.proposals(lake, region_code)]


def waiting(lake: Lake, region_code: str) -> list[Proposal]:
    """List what still waits for a second person, oldest first."""
    return [found for found in reversed(proposals(lake, region_code)) if found.outcome is None]


def append_proposal(
    cursor: duckdb.DuckDBPyConnection,
    region_code: str,
    kind: str,
    subject: str,
    facts: Mapping[str, object],
    *,
    reason: str,
    actor_name: str,
) -> str:
    """Write a proposal inside a transaction and give its number.

    The same deed proposed again while it waits is the proposal that waits. A reason is masked as any typed text.
    """
    content = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    for found in _standing(cursor, region_code):
        if found.outcome is None and (found.kind, found.subject, found.content) == (kind, subject, content):
            return found.proposal_id
    recorded_at = utc_now()
    row: dict[str, object] = {
        "proposal_id": journal_id(recorded_at),
        "region_code": region_code,
        "kind": kind,
        "subject": subject,
        "content": content,
        "reason": mask(reason.strip()),
        "actor": actor_name,
        "recorded_at": recorded_at,
    }
    append(cursor, "proposal", row)
    return str(row["proposal_id"])


def append_decision(
    cursor: duckdb.DuckDBPyConnection, found: Proposal, outcome: str, *, reason: str, actor_name: str
) -> None:
    """Write what was decided inside a transaction."""
    row = {"proposal_id": found.proposal_id, "outcome": outcome, "reason": mask(reason.strip()), "actor": actor_name}
    append(cursor, "proposal_decision", row | {"recorded_at": utc_now()})


def undecided(cursor: duckdb.DuckDBPyConnection, region_code: str, proposal_id: str) -> Proposal:
    """Give a proposal that still waits.

    Raises
    ------
    ProposalError
        When the region has no such proposal, or it was decided.
    """
    for found in _standing(cursor, region_code):
        if found.proposal_id == proposal_id:
            if found.outcome is not None:
                raise errors.DecidedError(proposal_id=proposal_id, outcome=found.outcome, name=found.decided_by or "")
            return found
    raise errors.UnknownProposalError(proposal_id=proposal_id)


def _standing(cursor: duckdb.DuckDBPyConnection, region_code: str) -> list[Proposal]:
    return [Proposal(*row) for row in queries.run(cursor, "proposals", region_code=region_code).fetchall()]
