"""Walk a table row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """Give each row as a named tuple whose fields are the columns.

    For the few rows that a screen shows; a table's own operations are faster on many.
    """
    return iter(frame.itertuples(index=False))
