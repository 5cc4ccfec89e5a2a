"""Regions: the shipped facts add up, a bare region works, and every broken rule is named in one sentence."""

from __future__ import annotations

import re
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from lib.rules.judged import REGIONS_FOLDER
from lib.rules.regions import calendar, region_profile, shipped_regions, weights
from lib.rules.toml import ProfileError

if TYPE_CHECKING:
    from pathlib import Path

REAL = ("14.72", "15.07", "19.71", "35.74", "61.02")
AREA_COUNTS = {"14.72": 36, "15.07": 93, "19.71": 42, "35.74": 29, "61.02": 67, "99.71": 42}
DISTRICT_COUNTS = {"14.72": 7, "15.07": 11, "19.71": 7, "35.74": 5, "61.02": 9, "99.71": 7}
BPS_CODES = {"14.72": "1473", "15.07": "1506", "19.71": "1971", "35.74": "3574", "61.02": "6104"}
UTM_EPSG = {"14.72": 32647, "15.07": 32748, "19.71": 32748, "35.74": 32749, "61.02": 32649, "99.71": 32748}


@pytest.fixture
def regions(tmp_path: Path) -> Path:
    """Copy the national files, Dumai and the fictional city to a place where they may be broken."""
    for name in ("nasional", "14.72", "99.71"):
        shutil.copytree(REGIONS_FOLDER / name, tmp_path / name)
    return tmp_path


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


# The shipped facts


def test_every_region_has_its_areas_and_districts() -> None:
    regions = shipped_regions()
    assert {region.code: len(region.areas) for region in regions} == AREA_COUNTS
    assert {region.code: len(region.districts) for region in regions} == DISTRICT_COUNTS
    assert sum(len(region.areas) for region in regions if not region.simulated) == 267


def test_every_region_has_its_zone_and_bps_code() -> None:
    assert {region.code: region.utm_epsg for region in shipped_regions()} == UTM_EPSG
    assert {code: region_profile(code).bps_code for code in REAL} == BPS_CODES
    assert {region.time_zone_label for region in shipped_regions()} == {"WIB"}


@pytest.mark.parametrize(
    ("code", "kelurahan", "desa"),
    [("14.72", 36, 0), ("15.07", 20, 73), ("19.71", 42, 0), ("35.74", 29, 0), ("61.02", 7, 60), ("99.71", 42, 0)],
)
def test_kelurahan_and_desa_are_told_apart(code: str, kelurahan: int, desa: int) -> None:
    kinds = [area.kind for area in region_profile(code).areas]
    assert (kinds.count("kelurahan"), kinds.count("desa")) == (kelurahan, desa)


def test_dumai_names_the_areas_without_polygon() -> None:
    missing = [area for area in region_profile("14.72").areas if area.no_polygon_reason]
    assert [(area.code, area.name) for area in missing] == [
        ("14.72.03.1006", "Bagan Besar Timur"),
        ("14.72.03.1007", "Bukit Kapur"),
        ("14.72.04.1006", "Sungai Geniot"),
    ]
    assert all("poligon" in area.no_polygon_reason for area in missing)


def test_totals_are_the_ones_that_add_up() -> None:
    dumai = region_profile("14.72").total("pilkada-2024")
    assert dumai is not None
    assert (dumai.voter_count, dumai.station_count) == (238_799, 525)
    mempawah = region_profile("61.02").total("pemilu-2024")
    assert mempawah is not None
    assert mempawah.voter_count == 213_579 + 2_748
    assert mempawah.verify
    assert "216.237" in mempawah.note


def test_every_total_keeps_its_sum_and_its_source() -> None:
    for region in shipped_regions():
        for total in region.totals:
            assert total.source
            if total.voter_count and total.voter_count_male and total.voter_count_female:
                assert total.voter_count_male + total.voter_count_female == total.voter_count


def test_total_is_none_where_no_figure_was_found() -> None:
    assert region_profile("19.71").total("pemilu-2024") is None
    probolinggo = region_profile("35.74").total("pemilu-2024")
    assert probolinggo is not None
    assert (probolinggo.voter_count, probolinggo.station_count) == (None, 669)


def test_the_fictional_city_says_so() -> None:
    city = region_profile("99.71")
    assert (city.name, city.simulated, city.today) == ("Kota Tanjung Sagara", True, date(2026, 10, 29))
    assert len({area.name for area in city.areas}) == 42
    assert all(region.today is None for region in shipped_regions() if not region.simulated)
    real_codes = {area.code for code in REAL for area in region_profile(code).areas}
    assert not real_codes & {area.code for area in city.areas}


def test_bps_digits_do_not_pass_for_kemendagri_digits() -> None:
    shipped = {region.bps_code: region.code for region in shipped_regions()}
    assert shipped["1506"] == "15.07"
    assert "1507" not in shipped  # Tanjung Jabung Barat, not shipped
    assert "1472" not in shipped


