"""The backtest on anybody's files: how events find their areas, and what is refused with a whole sentence."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from lib.commands.parser import main
from lib.errors import ExternalDataError
from lib.grades.external import external_backtest

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS, ROWS, CELL_DEG = 5, 4, 0.02
AREA_COUNT = COLUMNS * ROWS


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    """Make half a year of events, more of them in areas with high numbers, some reported late."""
    generator = np.random.default_rng(3)
    area = generator.choice(
        AREA_COUNT, size=1500, p=np.arange(1, AREA_COUNT + 1) / (AREA_COUNT * (AREA_COUNT + 1) / 2)
    )
    day = np.sort(generator.integers(0, 180, size=1500))
    return pd.DataFrame(
        {
            "area": area,
            "tanggal": pd.Timestamp("2024-05-01") + pd.to_timedelta(day, unit="D"),
            "bujur": 101.4 + CELL_DEG * (area % COLUMNS) + generator.uniform(0.002, 0.018, 1500),
            "lintang": 1.6 + CELL_DEG * (area // COLUMNS) + generator.uniform(0.002, 0.018, 1500),
        }
    )


@pytest.fixture(scope="module")
def area_frame() -> gpd.GeoDataFrame:
    corner = [(101.4 + CELL_DEG * (k % COLUMNS), 1.6 + CELL_DEG * (k // COLUMNS)) for k in range(AREA_COUNT)]
    cells = [shapely.box(west, south, west + CELL_DEG, south + CELL_DEG) for west, south in corner]
    codes = [f"14.72.01.{k:04d}" for k in range(AREA_COUNT)]
    names = [f"Kelurahan {k}" for k in range(AREA_COUNT)]
    return gpd.GeoDataFrame({"nama": names, "kode_desa": codes}, geometry=cells, crs=4326)


@pytest.fixture
def area_file(area_frame: gpd.GeoDataFrame, tmp_path: Path) -> Path:
    area_frame.to_file(tmp_path / "area.gpkg")
    return tmp_path / "area.gpkg"


def write(table: pd.DataFrame, folder: Path, **options: object) -> Path:
    file = folder / "kejadian.csv"
    table.to_csv(file, index=False, **options)
    return file


def test_points_and_codes_give_the_same(events: pd.DataFrame, area_file: Path, tmp_path: Path) -> None:
    by_point = external_backtest(write(events[["tanggal", "bujur", "lintang"]], tmp_path), area_file)
    coded = events.assign(kode=[f"147201{k:04d}" for k in events["area"]])  # without the dots of the map
    by_code = external_backtest(write(coded[["tanggal", "kode"]], tmp_path), area_file)
    assert by_point.values() == by_code.values()
    assert by_point.event_count == 1500
    assert by_point.first_on == date(2024, 5, 1)


def test_the_figures_have_the_names_that_were_promised(
    events: pd.DataFrame, area_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(events.drop(columns="area"), tmp_path)
    command = ["ujibalik", "--kejadian", str(file), "--area", str(area_file), "--hari", "7"]
    assert main([*command, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    wanted = "n_area n_kejadian n_origin rps rps_ma8 skill skill_ci cakupan_50 cakupan_80 cakupan_95 hit10 hit10_ma8"
    assert set(wanted.split()) <= set(found)
    assert found["n_area"] == AREA_COUNT
    assert found["skill"] == pytest.approx(1 - found["rps"] / found["rps_ma8"])
    assert found["skill_ci"][0] < found["skill"] < found["skill_ci"][1]
    total = found["jumlah"]
    assert set(total) == {"skill", "cakupan_50", "cakupan_80", "cakupan_95", "bias"}
    assert 0 < total["cakupan_50"] < total["cakupan_80"] < total["cakupan_95"] <= 1
    assert total["bias"] == pytest.approx(1, abs=0.2)
    assert main(command) == 0
    said = capsys.readouterr().out
    assert "20 area, 1.500 kejadian" in said
    assert "Jumlah seluruh area: keunggulan" in said


def test_excel_in_indonesian_is_understood(events: pd.DataFrame, area_file: Path, tmp_path: Path) -> None:
    plain = external_backtest(write(events.drop(columns="area"), tmp_path), area_file)
    written = events.drop(columns="area").rename(columns=str.upper)
    written["TANGGAL"] = events["tanggal"].dt.strftime("%d/%m/%Y")
    file = write(written, tmp_path, sep=";", decimal=",", encoding="utf-8-sig")
    assert external_backtest(file, area_file).values() == plain.values()


def test_other_formats_and_systems(
    events: pd.DataFrame, area_frame: gpd.GeoDataFrame, area_file: Path, tmp_path: Path
) -> None:
    file = write(events.drop(columns="area"), tmp_path)
    plain = external_backtest(file, area_file).values()
    area_frame.to_file(tmp_path / "area.geojson")
    area_frame.to_crs(32647).to_file(tmp_path / "area.shp")
    assert external_backtest(file, tmp_path / "area.geojson").values() == plain
    assert external_backtest(file, tmp_path / "area.shp").values() == plain


def test_features_of_one_code_are_one_area(
    events: pd.DataFrame, area_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    merged = area_frame.assign(kode_desa=[f"{k // 2:04d}" for k in range(AREA_COUNT)])
    merged.to_file(tmp_path / "dua.gpkg")
    file = write(events.drop(columns="area"), tmp_path)
    found = external_backtest(file, tmp_path / "dua.gpkg", code_column="kode_desa")
    assert found.result.area_count == AREA_COUNT // 2
    assert found.event_count == 1500


def test_late_reports_and_the_last_day(events: pd.DataFrame, area_file: Path, tmp_path: Path) -> None:
    delay = np.random.default_rng(1).geometric(0.4, len(events)) - 1
    late = events.assign(tanggal_laporan=events["tanggal"] + pd.to_timedelta(delay, unit="D"))
    found = external_backtest(write(late.drop(columns="area"), tmp_path), area_file, as_of=date(2024, 10, 1))
    assert found.last_on == date(2024, 10, 1)
    known = late["tanggal_laporan"] <= "2024-10-01"
    assert found.event_count == known.sum()


def test_days_after_the_last_report_are_not_graded(
    events: pd.DataFrame, area_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(events.drop(columns="area"), tmp_path)
    plain = external_backtest(file, area_file)
    later = external_backtest(file, area_file, as_of=date(2025, 3, 1))
    assert later.last_on == plain.last_on == events["tanggal"].max().date()
    assert later.clipped
    assert {**later.values(), "catatan": []} == plain.values()
    assert main(["ujibalik", "--kejadian", str(file), "--area", str(area_file), "--per", "2025-03-01"]) == 0
    assert "hari laporan terakhir" in capsys.readouterr().out


def test_few_events_allow_no_skill(
    events: pd.DataFrame, area_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(events.drop(columns="area").iloc[::50], tmp_path)
    command = ["ujibalik", "--kejadian", str(file), "--area", str(area_file)]
    assert main([*command, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["skill"] is None
    assert found["skill_ci"] is None
    assert found["catatan"] == ["terlalu sedikit kejadian untuk dinilai."]
    assert main(command) == 0
    assert "Keunggulan: terlalu sedikit kejadian untuk dinilai." in capsys.readouterr().out


def test_what_has_no_area_or_date_is_counted(events: pd.DataFrame, area_file: Path, tmp_path: Path) -> None:
    lame = events.drop(columns="area").astype(object)
    lame.loc[3, "tanggal"] = ""
    lame.loc[4, "bujur"] = ""
    lame.loc[5, "lintang"] = 44.0
    found = external_backtest(write(lame, tmp_path), area_file)
    assert (found.event_count, found.dropped_count) == (1497, 3)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.drop(columns="tanggal"), "tidak memiliki kolom “tanggal”"),
        (lambda t: t.drop(columns="bujur"), "harus memiliki kolom “bujur” dan “lintang”, atau kolom “kode”"),
        (lambda t: t.assign(tanggal="kemarin"), "Tanggal “kemarin” pada kolom “tanggal” baris 2"),
        (lambda t: t.assign(tanggal="03/04/2024"), "Urutan hari dan bulan"),
        (lambda t: t.assign(bujur="seratus satu"), "“seratus satu” pada kolom “bujur” baris 2"),
        (lambda t: t.assign(tanggal_laporan="2020-01-01"), "lebih awal daripada tanggal kejadian"),
        (lambda t: t.assign(bujur=10.0), "Tidak ada kejadian"),
        (lambda t: t[t["tanggal"] < "2024-07-01"], "Uji balik memerlukan sedikitnya 119 hari"),
        (lambda t: t[["tanggal"]].assign(kode="zzz"), "--kolom-kode NAMA"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_whole_sentence(
    events: pd.DataFrame, area_file: Path, tmp_path: Path, change: object, words: str
) -> None:
    file = write(change(events.drop(columns="area")), tmp_path)  # type: ignore[operator]
    with pytest.raises(ExternalDataError, match=r"\.$") as raised:
        external_backtest(file, area_file)
    assert words in str(raised.value)


def test_unusable_maps_and_files_end_with_code_two(
    events: pd.DataFrame, area_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(events.drop(columns="area"), tmp_path)
    (tmp_path / "rusak.gpkg").write_bytes(b"bukan peta")
    points = gpd.GeoDataFrame({"kode": ["a"]}, geometry=[shapely.Point(101, 1)], crs=4326)
    points.to_file(tmp_path / "titik.gpkg")
    for events_name, area_name, words in (
        (file.name, "rusak.gpkg", "bukan berkas batas"),
        (file.name, "titik.gpkg", "poligon"),
        (file.name, "tiada.gpkg", "tidak"),
        ("tiada.csv", area_file.name, "tidak ditemukan"),
    ):
        command = ["ujibalik", "--kejadian", str(tmp_path / events_name), "--area", str(tmp_path / area_name)]
        assert main(command) == 2
        said = capsys.readouterr().err
        assert words in said
        assert said.rstrip().endswith(".")
    assert main(["ujibalik", "--kejadian", str(file), "--area", str(area_file), "--kolom-kode", "xyz"]) == 2
    assert "“xyz”" in capsys.readouterr().err
