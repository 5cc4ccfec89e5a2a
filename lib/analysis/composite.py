"""The score of areas put together: four parts with published shares, and what is held back of rumours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lib.analysis import risk

if TYPE_CHECKING:
    from lib.analysis.risk import Scale

WORST = 100.0
EQUAL = 1e-9  # squares of points; below it scores differ by rounding only

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Structural:
    """The structural part of areas, each of shape (areas,)."""

    score: Floats  # 0 to 100, missing values filled in
    upper: Floats  # 0 to 100, every missing value at the dangerous goalpost
    completeness: Floats  # share of the weight that rests on known values, 0 to 1


def on_goalposts(value: ArrayLike, *, low: ArrayLike, high: ArrayLike, rising: ArrayLike) -> Floats:
    """Put values on fixed goalposts, 100 (value - low) / (high - low) cut off at 0 and 100.

    Where `rising` is false the scale is turned round: `low` scores 100. Missing values (NaN) stay missing.
    Goalposts are broadcast against the values. They are chosen, not taken from the data, so that no area's
    number moves because another area changed.

    Raises
    ------
    ValueError
        If a range is empty.
    """
    bottom, top = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    if (top <= bottom).any():
        raise ValueError("the goalposts of an indicator enclose nothing")
    share = np.clip((np.asarray(value, dtype=float) - bottom) / (top - bottom), 0.0, 1.0)
    return np.asarray(100.0 * np.where(rising, share, 1.0 - share), dtype=float)


def structural(
    values: ArrayLike, weights: ArrayLike, *, missing_percentile: float = 75.0, unknown: float = 50.0
) -> Structural:
    """Average indicators on goalposts, weighted; missing ones are filled so that ignorance does not look safe.

    A missing value is replaced by the given percentile of the region's known values of that indicator, or by
    `unknown` where no area has one. Dropping a value above that percentile therefore does lower the central
    score; the upper bound, which takes every missing value at 100, never falls when a value is dropped.

    Parameters
    ----------
    values
        Shape (areas, indicators), 0 to 100, NaN where missing.
    weights
        Shape (indicators,), >= 0 with a positive sum.

    Raises
    ------
    ValueError
        If the shapes do not fit or no weight is positive.
    """
    table, share = _table_and_shares(values, weights)
    known = np.isfinite(table)
    filled = table.copy()
    for column in range(table.shape[1]):
        there = known[:, column]
        stand_in = np.percentile(table[there, column], missing_percentile) if there.any() else unknown
        filled[~there, column] = stand_in
    upper = np.where(known, table, WORST)
    return Structural(_bounded(filled @ share), _bounded(upper @ share), np.clip(known @ share, 0.0, 1.0))


def spillover(
    theta: ArrayLike,
    neighbours: Any,
    scale: Scale,
    *,
    without_polygon: ArrayLike | None = None,
    missing_percentile: float = 75.0,
) -> Floats:
    """Score the mean pressure of an area's neighbours on the frozen scale of the areas' own pressure.

    Parameters
    ----------
    theta
        Shrunk pressure per exposure, shape (areas,), finite: an area without any report carries its prior,
        so that a first report there never lowers the mean of its neighbours.
    neighbours
        Contiguity, sparse or dense (areas, areas), 1 for each neighbour, 0 on the diagonal.
    without_polygon
        True where an area has no polygon and its neighbours are unknown, shape (areas,); it gets the given
        percentile of the other areas' scores. An area with a polygon but no neighbour, an island, gets 0.

    Returns
    -------
    0 to 100, shape (areas,). If no area has a polygon, all get NaN.
    """
    values = np.asarray(theta, dtype=float)
    count = np.asarray(neighbours.sum(axis=1), dtype=float).ravel()
    total = np.asarray(neighbours @ values, dtype=float).ravel()
    score = np.where(count > 0, risk.score(total / np.maximum(count, 1.0), scale), 0.0)
    unknown = np.zeros(len(values), dtype=bool) if without_polygon is None else np.asarray(without_polygon, bool)
    if not unknown.any():
        return score
    stand_in = np.percentile(score[~unknown], missing_percentile) if (~unknown).any() else np.nan
    return np.where(unknown, stand_in, score)


def combine(parts: ArrayLike, weights: ArrayLike) -> tuple[Floats, Floats]:
    """Add up the parts of the score by their shares.

    Parameters
    ----------
    parts
        Shape (areas, parts), each 0 to 100; a NaN makes its area's score NaN.
    weights
        Shape (parts,), >= 0 with a positive sum, by which they are divided.

    Returns
    -------
    score
        Shape (areas,), the exact sum of the area's contributions.
    contributions
        Shape (areas, parts), in points of the score.

    Raises
    ------
    ValueError
        If the shapes do not fit or no weight is positive.
    """
    table, share = _table_and_shares(parts, weights)
    contributions = table * share
    return contributions.sum(axis=1), contributions


def variance_shares(contributions: ArrayLike) -> Floats:
    """Share out the variance of a score among the parts that add up to it: cov(part, score) / var(score).

    The effective weight of a part: how much of what tells areas apart is its doing. The shares add up to 1; a part
    that moves against the score has a negative one.

    Parameters
    ----------
    contributions
        In points of the score, shape (areas, parts); areas with a missing value are left out.

    Returns
    -------
    Shape (parts,); NaN where fewer than two areas are left or all their scores are equal.
    """
    table = np.asarray(contributions, dtype=float)
    table = table[np.isfinite(table).all(axis=1)]
    if len(table) < 2:
        return np.full(table.shape[1], np.nan)
    apart = table - table.mean(axis=0)
    moved = apart.T @ apart.sum(axis=1)
    total = moved.sum()
    return moved / total if total > EQUAL else np.full(table.shape[1], np.nan)


def completeness(
    structural_known: ArrayLike, reported: ArrayLike, neighbours_known: ArrayLike, weights: ArrayLike
) -> Floats:
    """Reckon the share of the score's weight that rests on known data, 0 to 1.

    Parameters
    ----------
    structural_known
        Share of the structural indicators' weight that is known, shape (areas,).
    reported
        Whether any report or nil report covers the area: its incidents and its surprise are then known.
    neighbours_known
        Whether at least one neighbour is covered by a report.
    weights
        Shares of the four parts: structural, incidents, neighbours, surprise.
    """
    share = np.asarray(weights, dtype=float)
    share = share / share.sum()
    heard = np.asarray(reported, dtype=float)
    around = np.asarray(neighbours_known, dtype=float)
    known = np.asarray(structural_known, dtype=float)
    total = share[0] * known + (share[1] + share[3]) * heard + share[2] * around
    return np.asarray(np.clip(total, 0.0, 1.0), dtype=float)


def checked_score(full: ArrayLike, checked: ArrayLike, *, ceiling: float) -> Floats:
    """Keep what nobody has checked from lifting a score above a ceiling.

    `full` rests on every report, `checked` on those that something stands behind only and never lies above it;
    shape (areas,) each. Where reports that stand alone lift a score, they lift it to the ceiling at most.
    """
    held = np.minimum(np.asarray(full, dtype=float), ceiling)
    return np.asarray(np.maximum(np.asarray(checked, dtype=float), held), dtype=float)


def _table_and_shares(values: ArrayLike, weights: ArrayLike) -> tuple[Floats, Floats]:
    table, share = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    if table.ndim != 2 or share.shape != table.shape[1:]:
        raise ValueError("every column of the table needs one weight")
    if not (share >= 0).all() or share.sum() <= 0:
        raise ValueError("weights must not be negative, and one must be positive")
    return table, share / share.sum()


def _bounded(values: Floats) -> Floats:
    return np.clip(values, 0.0, 100.0)
