"""Every page over a store full of attacks: each stands there as text, and carries out nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.attacks import UNSEEN, effects_of_html, effects_of_markdown, secrets_in
from tests.pages.test_every_page import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.pages.conftest import Visit

MARKDOWN = {"markdown", "caption", "title", "header", "subheader", "info", "warning", "error", "success", "table"}


def marked(shown: Visit) -> Iterator[str]:
    """Give every text of a page that is read as markdown, labels and helps included."""
    for part in (shown.app.main, shown.app.sidebar):
        for element in part:
            texts = [getattr(element, "label", ""), getattr(element, "help", "")]
            if element.type in MARKDOWN and not getattr(element, "allow_html", False):
                texts.append(getattr(element, "value", ""))
            yield from (text for text in texts if isinstance(text, str))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_attacks_as_text(page: str, visit: Callable[..., Visit], hostile_store: Path) -> None:
    shown = visit(hostile_store, page)
    assert list(shown.app.exception) == []
    assert [effect for text in marked(shown) for effect in effects_of_markdown(text)] == []
    written = [str(element.value) for element in shown.app.get("html")]
    assert [effect for text in written for effect in effects_of_html(text)] == []
    assert [secret for text in (*marked(shown), *written) for secret in secrets_in(text)] == []
    assert not any(UNSEEN.search(text.replace("\u2060", "")) for text in (*marked(shown), *written))
