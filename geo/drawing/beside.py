"""What stands beside the land in the map's frame: the index of names that found no room, and the locator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.drawing.canvas import Frame, Style
from geo.drawing.free_room import free_room

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.drawing.canvas import Canvas
    from geo.drawing.labels import PlacedLabel
    from geo.drawing.sheet import Locator
    from geo.drawing.theme import Theme

LINE, PADDING, LETTER_WIDTH = 1.28, 8.0, 22.0  # of the index: line in parts of the size, lengths in design units
INDEX_SIZES = (13.0, 11.5)
MOST_COLUMNS, FEWEST_NAMES = 8, 3
SHRINK = 0.9
LOCATOR_WIDTHS, LOCATOR_HEIGHT = (190.0, 160.0, 130.0, 105.0), 0.85  # height: most, in parts of the width
LOCATOR_TITLE = Style(11.5, "medium", "#14202b")
TITLE_ROOM = 20.0
SMALL_SHOWN = 8.0  # a shown part smaller than this gets a ring
SHOWN_FILL = "#8a1c1c"


def index_room(
    names: Sequence[str], canvas: Canvas, frame: Frame, land: Any, taken: Sequence[Frame], *, least: float
) -> tuple[int, float, Frame | None]:
    """Find room for an index of as many of the first names as a frame can take beside the land.

    Returns the number of names, their size, the largest that fits all but never below `least`, and the box;
    (0, 0.0, None) where fewer than three fit.
    """
    count = len(names)
    while count >= FEWEST_NAMES:
        for size in [size for size in INDEX_SIZES if size > least] + [least]:
            width = _column_width(names[:count], canvas, Style(size, "medium", "#14202b"))
            sizes = [_index_size(count, columns, width, size) for columns in range(1, MOST_COLUMNS + 1)]
            room = free_room(sorted(sizes, key=lambda pair: pair[0] * pair[1]), frame, land, taken)
            if room is not None:
                return count, size, room
        count = min(count - 1, int(SHRINK * count))
    return 0, 0.0, None


def draw_index(
    canvas: Canvas, entries: Sequence[tuple[PlacedLabel, str]], box: Frame, *, size: float, theme: Theme
) -> None:
    """Write letter and name of each entry, in columns."""
    style = Style(size, "medium", theme.ink)
    width = _column_width([name for _, name in entries], canvas, style)
    columns = max(int(box.width // width), 1)
    rows = -(-len(entries) // columns)
    canvas.rectangle(box, fill=theme.paper, alpha=0.82, radius=3.0)
    for number, (label, name) in enumerate(entries):
        column, row = divmod(number, rows)
        x = box.left + PADDING + column * width
        y = box.top - PADDING / 2 - (row + 0.8) * LINE * size
        canvas.text(label.lines[0], x, y, style._replace(weight="bold"))
        canvas.text(name, x + LETTER_WIDTH, y, style, name=f"index:{label.key}")


def locator_room(locator: Locator, frame: Frame, land: Any, taken: Sequence[Frame]) -> Frame | None:
    """Find room for a locator, the largest that fits beside the land."""
    x0, y0, x1, y1 = shapely.bounds(locator.whole)
    aspect = min((y1 - y0) / (x1 - x0), LOCATOR_HEIGHT)
    return free_room([(width, width * aspect + TITLE_ROOM) for width in LOCATOR_WIDTHS], frame, land, taken)


def draw_locator(canvas: Canvas, locator: Locator, box: Frame, *, theme: Theme) -> None:
    """Draw the whole in little, and the part that the map shows in red, with a ring where that is tiny."""
    canvas.rectangle(box, fill=theme.paper, edge=theme.muted, edge_width=1.0)
    inner = box._replace(top=box.top - TITLE_ROOM + 6).shrunk(6.0)
    x0, y0, x1, y1 = shapely.bounds(locator.whole)
    scale = min(inner.width / (x1 - x0), inner.height / (y1 - y0))
    shift = np.array([(inner.left + inner.right) / 2, (inner.bottom + inner.top) / 2])
    middle = np.array([(x0 + x1) / 2, (y0 + y1) / 2])
    whole, shown = shapely.transform(
        np.array([locator.whole, locator.shown], dtype=object), lambda xy: (xy - middle) * scale + shift
    )
    canvas.shapes([whole], fill=theme.neighbour, edge=theme.muted, edge_width=0.6)
    canvas.shapes([shown], fill=SHOWN_FILL)
    bounds = shapely.bounds(shown)
    if max(bounds[2:] - bounds[:2]) < SMALL_SHOWN:
        centre = (bounds[:2] + bounds[2:])[None, :] / 2
        canvas.marks(centre, marker="o", size=13.0, fill="none", edge=SHOWN_FILL, edge_width=2.0)
        canvas.marks(centre, marker="o", size=4.0, fill=SHOWN_FILL)
    style = canvas.fitted(locator.title, LOCATOR_TITLE._replace(colour=theme.ink), box.width - 12)
    canvas.text(locator.title, (box.left + box.right) / 2, box.top - 14, style, align="center", name="locator")


def _column_width(names: Sequence[str], canvas: Canvas, style: Style) -> float:
    """Measure a column: letter, name, and the distance to the next."""
    return LETTER_WIDTH + max(canvas.text_width(name, style) for name in names) + PADDING


def _index_size(count: int, columns: int, width: float, size: float) -> tuple[float, float]:
    """Measure an index of some columns."""
    rows = -(-count // columns)
    return columns * width + PADDING, rows * LINE * size + PADDING
