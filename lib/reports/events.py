"""One event, many reports: propose which reports belong together, keep what people decided, and take it back."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from data.store import queries
from data.store.journals import append
from data.store.lake import Lake, utc_now, write
from lib import errors
from lib.people.actor import May
from lib.records import PairRow, ReportRow, records
from lib.reports.journal import RowKey, journal_id, key_columns, require_rows, stated_reason
from lib.rules.pairing import Pairing, pairing
from lib.rules.taxonomy import taxonomy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import duckdb

    from lib.filters import Filters
    from lib.people.actor import Actor
    from lib.rules.regions import Region

ONE, APART = "satu", "terpisah"
SPREADS = ("time", "place", "family")


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of reports for a person to judge, and how far the search reached.

    `pairs` has the columns of `data.store.queries.report_pairs` without the three counts. `report_count` counts the
    reports of the period that have a place and are not rejected, `searched_count` those that were compared,
    `pair_count` the pairs found, of which `pairs` may hold only the first.
    """

    pairs: pd.DataFrame
    report_count: int
    searched_count: int
    pair_count: int


@dataclass(frozen=True, slots=True)
class Merged:
    """A decision that reports tell of one event, and what the event is now.

    `report_count` counts all its members, `apart` names in what two of them lie further apart than the limits of
    a pair, or are of different kind: ``time``, ``place``, ``family``; usually nothing.
    """

    decision_id: str
    report_count: int
    apart: tuple[str, ...]


def candidates(
    lake: Lake, region_code: str, *, as_of: date, start: date, end: date, limits: Pairing | None = None
) -> Candidates:
    """Pair the reports of a period that may tell of one event, the most alike first.

    Two reports known on `as_of`, neither rejected, make a pair when all of this holds (the numbers are `limits`,
    by default those of `lib.rules.pairing`):

    - time: at most 48 hours lie between them; where either states no hour, at most one day, so that the limit
      holds whatever the hour was;
    - place: their points lie at most 1 km apart (great circle on a sphere of 6,371,008.8 m, which is within
      0.6 % of the ellipsoid), or they are in the same area; a report known to a district only pairs with none;
    - kind: their categories are of one family;
    - text: the Jaccard overlap of their words (folded to lower case without accents, three letters or more,
      function words left out), plus a bonus for the same category, reaches the minimum. Where either has no
      text, the same category is asked for instead and the confidence is low.

    Text alone never makes a pair: the same sentence from another town or year is another event. Reports that
    stand in one event make no pair, nor do two events (or reports) of which members were decided to be apart.
    Two events make one pair, that of their most similar reports.

    The work is bounded: the newest reports of the period, and so many of one family, day and place.
    """
    limits = limits or pairing()
    known = taxonomy().categories
    found = queries.report_pairs(
        lake,
        region_code,
        as_of=as_of,
        start=start,
        end=end,
        hours=limits.hours,
        distance_m=limits.distance_m,
        text_minimum=limits.text_minimum,
        same_category_bonus=limits.same_category_bonus,
        confidence_without_text=limits.confidence_without_text,
        ignored_words=list(limits.ignored_words),
        categories=[category.code for category in known],
        families=[category.family for category in known],
        most_reports=limits.most_reports,
        most_per_block=limits.most_per_block,
        most_pairs=limits.most_pairs,
    )
    counts = ["report_count", "searched_count", "pair_count"]
    pairs = found[found["first_import_id"].notna()].drop(columns=counts).reset_index(drop=True)
    lines = {"first_line_number": "int64", "second_line_number": "int64"}
    return Candidates(pairs.astype(lines), *(int(found[name].iloc[0]) for name in counts))


def merge(
    lake: Lake, region: Region, keys: Sequence[RowKey], *, reason: str, actor: Actor, decided_on: date
) -> Merged:
    """Decide that reports tell of one event.

    The decision takes in the whole of every event that a report stands in now, so that what was one stays one.
    The sources stay as they are: every report is still listed, and the event counts once. Whoever decides may
    know better than the limits of `lib.rules.pairing`, so that members far apart are told and not refused.

    Raises
    ------
    JournalError
        ``one_row`` for fewer than two reports, ``same_event`` when they are one event already,
        ``empty_reason``, ``unknown_row``.
    """
    actor.must(May.JUDGE, region.code)
    stated = stated_reason(reason)
    chosen = _at_least_two(keys)

    def members(cursor: duckdb.DuckDBPyConnection) -> list[RowKey]:
        events = _present_events(cursor, region.code)
        own = {events.get(key, str(key)) for key in chosen}
        if len(own) == 1:
            raise errors.SameEventError(event_id=own.pop())
        return sorted({*chosen, *(key for key, event in events.items() if event in own)})

    decision_id, taken_in = _decide(
        lake, region, ONE, chosen, members, reason=stated, actor=actor, decided_on=decided_on
    )
    return Merged(decision_id, len(taken_in), _apart(lake, taken_in))


