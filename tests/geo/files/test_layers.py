"""What a vector file may do to the machine: nothing but be read, within limits, or be refused with a reason."""

import json
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import BoundaryError
from geo.files.layers import Layer, open_source, read_layer, read_one

BOXES = [shapely.box(101 + n / 100, 1, 101.01 + n / 100, 1.01) for n in range(40)]


def boxes() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"kode": [f"k{n}" for n in range(40)]}, geometry=BOXES, crs=4326)


def write(path: Path) -> Path:
    """Write the boxes in the format of the path's ending; a zip holds a shapefile."""
    if path.suffix == ".zip":
        boxes().to_file(path.with_suffix(".shp"))
        return zipped(path, {part.name: part.read_bytes() for part in path.parent.glob(f"{path.stem}.*")})
    if path.suffix == ".parquet":
        boxes().to_parquet(path)
    else:
        boxes().to_file(path, driver="LIBKML" if path.suffix in {".kml", ".kmz"} else None)
    return path


def read(path: Path, **limits: int) -> Layer:
    return read_layer(path, score=lambda table: (len(table),), **limits)


def attempt(path: Path, **limits: int) -> Layer | str:
    """Read a file, or give the reason why it is refused; anything but a `BoundaryError` fails the test."""
    try:
        return read(path, **limits)
    except BoundaryError as error:
        return error.code


def refusal(path: Path, **limits: int) -> str:
    found = attempt(path, **limits)
    assert isinstance(found, str)
    return found


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.shp", "a.fgb", "a.kml", "a.parquet"])
def test_more_vertices_than_allowed_are_refused(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name)
    assert len(read(path, limits_vertices=200).geometry) == 40
    assert refusal(path, limits_vertices=199) == "too_many_vertices"


def test_attributes_keep_their_types(tmp_path: Path) -> None:
    frame = boxes().assign(angka=np.arange(40), pecahan=0.5)
    frame.to_file(tmp_path / "a.gpkg")
    frame.to_parquet(tmp_path / "a.parquet")
    for name in ("a.gpkg", "a.parquet"):
        table = read(tmp_path / name).attributes
        assert table.column_names == ["kode", "angka", "pecahan"]
        assert table.slice(1, 1).to_pylist() == [{"kode": "k1", "angka": 1, "pecahan": 0.5}]


@pytest.mark.parametrize(
    "member", ["../a.geojson", "x/../../a.geojson", "/a.geojson", "C:\\a.geojson", "..\\a.geojson"]
)
def test_members_outside_the_archive_are_refused(tmp_path: Path, member: str) -> None:
    path = zipped(tmp_path / "a.zip", {member: boxes().to_json().encode()})
    assert refusal(path) == "zip_path"


def test_archives_that_grow_out_of_proportion_are_refused(tmp_path: Path) -> None:
    content = boxes().to_json().encode()
    path = zipped(tmp_path / "a.zip", {"a.geojson": content})
    assert len(read(path).geometry) == 40
    assert refusal(path, limits_unpacked_bytes=len(content) - 1) == "zip_bomb"
    bomb = zipped(tmp_path / "b.zip", {"a.geojson": content, "b.txt": b"0" * 110_000_000})
    assert refusal(bomb) == "zip_bomb"
    assert refusal(bomb.rename(tmp_path / "b.kmz")) == "zip_bomb"
    boxes().to_parquet(tmp_path / "a.parquet")
    assert refusal(tmp_path / "a.parquet", limits_unpacked_bytes=100) == "zip_bomb"


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.shp", "a.fgb", "a.kml", "a.kmz", "a.parquet", "a.zip"])
@pytest.mark.parametrize("share", [0.02, 0.6, 0.99])
def test_truncated_files_are_refused_or_whole(tmp_path: Path, name: str, share: float) -> None:
    path = write(tmp_path / name)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    found = attempt(path)
    if isinstance(found, Layer):
        assert shapely.equals(found.geometry, np.array(BOXES)).all()
    else:
        assert found in {"unreadable", "truncated", "cut_short", "no_features", "format_unknown"}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_table_cut_short_beside_whole_shapes_is_refused(tmp_path: Path) -> None:
    boxes().to_file(tmp_path / "a.shp")
    for part in ("a.dbf", "a.shx"):
        whole = (tmp_path / part).read_bytes()
        (tmp_path / part).write_bytes(whole[: len(whole) // 2])
        assert refusal(tmp_path / "a.shp") in {"unreadable", "truncated"}
        (tmp_path / part).write_bytes(whole)


def test_other_content_under_a_known_ending_is_not_opened(tmp_path: Path) -> None:
    boxes().to_file(tmp_path / "asli.gpkg")
    contents = {
        "a.json": b'{"type": "gdal_streamed_alg", "command_line": "gdal vector read asli.gpkg"}',
        "b.geojson": b"<OGRVRTDataSource/>",
        "c.kml": b"<OGRVRTDataSource><OGRVRTLayer name='kml'/></OGRVRTDataSource>",
        "d.gml": b"<WFSCapabilities/>",
        "e.gpkg": b'{"type": "FeatureCollection", "features": []}',
        "f.shp": b"PK",
        "g.fgb": b"SQLite format 3\x00",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        assert refusal(tmp_path / name) == "format_unknown"
        assert refusal(zipped(tmp_path / "a.zip", {name: content})) == "format_unknown"
    (tmp_path / "kosong.json").write_bytes(b"")
    assert refusal(tmp_path / "kosong.json") == "no_features"


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_no_address_in_a_file_is_asked(tmp_path: Path) -> None:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    host = f"http://127.0.0.1:{server.server_port}"
    collection = json.loads(boxes().to_json()) | {"crs": {"type": "link", "properties": {"href": f"{host}/crs"}}}
    (tmp_path / "a.geojson").write_text(json.dumps(collection))
    (tmp_path / "b.gml").write_text(
        '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{host}/ns {host}/a.xsd">'
        "<gml:featureMember><a><gml:Point><gml:pos>1 101</gml:pos></gml:Point></a></gml:featureMember>"
        "</wfs:FeatureCollection>"
    )
    for name in ("a.geojson", "b.gml"):
        assert attempt(tmp_path / name) != "format_unknown"  # it came as far as the library that would ask
    server.shutdown()
    server.server_close()
    assert asked == []


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_bytes_give_a_reason(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(boxes().iloc[:3].to_json().encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    (tmp_path / "a.geojson").write_bytes(content)
    found = attempt(tmp_path / "a.geojson")
    assert isinstance(found, Layer) or found in {"unreadable", "no_features", "format_unknown", "truncated"}


def test_layers_are_listed_and_read_one_by_one(tmp_path: Path) -> None:
    for name in ("satu", "dua"):
        boxes().to_file(tmp_path / "a.gpkg", layer=name)
    source = open_source(tmp_path / "a.gpkg")
    assert source.layers == ("satu", "dua")
    told: list[float] = []
    layer = read_one(source, "dua", progress=lambda share, _step: told.append(share))
    assert (layer.name, len(layer.geometry), told) == ("dua", 40, [1.0])
