"""Take an import back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.sort.personal import mask
from data.store import imports, queries
from data.store.lake import Lake, utc_now, write
from lib.errors import ImportUndoneError, UndoWithoutReasonError, UnknownUndoError
from lib.intake.boundaries import relocate_on_boundaries_in_force
from lib.intake.kinds import AREA
from lib.people.actor import May

if TYPE_CHECKING:
    import duckdb

    from lib.people.actor import Actor
    from lib.rules.regions import Region


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing an import took away besides its own delivery.

    `duplicate_count` rows of the standing imports `import_ids` were duplicates of the undone one: they were
    delivered again but never stored a second time, so nothing counts them any more until their files are
    imported anew.
    """

    duplicate_count: int
    import_ids: tuple[str, ...]


def undo_import(lake: Lake, region: Region, import_id: str, *, reason: str, actor: Actor) -> Undone:
    """Take an import back: its rows stay in the store and no longer count.

    Rows that a standing import delivered as duplicates of them count no longer either; they are told. Raises
    `UndoError` when the region has no such import, it is undone already, or no reason is given.
    """
    actor.must(May.IMPORT, region.code)

    def change(cursor: duckdb.DuckDBPyConnection) -> Undone:
        return carry_out_undo(cursor, region, import_id, reason=reason, actor_name=actor.name)

    return write(lake, change, author=actor.name, message=f"batal {import_id}")


def require_undoable(cursor: duckdb.DuckDBPyConnection, region: Region, import_id: str, reason: str) -> str:
    """Give the kind of an import that may be taken back; raises `UndoError` otherwise, as `undo_import` says."""
    if not reason.strip():
        raise UndoWithoutReasonError
    known = queries.run(cursor, "import_kind", region_code=region.code, import_id=import_id).fetchone()
    if known is None:
        raise UnknownUndoError(import_id=import_id)
    kind, undone = known
    if undone:
        raise ImportUndoneError(import_id=import_id)
    return str(kind)


def carry_out_undo(
    cursor: duckdb.DuckDBPyConnection, region: Region, import_id: str, *, reason: str, actor_name: str
) -> Undone:
    """Take an import back inside a transaction; see `undo_import`."""
    kind = require_undoable(cursor, region, import_id, reason)
    imports.store_undo(cursor, import_id, reason=mask(reason.strip()), actor=actor_name, recorded_at=utc_now())
    if kind == AREA:
        relocate_on_boundaries_in_force(cursor, region)
    also = queries.run(cursor, "duplicates_of", import_id=import_id).fetchall()
    return Undone(sum(int(count) for _, count in also), tuple(str(number) for number, _ in also))
