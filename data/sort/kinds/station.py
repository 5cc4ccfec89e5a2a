"""Polling stations (TPS): lists that complete each other, of voters, places and yes-or-no indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.sort.lookups import count_lookup, run
from data.sort.row_kind import AREA, POINT, Column, Placing, RowKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from data.sort.row_kind import Knowledge

YES = ("ya", "y", "yes", "1", "v", "x", "✓", "✔", "☑", "√", "ada", "true", "benar")
NO = ("tidak", "t", "no", "n", "0", "-", "✗", "✘", "☐", "tidak ada", "tdk ada", "false", "tdk", "nihil")
MOST_VOTERS = 99_999  # of one TPS; more is a number of something else


def parse(cursor: duckdb.DuckDBPyConnection, _: RowKind, known: Knowledge) -> dict[str, object]:
    """Read the lines by their own statements: numbers of voters, the number of the TPS, its indicators.

    A total (``dpt``) beside both sexes must be their sum. A total alone is not split: the voters of that TPS stay
    unknown, and ``hanya_total`` counts such lines.

    Returns
    -------
    facts
        ``bilangan`` (sign between thousands by column) and ``hanya_total``.
    """
    styles = count_lookup(cursor, ("dpt_l", "dpt_p", "dpt"), most=MOST_VOTERS)
    _indicators(cursor, known.checklist)
    run(cursor, "station_parsed")
    run(
        cursor,
        "station_faults",
        elections=", ".join(known.words["pemilihan"].ranges),
        male_style=styles["dpt_l"],
        female_style=styles["dpt_p"],
        total_style=styles["dpt"],
    )
    totals = cursor.execute(
        """SELECT count(*) FROM parsed
        WHERE voter_count IS NOT NULL AND voter_count_male IS NULL AND voter_count_female IS NULL"""
    ).fetchone()
    return {"bilangan": styles, "hanya_total": totals[0] if totals else 0}


def complete(cursor: duckdb.DuckDBPyConnection, region_code: str) -> None:
    """Take a line about a known TPS that contradicts nothing known about it; refuse a checklist of an unknown TPS."""
    run(cursor, "station_known", region_code=region_code)
    run(cursor, "station_completes")
    run(cursor, "station_unknown")


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


STATION = RowKind(
    code="station",
    table="station",
    columns=(
        Column("pemilihan", "word", "election_code", required=True),
        *AREA,
        Column("no_tps", stored="station_number", required=True),
        Column("lokasi", "text", "place_name", names_persons=True),
        *POINT,
        Column("dpt_l", stored="voter_count_male"),
        Column("dpt_p", stored="voter_count_female"),
        Column("dpt"),
        Column("kelas_polri", stored="police_class"),
    ),
    more_stored=("indicators",),
    fault_column="no_tps",
    # A TPS is where KPU says it is.
    placing=Placing(follows_point="false", not_coarser_than_area="true", elsewhere="tps_di_kelurahan_lain"),
    parse=parse,
    settle=complete,
)
