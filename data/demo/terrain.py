"""The land of the fictional city: a coast with a bay and a cape, two rivers, borders between areas.

Everything lies in metres of a local plane, x to the east and y to the north. A line is drawn once
and shared by both its sides, so the areas fit without gap or overlap.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Voronoi, cKDTree

from data.demo.lines import roughen, smooth
from data.demo.shares import apportion

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Geometries = NDArray[Any]

GRID_M = 1.0  # every vertex lies on this grid; wide enough that rounded degrees cannot tangle it
FRAME = (-3_000.0, -4_000.0, 23_000.0, 17_000.0)
OLD_TOWN = np.array([9_000.0, 8_800.0])
AT_SEA = (5_000.0, 16_000.0)
# fmt: off
COAST = (
    (-3000, 11500), (-1200, 11300), (300, 12100), (1500, 13000), (2600, 12300), (3600, 12500), (4700, 11500),
    (5700, 11100), (6700, 10200), (7900, 10000), (8700, 9700), (9350, 10100), (10200, 10500), (10700, 11500),
    (11700, 12200), (12100, 13500), (12900, 14300), (13600, 15500), (14600, 15300), (14900, 14100),
    (15800, 13300), (16500, 12300), (17700, 12700), (18900, 12500), (20100, 13300), (21500, 12800),
    (23000, 13500),
)
RIVER = (
    (11900, -4000), (12300, -1600), (11600, 0), (11500, 1300), (10300, 2500), (10500, 4000), (11900, 4900),
    (11800, 6200), (10400, 6700), (9300, 7500), (9700, 8600), (9300, 9500), (9150, 10900),
)
TRIBUTARY = (
    (23000, 8600), (22000, 7600), (20600, 8100), (19000, 7600), (17500, 8300), (16200, 7500), (14800, 7700),
    (13600, 6700), (12500, 6900), (11400, 6300),
)
# Land beyond this rough line belongs to the neighbours, who stay unnamed.
LIMIT = (
    (20000, 14500), (19500, 11000), (20100, 8600), (19000, 6600), (17300, 5600), (17600, 3900), (15500, 3000),
    (13400, 2600), (12400, 700), (9700, 100), (8300, 1500), (6500, 1000), (5600, 2300), (3700, 2900),
    (2000, 4300), (1300, 6100), (-300, 7200), (600, 9000), (0, 10600), (0, 13500), (10000, 19000),
)
# fmt: on
CENTRE_SPACING_M, SPACING_GROWTH = 600.0, 0.27  # of the areas: in the old town, and per metre from it
BORDER_ROUGHNESS = (0.04, 0.08, 0.13)  # along roads, field edges, streams
PATCHES_PER_AREA = 7
SMALLEST_BANK_M2 = 1e6
NEIGHBOUR, UNCLAIMED = -1, -2


@dataclass(frozen=True, slots=True)
class Land:
    """Areas, and what their districts and names follow from; all in metres of the local plane."""

    polygons: Geometries  # shape (n,): together a valid coverage
    banks: Whole  # shape (n,): which side of the rivers an area lies on, counted from 0
    # coast, rivers: lines
    coast: Any
    rivers: Any


@dataclass(frozen=True, slots=True)
class _Patches:
    """Small cells: their middles, the area each belongs to, and the drawn borders between areas."""

    middles: Floats
    owners: Whole
    borders: Geometries


def spacing_m(points: Floats) -> Floats:
    """Give the usual distance between the middles of areas: short in the old town, long at the edge."""
    from_old_town: Floats = np.hypot(points[:, 0] - OLD_TOWN[0], points[:, 1] - OLD_TOWN[1])
    return CENTRE_SPACING_M + SPACING_GROWTH * from_old_town


def make_land(area_count: int, *, group_size: int, rng: np.random.Generator) -> Land | None:
    """Draw a coastal city's areas between its coast and its rivers.

    Each bank of the rivers is cut into small Voronoi patches, and every patch joins the nearest of
    the bank's area middles: borders bend and jut as surveyed ones do. A border is a fractal line
    that keeps close to the straight one. Pieces cut off by a meander or by two borders that touch
    join the neighbour on their bank with whom they share most border.

    Parameters
    ----------
    area_count
        Number of areas.
    group_size
        Every bank gets a multiple of this many areas, so that no district needs to cross a river.
    rng
        Source of all randomness.

    Returns
    -------
    land
        None where chance drew what no surveyor would; the next draw of `rng` is another try.
    """
    coast = roughen(smooth(COAST, spacing_m=600), roughness=0.13, smallest_m=80, rng=rng)
    rivers = [
        roughen(smooth(line, spacing_m=200), roughness=0.06, smallest_m=60, rng=rng) for line in (RIVER, TRIBUTARY)
    ]
    natural = [shapely.linestrings(line) for line in (coast, *rivers)]
    banks = _faces([shapely.box(*FRAME).boundary, *natural])
    banks = banks[(shapely.area(banks) > SMALLEST_BANK_M2) & ~shapely.contains_xy(banks, *AT_SEA)]

    pool = rng.uniform(FRAME[:2], FRAME[2:], (24_000, 2))
    ours = shapely.contains_xy(shapely.Polygon(LIMIT), pool)
    ashore = [shapely.contains_xy(bank, pool) for bank in banks]
    room = [(spacing_m(pool[here & ours]) ** -2.0).sum() for here in ashore]
    counts = group_size * apportion(area_count // group_size, room, lower=1)
    patches = [
        _patches(pool[here], ours[here], area_count=count, first=first, rng=rng)
        for here, count, first in zip(ashore, counts, np.cumsum(counts) - counts, strict=True)
    ]
    lines = [*shapely.boundary(banks)]  # already on the grid: borders end on it, so no face leaks
    for bank, part in zip(banks, patches, strict=True):
        lines.extend(shapely.intersection(part.borders, bank))

    owners = np.concatenate([part.owners for part in patches])
    middles = np.concatenate([part.middles for part in patches])
    polygons = _join_pieces(_faces(lines), middles, owners, banks=banks)
    whole = shapely.union_all(polygons)
    if len(polygons) != area_count or not all(looks_surveyed(shape) for shape in (whole, *polygons)):
        return None
    return Land(
        polygons=polygons,
        banks=np.repeat(np.arange(len(counts)), counts),
        coast=natural[0],
        rivers=shapely.union_all(natural[1:]),
    )


def sea_beyond(coast: Any) -> Any:
    """Give all water before a coast that runs from west to east, to well beyond the frame of the land."""
    line = shapely.get_coordinates(coast)
    west, _, east, north = FRAME
    wide = east - west
    corners = [(line[-1, 0] + wide, line[-1, 1]), (line[-1, 0] + wide, north + wide)]
    corners += [(line[0, 0] - wide, north + wide), (line[0, 0] - wide, line[0, 1])]
    return shapely.make_valid(shapely.polygons(np.vstack([line, corners])))


def looks_surveyed(polygon: Any) -> bool:
    """Tell whether an area is one piece without hole, thin neck, long spike or far arm.

    Rubbing off a rim of 6 % of the square root of its size must leave one piece, and putting the
    rim back must restore 97.5 % of the area; the area fills at least a third of the circle around it.
    """
    if polygon.geom_type != "Polygon" or len(polygon.interiors):
        return False
    rim = 0.06 * polygon.area**0.5
    core = polygon.buffer(-rim)
    return bool(
        core.geom_type == "Polygon"
        and core.buffer(rim).area >= 0.975 * polygon.area
        and polygon.area >= shapely.minimum_bounding_circle(polygon).area / 3
    )


def _faces(lines: list[Any]) -> Geometries:
    """Cut the plane along lines, their vertices and crossings snapped to the grid."""
    network = shapely.union_all(lines, grid_size=GRID_M)
    faces: Geometries = shapely.get_parts(shapely.polygonize(shapely.get_parts(network)))
    return faces


def _spread(pool: Floats, *, count: int, rounds: int, rng: np.random.Generator) -> Floats:
    """Choose points at their usual distances: Lloyd's relaxation over a pool of uniform points."""
    spacing = spacing_m(pool)
    points = pool[rng.choice(len(pool), count, replace=False, p=spacing**-2.0 / (spacing**-2.0).sum())]
    pull = spacing**-4.0  # relaxed points are as dense as the square root of the density they relax in
    for _ in range(rounds):
        nearest = cKDTree(points).query(pool)[1]
        mass = np.bincount(nearest, pull, count)
        moment = np.column_stack([np.bincount(nearest, pull * axis, count) for axis in pool.T])
        points = np.where(mass[:, None] > 0, moment / np.maximum(mass, 1e-300)[:, None], points)
    return points


