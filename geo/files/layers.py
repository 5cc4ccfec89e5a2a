"""Vector files of many formats, opened as tables; what a file says can make nothing else be opened or fetched."""

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError
from pyogrio.errors import GeometryError as WriteError
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.errors import ShapelyError

from geo import errors

PARQUET_SUFFIXES = (".parquet", ".geoparquet")
GDAL_SUFFIXES = (".gpkg", ".geojson", ".json", ".shp", ".kml", ".kmz", ".fgb", ".gml")
SUFFIXES = (*GDAL_SUFFIXES, *PARQUET_SUFFIXES, ".zip")
MOST_VERTICES = 40_000_000
MOST_UNPACKED_BYTES = 2 * 2**30

_ARCHIVES = (".zip", ".kmz")
_BOMB_BYTES, _BOMB_RATIO = 100 * 10**6, 200  # text packs to a tenth, seldom to a fiftieth
_LARGEST_PRJ = 64 * 1024
_HEAD_BYTES = 64 * 1024
_MOST_VERTEX_BYTES = 32  # four numbers of eight bytes

# GDAL goes by content, not by name, and some of its formats fetch other files or addresses when opened.
_DRIVERS = frozenset(
    {"GPKG", "GeoJSON", "GeoJSONSeq", "TopoJSON", "ESRIJSON", "ESRI Shapefile", "KML", "LIBKML", "FlatGeobuf", "GML"}
)
_BEGINNINGS = {
    ".gpkg": re.compile(rb"SQLite format 3\0"),
    ".shp": re.compile(rb"\0\0\x27\x0a"),
    ".fgb": re.compile(rb"fgb"),
    ".kmz": re.compile(rb"PK"),
    ".kml": re.compile(rb"(\xef\xbb\xbf)?\s*<(?s:.*)[<:]kml\b"),
    ".gml": re.compile(rb"(\xef\xbb\xbf)?\s*<(?s:.*)FeatureCollection\b"),
    ".geojson": re.compile(rb"(\xef\xbb\xbf)?\s*[{\[\x1e](?!(?s:.*)gdal_streamed_alg)"),
}
_BEGINNINGS[".json"] = _BEGINNINGS[".geojson"]

# A coordinate system given as an address, or a schema elsewhere, finds a closed door.
pyogrio.set_gdal_config_options({"GDAL_HTTP_PROXY": "http://127.0.0.1:9", "GDAL_HTTP_MAX_RETRY": "0"})

Geometries = NDArray[np.object_]
Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was looked at: where GDAL finds it, and its layers with geometry.

    `address` is None for GeoParquet; `crs` is that of a lone .prj file whose name is not the shapefile's.
    """

    path: Path
    address: str | None
    layers: tuple[str, ...]
    driver: str
    crs: CRS | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A layer as it stands in the file, row for row."""

    attributes: pa.Table  # the columns without geometry, in the file's order, with the file's types
    geometry: Geometries  # shape (rows,), None where a row has none
    crs: CRS | None  # coordinate system, None where the file does not say
    name: str  # name of the layer
    crs_borrowed: bool = False  # true where `crs` comes from a .prj file with another name than the shapefile's

    def frame(self) -> gpd.GeoDataFrame:
        """Give attributes and geometry as one table, rows numbered from 0."""
        return gpd.GeoDataFrame(self.attributes.to_pandas(), geometry=self.geometry, crs=self.crs)


def read_layer(
    path: Path,
    *,
    score: Callable[[pd.DataFrame], tuple[int, ...]],
    limits_vertices: int = MOST_VERTICES,
    limits_unpacked_bytes: int = MOST_UNPACKED_BYTES,
    progress: Progress | None = None,
) -> Layer:
    """Read the layer of a vector file whose attributes score highest, of equals the first.

    Parameters
    ----------
    path
        See `open_source`.
    score
        Judges a layer by its attributes alone, so that only one layer's geometry is read. Not called where
        there is one layer only.
    limits_vertices, limits_unpacked_bytes
        See `read_one` and `open_source`.
    progress
        Told the share of the layer that is read, 0 to 1, and the step ``read``.

    Raises
    ------
    errors.BoundaryError
        As `open_source` and `read_one`.
    """
    source = open_source(path, limits_unpacked_bytes=limits_unpacked_bytes)
    best = 0
    if len(source.layers) > 1:
        with refusals():
            scores = [score(_attributes(source, name)) for name in source.layers]
        best = scores.index(max(scores))
    return read_one(source, source.layers[best], limits_vertices=limits_vertices, progress=progress)


