"""The card for a phone: what it says, and that a phone can show it."""

from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pytest

from geo.drawing.card import BODY, FOOTER, LEAST_TEXT, LINE, SCALE, SMALL, draw_card
from geo.drawing.fonts import fonts
from lib.output.map_card import compose_card
from lib.output.map_sheet import FONT_FOLDER, map_sheet_png
from tests.lib.output.test_sheets import areas, content, marked, read


def card_content(table: gpd.GeoDataFrame, **changes: Any) -> Any:
    why = (("Kejadian (26,1 angka):", "46 kejadian, 18 terverifikasi, 16 dalam 28 hari."),) * 3
    return content(areas=table.assign(why=[why] * len(table)), **changes)


def test_the_card_is_1080_by_1350_and_the_same_bytes_twice() -> None:
    first = map_sheet_png(card_content(marked()), size="kartu")
    assert read(first).size == (1080, 1350)
    assert first == map_sheet_png(card_content(marked()), size="kartu")


def test_nothing_on_the_card_is_set_smaller_than_26_pixels() -> None:
    sizes = [style.size for style in (BODY, FOOTER, LINE, SMALL)]
    assert min(sizes) >= LEAST_TEXT
    assert LEAST_TEXT * SCALE >= 26
    figure = draw_card(compose_card(card_content(marked())), fonts=fonts(FONT_FOLDER))
    heights = [
        artist.get_path().get_extents().height * SCALE  # type: ignore[attr-defined]
        for artist in figure.artists
        if (artist.get_gid() or "").startswith(("card:", "label:", "district:"))
    ]
    assert len(heights) > 8
    assert min(heights) >= 0.7 * 26  # capitals and figures are about 0.73 of the type size


def test_the_headline_names_siaga_before_the_highest_score() -> None:
    assert compose_card(card_content(marked())).headline == "Siaga di Sukamaju B dan Sukamaju E"
    assert compose_card(card_content(areas())).headline == "Sukamaju L paling rawan: Sangat tinggi, skor 91,0"
    calm = compose_card(card_content(areas((12.0, 30.0, 22.0))))
    assert calm.headline == "Tidak ada kelurahan di kelas Tinggi; tertinggi Sukamaju B, Rendah 30,0"
    assert compose_card(content(areas=areas((np.nan,) * 3))).headline == "Belum ada kelurahan yang dapat dinilai"


def test_the_reasons_are_those_of_the_area_that_the_headline_names() -> None:
    card = compose_card(card_content(marked()))
    assert card.reasons_title == "Mengapa Sukamaju B"
    assert len(card.reasons) == 3
    assert card.ranks == "1  Sukamaju L 91,0  ·  2  Sukamaju B 71,5  ·  3  Sukamaju G 65,0"


def test_what_is_not_known_is_counted_and_named() -> None:
    table = marked()
    table.loc[table.index[6], "geometry"] = None
    card = compose_card(card_content(table))
    assert card.unknown == (
        "Tidak terdengar (1): Sukamaju D.",
        "Data tidak cukup (1): Sukamaju K.",
        "Belum diperiksa (3): Sukamaju I dan 2 lainnya.",
        "Tidak tergambar (1): Sukamaju G.",
        "Itu semua tidak berarti aman.",
    )
    thin = compose_card(card_content(areas().assign(thin=True)))
    assert "Laporan menipis (12): Sukamaju L dan 11 lainnya." in thin.unknown
    assert not any(area.marks for area in thin.view.areas)
    known = compose_card(card_content(areas((12.0, 30.0))))
    assert known.unknown == ("Setiap wilayah punya laporan dan kelas.",)


def test_the_card_says_scope_day_election_and_that_data_are_invented() -> None:
    card = compose_card(card_content(areas().head(4), districts=("Bandar 1",), region_area_count=42))
    assert card.band == "TERBATAS  ·  DATA SIMULASI"
    assert card.corner == "H-27"
    assert card.lines == (
        "Kecamatan Bandar 1, Kota Tanjung Sagara (4 dari 42 kelurahan)",
        "Kamis, 29 Oktober 2026 · Pilkada 2026",
    )
    assert card.footer[0].startswith("Data per 29 Oktober 2026  ·  Lembar 99.71-20261029-")


def test_without_any_class_the_card_says_why_and_since_when() -> None:
    table = areas((np.nan,) * 6).assign(unclassed="tidak_terdengar")
    card = compose_card(content(areas=table, last_report_on=date(2026, 10, 5)))
    assert card.reasons_title == "Mengapa belum dinilai"
    assert card.reasons == (("Laporan:", "semua 6 kelurahan tidak terdengar sejak 5 Oktober 2026."),)


def test_the_places_of_the_gravest_events_are_named() -> None:
    assert compose_card(card_content(marked())).lines[-1] == "Kejadian terberat: Sukamaju B"
    many = compose_card(card_content(areas().assign(severe=True)))
    assert many.lines[-1] == "Kejadian terberat: Sukamaju L, Sukamaju B, dan 10 kelurahan lain"


def test_what_the_score_lacks_of_dpt_and_tps_stands_first_of_what_is_not_known() -> None:
    lacking = "DPT dan TPS Pilkada 2026 belum ada, sehingga skor dihitung tanpa keduanya."
    assert compose_card(card_content(areas((12.0, 30.0)), roll_words=lacking)).unknown == (
        lacking,
        "Setiap wilayah punya laporan dan kelas.",
    )


def texts_of(content: Any, name: str) -> int:
    figure = draw_card(compose_card(content), fonts=fonts(FONT_FOLDER))
    return sum(artist.get_gid() == name for artist in figure.artists)


def test_the_last_reasons_give_way_to_the_map_and_the_first_stays() -> None:
    long = marked().assign(severe=True, thin=True)
    long.loc[long.index[:1], "geometry"] = None
    reason = ("Kejadian, 29,6 angka:", "39 dari 78 kejadian sejak 6 Mei 2026 menaikkan skor, " * 4)  # four lines
    full = content(
        areas=long.assign(why=[(reason,) * 3] * len(long)),
        roll_words="DPT Pilkada 2026 belum ada untuk 3 dari 12 wilayah; di sana skor memakai DPT rata-rata.",
        author="Kelompok Kerja Kewaspadaan Dini",
        agency="Badan Kesatuan Bangsa dan Politik",
    )
    assert texts_of(full, "card:reason") == 1
    assert texts_of(card_content(marked()), "card:reason") == 3


@pytest.mark.parametrize("count", [1, 93])
def test_long_names_and_many_areas_still_leave_room_for_the_map(count: int) -> None:
    table = areas(tuple(np.linspace(66, 95, count)))
    table = table.assign(
        siaga=True, unverified=True, area_name=[f"Simpang Tetap Darul Ichsan {n}" for n in range(count)]
    )
    table.loc[table.index[-1:], ["score", "class_index"]] = [np.nan, -1]
    drawn = card_content(table, author="Kelompok Kerja Kewaspadaan Dini", agency="Badan Kesatuan Bangsa dan Politik")
    assert read(map_sheet_png(drawn, size="kartu")).size == (1080, 1350)
