"""A simulated election over any region: large areas, islands, areas without polygon."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from scipy.spatial import cKDTree

from data.demo.files import SimulationFiles, write_simulation

if TYPE_CHECKING:
    from pathlib import Path

UTM = "EPSG:32748"
TODAY, VOTING_DAY = date(2031, 10, 23), date(2031, 11, 19)


@pytest.fixture(scope="module")
def kabupaten() -> gpd.GeoDataFrame:
    """Make 93 desa of some 50 km², one of two islands, three of them without polygon."""
    side = 0.065
    rows = []
    for number in range(93):
        x, y = 103.6 + side * (number % 10), -1.6 + side * (number // 10)
        box = shapely.box(x, y, x + side, y + side)
        if number == 5:
            box = shapely.MultiPolygon([box, shapely.box(x + 0.01, y - 0.03, x + 0.03, y - 0.01)])
        district = f"15.07.{number // 9 + 1:02d}"
        shape = None if number in {20, 21, 60} else box
        rows.append((f"{district}.{2001 + number}", f"Desa {number}", district, f"Kecamatan {number // 9}", shape))
    columns = ["area_code", "area_name", "district_code", "district_name", "geometry"]
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry="geometry", crs="EPSG:4326")


def simulate(areas: gpd.GeoDataFrame, folder: Path) -> SimulationFiles:
    return write_simulation(
        areas, folder, region_code="15.07", election_code="uji", voting_day=VOTING_DAY,
        start=TODAY - timedelta(days=199), end=TODAY, total_voters=176_000, station_count=424, max_voters=600,
        count=900,
    )  # fmt: skip


def test_a_large_region_with_areas_without_polygon(kabupaten: gpd.GeoDataFrame, tmp_path: Path) -> None:
    files = simulate(kabupaten, tmp_path)
    assert (files.stations.name, files.incidents.name) == ("tps_simulasi_15.07.csv", "kejadian_simulasi_15.07.csv")
    made, stations = read(files.incidents), read(files.stations)
    bare = kabupaten.loc[kabupaten.geometry.isna(), "area_name"]
    assert stations.loc[stations["lintang"] == "", "kelurahan"].unique().tolist() == bare.tolist()
    mentioned = made[made["kelurahan"].isin(bare)]
    assert 1 <= len(mentioned) < 60
    assert (mentioned["lintang"] == "").all()

    points = points_m(made[made["presisi"] == "titik"])
    nearest = cKDTree(points).query(points, k=2)[0]
    assert np.median(nearest[:, 1]) > 300  # scales follow the areas: no city's clusters in a region of desa


def test_a_region_without_any_polygon(kabupaten: gpd.GeoDataFrame, tmp_path: Path) -> None:
    bare = kabupaten.set_geometry(gpd.GeoSeries([None] * len(kabupaten), crs="EPSG:4326"))
    made = read(simulate(bare, tmp_path).incidents)
    assert len(made) == 900
    assert (made["lintang"] == "").all()


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def points_m(rows: pd.DataFrame) -> np.ndarray:
    placed = rows[rows["lintang"] != ""]
    points = gpd.points_from_xy(placed["bujur"].astype(float), placed["lintang"].astype(float), crs="EPSG:4326")
    return shapely.get_coordinates(points.to_crs(UTM))
