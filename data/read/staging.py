"""The view of staged lines: columns of a file, trimmed, mapped and numbered as a spreadsheet numbers its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from data.characters import OTHER_LINE_ENDS, UNSEEN, re2_class
from data.engine import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import duckdb

    from data.read.sources import Source

BLANKS = ("' '", "chr(9)", "chr(10)", "chr(13)", "chr(160)")  # with the no-break space that spreadsheets paste
COPY_NUMBER = "{nomor}"
MOST_COPIES = 999
COPY_FACTOR = 1_000  # line number of a copy = row of the file times this, plus the running number


def make_view(
    cursor: duckdb.DuckDBPyConnection,
    positions: Mapping[str, int],
    sources: Mapping[str, Source],
    *,
    first_row: int,
    left_out: Sequence[int],
    repeat_by: str | None,
) -> int:
    """Make the temporary view ``staged`` of the rows in ``staged_rows``, after dropping the wholly empty ones.

    Gives the count of cells from which characters that nobody sees were left out.

    Parameters
    ----------
    positions
        The columns read, by normalised head: c0, c1 … in ``staged_rows``.
    first_row
        Number of the first line.
    left_out
        Numbers that no row of ``staged_rows`` has, because the reader left these lines out.
    repeat_by
        Head of the count by which rows are repeated.
    """
    number = f"rowid + {first_row}"
    if left_out:
        _keep_numbers(cursor, first_row, left_out)
        number = "line_number"
    cells, unseen_count = _trimmed(cursor, positions)
    cursor.execute(f"DELETE FROM staged_rows WHERE coalesce({', '.join(cells.values())}) IS NULL")
    rows, copy_number = "staged_rows", "NULL::VARCHAR"
    if repeat_by is not None:
        count = f"try_cast({cells[repeat_by]} AS DECIMAL(18, 3))"
        is_count = f"{count} BETWEEN 1 AND {MOST_COPIES} AND {count} = floor({count})"
        copies = f"CASE WHEN {is_count} THEN range(1, {count}::BIGINT + 1) ELSE [0] END"
        rows = f"(SELECT *, {number} AS row_number, unnest({copies}) AS copy_number FROM staged_rows)"
        number = f"row_number * {COPY_FACTOR} + copy_number"
        copy_number = "CASE WHEN copy_number > 0 THEN lpad(copy_number::VARCHAR, 3, '0') END"
    columns = ", ".join(
        f"{expression(source, cells, copy_number=copy_number)} AS {_identifier(name)}"
        for name, source in sources.items()
    )
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW staged AS SELECT {number} AS line_number, {columns} FROM {rows}")
    return unseen_count


def expression(source: Source, cells: Mapping[str, str], *, copy_number: str) -> str:
    """Write the expression of one column of ours over the trimmed cells of a file.

    Parameters
    ----------
    cells
        Expression of each column read, by normalised head.
    copy_number
        Expression of the running number of a repeated row, which the constant ``{nomor}`` stands for.
    """
    found = [cells[head] for head in source.heads if head in cells]
    if source.constant == COPY_NUMBER:
        constant = copy_number
    else:
        constant = "NULL::VARCHAR" if source.constant is None else quoted(source.constant)
    base = found[0] if found else constant
    if len(found) > 1:
        base = f"nullif(concat_ws({quoted(source.joined_by)}, {', '.join(found)}), '')"
    text = base
    if found and (source.values or source.otherwise is not None):
        key = f"trim(lower({base}))"
        cases = [
            f"WHEN {key} = {quoted(value.strip().lower())} THEN {_text(becomes)}" for value, becomes in source.values
        ]
        otherwise = base if source.otherwise is None else _text(source.otherwise)
        text = f"CASE WHEN {base} IS NULL THEN {constant} {' '.join(cases)} ELSE {otherwise} END"
    elif found and source.constant is not None:
        text = f"coalesce({base}, {constant})"
    rules = [
        f"WHEN isfinite(try_cast({cells[head]} AS DOUBLE)) AND try_cast({cells[head]} AS DOUBLE) >= {least!r} "
        f"THEN {_text(becomes)}"
        for head, least, becomes in source.rules
        if head in cells
    ]
    return f"CASE {' '.join(rules)} ELSE {text} END" if rules else text


def is_present(source: Source, heads: Collection[str]) -> bool:
    """Tell whether a file with these heads has anything to say about a column of ours."""
    named = any(head in heads for head in (*source.heads, *(rule[0] for rule in source.rules)))
    return named or source.constant is not None


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return quoted(value) if value else "NULL::VARCHAR"


def _keep_numbers(cursor: duckdb.DuckDBPyConnection, first_row: int, left_out: Sequence[int]) -> None:
    row = cursor.execute("SELECT count(*) FROM staged_rows").fetchone()
    total = (row[0] if row else 0) + len(left_out)
    kept = np.setdiff1d(np.arange(first_row, first_row + total), np.asarray(left_out))
    cursor.register("kept", pa.table({"position": np.arange(len(kept)), "line_number": kept}))
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE staged_rows AS SELECT staged_rows.*, line_number
        FROM staged_rows JOIN kept ON kept.position = staged_rows.rowid ORDER BY line_number"""
    )
    cursor.unregister("kept")


def _trimmed(cursor: duckdb.DuckDBPyConnection, positions: Mapping[str, int]) -> tuple[dict[str, str], int]:
    """Write for each column how its text is read: as it is, or trimmed where any cell begins or ends blank.

    Where a cell holds characters that nobody sees they are left out before; so many cells are counted.
    """
    ends = " OR ".join(f"ends_with({{0}}, {blank})" for blank in BLANKS)
    # Every blank but the no-break space sorts before "!", and comparing costs far less than trimming.
    test = f"bool_or({{0}} < '!' OR starts_with({{0}}, chr(160)) OR {ends})"
    tests = [f"{test.format(f'c{position}')}, {_unseen_count(f'c{position}')}" for position in positions.values()]
    found = cursor.execute(f"SELECT {', '.join(tests)} FROM staged_rows").fetchone() or ()
    cells = {}
    for (head, position), blank, count in zip(positions.items(), found[::2], found[1::2], strict=True):
        text = _visible(f"c{position}") if count else f"c{position}"
        cells[head] = f"nullif(trim({text}, {' || '.join(BLANKS)}), '')" if blank or count else text
    return cells, sum(found[1::2])


def _unseen_count(cell: str) -> str:
    """Count the cells with characters that nobody sees.

    To ask first whether a cell has more than ASCII is nearly free. Controls of ASCII but for the two that begin a
    command or rub out are left to the mask and to whatever writes a text.
    """
    asked = f"strlen({cell}) <> length({cell}) OR contains({cell}, chr(27)) OR contains({cell}, chr(127))"
    held = f"regexp_matches({cell}, {quoted(re2_class(UNSEEN + OTHER_LINE_ENDS))})"
    return f"count(*) FILTER (CASE WHEN {asked} THEN {held} ELSE false END)"


def _visible(cell: str) -> str:
    """Write `data.characters.visible` for the engine."""
    seen = f"regexp_replace({cell}, {quoted(re2_class(UNSEEN))}, '', 'g')"
    ends = quoted(f"\\r\\n|{re2_class(OTHER_LINE_ENDS)}")
    return f"regexp_replace({seen}, {ends}, chr(10), 'g')"
