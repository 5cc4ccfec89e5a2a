"""Read the lines of a kind by what its columns say of themselves: typed values, hashes and faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.engine import quoted
from data.sort.lookups import EARLIEST_DAY, distinct_texts, make_lookup
from data.sort.numbers import decimal_column
from data.sort.row_kind import AREA, MARK, POINT

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from data.sort.row_kind import Column, Knowledge, RowKind

# Where a column's texts are looked up, and the value that is found there.
LOOKUPS = {"day": ("date_lookup", "day"), "word": ("word_lookup", "code"), "decimal": ("decimal_lookup", "number")}
NOTHING = "NULL::VARCHAR"


def parse(cursor: duckdb.DuckDBPyConnection, kind: RowKind, known: Knowledge) -> dict[str, object]:
    """Make the tables ``parsed`` (every line with typed values and hashes) and ``faults`` of the view ``lines``.

    Faults are empty required cells, texts without a meaning, days in the future or before `EARLIEST_DAY`, places that
    are none, the template's example, and points that cannot be right.

    Returns
    -------
    facts
        ``desimal``, the sign before the fraction, of a kind with numbers.
    """
    styles = _decimal_lookup(cursor, kind)
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE parsed AS {_parsed(kind)}")
    faults = " UNION ALL ".join(_faults(kind, known))
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE faults AS {faults}")
    return {"desimal": styles[-1]} if styles else {}


def _decimal_lookup(cursor: duckdb.DuckDBPyConnection, kind: RowKind) -> list[str]:
    found = {column.name: decimal_column(distinct_texts(cursor, column.name)) for column in kind.reading("decimal")}
    known = [(name, text, number) for name, read in found.items() for text, number in read.values.items()]
    names, texts, numbers = zip(*known, strict=True) if known else ((), (), ())
    make_lookup(cursor, "decimal_lookup", column_name=names, text=texts, number=numbers)
    return [read.style for read in found.values()]


def _parsed(kind: RowKind) -> str:
    """Write the query of one typed row for each line; what cannot be read is NULL, and its text masked."""
    replaced, typed, joins = [], [], []
    for column in kind.columns:
        if column.reads in LOOKUPS:
            (table, value), name = LOOKUPS[column.reads], column.name
            replaced.append(
                f"CASE WHEN {name}_.{value} IS NULL THEN masked(lines.{name}) ELSE lines.{name} END AS {name}"
            )
            typed.append(f"{name}_.{value} AS {column.stored}")
            joins.append(
                f"LEFT JOIN {table} AS {name}_ ON {name}_.column_name = '{name}' AND {name}_.text = lines.{name}"
            )
    if kind.has_place:
        replaced += ["code_text AS kode_kelurahan", "area_text AS kelurahan", "district_text AS kecamatan"]
        typed += ["area_code AS stated_area_code", "district_code AS stated_district_code", "place_id"]
        stated = ", ".join(f"coalesce(lines.{column.name}, '')" for column in AREA)
        joins.append(f"LEFT JOIN place_lookup ON place_key = concat_ws(chr(31), {stated})")
    if kind.placing:
        values = ("latitude", "longitude")
        replaced += [
            f"CASE WHEN {value} IS NULL THEN masked(lines.{name}) ELSE lines.{name} END AS {name}"
            for name, value in zip((column.name for column in POINT), values, strict=True)
        ]
        typed += values
        joins.append("JOIN points ON points.line_number = lines.line_number")
    marks = " OR ".join(
        f"coalesce(contains(lower(lines.{name}), 'simulasi'), false)" for name in dict.fromkeys((MARK, kind.source))
    )
    replacing = f" REPLACE ({', '.join(replaced)})" if replaced else ""
    return f"""SELECT *, {_hash(kind.content)} AS row_hash, {_hash(kind.identity)} AS identity_hash
        FROM (SELECT lines.*{replacing}, {", ".join([*typed, f"{marks} AS simulated"])}
            FROM lines {" ".join(joins)})"""


def _hash(parts: tuple[str, ...]) -> str:
    """Write the upper half of an MD5: what md5_number_lower gives as well, in four times the time."""
    texts = ", ".join(f"coalesce({part}::VARCHAR, '')" for part in parts)
    return f"(md5_number(concat_ws(chr(31), {texts})) >> 64)::UBIGINT"


def _faults(kind: RowKind, known: Knowledge) -> Iterator[str]:
    """Write the queries of all faults, each with the columns line_number, column_name, value, rule and facts."""
    for column in kind.columns:
        if column.required:
            yield _fault(column.name, "required", f"{column.name} IS NULL", value=NOTHING)
        if column.reads in LOOKUPS:
            yield from _faults_of_texts(column, known)
    if kind.has_example:
        yield _fault(kind.source, "example_row", f"starts_with(upper({kind.source}), 'CONTOH')")
    if kind.has_place:
        yield """SELECT line_number, 'kode_kelurahan',
                coalesce(kode_kelurahan, concat_ws(', ', kelurahan, kecamatan)), rule, facts
            FROM parsed
            JOIN (SELECT place_id, rule, facts FROM place_lookup WHERE rule IS NOT NULL) USING (place_id)"""
    if kind.needs_area:
        places = "SELECT place_id FROM place_lookup WHERE rule IS NULL"
        unstated = f"stated_area_code IS NULL AND place_id IN ({places})"
        yield _fault("kode_kelurahan", "required", unstated, value=NOTHING)
    if kind.placing:
        yield "SELECT line_number, column_name, masked(value), rule, masked(facts) FROM coordinate_faults"


def _faults_of_texts(column: Column, known: Knowledge) -> Iterator[str]:
    unread = f"{column.name} IS NOT NULL AND {column.stored} IS NULL"
    if column.reads == "word":
        words = column.words or known.words[column.name]
        codes = quoted(", ".join(words.ranges)) if words.ranges else NOTHING
        yield _fault(column.name, column.rule, unread, facts=codes)
    elif column.reads == "decimal":
        yield _fault(column.name, "decimal", unread)
    else:
        yield f"""SELECT line_number, '{column.name}', {column.name}, coalesce(rule, 'date'), facts
            FROM parsed LEFT JOIN date_faults ON column_name = '{column.name}' AND text = {column.name}
            WHERE {unread}"""
        if not column.ahead:
            today = f"'{known.today}'"
            yield _fault(column.name, "future", f"{column.stored} > DATE {today}", facts=today)
            yield _fault(column.name, "past", f"{column.stored} < DATE '{EARLIEST_DAY}'")


def _fault(name: str, rule: str, where: str, *, value: str | None = None, facts: str = NOTHING) -> str:
    return f"""SELECT line_number, '{name}' AS column_name, {value or name} AS value, '{rule}' AS rule,
        {facts} AS facts FROM parsed WHERE {where}"""
