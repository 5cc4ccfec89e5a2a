"""Boundary files in every format and with every flaw: read, mended and counted, or refused with the evidence."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import BoundaryError
from geo.files.boundaries import Boundaries, read_boundaries
from lib.texts.errors import BOUNDARY, sentence

NAMES = {
    "14.72.01.1003": ("Pangkalan Sesai", "Dumai Barat"),
    "14.72.01.1006": ("Purnama", "Dumai Barat"),
    "14.72.01.1008": ("Bagan Keladi", "Dumai Barat"),
    "14.72.01.1009": ("Simpang Tetap Darul Ichsan", "Dumai Barat"),
    "14.72.02.1002": ("Teluk Binjai", "Dumai Timur"),
    "14.72.02.1003": ("Tanjung Palas", "Dumai Timur"),
    "14.72.02.1004": ("Jaya Mukti", "Dumai Timur"),
    "14.72.02.1006": ("Buluh Kasap", "Dumai Timur"),
    "14.72.02.1009": ("Bukit Batrem", "Dumai Timur"),
    "14.72.05.1001": ("Teluk Makmur", "Medang Kampai"),
    "14.72.05.1002": ("Mundam", "Medang Kampai"),
}


def square(number: int) -> shapely.Polygon:
    west = 101.30 + 0.02 * number
    return shapely.box(west, 1.60, west + 0.02, 1.62)


def city(**columns: list[object]) -> gpd.GeoDataFrame:
    """Make the areas of `NAMES` side by side; columns replace or add to kode, nama and kecamatan."""
    content: dict[str, list[object]] = {
        "kode": list(NAMES),
        "nama": [name.upper() for name, _ in NAMES.values()],
        "kecamatan": [district for _, district in NAMES.values()],
    }
    return gpd.GeoDataFrame(content | columns, geometry=[square(number) for number in range(len(NAMES))], crs=4326)


def read(path: Path, frame: gpd.GeoDataFrame | None = None, **options: object) -> Boundaries:
    if frame is not None:
        frame.to_file(path)
    given = {"region_code": "14.72", "region_bps_code": "1473", "known_areas": NAMES} | options
    return read_boundaries(path, **given)


def refusal(path: Path, frame: gpd.GeoDataFrame | None = None, **options: object) -> BoundaryError:
    with pytest.raises(BoundaryError) as caught:
        read(path, frame, **options)
    assert caught.value.facts["file"] == path.name
    return caught.value


def test_a_clean_file(tmp_path: Path) -> None:
    found = read(tmp_path / "batas.gpkg", city().sample(frac=1, random_state=1))
    assert list(found.areas.columns) == ["area_code", "area_name", "district_code", "district_name", "geometry"]
    assert found.areas["area_code"].tolist() == sorted(NAMES)
    assert found.areas["area_name"].tolist() == [name for name, _ in NAMES.values()]
    assert found.areas["district_name"].tolist() == [district for _, district in NAMES.values()]
    assert found.areas["district_code"].iloc[0] == "14.72.01"
    assert found.areas.crs.to_epsg() == 4326
    assert shapely.equals(found.areas.geometry.to_numpy(), city().geometry.to_numpy()).all()
    assert (found.code_system, found.crs_name, found.crs_assumed) == ("kemendagri", "EPSG:4326", False)
    assert (found.utm_epsg, found.layer) == (32647, "batas")
    assert (found.missing_codes, found.unknown_codes, dict(found.renamed)) == ((), (), {})
    counts = (found.repaired_count, found.dissolved_count, found.non_polygon_count, found.dropped_count)
    assert counts == (0, 0, 0, 0)


def zipped_shapefile(path: Path) -> None:
    folder = path.with_suffix("")
    folder.mkdir()
    city().to_file(folder / "batas.shp")
    with zipfile.ZipFile(path, "w") as archive:
        for part in folder.iterdir():
            archive.write(part, f"Kota Dumai/{part.name}")


WRITERS: dict[str, Callable[[Path], None]] = {
    "batas.gpkg": lambda path: city().to_file(path),
    "batas.geojson": lambda path: city().to_file(path),
    "batas.shp": lambda path: city().to_file(path),
    "batas.zip": zipped_shapefile,
    "batas.kml": lambda path: city().rename(columns={"nama": "Name"}).to_file(path, driver="LIBKML"),
    "batas.fgb": lambda path: city().to_file(path),
    "batas.parquet": lambda path: city().to_parquet(path),
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_format(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name)
    found = read(tmp_path / name)
    assert found.areas["area_code"].tolist() == sorted(NAMES)
    assert found.areas["district_name"].notna().all()
    assert shapely.area(found.areas.geometry.to_numpy()) == pytest.approx([0.0004] * 11)


@pytest.mark.parametrize(
    ("code", "name", "district"),
    [
        ("KDEPUM", "NAMOBJ", "WADMKC"),
        ("id_desa", "desa", "nama_kec"),
        ("adm4_pcode", "adm4_en", "adm3_en"),
        ("kolom 7", "apa ini", None),
    ],
)
def test_columns_are_found_whatever_they_are_called(
    tmp_path: Path, code: str, name: str, district: str | None
) -> None:
    frame = city(kota=["Kota Dumai"] * 11, luas=[1.5] * 11, tahun=[2025] * 11)
    frame = frame.rename(columns={"kode": code, "nama": name, "kecamatan": district or "lain"})
    found = read(tmp_path / "batas.gpkg", frame)
    assert found.areas["area_name"].tolist() == [name for name, _ in NAMES.values()]
    alone = read(tmp_path / "batas.gpkg", frame, known_areas=None) if district else None
    if alone is not None:
        assert alone.areas["area_name"].iloc[0] == "PANGKALAN SESAI"
        assert alone.areas["district_name"].iloc[0] == "Dumai Barat"


@pytest.mark.parametrize("kind", [int, float])
def test_codes_stored_as_numbers(tmp_path: Path, kind: type) -> None:
    frame = city(kode=[kind(code.replace(".", "")) for code in NAMES])
    assert read(tmp_path / "batas.gpkg", frame).areas["area_code"].tolist() == sorted(NAMES)


def test_the_kemendagri_column_is_taken_where_bps_stands_beside_it(tmp_path: Path) -> None:
    # The head of the BPS column is the more usual one, and some regions have one prefix in both systems.
    frame = city(kode_desa=[f"1472010{n:03d}" for n in range(1, 12)])
    assert read(tmp_path / "batas.gpkg", frame).areas["area_code"].tolist() == sorted(NAMES)


def test_without_a_district_anywhere_its_name_is_none(tmp_path: Path) -> None:
    found = read(tmp_path / "batas.gpkg", city().drop(columns="kecamatan"), known_areas=None)
    assert found.areas["district_name"].tolist() == [None] * 11


def test_the_layer_with_the_regions_codes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "batas.gpkg"
    city(kode=["x"] * 11).to_file(path, layer="jalan")
    city().to_file(path, layer="kelurahan")
    pyogrio.write_dataframe(pd.DataFrame({"kode": list(NAMES)}), path, layer="tabel")
    assert read(path).layer == "kelurahan"


def test_a_layer_with_bps_codes_is_refused_as_such_though_not_the_first(tmp_path: Path) -> None:
    path = tmp_path / "batas.gpkg"
    city(kode=["ID1473"] * 11).to_file(path, layer="adm2")
    city(kode=[f"ID1473010{n:03d}" for n in range(1, 12)]).to_file(path, layer="adm4")
    assert refusal(path).code == "bps_codes"


def test_bps_codes_are_refused_not_joined(tmp_path: Path) -> None:
    for codes in ([f"1473010{n:03d}" for n in range(1, 12)], [f"ID1473031{n:03d}" for n in range(1, 12)]):
        error = refusal(tmp_path / "batas.gpkg", city(kode=codes))
        assert error.code == "bps_codes"
        assert error.facts["examples"] == tuple(codes[:3])
        assert error.facts["column"] == "kode"
        assert refusal(tmp_path / "batas.gpkg", region_bps_code=None, known_areas=None).code == "bps_codes"


def test_bps_codes_under_the_regions_own_prefix_are_refused(tmp_path: Path) -> None:
    codes = [f"1472010{n:03d}" for n in range(1, 12)]
    assert refusal(tmp_path / "batas.gpkg", city(kode=codes)).code == "bps_codes"


def test_right_codes_with_other_names_are_refused(tmp_path: Path) -> None:
    others = ["Gurun Panjang", "Kampung Baru", *[name for name, _ in list(NAMES.values())[2:]]]
    error = refusal(tmp_path / "batas.gpkg", city(nama=others))
    assert error.code == "names_disagree"
    assert (error.facts["disagreeing_count"], error.facts["compared_count"]) == (2, 11)
    assert error.facts["examples"][0] == ("14.72.01.1003", "Gurun Panjang", "Pangkalan Sesai")


def test_one_renamed_area_is_told(tmp_path: Path) -> None:
    others = ["Gurun Panjang", *[name for name, _ in list(NAMES.values())[1:]]]
    found = read(tmp_path / "batas.gpkg", city(nama=others))
    assert found.renamed == {"14.72.01.1003": ("Gurun Panjang", "Pangkalan Sesai")}
    assert found.areas["area_name"].iloc[0] == "Pangkalan Sesai"


def test_missing_and_unknown_areas_are_told(tmp_path: Path) -> None:
    frame = city(
        kode=["14.72.05.1003", *list(NAMES)[1:]], nama=["Guntung", *[n for n, _ in list(NAMES.values())[1:]]]
    )
    frame.loc[3, "geometry"] = None
    frame.loc[4, "geometry"] = shapely.Polygon()
    found = read(tmp_path / "batas.gpkg", frame)
    assert found.missing_codes == ("14.72.01.1003", "14.72.01.1009", "14.72.02.1002")
    assert found.unknown_codes == ("14.72.05.1003",)
    guntung = found.areas[found.areas["area_code"] == "14.72.05.1003"].iloc[0]
    assert (guntung["area_name"], guntung["district_name"]) == ("Guntung", "Medang Kampai")


def test_codes_mostly_unknown_are_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path / "batas.gpkg", city(kode=[f"14.72.09.10{n:02d}" for n in range(11)]))
    assert (error.code, error.facts["unknown_count"]) == ("codes_not_known", 11)


def test_only_the_region_is_kept_of_a_larger_file(tmp_path: Path) -> None:
    province = pd.concat([city(), city(kode=[c.replace("14.72", "14.01") for c in NAMES]), city(kode=[None] * 11)])
    found = read(tmp_path / "riau.gpkg", province)
    assert (len(found.areas), found.dropped_count) == (11, 22)


def test_a_file_of_another_region_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path / "batas.gpkg", city(kode=[c.replace("14.72", "14.01") for c in NAMES]))
    assert (error.code, error.facts["regions"]) == ("region_absent", ("14.01",))


def replaced(geometry: BaseGeometry | None, row: int = 0) -> gpd.GeoDataFrame:
    frame = city()
    frame.loc[row, "geometry"] = geometry
    return frame


def test_invalid_geometry_is_mended_to_polygons(tmp_path: Path) -> None:
    bow_tie = shapely.Polygon([(101.30, 1.60), (101.32, 1.62), (101.32, 1.60), (101.30, 1.62)])
    found = read(tmp_path / "batas.gpkg", replaced(bow_tie))
    assert found.repaired_count == 1
    assert found.areas.geometry.is_valid.all()
    assert set(found.areas.geometry.geom_type) <= {"Polygon", "MultiPolygon"}
    assert found.areas.geometry.iloc[0].area == pytest.approx(0.0002)


def test_polygons_are_taken_out_of_collections_and_third_dimensions_dropped(tmp_path: Path) -> None:
    mixed = shapely.GeometryCollection([shapely.force_3d(square(0), 5.0), shapely.Point(101.3, 1.6)])
    found = read(tmp_path / "batas.geojson", replaced(mixed))
    assert found.areas.geometry.iloc[0].geom_type == "Polygon"
    assert not found.areas.geometry.has_z.any()
    assert found.non_polygon_count == 0


def test_a_point_among_polygons_is_left_out_and_points_alone_refused(tmp_path: Path) -> None:
    found = read(tmp_path / "batas.geojson", replaced(shapely.Point(101.31, 1.61)))
    assert (found.non_polygon_count, found.missing_codes) == (1, ("14.72.01.1003",))
    points = city()
    points["geometry"] = shapely.centroid(points.geometry.to_numpy())
    error = refusal(tmp_path / "titik.geojson", points)
    assert (error.code, error.facts["row_count"]) == ("no_polygons", 11)
    assert error.facts["geometry_types"] == ("Point",)


def test_parts_of_one_area_are_joined_unless_their_names_differ(tmp_path: Path) -> None:
    island = city().iloc[[0]].assign(geometry=[square(20)], nama="Kel. Pangkalan Sesai")
    found = read(tmp_path / "batas.gpkg", pd.concat([city(), island]))
    assert (len(found.areas), found.dissolved_count) == (11, 1)
    assert found.areas.geometry.iloc[0].area == pytest.approx(0.0008)
    assert found.areas["area_code"].tolist() == sorted(NAMES)

    error = refusal(tmp_path / "lain.gpkg", pd.concat([city(), island.assign(nama="Purnama")]))
    assert error.code == "code_repeated"
    assert error.facts["names"] == ("PANGKALAN SESAI", "Purnama")


def test_another_coordinate_system_is_brought_to_degrees(tmp_path: Path) -> None:
    found = read(tmp_path / "batas.gpkg", city().to_crs(32647))
    assert found.crs_name == "EPSG:32647"
    assert found.areas.geometry.iloc[0].bounds == pytest.approx(square(0).bounds, abs=1e-9)


def test_degrees_without_a_system_are_taken_as_such_and_metres_refused(tmp_path: Path) -> None:
    unnamed = city().set_crs(None, allow_override=True)
    with pytest.warns(UserWarning, match="crs"):
        unnamed.to_file(tmp_path / "batas.shp")
    assert read(tmp_path / "batas.shp").crs_assumed

    with pytest.warns(UserWarning, match="crs"):
        city().to_crs(32647).set_crs(None, allow_override=True).to_file(tmp_path / "meter.shp")
    error = refusal(tmp_path / "meter.shp")
    assert error.code == "no_crs"
    assert error.facts["west"] == pytest.approx(755_815, abs=1000)


def test_exchanged_axes_are_refused(tmp_path: Path) -> None:
    frame = city()
    frame["geometry"] = shapely.transform(frame.geometry.to_numpy(), lambda xy: xy[:, ::-1])
    error = refusal(tmp_path / "batas.gpkg", frame)
    assert (error.code, error.facts["north"]) == ("not_in_indonesia", pytest.approx(101.52))


def test_utm_zone_south_of_the_equator_and_given(tmp_path: Path) -> None:
    frame = city()
    frame["geometry"] = frame.geometry.translate(yoff=-5)
    assert read(tmp_path / "batas.gpkg", frame).utm_epsg == 32747
    assert read(tmp_path / "batas.gpkg", utm_epsg=23847).utm_epsg == 23847


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert refusal(tmp_path / "tiada.gpkg").code == "file_missing"
    (tmp_path / "batas.csv").write_text("kode\n")
    assert refusal(tmp_path / "batas.csv").code == "format_unknown"
    (tmp_path / "rusak.gpkg").write_bytes(b"SQLite format 3\x00 and nothing more")
    assert refusal(tmp_path / "rusak.gpkg").code == "unreadable"
    (tmp_path / "rusak.parquet").write_bytes(b"PAR1")
    assert refusal(tmp_path / "rusak.parquet").code == "unreadable"
    (tmp_path / "rusak.zip").write_bytes(b"PK")
    assert refusal(tmp_path / "rusak.zip").code == "unreadable"
    pd.DataFrame({"kode": list(NAMES)}).to_parquet(tmp_path / "tabel.parquet")
    assert refusal(tmp_path / "tabel.parquet").code == "unreadable"
    assert refusal(tmp_path / "kosong.gpkg", city().iloc[:0]).code == "no_features"


def test_a_file_that_points_elsewhere_is_not_followed(tmp_path: Path) -> None:
    city().to_file(tmp_path / "asli.gpkg")
    virtual = (
        '<OGRVRTDataSource><OGRVRTLayer name="asli"><SrcDataSource relativeToVRT="1">asli.gpkg'
        "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )
    (tmp_path / "batas.geojson").write_text(virtual)
    assert refusal(tmp_path / "batas.geojson").code == "format_unknown"


def test_archives_with_none_or_several(tmp_path: Path) -> None:
    for name in ("a.geojson", "b.geojson"):
        city().to_file(tmp_path / name)
    with zipfile.ZipFile(tmp_path / "dua.zip", "w") as archive:
        archive.write(tmp_path / "a.geojson", "a.geojson")
        archive.write(tmp_path / "b.geojson", "b.geojson")
    error = refusal(tmp_path / "dua.zip")
    assert (error.code, error.facts["members"]) == ("several_files_in_zip", ("a.geojson", "b.geojson"))
    with zipfile.ZipFile(tmp_path / "nol.zip", "w") as archive:
        archive.writestr("baca.txt", "kosong")
    assert refusal(tmp_path / "nol.zip").code == "no_file_in_zip"


def test_columns_that_are_missing(tmp_path: Path) -> None:
    error = refusal(tmp_path / "batas.gpkg", city().drop(columns="kode"))
    assert (error.code, error.facts["columns"]) == ("no_code_column", ("nama", "kecamatan"))
    assert refusal(tmp_path / "batas.gpkg", city().drop(columns=["nama", "kecamatan"])).code == "no_name_column"


def test_codes_of_neither_system(tmp_path: Path) -> None:
    assert (
        refusal(tmp_path / "batas.gpkg", city(kode=[f"14720150{n:02d}" for n in range(11)])).code == "codes_unclear"
    )


BPS_CODES = [f"1473010{n:03d}" for n in range(1, 12)]


def test_a_set_of_bps_is_read_to_compare_with(tmp_path: Path) -> None:
    names = [*[name for name, _ in list(NAMES.values())[:10]], "Gurun Panjang"]
    for prefix in ("", "id"):
        frame = city(kode=[prefix + code for code in BPS_CODES], nama=names)
        found = read(tmp_path / "batas.gpkg", frame, code_system="bps")
        assert found.code_system == "bps"
        assert found.areas["area_code"].tolist() == BPS_CODES
        assert found.areas["district_code"].unique().tolist() == ["1473010"]
        assert found.areas["area_name"].iloc[10] == "Gurun Panjang"
        assert found.name_agreement == pytest.approx(10 / 11)
        assert (found.missing_codes, found.unknown_codes, dict(found.renamed)) == ((), (), {})


def test_the_bps_column_is_taken_where_bps_is_asked_for(tmp_path: Path) -> None:
    frame = city(kdebps=BPS_CODES)
    assert read(tmp_path / "batas.gpkg", frame, code_system="bps").areas["area_code"].tolist() == BPS_CODES
    assert read(tmp_path / "batas.gpkg", frame).areas["area_code"].tolist() == sorted(NAMES)


def test_what_is_no_set_of_bps_is_refused_as_one(tmp_path: Path) -> None:
    assert refusal(tmp_path / "batas.gpkg", city(), code_system="bps").code == "not_bps_codes"
    frame = city(kode=BPS_CODES)
    assert refusal(tmp_path / "b.gpkg", frame, code_system="bps", region_bps_code=None).code == "bps_region_unknown"
    assert refusal(tmp_path / "b.gpkg", frame, code_system="bps", region_bps_code="1471").code == "region_absent"


@pytest.mark.parametrize(("region_code", "count"), [("14.72", 11), ("14", 22), ("00", 33)])
def test_a_province_and_the_country(tmp_path: Path, region_code: str, count: int) -> None:
    country = pd.concat(
        [
            city(),
            city(kode=[code.replace("14.72", "14.01") for code in NAMES]),
            city(kode=[code.replace("14.72", "61.02") for code in NAMES]),
        ]
    )
    found = read(tmp_path / "batas.gpkg", country, region_code=region_code, region_bps_code=None, known_areas=None)
    assert (len(found.areas), found.dropped_count) == (count, 33 - count)
    assert found.utm_epsg == (32647 if count == 11 else None)
    assert set(found.areas["district_name"]) == {"Dumai Barat", "Dumai Timur", "Medang Kampai"}
    bps = city(kode=BPS_CODES)
    assert len(read(tmp_path / "bps.gpkg", bps, region_code=region_code, code_system="bps").areas) == 11


def test_a_coordinate_system_is_given(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="crs"):
        city().to_crs(32647).set_crs(None, allow_override=True).to_file(tmp_path / "meter.shp")
    for crs in ("EPSG:32647", "32647"):
        found = read(tmp_path / "meter.shp", crs=crs)
        assert (found.crs_name, found.crs_assumed) == ("EPSG:32647", False)
        assert found.areas.geometry.iloc[0].bounds == pytest.approx(square(0).bounds, abs=1e-9)
    assert refusal(tmp_path / "meter.shp", crs="EPSG:99999").code == "crs_unknown"


def test_a_lone_prj_of_another_name_is_taken(tmp_path: Path) -> None:
    city().to_crs(32647).to_file(tmp_path / "batas.shp")
    (tmp_path / "batas.prj").rename(tmp_path / "lain.prj")
    with zipfile.ZipFile(tmp_path / "batas.zip", "w") as archive:
        for part in ("batas.shp", "batas.shx", "batas.dbf", "lain.prj"):
            archive.write(tmp_path / part, part)
    found = read(tmp_path / "batas.zip")
    assert found.crs_borrowed
    assert found.areas.geometry.iloc[0].bounds == pytest.approx(square(0).bounds, abs=1e-6)
    with zipfile.ZipFile(tmp_path / "batas.zip", "a") as archive:
        archive.write(tmp_path / "lain.prj", "lagi.prj")
    assert refusal(tmp_path / "batas.zip").code == "no_crs"


def test_progress_goes_up_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    read(tmp_path / "batas.gpkg", city(), progress=lambda share, step: told.append((share, step)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert {step for _, step in told} == {"read", "check", "repair"}


def test_an_area_of_too_many_vertices_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fine = replaced(shapely.segmentize(square(0), 0.001))
    assert len(read(tmp_path / "batas.gpkg", fine).areas) == 11
    monkeypatch.setattr("geo.files.boundaries.MOST_VERTICES_PER_AREA", 50)
    assert refusal(tmp_path / "batas.gpkg", fine).code == "area_too_detailed"
    assert refusal(tmp_path / "batas.gpkg", limits_vertices=100).code == "too_many_vertices"


def test_every_reason_has_a_sentence(tmp_path: Path) -> None:
    assert set(BoundaryError.__subclasses__()) == set(BOUNDARY)
    for suffix in ("zip", "shp"):
        (tmp_path / f"a.{suffix}").write_bytes(b"PK")
        assert "a." in sentence(refusal(tmp_path / f"a.{suffix}"))
