"""Write sorted rows, their locations and their import record into the lake, inside one transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import duckdb
    import pandas as pd

INTAKE_SQL = Path(__file__).parent / "sql" / "intake"
ROW_COLUMNS = {
    "incident": """import_id, line_number, region_code, source_id, occurred_on, occurred_time, reported_on,
        report_date_missing, category_code, severity, description, stated_area_code, stated_district_code,
        longitude, latitude, "precision", source_name, verification, simulated, row_hash, identity_hash""",
    "station": """import_id, line_number, region_code, election_code, station_number, place_name,
        stated_area_code, longitude, latitude, voter_count_male, voter_count_female, police_class, indicators,
        simulated, row_hash, identity_hash""",
}
IDENTITY_COLUMN = {"incident": "id_sumber", "station": "no_tps"}


@dataclass(frozen=True, slots=True)
class ImportHeader:
    """What is known about an import before its rows are written."""

    import_id: str
    region_code: str
    kind: str
    file_name: str
    file_sha256: str
    file_copy: str
    actor: str
    recorded_at: datetime
    code_system: str | None = None
    vintage: str | None = None


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Where the lines of a file went: rows = accepted + quarantined + duplicate."""

    rows: int
    accepted: int
    quarantined: int
    duplicate: int
    simulated: bool


def store_rows(
    cursor: duckdb.DuckDBPyConnection,
    header: ImportHeader,
    *,
    row_count: int,
    boundary_import_id: str,
    facts: Mapping[str, object],
    raw_columns: tuple[str, ...],
) -> RowCounts:
    """Store the sorted lines (``hashed``, ``faults``, ``located``) as one import.

    Lines that are in already, here or in the store, are recorded as duplicates. A line that speaks of a
    known event or TPS with another content is a fault (``changed_since``), and so are two such lines in
    one file (``contradiction``): which one is right is for a person to say.

    Parameters
    ----------
    row_count
        Data lines in the file; the returned counts add up to it.
    raw_columns
        Columns of the file to keep with a quarantined line; ``uraian`` never is.

    Raises
    ------
    RuntimeError
        If the counts do not add up: the transaction must then be rolled back.
    """
    _stored_keys(cursor, header)
    _run(cursor, "repeats")
    _run(cursor, "contradictions", column_name=IDENTITY_COLUMN[header.kind])
    _run(cursor, "fresh")
    columns = ROW_COLUMNS[header.kind]
    cursor.execute(
        f"""INSERT INTO {header.kind} ({columns})
        SELECT {columns} FROM (SELECT *, $import_id AS import_id, $region_code AS region_code FROM fresh)""",
        {"import_id": header.import_id, "region_code": header.region_code},
    )
    cursor.execute(
        """DELETE FROM located WHERE line_number IN (SELECT line_number FROM repeats)
            OR line_number IN (SELECT line_number FROM faults)"""
    )
    store_locations(cursor, kind=header.kind, boundary_import_id=boundary_import_id)
    raw = ", ".join(f"'{name}', \"{name}\"" for name in raw_columns if name != "uraian")
    cursor.execute(
        f"""INSERT INTO quarantine
        SELECT $import_id, line_number, faults.column_name, faults.value, faults.rule, faults.facts,
            json_object({raw})::VARCHAR
        FROM faults LEFT JOIN parsed USING (line_number)
        ORDER BY line_number, faults.column_name, faults.rule""",
        {"import_id": header.import_id},
    )
    cursor.execute(
        """INSERT INTO duplicate_row
        SELECT $import_id, line_number, coalesce(of_import_id, $import_id), of_line_number
        FROM repeats ORDER BY line_number""",
        {"import_id": header.import_id},
    )
    counts = _counts(cursor, row_count)
    store_record(cursor, header, counts, facts)
    return counts


