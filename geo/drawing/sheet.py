"""The values of a map sheet: shapes, colours and finished texts, in the order in which they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from geo.drawing.hatch import Hatch

CARD = "kartu"
SIZES = {"1920x1080": (1920, 1080, 96), "a4": (3508, 2480, 300), "a3": (4961, 3508, 300), CARD: (1080, 1350, 96)}
SMALLEST, LARGEST = (800, 600), (8000, 8000)


class PixelSize(NamedTuple):
    """Width and height of a picture in pixels, and the dots per inch it is meant to be printed at."""

    width: int
    height: int
    dots_per_inch: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A small symbol on an area that says something beside its colour: a shape with a letter in it.

    `shape` is a matplotlib marker: "^", "v", "D" or "o"; `letter` may be "".
    """

    code: str
    shape: str
    letter: str
    fill: str
    ink: str
    scale: float = 1.0  # of the usual size of marks


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """One polygon with all that is drawn in it.

    `geometry` is in the metres of the view's projection; None is left out of the picture.
    `badge` is the text of the dark badge, "" for none. `group` joins areas into a district.
    """

    key: str
    geometry: Any
    fill: str
    hatch: Hatch | None
    label: str
    label_colour: str
    group: str = ""
    badge: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A piece of what lies around the areas, in the view's metres; `label` "" stays unnamed.

    `kind`: known sea, a neighbour, or the rest of the region that the question leaves out. What no
    piece covers is drawn as unknown.
    """

    geometry: Any
    kind: Literal["sea", "neighbour", "rest"]
    label: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Locator:
    """A small picture of where the map lies: `shown` within `whole`, both in one plane of any unit."""

    whole: Any
    shown: Any
    title: str


@dataclass(frozen=True, slots=True, eq=False)
class PointLayer:
    """Points of one kind: `xy_m` of shape (n, 2) in the view's metres, drawn as one small mark each.

    `marker` is a matplotlib marker such as "s" or "o"; `size` is its width in design units.
    """

    xy_m: NDArray[np.float64]
    marker: str
    colour: str
    edge_colour: str
    size: float
    alpha: float
    legend: str


@dataclass(frozen=True, slots=True, eq=False)
class DensityLines:
    """A density surface, drawn as lines of equal density: a fill would change the colours of the classes.

    `grid` has the shape (rows, columns), the first row in the north, NaN where there is nothing
    to show; `bounds_m` is (west, south, east, north) of the outer cell edges. `levels` are the
    densities of the lines, ascending; the higher, the thicker.
    """

    grid: NDArray[np.float64]
    bounds_m: tuple[float, float, float, float]
    levels: tuple[float, ...]
    colour: str
    legend: str


@dataclass(frozen=True, slots=True)
class MapWords:
    """The few words on the map itself, in the reader's language; `nothing` stands on a map without areas."""

    north: str
    metre: str
    kilometre: str
    west: str
    east: str
    south: str
    north_latitude: str
    nothing: str


@dataclass(frozen=True, slots=True, eq=False)
class MapView:
    """What the map panel shows.

    `areas` come in the order of importance: where two labels or badges want one place, the earlier wins.
    `epsg` names the projected reference system (metres) of every coordinate, for the graticule.
    Without `names`, areas and districts stay unnamed and only badges are written.
    """

    areas: tuple[Area, ...]
    epsg: int
    words: MapWords
    points: tuple[PointLayer, ...] = ()
    density: DensityLines | None = None
    watermark: str | None = None
    names: bool = True
    ground: tuple[Ground, ...] = ()
    locator: Locator | None = None


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One class in the legend: swatch, name, range of values, number of areas."""

    fill: str
    hatch: Hatch | None
    text: str
    range_text: str
    count_text: str


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One mark in the legend, with the number of areas that carry it."""

    mark: Mark
    text: str
    count_text: str


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One colour of the ground in the legend."""

    fill: str
    text: str


@dataclass(frozen=True, slots=True)
class RankRow:
    """One line of the top list; `fraction` (0 to 1) is the length of its bar, `detail` may be ""."""

    badge: str
    text: str
    value_text: str
    fraction: float
    colour: str
    detail: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A whole sheet: the view and every text around it, ready to be set."""

    view: MapView
    band: str
    title: str
    subtitle: str
    corner_title: str
    corner_text: str
    legend_title: str
    legend_rows: tuple[LegendRow, ...]
    mark_rows: tuple[MarkRow, ...]
    ground_rows: tuple[KeyRow, ...]
    list_title: str
    list_rows: tuple[RankRow, ...]
    list_note: str
    notes: tuple[str, ...]
    footer_left: tuple[str, ...]
    footer_right: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """A portrait card for a phone: the view and the few texts around it, ready to be set.

    `ranks` names the badged areas. `reasons` are pairs of a bold beginning and the rest of its sentence.
    """

    view: MapView
    band: str
    corner: str
    headline: str
    lines: tuple[str, ...]
    legend_rows: tuple[LegendRow, ...]
    mark_rows: tuple[MarkRow, ...]
    ranks: str
    reasons_title: str
    reasons: tuple[tuple[str, str], ...]
    unknown_title: str
    unknown: tuple[str, ...]
    footer: tuple[str, ...]


def pixel_size(size: str) -> PixelSize:
    """Read a size: "a4", "a3" (landscape, 300 dots per inch), "kartu" or "WIDTHxHEIGHT" in pixels.

    Raises
    ------
    ValueError
        If the text is neither, or the picture would be smaller than 800x600 or larger than 8000x8000.
    """
    if size in SIZES:
        return PixelSize(*SIZES[size])
    width, cross, height = size.partition("x")
    if not (cross and width.isdecimal() and height.isdecimal()):
        raise ValueError(f"size {size!r} is neither one of {sorted(SIZES)} nor WIDTHxHEIGHT")
    asked = (int(width), int(height))
    if any(not low <= value <= high for value, low, high in zip(asked, SMALLEST, LARGEST, strict=True)):
        raise ValueError(f"size {size!r} is not between {SMALLEST} and {LARGEST}")
    return PixelSize(*asked, dots_per_inch=96)
