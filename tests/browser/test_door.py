"""One PC, two commands, and the first thing seen is the map: the link, the name, the way out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from lib.people.accounts import Accounts
from lib.people.machine import machine_actor
from lib.settings import clock_s
from lib.texts import people as t
from tests.browser.conftest import ROOT, settled
from tests.lib.ui.door.test_matrix import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser


class Desk:
    """Somebody's own PC on which `petadini jalankan` runs."""

    def __init__(self, store: Path, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.env = os.environ | {
            "PETADINI_LAKE": str(store),
            "PETADINI_RAHASIA": str(folder),
            "PETADINI_TANPA_AKUN": "",
        }
        self.process = subprocess.Popen(
            self._command("jalankan"), cwd=ROOT, env=self.env, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        said = [self.process.stdout.readline() for _ in range(2)]
        self.link = self._found(said[1])

    def _command(self, name: str) -> list[str]:
        return [sys.executable, "-m", "lib.commands", name, "--port", str(self.port)]

    def _found(self, text: str) -> str:
        return re.findall(rf"http://127\.0\.0\.1:{self.port}/masuk\?kunci=\S+", text)[0]

    def another_link(self) -> str:
        return self._found(subprocess.check_output(self._command("tautan"), cwd=ROOT, env=self.env, text=True))


@pytest.fixture(scope="module")
def desk(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("rahasia")
    folder.chmod(0o700)
    made = Desk(demo_store, folder)
    yield made
    made.process.terminate()
    made.process.communicate()


def test_the_link_opens_the_map_asks_the_name_once_and_is_spent(
    desk: Desk, open_page: Callable[..., Watched]
) -> None:
    watched = open_page(desk.link)
    page = watched.page
    assert page.url.endswith("/peta-risiko")
    assert page.locator("h1").inner_text().startswith("Peta risiko · ")
    page.frame_locator("iframe").first.locator("path.leaflet-interactive").nth(20).wait_for()
    page.get_by_placeholder(t.YOUR_NAME).fill("Rina *Sari*")
    page.get_by_role("button", name=t.KEEP).click()
    page.get_by_role("button", name=t.LEAVE).wait_for()
    settled(page)
    assert "Rina *Sari* · analis" in page.locator(".st-key-orang").inner_text()
    book = Accounts(desk.folder, clock_s)
    assert [(account.name, account.shown) for account in book.everyone()] == [(machine_actor().name, "Rina *Sari*")]
    book.close()

    again = open_entrance(open_page, desk.link)
    assert t.LINK_USED in again
    assert t.BY_LINK in again

    page.get_by_role("button", name=t.LEAVE).click()
    page.wait_for_url("**/masuk?habis=1")
    assert t.OVER in page.locator("main").inner_text()
    page.goto(f"http://127.0.0.1:{desk.port}/tren")
    assert "/masuk?lanjut=%2Ftren" in page.url
    assert watched.refused == []
    assert watched.errors == []


def open_entrance(open_page: Callable[..., Watched], url: str) -> str:
    """Read the entrance, which has no server to wait for."""
    watched = open_page("about:blank", wait=False)
    watched.page.goto(url)
    return watched.page.locator("main").inner_text()


def test_a_new_link_opens_it_again_and_the_name_is_kept(desk: Desk, open_page: Callable[..., Watched]) -> None:
    page = open_page(desk.another_link()).page
    assert page.get_by_placeholder(t.YOUR_NAME).count() == 0
    assert "analis" in page.locator(".st-key-orang").inner_text()


@pytest.mark.parametrize("width", [390, 1366])
def test_the_entrance_fits_the_screen(desk: Desk, open_page: Callable[..., Watched], width: int) -> None:
    watched = open_page("about:blank", wait=False, width=width)
    said: list[str] = []
    watched.page.on("console", lambda message: said.append(message.text))
    watched.page.goto(f"http://127.0.0.1:{desk.port}/tren")
    box = watched.page.locator("main").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert watched.page.evaluate("document.fonts.check('16px Inter')")
    assert said == []  # nothing that the policy of the page stopped
