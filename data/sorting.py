"""Sort the staged lines of a file into typed rows and named faults; nothing is guessed, nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from data.formats import date_column

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from data.rows import TextTable

INTAKE_SQL = Path(__file__).parent / "sql" / "intake"
# Identity and family-card numbers, phone numbers, e-mail addresses, handles.
PERSONAL = (
    r"(\b([0-9]{4}[ .\-]?){3}[0-9]{4}\b|\b([0-9]{6}[ .\-]){2}[0-9]{4}\b"
    r"|(\+?62[ .\-]?|\b0)8[0-9][0-9 .\-]{6,12}[0-9]|[\w.+\-]+@[\w\-]+\.[\w.]+|@[A-Za-z0-9_.]{3,})"
)
YES = ("ya", "y", "1", "v", "x", "✓", "√", "ada", "true", "benar")
NO = ("tidak", "t", "0", "-", "tidak ada", "false", "tdk")

INCIDENT_COLUMNS = (
    "id_sumber",
    "tanggal_kejadian",
    "jam",
    "tanggal_laporan",
    "kategori",
    "keparahan",
    "uraian",
    "kode_kelurahan",
    "kelurahan",
    "kecamatan",
    "lintang",
    "bujur",
    "presisi",
    "sumber",
    "status",
)
INCIDENT_REQUIRED = ("tanggal_kejadian", "kategori", "keparahan")
STATION_COLUMNS = (
    "pemilihan",
    "kode_kelurahan",
    "kelurahan",
    "kecamatan",
    "no_tps",
    "lokasi",
    "lintang",
    "bujur",
    "dpt_l",
    "dpt_p",
    "kelas_polri",
)
STATION_REQUIRED = ("pemilihan", "no_tps")
BROKEN_CHARACTERS = 500  # of a line that cannot be split, enough to find it
MARK = "penanda"  # says DATA SIMULASI in simulated files
# Never stored, whatever the reason given: this tool scores places and days, not people.
FORBIDDEN_HEADS = re.compile(
    r"(^|_)(partai|parpol|paslon|calon|caleg|kandidat|agama|suku|etnis|ras|marga|party|candidate|religion|ethnic\w*)(_|$)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """What a stated place means: an area, a district only, or a fault (`rule`, `facts`)."""

    area_code: str | None = None
    district_code: str | None = None
    rule: str | None = None
    facts: str | None = None


ResolvePlace = Callable[[str | None, str | None, str | None], Place]


def sort_incidents(
    cursor: duckdb.DuckDBPyConnection,
    table: TextTable,
    *,
    today: date,
    match_category: Callable[[str], str | None],
    resolve_place: ResolvePlace,
) -> dict[str, str]:
    """Turn the staged lines of an incident file into the temporary view ``hashed`` and table ``faults``.

    ``hashed`` holds the faultless lines with types and hashes; ``faults`` one row for each fault
    (line_number, column_name, value, rule, facts). Every line is in exactly one of the two.

    Returns
    -------
    formats
        What was decided about the columns: date orders, decimal signs.
    """
    orders = _date_lookup(cursor, ("tanggal_kejadian", "tanggal_laporan"))
    categories = {text: match_category(text) for text in _distinct(cursor, "kategori")}
    _lookup(cursor, "category_lookup", text=list(categories), code=list(categories.values()))
    _run(cursor, "time_lookup")
    _place_lookup(cursor, resolve_place)
    commas = _decimal_commas(cursor)
    _run(cursor, "incident_parsed", personal=PERSONAL, **commas)
    _run(cursor, "coordinate_faults")
    _run(
        cursor,
        "incident_faults",
        today=today,
        occurred_order=orders["tanggal_kejadian"],
        reported_order=orders["tanggal_laporan"],
    )
    _finish(cursor, table)
    return orders | _decimal_words(commas)


def sort_stations(
    cursor: duckdb.DuckDBPyConnection,
    table: TextTable,
    *,
    elections: Mapping[str, int],
    match_election: Callable[[str], str | None],
    resolve_place: ResolvePlace,
    indicator_codes: Sequence[str],
) -> dict[str, str]:
    """Turn the staged lines of a TPS list into the temporary view ``hashed`` and table ``faults``.

    Parameters
    ----------
    elections
        The most voters a TPS may have, by election code.
    indicator_codes
        The indicator columns staged beside the template's; cells say yes or no, or are empty (unknown).
    """
    found = {text: match_election(text) for text in _distinct(cursor, "pemilihan")}
    _lookup(
        cursor,
        "election_lookup",
        text=list(found),
        code=list(found.values()),
        max_voters=[elections.get(code or "") for code in found.values()],
    )
    _place_lookup(cursor, resolve_place)
    commas = _decimal_commas(cursor)
    _indicators(cursor, indicator_codes)
    _run(cursor, "station_parsed", **commas)
    _run(cursor, "coordinate_faults")
    _run(cursor, "station_faults", elections=", ".join(elections))
    _finish(cursor, table)
    return _decimal_words(commas)


def _run(cursor: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> None:
    text = (INTAKE_SQL / f"{name}.sql").read_text(encoding="utf-8")
    cursor.execute(text, parameters or None)


def _distinct(cursor: duckdb.DuckDBPyConnection, column: str) -> list[str]:
    rows = cursor.execute(f'SELECT DISTINCT "{column}" FROM staged WHERE "{column}" IS NOT NULL').fetchall()
    return [row[0] for row in rows]


def _lookup(cursor: duckdb.DuckDBPyConnection, name: str, **columns: Sequence[object]) -> None:
    kinds = {"day": pa.date32(), "max_voters": pa.int32()}
    table = pa.table({key: pa.array(value, kinds.get(key, pa.string())) for key, value in columns.items()})
    cursor.register("lookup", table)
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM lookup")
    cursor.unregister("lookup")


def _date_lookup(cursor: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> dict[str, str]:
    orders: dict[str, str] = {}
    names: list[str] = []
    texts: list[str] = []
    days: list[date | None] = []
    for column in columns:
        decided = date_column(_distinct(cursor, column))
        orders[column] = decided.order
        names += [column] * len(decided.days)
        texts += decided.days.keys()
        days += decided.days.values()
    _lookup(cursor, "date_lookup", column_name=names, text=texts, day=days)
    return orders


def _place_lookup(cursor: duckdb.DuckDBPyConnection, resolve_place: ResolvePlace) -> None:
    stated = cursor.execute("SELECT DISTINCT kode_kelurahan, kelurahan, kecamatan FROM staged").fetchall()
    places = [resolve_place(*row) for row in stated]
    _lookup(
        cursor,
        "place_lookup",
        place_key=[chr(31).join(part or "" for part in row) for row in stated],
        area_code=[place.area_code for place in places],
        district_code=[place.district_code for place in places],
        rule=[place.rule for place in places],
        facts=[place.facts for place in places],
    )


def _decimal_commas(cursor: duckdb.DuckDBPyConnection) -> dict[str, bool]:
    row = cursor.execute(
        """SELECT count_if(contains(bujur, ',')) > 0 AND count_if(contains(bujur, '.')) = 0,
                  count_if(contains(lintang, ',')) > 0 AND count_if(contains(lintang, '.')) = 0 FROM staged"""
    ).fetchone()
    return {"comma_longitude": bool(row and row[0]), "comma_latitude": bool(row and row[1])}


def _decimal_words(commas: Mapping[str, bool]) -> dict[str, str]:
    return {
        column: "koma" if commas[name] else "titik"
        for column, name in (("lintang", "comma_latitude"), ("bujur", "comma_longitude"))
    }


def _indicators(cursor: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> None:
    yes, no = (", ".join(f"'{word}'" for word in words) for words in (YES, NO))
    members = ", ".join(
        f"""CASE WHEN lower("{code}") IN ({yes}) THEN '"{code.upper()}":true'
            WHEN lower("{code}") IN ({no}) THEN '"{code.upper()}":false' END"""
        for code in codes
    )
    text = f"'{{' || concat_ws(',', {members}) || '}}'" if codes else "'{}'"
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE indicators AS SELECT line_number, {text} AS indicators FROM staged")
    faults = [
        f"""SELECT line_number, '{code}' AS column_name, "{code}" AS value, 'yes_no' AS rule,
            NULL::VARCHAR AS facts FROM staged WHERE lower("{code}") NOT IN ({yes}, {no})"""
        for code in codes
    ] or ["SELECT 0::BIGINT, '', '', '', '' WHERE false"]
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE indicator_faults AS {' UNION ALL '.join(faults)}")


def _finish(cursor: duckdb.DuckDBPyConnection, table: TextTable) -> None:
    for line_number, text in table.broken_lines.items():
        cursor.execute(
            """INSERT INTO faults
            VALUES (?, NULL, regexp_replace(?, ?, '[disamarkan]', 'g'), 'broken_line', NULL)""",
            [line_number, text[:BROKEN_CHARACTERS], PERSONAL],
        )
    _run(cursor, "hashed")
    cursor.execute("DROP VIEW staged; DROP TABLE staged_rows")  # all of it is in ``parsed`` now
