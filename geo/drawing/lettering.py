"""All that is written on the land: badges, area names and district names, placed together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.drawing.labels import NO_POINTS, PlacedBadge, PlacedLabel, Spot, place_badges, place_labels, survey

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    import numpy as np
    from numpy.typing import NDArray

    from geo.drawing.canvas import Frame
    from geo.drawing.fonts import Fonts, Weight

AREA_WEIGHT: Weight = "medium"
DISTRICT_WEIGHT: Weight = "semibold"
AREA_SIZES = (14.5, 13.0, 11.5, 10.5, 9.5, 8.5, 7.5)
DISTRICT_SIZES = (13.5, 12.0, 11.0)
DISTRICT_DISTANCE = 6.0  # of a district's name from all else, so that it is not read with a label
WIDEST_LETTERS, SEAT_DISTANCE = "aw", 1.0
HAIR_SPACE = "\u200a"


@dataclass(frozen=True, slots=True, eq=False)
class Lettering:
    """Where everything written on the land stands."""

    badges: list[PlacedBadge]
    labels: list[PlacedLabel]
    districts: list[PlacedLabel]
    seats: list[PlacedLabel]  # room for a letter on areas without a name, the important first

    @property
    def boxes(self) -> list[Frame]:
        """Return the boxes of all names."""
        return [label.box for label in (*self.labels, *self.districts)]


def area_sizes(least: float) -> tuple[float, ...]:
    """List the type sizes of areas' names, the largest first, down to the least that can be read."""
    return tuple(size for size in AREA_SIZES if size >= least)


def place_lettering(
    spots: Sequence[Spot],
    districts: Mapping[str, Any],
    *,
    land: Any,
    frame: Frame,
    avoid: Sequence[Frame],
    badge_radius: float,
    fonts: Fonts,
    sizes: Sequence[float] = AREA_SIZES[:3],
    points: NDArray[np.float64] = NO_POINTS,
) -> Lettering:
    """Find the places of badges, labels and district names.

    District names take what room the labels leave; one that finds none is placed before the
    labels in a second round, because a reader finds a village by its district. Areas whose names find
    no room get a seat for a letter, see `index_of`. Small marks come last.

    Parameters
    ----------
    spots
        The areas to be written on, the important first.
    districts
        The shape of each district by its name.
    land
        The union of all areas, beside which a badge may stand.
    frame, avoid
        Where texts may stand, and boxes they may not touch.
    badge_radius
        In design units, as all lengths.
    fonts
        Measures the texts.
    sizes
        Of areas' names, the largest first.
    points
        Shape (n, 2): what names should not cover.
    """

    def area_width(text: str, size: float) -> float:
        return fonts.width(text, size=size, weight=AREA_WEIGHT)

    def district_width(text: str, size: float) -> float:
        return fonts.width(text, size=size, weight=DISTRICT_WEIGHT)

    minor = [spot for spot in spots if _minor(spot)]
    spots = [replace(spot, marks=()) if _minor(spot) else spot for spot in spots]
    badges, named = place_badges(
        spots, radius=badge_radius, sizes=sizes, width=area_width, frame=frame, avoid=avoid, land=land, points=points
    )
    taken = [*avoid, *(box for badge in badges for box in badge.boxes(badge_radius))]
    taken += [label.box for label in named]
    done = {label.key for label in named}
    rest = [spot for spot in spots if spot.key not in done]
    names = [survey(name, shape, letter_spaced(name)) for name, shape in districts.items()]

    def place_areas(avoid: Sequence[Frame]) -> list[PlacedLabel]:
        return place_labels(rest, sizes=sizes, width=area_width, avoid=avoid, points=points)

    def place_districts(some: Sequence[Spot], avoid: Sequence[Frame]) -> list[PlacedLabel]:
        return place_labels(
            some, sizes=DISTRICT_SIZES, width=district_width, avoid=avoid, distance=DISTRICT_DISTANCE, points=points
        )

    labels = place_areas(taken)
    placed = place_districts(names, [*taken, *(label.box for label in labels)])
    found = {name.key for name in placed}
    crowded_out = [spot for spot in names if spot.key not in found]
    if crowded_out:
        first = place_districts(crowded_out, taken)
        taken += [name.box for name in first]
        labels = place_areas(taken)
        others = [spot for spot in names if spot.key in found]
        placed = first + place_districts(others, [*taken, *(label.box for label in labels)])
    taken += [label.box for label in (*labels, *placed)]
    shown = {label.key for label in (*named, *labels)} | {badge.key for badge in badges if badge.text}
    unnamed = [spot for spot in spots if spot.text and spot.key not in shown]
    seats = place_labels(
        [replace(spot, text=WIDEST_LETTERS) for spot in unnamed],
        sizes=sizes[-1:],
        width=area_width,
        avoid=taken,
        distance=SEAT_DISTANCE,
    )
    small, _ = place_badges(
        [replace(spot, text="") for spot in minor],
        radius=badge_radius,
        sizes=sizes,
        width=area_width,
        frame=frame,
        avoid=[*taken, *(seat.box for seat in seats)],
        land=land,
    )
    return Lettering(badges + small, named + labels, placed, seats)


def _minor(spot: Spot) -> bool:
    """Tell whether an area carries nothing but small marks: those give way to names."""
    return not spot.badge and bool(spot.marks) and all(mark.scale < 1 for mark in spot.marks)


def index_of(seats: Sequence[PlacedLabel], names: Mapping[str, str]) -> list[tuple[PlacedLabel, str]]:
    """Give each seat its letters, a, b, c … in the order of the areas' names, and the name they stand for."""
    ordered = sorted(seats, key=lambda seat: (names[seat.key], seat.key))
    return [(replace(seat, lines=(letters(number),)), names[seat.key]) for number, seat in enumerate(ordered)]


def letters(number: int) -> str:
    """Count in letters: 0 is a, 25 is z, 26 is aa."""
    head, rest = divmod(number, 26)
    return (letters(head - 1) if head else "") + chr(ord("a") + rest)


def letter_spaced(name: str) -> str:
    """Set a name in capitals with hair spaces between them; words stay parted by plain spaces."""
    return " ".join(HAIR_SPACE.join(word.upper()) for word in name.split())
