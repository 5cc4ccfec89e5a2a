"""Month against month: what has drifted by the rules, and how stable the top is."""

from __future__ import annotations

import itertools
import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.store.lake import open_lake
from lib.grades.drift import drift, faults, highest, stability
from lib.grades.scorecard import scorecard
from lib.output import model_card_text
from lib.rules.forecasts import forecast_rules
from lib.texts import model_card as t
from tests.city import AREAS, ELECTION, REGION_CODE
from tests.reported import DAY, incident, put

if TYPE_CHECKING:
    from pathlib import Path

RULES = forecast_rules("nasional")
HONEST = {50: 0.5, 80: 0.8, 95: 0.95}


@pytest.mark.parametrize(
    ("observed", "expected", "coverage", "skill", "found"),
    [
        (100, 100, HONEST, 0.05, ()),
        (79, 100, HONEST, 0.05, ("jumlah",)),
        (126, 100, HONEST, 0.05, ("jumlah",)),
        (80, 100, {**HONEST, 80: 0.69}, 0.0, ("cakupan",)),
        (100, 100, HONEST, -0.01, ("banding",)),
        (0, 0, HONEST, float("nan"), ()),
    ],
)
def test_what_has_drifted_by_hand(
    observed: float, expected: float, coverage: dict[int, float], skill: float, found: tuple[str, ...]
) -> None:
    assert faults(observed, expected, coverage, skill, RULES) == found


def test_the_highest_tenth_by_hand() -> None:
    mean = np.arange(20.0)
    assert np.flatnonzero(highest(mean, 0.1)).tolist() == [18, 19]
    assert highest(np.ones(20), 0.1).tolist() == [0.1] * 20


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 5), min_size=3, max_size=40), st.randoms())
def test_stability_ignores_the_order_of_areas(values: list[int], random: object) -> None:
    mean = np.array(values, dtype=float)
    order = np.array(random.sample(range(len(mean)), len(mean)))  # type: ignore[attr-defined]
    now, before = highest(mean, 0.1), highest(mean[::-1].copy(), 0.1)
    assert stability(now, before) == pytest.approx(stability(now[order], before[order]))
    assert stability(now, now) == pytest.approx(1)
    assert 0 <= stability(now, before) <= 1 + 1e-12


def test_the_report_of_a_city(city_store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "gudang"
    shutil.copytree(city_store, folder)
    lake = open_lake(str(folder))
    generator = np.random.default_rng(1)
    rows = [incident(code, day) for code in AREAS for day in range(240) for _ in range(generator.poisson(0.1))]
    put(lake, incidents=rows)
    card = scorecard(lake, REGION_CODE, as_of=DAY, election_code=ELECTION)
    months = drift(lake, card)
    lake.connection.close()
    assert len(months) == 3
    for newer, older in itertools.pairwise(months):
        assert older.end < newer.start
    for month in months:
        came = sum(month.start <= row["occurred_on"] <= month.end for row in rows)
        assert month.observed == came
        assert month.origin_count == 4
        assert month.top_share is not None
    table = model_card_text.drift_table(months)
    assert len(table.columns) == 1 + len(months)
    assert list(table[t.DRIFT_MEASURE]) == [name for key, name in t.DRIFT_MEASURES.items() if key != "bulan"]
    text = model_card_text.drift_markdown(months, card).decode()
    assert "sebelumnya" in text
    assert len(json.loads(model_card_text.drift_json(months, card))["bulan"]) == 3


def test_nothing_to_grade_yet() -> None:
    assert model_card_text.drift_sentence(()) == t.NO_DRIFT_YET
    assert model_card_text.drift_table(()).columns.tolist() == [t.DRIFT_MEASURE]
