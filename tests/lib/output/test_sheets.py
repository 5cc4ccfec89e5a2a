"""Map sheets as files: same content, same bytes; the texts and counts they carry are true."""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from PIL import Image

from geo.drawing.theme import LIGHT
from lib.analysis.classes import class_index
from lib.filters import Filters
from lib.output.classes import UNCLASSED
from lib.output.map_sheet import compose, map_sheet_png, map_slide_png
from lib.output.question_sheet import sheet_name, stem_of
from lib.output.sheet_content import DensityLayer, MapSheet, Surroundings, data_hash

CUTS = (20.0, 35.0, 50.0, 65.0)
SCORES = (12.0, 71.5, 48.0, np.nan, 33.0, 64.9, 65.0, 50.0, 22.0, 8.0, np.nan, 91.0)


def areas(scores: tuple[float, ...] = SCORES) -> gpd.GeoDataFrame:
    count = len(scores)
    numbers = np.arange(count)
    west, south = 106.7 + 0.03 * (numbers % 4), -4.0 + 0.03 * (numbers // 4)
    return gpd.GeoDataFrame(
        {
            "area_code": [f"99.71.{n // 4 + 1:02d}.{1001 + n}" for n in numbers],
            "area_name": [f"Sukamaju {chr(65 + n % 26)}" for n in numbers],
            "district_code": [f"99.71.{n // 4 + 1:02d}" for n in numbers],
            "district_name": [f"Bandar {n // 4 + 1}" for n in numbers],
            "score": scores,
            "class_index": class_index(scores, CUTS),
            "incident_count": 3 * numbers,
        },
        geometry=shapely.box(west, south, west + 0.03, south + 0.03),
        crs=4326,
    )


def content(**changes: Any) -> MapSheet:
    values: dict[str, Any] = {
        "region_code": "99.71",
        "region_name": "Kota Tanjung Sagara",
        "region_area_count": 12,
        "election_name": "Pilkada 2026",
        "countdown": "H-27",
        "as_of": date(2026, 10, 29),
        "period_start": date(2026, 5, 15),
        "period_end": date(2026, 10, 29),
        "areas": areas(),
        "utm_epsg": 32748,
        "cuts": CUTS,
        "incident_count": 1312,
        "filters_caption": "semua laporan",
        "source_lines": ("Sumber: laporan petugas.", "Metode: skor gabungan."),
        "weights_digest": "3fa2b91c" * 8,
        "weights_version": "2026.2",
        "data_digest": "42",
        "simulated": True,
    }
    return MapSheet(**(values | changes))


def with_layers(**changes: Any) -> MapSheet:
    lonlat = np.array([[106.72, -3.98], [106.75, -3.95], [np.nan, -3.9]])
    north, east = np.mgrid[-1:1:30j, -1:1:40j]
    density = DensityLayer(
        np.exp(-4 * (north**2 + east**2)), (689_000, 9_558_000, 702_000, 9_568_000), 750.0, "3,2 per km²"
    )
    return content(layers=("tps", "kejadian", "panas"), stations=lonlat, incidents=lonlat, density=density, **changes)


def read(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


def test_same_content_gives_the_same_bytes_on_any_thread() -> None:
    first = map_sheet_png(with_layers(), size="800x600")
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(map_sheet_png, with_layers(), size="800x600") for _ in range(5)]
        slides = [pool.submit(map_slide_png, content(), width_px=500, height_px=400) for _ in range(3)]
    assert {job.result() for job in jobs} == {first}
    assert len({slide.result() for slide in slides}) == 1


def test_the_file_has_the_size_the_resolution_and_no_alpha() -> None:
    image = read(map_sheet_png(content(), size="1920x1080"))
    assert (image.size, image.mode, image.format) == ((1920, 1080), "RGB", "PNG")
    printed = read(map_sheet_png(content(), size="a4"))
    assert printed.size == (3508, 2480)
    assert printed.info["dpi"] == pytest.approx((300, 300), abs=0.1)


def test_the_file_says_what_it_shows_and_what_it_was_made_from() -> None:
    sheet = content()
    info = read(map_sheet_png(sheet, size="1000x700")).info
    assert info["Title"] == "Peta kerawanan konflik — Kota Tanjung Sagara"
    assert info["Description"] == "Laporan 15 Mei – 29 Oktober 2026  ·  12 kelurahan  ·  1.312 kejadian"
    assert info["Source"] == "Sumber: laporan petugas. Metode: skor gabungan."
    assert info["Copyright"] == "TERBATAS  ·  UNTUK PENGARAHAN INTERNAL  ·  DATA SIMULASI"
    comment = json.loads(info["Comment"])
    assert comment["simulasi"] is True
    assert comment["per"] == "2026-10-29"
    assert comment["sha256_data"] == data_hash(sheet)
    assert comment["sha256_bobot"] == sheet.weights_digest
    assert comment["versi_bobot"] == "2026.2"
    assert comment["kelas"] == list(CUTS)
    assert comment["jumlah"] == {
        "Sangat tinggi": 3,
        "Tinggi": 2,
        "Sedang": 1,
        "Rendah": 2,
        "Sangat rendah": 2,
        "Belum ada laporan": 2,
        "Tidak terdengar": 0,
        "Data tidak cukup": 0,
    }
    assert comment["lembar"] == f"Lembar 99.71-20261029-{data_hash(sheet)[:4].upper()}"
    assert comment["tanda"] == {"siaga": 0, "severe": 0, "unverified": 0, "thin": 0}
    assert set(info) == {"dpi", "Title", "Description", "Source", "Copyright", "Comment"}


def test_the_data_hash_follows_everything_drawn_and_not_the_order_of_rows() -> None:
    base = content()
    assert data_hash(replace(base, areas=base.areas.iloc[::-1])) == data_hash(base)
    higher = base.areas.assign(score=base.areas["score"] + 0.01)
    others = [
        replace(base, areas=higher),
        replace(base, areas=base.areas.assign(incident_count=0)),
        replace(base, areas=base.areas.assign(siaga=True)),
        replace(base, areas=base.areas.assign(unclassed="tidak_terdengar")),
        replace(base, filters_caption="hanya terverifikasi"),
        replace(base, weights_digest="0" * 64),
        replace(base, data_digest="43"),
    ]
    assert len({data_hash(sheet) for sheet in (base, *others)}) == 8


def test_every_class_and_every_reason_for_none_stands_in_the_legend_and_the_counts_are_the_areas() -> None:
    rows = compose(content()).legend_rows
    assert [row.text for row in rows] == [
        "Sangat tinggi",
        "Tinggi",
        "Sedang",
        "Rendah",
        "Sangat rendah",
        "Belum ada laporan",
        "Tidak terdengar",
        "Data tidak cukup",
    ]
    assert sum(int(row.count_text.split()[0]) for row in rows) == len(SCORES)
    double = compose(content(unit_word="kelurahan/desa")).legend_rows
    assert double[0].count_text == "3 wilayah"


def test_the_list_is_the_eight_highest_with_bars_of_the_whole_scale() -> None:
    sheet = compose(content())
    assert sheet.list_title == "Delapan kelurahan tertinggi"
    assert [row.value_text for row in sheet.list_rows] == [
        "91,0",
        "71,5",
        "65,0",
        "64,9",
        "50,0",
        "48,0",
        "33,0",
        "22,0",
    ]
    assert sheet.list_rows[0].fraction == pytest.approx(0.91)
    assert sheet.list_rows[0].detail == "Kecamatan Bandar 3  ·  33 kejadian"
    badges = {area.badge: area.label for area in sheet.view.areas if area.badge}
    assert badges == {row.badge: row.text for row in sheet.list_rows}


def test_ties_are_ordered_by_code_and_a_given_reason_is_shown() -> None:
    table = areas((40.0, 40.0, np.nan)).iloc[::-1].assign(reason=["", None, "naik dua kelas"])
    sheet = compose(content(areas=table))
    assert [row.text for row in sheet.list_rows] == ["Sukamaju A", "Sukamaju B"]
    assert sheet.list_title == "Dua kelurahan tertinggi"
    assert [row.detail for row in sheet.list_rows] == ["naik dua kelas", "Kecamatan Bandar 1  ·  3 kejadian"]


def test_simulated_data_are_marked_in_the_band_and_across_the_map() -> None:
    simulated, real = compose(content()), compose(content(simulated=False))
    assert "DATA SIMULASI" in simulated.band
    assert simulated.view.watermark == "DATA SIMULASI"
    assert real.view.watermark is None
    assert "SIMULASI" not in real.band
    pictures = [
        np.asarray(read(map_sheet_png(content(simulated=flag), size="1000x700")))[100:600, 40:650]
        for flag in (True, False)
    ]
    assert (pictures[0] != pictures[1]).any(axis=-1).mean() > 0.02


def test_the_footer_says_what_colours_do_not_mean() -> None:
    sheet = compose(content())
    assert sheet.footer_left[-1] == (
        "Warna menyatakan tempat dan waktu, bukan pelaku, partai, agama, atau suku. Tanpa kelas tidak berarti aman."
    )
    assert sheet.footer_left[-2] == "Saringan: semua laporan"
    number = f"Lembar 99.71-20261029-{data_hash(content())[:4].upper()}"
    assert sheet.footer_right[0] == f"Data per 29 Oktober 2026  ·  {number}"
    assert sheet.footer_right[1] == "Batas indikatif"
    assert "EPSG:32748" in sheet.footer_right[2]
    assert sheet.footer_right[3] == f"Bobot 2026.2 3fa2b91c3fa2  ·  data {data_hash(content())[:8]}"
    signed = compose(content(author="Rina", agency="Kesbangpol", boundary_edition="BIG 2024")).footer_right
    assert signed[1:3] == ("Dibuat oleh Rina, Kesbangpol", "Batas: BIG 2024, indikatif")


def test_without_any_report_the_map_is_hatched_and_the_list_says_so() -> None:
    silent = areas((np.nan,) * 6)
    sheet = compose(content(areas=silent))
    assert sheet.list_rows == ()
    assert sheet.list_note == (
        "Belum ada laporan dari 6 kelurahan. Karena itu tidak ada urutan; itu tidak berarti aman."
    )
    assert not any(area.badge for area in sheet.view.areas)
    assert len({area.fill for area in sheet.view.areas}) == 1
    assert read(map_sheet_png(content(areas=silent), size="1000x700")).size == (1000, 700)


def test_an_empty_list_says_why_no_area_has_a_class_and_when_the_last_report_came() -> None:
    table = areas((np.nan,) * 6).assign(unclassed="tidak_terdengar")
    stopped = compose(content(areas=table, last_report_on=date(2026, 10, 5))).list_note
    assert stopped.startswith("Semua 6 kelurahan tidak terdengar sejak 5 Oktober 2026. ")
    assert "Belum ada laporan" not in stopped
    table.loc[table.index[:2], "unclassed"] = "diam"
    mixed = compose(content(areas=table, last_report_on=date(2026, 10, 5))).list_note
    assert mixed.startswith(
        "Semua 6 kelurahan tanpa kelas: 2 belum ada laporan dan 4 tidak terdengar; laporan terakhir 5 Oktober 2026. "
    )
    assert compose(content()).list_note == ""


@pytest.mark.parametrize("count", [1, 93])
def test_one_area_and_many_are_drawn(count: int) -> None:
    scores = tuple(float(score) for score in np.linspace(5, 95, count))
    png = map_sheet_png(content(areas=areas(scores), unit_word="kelurahan/desa"), size="1366x768")
    assert read(png).size == (1366, 768)


def test_areas_without_boundary_are_named_counted_and_ranked_all_the_same() -> None:
    table = areas()
    table.loc[table.index[[1, 11]], "geometry"] = None
    sheet = compose(content(areas=table, unplaced_count=37))
    assert sheet.notes == (
        (
            "Tanpa batas wilayah, tidak tergambar: 2 kelurahan: Sukamaju L (Sangat tinggi 91,0); "
            "Sukamaju B (Sangat tinggi 71,5)."
        ),
        "37 kejadian belum dapat ditempatkan pada kelurahan dan tidak ikut mewarnai peta.",
    )
    assert sheet.list_rows[0].text == "Sukamaju L"
    assert sum(int(row.count_text.split()[0]) for row in sheet.legend_rows) == len(SCORES)
    assert read(map_sheet_png(content(areas=table), size="1000x700")).size == (1000, 700)


@pytest.mark.parametrize(("position", "stated"), [(0, 4), (11, 3), (5, 4)], ids=["above", "below", "rounded up"])
def test_refuses_a_class_that_is_not_the_band_of_the_printed_score(position: int, stated: int) -> None:
    table = areas()
    table.loc[table.index[position], "class_index"] = stated
    code = table["area_code"].iloc[position].replace(".", r"\.")
    for size in ("1000x700", "kartu"):
        with pytest.raises(ValueError, match=rf"{code} has class {stated}, not the band"):
            map_sheet_png(content(areas=table), size=size)


def test_a_score_just_below_a_cut_is_printed_below_it_and_keeps_that_class() -> None:
    table = areas((64.9999, 12.0))
    assert compose(content(areas=table)).list_rows[0].value_text == "64,9"


def marked() -> gpd.GeoDataFrame:
    table = areas().assign(siaga=False, severe=False, unverified=False, unclassed="")
    table.loc[table.index[[1, 4]], "siaga"] = True
    table.loc[table.index[[1]], "severe"] = True
    table.loc[table.index[[0, 3, 8]], "unverified"] = True
    table.loc[table.index[3], "unclassed"] = "tidak_terdengar"
    table.loc[table.index[10], "unclassed"] = "kurang"
    return table


def test_marks_stand_on_their_areas_and_in_the_legend_with_their_counts() -> None:
    sheet = compose(content(areas=marked()))
    assert [(row.mark.code, row.count_text) for row in sheet.mark_rows] == [
        ("siaga", "2 kelurahan"),
        ("severe", "1 kelurahan"),
        ("unverified", "3 kelurahan"),
    ]
    found = {area.label[-1]: [mark.code for mark in area.marks] for area in sheet.view.areas if area.marks}
    assert found == {
        "A": ["unverified"],
        "B": ["siaga", "severe"],
        "D": ["unverified"],
        "E": ["siaga"],
        "I": ["unverified"],
    }
    assert [row.text for row in compose(content()).mark_rows] == ["Siaga"]
    assert compose(content()).mark_rows[0].count_text == "0 kelurahan"


def test_every_siaga_area_is_named_and_its_colour_is_still_its_score() -> None:
    sheet = compose(content(areas=marked()))
    assert sheet.notes[0] == "Siaga: Sukamaju B dan Sukamaju E."
    (quiet,) = [area for area in sheet.view.areas if area.label == "Sukamaju E"]
    assert quiet.fill == "#f5aa59"
    many = areas(tuple(np.linspace(5, 95, 30))).assign(siaga=True)
    note = compose(content(areas=many)).notes[0]
    assert all(name in note for name in many["area_name"])


def test_each_reason_for_no_class_has_a_hatch_and_a_count_of_its_own() -> None:
    rows = compose(content(areas=marked())).legend_rows[5:]
    assert [(row.text, row.count_text) for row in rows] == [
        ("Belum ada laporan", "0 kelurahan"),
        ("Tidak terdengar", "1 kelurahan"),
        ("Data tidak cukup", "1 kelurahan"),
    ]
    assert len({row.hatch for row in rows}) == 3


def test_a_part_of_a_region_says_so_and_what_was_asked() -> None:
    part = areas().head(4)
    sheet = compose(
        content(
            areas=part, districts=("Bandar 1",), asked=("kategori: Hoaks",), region_area_count=42, province="Riau"
        )
    )
    assert sheet.title == "Peta kerawanan konflik — Kecamatan Bandar 1, Kota Tanjung Sagara (4 dari 42 kelurahan)"
    assert sheet.subtitle.split("  ·  ") == [
        "Provinsi Riau",
        "Laporan 15 Mei – 29 Oktober 2026",
        "kategori: Hoaks",
        "4 kelurahan",
        "1.312 kejadian",
    ]
    assert sheet.list_title == "Tiga kelurahan tertinggi di Kec. Bandar 1"
    two = compose(content(areas=areas().head(8), districts=("Bandar 1", "Bandar 2"), region_area_count=42))
    assert two.list_title == "Tujuh kelurahan tertinggi di 2 kecamatan terpilih"
    several = content(areas=part, districts=("A", "B", "C", "D", "E"), region_area_count=42).scope
    assert several == "Kecamatan A, B, dan 3 kecamatan lain, Kota Tanjung Sagara (4 dari 42 kelurahan)"


def surroundings(*, sea: bool) -> Surroundings:
    known = gpd.GeoDataFrame(
        {"name": ["", "Kabupaten Seberang"], "kind": ["sea", "neighbour"]},
        geometry=[shapely.box(106.0, -3.97, 106.7, -3.0), shapely.box(106.82, -4.2, 107.5, -3.91)],
        crs=4326,
    )
    return Surroundings(rest=areas().tail(8), known=known if sea else known.head(0))


def share_of(png: bytes, colour: str) -> float:
    pixels = np.asarray(read(png).convert("RGB"))
    wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return float((pixels == wanted).all(axis=-1).mean())


def test_blue_is_drawn_only_where_the_sea_is_known() -> None:
    whole: dict[str, Any] = {"simulated": False}
    dry = map_sheet_png(content(surroundings=surroundings(sea=False), **whole), size="1000x700")
    coast = map_sheet_png(content(surroundings=surroundings(sea=True), **whole), size="1000x700")
    assert share_of(dry, LIGHT.sea) == 0.0
    assert share_of(coast, LIGHT.sea) > 0.003
    assert share_of(dry, LIGHT.unknown) > share_of(coast, LIGHT.unknown) > 0.01


def test_neighbours_and_the_rest_are_named_and_every_ground_stands_in_the_legend() -> None:
    part: dict[str, Any] = {"areas": areas().head(4), "districts": ("Bandar 1",), "region_area_count": 12}
    sheet = compose(content(surroundings=surroundings(sea=True), **part))
    assert [(piece.kind, piece.label) for piece in sheet.view.ground] == [
        ("sea", ""),
        ("neighbour", "Kabupaten Seberang"),
        ("rest", "Kec. Bandar 2"),
        ("rest", "Kec. Bandar 3"),
    ]
    assert [row.text for row in sheet.ground_rows] == [
        "Laut",
        "Wilayah tetangga",
        "Di luar saringan",
        "Di luar wilayah, tidak diketahui",
    ]
    assert [row.text for row in compose(content()).ground_rows] == ["Di luar wilayah, tidak diketahui"]


def test_land_without_data_looks_like_land_and_not_like_sea_or_ground() -> None:
    grounds = {LIGHT.sea, LIGHT.unknown, LIGHT.neighbour, LIGHT.rest}
    for look in UNCLASSED.values():
        red, _, blue = (int(look.colour[at : at + 2], 16) for at in (1, 3, 5))
        assert red >= blue
        assert look.hatch is not None
        assert look.colour not in grounds


def test_a_locator_shows_the_part_in_its_region_or_the_region_in_indonesia() -> None:
    part = compose(
        content(
            areas=areas().head(4), districts=("Bandar 1",), region_area_count=12, surroundings=surroundings(sea=False)
        )
    ).view.locator
    assert part is not None
    assert part.title == "Kota Tanjung Sagara"
    assert shapely.covers(part.whole.buffer(1.0), part.shown)
    assert part.shown.area == pytest.approx(part.whole.area / 3, rel=0.01)
    real = compose(content(region_code="14.72", province="Riau")).view.locator
    assert real is not None
    assert real.title == "Provinsi Riau, Indonesia"
    assert shapely.covers(shapely.box(94.9, -11.1, 141.1, 6.1), real.whole)
    assert compose(content()).view.locator is None  # an invented city lies nowhere


@pytest.mark.parametrize(
    ("changes", "message"), [({"layers": ("hujan",)}, "hujan"), ({"layers": ("tps",)}, "without its data")]
)
def test_refuses_layers_it_cannot_draw(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        map_sheet_png(content(**changes), size="1000x700")


def test_layers_explain_themselves_and_points_without_place_are_not_counted() -> None:
    view = compose(with_layers()).view
    assert [layer.legend for layer in view.points] == ["TPS (2)", "Kejadian (2 titik)"]
    assert view.density is not None
    assert view.density.legend == (
        "Kepadatan kejadian: 25, 50, 75% dari yang tertinggi (3,2 per km²); lebar pita 750 m"
    )
    assert view.density.levels == pytest.approx((0.25, 0.5, 0.75), rel=0.02)
    plain = compose(replace(with_layers(), layers=())).view
    assert plain.points == ()
    assert plain.density is None


def test_a_slide_shows_five_badges_on_nothing_or_on_a_background() -> None:
    clear = read(map_slide_png(content(), width_px=600, height_px=400, dark=True))
    assert (clear.size, clear.mode) == ((600, 400), "RGBA")
    filled = read(map_slide_png(content(), width_px=600, height_px=400, dark=True, background="#0b141c"))
    assert filled.mode == "RGB"
    assert filled.getpixel((300, 2)) == (0x0B, 0x14, 0x1C)


def test_the_name_of_a_sheets_file_says_scope_day_size_and_simulation() -> None:
    whole = Filters(1, "99.71", "", date(2026, 5, 15), date(2026, 10, 29))
    assert sheet_name(whole, "a4", simulated=False) == "peta_99.71_2026-10-29_a4.png"
    part = replace(whole, district_codes=("99.71.04",), categories=("PU", "HOAKS"), verifications=("terverifikasi",))
    assert (
        sheet_name(part, "kartu", simulated=True)
        == "peta_99.71_kec-bukit-sirih_politik-uang-hoaks-disinformasi_terverifikasi_2026-10-29_simulasi_kartu.png"
    )
    many = replace(whole, district_codes=tuple(f"99.71.0{n}" for n in range(1, 6)))
    assert stem_of("kerawanan", many, simulated=False) == "kerawanan_99.71_5-kecamatan_2026-10-29"
