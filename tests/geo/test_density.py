"""The density surface against the Gaussian it stands for, and by laws of mass and sum."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from geo.density import DensitySurface, kernel_density, mask_outside, warp_to_degrees

BOUNDS = (0.0, 0.0, 20_000.0, 10_000.0)
UTM = 32647


def mass(surface: DensitySurface) -> float:
    return float(np.nansum(surface.grid) * surface.cell_m**2 / 1e6)


def single(bandwidth_m: float, cell_m: float, weight: float = 1.0) -> DensitySurface:
    """Smooth one event in the middle of a cell."""
    x, y = 10_000 + cell_m / 2, 5000 + cell_m / 2
    return kernel_density([x], [y], [weight], bandwidth_m=bandwidth_m, bounds_m=BOUNDS, cell_m=cell_m)


@pytest.mark.parametrize("bandwidth_m", [300, 600, 1200])
def test_the_peak_of_one_event_is_the_gaussians(bandwidth_m: float) -> None:
    # A two-dimensional Gaussian has 1 / (2 pi s^2) at its centre; s in kilometres.
    expected = 2.5 / (2 * np.pi * (bandwidth_m / 1000) ** 2)
    assert single(bandwidth_m, 50, 2.5).grid.max() == pytest.approx(expected, rel=0.01)


def test_one_bandwidth_away_the_density_has_fallen_by_the_root_of_e() -> None:
    surface = single(500, 50)
    row, column = np.unravel_index(np.argmax(surface.grid), surface.grid.shape)
    ratio = surface.grid[row, column + 10] / surface.grid[row, column]
    assert ratio == pytest.approx(np.exp(-0.5), rel=0.01)


def test_the_first_row_is_north() -> None:
    surface = kernel_density([1000.0], [9000.0], [1.0], bandwidth_m=500, bounds_m=BOUNDS)
    row, column = np.unravel_index(np.argmax(surface.grid), surface.grid.shape)
    rows, columns = surface.grid.shape
    assert row < rows / 5
    assert column < columns / 5


events = st.lists(
    st.tuples(st.floats(5000, 15_000), st.floats(4000, 6000), st.floats(0, 10)), min_size=0, max_size=30
).map(lambda rows: np.array(rows, dtype=float).reshape(-1, 3).T)


@settings(max_examples=25, deadline=None)
@given(events)
def test_mass_far_from_the_edge_is_conserved(case: np.ndarray) -> None:
    surface = kernel_density(*case, bandwidth_m=500, bounds_m=BOUNDS)
    assert mass(surface) == pytest.approx(case[2].sum(), rel=1e-6, abs=1e-9)
    assert (surface.grid >= 0).all()


@settings(max_examples=15, deadline=None)
@given(events, events)
def test_surfaces_of_two_sets_add_up(one: np.ndarray, other: np.ndarray) -> None:
    both = np.concatenate([one, other], axis=1)
    parts = [kernel_density(*case, bandwidth_m=700, bounds_m=BOUNDS, cell_m=100).grid for case in (one, other)]
    together = kernel_density(*both, bandwidth_m=700, bounds_m=BOUNDS, cell_m=100).grid
    assert together == pytest.approx(parts[0] + parts[1])


def test_half_the_mass_of_an_event_on_the_edge_is_lost_beyond_it() -> None:
    surface = kernel_density([0.0], [5000.0], [4.0], bandwidth_m=500, bounds_m=BOUNDS, cell_m=25)
    assert mass(surface) == pytest.approx(2, rel=0.02)


def test_an_event_beyond_the_edge_counts_within() -> None:
    near = kernel_density([-300.0], [5000.0], [1.0], bandwidth_m=500, bounds_m=BOUNDS)
    assert near.grid[:, 0].max() > 0
    far = kernel_density([-30_000.0], [5000.0], [1.0], bandwidth_m=500, bounds_m=BOUNDS)
    assert mass(far) == 0


def test_cells_are_fine_enough_for_the_bandwidth_and_cover_the_bounds() -> None:
    surface = kernel_density([], [], [], bandwidth_m=150, bounds_m=(0, 0, 20_000, 9_990))
    assert surface.cell_m == 50
    assert surface.grid.shape == (200, 400)
    assert surface.bounds_m == (0, 0, 20_000, 10_000)
    assert mass(surface) == 0


def test_outside_the_polygons_there_is_nothing_and_inside_nothing_changes() -> None:
    surface = single(800, 100)
    west = shapely.box(0, 0, 10_000, 10_000)
    masked = mask_outside(surface, [west, None, shapely.Polygon()])
    columns = surface.grid.shape[1]
    assert np.isnan(masked.grid[:, columns // 2 :]).all()
    assert np.array_equal(masked.grid[:, : columns // 2], surface.grid[:, : columns // 2])
    assert np.isnan(mask_outside(surface, []).grid).all()


def test_the_web_image_shows_an_event_where_it_is() -> None:
    bounds = (760_000.0, 160_000.0, 800_000.0, 240_000.0)
    x, y = 793_000.0, 228_000.0
    surface = kernel_density([x], [y], [1.0], bandwidth_m=1500, bounds_m=bounds)
    image, (south, west, north, east) = warp_to_degrees(surface, UTM)
    assert image.shape == surface.grid.shape
    row, column = np.unravel_index(np.nanargmax(image), image.shape)

    to_mercator = Transformer.from_crs(4326, 3857, always_xy=True)
    (left, right), (bottom, top) = to_mercator.transform([west, east], [south, north])
    shown = (
        left + (column + 0.5) * (right - left) / image.shape[1],
        top - (row + 0.5) * (top - bottom) / image.shape[0],
    )
    true = Transformer.from_crs(UTM, 3857, always_xy=True).transform(x, y)
    assert shown == pytest.approx(true, abs=1.5 * surface.cell_m)


def test_beyond_the_surface_the_web_image_is_empty_and_masked_cells_stay_so() -> None:
    # Far from the zone's middle the grid is turned against north, so the image's corners are beyond it.
    surface = kernel_density([], [], [], bandwidth_m=3000, bounds_m=(200_000, 900_000, 280_000, 980_000))
    image, _ = warp_to_degrees(surface, UTM)
    assert np.isnan(image).any()
    assert np.isfinite(image).mean() > 0.95
    masked, _ = warp_to_degrees(mask_outside(surface, []), UTM)
    assert np.isnan(masked).all()


@pytest.mark.parametrize(
    ("x", "weights", "options"),
    [
        ([0.0, 1.0], [1.0], {}),
        ([float("nan")], [1.0], {}),
        ([0.0], [-1.0], {}),
        ([0.0], [float("inf")], {}),
        ([0.0], [1.0], {"bandwidth_m": 0}),
        ([0.0], [1.0], {"bounds_m": (0, 0, 0, 10)}),
        ([0.0], [1.0], {"cell_m": 501}),
        ([0.0], [1.0], {"bandwidth_m": 1}),
    ],
)
def test_refuses_nonsense(x: list[float], weights: list[float], options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        kernel_density(x, [0.0], weights, **({"bandwidth_m": 500, "bounds_m": BOUNDS} | options))
