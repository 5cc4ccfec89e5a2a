"""Neighbours and sea of a boundary file: kept where the file holds them, and nothing suggested where not."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.files.boundaries import read_boundaries
from geo.files.surroundings import NEIGHBOUR, SEA


def province(*, sea: str | None = "laut", regency: bool = True) -> gpd.GeoDataFrame:
    """Draw two areas of 14.72, two of 14.08 beside them, one of 14.09 far away, and sea in the north."""
    shapes = [
        ("14.72.01.1001", "Mekar", "Kota Dumai", shapely.box(101.0, 1.0, 101.1, 1.1)),
        ("14.72.01.1002", "Sari", "Kota Dumai", shapely.box(101.1, 1.0, 101.2, 1.1)),
        ("14.08.01.2001", "Seberang", "Kabupaten Bengkalis", shapely.box(101.2, 1.0, 101.3, 1.1)),
        ("14.08.01.2002", "Ujung", "Kabupaten Bengkalis", shapely.box(101.3, 1.0, 101.4, 1.1)),
        ("14.09.01.2001", "Jauh", "Kabupaten Jauh", shapely.box(104.0, 1.0, 104.1, 1.1)),
    ]
    frame = pd.DataFrame([shape[:3] for shape in shapes], columns=["kode", "nama", "kabupaten"]).assign(jenis="desa")
    geometry = [shape[3] for shape in shapes]
    if sea is not None:
        frame.loc[len(frame)] = [None, None, None, sea]
        geometry.append(shapely.box(100.5, 1.1, 102.0, 1.5))
    return gpd.GeoDataFrame(frame if regency else frame.drop(columns="kabupaten"), geometry=geometry, crs=4326)


def around(rows: gpd.GeoDataFrame, folder: Path) -> gpd.GeoDataFrame:
    path = folder / "batas.gpkg"
    rows.to_file(path, layer="batas")
    return read_boundaries(path, region_code="14.72").surroundings


def test_neighbours_become_one_shape_a_regency_and_far_ones_are_left_out(tmp_path: Path) -> None:
    found = around(province(), tmp_path)
    assert found[["kind", "name"]].to_numpy().tolist() == [[NEIGHBOUR, "Kabupaten Bengkalis"], [SEA, ""]]
    assert found.geometry.iloc[0].equals(shapely.box(101.2, 1.0, 101.4, 1.1))
    assert found.crs.to_epsg() == 4326


def test_a_neighbour_without_a_stated_name_is_named_by_its_code(tmp_path: Path) -> None:
    assert around(province(sea=None, regency=False), tmp_path)["name"].tolist() == ["Wilayah 14.08"]


@pytest.mark.parametrize("word", ["danau", ""])
def test_a_row_without_code_is_sea_only_where_it_is_called_so(word: str, tmp_path: Path) -> None:
    assert (around(province(sea=word), tmp_path)["kind"] == NEIGHBOUR).all()


def test_a_file_of_the_region_alone_knows_nothing_around_it(tmp_path: Path) -> None:
    assert around(province(sea=None).head(2), tmp_path).empty
