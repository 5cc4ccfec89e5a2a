"""How soon the commands answer, against the least that any command can take: Python, DuckDB, the store attached.

Run with `pytest -m bench -s tests/bench/bench_commands.py`. Every run is a process of its own. What counts is the
least processor time of several rounds, in which the commands and what they are held against take turns: a busy
machine moves both alike.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
import tessellation
from pyproj import CRS, Transformer

from lib.commands.parser import main

AREA_COUNT = 93
REGION = "15.07"  # a kabupaten of as many desa
MIDDLE = (104.0, -1.2)
ROUNDS = 5
ROOT = Path(__file__).parents[2]
ATTACH = """
import importlib.util, pathlib, sys, duckdb
engine = duckdb.connect()
for name in ("ducklake", "sqlite_scanner"):
    folder = pathlib.Path(importlib.util.find_spec(f"duckdb_extension_{name}").origin).parent
    engine.execute(f"LOAD '{next(folder.rglob('*.duckdb_extension'))}'")
engine.execute(f"ATTACH 'ducklake:sqlite:{sys.argv[1]}/katalog.sqlite' AS lake (DATA_PATH '{sys.argv[1]}/tabel/')")
engine.execute("SELECT max(version) FROM lake.schema_version")
"""
GOALS = {"riwayat": 1.0, "skor": 2.5, "peta": 4.0}
CEILINGS = {"riwayat": 1.0, "skor": 5.0, "peta": 9.0}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PETADINI_LAKE", str(tmp_path / "gudang"))
    monkeypatch.delenv("PETADINI_HARI_INI", raising=False)
    metres = tessellation.make_tessellation(AREA_COUNT, seed=1)
    east, north = Transformer.from_crs(4326, 3395, always_xy=True).transform(*MIDDLE)
    moved = shapely.transform(metres, lambda points: points + np.array([east, north]))
    names = [f"Desa {number}" for number in range(AREA_COUNT)]
    codes = [f"{REGION}.{1 + number // 10:02d}.{2001 + number % 10}" for number in range(AREA_COUNT)]
    areas = gpd.GeoDataFrame({"kode": codes, "nama": names}, geometry=moved, crs=CRS.from_epsg(3395))
    areas.to_crs(4326).to_file(tmp_path / "batas.gpkg")
    assert main(["siapkan", "--wilayah", REGION, "--batas", str(tmp_path / "batas.gpkg")]) == 0
    assert main(["simulasi", "--keluar", str(tmp_path / "gladi")]) == 0
    for kind in ("tps", "kejadian"):
        assert main(["impor", kind, str(next((tmp_path / "gladi").glob(f"{kind}*")))]) == 0
    return tmp_path


@pytest.mark.bench
@pytest.mark.timeout(1200)
def test_the_commands_answer_soon(store: Path) -> None:
    lines = {
        "attach": ["-c", ATTACH, str(store / "gudang")],
        "riwayat": ["-m", "lib.commands", "riwayat"],
        "skor": ["-m", "lib.commands", "skor", "--csv", str(store / "skor.csv")],
        "peta": ["-m", "lib.commands", "peta", "--png", str(store / "peta.png")],
    }
    taken: dict[str, list[float]] = {name: [] for name in lines}
    for _ in range(ROUNDS):
        for name, line in lines.items():
            taken[name].append(_processor_seconds(line))
    least = {name: min(seconds) for name, seconds in taken.items()}
    print()
    for name, seconds in least.items():
        goal = f"  ratio {seconds / least['attach']:.2f}, wished for {GOALS[name]}" if name in GOALS else ""
        print(f"{name:10}{seconds:8.2f} s of processor time{goal}")
    for name, most in CEILINGS.items():
        assert least[name] < most * least["attach"], name


def _processor_seconds(line: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *line], cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