def test_values_are_read_once() -> None:
    assert region_profile("14.72") is region_profile("14.72")
    assert hash(region_profile("14.72")) == hash(region_profile("14.72"))


# A region that nobody prepared


@pytest.mark.parametrize(
    ("code", "kind", "province", "label", "bandwidth_m"),
    [
        ("36.71", "kota", "Banten", "WIB", 500),
        ("64.09", "kabupaten", "Kalimantan Timur", "WITA", 1500),
        ("96.71", "kota", "Papua Barat Daya", "WIT", 500),
    ],
)
def test_unprepared_region_is_bare(code: str, kind: str, province: str, label: str, bandwidth_m: float) -> None:
    region = region_profile(code)
    assert region.name == f"Wilayah {code}"
    assert (region.kind, region.province, region.time_zone_label) == (kind, province, label)
    assert (region.areas, region.districts, region.totals) == ((), (), ())
    assert (region.utm_epsg, region.bps_code, region.today, region.simulated) == (None, None, None, False)
    assert region.density_bandwidth_m == bandwidth_m
    assert calendar(code).elections == calendar("14.72").elections
    assert weights(code) == weights("14.72")


def test_all_38_provinces_have_a_time_zone() -> None:
    read = 0
    for number in range(100):
        try:
            assert region_profile(f"{number:02}.01").time_zone
        except ProfileError:
            continue
        read += 1
    assert read == 38


# Broken rules

BROKEN_REGION = [
    ('name = "Kota Dumai"', "", "name", "wajib ada"),
    ('name = "Kota Dumai"', 'nama = "Kota Dumai"', "nama", "tidak dikenal"),
    ('name = "Kota Dumai"', 'name = " "', "name", "teks yang tidak kosong"),
    ('name = "Kota Dumai"', "name = 5", "name", "teks yang tidak kosong"),
    ('kind = "kota"', 'kind = "kotamadya"', "kind", "hanya kota, kabupaten yang dikenal"),
    ('code = "14.72"', 'code = "1472"', "code", "bentuknya harus NN.NN"),
    ('code = "14.72"', 'code = "14.73"', "code", "nama mapnya 14.72"),
    ('bps_code = "1473"', 'bps_code = "14.73"', "bps_code", "bentuknya harus NNNN"),
    ("utm_epsg = 32647", "utm_epsg = 4326", "utm_epsg", "bilangan bulat dari 32646 sampai 32754"),
    ("utm_epsg = 32647", "utm_epsg = 32700", "utm_epsg", "yang dikenal"),
    ("utm_epsg = 32647", "utm_epsg = true", "utm_epsg", "bilangan bulat"),
    ("Asia/Jakarta", "Asia/Singapore", "time_zone", "hanya Asia/Jakarta"),
    ("utm_epsg = 32647", "utm_epsg = 32647\ntoday = 2026-10-29", "today", "wilayah simulasi"),
    ("utm_epsg = 32647", 'utm_epsg = 32647\nsimulated = "ya"', "simulated", "true atau false"),
    ("[density]\nbandwidth_m = 500", "density = 500", "density", "tabel"),
    ("bandwidth_m = 500", "bandwidth_m = 5", "density.bandwidth_m", "angka dari 50 sampai 20000"),
    ("bandwidth_m = 500", "bandwidth_m = nan", "density.bandwidth_m", "angka dari 50"),
    ("bandwidth_m = 500", "bandwidth_m = 500\nsigma = 1", "density.sigma", "tidak dikenal"),
    ("voter_count = 231485", "voter_count = 232485", "totals[1].voter_count", "berjumlah 231.485"),
    ("voter_count = 231485", 'voter_count = "231485"', "totals[1].voter_count", "bilangan bulat"),
    ("station_count = 925", "station_count = 525",
     "totals[1].station_count", "rata-ratanya 441 pemilih per TPS"),
    ('election = "pemilu-2024"', 'election = "pemilu-2019"', "totals[1].election", "yang dikenal"),
    ('election = "pilkada-2024"', 'election = "pemilu-2024"',
     "totals[2].election", "sudah dipakai oleh totals[1]"),
    ('code = "14.72.01"', 'code = "14.72.1"', "districts[1].code", "bentuknya harus NN.NN.NN"),
    ('code = "14.72.02"', 'code = "14.72.01"', "districts[2].code", "sudah dipakai oleh districts[1]"),
    ('code = "14.72.01"', 'code = "14.73.01"', "districts[1].code", "harus diawali 14.72."),
    ("14.72.01.1006", "1472011006", "districts[1].areas[2].code", "bentuknya harus NN.NN.NN.NNNN"),
    ("14.72.01.1006", "14.72.01.4006", "districts[1].areas[2].code", "bentuknya harus NN.NN.NN.NNNN"),
    ("14.72.01.1006", "14.72.02.1106", "districts[1].areas[2].code", "harus diawali 14.72.01."),
    ("14.72.01.1006", "14.72.01.1003",
     "districts[1].areas[2].code", "sudah dipakai oleh districts[1].areas[1]"),
    ('"Purnama"', '"Pangkalan Sesai"',
     "districts[1].areas[2].name", "sudah dipakai oleh districts[1].areas[1]"),
    ('code = "14.72.04.1006"\nreason', 'code = "14.72.04.1099"\nreason',
     "areas_without_polygon_known[3].code", "bukan kelurahan"),
    ("areas = [\n", "areas = [1,\n", "districts[1].areas", "tabel"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "rule"), BROKEN_REGION)