def _patches(
    pool: Floats, ours: NDArray[np.bool_], *, area_count: int, first: int, rng: np.random.Generator
) -> _Patches:
    """Cut one bank into patches, join them to areas numbered from `first`, draw the areas' borders."""
    areas = _spread(pool[ours], count=area_count, rounds=12, rng=rng)
    room = spacing_m(pool) ** -2.0
    patch_count = round(PATCHES_PER_AREA * area_count * room.sum() / room[ours].sum())
    middles = _spread(pool, count=patch_count, rounds=2, rng=rng)
    owners = first + cKDTree(areas).query(middles)[1].astype(np.int64)
    owners[~shapely.contains_xy(shapely.Polygon(LIMIT), middles)] = NEIGHBOUR

    around = np.array(FRAME[2:]) * [[9, 0], [0, 9], [-9, 0], [0, -9]]  # far points that close every patch
    cells = Voronoi(np.concatenate([middles, around]))
    beside = np.append(owners, [NEIGHBOUR] * len(around))[cells.ridge_points]
    ends = np.asarray(cells.ridge_vertices)
    drawn = (ends >= 0).all(axis=1) & (beside[:, 0] != beside[:, 1])
    borders = []
    for line in cells.vertices[ends[drawn]]:
        roughness = float(rng.choice(BORDER_ROUGHNESS))
        smallest = float(spacing_m(line).mean()) / 20
        borders.append(shapely.linestrings(roughen(line, roughness=roughness, smallest_m=smallest, rng=rng)))
    return _Patches(middles, owners, np.array(borders))


