"""Files that no one here made, read in full: boundaries of three regions, one twice, and KPU's list of TPS."""

from __future__ import annotations

import contextlib
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.errors import BoundaryError
from lib.intake.boundaries import import_boundaries
from lib.intake.options import ImportOptions
from lib.intake.rows import RowImport, import_rows
from lib.region import boundary_sets
from lib.rules.regions import region_profile
from tests.officers import officer

if TYPE_CHECKING:
    from data.store.lake import Lake
    from lib.intake.rows import ImportResult

FOLDER = Path(os.environ.get("PETADINI_REAL_DATA", ""))
TODAY = date(2024, 2, 1)
STATIONS = "tps_per_desa_pemilu_2024.csv"
MEMPAWAH, MEMPAWAH_BPS = "mempawah_61.02_cahyadsn.gpkg", "mempawah_id6104_hdx_bps2020.gpkg"
BOUNDARIES = {
    "14.72": ("dumai_14.72_cahyadsn.gpkg", 36, 3),
    "15.07": ("tanjung_jabung_timur_15.07_cahyadsn.geojson", 93, 0),
    "61.02": (MEMPAWAH, 67, 0),
}
# TPS of the region, and those of them in kelurahan without a polygon.
STATION_COUNTS = {"14.72": (925, 56), "15.07": (713, 0), "61.02": (894, 0)}

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not os.environ.get("PETADINI_REAL_DATA"), reason="PETADINI_REAL_DATA names no folder"),
]


def take_boundaries(lake: Lake, code: str) -> ImportResult:
    return import_boundaries(lake, region_profile(code), FOLDER / BOUNDARIES[code][0], actor=officer())


@pytest.mark.parametrize("code", BOUNDARIES)
def test_boundaries_and_the_list_of_tps_join_by_code(lake: Lake, code: str) -> None:
    _, area_count, missing_count = BOUNDARIES[code]
    result = take_boundaries(lake, code)
    assert (result.counts.accepted, len(result.facts["tanpa_poligon"])) == (area_count, missing_count)
    taken = import_rows(
        RowImport(
            lake,
            region_profile(code),
            FOLDER / STATIONS,
            kind="station",
            today=TODAY,
            options=ImportOptions(election_code="pemilu-2024"),
        ),
        actor=officer(),
    )
    station_count, without_polygon = STATION_COUNTS[code]
    total = sum(count for count, _ in STATION_COUNTS.values())
    assert (taken.counts.rows, taken.counts.accepted) == (total, station_count)
    assert taken.counts.quarantined == total - station_count  # those of the other two regions
    with contextlib.closing(lake.cursor()) as cursor:
        row = cursor.execute(
            """SELECT count(*), count(*) FILTER (WHERE geometry IS NULL)
            FROM current_station JOIN current_area USING (area_code)"""
        ).fetchone()
    assert row == (station_count, without_polygon)


def test_boundaries_in_codes_of_bps_are_refused_or_kept_to_compare_with(lake: Lake) -> None:
    region = region_profile("61.02")
    take_boundaries(lake, "61.02")
    with pytest.raises(BoundaryError) as refused:
        import_boundaries(lake, region, FOLDER / MEMPAWAH_BPS, actor=officer())
    assert refused.value.code == "bps_codes"
    import_boundaries(
        lake,
        region,
        FOLDER / MEMPAWAH_BPS,
        actor=officer(),
        options=ImportOptions(code_system="bps", vintage="BPS 2020"),
    )
    sets = boundary_sets.boundary_sets(lake, region.code)
    assert sorted(known.code_system for known in sets) == ["bps", "kemendagri"]
    assert [known.code_system for known in sets if known.in_force] == ["kemendagri"]
