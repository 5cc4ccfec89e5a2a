"""Read two text columns as points, repair what is wrong with them as a whole, and name what stays wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from data.sort.angles import RoundedError, read_angles
from data.sort.coordinate_faults import Points, expected_extent, name_faults
from data.sort.coordinate_repair import Extent, find_change

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from data.sort.coordinate_repair import Booleans, ColumnChange

INTAKE_SQL = Path(__file__).parents[1] / "sql" / "intake"
COLUMNS = ("lintang", "bujur")
_FAULT_TYPES = {"line_number": pa.int64(), "column_name": pa.string(), "rule": pa.string(), "facts": pa.string()}
_LOOKUP_TYPES = {
    "lintang": pa.string(),
    "bujur": pa.string(),
    "latitude": pa.float64(),
    "longitude": pa.float64(),
    "one_cell": pa.bool_(),
    "latitude_rule": pa.string(),
    "longitude_rule": pa.string(),
}


@dataclass(frozen=True, slots=True)
class ColumnRepair:
    """A repair made to a whole column: which rule, how sure, and how many of its values it changed."""

    column_name: str
    rule: str
    confidence: float
    row_count: int


@dataclass(frozen=True, slots=True)
class CoordinateDecision:
    """What was decided about the two columns, and what became of the rows."""

    styles: dict[str, str]  # the decimal sign of ``lintang`` and ``bujur``: ``"titik"`` or ``"koma"``
    repairs: tuple[ColumnRepair, ...]  # the repairs made; empty where the columns are taken as they stand
    # point_count, empty_count, faulty_count: Rows with a point, without any coordinate, and with a fault. Together
    # they are all rows.
    point_count: int
    empty_count: int
    faulty_count: int
    # the share of the readable points other than 0 and 0 that lie in the region, or within 5 km of it, as they stand
    # in the file; None without a region or without such points
    inside_share: float | None


def read_coordinates(
    cursor: duckdb.DuckDBPyConnection,
    *,
    extent: Extent | None,
    minimum_confidence: float = 0.9,
    repair: bool = True,
    far_km: float = 100.0,
) -> CoordinateDecision:
    """Read ``lintang`` and ``bujur`` of the view ``staged`` as points; repair whole columns, never single cells.

    Makes three temporary tables. ``points`` (line_number, longitude, latitude) has every staged row, with NULL
    where it has no or a faulty coordinate. ``coordinate_faults`` (line_number, column_name, value, rule, facts) has
    one row for each fault. ``coordinate_repairs`` (line_number, column_name, original_value, repaired_value, rule,
    confidence) has one row for each value that was changed.

    A decimal sign is decided for a column: a comma where plain numbers have commas and none has a dot. Degrees
    with minutes, seconds or letters are read by themselves (see `data.sort.angles.read_angles`). Then the columns
    may be exchanged, without their minus, or without their decimal sign (see
    `data.sort.coordinate_repair.find_change`). Rows inside the region as they stand are never changed.

    Rules of faults, with facts: ``number``; ``rounded``, too few digits left by an exponent;
    ``half_coordinate`` (the other text); ``one_cell``, both in one cell and not repaired; ``zero``, 0 and 0;
    ``swapped``; ``minus`` and ``scaled`` (the value that would fit); ``latitude_range`` and
    ``longitude_range``, not in Indonesia; ``far_away`` (whole kilometres from the region's box);
    ``not_repaired`` (the rules of the repair), near the region but unlike the rest of a repaired column.
    Rules of repairs: ``one_cell``, ``swapped``, ``minus``, ``scaled``, joined by ``+``; the confidence of
    ``one_cell`` is the share of such cells that give a point in the end.

    Parameters
    ----------
    cursor
        Connection with the view ``staged`` (line_number, lintang, bujur; the last two are text).
    extent
        The box around the region's areas; without it only Indonesia's ranges apply and no column is changed.
    minimum_confidence
        The share that a repair must explain of the rows outside the region.
    repair
        Whether to repair at all.
    far_km
        How far from `extent` a point is a fault. Between the two it stays.
    """
    for table, note in (("found_faults", "facts TEXT"), ("found_repairs", "confidence DOUBLE")):
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} (line_number BIGINT, column_name TEXT, rule TEXT, {note})"
        )
    styles = _read_texts(cursor, repair=repair)
    expected = expected_extent(extent)
    points, inside_count = _outside(cursor, expected)
    zero = (points.latitude == 0) & (points.longitude == 0)
    usable = np.isfinite(points.latitude) & np.isfinite(points.longitude) & ~zero
    change = None
    if extent is not None and repair:
        change = find_change(
            points.latitude[usable],
            points.longitude[usable],
            extent=expected,
            inside_count=inside_count,
            minimum_confidence=minimum_confidence,
        )
    if change is not None:
        points = _change_points(cursor, points, usable, change, expected)
    found = name_faults(points, extent=extent, far_km=far_km, repaired_by=change.rules if change else ())
    if found:
        _insert(cursor, "found_faults", _FAULT_TYPES, list(zip(*found, strict=True)))
    if repair:
        _keep_one_cell(cursor, minimum_confidence)
    _run(cursor, "coordinate_outcome")
    readable = inside_count + int(usable.sum())
    return _decision(cursor, styles, inside_count / readable if extent is not None and readable else None)


def _run(cursor: duckdb.DuckDBPyConnection, name: str) -> None:
    cursor.execute((INTAKE_SQL / f"{name}.sql").read_text(encoding="utf-8"))


def _count(cursor: duckdb.DuckDBPyConnection, query: str) -> int:
    row = cursor.execute(query).fetchone()
    return int(row[0] or 0) if row else 0


def _insert(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    types: Mapping[str, pa.DataType],
    columns: Sequence[Sequence[object]],
) -> None:
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types.values(), strict=True)]
    cursor.register("found", pa.table(arrays, names=list(types)))
    cursor.execute(f"INSERT INTO {table} SELECT * FROM found")
    cursor.unregister("found")


def _read_texts(cursor: duckdb.DuckDBPyConnection, *, repair: bool) -> dict[str, str]:
    """Make ``points`` of all texts, and the faults of those that are no angles; give the decimal signs."""
    styles = dict.fromkeys(COLUMNS, "titik")
    first = cursor.execute("SELECT lintang, bujur FROM staged WHERE bujur IS NOT NULL LIMIT 1").fetchone()
    if any("," in (text or "") for text in first or ()):  # most likely a column of commas: saves reading it twice
        styles = _decimal_signs(cursor)
    _read_plain_numbers(cursor, styles)
    if "koma" not in styles.values() and _count(cursor, "SELECT count(*) FROM coordinate_unread"):
        styles = _decimal_signs(cursor)
        if "koma" in styles.values():
            _read_plain_numbers(cursor, styles)
    pairs = cursor.execute("SELECT DISTINCT lintang, bujur FROM coordinate_unread").fetchall()
    readings = [_read_pair(latitude, longitude, styles, repair=repair) for latitude, longitude in pairs]
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE coordinate_lookup (lintang TEXT, bujur TEXT, latitude DOUBLE,
            longitude DOUBLE, one_cell BOOLEAN, latitude_rule TEXT, longitude_rule TEXT)"""
    )
    rows = [(*pair, *reading) for pair, reading in zip(pairs, readings, strict=True)]
    if rows:
        _insert(cursor, "coordinate_lookup", _LOOKUP_TYPES, list(zip(*rows, strict=True)))
    _run(cursor, "coordinate_readings")
    return styles


