"""A made country: believable administrative areas of any number whose neighbours share every vertex."""

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Voronoi

HALVINGS = 4  # each edge between two cells becomes 2**4 segments, so a cell of six edges has some 96
ROUGHNESS = 0.12  # standard deviation of a midpoint's sideways step, as a share of its segment's length


def make_tessellation(count: int, seed: int, *, mean_area_km2: float = 20.0) -> NDArray[np.object_]:
    """Make an island of exactly `count` polygons without gaps or overlaps, in metres.

    Seeds stand on a shaken grid that is squeezed where towns are, so the largest areas are some hundred
    times the smallest. Each edge of their Voronoi cells is broken into a fractal line once and used by both
    neighbours. Where such lines cross, the edges of the cell concerned stay straight.

    Returns
    -------
    polygons
        Shape (count,), in the order of the grid (so neighbours often stand together), origin near (0, 0).
    """
    random = np.random.default_rng(seed)
    seeds = _shaken_grid(count, random) * np.sqrt(mean_area_km2) * 1000
    diagram = Voronoi(seeds)
    land = _land(seeds, count, random)

    ends = np.asarray(diagram.ridge_vertices)
    ridge = np.flatnonzero((ends >= 0).all(axis=1) & land[diagram.ridge_points].any(axis=1))
    sides = diagram.ridge_points[ridge]
    corners = diagram.vertices[ends[ridge]]

    cell, edge = np.concatenate([sides[:, 0], sides[:, 1]]), np.tile(np.arange(len(ridge)), 2)
    on_land = land[cell]
    cell, edge = cell[on_land], edge[on_land]
    spoke = corners[edge] - seeds[cell][:, None]
    middle = spoke.mean(axis=1)
    backward = spoke[:, 0, 0] * spoke[:, 1, 1] < spoke[:, 1, 0] * spoke[:, 0, 1]
    around = np.lexsort((np.arctan2(middle[:, 1], middle[:, 0]), cell))
    cell, edge, backward = cell[around], edge[around], backward[around]

    roughness = np.full(len(ridge), ROUGHNESS)
    while True:
        lines = _fractal(corners, roughness, np.random.default_rng(seed + 1))
        steps = np.where(backward[:, None, None], lines[edge][:, ::-1], lines[edge])[:, :-1]
        vertex_cell = np.repeat(np.unique(cell, return_inverse=True)[1], steps.shape[1])
        polygons = shapely.polygons(shapely.linearrings(steps.reshape(-1, 2), indices=vertex_cell))
        broken = ~shapely.is_valid(polygons)
        if not broken.any():
            broken = ~shapely.is_empty(shapely.coverage_invalid_edges(polygons))
        if not broken.any():
            return polygons
        roughness[edge[np.isin(cell, np.flatnonzero(land)[broken])]] = 0.0


def _shaken_grid(count: int, random: np.random.Generator) -> NDArray[np.float64]:
    """Return seeds around the origin, about one per unit square, with room for sea around `count` of them."""
    half = int(np.ceil(np.sqrt(count / 0.6) / 2)) + 3
    axis = np.arange(-half, half + 1.0)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    grid += random.uniform(-0.42, 0.42, grid.shape)
    waves = 2 * np.pi * random.integers(2, 6, 2) / (2 * half)
    return grid - 0.85 * np.sin(grid * waves + random.uniform(0, 2 * np.pi, 2)) / waves


def _land(seeds: NDArray[np.float64], count: int, random: np.random.Generator) -> NDArray[np.bool_]:
    """Choose the `count` cells that are land: near the middle, with a bent coast."""
    x, y = (seeds / np.abs(seeds).max(axis=0)).T
    height = -(x**4 + y**4) * 3
    for waves in (1, 2, 4):
        turn = random.uniform(0, 2 * np.pi, 2)
        height += 0.25 / waves * np.cos(3 * waves * x + turn[0]) * np.cos(3 * waves * y + turn[1])
    height[np.maximum(np.abs(x), np.abs(y)) > 1 - 4 / np.sqrt(len(seeds))] = -np.inf
    land = np.zeros(len(seeds), dtype=bool)
    land[np.argsort(-height)[:count]] = True
    return land


def _fractal(
    corners: NDArray[np.float64], roughness: NDArray[np.float64], random: np.random.Generator
) -> NDArray[np.float64]:
    """Break each straight edge, shape (edges, 2, 2), at ever finer midpoints moved sideways."""
    lines = corners
    for _ in range(HALVINGS):
        run = np.diff(lines, axis=1)
        sideways = np.stack([-run[..., 1], run[..., 0]], axis=-1)
        step = np.clip(random.standard_normal(run.shape[:2]), -1.8, 1.8) * roughness[:, None]
        middle = lines[:, :-1] + run / 2 + sideways * step[..., None]
        woven = np.empty((len(lines), lines.shape[1] + middle.shape[1], 2))
        woven[:, 0::2], woven[:, 1::2] = lines, middle
        lines = woven
    return lines
