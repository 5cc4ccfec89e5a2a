"""Pages opened through app.py without a browser, over stores that all pages share."""

from __future__ import annotations

import contextlib
import html
import re
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.store.lake import Lake, open_at, open_lake, snapshots
from data.store.places import CATALOG
from lib.region.areas import load_areas
from lib.region.history import local_day
from lib.rules.regions import region_profile
from lib.score.answers import Assessment, assess_areas
from lib.score.question import default_filters
from tests.city import write_csv
from tests.officers import officer
from tests.steps import import_incidents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
REGION = region_profile("99.71")
TODAY = date(2026, 10, 29)
LATER = 12  # incidents that the newest state has and the past one lacks
LONG_S = 240.0  # a run that hangs must end; none is measured by it


@dataclass(frozen=True)
class Visit:
    """A page that has been opened: what it says, and the app for whoever goes on using it."""

    app: AppTest

    @property
    def title(self) -> str:
        return _unescaped("".join(title.value for title in self.app.title))

    @property
    def text(self) -> str:
        """Everything that is written in the page and its sidebar, HTML as it is sent, words of files unescaped."""
        return "\n".join(
            _unescaped(said)
            for part in (self.app.main, self.app.sidebar)
            for element in part
            for said in (getattr(element, "label", ""), getattr(element, "value", ""))
            if isinstance(said, str) and said
        )

    @property
    def seen(self) -> str:
        """The same as it is read: without tags and the signs of markdown."""
        return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>|[*\\\\]", " ", self.text)))

    def figures(self) -> list[str]:
        """The large numbers of the page."""
        return re.findall(r"<dd>(.*?)</dd>", self.text)

    def assert_whole(self) -> None:
        """See that nothing failed, neither with a traceback nor with a sentence."""
        assert [error.value for error in (*self.app.exception, *self.app.error)] == []


def _unescaped(said: str) -> str:
    return re.sub(r"\\([\\`*_{}\[\]()#+\-!|<>~:$])", r"\1", said)


@pytest.fixture(scope="session")
def told_store(
    made_once: Callable[[str, Callable[[Path], None]], Path],
    demo_store: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Make a store whose demo is three days old, and into which serious incidents of one area came today."""

    def fill(folder: Path) -> None:
        shutil.copytree(demo_store, folder)
        with contextlib.closing(sqlite3.connect(folder / CATALOG)) as catalog:
            states = catalog.execute("SELECT snapshot_id, snapshot_time FROM ducklake_snapshot").fetchall()
            for number, text in states:
                catalog.execute(
                    "UPDATE ducklake_snapshot SET snapshot_time = ? WHERE snapshot_id = ?",
                    [_three_days_before(text), number],
                )
            catalog.commit()
        lake = open_lake(str(folder))
        lines = [
            {
                "id_sumber": f"B-{number}",
                "tanggal_kejadian": "2026-10-28",
                "kategori": "KEK",
                "keparahan": "4",
                "kode_kelurahan": load_areas(lake, REGION.code, simplified=True)["area_code"].iloc[0],
                "sumber": "Polres (simulasi)",
                "status": "terverifikasi",
            }
            for number in range(LATER)
        ]
        file = write_csv(tmp_path_factory.mktemp("susulan") / "susulan.csv", lines)
        found = import_incidents(lake, REGION, file, today=TODAY, actor=officer())
        assert found.counts.accepted == LATER
        lake.connection.close()

    return made_once("susulan", fill)


def _three_days_before(text: str) -> str:
    """Move the day of a stamp of the catalog, and nothing else of it."""
    return (date.fromisoformat(text[:10]) - timedelta(days=3)).isoformat() + text[10:]


@pytest.fixture(scope="session")
def told(told_store: Path) -> Iterator[Lake]:
    """Open that store beside the pages, to ask the product's own functions."""
    lake = open_lake(str(told_store))
    yield lake
    lake.connection.close()


@pytest.fixture(scope="session")
def now(told: Lake) -> Assessment:
    """Judge the newest state."""
    return _assessed(told)


@pytest.fixture(scope="session")
def past(told: Lake) -> Lake:
    """Give the state before the last import."""
    return open_at(told, snapshots(told)[-2].number)


@pytest.fixture(scope="session")
def then(past: Lake) -> Assessment:
    """Judge the state before the last import."""
    return _assessed(past)


def _assessed(lake: Lake) -> Assessment:
    return assess_areas(lake, default_filters(lake, REGION.code, as_of=TODAY))


@pytest.fixture(scope="session")
def past_day(told: Lake) -> date:
    """The last day on which the newest state was not there yet."""
    return local_day(snapshots(told)[-2], REGION.time_zone)


@pytest.fixture(scope="session")
def first_run(empty_store: Path) -> AppTest:
    """Run the app once, to learn its menu and which components are installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PETADINI_LAKE", str(empty_store))
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=LONG_S).run()
    _forget()
    return app


@pytest.fixture(scope="session")
def page_hashes(first_run: AppTest) -> dict[str, str]:
    """Give what Streamlit calls each page of the menu, by its file below pages/."""
    pages = {str(info["script_path"]): name for name, info in first_run._registered_pages.items()}
    return {Path(path).relative_to(ROOT / "pages").with_suffix("").as_posix(): name for path, name in pages.items()}


@pytest.fixture(scope="session")
def visit(first_run: AppTest, page_hashes: dict[str, str]) -> Iterator[Callable[..., Visit]]:
    """Give a function that opens a page by its address; answers are kept while the store stays the same."""
    shown: list[Path] = []
    patch = pytest.MonkeyPatch()

    def open_page(store: Path, page: str, **address: str | list[str]) -> Visit:
        if shown[-1:] != [store]:
            _forget()
            patch.setenv("PETADINI_LAKE", str(store))
            shown.append(store)
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=LONG_S)
        app.query_params.update(address)
        app._page_hash = page_hashes[page]
        app._bidi_component_manager = first_run._bidi_component_manager  # else every page looks through site-packages
        return Visit(app.run())

    yield open_page
    _forget()
    patch.undo()


def _forget() -> None:
    """Forget every answer about the store shown last, and the store itself."""
    st.cache_data.clear()
    st.cache_resource.clear()
