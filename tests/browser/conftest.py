"""A real dashboard over the demo store, looked at with a real Chromium that reaches no other host."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, Route, WebSocket, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
PLACES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_S = 240  # of a machine with everything else to do
# Done when the browser has drawn twice: the first frame may have been on its way already.
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
# A busy machine may need long to write to the store; a wait that is met early costs nothing.
LONG_MS = 600_000
expect.set_options(timeout=LONG_MS)


@pytest.fixture(scope="session")
def chromium() -> str:
    places = (os.environ.get("PETADINI_CHROMIUM"), *PLACES)
    found = next((path for place in places if place and (path := shutil.which(place))), None)
    if found is None:
        reason = "no Chromium found: install it (apt install chromium) or set PETADINI_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def run_cli(store: Path, *arguments: str) -> str:
    """Run the command in a process of its own, as an analyst beside a running dashboard would."""
    done = subprocess.run(
        [sys.executable, "-m", "lib.commands", *arguments],
        cwd=ROOT,
        env=os.environ | {"PETADINI_LAKE": str(store)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """Give a function that starts a dashboard over a store and returns its address."""
    running: list[subprocess.Popen[bytes]] = []

    def start(store: Path) -> str:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        log = tmp_path_factory.mktemp("log") / "server.txt"
        with log.open("wb") as sink:
            process = subprocess.Popen(
                [sys.executable, "-m", "lib.ui.door.server", "--server.port", str(port)],
                cwd=ROOT,
                env=os.environ | {"PETADINI_LAKE": str(store)},
                stdout=sink,
                stderr=subprocess.STDOUT,
            )
        running.append(process)
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                    return address
            except OSError:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(0.2)
                    break  # it ended, and will never answer
        pytest.fail(f"the dashboard did not start:\n{log.read_text()}")

    yield start
    for process in running:
        process.terminate()
        process.wait()


@pytest.fixture(scope="session")
def address(demo_store: Path, serve: Callable[[Path], str]) -> str:
    return serve(demo_store)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield opened
        opened.close()


class Runs:
    """What a page asked of its server and what came back: whether a run of its script is still under way."""

    def __init__(self, page: Page) -> None:
        self.socket: WebSocket | None = None
        self.pending = True
        page.on("request", self._leave)
        page.on("websocket", self._listen)

    def _leave(self, request: Request) -> None:
        if request.is_navigation_request() and request.frame.parent_frame is None:
            self.socket, self.pending = None, True

    def _listen(self, socket: WebSocket) -> None:
        self.socket, self.pending = socket, True
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script":
            self.pending = True

    def _received(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            message = ForwardMsg.FromString(frame)
            if message.WhichOneof("type") == "script_finished":
                self.pending = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN


RUNS: WeakKeyDictionary[Page, Runs] = WeakKeyDictionary()


class Watched:
    """A page of its own session, with every request to another host refused and remembered."""

    def __init__(self, page: Page) -> None:
        self.page = page
        RUNS[page] = Runs(page)
        self.refused: list[str] = []
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.route("**/*", self._only_local)

    def _only_local(self, route: Route) -> None:
        url = route.request.url
        if url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:")):
            route.continue_()
        else:
            self.refused.append(url)
            route.abort()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Give a function that opens an address in a new session of a given size."""
    contexts = []

    def open_one(url: str, *, width: int = 1366, height: int = 768, wait: bool = True) -> Watched:
        context = browser.new_context(locale="id-ID", viewport={"width": width, "height": height})
        context.set_default_timeout(LONG_MS)
        contexts.append(context)
        watched = Watched(context.new_page())
        watched.page.goto(url)
        if wait:
            settled(watched.page)
        return watched

    yield open_one
    for context in contexts:
        context.close()


def settled(page: Page) -> None:
    """Wait until every run of the script that was asked for has ended, and what it sent is drawn."""
    runs = RUNS[page]
    while True:
        page.evaluate(DRAWN)  # what a click set off has been asked of the server by then
        while runs.pending:
            if runs.socket is None:
                page.wait_for_event("websocket")
            else:
                runs.socket.wait_for_event("framereceived")
        page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
        page.wait_for_function("() => !document.querySelector('[data-stale=true], [data-testid=stSkeleton]')")
        if not runs.pending:
            return


def choose_option(page: Page, box: Locator, option: str) -> None:
    """Choose from a list by typing, as its far options are not drawn.

    Once more where a late run of the script has closed the list under the mouse.
    """
    wanted = page.get_by_role("option").filter(has_text=option).first
    for _ in range(10):
        settled(page)
        box.click()
        page.keyboard.type(option)
        try:
            wanted.click(timeout=5000)
        except PlaywrightTimeoutError:
            page.keyboard.press("Escape")
            continue
        return
    raise AssertionError(f"the option {option} never held still")
