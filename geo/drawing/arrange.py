"""Where a region stands in a frame, and an enlargement where its areas are too small to read."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from geo.drawing.canvas import Frame
from geo.drawing.decorations import Placement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.drawing.sheet import Area

EDGE = 26.0  # kept free between a region and its frame
LEGIBLE_RADIUS = 12.0  # an area whose inscribed circle is smaller takes neither label nor badge
HALF_WEIGHT_RANK = 8  # the area after so many more important ones counts half
BADGE_WEIGHT = 2.5  # what the list names should be seen
LEAST_GAIN = 1.5
MOST_CENTRES = 40
FACTORS = (2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 8.0)
ASPECTS = (0.75, 1.0, 1.3, 1.6)
MOST_SHARE, LEAST_WIDTH = 0.4, 200.0  # of the frame that an enlargement takes, and in design units
REGION_SIZES = (1.0, 0.9, 0.8)
ALIGNMENTS = ((0.5, 0.5), (0.0, 0.5), (1.0, 0.5), (0.5, 0.0), (0.5, 1.0))
WINDOW_MARGIN, CLEARANCE = 4.0, 12.0


class Inset(NamedTuple):
    """An enlargement: the part of the frame it shows, where it stands, and how many times larger it is."""

    window: Frame
    frame: Frame
    factor: float


class Arrangement(NamedTuple):
    """The placement of the region, and the inset if one helps and finds room."""

    placement: Placement
    inset: Inset | None

    def inset_placement(self) -> Placement:
        """Return the placement by which the inset is drawn; that of the region without an inset."""
        if self.inset is None:
            return self.placement
        window, frame, factor = self.inset
        return Placement(
            self.placement.scale * factor,
            (self.placement.x_shift - window.left) * factor + frame.left,
            (self.placement.y_shift - window.bottom) * factor + frame.bottom,
        )


def centred(areas: Sequence[Area], frame: Frame, *, edge: float = EDGE) -> Arrangement:
    """Place a region in the middle of a frame, without an inset."""
    return Arrangement(fit(shapely.total_bounds(_shapes(areas)), frame.shrunk(edge - EDGE)), None)


class _Crowd(NamedTuple):
    """The areas too small to read, in design units.

    `bounds` of shape (n, 4); `radius` of the inscribed circles and `weight` of shape (n,); `reach_x`
    and `reach_y` of shape (m, n): half the side of the window around one of the m most important
    areas that would hold another.
    """

    bounds: NDArray[np.float64]
    radius: NDArray[np.float64]
    weight: NDArray[np.float64]
    reach_x: NDArray[np.float64]
    reach_y: NDArray[np.float64]


def fit(
    bounds_m: NDArray[np.float64], frame: Frame, *, size: float = 1.0, align: tuple[float, float] = (0.5, 0.5)
) -> Placement:
    """Place a rectangle of metres in a frame, as large as it goes times `size`.

    `align` shares out the room left over: (0, 0) is lower left, (1, 1) upper right.
    """
    x0, y0, x1, y1 = bounds_m
    inner = frame.shrunk(EDGE)
    scale = size * min(inner.width / max(x1 - x0, 1.0), inner.height / max(y1 - y0, 1.0))
    left = inner.left + align[0] * (inner.width - (x1 - x0) * scale)
    bottom = inner.bottom + align[1] * (inner.height - (y1 - y0) * scale)
    return Placement(scale, left - x0 * scale, bottom - y0 * scale)


def arrange(areas: Sequence[Area], frame: Frame) -> Arrangement:
    """Place a region in a frame, with an inset where it makes enough areas legible.

    An inset covers neither the region nor what it enlarges. To make room the region may stand
    at a side of the frame, and shrink by a fifth. Of all arrangements the one that makes most
    areas legible wins, the important and badged counting more, weighed against the share of its size that
    the region keeps; of equals, the stronger and then the larger enlargement.

    Parameters
    ----------
    areas
        With geometries in metres, at least one, the important first.
    frame
        The map's frame.
    """
    shapes = _shapes(areas)
    bounds_m = shapely.total_bounds(shapes)
    middle = fit(bounds_m, frame)
    radius_m = shapely.length(shapely.maximum_inscribed_circle(shapes, tolerance=0.5 / middle.scale))
    weight = 1.0 / (1.0 + np.arange(len(areas)) / HALF_WEIGHT_RANK)
    weight *= np.where([bool(area.badge) for area in areas], BADGE_WEIGHT, 1.0)
    if weight[radius_m * middle.scale < LEGIBLE_RADIUS].sum() < LEAST_GAIN:
        return Arrangement(middle, None)

    region_m = shapely.simplify(shapely.union_all(shapely.make_valid(shapes)), 1 / middle.scale)
    best, most = Arrangement(middle, None), (0.0, 0.0, 0.0)
    for size in REGION_SIZES:
        scale = middle.scale * size
        land = shapely.buffer(shapely.transform(region_m, lambda xy, s=scale: xy * s), CLEARANCE, quad_segs=2)
        shapely.prepare(land)
        small = radius_m * scale < LEGIBLE_RADIUS
        for align in ALIGNMENTS:
            placement = fit(bounds_m, frame, size=size, align=align)
            corners = placement.forward(shapely.bounds(shapes[small]).reshape(-1, 2)).reshape(-1, 4)
            crowd = _crowd(corners, radius_m[small] * scale, weight[small])
            shift = (placement.x_shift, placement.y_shift)
            for box in _free_boxes(land, shift, frame):
                inset, gain = _window(crowd, box)
                value = (gain * size**3, inset.factor if inset else 0.0, box.width * box.height)
                if inset and gain >= LEAST_GAIN and value > most:
                    best, most = Arrangement(placement, inset), value
    return best


def _shapes(areas: Sequence[Area]) -> NDArray[Any]:
    """Return the geometries of areas as an array."""
    return np.array([area.geometry for area in areas], dtype=object)


def place(geometry: Any, placement: Placement) -> Any:
    """Move geometries (one or an array) from metres to design units."""
    return shapely.transform(geometry, placement.forward)


def _free_boxes(land: Any, shift: tuple[float, float], frame: Frame) -> list[Frame]:
    """Find, for each corner and shape, the largest box of the frame that leaves the land free.

    `land` stands where metres times the scale put it; `shift` moves it to its place.
    """
    inner = frame.shrunk(EDGE / 2)
    boxes = []
    for aspect, right, top in product(ASPECTS, (False, True), (True, False)):
        widest = min(inner.width, inner.height * aspect, (MOST_SHARE * frame.width * frame.height * aspect) ** 0.5)
        for width in np.arange(widest, LEAST_WIDTH, -12.0):
            height = width / aspect
            left = inner.right - width if right else inner.left
            bottom = inner.top - height if top else inner.bottom
            box = Frame(float(left), float(bottom), float(left + width), float(bottom + height))
            moved = shapely.box(box.left - shift[0], box.bottom - shift[1], box.right - shift[0], box.top - shift[1])
            if not shapely.intersects(land, moved):
                boxes.append(box)
                break
    return boxes


def _crowd(bounds: NDArray[np.float64], radius: NDArray[np.float64], weight: NDArray[np.float64]) -> _Crowd:
    """Measure how far each small area lies from the most important ones."""
    x0, y0, x1, y1 = bounds.T
    x, y = (x0 + x1)[:MOST_CENTRES, None] / 2, (y0 + y1)[:MOST_CENTRES, None] / 2
    return _Crowd(bounds, radius, weight, np.maximum(x - x0, x1 - x), np.maximum(y - y0, y1 - y))


def _window(crowd: _Crowd, box: Frame) -> tuple[Inset | None, float]:
    """Find the window for a box that makes the greatest weight of areas legible, the strongest of equals.

    Windows are tried around the most important small areas only, which keeps a regency of
    hundreds of villages quick.
    """
    best, most = None, 0.0
    for factor in FACTORS:
        width, height = box.width / factor, box.height / factor
        held = crowd.reach_x <= width / 2 - WINDOW_MARGIN
        held &= crowd.reach_y <= height / 2 - WINDOW_MARGIN
        held &= crowd.radius * factor >= LEGIBLE_RADIUS
        gain = held @ crowd.weight
        centre = int(np.argmax(gain))
        if gain[centre] < most or gain[centre] == 0:
            continue
        bounds = crowd.bounds[held[centre]]
        x, y = (bounds[:, :2].min(axis=0) + bounds[:, 2:].max(axis=0)) / 2
        window = Frame(float(x - width / 2), float(y - height / 2), float(x + width / 2), float(y + height / 2))
        if not shapely.intersects(window.polygon(), box.polygon()):
            best, most = Inset(window, box, factor), float(gain[centre])
    return best, most
