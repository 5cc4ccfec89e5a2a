from __future__ import annotations

from typing import TYPE_CHECKING

from lib.reports.completeness import completeness, headline
from tests.pages.conftest import REGION, TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store.lake import Lake
    from tests.pages.conftest import Visit


def test_the_figures_are_those_of_the_reports(visit: Callable[..., Visit], told_store: Path, told: Lake) -> None:
    shown = visit(told_store, "sumber_data/mutu")
    shown.assert_whole()
    assert shown.title == "Mutu data · Kota Tanjung Sagara"
    head = headline(completeness(told, REGION.code, as_of=TODAY))
    assert f"{head.heard_count} dari {head.area_count} kelurahan" in shown.seen
    assert shown.figures()[1] == f"{head.received_count} dari {head.expected_count}"
    assert len(shown.figures()) == 4


def test_the_matrix_has_a_line_for_each_area(visit: Callable[..., Visit], told_store: Path) -> None:
    text = visit(told_store, "sumber_data/mutu").text
    assert text.count('<th scope="row"') >= 42
