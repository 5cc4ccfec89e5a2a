"""Structural indicators: one value of one indicator in one area on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.read.heads import FORBIDDEN_HEADS, normalise_head
from data.read.refusal import ForbiddenIndicatorsError
from data.sort import by_columns
from data.sort.lookups import distinct_texts
from data.sort.row_kind import AREA, Column, RowKind

if TYPE_CHECKING:
    import duckdb

    from data.sort.row_kind import Knowledge


def refuse(cursor: duckdb.DuckDBPyConnection, known: Knowledge) -> None:
    """Refuse a file in which an indicator is about party, candidate, religion or ethnicity.

    Nothing of such a file is kept, not even in quarantine.

    Raises
    ------
    ForbiddenIndicatorsError
        With the names.
    """
    refused = sorted(
        text
        for text in distinct_texts(cursor, "indikator")
        if known.words["indikator"].match(text) is None and FORBIDDEN_HEADS.search(normalise_head(text))
    )
    if refused:
        raise ForbiddenIndicatorsError(names=refused)


def parse(cursor: duckdb.DuckDBPyConnection, kind: RowKind, known: Knowledge) -> dict[str, object]:
    """Read the lines by their columns; only indicators that the weights name are taken, within their ranges."""
    facts = by_columns.parse(cursor, kind, known)
    cursor.execute(
        """INSERT INTO faults
        SELECT line_number, 'nilai', nilai, 'indicator_range',
            replace(format('{:g} sampai {:g}', least, most), '.', ',')
        FROM parsed JOIN word_lookup ON column_name = 'indikator' AND text = indikator
        WHERE value NOT BETWEEN least AND most"""
    )
    return facts


INDICATOR = RowKind(
    code="indicator",
    table="area_indicator",
    columns=(
        *AREA,
        Column("indikator", "word", "indicator_code", required=True, rule="indicator"),
        Column("nilai", "decimal", "value", required=True),
        Column("tanggal", "day", "observed_on", required=True),
        Column("sumber", "text", "source_name", required=True, names_persons=True),
    ),
    fault_column="nilai",
    content=("indicator_code", "stated_area_code", "observed_on", "value", "lower(sumber)"),
    identity=("indicator_code", "stated_area_code", "observed_on"),
    source="sumber",
    has_example=True,
    parse=parse,
    refuse=refuse,
)
