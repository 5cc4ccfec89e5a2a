"""All TPS of a made-up country, 820,000 on 83,000 areas, from one CSV into the store.

Run with `pytest -m bench -s tests/bench/bench_stations.py`. The areas are plain (some 12 vertices each): what is
measured is the list. Setting up the country and taking in the list are processes of their own.
"""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.officers import officer

STATION_COUNT = 820_000
AREA_COUNT = 83_000
ELECTION = "pemilu-2024"
MIDDLE = (118.0, -2.5)
MOST_SECONDS, MOST_MIB = 120.0, 2048.0  # of processor time, which a busy machine changes little


@pytest.mark.bench
@pytest.mark.timeout(3600)
def test_the_stations_of_a_country(tmp_path: Path) -> None:
    _run("make", tmp_path)
    found = _run("take_in", tmp_path)
    size_mib = (tmp_path / "tps.csv").stat().st_size / 2**20
    print(f"\n{STATION_COUNT:,} TPS, {size_mib:.0f} MiB, {AREA_COUNT:,} areas")
    print(f"{found['seconds']:.1f} s, processor {found['processor_seconds']:.1f} s, peak {found['peak_mib']:.0f} MiB")
    assert found["accepted"] == STATION_COUNT
    assert found["processor_seconds"] < MOST_SECONDS
    assert found["peak_mib"] < MOST_MIB


def _run(name: str, folder: Path) -> dict[str, float]:
    """Run one step in a new process and return what it measured."""
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, __file__, name, str(folder)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _make(folder: Path) -> dict[str, float]:
    import duckdb
    import geopandas as gpd
    import shapely
    import tessellation
    from pyproj import Transformer

    from data.store.lake import open_lake
    from lib.intake.boundaries import import_boundaries
    from lib.rules.regions import region_profile

    tessellation.HALVINGS = 1
    metres = tessellation.make_tessellation(AREA_COUNT, seed=1)
    east, north = Transformer.from_crs(4326, 3395, always_xy=True).transform(*MIDDLE)
    to_degrees = Transformer.from_crs(3395, 4326, always_xy=True)
    degrees = shapely.transform(metres, lambda x, y: to_degrees.transform(x + east, y + north), interleaved=False)
    codes = [
        f"{11 + n // 2156}.{1 + n // 154 % 14:02d}.{1 + n // 11 % 14:02d}.{2001 + n % 11}" for n in range(AREA_COUNT)
    ]
    names = [f"Desa {n}" for n in range(AREA_COUNT)]
    areas = gpd.GeoDataFrame({"kode": codes, "nama": names}, geometry=degrees, crs=4326)
    areas.to_file(folder / "batas.gpkg")
    import_boundaries(
        open_lake(str(folder / "gudang")), region_profile("00"), folder / "batas.gpkg", actor=officer("uji")
    )
    x, y = shapely.get_coordinates(shapely.point_on_surface(degrees)).T
    connection = duckdb.connect()
    spots = areas[["kode", "nama"]].assign(position=range(AREA_COUNT), x=x, y=y)
    connection.register("area", spots)
    connection.execute(
        f"""COPY (
            SELECT '{ELECTION}' AS pemilihan, kode AS kode_kelurahan, nama AS kelurahan,
                lpad((1 + n // {AREA_COUNT})::VARCHAR, 3, '0') AS no_tps, 'SDN ' || (n % 300) AS lokasi,
                CASE WHEN n % 10 > 2 THEN round(y, 6) END AS lintang,
                CASE WHEN n % 10 > 2 THEN round(x, 6) END AS bujur,
                60 + n % 80 AS dpt_l, 61 + n % 70 AS dpt_p, 'kurang rawan' AS kelas_polri
            FROM range({STATION_COUNT}) t(n) JOIN area ON area.position = n % {AREA_COUNT} ORDER BY kode, n
        ) TO '{folder / "tps.csv"}' (HEADER)"""
    )
    return {}


def _take_in(folder: Path) -> dict[str, float]:
    from data.store.lake import open_lake
    from lib.rules.regions import region_profile
    from tests.steps import import_stations

    lake = open_lake(str(folder / "gudang"))
    begin, processor_begin = time.perf_counter(), time.process_time()
    result = import_stations(lake, region_profile("00"), folder / "tps.csv", actor=officer())
    return {
        "accepted": result.counts.accepted,
        "seconds": time.perf_counter() - begin,
        "processor_seconds": time.process_time() - processor_begin,
    }


if __name__ == "__main__":
    answer = {"make": _make, "take_in": _take_in}[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps(answer | {"peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
