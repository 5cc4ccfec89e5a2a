"""Find the head of a table among its first rows: below titles, over one row or two, above tags."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median_high
from typing import TYPE_CHECKING

from data.characters import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

SEARCHED_ROWS = 30
FOLLOWING_ROWS = 20
BLANKS = " \t\r\n\u00a0"
# A cell of data: without a letter (but for an exponent), beginning with a digit, or with a day inside. A numbered
# question ("3. Pemilih pindahan") is none.
DATA_LIKE = re.compile(
    r"(?!\d{1,2}[.)]\s*[A-Za-z])"
    r"(?:[\W\d_]*(?:\d[eE][+\-]?\d+)?|\d.*|.*\b\d{1,2}[/\-.]\d{1,2}[/\-.]\d{2,4}\b.*)",
    re.DOTALL,
)
HXL_TAG = re.compile(r"#[A-Za-z]\w*\s*([+][A-Za-z0-9_\s]+)*")
# Never stored, whatever the reason given: this tool scores places and days, not people.
FORBIDDEN_HEADS = re.compile(
    r"(^|[\W_])(partai|parpol|paslon|calon|caleg|cagub|cabup|cawali|kandidat|nomor[\W_]+urut|pilihan|pilihan_politik"
    r"|dukungan_politik|pendukung|agama|aliran|suku|etnis|etnik|ras|marga"
    r"|party|candidate|religio\w*|ethnic\w*|tribe|race)([\W_]|$)"
    r"|^\W*(kepercayaan|ideologi)\W*$"  # alone: as "tingkat kepercayaan" it says how sure a report is
)
COLUMN_NUMBER = re.compile(r"\(\s*\d{1,3}\s*\)")

Cells = list[str]
Merged = tuple[tuple[int, int], tuple[int, int]]  # upper left and lower right cell, counted from 0


@dataclass(frozen=True, slots=True)
class Head:
    """Where the head of a table is, in rows as a spreadsheet numbers them.

    `names` are the heads as written, those of two rows joined by a blank; `row` is the lowest row of the head
    (0: there is none), `first_row` that of the first line of data, and `hxl` tells whether a row of HXL tags lies
    between them.
    """

    names: tuple[str, ...]
    row: int
    first_row: int
    hxl: bool


def normalise_head(text: str) -> str:
    """Bring a column head to the form in which heads are compared."""
    return re.sub(r"[\s\-]+", "_", visible(text).strip().lower())


def clean(cell: str | None) -> str:
    """Take off a cell what nobody sees, and the blanks at both ends; an empty one is an empty text."""
    return visible(cell or "").strip(BLANKS)


def find_head(
    rows: Sequence[Sequence[str | None]], *, merged: Sequence[Merged] | None = None, header: int | None = None
) -> Head | None:
    """Find the head among the first rows of a table, which begin at row 1.

    The head is the first row, among the first 30, with more than half as many filled cells as the rows below it
    have; what lies above are titles. It must look like one: mostly texts, mostly distinct, not repeated as cells
    of its own columns. A second row belongs to the head where merged cells say so, or, where the file keeps no
    merged cells, where it does nothing but fill the gaps of the first above columns of numbers.

    Parameters
    ----------
    merged
        Merged cells of the sheet; None where the format does not tell.
    header
        Row of the head, if it was settled; 0 says that there is none, and columns are called kolom_1, kolom_2 …

    Returns
    -------
    head
        None where no row looks like a head.
    """
    table = [[clean(cell) for cell in row] for row in rows]
    if header == 0:
        width = max((len(row) for row in table), default=0)
        return Head(tuple(f"kolom_{number}" for number in range(1, width + 1)), 0, 1, hxl=False) if width else None
    if header is None:
        bottom = _first_full_row(table)
        if bottom is None or not _looks_like_a_head(table[bottom], table[bottom + 1 :]):
            return None
    elif header <= len(table) and any(table[header - 1]):
        bottom = header - 1
    else:
        return None
    top = bottom
    if merged and bottom and header is None and _hangs_from(table, bottom, merged):
        top = bottom - 1
    elif _continues(table, bottom, merged):
        bottom += 1
    names = _joined(table, top, bottom, merged or ())
    first = bottom + 1
    hxl = first < len(table) and _all_match(table[first], HXL_TAG)
    first += hxl
    if first < len(table) and _all_match(table[first], COLUMN_NUMBER):
        first += 1
    return Head(_widened(names, table[first : first + FOLLOWING_ROWS]), bottom + 1, first + 1, hxl)


def example(rows: Sequence[Sequence[str | None]]) -> str:
    """Show the first filled row of a table, for the question whether it is a head."""
    filled = next(([clean(cell) for cell in row] for row in rows if any(map(clean, row))), [])
    return " | ".join(filled)[:200]


def _filled(row: Cells) -> int:
    return sum(map(bool, row))


def _first_full_row(table: list[Cells]) -> int | None:
    counts = [_filled(row) for row in table]
    for number, count in enumerate(counts[:SEARCHED_ROWS]):
        following = [below for below in counts[number + 1 : number + 1 + FOLLOWING_ROWS] if below]
        typical = median_high(following) if following else count
        if count and count * 2 > typical and (count > 1 or typical == 1):
            return number
    return None


def _looks_like_a_head(row: Cells, below: list[Cells]) -> bool:
    filled = [(column, cell) for column, cell in enumerate(row) if cell]
    texts = sum(DATA_LIKE.fullmatch(cell) is None for _, cell in filled)
    distinct = len({normalise_head(cell) for _, cell in filled})
    others = [other for other in below[:FOLLOWING_ROWS] if other != row]
    repeated = sum(any(column < len(other) and other[column] == cell for other in others) for column, cell in filled)
    return (
        texts >= 0.6 * len(filled)
        and distinct >= 0.5 * len(filled)
        and not (repeated > 1 and repeated >= 0.5 * len(filled))
    )


def _hangs_from(table: list[Cells], row: int, merged: Sequence[Merged]) -> bool:
    """Tell whether the row above belongs to the head in `row`: cells merged over both, or over its columns only."""
    leftmost = next(column for column, cell in enumerate(table[row]) if cell)
    indented = not any(table[row - 1][: leftmost + 1])
    return any(
        (start <= row - 1 and end >= row) or (indented and start == end == row - 1 and right > left)
        for (start, left), (end, right) in merged
    )


def _continues(table: list[Cells], row: int, merged: Sequence[Merged] | None) -> bool:
    """Tell whether the row below belongs to the head in `row`."""
    below = table[row + 1] if row + 1 < len(table) else []
    filled = [column for column, cell in enumerate(below) if cell]
    texts = sum(DATA_LIKE.fullmatch(below[column]) is None for column in filled)
    if not filled or texts < 0.6 * len(filled):
        return False
    if merged:
        above = [(left, right) for (start, left), (end, right) in merged if start <= row <= end and right > left]
        return any(sum(left <= column <= right for column in filled) > 1 for left, right in above)
    head = table[row] + [""] * (len(below) - len(table[row]))
    gaps = [column for column, cell in enumerate(head) if column and not cell and column in filled]
    numbers = any(
        DATA_LIKE.fullmatch(cells[column])
        for cells in table[row + 2 : row + 2 + FOLLOWING_ROWS]
        for column in filled
        if column < len(cells) and cells[column]
    )
    grouped = bool(gaps) and set(filled) <= {*gaps, *(column - 1 for column in gaps)}
    return grouped and any(cell and column not in filled for column, cell in enumerate(head)) and numbers


def _joined(table: list[Cells], top: int, bottom: int, merged: Sequence[Merged]) -> list[str]:
    """Join the heads of the rows from `top` to `bottom`; a gap takes the text that is merged over it, or is left."""
    rows = [list(row) for row in table[top : bottom + 1]]
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    for upper in rows[:-1]:
        number = rows.index(upper) + top
        over = [(left, right) for (start, left), (end, right) in merged if start <= number <= end and right > left]
        for column in range(1, width):
            covered = any(left < column <= right for left, right in over)
            if not upper[column] and (covered or (not over and rows[-1][column])):
                upper[column] = upper[column - 1]
    columns = ([row[column] for row in rows if row[column]] for column in range(width))
    return [" ".join(dict.fromkeys(parts)) for parts in columns]


def _widened(names: list[str], below: list[Cells]) -> tuple[str, ...]:
    """Give nameless columns to rows that all end in more delimiters than the head has, with nothing between."""
    longer = [row for row in below if len(row) > len(names)]
    if longer and len(longer) * 2 > len(below) and not any(any(row[len(names) :]) for row in longer):
        names = names + [""] * (max(map(len, longer)) - len(names))
    return tuple(names)


def _all_match(row: Cells, pattern: re.Pattern[str]) -> bool:
    filled = [cell for cell in row if cell]
    return len(filled) >= min(2, len(row)) and bool(filled) and all(map(pattern.fullmatch, filled))
