"""Take rows in: read, map, sort, place, store; or do all but the storing and say what would come of it."""

from __future__ import annotations

import secrets
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from data import digests
from data.characters import visible
from data.errors import BoundariesChangedError, translated
from data.limits import DEFAULT_LIMITS
from data.read.heads import normalise_head
from data.read.refusal import TableError
from data.sort.coordinate_repair import Extent
from data.sort.personal import mask_file_name, name_heads
from data.sort.row_kind import Knowledge
from data.sort.sorting import sort_rows
from data.store import imports, queries
from data.store.copies import copy_place, room_for_copies
from data.store.imports import ImportHeader, RowCounts
from data.store.lake import Lake, utc_now, write
from lib.intake import placing, reading
from lib.intake.kinds import KINDS, indicator_columns
from lib.intake.options import NO_OPTIONS, ImportOptions, silent
from lib.intake.own_rows import recording_scope, require_own_rows
from lib.intake.place_names import place_resolver
from lib.intake.reading import TypedRows
from lib.region.areas import load_areas
from lib.region.measure import utm_epsg
from lib.region.weights import weights_in_force
from lib.rules.intake import import_rules
from lib.rules.regions import Region, weights
from lib.score.frozen_scale import freeze_if_due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    import duckdb
    import geopandas as gpd
    import pandas as pd

    from data.limits import Limits
    from data.read.rows import TextTable
    from data.sort.row_kind import Placing
    from lib.intake.mapping_toml import ColumnMapping
    from lib.intake.options import Progress
    from lib.people.actor import Actor, Scope

ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of an import: rows = accepted + quarantined + duplicate."""

    import_id: str
    kind: str
    file_name: str
    counts: RowCounts
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """What would come of an import, without anything stored.

    `faults` has the columns of `data.store.queries.quarantine` (at most `MOST_FAULTS` of them), `fault_counts` rule
    and line_count, `repairs` those of table repair summed up by column and rule with an example, `questions` the
    names that are only alike (name, kecamatan, area code, likeness).
    """

    kind: str
    file_name: str
    mapping: ColumnMapping
    heads: tuple[str, ...]
    counts: RowCounts
    facts: Mapping[str, object]
    faults: pd.DataFrame
    fault_counts: pd.DataFrame
    repairs: pd.DataFrame
    questions: pd.DataFrame
    sample: pd.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class RowImport:
    """What is to be imported, and how: a file or typed rows of one kind into a region of a store."""

    lake: Lake
    region: Region
    source: Path | TypedRows
    kind: str
    today: date
    options: ImportOptions = NO_OPTIONS
    limits: Limits = DEFAULT_LIMITS
    progress: Progress = silent
    # what else belongs into the same transaction, given the number of the import
    also: Callable[[duckdb.DuckDBPyConnection, str], None] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Sorted:
    """A file's rows, sorted and placed in temporary tables of `cursor`."""

    cursor: duckdb.DuckDBPyConnection
    opened: reading.Opened
    mapping: ColumnMapping
    table: TextTable
    facts: dict[str, object]
    boundary_import_id: str


def import_rows(task: RowImport, *, actor: Actor) -> ImportResult:
    """Take in a file of rows, or typed ones: good rows count from now on, bad ones wait in quarantine.

    Where other boundaries come into force in the meantime, the rows are placed anew. Rows that the score counts may
    make its scale due to be frozen. Raises `data.read.refusal.TableError` or `geo.errors.BoundaryError` when the file
    is refused whole. Raises `lib.errors.RegionError` when the region has no boundaries yet. Raises
    `data.errors.LakeError` ``boundaries_changed`` when they changed again and again, and whatever the store refuses.
    Raises `lib.people.errors.NotAllowedError` as `lib.intake.own_rows` says.
    """
    scope = recording_scope(actor, task.region.code, KINDS[task.kind], typed=isinstance(task.source, TypedRows))
    for _ in range(ATTEMPTS):
        with suppress(BoundariesChangedError):
            result = _import_once(task, actor, scope)
            if KINDS[task.kind].feeds_score:
                freeze_if_due(task.lake, task.region.code, weights_in_force(task.lake, task.region.code))
            return result
    raise BoundariesChangedError(region_code=task.region.code)


def preview_rows(task: RowImport) -> Preview:
    """Do everything that `import_rows` does but the storing, and say what would come of it."""
    with _sorted_rows(task) as done:
        imports.settle_rows(done.cursor, kind=KINDS[task.kind].rows, region_code=task.region.code)
        counts = imports.count_rows(done.cursor, done.table.row_count)
        frames = imports.preview_frames(done.cursor)
        return Preview(
            kind=task.kind,
            file_name=mask_file_name(done.opened.name),
            mapping=done.mapping,
            heads=done.opened.written_heads,
            counts=counts,
            facts={**done.facts, **imports.file_states(done.cursor, KINDS[task.kind].rows)},
            **frames,
        )


def _import_once(task: RowImport, actor: Actor, scope: Scope) -> ImportResult:
    with _sorted_rows(task) as done:
        header = _header(task, actor.name)
        kind = KINDS[task.kind].rows
        if kind.placing:
            task.progress("place", 0.6)
            _place(done.cursor, task, kind.placing, header.import_id)
        require_own_rows(done.cursor, KINDS[task.kind], row_count=done.table.row_count, actor=actor, scope=scope)
        imports.masked_copy(done.cursor, copy_place(task.lake, header.file_copy))
        task.progress("store", 0.8)

        def change(hand: duckdb.DuckDBPyConnection) -> tuple[RowCounts, dict[str, object]]:
            if queries.boundaries_in_force(hand, task.region.code) != done.boundary_import_id:
                raise BoundariesChangedError(region_code=task.region.code)
            stored = imports.store_rows(
                hand,
                header,
                kind,
                row_count=done.table.row_count,
                boundary_import_id=done.boundary_import_id,
                facts=done.facts,
            )
            if task.also:
                task.also(hand, header.import_id)
            return stored

        message = f"impor {task.kind} {header.file_name}"
        counts, facts = write(task.lake, change, author=actor.name, message=message, cursor=done.cursor)
        task.progress("done", 1.0)
    return ImportResult(header.import_id, task.kind, header.file_name, counts, facts)


