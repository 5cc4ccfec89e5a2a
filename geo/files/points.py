"""Files of places, each row a point: read as a table of text with longitude and latitude."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from shapely.errors import ShapelyError

from geo import errors
from geo.files.layers import (
    MOST_UNPACKED_BYTES,
    Geometries,
    Layer,
    check_vertices,
    open_source,
    parsed_crs,
    read_one,
    refusals,
)
from geo.reference_systems import bounds_of, crs_name_of, within_indonesia

LONGITUDE, LATITUDE = "bujur", "lintang"
LEAST_SHARE = 0.9  # of rows around Indonesia, for coordinates without a system to be degrees
DECIMALS = 7  # of a degree: one centimetre
_OF_FILE = "_berkas"  # a column of the file that is already called like one of ours
_JSON_SUFFIXES = (".json", ".geojson")
_LARGEST_ANSWER = 256 * 2**20  # bytes; an answer of an interface is read whole
_LOOKED_AT = 4096


@dataclass(frozen=True, slots=True, eq=False)
class PointTable:
    """The rows of a file of places."""

    # Text columns under the names they have in the file, missing values NULL, and `bujur` and `lintang` in EPSG:4326,
    # NULL where a row has no geometry. A column of the file with one of these two names is kept as ``bujur_berkas``
    # or ``lintang_berkas``. An object in a cell is kept as JSON, and its plain members stand beside it as columns
    # ``head_member``.
    table: pa.Table
    layer: str  # layers that were read, joined by a comma where several were
    crs_name: str  # coordinate system of the coordinates as they stand in the file, or as given
    crs_assumed: bool  # true where the file did not say and its coordinates look like degrees
    crs_borrowed: bool  # true where the system comes from a .prj file with another name than the shapefile's
    shape_count: int  # rows whose geometry is no single point: they stand at a point inside it
    empty_count: int  # rows without geometry; they are in `table`


def read_points(
    path: Path,
    *,
    crs: str | None = None,
    layer: str | None = None,
    limits_vertices: int,
    limits_unpacked_bytes: int = MOST_UNPACKED_BYTES,
) -> PointTable:
    """Read every row of a file of places as text, with the place as longitude and latitude.

    No row is lost: one without geometry keeps missing coordinates. Folders of a KML file are read one after the
    other. The answer of an interface that wraps GeoJSON or TopoJSON in ``result`` is unwrapped.

    Parameters
    ----------
    path
        See `geo.files.layers.open_source`.
    crs
        Coordinate system, ``EPSG:32748``, which then holds whatever the file says. Without it a file that does
        not say is taken for degrees where nine rows in ten lie around Indonesia. Places elsewhere stay as they
        are: it is for the import to judge single rows.
    layer
        Which layer of several.
    limits_vertices, limits_unpacked_bytes
        As in `geo.files.layers`.

    Raises
    ------
    errors.BoundaryError
        ``no_crs``, ``crs_unknown``, ``several_layers``, ``layer_unknown``, ``too_large``, ``no_points``, and the
        reasons of `geo.files.layers`; the file's name is among the facts.
    """
    try:
        given = None if crs is None else parsed_crs(crs)
        wrapped = _unwrapped(path)
        if wrapped is None:
            layers = _layers(path, layer, limits_vertices, limits_unpacked_bytes)
        else:
            layers = [_layer_of_json(wrapped, path.stem)]
            check_vertices(layers[0].geometry, limits_vertices)
        with refusals():
            return _point_table(layers, given)
    except errors.BoundaryError as error:
        error.file = path.name
        raise


def _layers(path: Path, chosen: str | None, limits_vertices: int, limits_unpacked_bytes: int) -> list[Layer]:
    source = open_source(path, limits_unpacked_bytes=limits_unpacked_bytes)
    names: Sequence[str] = source.layers
    if chosen is not None:
        if chosen not in names:
            raise errors.LayerUnknownError(layer=chosen, layers=tuple(names))
        names = (chosen,)
    if len(names) > 1 and source.driver not in {"KML", "LIBKML"}:
        raise errors.SeveralLayersError(layers=tuple(names))
    layers = []
    for name in names:
        try:
            layers.append(read_one(source, name, limits_vertices=limits_vertices))
        except errors.NoFeaturesError:
            if len(names) == 1:
                raise
    if not layers:
        raise errors.NoFeaturesError
    return layers


def _point_table(layers: Sequence[Layer], given: CRS | None) -> PointTable:
    geometry = np.concatenate([each.geometry for each in layers])
    empty = shapely.is_missing(geometry) | shapely.is_empty(geometry)
    geometry[empty] = None
    single = shapely.get_type_id(geometry) == shapely.GeometryType.POINT
    several = ~single & ~empty
    geometry[several] = _points_within(geometry[several])
    crs = layers[0].crs if given is None else given
    longitude, latitude, assumed = _degrees(geometry, crs)
    text = pa.concat_tables([_as_text(each.attributes) for each in layers], promote_options="default")
    heads = [f"{head}{_OF_FILE}" if head in {LONGITUDE, LATITUDE} else head for head in text.column_names]
    text = text.rename_columns(heads)
    text = text.append_column(LONGITUDE, _written(longitude)).append_column(LATITUDE, _written(latitude))
    return PointTable(
        table=text,
        layer=", ".join(each.name for each in layers),
        crs_name="EPSG:4326" if assumed or crs is None else crs_name_of(crs),
        crs_assumed=assumed,
        crs_borrowed=given is None and layers[0].crs_borrowed,
        shape_count=int(several.sum()),
        empty_count=int(empty.sum()),
    )


def _points_within(shapes: Geometries) -> Geometries:
    """Stand each line or area for a point of its own; of several points for the first."""
    points: Geometries = shapely.point_on_surface(shapes)
    multiple = shapely.get_type_id(shapes) == shapely.GeometryType.MULTIPOINT
    points[multiple] = shapely.get_geometry(shapes[multiple], 0)
    return points


def _degrees(points: Geometries, crs: CRS | None) -> tuple[NDArray[np.float64], NDArray[np.float64], bool]:
    """Give longitude and latitude, NaN where there is no point, and whether degrees were assumed."""
    x, y = shapely.get_x(points), shapely.get_y(points)  # NaN where there is no point
    assumed = crs is None and bool((~np.isnan(x)).any())
    if assumed and np.mean(within_indonesia(x, y)[~np.isnan(x)]) < LEAST_SHARE:
        raise errors.NoCrsError(**bounds_of(x, y))
    if crs is None or crs.to_epsg() == 4326:
        return x, y, assumed
    filled = ~np.isnan(x)
    longitude, latitude = np.full(len(x), np.nan), np.full(len(x), np.nan)
    transformer = Transformer.from_crs(crs, 4326, always_xy=True)
    longitude[filled], latitude[filled] = transformer.transform(x[filled], y[filled])
    return longitude, latitude, False


def _written(degrees: NDArray[np.float64]) -> pa.Array:
    text = [None if np.isnan(value) else f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".") for value in degrees]
    return pa.array(text, pa.string())


def _as_text(table: pa.Table) -> pa.Table:
    """Write every cell as text; objects as JSON with their plain members beside them."""
    columns: dict[str, pa.Array] = {}
    for head, column in zip(table.column_names, table.columns, strict=True):
        if isinstance(column.type, pa.BaseExtensionType) or pa.types.is_nested(column.type):
            cells = [_parsed(cell) for cell in column.to_pylist()]
            columns[head] = pa.array([None if cell is None else _json(cell) for cell in cells], pa.string())
            for member, values in _members(cells).items():
                if f"{head}_{member}" not in table.column_names:
                    columns[f"{head}_{member}"] = pa.array(values, pa.string())
        elif pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
            columns[head] = pa.array(
                [None if cell is None else cell.hex() for cell in column.to_pylist()], pa.string()
            )
        else:
            columns[head] = _sound(pc.cast(column, pa.string()))
    return pa.table(columns) if columns else table


def _sound(column: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
    """Read the cells of a column that are not the UTF-8 they claim to be as Windows writes text."""
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        cells = column.cast(pa.binary()).to_pylist()
        return pa.array([None if cell is None else _decoded(cell) for cell in cells], pa.string())
    return column


def _decoded(cell: bytes) -> str:
    try:
        return cell.decode()
    except UnicodeDecodeError:
        return cell.decode("cp1252", errors="replace")


def _parsed(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    try:
        return json.loads(cell)
    except ValueError:
        return cell


def _json(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _members(cells: Sequence[Any]) -> dict[str, list[str | None]]:
    """Collect the plain members of objects: member to one text for each cell."""
    heads = dict.fromkeys(
        member
        for cell in cells
        if isinstance(cell, dict)
        for member, value in cell.items()
        if not isinstance(value, (dict, list))
    )
    return {
        member: [_plain(cell.get(member)) if isinstance(cell, dict) else None for cell in cells] for member in heads
    }


def _plain(value: Any) -> str | None:
    """Write a JSON value as text: words as they are, everything else as JSON."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _unwrapped(path: Path) -> Mapping[str, Any] | None:
    """Return the GeoJSON or TopoJSON within an interface's answer, or a TopoJSON; None for any other file."""
    if path.suffix.lower() not in _JSON_SUFFIXES or not path.is_file():
        return None
    with path.open("rb") as file:
        head = file.read(_LOOKED_AT)
    if not any(word in head for word in (b'"statusCode"', b'"result"', b'"Topology"')):
        return None
    if path.stat().st_size > _LARGEST_ANSWER:
        raise errors.TooLargeError(size_bytes=path.stat().st_size, limit_bytes=_LARGEST_ANSWER)
    with refusals():
        try:
            content = json.loads(path.read_text(encoding="utf-8-sig"))
        except RecursionError as problem:
            raise errors.UnreadableError(detail="nested too deeply") from problem
    result = content.get("result", content) if isinstance(content, dict) else None
    kind = result.get("type") if isinstance(result, dict) else None
    return result if kind in ("FeatureCollection", "Topology") and isinstance(result, dict) else None


