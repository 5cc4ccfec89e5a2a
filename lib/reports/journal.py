"""The journal of an incident: who judged its report, when, how and why."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.sort.personal import mask
from data.store import queries
from data.store.journals import append
from data.store.lake import Lake, utc_now, write
from data.store.states import CONTENT_GRADES, SOURCE_GRADES, STATES
from lib import errors
from lib.filters import EVERY_REPORT
from lib.people.actor import May

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    import duckdb
    import pandas as pd

    from lib.people.actor import Actor, Scope
    from lib.rules.regions import Region


@dataclass(frozen=True, slots=True, order=True)
class RowKey:
    """One report: the import that brought it and its line there; written "IMPORT:LINE"."""

    import_id: str
    line_number: int

    def __str__(self) -> str:
        """Write the key as `row_key` reads it."""
        return f"{self.import_id}:{self.line_number}"


def row_key(text: str) -> RowKey:
    """Read a key written "IMPORT:LINE".

    Raises
    ------
    JournalError
        ``bad_key`` when it is written otherwise.
    """
    import_id, _, line = text.strip().rpartition(":")
    if not import_id or not line.isascii() or not line.isdigit():
        raise errors.BadKeyError(text=text)
    return RowKey(import_id, int(line))


def verify(
    lake: Lake,
    region: Region,
    rows: Sequence[RowKey],
    state: str,
    *,
    reason: str,
    actor: Actor,
    decided_on: date,
    source_grade: str | None = None,
    content_grade: str | None = None,
) -> str:
    """Give reports a state, all of them in one transaction or none, and return the entry's id.

    The newest entry of a report holds; a question per day D knows the entries decided until D, and without one
    the status of the report's file. A report that was never judged is never verified by us: it has the status
    that its file states, and `masuk` where the file states none. A grade holds until another one is given;
    None leaves it as it is. Rows named twice are judged once.

    Parameters
    ----------
    reason
        Why; what identifies a person is masked as in an import.
    decided_on
        Local day of the judgement.
    source_grade
        A (always reliable) to F (cannot be judged).
    content_grade
        1 (confirmed by other sources) to 6 (cannot be judged).

    Raises
    ------
    JournalError
        ``no_rows``, ``unknown_state``, ``unknown_grade``, ``empty_reason``, or ``unknown_row`` for a row that
        the region does not have or whose import is undone.
    """
    actor.must(May.JUDGE, region.code)
    keys = sorted(set(rows))
    if not keys:
        raise errors.NoRowsError
    if state not in STATES:
        raise errors.UnknownStateError(state=state, states=tuple(STATES))
    for grade, grades in ((source_grade, SOURCE_GRADES), (content_grade, CONTENT_GRADES)):
        if grade is not None and grade not in grades:
            raise errors.UnknownGradeError(grade=grade, grades=tuple(grades))
    stated = stated_reason(reason)
    recorded_at = utc_now()
    entry_id = journal_id(recorded_at)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        require_rows(cursor, region.code, keys)
        entry = {
            "entry_id": entry_id,
            "region_code": region.code,
            **key_columns(keys),
            "state": state,
            "source_grade": source_grade,
            "content_grade": content_grade,
            "reason": stated,
            "actor": actor.name,
            "decided_on": decided_on,
            "recorded_at": recorded_at,
        }
        append(cursor, "verification_entry", entry)

    write(lake, change, author=actor.name, message=f"{state}: {len(keys)} laporan")
    return entry_id


def journal(lake: Lake, region_code: str, key: RowKey, *, scope: Scope = EVERY_REPORT) -> pd.DataFrame:
    """List the states of one report, oldest first; columns of `data.store.queries.verification_journal`.

    The first line is the status in the report's own file: decided on the day it was reported, recorded by
    whoever imported it, without a reason.

    Raises
    ------
    JournalError
        ``unknown_row`` when the region has no such row, its import is undone, or it lies outside the scope.
    """
    place = queries.report_place(lake, region_code, key.import_id, key.line_number)
    if place is None or not scope.holds_report(*place):
        raise errors.UnknownRowError(key=str(key))
    entries = queries.verification_journal(lake, region_code, key.import_id, key.line_number)
    if entries.empty or entries["entry_id"].notna().all():
        raise errors.UnknownRowError(key=str(key))
    return entries


def stated_reason(reason: str) -> str:
    """Give a reason without blanks around it and without what identifies a person.

    An empty one is refused, because a journal without reasons is none.
    """
    if not reason.strip():
        raise errors.EmptyReasonError
    return mask(reason.strip())


def journal_id(recorded_at: datetime) -> str:
    """Make the id of an entry or decision; ids sort by the time they were recorded."""
    return f"{recorded_at:%Y%m%d-%H%M%S-%f}-{secrets.token_hex(2)}"


def require_rows(cursor: duckdb.DuckDBPyConnection, region_code: str, keys: Sequence[RowKey]) -> None:
    """Refuse the first key that is no incident of the region, or whose import is undone."""
    found = queries.run(cursor, "known_rows", region_code=region_code, **key_columns(keys)).fetchall()
    missing = sorted(set(keys) - {RowKey(*row) for row in found})
    if missing:
        raise errors.UnknownRowError(key=str(missing[0]))


def key_columns(keys: Sequence[RowKey]) -> dict[str, list[str] | list[int]]:
    """Give the keys as two columns, as queries and journals take them."""
    return {"import_id": [key.import_id for key in keys], "line_number": [key.line_number for key in keys]}
