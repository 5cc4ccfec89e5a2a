"""Where events lie: the points known to a street, and the surface that they spread over the region."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pyproj import Transformer

from geo.density import DensitySurface, kernel_density, mask_outside
from lib.region.areas import load_areas
from lib.region.measure import utm_epsg
from lib.rules.regions import region_profile
from lib.score import answers

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from data.store.lake import Lake
    from lib.filters import Filters


def density_surface(lake: Lake, filters: Filters, points: NDArray[np.float64]) -> DensitySurface:
    """Spread incidents (longitude, latitude) over the region, in events per square kilometre, masked outside."""
    region = region_profile(filters.region_code)
    areas = load_areas(lake, region.code, simplified=True)
    epsg = utm_epsg(region, areas)
    shapes = areas.geometry.dropna().to_crs(epsg)
    x_m, y_m = Transformer.from_crs(4326, epsg, always_xy=True).transform(points[:, 0], points[:, 1])
    surface = kernel_density(
        x_m, y_m, np.ones(len(points)), bandwidth_m=region.density_bandwidth_m, bounds_m=tuple(shapes.total_bounds)
    )
    return mask_outside(surface, shapes.to_numpy())


def street_points(incidents: pd.DataFrame) -> NDArray[np.float64]:
    """Give longitude and latitude of the events known to a street, shape (n, 2)."""
    known = answers.events(incidents)
    return coordinates(known[known["precision"].isin(("titik", "rt"))])


def coordinates(rows: pd.DataFrame) -> NDArray[np.float64]:
    """Give longitude and latitude of the rows that have both, shape (n, 2)."""
    return rows[["longitude", "latitude"]].dropna().to_numpy(dtype=float)
