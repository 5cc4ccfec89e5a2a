from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lib.region.panels import ALL
from lib.rules.regions import calendar
from lib.texts.forecasts import HORIZON_NAMES, headline
from lib.warnings.forecasts import forecasts
from tests.pages.conftest import REGION, TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from data.store.lake import Lake
    from tests.pages.conftest import Visit


@pytest.mark.parametrize("days", [7, 14])
def test_the_headline_is_the_forecast_with_its_interval(
    days: int, visit: Callable[..., Visit], told_store: Path, told: Lake
) -> None:
    shown = visit(told_store, "situasi/ramalan", jangka=HORIZON_NAMES[days])
    shown.assert_whole()
    assert shown.title == "Ramalan · Kota Tanjung Sagara"
    voting_day = calendar(REGION.code).election("pilkada-simulasi").voting_day
    found = forecasts(told, REGION.code, as_of=TODAY, voting_day=voting_day)
    said = set()
    for region in (found.region, found.plain_region):  # the plain mean stands there where ours is no better
        row = region[(region["group_code"] == ALL) & (region["horizon_days"] == days)].iloc[0]
        words = headline(days, row["mean"], row["low_80"], row["high_80"], kind=REGION.kind, group=None)
        said.add(f"### {words}")
    assert len(said & {text.value for text in shown.app.markdown}) == 1


def test_a_forecast_of_the_past_state_is_another_and_cannot_be_issued(
    visit: Callable[..., Visit], told_store: Path, past_day: date
) -> None:
    newest = visit(told_store, "situasi/ramalan")
    before = visit(told_store, "situasi/ramalan", seperti_pada=past_day.isoformat())
    heads = [next(text.value for text in shown.app.markdown if "###" in text.value) for shown in (newest, before)]
    assert heads[0] != heads[1]
    assert [button.label for button in newest.app.button] == ["Terbitkan ramalan hari ini"]
    assert list(before.app.button) == []


def test_another_horizon_is_another_forecast(visit: Callable[..., Visit], told_store: Path) -> None:
    app = visit(told_store, "situasi/ramalan").app
    app.segmented_control(key="jangka").set_value(HORIZON_NAMES[14]).run()
    assert any("14 hari ke depan diperkirakan" in text.value for text in app.markdown)
