"""Lines as nature and surveyors leave them: smooth through given points, then rough at every scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.interpolate import CubicSpline

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

LARGEST_TURN = 0.2  # a midpoint leaves its chord by at most this share of its length: no needles


def smooth(points: ArrayLike, *, spacing_m: float) -> NDArray[np.float64]:
    """Draw a natural cubic spline through points and sample it at even steps.

    Parameters
    ----------
    points
        Corners in metres, shape (n, 2), n >= 2; the spline passes through each of them.
    spacing_m
        Wanted distance between samples; the ends stay exactly where they are.

    Returns
    -------
    line
        Shape (m, 2).
    """
    corners = np.asarray(points, dtype=float)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    steps = max(2, round(along[-1] / spacing_m))
    curve: NDArray[np.float64] = CubicSpline(along, corners)(np.linspace(0.0, along[-1], steps + 1))
    curve[[0, -1]] = corners[[0, -1]]
    return curve


def roughen(
    points: ArrayLike, *, roughness: float, smallest_m: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Displace midpoints again and again until the steps are short: a fractal line.

    Each round puts a new vertex at the middle of every step and moves it at a right angle by a
    normal deviate times `roughness` times the step's length, at most `LARGEST_TURN` of it. The
    given points stay.

    Parameters
    ----------
    points
        Vertices in metres, shape (n, 2).
    roughness
        0 keeps the line straight; 0.05 resembles a road, 0.12 a stream or a rocky shore.
    smallest_m
        Rounds stop when the mean step is at most this long.
    rng
        Source of the deviates.

    Returns
    -------
    line
        Shape (m, 2), m >= n.
    """
    line = np.asarray(points, dtype=float)
    while np.hypot(*np.diff(line, axis=0).T).mean() > smallest_m:
        step = np.diff(line, axis=0)
        shift = np.clip(rng.normal(0.0, roughness, len(step)), -LARGEST_TURN, LARGEST_TURN)
        middle = (line[:-1] + line[1:]) / 2 + np.column_stack([-step[:, 1], step[:, 0]]) * shift[:, None]
        finer = np.empty((len(line) + len(middle), 2))
        finer[0::2], finer[1::2] = line, middle
        line = finer
    return line
