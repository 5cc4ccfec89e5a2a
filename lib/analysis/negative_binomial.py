"""The negative binomial distribution: the shape in which a forecast count is stated and graded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import ArrayLike

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
NEGLIGIBLE = 40.0  # what lies beyond a table has less than exp(-40) of the probability
CELLS = 1 << 20  # cells of a table reckoned at a time: 8 MB an array
NARROW = 15  # count up to which all rows are tabulated before the few that need more
LOG_DISPERSION = (-7.0, 2.5)  # range of the search: all but Poisson, to a variance of 12 squared means
GOLDEN = (5**0.5 - 1) / 2
SEARCH_WIDTH = 1e-3
GRID = 96  # values of log alpha over which a posterior is added up
SAMPLE = 200_000


def upper_tail(count: ArrayLike, mean: ArrayLike, size: ArrayLike) -> Floats:
    """Find the probability of at least so many events.

    Above the mean the probabilities are added from the count upwards, so that small tails keep their leading
    digits; below it they are 1 less the sum of the smaller counts.

    Parameters
    ----------
    count
        Whole numbers; at 0 and below the probability is 1.
    mean
        Expected count, at least 0. With a mean of 0 only the count 0 is possible.
    size
        Number r above 0 in variance = mean + mean² / r; infinity is the Poisson distribution.

    Returns
    -------
    probability
        Of the shape the three have in common.

    Raises
    ------
    ValueError
        If a mean is negative or not finite, or a size is not above 0.
    """
    wanted, means, sizes, shape = _rows(count, mean, size)
    tail = np.ones(len(means))
    for rows, last in _blocks(wanted, means, sizes):
        mass = _mass(means[rows], sizes[rows], last)
        at = np.clip(wanted[rows], 0, last).astype(np.int64)[:, None]
        below = np.concatenate([np.zeros((len(rows), 1)), mass.cumsum(axis=1)], axis=1)
        above = mass[:, ::-1].cumsum(axis=1)[:, ::-1]
        lower = 1.0 - np.take_along_axis(below, at, axis=1)[:, 0]
        upper = np.take_along_axis(above, at, axis=1)[:, 0]
        tail[rows] = np.where(wanted[rows] > means[rows], upper, lower)
    return np.clip(np.where(wanted > 0, tail, 1.0), 0.0, 1.0).reshape(shape)


def quantile(probability: float, mean: ArrayLike, size: ArrayLike) -> Whole:
    """Find the smallest count that is not exceeded with at least this probability, 0 <= probability < 1."""
    found: Whole = quantiles((probability,), mean, size)[0]
    return found


def quantiles(probabilities: Sequence[float], mean: ArrayLike, size: ArrayLike) -> Whole:
    """Find several quantiles at once, from one table; shape (probabilities, ...) with the shape of mean and size.

    See `quantile`, which takes each of them alone.
    """
    if not all(0 <= probability < 1 for probability in probabilities):
        raise ValueError("a quantile has a probability from 0 to below 1")
    _, means, sizes, shape = _rows(0, mean, size)
    found = np.zeros((len(probabilities), len(means)), dtype=np.int64)
    reached = np.zeros(len(means), dtype=bool)
    step = CELLS // (NARROW + 1)

    def tabulate(rows: Whole, last: int) -> None:
        below = _mass(means[rows], sizes[rows], last).cumsum(axis=1)
        for place, probability in enumerate(probabilities):
            found[place, rows] = (below < probability).sum(axis=1)
        reached[rows] = below[:, -1] >= max(probabilities)

    for first in range(0, len(means), step):
        tabulate(np.arange(first, min(first + step, len(means))), NARROW)
    far = np.flatnonzero(~reached)
    for rows, last in _blocks(np.zeros(len(far)), means[far], sizes[far]):
        tabulate(far[rows], last)
    return found.reshape(len(probabilities), *shape)


def ranked_probability_score(count: ArrayLike, mean: ArrayLike, size: ArrayLike) -> Floats:
    """Grade a forecast distribution by the count that came: 0 is perfect, in events like an absolute error.

    The sum over k of (P(Y <= k) - [count <= k])², that is the continuous ranked probability score of a count.

    References
    ----------
    Czado, Gneiting and Held (2009), Predictive model assessment for count data, Biometrics 65.
    """
    counts, means, sizes, shape = _rows(count, mean, size)
    score = np.zeros(len(means))
    for rows, last in _blocks(counts, means, sizes):
        below = np.minimum(_mass(means[rows], sizes[rows], last).cumsum(axis=1), 1.0)
        came = np.arange(last + 1) >= counts[rows][:, None]
        score[rows] = ((below - came) ** 2).sum(axis=1)
    return score.reshape(shape)


def dispersion(count: ArrayLike, mean: ArrayLike) -> float:
    """Estimate alpha in variance = mean + alpha mean² from counts and what was expected of them; size = 1 / alpha.

    Maximum likelihood with one alpha for all, sought by golden section over log alpha from -7 (all but Poisson)
    to 2.5. A mean below 1e-9 counts as 1e-9. Of more than 200,000 pairs an even sample in their order is used.

    Returns
    -------
    alpha
        The lower end of the range where there are no counts.
    """
    likelihood = _likelihood(count, mean)
    low, high = LOG_DISPERSION
    if not np.size(count):
        return float(np.exp(low))
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_left, at_right = likelihood(left), likelihood(right)
    while high - low > SEARCH_WIDTH:
        if at_left > at_right:
            high, right, at_right = right, left, at_left
            left = high - GOLDEN * (high - low)
            at_left = likelihood(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + GOLDEN * (high - low)
            at_right = likelihood(right)
    return float(np.exp((low + high) / 2))


def doubted_dispersion(count: ArrayLike, mean: ArrayLike, *, median: float, spread: float, weight: float) -> float:
    """Estimate alpha as `dispersion` does, from few counts: its posterior mean and one standard deviation more.

    A few calm weeks tell little of how far a rise can miss. The prior is log-normal with this median, `spread` being
    the standard deviation of log alpha. Each count weighs `weight`, below 1 where windows overlap. Without counts
    the prior alone speaks.
    """
    likelihood = _likelihood(count, mean)
    grid = np.linspace(*LOG_DISPERSION, GRID)
    log = np.array([weight * likelihood(at) for at in grid]) - (grid - np.log(median)) ** 2 / (2 * spread**2)
    mass = np.exp(log - log.max())
    mass /= mass.sum()
    alpha = np.exp(grid)
    centre = float(mass @ alpha)
    return centre + float(np.sqrt(mass @ (alpha - centre) ** 2))


def _likelihood(count: ArrayLike, mean: ArrayLike) -> Callable[[float], float]:
    """Give the log likelihood of log alpha, but for what does not depend on it."""
    counts = np.asarray(count, dtype=np.int64).ravel()
    means = np.maximum(np.asarray(mean, dtype=float).ravel(), 1e-9)
    step = -(-len(counts) // SAMPLE) or 1
    counts, means = counts[::step], means[::step]
    steps = np.arange(counts.max(initial=0))
    some = counts > 0
    some_counts, some_means = counts[some], means[some]

    def likelihood(log_alpha: float) -> float:
        size = float(np.exp(-log_alpha))
        # log of Gamma(y + r) / Gamma(r) is the sum of log(r + j) over j < y; the factors without alpha are left out.
        rising = np.concatenate([[0.0], np.log(size + steps).cumsum()])
        fitted = rising[some_counts] - some_counts * np.log(size + some_means)
        return float(fitted.sum() - size * np.log1p(means / size).sum())

    return likelihood


def _rows(count: ArrayLike, mean: ArrayLike, size: ArrayLike) -> tuple[Floats, Floats, Floats, tuple[int, ...]]:
    counts, means, sizes = np.broadcast_arrays(*(np.asarray(values, dtype=float) for values in (count, mean, size)))
    if not np.isfinite(means).all() or (means < 0).any() or not (sizes > 0).all():
        raise ValueError("a mean must be finite and at least 0, a size above 0")
    return counts.ravel(), means.ravel(), sizes.ravel(), means.shape


def _mass(mean: Floats, size: Floats, last: int) -> Floats:
    # Ratio of neighbours: P(k + 1) / P(k) = (k + r) / (r + m) * m / (k + 1); in logs nothing underflows.
    k = np.arange(last)
    with np.errstate(divide="ignore", invalid="ignore"):
        none = np.where(np.isinf(size), -mean, -size * np.log1p(mean / size))
        ratio = np.log1p((k - mean[:, None]) / (size + mean)[:, None]) + np.log(mean)[:, None] - np.log(k + 1.0)
    mass: Floats = np.exp(np.concatenate([none[:, None], ratio], axis=1).cumsum(axis=1))
    return mass


def _rarity(count: Floats, mean: Floats, size: Floats) -> Floats:
    # Chernoff's bound: P(Y >= k) <= exp(-rarity) for k >= m, with rarity = k log(k/m) - (k+r) log((k+r)/(m+r)).
    with np.errstate(divide="ignore", invalid="ignore"):
        far = np.where(
            np.isinf(size),
            count - mean,
            (count + size) * np.log1p((count - mean) / np.where(size > 0, size + mean, 1)),
        )
        rarity = np.where(count > 0, count * np.log(count / mean), 0.0) - far
    return np.where(mean > 0, rarity, np.inf)


def _last_counts(count: Floats, mean: Floats, size: Floats) -> Whole:
    start = np.maximum(count, mean)
    wanted = np.where(mean > 0, _rarity(start, mean, size), 0.0) + NEGLIGIBLE
    step = np.ones_like(start)
    while (short := _rarity(start + step, mean, size) < wanted).any():
        step[short] *= 1.5
    last: Whole = (np.ceil(start + step) + 1).astype(np.int64)
    return last


def _blocks(count: Floats, mean: Floats, size: Floats) -> Iterator[tuple[Whole, int]]:
    """Share the rows out into tables of similar width and at most `CELLS` cells, a single row excepted."""
    last = _last_counts(count, mean, size)
    order = np.argsort(last, kind="stable")
    first = 0
    while first < len(order):
        # Widths rise along the order, so the widest of a block is its last.
        width = last[order[first:]] + 1
        fits = int(np.searchsorted(width * np.arange(1, len(width) + 1), CELLS, side="right")) or 1
        yield order[first : first + fits], int(last[order[first + fits - 1]])
        first += fits
