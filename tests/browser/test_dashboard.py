"""Every page as its users see it: drawn whole, from this machine alone, and true to the filters."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Frame, Page, expect

from data.store.lake import open_lake
from lib.output.classes import CLASSES, NO_REPORT
from lib.output.colourings import NO_DATA, RAMP, ZERO
from lib.region.areas import load_neighbours
from lib.texts import colourings as words
from tests.browser.conftest import Watched, choose_option, run_cli, settled

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser
Open = Callable[..., Watched]
SIZES = ((1920, 1080), (1366, 768), (1024, 768))
PAGES = ("", "tren", "paparan", "peta-risiko", "laporan", "catat", "impor", "mutu", "batas")

# Asked of Leaflet itself: kelurahan code and colour of every area on the map.
COLOURS = """() => Object.fromEntries(Object.values(window.map._layers)
    .filter(layer => layer.feature && layer.feature.properties.kode)
    .map(layer => [layer.feature.properties.kode, layer.options.fillColor]))"""


def map_frame(page: Page) -> Frame:
    page.wait_for_selector("iframe[title*=folium]")
    frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
    frame.wait_for_function("() => window.map && document.querySelectorAll('path.leaflet-interactive').length > 0")
    return frame


def colours(page: Page) -> dict[str, str]:
    found: dict[str, str] = map_frame(page).evaluate(COLOURS)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_every_page_draws_from_this_machine_alone(name: str, address: str, open_page: Open) -> None:
    watched = open_page(f"{address}/{name}")
    page = watched.page
    if name == "peta-risiko":
        assert len(colours(page)) == 42
    if name in {"", "tren"}:
        page.wait_for_selector(".js-plotly-plot .bars .point")
    page.wait_for_load_state("networkidle")
    body = page.locator("body").inner_text()
    assert "DATA SIMULASI" in body
    assert page.locator("[data-testid=stException]").count() == 0
    assert watched.refused == []
    assert watched.errors == []


def test_layers_are_drawn(address: str, open_page: Open) -> None:
    watched = open_page(f"{address}/peta-risiko?lapisan=TPS&lapisan=Kejadian&lapisan=Kepadatan")
    frame = map_frame(watched.page)
    frame.wait_for_selector("img.leaflet-image-layer", state="attached")
    frame.wait_for_function("() => document.querySelectorAll('path.leaflet-interactive').length > 1000")
    assert watched.page.get_by_text("lebar pita").is_visible()
    assert watched.refused == []


def test_a_filter_changes_the_colours_that_leaflet_shows(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/peta-risiko?warnai=Jumlah+kejadian").page
    before = colours(page)
    choose_option(
        page, page.locator("[data-testid=stMultiSelect]").filter(has_text="Kategori").locator("input"), "Politik uang"
    )
    page.keyboard.press("Escape")
    settled(page)
    frame = map_frame(page)
    frame.wait_for_function(f"before => JSON.stringify(({COLOURS})()) !== JSON.stringify(before)", arg=before)
    after = colours(page)
    assert before.keys() == after.keys()
    assert sum(before[code] != after[code] for code in before) >= 5
    assert "kategori=" in page.url
    # The class is that of all reports, whatever is counted.
    by_class, filtered = (open_page(f"{address}/peta-risiko{asked}").page for asked in ("", "?kategori=Politik+uang"))
    assert colours(by_class) == colours(filtered)


def test_the_address_alone_brings_the_same_question_back(address: str, open_page: Open) -> None:
    url = f"{address}/peta-risiko?warnai=Jumlah+kejadian&kategori=Politik+uang"
    first, second = open_page(url), open_page(url)
    plain = open_page(f"{address}/peta-risiko?warnai=Jumlah+kejadian")
    assert "kategori: Politik uang" in first.page.locator("body").inner_text()
    assert colours(first.page) == colours(second.page)
    assert colours(first.page) != colours(plain.page)


def test_the_map_is_coloured_by_what_is_chosen_in_colours_of_its_own(address: str, open_page: Open) -> None:
    classes = {risk.colour for risk in (*CLASSES, NO_REPORT)}
    own = {ZERO, *RAMP, NO_DATA.colour}
    page = open_page(f"{address}/peta-risiko").page
    by_class = colours(page)
    assert set(by_class.values()) <= classes
    seen = [by_class]
    for name in (words.NAMES[words.COUNT], words.NAMES[words.SMOOTHED], words.NAMES[words.FORECAST]):
        box = page.locator("[data-testid=stSelectbox]").filter(has_text=words.CHOICE)
        choose_option(page, box.locator("input"), name)
        settled(page)
        map_frame(page).wait_for_function(
            f"before => JSON.stringify(({COLOURS})()) !== JSON.stringify(before)", arg=seen[-1]
        )
        seen.append(colours(page))
        assert seen[-1].keys() == by_class.keys()
        assert set(seen[-1].values()) <= own
        assert len(set(seen[-1].values())) >= 3
        expect(page.locator(".petadini-legend caption")).to_contain_text(name)
    assert "warnai=" in page.url


def test_two_sessions_and_three_reruns_show_the_same_map(address: str, open_page: Open) -> None:
    first, second = open_page(f"{address}/peta-risiko").page, open_page(f"{address}/peta-risiko").page
    expected = colours(first)
    assert colours(second) == expected
    for _ in range(3):
        second.keyboard.press("r")
        settled(second)
        assert colours(second) == expected


def test_a_click_opens_the_detail_without_running_the_page(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/peta-risiko").page
    frame = map_frame(page)
    page.wait_for_load_state("networkidle")
    runs = page.evaluate("() => performance.getEntriesByType('resource').length")
    page.locator("iframe[title*=folium]").scroll_into_view_if_needed()
    box = frame.locator("path.leaflet-interactive").nth(20).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    frame.wait_for_selector(".leaflet-popup h3")
    text = frame.locator(".leaflet-popup").inner_text()
    assert "Kecamatan" in text
    assert page.locator("[data-testid=stApp]").get_attribute("data-test-script-state") == "notRunning"
    assert page.evaluate("() => performance.getEntriesByType('resource').length") == runs


@pytest.fixture(scope="module")
def store(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of its own, for the tests that write."""
    folder = tmp_path_factory.mktemp("own") / "lake"
    shutil.copytree(demo_store, folder)
    return folder


