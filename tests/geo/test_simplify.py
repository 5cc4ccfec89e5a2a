"""Simplifying keeps neighbours together, areas valid and none lost, also where the file is torn."""

import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pyproj import Transformer

from geo.simplify import simplify_coverage

UTM = 32647
ORIGIN = np.array([770_000, 185_000])


def in_degrees(areas: list[shapely.Polygon] | NDArray[np.object_]) -> NDArray[np.object_]:
    """Place metres around (0, 0) into the neighbourhood of Dumai."""
    to_degrees = Transformer.from_crs(UTM, 4326, always_xy=True)
    shifted = shapely.transform(np.asarray(areas, dtype=object), lambda xy: xy + ORIGIN)
    placed: NDArray[np.object_] = shapely.transform(shifted, to_degrees.transform, interleaved=False)
    return placed


def in_metres(areas: NDArray[np.object_]) -> NDArray[np.object_]:
    to_metres = Transformer.from_crs(4326, UTM, always_xy=True)
    metres: NDArray[np.object_] = shapely.transform(areas, to_metres.transform, interleaved=False)
    return shapely.transform(metres, lambda xy: xy - ORIGIN)


def wavy_pair(shift_m: float = 0.0) -> list[shapely.Polygon]:
    """Make two areas on either side of a wavy line; the east one's is off by `shift_m` in its middle."""
    y = np.linspace(0, 4000, 200)
    line = np.column_stack([np.sin(y / 90) * 30, y])
    off = np.column_stack([np.where((y > 400) & (y < 3600), shift_m, 0.0), np.zeros_like(y)])
    west = shapely.Polygon([*line, (-3000, 4000), (-3000, 0)])
    east = shapely.Polygon([*(line + off), (3000, 4000), (3000, 0)])
    return [west, east]


def overlap_m2(areas: NDArray[np.object_]) -> float:
    areas = in_metres(areas)
    return float(shapely.area(areas).sum() - shapely.area(shapely.union_all(areas)))


def test_neighbours_keep_one_line() -> None:
    areas = in_degrees(wavy_pair())
    light = simplify_coverage(areas, tolerance_m=80, utm_epsg=UTM)
    assert shapely.get_num_coordinates(light).sum() < shapely.get_num_coordinates(areas).sum() / 4
    assert shapely.coverage_is_valid(light)
    assert shapely.area(in_metres(light)) == pytest.approx(shapely.area(in_metres(areas)), rel=0.01)


@pytest.mark.parametrize("shift_m", [-8.0, 8.0])
def test_slivers_between_neighbours_are_closed(shift_m: float) -> None:
    areas = in_degrees(wavy_pair(shift_m))
    assert len(shapely.union_all(areas).interiors) > 0 or overlap_m2(areas) > 20_000
    light = simplify_coverage(areas, tolerance_m=20, utm_epsg=UTM)
    assert shapely.coverage_is_valid(light)
    assert overlap_m2(light) == pytest.approx(0, abs=1)
    assert len(shapely.union_all(light).interiors) == 0


def test_an_area_lying_over_another_is_not_eaten() -> None:
    areas = in_degrees([shapely.box(0, 0, 4000, 4000), shapely.box(1000, 1000, 2000, 2000)])
    light = simplify_coverage(areas, tolerance_m=50, utm_epsg=UTM)
    assert shapely.area(in_metres(light))[1] == pytest.approx(1e6, rel=0.01)
    assert shapely.is_valid(light).all()


def test_a_tiny_area_stays() -> None:
    areas = in_degrees([shapely.box(0, 0, 4000, 4000), shapely.box(5000, 0, 5000.3, 0.3)])
    light = simplify_coverage(areas, tolerance_m=500, utm_epsg=UTM)
    assert not shapely.is_empty(light).any()
    assert shapely.is_valid(light).all()


def test_vertices_are_rounded_to_five_decimals() -> None:
    light = simplify_coverage(in_degrees(wavy_pair()), tolerance_m=20, utm_epsg=UTM)
    vertices = shapely.get_coordinates(light)
    assert np.array_equal(vertices, np.round(vertices, 5))


