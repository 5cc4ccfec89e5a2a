"""A region in design units: its areas, and the district borders and coast that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.drawing.arrange import place

if TYPE_CHECKING:
    from geo.drawing.canvas import Frame
    from geo.drawing.decorations import Placement
    from geo.drawing.sheet import Area

MANY_COORDINATES = 20_000
BEYOND = 40.0  # kept outside the frame, so that neither glow nor cut edge shows
TOLERANCE = 0.25  # design units: a quarter of a pixel is invisible
SLIVER = 0.75  # gaps between neighbours that are narrower belong to the drawing of the boundary, not to the land


@dataclass(frozen=True, slots=True, eq=False)
class Land:
    """Areas and their shapes, row for row; the shape of each district by its name; the union of all."""

    areas: tuple[Area, ...]
    shapes: tuple[Any, ...]
    districts: dict[str, Any]
    outline: Any


def drawable(areas: tuple[Area, ...]) -> tuple[Area, ...]:
    """Keep the areas that have a polygon."""
    return tuple(area for area in areas if area.geometry is not None and not shapely.is_empty(area.geometry))


def make_land(areas: tuple[Area, ...], placement: Placement, *, frame: Frame) -> Land:
    """Place areas on the page, cut off what lies far outside a frame, and derive the borders.

    An area wholly outside has an empty shape. Very detailed boundaries are simplified together,
    below what can be seen, and slivers between neighbours closed, so that no border runs through
    the land that is none.
    """
    placed = place(np.array([area.geometry for area in areas], dtype=object), placement)
    valid = shapely.make_valid(placed, method="structure", keep_collapsed=False)
    shapes = shapely.clip_by_rect(valid, *frame.shrunk(-BEYOND))
    if shapely.get_num_coordinates(shapes).sum() > MANY_COORDINATES:
        shapes = shapely.coverage_simplify(shapes, TOLERANCE)
    groups = np.array([area.group for area in areas])
    unions = {str(name): shapely.union_all(shapes[groups == name]) for name in sorted(set(groups))}
    districts = {name: _closed(union) for name, union in unions.items() if not shapely.is_empty(union)}
    return Land(areas, tuple(shapes), districts, _closed(shapely.union_all(list(districts.values()))))


def _closed(shape: Any) -> Any:
    """Close slivers and pinholes."""
    grown = shapely.buffer(shape, SLIVER, quad_segs=2, join_style="mitre", mitre_limit=2.0)
    return shapely.buffer(grown, -SLIVER, quad_segs=2, join_style="mitre", mitre_limit=2.0)
