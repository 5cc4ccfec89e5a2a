"""Everything that is judged in one go: score, draws, alerts, hot-spots, forecast; a city and a whole country.

Run with `pytest -m bench -s tests/bench/bench_assess.py`. Making the store is a process of its own, and so is each
judging; imports are not counted. The country is judged without hot-spots, which are a question about one region.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

DAYS = 300
AS_OF = date(2024, 11, 20)
VOTING_DAY = date(2024, 11, 27)
MIDDLE = (118.0, -2.5)
CITY = (200, 10_000)
PROVINCE = (8_300, 100_000)
COUNTRY = (83_000, 1_000_000)
CITY_SECONDS = 0.6  # of processor time, with all that is needed imported and the store opened
COUNTRY_SECONDS, COUNTRY_MIB = 60.0, 4096.0
GROWTH = 1.1


@pytest.mark.bench
@pytest.mark.timeout(3600)
def test_a_city_and_a_country_are_judged_in_time(tmp_path: Path) -> None:
    found = {}
    for size in (CITY, PROVINCE, COUNTRY):
        folder = tmp_path / str(size[0])
        folder.mkdir()
        _run("make", folder, size)
        found[size] = _run("judge", folder, size)
    steps = [name for name in found[CITY] if name != "peak_mib"]
    print(f"\nprocessor seconds  {'':6}" + "".join(f"{f'{areas:,} x {rows:,}':>20}" for areas, rows in found))
    for step in steps:
        print(f"{step:25}" + "".join(f"{f'{taken.get(step, 0.0):.3f}':>20}" for taken in found.values()))
    print(f"{'peak MiB':25}" + "".join(f"{taken['peak_mib']:20.0f}" for taken in found.values()))
    city, province, country = (_sum(found[size]) for size in (CITY, PROVINCE, COUNTRY))
    growth = _exponent(country, province)
    print(f"{'together':25}{city:20.3f}{province:20.3f}{country:20.3f}; grows as n^{growth:.2f}")
    assert city + found[CITY]["hotspots"] < CITY_SECONDS
    assert country < COUNTRY_SECONDS
    assert found[COUNTRY]["peak_mib"] < COUNTRY_MIB
    assert growth < GROWTH


def _sum(taken: dict[str, float]) -> float:
    return sum(seconds for name, seconds in taken.items() if name not in {"peak_mib", "hotspots"})


def _exponent(large: float, small: float) -> float:
    import math

    return math.log(large / small) / math.log(COUNTRY[0] / PROVINCE[0])


def _run(name: str, folder: Path, size: tuple[int, int]) -> dict[str, float]:
    """Run one step in a new process and return what it measured."""
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, __file__, name, str(folder), *map(str, size)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _make(folder: Path, area_count: int, incident_count: int) -> dict[str, float]:
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    import shapely
    import tessellation
    from pyproj import Transformer

    from data.lake import open_lake
    from lib import intake
    from lib.profile import region_profile

    tessellation.HALVINGS = 1
    metres = tessellation.make_tessellation(area_count, seed=1)
    east, north = Transformer.from_crs(4326, 3395, always_xy=True).transform(*MIDDLE)
    to_degrees = Transformer.from_crs(3395, 4326, always_xy=True)
    degrees = shapely.transform(metres, lambda x, y: to_degrees.transform(x + east, y + north), interleaved=False)
    codes = [
        f"{11 + n // 2156}.{1 + n // 154 % 14:02d}.{1 + n // 11 % 14:02d}.{2001 + n % 11}" for n in range(area_count)
    ]
    areas = gpd.GeoDataFrame({"kode": codes, "nama": [f"Desa {n}" for n in range(area_count)]}, geometry=degrees)
    areas.set_crs(4326).to_file(folder / "batas.gpkg")
    lake, region = open_lake(str(folder / "gudang")), region_profile("00")
    intake.import_boundaries(lake, region, folder / "batas.gpkg", actor="uji")

    rng = np.random.default_rng(2)
    rate = rng.lognormal(0, 0.9, area_count)
    area = rng.choice(area_count, incident_count, p=rate / rate.sum())
    day = np.floor(DAYS * np.sqrt(rng.random(incident_count))).astype(int)
    occurred = np.array([AS_OF - timedelta(days=DAYS - 1 - n) for n in range(DAYS)])[day]
    delay = np.minimum(rng.poisson(2, incident_count), DAYS - 1 - day)
    spots = shapely.get_coordinates(shapely.point_on_surface(degrees))[area]
    pd.DataFrame(
        {
            "id_sumber": np.arange(incident_count),
            "tanggal_kejadian": occurred,
            "tanggal_laporan": occurred + np.array([timedelta(days=int(n)) for n in delay]),
            "kategori": rng.choice(["KEK", "INT", "PU", "HOAKS", "APK", "LOG", "DPT", "UNR"], incident_count),
            "keparahan": rng.choice([1, 2, 3, 4], incident_count, p=[0.4, 0.4, 0.15, 0.05]),
            "uraian": "uji",
            "kode_kelurahan": np.array(codes)[area],
            "lintang": spots[:, 1].round(6),
            "bujur": spots[:, 0].round(6),
            "presisi": "titik",
            "sumber": rng.choice(["Polsek", "Panwascam", "Laporan warga"], incident_count),
            "status_verifikasi": rng.choice(["terverifikasi", "masuk"], incident_count),
        }
    ).to_csv(folder / "kejadian.csv", index=False)
    counts = intake.import_incidents(lake, region, folder / "kejadian.csv", today=AS_OF, actor="uji").counts
    assert counts.accepted == incident_count, counts
    return {}


def _judge(folder: Path, area_count: int, _: int) -> dict[str, float]:
    import esda  # noqa: F401 - what is measured is judging, not importing
    import libpysal  # noqa: F401

    from data.lake import open_lake
    from lib import alerts, assess, forecasts, hotspots, uncertainty
    from lib.panels import load_panels

    lake = open_lake(str(folder / "gudang"))
    taken: dict[str, float] = {}

    def timed(name: str, work: Callable[[], object]) -> object:
        begin = time.process_time()
        answer = work()
        taken[name] = time.process_time() - begin
        return answer

    filters = assess.default_filters(lake, "00", as_of=AS_OF)
    known = timed("facts", lambda: assess.facts(lake, filters))
    judged = timed("score", lambda: assess.judge(known, filters))
    assert len(judged.areas) == area_count
    timed("draws", lambda: uncertainty.rank_uncertainty(known, judged))
    codes = judged.areas["area_code"]
    panels = timed("panels", lambda: load_panels(lake, "00", codes, as_of=AS_OF))
    timed("alerts", lambda: alerts.find_alerts(panels))
    timed("forecast", lambda: forecasts.forecasts(lake, "00", as_of=AS_OF, voting_day=VOTING_DAY))
    if area_count == CITY[0]:
        timed("hotspots", lambda: hotspots.find_hotspots(lake, filters))
    return taken


if __name__ == "__main__":
    answer = {"make": _make, "judge": _judge}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    print(json.dumps(answer | {"peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
