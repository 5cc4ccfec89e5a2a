"""The door around all that Streamlit serves, pages, websocket, media, uploads: only with a live session.

Refused are, in this order: a foreign name of this server (421), what changes something or a websocket that does not
come from a page of ours (403), and who is not logged in: shown to the entrance where it is a person (303), told no
where it is a program (401, a websocket 403). Who is logged in reaches the app in a header that no client can send.
"""

from __future__ import annotations

import asyncio
import re
import time
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data import digests
from lib.people.accounts import session_key
from lib.texts import people as t

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from lib.people.accounts import Accounts

HEADER: Final = b"x-petadini-sesi"
ENTRANCE: Final = "/masuk"
OVER: Final = f"{ENTRANCE}?habis=1"
LOOK_AGAIN_S: Final = 12.0  # an open page of an ended session leaves the screen within 15 s, without a click
TRUST_S: Final = 2.0  # so long is a live session believed: a page loads a hundred files
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
TURNED_AWAY: Final = 4401
# Streamlit writes styles into the page, has icon fonts as data: and runs WebAssembly; scripts only by their hash, or
# as a blob: that a script of ours made, as the button that copies is.
BASE: Final = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; frame-src 'self'; frame-ancestors 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; script-src 'self' "
)
COMPONENT: Final = "/component/"  # the documents of map frames, which run the script that folium wrote
COMPONENT_POLICY: Final = f"{BASE}'unsafe-inline' 'unsafe-eval'"
HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), usb=()",
}


@dataclass(frozen=True, slots=True)
class Gate:
    """How the outside reaches us: `origins` is every ``scheme://name[:port]`` that people type."""

    origins: tuple[str, ...]

    @property
    def hosts(self) -> frozenset[str]:
        """The names of this server in a request."""
        return frozenset(urlsplit(origin).netloc for origin in self.origins)

    @property
    def secure(self) -> bool:
        """Tell whether every way in is TLS."""
        return all(origin.startswith("https://") for origin in self.origins)

    @property
    def cookie(self) -> str:
        """Name the cookie.

        With TLS the browser itself refuses one of this name that another host or plain HTTP sets; without, every port
        of this machine shares its cookies, so the port tells servers apart.
        """
        return "__Host-petadini" if self.secure else f"petadini-{urlsplit(self.origins[0]).port or 80}"


