from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lib.indonesian import points, whole
from lib.score.answers import incidents
from lib.score.situation import week_counts
from tests.pages.conftest import LATER

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from data.store.lake import Lake
    from lib.score.answers import Assessment
    from tests.pages.conftest import Visit


def figures(lake: Lake, assessment: Assessment) -> list[str]:
    found = week_counts(assessment, incidents(lake, assessment.filters))
    without = found.silent_areas + found.unheard_areas + found.unclear_areas
    counts = (found.week, found.verified_week, found.serious, found.high_areas, found.siaga_areas, without)
    return [whole(count) for count in counts]


def test_the_figures_are_those_of_the_state(
    visit: Callable[..., Visit],
    told_store: Path,
    *,
    told: Lake,
    now: Assessment,
    past: Lake,
    then: Assessment,
    past_day: date,
) -> None:
    newest = visit(told_store, "situasi/ringkasan")
    newest.assert_whole()
    assert newest.title == "Ringkasan · Kota Tanjung Sagara"
    assert newest.figures() == figures(told, now)
    assert f"({now.weights.short_digest})" in newest.text
    before = visit(told_store, "situasi/ringkasan", seperti_pada=past_day.isoformat())
    assert before.figures() == figures(past, then)
    assert int(newest.figures()[0]) - int(before.figures()[0]) == LATER


def test_the_top_five_are_the_highest_scores(visit: Callable[..., Visit], told_store: Path, now: Assessment) -> None:
    shown = re.findall(
        r"<li><b [^>]*>([\d,]+)</b><div><strong>(.*?)</strong>", visit(told_store, "situasi/ringkasan").text
    )
    assert shown == [
        (points(score), name) for score, name in now.ranked.head(5)[["score", "area_name"]].itertuples(index=False)
    ]


def test_a_cleared_period_falls_back_and_says_so(visit: Callable[..., Visit], told_store: Path) -> None:
    shown = visit(told_store, "situasi/ringkasan", masa="")
    shown.assert_whole()
    assert shown.title == "Ringkasan · Kota Tanjung Sagara"


def test_a_period_before_the_first_report_is_refused_in_a_sentence(
    visit: Callable[..., Visit], told_store: Path
) -> None:
    shown = visit(told_store, "situasi/ringkasan", masa=["2020-01-01", "2020-01-31"])
    said = [element.value for kind in ("info", "warning", "error") for element in shown.app.get(kind)]
    assert any("terlalu jauh di belakang" in text for text in said)
    assert shown.figures() == []
