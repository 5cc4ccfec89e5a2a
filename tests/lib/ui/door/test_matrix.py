"""Every address x every role x nobody x a foreign name, against the server as it is started."""

from __future__ import annotations

import contextlib
import re
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.web.server.starlette import starlette_agent_routes, starlette_routes
from websockets.exceptions import ConnectionClosed, InvalidStatus

from lib.people.accounts import Accounts
from lib.people.actor import GRANTS, Grant, May, Role, Scope
from lib.people.trail import Trail
from lib.settings import clock_s
from tests.browser.conftest import START_S
from tests.served import NOBODY, STREAM, Served, free_port, heard, run, start

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[4]
MENU = re.findall(
    r'menu\.page\(\s*".*?",((?:\s*May\.\w+,)+).*?url_path="(.*?)"', (ROOT / "app.py").read_text("utf-8"), re.DOTALL
)
PAGES = {url: {May[may] for may in re.findall(r"May\.(\w+)", deeds)} for deeds, url in MENU}  # one of them will do
WHO = [*(role.value for role in Role), NOBODY]
REFUSED = "tidak berhak"
FRAME = "/component/streamlit_folium.st_folium/index.html"
FONT, MARK = "/app/static/fonts/Inter-Regular.woff2", "/app/static/petadini.svg"
OPEN = {"/masuk", FONT, MARK}
OURS = [
    *(f"/{url}" for url in PAGES),
    "/masuk", "/peta-risiko?kecamatan=99.71.01", "/tidak-ada", "/masuk/", "/masuk/x", "//masuk", "/MASUK",
    "/oidc/masuk", "/oidc/kembali", "/keluar", FRAME, FONT, MARK, "/app/static/app.css", "/app/static/fonts/OFL.txt",
    "/app/static/vendor/leaflet/leaflet.js", "/app/static/fonts/../app.css", "/app/static/fonts/%2e%2e/app.css",
    "/app/static/../.streamlit/config.toml", "/app/static/..%2f..%2fREADME.md", "/app.py", "/data/lake/k.sqlite",
    "/favicon.png", "/index.html", "/static/js/index.js", "/auth/login", "/auth/logout", "/oauth2callback",
    "/media/x.csv", "/component/x", "/.well-known/x",
]  # fmt: skip
# Whatever Streamlit itself has a route for, also those of a later version.
THEIRS = sorted(
    {
        "/" + re.sub(r"\{.*?\}", "x", path).strip("/")
        for module in (starlette_routes, starlette_agent_routes)
        for name, path in vars(module).items()
        if re.match(r"_?(BASE_)?ROUTE_", name) and isinstance(path, str)
    }
)
CHANGING = ("PUT", "POST", "DELETE", "PATCH")


