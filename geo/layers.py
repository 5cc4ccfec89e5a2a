"""Vector files of many formats, opened as tables."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from geo.errors import BoundaryError

PARQUET_SUFFIXES = (".parquet", ".geoparquet")
GDAL_SUFFIXES = (".gpkg", ".geojson", ".json", ".shp", ".kml", ".kmz", ".fgb", ".gml")
SUFFIXES = (*GDAL_SUFFIXES, *PARQUET_SUFFIXES, ".zip")

# GDAL goes by content, not by name, and some of its formats fetch other files or addresses when opened.
_DRIVERS = frozenset(
    {
        "GPKG",
        "GeoJSON",
        "GeoJSONSeq",
        "TopoJSON",
        "ESRIJSON",
        "ESRI Shapefile",
        "KML",
        "LIBKML",
        "FlatGeobuf",
        "GML",
    }
)


def read_layer(path: Path, *, score: Callable[[pd.DataFrame], tuple[int, ...]]) -> tuple[gpd.GeoDataFrame, str]:
    """Read the layer of a vector file whose attributes score highest, of equals the first.

    Parameters
    ----------
    path
        GeoPackage, GeoJSON, Shapefile, KML or KMZ, FlatGeobuf, GML, GeoParquet, or an archive (.zip) with
        one such file in it, in whatever folder.
    score
        Judges a layer by its attributes alone, so that only one layer's geometry is read. Not called where
        there is one layer only.

    Returns
    -------
    frame, layer
        The table with its geometry, rows numbered from 0, and the layer's name.

    Raises
    ------
    BoundaryError
        ``file_missing``, ``format_unknown``, ``several_files_in_zip``, ``no_file_in_zip``, ``unreadable`` or
        ``no_features``.
    """
    if not path.is_file():
        raise BoundaryError("file_missing")
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise BoundaryError("format_unknown", suffix=suffix, suffixes=SUFFIXES)
    try:
        frame, layer = _read_parquet(path) if suffix in PARQUET_SUFFIXES else _read_gdal(path, score)
    except (DataSourceError, DataLayerError, OSError, ValueError, zipfile.BadZipFile) as problem:
        if isinstance(problem, BoundaryError):
            raise
        raise BoundaryError("unreadable", detail=str(problem)) from problem
    if frame.empty:
        raise BoundaryError("no_features")
    return frame.reset_index(drop=True), layer


def _read_parquet(path: Path) -> tuple[gpd.GeoDataFrame, str]:
    return gpd.read_parquet(path), path.stem


def _read_gdal(path: Path, score: Callable[[pd.DataFrame], tuple[int, ...]]) -> tuple[gpd.GeoDataFrame, str]:
    source = _inside_zip(path) if path.suffix.lower() == ".zip" else str(path)
    layers = [name for name, geometry_type in pyogrio.list_layers(source) if geometry_type is not None]
    if not layers:
        raise BoundaryError("no_features")
    driver = pyogrio.read_info(source, layer=layers[0])["driver"]
    if driver not in _DRIVERS:
        raise BoundaryError("format_unknown", suffix=path.suffix.lower(), suffixes=SUFFIXES)
    best = 0
    if len(layers) > 1:
        tables = (pyogrio.read_dataframe(source, layer=name, read_geometry=False) for name in layers)
        scores = [score(table) for table in tables]
        best = scores.index(max(scores))
    return pyogrio.read_dataframe(source, layer=layers[best]), layers[best]


def _inside_zip(path: Path) -> str:
    """Return the path by which GDAL reads the one vector file in an archive."""
    with zipfile.ZipFile(path) as archive:
        members = [
            name
            for name in archive.namelist()
            if name.lower().endswith(GDAL_SUFFIXES) and not name.startswith("__MACOSX/")
        ]
    if not members:
        raise BoundaryError("no_file_in_zip", suffixes=GDAL_SUFFIXES)
    if len(members) > 1:
        raise BoundaryError("several_files_in_zip", members=tuple(members))
    return f"/vsizip/{path.resolve().as_posix()}/{members[0]}"
