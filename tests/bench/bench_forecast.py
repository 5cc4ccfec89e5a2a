"""The forecast of a city and of the country: processor time, memory, and how both grow.

Run with `pytest -m bench -s tests/bench/bench_forecast.py`. Every size runs in a process of its own.
"""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

CITY = (200, 300, 10_000)
COUNTRY = (83_000, 400, 1_000_000)
SIZES = ((2_600, 400, 31_250), (10_400, 400, 125_000), COUNTRY)
CITY_MILLISECONDS, COUNTRY_SECONDS, COUNTRY_MIB = 60.0, 20.0, 2048.0
MOST_GROWTH = 1.1
MOST_BACKTEST_SECONDS = 2.0
GRID_EDGES = ((0, 1), (1, 0), (1, 1), (1, -1))


@pytest.mark.bench
@pytest.mark.timeout(600)
def test_a_city() -> None:
    found = _run(CITY, repeats=5)
    print(f"\n{_words(CITY)}: fit and predict {1000 * found['seconds']:.0f} ms of processor time")
    assert 1000 * found["seconds"] < CITY_MILLISECONDS


@pytest.mark.bench
@pytest.mark.timeout(600)
def test_a_backtest_of_the_city() -> None:
    from lib.analysis.backtest import backtest

    panel, neighbours = _country(*CITY)
    start = time.process_time()
    found = backtest(panel, neighbours)
    spent = time.process_time() - start
    assert found is not None
    print(f"\nbacktest of {len(found.origins)} origins: {spent:.2f} s of processor time")
    assert spent < MOST_BACKTEST_SECONDS


@pytest.mark.bench
@pytest.mark.timeout(1800)
def test_the_country() -> None:
    print()
    found = []
    for size in SIZES:
        found.append(_run(size, repeats=1))
        print(f"{_words(size)}: {found[-1]['seconds']:.2f} s of processor time, peak {found[-1]['peak_mib']:.0f} MiB")
    growth = np.log(found[-1]["seconds"] / found[0]["seconds"]) / np.log(SIZES[-1][2] / SIZES[0][2])
    print(f"time grows as n^{growth:.2f}")
    assert found[-1]["seconds"] < COUNTRY_SECONDS
    assert found[-1]["peak_mib"] < COUNTRY_MIB
    assert growth < MOST_GROWTH


def _words(size: tuple[int, int, int]) -> str:
    return f"{size[0]:,} areas, {size[1]} days, {size[2]:,} events"


def _run(size: tuple[int, int, int], repeats: int) -> dict[str, float]:
    """Measure one size in a new process on one core."""
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, __file__, *map(str, size), str(repeats)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _measure(area_count: int, day_count: int, event_count: int, repeats: int) -> dict[str, float]:
    from lib.analysis.forecast import forecast

    panel, neighbours = _country(area_count, day_count, event_count)
    forecast(*_country(20, 100, 200))  # what is imported late is not measured
    spent = []
    for _ in range(repeats):
        start = time.process_time()
        made = forecast(panel, neighbours)
        spent.append(time.process_time() - start)
    assert (made.parts.sum(axis=1) == made.mean).all()
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": min(spent), "peak_mib": peak_mib}


def _country(area_count, day_count, event_count):  # noqa: ANN001, ANN202
    """Lay areas on a grid, eight neighbours each; rates are log-normal, one report in three is late."""
    from scipy.sparse import csr_array

    from lib.analysis.panel import Panel

    generator = np.random.default_rng(1)
    rate = np.exp(generator.normal(0, 1, area_count))
    area = generator.choice(area_count, size=event_count, p=rate / rate.sum())
    occurred = generator.integers(day_count, size=event_count)
    reported = np.minimum(occurred + np.maximum(generator.geometric(0.4, event_count) - 2, 0), day_count - 1)
    width = int(np.sqrt(area_count))
    place = np.arange(area_count)
    pairs = []
    for right, down in GRID_EDGES:
        other = place + right + down * width
        fits = (place % width + right < width) & (other >= 0) & (other < area_count)
        pairs.append(np.stack([place[fits], other[fits]]))
    one, other = np.concatenate(pairs, axis=1)
    row, column = np.concatenate([one, other]), np.concatenate([other, one])
    matrix = csr_array((np.ones(len(row)), (row, column)), shape=(area_count, area_count))
    return Panel(area, occurred, reported, area_count, day_count), matrix


if __name__ == "__main__":
    print(json.dumps(_measure(*map(int, sys.argv[1:]))))
