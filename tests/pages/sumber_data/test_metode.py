from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lib.analysis.composite import variance_shares
from lib.indonesian import decimal, points
from lib.records import AreaRow, records
from lib.rules.weights import COMPONENTS
from lib.score.answers import PIECES
from lib.texts import method as t

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from lib.score.answers import Assessment
    from tests.pages.conftest import Visit

PAGE = "sumber_data/metode"


def test_the_example_is_the_highest_score_taken_apart(
    visit: Callable[..., Visit], told_store: Path, now: Assessment, then: Assessment, past_day: date
) -> None:
    for judged, address in ((now, {}), (then, {"seperti_pada": past_day.isoformat()})):
        shown = visit(told_store, PAGE, **address)
        shown.assert_whole()
        assert shown.title == "Metode · Kota Tanjung Sagara"
        first = judged.ranked.iloc[0]
        table = next(text.value for text in shown.app.markdown if text.value.startswith("| Bagian"))
        row = next(records(judged.ranked, AreaRow))
        for worth in row.part_points.values():
            assert f"| {decimal(worth)} |" in table
        assert f"**{points(first['score'])}**" in table
        assert f"{first['area_name']} mendapat" in shown.seen
        assert f"sidik {judged.weights.short_digest}" in shown.seen


def test_written_and_effective_weights_stand_side_by_side_and_add_up(
    visit: Callable[..., Visit], told_store: Path, now: Assessment
) -> None:
    shown = visit(told_store, PAGE)
    table = next(text.value for text in shown.app.markdown if "Bobot yang bekerja |" in text.value)
    moved = variance_shares(now.areas[list(PIECES)])
    for effect in moved[: len(COMPONENTS)]:
        assert f"| {t.percent(100 * effect)} |" in table
    assert sum(moved) == pytest.approx(1)
    freezes = next(text.value for text in shown.app.markdown if text.value.startswith("| Skala"))
    counts = now.areas["class_index"].value_counts()
    cells = " | ".join(str(counts.get(index, 0)) for index in (*range(5), -1))
    assert f"(berlaku)** | {cells} |" in freezes
    assert "sementara, belum dibekukan" in freezes
