"""Places for labels and badges: greedy, in a fixed order, never over one another; misfits are dropped."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.drawing.canvas import Frame
from geo.drawing.fonts import ASCENT, DESCENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

LINE_PITCH = 1.14  # baseline to baseline, in parts of the size
MARGIN = 2.5  # between a label and the border of its area, and around everything placed
GAP = 4.0  # between a badge and the name below it
MOST_LINES = 3
GRID = 17  # candidate places along each side of an area's bounding box
RINGS = np.array([2.1, 2.6, 3.2, 4.0, 5.0, 6.5, 8.5, 11.0, 14.0, 18.0])  # leader lengths, in badge radii
LEADER_STEP = 4.0
SMALLEST_SEAT = 0.7  # a badge covers an area whose inscribed circle is smaller than this part of the badge


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """One area that asks for a label unless `text` is "", and for a badge unless `badge` is "".

    `places` of shape (n, 2) are points in the area, the roomiest first and the others by their
    distance from it; `room` is the radius that is free around each.
    """

    key: str
    shape: Any
    text: str
    badge: str
    places: NDArray[np.float64]
    room: NDArray[np.float64]

    @property
    def pole(self) -> tuple[float, float]:
        """Return the roomiest point."""
        return float(self.places[0, 0]), float(self.places[0, 1])


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A text broken into lines, and the box that it fills."""

    key: str
    lines: tuple[str, ...]
    size: float
    box: Frame

    def baselines(self) -> Iterator[tuple[str, float]]:
        """Yield each line with the height of its baseline."""
        for number, line in enumerate(self.lines):
            yield line, self.box.top - ASCENT * self.size - number * LINE_PITCH * self.size


@dataclass(frozen=True, slots=True)
class PlacedBadge:
    """The centre of a badge, and the point in its area to which a leader runs (None: it lies in its area)."""

    key: str
    text: str
    x: float
    y: float
    anchor: tuple[float, float] | None = None

    def boxes(self, radius: float) -> list[Frame]:
        """Return what a badge takes: the box around it, and small ones along its leader."""
        badge = _square(self.x, self.y, radius)
        if self.anchor is None:
            return [badge]
        start, end = np.array(self.anchor), np.array([self.x, self.y])
        count = int(np.hypot(*(end - start)) / LEADER_STEP) + 2
        dots = start + np.linspace(0, 1, count)[:, None] * (end - start)
        return [badge, *(_square(float(x), float(y), LEADER_STEP) for x, y in dots)]


def survey(key: str, shape: Any, text: str, badge: str = "") -> Spot:
    """Find the places in a polygon where a text may stand.

    The roomiest point is the centre of the largest circle that the polygon holds; further
    points lie on a grid over its bounding box.
    """
    circle = shapely.get_coordinates(shapely.maximum_inscribed_circle(shape, tolerance=0.5))
    x0, y0, x1, y1 = shapely.bounds(shape)
    grid = np.stack(np.meshgrid(np.linspace(x0, x1, GRID), np.linspace(y0, y1, GRID)), axis=-1).reshape(-1, 2)
    shapely.prepare(shape)
    points = np.vstack([circle[:1], grid[shapely.contains_xy(shape, grid[:, 0], grid[:, 1])]])
    room = shapely.distance(shapely.boundary(shape), shapely.points(points))
    order = np.argsort(np.hypot(*(points - circle[0]).T), kind="stable")
    return Spot(key, shape, text, badge, points[order], room[order])


def place_badges(
    spots: Sequence[Spot],
    *,
    radius: float,
    sizes: Sequence[float],
    width: Callable[[str, float], float],
    frame: Frame,
    avoid: Sequence[Frame],
    land: Any,
) -> tuple[list[PlacedBadge], list[PlacedLabel]]:
    """Place the badges of all spots that have one, with the name below where both fit.

    First choice: badge and name as one block inside the area. Second: the badge alone on the
    area's roomiest point. Third, where the area is smaller than the badge or another badge is
    in the way: beside it, on a leader line, over the sea rather than over land.

    Parameters
    ----------
    spots
        All areas, the important first.
    radius
        Of a badge.
    sizes
        Type sizes to try for the name, the largest first.
    width
        Measures a line at a size.
    frame, avoid
        Where badges may lie, and boxes they may not touch.
    land
        Union of all areas.

    Returns
    -------
    badges, labels
        In the order of `spots`; a badge that finds no free place at all stays on its area.
    """
    wanted = [spot for spot in spots if spot.badge]
    placed: dict[str, PlacedBadge] = {}
    labels: list[PlacedLabel] = []
    taken = list(avoid)
    for spot in wanted:
        label = _place(spot, sizes=sizes, width=width, taken=taken, badge_radius=radius)
        x, y = spot.pole
        if label is not None:
            x, y = (label.box.left + label.box.right) / 2, label.box.top - radius
            label = PlacedLabel(
                label.key, label.lines, label.size, label.box._replace(top=label.box.top - 2 * radius - GAP)
            )
            labels.append(label)
            taken.append(label.box)
        elif spot.room[0] < SMALLEST_SEAT * radius or _overlaps(_square(x, y, radius), taken):
            continue
        placed[spot.key] = PlacedBadge(spot.key, spot.badge, x, y)
        taken.append(_square(x, y, radius))
    shapely.prepare(land)
    for spot in wanted:
        if spot.key not in placed:
            others = np.array([other.pole for other in wanted if other.key != spot.key]).reshape(-1, 2)
            x, y = _beside(spot.pole, radius=radius, frame=frame, taken=taken, others=others, land=land)
            placed[spot.key] = PlacedBadge(spot.key, spot.badge, x, y, anchor=spot.pole)
            taken.append(_square(x, y, radius))
    return [placed[spot.key] for spot in wanted], labels