def keep_apart(
    lake: Lake, region: Region, keys: Sequence[RowKey], *, reason: str, actor: Actor, decided_on: date
) -> str:
    """Decide that no two of some reports tell of one event, and return the decision's id.

    They, and the events they stand in, are not proposed again. A later merge overrides it.

    Raises
    ------
    JournalError
        ``one_row`` for fewer than two reports, ``one_event`` when two of them stand in one event (undo that
        decision first), ``empty_reason``, ``unknown_row``.
    """
    actor.must(May.JUDGE, region.code)
    stated = stated_reason(reason)
    chosen = _at_least_two(keys)

    def members(cursor: duckdb.DuckDBPyConnection) -> list[RowKey]:
        events = _present_events(cursor, region.code)
        own = [events[key] for key in chosen if key in events]
        if len(own) > len(set(own)):
            raise errors.OneEventError(event_id=max(own, key=own.count))
        return chosen

    decision_id, _ = _decide(lake, region, APART, chosen, members, reason=stated, actor=actor, decided_on=decided_on)
    return decision_id


def undo_decision(lake: Lake, region: Region, decision_id: str, *, reason: str, actor: Actor) -> None:
    """Take a decision back, as if it had never been made; each report then follows its newest other decision.

    Raises
    ------
    JournalError
        ``unknown_decision``, ``already_undone``, ``empty_reason``.
    """
    actor.must(May.JUDGE, region.code)
    stated = stated_reason(reason)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        row = queries.run(cursor, "event_decision_state", region_code=region.code, decision_id=decision_id).fetchone()
        if row is None:
            raise errors.UnknownDecisionError(decision_id=decision_id)
        if row[0]:
            raise errors.AlreadyUndoneError(decision_id=decision_id)
        undone = {"decision_id": decision_id, "reason": stated, "actor": actor.name, "recorded_at": utc_now()}
        append(cursor, "event_decision_undo", undone)

    write(lake, change, author=actor.name, message=f"keputusan {decision_id} dibatalkan")


def concerning(pairs: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Keep the pairs of which at least one report is of the chosen categories, states and districts."""
    keep = pd.Series(data=False, index=pairs.index)
    for side in ("first", "second"):
        own = pd.Series(data=True, index=pairs.index)
        if filters.categories:
            own &= pairs[f"{side}_category_code"].isin(filters.categories)
        if filters.verifications:
            own &= pairs[f"{side}_verification"].isin(filters.verifications)
        if filters.district_codes:
            own &= pairs[f"{side}_area_code"].str.slice(0, 8).isin(filters.district_codes)
        keep |= own
    return pairs[keep].reset_index(drop=True)


def pair_rows(pairs: pd.DataFrame) -> Iterator[tuple[PairRow, ReportRow, ReportRow]]:
    """Give of each pair what its two reports have in common, and the two."""

    def side(name: str) -> Iterator[ReportRow]:
        return records(pairs.rename(columns=lambda column: column.removeprefix(f"{name}_")), ReportRow)

    return zip(records(pairs, PairRow), side("first"), side("second"), strict=True)


def decisions(lake: Lake, region_code: str) -> pd.DataFrame:
    """List the decisions of a region, newest first; columns of `data.store.queries.event_decisions`."""
    return queries.event_decisions(lake, region_code)


def _at_least_two(keys: Sequence[RowKey]) -> list[RowKey]:
    chosen = sorted(set(keys))
    if len(chosen) < 2:
        raise errors.OneRowError
    return chosen


def _present_events(cursor: duckdb.DuckDBPyConnection, region_code: str) -> dict[RowKey, str]:
    """Give the event of every report that stands in one now, whatever the day it was decided on."""
    rows = queries.run_known(cursor, "event_members", region_code=region_code, as_of=date.max).fetchall()
    return {RowKey(import_id, line): str(event) for import_id, line, event in rows}


def _decide(
    lake: Lake,
    region: Region,
    outcome: str,
    chosen: list[RowKey],
    members: Callable[[duckdb.DuckDBPyConnection], list[RowKey]],
    *,
    reason: str,
    actor: Actor,
    decided_on: date,
) -> tuple[str, list[RowKey]]:
    """Write a decision about the reports that `members` finds, seen from inside the same transaction.

    Returns the decision's id and those reports.
    """
    recorded_at = utc_now()
    decision_id = journal_id(recorded_at)

    def change(cursor: duckdb.DuckDBPyConnection) -> list[RowKey]:
        require_rows(cursor, region.code, chosen)
        taken_in = members(cursor)
        append(cursor, "event_decision_member", {"decision_id": decision_id, **key_columns(taken_in)})
        decision = {
            "decision_id": decision_id,
            "region_code": region.code,
            "outcome": outcome,
            "reason": reason,
            "actor": actor.name,
            "decided_on": decided_on,
            "recorded_at": recorded_at,
        }
        append(cursor, "event_decision", decision)
        return taken_in

    message = f"{outcome}: {', '.join(map(str, chosen[:3]))}"
    return decision_id, write(lake, change, author=actor.name, message=message)


def _apart(lake: Lake, keys: Sequence[RowKey]) -> tuple[str, ...]:
    """Name in what two of some reports lie further apart than a pair may (`Merged`).

    A report without point, area and district lies apart from none.
    """
    limits, known = pairing(), taxonomy().categories
    with closing(lake.cursor()) as cursor:
        found = queries.run(
            cursor,
            "event_spread",
            hours=limits.hours,
            distance_m=limits.distance_m,
            categories=[category.code for category in known],
            families=[category.family for category in known],
            **key_columns(keys),
        ).fetchall()[0]
    return tuple(name for name, is_so in zip(SPREADS, found, strict=True) if is_so)
