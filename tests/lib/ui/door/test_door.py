"""The door alone, around an app that answers everything: who is let through, and what an answer carries."""

from __future__ import annotations

import asyncio
import warnings
from typing import TYPE_CHECKING, Any

import pytest
from starlette.exceptions import StarletteDeprecationWarning
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocketDisconnect

from lib.people.accounts import Accounts
from lib.people.actor import Grant, Role
from lib.ui.door import door as doors
from lib.ui.door.door import COMPONENT_POLICY, HEADER, Door, Gate, page_policy

with warnings.catch_warnings():
    warnings.simplefilter("ignore", StarletteDeprecationWarning)  # it would rather have a successor of httpx
    from starlette.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

HERE = "http://127.0.0.1:8501"
STREAM = "ws://127.0.0.1:8501/_stcore/stream"
OFFICE = "https://petadini.contoh.go.id"
UNSAFE = ("POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW")
POLICY = page_policy("satu()")


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Say which session the door names, to every path; on a websocket, repeat what is said."""
    told = [value.decode() for name, value in scope["headers"] if name == HEADER]
    if scope["type"] == "http":
        headers = {"access-control-allow-origin": "*"} | (
            {"cache-control": "max-age=9"} if scope["path"] == "/static/a.js" else {}
        )
        await PlainTextResponse(f"RAHASIA {told}", headers=headers)(scope, receive, send)
        return
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": f"{told} {message['text']}"})


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Accounts]:
    opened = Accounts(tmp_path, lambda: 0.0)
    opened.put("ani", grants=[Grant(Role.ANALYST)])
    yield opened
    opened.close()


def client(book: Accounts | None, *origins: str, open_paths: tuple[str, ...] = ("/masuk",)) -> TestClient:
    gate = Gate(origins or (HERE, "http://localhost:8501"))
    door = Door(app, accounts=book, gate=gate, open_paths=open_paths, page_policy=POLICY)
    return TestClient(door, base_url=gate.origins[0], follow_redirects=False)


@pytest.fixture
def inside(book: Accounts) -> TestClient:
    """A browser that is logged in, and sends the origin that browsers send."""
    made = client(book)
    made.cookies.set("petadini-8501", book.start("ani"))
    made.headers["origin"] = HERE
    return made


@pytest.mark.parametrize(
    "name", ["evil.example", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8501.evil", "localhost", "", "127.0.0.1:8501,x"]
)
@pytest.mark.parametrize("accounts", [True, False])
def test_a_foreign_name_is_refused_before_anything(book: Accounts, name: str, *, accounts: bool) -> None:
    outside = client(book if accounts else None)
    outside.cookies.set("petadini-8501", book.start("ani"))
    for path in ("/", "/masuk", "/_stcore/health"):
        answer = outside.get(path, headers={"host": name, "origin": f"http://{name}"})
        assert (answer.status_code, "RAHASIA" in answer.text) == (421, False)
    with (
        pytest.raises(WebSocketDisconnect),
        outside.websocket_connect(STREAM, headers={"host": name, "origin": f"http://{name}"}),
    ):
        pass


def test_two_names_in_one_request_are_none() -> None:
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request"}

    names = [(b"host", b"127.0.0.1:8501"), (b"host", b"evil.example")]
    door = Door(app, accounts=None, gate=Gate((HERE,)), open_paths=(), page_policy=POLICY)
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": names}
    asyncio.run(door(scope, receive, send))
    assert sent[0]["status"] == 421


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "http://127.0.0.1:8502", "https://127.0.0.1:8501",
                                    "http://localhost:8501", ""])  # fmt: skip
def test_what_changes_something_comes_from_our_own_page(inside: TestClient, origin: str | None) -> None:
    del inside.headers["origin"]
    headers = {} if origin is None else {"origin": origin}
    for method in UNSAFE:
        assert inside.request(method, "/_stcore/upload_file", headers=headers).status_code == 403
        assert inside.request(method, "/masuk", headers=headers).status_code == 403
    with pytest.raises(WebSocketDisconnect), inside.websocket_connect(STREAM, headers=headers):
        pass
    assert inside.get("/", headers=headers).status_code == 200  # a link of another page may lead here


def test_from_our_own_page_everything_reaches_the_app(inside: TestClient) -> None:
    for method in UNSAFE:
        assert "RAHASIA" in inside.request(method, "/_stcore/upload_file").text
    with inside.websocket_connect(STREAM) as socket:
        socket.send_text("halo")
        assert socket.receive_text().endswith("halo")


def test_who_is_not_logged_in_sees_the_entrance_or_a_no(book: Accounts) -> None:
    outside = client(book)
    person = outside.get("/tren?kategori=Politik+uang", headers={"accept": "text/html"})
    assert person.status_code == 303
    assert person.headers["location"] == "/masuk?lanjut=%2Ftren%3Fkategori%3DPolitik%2Buang"
    for path in ("/", "/_stcore/metrics", "/media/a.csv", "/app/static/x", "/masuk/", "/masuk/x", "//masuk"):
        assert outside.get(path).status_code == 401
    assert outside.get("/masuk").text == "RAHASIA []"
    with pytest.raises(WebSocketDisconnect), outside.websocket_connect(STREAM, headers={"origin": HERE}):
        pass


def test_the_name_of_a_session_comes_from_the_door_alone(book: Accounts, inside: TestClient) -> None:
    forged = {HEADER.decode(): "palsu", "X-Petadini-Sesi": "palsu"}
    text = inside.get("/", headers=forged).text
    assert "palsu" not in text
    assert text.count("'") == 2
    assert client(book).get("/masuk", headers=forged).text == "RAHASIA []"
    assert client(None).get("/", headers=forged).text == "RAHASIA []"


@pytest.mark.parametrize("token", ["", "x", "petadini", "0" * 64])
def test_no_other_cookie_opens(book: Accounts, token: str) -> None:
    outside = client(book)
    outside.cookies.set("petadini-8501", token)
    assert outside.get("/").status_code == 401


def test_without_accounts_only_names_and_origins_are_looked_at() -> None:
    anyone = client(None)
    assert anyone.get("/").text == "RAHASIA []"
    assert anyone.post("/").status_code == 403
    with anyone.websocket_connect(STREAM, headers={"origin": HERE}) as socket:
        socket.send_text("halo")
        assert socket.receive_text() == "[] halo"


def test_every_answer_carries_what_a_browser_must_keep_to(book: Accounts, inside: TestClient) -> None:
    outside = client(book)
    for answer in (inside.get("/"), outside.get("/"), outside.get("/masuk"), outside.get("/", headers={"host": "x"})):
        kept = answer.headers
        assert kept["content-security-policy"] == POLICY
        assert kept["cache-control"] == "no-store"
        assert (kept["x-content-type-options"], kept["referrer-policy"]) == ("nosniff", "same-origin")
        assert "frame-ancestors 'self'" in kept["content-security-policy"]
        assert "access-control-allow-origin" not in kept
        assert "strict-transport-security" not in kept
    assert inside.get("/static/a.js").headers["cache-control"] == "max-age=9"
    map_frame = inside.get("/component/streamlit_folium.st_folium/index.html").headers["content-security-policy"]
    assert map_frame == COMPONENT_POLICY
    assert "'unsafe-eval'" in map_frame
    assert "'unsafe-eval'" not in POLICY


def test_the_policy_lets_the_scripts_of_the_page_run_by_their_hash() -> None:
    # echo -n 'satu()' | openssl dgst -sha256 -binary | base64
    assert "'sha256-wE8f0cMUcf10WjHxe02DE4ofxHdkEhSSGRc/DMbogec='" in POLICY
    assert POLICY.count("'sha256-") >= 2
    assert "script-src 'self' 'wasm-unsafe-eval' blob: 'sha256-" in POLICY
    assert "'unsafe-inline'" not in POLICY.partition("script-src")[2]


def test_with_tls_the_cookie_is_bound_to_the_host_and_the_browser_told_to_stay(book: Accounts) -> None:
    gate = Gate((OFFICE,))
    assert (gate.secure, gate.cookie, gate.hosts) == (True, "__Host-petadini", frozenset({"petadini.contoh.go.id"}))
    assert not Gate((OFFICE, HERE)).secure
    office = client(book, OFFICE)
    office.cookies.set("__Host-petadini", book.start("ani"))
    assert office.get("/").headers["strict-transport-security"] == "max-age=31536000"


def test_an_ended_session_hears_of_it_with_its_next_word(book: Accounts, inside: TestClient) -> None:
    with inside.websocket_connect(STREAM) as socket:
        socket.send_text("halo")
        socket.receive_text()
        book.end_all("ani")
        socket.send_text("masih di sini?")
        assert b"/masuk?habis=1" in socket.receive_bytes()
        with pytest.raises(WebSocketDisconnect) as told:
            socket.receive_text()
    assert told.value.code == 4401
    assert inside.get("/").status_code in {200, 401}


def test_an_ended_session_hears_of_it_without_a_word(
    book: Accounts, inside: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doors.LOOK_AGAIN_S + doors.TRUST_S <= 15
    monkeypatch.setattr(doors, "LOOK_AGAIN_S", 0.2)
    with inside.websocket_connect(STREAM) as socket:
        socket.send_text("halo")
        socket.receive_text()
        book.switch_off("ani")
        assert b"/masuk?habis=1" in socket.receive_bytes()
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()


def test_a_file_is_refused_two_seconds_after_the_end(
    book: Accounts, inside: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doors.TRUST_S <= 2
    monkeypatch.setattr(doors, "TRUST_S", 0.0)
    assert inside.get("/media/a.csv").status_code == 200
    book.end_all("ani")
    assert inside.get("/media/a.csv").status_code == 401
