"""What changes between two boundary sets of one region."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geo.codes import SAME_NAME_SIMILARITY, name_similarity, normalise_name
from geo.reference_systems import area_epsg

if TYPE_CHECKING:
    import geopandas as gpd

SAME_SHAPE = 0.9  # intersection over union of two drawings of one area
MOVED = 0.8  # below this, the area of one code lies elsewhere
SHARE = 0.1  # of an area; what two areas have in common below that is a border drawn differently
MOSTLY = 0.5  # of an area
CHANGES = ("split", "merged", "moved", "gone", "new", "code_changed", "renamed", "no_polygon", "same")
COLUMNS = ("change", "old_code", "old_name", "new_code", "new_name", "old_share", "new_share", "iou")

Floats = NDArray[np.float64]
Pair = tuple[int, int]


def compare(old: "gpd.GeoDataFrame", new: "gpd.GeoDataFrame", *, utm_epsg: int | None) -> pd.DataFrame:
    """List what became of every area of one boundary set in another.

    An area's counterpart is the one with nearly its shape, of several the one with its code; else the one with
    its code; between two code systems, where codes say nothing, the one with its name that overlaps it, or is the
    only one so called, or one that overlaps it with a name alike. Then:

    - *split*: the area and at least one new area without counterpart, and maybe others, lie mostly within it and
      hold a tenth of it each;
    - *merged*: the other way round;
    - *moved*: counterparts whose shapes have less than `MOVED` in common;
    - *code_changed*: counterparts with one shape and two codes, within one code system;
    - *renamed*: counterparts whose names are not alike;
    - *no_polygon*: counterparts of which one has no shape, so that nothing can be said;
    - *same*, *gone*, *new*: the rest.

    Parameters
    ----------
    old, new
        Columns area_code, area_name and geometry (valid polygons, EPSG:4326; None where there is none), maybe
        district_name. Codes with points are Kemendagri's, codes without are those of BPS.
    utm_epsg
        UTM zone to measure in; None for a region wider than a zone.

    Returns
    -------
    changes
        One row for each relation: change (one of `CHANGES`), old_code, old_name, new_code, new_name (None where
        there is no such area), old_share and new_share (share of the old and of the new area that lies in the
        other), iou (area in common by area of both); shares NaN where there is no pair of shapes. Sorted by
        change in the order of `CHANGES`, then by code.
    """
    pairs = _overlaps(_projected(old, utm_epsg), _projected(new, utm_epsg))
    same_system = _dotted(old) == _dotted(new)
    pairs["likeness"] = _likeness(old, new, pairs)
    counterparts = _counterparts(old, new, pairs, same_system=same_system)
    shaped_old, shaped_new = old.geometry.notna().to_numpy(), new.geometry.notna().to_numpy()
    shapeless = {(one, other) for one, other in counterparts.items() if not (shaped_old[one] and shaped_new[other])}
    lasting = {one: other for one, other in counterparts.items() if (one, other) not in shapeless}
    rows = _splits(old, new, pairs, lasting)
    told_old = {one for _, one, other in rows if one is not None}
    told_new = {other for _, _, other in rows if other is not None}
    measures = {(one, other): iou for one, other, iou in zip(pairs["old"], pairs["new"], pairs["iou"], strict=True)}
    for one, other in counterparts.items():
        if (one, other) in shapeless or (one not in told_old and other not in told_new):
            rows.append((_kind(old, new, (one, other), measures, same_system=same_system), one, other))
            told_old.add(one)
            told_new.add(other)
    rows += [("gone", one, None) for one in range(len(old)) if one not in told_old]
    rows += [("new", None, other) for other in range(len(new)) if other not in told_new]
    return _table(old, new, rows, pairs)


def _projected(areas: "gpd.GeoDataFrame", utm_epsg: int | None) -> NDArray[np.object_]:
    to_metres = Transformer.from_crs(4326, area_epsg(utm_epsg), always_xy=True)
    shapes: NDArray[np.object_] = shapely.transform(areas.geometry.to_numpy(), to_metres.transform, interleaved=False)
    spoilt = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
    shapes[spoilt] = shapely.make_valid(shapes[spoilt], method="structure", keep_collapsed=False)
    return shapes


def _overlaps(old: NDArray[np.object_], new: NDArray[np.object_]) -> pd.DataFrame:
    """Measure every pair of shapes that have area in common: old, new (positions), old_share, new_share, iou."""
    one, other = shapely.STRtree(new).query(old, predicate="intersects")
    common = shapely.area(shapely.intersection(old[one], new[other]))
    old_m2, new_m2 = shapely.area(old[one]), shapely.area(new[other])
    pairs: pd.DataFrame = pd.DataFrame(
        {
            "old": one,
            "new": other,
            "old_share": common / old_m2,
            "new_share": common / new_m2,
            "iou": common / (old_m2 + new_m2 - common),
        }
    )
    meeting: pd.DataFrame = pairs[common > 0].reset_index(drop=True)
    return meeting


def _dotted(areas: "gpd.GeoDataFrame") -> bool:
    return any("." in code for code in areas["area_code"])


def _likeness(old: "gpd.GeoDataFrame", new: "gpd.GeoDataFrame", pairs: pd.DataFrame) -> NDArray[np.int64]:
    """Tell of each pair that shares a tenth whether its names are the same (2), alike (1) or not (0)."""
    near = ((pairs["old_share"] >= SHARE) | (pairs["new_share"] >= SHARE)).to_numpy()
    old_names = old["area_name"].to_numpy()[pairs["old"][near]]
    new_names = new["area_name"].to_numpy()[pairs["new"][near]]
    similarity = np.array([name_similarity(a, b) for a, b in zip(old_names, new_names, strict=True)])
    likeness = np.zeros(len(pairs), dtype=np.int64)
    likeness[near] = (similarity >= SAME_NAME_SIMILARITY).astype(int) + (similarity == 1)
    return likeness


def _counterparts(
    old: "gpd.GeoDataFrame", new: "gpd.GeoDataFrame", pairs: pd.DataFrame, *, same_system: bool
) -> dict[int, int]:
    """Pair old with new areas, each at most once: by shape, then by code or, between systems, by name."""
    old_codes, new_codes = old["area_code"].to_numpy(), new["area_code"].to_numpy()
    same_code = (old_codes[pairs["old"]] == new_codes[pairs["new"]]) & same_system
    agreeing = pairs.assign(agrees=same_code.astype(int) if same_system else pairs["likeness"])
    agreeing = agreeing.sort_values(["agrees", "iou"], ascending=False, kind="stable")
    shaped = agreeing[agreeing["iou"] >= SAME_SHAPE]
    found: dict[int, int] = {}
    _add(found, zip(shaped["old"], shaped["new"], strict=True))
    if same_system:
        place = {code: position for position, code in enumerate(new_codes)}
        _add(found, ((position, place[code]) for position, code in enumerate(old_codes) if code in place))
    else:
        so_called, alike = (agreeing[agreeing["agrees"] == likeness] for likeness in (2, 1))
        unique = _unique_names(new)
        _add(found, zip(so_called["old"], so_called["new"], strict=True))
        _add(found, ((position, unique[name]) for name, position in _unique_names(old).items() if name in unique))
        _add(found, zip(alike["old"], alike["new"], strict=True))
    return dict(sorted(found.items()))


def _add(found: dict[int, int], pairs: Iterable[Pair]) -> None:
    """Take pairs in their order where neither area has a counterpart yet."""
    taken = set(found.values())
    for one, other in pairs:
        if one not in found and other not in taken:
            found[int(one)] = int(other)
            taken.add(int(other))


def _unique_names(areas: "gpd.GeoDataFrame") -> dict[str, int]:
    """Give the place of every name that occurs once."""
    names = [normalise_name(name) for name in areas["area_name"]]
    count = Counter(names)
    return {name: position for position, name in enumerate(names) if count[name] == 1}


def _splits(
    old: "gpd.GeoDataFrame", new: "gpd.GeoDataFrame", pairs: pd.DataFrame, lasting: dict[int, int]
) -> list[tuple[str, int | None, int | None]]:
    """Find areas that became several, and several that became one; borders between lasting areas do not count."""
    fresh = set(range(len(new))) - set(lasting.values())
    lost = set(range(len(old))) - set(lasting)
    rows: list[tuple[str, int | None, int | None]] = []
    parts = pairs[(pairs["old_share"] >= SHARE) & (pairs["new_share"] > MOSTLY)]
    for one, others in _grouped(parts["old"], parts["new"]).items():
        if len(others) > 1 and fresh.intersection(others):
            rows += [("split", one, other) for other in others]
    parts = pairs[(pairs["new_share"] >= SHARE) & (pairs["old_share"] > MOSTLY)]
    for other, ones in _grouped(parts["new"], parts["old"]).items():
        if len(ones) > 1 and lost.intersection(ones):
            rows += [("merged", one, other) for one in ones]
    return rows


def _grouped(keys: "pd.Series[int]", members: "pd.Series[int]") -> dict[int, list[int]]:
    groups: dict[int, list[int]] = {}
    for key, member in zip(keys.tolist(), members.tolist(), strict=True):
        groups.setdefault(key, []).append(member)
    return groups


def _kind(
    old: "gpd.GeoDataFrame", new: "gpd.GeoDataFrame", pair: Pair, measures: dict[Pair, float], *, same_system: bool
) -> str:
    """Name what happened to an area with a counterpart."""
    one, other = pair
    if old.geometry.iloc[one] is None or new.geometry.iloc[other] is None:
        return "no_polygon"
    if measures.get(pair, 0.0) < MOVED:
        return "moved"
    if same_system and old["area_code"].iloc[one] != new["area_code"].iloc[other]:
        return "code_changed"
    alike = name_similarity(old["area_name"].iloc[one], new["area_name"].iloc[other]) >= SAME_NAME_SIMILARITY
    return "same" if alike else "renamed"


def _table(
    old: "gpd.GeoDataFrame",
    new: "gpd.GeoDataFrame",
    rows: list[tuple[str, int | None, int | None]],
    pairs: pd.DataFrame,
) -> pd.DataFrame:
    change, one, other = zip(*rows, strict=True) if rows else ((), (), ())
    table = pd.DataFrame(
        {
            "change": pd.Categorical(change, categories=list(CHANGES), ordered=True),
            "old": pd.array(one, dtype="Int64"),
            "new": pd.array(other, dtype="Int64"),
        }
    )
    for side, areas in (("old", old), ("new", new)):
        for column, source in (("code", "area_code"), ("name", "area_name")):
            values = np.array([*areas[source], None], dtype=object)
            table[f"{side}_{column}"] = pd.Series(values[table[side].fillna(-1).to_numpy(dtype=int)], dtype=object)
    measured = pairs[["old", "new", "old_share", "new_share", "iou"]].astype({"old": "Int64", "new": "Int64"})
    table = table.merge(measured, on=["old", "new"], how="left")
    for side in ("old_share", "new_share", "iou"):
        both = _shaped(old, table["old"]) & _shaped(new, table["new"])
        table[side] = table[side].where(~both, table[side].fillna(0.0))
    table = table.sort_values(["change", "old_code", "new_code"], ignore_index=True)
    return table.astype({"change": str})[list(COLUMNS)]


def _shaped(areas: "gpd.GeoDataFrame", positions: pd.Series) -> NDArray[np.bool_]:
    """Tell of each position whether there is an area with a shape."""
    shaped = np.append(areas.geometry.notna().to_numpy(), [False])
    return np.asarray(shaped[positions.fillna(-1).to_numpy(dtype=int)])
