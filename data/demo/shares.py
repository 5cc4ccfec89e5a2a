"""Whole numbers handed out in proportion to weights, within bounds, adding up exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def apportion(
    total: int, weights: ArrayLike, *, lower: ArrayLike = 0, upper: ArrayLike | None = None
) -> NDArray[np.int64]:
    """Hand out a total in proportion to weights, in whole numbers that add up to it.

    The proportion is scaled by the one factor at which shares cut off at their bounds add up;
    what rounding down leaves goes, one each, to the largest remainders (the earlier one at a tie).

    Parameters
    ----------
    total
        What is handed out.
    weights
        Shape (n,), each > 0.
    lower, upper
        Whole bounds of each share, one number or shape (n,); `upper` defaults to `total`.

    Returns
    -------
    shares
        Shape (n,), `lower <= shares <= upper`, sum equal to `total`.

    Raises
    ------
    ValueError
        If the bounds leave no room for the total.
    """
    weight = np.asarray(weights, dtype=float)
    low = np.broadcast_to(np.asarray(lower, dtype=float), weight.shape)
    high = np.broadcast_to(np.asarray(total if upper is None else upper, dtype=float), weight.shape)
    if not low.sum() <= total <= high.sum():
        raise ValueError(f"{total} does not lie between the bounds' sums {low.sum():.0f} and {high.sum():.0f}")

    smallest, largest = 0.0, float((high / weight).max())
    for _ in range(100):
        factor = (smallest + largest) / 2
        if np.clip(factor * weight, low, high).sum() < total:
            smallest = factor
        else:
            largest = factor
    exact = np.clip(smallest * weight, low, high)
    shares = np.floor(exact).astype(np.int64)
    while (missing := total - int(shares.sum())) > 0:
        room = shares < high
        order = np.argsort(np.where(room, shares - exact, np.inf), kind="stable")
        shares[order[: min(missing, int(room.sum()))]] += 1
    return shares
