"""The backtest: what it may know, what it makes of a known world, and its figures by hand."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from lib.analysis.backtest import (
    EARLIER,
    LAST_WEEK,
    MEAN_4,
    MEAN_8,
    WARM_UP_ORIGINS,
    Backtest,
    EarlierElection,
    backtest,
    top_hits,
)
from lib.analysis.forecast import forecast
from lib.analysis.panel import Panel, known_on
from tests.worlds import World, from_counts, world


@pytest.fixture(scope="module")
def small() -> World:
    return world("S1", 21)


@pytest.fixture(scope="module")
def graded(small: World) -> Backtest:
    found = backtest(small.panel, small.neighbours)
    assert found is not None
    return found


def test_the_origins_are_weekly_and_their_days_are_past(small: World, graded: Backtest) -> None:
    assert graded.origins[-1] + 7 == small.panel.day_count
    assert set(np.diff(graded.origins)) == {7}
    # 56 days of history for the first forecast, and eight forecasts before the first graded one.
    assert 56 <= graded.origins[0] - 7 * WARM_UP_ORIGINS < 63


def test_counts_and_forecasts_are_those_of_the_days(small: World, graded: Backtest) -> None:
    origin = int(graded.origins[5])
    inside = (small.panel.occurred >= origin) & (small.panel.occurred < origin + 7)
    assert graded.observed[5] == inside.sum()
    made = forecast(known_on(small.panel, origin - 1), small.neighbours)
    assert graded.expected[5] == pytest.approx(made.mean.sum(), rel=1e-6)


def test_what_came_later_changes_no_grade_before_it(small: World, graded: Backtest) -> None:
    shorter = backtest(known_on(small.panel, small.panel.day_count - 22), small.neighbours)
    assert shorter is not None
    assert shorter.origins.tolist() == graded.origins[:-3].tolist()
    np.testing.assert_allclose(shorter.rps_by_origin, graded.rps_by_origin[:-3], rtol=1e-7)
    for code in (LAST_WEEK, MEAN_4, MEAN_8):
        np.testing.assert_allclose(
            shorter.benchmarks[code].rps_by_origin, graded.benchmarks[code].rps_by_origin[:-3], rtol=1e-12
        )


def test_the_skill_is_that_of_the_scores(graded: Backtest) -> None:
    rival = graded.benchmarks[MEAN_8]
    assert graded.rps == pytest.approx(graded.rps_by_origin.mean())
    assert graded.skill == pytest.approx(1 - graded.rps_by_origin.sum() / rival.rps_by_origin.sum())
    low, high = graded.skill_interval
    assert low < graded.skill < high
    assert graded.benchmarks[LAST_WEEK].skill > graded.skill  # last week is the worst of the plain ones


def test_the_transform_is_a_distribution(graded: Backtest) -> None:
    assert graded.pit.sum() == pytest.approx(1)
    assert graded.pit.min() >= 0
    assert 0 < graded.coverage[50] < graded.coverage[80] < graded.coverage[95] < 1


def test_the_forecast_beats_the_mean_and_keeps_its_promises_in_known_worlds() -> None:
    found = [backtest(each.panel, each.neighbours) for each in (world("S2", 5), world("S3", 5), world("S1", 6))]
    results = [each for each in found if each is not None]
    assert np.mean([each.skill for each in results]) > 0.03
    for level in (50, 80, 95):
        assert np.mean([each.coverage[level] for each in results]) == pytest.approx(level / 100, abs=0.03)
    total = sum(each.expected.sum() for each in results) / sum(each.observed.sum() for each in results)
    assert total == pytest.approx(1, abs=0.05)


def test_the_order_of_areas_does_not_matter(small: World, graded: Backtest) -> None:
    panel = small.panel
    order = np.random.default_rng(1).permutation(panel.area_count)
    moved = Panel(np.argsort(order)[panel.area], panel.occurred, panel.reported, panel.area_count, panel.day_count)
    again = backtest(moved, csr_array(small.neighbours[order][:, order]))
    assert again is not None
    assert again.rps == pytest.approx(graded.rps, rel=1e-8)
    assert again.hit10 == pytest.approx(graded.hit10, rel=1e-8)
    assert again.coverage[80] == pytest.approx(graded.coverage[80], rel=1e-6)


def test_hits_in_the_top_tenth_by_hand() -> None:
    mean = np.arange(20, dtype=float)  # the tenth: the last two areas
    came = np.zeros(20, dtype=int)
    came[[0, 18, 19]] = [5, 2, 3]
    assert top_hits(mean, came) == 5
    # Four areas tie for two places: half of each counts.
    mean[-4:] = 99.0
    came[16] = 4
    assert top_hits(mean, came) == pytest.approx((4 + 2 + 3) / 2)
    assert top_hits(np.ones(5), np.array([2, 2, 2, 2, 2])) == pytest.approx(1.0)  # half a place of five


def test_late_reports_put_the_last_windows_off() -> None:
    late = world("S1", 21, mean_delay_days=3.0)
    found = backtest(late.panel, late.neighbours)
    assert found is not None
    assert found.origins[-1] + 7 <= late.panel.day_count - 5  # a twentieth comes more than ten days late
    assert found.expected.sum() == pytest.approx(found.observed.sum(), rel=0.1)


def test_an_earlier_election_is_a_benchmark_where_its_days_are_known(small: World, graded: Backtest) -> None:
    earlier = EarlierElection(small.panel, shift=0)  # the same events: it knows the future
    found = backtest(small.panel, small.neighbours, earlier=earlier)
    assert found is not None
    assert found.benchmarks[EARLIER].rps < 0.5 * found.rps
    assert found.benchmarks[EARLIER].skill_interval[1] < 0
    assert found.rps == graded.rps
    without = backtest(small.panel, small.neighbours, earlier=EarlierElection(small.panel, shift=3))
    assert without is not None
    assert EARLIER not in without.benchmarks


def test_a_short_history_is_not_graded(small: World) -> None:
    assert backtest(known_on(small.panel, 117), small.neighbours) is None
    found = backtest(known_on(small.panel, 118), small.neighbours)  # 56 + 8 * 7 + 7 days
    assert found is not None
    assert len(found.origins) == 1


def test_only_the_last_origins_are_graded_on_demand(small: World, graded: Backtest) -> None:
    found = backtest(small.panel, small.neighbours, origin_count=3)
    assert found is not None
    assert found.origins.tolist() == graded.origins[-3:].tolist()
    np.testing.assert_allclose(found.rps_by_origin, graded.rps_by_origin[-3:], rtol=1e-6)


def test_a_region_without_events_has_no_skill() -> None:
    found = backtest(from_counts(np.zeros((3, 200), dtype=int)), csr_array((3, 3)))
    assert found is not None
    assert found.rps < 1e-6
    assert np.isnan(found.hit10)
    assert found.observed.sum() == 0