@pytest.fixture(scope="module")
def served(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the demo to an office with a person of each role; the environment tries to open the house."""
    folder, port = tmp_path_factory.mktemp("kantor"), free_port()
    folder.chmod(0o700)
    book, cookies = Accounts(folder, clock_s), {}
    for role in Role:
        scope = Scope("99.71", frozenset({"99.71.01"})) if role is Role.CLERK else Scope()
        book.put(role.value, grants=[Grant(role, scope)])
        cookies[role.value] = f"petadini-{port}={book.start(role.value)}"
    book.close()
    opening = {
        "STREAMLIT_SERVER_ADDRESS": "0.0.0.0",  # noqa: S104 - what must have no effect
        "STREAMLIT_SERVER_PORT": "1",
        "STREAMLIT_SERVER_ENABLE_CORS": "false",
        "STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION": "false",
        "STREAMLIT_SERVER_BASE_URL_PATH": "lain",
        "STREAMLIT_GLOBAL_DEVELOPMENT_MODE": "true",
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "true",
    }
    process = start(folder, demo_store, port, **opening)
    made = Served(port, folder, cookies)
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            made.ask("/masuk")
            break
        assert process.poll() is None, process.stderr and process.stderr.read()
        time.sleep(0.2)
    yield made
    process.terminate()
    process.communicate()


@pytest.mark.parametrize("who", WHO)
def test_a_foreign_name_gets_nothing(served: Served, who: str) -> None:
    for path in (*OURS, *THEIRS):
        for method in ("GET", *CHANGING):
            status, body, _ = served.ask(path, who, method, Host="evil.example", Origin="http://evil.example")
            assert (status, len(body) < 100) == (421, True), path
    with pytest.raises(InvalidStatus):
        served.talk(who, Host="evil.example", Origin="http://evil.example")


def test_nobody_sees_the_entrance_and_letters_and_nothing_else(served: Served) -> None:
    assert len(THEIRS) > 10
    got = {path: served.ask(path) for path in (*OURS, *THEIRS)}
    assert {path for path, (status, _, _) in got.items() if status == 200} == OPEN
    assert {status for path, (status, _, _) in got.items() if path not in OPEN} == {401}
    assert all(len(body) < 100 for path, (_, body, _) in got.items() if path not in OPEN)
    person = {"Accept": "text/html"}
    led = {path: served.ask(path, **person) for path in (*OURS, *THEIRS)}
    assert {status for path, (status, _, _) in led.items() if path not in OPEN} == {303}
    assert all(told["location"].startswith("/masuk?lanjut=") for s, _, told in led.values() if s == 303)
    for path in (*OURS, *THEIRS, STREAM):
        for method in CHANGING:
            assert served.ask(path, method=method)[0] == 403, path
            status = served.ask(path, method=method, Origin=served.origin)[0]
            assert status == 401 or path in OPEN, path
    with pytest.raises(InvalidStatus) as told:
        served.talk(NOBODY)
    assert told.value.response.status_code == 403


@pytest.mark.parametrize("who", WHO[:-1])
def test_who_is_logged_in_gets_files_from_our_own_page_alone(served: Served, who: str) -> None:
    for path in ("/", "/tren", "/app/static/app.css", "/_stcore/health"):
        assert served.ask(path, who)[0] == 200, path
    for origin in ({}, {"Origin": "http://evil.example"}, {"Origin": "null"}):
        assert served.ask("/_stcore/upload_file/x/y", who, "PUT", **origin)[0] == 403
        with pytest.raises(InvalidStatus):
            served.talk(who, **({"Origin": "null"} | origin))
    for path in ("/app/static/../.streamlit/config.toml", "/app/static/..%2f..%2fREADME.md"):
        body = served.ask(path, who)[1]
        assert b"gatherUsageStats" not in body
        assert b"make siap" not in body


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_its_pages_and_reads_a_sentence_on_the_others(served: Served, role: Role) -> None:
    assert len(PAGES) == (ROOT / "app.py").read_text("utf-8").count("menu.page(")
    opened = {}
    for page in PAGES:
        with served.talk(role.value) as line:
            opened[page] = not any(REFUSED in str(message.delta) for message in run(line, page))
    assert opened == {page: not GRANTS[role].isdisjoint(deeds) for page, deeds in PAGES.items()}


def test_a_refusal_stands_in_the_trail_once_a_session(served: Served) -> None:
    with served.talk("pembaca") as line:
        run(line, "laporan")
        run(line, "laporan")
    trail = Trail(served.folder, (served.folder / "segel.kunci").read_bytes(), clock_s)
    told = [line.what for line in trail.lines() if (line.actor, line.deed) == ("pembaca", "ditolak")]
    assert told[0] == '{"halaman":"laporan","wilayah":"99.71"}'
    assert trail.broken() is None
    trail.close()


def test_a_file_of_a_page_is_for_who_is_logged_in(served: Served) -> None:
    with served.talk("analis") as line:
        sent = run(line, "mutu")
        drawn = [message.delta.new_element for message in sent if message.WhichOneof("type") == "delta"]
        asked = BackMsg()
        asked.backend_operation_request.request_id = "unduh"
        asked.backend_operation_request.session_id = sent[0].new_session.initialize.session_id
        asked.backend_operation_request.deferred_file.file_id = next(
            one.download_button.deferred_file_id for one in drawn if one.download_button.deferred_file_id
        )
        line.send(asked.SerializeToString())
        found: list[str] = []
        while not found:
            found = re.findall(r"/media/[\w.-]+", str(heard(line)))
        status, body, kept = served.ask(found[0], "analis")
        assert (status, len(body) > 1000) == (200, True)
        assert (kept["cache-control"], kept["x-content-type-options"]) == ("no-store", "nosniff")
        assert served.ask(found[0])[0] == 401
        assert served.ask(found[0], "analis", Host="evil.example")[0] == 421


def test_an_ended_session_is_sent_away_while_a_page_is_open(served: Served) -> None:
    book = Accounts(served.folder, clock_s)
    token = book.start("pembaca")
    visitor = Served(served.port, served.folder, {"pembaca": f"petadini-{served.port}={token}"})
    with visitor.talk("pembaca") as line:
        run(line, "metode")
        ended = time.monotonic()
        book.end_all("pembaca")
        with contextlib.suppress(ConnectionClosed):
            while b"/masuk?habis=1" not in line.recv(timeout=20):
                pass
        assert time.monotonic() - ended < 15
    book.put("pembaca", grants=[Grant(Role.READER)])
    served.cookies["pembaca"] = f"petadini-{served.port}={book.start('pembaca')}"
    book.close()


def test_no_variable_of_streamlit_opens_it_to_others(served: Served) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", served.port), timeout=5).close()


@pytest.mark.parametrize("options", [{"PETADINI_DENGAR": "0.0.0.0"}, {}], ids=["peubah", "pilihan"])  # noqa: S104
def test_an_open_house_is_refused_with_a_sentence(empty_store: Path, tmp_path: Path, options: dict[str, str]) -> None:
    tmp_path.chmod(0o700)
    more = () if options else ("--server.address", "0.0.0.0")  # noqa: S104 - what is refused
    process = start(tmp_path, empty_store, free_port(), *more, **options)
    said = process.communicate(timeout=START_S)[1]
    assert process.returncode == 2
    assert said.startswith("GAGAL: Dasbor tidak dibuka di alamat 0.0.0.0: dari sana komputer lain dapat mencapainya")
    assert "belum ada akun berkata sandi" in said
    assert "tidak menyebut alamat https" in said
    assert "Traceback" not in said
