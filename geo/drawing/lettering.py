"""All that is written on the land: badges, area names and district names, placed together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.drawing.labels import PlacedBadge, PlacedLabel, Spot, place_badges, place_labels, survey

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from geo.drawing.canvas import Frame
    from geo.drawing.fonts import Fonts, Weight

AREA_WEIGHT: Weight = "medium"
DISTRICT_WEIGHT: Weight = "semibold"
AREA_SIZES = (14.5, 13.0, 11.5)
DISTRICT_SIZES = (13.5, 12.0, 11.0)
DISTRICT_DISTANCE = 6.0  # of a district's name from all else, so that it is not read with a label
HAIR_SPACE = "\u200a"


@dataclass(frozen=True, slots=True, eq=False)
class Lettering:
    """Where everything written on the land stands."""

    badges: list[PlacedBadge]
    labels: list[PlacedLabel]
    districts: list[PlacedLabel]


def place_lettering(
    spots: Sequence[Spot],
    districts: Mapping[str, Any],
    *,
    land: Any,
    frame: Frame,
    avoid: Sequence[Frame],
    badge_radius: float,
    fonts: Fonts,
) -> Lettering:
    """Find the places of badges, labels and district names.

    District names take what room the labels leave; one that finds none is placed before the
    labels in a second round, because a reader finds a village by its district.

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
    """

    def area_width(text: str, size: float) -> float:
        return fonts.width(text, size=size, weight=AREA_WEIGHT)

    def district_width(text: str, size: float) -> float:
        return fonts.width(text, size=size, weight=DISTRICT_WEIGHT)

    badges, named = place_badges(
        spots, radius=badge_radius, sizes=AREA_SIZES, width=area_width, frame=frame, avoid=avoid, land=land
    )
    taken = [*avoid, *(box for badge in badges for box in badge.boxes(badge_radius))]
    taken += [label.box for label in named]
    done = {label.key for label in named}
    rest = [spot for spot in spots if spot.key not in done]
    names = [survey(name, shape, letter_spaced(name)) for name, shape in districts.items()]

    def place_areas(avoid: Sequence[Frame]) -> list[PlacedLabel]:
        return place_labels(rest, sizes=AREA_SIZES, width=area_width, avoid=avoid)

    def place_districts(some: Sequence[Spot], avoid: Sequence[Frame]) -> list[PlacedLabel]:
        return place_labels(some, sizes=DISTRICT_SIZES, width=district_width, avoid=avoid, distance=DISTRICT_DISTANCE)

    labels = place_areas(taken)
    placed = place_districts(names, [*taken, *(label.box for label in labels)])
    found = {name.key for name in placed}
    crowded_out = [spot for spot in names if spot.key not in found]
    if crowded_out:
        first = place_districts(crowded_out, taken)
        taken += [name.box for name in first]
        labels = place_areas(taken)
        taken += [label.box for label in labels]
        placed = first + place_districts([spot for spot in names if spot.key in found], taken)
    return Lettering(badges, named + labels, placed)


def letter_spaced(name: str) -> str:
    """Set a name in capitals with hair spaces between them; words stay parted by plain spaces."""
    return " ".join(HAIR_SPACE.join(word.upper()) for word in name.split())
