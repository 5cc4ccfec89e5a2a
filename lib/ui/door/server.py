"""Serve app.py behind the door: `python -m lib.ui.door.server --server.port 8501`, with any option of Streamlit's."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from data.errors import LakeError
from lib.people.errors import PeopleError
from lib.settings import ROOT, forget_streamlit_variables, settings
from lib.texts.cli import ERROR_PREFIX
from lib.texts.errors import sentence
from lib.ui.door import books
from lib.ui.door.door import HEADER, Door, Gate, page_policy
from lib.ui.door.entrance import Entrance
from lib.ui.door.house import on_this_machine, refuse_open_house, ways_in
from lib.ui.door.identity import SESSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from lib.settings import Settings
    from lib.ui.door.provider import Provider

APP: Final = ROOT / "app.py"
REFUSED: Final = 2
USUAL_PORT: Final = 8501
# Untold, the browser first looks for its server beneath the page's own address, and is met by 404 (streamlit#7074).
BESIDE_THE_PAGE: Final = 'window.__streamlit = {BACKEND_BASE_URL: new URL(".", location.href).href}'
# What the entrance shows to anybody: letters and the mark.
SHOWN_TO_ALL: Final = ("fonts/*.woff2", "petadini.svg")


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
        line = b"<script>" + BESIDE_THE_PAGE.encode() + b"</script>"

        async def tell(message: Message) -> None:
            nonlocal is_page
            if message["type"] == "http.response.start":
                told = MutableHeaders(scope=message)
                streamlits = "content-security-policy" not in told  # the entrance has its own, and runs no script
                is_page = (
                    streamlits and told.get("content-type", "").startswith("text/html") and "content-length" in told
                )
                if is_page:
                    told["content-length"] = str(int(told["content-length"]) + len(line))
            elif is_page and not message.get("more_body"):
                message["body"] = message.get("body", b"") + line
            await send(message)

        plain = [(name, value) for name, value in headers if name != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, tell)


def serve(options: Mapping[str, str | int]) -> None:
    """Serve the dashboard until stopped, with the menu of app.py as the only way to a page.

    Beside a folder named pages, Streamlit takes every file in it for a page until some session has run
    st.navigation; so the first link to a page of ours would be met by "page not found" (streamlit#8860).

    Raises
    ------
    OpenHouseError, AddressError
        Where others would reach it without a lock or without TLS, or where it is unclear how they reach it.
    """
    chosen = settings()
    address, port = str(options.get("server.address", chosen.listen)), int(options.get("server.port", USUAL_PORT))
    origins = ways_in(chosen.addresses, port)
    refuse_open_house(
        address,
        without_accounts=chosen.without_accounts,
        locked=chosen.provider is not None or books.accounts().with_password(),
        origins=origins,
    )
    forget_streamlit_variables()
    PagesManager.uses_pages_directory = False
    sys.argv = [str(APP)]  # the settings beside app.py count, wherever this is started
    gate = Gate(origins)
    routes = [] if chosen.without_accounts else _entrance(chosen, gate).routes()
    shown = (path for pattern in SHOWN_TO_ALL for path in (ROOT / "static").glob(pattern))
    door = Middleware(
        Door,
        accounts=None if chosen.without_accounts else books.accounts(),
        gate=gate,
        open_paths={route.path for route in routes} | {f"/app/{path.relative_to(ROOT).as_posix()}" for path in shown},
        page_policy=page_policy(BESIDE_THE_PAGE),
    )
    certificate, key = chosen.tls or (None, None)
    st.App(APP, routes=routes, middleware=[door, Middleware(KnownServer)]).run(
        config={
            **options,
            "server.address": address,
            "server.port": port,
            "server.sslCertFile": certificate,
            "server.sslKeyFile": key,
            "server.baseUrlPath": "",
            "server.enableCORS": True,
            "server.enableXsrfProtection": True,
            "server.trustedUserHeaders": json.dumps({HEADER.decode(): SESSION}),
        }
    )


def _entrance(chosen: Settings, gate: Gate) -> Entrance:
    by_link = all(on_this_machine(urlsplit(origin).hostname) for origin in gate.origins)
    return Entrance(
        accounts=books.accounts(), gate=gate, trail=books.trail, by_link=by_link, provider=_provider(chosen)
    )


def _provider(chosen: Settings) -> Provider | None:
    if chosen.provider is None:
        return None
    from lib.ui.door.provider import Provider  # noqa: PLC0415 - slow to import, and most offices have none

    return Provider(chosen.provider)


def main() -> int:
    """Read the options and serve; a refusal is a sentence."""
    given = zip(sys.argv[1::2], sys.argv[2::2], strict=True)
    options = {name.removeprefix("--"): int(value) if value.isdigit() else value for name, value in given}
    try:
        serve(options)
    except (PeopleError, LakeError) as error:
        sys.stderr.write(f"{ERROR_PREFIX}: {sentence(error)}\n")
        return REFUSED
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
