"""Serve app.py: `python -m lib.ui.frame.server --server.port 8501`, with any option of Streamlit's configuration."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

APP = Path(__file__).parents[3] / "app.py"
# Untold, the browser first looks for its server beneath the page's own address, and is met by 404 (streamlit#7074).
BESIDE_THE_PAGE = b'<script>window.__streamlit = {BACKEND_BASE_URL: new URL(".", location.href).href}</script>'


class KnownServer:
    """Tell a page that a browser opens where its server is; at its end will do, as modules of script run last."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does; HTML is not compressed and has one line more."""
        headers = scope.get("headers", [])
        if not any(name == b"accept" and b"text/html" in value for name, value in headers):
            await self.app(scope, receive, send)
            return
        is_page = False

        async def tell(message: Message) -> None:
            nonlocal is_page
            if message["type"] == "http.response.start":
                told = MutableHeaders(scope=message)
                is_page = told.get("content-type", "").startswith("text/html") and "content-length" in told
                if is_page:
                    told["content-length"] = str(int(told["content-length"]) + len(BESIDE_THE_PAGE))
            elif is_page and not message.get("more_body"):
                message["body"] = message.get("body", b"") + BESIDE_THE_PAGE
            await send(message)

        plain = [(name, value) for name, value in headers if name != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, tell)


def serve() -> None:
    """Run the app with the menu of app.py as the only way to a page, from the first session on.

    Beside a folder named pages, Streamlit takes every file in it for a page until some session has run
    st.navigation; so the first link to a page of ours would be met by "page not found" (streamlit#8860).
    """
    PagesManager.uses_pages_directory = False
    given = zip(sys.argv[1::2], sys.argv[2::2], strict=True)
    options = {name.removeprefix("--"): int(value) if value.isdigit() else value for name, value in given}
    sys.argv = [str(APP)]  # the settings beside app.py count, wherever this is started
    st.App(APP, middleware=[Middleware(KnownServer)]).run(config=options)


if __name__ == "__main__":
    serve()
