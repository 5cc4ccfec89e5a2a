"""The pages that warn, as their users work with them: issued once, answered, weighed, taken apart, graded."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Frame, Locator, Page, expect

from data.store import issue_queries, queries
from data.store.lake import Lake, open_lake
from lib.region.weights import weights_in_force
from lib.texts import alerts, forecasts, hotspots, method, model_card, scorecard, stations
from lib.texts.agreement import COMPARISON_TITLE
from lib.texts.alerts import ALERTS_TITLE
from lib.texts.forecasts import FORECAST_TITLE
from lib.texts.hotspots import HOTSPOTS_TITLE
from lib.texts.method import METHOD_TITLE
from lib.texts.scorecard import SCORECARD_TITLE
from lib.texts.stations import STATIONS_TITLE
from lib.warnings.issues import ALERT, FORECAST, broken_issues, issued
from tests.browser.conftest import LONG_MS, Watched, choose_option, settled
from tests.browser.test_data_pages import ENGLISH, SEEN, field, press

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser
Open = Callable[..., Watched]
REGION = "99.71"
TODAY = date(2026, 10, 29)
TITLES = {
    "peringatan": ALERTS_TITLE,
    "ramalan": FORECAST_TITLE,
    "titik-panas": HOTSPOTS_TITLE,
    "tps": STATIONS_TITLE,
    "perbandingan": COMPARISON_TITLE,
    "metode": METHOD_TITLE,
    "rapor": SCORECARD_TITLE,
}
# Asked of Leaflet itself: how many shapes are areas, how many colours there are, how many shapes are points.
POLYGONS = "() => Object.values(window.map._layers).filter(e => e.feature && e.feature.properties.kode).length"
COLOURS = "() => new Set(Object.values(window.map._layers).map(e => e.options.fillColor)).size"
POINTS = "() => Object.values(window.map._layers).filter(e => e.feature && e.getRadius).length"


class Heard(Watched):
    """A watched page whose console is listened to as well."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        # Streamlit asks for its server below every page's address before it asks at the root.
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            self.errors.append(message.text)


@pytest.fixture
def narrow(browser: Browser) -> Iterator[Heard]:
    """A page as wide as an old projector."""
    context = browser.new_context(locale="id-ID", viewport={"width": 1024, "height": 768})
    context.set_default_timeout(LONG_MS)
    yield Heard(context.new_page())
    context.close()


