"""The pages of the section Sumber data as their users work with them: files, forms, judgements."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from data.store import queries
from data.store.lake import Lake, open_lake
from lib.rules.regions import region_profile
from tests.browser.conftest import Watched, choose_option, settled

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser
Open = Callable[..., Watched]
HEADS = "id_sumber,tanggal_kejadian,kategori,keparahan,uraian,kode_kelurahan,sumber"
PAGES = ("impor", "catat", "laporan", "mutu", "batas")
# What Streamlit says where nobody tells it otherwise; none of it is an Indonesian word.
ENGLISH = re.compile(
    r"\b(?:upload|browse|drag and drop|choose|select|search|file|files|per file|limit|empty|none|submit|form|rows?"
    r"|loading|running|error|null|nan|nat|true|false|column|show|clear|yyyy|view|more|less)\b",
    re.IGNORECASE,
)
# Words as they are seen: a text that the style sheet replaces has no size.
SEEN = """() => { const found = []; const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) { const e = walk.currentNode.parentElement;
        if (e.checkVisibility() && !e.closest('style, script, noscript, [data-testid=stIconMaterial]')
            && parseFloat(getComputedStyle(e).fontSize) > 0) found.push(walk.currentNode.textContent); }
    return found.join('\\n'); }"""


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


def give(page: Page, file: Path, text: str) -> None:
    """Write a file and upload it."""
    file.write_text(text, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator("[data-testid=stFileUploader]")).to_contain_text(file.name)
    settled(page)


def press(page: Page, name: str) -> None:
    """Press the first button of a name that is in view."""
    page.locator("button:visible").filter(has_text=re.compile(f"^{re.escape(name)}$")).first.click()
    settled(page)


def field(page: Page, label: str) -> Locator:
    return page.locator(f"input[aria-label='{label}']:visible, textarea[aria-label='{label}']:visible").first


def choose(page: Page, label: str, option: str) -> None:
    """Choose from the list of a label."""
    box = page.locator("[data-testid=stSelectbox]:visible").filter(has=page.get_by_text(label, exact=True)).first
    choose_option(page, box.locator("input"), option)


def correct(page: Page, head: str, option: str) -> None:
    """Choose another option for a cell of the first line of the table in view, by keyboard."""
    table = page.locator("[data-testid=stDataFrame]:visible").first
    box = table.locator("canvas").first.bounding_box()
    assert box is not None
    drawn = table.locator("[role=columnheader]")
    expect(drawn.filter(has_text=head)).to_have_count(1)
    heads = drawn.all_text_contents()
    page.mouse.click(box["x"] + 130, box["y"] + 53)  # the second cell: the first one is a mark that a click takes off
    for _ in range(heads.index(head) - 1):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.type(option)
    page.keyboard.press("Enter")
    expect(table.locator("[role=gridcell]").filter(has_text=option)).to_have_count(1)


def figures(page: Page) -> list[str]:
    """Read rows, accepted, quarantined and duplicates."""
    return page.locator(".petadini-figures dd").all_inner_texts()


def test_lines_pass_preview_quarantine_mending_and_a_second_import(
    tmp_path: Path, pages: str, lake: Lake, open_page: Open
) -> None:
    page = open_page(f"{pages}/impor").page
    give(
        page,
        tmp_path / "kejadian.csv",
        f"{HEADS}\nK-1,2026-10-10,KEK,3,satu,99.71.01.1001,Polsek\nK-2,2026-10-41,KEK,3,dua,99.71.01.1001,Polsek\n",
    )
    expect(page.get_by_text("Belum ada yang disimpan")).to_be_visible()
    assert figures(page) == ["2", "1", "1", "0"]
    assert "kejadian.csv" not in imported(lake)
    press(page, "Impor")
    expect(page.get_by_text("tersimpan sebagai impor")).to_be_visible()
    expect(page.locator(".petadini-lines")).to_contain_text("2026-10-41")
    with page.expect_download() as download:
        press(page, "Unduh untuk diperbaiki (XLSX)")
    mended = tmp_path / "diperbaiki.xlsx"
    download.value.save_as(mended)
    workbook = load_workbook(mended)
    sheet = workbook["data"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("tanggal_kejadian") + 1).value = "2026-10-11"
    workbook.save(mended)
    page.locator("input[type=file]").set_input_files(mended)
    expect(page.get_by_text("Belum ada yang disimpan")).to_be_visible()
    press(page, "Impor")
    expect(page.get_by_text("Tidak ada baris di karantina")).to_be_visible()
    assert figures(page) == ["1", "1", "0", "0"]


def test_an_ambiguous_date_is_asked_and_words_of_a_file_stay_words(
    tmp_path: Path, pages: str, open_page: Open
) -> None:
    watched = open_page(f"{pages}/impor")
    page = watched.page
    bad = "**![x](http://contoh.invalid/x.png)** <img src=http://contoh.invalid/y.png>"
    rows = "\n".join(f"T-{day},{day}/9/2026,{bad},3,{bad},99.71.01.1001,Polsek" for day in (3, 4, 5))
    give(page, tmp_path / "tanggal.csv", f"{HEADS}\n{rows}\n")
    expect(page.get_by_text("3 September 2026 atau 9 Maret 2026")).to_be_visible()
    press(page, "hari-bulan-tahun (5/11 = 5 November)")
    expect(page.get_by_text("dibaca hari-bulan-tahun (menurut pilihan)")).to_be_visible()
    expect(page.locator(".petadini-lines")).to_contain_text("**![x](http://contoh.invalid/x.png)**")
    assert watched.refused == []


def test_a_file_of_another_kind_and_foreign_heads_find_their_way(tmp_path: Path, pages: str, open_page: Open) -> None:
    page = open_page(f"{pages}/impor").page
    give(page, tmp_path / "tps.csv", "kode10,desa,kecamatan,n_tps\n9971011001,TANJUNG RAWAI,SAGARA UTARA,2\n")
    expect(page.get_by_text("tampak seperti berkas “TPS”")).to_be_visible()
    press(page, "Baca sebagai “TPS”")
    expect(page.get_by_text("tidak menyebut pemilihannya")).to_be_visible()
    press(page, "Pilkada Simulasi")
    expect(page.get_by_text("Pemetaan kolom: KPU")).to_be_visible()
    assert figures(page)[0] == "2"

    page = open_page(f"{pages}/impor").page
    give(page, tmp_path / "asing.csv", "waktu_kirim;Macam Hal;Tingkat;Kel;Kec\n13/10/2026;Hoaks;1;Pasir Gelam;\n")
    expect(page.get_by_text("tidak memiliki kolom tanggal_kejadian, kategori")).to_be_visible()
    choose(page, "tanggal_kejadian (wajib)", "waktu_kirim")
    settled(page)
    choose(page, "kategori (wajib)", "Macam Hal")
    settled(page)
    press(page, "Pakai pemetaan ini")
    expect(page.get_by_text("Belum ada yang disimpan")).to_be_visible()
    assert figures(page)[:2] == ["1", "1"]


def test_the_form_keeps_what_was_typed_until_one_incident_is_stored(pages: str, lake: Lake, open_page: Open) -> None:
    page = open_page(f"{pages}/catat").page
    field(page, "Uraian").fill("Baliho dirusak")
    choose(page, "Tempat", "Tanjung Rawai")
    press(page, "Simpan laporan")
    expect(page.get_by_text("Isi dahulu: Hari kejadian, Kategori, Keparahan.")).to_be_visible()
    assert field(page, "Uraian").input_value() == "Baliho dirusak"
    assert "formulir" not in imported(lake)
    page.locator("[data-testid=stDateInput]:visible [data-type=day]").first.click()
    page.keyboard.type("27102026")
    choose(page, "Kategori", "Perusakan")
    choose(page, "Keparahan", "4")
    press(page, "Simpan laporan")
    expect(page.get_by_text("1 baris kejadian tersimpan")).to_be_visible()
    assert imported(lake).count("formulir") == 1
    assert not field(page, "Uraian").input_value()


def test_pasted_messages_are_proposed_and_stored_one_by_one_when_confirmed(
    pages: str, lake: Lake, open_page: Open
) -> None:
    page = open_page(f"{pages}/catat").page
    page.get_by_role("tab", name="Tempel teks").click()
    field(page, "Teks laporan").fill(
        "[27/10/2026, 19.45] Bripka Ahmad: Selasa 27 Oktober 2026 pukul 19.30 di Kelurahan Tanjung Rawai telah "
        "terjadi perusakan baliho. Hubungi 081234567890\n"
        "[28/10/2026, 07.10] Bripka Ahmad: terjadi keributan pembagian uang tunai di Kecamatan Sagara Utara.\n"
    )
    press(page, "Baca teks")
    expect(page.get_by_text("Usulan 2 dari 2")).to_be_visible()
    described = field(page, "Uraian").input_value()
    assert "[telepon disamarkan]" in described
    assert "Bripka" not in described
    assert "teks tempel" not in imported(lake)
    press(page, "Simpan laporan")
    expect(page.get_by_text("1 baris kejadian tersimpan")).to_be_visible()
    expect(page.locator("button:visible", has_text="Simpan laporan")).to_have_count(1)
    assert imported(lake).count("teks tempel") == 1


def test_a_pasted_list_is_corrected_in_its_table_and_stored_at_once(pages: str, lake: Lake, open_page: Open) -> None:
    page = open_page(f"{pages}/catat").page
    page.get_by_role("tab", name="Tempel teks").click()
    field(page, "Teks laporan").fill(
        "Laporan Polsek Bukit Sirih, 27 Oktober 2026\nBukit Sirih: nihil\nLereng Damar: nihil\nKebun Pala: nihil"
    )
    press(page, "Baca teks")
    expect(page.get_by_text("Terbaca 3 laporan nihil dan 0 kejadian")).to_be_visible()
    box = page.locator("[data-testid=stDataFrame]:visible canvas").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 45, box["y"] + 35 * 2 + 18)  # the mark of the second line
    settled(page)
    before = imported(lake).count("teks tempel")
    press(page, "Simpan semua yang ditandai")
    expect(page.get_by_text("2 baris laporan nihil tersimpan")).to_be_visible()
    expect(page.locator("button:visible", has_text="Simpan semua yang ditandai")).to_have_count(0)
    assert imported(lake).count("teks tempel") == before + 1


def test_a_place_and_a_category_corrected_in_the_table_are_what_is_stored(
    pages: str, lake: Lake, open_page: Open
) -> None:
    page = open_page(f"{pages}/catat", width=1920).page
    page.get_by_role("tab", name="Tempel teks").click()
    field(page, "Teks laporan").fill(
        "Laporan Polsek Bukit Sirih, 27 Oktober 2026\nBukit Sirih: perusakan baliho di simpang koreksi\n"
        "Lereng Damar: nihil"
    )
    press(page, "Baca teks")
    expect(page.get_by_text("Terbaca 1 laporan nihil dan 1 kejadian")).to_be_visible()
    correct(page, "Tempat", "Kebun Pala")
    correct(page, "Kategori", "Hoaks")
    press(page, "Simpan semua yang ditandai")
    expect(page.get_by_text("1 baris kejadian tersimpan")).to_be_visible()
    rows = queries.incident_rows(
        lake, "99.71", as_of=date(2026, 12, 31), start=date(2026, 10, 27), end=date(2026, 10, 27)
    )
    (stored,) = rows[rows["description"].str.contains("simpang koreksi")].to_dict("records")
    kebun_pala = next(area.code for area in region_profile("99.71").areas if area.name == "Kebun Pala")
    assert (stored["area_code"], stored["category_code"]) == (kebun_pala, "HOAKS")


def test_a_meeting_without_a_name_is_refused_in_sight(pages: str, open_page: Open) -> None:
    page = open_page(f"{pages}/catat").page
    page.get_by_role("tab", name="Tempel teks").click()
    field(page, "Teks laporan").fill(
        "Tim Terpadu menggelar rakor pada Selasa (27/10/2026).\nRapat itu dilaksanakan Senin, 26 Oktober, dan "
        "meminta agar hoaks diawasi.\nPos terkait"
    )
    press(page, "Baca teks")
    expect(page.get_by_text("Tanggal bertentangan")).to_be_visible()
    press(page, "Simpan catatan rapat")
    expect(page.get_by_text("Nama rapat belum diisi")).to_be_in_viewport()


def test_two_marked_reports_are_verified_together(pages: str, lake: Lake, open_page: Open) -> None:
    page = open_page(f"{pages}/laporan?status=Masuk,%20belum%20diperiksa").page
    box = page.locator("[data-testid=stDataFrame]:visible canvas").first.bounding_box()
    assert box is not None
    before = states(lake)
    for row in (1, 2):  # the head is row 0; a row is 35 pixels high
        page.mouse.click(box["x"] + 22, box["y"] + 35 * row + 18)
        expect(page.get_by_text(f"{row} laporan dipilih")).to_be_visible()
        settled(page)
    choose(page, "Status baru", "Ditangani")
    field(page, "Alasan").fill("dikonfirmasi lurah")
    press(page, "Simpan")
    expect(page.get_by_text("2 laporan kini berstatus")).to_be_visible()
    after = states(lake)
    assert after["ditangani"] == before.get("ditangani", 0) + 2
    assert sum(after.values()) == sum(before.values())


def test_merged_reports_count_once_until_the_decision_is_undone(pages: str, lake: Lake, open_page: Open) -> None:
    before = sum(states(lake).values())
    page = open_page(f"{pages}/laporan").page
    page.get_by_role("tab", name="Dugaan ganda").click()
    press(page, "Gabungkan")
    expect(page.get_by_text("Belum ada keputusan")).to_have_count(0)
    settled(page)
    assert sum(states(lake).values()) == before - 1
    field(page, "Alasan pembatalan").fill("ternyata dua kejadian")
    press(page, "Batalkan keputusan")
    expect(page.get_by_text("Semua keputusan sudah dibatalkan")).to_be_visible()
    assert sum(states(lake).values()) == before


@pytest.mark.parametrize("name", PAGES)
def test_data_pages_are_indonesian_and_reach_no_other_host(name: str, pages: str, open_page: Open) -> None:
    watched = open_page(f"{pages}/{name}", width=1024)
    page = watched.page
    page.wait_for_load_state("networkidle")
    seen = str(page.evaluate(SEEN))
    assert len(seen) > 100
    assert ENGLISH.findall(seen) == []
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator("[data-testid=stMain]").evaluate("e => e.scrollWidth - e.clientWidth") <= 1
    assert watched.refused == []
    assert watched.errors == []


def imported(lake: Lake) -> list[str]:
    """Name what was imported, one name an import."""
    return [str(name) for name in queries.imports(lake, "99.71")["file_name"]]


def states(lake: Lake) -> dict[str, int]:
    """Count the events of the demo by state, as they are known at the end of its year."""
    counts = queries.incident_counts(
        lake, "99.71", as_of=date(2026, 12, 31), start=date(2026, 1, 1), end=date(2026, 12, 31)
    )
    return {str(state): int(count) for state, count in counts.groupby("verification")["incident_count"].sum().items()}