@contextmanager
def _sorted_rows(task: RowImport) -> Iterator[_Sorted]:
    """Read, map and sort; every row is then in ``hashed`` or in ``faults``, temporary tables of the cursor."""
    try:
        with translated(of_store=False), _read_and_sorted(task) as done:
            yield done
    except TableError as error:
        error.file = error.file or task.source.name  # sorting knows no file names
        raise


@contextmanager
def _read_and_sorted(task: RowImport) -> Iterator[_Sorted]:
    areas = load_areas(task.lake, task.region.code, simplified=False)
    kind = KINDS[task.kind]
    task.progress("read", 0.05)
    opened = reading.open_rows(task.source, task.options, task.limits)
    mapping = reading.choose_mapping(opened, task.kind, task.options, kind.columns)
    checklist = tuple(name for name in kind.columns if name in indicator_columns() and name in mapping.sources)
    with closing(task.lake.cursor()) as cursor:
        table = reading.stage(
            cursor,
            task.source,
            opened,
            mapping,
            columns=(*kind.rows.heads, *checklist),
            required=kind.rows.required,
            limits=task.limits,
        )
        task.progress("sort", 0.3)
        facts = _sort(cursor, table, task, areas, mapping=mapping, checklist=checklist)
        yield _Sorted(
            cursor=cursor,
            opened=opened,
            mapping=mapping,
            table=table,
            facts={
                **facts,
                **opened.facts,
                **_table_facts(table),
                "pemetaan": mapping.title,
                "kategori_dari_uraian": reading.tells_category_by_description(mapping),
                "baris_per_tps": mapping.repeat_by is not None,
                **_columns_left(opened, table),
            },
            boundary_import_id=str(areas["import_id"].iloc[0]),
        )


def _sort(
    cursor: duckdb.DuckDBPyConnection,
    table: TextTable,
    task: RowImport,
    areas: gpd.GeoDataFrame,
    *,
    mapping: ColumnMapping,
    checklist: tuple[str, ...],
) -> dict[str, object]:
    """Sort the staged rows by the rules of their kind; gives what was found out about them."""
    region, options, rules, kind = task.region, task.options, import_rules(), KINDS[task.kind]
    orders = dict(mapping.date_orders)
    if options.date_order:
        orders = dict.fromkeys(kind.rows.days, options.date_order)
    known = Knowledge(
        today=task.today,
        resolve_place=place_resolver(
            areas,
            region_code=region.code,
            region_bps_code=region.bps_code,
            answers=options.answers,
            code_system=options.code_system,
        ),
        words=kind.words(task.lake, region),
        checklist=checklist,
        extent=_extent(areas),
        date_orders=orders,
        year=options.year,
        time_zone=mapping.time_zone and region.time_zone,
        minimum_confidence=rules.minimum_confidence,
        name_agreement=rules.name_agreement,
        repair=options.repair,
        far_km=rules.far_km,
    )
    return sort_rows(cursor, table, kind.rows, known)


def _columns_left(opened: reading.Opened, table: TextTable) -> dict[str, object]:
    """Name the columns that were not read: those about persons, and the rest."""
    private = set(name_heads(opened.heads))
    return {
        "kolom_pribadi": sorted(head for head in opened.written_heads if normalise_head(head) in private),
        "kolom_diabaikan": [head for head in table.ignored_columns if normalise_head(head) not in private],
    }


def _table_facts(table: TextTable) -> dict[str, object]:
    """Tell how the file was read, as far as it was not the plainest way."""
    return {
        "pengodean": table.encoding,
        "pemisah": table.delimiter,
        "lembar": table.sheet and visible(table.sheet),
        "baris_judul": table.header_row,
        "baris_hxl": table.hxl,
        "bita_nol": table.nul_count,
        "sel_galat": table.error_cell_count,
        "sel_tak_tampak": table.unseen_cell_count,
    }


def _extent(areas: gpd.GeoDataFrame) -> Extent | None:
    drawn = areas[areas.geometry.notna()]
    return None if drawn.empty else Extent(*(float(edge) for edge in drawn.total_bounds))


def _place(cursor: duckdb.DuckDBPyConnection, task: RowImport, how: Placing, import_id: str) -> None:
    areas = load_areas(task.lake, task.region.code, simplified=False)
    placing.locate_fresh(
        cursor,
        areas,
        placing=how,
        import_id=import_id,
        epsg=utm_epsg(task.region, areas),
        border_m=weights(task.region.code).border_m,
    )


def _header(task: RowImport, actor: str) -> ImportHeader:
    """Name an import; what is kept of its file is the masked rows, never the file itself."""
    source = task.source
    digest = digests.of_text(repr(source)) if isinstance(source, TypedRows) else digests.of_file(source)
    recorded_at = utc_now()
    import_id = f"{recorded_at:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    room_for_copies(task.lake)
    return ImportHeader(
        import_id=import_id,
        region_code=task.region.code,
        kind=task.kind,
        file_name=mask_file_name(source.name),
        file_sha256=digest,
        file_copy=f"{import_id}.parquet",
        actor=actor,
        recorded_at=recorded_at,
        code_system=task.options.code_system,
        vintage=task.options.vintage,
    )
