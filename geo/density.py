"""A density surface of weighted events whose bandwidth is known in metres, for screen and picture alike."""

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import Transformer

CELLS = 256  # along the longer side, or more where the bandwidth asks for it
CELLS_PER_BANDWIDTH = 3  # coarser cells would make the bandwidth untrue
MOST_CELLS = 4096  # along the longer side: beyond that the bandwidth is no bandwidth for this region
REACH = 4  # in bandwidths; a Gaussian has 0.03 % of its mass beyond

Floats = NDArray[np.float64]
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class DensitySurface:
    """Densities on a grid of square cells."""

    # weighted events per square kilometre, shape (rows, columns), the first row in the north; NaN where masked
    grid: Floats
    bounds_m: Bounds  # west, south, east and north edge of the grid in metres
    cell_m: float  # side of a cell
    bandwidth_m: float  # standard deviation of the Gaussian kernel


def kernel_density(
    x_m: ArrayLike,
    y_m: ArrayLike,
    weights: ArrayLike,
    *,
    bandwidth_m: float,
    bounds_m: Bounds,
    cell_m: float | None = None,
) -> DensitySurface:
    """Spread each event's weight over its surroundings with a Gaussian kernel of fixed bandwidth.

    Events are counted into cells and the counts smoothed, so an event is placed to within half a cell. The
    plane beyond the bounds counts: events there add to the densities within, and what events within spread
    beyond is lost from the grid, not thrown back at its edge. There is no correction for coasts.

    Parameters
    ----------
    x_m, y_m
        Coordinates in metres, shape (n,).
    weights
        Weight of each event, for instance its decay with time, shape (n,), each >= 0.
    bandwidth_m
        Standard deviation of the kernel, > 0.
    bounds_m
        West, south, east, north of the wanted grid. The grid begins in the south-west and ends with the
        first whole cell at or beyond the north-east.
    cell_m
        Side of a cell, not above `bandwidth_m`. By default the longer side is divided by `CELLS`, finer where
        that is more than a bandwidth divided by `CELLS_PER_BANDWIDTH`.

    Returns
    -------
    surface
        All zero without events.

    Raises
    ------
    ValueError
        If shapes differ, a coordinate or weight is not finite, a weight is negative, the bounds are empty,
        the bandwidth is not positive or the cells do not suit it.
    """
    x, y, weight = (np.asarray(values, dtype=float) for values in (x_m, y_m, weights))
    west, south, east, north = bounds_m
    width_m, height_m = east - west, north - south
    if not (x.shape == y.shape == weight.shape and x.ndim == 1):
        raise ValueError(f"x {x.shape}, y {y.shape} and weights {weight.shape} must all be (n,)")
    if not (np.isfinite([x, y, weight]).all() and (weight >= 0).all()):
        raise ValueError("coordinates and weights must be finite, weights >= 0")
    if not (width_m > 0 and height_m > 0 and bandwidth_m > 0):
        raise ValueError(f"bounds {bounds_m} or bandwidth {bandwidth_m} m are empty")
    side_m = max(width_m, height_m)
    cell = min(side_m / CELLS, bandwidth_m / CELLS_PER_BANDWIDTH) if cell_m is None else cell_m
    if not (0 < cell <= bandwidth_m and side_m / cell <= MOST_CELLS):
        raise ValueError(f"cells of {cell} m do not suit a bandwidth of {bandwidth_m} m on {side_m} m")

    columns, rows = _cells(width_m, cell), _cells(height_m, cell)
    margin = int(np.ceil(REACH * bandwidth_m / cell)) + 1
    counts, _, _ = np.histogram2d(
        y,
        x,
        bins=(rows + 2 * margin, columns + 2 * margin),
        range=(
            (south - margin * cell, south + (rows + margin) * cell),
            (west - margin * cell, west + (columns + margin) * cell),
        ),
        weights=weight,
    )
    from scipy.ndimage import gaussian_filter  # noqa: PLC0415 - slow to import, and few sheets have a surface

    smooth = gaussian_filter(counts, bandwidth_m / cell, mode="constant", truncate=REACH)
    inner = smooth[margin : margin + rows, margin : margin + columns]
    return DensitySurface(
        grid=inner[::-1] / (cell * cell / 1e6),
        bounds_m=(west, south, west + columns * cell, south + rows * cell),
        cell_m=cell,
        bandwidth_m=bandwidth_m,
    )


def mask_outside(surface: DensitySurface, polygons: ArrayLike) -> DensitySurface:
    """Set the cells to NaN whose centre lies in none of the polygons (same metres as the surface).

    Missing and empty polygons cover nothing; without any every cell is NaN.
    """
    region = shapely.union_all(np.asarray(polygons, dtype=object))
    shapely.prepare(region)
    x, y = np.meshgrid(*_centres(surface))
    inside = shapely.contains_xy(region, x, y)
    return replace(surface, grid=np.where(inside, surface.grid, np.nan))


def warp_to_degrees(surface: DensitySurface, utm_epsg: int) -> tuple[Floats, Bounds]:
    """Resample a surface in UTM to an image that a web map can stretch between two corners.

    Leaflet lays images out in Web Mercator: columns are evenly spaced in longitude, rows evenly in the
    Mercator ordinate, not in latitude. Each pixel takes the value of the cell its centre falls into, so
    nothing is smoothed twice.

    Returns
    -------
    image, corners
        Densities per km² in as many pixels as the surface has cells, the first row in the north, NaN beyond the
        surface; and (south, west, north, east) in degrees.
    """
    to_mercator = Transformer.from_crs(utm_epsg, 3857, always_xy=True)
    left, bottom, right, top = to_mercator.transform_bounds(*surface.bounds_m)
    rows, columns = surface.grid.shape
    x, y = np.meshgrid(_middles(left, right, columns), _middles(bottom, top, rows)[::-1])
    x_m, y_m = to_mercator.transform(x, y, direction="INVERSE")

    west, _, _, north = surface.bounds_m
    column = np.floor((x_m - west) / surface.cell_m).astype(int)
    row = np.floor((north - y_m) / surface.cell_m).astype(int)
    on_grid = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    image = np.full((rows, columns), np.nan)
    image[on_grid] = surface.grid[row[on_grid], column[on_grid]]

    to_degrees = Transformer.from_crs(3857, 4326, always_xy=True)
    (west_degrees, east_degrees), (south_degrees, north_degrees) = to_degrees.transform([left, right], [bottom, top])
    return image, (south_degrees, west_degrees, north_degrees, east_degrees)


def _cells(length_m: float, cell_m: float) -> int:
    """Return how many cells cover a length; a hair's breadth left over makes no further cell."""
    return max(1, int(np.ceil(length_m / cell_m - 1e-9)))


def _middles(low: float, high: float, count: int) -> Floats:
    """Return the middles of equal steps from low to high."""
    return np.asarray(low + (np.arange(count) + 0.5) * (high - low) / count)


def _centres(surface: DensitySurface) -> tuple[Floats, Floats]:
    """Return the eastings of the columns and the northings of the rows, first row in the north."""
    west, south, east, north = surface.bounds_m
    rows, columns = surface.grid.shape
    return _middles(west, east, columns), _middles(south, north, rows)[::-1]
