"""Sort the staged lines of a file into typed rows and named faults; nothing is guessed, nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.read.columns import (
    DATE_COLUMNS,
    INCIDENT_COLUMNS,
    MEETING_COLUMNS,
    NIL_COLUMNS,
    STATION_COLUMNS,
)
from data.sort.coordinates import read_coordinates
from data.sort.lines import close_lines, open_lines
from data.sort.lookups import (
    MatchText,
    ResolvePlace,
    count_lookup,
    date_lookup,
    distinct_texts,
    make_lookup,
    place_lookup,
    run,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import duckdb

    from data.read.rows import TextTable
    from data.sort.coordinate_repair import Extent
    from data.sort.coordinates import CoordinateDecision
    from data.sort.formats import DateColumn

YES = ("ya", "y", "yes", "1", "v", "x", "✓", "✔", "☑", "√", "ada", "true", "benar")
NO = ("tidak", "t", "no", "n", "0", "-", "✗", "✘", "☐", "tidak ada", "tdk ada", "false", "tdk", "nihil")
POINT_REPAIRS = ("coordinate_repairs", "place_repairs")
MOST_VOTERS = 99_999  # of one TPS; more is a number of something else


def sort_incidents(
    cursor: duckdb.DuckDBPyConnection,
    table: TextTable,
    *,
    today: date,
    match_category: MatchText,
    resolve_place: ResolvePlace,
    extent: Extent | None = None,
    date_orders: Mapping[str, str] | None = None,
    year: int | None = None,
    time_zone: str | None = None,
    minimum_confidence: float = 0.9,
    name_agreement: float = 0.9,
    repair: bool = True,
    far_km: float = 100.0,
) -> dict[str, object]:
    """Turn the staged lines of an incident file into ``hashed``, ``faults`` and ``repairs``.

    ``hashed`` (a temporary view) holds the faultless lines with types and hashes; ``faults`` one row for each fault
    (line_number, column_name, value, rule, facts); ``repairs`` one for each value that was not taken as it stood
    (line_number, column_name, original_value, repaired_value, rule, confidence), also of faulty lines. Every line is
    in exactly one of the first two. What identifies a person is masked in all of them.

    Parameters
    ----------
    today
        Lines dated later are faults.
    extent
        The region's; None where it is not known, and coordinates are repaired by their form alone.
    date_orders
        ``hari-bulan-tahun`` or ``bulan-hari-tahun`` by column, for those whose order is settled.
    year
        The year of days without one.
    time_zone
        IANA name; times with an offset are turned into it.
    minimum_confidence
        Share of a column's rows that a repair must put right before it is made.
    name_agreement
        Share of codes beside which the area's own name must stand.
    repair
        Whether anything is repaired at all.
    far_km
        Points farther than this from the region are faults.

    Returns
    -------
    facts
        What was found out, in plain values: ``tanggal`` (by column: urutan, bukti), ``koordinat``, ``perbaikan``
        (kolom, aturan, baris, keyakinan), ``data_pribadi`` (count by kind), ``kolom_disamarkan`` and
        ``pertanyaan_nama`` (count); those without content are left out.

    Raises
    ------
    TableError
        ``ambiguous_dates`` or ``names_disagree``: the file is refused until somebody settles the question.
    """
    lines = open_lines(cursor, INCIDENT_COLUMNS)
    decided = date_lookup(
        cursor,
        DATE_COLUMNS["incident"],
        not_after=dict.fromkeys(DATE_COLUMNS["incident"], today),
        date_orders=date_orders or {},
        year=year,
        time_zone=time_zone,
    )
    _category_lookup(cursor, match_category)
    run(cursor, "time_lookup")
    facts = place_lookup(cursor, resolve_place, name_agreement=name_agreement)
    points = read_coordinates(
        cursor, extent=extent, minimum_confidence=minimum_confidence, repair=repair, far_km=far_km
    )
    run(cursor, "incident_parsed")
    run(cursor, "incident_faults", today=today)
    facts |= _date_facts(decided) | _point_facts(points)
    return close_lines(cursor, table, lines, kind="incident", facts=facts, repairs=POINT_REPAIRS)


def sort_stations(
    cursor: duckdb.DuckDBPyConnection,
    table: TextTable,
    *,
    elections: Mapping[str, int],
    match_election: MatchText,
    resolve_place: ResolvePlace,
    indicator_codes: Sequence[str],
    extent: Extent | None = None,
    minimum_confidence: float = 0.9,
    name_agreement: float = 0.9,
    repair: bool = True,
    far_km: float = 100.0,
) -> dict[str, object]:
    """Turn the staged lines of a TPS list into ``hashed``, ``faults`` and ``repairs``, as `sort_incidents` does.

    A total (``dpt``) beside both sexes must be their sum. A total alone is not split: the voters of that TPS stay
    unknown, and ``hanya_total`` counts such lines.

    Parameters
    ----------
    elections
        The most voters a TPS may have, by election code.
    indicator_codes
        The indicator columns staged beside the template's; cells say yes or no, or are empty (unknown).

    Returns
    -------
    facts
        As `sort_incidents`, with ``bilangan`` (sign between thousands by column) and ``hanya_total``.
    """
    lines = open_lines(cursor, (*STATION_COLUMNS, *indicator_codes), indicator_codes)
    found = {text: match_election(text) for text in distinct_texts(cursor, "pemilihan")}
    make_lookup(
        cursor,
        "election_lookup",
        text=list(found),
        code=list(found.values()),
        max_voters=[elections.get(code or "") for code in found.values()],
    )
    facts = place_lookup(cursor, resolve_place, name_agreement=name_agreement)
    styles = count_lookup(cursor, ("dpt_l", "dpt_p", "dpt"), most=MOST_VOTERS)
    points = read_coordinates(
        cursor, extent=extent, minimum_confidence=minimum_confidence, repair=repair, far_km=far_km
    )
    _indicators(cursor, indicator_codes)
    run(cursor, "station_parsed")
    run(
        cursor,
        "station_faults",
        elections=", ".join(elections),
        male_style=styles["dpt_l"],
        female_style=styles["dpt_p"],
        total_style=styles["dpt"],
    )
    totals = cursor.execute(
        """SELECT count(*) FROM parsed
        WHERE voter_count IS NOT NULL AND voter_count_male IS NULL AND voter_count_female IS NULL"""
    ).fetchone()
    facts |= {"bilangan": styles, "hanya_total": totals[0] if totals else 0} | _point_facts(points)
    return close_lines(cursor, table, lines, kind="station", facts=facts, repairs=POINT_REPAIRS)


def sort_nil(
    cursor: duckdb.DuckDBPyConnection,
    table: TextTable,
    *,
    today: date,
    resolve_place: ResolvePlace,
    date_orders: Mapping[str, str] | None = None,
    year: int | None = None,
    time_zone: str | None = None,
    name_agreement: float = 0.9,
) -> dict[str, object]:
    """Turn the staged lines of reports of nothing seen into ``hashed`` and ``faults``, as `sort_incidents` does.

    A line speaks for its kelurahan, its kecamatan or, without either, for the whole region, from ``tanggal_mulai``
    to ``tanggal_selesai`` (by default the same day). Without a day of report it was made on the last of these days.
    """
    lines = open_lines(cursor, NIL_COLUMNS)
    decided = date_lookup(
        cursor,
        DATE_COLUMNS["nil"],
        not_after=dict.fromkeys(DATE_COLUMNS["nil"], today),
        date_orders=date_orders or {},
        year=year,
        time_zone=time_zone,
    )
    facts = place_lookup(cursor, resolve_place, name_agreement=name_agreement)
    run(cursor, "nil_parsed")
    run(cursor, "nil_faults", today=today)
    return close_lines(
        cursor, table, lines, kind="nil", facts=facts | _date_facts(decided), repairs=("place_repairs",)
    )


def sort_meeting(
    cursor: duckdb.DuckDBPyConnection,
    table: TextTable,
    *,
    today: date,
    match_category: MatchText,
    date_orders: Mapping[str, str] | None = None,
    year: int | None = None,
    time_zone: str | None = None,
) -> dict[str, object]:
    """Turn the staged lines of what a meeting's text holds into ``hashed`` and ``faults``, as `sort_incidents` does.

    A line is a day (``tanggal``, which may lie ahead), an issue (``isu``) or a follow-up (``tindak_lanjut``).
    """
    lines = open_lines(cursor, MEETING_COLUMNS)
    decided = date_lookup(
        cursor,
        DATE_COLUMNS["meeting"],
        not_after={"tanggal": today},
        date_orders=date_orders or {},
        year=year,
        time_zone=time_zone,
    )
    _category_lookup(cursor, match_category)
    run(cursor, "meeting_parsed")
    run(cursor, "meeting_faults", today=today)
    return close_lines(cursor, table, lines, kind="meeting", facts=_date_facts(decided))


def _category_lookup(cursor: duckdb.DuckDBPyConnection, match_category: MatchText) -> None:
    found = {text: match_category(text) for text in distinct_texts(cursor, "kategori")}
    make_lookup(cursor, "category_lookup", text=list(found), code=list(found.values()))


def _indicators(cursor: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> None:
    yes, no = (", ".join(f"'{word}'" for word in words) for words in (YES, NO))
    members = ", ".join(
        f"""CASE WHEN lower("{code}") IN ({yes}) THEN '"{code.upper()}":true'
            WHEN lower("{code}") IN ({no}) THEN '"{code.upper()}":false' END"""
        for code in codes
    )
    text = f"'{{' || concat_ws(',', {members}) || '}}'" if codes else "'{}'"
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE indicators AS SELECT line_number, {text} AS indicators FROM lines")
    faults = [
        f"""SELECT line_number, '{code}' AS column_name, "{code}" AS value, 'yes_no' AS rule,
            NULL::VARCHAR AS facts FROM lines WHERE lower("{code}") NOT IN ({yes}, {no})"""
        for code in codes
    ] or ["SELECT 0::BIGINT, '', '', '', '' WHERE false"]
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE indicator_faults AS {' UNION ALL '.join(faults)}")


def _date_facts(decided: Mapping[str, DateColumn]) -> dict[str, object]:
    return {
        "tanggal": {
            column: {"urutan": found.order, "bukti": found.evidence}
            for column, found in decided.items()
            if found.days
        }
    }


def _point_facts(found: CoordinateDecision) -> dict[str, object]:
    if not found.point_count + found.faulty_count:
        return {}
    counts = {"titik": found.point_count, "kosong": found.empty_count, "salah": found.faulty_count}
    return {"koordinat": found.styles | counts | {"di_dalam": found.inside_share}}
