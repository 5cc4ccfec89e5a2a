"""A piece of land with all that is written on it: places are found first, then everything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.drawing.labels import NO_POINTS, clear_of, survey
from geo.drawing.lettering import place_lettering
from geo.drawing.paint import paint_density, paint_land, paint_lettering, paint_letters, paint_points, paint_watermark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from numpy.typing import NDArray

    from geo.drawing.canvas import Canvas, Frame
    from geo.drawing.decorations import Placement
    from geo.drawing.labels import PlacedLabel
    from geo.drawing.land import Land
    from geo.drawing.lettering import Lettering
    from geo.drawing.sheet import MapView, PointLayer
    from geo.drawing.theme import Theme

AREA, DISTRICT = "area", "district"


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
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


@dataclass(frozen=True, slots=True, eq=False)
class Composed:
    """A scene with the places of all that is written on it, and of its points: (n, 2) in design units a layer."""

    scene: Scene
    lettering: Lettering
    points: list[tuple[PointLayer, NDArray[np.float64]]]


def compose_scene(
    canvas: Canvas, view: MapView, scene: Scene, *, badge_radius: float, sizes: Sequence[float]
) -> Composed:
    """Find the places of names, badges and points; a point under a name moves to the name's edge."""
    land = scene.land
    xy = [_seen_points(scene.placement.forward(layer.xy_m), scene) for layer in view.points]
    spots = [
        survey(area.key, shape, area.label if view.names else "", area.badge, area.marks)
        for area, shape in zip(land.areas, seen(land.shapes, scene.frame), strict=True)
        if (AREA, area.key) in scene.written and shapely.area(shape) > 0
    ]
    shown = zip(land.districts, seen(land.districts.values(), scene.frame), strict=True)
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
        sizes=sizes,
        points=np.concatenate([NO_POINTS, *xy]),
    )
    seats = [seat.box for seat in lettering.seats]
    points = [
        (layer, clear_of(places, [*lettering.boxes, *seats], land.shapes, margin=layer.size / 2 + 1.0))
        for layer, places in zip(view.points, xy, strict=True)
    ]
    return Composed(scene, lettering, points)


def _seen_points(xy: NDArray[np.float64], scene: Scene) -> NDArray[np.float64]:
    """Leave out the points that the frame does not show, and those of a window that is shown larger elsewhere."""
    frame, window = scene.frame, scene.window
    kept = ((xy >= frame[:2]) & (xy <= frame[2:])).all(axis=1)
    if window is not None:
        kept &= ~((xy >= window[:2]) & (xy <= window[2:])).all(axis=1)
    return xy[kept]


def paint_scene(
    canvas: Canvas,
    view: MapView,
    composed: Composed,
    entries: Sequence[tuple[PlacedLabel, str]],
    *,
    theme: Theme,
    badge_radius: float,
) -> None:
    """Draw land, points and density, and all that is written on them."""
    scene, lettering = composed.scene, composed.lettering
    own = {seat.key for seat in lettering.seats}
    letters = [label for label, _ in entries if label.key in own]
    paint_land(canvas, scene.land, theme=theme, clear=[*lettering.boxes, *(label.box for label in letters)])
    if scene.window is not None:
        canvas.rectangle(scene.window, fill="none", edge=theme.border, edge_width=3.4)
        canvas.rectangle(scene.window, fill="none", edge=theme.land_ink, edge_width=1.6)
    if view.watermark:
        paint_watermark(canvas, view.watermark, scene.stage, theme=theme)
    if view.density is not None:
        paint_density(canvas, view.density, scene.land, scene.placement)
    paint_points(canvas, composed.points)
    halos = bool(view.points) or view.density is not None
    paint_lettering(canvas, lettering, scene.land, theme=theme, badge_radius=badge_radius, halos=halos)
    paint_letters(canvas, letters, scene.land)


def seen(shapes: Any, frame: Frame) -> Any:
    """Cut shapes to what a frame shows."""
    return shapely.clip_by_rect(np.array(list(shapes), dtype=object), *frame)
