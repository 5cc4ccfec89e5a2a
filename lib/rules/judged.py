"""Files of judgements: one table for each value that a person chose, with author, date and reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lib.rules.toml import Table, read_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

NATIONAL = "nasional"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who chose a value of the weights, when and why; `key` is the field of `Weights`."""

    key: str
    author: str
    day: date
    reason: str


def rules_file(folder: Path, region_code: str, name: str) -> Path:
    """Find a region's own file, which holds as a whole, else the national one."""
    own = folder / region_code / name
    return own if own.is_file() else folder / NATIONAL / name


def judged_tables(file: Path, keys: Sequence[str]) -> tuple[dict[str, Table], tuple[Judgement, ...]]:
    """Read the table of every key, whose ``value`` is still to be checked, and who chose it.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, or a table lacks author, date or reason.
    """
    root = read_table(file)
    root.allow(*keys)
    tables = {key: root.table(key) for key in keys}
    return tables, tuple(_judgement(key, table) for key, table in tables.items())


def _judgement(key: str, table: Table) -> Judgement:
    table.allow("value", "author", "date", "reason")
    return Judgement(key, table.text("author"), table.day("date"), table.text("reason"))
