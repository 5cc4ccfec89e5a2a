"""Write sorted rows, their locations and their import record into the lake, inside one transaction."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from data.engine import quoted
from data.store.journals import append, append_from
from data.store.objects import is_remote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    import duckdb
    import pandas as pd

    from data.sort.row_kind import RowKind

INTAKE_SQL = Path(__file__).parents[1] / "sql" / "intake"
UNSEEN_COLUMNS = ("import_id", "region_code", "row_hash", "identity_hash")  # in a preview
QUESTION_COLUMNS = ("name", "district", "row_count", "area_code", "area_name", "similarity")
MOST_FAULTS = 1_000  # that a preview shows
SAMPLE_ROWS = 20


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


def settle_rows(cursor: duckdb.DuckDBPyConnection, *, kind: RowKind, region_code: str) -> None:
    """Tell new lines (the view ``fresh``) from those that are in already and from those that contradict.

    Lines that are in already, here or in the store, are duplicates (the table ``repeats``). A line that speaks of a
    known event or TPS with another content is a fault (``changed_since``), and so are two such lines in one file
    (``contradiction``): which one is right is for a person to say. Lists of TPS complete each other: a line about a
    known TPS that contradicts nothing known about it is new.
    """
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE stored AS
        SELECT row_hash, identity_hash, any_value(import_id) AS import_id, any_value(line_number) AS line_number
        FROM {kind.table} JOIN valid_import USING (region_code, import_id)
        WHERE region_code = ? GROUP BY row_hash, identity_hash""",
        [region_code],
    )
    _run(cursor, "repeats")
    _run(cursor, "contradictions", column_name=kind.fault_column)
    if kind.settle:
        kind.settle(cursor, region_code)
    _run(cursor, "fresh")
    seen = _listed(name for name in kind.table_columns if name not in UNSEEN_COLUMNS)
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW stored_columns AS SELECT {seen} FROM fresh")


def count_rows(cursor: duckdb.DuckDBPyConnection, row_count: int) -> RowCounts:
    """Count where the settled lines went.

    Raises
    ------
    RuntimeError
        If the counts do not add up to the file's lines: nothing may be stored then.
    """
    row = cursor.execute(
        """SELECT (SELECT count(*) FROM fresh),
            (SELECT count(DISTINCT line_number) FROM faults),
            (SELECT count(*) FROM repeats),
            (SELECT coalesce(bool_or(simulated), false) FROM fresh)"""
    ).fetchone()
    if row is None or sum(row[:3]) != row_count:
        raise RuntimeError(f"{row_count} lines came in but {row} were accounted for")
    return RowCounts(row_count, int(row[0]), int(row[1]), int(row[2]), simulated=bool(row[3]))


def store_rows(
    cursor: duckdb.DuckDBPyConnection,
    header: ImportHeader,
    kind: RowKind,
    *,
    row_count: int,
    boundary_import_id: str,
    facts: Mapping[str, object],
) -> tuple[RowCounts, dict[str, object]]:
    """Store the sorted lines (``hashed``, ``faults``, ``repairs``, ``located``) as one import.

    A line that names a quarantined one as its origin resolves it, whatever became of the line itself: one copy of
    the two waits, or none. Returns the counts, and the facts as recorded: those given, with `file_states` and
    how many points lie in another area than the stated one.

    Parameters
    ----------
    row_count
        Data lines in the file; the returned counts add up to it.
    boundary_import_id
        The boundary set that ``located`` lies on; kinds without a place do not need it.

    Raises
    ------
    RuntimeError
        If the counts do not add up: the transaction must then be rolled back.
    """
    settle_rows(cursor, kind=kind, region_code=header.region_code)
    columns = _listed(kind.table_columns)
    append_from(
        cursor,
        kind.table,
        f"SELECT {columns} FROM (SELECT *, $import_id AS import_id, $region_code AS region_code FROM fresh)",
        {"import_id": header.import_id, "region_code": header.region_code},
    )
    if kind.placing:
        cursor.execute(
            """DELETE FROM located WHERE line_number IN (SELECT line_number FROM repeats)
                OR line_number IN (SELECT line_number FROM faults)"""
        )
        store_locations(cursor, kind=kind.code, boundary_import_id=boundary_import_id)
    _store_quarantine(cursor, header)
    append_from(
        cursor,
        "repair",
        """SELECT $import_id AS import_id, line_number, column_name, original_value, repaired_value, rule, confidence
        FROM repairs SEMI JOIN fresh USING (line_number) ORDER BY line_number, column_name""",
        {"import_id": header.import_id},
    )
    append_from(
        cursor,
        "duplicate_row",
        """SELECT $import_id AS import_id, line_number, coalesce(of_import_id, $import_id) AS of_import_id,
            of_line_number
        FROM repeats ORDER BY line_number""",
        {"import_id": header.import_id},
    )
    counts = count_rows(cursor, row_count)
    recorded = {**facts, **file_states(cursor, kind)}
    if kind.placing:
        recorded[kind.placing.elsewhere] = _points_elsewhere(cursor, header, boundary_import_id)
    store_record(cursor, header, counts, recorded)
    return counts, recorded


