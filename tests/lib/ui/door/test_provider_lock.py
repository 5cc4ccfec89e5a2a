"""The lock of an office's login provider, against a provider on this machine."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from authlib.deprecate import AuthlibDeprecationWarning
from starlette.applications import Starlette
from starlette.exceptions import StarletteDeprecationWarning
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware

from lib.people.accounts import Accounts, session_key
from lib.people.actor import Actor, Grant, Role, Scope
from lib.people.errors import NoRoleError, ProviderError, SwitchedOffError
from lib.people.trail import Trail
from lib.settings import ProviderSettings
from lib.texts import people as t
from lib.texts.errors import sentence
from lib.ui.door.door import Door, Gate
from lib.ui.door.entrance import Entrance
from lib.ui.door.provider import Provider

with warnings.catch_warnings():
    warnings.simplefilter("ignore", StarletteDeprecationWarning)  # it would rather have a successor of httpx
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from oidc_provider_mock import User, run_server_in_thread
    from starlette.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")  # the provider's own
HERE = "http://127.0.0.1:8501"
PEOPLE = (
    User(sub="1", claims={"name": "Ani", "preferred_username": "ani", "groups": ["/petadini-analis"]}),
    User(sub="2", claims={"name": "Budi", "groups": ["petadini-pencatat-14.72", "petadini-kec-14.72.01"]}),
    User(sub="3", claims={"name": "Cici", "groups": ["tamu"]}),
)


class Office:
    """An office whose people come in through a provider."""

    def __init__(self, folder: Path, provider: str) -> None:
        self.book, self.trail = Accounts(folder, lambda: 0.0), Trail(folder, b"k" * 32, lambda: 0.0)
        described = f"{provider}/.well-known/openid-configuration"
        lock = Provider(ProviderSettings(described, "petadini", "rahasia", scope="openid profile"))
        gate = Gate((HERE,))
        entrance = Entrance(accounts=self.book, gate=gate, trail=lambda: self.trail, by_link=False, provider=lock)
        routes = entrance.routes()
        door = Middleware(
            Door, accounts=self.book, gate=gate, open_paths={route.path for route in routes}, page_policy="x"
        )
        session = Middleware(SessionMiddleware, secret_key="k")  # noqa: S106 - of this test
        self.app = Starlette(routes=routes, middleware=[door, session])

    def browser(self) -> TestClient:
        return TestClient(self.app, base_url=HERE, follow_redirects=False)

    def login(self, subject: str, browser: TestClient, to: str = "/tren?kategori=x") -> httpx.Response:
        """Go to the provider, say who one is, and come back."""
        sent = browser.get("/oidc/masuk", params={"lanjut": to})
        assert sent.status_code == 302
        asked = parse_qs(urlsplit(sent.headers["location"]).query)
        assert asked["redirect_uri"] == [f"{HERE}/oidc/kembali"]
        assert asked["code_challenge_method"] == ["S256"]
        back = httpx.post(sent.headers["location"], data={"sub": subject}, follow_redirects=False)
        return browser.get(back.headers["location"])


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with run_server_in_thread(user_claims=PEOPLE) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def office(tmp_path: Path, provider: str) -> Iterator[Office]:
    tmp_path.chmod(0o700)
    made = Office(tmp_path, provider)
    yield made
    made.book.close()
    made.trail.close()


@pytest.mark.parametrize(
    ("subject", "actor"),
    [
        ("1", Actor("ani@localhost", "Ani", (Grant(Role.ANALYST),))),
        ("2", Actor("2@localhost", "Budi", (Grant(Role.CLERK, Scope("14.72", frozenset({"14.72.01"}))),))),
    ],
)
def test_who_has_a_role_comes_in_and_gets_where_one_wanted(office: Office, subject: str, actor: Actor) -> None:
    browser = office.browser()
    answer = office.login(subject, browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/tren?kategori=x")
    assert office.book.actor(session_key(browser.cookies["petadini-8501"])) == actor
    assert [(line.actor, line.deed) for line in office.trail.lines()] == [(actor.name, "masuk")]


def test_who_has_none_stays_outside_and_loses_what_was(office: Office) -> None:
    browser = office.browser()
    office.login("1", browser)
    key = session_key(browser.cookies["petadini-8501"])
    answer = office.login("3", office.browser())
    assert (answer.status_code, "petadini" in answer.headers.get("set-cookie", "")) == (403, False)
    assert sentence(NoRoleError(issuer="", subject="")) in answer.text
    assert office.book.holder(key)
    (issuer,) = {str(row[0]) for row in office.book._file.ask("SELECT issuer FROM account")}
    office.book.abandoned(issuer, "1")
    assert office.book.holder(key) is None


def test_whom_the_office_switched_off_stays_outside(office: Office) -> None:
    office.login("1", office.browser())
    office.book.switch_off("ani@localhost")
    answer = office.login("1", office.browser())
    assert (answer.status_code, sentence(SwitchedOffError(name="ani@localhost")) in answer.text) == (403, True)


def test_a_code_of_another_browser_or_none_opens_nothing(office: Office) -> None:
    sent = office.browser().get("/oidc/masuk")
    back = httpx.post(sent.headers["location"], data={"sub": "1"}, follow_redirects=False).headers["location"]
    for path in (back, "/oidc/kembali", "/oidc/kembali?code=x&state=y", "/oidc/kembali?error=access_denied"):
        answer = office.browser().get(path)
        assert (answer.status_code, "petadini" in answer.headers.get("set-cookie", "")) == (403, False)
        assert sentence(ProviderError(cause="")) in answer.text
    assert {(line.actor, line.deed) for line in office.trail.lines()} == {("?", "masuk gagal")}


def test_a_provider_that_does_not_answer_is_told_in_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    office = Office(tmp_path, "http://127.0.0.1:1")
    answer = office.browser().get("/oidc/masuk")
    assert (answer.status_code, sentence(ProviderError(cause="")) in answer.text) == (502, True)
    assert t.WITH_PROVIDER in office.browser().get("/masuk").text
    office.book.close()
    office.trail.close()
