"""Open any file of rows, find out which of its columns are ours, and stage it as text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from data.characters import visible
from data.read import rows
from data.read.heads import normalise_head
from data.read.layout import Layout, find_layout
from data.read.refusal import ChooseSheetError, TableError
from data.read.sources import Source
from data.sort import personal
from data.sort.row_kind import MARK, ORIGIN_COLUMNS
from geo.files.layers import GDAL_SUFFIXES, PARQUET_SUFFIXES
from geo.files.points import read_points
from lib.intake import mappings
from lib.intake.heads import fit, forbidden_heads, propose
from lib.texts.score_tables import TEMPLATE_DATA_SHEET

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import duckdb

    from data.limits import Limits
    from data.read.rows import TextTable
    from lib.intake.mapping_toml import ColumnMapping
    from lib.intake.options import ImportOptions

MARK_COLUMNS = (MARK, *ORIGIN_COLUMNS)
TYPED = "formulir"


@dataclass(frozen=True, slots=True)
class TypedRows:
    """Rows that a person typed into a form, under the template's heads."""

    name: str
    rows: tuple[Mapping[str, str], ...]

    def table(self) -> pa.Table:
        """Write them as a table of text."""
        heads = list(dict.fromkeys(head for row in self.rows for head in row))
        columns = {head: pa.array([row.get(head) or None for row in self.rows], pa.string()) for head in heads}
        return pa.table(columns)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was looked at, before its rows are read.

    `table` holds the rows where they had to be read to be looked at (geometry files, typed rows), `layout` says how
    the others lie. `heads` are normalised.
    """

    name: str
    heads: tuple[str, ...]
    written_heads: tuple[str, ...]
    layout: Layout | None = None
    table: pa.Table | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def open_rows(source: Path | TypedRows, options: ImportOptions, limits: Limits) -> Opened:
    """Look at a file's heads, or at typed rows.

    Raises `data.read.refusal.TableError` or `geo.errors.BoundaryError` when the file is refused, or a question must
    be settled by `options` first.
    """
    if isinstance(source, TypedRows):
        table = source.table()
        return _of_table(source.name, table, {"cara": TYPED})
    if _holds_places(source):
        read = read_points(
            source,
            crs=options.crs,
            layer=options.sheet,
            limits_vertices=limits.vertices,
            limits_unpacked_bytes=limits.unpacked_bytes,
        )
        facts = {
            "lapisan": read.layer and visible(read.layer),
            "crs": read.crs_name,
            "crs_dianggap": read.crs_assumed,
            "crs_berkas_lain": read.crs_borrowed,
            "bukan_titik": read.shape_count,
            "tanpa_titik": read.empty_count,
        }
        return _of_table(source.name, read.table, facts)
    layout = _layout(source, options, limits)
    return Opened(source.name, layout.keys, layout.heads, layout=layout)


def choose_mapping(opened: Opened, kind: str, options: ImportOptions, columns: Sequence[str]) -> ColumnMapping:
    """Take the mapping asked for, else a ready one that the heads fit, else one by usual heads.

    What `options` say for all rows holds where a file's cell is empty. Of a file with descriptions but without any
    source of the category, their words decide it; typed rows are refused instead, since a form asks.
    """
    if options.mapping is not None:
        chosen = fit(options.mapping, opened.heads)
    else:
        chosen = mappings.detect(opened.heads, kind) or propose(opened.heads, kind, tuple(columns))
    if options.election_code and "pemilihan" in columns and not chosen.sources.get("pemilihan", Source()).heads:
        chosen = mappings.with_constant(chosen, "pemilihan", options.election_code)
    for column, text in options.constants.items():
        chosen = mappings.with_constant(chosen, column, text)
    written = chosen.sources.get("uraian", Source())
    if (
        "kategori" in columns
        and "kategori" not in chosen.sources
        and written.heads
        and opened.facts.get("cara") != TYPED
    ):
        told = Source(heads=written.heads, joined_by=written.joined_by)
        chosen = replace(chosen, sources=dict(chosen.sources) | {"kategori": told})
    return chosen


def tells_category_by_description(mapping: ColumnMapping) -> bool:
    """Tell whether the words of the description decide the category, since no head names it."""
    category, written = (mapping.sources.get(column, Source()) for column in ("kategori", "uraian"))
    return bool(category.heads) and category.heads == written.heads


def stage(
    cursor: duckdb.DuckDBPyConnection,
    source: Path | TypedRows,
    opened: Opened,
    mapping: ColumnMapping,
    *,
    columns: Sequence[str],
    required: Sequence[str],
    limits: Limits,
) -> TextTable:
    """Read the rows into the temporary view ``staged``, which has every one of `columns`.

    Columns that name or identify persons are never read, whatever the mapping says.
    """
    private = set(personal.name_heads(opened.heads))
    sources = {name: _without(mapping.sources.get(name, Source()), private) for name in (*columns, *MARK_COLUMNS)}
    for name in MARK_COLUMNS:
        sources[name] = sources[name] if sources[name] != Source() else Source(heads=(name,))
    if opened.table is not None:
        return rows.stage_arrow(
            cursor,
            opened.table,
            opened.name,
            sources=sources,
            required=required,
            forbidden=forbidden_heads(mapping),
            limits=limits,
            repeat_by=mapping.repeat_by,
        )
    if isinstance(source, TypedRows):
        raise TypeError("typed rows come with their table")
    return rows.stage_table(
        cursor,
        source,
        sources=sources,
        required=required,
        forbidden=forbidden_heads(mapping),
        layout=opened.layout,
        limits=limits,
        repeat_by=mapping.repeat_by,
    )


def _holds_places(path: Path) -> bool:
    """Tell a file of places from a table; Parquet may be either."""
    suffix = path.suffix.lower()
    if suffix in PARQUET_SUFFIXES and path.is_file():
        try:
            return b"geo" in (pq.read_schema(path).metadata or {})
        except (pa.ArrowException, OSError, UnicodeDecodeError):
            return False
    return suffix in (*GDAL_SUFFIXES, ".zip")


def _of_table(name: str, table: pa.Table, facts: Mapping[str, object]) -> Opened:
    keys = tuple(normalise_head(head) for head in table.column_names)
    return Opened(name, keys, tuple(table.column_names), table=table, facts=facts)


def _layout(path: Path, options: ImportOptions, limits: Limits) -> Layout:
    try:
        return find_layout(path, limits=limits, sheet=options.sheet, header=options.header_row)
    except ChooseSheetError as error:
        # Our own template has sheets of notes beside its data.
        if TEMPLATE_DATA_SHEET not in error.sheets:
            raise
    return find_layout(path, limits=limits, sheet=TEMPLATE_DATA_SHEET, header=options.header_row)


def _without(source: Source, private: set[str]) -> Source:
    return replace(source, heads=tuple(head for head in source.heads if head not in private))


def sheets_of(error: TableError) -> tuple[str, ...]:
    """List the sheets among which a workbook's error asks to choose."""
    sheets = error.facts.get("sheets", ())
    return tuple(map(str, sheets)) if isinstance(sheets, list | tuple) else ()