def file_states(cursor: duckdb.DuckDBPyConnection, kind: RowKind) -> dict[str, object]:
    """Count the settled lines whose file gives them another state than `masuk`, by state, for kinds that have one."""
    if "verification" not in kind.stored_columns:
        return {}
    rows = cursor.execute(
        "SELECT verification, count(*) FROM fresh WHERE verification <> 'masuk' GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return {"status_berkas": {str(state): int(count) for state, count in rows}}


def masked_copy(cursor: duckdb.DuckDBPyConnection, place: str) -> None:
    """Write the sorted lines as the file had them, masked, to a Parquet file or object: line_number and its columns.

    Lines that could not be split are not among them; they stand in the quarantine.
    """
    try:
        cursor.execute(f"COPY (SELECT * FROM raw_lines) TO {quoted(place)} (FORMAT parquet)")
    except BaseException:
        if not is_remote(place):
            Path(place).unlink(missing_ok=True)  # half a copy would fill a full disk
        raise


def preview_frames(cursor: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """Show what would come of settled lines.

    Returns
    -------
    frames
        ``faults`` (line_number, column_name, value, rule, facts, raw_row; the first `MOST_FAULTS`), ``fault_counts``
        (rule, line_count, and facts of one of them), ``repairs`` of lines that would be stored (column_name, rule,
        row_count, least confidence, original_value and repaired_value of the first), ``questions`` about names that
        are only alike (name and district as the file has them or "", row_count, area_code, area_name, similarity)
        and ``sample`` (the first rows that would be stored).
    """
    queries = {
        "faults": f"""SELECT line_number, column_name, value, rule, facts, {_raw_row(cursor)} AS raw_row
            FROM (SELECT * FROM faults ORDER BY line_number, column_name, rule LIMIT {MOST_FAULTS}) AS faults
            LEFT JOIN raw_lines USING (line_number) ORDER BY line_number, column_name, rule""",
        "fault_counts": """SELECT rule, count(DISTINCT line_number) AS line_count, min(facts) AS facts FROM faults
            GROUP BY rule ORDER BY line_count DESC, rule""",
        "repairs": """SELECT column_name, rule, count(*) AS row_count, min(confidence) AS confidence,
                arg_min(original_value, line_number) AS original_value,
                arg_min(repaired_value, line_number) AS repaired_value
            FROM repairs SEMI JOIN fresh USING (line_number) GROUP BY column_name, rule ORDER BY column_name, rule""",
        "sample": f"SELECT * FROM stored_columns ORDER BY line_number LIMIT {SAMPLE_ROWS}",
    }
    asked = cursor.execute("SELECT count(*) FROM faults WHERE rule = 'name_question'").fetchone()
    nothing = f"SELECT {', '.join(f'NULL AS {name}' for name in QUESTION_COLUMNS)} LIMIT 0"
    queries["questions"] = _intake_sql("name_questions") if asked and asked[0] else nothing
    return {name: cursor.execute(query).df() for name, query in queries.items()}


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
    append_from(cursor, "area", "SELECT * FROM fresh ORDER BY area_code")
    cursor.unregister("incoming")
    counts = RowCounts(len(areas), len(areas), 0, 0, simulated=simulated)
    store_record(cursor, header, counts, facts)


def store_locations(cursor: duckdb.DuckDBPyConnection, *, kind: str, boundary_import_id: str) -> None:
    """Store the temporary table ``located`` as the places of its rows on one boundary set.

    Columns of ``located``: row_import_id, line_number, stated_area_code, point_area_code, method,
    distance_m, follows_point, not_coarser_than_area.
    """
    append_from(
        cursor, "location", _intake_sql("locations"), {"kind": kind, "boundary_import_id": boundary_import_id}
    )


def store_record(
    cursor: duckdb.DuckDBPyConnection, header: ImportHeader, counts: RowCounts, facts: Mapping[str, object]
) -> None:
    """Store the import's record, with the hash over the rows in the temporary table ``fresh``."""
    hashed = cursor.execute("SELECT coalesce(bit_xor(row_hash), 0) FROM fresh").fetchone() or (0,)
    told = {
        "row_count": counts.rows,
        "accepted_count": counts.accepted,
        "quarantined_count": counts.quarantined,
        "duplicate_count": counts.duplicate,
        "rows_hash": hashed[0],
        "simulated": counts.simulated,
        "facts": json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str),
    }
    append(cursor, "import_record", asdict(header) | told)


def store_undo(
    cursor: duckdb.DuckDBPyConnection, import_id: str, *, reason: str, actor: str, recorded_at: datetime
) -> None:
    """Record that an import no longer counts; its rows stay."""
    undone = {"import_id": import_id, "reason": reason, "actor": actor, "recorded_at": recorded_at}
    append(cursor, "import_undo", undone)


def activate_region(
    cursor: duckdb.DuckDBPyConnection, region_code: str, *, actor: str, recorded_at: datetime
) -> None:
    """Make a region the one that the tool works on."""
    row = {"region_code": region_code, "activated_at": recorded_at, "actor": actor}
    append(cursor, "region_activation", row)


def _run(cursor: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> None:
    cursor.execute(_intake_sql(name), parameters or None)


def _intake_sql(name: str) -> str:
    return (INTAKE_SQL / f"{name}.sql").read_text(encoding="utf-8")


def _points_elsewhere(cursor: duckdb.DuckDBPyConnection, header: ImportHeader, boundary_import_id: str) -> int:
    row = cursor.execute(
        """SELECT count(*) FROM location
        WHERE boundary_import_id = ? AND row_import_id = ? AND kind = ? AND disagrees""",
        [boundary_import_id, header.import_id, header.kind],
    ).fetchone()
    return int(row[0]) if row else 0


def _store_quarantine(cursor: duckdb.DuckDBPyConnection, header: ImportHeader) -> None:
    append_from(
        cursor,
        "quarantine",
        f"""SELECT $import_id AS import_id, line_number, faults.column_name, faults.value, faults.rule, faults.facts,
            {_raw_row(cursor)} AS raw_row
        FROM faults LEFT JOIN raw_lines USING (line_number)
        ORDER BY line_number, faults.column_name, faults.rule""",
        {"import_id": header.import_id},
    )
    named = cursor.execute("SELECT count(asal_impor) FROM parsed").fetchone()
    if named and named[0]:
        named_by = {"import_id": header.import_id, "region_code": header.region_code, "kind": header.kind}
        append_from(cursor, "quarantine_resolution", _intake_sql("resolutions"), named_by)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _raw_row(cursor: duckdb.DuckDBPyConnection) -> str:
    """Write the expression of a raw line as JSON: the columns of the file with a text, by their names."""
    names = [column[0] for column in cursor.execute("SELECT * FROM raw_lines LIMIT 0").description or ()][1:]
    members = ", ".join(f"'{name}', raw_lines.\"{name}\"" for name in names)
    return f"json_object({members})::VARCHAR"
