"""Agreement of two raters on ordered classes: cross table, Cohen's kappa plain and weighted, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

Z_95 = 1.959963984540054  # normal quantile of a two-sided 95 % interval


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond chance: 1 for full agreement, 0 for what the two margins alone give, below 0 for less.

    `low` and `high` bound the 95 % interval, within -1 to 1; both are NaN where the sampled table leaves no spread,
    as full agreement does: that is no certainty.
    """

    value: float
    standard_error: float
    low: float
    high: float


def cross_table(first: ArrayLike, second: ArrayLike, class_count: int) -> NDArray[np.int64]:
    """Count how often two raters gave each pair of classes.

    Parameters
    ----------
    first, second
        Class of each item, shape (n,), 0 to `class_count` - 1; a negative one is no class, and such items are not
        counted.

    Returns
    -------
    table
        Shape (class_count, class_count): rows are the first rater's classes, columns the second's.

    Raises
    ------
    ValueError
        If the shapes differ or a class is `class_count` or above.
    """
    rows, columns = np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64)
    if rows.shape != columns.shape or rows.ndim != 1:
        raise ValueError(f"classes of shapes {rows.shape} and {columns.shape} are not those of the same items")
    both = (rows >= 0) & (columns >= 0)
    if (np.maximum(rows, columns) >= class_count).any():
        raise ValueError(f"a class is not below {class_count}")
    table = np.zeros((class_count, class_count), dtype=np.int64)
    np.add.at(table, (rows[both], columns[both]), 1)
    return table


def quadratic_weights(class_count: int) -> NDArray[np.float64]:
    """Weigh each pair of classes by 1 - (i - j)² / (k - 1)²: a miss by two levels counts four times one by one.

    Shape (k, k) for k >= 2 classes; 1 on the diagonal, 0 in the far corners.
    """
    order = np.arange(class_count)
    return np.asarray(1 - (np.subtract.outer(order, order) / (class_count - 1)) ** 2, dtype=float)


def kappa(table: ArrayLike, weights: ArrayLike | None = None) -> Kappa | None:
    """Measure the agreement in a cross table beyond what its margins give by chance.

    kappa = (p_o - p_e) / (1 - p_e) with p_o = Σ w_ij p_ij and p_e = Σ w_ij p_i. p_.j. The standard error is the
    large-sample one that does not suppose kappa to be 0,

        n (1 - p_e)⁴ var = Σ p_ij [w_ij (1 - p_e) - (w_i. + w_.j)(1 - p_o)]² - (p_o p_e - 2 p_e + p_o)²,

    where w_i. = Σ_j p_.j w_ij and w_.j = Σ_i p_i. w_ij. It treats the items as drawn independently; areas that
    resemble their neighbours are fewer than they seem, so that the interval is rather too narrow.

    Parameters
    ----------
    table
        Counts as from `cross_table`, shape (k, k).
    weights
        Credit of each pair, shape (k, k), 1 on the diagonal; by default 1 for the same class, else 0.

    Returns
    -------
    kappa
        None where one rater gave a single class, or nothing was counted: chance and agreement are then the same.

    Notes
    -----
    Cohen (1960, 1968); variance: Fleiss, Cohen & Everitt (1969), Psychological Bulletin 72, 323-327.
    """
    counts = np.asarray(table, dtype=float)
    credit = np.eye(len(counts)) if weights is None else np.asarray(weights, dtype=float)
    total = counts.sum()
    if total == 0 or min((counts.sum(axis=1) > 0).sum(), (counts.sum(axis=0) > 0).sum()) < 2:
        return None
    share = counts / total
    row, column = share.sum(axis=1), share.sum(axis=0)
    observed, expected = (credit * share).sum(), row @ credit @ column
    value = (observed - expected) / (1 - expected)
    chance = (credit @ column)[:, None] + (row @ credit)[None, :]
    spread = (share * (credit * (1 - expected) - chance * (1 - observed)) ** 2).sum()
    variance = (spread - (observed * expected - 2 * expected + observed) ** 2) / (total * (1 - expected) ** 4)
    error = float(np.sqrt(max(variance, 0.0)))
    if error < np.sqrt(np.finfo(float).eps):
        return Kappa(float(value), 0.0, np.nan, np.nan)
    low, high = np.clip([value - Z_95 * error, value + Z_95 * error], -1.0, 1.0)
    return Kappa(float(value), error, float(low), float(high))


def agreement_share(table: ArrayLike) -> float:
    """Give the share of items with the same class, 0 to 1; NaN where nothing was counted."""
    counts = np.asarray(table, dtype=float)
    total = counts.sum()
    return float(np.trace(counts) / total) if total else float("nan")
