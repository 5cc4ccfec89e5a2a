"""What a boundary file holds beside the region: its neighbours, and sea that it states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from geo.codes import canonical_area_code
from geo.files.boundary_heads import as_text, plain_head
from geo.files.polygons import mend, polygon_parts

if TYPE_CHECKING:
    import pandas as pd
    from pyproj import CRS

    from geo.files.boundary_heads import Columns
    from geo.files.layers import Layer

REGENCY_HEADS = (
    "wadmkk",
    "namakabkota",
    "kabkota",
    "namakabupaten",
    "namakab",
    "nmkab",
    "kabupaten",
    "adm2id",
    "adm2en",
)
KIND_HEADS, SEA_WORDS = ("jenis", "tipe", "kelas"), ("laut", "perairan laut")
REACH = 1.5  # of the region's width and height: how far around it its surroundings are kept
TOLERANCE_DEG = 0.001  # about 100 m: enough for what only surrounds the subject
REGENCY_LENGTH = 5  # of the code NN.NN
SEA, NEIGHBOUR = "sea", "neighbour"
_WGS84 = 4326


def surroundings_of(
    layer: Layer, columns: Columns, *, prefix: str, areas: gpd.GeoDataFrame, crs: CRS | None
) -> gpd.GeoDataFrame:
    """Gather the neighbouring kabupaten and kota of a region, and the sea, from the file of its boundaries.

    A row without a code is sea where a column for the kind of row (`KIND_HEADS`) says so; a file that says
    nothing leaves the sea unknown. Neighbours are known in files with Kemendagri codes.

    Parameters
    ----------
    layer, columns, prefix
        The file, its columns, and what the region's codes begin with.
    areas
        Of the region, in EPSG:4326.
    crs
        Coordinate system of the layer; None: degrees.

    Returns
    -------
    surroundings
        Columns name, kind (``sea`` or ``neighbour``), geometry (EPSG:4326, simplified), one row each, sorted by
        kind and name; no row where the file holds only the region.
    """
    frame = layer.attributes.to_pandas()
    heads = {plain_head(str(column)): str(column) for column in frame.columns}
    codes = [canonical_area_code(text) or "" for text in as_text(frame[columns.code])]
    is_sea = _sea_rows(frame, heads) & (np.array(codes) == "")
    beside = np.array([bool(code) and not code.startswith(prefix) for code in codes]) & (columns.system != "bps")
    regency = next((heads[head] for head in REGENCY_HEADS if head in heads), None)
    stated = as_text(frame[regency]) if regency else [""] * len(frame)
    kinds = [
        (SEA, "") if sea else (NEIGHBOUR, name or f"Wilayah {code[:REGENCY_LENGTH]}")
        for sea, name, code in zip(is_sea, stated, codes, strict=True)
    ]
    kept = np.flatnonzero(is_sea | beside)
    shapes = gpd.GeoSeries(layer.geometry[kept], crs=crs or _WGS84).to_crs(_WGS84)
    west, south, east, north = areas.total_bounds
    wide, high = REACH * (east - west), REACH * (north - south)
    frame_deg = (west - wide, south - high, east + wide, north + high)
    groups: dict[tuple[str, str], list[object]] = {}
    for row, shape in zip(kept, shapes, strict=True):
        if shape is not None and shapely.intersects(shape, shapely.box(*frame_deg)):
            groups.setdefault(kinds[row], []).append(shape)
    found = []
    for (kind, name), members in sorted(groups.items()):
        whole, _ = mend(np.array(members, dtype=object))
        seen = shapely.clip_by_rect(shapely.union_all(whole), *frame_deg)
        (shape,) = polygon_parts(np.array([shapely.simplify(seen, TOLERANCE_DEG)], dtype=object))
        if shape is not None:
            found.append((name, kind, shape))
    return gpd.GeoDataFrame(
        {"name": [name for name, _, _ in found], "kind": [kind for _, kind, _ in found]},
        geometry=gpd.GeoSeries([shape for _, _, shape in found], crs=_WGS84),
        crs=_WGS84,
    )


def _sea_rows(frame: pd.DataFrame, heads: dict[str, str]) -> np.ndarray:
    """Tell which rows a column for their kind calls sea."""
    column = next((heads[head] for head in KIND_HEADS if head in heads), None)
    if column is None:
        return np.zeros(len(frame), dtype=bool)
    return np.array([text.strip().lower() in SEA_WORDS for text in as_text(frame[column])])
