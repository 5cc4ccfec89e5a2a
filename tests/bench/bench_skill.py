"""The skill of the forecast in simulated worlds with known truth: the table of the module's docstring.

Run with `pytest -m bench -s tests/bench/bench_skill.py`; some minutes.
"""

import os

import numpy as np
import pytest

from lib.analysis.backtest import MEAN_8, MEAN_26, Backtest, backtest
from lib.analysis.features import merged
from lib.rules.forecasts import forecast_rules
from lib.rules.judged import NATIONAL
from tests.worlds import WORLDS, world

SEEDS = range(600, 600 + int(os.environ.get("PETADINI_BENCH_WORLDS", "4")))
LONG_DAYS = 364
LEVELS = {50: 0.02, 80: 0.02, 95: 0.01}
LEAST_SKILL = {7: 0.05, 14: 0.07}
METHOD = forecast_rules(NATIONAL).total
KINDS = {"share_of_kinds": (0.5, 0.3, 0.2), "crossing": 0.5}


def _graded(name: str, seed: int, horizon_days: int, mean_delay_days: float) -> Backtest:
    made = world(name, seed, mean_delay_days=mean_delay_days)
    found = backtest(made.panel, made.neighbours, horizon_days=horizon_days, method=METHOD)
    assert found is not None
    return found


@pytest.mark.bench
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("horizon_days", "mean_delay_days"), [(7, 0.0), (14, 0.0), (7, 2.0)])
def test_the_skill_and_the_coverage(horizon_days: int, mean_delay_days: float) -> None:
    print(
        f"\n{horizon_days} days ahead, reports {mean_delay_days:g} days late on average, {len(SEEDS)} of each world"
    )
    results = []
    for name in WORLDS:
        graded = [_graded(name, seed, horizon_days, mean_delay_days) for seed in SEEDS]
        results += graded
        print(f"{name} {_line(graded)}")
    print(f"mean {_line(results)}", flush=True)
    assert np.mean([each.skill for each in results]) >= LEAST_SKILL[horizon_days]
    for level, tolerance in LEVELS.items():
        assert np.mean([each.coverage[level] for each in results]) == pytest.approx(level / 100, abs=tolerance)


@pytest.mark.bench
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("horizon_days", [7, 14])
def test_the_region_as_a_whole(horizon_days: int) -> None:
    results = []
    for name in WORLDS:
        for seed in range(SEEDS.start, SEEDS.start + 3 * len(SEEDS)):  # one series each, so many are needed
            made = world(name, seed)
            found = backtest(made.panel, made.neighbours, horizon_days=horizon_days, method=METHOD)
            assert found is not None
            assert found.total is not None
            results.append(found.total)
    print(f"\nthe region, {horizon_days} days ahead: {_line(results)}")
    assert np.mean([each.skill for each in results]) > 0
    for level in LEVELS:
        assert np.mean([each.coverage[level] for each in results]) == pytest.approx(level / 100, abs=0.1)


@pytest.mark.bench
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("ramp", [1.0, 0.0], ids=["rising", "level"])
@pytest.mark.parametrize("horizon_days", [7, 14])
def test_against_the_mean_of_26_weeks(horizon_days: int, ramp: float) -> None:
    """Every graded week has 26 weeks behind it; the areas' figure stands in `lib.texts.scorecard.long_mean_line`.

    Measured on 2026-11-29 at 7 and 14 days: areas 3.9 and 4.1 % at a level, 7.3 and 9.1 % rising; the total 21 and
    16 %, 46 and 44 %. The intervals of the total at 14 days, 50/80/95, held 60/87/97.
    """
    print(f"\n{horizon_days} days ahead, ramp {ramp:g}: skill against 8 and 26 weeks, of areas and of the total")
    areas, totals = [], []
    for name, law in WORLDS.items():
        events = law.event_count * LONG_DAYS // law.day_count
        for seed in SEEDS:
            made = world(name, seed, ramp=ramp, day_count=LONG_DAYS, event_count=events)
            found = backtest(
                made.panel,
                made.neighbours,
                horizon_days=horizon_days,
                method=METHOD,
                origin_count=(LONG_DAYS - 26 * 7 - horizon_days) // 7,
            )
            assert found is not None
            assert found.total is not None
            areas.append(found)
            totals.append(found.total)
        print(f"{name} areas {_skills(areas[-len(SEEDS) :])}; total {_skills(totals[-len(SEEDS) :])}", flush=True)
    print(f"mean areas {_skills(areas)}; total {_skills(totals)}; total {_line(totals)}", flush=True)
    assert np.mean([each.benchmarks[MEAN_26].skill for each in areas]) > 0


@pytest.mark.bench
@pytest.mark.timeout(3600)
def test_other_kinds_help_where_they_share_causes() -> None:
    gains = []
    for name in ("S2", "S3", "S4", "S5"):
        for seed in SEEDS[:3]:
            made = world(name, seed, **KINDS)
            skills = []
            for others in (None, merged([made.kinds[0], made.kinds[2]])):
                found = backtest(made.kinds[1], made.neighbours, others=others)
                assert found is not None
                skills.append(found.skill)
            gains.append(skills[1] - skills[0])
    print(f"\nskill gained by the events of other kinds: {100 * np.mean(gains):.2f} points")
    assert np.mean(gains) > 0


def _skills(graded: list[Backtest]) -> str:
    found = [100 * np.mean([each.benchmarks[code].skill for each in graded]) for code in (MEAN_8, MEAN_26)]
    return " and ".join(f"{skill:.1f} %" for skill in found)


def _line(graded: list[Backtest]) -> str:
    skill = 100 * np.mean([each.skill for each in graded])
    hits, plain = (
        100 * np.mean([value(each) for each in graded])
        for value in (lambda each: each.hit10, lambda each: each.benchmarks["rata8"].hit10)
    )
    coverage = "/".join(f"{100 * np.mean([each.coverage[level] for each in graded]):.1f}" for level in LEVELS)
    total = sum(each.expected.sum() for each in graded) / sum(each.observed.sum() for each in graded)
    return f"skill {skill:.1f} %, top tenth {hits:.1f} ({plain:.1f}), coverage {coverage}, expected {total:.2f}"
