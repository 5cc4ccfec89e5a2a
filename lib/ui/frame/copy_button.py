"""A button that copies a text to the clipboard, without the server."""

from __future__ import annotations

from pathlib import Path

import streamlit.components.v2 as components

from lib.texts import brief as t

_JS = Path(__file__).resolve().parents[3] / "static" / "copy_button.js"


def copy_button(text: str, *, key: str) -> None:
    """Draw a button that copies `text` and says whether it could."""
    mount = components.component(
        "petadini_copy_button",
        html='<button type="button"></button><span role="status" aria-live="polite"></span>',
        js=_JS.read_text(encoding="utf-8"),
        isolate_styles=False,
    )
    mount(data={"text": text, "label": t.COPY, "done": t.COPIED, "failed": t.COPY_FAILED}, key=key)
