"""Fifty people of five roles at once, while two imports run: how long they wait, what a session costs."""

from __future__ import annotations

import re
import shutil
import statistics
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from lib.people.accounts import Accounts
from lib.people.actor import GRANTS, Grant, May, Role, Scope
from lib.settings import clock_s
from tests.browser.conftest import run_cli
from tests.served import Served, free_port, run, start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

pytestmark = pytest.mark.bench
SESSIONS = 50
MINUTES = 5.0
THINKING_S = 8.0
PAGES = ("", "peringatan", "tren", "peta-risiko", "mutu", "kalender")


@pytest.fixture
def office(demo_store: Path, tmp_path: Path) -> Iterator[tuple[Served, int, Path]]:
    """Serve the demo to an office with a person of each role; give the server's process number and its store."""
    store = shutil.copytree(demo_store, tmp_path / "gudang")
    folder, port = tmp_path / "kantor", free_port()
    folder.mkdir(mode=0o700)
    book, cookies = Accounts(folder, clock_s), {}
    for role in Role:
        scope = Scope("99.71", frozenset({"99.71.01"})) if role is Role.CLERK else Scope()
        book.put(role.value, grants=[Grant(role, scope)])
        cookies[role.value] = f"petadini-{port}={book.start(role.value)}"
    book.close()
    process = start(folder, store, port)
    made = Served(port, folder, cookies)
    while True:
        try:
            made.ask("/masuk")
            break
        except OSError:
            assert process.poll() is None
            time.sleep(0.2)
    yield made, process.pid, store
    process.terminate()
    process.communicate()


def memory_mb(process: int) -> float:
    text = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", text)
    assert found
    return int(found[1]) / 1024


def shown(sent: list[ForwardMsg]) -> str:
    """Give the classes and counts that a page of the summary shows, without what differs by person."""
    return " ".join(re.findall(r"<dd>(.*?)</dd>", " ".join(str(message.delta) for message in sent)))


def test_fifty_sessions_of_five_roles_while_two_imports_run(office: tuple[Served, int, Path], tmp_path: Path) -> None:
    served, process, store = office
    roles = [role for role in Role if May.READ in GRANTS[role]]
    with served.talk("analis") as line:
        for page in PAGES:
            run(line, page)
    before, waits, wrong = memory_mb(process), [], []
    end = time.monotonic() + MINUTES * 60

    def visit(number: int) -> None:
        dice, role = np.random.default_rng(number), roles[number % len(roles)].value
        try:
            with served.talk(role) as line:
                while time.monotonic() < end:
                    page, began = str(dice.choice(PAGES)), time.perf_counter()
                    sent = run(line, page)
                    waits.append(time.perf_counter() - began)
                    if any("Traceback" in str(message.delta) for message in sent):
                        wrong.append(page)
                    time.sleep(dice.exponential(THINKING_S))
        except OSError as error:
            wrong.append(repr(error))

    visitors = [threading.Thread(target=visit, args=(number,)) for number in range(SESSIONS)]
    for visitor in visitors:
        visitor.start()
    for seed in (1, 2):
        folder = tmp_path / str(seed)
        run_cli(store, "simulasi", "--wilayah", "99.71", "--benih", str(seed), "--keluar", str(folder))
        run_cli(store, "impor", "kejadian", str(next(folder.glob("*kejadian*"))), "--wilayah", "99.71")
    after = memory_mb(process)
    for visitor in visitors:
        visitor.join()
    figures = set()
    for role in roles:
        with served.talk(role.value) as line:
            figures.add(shown(run(line, "")))
    assert len(figures) == 1  # everybody sees the same numbers, also who waited beside two imports
    assert wrong == []
    waits.sort()
    print(f"\n{SESSIONS} sesi, {MINUTES:.0f} menit, dua impor: {len(waits)} halaman, {len(wrong)} galat {wrong[:3]}")
    print(f"  tunggu: p50 {statistics.median(waits):.2f} s, p95 {waits[int(len(waits) * 0.95)]:.2f} s (sasaran 2 s)")
    print(f"  memori: {before:.0f} -> {after:.0f} MB, {(after - before) / SESSIONS:.1f} MB sesi (sasaran 15)")
