"""A real dashboard over the demo store, looked at with a real Chromium that reaches no other host."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

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
START_S = 90
# A busy machine may need long to write to the store; a wait that is met early costs nothing.
expect.set_options(timeout=60_000)


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


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lake")
    run_cli(folder, "demo")
    return folder


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
                [sys.executable, "-m", "lib.ui.frame.server", "--server.port", str(port)],
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
                time.sleep(0.2)
        pytest.fail(f"the dashboard did not start:\n{log.read_text()}")

    yield start
    for process in running:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def address(demo_store: Path, serve: Callable[[Path], str]) -> str:
    return serve(demo_store)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield opened
        opened.close()


class Watched:
    """A page of its own session, with every request to another host refused and remembered."""

    def __init__(self, page: Page) -> None:
        self.page = page
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

    def open_one(url: str, *, width: int = 1366, height: int = 768) -> Watched:
        context = browser.new_context(locale="id-ID", viewport={"width": width, "height": height})
        context.set_default_timeout(60_000)
        contexts.append(context)
        watched = Watched(context.new_page())
        watched.page.goto(url)
        settled(watched.page)
        return watched

    yield open_one
    for context in contexts:
        context.close()


def settled(page: Page) -> None:
    """Wait until the script has run and nothing is being drawn any more."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_timeout(300)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


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
