"""The uncertainty of ranks: five hundred other, equally defensible scores of the same areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lib.analysis.composite import combine

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_CELLS = 20_000_000
FEWEST_DRAWS = 50
CHUNK_CELLS = 2_000_000
DECIMALS = 9  # scores closer than this are ties: what is left is the rounding of sums
RELATIVE_CHANGE = 0.25

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """The gamma posterior of areas' pressure under several half-lives."""

    mean: Floats  # shrunk pressure per exposure, shape (half-lives, areas), >= 0
    shape: Floats  # shape of the gamma distribution, shape (half-lives, areas), > 0; infinite for no doubt at all
    reference: Floats  # pressure per exposure that scores 50, shape (half-lives,), > 0


@dataclass(frozen=True, slots=True, eq=False)
class RankDraws:
    """Where areas stand among the ranked ones, 1 for the highest score; NaN for areas that are not ranked."""

    # rank_median, rank_low, rank_high: shape (areas,): median and ends of the central 90 % of an area's ranks over
    # the draws
    rank_median: Floats
    rank_low: Floats
    rank_high: Floats
    probability_top: Floats  # share of the draws in which the area is among the top share, shape (areas,)
    draw_count: int  # number of draws


@dataclass(frozen=True, slots=True)
class Shift:
    """How far areas move in rank under a changed choice, in places: mean, and the largest."""

    mean: float
    largest: float


def ranks(scores: ArrayLike) -> Floats:
    """Rank scores, 1 for the highest; equal ones share the better rank, NaN stays NaN. Last axis: areas."""
    table = np.round(np.asarray(scores, dtype=float), DECIMALS)
    flat = table.reshape(-1, table.shape[-1])
    placed = np.empty_like(flat)
    for row, values in zip(placed, flat, strict=True):
        known = np.sort(-values[~np.isnan(values)])
        row[:] = np.where(np.isnan(values), np.nan, 1.0 + np.searchsorted(known, -values, side="left"))
    return placed.reshape(table.shape)


