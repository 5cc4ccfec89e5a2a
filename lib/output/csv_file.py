"""The one writer of CSV: UTF-8 without a mark, comma, decimal point, lines ended by a line feed on every system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.output.leaving import no_formula, safe_table

if TYPE_CHECKING:
    import pandas as pd


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Write a table; missing values are empty, and no text is a formula or identifies a person."""
    return safe_table(table, no_formula).rename(columns=no_formula).to_csv(index=False, lineterminator="\n").encode()
