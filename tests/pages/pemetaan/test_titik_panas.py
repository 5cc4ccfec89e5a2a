from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lib.analysis.hotspots import HOT
from lib.score.hotspots import find_hotspots
from lib.texts.hotspots import NOT_A_FORECAST, overall_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from data.store.lake import Lake
    from lib.score.answers import Assessment
    from tests.pages.conftest import Visit

PAGE = "pemetaan/titik_panas"


def test_hot_areas_are_those_of_the_test_and_told_with_it(
    visit: Callable[..., Visit], told_store: Path, told: Lake, now: Assessment
) -> None:
    shown = visit(told_store, PAGE)
    shown.assert_whole()
    assert shown.title == "Titik panas · Kota Tanjung Sagara"
    found = find_hotspots(told, now.filters, days=28)
    line = overall_line(found.event_count, found.unplaced_count, found.start, found.filters.end, found.overall_rate)
    assert line in shown.seen
    areas = found.areas
    hot = areas[areas["hot"] == HOT].sort_values(["rate_smoothed", "area_code"], ascending=[False, True])
    listed = re.search(r'<ul class="petadini-silences">(.*?)</ul>', shown.text, re.DOTALL)
    assert listed
    assert re.findall(r"<strong>(.*?)</strong>", listed.group(1)) == hot["area_name"].tolist()
    assert len(hot) > 0
    assert re.search(r"9{1,2}\.?9{2} permutasi", shown.seen)
    assert "FDR 0,10" in shown.seen
    assert NOT_A_FORECAST in shown.seen


def test_too_few_incidents_are_not_tested_and_the_page_says_why(
    visit: Callable[..., Visit], told_store: Path, past_day: date
) -> None:
    shown = visit(told_store, PAGE, kategori="Kekerasan fisik", seperti_pada=past_day.isoformat())
    shown.assert_whole()
    refused = [info.value for info in shown.app.info]
    assert re.match(r"Titik panas tidak dihitung: hanya \d+ kejadian .* perlu sedikitnya 15", refused[0])
    assert "petadini-silences" not in shown.text