def place_labels(
    spots: Sequence[Spot],
    *,
    sizes: Sequence[float],
    width: Callable[[str, float], float],
    avoid: Sequence[Frame],
    distance: float = MARGIN,
) -> list[PlacedLabel]:
    """Place each spot's text wholly inside its shape, the largest size first, then the fewest lines.

    Among the places of one size and breaking, the nearest to the roomiest point of the
    shape wins. A text that fits nowhere, at a `distance` from all that is placed, is left out.
    """
    taken = list(avoid)
    labels = []
    for spot in spots:
        label = _place(spot, sizes=sizes, width=width, taken=taken, distance=distance)
        if label is not None:
            labels.append(label)
            taken.append(label.box)
    return labels


def _place(
    spot: Spot,
    *,
    sizes: Sequence[float],
    width: Callable[[str, float], float],
    taken: Sequence[Frame],
    badge_radius: float = 0.0,
    distance: float = MARGIN,
) -> PlacedLabel | None:
    """Find the place of one text, or of a badge above a text; the box returned holds both."""
    if not spot.text:
        return None
    if not spot.text:
        return None
    extra = 2 * badge_radius + GAP if badge_radius else 0.0
    for size in sizes:
        for lines in breakings(spot.text):
            wide = max(*(width(line, size) for line in lines), 2 * badge_radius)
            high = (len(lines) - 1) * LINE_PITCH * size + (ASCENT + DESCENT) * size + extra
            possible = spot.places[spot.room >= min(wide, high) / 2]
            if not len(possible):
                continue
            half = np.array([wide, high]) / 2
            sides = np.hstack([possible - half, possible + half])
            inside = shapely.contains(spot.shape, _boxes(possible, half + MARGIN))
            for box in sides[inside & ~_overlap_any(sides, taken, distance=distance)]:
                return PlacedLabel(spot.key, lines, size, Frame(*map(float, box)))
    return None


def breakings(text: str) -> list[tuple[str, ...]]:
    """List the evenest way to set a text on one, two and three lines, as far as its words allow.

    Only plain spaces part words: the hair spaces of a letter-spaced name do not.
    """
    words = text.split(" ")
    ways: list[tuple[str, ...]] = []
    for count in range(1, min(MOST_LINES, len(words)) + 1):
        cuts = ((0, *cut, len(words)) for cut in combinations(range(1, len(words)), count - 1))
        split = [tuple(" ".join(words[a:b]) for a, b in pairwise(cut)) for cut in cuts]
        ways.append(min(split, key=lambda lines: max(map(len, lines))))
    return ways


def _beside(
    anchor: tuple[float, float],
    *,
    radius: float,
    frame: Frame,
    taken: Sequence[Frame],
    others: NDArray[np.float64],
    land: Any,
) -> tuple[float, float]:
    """Find the cheapest free place around an anchor; the anchor itself if there is none.

    The cost is the length of the leader, and a radius and a half more over land.
    """
    angle = np.deg2rad(np.arange(0, 360, 15))
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    places = (np.array(anchor) + RINGS[:, None, None] * radius * ring).reshape(-1, 2)
    squares = np.column_stack([places - radius, places + radius])
    inner = frame.shrunk(radius / 2)
    free = (squares[:, :2] >= inner[:2]).all(axis=1) & (squares[:, 2:] <= inner[2:]).all(axis=1)
    free &= ~_overlap_any(squares, taken)
    leaders = shapely.linestrings(np.stack([np.broadcast_to(anchor, places.shape), places], axis=1))
    if len(others):
        near = shapely.distance(shapely.points(places)[:, None], shapely.points(others)[None, :])
        free &= (near > 1.3 * radius).all(axis=1)
    for box in taken:
        free &= ~shapely.intersects(leaders, box.polygon())
    if not free.any():
        return anchor
    cost = np.hypot(*(places - anchor).T) + 1.5 * radius * shapely.intersects(
        land, shapely.buffer(shapely.points(places), radius, quad_segs=4)
    )
    best = int(np.argmin(np.where(free, cost, np.inf)))
    return float(places[best, 0]), float(places[best, 1])


def _boxes(middles: NDArray[np.float64], half: NDArray[np.float64]) -> NDArray[Any]:
    """Make one rectangle around each of (n, 2) points."""
    return np.asarray(shapely.box(*(middles - half).T, *(middles + half).T))


def _square(x: float, y: float, radius: float) -> Frame:
    """Return the box around a badge."""
    return Frame(x - radius, y - radius, x + radius, y + radius)


def _overlaps(box: Frame, taken: Sequence[Frame]) -> bool:
    """Tell whether a box overlaps any that is taken."""
    return bool(_overlap_any(np.array([box]), taken)[0])


def _overlap_any(
    boxes: NDArray[np.float64], taken: Sequence[Frame], *, distance: float = MARGIN
) -> NDArray[np.bool_]:
    """Tell for each of (n, 4) boxes whether it comes nearer than a distance to any that is taken."""
    if not taken:
        return np.zeros(len(boxes), dtype=bool)
    other = np.array(taken)
    apart = (
        (boxes[:, None, 2] + distance <= other[None, :, 0])
        | (boxes[:, None, 0] - distance >= other[None, :, 2])
        | (boxes[:, None, 3] + distance <= other[None, :, 1])
        | (boxes[:, None, 1] - distance >= other[None, :, 3])
    )
    return np.asarray(~apart.all(axis=1), dtype=bool)
