"""Room that a map leaves free, for what is set beside the land: an index of names, a locator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.drawing.canvas import Frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CELL = 6.0  # design units: how finely free places are searched


def free_room(sizes: Iterable[tuple[float, float]], frame: Frame, land: Any, taken: Sequence[Frame]) -> Frame | None:
    """Find a box of the first of some sizes (width, height) for which a frame has room beside the land.

    The box touches neither the land nor a box that is taken; of several places the nearest to a corner
    of the frame wins. None where no size finds room.
    """
    columns, rows = int(frame.width // CELL), int(frame.height // CELL)
    left, bottom = frame.left + CELL * np.arange(columns), frame.bottom + CELL * np.arange(rows)
    cells = shapely.box(left[None, :], bottom[:, None], left[None, :] + CELL, bottom[:, None] + CELL)
    shapely.prepare(land)
    blocked = np.asarray(shapely.intersects(land, cells), dtype=bool)
    for box in taken:
        beside = (left + CELL > box.left) & (left < box.right)
        level = (bottom + CELL > box.bottom) & (bottom < box.top)
        blocked |= level[:, None] & beside[None, :]
    sums = np.zeros((rows + 1, columns + 1), dtype=np.int64)
    sums[1:, 1:] = blocked.cumsum(axis=0).cumsum(axis=1)
    for width, height in sizes:
        wide, high = int(np.ceil(width / CELL)), int(np.ceil(height / CELL))
        if wide > columns or high > rows:
            continue
        held = sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]
        up, across = np.nonzero(held == 0)
        if len(up):
            aside = np.minimum(across, columns - wide - across) + np.minimum(up, rows - high - up)
            best = int(np.argmin(aside))
            x, y = float(left[across[best]]), float(bottom[up[best]])
            return Frame(x, y, x + width, y + height)
    return None
