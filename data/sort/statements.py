"""Sort the staged lines of what others state of areas: classes of other bodies and structural indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.read.columns import CLASS_COLUMNS, DATE_COLUMNS, FORBIDDEN_HEADS, INDICATOR_COLUMNS
from data.read.heads import normalise_head
from data.read.refusal import ForbiddenIndicatorsError
from data.sort.lines import close_lines, open_lines
from data.sort.lookups import date_lookup, distinct_texts, make_lookup, place_lookup, run
from data.sort.numbers import decimal_column

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import duckdb

    from data.read.rows import TextTable
    from data.sort.formats import DateColumn
    from data.sort.lookups import MatchText, ResolvePlace


def sort_classes(
    cursor: duckdb.DuckDBPyConnection,
    table: TextTable,
    *,
    today: date,
    match_class: MatchText,
    resolve_place: ResolvePlace,
    date_orders: Mapping[str, str] | None = None,
    year: int | None = None,
    time_zone: str | None = None,
    name_agreement: float = 0.9,
) -> dict[str, object]:
    """Turn the staged lines of other bodies' classes into ``hashed`` and ``faults``, as `sort_incidents` does.

    A line says which class a body gave one area in one edition of its list. A second line about the same three with
    another class, day or reason contradicts it. Levels are words: a number is a score on the body's own scale, which
    means nothing outside its edition, and is a fault.

    Parameters
    ----------
    match_class
        Gives rendah, sedang or tinggi for a body's word, None for any other text.
    """
    lines = open_lines(cursor, CLASS_COLUMNS)
    decided = date_lookup(
        cursor,
        DATE_COLUMNS["class"],
        not_after={"tanggal": today},
        date_orders=date_orders or {},
        year=year,
        time_zone=time_zone,
    )
    found = {text: match_class(text) for text in distinct_texts(cursor, "kelas")}
    make_lookup(cursor, "class_lookup", text=list(found), code=list(found.values()))
    facts = place_lookup(cursor, resolve_place, name_agreement=name_agreement)
    run(cursor, "class_parsed")
    run(cursor, "class_faults", today=today)
    return close_lines(
        cursor, table, lines, kind="class", facts=facts | _day_facts(decided), repairs=("place_repairs",)
    )


def sort_indicators(
    cursor: duckdb.DuckDBPyConnection,
    table: TextTable,
    *,
    today: date,
    match_indicator: MatchText,
    plausible: Mapping[str, tuple[float, float]],
    resolve_place: ResolvePlace,
    date_orders: Mapping[str, str] | None = None,
    year: int | None = None,
    time_zone: str | None = None,
    name_agreement: float = 0.9,
) -> dict[str, object]:
    """Turn the staged lines of structural indicators into ``hashed`` and ``faults``, as `sort_incidents` does.

    A line gives one value of one indicator in one area on one day. Only indicators that the weights name are taken.

    Parameters
    ----------
    match_indicator
        Gives the code of an indicator for its code or name, None for any other text.
    plausible
        Least and most value by code; values outside are faults.

    Returns
    -------
    facts
        As `sort_incidents`; ``desimal`` is the sign before the fraction of the values.

    Raises
    ------
    TableError
        Besides those of `sort_incidents`, ``forbidden_indicators`` where an indicator is about party, candidate,
        religion or ethnicity: nothing of such a file is kept, not even in quarantine.
    """
    lines = open_lines(cursor, INDICATOR_COLUMNS)
    found = {text: match_indicator(text) for text in distinct_texts(cursor, "indikator")}
    refused = sorted(
        text for text, code in found.items() if code is None and FORBIDDEN_HEADS.search(normalise_head(text))
    )
    if refused:
        raise ForbiddenIndicatorsError(names=refused)
    decided = date_lookup(
        cursor,
        DATE_COLUMNS["indicator"],
        not_after={"tanggal": today},
        date_orders=date_orders or {},
        year=year,
        time_zone=time_zone,
    )
    ranges = [plausible.get(code) if code else None for code in found.values()]
    make_lookup(
        cursor,
        "indicator_lookup",
        text=list(found),
        code=list(found.values()),
        least=[limits[0] if limits else None for limits in ranges],
        most=[limits[1] if limits else None for limits in ranges],
    )
    numbers = decimal_column(distinct_texts(cursor, "nilai"))
    make_lookup(cursor, "value_lookup", text=list(numbers.values), number=list(numbers.values.values()))
    facts = place_lookup(cursor, resolve_place, name_agreement=name_agreement)
    run(cursor, "indicator_parsed")
    run(cursor, "indicator_faults", today=today, known=", ".join(plausible))
    facts |= {"desimal": numbers.style} | _day_facts(decided)
    return close_lines(cursor, table, lines, kind="indicator", facts=facts, repairs=("place_repairs",))


def _day_facts(decided: Mapping[str, DateColumn]) -> dict[str, object]:
    return {
        "tanggal": {name: {"urutan": day.order, "bukti": day.evidence} for name, day in decided.items() if day.days}
    }
