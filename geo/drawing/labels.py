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

    from geo.drawing.sheet import Mark

LINE_PITCH = 1.14  # baseline to baseline, in parts of the size
MARGIN = 2.5  # between a label and the border of its area, and around everything placed
GAP = 4.0  # between a badge and the name below it
MOST_LINES = 3
GRID = 17  # candidate places along each side of an area's bounding box
RINGS = np.array([2.1, 2.6, 3.2, 4.0, 5.0, 6.5, 8.5, 11.0, 14.0, 18.0])  # leader lengths, in badge radii
LEADER_STEP = 4.0
SMALLEST_SEAT = 0.7  # a badge covers an area whose inscribed circle is smaller than this part of the badge
MARK_PART, MARK_GAP = 0.72, 1.5  # the radius of a mark in parts of a badge's, and the distance between two
NO_POINTS = np.empty((0, 2))


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """One area that asks for a label unless `text` is "", for a badge unless `badge` is "", and for its marks.

    `places` of shape (n, 2) are points in the area, the roomiest first and the others by their
    distance from it; `room` is the radius that is free around each.
    """

    key: str
    shape: Any
    text: str
    badge: str
    places: NDArray[np.float64]
    room: NDArray[np.float64]
    marks: tuple[Mark, ...] = ()

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
    """The middle of a badge with its marks to the right, or of marks alone where `text` is "".

    `anchor` is the point in the area to which a leader runs; None: it lies in its area.
    """

    key: str
    text: str
    x: float
    y: float
    anchor: tuple[float, float] | None = None
    marks: tuple[Mark, ...] = ()

    def boxes(self, radius: float) -> list[Frame]:
        """Return what it takes: the box around it, and small ones along its leader."""
        whole = _around(self.x, self.y, row_size(self.text, self.marks, radius))
        if self.anchor is None:
            return [whole]
        start, end = np.array(self.anchor), np.array([self.x, self.y])
        count = int(np.hypot(*(end - start)) / LEADER_STEP) + 2
        dots = start + np.linspace(0, 1, count)[:, None] * (end - start)
        return [whole, *(_around(float(x), float(y), (2 * LEADER_STEP, 2 * LEADER_STEP)) for x, y in dots)]

    def centres(self, radius: float) -> tuple[float, list[float]]:
        """Return where the badge stands on the line, and where each mark does."""
        left = self.x - row_size(self.text, self.marks, radius)[0] / 2
        edge = left + (2 * radius + MARK_GAP if self.text else 0.0)
        places = []
        for mark in self.marks:
            small = MARK_PART * radius * mark.scale
            places.append(edge + small)
            edge += 2 * small + MARK_GAP
        return left + radius, places


def row_size(text: str, marks: Sequence[Mark], radius: float) -> tuple[float, float]:
    """Measure a badge (none if `text` is "") with marks beside it: width and height."""
    parts = ([2 * radius] if text else []) + [2 * MARK_PART * radius * mark.scale for mark in marks]
    return sum(parts) + MARK_GAP * max(len(parts) - 1, 0), max(parts, default=0.0)


def survey(key: str, shape: Any, text: str, badge: str = "", marks: tuple[Mark, ...] = ()) -> Spot:
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
    return Spot(key, shape, text, badge, points[order], room[order], marks)


