"""The situation is copied from the summary by one button, over http and without any other host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Watched


def test_the_message_is_copied_whole(open_page: Callable[..., Watched], address: str) -> None:
    page = open_page(address).page
    page.get_by_text("Ringkasan untuk pesan").click()
    page.get_by_role("button", name="Salin ringkasan").click()
    expect(page.get_by_text("Tersalin")).to_be_visible()
    # Pasted into a field, as into a message.
    page.evaluate("() => { document.body.append(document.createElement('textarea')); }")
    page.locator("body > textarea").focus()
    page.keyboard.press("Control+V")
    pasted = page.locator("body > textarea").input_value()
    assert len(pasted.split("\n")) == 10
    assert pasted.startswith("DATA SIMULASI · *Situasi")
