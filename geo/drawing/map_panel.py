"""The map panel: a region in its frame with lettering and decorations, and its enlargement if it needs one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.drawing.arrange import CLEARANCE, place
from geo.drawing.beside import draw_index, draw_locator, index_room, locator_room
from geo.drawing.canvas import Canvas, Frame, Style
from geo.drawing.decorations import (
    NORTH_ARROW,
    SCALE_BAR_HEIGHT,
    draw_north_arrow,
    draw_scale_bar,
    draw_ticks,
    graticule,
    scale_bar_length_m,
)
from geo.drawing.labels import place_labels, survey
from geo.drawing.land import BEYOND, drawable, make_land
from geo.drawing.lettering import area_sizes, index_of
from geo.drawing.paint import GROUND_WEIGHT, paint_ground, paint_ground_names
from geo.drawing.scene import AREA, DISTRICT, Composed, Scene, compose_scene, paint_scene, seen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from geo.drawing.arrange import Arrangement, Inset
    from geo.drawing.decorations import Placement
    from geo.drawing.labels import PlacedLabel
    from geo.drawing.land import Land
    from geo.drawing.sheet import Ground, MapView
    from geo.drawing.theme import Theme

CORNER_MARGIN = 20.0
BAR_PLACES = tuple((right, up) for up in (0.0, 1.0) for right in (0.0, 1.0, 0.25, 0.5, 0.75))
ARROW_PLACES = tuple((right, up) for up in (1.0, 0.0) for right in (1.0, 0.0, 0.75, 0.5, 0.25))
BAR_SHARE = 0.24  # of a frame's width that its scale bar may take
GROUND_SIZES = (14.0, 12.5, 11.0)
LEAST_SIZE = 11.5  # of areas' names on a screen
MOSTLY = 0.6  # of a shape in the inset's window: it is written on in the inset


@dataclass(frozen=True, slots=True)
class PanelStyle:
    """How a panel is drawn.

    `ground` draws what lies around the land, `arrow` the north arrow. `on_sheet` draws the graticule with its
    degrees outside the frame, and sets an index and the locator beside the land. `least_size` is the smallest type
    of areas' names.
    """

    theme: Theme
    badge_radius: float
    ground: bool = True
    on_sheet: bool = True
    arrow: bool = True
    least_size: float = LEAST_SIZE


@dataclass(frozen=True, slots=True, eq=False)
class _Panel:
    """Where everything in a panel stands: decorations, what is set beside the land, the scenes and their index."""

    bar: Frame
    bar_length_m: float
    arrow: Frame
    locator: Frame | None
    scenes: list[Composed]  # the whole, and its enlargement if there is one
    entries: list[tuple[PlacedLabel, str]]
    index_size: float
    index: Frame | None
    taken: list[Frame]


def draw_panel(
    canvas: Canvas, view: MapView, frame: Frame, *, arrangement: Arrangement | None, style: PanelStyle
) -> None:
    """Draw the whole map into a frame; `arrangement` None stands for a view without any polygon."""
    theme = style.theme
    if style.ground:
        canvas.rectangle(frame, fill=theme.unknown)
    if arrangement is None:
        canvas.rectangle(frame, fill="none", edge=theme.muted, edge_width=1.2)
        words = canvas.fitted(view.words.nothing, Style(20.0, "medium", theme.ink), frame.width - 40)
        x, y = (frame.left + frame.right) / 2, (frame.bottom + frame.top) / 2
        canvas.text(view.words.nothing, x, y, words, align="center", centred=True)
        return
    panel = _lay_out(canvas, view, frame, arrangement, style)
    _draw_around(canvas.clipped(frame), view, frame, panel, style)
    if arrangement.inset:
        _tie(canvas.clipped(frame), arrangement.inset, theme=theme)
    _draw_scenes(canvas, view, frame, panel, style)
    if panel.index:
        draw_index(canvas, panel.entries, panel.index, size=panel.index_size, theme=theme)
    if panel.locator and view.locator:
        draw_locator(canvas, view.locator, panel.locator, theme=theme)
    if style.arrow:
        draw_north_arrow(canvas, panel.arrow.left, panel.arrow.bottom, letter=view.words.north, theme=theme)
    draw_scale_bar(
        canvas,
        panel.bar.left + 4,
        panel.bar.bottom + 4,
        length_m=panel.bar_length_m,
        placement=arrangement.placement,
        words=view.words,
        theme=theme,
    )
    if style.ground:
        canvas.rectangle(frame, fill="none", edge=theme.muted, edge_width=1.2)
    if style.on_sheet:
        net = graticule(frame, arrangement.placement, epsg=view.epsg, words=view.words)
        draw_ticks(canvas, frame, net, ink=theme.muted)


def _lay_out(canvas: Canvas, view: MapView, frame: Frame, arrangement: Arrangement, style: PanelStyle) -> _Panel:
    """Find the places of everything: decorations, locator, lettering, then the index of what found no room."""
    placement, inset = arrangement
    land = make_land(drawable(view.areas), placement, frame=frame)
    bar_length_m = scale_bar_length_m(BAR_SHARE * frame.width, placement)
    bar_size = (bar_length_m * placement.scale + 24, SCALE_BAR_HEIGHT)
    taken = [inset.frame.shrunk(-4)] if inset else []
    bar = _free_place(bar_size, frame, land.outline, taken, BAR_PLACES)
    arrow = _free_place(NORTH_ARROW, frame, land.outline, [*taken, bar], ARROW_PLACES)
    taken += [bar, *([arrow] if style.arrow else []), *(inset.window.edges(2.0) if inset else [])]
    kept_clear, inner = _clear_of_land(land.outline), frame.shrunk(CORNER_MARGIN / 2)
    locator = None
    if style.on_sheet and view.locator:
        locator = locator_room(view.locator, inner, kept_clear, taken)
        taken += [locator] if locator else []

    enlarged = _held(land, inset.window) if inset else frozenset()
    sizes = area_sizes(style.least_size)
    main = Scene(
        land,
        placement,
        frame,
        written=_names(land) - enlarged,
        avoid=taken,
        window=inset.window if inset else None,
        stage=inset.frame.beside(frame) if inset else frame,
    )
    stages = [main, *([_enlargement(view, inset.frame, arrangement, enlarged)] if inset else [])]
    scenes = [compose_scene(canvas, view, stage, badge_radius=style.badge_radius, sizes=sizes) for stage in stages]
    lettering = scenes[0].lettering
    badges = [box for badge in lettering.badges for box in badge.boxes(style.badge_radius)]
    taken = [*taken, *lettering.boxes, *badges]
    labels = {area.key: area.label for area in view.areas}
    importance = {area.key: number for number, area in enumerate(view.areas)}
    seats = sorted(
        (seat for scene in scenes for seat in scene.lettering.seats), key=lambda seat: importance[seat.key]
    )
    count, index_size, index = 0, 0.0, None
    if style.on_sheet:
        names = [labels[seat.key] for seat in seats]
        count, index_size, index = index_room(names, canvas, inner, kept_clear, taken, least=sizes[-1])
        taken += [index] if index else []
    return _Panel(
        bar, bar_length_m, arrow, locator, scenes, index_of(seats[:count], labels), index_size, index, taken
    )


def _draw_around(canvas: Canvas, view: MapView, frame: Frame, panel: _Panel, style: PanelStyle) -> None:
    """Draw what lies around the land: the ground, and on a sheet the graticule and the ground's names."""
    scene = panel.scenes[0].scene
    pieces = _placed_ground(view, scene.placement, frame) if style.ground else []
    paint_ground(canvas, pieces, theme=style.theme)
    if style.on_sheet:
        net = graticule(frame, scene.placement, epsg=view.epsg, words=view.words)
        canvas.lines(net.lines, colour=style.theme.net, width=0.8, alpha=0.7)
        names = _ground_names(canvas, pieces, frame, scene.land, panel.taken)
        paint_ground_names(canvas, names, theme=style.theme)