def open_source(path: Path, *, limits_unpacked_bytes: int = MOST_UNPACKED_BYTES) -> Source:
    """Look at a vector file: is it one, and which layers with geometry has it.

    Parameters
    ----------
    path
        GeoPackage, GeoJSON, Shapefile, KML or KMZ, FlatGeobuf, GML, GeoParquet, or an archive (.zip) with
        one such file in it, in whatever folder.
    limits_unpacked_bytes
        Largest content of an archive, or of a GeoParquet file, after unpacking.

    Raises
    ------
    errors.BoundaryError
        ``file_missing``, ``format_unknown``, ``several_files_in_zip``, ``no_file_in_zip``, ``zip_path``,
        ``zip_bomb``, ``cut_short``, ``unreadable`` or ``no_features``.
    """
    if not path.is_file():
        raise errors.FileMissingError
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise errors.FormatUnknownError(suffix=suffix, suffixes=SUFFIXES)
    with refusals():
        if suffix in PARQUET_SUFFIXES:
            unpacked = _parquet_bytes(path)
            if unpacked > limits_unpacked_bytes:
                raise errors.ZipBombError(unpacked_bytes=unpacked, limit_bytes=limits_unpacked_bytes)
            return Source(path=path, address=None, layers=(path.stem,), driver="Parquet")
        if suffix in _ARCHIVES:
            _check_archive(path, limits_unpacked_bytes)
        address, crs = _inside_zip(path) if suffix == ".zip" else (str(path), None)
        if suffix != ".zip":
            with path.open("rb") as file:
                _check_beginning(suffix, file.read(_HEAD_BYTES), path.stat().st_size)
        layers = tuple(str(name) for name, kind in pyogrio.list_layers(address) if kind is not None)
        if not layers:
            raise errors.NoFeaturesError
        driver = str(pyogrio.read_info(address, layer=layers[0])["driver"])
        if driver not in _DRIVERS:
            raise errors.FormatUnknownError(suffix=suffix, suffixes=SUFFIXES)
    return Source(path=path, address=address, layers=layers, driver=driver, crs=crs)


def read_one(
    source: Source, layer: str, *, limits_vertices: int = MOST_VERTICES, progress: Progress | None = None
) -> Layer:
    """Read a layer, part by part, and stop before geometry of too many vertices is built.

    Raises
    ------
    errors.BoundaryError
        ``too_many_vertices``, ``truncated``, ``unreadable`` or ``no_features``.
    """
    with refusals():
        if source.address is None:
            read = _read_parquet(source)
            check_vertices(read.geometry, limits_vertices)
        else:
            read = _read_gdal(source, layer, limits_vertices, progress)
    if not len(read.geometry):
        raise errors.NoFeaturesError
    return read


@contextmanager
def refusals() -> Iterator[None]:
    """Turn whatever the reading libraries raise into ``unreadable``, or ``shape_too_large`` where GDAL says so."""
    try:
        yield
    except errors.BoundaryError:
        raise
    except (
        DataSourceError,
        DataLayerError,
        WriteError,
        OSError,
        ValueError,
        KeyError,
        RuntimeError,
        ShapelyError,
        pa.ArrowException,
        zipfile.BadZipFile,
    ) as problem:
        # GDAL reads a GeoJSON feature into at most 200 megabytes of its own: some million vertices.
        kind = errors.ShapeTooLargeError if "too complex/large" in str(problem) else errors.UnreadableError
        raise kind(detail=str(problem)) from problem


def _attributes(source: Source, layer: str) -> pd.DataFrame:
    frame: pd.DataFrame = pyogrio.read_dataframe(source.address, layer=layer, read_geometry=False)
    return frame


