"""Neighbours are told by distance, so slivers, gaps and overlaps do not part them."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.weights import fuzzy_contiguity

from geo.grid import cells_of, square_grid
from geo.neighbours import contiguity, join_islands

SIDE = 1000.0


def row_of_squares(*gaps_m: float) -> np.ndarray:
    """Lay squares from west to east, each so far from the one before."""
    west, shapes = 0.0, [shapely.box(0, 0, SIDE, SIDE)]
    for gap in gaps_m:
        west += SIDE + gap
        shapes.append(shapely.box(west, 0, west + SIDE, SIDE))
    return np.array(shapes, dtype=object)


def checkerboard(side: int) -> np.ndarray:
    column, row = np.meshgrid(np.arange(side) * SIDE, np.arange(side) * SIDE)
    return np.asarray(shapely.box(column, row, column + SIDE, row + SIDE)).ravel()


def dense(matrix: Any) -> list[list[int]]:
    return matrix.toarray().astype(int).tolist()


def test_common_borders_corners_slivers_and_overlaps_join_and_a_river_parts() -> None:
    shapes = row_of_squares(0.0, 15.0, -15.0, 25.0)
    matrix = contiguity(shapes, tolerance_m=20)
    assert dense(matrix) == [[0, 1, 0, 0, 0], [1, 0, 1, 0, 0], [0, 1, 0, 1, 0], [0, 0, 1, 0, 0], [0, 0, 0, 0, 0]]
    assert np.diff(contiguity(checkerboard(3), tolerance_m=0).indptr).tolist() == [3, 5, 3, 5, 8, 5, 3, 5, 3]


def test_the_tolerance_itself_still_joins() -> None:
    assert contiguity(row_of_squares(20.0), tolerance_m=20).nnz == 2
    assert contiguity(row_of_squares(20.0), tolerance_m=19.999).nnz == 0


def test_an_area_inside_another_is_its_neighbour() -> None:
    ring = shapely.box(0, 0, 900, 900).difference(shapely.box(300, 300, 600, 600))
    assert contiguity([ring, shapely.box(301, 301, 599, 599)], tolerance_m=5).nnz == 2


def test_missing_and_empty_polygons_have_no_neighbours() -> None:
    shapes = [shapely.box(0, 0, 1, 1), None, shapely.Polygon(), shapely.box(1, 0, 2, 1)]
    matrix = contiguity(shapes, tolerance_m=1)
    assert sorted(zip(*matrix.nonzero(), strict=True)) == [(0, 3), (3, 0)]
    assert contiguity([None, None], tolerance_m=1).shape == (2, 2)
    assert contiguity(np.empty(0, dtype=object), tolerance_m=1).shape == (0, 0)


@pytest.mark.parametrize("tolerance_m", [-1.0, np.inf, np.nan])
def test_a_tolerance_that_makes_no_sense_is_refused(tolerance_m: float) -> None:
    with pytest.raises(ValueError, match="tolerance_m"):
        contiguity(row_of_squares(0.0), tolerance_m=tolerance_m)


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1), st.floats(0, 300))
def test_it_is_symmetric_has_no_self_and_does_not_depend_on_the_order(seed: int, tolerance_m: float) -> None:
    random = np.random.default_rng(seed)
    west, south = random.uniform(0, 2000, (2, 12))
    shapes = np.asarray(shapely.box(west, south, west + random.uniform(50, 500, 12), south + 200))
    matrix = contiguity(shapes, tolerance_m=tolerance_m)
    full = matrix.toarray()
    assert (full == full.T).all()
    assert (np.diag(full) == 0).all()
    assert set(np.unique(full)) <= {0, 1}
    distance = shapely.distance(shapes[:, None], shapes[None])
    clear = np.abs(distance - tolerance_m) > 1e-6
    assert (full == (distance <= tolerance_m))[clear & ~np.eye(12, dtype=bool)].all()
    order = random.permutation(12)
    assert (contiguity(shapes[order], tolerance_m=tolerance_m).toarray() == full[np.ix_(order, order)]).all()


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # libpysal 4.14 under pandas 3.1
def test_it_agrees_with_libpysal_where_buffers_are_exact() -> None:
    shapes = row_of_squares(0.0, 15.0, -15.0, 25.0, 400.0)
    frame = gpd.GeoDataFrame(geometry=list(shapes))
    theirs = fuzzy_contiguity(frame, buffering=True, buffer=10, silence_warnings=True).sparse.toarray()
    ours = contiguity(shapes, tolerance_m=20).toarray()
    assert (ours == theirs).all()


def test_islands_are_joined_to_the_nearest_both_ways_within_reach() -> None:
    shapes = row_of_squares(0.0, 3000.0, 8000.0)
    joined = join_islands(contiguity(shapes, tolerance_m=20), shapes, reach_m=5000)
    assert joined.islands.tolist() == [2, 3]
    assert joined.joined_to.tolist() == [1, -1]
    assert dense(joined.matrix) == [[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]]


def test_two_islands_that_choose_each_other_are_neighbours_once() -> None:
    shapes = row_of_squares(100.0)
    joined = join_islands(contiguity(shapes, tolerance_m=20), shapes, reach_m=5000)
    assert joined.joined_to.tolist() == [1, 0]
    assert dense(joined.matrix) == [[0, 1], [1, 0]]


def test_of_areas_equally_near_the_first_is_taken_and_missing_ones_are_no_islands() -> None:
    shapes = np.array(
        [shapely.box(0, 0, 1, 1), shapely.box(-9, 0, -8, 1), None, shapely.box(9, 0, 10, 1)], dtype=object
    )
    joined = join_islands(contiguity(shapes, tolerance_m=2), shapes, reach_m=8)
    assert joined.islands.tolist() == [0, 1, 3]
    assert joined.joined_to.tolist() == [1, 0, 0]


def test_a_grid_shares_every_area_out_and_its_cells_stay_where_they_are() -> None:
    shapes = np.array([shapely.box(250, 250, 1250, 750), None, shapely.box(1250, 250, 1750, 1750)], dtype=object)
    grid = square_grid(shapes, cell_m=500)
    assert grid is not None
    assert np.asarray(grid.share.sum(axis=0)).tolist() == pytest.approx([1, 0, 1])
    alone = square_grid(shapes[:1], cell_m=500)
    assert alone is not None
    assert set(zip(alone.column, alone.row, strict=True)) <= set(zip(grid.column, grid.row, strict=True))
    assert shapely.area(grid.squares(np.arange(len(grid.column)))).tolist() == [250_000] * len(grid.column)


def test_cells_meet_along_sides_and_in_corners_and_points_find_theirs() -> None:
    grid = square_grid([shapely.box(0, 0, 1500, 1500)], cell_m=500)
    assert grid is not None
    assert np.diff(grid.neighbours.indptr).reshape(3, 3).tolist() == [[3, 5, 3], [5, 8, 5], [3, 5, 3]]
    assert (grid.neighbours.toarray() == contiguity(grid.squares(np.arange(9)), tolerance_m=0).toarray()).all()
    assert cells_of(grid, [10, 500, 1499, -1, 1500], [10, 0, 1499, 10, 10]).tolist() == [0, 1, 8, -1, -1]


def test_a_grid_of_nothing_or_of_too_many_cells_is_none() -> None:
    assert square_grid([None, shapely.Polygon()], cell_m=500) is None
    assert square_grid([shapely.box(0, 0, 1e6, 1e6)], cell_m=500) is None
    with pytest.raises(ValueError, match="cell_m"):
        square_grid([shapely.box(0, 0, 1, 1)], cell_m=0)
