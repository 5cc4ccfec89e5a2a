"""The entrance: three locks (password, login provider, one-time link), one kind of session."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from lib.output.html import render
from lib.output.palette import BAND, ON_BAND, palette
from lib.people.accounts import LIFE_S, session_key
from lib.people.errors import NoRoleError, PeopleError, WaitError
from lib.people.trail import Deed
from lib.texts import people as t
from lib.texts.errors import sentence
from lib.texts.pages import APP_TITLE, RESTRICTED
from lib.ui.door.door import ENTRANCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from lib.people.accounts import Accounts
    from lib.people.trail import Trail
    from lib.ui.door.door import Gate
    from lib.ui.door.provider import Provider

POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
TO_PROVIDER: Final = "/oidc/masuk"
FROM_PROVIDER: Final = "/oidc/kembali"
LONGEST: Final = 256  # characters of a field; a longer one is cut, and no name or password
AT_ONCE: Final = 2  # passwords looked at at the same time: each takes 64 MiB


class Entrance:
    """The routes of the entrance; `by_link` tells whether one-time links open it, on one's own machine alone."""

    def __init__(
        self,
        *,
        accounts: Accounts,
        gate: Gate,
        trail: Callable[[], Trail],
        by_link: bool,
        provider: Provider | None = None,
    ) -> None:
        self._accounts, self._gate, self._trail = accounts, gate, trail
        self._by_link, self._provider = by_link, provider
        self._hashing = CapacityLimiter(AT_ONCE)

    def routes(self) -> list[Route]:
        """List the routes; every other path is Streamlit's."""
        own = [Route(ENTRANCE, self._show, methods=["GET"]), Route(ENTRANCE, self._password, methods=["POST"])]
        if self._provider:
            own += [Route(TO_PROVIDER, self._to_provider), Route(FROM_PROVIDER, self._from_provider)]
        return own

    async def _show(self, request: Request) -> Response:
        offered, to = request.query_params.get("kunci"), request.query_params.get("lanjut", "/")
        if offered is not None:
            name = self._accounts.use_link(offered) if self._by_link else None
            return self._welcome(name, "tautan", to, request) if name else self._page(t.LINK_USED, to, 403)
        return self._page(t.OVER if "habis" in request.query_params else "", to)

    async def _password(self, request: Request) -> Response:
        async with request.form(max_files=0, max_fields=3, max_part_size=4096) as form:
            name, password, to = (str(form.get(key, ""))[:LONGEST] for key in ("nama", "sandi", "lanjut"))
        place = _place(request)
        try:
            good = await to_thread.run_sync(self._accounts.check, name, password, place, limiter=self._hashing)
        except WaitError as error:
            return self._page(sentence(error), to, 429)
        if not good:
            # What was typed may be a password in the wrong field: only a name that there is stands in the trail.
            known = any(account.name == name for account in self._accounts.everyone())
            self._trail().add(name if known else "?", Deed.FAILED, kunci="sandi", dari=place)
            return self._page(t.WRONG, to, 401)
        return self._welcome(name, "sandi", to, request)

    async def _to_provider(self, request: Request) -> Response:
        if self._provider is None:
            return self._page("", "/", 404)
        request.session["lanjut"] = inside(request.query_params.get("lanjut", "/"))
        try:
            return await self._provider.send(request, f"{self._origin(request)}{FROM_PROVIDER}")
        except PeopleError as error:
            return self._page(sentence(error), "/", 502)

    async def _from_provider(self, request: Request) -> Response:
        if self._provider is None:
            return self._page("", "/", 404)
        try:
            identity = await self._provider.receive(request)
            name = self._accounts.vouched(identity)
        except PeopleError as error:
            if isinstance(error, NoRoleError):
                self._accounts.abandoned(error.issuer, error.subject)
            facts = {key: str(value) for key, value in error.facts.items()}
            self._trail().add("?", Deed.FAILED, kunci="penyedia", dari=_place(request), sebab=error.code, **facts)
            return self._page(sentence(error), "/", 403)
        return self._welcome(name, "penyedia", request.session.pop("lanjut", "/"), request)

    def _origin(self, request: Request) -> str:
        """Find by which of our ways in a request came; the door let no other name through."""
        host = request.headers["host"].lower()
        return next(origin for origin in self._gate.origins if urlsplit(origin).netloc == host)

    def _welcome(self, name: str, lock: str, to: str, request: Request) -> Response:
        """Begin a session, in place of the one that this browser had."""
        self._accounts.end(session_key(request.cookies.get(self._gate.cookie, "")))
        token = self._accounts.start(name)
        self._trail().add(name, Deed.CAME, kunci=lock, dari=_place(request))
        answer = RedirectResponse(inside(to), 303)
        answer.set_cookie(
            self._gate.cookie, token, max_age=int(LIFE_S), secure=self._gate.secure, httponly=True, samesite="lax"
        )
        return answer

    def _page(self, said: str, to: str, status: int = 200) -> Response:
        light, dark = asdict(palette("light")), asdict(palette("dark"))
        page = render(
            "entrance.html",
            t=t,
            app=APP_TITLE,
            restricted=RESTRICTED,
            colours=[
                *((name, light[name], dark[name]) for name in light),
                ("band", BAND, BAND),
                ("on-band", ON_BAND, ON_BAND),
            ],
            said=said,
            to=inside(to),
            passwords=self._accounts.with_password(),
            provider=f"{TO_PROVIDER}?{urlencode({'lanjut': inside(to)})}" if self._provider else "",
            by_link=self._by_link,
        )
        return HTMLResponse(page, status, {"content-security-policy": POLICY})


def inside(to: str) -> str:
    """Give a path of this site, whatever was asked for."""
    parts = urlsplit(to)
    ours = to.startswith("/") and not to.startswith("//") and not parts.scheme and not parts.netloc
    return to if ours and to.isprintable() and "\\" not in to and parts.path != ENTRANCE else "/"


def _place(request: Request) -> str:
    return request.client.host if request.client else "?"
