"""Every page of the menu over an empty store, over a past state, and over stores with damaged files."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from data.errors import BrokenError
from lib.errors import NoRegionError
from lib.texts.errors import sentence
from lib.texts.pages import standing_still
from lib.texts.questions import ONCE
from lib.texts.store import as_it_was
from lib.ui.frame.plain_text import plain
from tests.pages.conftest import ROOT, TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from tests.pages.conftest import Visit

PAGES = [
    path.relative_to(ROOT / "pages").with_suffix("").as_posix() for path in sorted((ROOT / "pages").glob("*/*.py"))
]
# They show what can be done now, whatever the address says about the past.
OF_TODAY = {"sumber_data/batas", "sumber_data/catat", "sumber_data/impor", "sumber_data/usulan"}
OF_NO_REGION = {"sumber_data/jejak"}  # it tells what people did, by the clock
UNREADY = sentence(NoRegionError())
BROKEN = sentence(BrokenError(cause="|")).split("(|)")


def test_the_menu_has_every_page(page_hashes: dict[str, str]) -> None:
    assert sorted(page_hashes) == PAGES


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_store_says_what_to_do(page: str, visit: Callable[..., Visit], empty_store: Path) -> None:
    shown = visit(empty_store, page)
    shown.assert_whole()
    if page == "sumber_data/impor":
        assert shown.title == "Impor"
        assert "Belum ada impor di wilayah ini." in shown.text
    elif page in OF_NO_REGION:
        assert shown.title == "Jejak"
    else:
        assert [info.value for info in shown.app.info] == [plain(UNREADY)]
    assert "DATA SIMULASI" not in shown.text


@pytest.mark.parametrize("page", [page for page in PAGES if page not in OF_TODAY | OF_NO_REGION])
def test_a_past_state_is_named(page: str, visit: Callable[..., Visit], told_store: Path, past_day: date) -> None:
    shown = visit(told_store, page, seperti_pada=past_day.isoformat())
    shown.assert_whole()
    assert as_it_was(past_day) in shown.text
    assert "DATA SIMULASI" in shown.text
    assert standing_still(TODAY) in shown.text


@pytest.mark.parametrize("page", sorted(OF_TODAY))
def test_a_page_of_today_says_on_which_day_today_stands_still(
    page: str, visit: Callable[..., Visit], told_store: Path
) -> None:
    assert standing_still(TODAY) in visit(told_store, page).text


@pytest.mark.parametrize("page", ["pemetaan/peta_risiko", "situasi/paparan", "situasi/ringkasan", "situasi/tren"])
def test_what_counts_as_an_event_stands_beside_the_numbers(
    page: str, visit: Callable[..., Visit], told_store: Path
) -> None:
    assert f"{ONCE}; semua kategori, kecuali yang ditolak" in visit(told_store, page).text


@pytest.fixture(scope="module", params=["hilang", "terpotong"])
def damaged_store(request: pytest.FixtureRequest, told_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy a store and remove, or cut, every file of its tables."""
    folder = tmp_path_factory.mktemp(request.param) / "gudang"
    shutil.copytree(told_store, folder)
    files = list((folder / "tabel").rglob("*.parquet"))
    assert len(files) > 20
    for file in files:
        if request.param == "hilang":
            file.unlink()
        else:
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_a_damaged_store_is_told_in_a_sentence(page: str, visit: Callable[..., Visit], damaged_store: Path) -> None:
    shown = visit(damaged_store, page)
    assert list(shown.app.exception) == []
    (said,) = (error.value for error in shown.app.error)
    said = said.replace("\\", "")
    assert said.startswith(BROKEN[0])
    assert said.endswith(BROKEN[1])
