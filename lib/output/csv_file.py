"""The one writer of CSV: UTF-8 without a mark, comma, decimal point, lines ended by a line feed on every system."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_FORMULA = re.compile(r"^[=+\-@\t\r]")


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Write a table; missing values are empty."""
    return table.to_csv(index=False, lineterminator="\n").encode()


def no_formula(value: object) -> object:
    """Keep a spreadsheet from taking a text of a file for a formula: an apostrophe stands before it."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
