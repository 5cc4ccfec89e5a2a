"""A region that has fallen silent: no page stops, none reads calm, each says since when nothing came."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from lib.indonesian import long_date
from lib.score.answers import assess_areas
from lib.score.question import default_filters
from lib.texts import pages
from lib.texts.forecasts import stopped
from tests.pages.conftest import REGION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from data.store.lake import Lake
    from lib.score.answers import Assessment
    from tests.pages.conftest import Visit

DAY = date(2026, 12, 10)
NO_ALERT_OF_WHOM = "eringatan tidak dapat dinilai: dari 42 kelurahan, 41 tidak terdengar dan 1 belum ada laporannya"


@pytest.fixture(scope="module", autouse=True)
def silent_day() -> Iterator[None]:
    """Let today be weeks after the last report."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PETADINI_HARI_INI", DAY.isoformat())
        yield


@pytest.fixture(scope="module")
def silent(told: Lake) -> Assessment:
    judged = assess_areas(told, default_filters(told, REGION.code, as_of=DAY))
    assert judged.ranked.empty
    return judged


@pytest.fixture(scope="module")
def line(silent: Assessment) -> str:
    last = silent.state.last_reported_on
    assert last is not None
    days = (DAY - last).days
    unheard = int((silent.areas["unclassed"] == "tidak_terdengar").sum())
    assert unheard == 41  # one of the 42 never sent anything: no report yet, which is not one that stopped
    return f"Tidak terdengar: {unheard} dari 42 kelurahan; laporan terakhir {long_date(last)}, {days} hari lalu."


PAGES = (
    *("situasi/ringkasan", "situasi/peringatan", "situasi/tren", "situasi/ramalan"),
    *("pemetaan/peta_risiko", "pemetaan/titik_panas", "pemetaan/tps", "pemetaan/perbandingan"),
    *("sumber_data/laporan", "sumber_data/mutu", "sumber_data/metode"),
)


@pytest.mark.parametrize("page", PAGES)
def test_pages_say_first_that_nothing_is_heard(
    page: str, visit: Callable[..., Visit], told_store: Path, line: str
) -> None:
    shown = visit(told_store, page)
    shown.assert_whole()
    assert line in shown.seen
    assert "saringannya terlalu sempit" not in shown.seen
    # Else a cell without a value reads "None".
    assert all(table.proto.HasField("placeholder") for table in shown.app.dataframe)


def test_the_summary_goes_on_and_is_not_calm(visit: Callable[..., Visit], told_store: Path) -> None:
    shown = visit(told_store, "situasi/ringkasan")
    assert len(shown.figures()) == 6
    assert shown.figures()[3:5] == [pages.NOT_JUDGED] * 2  # how many are Tinggi and how many Siaga, nobody knows
    assert "tidak dapat dinilai. Itu tidak berarti aman." in shown.seen
    assert "tidak ada laporan yang masuk" in shown.seen
    assert "Tidak ada kelurahan yang dapat diberi kelas: laporannya berhenti" in shown.seen
    assert "dari 7 hari sebelumnya" not in shown.seen.split("Lima teratas")[0]


def test_the_first_slide_says_it_before_any_count(visit: Callable[..., Visit], told_store: Path, line: str) -> None:
    shown = visit(told_store, "situasi/paparan").seen
    assert shown.index(line) < shown.index("7 hari terakhir: tidak ada laporan yang masuk")
    assert "Tidak ada kelurahan yang dapat diberi kelas" in shown
    assert "kejadian dalam 7 hari" not in shown
    assert "0 dari 42" not in shown


def test_the_slide_of_the_map_says_why_none_stands_highest(visit: Callable[..., Visit], told_store: Path) -> None:
    shown = visit(told_store, "situasi/paparan", slide="2")
    shown.assert_whole()
    assert "Tidak ada kelurahan yang dapat diberi kelas: laporannya berhenti" in shown.seen


@pytest.mark.parametrize(("page", "address"), [("peringatan", {}), ("paparan", {"slide": "3"}), ("ringkasan", {})])
def test_no_alert_is_not_said_of_areas_that_nobody_hears(
    page: str, address: dict[str, str], visit: Callable[..., Visit], told_store: Path
) -> None:
    shown = visit(told_store, f"situasi/{page}", **address)
    shown.assert_whole()
    assert NO_ALERT_OF_WHOM in shown.seen
    assert "idak ada peringatan." not in shown.seen


def test_the_slide_of_the_weeks_does_not_count_zero(visit: Callable[..., Visit], told_store: Path) -> None:
    shown = visit(told_store, "situasi/paparan", slide="4")
    shown.assert_whole()
    assert "7 hari terakhir: tidak ada laporan yang masuk" in shown.seen


def test_the_slide_of_changes_is_not_calm(visit: Callable[..., Visit], told_store: Path, line: str) -> None:
    shown = visit(told_store, "situasi/paparan", slide="5")
    shown.assert_whole()
    assert line in shown.seen
    assert "0 naik kelas" not in shown.seen


def test_the_trend_does_not_call_silence_usual(visit: Callable[..., Visit], told_store: Path) -> None:
    shown = visit(told_store, "situasi/tren").seen
    assert "Tidak ada kejadian yang dilaporkan dalam 7 hari terakhir. Itu tidak berarti aman." in shown
    assert "Tidak ada kategori di atas" not in shown


def test_no_station_is_said_never_to_have_been_reported_from(visit: Callable[..., Visit], told_store: Path) -> None:
    shown = visit(told_store, "pemetaan/tps").seen
    assert "kelurahannya tidak terdengar atau belum pernah melapor" in shown


def test_the_trend_meter_takes_silence_for_no_chance(
    visit: Callable[..., Visit], told_store: Path, silent: Assessment
) -> None:
    last = silent.state.last_reported_on
    assert last is not None
    shown = visit(told_store, "situasi/peringatan")
    shown.assert_whole()
    assert f"Jauh di bawah biasanya; laporan terakhir {long_date(last)}: 0 kejadian" in shown.seen
    assert "Dalam batas kebetulan" not in shown.seen


@pytest.mark.parametrize("days", [7, 8])
def test_a_forecast_from_reports_that_stopped_says_so(days: int) -> None:
    last = date(2024, 11, 5)
    told = stopped(last, last + timedelta(days=days))
    assert told == ("laporan terakhir 5 November 2024; angka ini dari laporan yang berhenti" if days > 7 else "")
    assert stopped(None, last) == ""


def test_the_forecast_page_and_slide_say_it_beside_the_number(
    visit: Callable[..., Visit], told_store: Path, silent: Assessment
) -> None:
    last = silent.state.last_reported_on
    assert last is not None
    day = (last + timedelta(days=9)).isoformat()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PETADINI_HARI_INI", day)
        told = f"Laporan terakhir {long_date(last)}; angka ini dari laporan yang berhenti"
        assert told in visit(told_store, "situasi/ramalan").seen
        assert told in visit(told_store, "situasi/paparan", slide="3").seen
