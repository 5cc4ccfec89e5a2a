"""Judgements: values that a person chose, declared as fields of a dataclass and read from a file of TOML.

Such a file has a table for each field, with ``value``, ``author``, ``date`` and ``reason``. The field says by one of
the functions below which values it takes.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar

from data import digests
from lib.rules import words as texts
from lib.rules.toml import FACTS_FOLDER, Table, read_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

REGIONS_FOLDER = FACTS_FOLDER / "regions"
NATIONAL = "nasional"

_READ = "read"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who chose a value, when and why; `key` is the field that holds it."""

    key: str
    author: str
    day: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Values that a person chose; `judgements` tells author, date and reason of each."""

    judgements: tuple[Judgement, ...]

    @property
    def digest(self) -> str:
        """Return the digest of all values.

        Two sets share one exactly when all values are equal. Author, date and reason do not enter: a better worded
        reason changes no map.
        """
        return digests.of_values({key: value for key, value in asdict(self).items() if key != "judgements"})

    @property
    def short_digest(self) -> str:
        """Return the beginning of the digest, as printed on outputs."""
        return digests.short(self.digest)

    def judgement(self, key: str) -> Judgement:
        """Return who chose a field and why.

        Raises
        ------
        KeyError
            If no field of that name was chosen by anyone.
        """
        return {judgement.key: judgement for judgement in self.judgements}[key]


J = TypeVar("J", bound=Judged)


def judged(read: Callable[[Table], T]) -> T:
    """Declare a field that `read` takes from the key ``value`` of the field's table."""
    declared: T = field(metadata={_READ: lambda table, _: read(table)})
    return declared


def whole(low: int | str, high: int | str) -> int:
    """Declare a whole number from `low` to `high`; either may be the name of a field declared before."""

    def read(table: Table, earlier: dict[int | str, Any]) -> int:
        return table.whole("value", earlier.get(low, low), earlier.get(high, high))

    declared: int = field(metadata={_READ: read})
    return declared


def number(low: float, high: float) -> float:
    """Declare a number from `low` to `high`."""
    return judged(lambda table: table.number("value", low, high))


def pair(low: float, high: float) -> tuple[float, float]:
    """Declare two numbers from `low` to `high`."""

    def read(table: Table) -> tuple[float, float]:
        values = table.numbers("value", low, high)
        if len(values) != 2:
            raise table.refusal("value", texts.wrong_length(2))
        return values[0], values[1]

    return judged(read)


def judged_keys(kind: type[Judged]) -> tuple[str, ...]:
    """List the fields that a person chose, as declared."""
    return tuple(entry.name for entry in fields(kind) if _READ in entry.metadata)


def judged_values(kind: type[Judged], root: Table) -> dict[str, Any]:
    """Read every declared field, and ``judgements``, from a root table.

    Raises
    ------
    ProfileError
        If a table is missing or lacks author, date or reason, or a value is none that its field takes.
    """
    tables = {key: root.table(key) for key in judged_keys(kind)}
    judgements = tuple(signed(key, table) for key, table in tables.items())
    values: dict[str, Any] = {}
    for entry in fields(kind):
        if _READ in entry.metadata:
            values[entry.name] = entry.metadata[_READ](tables[entry.name], values)
    return values | {"judgements": judgements}


def read_judged(kind: type[J], file: Path) -> J:
    """Read a file that holds nothing but judgements.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, or a value is none that its field takes.
    """
    root = read_table(file)
    root.allow(*judged_keys(kind))
    return kind(**judged_values(kind, root))


def signed(key: str, table: Table) -> Judgement:
    """Read who chose the value of a table.

    Raises
    ------
    ProfileError
        If author, date or reason is missing or blank, or the table holds anything else.
    """
    table.allow("value", "author", "date", "reason")
    return judgement(key, table)


def judgement(key: str, table: Table) -> Judgement:
    """Read who chose what a table holds; as `signed`, whatever else stands there."""
    return Judgement(key, table.text("author"), table.day("date"), table.text("reason"))


def rules_file(folder: Path, region_code: str, name: str) -> Path:
    """Find a region's own file, which holds as a whole, else the national one."""
    own = folder / region_code / name
    return own if own.is_file() else folder / NATIONAL / name
