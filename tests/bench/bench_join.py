"""The join of a million points with every village of a country, against two joins most people would write.

Run with `pytest -m bench -s tests/bench/bench_join.py`. Each variant runs in a process of its own, in turn,
so that its peak memory is its own and the load of the machine falls on all alike. Making point objects is not
counted for the two others, while `geo.join` is timed from plain coordinates to the finished answer, border
rule included.
"""

import json
import os
import pickle
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

AREA_COUNT = 83_000
POINT_COUNT = 1_000_000
ROUNDS = 3
POLYGONS_PER_BLOCK = 2_000  # read in blocks, so that reading leaves no peak of its own

Answer = NDArray[np.int64]
Variant = Callable[[NDArray[np.float64], NDArray[np.float64], NDArray[np.object_]], tuple[float, Answer]]


@pytest.mark.bench
@pytest.mark.timeout(1800)
def test_join_against_sjoin_and_bare_tree(tmp_path: Path) -> None:
    _run("make", tmp_path)
    rounds = [{name: _run(name, tmp_path) for name in VARIANTS} for _ in range(ROUNDS)]

    best = {name: min(r[name]["seconds"] for r in rounds) for name in VARIANTS}
    peak = {name: min(r[name]["peak_mb"] for r in rounds) for name in VARIANTS}
    print(f"\n{POINT_COUNT:,} points, {AREA_COUNT:,} areas, best of {ROUNDS} rounds")
    print(f"{'':12}{'seconds':>9}{'x sjoin':>9}{'x bare':>9}{'peak MB':>9}{'x bare':>9}")
    for name in VARIANTS:
        seconds, megabytes = best[name], peak[name]
        print(
            f"{name:12}{seconds:9.2f}{seconds / best['sjoin']:9.2f}{seconds / best['bare_tree']:9.2f}"
            f"{megabytes:9.0f}{megabytes / peak['bare_tree']:9.2f}"
        )

    ours, tree, sjoin = (np.load(tmp_path / f"{name}.npy") for name in ("geo_join", "bare_tree", "sjoin"))
    method = np.load(tmp_path / "method.npy")
    interior = method == 1
    assert interior.mean() > 0.8
    assert np.array_equal(ours[interior], tree[interior])
    assert np.array_equal(ours[interior], sjoin[interior])
    assert (tree[method == 3] == -1).all()


def _run(name: str, folder: Path) -> dict[str, float]:
    """Run one variant in a new process and return what it measured."""
    root = Path(__file__).parents[2]
    command = [sys.executable, __file__, name, str(folder)]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(root)}, stdout=subprocess.PIPE, check=True, text=True
    )
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _make(folder: Path) -> None:
    """Write the areas, and points spread over them in random order: as many in towns as in the country."""
    from tessellation import make_tessellation

    areas = make_tessellation(AREA_COUNT, seed=11)
    random = np.random.default_rng(12)
    west, south, east, north = shapely.bounds(areas)[random.integers(0, AREA_COUNT, POINT_COUNT)].T
    np.save(folder / "points.npy", [random.uniform(west, east), random.uniform(south, north)])
    with (folder / "areas.pickle").open("wb") as file:
        for begin in range(0, AREA_COUNT, POLYGONS_PER_BLOCK):
            pickle.dump(shapely.to_wkb(areas[begin : begin + POLYGONS_PER_BLOCK]), file)


def _read(folder: Path) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    blocks = range(0, AREA_COUNT, POLYGONS_PER_BLOCK)
    with (folder / "areas.pickle").open("rb") as file:
        areas = [shapely.from_wkb(pickle.load(file)) for _ in blocks]
    return np.load(folder / "points.npy"), np.concatenate(areas)


def _geo_join(
    x: NDArray[np.float64], y: NDArray[np.float64], areas: NDArray[np.object_]
) -> tuple[float, NDArray[np.int64]]:
    from geo.join import locate_projected

    codes = [f"{number:010d}" for number in range(len(areas))]
    begin = time.perf_counter()
    located = locate_projected(x, y, areas, area_codes=codes)
    seconds = time.perf_counter() - begin
    np.save(Path(sys.argv[2]) / "method.npy", located.method)
    return seconds, located.area_position.astype(np.int64)


def _bare_tree(
    x: NDArray[np.float64], y: NDArray[np.float64], areas: NDArray[np.object_]
) -> tuple[float, NDArray[np.int64]]:
    points = shapely.points(x, y)
    begin = time.perf_counter()
    area, point = shapely.STRtree(points).query(areas, predicate="contains")
    seconds = time.perf_counter() - begin
    answer = np.full(len(x), -1)
    answer[point] = area
    return seconds, answer


def _sjoin(
    x: NDArray[np.float64], y: NDArray[np.float64], areas: NDArray[np.object_]
) -> tuple[float, NDArray[np.int64]]:
    import geopandas as gpd

    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y))
    polygons = gpd.GeoDataFrame({"area": np.arange(len(areas))}, geometry=areas)
    begin = time.perf_counter()
    joined = gpd.sjoin(points, polygons)
    seconds = time.perf_counter() - begin
    answer = np.full(len(x), -1)
    answer[joined.index] = joined["area"]
    return seconds, answer


VARIANTS: dict[str, Variant] = {"sjoin": _sjoin, "bare_tree": _bare_tree, "geo_join": _geo_join}


def _main(name: str, folder: Path) -> None:
    """Run one variant here and print its seconds and this process's peak memory as JSON."""
    seconds = 0.0
    if name == "make":
        _make(folder)
    else:
        (x, y), areas = _read(folder)
        seconds, answer = VARIANTS[name](x, y, areas)
        np.save(folder / f"{name}.npy", answer)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mb": peak_mb}))


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]))
