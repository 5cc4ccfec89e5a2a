"""Where rows lie: by point or by statement, on the boundaries in force, and again on new or earlier ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from data.store import queries
from lib.intake.boundaries import import_boundaries
from lib.intake.undo import undo_import
from lib.rules.regions import AreaFact, Region
from tests.city import (
    ANGGREK,
    AREAS,
    BAKUNG,
    CEMPAKA,
    DAHLIA,
    ELECTION,
    FLAMBOYAN,
    REGION,
    REGION_CODE,
    SIDE,
    at,
    incident,
    middle,
    station,
    write_boundaries,
)
from tests.officers import officer
from tests.steps import areas_of, assert_sound, counts, known, rows, take_in, take_in_stations

if TYPE_CHECKING:
    from pathlib import Path

    from data.store.lake import Lake

NO_PLACE = {"kode_kelurahan": None, "kelurahan": None, "kecamatan": None}
LINES = [at(ANGGREK, id_sumber="K-1"), incident(id_sumber="K-3", **NO_PLACE | {"kecamatan": "Selatan"})]


def test_new_boundaries_place_every_row_again_and_undoing_brings_the_old_back(city: Lake, tmp_path: Path) -> None:
    old = queries.areas(city, REGION_CODE)["import_id"].iloc[0]
    points = [at(code, id_sumber=code, kode_kelurahan=None, kelurahan=None, kecamatan=None) for code in AREAS]
    take_in(city, points)
    take_in_stations(city, [station(lintang=middle(ANGGREK)[1], bujur=middle(ANGGREK)[0])])
    assert areas_of(city) == {code: code for code in AREAS}

    moved = write_boundaries(tmp_path / "baru.geojson", shift=SIDE)  # every area one place further east
    new = import_boundaries(city, REGION, moved, actor=officer())
    assert areas_of(city) == {
        ANGGREK: None, BAKUNG: ANGGREK, CEMPAKA: BAKUNG, DAHLIA: None,
        "19.99.02.1002": DAHLIA, FLAMBOYAN: "19.99.02.1002",
    }  # fmt: skip
    assert known(city)["method"].value_counts().to_dict() == {"inside": 4, "outside": 2}
    tps = queries.stations(city, REGION_CODE, ELECTION).iloc[0]
    assert (tps["area_code"], tps["method"]) == (ANGGREK, "outside")  # a TPS is where KPU says
    take_in(city, [at(FLAMBOYAN, id_sumber="baru", kode_kelurahan=None, kelurahan=None, kecamatan=None)])
    assert areas_of(city)["baru"] == "19.99.02.1002"

    undo_import(city, REGION, new.import_id, reason="salah", actor=officer())
    assert queries.areas(city, REGION_CODE)["import_id"].unique().tolist() == [old]
    assert areas_of(city) == {code: code for code in AREAS} | {"baru": FLAMBOYAN}
    assert rows(city, "SELECT count(*) FROM location WHERE boundary_import_id = ? GROUP BY kind ORDER BY 1", old) == [
        (1,),
        (7,),
    ]
    assert_sound(city)


def test_undoing_the_only_boundaries_leaves_rows_without_a_map(city: Lake) -> None:
    take_in(city, LINES)
    only = queries.areas(city, REGION_CODE)["import_id"].iloc[0]
    undo_import(city, REGION, only, reason="salah", actor=officer())
    assert queries.areas(city, REGION_CODE).empty
    assert known(city).empty
    state = queries.data_state(city, REGION_CODE)
    assert (state["incident_count"], state["area_count"]) == (2, 0)
    assert_sound(city)


# Where rows lie: name -> (line, area, method, basis, disagrees).

LONGITUDE, LATITUDE = middle(ANGGREK)
POINT = {"lintang": LATITUDE, "bujur": LONGITUDE}
NEAR_EAST = {"lintang": LATITUDE, "bujur": 105.92 - 0.0002}  # some 22 m from Bakung
FAR = {"lintang": -3.2, "bujur": 105.5}  # some 55 km away
PLACED = {
    "by its point alone": (incident(**NO_PLACE, **POINT), ANGGREK, "inside", "point", False),
    "point and statement agree": (at(ANGGREK), ANGGREK, "inside", "point", False),
    "point and statement disagree": (at(BAKUNG, **POINT), ANGGREK, "inside", "point", True),
    "a known street follows the point": (at(BAKUNG, **POINT, presisi="rt"), ANGGREK, "inside", "point", True),
    "a known kelurahan follows the statement": (
        at(BAKUNG, **POINT, presisi="kelurahan"), BAKUNG, "inside", "stated", True,
    ),
    "a point for the whole kelurahan, nothing stated": (
        incident(**NO_PLACE, **POINT, presisi="kelurahan"), ANGGREK, "inside", "point", False,
    ),
    "by statement without a point": (incident(), ANGGREK, "no_coordinate", "stated", False),
    "a known kecamatan counts for no area": (
        incident(**NO_PLACE | {"kecamatan": "Utara"}), None, "no_coordinate", None, False,
    ),
    "a known kecamatan with a point": (
        incident(**NO_PLACE | {"kecamatan": "Utara"}, **POINT, presisi="kecamatan"), None, "inside", None, False,
    ),
    "a known kecamatan with a kelurahan": (incident(presisi="kecamatan"), None, "no_coordinate", None, False),
    "known to the region only": (incident(presisi="kabupaten", **POINT), None, "inside", None, False),
    "outside with a statement": (at(BAKUNG, **FAR), BAKUNG, "outside", "stated", False),
    "outside without a statement": (incident(**NO_PLACE, **FAR), None, "outside", None, False),
    "near a border": (at(ANGGREK, **NEAR_EAST), ANGGREK, "border", "point", False),
    "near a border, the neighbour stated": (at(BAKUNG, **NEAR_EAST), ANGGREK, "border", "point", True),
}  # fmt: skip


def test_the_area_that_counts(city: Lake) -> None:
    lines = [line | {"id_sumber": name} for name, (line, *_) in PLACED.items()]
    assert counts(take_in(city, lines)) == (len(PLACED), len(PLACED), 0, 0)
    found = known(city)
    columns = ["area_code", "method", "basis", "disagrees"]
    placed = {
        str(name): tuple(None if pd.isna(cell) else cell for cell in values)
        for name, values in zip(found.index, found[columns].to_numpy(dtype=object), strict=True)
    }
    assert placed == {name: expected for name, (_, *rest) in PLACED.items() if (expected := tuple(rest))}
    assert found.loc["near a border", "distance_m"] == pytest.approx(22.2, abs=0.5)
    assert found.loc["a known kecamatan counts for no area", "district_code"] == "19.99.01"
    assert pd.isna(found.loc["known to the region only", "district_code"])


def test_a_stated_area_without_a_polygon_holds(city: Lake, tmp_path: Path) -> None:
    """Bakung's ground is drawn as no one's, so no point may take its rows away."""
    known_areas = write_boundaries(tmp_path / "tanpa.geojson", without=[BAKUNG])
    import_boundaries(city, with_known_areas(), known_areas, actor=officer())
    areas = queries.areas(city, REGION_CODE).set_index("area_code")
    assert len(areas) == 6
    assert areas.loc[BAKUNG, "geometry"] is None or pd.isna(areas.loc[BAKUNG, "geometry"])
    assert queries.data_state(city, REGION_CODE)["without_polygon_count"] == 1
    take_in(city, [at(BAKUNG, id_sumber="1"), at(BAKUNG, id_sumber="2", **POINT)])
    take_in_stations(city, [station(kode_kelurahan=BAKUNG, kelurahan="Bakung", **POINT)])
    assert areas_of(city) == {"1": BAKUNG, "2": BAKUNG}
    assert known(city)["disagrees"].tolist() == [False, False]
    assert queries.stations(city, REGION_CODE, ELECTION)["area_code"].tolist() == [BAKUNG]


def test_a_station_follows_its_statement(city: Lake) -> None:
    take_in_stations(
        city, [station(kode_kelurahan=BAKUNG, kelurahan="Bakung", **POINT), station(no_tps="2", **POINT)]
    )
    found = queries.stations(city, REGION_CODE, ELECTION)
    assert found[["area_code", "method", "disagrees"]].to_numpy().tolist() == [
        [ANGGREK, "inside", False],
        [BAKUNG, "inside", True],
    ]
    voters = queries.voters(city, REGION_CODE, ELECTION)
    assert voters.to_numpy().tolist() == [[ANGGREK, 1, 491], [BAKUNG, 1, 491]]
    assert queries.voters(city, REGION_CODE, "pilkada-1999").empty


def test_stations_and_reports_of_an_area_that_is_no_more_count_for_none(city: Lake, tmp_path: Path) -> None:
    take_in_stations(city, [station(), station(kode_kelurahan=BAKUNG, kelurahan="Bakung")])
    take_in(city, [incident(id_sumber="1", kode_kelurahan=BAKUNG, kelurahan="Bakung"), at(BAKUNG, id_sumber="2")])
    fewer = write_boundaries(tmp_path / "kurang.geojson", without=[BAKUNG])
    import_boundaries(city, REGION, fewer, actor=officer())
    assert queries.voters(city, REGION_CODE, ELECTION)["area_code"].tolist() == [ANGGREK]
    assert areas_of(city) == {"1": None, "2": None}
    assert known(city)["district_code"].tolist() == ["19.99.01"] * 2
    assert_sound(city)


def test_voters_are_unknown_where_no_station_tells_them(city: Lake) -> None:
    take_in_stations(city, [station(dpt_l=None, dpt_p=None), station(no_tps="2", dpt_p=None)])
    voters = queries.voters(city, REGION_CODE, ELECTION)
    assert voters["station_count"].tolist() == [2]
    assert voters["voter_count"].isna().all()


def with_known_areas() -> Region:
    """Give the region as a profile that lists its areas would."""
    facts = tuple(
        AreaFact(code, name, "kelurahan", code[:8], district, "") for code, (name, district, *_) in AREAS.items()
    )
    return replace(REGION, areas=facts)
