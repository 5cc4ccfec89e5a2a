"""The space-time permutation scan against a hand reckoning, a plain search, and its own promise."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lib.analysis.scan import nearest_areas, scan

FOUR_IN_A_ROW = nearest_areas([0.0, 1.0, 2.0, 3.0], [0.0] * 4)


def ratio(count: float, mean: float, total: float) -> float:
    """Reckon the log-likelihood ratio as it is written down."""
    inside = count * math.log(count / mean)
    outside = (total - count) * math.log((total - count) / (total - mean)) if count < total else 0.0
    return inside + outside


def city(
    seed: int, *, areas: int = 30, days: int = 60, events: int = 200
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    nearest = nearest_areas(*random.uniform(0, 10_000, (2, areas)))
    share = random.gamma(1.5, size=areas)
    return random.choice(areas, events, p=share / share.sum()), random.integers(0, days, events), nearest


def test_nearest_areas_begin_with_themselves_and_ties_keep_the_order() -> None:
    assert FOUR_IN_A_ROW.tolist() == [[0, 1, 2, 3], [1, 0, 2, 3], [2, 1, 3, 0], [3, 2, 1, 0]]
    assert nearest_areas([5.0, 5.0], [5.0, 5.0], most=1).tolist() == [[0], [1]]


def test_an_example_by_hand() -> None:
    # Areas 0 to 3; of 10 events area 2 has 5, four of them within the last 3 of 10 days, when 5 happened in all.
    area = np.array([0, 0, 1, 1, 3, 2, 2, 2, 2, 2])
    day = np.array([0, 8, 1, 2, 3, 4, 7, 8, 9, 9])
    found = scan(area, day, FOUR_IN_A_ROW, day_count=10, permutations=99, seed=1)
    assert found is not None
    assert (found.areas, found.days, found.observed) == ((2,), 3, 4)
    assert found.expected == pytest.approx(5 * 5 / 10)
    assert found.log_likelihood_ratio == pytest.approx(ratio(4, 2.5, 10), abs=1e-8)


def test_a_plain_search_over_all_cylinders_finds_the_same() -> None:
    area, day, nearest = city(4)
    best = (0.0, 0, 0, 0)
    for days in (3, 5, 7, 10, 14, 21, 28):
        recent = day >= 60 - days
        for centre in range(30):
            for size in range(1, 26):
                zone = np.isin(area, nearest[centre, :size])
                count, mean = int((zone & recent).sum()), zone.sum() * recent.sum() / len(area)
                if count > mean:
                    best = max(best, (round(ratio(count, mean, len(area)), 9), -size, -days, -centre))
    found = scan(area, day, nearest, day_count=60, permutations=19, seed=1)
    assert found is not None
    assert found.log_likelihood_ratio == pytest.approx(best[0], abs=1e-8)
    assert (len(found.areas), found.days, found.areas[0]) == (-best[1], -best[2], -best[3])


def test_the_same_seed_gives_the_same_answer_and_permutation_keeps_the_totals() -> None:
    area, day, nearest = city(5)
    once, twice = (scan(area, day, nearest, day_count=60, permutations=99, seed=7) for _ in range(2))
    assert once == twice
    order = np.random.default_rng(0).permutation(len(area))
    shuffled = scan(area[order], day[order], nearest, day_count=60, permutations=99, seed=7)
    assert once is not None
    assert shuffled is not None
    assert (shuffled.areas, shuffled.days, shuffled.log_likelihood_ratio) == (
        once.areas,
        once.days,
        once.log_likelihood_ratio,
    )


def test_numbering_the_areas_otherwise_finds_the_same_places() -> None:
    random = np.random.default_rng(3)
    x, y = random.uniform(0, 10_000, (2, 30))
    area, day, _ = city(6)
    order = random.permutation(30)
    place = np.argsort(order)
    one = scan(area, day, nearest_areas(x, y), day_count=60, permutations=19, seed=1)
    other = scan(place[area], day, nearest_areas(x[order], y[order]), day_count=60, permutations=19, seed=1)
    assert one is not None
    assert other is not None
    assert set(one.areas) == {int(order[number]) for number in other.areas}
    assert one.log_likelihood_ratio == pytest.approx(other.log_likelihood_ratio)


def test_nothing_is_found_in_nothing_or_where_place_and_time_are_independent() -> None:
    nobody = np.empty(0, dtype=np.int64)
    assert scan(nobody, nobody, FOUR_IN_A_ROW, day_count=60, permutations=9, seed=1) is None
    area, day = (numbers.ravel() for numbers in np.meshgrid(np.arange(4), np.arange(60)))
    assert scan(area, day, FOUR_IN_A_ROW, day_count=60, permutations=9, seed=1) is None
    assert scan(area, day % 5, FOUR_IN_A_ROW, day_count=6, permutations=9, seed=1) is None


@pytest.mark.parametrize(("area", "day"), [([4], [0]), ([-1], [0]), ([0], [60]), ([0], [-1]), ([0, 1], [0])])
def test_events_outside_are_refused(area: list[int], day: list[int]) -> None:
    with pytest.raises(ValueError, match="event"):
        scan(area, day, FOUR_IN_A_ROW, day_count=60, permutations=9, seed=1)


def test_without_a_pattern_it_speaks_up_no_more_often_than_it_says() -> None:
    found = [scan(*city(seed, events=100), day_count=60, permutations=49, seed=10_000 + seed) for seed in range(80)]
    chances = np.array([1.0 if one is None else one.probability for one in found])
    assert (chances <= 0.05).sum() <= 9  # 4 expected; 10 or more have a chance below .01
    assert 0.35 <= (chances <= 0.5).mean() <= 0.65


def test_a_real_outbreak_is_found_where_and_when_it_is() -> None:
    hits = 0
    for seed in range(15):
        area, day, nearest = city(seed)
        random = np.random.default_rng(1000 + seed)
        zone = nearest[random.integers(30), :4]
        more = random.choice(zone, 20)
        found = scan(
            np.r_[area, more],
            np.r_[day, 59 - random.integers(0, 7, 20)],
            nearest,
            day_count=60,
            permutations=99,
            seed=1,
        )
        hits += found is not None and found.probability <= 0.05 and len(set(found.areas) & set(zone.tolist())) >= 2
    assert hits >= 13
