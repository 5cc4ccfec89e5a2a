"""Incident files sorted in SQL come to what the plain rules of `tests.oracle_intake` say, for any table of cells."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.read.heads import FORBIDDEN_HEADS
from data.read.rows import stage_table
from data.sort.kinds.incident import INCIDENT
from data.sort.row_kind import MARK, ORIGIN_COLUMNS, Knowledge, Words
from data.sort.sorting import sort_rows
from data.sort.stated_place import Place
from data.store import imports
from tests import oracle_intake as oracle
from tests.city import REGION_CODE, write_csv
from tests.sorter import EXTENT, sources_of

if TYPE_CHECKING:
    from pathlib import Path

Rows = list[dict[str, str]]
# Sound cells stand several times, so that most rows have few faults and some repeat or contradict each other.
CELLS = {
    "id_sumber": ["", "", "A-1", "A-2", "A-3", "CONTOH-1"],
    "tanggal_kejadian": [
        *["2024-11-05", "13/11/2024"] * 4,
        "5 Nop 2024",
        "",
        "2024-11-31",
        "21/11/2024",
        "1997-05-01",
    ],
    "jam": ["", "", "", "08:30", "8.30", "23:59:59", "24:00", "pagi"],
    "tanggal_laporan": ["", "", "2024-11-19", "19-11-2024", "2024-11-01", "besok", "1 Desember 2024"],
    "kategori": [*["KEK", "kekerasan", "HOAKS"] * 3, "", "tidak jelas"],
    "keparahan": [*["2", "3"] * 5, "", "6", "tiga", "3.0"],
    "uraian": ["", "Keributan di pasar", "Keributan"],
    "kode_kelurahan": ["", *["19.99.01.1001"] * 3, "19.99.02.1002", "19.99.09.9999"],
    "kelurahan": ["", "", "Edelweis", "Zamrud"],
    "kecamatan": ["Utara", "Utara", "Selatan", "", "Barat"],
    "presisi": [*[""] * 5, "kelurahan", "RT", "kabupaten", "kira-kira"],
    "sumber": ["Polsek Utara", "Polsek Utara", "Posko", ""],
    "status": ["", "masuk", "Ditolak", "tidak dapat-dipastikan", "beres"],
}
POINTS = [
    *[("", "")] * 5,
    *[("-3.51", "105.93")] * 2,
    ("-3.49", "105.91"),
    ("", "105.93"),
    ("-3.5", ""),
    ("utara", "105.93"),
    ("-6.2", "106.8"),
    ("0", "0"),
]


def understood(code: str | None, name: str | None, district: str | None) -> Place:
    """Hand the sorter the oracle's places."""
    place = oracle.place_of(code, name, district)
    return Place(place.area, place.district, place.rule)


KNOWN = Knowledge(
    today=oracle.TODAY,
    words={"kategori": Words(oracle.CATEGORIES.get), "kabupaten": Words(lambda _: "")},
    resolve_place=understood,
    extent=EXTENT,
    date_orders=dict.fromkeys(INCIDENT.days, "hari-bulan-tahun"),
    name_agreement=0.0,
    repair=False,
)


@st.composite
def files(draw: st.DrawFn) -> Rows:
    """Draw a file of incidents; some rows come twice."""
    cells = st.fixed_dictionaries({name: st.sampled_from(texts) for name, texts in CELLS.items()})
    drawn = draw(st.lists(st.tuples(cells, st.sampled_from(POINTS)), min_size=20, max_size=60))
    rows = [row | {"lintang": latitude, "bujur": longitude} for row, (latitude, longitude) in drawn]
    return rows + draw(st.lists(st.sampled_from(rows), max_size=6))


def sort_in_sql(cursor: duckdb.DuckDBPyConnection, path: Path, import_id: str) -> oracle.Sorted:
    """Sort a file as an import does, and keep the hashes of what would be stored as if it were."""
    sources = sources_of((*INCIDENT.heads, MARK, *ORIGIN_COLUMNS))
    table = stage_table(cursor, path, sources=sources, required=INCIDENT.required, forbidden=FORBIDDEN_HEADS)
    sort_rows(cursor, table, INCIDENT, KNOWN)
    imports.settle_rows(cursor, kind=INCIDENT, region_code=REGION_CODE)
    found = oracle.Sorted(
        *(
            frozenset(row[0] if len(row) == 1 else row for row in cursor.execute(f"SELECT {heap}").fetchall())
            for heap in (
                "line_number FROM fresh",
                "line_number, column_name, rule FROM faults",
                "line_number FROM repeats",
            )
        )
    )
    cursor.execute(
        "INSERT INTO incident SELECT ?, line_number, ?, row_hash, identity_hash FROM fresh", [import_id, REGION_CODE]
    )
    cursor.execute("INSERT INTO valid_import VALUES (?, ?)", [import_id, REGION_CODE])
    return found


@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.tuples(files(), files()))
def test_sql_and_plain_rules_agree_on_every_line(tmp_path: Path, drawn: tuple[Rows, Rows]) -> None:
    first, second = drawn
    known = oracle.Known()
    with closing(duckdb.connect()) as cursor:
        cursor.execute(
            """SET threads = 1;
            CREATE TABLE incident (import_id TEXT, line_number BIGINT, region_code TEXT, row_hash UBIGINT,
                identity_hash UBIGINT);
            CREATE TABLE valid_import (import_id TEXT, region_code TEXT)"""
        )
        for name, rows in (("a", first), ("b", first[:10] + second)):
            found = sort_in_sql(cursor, write_csv(tmp_path / f"{name}.csv", rows), name)
            assert found == oracle.sort_incidents(rows, known)
            assert len(found.accepted) + len(found.duplicates) + len({line for line, *_ in found.faults}) == len(rows)
