"""Simulated nil reports: weekly, simulated, never for a week in which something happened."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from data.demo.nothing import SILENT_WEEKS, simulate_nil_reports
from data.sort.kinds.nil import NIL
from data.sort.row_kind import MARK

END = date(2026, 10, 29)
START = END - timedelta(days=69)  # ten weeks
AREAS = pd.DataFrame(
    [
        (
            f"99.71.{district:02}.100{area}",
            f"Contoh {district}{area}",
            f"99.71.{district:02}",
            f"Kecamatan {district}",
        )
        for district in range(1, 4)
        for area in range(1, 4)
    ],
    columns=["area_code", "area_name", "district_code", "district_name"],
)
INCIDENTS = pd.DataFrame({"kode_kelurahan": ["99.71.01.1001"], "tanggal_kejadian": [END.isoformat()]})


def simulated(seed: int = 7) -> pd.DataFrame:
    return simulate_nil_reports(AREAS, INCIDENTS, start=START, end=END, seed=seed)


def test_rows_have_the_heads_of_the_import_and_say_that_they_are_simulated() -> None:
    rows = simulated()
    assert tuple(rows.columns) == (*NIL.heads, MARK)
    assert set(rows[MARK]) == {"DATA SIMULASI"}


def test_a_week_with_an_incident_is_not_reported_as_quiet() -> None:
    rows = simulated()
    newest = rows[(rows["kode_kelurahan"] == "99.71.01.1001") & (rows["tanggal_selesai"] == END.isoformat())]
    assert newest.empty


def test_every_second_kecamatan_reports_and_the_last_of_them_stops() -> None:
    rows = simulated()
    assert set(rows["kecamatan"]) == {"Kecamatan 1", "Kecamatan 3"}
    last = rows.loc[rows["kecamatan"] == "Kecamatan 3", "tanggal_selesai"].max()
    assert last <= (END - timedelta(days=7 * SILENT_WEEKS)).isoformat()


def test_the_same_seed_gives_the_same_rows() -> None:
    assert simulated().equals(simulated())
    assert not simulated().equals(simulated(seed=8))
