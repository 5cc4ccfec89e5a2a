"""One store, two regions: each screen stays with the region it asks for."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from data.store.lake import open_lake
from lib.intake.boundaries import import_boundaries
from lib.rules.regions import DEMO_REGION, region_profile
from lib.texts import pages as t
from tests.browser.conftest import Watched, choose_option, settled
from tests.city import write_boundaries
from tests.officers import officer

pytestmark = pytest.mark.browser
OTHER = "19.99"


@pytest.fixture(scope="module")
def two_regions(demo_store: Path, serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("dua")
    shutil.copytree(demo_store, folder / "gudang")
    lake = open_lake(str(folder / "gudang"))
    import_boundaries(lake, region_profile(OTHER), write_boundaries(folder / "batas.geojson"), actor=officer())
    lake.connection.close()
    return serve(folder / "gudang")


def switch(page: Page) -> Locator:
    return page.get_by_role("combobox", name=t.REGION_SWITCH)


def title(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def test_a_screen_stays_with_its_region_through_menu_reload_and_filters(
    two_regions: str, open_page: Callable[..., Watched]
) -> None:
    demo, other = region_profile(DEMO_REGION).name, region_profile(OTHER).name
    page = open_page(f"{two_regions}/tren?wilayah={DEMO_REGION}&kecamatan=Sagara+Utara").page
    title(page, demo)
    expect(page).to_have_url(re.compile("kecamatan="))
    page.get_by_role("link", name=re.compile(f"^{t.MAP_TITLE}")).first.click()
    settled(page)
    title(page, demo)
    expect(page).to_have_url(re.compile(rf"peta-risiko\?.*wilayah={DEMO_REGION}"))

    choose_option(page, switch(page), other)
    settled(page)
    title(page, other)
    expect(page).to_have_url(re.compile(f"wilayah={OTHER}"))
    expect(page).not_to_have_url(re.compile("kecamatan="))
    page.reload()
    settled(page)
    title(page, other)
    second = open_page(f"{two_regions}/peringatan?wilayah={DEMO_REGION}").page
    title(second, demo)


def test_a_region_that_is_not_in_the_store_is_not_replaced_by_another(
    two_regions: str, open_page: Callable[..., Watched]
) -> None:
    page = open_page(f"{two_regions}/peringatan?wilayah=14.72").page
    expect(page.get_by_text(re.compile("Wilayah 14.72 belum disiapkan"))).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_count(0)
    choose_option(page, switch(page), region_profile(DEMO_REGION).name)
    settled(page)
    title(page, region_profile(DEMO_REGION).name)
