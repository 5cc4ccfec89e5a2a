"""The entrance with its three locks: which of them open, what they say otherwise, and where they lead."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.exceptions import StarletteDeprecationWarning
from starlette.middleware import Middleware

from lib.output.palette import palette
from lib.people.accounts import Accounts, session_key
from lib.people.actor import Grant, Role
from lib.people.machine import machine_actor
from lib.people.trail import Trail
from lib.texts import people as t
from lib.ui.door.door import Door, Gate
from lib.ui.door.entrance import Entrance, inside

with warnings.catch_warnings():
    warnings.simplefilter("ignore", StarletteDeprecationWarning)  # it would rather have a successor of httpx
    from starlette.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HERE = "http://127.0.0.1:8501"
OFFICE = "https://petadini.contoh.go.id"
GOOD = "kuda benar baterai"


class House:
    """A door with its entrance around nothing, and what its books say."""

    def __init__(self, folder: Path, origin: str) -> None:
        self.book = Accounts(folder, lambda: 1000.0)
        self.trail = Trail(folder, b"k" * 32, lambda: 0.0)
        self.gate = Gate((origin,))
        entrance = Entrance(accounts=self.book, gate=self.gate, trail=lambda: self.trail, by_link=origin == HERE)
        routes = entrance.routes()
        paths = {route.path for route in routes}
        door = Middleware(Door, accounts=self.book, gate=self.gate, open_paths=paths, page_policy="x")
        self.app = Starlette(routes=routes, middleware=[door])

    def browser(self) -> TestClient:
        made = TestClient(self.app, base_url=self.gate.origins[0], follow_redirects=False)
        made.headers["origin"] = self.gate.origins[0]
        return made

    def log(self) -> list[tuple[str, str, str]]:
        return [(line.actor, line.deed, line.what) for line in reversed(self.trail.lines())]


@pytest.fixture(scope="module")
def hashed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Make the file of an office with one account: its password takes a second."""
    folder = tmp_path_factory.mktemp("akun")
    book = Accounts(folder, lambda: 0.0)
    book.put("ani", shown="Ani", password=GOOD, grants=[Grant(Role.ANALYST)])
    book.close()
    return (folder / "akun.sqlite").read_bytes()


@pytest.fixture(params=[HERE, OFFICE], ids=["komputer ini", "kantor"])
def house(tmp_path: Path, hashed: bytes, request: pytest.FixtureRequest) -> Iterator[House]:
    (tmp_path / "akun.sqlite").write_bytes(hashed)
    made = House(tmp_path, request.param)
    yield made
    made.book.close()
    made.trail.close()


def test_the_right_password_begins_a_session_and_leads_to_where_one_wanted(house: House) -> None:
    browser = house.browser()
    answer = browser.post("/masuk", data={"nama": "ani", "sandi": GOOD, "lanjut": "/tren?kategori=Politik+uang"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/tren?kategori=Politik+uang")
    cookie = answer.headers["set-cookie"]
    assert re.search(r"HttpOnly; Max-Age=36000; Path=/; SameSite=lax", cookie)
    assert ("; Secure" in cookie) == house.gate.secure
    token = browser.cookies[house.gate.cookie]
    assert house.book.holder(session_key(token)) == "ani"
    assert house.log() == [("ani", "masuk", '{"dari":"testclient","kunci":"sandi"}')]
    browser.post("/masuk", data={"nama": "ani", "sandi": GOOD})
    assert house.book.holder(session_key(token)) is None  # one browser, one session


def test_a_wrong_password_says_no_and_nothing_of_what_was_typed_stays(house: House) -> None:
    browser = house.browser()
    for name in ("ani", GOOD):
        answer = browser.post("/masuk", data={"nama": name, "sandi": "salah", "lanjut": "/tren"})
        assert (answer.status_code, t.WRONG in answer.text) == (401, True)
        assert 'value="/tren"' in answer.text
        assert "set-cookie" not in answer.headers
    told = '{"dari":"testclient","kunci":"sandi"}'
    assert house.log() == [("ani", "masuk gagal", told), ("?", "masuk gagal", told)]


def test_who_guesses_waits_and_is_told_how_long(house: House) -> None:
    browser = house.browser()
    for _ in range(5):
        browser.post("/masuk", data={"nama": "ani", "sandi": "salah"})
    answer = browser.post("/masuk", data={"nama": "ani", "sandi": GOOD})
    assert (answer.status_code, "Coba lagi dalam 1 detik" in answer.text) == (429, True)


def test_a_link_opens_once_on_ones_own_machine_and_nowhere_else(house: House) -> None:
    name = house.book.machine(machine_actor())
    key = house.book.make_link(name)
    answer = house.browser().get(f"/masuk?kunci={key}&lanjut=/peta-risiko")
    if house.gate.secure:
        assert (answer.status_code, t.LINK_USED in answer.text) == (403, True)
        return
    assert (answer.status_code, answer.headers["location"]) == (303, "/peta-risiko")
    assert house.log() == [(name, "masuk", '{"dari":"testclient","kunci":"tautan"}')]
    again = house.browser().get(f"/masuk?kunci={key}&lanjut=/peta-risiko")
    assert (again.status_code, t.LINK_USED in again.text, t.BY_LINK in again.text) == (403, True, True)
    assert "set-cookie" not in again.headers


def test_the_page_shows_the_locks_that_there_are(tmp_path: Path) -> None:
    house = House(tmp_path, HERE)
    page = house.browser().get("/masuk?habis=1").text
    assert ('name="sandi"' in page, t.BY_LINK in page, t.OVER in page, t.WITH_PROVIDER in page) == (
        False, True, True, False,
    )  # fmt: skip
    assert all(colour in page for colour in (palette("light").accent, palette("dark").accent))
    house.book.close()
    house.trail.close()


def test_the_page_runs_no_script_and_asks_no_other_host(house: House) -> None:
    answer = house.browser().get('/masuk?lanjut=/"><script>alert(1)</script>')
    assert "<script" not in answer.text
    assert set(re.findall(r'(?:src|href|action)="(.*?)"', answer.text)) == {"/app/static/petadini.svg", "/masuk"}
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "to",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "evil", "", "/masuk?x",
     "/\tevil", "/a\nb", "///evil", "/a\\b", "http:/evil"],
)  # fmt: skip
def test_nobody_is_led_elsewhere(to: str) -> None:
    assert inside(to) == "/"


@given(st.text())
def test_whatever_is_asked_for_is_a_path_of_this_site(text: str) -> None:
    to = inside(text)
    assert to.startswith("/")
    assert not to.startswith(("//", "/\\"))


@pytest.mark.parametrize("to", ["/", "/tren", "/peta-risiko?masa=2026-01-01&kategori=a%20b"])
def test_a_path_of_this_site_stays(to: str) -> None:
    assert inside(to) == to