def _draw_scenes(canvas: Canvas, view: MapView, frame: Frame, panel: _Panel, style: PanelStyle) -> None:
    """Draw the whole, and over it the enlargement on its ground with a scale bar of its own."""
    theme, radius = style.theme, style.badge_radius
    whole, *larger = panel.scenes
    paint_scene(canvas.clipped(frame), view, whole, panel.entries, theme=theme, badge_radius=radius)
    for composed in larger:
        box, placement = composed.scene.frame, composed.scene.placement
        canvas.rectangle(box, fill=theme.unknown)
        inside = canvas.clipped(box)
        if style.ground:
            paint_ground(inside, _placed_ground(view, placement, box), theme=theme)
        paint_scene(inside, view, composed, panel.entries, theme=theme, badge_radius=radius)
        plate = _plate(box, placement)
        canvas.rectangle(plate, fill=theme.paper, alpha=0.85)
        draw_scale_bar(
            canvas,
            plate.left + 14,
            plate.bottom + 9,
            length_m=scale_bar_length_m(BAR_SHARE * box.width, placement),
            placement=placement,
            words=view.words,
            theme=theme,
        )
        canvas.rectangle(box, fill="none", edge=theme.ink, edge_width=1.6)


def _enlargement(view: MapView, frame: Frame, arrangement: Arrangement, written: frozenset[tuple[str, str]]) -> Scene:
    """Make the scene of the enlargement; its lettering avoids its scale bar."""
    placement = arrangement.inset_placement()
    land = make_land(drawable(view.areas), placement, frame=frame)
    return Scene(land, placement, frame, written=written, avoid=[_plate(frame, placement)], window=None, stage=frame)