def _join_pieces(faces: Geometries, middles: Floats, owners: Whole, *, banks: Geometries) -> Geometries:
    """Give every piece of land one owner and return the areas, in the order of their numbers.

    A piece belongs to the area whose patch middles it holds. An area keeps its largest piece; its
    others, those without middle, and the neighbours' pieces that do not reach the frame are
    handed on to an adjoining owner on the same bank, the smallest piece first.
    """
    owner = np.full(len(faces), UNCLAIMED)
    at, face = shapely.STRtree(faces).query(shapely.points(middles), predicate="within")
    owner[face] = owners[at]
    size = shapely.area(faces)
    for area in range(int(owners.max()) + 1):
        pieces = np.flatnonzero(owner == area)
        owner[pieces[np.argsort(-size[pieces])][1:]] = UNCLAIMED
    enclosed = shapely.contains_properly(shapely.box(*FRAME), faces)
    owner[(owner == NEIGHBOUR) & enclosed] = UNCLAIMED
    owner[(owner == UNCLAIMED) & ~enclosed] = NEIGHBOUR

    shore = np.full(len(faces), -1)
    at, bank = shapely.STRtree(banks).query(shapely.point_on_surface(faces), predicate="within")
    shore[at] = bank
    edges = shapely.boundary(faces)
    unclaimed = np.flatnonzero((owner == UNCLAIMED) & (shore >= 0))
    for piece in unclaimed[np.argsort(size[unclaimed])]:
        beside = np.flatnonzero((shore == shore[piece]) & (owner != UNCLAIMED))
        shared = shapely.length(shapely.intersection(edges[beside], edges[piece]))
        if shared.max(initial=0.0) > 0:
            owner[piece] = owner[beside[shared.argmax()]]
    areas = [shapely.union_all(faces[owner == area]) for area in range(int(owners.max()) + 1)]
    return np.array([area for area in areas if not area.is_empty])
