"""Take files in: where data and geometry meet on the way in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from data.limits import Limits
from data.store import imports, queries
from data.store.lake import Lake, utc_now, write
from lib.errors import ImportUndoneError, UndoWithoutReasonError, UnknownUndoError
from lib.intake import boundaries as boundary_intake
from lib.intake import rows as row_intake
from lib.intake.options import ImportOptions, silent
from lib.intake.rows import ImportResult, Preview, RowImport
from lib.region.weights import weights_in_force
from lib.score.frozen_scale import freeze_if_due

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from lib.intake.options import Progress
    from lib.intake.reading import TypedRows
    from lib.rules.regions import Region

__all__ = [
    "ImportResult",
    "Preview",
    "Undone",
    "import_boundaries",
    "import_incidents",
    "import_rows",
    "import_stations",
    "preview",
    "undo_import",
]

NO_OPTIONS = ImportOptions()
USUAL_LIMITS = Limits()
NO_DAY = date.max


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing an import took away besides its own delivery.

    `duplicate_count` rows of the standing imports `import_ids` were duplicates of the undone one: they were
    delivered again but never stored a second time, so nothing counts them any more until their files are
    imported anew.
    """

    duplicate_count: int
    import_ids: tuple[str, ...]


def import_boundaries(
    lake: Lake,
    region: Region,
    path: Path,
    *,
    actor: str,
    options: ImportOptions = NO_OPTIONS,
    limits: Limits = USUAL_LIMITS,
    progress: Progress = silent,
) -> ImportResult:
    """Take in a boundary file; see `lib.intake.boundaries.import_boundaries`."""
    return boundary_intake.import_boundaries(
        lake, region, path, actor=actor, options=options, limits=limits, progress=progress
    )


def import_rows(
    lake: Lake,
    region: Region,
    source: Path | TypedRows,
    *,
    kind: str,
    today: date,
    actor: str,
    options: ImportOptions = NO_OPTIONS,
    limits: Limits = USUAL_LIMITS,
    progress: Progress = silent,
) -> ImportResult:
    """Take in a file of rows of any kind; see `lib.intake.rows.import_rows`.

    Incidents may make the scale of the score due to be frozen.
    """
    result = row_intake.import_rows(
        RowImport(lake, region, source, kind, today, options, limits, progress), actor=actor
    )
    if kind == "incident":
        freeze_if_due(lake, region.code, weights_in_force(lake, region.code))
    return result


def import_incidents(
    lake: Lake, region: Region, source: Path | TypedRows, *, today: date, actor: str
) -> ImportResult:
    """Take in an incident file that leaves nothing open; see `import_rows`."""
    return import_rows(lake, region, source, kind="incident", today=today, actor=actor)


def import_stations(lake: Lake, region: Region, source: Path | TypedRows, *, actor: str) -> ImportResult:
    """Take in a TPS list that leaves nothing open; it holds no days. See `import_rows`."""
    return import_rows(lake, region, source, kind="station", today=NO_DAY, actor=actor)


def preview(
    lake: Lake,
    region: Region,
    source: Path | TypedRows,
    *,
    kind: str,
    today: date,
    options: ImportOptions = NO_OPTIONS,
    limits: Limits = USUAL_LIMITS,
    progress: Progress = silent,
) -> Preview:
    """Say what would come of an import; see `lib.intake.rows.preview_rows`."""
    return row_intake.preview_rows(RowImport(lake, region, source, kind, today, options, limits, progress))


def undo_import(lake: Lake, region: Region, import_id: str, *, reason: str, actor: str) -> Undone:
    """Take an import back: its rows stay in the store and no longer count.

    Rows that a standing import delivered as duplicates of them count no longer either; they are told.

    Raises
    ------
    UndoError
        When the region has no such import, it is undone already, or no reason is given.
    """
    if not reason.strip():
        raise UndoWithoutReasonError

    def change(cursor: duckdb.DuckDBPyConnection) -> Undone:
        known = queries.run(cursor, "import_kind", region_code=region.code, import_id=import_id).fetchone()
        if known is None:
            raise UnknownUndoError(import_id=import_id)
        kind, undone = known
        if undone:
            raise ImportUndoneError(import_id=import_id)
        imports.store_undo(cursor, import_id, reason=reason, actor=actor, recorded_at=utc_now())
        if kind == "area":
            boundary_intake.relocate_on_boundaries_in_force(cursor, region)
        also = queries.run(cursor, "duplicates_of", import_id=import_id).fetchall()
        return Undone(sum(int(count) for _, count in also), tuple(str(number) for number, _ in also))

    return write(lake, change, author=actor, message=f"batal {import_id}")