def test_broken_region_is_refused_in_one_sentence(regions: Path, old: str, new: str, key: str, rule: str) -> None:
    file = regions / "14.72" / "region.toml"
    edit(file, old, new)
    with pytest.raises(ProfileError) as caught:
        region_profile("14.72", folder=regions)
    message = str(caught.value)
    assert message.startswith(f"Berkas {file.as_posix()}: ")
    assert f"kunci {key} " in message
    assert rule in message
    assert re.search(r"; [a-z].+\.$", message), "the sentence ends with a way out"


def test_refusal_of_a_district_without_areas(regions: Path) -> None:
    file = regions / "14.72" / "region.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + '\n[[districts]]\ncode = "14.72.08"\nname = "Tanpa Kelurahan"\n', encoding="utf-8")
    with pytest.raises(ProfileError, match=r"districts\[8\]\.areas .*daftar yang tidak kosong"):
        region_profile("14.72", folder=regions)


def test_the_whole_sentence(regions: Path) -> None:
    file = regions / "14.72" / "region.toml"
    edit(file, "voter_count_male = 117782", "voter_count_male = 117728")
    with pytest.raises(ProfileError) as caught:
        region_profile("14.72", folder=regions)
    assert str(caught.value) == (
        f'Berkas {file.as_posix()}: nilai "231485" pada kunci totals[1].voter_count tidak diterima karena '
        "pemilih laki-laki 117.728 dan perempuan 113.703 berjumlah 231.431; "
        "cocokkan ketiga angka dengan keputusan KPU."
    )


def test_shipped_files_are_named_by_their_place_in_the_project() -> None:
    with pytest.raises(ProfileError, match=r'Kode wilayah "00\.71" .* data/regions/nasional/provinces\.toml'):
        region_profile("00.71")


def test_long_values_are_cut(regions: Path) -> None:
    edit(regions / "14.72" / "region.toml", 'kind = "kota"', f'kind = "{"k" * 200}"')
    with pytest.raises(ProfileError, match=r'nilai "k{59}…" pada'):
        region_profile("14.72", folder=regions)


@pytest.mark.parametrize("code", ["1472", "14.72.01", "", "Dumai", "14,72"])
@pytest.mark.parametrize("read", [region_profile, calendar, weights])
def test_codes_of_another_form_are_refused(read: object, code: str) -> None:
    assert callable(read)
    with pytest.raises(
        ProfileError, match=r"berbentuk NN\.NN, misalnya 14\.72 \(.*\); tulis kode itu dengan titik\.$"
    ):
        read(code)


def test_toml_that_breaks_off_is_located(regions: Path) -> None:
    edit(regions / "14.72" / "region.toml", 'name = "Kota Dumai"', 'name = "Kota Dumai')
    with pytest.raises(ProfileError, match=r"bukan TOML yang sah pada baris 2, kolom \d+; perbaiki"):
        region_profile("14.72", folder=regions)


def test_a_file_that_is_not_utf8_is_refused(regions: Path) -> None:
    (regions / "14.72" / "region.toml").write_bytes(b'name = "\xff"')
    with pytest.raises(ProfileError, match=r"bukan TOML yang sah; perbaiki .* UTF-8\.$"):
        region_profile("14.72", folder=regions)


def test_a_missing_file_is_refused(regions: Path) -> None:
    (regions / "nasional" / "provinces.toml").unlink()
    with pytest.raises(ProfileError, match=r"provinces\.toml tidak ada atau tidak dapat dibaca.*; pulihkan"):
        region_profile("36.71", folder=regions)


def test_provinces_are_checked(regions: Path) -> None:
    edit(regions / "nasional" / "provinces.toml", 'code = "36", name', 'code = "36", nama')
    with pytest.raises(ProfileError, match=r"kunci provinces\[16\]\.nama .* tidak dikenal"):
        region_profile("36.71", folder=regions)


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [("14", "Riau", "provinsi"), ("00", "Indonesia", "negara"), ("14.99", "Wilayah 14.99", "kota")],
)
def test_wide_regions_are_bare(code: str, name: str, kind: str) -> None:
    region = region_profile(code)
    assert (region.name, region.kind, region.areas, region.utm_epsg) == (name, kind, (), None)