def test_missing_and_empty_geometry_stays_in_its_place() -> None:
    areas = in_degrees(wavy_pair())
    light = simplify_coverage([None, areas[0], shapely.Polygon(), areas[1]], tolerance_m=20, utm_epsg=UTM)
    assert light[0] is None
    assert light[2].is_empty
    assert shapely.coverage_is_valid(light[[1, 3]])
    assert simplify_coverage([None], tolerance_m=20, utm_epsg=UTM).tolist() == [None]


def test_no_tolerance_keeps_every_vertex() -> None:
    areas = in_degrees(wavy_pair())
    light = simplify_coverage(areas, tolerance_m=0, utm_epsg=UTM)
    assert shapely.get_num_coordinates(light).tolist() == shapely.get_num_coordinates(areas).tolist()


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6), tolerance_m=st.sampled_from([0, 30, 300, 3000]))
def test_a_coverage_stays_one_at_any_tolerance(seed: int, tolerance_m: float) -> None:
    random = np.random.default_rng(seed)
    cells = shapely.voronoi_polygons(
        shapely.MultiPoint(random.uniform(0, 20_000, (12, 2))), extend_to=shapely.box(0, 0, 20_000, 20_000)
    )
    areas = in_degrees(shapely.segmentize(shapely.get_parts(cells), 500))
    light = simplify_coverage(areas, tolerance_m=tolerance_m, utm_epsg=UTM)
    assert len(light) == len(areas)
    assert shapely.is_valid(light).all()
    assert (shapely.area(light) > 0).all()
    # Rounding moves a vertex by half a metre, so neighbours may cross by a hair but not by a sliver.
    assert overlap_m2(light) < 20_000


def test_refuses_a_negative_tolerance() -> None:
    with pytest.raises(ValueError, match="tolerance_m"):
        simplify_coverage([], tolerance_m=-1, utm_epsg=UTM)


def test_a_region_wider_than_a_zone_is_simplified_in_one() -> None:
    # Four areas across four UTM zones, 11 degrees south, where metres are kept worst; their northern border is a
    # zigzag whose triangles measure 0.98 km squared.
    x = np.linspace(95, 119, 2401)
    zigzag = -10.9 + 0.004 * (-1.0) ** np.arange(2401)
    strips = []
    for begin in range(0, 2400, 600):
        line = np.column_stack([x, zigzag])[begin : begin + 601]
        strips.append(shapely.Polygon([*line, (x[begin + 600], -11.5), (x[begin], -11.5)]))
    told: list[tuple[float, str]] = []
    light = simplify_coverage(
        strips, tolerance_m=1050, utm_epsg=None, progress=lambda share, step: told.append((share, step))
    )
    assert shapely.coverage_is_valid(light)
    assert shapely.get_num_coordinates(light).sum() < 1300
    kept = simplify_coverage(strips, tolerance_m=930, utm_epsg=None)
    assert shapely.get_num_coordinates(kept).sum() > 2350
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert told[-1] == (1.0, "simplify")


def test_many_ill_fitting_areas_are_cleaned_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [shapely.affinity.translate(area, 8000 * n) for n in range(6) for area in wavy_pair(8.0)]
    whole = simplify_coverage(in_degrees(pairs), tolerance_m=20, utm_epsg=UTM)
    monkeypatch.setattr("geo.simplify.AREAS_AT_ONCE", 4)
    parted = simplify_coverage(in_degrees(pairs), tolerance_m=20, utm_epsg=UTM)
    assert shapely.equals(whole, parted).all()
    assert shapely.coverage_is_valid(parted)
    monkeypatch.setattr("geo.simplify.AREAS_AT_ONCE", 1)  # cut through every pair: the misfit stays, no area is lost
    assert (shapely.area(simplify_coverage(in_degrees(pairs), tolerance_m=20, utm_epsg=UTM)) > 0).all()
