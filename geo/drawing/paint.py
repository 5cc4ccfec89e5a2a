"""The strokes of the map: land, density, points, lettering, watermark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from contourpy import contour_generator

from geo.drawing.canvas import Canvas, Frame, Style
from geo.drawing.hatch import hatch_lines
from geo.drawing.labels import MARK_PART
from geo.drawing.lettering import AREA_WEIGHT, DISTRICT_WEIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from geo.drawing.decorations import Placement
    from geo.drawing.fonts import Weight
    from geo.drawing.hatch import Hatch
    from geo.drawing.labels import PlacedBadge, PlacedLabel
    from geo.drawing.land import Land
    from geo.drawing.lettering import Lettering
    from geo.drawing.sheet import DensityLines, Ground, Mark, PointLayer
    from geo.drawing.theme import Theme

AREA_BORDER, DISTRICT_BORDER, DISTRICT_CASING, OUTLINE = 1.1, 1.3, 3.0, 2.0
BADGE_RADIUS = 15.0
GROUND_BORDER = 0.8
GROUND_WEIGHT: Weight = "medium"
LETTER_WEIGHT: Weight = "bold"
HALO = 3.0
MARK_SIZES = {"^": 0.96, "v": 0.86, "D": 0.72, "o": 0.88}  # of a marker, so that all look equally large
WATERMARK_ANGLE_DEG, WATERMARK_SIZE, WATERMARK_LENGTH = 26.0, 120.0, 0.86


def paint_land(canvas: Canvas, land: Land, *, theme: Theme, clear: Sequence[Frame]) -> None:
    """Draw fills, hatches and borders; no hatch runs through the boxes in `clear`."""
    seen = [(area, shape) for area, shape in zip(land.areas, land.shapes, strict=True) if shapely.area(shape) > 0]
    shapes = [shape for _, shape in seen]
    canvas.shapes(shapes, fill=[area.fill for area, _ in seen])
    hatches: dict[Hatch, list[Any]] = {}
    for area, shape in seen:
        if area.hatch is not None:
            hatches.setdefault(area.hatch, []).append(shape)
    gaps = [box.shrunk(-1.5).polygon() for box in clear]
    for hatch, members in hatches.items():
        lines = hatch_lines(shapely.union_all(members), hatch, keep_clear=gaps)
        canvas.lines(lines, colour=hatch.colour, width=hatch.width, alpha=hatch.alpha)
    canvas.shapes(shapes, fill="none", edge=theme.border, edge_width=AREA_BORDER)
    if len(land.districts) > 1:
        borders = _outlines(land.districts.values())
        canvas.lines(borders, colour=theme.border, width=DISTRICT_CASING)
        canvas.lines(borders, colour=theme.land_ink, width=DISTRICT_BORDER)
    canvas.lines(_outlines([land.outline]), colour=theme.outline, width=OUTLINE)


def paint_ground(canvas: Canvas, pieces: Sequence[tuple[Ground, Any]], *, theme: Theme) -> None:
    """Draw what lies around the region: known sea, neighbours, the rest of the region."""
    fills = {"sea": theme.sea, "neighbour": theme.neighbour, "rest": theme.rest}
    for kind, fill in fills.items():
        shapes = [shape for piece, shape in pieces if piece.kind == kind]
        edge = "none" if kind == "sea" else theme.muted
        canvas.shapes(shapes, fill=fill, edge=edge, edge_width=0.0 if kind == "sea" else GROUND_BORDER)


def density_width(number: int) -> float:
    """Return the thickness of a density line by its place in the order of levels."""
    return 1.2 * (number + 1)


def density_lines(surface: DensityLines, level: float) -> list[NDArray[np.float64]]:
    """Trace where a density surface has a value, as lines in metres; missing cells are left out."""
    rows, columns = surface.grid.shape
    west, south, east, north = surface.bounds_m
    x = west + (np.arange(columns) + 0.5) * (east - west) / columns
    y = north - (np.arange(rows) + 0.5) * (north - south) / rows
    lines = contour_generator(x, y, np.ma.masked_invalid(surface.grid)).lines(level)
    return [np.asarray(line, dtype=float) for line in lines]


def paint_density(canvas: Canvas, surface: DensityLines, land: Land, placement: Placement) -> None:
    """Draw the lines of equal density over the land, on white so that they show on dark classes."""
    for number, level in enumerate(surface.levels):
        lines = [shapely.linestrings(placement.forward(line)) for line in density_lines(surface, level)]
        parts = shapely.get_parts(shapely.intersection(shapely.multilinestrings(lines), land.outline))
        seen = [shapely.get_coordinates(part) for part in parts[shapely.get_dimensions(parts) == 1]]
        canvas.lines(seen, colour="#ffffff", width=density_width(number) + 2.0, alpha=0.85)
        canvas.lines(seen, colour=surface.colour, width=density_width(number))


def paint_points(canvas: Canvas, layers: Iterable[tuple[PointLayer, NDArray[np.float64]]]) -> None:
    """Draw every layer of points at its places of shape (n, 2) in design units."""
    for layer, xy in layers:
        canvas.marks(
            xy,
            marker=layer.marker,
            size=layer.size,
            fill=layer.colour,
            edge=layer.edge_colour,
            edge_width=0.6,
            alpha=layer.alpha,
            name="points",
        )


def paint_lettering(
    canvas: Canvas, lettering: Lettering, land: Land, *, theme: Theme, badge_radius: float, halos: bool
) -> None:
    """Write labels, district names and badges; `halos` sets labels off from points and lines below them."""
    areas = {area.key: area for area in land.areas}
    for label in lettering.labels:
        area = areas[label.key]
        halo = (area.fill, HALO) if halos else None
        _write(canvas, label, Style(label.size, AREA_WEIGHT, area.label_colour, halo=halo), kind="label")
    for name in lettering.districts:
        style = Style(name.size, DISTRICT_WEIGHT, theme.district_ink, halo=("#ffffff", HALO))
        _write(canvas, name, style, kind="district")
    draw_badges(canvas, lettering.badges, theme=theme, radius=badge_radius)


def paint_letters(canvas: Canvas, letters: Iterable[PlacedLabel], land: Land) -> None:
    """Write the letters of an index on their areas."""
    colours = {area.key: area.label_colour for area in land.areas}
    for label in letters:
        _write(canvas, label, Style(label.size, LETTER_WEIGHT, colours[label.key]), kind="letter")


def paint_ground_names(canvas: Canvas, names: Iterable[PlacedLabel], *, theme: Theme) -> None:
    """Write the names of what lies around the region."""
    for name in names:
        _write(canvas, name, Style(name.size, GROUND_WEIGHT, theme.muted), kind="ground")


def _write(canvas: Canvas, label: PlacedLabel, style: Style, *, kind: str) -> None:
    """Write the lines of a label."""
    middle = (label.box.left + label.box.right) / 2
    for line, baseline in label.baselines():
        canvas.text(line, middle, baseline, style, align="center", name=f"{kind}:{label.key}")


def draw_badges(canvas: Canvas, badges: Iterable[PlacedBadge], *, theme: Theme, radius: float) -> None:
    """Draw dark round badges with their number, and a leader line to the area where one lies beside it."""
    for badge in badges:
        if badge.anchor is not None:
            leader = [badge.anchor, (badge.x, badge.y)]
            anchor = np.array([badge.anchor])
            canvas.lines([leader], colour=theme.badge_text, width=3.4)
            canvas.lines([leader], colour=theme.badge, width=1.6)
            canvas.marks(anchor, marker="o", size=6.5, fill=theme.badge, edge=theme.badge_text, edge_width=1.2)
        middle, centres = badge.centres(radius)
        if badge.text:
            canvas.marks(
                np.array([(middle, badge.y)]),
                marker="o",
                size=2 * radius - 2,
                fill=theme.badge,
                edge=theme.badge_text,
                edge_width=2.0,
                name=f"badge:{badge.key}",
            )
            style = Style(radius * 1.05, "bold", theme.badge_text)
            canvas.text(badge.text, middle, badge.y, style, align="center", centred=True)
        for mark, x in zip(badge.marks, centres, strict=True):
            draw_mark(
                canvas, mark, x, badge.y, radius=MARK_PART * radius * mark.scale, name=f"mark:{mark.code}:{badge.key}"
            )


def draw_mark(canvas: Canvas, mark: Mark, x: float, y: float, *, radius: float, name: str | None = None) -> None:
    """Draw one mark: its shape on a light rim, its letter in it."""
    size = 2 * radius * MARK_SIZES[mark.shape]
    at = np.array([(x, y)])
    canvas.marks(at, marker=mark.shape, size=size + 2.4, fill="#ffffff", edge="#ffffff", edge_width=1.6)
    canvas.marks(at, marker=mark.shape, size=size, fill=mark.fill, edge=mark.ink, edge_width=1.5, name=name)
    if mark.letter:
        drop = 0.2 * radius if mark.shape == "^" else 0.0
        style = Style(radius * 1.12, "extrabold", mark.ink)
        canvas.text(mark.letter, x, y - drop, style, align="center", centred=True)


def paint_watermark(canvas: Canvas, text: str, frame: Frame, *, theme: Theme) -> None:
    """Write one large, faint line across a frame."""
    angle = np.deg2rad(WATERMARK_ANGLE_DEG)
    length = WATERMARK_LENGTH * min(frame.width / np.cos(angle), frame.height / np.sin(angle))
    colour, alpha = theme.watermark
    style = canvas.fitted(text, Style(WATERMARK_SIZE, "extrabold", colour, alpha), length)
    x, y = (frame.left + frame.right) / 2, (frame.bottom + frame.top) / 2
    canvas.text(text, x, y, style, align="center", centred=True, rotation=WATERMARK_ANGLE_DEG, name="watermark")


def _outlines(shapes: Iterable[Any]) -> list[NDArray[np.float64]]:
    """List the outer and inner rings of polygons and multipolygons."""
    rings = [
        ring
        for shape in shapes
        for polygon in shapely.get_parts(shape)
        for ring in (shapely.get_exterior_ring(polygon), *polygon.interiors)
    ]
    return [shapely.get_coordinates(ring) for ring in rings]
