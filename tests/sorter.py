"""Lines staged and sorted by the real engine, for tests of sorting."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd

from data.rows import stage_table
from data.sorting import (
    FORBIDDEN_HEADS,
    INCIDENT_COLUMNS,
    INCIDENT_REQUIRED,
    MARK,
    STATION_COLUMNS,
    STATION_REQUIRED,
    sort_incidents,
    sort_stations,
)
from geo import codes
from lib.places import place_resolver
from lib.taxonomy import taxonomy
from tests.city import AREAS, ELECTION, REGION_CODE, write_csv

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

TODAY = date(2024, 11, 20)
TWINS = {"19.99.02.1004": ("Anggrek", "Selatan")}  # a second Anggrek in the other kecamatan
PLACES = pd.DataFrame(
    [(code, name, codes.district_code(code), district) for code, (name, district, *_) in (AREAS | TWINS).items()],
    columns=["area_code", "area_name", "district_code", "district_name"],
)
RESOLVE = place_resolver(PLACES, region_code=REGION_CODE, region_bps_code="1998")
INDICATORS = ("v1.1", "v3.1")

Sorted = tuple[pd.DataFrame, pd.DataFrame, dict[str, str]]


def sort(folder: Path, lines: Sequence[Mapping[str, str]] | str, kind: str = "incident") -> Sorted:
    """Stage and sort lines (or the text of a file): faultless rows, faults, and the formats decided."""
    path = folder / "berkas.csv"
    if isinstance(lines, str):
        path.write_text(lines, encoding="utf-8")
    else:
        write_csv(path, lines)
    with closing(duckdb.connect()) as cursor:
        if kind == "incident":
            columns, required = (*INCIDENT_COLUMNS, MARK), INCIDENT_REQUIRED
        else:
            columns, required = (*STATION_COLUMNS, MARK, *INDICATORS), STATION_REQUIRED
        table = stage_table(cursor, path, columns=columns, required=required, forbidden=FORBIDDEN_HEADS)
        if kind == "incident":
            formats = sort_incidents(
                cursor, table, today=TODAY, match_category=taxonomy().match, resolve_place=RESOLVE
            )
        else:
            formats = sort_stations(
                cursor,
                table,
                elections={ELECTION: 600},
                match_election=lambda text: ELECTION if text.lower() == ELECTION else None,
                resolve_place=RESOLVE,
                indicator_codes=[code for code in INDICATORS if code in table.columns],
            )
        hashed = cursor.execute("SELECT * FROM hashed ORDER BY line_number").df()
        faults = cursor.execute("SELECT * FROM faults ORDER BY ALL").df()
        assert len(hashed) + faults["line_number"].nunique() == table.row_count
        return hashed, faults, formats


def one(folder: Path, line: Mapping[str, str], kind: str = "incident") -> dict[str, Any]:
    """Sort one faultless line and give its row."""
    return dict(all_of(folder, [line], kind).iloc[0])


def all_of(folder: Path, lines: Sequence[Mapping[str, str]], kind: str = "incident") -> pd.DataFrame:
    """Sort faultless lines and give their rows."""
    hashed, faults, _ = sort(folder, lines, kind)
    assert faults.empty, faults.to_dict("records")
    return hashed
