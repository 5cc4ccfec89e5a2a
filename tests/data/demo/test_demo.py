"""The fictional city is a map, its simulated election plausible, and both the same every time."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from scipy.spatial import cKDTree

from data.demo.city import make_city
from data.demo.files import DemoFiles, boundaries_text, write_demo
from data.demo.ground import lay_out
from data.demo.incidents import simulate_incidents
from data.demo.process import OFFSPRING, self_exciting
from data.demo.scenario import INDICATORS, STAGE_WEIGHTS
from data.demo.stations import simulate_stations
from data.demo.terrain import looks_surveyed

if TYPE_CHECKING:
    from pathlib import Path

UTM = "EPSG:32748"
TODAY, VOTING_DAY = date(2031, 10, 23), date(2031, 11, 19)
WORDS = ("Pantai", "Pasar", "Bukit", "Sungai", "Taman", "Suka")
DISTRICTS = ("Kota Tengah", "Pesisir Barat", "Hulu", "Timur", "Selatan", "Tanjung Utara", "Seberang")
NAMES = [
    (f"99.71.{d:02d}.{1000 + a}", f"{word} {district}", f"99.71.{d:02d}", district)
    for d, district in enumerate(DISTRICTS, 1)
    for a, word in enumerate(WORDS, 1)
]


@pytest.fixture(scope="module")
def city() -> gpd.GeoDataFrame:
    return make_city(NAMES)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoFiles:
    return write(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def incidents(demo: DemoFiles) -> pd.DataFrame:
    return read(demo.incidents)


@pytest.fixture(scope="module")
def stations(demo: DemoFiles) -> pd.DataFrame:
    return read(demo.stations)


def write(folder: Path) -> DemoFiles:
    return write_demo(folder, names=NAMES, election_code="uji", voting_day=VOTING_DAY, today=TODAY)


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def points_m(rows: pd.DataFrame, utm: str = UTM) -> gpd.GeoSeries:
    placed = rows[rows["lintang"] != ""]
    points = gpd.points_from_xy(placed["bujur"].astype(float), placed["lintang"].astype(float), crs="EPSG:4326")
    return gpd.GeoSeries(points, index=placed.index).to_crs(utm)


def close_pairs(xy: np.ndarray, day: np.ndarray, *, within_m: float, within_days: float) -> int:
    one, other = cKDTree(xy).query_pairs(within_m, output_type="ndarray").T
    return int((np.abs(day[one] - day[other]) <= within_days).sum())


def shuffled_pairs(xy: np.ndarray, day: np.ndarray, **reach: float) -> list[int]:
    rng = np.random.default_rng(0)
    return [close_pairs(xy, rng.permutation(day), **reach) for _ in range(39)]


# The city


def test_city_is_a_map_without_gap_or_overlap(city: gpd.GeoDataFrame) -> None:
    assert shapely.coverage_is_valid(city.geometry.to_numpy())
    whole = shapely.union_all(city.geometry.to_numpy())
    assert whole.geom_type == "Polygon"
    assert not len(whole.interiors)
    assert (city.geometry.geom_type == "Polygon").all()
    assert city.geometry.is_valid.all()
    assert city.to_crs(UTM).geometry.map(looks_surveyed).all()
    vertices = shapely.get_coordinates(city.geometry.to_numpy())
    assert (vertices == vertices.round(6)).all()


def test_city_has_the_size_of_a_city_and_small_areas_in_its_middle(city: gpd.GeoDataFrame) -> None:
    metres = city.to_crs(UTM)
    west, south, east, north = metres.total_bounds
    assert 18_000 < east - west < 24_000
    assert 14_000 < north - south < 18_000
    size = metres.area.sort_values() / 1e6
    assert size.iloc[0] < 1.5
    assert size.iloc[-1] > 8
    smallest = metres.loc[size.index[:8]]
    assert smallest.union_all().convex_hull.area < metres.area.sum() / 3
    vertices = city.geometry.count_coordinates()
    assert 100 < vertices.median() < 200
    assert vertices.max() < 400


def test_districts_are_connected_and_keep_their_names(city: gpd.GeoDataFrame) -> None:
    columns = ["area_code", "area_name", "district_code", "district_name"]
    assert list(city[columns].itertuples(index=False, name=None)) == NAMES
    districts = city.dissolve("district_code")
    assert len(districts) == 7
    assert (districts.geometry.geom_type == "Polygon").all()
    assert (city.groupby("district_code").size() == 6).all()


def test_names_lie_where_their_words_say(city: gpd.GeoDataFrame) -> None:
    middles = city.assign(x=city.geometry.representative_point().x, y=city.geometry.representative_point().y)
    by_district = middles.groupby("district_name")[["x", "y"]].mean()
    assert by_district.loc["Pesisir Barat", "x"] < by_district["x"].median()
    assert by_district.loc["Selatan", "y"] < by_district["y"].median()
    assert by_district.loc["Tanjung Utara", "y"] > by_district["y"].median()
    size = city.to_crs(UTM).area.groupby(city["district_name"]).mean()
    assert size.idxmin() == "Kota Tengah"


@pytest.mark.parametrize("seed", [1, 2])
def test_other_seeds_make_other_cities(city: gpd.GeoDataFrame, seed: int) -> None:
    other = make_city(NAMES, seed=seed)
    assert shapely.coverage_is_valid(other.geometry.to_numpy())
    assert (other.dissolve("district_code").geometry.geom_type == "Polygon").all()
    assert not other.geometry.geom_equals(city.geometry).any()


def test_city_refuses_names_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="7 districts of 6"):
        make_city(NAMES[:-1])
    with pytest.raises(ValueError, match="not distinct"):
        make_city([*NAMES[:-1], NAMES[0]])


# The files


def test_files_are_the_same_bytes_each_time(demo: DemoFiles, tmp_path: Path) -> None:
    again = write(tmp_path)
    for one, other in (
        (demo.boundaries, again.boundaries),
        (demo.stations, again.stations),
        (demo.incidents, again.incidents),
    ):
        assert one.read_bytes() == other.read_bytes()
        assert b"\r" not in one.read_bytes()
        assert "simulasi" in one.name


def test_boundaries_come_back_as_they_were(demo: DemoFiles, city: gpd.GeoDataFrame) -> None:
    rows = gpd.read_file(demo.boundaries)
    read_back = rows[rows["jenis"] == "kelurahan"]
    assert list(read_back["kode"]) == list(city["area_code"])
    assert read_back.geometry.geom_equals(city.geometry).all()
    assert shapely.coverage_is_valid(read_back.geometry.to_numpy())
    feature = json.loads(boundaries_text(city))["features"][0]
    assert list(feature["properties"]) == ["kode", "nama", "kecamatan", "kode_kecamatan", "jenis", "penanda"]


def test_the_boundary_file_states_the_sea_and_no_area_lies_in_it(demo: DemoFiles, city: gpd.GeoDataFrame) -> None:
    rows = gpd.read_file(demo.boundaries)
    (sea,) = rows.geometry[rows["jenis"] == "laut"]
    land = city.union_all()
    assert sea.is_valid
    assert shapely.area(shapely.intersection(sea, land)) < 1e-4 * land.area
    assert sea.distance(land) < 1e-6  # some areas lie on the coast


def test_every_row_says_that_it_is_simulated(
    demo: DemoFiles, stations: pd.DataFrame, incidents: pd.DataFrame
) -> None:
    assert (gpd.read_file(demo.boundaries)["penanda"] == "DATA SIMULASI").all()
    assert (stations["penanda"] == "DATA SIMULASI").all()
    assert (incidents["penanda"] == "DATA SIMULASI").all()
    for texts in (stations["lokasi"], incidents["uraian"], incidents["sumber"]):
        assert texts.str.endswith("(simulasi)").all()


def test_files_are_plain_csv(demo: DemoFiles) -> None:
    with demo.incidents.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert {len(line) for line in lines} == {16}


# The stations


def test_stations_add_up_and_stay_below_the_limit(stations: pd.DataFrame, city: gpd.GeoDataFrame) -> None:
    voters = stations["dpt_l"].astype(int) + stations["dpt_p"].astype(int)
    assert len(stations) == 520
    assert voters.sum() == 214_000
    assert voters.max() <= 600
    assert voters.groupby(stations["kode_kelurahan"]).mean().min() >= 100
    assert set(stations["kode_kelurahan"]) == set(city["area_code"])
    numbers = stations.groupby("kode_kelurahan")["no_tps"].agg(list)
    assert all(found == [f"{n:03d}" for n in range(1, len(found) + 1)] for found in numbers)
    assert not stations.duplicated(["kode_kelurahan", "lokasi"]).any()


def test_small_areas_are_dense(stations: pd.DataFrame, city: gpd.GeoDataFrame) -> None:
    voters = (stations["dpt_l"].astype(int) + stations["dpt_p"].astype(int)).groupby(stations["kode_kelurahan"])
    size = city.to_crs(UTM).area.set_axis(city["area_code"])
    density = voters.sum() / size
    assert density.corr(size, method="spearman") < -0.5


def test_stations_lie_in_their_areas(stations: pd.DataFrame, city: gpd.GeoDataFrame) -> None:
    area = city.to_crs(UTM).set_index("area_code").geometry
    own = gpd.GeoSeries(area.loc[stations["kode_kelurahan"]].to_numpy(), crs=UTM)
    points = points_m(stations)
    assert points.within(own).all()
    assert (points.distance(own.boundary) > 15).all()
    assert not points.duplicated().any()


def test_few_stations_are_graded_dangerous(stations: pd.DataFrame) -> None:
    share = stations["kelas_polri"].value_counts(normalize=True)
    assert share["kurang rawan"] > 0.75
    assert 0 < share["sangat rawan"] < share["rawan"]
    indicators = stations.filter(regex=r"^V\d\.\d$")
    assert list(indicators) == list(INDICATORS)
    assert set(np.unique(indicators)) == {"", "tidak", "ya"}


def test_stations_follow_given_counts(city: gpd.GeoDataFrame) -> None:
    counts = {code: number % 4 for number, code in enumerate(city["area_code"])}
    made = simulate_stations(
        city, total_voters=15_000, station_count=0, max_voters=300, election_code="uji", seed=1,
        station_counts_by_area=counts,
    )  # fmt: skip
    assert made.groupby("kode_kelurahan").size().to_dict() == {c: n for c, n in counts.items() if n}
    assert (made["dpt_l"] + made["dpt_p"]).sum() == 15_000
    with pytest.raises(ValueError, match="lacks a number"):
        simulate_stations(
            city, total_voters=100, station_count=0, max_voters=300, election_code="uji", seed=1,
            station_counts_by_area={},
        )  # fmt: skip


# The incidents


def test_nothing_is_known_before_it_is_reported(incidents: pd.DataFrame) -> None:
    happened = pd.to_datetime(incidents["tanggal_kejadian"])
    reported = pd.to_datetime(incidents["tanggal_laporan"].replace("", None))
    assert len(incidents) == 1_500
    assert incidents["id_sumber"].is_unique
    assert happened.min() >= pd.Timestamp(TODAY - timedelta(days=199))
    assert max(happened.max(), reported.max()) <= pd.Timestamp(TODAY)
    assert 0.02 < reported.isna().mean() < 0.05
    delay = (reported - happened).dt.days.dropna()
    assert delay.min() == 0
    assert 1.5 < delay.mean() < 2.5


def test_reports_have_the_heads_and_words_of_the_import(incidents: pd.DataFrame) -> None:
    assert ",".join(incidents.columns) == (
        "id_sumber,tanggal_kejadian,jam,tanggal_laporan,kategori,keparahan,uraian,kode_kelurahan,kelurahan,"
        "kecamatan,lintang,bujur,presisi,sumber,status,penanda"
    )
    assert set(incidents["kategori"]) <= set(STAGE_WEIGHTS)
    assert set(incidents["presisi"]) == {"titik", "rt", "kelurahan", "kecamatan"}
    assert incidents["jam"].str.fullmatch(r"([01]\d|2[0-3]):[0-5]\d|").all()
    assert incidents.loc[incidents["lintang"] != "", "lintang"].str.fullmatch(r"-?\d+\.\d{6}").all()
    severity = incidents["keparahan"].value_counts()
    assert set(severity.index) == set("12345")
    assert 2 <= severity["5"] <= 4
    share = incidents["status"].value_counts(normalize=True)
    expected = {"terverifikasi": 0.55, "masuk": 0.33, "tidak_dapat_dipastikan": 0.07, "ditolak": 0.05}
    assert share.to_dict() == pytest.approx(expected, abs=0.04)
    recent = incidents["tanggal_laporan"] > (TODAY - timedelta(days=10)).isoformat()
    new = incidents["status"] == "masuk"
    assert new[recent].mean() > 1.5 * new[~recent].mean()


def test_categories_follow_the_calendar(incidents: pd.DataFrame) -> None:
    campaign = incidents["tanggal_kejadian"] >= (VOTING_DAY - timedelta(days=56)).isoformat()
    banners = incidents["kategori"] == "APK"
    lists = incidents["kategori"] == "DPT"
    assert banners[campaign].mean() > 2 * banners[~campaign].mean()
    assert lists[~campaign].mean() > 1.5 * lists[campaign].mean()


def test_places_have_ordinary_faults(incidents: pd.DataFrame, city: gpd.GeoDataFrame) -> None:
    points = points_m(incidents)
    assert 0.08 < 1 - len(points) / len(incidents) < 0.16
    areas = city.to_crs(UTM)
    found = gpd.sjoin(gpd.GeoDataFrame(geometry=points), areas, predicate="within", how="left")
    outside = found["area_code"].isna()
    assert 5 <= outside.sum() <= 15
    assert (incidents.loc[found.index[outside], "kelurahan"] != "").all()
    stated = incidents.loc[found.index, "kelurahan"]
    assert 5 <= ((stated != found["area_name"]) & ~outside).sum() <= 15
    assert (points.distance(areas.boundary.union_all()) < 50).sum() >= 5


def test_some_areas_are_silent_and_two_flare(incidents: pd.DataFrame, city: gpd.GeoDataFrame) -> None:
    stated = incidents.loc[incidents["kelurahan"] != "", "kelurahan"]
    count = stated.value_counts().reindex(city["area_name"], fill_value=0)
    assert 3 <= (count == 0).sum() <= 5
    assert 3 <= count.between(1, 3).sum() <= 6
    assert count.max() > 2.5 * count.mean()
    recent = incidents["tanggal_kejadian"] > (TODAY - timedelta(days=35)).isoformat()
    late = incidents[recent]["kelurahan"].value_counts().reindex(count.index, fill_value=0)
    early = count - late
    flare = late - early * recent.sum() / (~recent).sum()
    assert (flare.nlargest(2) > 4 * np.sqrt(late[flare.nlargest(2).index])).all()


def test_incidents_follow_one_another(incidents: pd.DataFrame) -> None:
    points = points_m(incidents[incidents["presisi"] != "kelurahan"])
    xy = np.column_stack([points.x, points.y])
    day = pd.to_datetime(incidents.loc[points.index, "tanggal_kejadian"]).map(pd.Timestamp.toordinal).to_numpy()
    reach = {"within_m": 800.0, "within_days": 5.0}
    assert close_pairs(xy, day, **reach) > 1.15 * max(shuffled_pairs(xy, day, **reach))


def test_excitation_alone_makes_close_pairs() -> None:
    boxes = [
        shapely.box(x, y, x + 2_000, y + 2_000) for x in range(0, 12_000, 2_000) for y in range(0, 12_000, 2_000)
    ]
    names = [f"{i:02d}" for i in range(len(boxes))]
    areas = gpd.GeoDataFrame(
        {"area_code": names, "area_name": names, "district_name": "A"},
        geometry=shapely.transform(boxes, lambda xy: np.add(xy, (690_000, 9_558_000))),
        crs=UTM,
    )
    events = self_exciting(lay_out(areas), np.full((36, 200), 900 / 7_200), flares=(), rng=np.random.default_rng(3))
    born = events.parent >= 0
    assert born.mean() == pytest.approx(OFFSPRING, abs=0.06)
    assert (events.day[born] > events.day[events.parent[born]]).all()
    inside = ~events.outside
    reach = {"within_m": 800.0, "within_days": 5.0}
    xy, day = events.points[inside], events.day[inside]
    assert close_pairs(xy, day, **reach) > 1.1 * max(shuffled_pairs(xy, day, **reach))


def test_order_of_areas_does_not_matter(city: gpd.GeoDataFrame) -> None:
    voters = dict.fromkeys(city["area_code"], 5_000)
    options = {
        "voters_by_area": voters, "start": TODAY - timedelta(days=60), "end": TODAY, "voting_day": VOTING_DAY,
        "count": 200, "seed": 5, "categories": {"PU": ("serangan fajar",), "KODE-BARU": ()},
    }  # fmt: skip
    one = simulate_incidents(city, **options)
    other = simulate_incidents(city.sample(frac=1.0, random_state=1), **options)
    pd.testing.assert_frame_equal(one, other)
    assert set(one["kategori"]) == {"PU", "serangan fajar", "KODE-BARU"}


@pytest.mark.parametrize("voting_day", [date(2031, 1, 1), date(2031, 6, 1), date(2033, 1, 1)])
@pytest.mark.parametrize("count", [1, 7, 90])
def test_any_count_and_time_is_met(city: gpd.GeoDataFrame, count: int, voting_day: date) -> None:
    made = simulate_incidents(
        city, voters_by_area=dict.fromkeys(city["area_code"], 900), start=date(2031, 5, 1),
        end=date(2031, 6, 9), voting_day=voting_day, count=count, seed=count,
    )  # fmt: skip
    assert len(made) == count
    assert made["tanggal_laporan"].max() <= "2031-06-09"


def test_incidents_refuse_nonsense(city: gpd.GeoDataFrame) -> None:
    voters = dict.fromkeys(city["area_code"], 900)
    with pytest.raises(ValueError, match="end lies before start"):
        simulate_incidents(
            city, voters_by_area=voters, start=TODAY, end=TODAY - timedelta(days=1), voting_day=VOTING_DAY,
            count=5, seed=1,
        )  # fmt: skip
    with pytest.raises(ValueError, match="without number of voters"):
        simulate_incidents(city, voters_by_area={}, start=TODAY, end=TODAY, voting_day=VOTING_DAY, count=5, seed=1)