def store_areas(
    cursor: duckdb.DuckDBPyConnection,
    header: ImportHeader,
    areas: pd.DataFrame,
    *,
    simulated: bool,
    facts: Mapping[str, object],
) -> None:
    """Store a boundary set; `areas` has the columns of table ``area``, area_code to geometry_simplified."""
    cursor.register("incoming", areas)
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE fresh AS
        SELECT $import_id AS import_id, $region_code AS region_code, area_code, area_name, district_code,
            district_name, area_km2, geometry, geometry_simplified,
            md5_number_lower(area_code || area_name || coalesce(md5(geometry), '')) AS row_hash
        FROM incoming""",
        {"import_id": header.import_id, "region_code": header.region_code},
    )
    cursor.execute("INSERT INTO area SELECT * FROM fresh ORDER BY area_code")
    cursor.unregister("incoming")
    counts = RowCounts(len(areas), len(areas), 0, 0, simulated=simulated)
    store_record(cursor, header, counts, facts)


def store_locations(cursor: duckdb.DuckDBPyConnection, *, kind: str, boundary_import_id: str) -> None:
    """Store the temporary table ``located`` as the places of its rows on one boundary set.

    Columns of ``located``: row_import_id, line_number, stated_area_code, point_area_code, method,
    distance_m, follows_point, not_coarser_than_area.
    """
    _run(cursor, "locations", kind=kind, boundary_import_id=boundary_import_id)


def store_record(
    cursor: duckdb.DuckDBPyConnection, header: ImportHeader, counts: RowCounts, facts: Mapping[str, object]
) -> None:
    """Store the import's record, with the hash over the rows in the temporary table ``fresh``."""
    cursor.execute(
        """INSERT INTO import_record
        SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(bit_xor(row_hash), 0) FROM fresh), ?, ?, ?, ?, ?, ?""",
        [
            header.import_id,
            header.region_code,
            header.kind,
            header.file_name,
            header.file_sha256,
            header.file_copy,
            counts.rows,
            counts.accepted,
            counts.quarantined,
            counts.duplicate,
            counts.simulated,
            json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str),
            header.actor,
            header.recorded_at,
            header.code_system,
            header.vintage,
        ],
    )


def store_undo(
    cursor: duckdb.DuckDBPyConnection, import_id: str, *, reason: str, actor: str, recorded_at: datetime
) -> None:
    """Record that an import no longer counts; its rows stay."""
    cursor.execute("INSERT INTO import_undo VALUES (?, ?, ?, ?)", [import_id, reason, actor, recorded_at])


def activate_region(
    cursor: duckdb.DuckDBPyConnection, region_code: str, *, actor: str, recorded_at: datetime
) -> None:
    """Make a region the one that the tool works on."""
    cursor.execute("INSERT INTO region_activation VALUES (?, ?, ?)", [region_code, recorded_at, actor])


def _run(cursor: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> None:
    cursor.execute((INTAKE_SQL / f"{name}.sql").read_text(encoding="utf-8"), parameters or None)


def _stored_keys(cursor: duckdb.DuckDBPyConnection, header: ImportHeader) -> None:
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE stored AS
        SELECT row_hash, identity_hash, any_value(import_id) AS import_id, any_value(line_number) AS line_number
        FROM {header.kind} JOIN valid_import USING (region_code, import_id)
        WHERE region_code = ? GROUP BY row_hash, identity_hash""",
        [header.region_code],
    )


def _counts(cursor: duckdb.DuckDBPyConnection, row_count: int) -> RowCounts:
    row = cursor.execute(
        """SELECT (SELECT count(*) FROM fresh),
            (SELECT count(DISTINCT line_number) FROM faults),
            (SELECT count(*) FROM repeats),
            (SELECT coalesce(bool_or(simulated), false) FROM fresh)"""
    ).fetchone()
    if row is None or sum(row[:3]) != row_count:
        raise RuntimeError(f"{row_count} lines came in but {row} were accounted for")
    return RowCounts(row_count, int(row[0]), int(row[1]), int(row[2]), simulated=bool(row[3]))
