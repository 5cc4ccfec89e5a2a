"""What stands on and beside the land: marks, an index of names, a locator; and points that leave names free."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.drawing.canvas import Frame, new_canvas
from geo.drawing.draw import draw_sheet, least_size
from geo.drawing.free_room import free_room
from geo.drawing.labels import clear_of, row_size
from geo.drawing.lettering import area_sizes, letters
from geo.drawing.paint import BADGE_RADIUS
from geo.drawing.sheet import Locator, MapView, Mark, PointLayer, pixel_size
from tests.geo.drawing.test_draw import ORIGIN_M, cells, named, overlapping, sheet, typeface, view

SIAGA = Mark("siaga", "^", "!", "#ffd21f", "#14202b")
THIN = Mark("thin", "v", "", "#ffffff", "#14202b", scale=0.5)


def with_marks(content: MapView, marks: tuple[Mark, ...], every: int) -> MapView:
    areas = [replace(area, marks=marks) if n % every == 0 else area for n, area in enumerate(content.areas)]
    return replace(content, areas=tuple(areas))


def marks_of(figure: Any, code: str) -> dict[str, tuple[float, float]]:
    found = {}
    for artist in figure.artists:
        name = artist.get_gid() or ""
        if name.startswith(f"mark:{code}:"):
            (x,), (y,) = artist.get_data()
            found[name.rsplit(":", 1)[1]] = (float(x), float(y))
    return found


@pytest.mark.parametrize(("count", "seed"), [(12, 2), (42, 3), (93, 4)])
def test_every_marked_area_carries_its_mark_once_and_under_no_name(count: int, seed: int) -> None:
    content = with_marks(view(cells(count, seed=seed)), (SIAGA,), every=3)
    figure = draw_sheet(sheet(content), size="1920x1080", fonts=typeface())
    marks = marks_of(figure, "siaga")
    assert set(marks) == {area.key for area in content.areas if area.marks}
    texts = [shape for parts in named(figure, "label", "district", "letter").values() for shape in parts]
    assert overlapping([*texts, *(shapely.Point(at).buffer(BADGE_RADIUS * 0.5) for at in marks.values())]) == []


def test_small_marks_never_cost_a_name() -> None:
    content = view(cells(42, seed=3))
    plain = draw_sheet(sheet(content), size="1920x1080", fonts=typeface())
    marked = draw_sheet(sheet(with_marks(content, (THIN,), every=1)), size="1920x1080", fonts=typeface())
    assert len(named(marked, "label", "district")) >= len(named(plain, "label", "district")) - 8  # badged areas widen
    assert len(marks_of(marked, "thin")) == 42


def test_a_row_of_badge_and_marks_is_as_wide_as_its_parts() -> None:
    assert row_size("1", (), 15.0) == (30.0, 30.0)
    assert row_size("", (SIAGA,), 15.0) == pytest.approx((21.6, 21.6))
    assert row_size("1", (SIAGA, THIN), 15.0) == pytest.approx((30 + 1.5 + 21.6 + 1.5 + 10.8, 30.0))


def test_names_that_find_no_room_stand_in_an_index_with_their_letters() -> None:
    content = view(cells(93, seed=4), badges=0)
    figure = draw_sheet(sheet(content), size="a4", fonts=typeface())
    gids = [artist.get_gid() or "" for artist in figure.artists]
    on_map = {gid.split(":")[1] for gid in gids if gid.startswith("label:")}
    in_index = {gid.split(":")[1] for gid in gids if gid.startswith("index:")}
    lettered = {gid.split(":")[1] for gid in gids if gid.startswith("letter:")}
    assert in_index == lettered
    assert not on_map & in_index


@pytest.mark.parametrize(("number", "text"), [(0, "a"), (25, "z"), (26, "aa"), (51, "az"), (52, "ba")])
def test_letters_count_on_after_z(number: int, text: str) -> None:
    assert letters(number) == text


def test_a_print_bears_smaller_names_than_a_screen_but_none_below_five_points() -> None:
    sizes = {}
    for size in ("1920x1080", "a4", "a3"):
        pixels = pixel_size(size)
        canvas = new_canvas(pixels, typeface(), background=None)
        sizes[size] = area_sizes(least_size(pixels, canvas))[-1]
        if size != "1920x1080":
            assert sizes[size] * pixels.width / canvas.width / pixels.dots_per_inch * 72 >= 5.0
    assert sizes["a3"] < sizes["a4"] < sizes["1920x1080"]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_a_point_is_never_moved_under_a_name_nor_out_of_its_area(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shapes = [shapely.box(0, 0, 300, 300), shapely.box(300, 0, 600, 300)]
    boxes = [Frame(80, 100, 200, 120), Frame(90, 122, 180, 140), Frame(380, 40, 500, 70)]
    points = rng.uniform((0, 0), (600, 300), (60, 2))
    moved = clear_of(points, boxes, shapes, margin=4.0)
    for box in boxes:
        inside = (moved > np.array(box[:2]) - 3.9) & (moved < np.array(box[2:]) + 3.9)
        assert not inside.all(axis=1).any()
    assert ((points[:, 0] < 300) == (moved[:, 0] < 300)).all()
    assert np.abs(moved - points).max() <= 40
    still = ~np.array([any(box.shrunk(-4).polygon().contains(shapely.Point(xy)) for box in boxes) for xy in points])
    assert (moved[still] == points[still]).all()


def test_no_dot_lies_under_a_name_on_a_sheet() -> None:
    rng = np.random.default_rng(5)
    layer = PointLayer(ORIGIN_M + rng.random((300, 2)) * (20_000, 14_000), "o", "#14202b", "#ffffff", 5.4, 0.7, "x")
    figure = draw_sheet(sheet(view(cells(12, seed=2), points=(layer,))), size="1920x1080", fonts=typeface())
    names = [shape for parts in named(figure, "label", "district").values() for shape in parts]
    dots = np.vstack(
        [np.column_stack(artist.get_data()) for artist in figure.artists if artist.get_gid() == "points"]  # type: ignore[attr-defined]
    )
    assert len(dots) == 300
    hidden = sum(bool(shapely.contains_xy(name, *dot)) for name in names for dot in dots)
    assert hidden == 0


@settings(max_examples=30, deadline=None)
@given(st.floats(20, 380), st.floats(20, 280), st.floats(30, 200), st.floats(30, 150))
def test_free_room_touches_neither_land_nor_what_is_taken(x: float, y: float, width: float, height: float) -> None:
    frame, taken = Frame(0, 0, 600, 400), [Frame(500, 300, 600, 400)]
    land = shapely.box(x, y, x + 200, y + 100)
    room = free_room([(width, height)], frame, land, taken)
    if room is not None:
        assert (room.width, room.height) == pytest.approx((width, height))
        assert not shapely.intersects(room.polygon(), land)
        assert shapely.area(shapely.intersection(room.polygon(), taken[0].polygon())) == 0
        assert shapely.covers(frame.shrunk(-6).polygon(), room.polygon())


def test_the_locator_is_drawn_beside_the_land_where_it_finds_room() -> None:
    content = view([shapely.box(*ORIGIN_M, *np.add(ORIGIN_M, (5_000, 14_000)))])
    whole = shapely.box(*np.add(ORIGIN_M, (-50_000, -20_000)), *np.add(ORIGIN_M, (60_000, 30_000)))
    located = replace(content, locator=Locator(whole, content.areas[0].geometry, "Provinsi"))
    figure = draw_sheet(sheet(located), size="1920x1080", fonts=typeface())
    assert "locator" in named(figure, "locator")
    assert "locator" not in named(draw_sheet(sheet(content), size="1920x1080", fonts=typeface()), "locator")