def rank_draws(
    *,
    structural: ArrayLike,
    surprise: ArrayLike,
    posterior: Posterior,
    neighbours: Any,
    weights: ArrayLike,
    ranked: ArrayLike | None = None,
    withheld: ArrayLike | None = None,
    spillover_known: ArrayLike | None = None,
    spillover_stand_in: float = 0.0,
    draw_count: int = 500,
    concentration: float = 40.0,
    top_share: float = 0.1,
    seed: int = 20_260_101,
) -> RankDraws:
    """Draw scores anew and tell where each area's rank lies.

    Each draw takes shares of the four parts from Dirichlet(concentration x weights), one of the half-lives
    with equal chance, and the pressure of every area from its gamma posterior; the pressure of neighbours
    follows from the same draw. Structure and surprise stay as they are. Areas with equal scores in a draw
    share a rank, and areas that are equal in everything get equal results. Results do not depend on the order
    of the areas: they are drawn in an order of their own values.

    Parameters
    ----------
    structural, surprise
        Parts of the score, 0 to 100, shape (areas,).
    neighbours
        Contiguity, sparse or dense (areas, areas), 1 for each neighbour.
    weights
        Shares of the structural, incident, neighbour and surprise parts, shape (4,).
    ranked
        Areas that take part in the ranking, shape (areas,); the others only press on their neighbours.
    withheld
        Points taken off each drawn score, shape (areas,).
    spillover_known, spillover_stand_in
        Where the neighbours are known (an area with a polygon), and the points of the others.
    draw_count
        Lowered, to 50 at least, so that areas x draws stays below twenty million.
    top_share
        An area is at the top in a draw if its rank is at most this share of the ranked areas (rounded up).

    Raises
    ------
    ValueError
        If there is no half-life or an array does not fit the areas.
    """
    v, t = np.asarray(structural, dtype=float), np.asarray(surprise, dtype=float)
    area_count = len(v)
    takes_part = np.ones(area_count, dtype=bool) if ranked is None else np.asarray(ranked, dtype=bool)
    nothing = np.full(area_count, np.nan)
    if posterior.mean.ndim != 2 or posterior.mean.shape != (len(posterior.reference), area_count):
        raise ValueError("the posterior needs one row for each half-life and one column for each area")
    if not takes_part.any():
        return RankDraws(nothing, nothing, nothing, nothing, 0)
    draw_count = max(min(draw_count, MOST_CELLS // area_count), min(FEWEST_DRAWS, draw_count))
    off = np.zeros(area_count) if withheld is None else np.asarray(withheld, dtype=float)
    known = np.ones(area_count, dtype=bool) if spillover_known is None else np.asarray(spillover_known, bool)
    degree = np.maximum(np.asarray(neighbours.sum(axis=1), dtype=float).ravel(), 1.0)

    keys = np.column_stack([v, t, posterior.mean.T, posterior.shape.T, known, takes_part, off])
    around = np.asarray(neighbours @ posterior.mean.T, dtype=float) / degree[:, None]
    keys = np.column_stack([keys, np.round(around, DECIMALS)])
    order = np.lexsort(keys.T)

    generator = np.random.default_rng(seed)
    shares = generator.dirichlet(concentration * np.asarray(weights, dtype=float) + 1e-12, size=draw_count)
    choices = generator.integers(len(posterior.reference), size=draw_count)
    placed = np.empty((draw_count, int(takes_part.sum())), dtype=np.float32)
    step = max(1, CHUNK_CELLS // area_count)
    for first in range(0, draw_count, step):
        rows = slice(first, min(first + step, draw_count))
        chosen = choices[rows]
        theta = _pressure(generator, posterior, chosen, order)
        reference = posterior.reference[chosen][:, None]
        pressed = np.where(known, np.asarray((neighbours @ theta.T).T, dtype=float) / degree, 0.0)
        incident = 100.0 * (1.0 - np.exp2(-theta / reference))
        spill = np.where(known, 100.0 * (1.0 - np.exp2(-pressed / reference)), spillover_stand_in)
        share = shares[rows]
        drawn = share[:, :1] * v + share[:, 1:2] * incident + share[:, 2:3] * spill + share[:, 3:] * t - off
        placed[rows] = ranks(drawn[:, takes_part])

    top = np.ceil(top_share * takes_part.sum())
    low, median, high = np.percentile(placed, [5, 50, 95], axis=0)
    found = np.stack([median, low, high, (placed <= top).mean(axis=0)])
    shared = _shared_by_equals(found, keys[takes_part])
    whole = np.full((4, area_count), np.nan)
    whole[:, takes_part] = shared
    return RankDraws(whole[0], whole[1], whole[2], whole[3], draw_count)


def sensitivity(
    parts: ArrayLike,
    weights: ArrayLike,
    *,
    names: tuple[str, ...],
    alternatives: Mapping[str, ArrayLike] | None = None,
) -> dict[str, Shift]:
    """Measure how far ranks move when one choice is changed and the rest stays.

    Every weight is raised and lowered by a quarter of itself (the shares are then made to add up to
    1 again); of the two the greater movement counts. Ranks as in `ranks`; areas without a score stay out.

    Parameters
    ----------
    parts
        Parts of the score, shape (areas, parts).
    weights
        Their shares, shape (parts,).
    names
        Name of each part.
    alternatives
        Scores of the same areas under other choices (another half-life, linear severity), by name.
    """
    table, share = np.asarray(parts, dtype=float), np.asarray(weights, dtype=float)
    usual = ranks(combine(table, share)[0])
    shifts: dict[str, Shift] = {}
    for position, name in enumerate(names):
        found = []
        for factor in (1.0 - RELATIVE_CHANGE, 1.0 + RELATIVE_CHANGE):
            changed = share.copy()
            changed[position] *= factor
            found.append(_shift(usual, ranks(combine(table, changed)[0])))
        shifts[name] = max(found, key=lambda shift: shift.mean)
    for name, scores in (alternatives or {}).items():
        shifts[name] = _shift(usual, ranks(scores))
    return shifts


def _pressure(
    generator: np.random.Generator, posterior: Posterior, chosen: NDArray[np.int64], order: NDArray[np.int64]
) -> Floats:
    shape, mean = posterior.shape[chosen][:, order], posterior.mean[chosen][:, order]
    certain = ~np.isfinite(shape)
    factor = generator.standard_gamma(np.where(certain, 1.0, shape)) / np.where(certain, 1.0, shape)
    theta = np.empty_like(mean)
    theta[:, order] = np.where(certain, mean, mean * factor)
    return theta


def _shared_by_equals(found: Floats, keys: Floats) -> Floats:
    """Give areas that are equal in everything the mean of their results."""
    _, group = np.unique(keys, axis=0, return_inverse=True)
    group = group.ravel()
    size = np.bincount(group)
    return np.stack([(np.bincount(group, weights=row) / size)[group] for row in found])


def _shift(before: Floats, after: Floats) -> Shift:
    moved = np.abs(after - before)
    moved = moved[np.isfinite(moved)]
    return Shift(float(moved.mean()), float(moved.max())) if len(moved) else Shift(0.0, 0.0)
