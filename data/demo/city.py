"""A fictional coastal city: 42 areas in 7 districts, made from names and a seed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Transformer
from scipy.optimize import linear_sum_assignment
from scipy.sparse.csgraph import connected_components

from data.demo.scenario import SEED
from data.demo.terrain import (
    CENTRE_SPACING_M,
    OLD_TOWN,
    SPACING_GROWTH,
    Floats,
    Geometries,
    Land,
    Whole,
    make_land,
    sea_beyond,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

AreaName = tuple[str, str, str, str]

DISTRICT_COUNT, DISTRICT_SIZE = 7, 6
UTM = "EPSG:32748"
ORIGIN_M = (690_000.0, 9_558_000.0)  # UTM place of the land's zero: Java Sea, far from any shore
DECIMALS = 6
MOST_TRIES = 40

# Words in names that say what kind of place it is, the surer ones first; see `_traits`.
PLACE_WORDS = (
    ("coast", 1.0, "pulau pantai pesisir nelayan tanjung teluk selat laut bahari samudra"),
    ("coast", 0.6, "muara kuala karang pasir ujung tambak bakau galangan"),
    ("river", 0.6, "sungai seberang tepian tepi kanal ilir hilir muara kuala dermaga bantaran lubuk parit"),
    ("centre", 1.0, "bandar kota pasar lama alun pusat tengah benteng pelabuhan gedung"),
    ("inland", 1.0, "bukit gunung puncak lereng hutan rimba ladang kebun hulu sawah talang padang huma rawa"),
    ("west", 1.0, "barat"),
    ("east", 1.0, "timur"),
    ("north", 1.0, "utara"),
    ("south", 1.0, "selatan"),
)


def make_city(names: Sequence[AreaName], *, seed: int = SEED) -> gpd.GeoDataFrame:
    """Make the fictional city's areas and give them names.

    The city lies in open sea on purpose. A coast with a bay and a cape, a river that meanders
    through and a tributary are fixed in outline; their detail, the areas and the districts follow
    from the seed. Areas are small in the old town at the river's mouth and large at the edge. No
    district crosses a river, and each is one connected piece. A name goes where its words fit:
    "Pantai" to the coast, "Pasar" to the old town, "Barat" to the west.

    Parameters
    ----------
    names
        42 tuples (area code, area name, district code, district name), 6 of each of 7 districts.
    seed
        The only source of variety.

    Returns
    -------
    areas
        Columns area_code, area_name, district_code, district_name, geometry (EPSG:4326, vertices
        of six decimals, a valid coverage of single polygons without holes), in the order of `names`.

    Raises
    ------
    ValueError
        If the names are not 7 districts of 6 areas with distinct codes.
    """
    districts = list(dict.fromkeys(district for _, _, district, _ in names))
    members = [np.array([i for i, name in enumerate(names) if name[2] == district]) for district in districts]
    if len({name[0] for name in names}) != len(names):
        raise ValueError("area codes are not distinct")
    if [len(group) for group in members] != [DISTRICT_SIZE] * DISTRICT_COUNT:
        raise ValueError(f"{DISTRICT_COUNT} districts of {DISTRICT_SIZE} areas are needed")

    land, groups = _make_land_and_groups(seed)
    place_of_name = _match_names(names, members, land, groups)
    columns = ["area_code", "area_name", "district_code", "district_name"]
    data = {column: [name[i] for name in names] for i, column in enumerate(columns)}
    return gpd.GeoDataFrame(data, geometry=_to_degrees(land.polygons)[place_of_name], crs="EPSG:4326")


def make_sea(*, seed: int = SEED) -> shapely.MultiPolygon | shapely.Polygon:
    """Draw the sea before the city of a seed, far beyond every map of it, in EPSG:4326."""
    return _to_degrees(np.array([sea_beyond(_make_land_and_groups(seed)[0].coast)], dtype=object))[0]


@lru_cache(maxsize=2)
def _make_land_and_groups(seed: int) -> tuple[Land, Whole]:
    """Draw land until it looks surveyed and falls into connected districts."""
    rng = np.random.default_rng([seed, 0])
    for _ in range(MOST_TRIES):
        land = make_land(DISTRICT_COUNT * DISTRICT_SIZE, group_size=DISTRICT_SIZE, rng=rng)
        if land is not None and (groups := _group(land, rng)) is not None:
            return land, groups
    raise ValueError(f"no believable city in {MOST_TRIES} tries")


def _group(land: Land, rng: np.random.Generator) -> Whole | None:
    """Number each area's district: equal groups, compact on a map where all areas are equally large.

    Areas and group middles are matched at least total squared distance, middles move, and so on;
    the best of several starts whose groups are all connected counts. None if there is none.
    """
    adjacent = _adjacency(land.polygons)
    position = _evened(_middles(land.polygons))
    groups = np.full(len(position), -1)
    for bank in range(int(land.banks.max()) + 1):
        here = np.flatnonzero(land.banks == bank)
        local = adjacent[np.ix_(here, here)]
        best, least = None, np.inf
        for _ in range(12):
            group, cost = _equal_groups(position[here], rng)
            connected = all(
                connected_components(local[np.ix_(group == g, group == g)])[0] == 1 for g in np.unique(group)
            )
            if connected and cost < least:
                best, least = group, cost
        if best is None:
            return None
        groups[here] = groups.max() + 1 + best
    return groups


def _equal_groups(position: Floats, rng: np.random.Generator) -> tuple[Whole, float]:
    """Group points into compact groups of `DISTRICT_SIZE`; also give the sum of squared distances."""
    count = len(position) // DISTRICT_SIZE
    middles = position[rng.choice(len(position), count, replace=False)]
    for _ in range(10):
        distance = ((position[:, None] - middles[None]) ** 2).sum(axis=2)
        rows, slots = linear_sum_assignment(np.repeat(distance, DISTRICT_SIZE, axis=1))
        group = slots // DISTRICT_SIZE
        middles = np.array([position[group == g].mean(axis=0) for g in range(count)])
    return group.astype(np.int64), float(distance[rows, group].sum())


def _adjacency(polygons: Geometries) -> NDArray[np.bool_]:
    """Tell which polygons share a border of some length, shape (n, n)."""
    adjacent = np.zeros((len(polygons), len(polygons)), dtype=bool)
    one, other = shapely.STRtree(polygons).query(polygons, predicate="touches")
    length = shapely.length(shapely.intersection(polygons[one], polygons[other]))
    adjacent[one, other] = length > 0
    return adjacent


def _middles(polygons: Geometries) -> Floats:
    middles: Floats = shapely.get_coordinates(shapely.centroid(polygons))
    return middles


def _evened(points: Floats) -> Floats:
    """Stretch the plane around the old town until areas are about equally large everywhere."""
    offset = points - OLD_TOWN
    distance = np.maximum(np.hypot(*offset.T), 1.0)
    areas_between = np.log1p(SPACING_GROWTH * distance / CENTRE_SPACING_M) / SPACING_GROWTH
    evened: Floats = offset * (areas_between / distance)[:, None]
    return evened


def _traits(land: Land) -> dict[str, Floats]:
    """Tell for every area how much it is a place of each kind, from 0 to 1."""
    middles = _middles(land.polygons)
    shore, stream = shapely.distance(land.polygons, land.coast), shapely.distance(land.polygons, land.rivers)
    x, y = ((axis - axis.min()) / np.ptp(axis) for axis in middles.T)
    return {
        "coast": np.exp(-shore / 300.0),
        "river": np.exp(-stream / 300.0),
        "centre": np.exp(-np.hypot(*(middles - OLD_TOWN).T) / 1_500.0),
        "inland": 1.0 - np.exp(-shore / 4_000.0),
        "west": 1.0 - x,
        "east": x,
        "north": y,
        "south": 1.0 - y,
    }


def _fit(names: Sequence[str], traits: dict[str, Floats]) -> Floats:
    """Score names (rows) against places (columns) by the words in the names.

    Where words say nothing, earlier names go to the north-west: a hundredth of a word's weight.
    """
    fit = np.zeros((len(names), len(traits["west"])))
    reading_order = traits["east"] - traits["north"]
    for row, name in enumerate(names):
        words = name.lower().replace("-", " ").split()
        for trait, weight, known in PLACE_WORDS:
            fit[row] += weight * sum(word in known.split() for word in words) * traits[trait]
        fit[row] += 0.01 * (row / len(names)) * reading_order
    return fit


def _match_names(
    names: Sequence[AreaName], members: list[NDArray[np.intp]], land: Land, groups: Whole
) -> NDArray[np.intp]:
    """Give each name its place, shape (n,): whole districts first, then areas inside them."""
    traits = _traits(land)
    of_group = {key: np.bincount(groups, value) / DISTRICT_SIZE for key, value in traits.items()}
    fit = _fit([name[1] for name in names], traits)
    by_district = 2.0 * _fit([names[rows[0]][3] for rows in members], of_group)
    places = [np.flatnonzero(groups == g) for g in range(len(members))]
    for d, rows in enumerate(members):
        for g, columns in enumerate(places):
            inside = fit[np.ix_(rows, columns)]
            by_district[d, g] += inside[linear_sum_assignment(inside, maximize=True)].sum() / DISTRICT_SIZE
    place_of_name = np.empty(len(names), dtype=np.intp)
    for d, g in zip(*linear_sum_assignment(by_district, maximize=True), strict=True):
        rows, columns = members[d], places[g]
        row, column = linear_sum_assignment(fit[np.ix_(rows, columns)], maximize=True)
        place_of_name[rows[row]] = columns[column]
    return place_of_name


def _to_degrees(polygons: Geometries) -> Geometries:
    """Put the local plane at its place in the sea, in degrees, every vertex rounded alike."""
    transformer = Transformer.from_crs(UTM, "EPSG:4326", always_xy=True)

    def place(vertices: Floats) -> Floats:
        return np.column_stack(transformer.transform(*(vertices + ORIGIN_M).T)).round(DECIMALS)

    placed: Geometries = shapely.normalize(shapely.transform(polygons, place))
    return placed
