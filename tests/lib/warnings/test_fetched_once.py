"""What was fetched once serves every question, on one core or two, with the same answers."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from data.store import queries
from data.store.lake import open_lake
from lib.analysis.negative_binomial import quantile, quantiles, upper_tail
from lib.cores import in_turn_or_together
from lib.filters import window_start
from lib.region.panels import panels_of
from lib.score import answers
from lib.score.hotspots import find_hotspots, hotspots_of
from lib.score.inputs import fetch_inputs
from lib.score.question import default_filters
from lib.warnings.forecasts import forecasts, forecasts_of
from tests.city import AREAS, REGION_CODE
from tests.reported import DAY, incident, put

if TYPE_CHECKING:
    from pathlib import Path

    from data.store.lake import Lake


@pytest.fixture(scope="module")
def reported(city_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Open a store with half a year of incidents in two categories."""
    folder = tmp_path_factory.mktemp("sekali") / "gudang"
    shutil.copytree(city_store, folder)
    lake = open_lake(str(folder))
    generator = np.random.default_rng(3)
    incidents = [
        incident(code, int(ago_days), int(ago_days), category_code=("KEK", "UJK")[int(ago_days) % 2])
        for code, rate in zip(AREAS, (0.4, 0.2, 0.1), strict=False)
        for ago_days in np.flatnonzero(generator.random(180) < rate)
    ]
    put(lake, incidents=incidents)
    yield lake
    lake.connection.close()


def test_hotspots_are_the_same_from_what_the_score_was_made_of(reported: Lake) -> None:
    filters = default_filters(reported, REGION_CODE, as_of=DAY)
    known = fetch_inputs(reported, filters)
    incidents = answers.all_incidents(reported, replace(filters, start=window_start(DAY, 180)))
    asked = find_hotspots(reported, filters, days=14)
    made = hotspots_of(
        known.areas, known.rows, incidents, known.neighbours, filters, days=14, simulated=known.state.simulated
    )
    assert asked.event_count > 0
    pd.testing.assert_frame_equal(pd.DataFrame(asked.areas), pd.DataFrame(made.areas), check_exact=True)
    assert (asked.start, asked.event_count, asked.cluster, asked.grid.point_count, asked.simulated) == (
        (made.start, made.event_count, made.cluster, made.grid.point_count, made.simulated)
    )


@pytest.mark.parametrize("many_areas", [0, 1_000_000], ids=["together", "in_turn"])
def test_forecasts_are_the_same_from_what_the_score_was_made_of(
    reported: Lake, monkeypatch: pytest.MonkeyPatch, many_areas: int
) -> None:
    asked = forecasts(reported, REGION_CODE, as_of=DAY, voting_day=DAY)
    monkeypatch.setattr("lib.warnings.forecasts.MANY_AREAS", many_areas)
    known = fetch_inputs(reported, default_filters(reported, REGION_CODE, as_of=DAY))
    made = forecasts_of(
        panels_of(known.rows, known.areas["area_code"], as_of=DAY),
        known.neighbours,
        queries.area_names(reported, REGION_CODE),
        known.nil_areas["area_code"],
        region_code=REGION_CODE,
        voting_day=DAY,
    )
    assert asked.areas["known_count"].sum() > 0
    for table in ("areas", "region", "plain_areas", "plain_region"):
        pd.testing.assert_frame_equal(getattr(asked, table), getattr(made, table), check_exact=True)


@pytest.mark.parametrize("together", [True, False])
def test_answers_come_in_the_order_of_the_items_and_errors_come_through(*, together: bool) -> None:
    assert in_turn_or_together(lambda number: number**2, range(20), together=together) == [n**2 for n in range(20)]
    with pytest.raises(ZeroDivisionError):
        in_turn_or_together(lambda number: 1 / number, [1, 0], together=together)


def test_quantiles_of_narrow_and_wide_distributions_are_the_first_counts_that_reach_them() -> None:
    mean, size = np.array([0.0, 0.2, 3.0, 14.0, 90.0]), np.array([1.0, 0.5, np.inf, 2.0, 4.0])
    wanted = (0.025, 0.5, 0.975)
    below = 1 - upper_tail(np.arange(1, 2002), mean[:, None], size[:, None])
    found = quantiles(wanted, mean, size)
    assert found.tolist() == [(below < each).sum(axis=1).tolist() for each in wanted]
    assert found.tolist() == [quantile(each, mean, size).tolist() for each in wanted]
    assert quantiles(wanted, mean.reshape(5, 1), 2.0).shape == (3, 5, 1)
