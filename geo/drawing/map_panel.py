"""The map panel: a region in its frame with lettering and decorations, and its enlargement if it needs one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

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
from geo.drawing.labels import survey
from geo.drawing.land import drawable, make_land
from geo.drawing.lettering import place_lettering
from geo.drawing.paint import paint_density, paint_land, paint_lettering, paint_points, paint_watermark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from geo.drawing.arrange import Arrangement, Inset
    from geo.drawing.decorations import Placement
    from geo.drawing.land import Land
    from geo.drawing.sheet import MapView
    from geo.drawing.theme import Theme

CORNER_MARGIN = 20.0
BAR_PLACES = tuple((right, up) for up in (0.0, 1.0) for right in (0.0, 1.0, 0.25, 0.5, 0.75))
ARROW_PLACES = tuple((right, up) for up in (1.0, 0.0) for right in (1.0, 0.0, 0.75, 0.5, 0.25))
BAR_SHARE = 0.24  # of a frame's width that its scale bar may take
MOSTLY = 0.6  # of a shape in the inset's window: it is written on in the inset
AREA, DISTRICT = "area", "district"


def draw_panel(
    canvas: Canvas,
    view: MapView,
    frame: Frame,
    *,
    theme: Theme,
    sea: str | None,
    arrangement: Arrangement | None,
    badge_radius: float,
    ticks: bool,
) -> None:
    """Draw the whole map into a frame.

    `arrangement` None stands for a view without any polygon. `sea` None leaves the ground as it
    is. `ticks` draws the graticule and writes its degrees outside the frame.
    """
    if sea is not None:
        canvas.rectangle(frame, fill=sea)
    if arrangement is None:
        canvas.rectangle(frame, fill="none", edge=theme.muted, edge_width=1.2)
        style = canvas.fitted(view.words.nothing, Style(20.0, "medium", theme.ink), frame.width - 40)
        x, y = (frame.left + frame.right) / 2, (frame.bottom + frame.top) / 2
        canvas.text(view.words.nothing, x, y, style, align="center", centred=True)
        return
    placement, inset = arrangement
    land = make_land(drawable(view.areas), placement, frame=frame)
    bar_length_m = scale_bar_length_m(BAR_SHARE * frame.width, placement)
    bar_size = (bar_length_m * placement.scale + 24, SCALE_BAR_HEIGHT)
    taken = [inset.frame.shrunk(-4)] if inset else []
    bar = _free_place(bar_size, frame, land.outline, taken, BAR_PLACES)
    arrow = _free_place(NORTH_ARROW, frame, land.outline, [*taken, bar], ARROW_PLACES)
    taken += [bar, arrow, *(inset.window.edges(2.0) if inset else [])]

    inside = canvas.clipped(frame)
    if ticks:
        net = graticule(frame, placement, epsg=view.epsg, words=view.words)
        inside.lines(net.lines, colour=theme.glow, width=0.8, alpha=0.55)
    names = _names(land)
    enlarged = _held(land, inset.window) if inset else frozenset()
    if inset:
        _tie(inside, inset, theme=theme)
    main = _Scene(
        land,
        placement,
        frame,
        written=names - enlarged,
        avoid=taken,
        window=inset.window if inset else None,
        stage=inset.frame.beside(frame) if inset else frame,
    )
    _draw_scene(inside, view, main, theme=theme, badge_radius=badge_radius)
    if inset:
        canvas.rectangle(inset.frame, fill=sea or theme.sea)
        _draw_inset(
            canvas,
            view,
            inset.frame,
            arrangement.inset_placement(),
            written=enlarged,
            theme=theme,
            badge_radius=badge_radius,
        )
    draw_north_arrow(canvas, arrow.left, arrow.bottom, letter=view.words.north, theme=theme)
    draw_scale_bar(
        canvas,
        bar.left + 4,
        bar.bottom + 4,
        length_m=bar_length_m,
        placement=placement,
        words=view.words,
        theme=theme,
    )
    if ticks:
        canvas.rectangle(frame, fill="none", edge=theme.muted, edge_width=1.2)
        draw_ticks(canvas, frame, net, ink=theme.muted)


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """A piece of land to draw: where it stands and what is written on it.

    `written` holds (kind, key) of the areas and districts that get their names and badges here;
    `window` is the part shown larger elsewhere; `stage` the part that carries the watermark.
    """

    land: Land
    placement: Placement
    frame: Frame
    written: frozenset[tuple[str, str]]
    avoid: Sequence[Frame]
    window: Frame | None
    stage: Frame


def _draw_scene(canvas: Canvas, view: MapView, scene: _Scene, *, theme: Theme, badge_radius: float) -> None:
    """Draw land, points and density, and all that is written on them."""
    land = scene.land
    spots = [
        survey(area.key, shape, area.label if view.names else "", area.badge)
        for area, shape in zip(land.areas, _seen(land.shapes, scene.frame), strict=True)
        if (AREA, area.key) in scene.written and shapely.area(shape) > 0
    ]
    shown = zip(land.districts, _seen(land.districts.values(), scene.frame), strict=True)
    lettering = place_lettering(
        spots,
        {
            name: shape
            for name, shape in shown
            if view.names and (DISTRICT, name) in scene.written and shapely.area(shape) > 0
        },
        land=land.outline,
        frame=scene.frame,
        avoid=scene.avoid,
        badge_radius=badge_radius,
        fonts=canvas.fonts,
    )
    clear = [label.box for label in (*lettering.labels, *lettering.districts)]
    paint_land(canvas, land, theme=theme, clear=clear)
    if scene.window is not None:
        canvas.rectangle(scene.window, fill="none", edge=theme.border, edge_width=3.4)
        canvas.rectangle(scene.window, fill="none", edge=theme.land_ink, edge_width=1.6)
    if view.watermark:
        paint_watermark(canvas, view.watermark, scene.stage, theme=theme)
    if view.density is not None:
        paint_density(canvas, view.density, land, scene.placement)
    paint_points(canvas, view.points, scene.placement, without=scene.window)
    halos = bool(view.points) or view.density is not None
    paint_lettering(canvas, lettering, land, theme=theme, badge_radius=badge_radius, halos=halos)


def _draw_inset(
    canvas: Canvas,
    view: MapView,
    frame: Frame,
    placement: Placement,
    *,
    written: frozenset[tuple[str, str]],
    theme: Theme,
    badge_radius: float,
) -> None:
    """Draw the enlargement on its ground, with a scale bar of its own."""
    length_m = scale_bar_length_m(BAR_SHARE * frame.width, placement)
    plate = Frame(
        frame.left, frame.bottom, frame.left + length_m * placement.scale + 44, frame.bottom + SCALE_BAR_HEIGHT + 6
    )
    land = make_land(drawable(view.areas), placement, frame=frame)
    scene = _Scene(land, placement, frame, written=written, avoid=[plate], window=None, stage=frame)
    _draw_scene(canvas.clipped(frame), view, scene, theme=theme, badge_radius=badge_radius)
    canvas.rectangle(plate, fill=theme.paper, alpha=0.85)
    draw_scale_bar(
        canvas,
        plate.left + 14,
        plate.bottom + 9,
        length_m=length_m,
        placement=placement,
        words=view.words,
        theme=theme,
    )
    canvas.rectangle(frame, fill="none", edge=theme.ink, edge_width=1.6)


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


def _seen(shapes: Any, frame: Frame) -> Any:
    """Cut shapes to what a frame shows."""
    return shapely.clip_by_rect(np.array(list(shapes), dtype=object), *frame)


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
