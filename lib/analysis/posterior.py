"""Weights of an additive Poisson model: never negative, and held by a weak prior where the data say little."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from lib.analysis.panel import Floats

PRIOR_SHAPE, PRIOR_RATE = 0.25, 2.0  # mean 1/8, worth two events: no feature is quite shut out
MOST_STEPS = 100
SMALL_GAIN = 1e-7


def largest_posterior(rows: Floats, count: Floats, slope: Floats, start: Floats) -> Floats:
    """Find the weights w > 0 under which counts of means X w, with a gamma prior on each weight, are likeliest.

    The log posterior, sum(y log Xw) - slope w + 0.25 sum(log w), is concave, so its maximum is the only one and
    does not depend on the start. Newton's steps climb it, shortened where a weight would leave the positive
    numbers or nothing would be gained: some five steps reach what expectation and maximisation by turns
    (w <- w (X'(y / Xw) + 0.25) / slope) approaches in hundreds.

    Parameters
    ----------
    rows
        Shape (features, rows): X' of the rows in which something came; in each at least one feature is above 0.
    count
        Shape (rows,): y, above 0.
    slope
        Shape (features,): sums of X over all rows, those in which nothing came too, plus `PRIOR_RATE`.
    start
        Shape (features,): weights to begin at.

    Returns
    -------
    weights
        Shape (features,).
    """

    def posterior(weights: Floats) -> tuple[float, Floats]:
        mean = weights @ rows
        return float(count @ np.log(mean) - slope @ weights + PRIOR_SHAPE * np.log(weights).sum()), mean

    weights = np.maximum(start, 1e-6)
    reached, mean = posterior(weights)
    for _ in range(MOST_STEPS):
        ratio = count / mean
        gradient = rows @ ratio - slope + PRIOR_SHAPE / weights
        curvature = (rows * (ratio / mean)) @ rows.T + np.diag(PRIOR_SHAPE / weights**2)
        direction = np.linalg.solve(curvature, gradient)
        gain = float(gradient @ direction)
        shrinking = direction < 0
        length = min(1.0, 0.95 * float((-weights[shrinking] / direction[shrinking]).min(initial=np.inf)))
        if gain < SMALL_GAIN:  # the last step squares what is left of the error
            return np.asarray(weights + length * direction, dtype=float)
        found, mean = posterior(weights + length * direction)
        while found < reached + 1e-4 * length * gain and length > 1e-9:
            length /= 2
            found, mean = posterior(weights + length * direction)
        weights, reached = weights + length * direction, found
    return weights
