"""Read each distinct text of the staged lines once: dates, counts, places and whatever else a column may mean."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.read.refusal import AmbiguousDatesError, HalfConvertedError, MixedDatesError, NamesDisagreeError, TableError
from data.sort.formats import DateColumn, date_column
from data.sort.numbers import count_column
from data.sort.personal import mask, mask_place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from data.sort.row_kind import Words
    from data.sort.stated_place import Place, ResolvePlace

INTAKE_SQL = Path(__file__).parents[1] / "sql" / "intake"
EARLIEST_DAY = date(1998, 1, 1)
LEAST_PAIRS, LEAST_APART = 5, 2  # one name that is not its code's is a slip
MOST_EXAMPLES = 3
_DAY = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
_AND = r"(?:dan|atau|&|,|;|s\.?/?d\.?|sampai(?: dengan)?|hingga|[-–])"
_TWO_DATES = re.compile(rf"\b\d{{1,2}}(?: [a-z]+)? ?{_AND} ?\d{{1,2}} [a-z]{{3,}}|{_DAY}\D+{_DAY}")
_TYPES = {
    "day": "date32",
    "place_id": "int32",
    "count": "int64",
    "line_number": "int64",
    "confidence": "float64",
    "number": "float64",
    "least": "float64",
    "most": "float64",
}


def run(cursor: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> None:
    """Run a statement of the folder ``sql/intake``."""
    cursor.execute((INTAKE_SQL / f"{name}.sql").read_text(encoding="utf-8"), parameters or None)


def distinct_texts(cursor: duckdb.DuckDBPyConnection, column: str) -> list[str]:
    """List the distinct texts of a staged column, the empty cell left out."""
    rows = cursor.execute(f'SELECT DISTINCT "{column}" FROM lines WHERE "{column}" IS NOT NULL').fetchall()
    return [row[0] for row in rows]


def make_lookup(cursor: duckdb.DuckDBPyConnection, name: str, **columns: Sequence[object]) -> None:
    """Make a temporary table of columns; all are text but those of `_TYPES`."""
    import pyarrow as pa  # noqa: PLC0415 - who only names a kind of rows need not wait for it

    table = pa.table({key: pa.array(value, _TYPES.get(key, "string")) for key, value in columns.items()})
    cursor.register("lookup", table)
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM lookup")
    cursor.unregister("lookup")


def word_lookup(cursor: duckdb.DuckDBPyConnection, columns: Mapping[str, Words]) -> None:
    """Make the table ``word_lookup`` (column_name, text, code, least, most); a text without a meaning has no code."""
    known = [
        (column, text, code, *words.ranges.get(code or "", (None, None)))
        for column, words in columns.items()
        for text in distinct_texts(cursor, column)
        for code in (words.match(text),)
    ]
    _make(cursor, "word_lookup", ("column_name", "text", "code", "least", "most"), known)


def date_lookup(
    cursor: duckdb.DuckDBPyConnection,
    columns: Sequence[str],
    *,
    not_after: Mapping[str, date],
    date_orders: Mapping[str, str],
    year: int | None,
    time_zone: str | None,
) -> dict[str, DateColumn]:
    """Make the tables ``date_lookup`` (column_name, text, day, clock) and ``date_faults`` (…, rule, facts).

    A clock is taken from a column of dates only if some time in it is not midnight, which spreadsheets write behind
    every date. Texts of faults are masked.

    Raises
    ------
    TableError
        ``ambiguous_dates``, where nothing in a column tells day from month; with ``proofs``, a text for each order,
        where a column proves both. ``mixed_dates``, where it proves both and no text has two readings.
        ``half_converted``, where a spreadsheet has probably exchanged day and month in some cells and `date_orders`
        does not vouch for the column.
    """
    decided = {}
    known: list[tuple[str, str, date | None, str | None]] = []
    faults: list[tuple[str, str, str, str | None]] = []
    for column in columns:
        found = date_column(
            distinct_texts(cursor, column),
            order=date_orders.get(column),
            not_after=not_after.get(column),
            not_before=EARLIEST_DAY,
            year=year,
            time_zone=time_zone,
        )
        if found.ambiguous or (found.half_converted and column not in date_orders):
            raise _date_refusal(column, found)
        decided[column] = found
        clocks = found.times if set(found.times.values()) - {"00:00"} else {}
        known += [(column, text, day, clocks.get(text)) for text, day in found.days.items()]
        faults += [(column, mask(text), *_date_fault(found, text)) for text, day in found.days.items() if day is None]
    _make(cursor, "date_lookup", ("column_name", "text", "day", "clock"), known)
    _make(cursor, "date_faults", ("column_name", "text", "rule", "facts"), sorted(set(faults), key=str))
    return decided


def count_lookup(cursor: duckdb.DuckDBPyConnection, columns: Sequence[str], *, most: int) -> dict[str, str]:
    """Make the table ``count_lookup`` (column_name, text, count), and tell the sign between thousands by column.

    Numbers above `most` are no counts.
    """
    styles: dict[str, str] = {}
    known: list[tuple[str, str, int | None]] = []
    for column in columns:
        found = count_column(distinct_texts(cursor, column))
        styles[column] = found.style
        known += [
            (column, text, count if count is not None and count <= most else None)
            for text, count in found.values.items()
        ]
    _make(cursor, "count_lookup", ("column_name", "text", "count"), known)
    return styles


def place_lookup(
    cursor: duckdb.DuckDBPyConnection, resolve_place: ResolvePlace, *, name_agreement: float
) -> dict[str, object]:
    """Make the table ``place_lookup``: what each distinct code, name and kecamatan together mean.

    Its columns are ``place_id``, ``place_key`` (the three as staged), the three masked, and those of `Place`.

    Returns
    -------
    facts
        Under ``pertanyaan_nama`` the number of distinct names that are only alike.

    Raises
    ------
    TableError
        ``names_disagree``, where at least `LEAST_PAIRS` distinct codes of the region have a name beside them and
        less than `name_agreement` of these names are the areas', at least `LEAST_APART` not: the codes are probably
        of another system.
    """
    stated = cursor.execute("SELECT DISTINCT kode_kelurahan, kelurahan, kecamatan FROM lines").fetchall()
    places = [resolve_place(*row) for row in stated]
    _refuse_other_codes(stated, places, name_agreement)
    make_lookup(
        cursor,
        "place_lookup",
        place_id=range(len(stated)),
        place_key=[chr(31).join(part or "" for part in row) for row in stated],
        code_text=[mask_place(row[0]) if row[0] else None for row in stated],
        area_text=[mask_place(row[1]) if row[1] else None for row in stated],
        district_text=[mask_place(row[2]) if row[2] else None for row in stated],
        area_code=[place.area_code for place in places],
        district_code=[place.district_code for place in places],
        rule=[place.rule for place in places],
        facts=[mask_place(place.facts) if place.facts else None for place in places],
        note=[place.note for place in places],
        confidence=[place.confidence for place in places],
    )
    questions = sum(place.rule == "name_question" for place in places)
    return {"pertanyaan_nama": questions} if questions else {}


def _refuse_other_codes(stated: Sequence[tuple[str | None, ...]], places: Sequence[Place], least: float) -> None:
    agreeing: set[tuple[str, str]] = set()
    apart: dict[tuple[str, str], str] = {}
    for (code, name, _), place in zip(stated, places, strict=True):
        if code and name and place.rule is None and place.area_code:
            agreeing.add((place.area_code, name))
        elif code and name and place.rule == "code_name":
            apart[code, name] = place.facts or ""
    compared = len(agreeing) + len(apart)
    if len(apart) >= LEAST_APART and compared >= LEAST_PAIRS and len(agreeing) < least * compared:
        examples = [
            (mask_place(code), mask_place(name), facts)
            for (code, name), facts in sorted(apart.items())[:MOST_EXAMPLES]
        ]
        raise NamesDisagreeError(agreeing=len(agreeing), compared=compared, examples=examples)


def _date_refusal(column: str, found: DateColumn) -> TableError:
    proofs = tuple(text for text, day_first, month_first in found.examples if not (day_first and month_first)) or None
    both = [(text, first, second) for text, first, second in found.examples if first and second]
    if not both:
        return MixedDatesError(column=column, proofs=proofs)
    text, first, second = both[0]
    if found.half_converted:
        return HalfConvertedError(column=column, example=text, day=first, exchanged=second, order=found.order)
    return AmbiguousDatesError(column=column, example=text, day_first=first, month_first=second, proofs=proofs)


def _date_fault(found: DateColumn, text: str) -> tuple[str, str]:
    """Name the rule that a text without a day breaks; facts of a weekday: day, stated weekday, year, other day."""
    if denied := found.contradictions.get(text):
        return "weekday", (
            f"{denied.day} {denied.stated_weekday} {denied.fitting_year or '-'} {denied.fitting_day or '-'}"
        )
    return ("two_dates" if _TWO_DATES.search(text.lower()) else "date"), found.order


def _make(
    cursor: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> None:
    make_lookup(cursor, name, **{column: [row[i] for row in rows] for i, column in enumerate(columns)})
