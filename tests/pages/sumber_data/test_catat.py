"""The page Catat: typed reports, pasted lists and texts about meetings; every refusal says how to mend it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from data.store import queries
from data.store.lake import open_lake
from lib.ui.sources.meetings import row_height
from tests.lib.intake.posko_lists import FORMS
from tests.steps import rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from lib.score.answers import Assessment
    from tests.pages.conftest import Visit

MEETING = """Tim Terpadu menggelar rakor pada Selasa (27/10/2026).
Rapat sebelumnya dilaksanakan Senin, tanggal 26 Oktober.
Camat Bakung, Wiro Sableng, meminta agar hoaks diawasi bersama.
Pos terkait"""
TABLE_WIDTH = 968  # pixels, beside the menu on a screen 1366 wide
LIST = FORMS["bernomor dengan salam dan penutup"][0]


@pytest.fixture
def own_store(demo_store: Path, tmp_path: Path) -> Path:
    """A store of its own: these tests write."""
    return shutil.copytree(demo_store, tmp_path / "gudang")


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()


def pasted(visit: Callable[..., Visit], store: Path, text: str) -> AppTest:
    app = visit(store, "sumber_data/catat").app
    app.text_area(key="teks-tempel").set_value(text)
    press(app, "Baca teks")
    return app


def said(app: AppTest) -> str:
    parts = (*app.error, *app.warning, *app.success, *app.info, *app.caption, *app.markdown)
    return "\n".join(str(part.value).replace("\\", "") for part in parts)


def test_every_area_can_be_chosen_and_nothing_is_stored_unasked(
    visit: Callable[..., Visit], told_store: Path, now: Assessment
) -> None:
    shown = visit(told_store, "sumber_data/catat")
    shown.assert_whole()
    assert shown.title == "Catat"
    places = next(box for box in shown.app.selectbox if box.label == "Tempat").options
    for name in now.areas["area_name"]:
        assert any(name in place for place in places)


def test_what_must_be_filled_in_is_seen_on_a_small_screen(visit: Callable[..., Visit], told_store: Path) -> None:
    for text, needed in ((LIST, ("place", "day", "category", "severity")), (MEETING, ("topic", "category", "day"))):
        table, *_ = pasted(visit, told_store, text).dataframe  # the kept notes stand after it
        widths = {
            name: column["width"] for name, column in json.loads(table.proto.columns).items() if "width" in column
        }
        order = list(table.proto.column_order)
        for name in needed:
            assert sum(widths[before] for before in order[: order.index(name) + 1]) <= TABLE_WIDTH


def test_no_text_is_cut_in_its_cell() -> None:
    assert row_height([]) == row_height([("nihil", 200)]) == 36
    assert row_height([("x" * 46, 200)]) == 56  # 23 letters of 8 px in 184 px: two lines of 20 px
    assert row_height([("nihil", 200), ("x" * 47, 200)]) == 76
    assert row_height([("x" * 9000, 200)]) == 336


@pytest.mark.parametrize(
    ("button", "names"),
    [("Simpan laporan", ("Hari kejadian", "Kategori", "Keparahan")), ("Simpan laporan nihil", ("Sumber",))],
)
def test_an_empty_form_names_what_is_missing(
    visit: Callable[..., Visit], told_store: Path, button: str, names: tuple[str, ...]
) -> None:
    app = visit(told_store, "sumber_data/catat").app
    press(app, button)
    (error,) = (str(part.value) for part in app.error)
    for name in names:
        assert name in error
    assert "Belum ada yang disimpan" in error


def test_a_meeting_without_name_and_day_is_refused_in_words(visit: Callable[..., Visit], told_store: Path) -> None:
    app = pasted(visit, told_store, MEETING)
    assert "Tanggal bertentangan" in said(app)
    assert "“Pos terkait”" in said(app)
    assert "kira-kira satu dari empat isu terlewat" in said(app)
    press(app, "Simpan catatan rapat")
    (error,) = (str(part.value).replace("\\", "") for part in app.error)
    assert "Nama rapat belum diisi" in error
    assert "teks menyebut Selasa, 27 Oktober 2026 dan Senin, 26 Oktober 2026" in error
    assert "Belum ada yang disimpan" in error


def test_a_meeting_is_stored_once_counted_and_names_nobody(visit: Callable[..., Visit], own_store: Path) -> None:
    app = pasted(visit, own_store, MEETING)
    next(box for box in app.text_input if box.label == "Nama rapat").set_value("Rakor Tim Terpadu")
    next(box for box in app.date_input if box.label == "Hari rapat").set_value(date(2026, 10, 27))
    press(app, "Simpan catatan rapat")
    assert list(app.error) == []
    assert "4 baris catatan rapat tersimpan" in said(app)
    assert "2 tanggal · 1 isu · 1 tindak lanjut" in said(app)
    lake = open_lake(str(own_store))
    notes = queries.meeting_notes(lake, "99.71")
    lake.connection.close()
    assert len(notes) == 4
    (issue,) = notes[notes["item_kind"] == "isu"]["item_text"]
    assert issue.startswith("Hoaks dan kabar bohong: Camat")
    assert "Sableng" not in issue


def test_a_list_is_stored_once_with_its_nil_reports(visit: Callable[..., Visit], own_store: Path) -> None:
    def stored() -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
        lake = open_lake(str(own_store))
        try:
            source = "source_name = 'Posko Kec. Muara Sagara'"
            nil = rows(
                lake, f"SELECT stated_area_code, source_name, period_start::VARCHAR FROM nil_report WHERE {source}"
            )
            return sorted(nil), rows(lake, f"SELECT category_code FROM incident WHERE {source}")
        finally:
            lake.connection.close()

    app = pasted(visit, own_store, LIST)
    assert "Terbaca 3 laporan nihil dan 1 kejadian" in said(app)
    assert stored() == ([], [])
    press(app, "Simpan semua yang ditandai")
    assert list(app.error) == []
    assert "3 baris laporan nihil tersimpan" in said(app)
    assert "1 baris kejadian tersimpan" in said(app)
    nil, incidents = stored()
    assert nil == [
        (f"99.71.02.{number}", "Posko Kec. Muara Sagara", "2026-10-27") for number in ("1001", "1003", "1004")
    ]
    assert incidents == [("RUS",)]
    assert not [button for button in app.button if button.label == "Simpan semua yang ditandai"]
    app = pasted(visit, own_store, LIST)  # in another session
    press(app, "Simpan semua yang ditandai")
    assert "Laporan yang sama sudah ada" in said(app)
    assert stored() == (nil, incidents)


def test_a_line_that_lacks_its_place_is_named(visit: Callable[..., Visit], told_store: Path) -> None:
    app = pasted(visit, told_store, FORMS["singkatan, salah tik, dan yang belum lapor"][0])
    assert "Belum melapor" in said(app)
    press(app, "Simpan semua yang ditandai")
    (error,) = (str(part.value).replace("\\", "") for part in app.error)
    assert "Baris 3 (Psr Gelam: nihil): isi Tempat, atau hapus tanda Simpan." in error
    assert "Baris 5 (Mawar Merah: nihil): isi Tempat" in error
    assert "Baris 1" not in error


def test_a_greeting_is_said_to_be_no_report(visit: Callable[..., Visit], told_store: Path) -> None:
    app = pasted(visit, told_store, FORMS["salam saja"][0])
    assert "hanya salam" in said(app)
