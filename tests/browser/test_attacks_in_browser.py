"""A real browser over a store full of attacks: no dialog, no request to another host, no element of an attack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.attacks import HOST
from tests.browser.conftest import Watched, settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Frame, Page

pytestmark = pytest.mark.browser
PAGES = ("ringkasan", "peta-risiko", "laporan", "impor", "catat", "kalender")  # tests/pages opens all of them
# What an attack would have made of the page: its own element, an address abroad, or a formula drawn by KaTeX.
INJECTED = f"#kena, [src*='{HOST}'], a[href*='//{HOST}'], a[href*='//www.{HOST}'], a[href^='javascript:'], .katex"
EDITED = "[onerror], [onload], script[src*='a.js']"

CLICK_ALL = """() => document.querySelectorAll('path.leaflet-interactive').forEach(
    shape => shape.dispatchEvent(new MouseEvent('click', {bubbles: true})))"""


def injected(frame: Page | Frame) -> list[str]:
    """List the elements of attacks in a document."""
    found: list[str] = frame.eval_on_selector_all(f"{INJECTED}, {EDITED}", "all => all.map(one => one.outerHTML)")
    return found


def test_attacks_have_no_effect(
    hostile_store: Path, serve: Callable[[Path], str], open_page: Callable[..., Watched]
) -> None:
    address = serve(hostile_store)
    watched = open_page(f"{address}/ringkasan")
    page = watched.page
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for name in PAGES:
        page.goto(f"{address}/{name}")
        settled(page)
        assert injected(page) == [], name
        for box in page.locator("[data-testid=stExpander] summary").all():
            box.click()
        settled(page)
        for frame in page.frames:
            assert injected(frame) == [], name
    page.goto(f"{address}/peta-risiko")
    settled(page)
    page.locator("iframe[title*=folium]").scroll_into_view_if_needed()
    frame = next(frame for frame in page.frames if "folium" in frame.url)
    frame.wait_for_selector("path.leaflet-interactive")
    frame.evaluate(CLICK_ALL)
    assert injected(frame) == []
    assert dialogs == []
    assert watched.refused == []
    assert watched.errors == []
