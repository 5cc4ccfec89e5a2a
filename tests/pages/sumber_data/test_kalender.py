from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from data.store.lake import open_lake
from lib.people.machine import machine_actor
from lib.region.elections import elections_of
from lib.rules.regions import calendar
from lib.texts import elections as t
from tests.city import ANGGREK, REGION_CODE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Visit

PAGE = "sumber_data/kalender"
OCCASION = {t.LABELS["code"]: "haul-2025", t.LABELS["name"]: "Haul Akbar", t.LABELS["legal_source"]: "Surat panitia"}


@pytest.fixture
def own_store(city_store: Path, tmp_path: Path) -> Path:
    """Copy the store of the made-up city, to be written to."""
    shutil.copytree(city_store, tmp_path / "gudang")
    return tmp_path / "gudang"


def field(app: AppTest, label: str) -> object:
    return next(found for found in (*app.text_input, *app.text_area, *app.selectbox) if found.label == label)


def said(app: AppTest) -> str:
    """Give the text of the page without the signs that keep markdown from reading it."""
    return " ".join(text.value for text in app.markdown).replace("\\", "")


def fill(app: AppTest, kind: str, day: date, reason: str, values: dict[str, str]) -> AppTest:
    """Fill in the form and save it."""
    for label, value in values.items():
        field(app, label).set_value(value)
    field(app, t.LABELS["kind"]).set_value(kind)
    next(found for found in app.date_input if found.label == t.LABELS["voting_day"]).set_value(day)
    field(app, t.REASON).set_value(reason)
    next(button for button in app.button if button.label == t.SAVE).click().run()
    return app


def test_the_calendar_lists_what_is_in_force_and_every_election(
    visit: Callable[..., Visit], told_store: Path
) -> None:
    shown = visit(told_store, PAGE)
    shown.assert_whole()
    assert shown.title == "Kalender · Kota Tanjung Sagara"
    assert "H-27 · Pilkada Simulasi · Rabu, 25 November 2026 · Kampanye" in said(shown.app)
    table = shown.app.dataframe[0].value
    assert table["hitungan"].tolist() == ["H-27"]
    assert table["dicatat"].tolist() == [t.SHIPPED]
    assert t.JOURNAL_EMPTY in shown.seen


def test_where_none_is_in_force_the_page_says_so(
    visit: Callable[..., Visit], own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETADINI_HARI_INI", "2026-11-28")
    shown = visit(own_store, PAGE)
    shown.assert_whole()
    assert t.NONE_IN_FORCE_LINE in shown.seen
    table = shown.app.dataframe[0].value
    assert set(table["hitungan"]) == {""}
    (stages,) = (part.value for part in shown.app.html if 'petadini-lines petadini-calendar"' in part.value)
    assert stages.count(f"<td>{t.UNCHECKED}</td>") == 1  # the disputes of 2024 are from memory
    for stage in calendar(REGION_CODE).election("pilkada-2024").stages:
        assert f"<td>{stage.source}</td>" in stages


def test_an_occasion_is_entered_and_stands_in_the_journal(
    visit: Callable[..., Visit], own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETADINI_HARI_INI", "2025-06-01")
    shown = visit(own_store, PAGE)
    app = fill(shown.app, "bukan_pemilu", date(2025, 6, 14), "Permintaan Kapolres", OCCASION)
    assert [error.value for error in (*app.exception, *app.error)] == []
    lake = open_lake(str(own_store))
    entered = elections_of(lake, REGION_CODE).usual(date(2025, 6, 1))
    lake.connection.close()
    assert entered is not None
    assert (entered.code, entered.recorded_by, entered.recorded_on) == (
        "haul-2025",
        machine_actor().name,
        date(2025, 6, 1),
    )
    assert "H-13 · Haul Akbar" in said(app)
    journal = app.dataframe[-1].value
    assert journal.loc[0, ["petugas", "alasan", "dasar"]].tolist() == [
        machine_actor().name,
        "Permintaan Kapolres",
        "Surat panitia",
    ]


def test_a_revote_says_which_of_its_tps_could_not_be_checked(
    visit: Callable[..., Visit], own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETADINI_HARI_INI", "2024-02-15")
    values = OCCASION | {t.LABELS["stations"]: f"{ANGGREK}/006", t.LABELS["repeats"]: "pemilu-2024"}
    app = fill(visit(own_store, PAGE).app, "psu", date(2024, 2, 17), "Uji", values)
    assert [error.value for error in (*app.exception, *app.error)] == []
    told = app.success[0].value.replace("\\", "")
    assert f"TPS {ANGGREK}/006 belum dapat dicek karena tidak ada dalam daftar TPS Pemilu 2024" in told


def test_what_breaks_a_rule_is_said_in_the_words_of_the_form_and_not_kept(
    visit: Callable[..., Visit], own_store: Path
) -> None:
    shown = visit(own_store, PAGE)
    values = OCCASION | {t.LABELS["stations"]: f"{ANGGREK}/001"}
    app = fill(shown.app, "bukan_pemilu", date(2025, 6, 14), "Uji", values)
    assert len(app.error) == 1
    assert "TPS yang memilih lagi" in app.error[0].value
    app = fill(app, "bukan_pemilu", date(2025, 6, 14), "", OCCASION | {t.LABELS["stations"]: ""})
    assert [error.value for error in app.error] == [t.NO_REASON]
    lake = open_lake(str(own_store))
    assert "haul-2025" not in {known.code for known in elections_of(lake, REGION_CODE).elections}
    lake.connection.close()


def test_an_election_is_changed_with_its_stages_as_they_were(
    visit: Callable[..., Visit], own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETADINI_HARI_INI", "2024-11-20")
    shown = visit(own_store, PAGE)
    shipped = calendar(REGION_CODE).election("pilkada-2024")
    app = field(shown.app, t.EDIT_WHICH).set_value(shipped.code).run()
    app = fill(app, shipped.kind, shipped.voting_day, "Nama resmi", {t.LABELS["name"]: "Pilkada Kota Uji 2024"})
    assert [error.value for error in (*app.exception, *app.error)] == []
    lake = open_lake(str(own_store))
    changed = elections_of(lake, REGION_CODE).election(shipped.code)
    lake.connection.close()
    assert changed == replace(
        shipped, name="Pilkada Kota Uji 2024", recorded_by=machine_actor().name, recorded_on=date(2024, 11, 20)
    )