def _read_gdal(source: Source, layer: str, limit: int, progress: Progress | None) -> Layer:
    declared = int(pyogrio.read_info(source.address, layer=layer)["features"])
    geometries: list[Geometries] = []
    tables: list[pa.RecordBatch] = []
    vertices = rows = 0
    with pyogrio.open_arrow(
        source.address, layer=layer, use_pyarrow=True, batch_size=16_384, datetime_as_string=True
    ) as (meta, batches):
        head = meta["geometry_name"] or "wkb_geometry"
        for batch in batches:
            packed = batch.column(head)
            size = int(pc.sum(pc.binary_length(packed)).as_py() or 0)
            _refuse_beyond(limit, vertices + size // _MOST_VERTEX_BYTES)
            geometries.append(shapely.from_wkb(packed.to_numpy(zero_copy_only=False), on_invalid="fix"))
            vertices += int(shapely.get_num_coordinates(geometries[-1]).sum())
            _refuse_beyond(limit, vertices)
            tables.append(batch.drop_columns([head]))
            rows += len(batch)
            if progress is not None and declared > 0:
                progress(min(1.0, rows / declared), "read")
        schema = pa.schema([field for field in batches.schema if field.name != head])
    if rows < declared:
        raise errors.TruncatedError(row_count=rows, declared_count=declared)
    crs = None if meta["crs"] is None else CRS.from_user_input(meta["crs"])
    borrowed = crs is None and source.crs is not None
    return Layer(
        attributes=pa.Table.from_batches(tables, schema=schema),
        geometry=np.concatenate([*geometries, np.array([], dtype=object)]),
        crs=source.crs if borrowed else crs,
        name=layer,
        crs_borrowed=borrowed,
    )


def _read_parquet(source: Source) -> Layer:
    shapes = gpd.read_parquet(source.path)
    others = [name for name in pq.read_schema(source.path).names if name in shapes.columns]
    others = [name for name in others if str(shapes.dtypes[name]) != "geometry"]
    attributes = pq.read_table(source.path, columns=others).replace_schema_metadata()
    return Layer(attributes, shapes.geometry.to_numpy(), shapes.crs, source.layers[0])


def _parquet_bytes(path: Path) -> int:
    metadata = pq.read_metadata(path)
    return sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))


def check_vertices(geometry: Geometries, limit: int) -> None:
    """Refuse geometry with more vertices than a limit.

    Raises
    ------
    errors.BoundaryError
        ``too_many_vertices``.
    """
    _refuse_beyond(limit, int(shapely.get_num_coordinates(geometry).sum()))


def _refuse_beyond(limit: int, count: int) -> None:
    if count > limit:
        raise errors.TooManyVerticesError(limit=limit)


def _check_beginning(suffix: str, head: bytes, size: int) -> None:
    """Refuse content that is not what the ending says, before GDAL looks at it, and shapefiles cut short.

    GDAL gives the rows that a cut shapefile has lost without their geometry, and says nothing.
    """
    if not head:
        raise errors.NoFeaturesError
    if not _BEGINNINGS[suffix].match(head):
        raise errors.FormatUnknownError(suffix=suffix, suffixes=SUFFIXES)
    declared = 2 * int.from_bytes(head[24:28], "big") if suffix == ".shp" else 0
    if declared > size:
        raise errors.CutShortError(size_bytes=size, declared_bytes=declared)


def _check_archive(path: Path, limit: int) -> None:
    """Refuse archives that write outside their folder or grow out of all proportion."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    for member in members:
        parts = PurePosixPath(member.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or re.match(r"[A-Za-z]:", member.filename):
            raise errors.ZipPathError(member=member.filename)
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if unpacked > limit or (unpacked > _BOMB_BYTES and unpacked / packed > _BOMB_RATIO):
        raise errors.ZipBombError(unpacked_bytes=unpacked, limit_bytes=limit)


def _inside_zip(path: Path) -> tuple[str, CRS | None]:
    """Return the path by which GDAL reads the one vector file in an archive, and the system of a stray .prj."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not name.startswith("__MACOSX/")]
        members = [name for name in names if name.lower().endswith(GDAL_SUFFIXES)]
        if not members:
            raise errors.NoFileInZipError(suffixes=GDAL_SUFFIXES)
        if len(members) > 1:
            raise errors.SeveralFilesInZipError(members=tuple(members))
        with archive.open(members[0]) as file:
            size = archive.getinfo(members[0]).file_size
            _check_beginning(PurePosixPath(members[0]).suffix.lower(), file.read(_HEAD_BYTES), size)
        crs = _stray_crs(archive, members[0], [name for name in names if name.lower().endswith(".prj")])
    return f"/vsizip/{path.resolve().as_posix()}/{members[0]}", crs


def _stray_crs(archive: zipfile.ZipFile, shapefile: str, projections: list[str]) -> CRS | None:
    """Read the one .prj of an archive where it is not named like the shapefile."""
    if len(projections) != 1 or not shapefile.lower().endswith(".shp"):
        return None
    with archive.open(projections[0]) as file:
        text = file.read(_LARGEST_PRJ).decode("utf-8", errors="replace")
    try:
        return CRS.from_wkt(text)
    except CRSError:
        return None


def parsed_crs(text: str) -> CRS:
    """Read a coordinate system as a user writes it: ``EPSG:32748``, ``32748`` or WKT.

    Raises
    ------
    errors.BoundaryError
        ``crs_unknown``.
    """
    try:
        return CRS.from_user_input(int(text) if text.isdigit() else text)
    except CRSError as problem:
        raise errors.CrsUnknownError(crs=text) from problem