def _plate(frame: Frame, placement: Placement) -> Frame:
    """Return the box of an enlargement's scale bar."""
    length_m = scale_bar_length_m(BAR_SHARE * frame.width, placement)
    return Frame(
        frame.left, frame.bottom, frame.left + length_m * placement.scale + 44, frame.bottom + SCALE_BAR_HEIGHT + 6
    )


def _placed_ground(view: MapView, placement: Placement, frame: Frame) -> list[tuple[Ground, Any]]:
    """Place what lies around the region, and cut it to a little more than the frame."""
    shapes = place(np.array([piece.geometry for piece in view.ground], dtype=object), placement)
    seen = shapely.clip_by_rect(shapely.make_valid(shapes), *frame.shrunk(-BEYOND))
    return [(piece, shape) for piece, shape in zip(view.ground, seen, strict=True) if shapely.area(shape) > 0]


def _ground_names(
    canvas: Canvas, pieces: Sequence[tuple[Ground, Any]], frame: Frame, land: Land, taken: Sequence[Frame]
) -> list[PlacedLabel]:
    """Find the places of the names of what lies around, where they touch neither land nor lettering."""

    def width(text: str, size: float) -> float:
        return canvas.fonts.width(text, size=size, weight=GROUND_WEIGHT)

    named = [(piece, shape) for piece, shape in pieces if piece.label]
    shapes = shapely.difference(seen([shape for _, shape in named], frame), land.outline)
    spots = [
        survey(f"{piece.kind}:{piece.label}", shape, piece.label)
        for (piece, _), shape in zip(named, shapes, strict=True)
        if shapely.area(shape) > 0
    ]
    return place_labels(spots, sizes=GROUND_SIZES, width=width, avoid=taken)


def _clear_of_land(outline: Any) -> Any:
    """Grow the land by the distance that what stands beside it keeps."""
    return shapely.buffer(shapely.simplify(outline, 1.0), CLEARANCE, quad_segs=2)


def _tie(canvas: Canvas, inset: Inset, *, theme: Theme) -> None:
    """Tie the enlarged part of the map to its enlargement by two lines, below the land."""
    window, frame = inset.window, inset.frame
    if frame.left > window.right or frame.right < window.left:
        near, far = (window.right, frame.left) if frame.left > window.right else (window.left, frame.right)
        ties = [[(near, window.top), (far, frame.top)], [(near, window.bottom), (far, frame.bottom)]]
    else:
        near, far = (window.top, frame.bottom) if frame.bottom > window.top else (window.bottom, frame.top)
        ties = [[(window.left, near), (frame.left, far)], [(window.right, near), (frame.right, far)]]
    canvas.lines(ties, colour=theme.ink, width=0.9, alpha=0.55)


def _names(land: Land) -> frozenset[tuple[str, str]]:
    """Name all areas, and the districts if there are several."""
    areas = {(AREA, area.key) for area in land.areas}
    return frozenset(areas | {(DISTRICT, name) for name in land.districts if len(land.districts) > 1})


def _held(land: Land, window: Frame) -> frozenset[tuple[str, str]]:
    """Name the areas and districts that lie mostly in a window."""
    named = [(AREA, area.key) for area in land.areas] + [(DISTRICT, name) for name in land.districts]
    shapes = np.array([*land.shapes, *land.districts.values()], dtype=object)
    inside = shapely.area(shapely.intersection(shapes, window.polygon()))
    held = inside >= MOSTLY * shapely.area(shapes)
    return frozenset(name for name, is_held in zip(named, held, strict=True) if is_held)


def _free_place(
    size: tuple[float, float], frame: Frame, land: Any, taken: Sequence[Frame], places: Sequence[tuple[float, float]]
) -> Frame:
    """Choose the place in which a decoration covers the least land and nothing else, the first of equals.

    A place is a pair of fractions of the room there is: (0, 0) is lower left.
    """
    inner = frame.shrunk(CORNER_MARGIN)
    boxes = []
    for right, up in places:
        left = inner.left + right * (inner.width - size[0])
        bottom = inner.bottom + up * (inner.height - size[1])
        boxes.append(Frame(left, bottom, left + size[0], bottom + size[1]))
    shapes = np.array([box.shrunk(-4).polygon() for box in boxes])
    cost = shapely.area(shapely.intersection(land, shapes))
    for other in taken:
        cost += 1e6 * shapely.intersects(shapes, other.polygon())
    return boxes[int(np.argmin(cost))]
