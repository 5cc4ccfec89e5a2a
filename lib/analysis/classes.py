"""Scores sorted into classes by their lower ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lib.analysis import CLASS_COUNT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

NO_CLASS = -1
HIGH_CLASS = 3  # Tinggi and above


def class_index(score: ArrayLike, cuts: Sequence[float]) -> NDArray[np.int64]:
    """Sort scores into classes by what is printed of them: one decimal, the rest cut off.

    Parameters
    ----------
    score
        Values of 0 to 100, shape (n,); NaN where nothing was reported.
    cuts
        The lower ends of the classes above the first, ascending.

    Returns
    -------
    index
        Shape (n,): 0 for the lowest class; a score equal to a cut belongs to the class above
        it. -1, `NO_CLASS`, where the score is NaN.

    Raises
    ------
    ValueError
        If there is not one cut between each two classes, or the cuts do not ascend.
    """
    limits = checked_cuts(cuts)
    values = np.asarray(score, dtype=float)
    printed = np.floor(values * 10.0 + 1e-6) / 10.0
    index: NDArray[np.int64] = np.searchsorted(limits, printed, side="right").astype(np.int64)
    index[np.isnan(values)] = NO_CLASS
    return index


def checked_cuts(cuts: Sequence[float]) -> NDArray[np.float64]:
    """Refuse cuts that do not part the classes."""
    limits = np.asarray(cuts, dtype=float)
    if limits.shape != (CLASS_COUNT - 1,) or not (np.diff(limits) > 0).all():
        raise ValueError(f"cuts {tuple(cuts)} must be {CLASS_COUNT - 1} ascending numbers")
    return limits
