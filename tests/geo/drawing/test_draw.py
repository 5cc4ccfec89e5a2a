"""The map sheet's drawing: exact size, nothing over anything, everything in its place."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from scipy.spatial import Voronoi

from geo.drawing.arrange import arrange
from geo.drawing.canvas import Frame
from geo.drawing.decorations import Placement, degrees, graticule, scale_bar_length_m
from geo.drawing.draw import draw_map_only, draw_sheet
from geo.drawing.fonts import Fonts, fonts
from geo.drawing.hatch import Hatch, hatch_lines
from geo.drawing.labels import breakings, place_badges, place_labels, survey
from geo.drawing.layout import divide
from geo.drawing.lettering import place_lettering
from geo.drawing.paint import BADGE_RADIUS, density_lines
from geo.drawing.sheet import Area, DensityLines, LegendRow, MapView, MapWords, PointLayer, RankRow, Sheet, pixel_size

FOLDER = Path(__file__).parents[3] / "static" / "fonts"
EPSG = 32748
ORIGIN_M = np.array([690_000.0, 9_558_000.0])
WORDS = MapWords("U", "m", "km", "BB", "BT", "LS", "LU", "kosong")
HATCH = Hatch((45.0,), 6.0, 1.0, "#000000", 0.5)


def typeface() -> Fonts:
    return fonts(FOLDER)


def block(x_m: float, y_m: float, width_m: float, height_m: float) -> Any:
    """Make a rectangle by its lower left corner, from the origin of the test regions, and its size."""
    corner = np.add(ORIGIN_M, (x_m, y_m))
    return shapely.box(*corner, *np.add(corner, (width_m, height_m)))


def cells(count: int, *, seed: int = 1, width_m: float = 20_000, height_m: float = 14_000) -> list[Any]:
    """Cut a rectangle into Voronoi cells, crowded in one corner as a city centre is."""
    rng = np.random.default_rng(seed)
    points = rng.random((count, 2)) ** np.where(np.arange(count) % 3 == 0, 3.0, 1.0)[:, None]
    points = ORIGIN_M + points * (width_m, height_m)
    box = block(0, 0, width_m, height_m)
    far = box.buffer(20 * width_m).envelope.exterior.coords[:4]
    diagram = Voronoi(np.vstack([points, far]))
    regions = [diagram.regions[diagram.point_region[number]] for number in range(count)]
    return [shapely.intersection(shapely.Polygon(diagram.vertices[region]), box) for region in regions]


def view(shapes: list[Any], *, badges: int = 8, **changes: Any) -> MapView:
    areas = tuple(
        Area(
            key=f"{number:03d}",
            geometry=shape,
            fill="#f5aa59" if number % 2 else "#ac2e04",
            hatch=None if number % 2 else HATCH,
            label=("Harapan Mulya Barat", "Sukamaju", "Pasar Lama")[number % 3],
            label_colour="#14202b",
            group=f"Bandar {number % 4}",
            badge=str(number + 1) if number < badges else "",
        )
        for number, shape in enumerate(shapes)
    )
    return MapView(areas=areas, epsg=EPSG, words=WORDS, **changes)


def sheet(content: MapView, **changes: Any) -> Sheet:
    values: dict[str, Any] = {
        "view": content,
        "band": "TERBATAS",
        "title": "Peta tingkat kerawanan",
        "subtitle": "Laporan Oktober",
        "corner_title": "H-27",
        "corner_text": "Pilkada",
        "legend_title": "Tingkat",
        "legend_rows": tuple(LegendRow("#f5aa59", HATCH, f"Kelas {n}", "1–2", "7 kelurahan") for n in range(6)),
        "mark_rows": (),
        "ground_rows": (),
        "list_title": "Delapan tertinggi",
        "list_rows": tuple(RankRow(str(n), "Sukamaju", "74,0", 0.74, "#ac2e04", "alasan") for n in range(1, 9)),
        "list_note": "tidak ada",
        "notes": ("Satu catatan.",),
        "footer_left": ("Sumber: laporan.", "Metode: skor."),
        "footer_right": ("Data per hari ini", "UTM"),
    }
    return Sheet(**(values | changes))


def pixels(figure: Figure) -> np.ndarray:
    canvas: Any = figure.canvas
    canvas.draw()
    return np.array(canvas.buffer_rgba())


def named(figure: Figure, *kinds: str) -> dict[str, list[Any]]:
    """Collect the boxes of all artists whose name begins with one of some kinds, in design units."""
    boxes: dict[str, list[Any]] = defaultdict(list)
    for artist in figure.artists:
        name = artist.get_gid() or ""
        if name.split(":")[0] not in kinds or name.startswith("badge:list"):
            continue
        if name.startswith("badge"):
            (x,), (y,) = artist.get_data()  # type: ignore[attr-defined]
            boxes[name].append(shapely.Point(x, y).buffer(BADGE_RADIUS))
        else:
            boxes[name].append(shapely.box(*artist.get_path().get_extents().extents))  # type: ignore[attr-defined]
    return {name: [shapely.union_all(parts)] for name, parts in boxes.items()}


def overlapping(shapes: Iterable[Any]) -> list[tuple[int, int]]:
    pieces = list(shapes)
    return [
        (a, b)
        for a, one in enumerate(pieces)
        for b, other in enumerate(pieces[:a])
        if shapely.area(shapely.intersection(one, other)) > 0.5
    ]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("1920x1080", (1080, 1920)),
        ("a4", (2480, 3508)),
        ("1366x768", (768, 1366)),
        ("1080x1920", (1920, 1080)),
        ("803x601", (601, 803)),
    ],
)
def test_a_sheet_has_exactly_the_pixels_asked_for(size: str, expected: tuple[int, int]) -> None:
    image = pixels(draw_sheet(sheet(view(cells(12))), size=size, fonts=typeface()))
    assert image.shape == (*expected, 4)
    assert image[..., 3].min() == 255
    assert image[..., :3].std() > 20


@pytest.mark.parametrize("size", ["a5", "1920", "1920x", "x1080", "640x480", "9000x9000", "-1x900", "1920x1080x3"])
def test_refuses_a_size_it_cannot_draw(size: str) -> None:
    with pytest.raises(ValueError, match="size"):
        pixel_size(size)


def test_the_printed_sizes_are_a4_and_a3_at_300_dots_per_inch() -> None:
    for size, millimetres in (("a4", (297, 210)), ("a3", (420, 297))):
        width, height, dots = pixel_size(size)
        assert (width / dots * 25.4, height / dots * 25.4) == pytest.approx(millimetres, abs=0.1)


@pytest.mark.parametrize(("count", "seed"), [(1, 1), (12, 2), (42, 3), (93, 4)])
def test_nothing_written_on_the_map_overlaps(count: int, seed: int) -> None:
    figure = draw_sheet(sheet(view(cells(count, seed=seed))), size="1920x1080", fonts=typeface())
    found = named(figure, "label", "district", "badge", "letter")
    assert len([name for name in found if name.startswith("badge")]) == min(count, 8)
    assert overlapping(shape for parts in found.values() for shape in parts) == []


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 60))
def test_labels_lie_in_their_areas_and_apart(seed: int, count: int) -> None:
    shapes = [shapely.transform(cell, lambda xy: (xy - ORIGIN_M) / 20) for cell in cells(count, seed=seed)]
    spots = [
        survey(str(number), shape, "Harapan Mulya", str(number + 1) if number < 8 else "")
        for number, shape in enumerate(shapes)
    ]
    land = shapely.union_all(shapes)
    districts = {"Bandar": shapely.union_all(shapes[::2]), "Muara": shapely.union_all(shapes[1::2])}
    frame = Frame(-40, -40, 1040, 740)
    placed = place_lettering(spots, districts, land=land, frame=frame, avoid=[], badge_radius=15, fonts=typeface())
    for label in placed.labels:
        assert shapely.covers(shapes[int(label.key)], label.box.polygon())
    for name in placed.districts:
        assert shapely.covers(districts[name.key], name.box.polygon())
    boxes = [label.box.polygon() for label in (*placed.labels, *placed.districts, *placed.seats)]
    badges = [shapely.Point(badge.x, badge.y).buffer(15) for badge in placed.badges]
    assert overlapping(boxes + badges) == []
    assert len(badges) == min(count, 8)
    for badge in placed.badges:
        assert shapely.contains_xy(shapes[int(badge.key)], *(badge.anchor or (badge.x, badge.y)))


def test_a_letter_gives_way_to_every_district_name_also_when_another_is_placed_before_the_labels() -> None:
    full, tiny = shapely.box(0, 0, 130, 26), shapely.box(285, 10, 315, 40)
    wide = shapely.box(150, 0, 450, 50)
    spots = [
        survey("full", full, "Sukamaju"),
        survey("tiny", tiny, "Sumberrejo Wetan"),
        survey("rest", shapely.difference(wide, tiny), ""),
    ]
    placed = place_lettering(
        spots,
        {"Muara": full, "Bandar": wide},
        land=shapely.union_all([full, wide]),
        frame=Frame(0, 0, 500, 100),
        avoid=[],
        badge_radius=15,
        fonts=typeface(),
    )
    assert {name.key for name in placed.districts} == {"Muara", "Bandar"}
    assert overlapping(label.box.polygon() for label in (*placed.labels, *placed.districts, *placed.seats)) == []


def test_badges_of_tiny_areas_move_aside_on_leaders() -> None:
    shapes = [shapely.box(100 + 4 * n, 100, 104 + 4 * n, 104) for n in range(5)]
    spots = [survey(str(n), shape, "", str(n + 1)) for n, shape in enumerate(shapes)]
    badges, _ = place_badges(
        spots,
        radius=15,
        sizes=(12.0,),
        width=lambda text, size: len(text) * size,
        frame=Frame(0, 0, 400, 400),
        avoid=[],
        land=shapely.union_all(shapes),
    )
    assert all(badge.anchor is not None for badge in badges)
    assert overlapping(shapely.Point(badge.x, badge.y).buffer(15) for badge in badges) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(100, 300), st.integers(100, 300)), min_size=2, max_size=2, unique=True))
def test_no_leader_crosses_another_or_runs_under_a_badge(corners: list[tuple[int, int]]) -> None:
    shapes = [shapely.box(x, y, x + 3, y + 3) for x, y in corners]
    spots = [survey(str(n), shape, "", str(n + 1)) for n, shape in enumerate(shapes)]
    badges, _ = place_badges(
        spots,
        radius=15,
        sizes=(12.0,),
        width=lambda text, size: len(text) * size,
        frame=Frame(0, 0, 400, 400),
        avoid=[],
        land=shapely.union_all(shapes),
    )
    aside = [badge for badge in badges if badge.anchor not in (None, (badge.x, badge.y))]
    leaders = [shapely.LineString([badge.anchor, (badge.x, badge.y)]) for badge in aside]
    discs = [shapely.Point(badge.x, badge.y).buffer(15) for badge in aside]
    for a, b in permutations(range(len(aside)), 2):
        assert not leaders[a].crosses(leaders[b])
        assert not leaders[a].intersects(discs[b])


def test_a_label_that_fits_nowhere_is_left_out_and_one_that_fits_is_large() -> None:
    def width(text: str, size: float) -> float:
        return 0.6 * size * len(text)

    spots = [
        survey("tiny", shapely.box(0, 0, 20, 20), "Sukamaju"),
        survey("wide", shapely.box(100, 0, 400, 60), "Sukamaju Raya"),
        survey("high", shapely.box(500, 0, 580, 200), "Sukamaju Raya"),
    ]
    labels = {label.key: label for label in place_labels(spots, sizes=(14.0, 11.0), width=width, avoid=[])}
    assert set(labels) == {"wide", "high"}
    assert labels["wide"].lines == ("Sukamaju Raya",)
    assert labels["high"].lines == ("Sukamaju", "Raya")
    assert {label.size for label in labels.values()} == {14.0}


def test_names_break_into_the_evenest_lines_and_never_within_a_word() -> None:
    assert breakings("Sukamaju") == [("Sukamaju",)]
    assert breakings("Pasar Lama Bandar Sagara") == [
        ("Pasar Lama Bandar Sagara",),
        ("Pasar Lama", "Bandar Sagara"),
        ("Pasar Lama", "Bandar", "Sagara"),
    ]


def test_a_crowded_centre_is_enlarged_beside_the_region() -> None:
    wide = block(0, 0, 9_000, 20_000)
    tiny = [block(n * 300, 0, 300, 300) for n in range(6)]
    content = view([*tiny, shapely.difference(wide, shapely.union_all(tiny))])
    frame = Frame(0, 0, 1300, 850)
    placement, inset = arrange(content.areas, frame)
    assert inset is not None
    land = shapely.transform(wide, placement.forward)
    assert not shapely.intersects(land, inset.frame.polygon())
    assert inset.frame.width / inset.window.width == pytest.approx(inset.factor)
    assert shapely.covers(inset.window.polygon(), shapely.transform(shapely.union_all(tiny), placement.forward))
    enlarged = arrange(content.areas, frame).inset_placement()
    corner = np.array([[inset.window.left, inset.window.bottom]])
    assert enlarged.forward(placement.inverse(corner))[0] == pytest.approx(inset.frame[:2])
    figure = draw_sheet(sheet(content), size="1920x1080", fonts=typeface())
    names = [artist.get_gid() or "" for artist in figure.artists]
    badges = [name for name in names if name.startswith("badge:0")]
    assert sorted(badges) == [f"badge:{n:03d}" for n in range(7)]  # each once: on the map or in the inset


def test_even_areas_need_no_enlargement() -> None:
    grid = [block(x, y, 3000, 3000) for x in range(0, 15_000, 3000) for y in range(0, 9_000, 3000)]
    assert arrange(view(grid).areas, Frame(0, 0, 1300, 850)).inset is None


def test_the_watermark_is_there_exactly_when_asked_for() -> None:
    content = view(cells(9))
    plain = draw_sheet(sheet(content), size="1000x700", fonts=typeface())
    marked = draw_sheet(sheet(replace(content, watermark="DATA SIMULASI")), size="1000x700", fonts=typeface())
    assert "watermark" not in named(plain, "watermark")
    assert "watermark" in named(marked, "watermark")
    assert (pixels(plain) != pixels(marked)).any(axis=-1).mean() > 0.01


@pytest.mark.parametrize("gone", [range(3), range(9)], ids=["some", "all"])
def test_areas_without_polygon_are_left_out(gone: range) -> None:
    shapes = cells(9)
    for number in gone:
        shapes[number] = shapely.Polygon() if number else None
    figure = draw_sheet(sheet(view(shapes)), size="1000x700", fonts=typeface())
    drawn = {name.split(":")[1] for name in named(figure, "label", "badge")}
    assert drawn.isdisjoint(f"{number:03d}" for number in gone)
    assert pixels(figure).shape == (700, 1000, 4)


def test_every_region_shape_leaves_the_map_inside_the_page() -> None:
    body = Frame(56, 110, 1864, 900)
    for aspect in (0.2, 0.5, 0.8, 1.0, 1.3, 2.0, 5.0, None):
        page = divide(1920, body, region_aspect=aspect)
        assert page.map.width >= 0.4 * body.width
        assert page.columns[0].width >= 430
        assert page.columns[0].left > page.map.right
        assert page.columns[-1].right == body.right
    upright = divide(1080, Frame(56, 110, 1024, 1700), region_aspect=1.0)
    assert len(upright.columns) == 2
    assert upright.columns[0].top < upright.map.bottom


@pytest.mark.parametrize("dark", [False, True])
def test_the_map_alone_is_transparent_or_on_the_background_given(dark: bool) -> None:  # noqa: FBT001
    content = view(cells(12), badges=5)
    clear = pixels(draw_map_only(content, width_px=700, height_px=500, fonts=typeface(), dark=dark))
    filled = pixels(
        draw_map_only(content, width_px=700, height_px=500, fonts=typeface(), dark=dark, background="#102030")
    )
    assert clear.shape == filled.shape == (500, 700, 4)
    assert clear[3, 350, 3] == 0
    assert clear[..., 3].max() == 255
    assert filled[3, 350].tolist() == [0x10, 0x20, 0x30, 255]


def test_points_are_drawn_where_they_are() -> None:
    shapes = [block(0, 0, 10_000, 10_000)]
    point = PointLayer(ORIGIN_M[None] + 5_000, "o", "#0000ff", "#0000ff", 20.0, 1.0, "Kejadian")
    content = view(shapes, badges=0, points=(point,))
    image = pixels(draw_map_only(content, width_px=1000, height_px=800, fonts=typeface()))
    blue = (image[..., 2] > 200) & (image[..., 0] < 60) & (image[..., 1] < 60)
    land = (image[..., :3] == (0xAC, 0x2E, 0x04)).all(axis=-1)
    for axis in (0, 1):
        square, dot = np.flatnonzero(land.any(axis=axis)), np.flatnonzero(blue.any(axis=axis))
        assert (dot.min() + dot.max()) / 2 == pytest.approx((square.min() + square.max()) / 2, abs=1.5)


def test_density_lines_follow_a_known_surface() -> None:
    north, east = np.mgrid[0.5:10, 0.5:20]
    grid = north[::-1]  # first row in the north: the value is the distance from the south
    surface = DensityLines(grid, (0.0, 0.0, 20.0, 10.0), (4.0,), "#0000ff", "")
    (line,) = density_lines(surface, 4.0)
    assert line[:, 1] == pytest.approx(4.0)
    assert (line[:, 0].min(), line[:, 0].max()) == pytest.approx((0.5, 19.5))
    assert density_lines(replace(surface, grid=np.full_like(east, np.nan)), 4.0) == []


@given(st.floats(0.01, 3.0), st.floats(20, 400))
def test_scale_bars_have_round_lengths_that_fit(scale: float, room: float) -> None:
    length_m = scale_bar_length_m(room, Placement(scale, 0, 0))
    assert room / 2.5 - 1e-6 <= length_m * scale <= room + 1e-6
    assert f"{length_m:e}"[0] in "125"


def test_the_graticule_runs_through_round_degrees() -> None:
    frame = Frame(0, 0, 1000, 800)
    net = graticule(frame, Placement(0.05, -34_500, -477_900), epsg=EPSG, words=WORDS)
    assert 2 <= len(net.meridians) <= 6
    assert all(text.endswith("BT") for _, text in net.meridians)
    assert all(text.endswith("LS") for _, text in net.parallels)
    assert len({text for _, text in (*net.meridians, *net.parallels)}) == len(net.meridians) + len(net.parallels)


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [
        (106.75, 1 / 12, "106°45′ BT"),
        (-0.5, 0.25, "0°30′ BB"),
        (0.0, 0.25, "0°00′"),
        (101.9999999, 1 / 12, "102°00′ BT"),
        (3.0 + 15 / 3600, 15 / 3600, "3°00′15″ BT"),
    ],
)
def test_degrees_are_written_with_minutes_and_hemisphere(value: float, step: float, text: str) -> None:
    assert degrees(value, step=step, positive="BT", negative="BB") == text


def test_hatches_stay_in_their_shape_and_off_the_labels() -> None:
    shape, label = shapely.box(0, 0, 60, 40), shapely.box(20, 10, 40, 30)
    lines = [shapely.LineString(line) for line in hatch_lines(shape, HATCH, keep_clear=[label])]
    assert lines
    assert all(shapely.covers(shape.buffer(1e-6), line) for line in lines)
    assert sum(shapely.length(shapely.intersection(line, label.buffer(-1e-6))) for line in lines) == 0
    expected = (shape.area - label.area) / HATCH.spacing  # length of parallel lines per area
    assert sum(line.length for line in lines) == pytest.approx(expected, rel=0.1)
    assert hatch_lines(shapely.Polygon(), HATCH) == []


def test_a_glyph_that_the_typeface_lacks_is_still_set() -> None:
    face = typeface()
    assert face.width("ⴰ", size=10, weight="bold") > 0
    assert face.width("Sukamaju", size=20, weight="regular") == pytest.approx(
        2 * face.width("Sukamaju", size=10, weight="regular")
    )


def test_a_missing_font_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="Inter-Regular"):
        fonts(tmp_path)
