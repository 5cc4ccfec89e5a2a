"""One word for the last eight weeks of an area: its hot-spot is new, growing, lasting, on and off, or fading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

WEEKS = 8
NEW, GROWING, LASTING, SPORADIC, FADING, NEVER = "baru", "menguat", "menetap", "sporadis", "mereda", ""
WORDS = (NEW, GROWING, LASTING, SPORADIC, FADING)
LASTING_WEEKS = 7
NEW_WEEKS = 2


def emerging_words(hot: ArrayLike) -> NDArray[np.str_]:
    """Name the course of every area's hot-spot over the last eight weekly maps.

    The first rule that fits gives the word:

    1. never hot: no word;
    2. not hot on the last map, though before: *mereda*;
    3. hot on at least seven of the eight maps, the last among them: *menetap*;
    4. hot without a break until now and never before, for one or two weeks: *baru*;
    5. the same for three to six weeks: *menguat*;
    6. hot now, with a break in between: *sporadis*.

    Parameters
    ----------
    hot
        Shape (areas, `WEEKS`), true where the map of a week found the area hot, the last week last. A week whose
        map could not be drawn found none.

    Returns
    -------
    words
        Shape (areas,), each of `WORDS` or `NEVER`.

    Raises
    ------
    ValueError
        If there are not `WEEKS` maps.
    """
    maps = np.asarray(hot, dtype=bool)
    if maps.ndim != 2 or maps.shape[1] != WEEKS:
        raise ValueError(f"maps {maps.shape} must be (areas, {WEEKS})")
    count = maps.sum(axis=1)
    run = np.cumprod(maps[:, ::-1], axis=1).sum(axis=1)
    unbroken = run == count
    words: NDArray[np.str_] = np.select(
        [count == 0, run == 0, count >= LASTING_WEEKS, unbroken & (run <= NEW_WEEKS), unbroken],
        [NEVER, FADING, LASTING, NEW, GROWING],
        SPORADIC,
    )
    return words
