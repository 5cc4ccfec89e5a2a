"""apportion by hand and by law."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.demo.shares import apportion


@given(
    st.lists(st.tuples(st.floats(0.01, 100), st.integers(0, 20), st.integers(0, 30)), min_size=1, max_size=20),
    st.floats(0, 1),
)
def test_shares_add_up_within_their_bounds(parts: list[tuple[float, int, int]], position: float) -> None:
    weights = np.array([part[0] for part in parts])
    lower = np.array([part[1] for part in parts])
    upper = lower + [part[2] for part in parts]
    total = int(lower.sum() + position * (upper.sum() - lower.sum()))
    shares = apportion(total, weights, lower=lower, upper=upper)
    assert shares.sum() == total
    assert (lower <= shares).all()
    assert (shares <= upper).all()


def test_shares_by_hand() -> None:
    assert apportion(10, [1, 1, 2]).tolist() == [3, 2, 5]
    assert apportion(10, [1, 1, 8], upper=6).tolist() == [2, 2, 6]
    assert apportion(10, [1, 1, 8], lower=2).tolist() == [2, 2, 6]
    with pytest.raises(ValueError, match="does not lie between"):
        apportion(10, [1, 1], upper=4)
