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

from lib.analysis.classes import class_index
from lib.output.map_sheet import DensityLayer, MapSheet, compose, data_hash, map_sheet_png, map_slide_png

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
            "unclassed": np.where(np.isnan(scores), "diam", ""),
            "incident_count": 3 * numbers,
        },
        geometry=shapely.box(west, south, west + 0.03, south + 0.03),
        crs=4326,
    )


def content(**changes: Any) -> MapSheet:
    values: dict[str, Any] = {
        "region_name": "Kota Tanjung Sagara",
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
    assert info["Title"] == "Peta tingkat kerawanan konflik — Kota Tanjung Sagara"
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
    assert set(info) == {"dpi", "Title", "Description", "Source", "Copyright", "Comment"}


def test_the_data_hash_follows_everything_drawn_and_not_the_order_of_rows() -> None:
    base = content()
    assert data_hash(replace(base, areas=base.areas.iloc[::-1])) == data_hash(base)
    higher = base.areas.assign(score=base.areas["score"] + 0.01)
    others = [
        replace(base, areas=higher),
        replace(base, areas=base.areas.assign(incident_count=0)),
        replace(base, filters_caption="hanya terverifikasi"),
        replace(base, weights_digest="0" * 64),
        replace(base, data_digest="43"),
    ]
    assert len({data_hash(sheet) for sheet in (base, *others)}) == 6


def test_all_classes_stand_in_the_legend_and_their_counts_are_the_areas() -> None:
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
        "Warna menyatakan tempat dan waktu, bukan pelaku, partai, agama, atau suku. "
        "Belum ada laporan tidak berarti aman."
    )
    assert sheet.footer_left[-2] == "Saringan: semua laporan"
    assert sheet.footer_right[0] == "Data per 29 Oktober 2026"
    assert "EPSG:32748" in sheet.footer_right[1]
    assert sheet.footer_right[2] == f"Bobot 2026.2 3fa2b91c3fa2  ·  data {data_hash(content())[:8]}"


def test_without_any_report_the_map_is_hatched_and_the_list_says_so() -> None:
    silent = areas((np.nan,) * 6)
    sheet = compose(content(areas=silent))
    assert sheet.list_rows == ()
    assert "Belum ada laporan tidak berarti aman." in sheet.list_note
    assert not any(area.badge for area in sheet.view.areas)
    assert len({area.fill for area in sheet.view.areas}) == 1
    assert read(map_sheet_png(content(areas=silent), size="1000x700")).size == (1000, 700)


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
        "Tidak tergambar karena batas wilayahnya belum ada: 2 kelurahan (Sukamaju B, Sukamaju L).",
        "37 kejadian belum dapat ditempatkan pada kelurahan dan tidak ikut mewarnai peta.",
    )
    assert sheet.list_rows[0].text == "Sukamaju L"
    assert sum(int(row.count_text.split()[0]) for row in sheet.legend_rows) == len(SCORES)
    assert read(map_sheet_png(content(areas=table), size="1000x700")).size == (1000, 700)


def test_areas_without_a_class_though_something_is_known_are_counted_in_notes() -> None:
    table = areas()
    table.loc[table.index[[3, 10]], "unclassed"] = ["kurang", "tidak_terdengar"]
    sheet = compose(content(areas=table))
    assert sheet.notes == (
        "1 kelurahan punya laporan, tetapi datanya tidak cukup untuk diberi kelas.",
        "1 kelurahan tidak terdengar: laporannya berhenti, jadi tidak diberi kelas.",
    )
    assert [row.count_text for row in sheet.legend_rows[-3:]] == ["0 kelurahan", "1 kelurahan", "1 kelurahan"]


@pytest.mark.parametrize("wrong", [4, -1])
def test_refuses_a_class_that_is_not_that_of_the_score(wrong: int) -> None:
    table = areas()
    table.loc[table.index[0], "class_index"] = wrong
    with pytest.raises(ValueError, match=rf"99\.71\.01\.1001 has class {wrong}"):
        map_sheet_png(content(areas=table), size="1000x700")


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
