"""Hatches: parallel lines that tell classes apart where colour is lost, as in a grey print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Hatch:
    """One or more families of parallel lines, laid over a fill.

    Lengths are in design units: points of a canvas (one pixel of a 1920 x 1080 sheet),
    so a larger sheet scales them. An angle of 45 degrees rises to the right.
    """

    angles_deg: tuple[float, ...]
    spacing: float
    width: float
    colour: str
    alpha: float


def hatch_lines(shape: Any, hatch: Hatch, *, keep_clear: Iterable[Any] = ()) -> list[NDArray[np.float64]]:
    """Lay the lines of a hatch over a shape, leaving gaps where text stands.

    All lines of one angle belong to one family anchored at the origin, so the pattern
    runs on across neighbouring areas. matplotlib's own hatches are tiles of a fixed
    number of pixels: too dense on large sheets, and they run through the labels.

    Parameters
    ----------
    shape
        Polygon or multipolygon.
    hatch
        The pattern.
    keep_clear
        Polygons over which no line is drawn.

    Returns
    -------
    lines
        One (n, 2) array per line; empty for an empty shape.
    """
    if shapely.is_empty(shape):
        return []
    gaps = list(keep_clear)
    target = shapely.difference(shape, shapely.union_all(gaps)) if gaps else shape
    family = shapely.multilinestrings(
        np.concatenate([_family(shapely.bounds(shape), angle, hatch.spacing) for angle in hatch.angles_deg])
    )
    parts = shapely.get_parts(shapely.intersection(family, target))
    lines = parts[(shapely.get_dimensions(parts) == 1) & ~shapely.is_empty(parts)]
    return [shapely.get_coordinates(line) for line in lines]


def _family(bounds: NDArray[np.float64], angle_deg: float, spacing: float) -> NDArray[Any]:
    """Draw the parallel lines of one angle that cover a rectangle."""
    angle = np.deg2rad(angle_deg)
    along = np.array([np.cos(angle), np.sin(angle)])
    across = np.array([-along[1], along[0]])
    x0, y0, x1, y1 = bounds
    corners = np.array([(x0, y0), (x0, y1), (x1, y0), (x1, y1)])
    first, last = np.floor((corners @ across).min() / spacing), np.ceil((corners @ across).max() / spacing)
    offsets = np.arange(first, last + 1)[:, None] * spacing * across
    reach = np.array([(corners @ along).min(), (corners @ along).max()])
    return np.asarray(shapely.linestrings(np.stack([offsets + reach[0] * along, offsets + reach[1] * along], axis=1)))