def _layer_of_json(content: Mapping[str, Any], name: str) -> Layer:
    """Turn a FeatureCollection or a Topology in degrees into a layer."""
    try:
        if content["type"] == "Topology":
            features = [feature for members in content["objects"].values() for feature in _topology_members(members)]
            shapes = [_topology_point(feature, content.get("transform")) for feature in features]
        else:
            features = list(content["features"])
            shapes = [_shape(feature.get("geometry")) for feature in features]
        rows = [dict(feature.get("properties") or {}) for feature in features]
    except errors.BoundaryError:
        raise
    except (TypeError, AttributeError, KeyError, IndexError, ValueError, ShapelyError) as problem:
        raise errors.UnreadableError(detail=f"{type(problem).__name__}: {problem}") from problem
    if not features:
        raise errors.NoFeaturesError
    geometry = np.array([*shapes, None], dtype=object)[:-1]
    return Layer(_table(rows), geometry, CRS.from_epsg(4326), name)


def _table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    heads = dict.fromkeys(head for row in rows for head in row)
    columns: dict[str, pa.Array] = {}
    for head in heads:
        cells = [row.get(head) for row in rows]
        objects = any(isinstance(cell, (dict, list)) for cell in cells)
        members = _members(cells) if objects else {}
        columns[head] = pa.array([_plain(cell) for cell in cells], pa.string())
        columns |= {
            f"{head}_{member}": pa.array(values, pa.string())
            for member, values in members.items()
            if f"{head}_{member}" not in heads
        }
    return pa.table(columns) if columns else pa.table({"baris": [str(n + 1) for n in range(len(rows))]})


def _topology_members(members: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    if members.get("type") != "GeometryCollection":
        return [members]
    return list(members.get("geometries") or [])


def _topology_point(feature: Mapping[str, Any], transform: Mapping[str, Any] | None) -> Any:
    """Place a point of a Topology: its whole numbers are steps of `scale` from `translate`."""
    kind, position = feature.get("type"), feature.get("coordinates")
    if kind is None or position is None:
        return None
    if kind == "MultiPoint":
        position = position[0] if position else None
    elif kind != "Point":
        raise errors.NoPointsError(geometry_types=(str(kind),))
    if not position:
        return None
    (east, north), (west, south) = (transform["scale"], transform["translate"]) if transform else ((1, 1), (0, 0))
    return shapely.Point(position[0] * east + west, position[1] * north + south)


def _shape(geometry: Mapping[str, Any] | None) -> Any:
    return None if geometry is None else shapely.from_geojson(json.dumps(geometry))