@pytest.fixture(scope="module")
def written(store: Path, serve: Callable[[Path], str]) -> str:
    return serve(store)


def test_an_import_by_the_command_shows_on_the_next_interaction(
    tmp_path: Path, store: Path, written: str, open_page: Open
) -> None:
    page = open_page(f"{written}/peta-risiko").page
    before = colours(page)
    quiet = next(code for code, colour in before.items() if colour == NO_REPORT.colour)
    file = tmp_path / "baru.csv"
    rows = "\n".join(f"B-{n},2026-10-28,KEK,4,{quiet},Polres (simulasi),terverifikasi" for n in range(12))
    file.write_text(
        f"id_sumber,tanggal_kejadian,kategori,keparahan,kode_kelurahan,sumber,status\n{rows}\n", encoding="utf-8"
    )
    assert "12 diterima" in run_cli(store, "impor", "kejadian", str(file))
    page.keyboard.press("r")
    settled(page)
    frame = map_frame(page)
    frame.wait_for_function(f"([code, colour]) => ({COLOURS})()[code] !== colour", arg=[quiet, before[quiet]])
    changed = {code for code, colour in colours(page).items() if colour != before[code]}
    beside = load_neighbours(open_lake(str(store)), "99.71")
    around = beside.matrix[[beside.area_codes.index(quiet)]].indices
    assert quiet in changed
    assert changed <= {quiet, *(beside.area_codes[number] for number in around)}


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_slides_fit_the_projector(width: int, height: int, address: str, open_page: Open) -> None:
    page = open_page(f"{address}/paparan", width=width, height=height).page
    for number in (1, 2, 3, 4, 5):
        expect(page.locator(".petadini-slide-mark")).to_contain_text(f"{number} / 5")
        settled(page)
        overflow = page.evaluate(
            """() => [...document.querySelectorAll(`[data-testid=stMain], [data-testid=stMainBlockContainer],
                .st-key-slide, .petadini-slide-map ol, .petadini-slide-status, .petadini-slide-alerts,
                .petadini-slide-alerts ol, .petadini-slide-changes`)]
                .filter(e => e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2)
                .map(e => e.className + ' ' + e.scrollHeight + '>' + e.clientHeight)"""
        )
        assert overflow == []
        small = page.evaluate(
            """() => { const found = []; const walk = document.createTreeWalker(
                document.querySelector('.st-key-slide'), NodeFilter.SHOW_TEXT);
                while (walk.nextNode()) { const e = walk.currentNode.parentElement;
                    const text = walk.currentNode.textContent.trim();
                    if (text && e.checkVisibility() && !e.closest('style, [data-testid=stDateInput]')
                        && parseFloat(getComputedStyle(e).fontSize) < 23.9)
                        found.push(text.slice(0, 40) + ' ' + getComputedStyle(e).fontSize); }
                return found; }"""
        )
        assert small == []
        assert page.locator("[data-testid=stSidebar]").is_hidden()
        if number < 5:
            page.keyboard.press("ArrowRight")
            page.wait_for_url(re.compile(rf"slide={number + 1}"))
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile("slide=4"))


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("name", ["", "tren", "peta-risiko", "impor"])
def test_nothing_is_wider_than_the_screen(name: str, width: int, height: int, address: str, open_page: Open) -> None:
    page = open_page(f"{address}/{name}", width=width, height=height).page
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 1


def test_upload_refuses_and_accepts_and_takes_a_double_click_once(
    tmp_path: Path, store: Path, written: str, open_page: Open
) -> None:
    page = open_page(f"{written}/impor").page
    wrong = tmp_path / "salah.csv"
    wrong.write_text("nama,umur\nA,1\n", encoding="utf-8")
    upload = page.locator("input[type=file]")
    upload.set_input_files(wrong)
    settled(page)
    expect(page.get_by_text("tidak memiliki kolom")).to_be_visible()

    good = tmp_path / "kejadian.csv"
    good.write_text(
        "id_sumber,tanggal_kejadian,kategori,keparahan,kode_kelurahan,sumber\n"
        "X-1,2026-10-01,serangan pajar,2,99.71.01.1001,Polsek (simulasi)\n"
        "X-2,2026-10-41,KEK,2,99.71.01.1001,Polsek (simulasi)\n",
        encoding="utf-8",
    )
    upload.set_input_files(good)
    settled(page)
    page.get_by_role("button", name="Impor", exact=True).dblclick()
    settled(page)
    expect(page.get_by_text("tersimpan sebagai impor")).to_be_visible()
    settled(page)
    listed = run_cli(store, "riwayat")
    assert listed.count("kejadian.csv") == 1
    assert "2 baris, 1 diterima, 1 karantina" in listed
