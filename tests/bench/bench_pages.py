"""How long the map sheet takes, and a run of the map page: cached, and with a changed filter."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from data.store.lake import open_lake
from lib.commands import parser as cli
from lib.output.question_sheet import sheet_png
from lib.score.question import default_filters

if TYPE_CHECKING:
    from collections.abc import Callable


pytestmark = pytest.mark.bench
ROUNDS = 5
ROOT = Path(__file__).parents[2]


def best(action: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PETADINI_LAKE", str(tmp_path))
    assert cli.main(["demo"]) == 0
    return tmp_path


def test_map_sheet(store: Path) -> None:
    lake = open_lake(str(store))
    filters = default_filters(lake, "99.71", as_of=date(2026, 10, 29))
    first = time.perf_counter()
    plain = sheet_png(lake, filters, size="1920x1080")
    first = time.perf_counter() - first
    again = best(lambda: sheet_png(lake, filters, size="1920x1080"))
    layers = best(lambda: sheet_png(lake, filters, size="1920x1080", layers=("kejadian", "panas", "tps")))
    print(f"\nlembar peta 1920x1080, 42 kelurahan (sasaran 1,5 s): pertama {first:.2f} s, lagi {again:.2f} s, ")
    print(f"  dengan tiga lapisan {layers:.2f} s; {len(plain) / 1024:.0f} KiB")


@pytest.mark.usefixtures("store")
def test_map_page() -> None:
    page = AppTest.from_file(ROOT / "pages" / "pemetaan" / "peta_risiko.py", default_timeout=60)
    empty = AppTest.from_string("import streamlit as st\nst.title('kosong')")
    start = time.perf_counter()
    page.run()
    first = time.perf_counter() - start
    assert not page.exception
    floor = best(empty.run)
    cached = best(page.run)
    changed = []
    for category in ("Politik uang", "Unjuk rasa", "Intimidasi/ancaman"):
        page.multiselect(key="kategori").set_value([category])
        start = time.perf_counter()
        page.run()
        changed.append(time.perf_counter() - start)
        assert not page.exception
    print(
        f"\nhalaman Peta risiko, sisi server: pertama {first:.2f} s, dari tembolok {cached:.3f} s (sasaran 0,05 s),"
    )
    print(f"  saringan baru {min(changed):.3f}–{max(changed):.3f} s (sasaran 0,3 s); halaman kosong {floor:.3f} s")