def place_badges(
    spots: Sequence[Spot],
    *,
    radius: float,
    sizes: Sequence[float],
    width: Callable[[str, float], float],
    frame: Frame,
    avoid: Sequence[Frame],
    land: Any,
    points: NDArray[np.float64] = NO_POINTS,
) -> tuple[list[PlacedBadge], list[PlacedLabel]]:
    """Place the badges and marks of all spots that have some, with the name below where both fit.

    First choice: badge and name as one block inside the area. Second: the badge alone, as near to the
    area's roomiest point as nothing is in the way. Third, where the area is smaller than the badge or has
    no place left: beside it, on a leader line, beside the land rather than over it.

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
    points
        Shape (n, 2): what a name should not cover.

    Returns
    -------
    badges, labels
        In the order of `spots`; a badge that finds no free place at all stays on its area.
    """
    wanted = [spot for spot in spots if spot.badge or spot.marks]
    placed: dict[str, PlacedBadge] = {}
    labels: list[PlacedLabel] = []
    taken = list(avoid)
    for spot in wanted:
        size = row_size(spot.badge, spot.marks, radius)
        label = _place(spot, sizes=sizes, width=width, taken=taken, head=size, points=points)
        if label is not None:
            x, y = (label.box.left + label.box.right) / 2, label.box.top - size[1] / 2
            label = PlacedLabel(label.key, label.lines, label.size, label.box._replace(top=y - size[1] / 2 - GAP))
            labels.append(label)
            taken.append(label.box)
        elif (seat := _seat(spot, size, taken)) is not None:
            x, y = seat
        else:
            continue
        placed[spot.key] = PlacedBadge(spot.key, spot.badge, x, y, marks=spot.marks)
        taken.append(_around(x, y, size))
    shapely.prepare(land)
    leaders: list[Any] = []
    for spot in wanted:
        if spot.key not in placed:
            size = row_size(spot.badge, spot.marks, radius)
            others = np.array([other.pole for other in wanted if other.key != spot.key]).reshape(-1, 2)
            x, y = _beside(spot.pole, size=size, frame=frame, taken=taken, others=others, land=land, leaders=leaders)
            placed[spot.key] = PlacedBadge(spot.key, spot.badge, x, y, anchor=spot.pole, marks=spot.marks)
            taken.append(_around(x, y, size))
            leaders.append(shapely.LineString([spot.pole, (x, y)]))
    return [placed[spot.key] for spot in wanted], labels


def place_labels(
    spots: Sequence[Spot],
    *,
    sizes: Sequence[float],
    width: Callable[[str, float], float],
    avoid: Sequence[Frame],
    distance: float = MARGIN,
    points: NDArray[np.float64] = NO_POINTS,
) -> list[PlacedLabel]:
    """Place each spot's text wholly inside its shape, the largest size first, then the fewest lines.

    A text that covers fewer of the `points`, shape (n, 2), comes before a larger one. Among the places
    of one size and breaking, the nearest to the roomiest point of the shape wins. A text that fits
    nowhere, at a `distance` from all that is placed, is left out.
    """
    taken = list(avoid)
    labels = []
    for spot in spots:
        label = _place(spot, sizes=sizes, width=width, taken=taken, distance=distance, points=points)
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
    head: tuple[float, float] = (0.0, 0.0),
    distance: float = MARGIN,
    points: NDArray[np.float64] = NO_POINTS,
) -> PlacedLabel | None:
    """Find the place of one text, or of a head of a width and height above a text; the box returned holds both."""
    if not spot.text:
        return None
    near = _within(points, shapely.bounds(spot.shape))
    best, fewest = None, len(near) + 1
    extra = head[1] + GAP if head[1] else 0.0
    for size in sizes:
        for lines in breakings(spot.text):
            wide = max(*(width(line, size) for line in lines), head[0])
            high = (len(lines) - 1) * LINE_PITCH * size + (ASCENT + DESCENT) * size + extra
            possible = spot.places[spot.room >= min(wide, high) / 2]
            if not len(possible):
                continue
            half = np.array([wide, high]) / 2
            sides = np.hstack([possible - half, possible + half])
            inside = shapely.contains(spot.shape, _boxes(possible, half + MARGIN))
            free = sides[inside & ~_overlap_any(sides, taken, distance=distance)]
            covered = _counts(free, near)
            if len(free) and covered.min() < fewest:
                chosen = int(np.argmin(covered))
                best = PlacedLabel(spot.key, lines, size, Frame(*map(float, free[chosen])))
                fewest = int(covered[chosen])
            if fewest == 0:
                return best
    return best


