"""The staged lines as they are sorted: complete, masked, and closed when every one of them has its heap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.sort.lookups import make_lookup, run
from data.sort.personal import NAME_MASK, count_masks, define_masking, looks_like_names, mask
from data.sort.row_kind import MARK, ORIGIN_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from data.read.rows import TextTable
    from data.sort.row_kind import RowKind

MOST_TEXTS = 5_000  # of a column, enough to see whether it holds names
BROKEN_CHARACTERS = 500  # of a line that cannot be split, enough to find it
IMPORT_ID = "[0-9]{8}-[0-9]{6}-[0-9a-f]{4}"


@dataclass(frozen=True, slots=True)
class Lines:
    """The columns of the view ``lines``, those whose texts are hidden as a whole, and how texts are stored."""

    columns: tuple[str, ...]
    hidden: tuple[str, ...]
    stored_as: Mapping[str, str]


def open_lines(cursor: duckdb.DuckDBPyConnection, kind: RowKind, checklist: Sequence[str] = ()) -> Lines:
    """Make the view ``lines``: all columns of a kind, with NULL where the file has none, free text masked.

    Parameters
    ----------
    checklist
        Columns of indicators that are staged beside the kind's own.
    """
    define_masking(cursor)
    staged = {column[0] for column in cursor.execute("SELECT * FROM staged LIMIT 0").description or ()}
    texts = kind.reading("text")
    hidden = [
        column.name
        for column in texts
        if column.names_persons and column.name in staged and looks_like_names(_sample(cursor, column.name))
    ]
    masked = {*(column.name for column in texts), MARK, *checklist}
    selected = []
    every = (*kind.heads, *checklist, MARK, *ORIGIN_COLUMNS)
    for column in every:
        text = f'"{column}"' if column in staged else "NULL::VARCHAR"
        if column in hidden:
            text = f"CASE WHEN {text} IS NOT NULL THEN '{NAME_MASK}' END"
        elif column in ORIGIN_COLUMNS:  # some numbers of imports look like phone numbers
            text = f"CASE WHEN regexp_full_match({text}, '{IMPORT_ID}|[0-9]+') THEN {text} ELSE masked({text}) END"
        elif column in masked:
            text = f"masked({text})"
        selected.append(f'{text} AS "{column}"')
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW lines AS SELECT line_number, {', '.join(selected)} FROM staged")
    return Lines(every, tuple(hidden), {column.name: column.stored for column in texts})


def _sample(cursor: duckdb.DuckDBPyConnection, column: str) -> list[str]:
    """Take distinct texts of a staged column: all of them, or some that do not depend on the order of lines."""
    rows = cursor.execute(
        f"""SELECT text FROM (SELECT DISTINCT "{column}" AS text FROM staged) WHERE text IS NOT NULL
        ORDER BY md5(text) LIMIT {MOST_TEXTS}"""
    ).fetchall()
    return [row[0] for row in rows]


def close_lines(
    cursor: duckdb.DuckDBPyConnection,
    table: TextTable,
    lines: Lines,
    *,
    facts: Mapping[str, object],
    repairs: Sequence[str] = (),
) -> dict[str, object]:
    """Give every line its heap: the views ``hashed`` and ``raw_lines``, the tables ``faults`` and ``repairs``.

    ``raw_lines`` (line_number, the columns that the file has a text in) holds what the file said, masked. The staged
    rows themselves are dropped.

    Parameters
    ----------
    repairs
        Statements of ``sql/intake`` that add to the table ``repairs``.

    Returns
    -------
    facts
        Those given, and what was repaired and hidden; facts without content are left out.
    """
    if table.broken_lines:
        texts = [mask(text)[:BROKEN_CHARACTERS] for text in table.broken_lines.values()]
        make_lookup(cursor, "broken_texts", line_number=list(table.broken_lines), text=texts)
        cursor.execute("INSERT INTO faults SELECT line_number, NULL, text, 'broken_line', NULL FROM broken_texts")
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE repairs (line_number BIGINT, column_name VARCHAR, original_value VARCHAR,
            repaired_value VARCHAR, rule VARCHAR, confidence DOUBLE)"""
    )
    for name in repairs:
        run(cursor, name)
    columns = _filled_columns(cursor, lines.columns)
    names = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW raw_lines AS SELECT line_number, {names} FROM parsed")
    stored = ", ".join(f"{column} AS {name}" for column, name in lines.stored_as.items())
    cursor.execute(
        f"""CREATE OR REPLACE TEMP VIEW hashed AS
        SELECT parsed.*, {stored} FROM parsed ANTI JOIN faults USING (line_number)"""
    )
    cursor.execute("DROP VIEW lines; DROP VIEW staged; DROP TABLE staged_rows")  # all of it is in ``parsed`` now
    found = {
        **facts,
        "perbaikan": _repair_facts(cursor),
        "data_pribadi": count_masks(cursor, "parsed", columns),
        "kolom_disamarkan": list(lines.hidden),
    }
    return {name: value for name, value in found.items() if value}


def _filled_columns(cursor: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> list[str]:
    """Name the columns that the file has a text in; all of them where it has none at all."""
    counts = ", ".join(f'count("{column}")' for column in columns)
    found = cursor.execute(f"SELECT {counts} FROM parsed").fetchone() or ()
    return [column for column, count in zip(columns, found, strict=True) if count] or list(columns)


def _repair_facts(cursor: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    rows = cursor.execute(
        """SELECT column_name, rule, count(*), min(confidence) FROM repairs
        GROUP BY column_name, rule ORDER BY column_name, rule"""
    ).fetchall()
    return [
        {"kolom": column, "aturan": rule, "baris": count, "keyakinan": confidence}
        for column, rule, count, confidence in rows
    ]