def page_policy(*inline_scripts: str) -> str:
    """Write the policy of Streamlit's page; of scripts within a page, its own and these may run."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = (*re.findall(r"<script>(.*?)</script>", page, re.DOTALL), *inline_scripts)
    hashes = (b64encode(bytes.fromhex(digests.of_text(script))).decode() for script in scripts)
    return BASE + " ".join(("'wasm-unsafe-eval'", "blob:", *(f"'sha256-{one}'" for one in hashes)))


class Door:
    """Let nobody through who has no live session; without `accounts` only names and origins are looked at.

    `open_paths` are whole paths that anybody may ask for: those with a route of ours, and files that say nothing.
    """

    def __init__(
        self, app: ASGIApp, *, accounts: Accounts | None, gate: Gate, open_paths: Collection[str], page_policy: str
    ) -> None:
        self._app, self._accounts, self._gate, self._policy = app, accounts, gate, page_policy
        self._open, self._hosts = frozenset(open_paths), gate.hosts
        self._alive: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for every request and every websocket."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        sealed = self._sealed(scope, send)
        refusal = self._foreign(scope, headers)
        if refusal:
            await _refuse(scope, receive, sealed, refusal)
            return
        kept = [(name, value) for name, value in scope["headers"] if name.lower() != HEADER]
        scope = {**scope, "headers": kept}
        if self._accounts is None or (scope["type"] == "http" and scope["path"] in self._open):
            await self._app(scope, receive, sealed)
            return
        key = session_key(cookie_parser(headers.get("cookie", "")).get(self._gate.cookie, ""))
        if not self._live(key):
            await _refuse(scope, receive, sealed, _way_in(scope, headers))
            return
        kept.append((HEADER, key.encode()))
        if scope["type"] == "websocket":
            await self._talk(key, scope, receive, send)
        else:
            await self._app(scope, receive, sealed)

    def _foreign(self, scope: Scope, headers: Headers) -> Response | None:
        """Refuse a name that is not ours; a websocket, and whatever changes something, must come from our page."""
        names = headers.getlist("host")
        if len(names) != 1 or names[0].lower() not in self._hosts:
            return PlainTextResponse(t.FOREIGN_NAME, 421)
        if scope["type"] == "http" and scope["method"] in SAFE:
            return None
        origin = headers.get("origin", "")
        if origin in self._gate.origins and urlsplit(origin).netloc == names[0].lower():
            return None
        return PlainTextResponse(t.FOREIGN_ORIGIN, 403)

    def _live(self, key: str, *, look: bool = False, touch: bool = False) -> bool:
        """Tell whether a session lives; `look` believes nothing that was found a moment ago."""
        now = time.monotonic()
        if not look and self._alive.get(key, 0.0) > now:
            return True
        if self._accounts is None or self._accounts.holder(key, touch=touch) is None:
            self._alive.pop(key, None)
            return False
        if len(self._alive) > 1000:
            self._alive.clear()
        self._alive[key] = now + TRUST_S
        return True

    def _sealed(self, scope: Scope, send: Send) -> Send:
        """Give a way to answer that adds what a browser must keep to."""
        policy = COMPONENT_POLICY if scope["path"].startswith(COMPONENT) else self._policy

        async def out(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("content-security-policy", policy)
                headers.setdefault("cache-control", "no-store")
                if self._gate.secure:
                    headers["strict-transport-security"] = "max-age=31536000"
                if "access-control-allow-origin" in headers:
                    del headers["access-control-allow-origin"]
            await send(message)

        return out

    async def _talk(self, key: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass frames while the session lives; when it ends, send the browser to the entrance and hang up."""
        talk = _Talk(send)

        async def out(message: Message) -> None:
            if message["type"] == "websocket.send" and not self._live(key, look=True):
                await talk.end()
            await talk.send(message)

        async def frames() -> Message:
            waiting = asyncio.ensure_future(receive())
            try:
                while True:
                    done, _ = await asyncio.wait({waiting}, timeout=LOOK_AGAIN_S)
                    message = waiting.result() if done else None
                    if message is not None and message["type"] != "websocket.receive":
                        return message
                    if talk.over or not self._live(key, look=True, touch=message is not None):
                        await talk.end()
                        return {"type": "websocket.disconnect", "code": TURNED_AWAY}
                    if message is not None:
                        return message
            finally:
                if not waiting.done():
                    waiting.cancel()

        await self._app(scope, frames, out)


class _Talk:
    """One websocket, from its acceptance to its end, after which nothing more is sent."""

    def __init__(self, send: Send) -> None:
        self._send, self._opened, self.over = send, False, False

    async def send(self, message: Message) -> None:
        self._opened = self._opened or message["type"] == "websocket.accept"
        if not self.over:
            await self._send(message)

    async def end(self) -> None:
        """Tell the browser, with Streamlit's own message of a logout, to go to the entrance; then hang up."""
        if not self._opened or self.over:
            return
        self.over = True
        told = ForwardMsg()
        told.auth_redirect.url = OVER
        await self._send({"type": "websocket.send", "bytes": bytes(told.SerializeToString())})
        await self._send({"type": "websocket.close", "code": TURNED_AWAY})


def _way_in(scope: Scope, headers: Headers) -> Response:
    """Show a person the entrance, and from there the page that was asked for; tell a program no."""
    if scope["type"] == "http" and scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
        query = scope["query_string"].decode("latin-1")
        wanted = scope["path"] + (f"?{query}" if query else "")
        return RedirectResponse(f"{ENTRANCE}?lanjut={quote(wanted, safe='')}", 303)
    return PlainTextResponse(t.LOG_IN_FIRST, 401)


async def _refuse(scope: Scope, receive: Receive, send: Send, answer: Response) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": TURNED_AWAY})  # before it is accepted: the browser sees 403
    else:
        await answer(scope, receive, send)