@pytest.fixture(scope="module")
def store(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of its own: these tests write."""
    folder = tmp_path_factory.mktemp("own") / "lake"
    shutil.copytree(demo_store, folder)
    return folder


@pytest.fixture(scope="module")
def lake(store: Path) -> Iterator[Lake]:
    """The store as another process beside the dashboard sees it."""
    opened = open_lake(str(store))
    yield opened
    opened.connection.close()


@pytest.fixture(scope="module")
def pages(store: Path, serve: Callable[[Path], str]) -> str:
    return serve(store)


def drawn(page: Page, name: str) -> Page:
    """Wait until a page stands under its own title."""
    expect(page.locator("h1")).to_have_text(f"{TITLES[name]} · Kota Tanjung Sagara")
    settled(page)
    return page


def opened(open_page: Open, pages: str, address: str) -> Page:
    return drawn(open_page(f"{pages}/{address}").page, address.partition("?")[0])


def map_frame(page: Page) -> Frame:
    page.wait_for_selector("iframe[title*=folium]")
    frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
    frame.wait_for_function(f"() => window.map && (({POLYGONS})() > 0 || ({POINTS})() > 0)")
    return frame


def unfold(page: Page, name: str) -> None:
    """Open the first form of a name that hangs on a button."""
    page.locator("[data-testid=stPopover] button:visible").filter(has_text=name).first.click()
    expect(page.locator("[data-testid=stPopoverBody] textarea:visible")).to_have_count(1)


def main(page: Page) -> Locator:
    return page.locator("[data-testid=stMain]")


def matches(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL)


@pytest.mark.parametrize("name", TITLES)
def test_the_page_is_indonesian_whole_and_from_this_machine(name: str, pages: str, narrow: Heard) -> None:
    page = narrow.page
    page.goto(f"{pages}/{name}")
    drawn(page, name)
    seen = str(page.evaluate(SEEN))
    assert "DATA SIMULASI" in seen
    assert ENGLISH.findall(seen) == []
    assert page.locator("[data-testid=stException]").count() == 0
    assert main(page).evaluate("e => e.scrollWidth - e.clientWidth") <= 1
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 1024
    assert narrow.refused == []
    assert narrow.errors == []


def test_alerts_are_issued_once_answered_and_kept(pages: str, lake: Lake, open_page: Open) -> None:
    page = opened(open_page, pages, "peringatan")
    assert issued(lake, REGION, ALERT, TODAY).empty
    earlier = len(issue_queries.alert_steps(lake, REGION))
    page.get_by_role("button", name=alerts.ISSUE).dblclick()
    expect(page.get_by_text("Diterbitkan 29 Oktober 2026.")).to_be_visible()
    settled(page)
    assert len(issued(lake, REGION, ALERT, TODAY)) == 1

    ledger = page.locator(".petadini-lines")
    page.locator("summary").filter(has_text=alerts.ANSWER_HEAD).first.click()
    press(page, alerts.SEE)
    expect(page.get_by_text(alerts.stepped("dilihat"))).to_be_visible()
    expect(ledger).to_contain_text(matches(r"Dilihat oleh \S+"))
    unfold(page, alerts.ACT)
    field(page, alerts.ACT_NOTE).fill("Lurah dan Babinsa menemui warga")
    press(page, alerts.SAVE)
    expect(ledger).to_contain_text(matches(r"Ditindaklanjuti oleh .*Lurah dan Babinsa menemui warga"))
    unfold(page, alerts.CLOSE)
    press(page, alerts.SAVE)
    expect(page.get_by_text(alerts.NO_CLOSING_REASON)).to_be_visible()
    field(page, alerts.CLOSE_NOTE).fill("dua pekan tenang")
    press(page, alerts.SAVE)
    closed = matches(r"Ditutup oleh .*dua pekan tenang")
    expect(ledger).to_contain_text(closed)
    steps = issue_queries.alert_steps(lake, REGION).iloc[earlier:]
    assert steps["state"].tolist() == ["dilihat", "ditindaklanjuti", "ditutup"]
    assert steps["alert_id"].nunique() == 1

    page.reload()
    drawn(page, "peringatan")
    expect(ledger).to_contain_text(closed)
    expect(ledger.locator("tbody tr")).to_have_count(issue_queries.alert_rows(lake, REGION)["alert_id"].nunique())


def test_a_forecast_is_a_number_with_an_interval_and_frozen_once(pages: str, lake: Lake, open_page: Open) -> None:
    page = opened(open_page, pages, "ramalan")
    headline = matches(r"^7 hari ke depan diperkirakan [\d.]+ kejadian \(80%: [\d.]+–[\d.]+\) di seluruh kota$")
    expect(page.locator("h3").filter(has_text=headline)).to_be_visible()
    assert issued(lake, REGION, FORECAST, TODAY).empty
    issues = page.get_by_text("Ramalan per 29 Oktober 2026, diterbitkan")
    page.get_by_role("button", name=forecasts.PUBLISH).dblclick()
    expect(issues).to_have_count(1)
    press(page, forecasts.PUBLISH)
    page.reload()
    drawn(page, "ramalan")
    expect(issues).to_have_count(1)
    assert len(issued(lake, REGION, FORECAST, TODAY)) == 1
    assert len(issue_queries.forecast_rows(lake, REGION)) > 42
    assert broken_issues(lake) == []


def test_another_horizon_is_another_forecast(pages: str, open_page: Open) -> None:
    page = opened(open_page, pages, "ramalan")
    page.get_by_test_id("stButtonGroup").get_by_text(forecasts.HORIZON_NAMES[14], exact=True).click()
    expect(page.locator("h3").filter(has_text="14 hari ke depan diperkirakan")).to_be_visible()
    assert "jangka=14" in page.url


def test_stations_by_another_scheme_and_one_of_them_in_detail(pages: str, open_page: Open) -> None:
    page = opened(open_page, pages, "tps")
    assert map_frame(page).evaluate(POINTS) > 500
    highest = page.locator(".petadini-reasons")
    before = highest.inner_text()
    scheme = page.locator("[data-testid=stSelectbox]").filter(has_text=stations.SCHEME_CHOICE)
    choose_option(page, scheme.locator("input"), "Bawaslu, Pemilu 2024")
    expect(page.locator(".petadini-figures")).to_contain_text("Bawaslu, Pemilu 2024")
    settled(page)
    assert highest.inner_text() != before

    heads = [
        page.locator(".petadini-detail h4").filter(has_text=re.compile(f"^{name}"))
        for name in ("Konflik dan keamanan", "Administrasi dan hak pilih", "Logistik dan lingkungan")
    ]
    boxes = [box for head in heads if (box := head.bounding_box()) is not None]
    assert len({round(box["y"]) for box in boxes}) == 1
    assert boxes[0]["x"] < boxes[1]["x"] < boxes[2]["x"]

    one = page.locator("[data-testid=stSelectbox]").filter(has=page.get_by_text(stations.DETAIL_CHOOSE, exact=True))
    choose_option(page, one.locator("input"), "TPS 003 Tanjung Rawai")
    expect(page.locator(".petadini-detail h3")).to_have_text("TPS 003 Tanjung Rawai")
    expect(page.locator(".petadini-detail").first).to_contain_text(stations.PARTS_HEAD)


def test_hot_spots_are_drawn_with_how_they_were_tested(pages: str, open_page: Open) -> None:
    page = opened(open_page, pages, "titik-panas")
    frame = map_frame(page)
    frame.wait_for_function(f"() => ({POLYGONS})() === 42")
    assert frame.evaluate(COLOURS) > 3
    notes = main(page).locator(".petadini-note").all_inner_texts()
    assert any(re.search(r"9{1,2}\.?9{2} permutasi", note) and "FDR 0,10" in note for note in notes)
    expect(page.get_by_text(hotspots.NOT_A_FORECAST).first).to_be_visible()


def test_the_scorecard_counts_names_its_benchmarks_and_hands_out_its_card(
    tmp_path: Path, pages: str, lake: Lake, open_page: Open
) -> None:
    page = opened(open_page, pages, "rapor")
    sentence = matches(r"^Dari [\d.]+ peringatan, [\d.]+ benar dan [\d.]+ keliru; [\d.]+ kejadian berat tidak kami")
    expect(page.locator("h3").filter(has_text=sentence)).to_be_visible()
    # A table is painted; what it shows stands beside the picture for those who cannot see it.
    cells = page.locator("[data-testid=stDataFrame] [role=gridcell]")
    for name in (scorecard.OURS, *(scorecard.BENCHMARKS[code] for code in ("pekan_lalu", "rata4", "rata8"))):
        expect(cells.filter(has_text=re.compile(f"^{name}$"))).to_have_count(1)
    expect(page.get_by_text(matches(r"Per wilayah, 7 hari: pada \d+ pekan, ramalan kami .*kisaran"))).to_be_visible()

    page.locator("summary").filter(has_text=scorecard.CARD_HEAD).click()
    button = page.get_by_role("button", name=scorecard.DOWNLOAD_CARD)
    expect(button).to_be_visible()
    with page.expect_download() as download:
        button.click()
    assert re.fullmatch(r"kartu-model_99\.71_2026-10-29_simulasi\.md", download.value.suggested_filename)
    download.value.save_as(tmp_path / "kartu.md")
    card = (tmp_path / "kartu.md").read_text(encoding="utf-8")
    assert card.startswith(f"# {model_card.title('Kota Tanjung Sagara')}\n")
    weights = weights_in_force(lake, REGION)
    for words in ("DATA SIMULASI", weights.version, weights.short_digest, *model_card.NOT_FOR):
        assert words in card
    assert re.search(r"Petadini \d+\.\d+", card)


def test_another_weight_shows_who_moves_before_anything_is_saved(pages: str, lake: Lake, open_page: Open) -> None:
    page = opened(open_page, pages, "metode")
    before = weights_in_force(lake, REGION)
    expect(page.get_by_text(f"sidik {before.short_digest}")).to_be_visible()
    for name, share in (("Kerentanan tempat (%)", "10"), ("Kejadian (%)", "60")):
        field(page, name).fill(share)
        page.keyboard.press("Enter")
        settled(page)
    expect(page.get_by_text(matches(r"\d+ kelurahan naik kelas, \d+ turun kelas"))).to_be_visible()
    expect(page.locator("[data-testid=stDataFrame]:visible")).to_have_count(1)
    assert queries.weight_sets(lake, REGION).empty

    press(page, method.SAVE)
    expect(page.get_by_text(method.NO_REASON)).to_be_visible()
    field(page, method.REASON_INPUT).fill("keputusan rapat 28 Oktober")
    press(page, method.SAVE)
    expect(page.get_by_text(matches(r"Bobot versi .* berlaku sejak 29 Oktober 2026"))).to_be_visible()
    assert len(queries.weight_sets(lake, REGION)) == 1
    after = weights_in_force(lake, REGION)
    assert dict(after.component_weights)["kejadian"] == pytest.approx(0.6)
    assert after.short_digest != before.short_digest
    expect(page.get_by_text(f"sidik {after.short_digest}")).to_be_visible()
    page.locator("summary").filter(has_text=method.HISTORY_HEAD).click()
    expect(page.get_by_text(matches(r"os:.*keputusan rapat 28 Oktober"))).to_be_visible()

    summary = open_page(f"{pages}/").page
    expect(main(summary)).to_contain_text(f"({after.short_digest})")
