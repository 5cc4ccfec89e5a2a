"""What the map makes of nil reports: an area is known to be quiet, until it has been silent for too long."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from lib.reports import completeness as reports
from lib.rules.regions import weights
from lib.score import answers, frozen_scale
from lib.score.question import default_filters
from tests.city import ANGGREK, AREAS, BAKUNG, CEMPAKA, DAHLIA, REGION_CODE
from tests.officers import officer
from tests.reported import DAY, incident, nil, put

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from data.store.lake import Lake


@pytest.fixture
def frozen(city: Lake) -> Lake:
    """Fill a store with reports of two areas on DAY and freeze its scale."""
    put(city, incidents=[incident(code, 0) for code in (BAKUNG,) * 10 + (CEMPAKA,) * 25])
    frozen_scale.freeze(city, REGION_CODE, weights(REGION_CODE), as_of=DAY, actor=officer(), reason="uji")
    return city


def areas(lake: Lake, day: date = DAY, **changes: Any) -> pd.DataFrame:
    question = replace(default_filters(lake, REGION_CODE, as_of=day), **changes)
    return answers.assess_areas(lake, question).areas.set_index("area_code")


def test_a_nil_report_makes_an_area_known_to_be_quiet(frozen: Lake) -> None:
    before = areas(frozen)
    assert before["class_index"].ge(0).tolist() == [False, True, True, False, False, False]
    put(frozen, nils=[nil(40, 27, stated_area_code=ANGGREK), nil(40, 28, stated_area_code=DAHLIA)], name="B")
    after = areas(frozen)
    kept = frozen_scale.frozen_scale(frozen, REGION_CODE, weights(REGION_CODE))
    assert kept is not None
    theta = kept.scale.prior_pressure / (kept.scale.prior_exposure + 1)
    assert after.loc[ANGGREK, "incident"] == pytest.approx(100 * (1 - 2 ** (-theta / kept.scale.theta_reference)))
    assert after.loc[ANGGREK, "bagian_dasar"] == pytest.approx(after.loc[ANGGREK, "bagian_kejadian"])
    assert after.loc[ANGGREK, ["class_index", "incident_count"]].tolist() == [1, 0]
    assert after.loc[DAHLIA, "class_index"] == -1  # 28 days ago is one day too long
    assert after.loc[[BAKUNG, CEMPAKA], "score"].tolist() == before.loc[[BAKUNG, CEMPAKA], "score"].tolist()
    chosen = areas(frozen, categories=("PU",))
    assert chosen["class_index"].tolist() == after["class_index"].tolist()


def test_a_nil_report_for_the_region_leaves_no_area_unreported(frozen: Lake) -> None:
    put(frozen, nils=[nil(6, 0)], name="B")
    assessment = answers.assess_areas(frozen, default_filters(frozen, REGION_CODE, as_of=DAY))
    assert (assessment.areas["class_index"] >= 0).all()
    assert assessment.ranked["area_code"].tolist()[:2] == [CEMPAKA, BAKUNG]
    assert len(assessment.ranked) == len(AREAS)


def test_an_unusual_silence_outweighs_a_nil_report(frozen: Lake) -> None:
    # Five nil reports a week for half a year, then none for three weeks and a half.
    days = [day for day in range(25, 25 + 27 * 7) if day % 7 < 5]
    put(frozen, nils=[nil(day, day, stated_area_code=ANGGREK) for day in days], name="B")
    put(frozen, nils=[nil(25, 25, stated_area_code=DAHLIA)], name="C")
    found = reports.completeness(frozen, REGION_CODE, as_of=DAY).area_silences.set_index("area_code")
    assert found.loc[ANGGREK, "unusual"]
    assert reports.known_quiet(frozen, REGION_CODE, as_of=DAY)["area_code"].tolist() == [DAHLIA]
    assert areas(frozen).loc[[ANGGREK, DAHLIA], "class_index"].tolist() == [-1, 1]
