from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from lib.score.answers import incidents
from lib.score.situation import week_counts
from lib.texts.store import nothing_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store.lake import Lake
    from lib.score.answers import Assessment
    from tests.pages.conftest import Visit


def test_the_first_slide_counts_the_week_of_the_state(
    visit: Callable[..., Visit],
    told_store: Path,
    *,
    told: Lake,
    now: Assessment,
    past: Lake,
    then: Assessment,
    past_day: date,
) -> None:
    for lake, judged, address in ((told, now, {}), (past, then, {"seperti_pada": past_day.isoformat()})):
        shown = visit(told_store, "situasi/paparan", **address)
        shown.assert_whole()
        found = week_counts(judged, incidents(lake, judged.filters))
        assert f"{found.week} kejadian dalam 7 hari" in shown.seen
        assert f"{found.high_areas} dari {found.area_count} kelurahan di kelas Tinggi ke atas" in shown.seen


@pytest.mark.parametrize(
    ("slide", "number", "said"),
    [
        ("1", 1, "Situasi hari ini"),
        ("2", 2, "Karang Anyar"),
        ("3", 3, "Peringatan"),
        ("4", 4, "Kejadian per minggu"),
        ("5", 5, "Yang berubah"),
        ("6", 1, "Situasi hari ini"),
        ("satu", 1, "Situasi hari ini"),
    ],
)
def test_the_address_names_the_slide(
    slide: str, number: int, said: str, visit: Callable[..., Visit], told_store: Path
) -> None:
    shown = visit(told_store, "situasi/paparan", slide=slide)
    shown.assert_whole()
    assert f"{number} / 5 · TERBATAS · DATA SIMULASI" in shown.seen
    assert said in shown.seen


def test_before_the_first_state_there_is_nothing(
    visit: Callable[..., Visit], told_store: Path, past_day: date
) -> None:
    shown = visit(told_store, "situasi/paparan", seperti_pada="2020-01-01")
    shown.assert_whole()
    assert [warning.value for warning in shown.app.warning] == [nothing_until(date(2020, 1, 1), past_day)]
    assert "kejadian dalam 7 hari" not in shown.seen


def test_the_keys_lead_from_slide_to_slide(visit: Callable[..., Visit], told_store: Path) -> None:
    app = visit(told_store, "situasi/paparan", slide="4").app
    app.button(key="slide-next").click().run()
    assert app.query_params["slide"] == "5"
    assert app.button(key="slide-next").disabled
    app.button(key="slide-previous").click().run()
    assert app.query_params["slide"] == "4"


def test_filters_of_the_address_are_said_not_to_be_used(
    visit: Callable[..., Visit], told_store: Path, now: Assessment
) -> None:
    words = "seluruh Kota Tanjung Sagara, saringan di alamat tidak dipakai"
    filtered = visit(told_store, "situasi/paparan", slide="2", kecamatan=now.areas["district_name"].iloc[0])
    filtered.assert_whole()
    assert words in filtered.seen
    assert words not in visit(told_store, "situasi/paparan", slide="2").seen
