"""The uncertainty of ranks: ties as ties, no doubt without doubt, the same for any order of the areas."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from lib.analysis.draws import MOST_CELLS, Posterior, RankDraws, rank_draws, ranks, sensitivity

WEIGHTS = (0.30, 0.40, 0.15, 0.15)
NAMES = ("struktural", "kejadian", "sekitar", "lonjakan")


def no_neighbours(count: int) -> Any:
    return sparse.csr_array((count, count))


def certain(mean: list[float]) -> Posterior:
    return Posterior(np.array([mean]), np.full((1, len(mean)), np.inf), np.array([3.0]))


def world(count: int, seed: int = 1) -> dict[str, Any]:
    generator = np.random.default_rng(seed)
    mean = generator.gamma(2, 1, size=(3, count))
    links = sparse.random_array((count, count), density=min(0.5, 6 / count), rng=generator).tocsr()
    return {
        "structural": generator.random(count) * 100,
        "surprise": np.where(generator.random(count) < 0.1, 60.0, 0.0),
        "posterior": Posterior(mean, 3 + 2 * mean, np.array([2.0, 2.5, 3.0])),
        "neighbours": ((links + links.T) > 0).astype(float).tocsr(),
        "weights": WEIGHTS,
    }


def columns(found: RankDraws) -> Any:
    return np.stack([found.rank_median, found.rank_low, found.rank_high, found.probability_top])


def test_equal_scores_share_a_rank() -> None:
    assert ranks([5, 7, np.nan, 7, 1]).tolist()[:2] == [3, 1]
    assert ranks([5, 7, np.nan, 7, 1])[[3, 4]].tolist() == [1, 4]
    assert np.isnan(ranks([5, np.nan])[1])
    assert ranks([[1, 2], [2, 1]]).tolist() == [[2, 1], [1, 2]]
    assert ranks([0.1 + 0.2, 0.3]).tolist() == [1, 1]


def test_without_doubt_every_draw_agrees() -> None:
    count = 30
    found = rank_draws(
        structural=np.linspace(0, 90, count),
        surprise=np.zeros(count),
        posterior=certain(list(np.linspace(1, 9, count))),
        neighbours=no_neighbours(count),
        weights=WEIGHTS,
    )
    expected = np.arange(count, 0, -1)
    for values in (found.rank_median, found.rank_low, found.rank_high):
        assert values.tolist() == expected.tolist()
    assert found.probability_top.tolist() == (expected <= 3).tolist()
    assert found.draw_count == 500


def test_ties_are_ties() -> None:
    found = rank_draws(
        structural=np.array([50.0, 50, 50, 50, 0]),
        surprise=np.zeros(5),
        posterior=Posterior(np.full((1, 5), 2.0), np.full((1, 5), 4.0), np.array([3.0])),
        neighbours=no_neighbours(5),
        weights=WEIGHTS,
    )
    table = columns(found)[:, :4]
    assert (table == table[:, :1]).all()
    assert found.probability_top[:4].sum() + found.probability_top[4] == pytest.approx(1, abs=0.02)
    same = rank_draws(
        structural=np.full(5, 50.0),
        surprise=np.zeros(5),
        posterior=certain([2.0] * 5),
        neighbours=no_neighbours(5),
        weights=WEIGHTS,
    )
    assert columns(same)[:3].ravel().tolist() == [1] * 15


def test_few_events_leave_more_doubt_than_many() -> None:
    given_all = world(60)
    mean = given_all["posterior"].mean
    reference = given_all["posterior"].reference
    widths = []
    for shape in (2.0, 200.0):
        chosen = given_all | {"posterior": Posterior(mean, np.full_like(mean, shape), reference)}
        found = rank_draws(**chosen)
        assert (found.rank_low <= found.rank_median).all()
        assert (found.rank_median <= found.rank_high).all()
        widths.append((found.rank_high - found.rank_low).mean())
    assert widths[0] > 1.3 * widths[1]


def test_the_same_seed_gives_the_same_and_another_nearly_so() -> None:
    one, again, other = (rank_draws(**world(50), seed=seed) for seed in (5, 5, 6))
    assert (columns(one) == columns(again)).all()
    assert np.abs(one.rank_median - other.rank_median).mean() < 2


@settings(max_examples=20)
@given(st.permutations(range(12)), st.integers(0, 5))
def test_the_order_of_areas_changes_nothing(permutation: list[int], seed: int) -> None:
    order = np.array(permutation)
    given_all = world(12, seed)
    posterior = given_all["posterior"]
    moved = given_all | {
        "structural": given_all["structural"][order],
        "surprise": given_all["surprise"][order],
        "posterior": Posterior(posterior.mean[:, order], posterior.shape[:, order], posterior.reference),
        "neighbours": given_all["neighbours"][order][:, order],
    }
    one, other = (rank_draws(**chosen, draw_count=60) for chosen in (given_all, moved))
    assert columns(other) == pytest.approx(columns(one)[:, order])


def test_unranked_areas_only_press_on_their_neighbours() -> None:
    links = sparse.csr_array(np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=float))
    given_all = {
        "structural": np.zeros(3),
        "surprise": np.zeros(3),
        "posterior": certain([1.0, 50.0, 1.0]),
        "neighbours": links,
        "weights": WEIGHTS,
    }
    found = rank_draws(**given_all, ranked=[True, False, True])
    assert found.rank_median[[0, 2]].tolist() == [1, 2]
    assert np.isnan(found.rank_median[1])
    none = rank_draws(**given_all, ranked=[False] * 3)
    assert np.isnan(columns(none)).all()
    assert none.draw_count == 0


def test_an_area_without_a_polygon_gets_the_stand_in() -> None:
    found = rank_draws(
        structural=np.zeros(2),
        surprise=np.zeros(2),
        posterior=certain([1.0, 1.0]),
        neighbours=no_neighbours(2),
        weights=WEIGHTS,
        spillover_known=[True, False],
        spillover_stand_in=40.0,
    )
    assert found.rank_median.tolist() == [2, 1]


def test_a_wrong_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="half-life"):
        rank_draws(**(world(4) | {"posterior": certain([1.0, 2.0])}))


def test_sensitivity_by_hand() -> None:
    # the first area leads by structure, the second by incidents: .3*80 = 24 against .4*58 = 23.2
    parts = np.array([[80.0, 0, 0, 0], [0, 58.0, 0, 0], [0, 0, 0, 0]])
    found = sensitivity(parts, WEIGHTS, names=NAMES, alternatives={"lain": [1.0, 2.0, 3.0], "sama": [9.0, 8.0, 0.0]})
    assert found["struktural"].mean == pytest.approx(2 / 3)
    assert found["kejadian"].largest == 1
    assert (found["sekitar"].mean, found["lonjakan"].mean) == (0, 0)
    assert found["lain"].mean == pytest.approx(4 / 3)
    assert found["sama"].mean == 0


def test_two_hundred_areas_take_no_time_and_a_country_is_drawn_less_often() -> None:
    given_all = world(200)
    start = time.process_time()
    assert rank_draws(**given_all).draw_count == 500
    assert time.process_time() - start < 0.3  # 0.03 s on an idle machine
    assert MOST_CELLS // 83_000 >= 200
