from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from lib.indonesian import points, tenth
from lib.output.classes import CLASSES
from lib.output.score_tables import score_table
from lib.score.inputs import fetch_inputs
from lib.score.uncertainty import rank_uncertainty

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from data.store.lake import Lake
    from lib.score.answers import Assessment
    from tests.pages.conftest import Visit

PAGE = "pemetaan/peta_risiko"


def legend(shown: Visit) -> list[int]:
    """Read the number of areas of each class, the highest first."""
    table = re.search(r'<table class="petadini-legend">.*?</table>', shown.text, re.DOTALL)
    assert table
    return [int(count) for count in re.findall(r"<td>(\d+)</td></tr>", table.group())]


def test_the_legend_counts_the_areas_of_the_state(
    visit: Callable[..., Visit], told_store: Path, now: Assessment, then: Assessment, past_day: date
) -> None:
    newest = visit(told_store, PAGE)
    newest.assert_whole()
    assert newest.title == "Peta risiko · Kota Tanjung Sagara"
    before = visit(told_store, PAGE, seperti_pada=past_day.isoformat())
    for shown, judged in ((newest, now), (before, then)):
        counts = judged.areas["class_index"].value_counts()
        order = [risk.index for risk in CLASSES[::-1]]
        assert legend(shown)[: len(order)] == [int(counts.get(index, 0)) for index in order]
        assert sum(legend(shown)) == 42
        top = re.findall(r"<li><b [^>]*>([\d,]+)</b><span>(.*?)<small>", shown.text)
        rows = judged.ranked.head(5)[["score", "area_name"]].itertuples(index=False)
        assert top == [(points(score), name) for score, name in rows]
    assert legend(newest) != legend(before)


def test_the_table_is_that_of_the_file(
    visit: Callable[..., Visit], told_store: Path, told: Lake, now: Assessment
) -> None:
    (shown,) = visit(told_store, PAGE).app.dataframe
    expected = score_table(now, rank_uncertainty(fetch_inputs(told, now.filters), now))
    assert shown.value["nama"].tolist() == expected["nama"].tolist()
    assert shown.value["jumlah_kejadian"].tolist() == expected["jumlah_kejadian"].tolist()
    assert shown.value["skor"].dropna().tolist() == expected["skor"].dropna().map(tenth).tolist()


def test_layers_of_the_address_stand_in_the_legend(visit: Callable[..., Visit], told_store: Path) -> None:
    plain = visit(told_store, PAGE)
    layered = visit(told_store, PAGE, lapisan=["TPS", "Kejadian", "Kepadatan"])
    layered.assert_whole()
    assert "lebar pita" in layered.seen
    assert "lebar pita" not in plain.seen


def test_a_category_narrows_the_question_and_says_so(visit: Callable[..., Visit], told_store: Path) -> None:
    shown = visit(told_store, PAGE, kategori="Politik uang")
    shown.assert_whole()
    assert "kategori: Politik uang" in shown.seen
    everything = visit(told_store, PAGE)
    counts = [page.app.dataframe[0].value["jumlah_kejadian"].sum() for page in (shown, everything)]
    assert 0 < counts[0] < counts[1]


@pytest.mark.parametrize("page", ["situasi/ringkasan", "situasi/tren", PAGE])
def test_a_reversed_period_is_turned_round(page: str, visit: Callable[..., Visit], told_store: Path) -> None:
    shown = visit(told_store, page, masa=["2026-10-15", "2026-10-01"])
    shown.assert_whole()
    assert "1–15 Oktober 2026" in shown.seen


def test_a_kecamatan_is_named_as_a_part_wherever_it_is_counted(
    visit: Callable[..., Visit], told_store: Path, now: Assessment
) -> None:
    name = now.areas["district_name"].iloc[0]
    inside = now.areas[now.areas["district_name"] == name]
    shown = visit(told_store, PAGE, kecamatan=name)
    shown.assert_whole()
    assert sum(legend(shown)) == len(inside) < 42
    assert shown.title == f"Peta risiko · Kecamatan {name}, Kota Tanjung Sagara ({len(inside)} dari 42 kelurahan)"
    part = f"{len(inside)} dari 42 kelurahan, Kec. {name}"
    assert f"Tingkat kerawanan (skor 0–100) · {part}" in shown.seen
    assert f"Hitungan di legenda hanya dari bagian yang tampil: {part}." in shown.seen
    assert "Warna dari semua laporan sampai" in shown.seen
    assert "bagian yang tampil" not in visit(told_store, PAGE).seen
