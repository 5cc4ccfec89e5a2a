from __future__ import annotations

from typing import TYPE_CHECKING

from lib.reports.events import candidates
from lib.score.answers import incidents
from tests.pages.conftest import LATER, REGION

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from data.store.lake import Lake
    from lib.score.answers import Assessment
    from tests.pages.conftest import Visit

PAGE = "sumber_data/laporan"


def test_the_table_and_the_pairs_are_those_of_the_question(
    visit: Callable[..., Visit], told_store: Path, told: Lake, now: Assessment, past_day: date
) -> None:
    shown = visit(told_store, PAGE)
    shown.assert_whole()
    assert shown.title == "Laporan · Kota Tanjung Sagara"
    filters = now.filters
    span = {"as_of": filters.end, "start": filters.start, "end": filters.end}
    rows = incidents(told, filters)
    assert len(shown.app.dataframe[0].value) == len(rows)
    found = candidates(told, REGION.code, **span)
    assert f"{len(found.pairs)} pasangan diduga ganda" in shown.seen
    before = visit(told_store, PAGE, seperti_pada=past_day.isoformat())
    assert len(before.app.dataframe[0].value) == len(rows) - LATER


def test_a_state_of_the_address_narrows_the_table(visit: Callable[..., Visit], told_store: Path) -> None:
    shown = visit(told_store, PAGE, status="Masuk, belum diperiksa")
    shown.assert_whole()
    states = set(shown.app.dataframe[0].value.astype(str).stack())
    assert "Masuk, belum diperiksa" in states
    assert not states & {"Terverifikasi", "Ditangani"}
