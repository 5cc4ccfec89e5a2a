"""A square grid over a region: the second zoning that shows whether a finding hangs on the first."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Positions = NDArray[np.int64]

MOST_CELLS = 60_000  # in the box around the region: beyond that the cells do not suit it


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The cells of a square grid that touch a region, ordered by row from the south, then by column from the west."""

    # column, row: shape (cells,): whole multiples of `cell_m` in the system's own coordinates, so that a cell stays
    # where it is whichever areas are there
    column: Positions
    row: Positions
    cell_m: float  # side of a cell
    # shape (cells, areas): part of each area's surface that lies in each cell; the columns of areas with a polygon
    # add up to 1
    share: csr_array
    neighbours: csr_array  # shape (cells, cells): 1 between cells that meet along a side or in a corner

    @property
    def middle_x_m(self) -> Floats:
        """Give the eastings of the cells' middles."""
        return np.asarray((self.column + 0.5) * self.cell_m)

    @property
    def middle_y_m(self) -> Floats:
        """Give the northings of the cells' middles."""
        return np.asarray((self.row + 0.5) * self.cell_m)

    def squares(self, chosen: NDArray[np.intp]) -> NDArray[np.object_]:
        """Draw cells as polygons; shape of `chosen`, which holds their positions."""
        west, south = self.column[chosen] * self.cell_m, self.row[chosen] * self.cell_m
        drawn: NDArray[np.object_] = shapely.box(west, south, west + self.cell_m, south + self.cell_m)
        return drawn


def square_grid(polygons_m: ArrayLike, *, cell_m: float) -> Grid | None:
    """Lay a grid of squares over areas.

    Parameters
    ----------
    polygons_m
        Valid polygons in a system of metres, shape (areas,). None and empty ones share in no cell.
    cell_m
        Side of a cell, > 0.

    Returns
    -------
    grid
        None without any polygon, or where the region's box would hold more than `MOST_CELLS` cells.

    Raises
    ------
    ValueError
        If `cell_m` is not positive.
    """
    if not cell_m > 0:
        raise ValueError(f"cell_m is {cell_m}, but must be > 0")
    polygons = np.asarray(polygons_m, dtype=object)
    drawn = np.flatnonzero(shapely.area(polygons) > 0)
    if not len(drawn):
        return None
    west, south, east, north = shapely.total_bounds(polygons[drawn])
    first_column, last_column = int(np.floor(west / cell_m)), int(np.floor(east / cell_m))
    first_row, last_row = int(np.floor(south / cell_m)), int(np.floor(north / cell_m))
    if (last_column - first_column + 1) * (last_row - first_row + 1) > MOST_CELLS:
        return None
    column, row = (
        numbers.ravel()
        for numbers in np.meshgrid(np.arange(first_column, last_column + 1), np.arange(first_row, last_row + 1))
    )
    boxes = shapely.box(column * cell_m, row * cell_m, (column + 1) * cell_m, (row + 1) * cell_m)
    shapely.prepare(polygons[drawn])
    number, cell = shapely.STRtree(boxes).query(polygons[drawn], predicate="intersects")
    area = drawn[number]
    within = shapely.contains_properly(polygons[area], boxes[cell])
    surface = np.full(len(cell), cell_m * cell_m)
    surface[~within] = shapely.area(shapely.intersection(polygons[area[~within]], boxes[cell[~within]]))
    held = surface > 0
    cell, area, surface = cell[held], area[held], surface[held]
    used, cell = np.unique(cell, return_inverse=True)
    total = np.bincount(area, surface, minlength=len(polygons))
    share = csr_array((surface / total[area], (cell, area)), shape=(len(used), len(polygons)))
    column, row = column[used], row[used]
    return Grid(column, row, cell_m, share, _touching(column, row))


def cells_of(grid: Grid, x_m: ArrayLike, y_m: ArrayLike) -> Positions:
    """Give the position of the cell that each point lies in, -1 for points in none; shape (points,).

    A point on an edge belongs to the cell in the east or north of it.
    """
    column = np.floor(np.asarray(x_m, dtype=float) / grid.cell_m).astype(np.int64)
    row = np.floor(np.asarray(y_m, dtype=float) / grid.cell_m).astype(np.int64)
    return _positions(grid.column, grid.row, column, row)


def _touching(column: Positions, row: Positions) -> csr_array:
    """Join the cells that meet along a side or in a corner."""
    steps = [(across, up) for across in (-1, 0, 1) for up in (-1, 0, 1) if (across, up) != (0, 0)]
    found = np.stack([_positions(column, row, column + across, row + up) for across, up in steps])
    step, one = np.nonzero(found >= 0)
    return csr_array((np.ones(len(one)), (one, found[step, one])), shape=(len(column), len(column)))


def _positions(column: Positions, row: Positions, asked_column: Positions, asked_row: Positions) -> Positions:
    """Look cells up by column and row; -1 where there is none."""
    west, width = column.min(), int(np.ptp(column)) + 1
    key = row * width + (column - west)  # ascending, by the order of the cells
    asked = asked_row * width + (asked_column - west)
    at = np.minimum(np.searchsorted(key, asked), len(key) - 1)
    known = (key[at] == asked) & (asked_column >= west) & (asked_column < west + width)
    return np.where(known, at, -1)
