"""Who may bring in which rows: a whole region's, or those of one's own kecamatan and office alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.store.states import UNCHECKED
from lib.people.actor import May
from lib.people.errors import NotOwnRowsError

if TYPE_CHECKING:
    import duckdb

    from lib.intake.kinds import ImportKind
    from lib.people.actor import Actor, Scope

OWN = {"place": "stated_area_code", "district": "stated_district_code", "source": "source_name"}


def recording_scope(actor: Actor, region_code: str, kind: ImportKind, *, typed: bool) -> Scope:
    """Give the part of a region that the actor may bring rows of.

    Files are about the whole region, and so are kinds that name neither a kecamatan nor a source; only typed reports
    may come from a part of it.

    Raises
    ------
    NotAllowedError
        Where the actor may bring in none at all.
    """
    deed = May.RECORD if typed else May.IMPORT
    scope = actor.scope(deed, region_code)
    if not (typed and scope.narrows and set(OWN.values()) <= set(kind.rows.table_columns)) or not actor.may(deed):
        actor.must(deed, region_code)
    return scope


def require_own_rows(
    cursor: duckdb.DuckDBPyConnection, kind: ImportKind, *, row_count: int, actor: Actor, scope: Scope
) -> None:
    """Refuse sorted rows some of which lie outside a narrowed scope, by what they state or by their point.

    A line that waits for mending counts as outside, because its place is not known; so does a report that comes as
    checked already: checking is no deed of whoever records.

    Raises
    ------
    NotOwnRowsError
        If so; nothing may be stored then.
    """
    if not scope.narrows:
        return
    columns = kind.rows.table_columns
    state = "verification" if "verification" in columns else f"'{UNCHECKED}'"
    found = cursor.execute(
        f"SELECT coalesce({OWN['place']}, {OWN['district']}), {OWN['source']}, {state} FROM hashed"
    ).fetchall()
    own = len(found) == row_count and all(
        scope.holds_report(place, source) and known == UNCHECKED for place, source, known in found
    )
    if own and kind.rows.placing:
        points = cursor.execute("SELECT point_area_code FROM located WHERE point_area_code IS NOT NULL").fetchall()
        own = all(replace(scope, sources=None).holds(code) for (code,) in points)
    if not own:
        roles = ", ".join(role.value for role in actor.roles(scope.region_code))
        raise NotOwnRowsError(shown=actor.shown, role=roles, deed=May.RECORD, area_code=scope.region_code)
