from __future__ import annotations

from typing import TYPE_CHECKING

from lib.score.answers import assess_areas
from lib.score.question import default_filters
from lib.texts.alerts import counted, waiting
from lib.warnings.alerts import load_alerts, places
from lib.warnings.ledger import NEW, alerts_with_life, unanswered
from tests.pages.conftest import REGION, TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from data.store.lake import Lake
    from tests.pages.conftest import Visit


def sentences(lake: Lake) -> list[str]:
    day = load_alerts(lake, REGION.code, as_of=TODAY)
    open_ones = unanswered(alerts_with_life(lake, REGION.code, TODAY))
    hearing = assess_areas(lake, default_filters(lake, REGION.code, as_of=TODAY)).hearing
    found = places(day.alerts), int(day.trends["raised"].sum()), TODAY, "kelurahan", "kota"
    said = counted(*found, hearing=hearing, enough_history=day.enough_history)
    unseen = open_ones[open_ones["state"] == NEW]["area_code"].nunique(dropna=False)
    return [f"#### {said}", waiting(unseen, open_ones["area_code"].nunique(dropna=False), "kelurahan")]


def test_the_headline_counts_the_alerts_of_the_state(
    visit: Callable[..., Visit], told_store: Path, told: Lake, past: Lake, past_day: date
) -> None:
    newest = visit(told_store, "situasi/peringatan")
    newest.assert_whole()
    assert newest.title == "Peringatan · Kota Tanjung Sagara"
    before = visit(told_store, "situasi/peringatan", seperti_pada=past_day.isoformat())
    said = [[text.value for text in shown.app.markdown][1:3] for shown in (newest, before)]
    assert said == [sentences(told), sentences(past)]
    assert said[0] != said[1]


def test_only_the_newest_state_can_be_issued(visit: Callable[..., Visit], told_store: Path, past_day: date) -> None:
    names = [button.label for button in visit(told_store, "situasi/peringatan").app.button]
    assert "Terbitkan peringatan hari ini" in names
    past_names = visit(told_store, "situasi/peringatan", seperti_pada=past_day.isoformat()).app.button
    assert not [button.label for button in past_names if button.label.startswith(("Terbitkan", "Tandai", "Simpan"))]