def _read_plain_numbers(cursor: duckdb.DuckDBPyConnection, styles: Mapping[str, str]) -> None:
    """Make ``points`` of the plain numbers, and ``coordinate_unread`` of the rows that have other texts."""
    latitude, longitude = (
        # An exponent may have cost digits; nothing else with an e is a number.
        f"CASE WHEN NOT contains({name}, 'e') AND NOT contains({name}, 'E') THEN try_cast({text} AS DOUBLE) END"
        for name, text in (
            (name, f"replace({name}, ',', '.')" if styles[name] == "koma" else name) for name in COLUMNS
        )
    )
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE points AS
        SELECT line_number, {longitude} AS longitude, {latitude} AS latitude FROM staged"""
    )
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE coordinate_unread AS SELECT line_number, lintang, bujur FROM staged
        WHERE (lintang IS NOT NULL OR bujur IS NOT NULL) AND ({latitude} IS NULL OR {longitude} IS NULL)"""
    )


def _decimal_signs(cursor: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Say of each column whether some plain number has a comma and none a dot."""
    commas = """count_if(contains({0}, ',') AND NOT contains({0}, '.')
        AND try_cast(replace({0}, ',', '.') AS DOUBLE) IS NOT NULL)"""
    dots = "count_if(contains({0}, '.') AND try_cast({0} AS DOUBLE) IS NOT NULL)"
    counts = ", ".join(f"{commas} > 0 AND {dots} = 0".format(name) for name in COLUMNS)
    row = cursor.execute(f"SELECT {counts} FROM staged").fetchone() or ()
    return {name: "koma" if decided else "titik" for name, decided in zip(COLUMNS, row, strict=True)}


def _read_pair(
    latitude: str | None, longitude: str | None, styles: Mapping[str, str], *, repair: bool
) -> tuple[float | None, float | None, bool, str | None, str | None]:
    """Read the texts of one row: both angles, whether they stood in one cell, and the rules of their faults."""
    commas = [styles[name] == "koma" for name in COLUMNS]
    angles, rules = zip(*map(_read_cell, (latitude, longitude), commas), strict=True)
    both = next((pair for pair in angles if len(pair) == 2), None)
    if both is not None and (latitude is None or longitude in {None, latitude}):
        return (*both, True, None, None) if repair else (None, None, True, "one_cell", None)
    values = [cell[0] if len(cell) == 1 else None for cell in angles]
    half = latitude is None or longitude is None
    needed: list[str | None] = [
        ("half_coordinate" if text is None else None) if half else "number" for text in (latitude, longitude)
    ]
    faults = [
        rule or (missing if value is None else None)
        for rule, missing, value in zip(rules, needed, values, strict=True)
    ]
    return values[0], values[1], False, faults[0], faults[1]


def _read_cell(text: str | None, comma: bool) -> tuple[tuple[float, ...], str | None]:  # noqa: FBT001
    """Read one cell: its angles, or none and the rule that says why; an empty cell has neither."""
    if text is None:
        return (), None
    try:
        angles = read_angles(text, decimal_comma=comma)
    except RoundedError:
        return (), "rounded"
    return (angles, None) if angles else ((), "number")


def _outside(cursor: duckdb.DuckDBPyConnection, expected: Extent) -> tuple[Points, int]:
    """Take the points outside a box out of ``points``, and count those inside."""
    inside = f"""latitude BETWEEN {expected.south} AND {expected.north}
        AND longitude BETWEEN {expected.west} AND {expected.east}"""
    inside_count = _count(cursor, f"SELECT count(*) FROM points WHERE {inside}")
    found = cursor.execute(
        f"""SELECT line_number, latitude, longitude FROM points
        WHERE latitude IS NOT NULL AND longitude IS NOT NULL AND NOT ({inside})"""
    ).fetchnumpy()
    columns = (np.asarray(found[name]) for name in ("line_number", "latitude", "longitude"))
    return Points(*columns), inside_count


def _change_points(
    cursor: duckdb.DuckDBPyConnection, points: Points, usable: Booleans, change: ColumnChange, expected: Extent
) -> Points:
    """Move the points that a change brings into the box, note their repairs, and give the others."""
    latitude, longitude = change.apply(points.latitude, points.longitude, expected)
    mended = usable & np.isfinite(latitude)
    moved = {
        "line_number": points.lines[mended],
        "latitude": latitude[mended],
        "longitude": longitude[mended],
        "latitude_changed": (latitude != points.latitude)[mended],
        "longitude_changed": (longitude != points.longitude)[mended],
    }
    cursor.register("moved", pa.table(moved))
    cursor.execute(
        """UPDATE points SET latitude = moved.latitude, longitude = moved.longitude
        FROM moved WHERE moved.line_number = points.line_number"""
    )
    exchange = ("swapped",) if change.swapped else ()
    for name, flag, applied in (
        ("lintang", "latitude_changed", change.latitude),
        ("bujur", "longitude_changed", change.longitude),
    ):
        cursor.execute(
            f"INSERT INTO found_repairs SELECT line_number, $name, $rule, $confidence FROM moved WHERE {flag}",
            {"name": name, "rule": "+".join((*exchange, *applied.rules)), "confidence": change.confidence},
        )
    cursor.unregister("moved")
    return points.where(~mended)


def _keep_one_cell(cursor: duckdb.DuckDBPyConnection, minimum_confidence: float) -> None:
    """Note the points read from one cell as repairs, or as faults where too few of them came out right."""
    share = cursor.execute(
        """SELECT avg((line_number NOT IN (SELECT line_number FROM found_faults))::INTEGER)
        FROM coordinate_read WHERE one_cell"""
    ).fetchone()
    if share is None or share[0] is None:
        return
    if share[0] < minimum_confidence:
        cursor.execute(
            """INSERT INTO found_faults SELECT line_number, 'lintang', 'one_cell', NULL FROM coordinate_read
            WHERE one_cell AND line_number NOT IN (SELECT line_number FROM found_faults)"""
        )
        return
    cursor.execute(
        """INSERT INTO found_repairs SELECT line_number, unnest(['lintang', 'bujur']), 'one_cell', $share
        FROM coordinate_read WHERE one_cell""",
        {"share": share[0]},
    )


def _decision(
    cursor: duckdb.DuckDBPyConnection, styles: dict[str, str], inside_share: float | None
) -> CoordinateDecision:
    row_count = _count(cursor, "SELECT count(*) FROM points")
    point_count = _count(cursor, "SELECT count(latitude) FROM points")
    faulty_count = _count(cursor, "SELECT count(DISTINCT line_number) FROM coordinate_faults")
    repairs = cursor.execute(
        """SELECT column_name, rule, min(confidence), count(*) FROM coordinate_repairs
        GROUP BY column_name, rule ORDER BY column_name DESC, rule"""
    ).fetchall()
    return CoordinateDecision(
        styles,
        tuple(ColumnRepair(*repair) for repair in repairs),
        point_count=point_count,
        empty_count=row_count - point_count - faulty_count,
        faulty_count=faulty_count,
        inside_share=inside_share,
    )
