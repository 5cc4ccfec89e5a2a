"""Files of places: every row comes through as text, with its place in degrees, whatever the file calls it."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import BoundaryError
from geo.files.points import PointTable, read_points

PLACES = [(101.4, 1.6), (101.45, 1.65), (101.5, -1.7)]


def places(**columns: list[object]) -> gpd.GeoDataFrame:
    content = {"id_sumber": ["K-1", "K-2", "K-3"], "Keparahan": [3, 4, 5]} | columns
    return gpd.GeoDataFrame(content, geometry=[shapely.Point(place) for place in PLACES], crs=4326)


def read(path: Path, **options: Any) -> PointTable:
    return read_points(path, **({"limits_vertices": 1000} | options))


def refusal(path: Path, **options: Any) -> BoundaryError:
    with pytest.raises(BoundaryError) as caught:
        read(path, **options)
    assert caught.value.facts["file"] == path.name
    return caught.value


def coordinates(found: PointTable) -> list[tuple[float | None, float | None]]:
    pairs = zip(found.table["bujur"].to_pylist(), found.table["lintang"].to_pylist(), strict=True)
    return [(None, None) if x is None else (float(x), float(y)) for x, y in pairs]


def zipped(path: Path) -> None:
    places().to_file(path.with_suffix(".shp"))
    with zipfile.ZipFile(path, "w") as archive:
        for part in path.parent.glob("*.[spd][hbr][pxfj]"):
            archive.write(part, part.name)


WRITERS: dict[str, Callable[[Path], None]] = {
    "titik.gpkg": lambda path: places().to_file(path),
    "titik.geojson": lambda path: places().to_file(path),
    "titik.zip": zipped,
    "titik.fgb": lambda path: places().to_file(path, SPATIAL_INDEX="NO"),
    "titik.parquet": lambda path: places().to_parquet(path),
    "titik.kml": lambda path: places().to_file(path, driver="LIBKML"),
    "titik.kmz": lambda path: places().to_file(path, driver="LIBKML", layer="kejadian"),
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_format(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name)
    found = read(tmp_path / name)
    assert coordinates(found) == PLACES
    assert found.table["id_sumber"].to_pylist() == ["K-1", "K-2", "K-3"]
    assert found.table["Keparahan"].to_pylist() == ["3", "4", "5"]
    assert {str(column.type) for column in found.table.columns} == {"string"}
    assert (found.crs_name, found.crs_assumed, found.shape_count, found.empty_count) == ("EPSG:4326", False, 0, 0)


def test_values_stay_as_they_stand(tmp_path: Path) -> None:
    frame = places(
        tanggal=["2024-11-05", None, "5/11/2024"],
        kode=["1472011003", "0012", ""],
        ya=[True, False, None],
        angka=[1.5, float("nan"), 2.0],
        waktu=["2024-11-05T08:30:00Z", None, None],
    )
    (tmp_path / "a.geojson").write_text(frame.to_json())
    table = read(tmp_path / "a.geojson").table.to_pydict()
    assert table["tanggal"] == ["2024-11-05", None, "5/11/2024"]
    assert table["kode"] == ["1472011003", "0012", ""]
    assert table["ya"] == ["true", "false", None]
    assert table["angka"] == ["1.5", None, "2"]
    assert table["waktu"] == ["2024-11-05T08:30:00Z", None, None]


def test_rows_without_a_place_are_kept(tmp_path: Path) -> None:
    frame = places()
    frame["geometry"] = [None, shapely.Point(), shapely.Point(101.5, 1.7)]
    (tmp_path / "a.geojson").write_text(frame.to_json())
    frame.to_file(tmp_path / "a.gpkg")
    frame.to_parquet(tmp_path / "a.parquet")
    for name in ("a.geojson", "a.gpkg", "a.parquet"):
        found = read(tmp_path / name)
        assert coordinates(found) == [(None, None), (None, None), (101.5, 1.7)]
        assert found.empty_count == 2


def test_other_shapes_stand_at_a_point_of_theirs(tmp_path: Path) -> None:
    frame = places()
    crescent = shapely.box(101, 1, 102, 2).difference(shapely.box(101.1, 1.1, 102, 2))
    frame["geometry"] = [crescent, shapely.MultiPoint(PLACES[:2]), shapely.LineString(PLACES[:2])]
    frame.to_file(tmp_path / "a.geojson")
    found = read(tmp_path / "a.geojson")
    at = [shapely.Point(pair) for pair in coordinates(found)]
    assert crescent.contains(at[0])
    assert at[1].coords[0] == PLACES[0]
    assert shapely.distance(frame.geometry[2], at[2]) < 1e-6
    assert found.shape_count == 3


def test_a_column_called_like_ours_is_kept_under_another_name(tmp_path: Path) -> None:
    places(lintang=["1,6", "x", ""]).to_file(tmp_path / "a.gpkg")
    found = read(tmp_path / "a.gpkg")
    assert found.table["lintang_berkas"].to_pylist() == ["1,6", "x", ""]
    assert coordinates(found) == PLACES


def without_system(path: Path, epsg: int) -> None:
    with pytest.warns(UserWarning, match="crs"):
        places().to_crs(epsg).set_crs(None, allow_override=True).to_file(path)


def test_degrees_without_a_system_are_assumed_and_metres_asked_about(tmp_path: Path) -> None:
    without_system(tmp_path / "derajat.shp", 4326)
    found = read(tmp_path / "derajat.shp")
    assert (coordinates(found), found.crs_assumed) == (PLACES, True)

    without_system(tmp_path / "meter.shp", 32747)
    error = refusal(tmp_path / "meter.shp")
    assert error.code == "no_crs"
    assert error.facts["west"] == pytest.approx(767_000, abs=1000)
    found = read(tmp_path / "meter.shp", crs="EPSG:32747")
    assert np.allclose(coordinates(found), PLACES, atol=1e-7)
    assert (found.crs_name, found.crs_assumed) == ("EPSG:32747", False)
    assert refusal(tmp_path / "meter.shp", crs="bukan").code == "crs_unknown"


def test_a_stated_system_is_followed_and_one_given_holds_instead(tmp_path: Path) -> None:
    places().to_crs(32747).to_file(tmp_path / "a.gpkg")
    assert np.allclose(coordinates(read(tmp_path / "a.gpkg")), PLACES, atol=1e-7)
    places().set_crs(3857, allow_override=True).to_file(tmp_path / "b.gpkg")
    assert coordinates(read(tmp_path / "b.gpkg", crs="EPSG:4326")) == PLACES


def test_a_single_stray_place_does_not_refuse_the_file(tmp_path: Path) -> None:
    frame = places()
    frame.loc[0, "geometry"] = shapely.Point(0, 0)
    frame.to_file(tmp_path / "a.gpkg")
    assert coordinates(read(tmp_path / "a.gpkg"))[0] == (0, 0)


TAGS = {"instance_region_code": "ID-RI", "local_area_id": None, "lain": [1]}
PROPERTIES = [
    {"pkey": "11", "created_at": "2024-11-05T01:00:00.000Z", "report_data": {"flood_depth": 30}, "tags": TAGS},
    {"pkey": "12", "created_at": "2024-11-05T02:00:00.000Z", "report_data": None, "tags": TAGS},
    {"pkey": "13", "title": "tanpa tempat"},
]


def topology() -> dict[str, Any]:
    """Make an answer whose points are whole steps from a corner, as the interface gives them."""
    points: list[dict[str, Any]] = [
        {"type": "Point", "coordinates": [0, 0]},
        {"type": "Point", "coordinates": [500, 250]},
        {"type": None},
    ]
    members = [point | {"properties": row} for point, row in zip(points, PROPERTIES, strict=True)]
    return {
        "statusCode": 200,
        "result": {
            "type": "Topology",
            "objects": {"output": {"type": "GeometryCollection", "geometries": members}},
            "arcs": [],
            "transform": {"scale": [0.0001, 0.0002], "translate": [101.4, 1.6]},
        },
    }


def collection() -> dict[str, Any]:
    geometries = [
        {"type": "Point", "coordinates": [101.4, 1.6]},
        {"type": "Point", "coordinates": [101.45, 1.65]},
        None,
    ]
    features = [
        {"type": "Feature", "geometry": geometry, "properties": row}
        for geometry, row in zip(geometries, PROPERTIES, strict=True)
    ]
    return {"statusCode": 200, "result": {"type": "FeatureCollection", "features": features}}


@pytest.mark.parametrize("answer", [topology(), topology()["result"], collection(), collection()["result"]])
def test_the_answer_of_an_interface(tmp_path: Path, answer: dict[str, Any]) -> None:
    (tmp_path / "a.json").write_text(json.dumps(answer))
    found = read(tmp_path / "a.json")
    assert coordinates(found) == [(101.4, 1.6), (101.45, 1.65), (None, None)]
    table = found.table.to_pydict()
    assert table["pkey"] == ["11", "12", "13"]
    assert table["created_at"][0] is not None
    assert table["title"] == [None, None, "tanpa tempat"]
    assert table["tags_instance_region_code"] == ["ID-RI", "ID-RI", None]
    assert table["tags_local_area_id"] == [None, None, None]
    assert json.loads(table["report_data"][0]) == {"flood_depth": 30}
    assert table["report_data_flood_depth"] == ["30", None, None]
    assert json.loads(table["tags"][1]) == TAGS
    assert "tags_lain" not in table


@pytest.mark.parametrize(
    "answer",
    [
        {"statusCode": 200, "result": {"type": "Topology"}},
        {"statusCode": 200, "result": {"type": "FeatureCollection", "features": ["x"]}},
        {"statusCode": 200, "result": {"type": "FeatureCollection", "features": 5}},
        topology()["result"] | {"transform": {"scale": [1]}},
    ],
)
def test_a_broken_answer_is_refused(tmp_path: Path, answer: dict[str, Any]) -> None:
    (tmp_path / "a.json").write_text(json.dumps(answer))
    assert refusal(tmp_path / "a.json").code == "unreadable"
    (tmp_path / "a.json").write_text(json.dumps(answer)[:-9])
    assert refusal(tmp_path / "a.json").code == "unreadable"


def test_an_answer_without_rows_or_places_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"statusCode": 200, "result": {"type": "FeatureCollection", "features": []}}')
    assert refusal(tmp_path / "a.json").code == "no_features"
    (tmp_path / "a.json").write_text('{"statusCode": 400, "result": null}')
    assert refusal(tmp_path / "a.json").code in {"unreadable", "no_features"}
    lines = {"type": "Topology", "arcs": [], "objects": {"a": {"type": "LineString", "coordinates": [0]}}}
    (tmp_path / "a.json").write_text(json.dumps(lines))
    assert refusal(tmp_path / "a.json").code == "no_points"


@pytest.mark.parametrize("content", [topology(), collection()])
def test_too_many_places_are_refused(tmp_path: Path, content: dict[str, Any]) -> None:
    (tmp_path / "a.json").write_text(json.dumps(content))
    assert refusal(tmp_path / "a.json", limits_vertices=1).code == "too_many_vertices"
    assert len(read(tmp_path / "a.json", limits_vertices=2).table) == 3


def test_folders_of_kml_are_read_one_after_the_other(tmp_path: Path) -> None:
    placemark = "<Placemark><name>{}</name><Point><coordinates>{}</coordinates></Point></Placemark>"
    folder = f"<Folder><name>{{}}</name>{placemark}</Folder>"
    body = folder.format("polsek", "satu", "101.4,1.6") + folder.format("panwas", "dua", "101.5,1.7,12")
    (tmp_path / "a.kml").write_text(
        f'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>'
    )
    found = read(tmp_path / "a.kml")
    assert coordinates(found) == [(101.4, 1.6), (101.5, 1.7)]
    assert found.table["Name"].to_pylist() == ["satu", "dua"]
    assert found.layer == "polsek, panwas"


def test_of_several_layers_one_is_named(tmp_path: Path) -> None:
    for layer in ("a", "b"):
        places().to_file(tmp_path / "a.gpkg", layer=layer)
    assert refusal(tmp_path / "a.gpkg").facts["layers"] == ("a", "b")
    assert read(tmp_path / "a.gpkg", layer="b").layer == "b"
    assert refusal(tmp_path / "a.gpkg", layer="c").code == "layer_unknown"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_answers_give_a_reason(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(json.dumps(topology()).encode())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place : place + data.draw(st.integers(0, 12))] = data.draw(st.binary(max_size=12))
    (tmp_path / "a.json").write_bytes(content)
    try:
        found = read(tmp_path / "a.json")
    except BoundaryError as error:
        refused = error.code
    else:
        refused = ""
        assert len(found.table) <= 3
    assert refused != "file_missing"