def clear_of(
    points: NDArray[np.float64], boxes: Sequence[Frame], shapes: Sequence[Any], *, margin: float
) -> NDArray[np.float64]:
    """Move each of (n, 2) points that lies under a box to its nearest side, within the shape that holds it.

    A side under another box, or outside the shape, is passed over; a point without such a side stays.
    """
    moved = points.copy()
    grown = [box.shrunk(-margin) for box in boxes]
    for box in grown:
        for number in np.flatnonzero(_counts_each(points, box)):
            x, y = points[number]
            home = next((shape for shape in shapes if shapely.contains_xy(shape, x, y)), None)
            sides = [(x, box.top), (x, box.bottom), (box.left, y), (box.right, y)]
            nearest = np.argsort(np.abs(np.array(sides) - points[number]).sum(axis=1), kind="stable")
            for side in (sides[place] for place in nearest):
                there = np.array([side])
                hidden = any(_counts_each(there, other.shrunk(1e-6))[0] for other in grown)
                if not hidden and (home is None or shapely.contains_xy(home, *side)):
                    moved[number] = side
                    break
    return moved


def _within(points: NDArray[np.float64], bounds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keep the points of a rectangle."""
    inside: NDArray[np.float64] = points[((points >= bounds[:2]) & (points <= bounds[2:])).all(axis=1)]
    return inside


def _counts_each(points: NDArray[np.float64], box: Frame) -> NDArray[np.bool_]:
    """Tell which of (n, 2) points lie in a box."""
    return np.asarray(((points > box[:2]) & (points < box[2:])).all(axis=1), dtype=bool)


def _counts(boxes: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Count for each of (n, 4) boxes the points that lie in it."""
    inside = (points[None, :, :] > boxes[:, None, :2]) & (points[None, :, :] < boxes[:, None, 2:])
    return np.asarray(inside.all(axis=-1).sum(axis=1), dtype=np.int64)


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


def _seat(spot: Spot, size: tuple[float, float], taken: Sequence[Frame]) -> tuple[float, float] | None:
    """Find the place of a badge or of marks in their area, the nearest to its roomiest point."""
    possible = spot.places[spot.room >= SMALLEST_SEAT * max(size) / 2]
    half = np.array(size) / 2
    free = possible[~_overlap_any(np.hstack([possible - half, possible + half]), taken)]
    return (float(free[0, 0]), float(free[0, 1])) if len(free) else None


def _beside(
    anchor: tuple[float, float],
    *,
    size: tuple[float, float],
    frame: Frame,
    taken: Sequence[Frame],
    others: NDArray[np.float64],
    land: Any,
    leaders: Sequence[Any],
) -> tuple[float, float]:
    """Find the cheapest free place of a width and height around an anchor; the anchor itself if there is none.

    Free is what touches nothing placed. Where it can be, the place lies on no other leader, and its own crosses none.
    The cost is the length of the leader, and a radius and a half more over land.
    """
    radius, half = max(size) / 2, np.array(size) / 2
    angle = np.deg2rad(np.arange(0, 360, 15))
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    places = (np.array(anchor) + RINGS[:, None, None] * radius * ring).reshape(-1, 2)
    squares = np.column_stack([places - half, places + half])
    inner = frame.shrunk(radius / 2)
    free = (squares[:, :2] >= inner[:2]).all(axis=1) & (squares[:, 2:] <= inner[2:]).all(axis=1)
    free &= ~_overlap_any(squares, taken)
    own = shapely.linestrings(np.stack([np.broadcast_to(anchor, places.shape), places], axis=1))
    if len(others):
        near = shapely.distance(shapely.points(places)[:, None], shapely.points(others)[None, :])
        free &= (near > 1.3 * radius).all(axis=1)
    for box in taken:
        free &= ~shapely.intersects(own, box.polygon())
    apart = free.copy()
    for leader in leaders:
        apart &= ~shapely.intersects(own, leader) & ~shapely.intersects(_boxes(places, half + MARGIN), leader)
    free = apart if apart.any() else free
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


def _around(x: float, y: float, size: tuple[float, float]) -> Frame:
    """Return the box of a width and height around a point."""
    return Frame(x - size[0] / 2, y - size[1] / 2, x + size[0] / 2, y + size[1] / 2)


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
