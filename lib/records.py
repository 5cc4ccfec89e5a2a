"""Walk a table row by row."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """Give each row as an object whose attributes are the columns.

    For the few rows that a screen shows; a table's own operations are faster on many. pandas' own itertuples
    compiles a new class for every table, which costs more than walking it.
    """
    names = [str(name) for name in frame.columns]
    columns = (frame[name].tolist() for name in names)
    return (SimpleNamespace(**dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True))
