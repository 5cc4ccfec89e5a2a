"""How long neighbours, hot-spots and the scan take, and how often maps without a pattern light up.

Run with `pytest -m bench -s tests/bench/bench_hotspots.py`.
"""

import time

import numpy as np
import pytest
import shapely
from scipy.sparse import csr_array

from geo.neighbours import contiguity
from lib.analysis.hotspots import held_in, hot_areas, local_test, smoothed_rates
from lib.analysis.scan import nearest_areas, scan
from lib.rules.hotspots import hotspot_rules
from tests.bench.tessellation import make_tessellation

RULES = hotspot_rules("99.71")
OPTIONS = {"permutations": RULES.permutations, "false_discovery_rate": RULES.false_discovery_rate, "seed": RULES.seed}
MAPS = 1000


def seconds(begin: float) -> float:
    return time.process_time() - begin


@pytest.fixture(scope="module")
def kota() -> csr_array:
    return contiguity(make_tessellation(200, seed=5), tolerance_m=20)


@pytest.mark.bench
@pytest.mark.timeout(600)
def test_neighbours_of_a_country() -> None:
    areas = shapely.coverage_simplify(make_tessellation(83_000, seed=11), 100.0)
    begin = time.process_time()
    matrix = contiguity(areas, tolerance_m=20)
    taken = seconds(begin)
    print(f"\nneighbours of {len(areas):,} areas: {taken:.1f} s, {matrix.nnz:,} pairs")
    assert taken <= 20


@pytest.mark.bench
def test_hot_spots_of_eight_weeks_and_the_scan(kota: csr_array) -> None:
    random = np.random.default_rng(1)
    maps = random.gamma(2, 1, (8, 200))
    local_test(maps[0], kota, **OPTIONS)  # imports are not measured
    begin = time.process_time()
    for values in maps[:7]:
        hot_areas(values, kota, **OPTIONS)
    local_test(maps[7], kota, **OPTIONS)
    tests = seconds(begin)
    nearest = nearest_areas(*random.uniform(0, 1e4, (2, 200)))
    area, day = random.integers(0, 200, 2000), random.integers(0, 90, 2000)
    begin = time.process_time()
    scan(area, day, nearest, day_count=90, permutations=199, seed=1)
    print(f"\n200 areas: eight maps {tests:.2f} s, scan of 90 days and 2,000 events {seconds(begin):.2f} s")
    assert seconds(begin) <= 0.3


@pytest.mark.bench
@pytest.mark.timeout(600)
@pytest.mark.parametrize("mean", [0.3, 1, 5, 20])
def test_random_maps(kota: csr_array, mean: float) -> None:
    random = np.random.default_rng(0)
    lit = areas = 0
    for _ in range(MAPS):
        voters = np.exp(random.normal(np.log(8000), 0.8, 200))
        rates = smoothed_rates(
            random.poisson(mean * voters / voters.mean()), voters, least_prior_events=RULES.least_prior_events
        )
        if np.ptp(rates.smoothed) > 1e-12:
            hot = hot_areas(held_in(rates.smoothed, fence=RULES.outlier_fence), kota, **OPTIONS)
            lit += hot.any()
            areas += hot.sum()
    print(f"\n{MAPS} maps, {mean} events an area: {100 * lit / MAPS:.1f} % lit, {areas / MAPS:.3f} areas a map")
    assert lit <= 0.05 * MAPS
