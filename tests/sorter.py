"""Lines staged and sorted by the real engine, for tests of sorting."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd

from data.read.heads import FORBIDDEN_HEADS
from data.read.rows import stage_table
from data.read.sources import Source
from data.sort.coordinate_repair import Extent
from data.sort.row_kind import MARK, ORIGIN_COLUMNS, Knowledge, Words
from data.sort.sorting import sort_rows
from geo import codes
from lib.intake.kinds import KINDS
from lib.intake.place_names import place_resolver
from lib.rules.agreement import agreement_rules
from lib.rules.taxonomy import taxonomy
from tests.city import ANGGREK, AREAS, ELECTION, REGION, REGION_CODE, SIDE, SOUTH, WEST, incident, station, write_csv

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from data.read.rows import TextTable

TODAY = date(2024, 11, 20)
TWINS = {"19.99.02.1004": ("Anggrek", "Selatan")}  # a second Anggrek in the other kecamatan
PLACES = pd.DataFrame(
    [(code, name, codes.district_code(code), district) for code, (name, district, *_) in (AREAS | TWINS).items()],
    columns=["area_code", "area_name", "district_code", "district_name"],
)
RESOLVE = place_resolver(PLACES, region_code=REGION_CODE, region_bps_code="1998")
INDICATORS = ("v1.1", "v3.1")
PLAUSIBLE = {"sengketa_lahan": (0.0, 55.0), "jarak_pos_polisi": (0.0, 110.0)}

EXTENT = Extent(WEST, SOUTH, WEST + 3 * SIDE, SOUTH + 2 * SIDE)
KNOWN = Knowledge(
    today=TODAY,
    resolve_place=RESOLVE,
    words={
        "kategori": Words(taxonomy().match),
        "kabupaten": Words(REGION.says_regency),
        "pemilihan": Words(lambda text: ELECTION if text.lower() == ELECTION else None, {ELECTION: (0, 600)}),
        "kelas": Words(agreement_rules().match),
        "indikator": Words(lambda text: text.lower() if text.lower() in PLAUSIBLE else None, PLAUSIBLE),
    },
    extent=EXTENT,
)


def sources_of(columns: Sequence[str]) -> dict[str, Source]:
    """Take each column of a template from the head of the same name."""
    return {name: Source(heads=(name,)) for name in columns}


def nil(**changes: object) -> dict[str, str]:
    """Give a faultless report that nothing happened in Anggrek in a week, with changes."""
    row = {
        "sumber": "Polsek Utara",
        "kode_kelurahan": ANGGREK,
        "kelurahan": "Anggrek",
        "kecamatan": "Utara",
        "tanggal_mulai": "2024-11-04",
        "tanggal_selesai": "2024-11-10",
        "tanggal_laporan": "2024-11-11",
    }
    return row | {name: "" if value is None else str(value) for name, value in changes.items()}


def meeting(**changes: object) -> dict[str, str]:
    """Give a faultless item of a meeting, with changes."""
    row = {
        "tanggal": "2024-11-05",
        "judul": "Rakor Tim Terpadu",
        "jenis": "isu",
        "hari": "",
        "kategori": "KEK",
        "isi": "Keributan di pasar",
    }
    return row | {name: "" if value is None else str(value) for name, value in changes.items()}


def agency_class(**changes: object) -> dict[str, str]:
    """Give a faultless class that a body gave Anggrek, with changes."""
    row = {
        "lembaga": "Polres",
        "edisi": "Pilkada 2024",
        "tanggal": "2024-11-01",
        "kode_kelurahan": ANGGREK,
        "kelurahan": "Anggrek",
        "kecamatan": "Utara",
        "kelas": "sangat rawan",
        "alasan_kelas": "Pernah ada perusakan",
    }
    return row | {name: "" if value is None else str(value) for name, value in changes.items()}


def indicator(**changes: object) -> dict[str, str]:
    """Give a faultless value of an indicator in Anggrek, with changes."""
    row = {
        "kode_kelurahan": ANGGREK,
        "kelurahan": "Anggrek",
        "kecamatan": "Utara",
        "indikator": "sengketa_lahan",
        "nilai": "2",
        "tanggal": "2024-11-01",
        "sumber": "Kantor Pertanahan",
    }
    return row | {name: "" if value is None else str(value) for name, value in changes.items()}


MAKE = {
    "incident": incident,
    "station": station,
    "nil": nil,
    "meeting": meeting,
    "class": agency_class,
    "indicator": indicator,
}
Sorted = tuple[pd.DataFrame, pd.DataFrame, dict[str, Any]]


def sort(folder: Path, lines: Sequence[Mapping[str, str]] | str, kind: str = "incident", **options: Any) -> Sorted:
    """Stage and sort lines (or the text of a file): faultless rows, faults, and the facts found out.

    Under ``repairs`` the facts hold the table of repairs, under ``raw`` what is kept of the file.
    """
    path = folder / "berkas.csv"
    if isinstance(lines, str):
        path.write_text(lines, encoding="utf-8")
    else:
        write_csv(path, lines)
    with closing(duckdb.connect()) as cursor:
        table, facts = stage_and_sort(cursor, path, kind, **options)
        hashed = cursor.execute("SELECT * FROM hashed ORDER BY line_number").df()
        faults = cursor.execute("SELECT * FROM faults ORDER BY ALL").df()
        facts["repairs"] = cursor.execute("SELECT * FROM repairs ORDER BY ALL").df()
        facts["raw"] = cursor.execute("SELECT * FROM raw_lines ORDER BY line_number").df()
        assert len(hashed) + faults["line_number"].nunique() == table.row_count
        return hashed, faults, facts


def stage_and_sort(
    cursor: duckdb.DuckDBPyConnection, path: Path, kind: str, **options: Any
) -> tuple[TextTable, dict[str, Any]]:
    """Stage and sort a file in temporary tables of a cursor."""
    rows = KINDS[kind].rows
    table = stage_table(
        cursor,
        path,
        sources=sources_of((*rows.heads, *(INDICATORS if kind == "station" else ()), MARK, *ORIGIN_COLUMNS)),
        required=rows.required,
        forbidden=FORBIDDEN_HEADS,
    )
    checklist = tuple(code for code in INDICATORS if code in table.columns)
    return table, sort_rows(cursor, table, rows, replace(KNOWN, checklist=checklist, **options))


def one(folder: Path, line: Mapping[str, str], kind: str = "incident") -> dict[str, Any]:
    """Sort one faultless line and give its row."""
    return dict(all_of(folder, [line], kind).iloc[0])


def all_of(folder: Path, lines: Sequence[Mapping[str, str]], kind: str = "incident") -> pd.DataFrame:
    """Sort faultless lines and give their rows."""
    hashed, faults, _ = sort(folder, lines, kind)
    assert faults.empty, faults.to_dict("records")
    return hashed
