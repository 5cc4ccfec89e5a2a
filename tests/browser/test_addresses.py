"""Every address of the menu opens its page at once: nothing is asked for that is not there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Watched, settled

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser
MENU = (Path(__file__).parents[2] / "app.py").read_text(encoding="utf-8")
PAGES = re.findall(r'menu\.page\(\s*"(.*?)".*?url_path="(.*?)"', MENU, re.DOTALL)


def test_every_address_opens_its_page(address: str, open_page: Callable[..., Watched]) -> None:
    assert len(PAGES) == MENU.count("menu.page(")
    watched = open_page(f"{address}/impor")
    page = watched.page
    missed: list[str] = []
    page.on("response", lambda answer: missed.append(answer.url) if answer.status >= 400 else None)
    stopped: list[str] = []
    page.on("console", lambda said: stopped.append(said.text) if "Content Security Policy" in said.text else None)
    seen: dict[str, str] = {}
    for script, name in PAGES:
        page.goto(f"{address}/{name}")
        settled(page)
        assert page.locator("[role=dialog]").count() == 0, name
        assert page.locator("[data-testid=stException]").count() == 0, name
        assert urlsplit(page.url).path == f"/{name}"
        shown = page.locator("[data-testid=stMain] :is(h1, h2, .petadini-slide-mark)").first.inner_text()
        assert seen.setdefault(shown, script) == script, "another page was shown"
    assert missed == []
    assert stopped == []  # the policy of each page lets it draw its maps and charts
    assert watched.errors == []


def test_the_summary_by_its_name_keeps_the_question(address: str, open_page: Callable[..., Watched]) -> None:
    page = open_page(f"{address}/ringkasan?kategori=Politik+uang").page
    assert page.locator("h1").inner_text().startswith("Ringkasan · ")
    assert "kategori: Politik uang" in page.locator("body").inner_text()
    assert urlsplit(page.url).query == "kategori=Politik+uang"
    page.get_by_role("link", name="Peta risiko").first.click()
    page.wait_for_url("**/peta-risiko*")
    settled(page)
    assert page.locator("h1").inner_text().startswith("Peta risiko · ")
