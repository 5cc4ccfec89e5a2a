"""A table of a TOML file, read value by value, that refuses what it does not understand."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import data
from lib.rules import words as texts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

FACTS_FOLDER = Path(data.__file__).parent

T = TypeVar("T")


class ProfileError(ValueError):
    """Refuse a file of facts or judgements; the message is a whole Indonesian sentence."""


@dataclass(frozen=True, slots=True)
class Table:
    """Hold one table with the place it comes from, so that a refusal can name file and key."""

    file: str
    path: str
    values: Mapping[str, Any]

    def __contains__(self, key: str) -> bool:
        """Tell whether a key is written in this table."""
        return key in self.values

    def value(self, key: str) -> Any:
        """Return what is written under a key; raises `KeyError` without it."""
        return self.values[key]

    def refusal(self, key: str, reason: texts.Reason) -> ProfileError:
        """Make the error for a value that breaks a rule; the caller raises it."""
        value = self.values.get(key, "")
        return ProfileError(texts.refused(file=self.file, key=self._full(key), value=value, reason=reason))

    def allow(self, *keys: str) -> None:
        """Refuse the first key that is not listed: a misspelt key would otherwise be ignored in silence."""
        for key, value in self.values.items():
            if key not in keys:
                raise ProfileError(texts.unknown_key(file=self.file, key=self._full(key), value=value, allowed=keys))

    def text(self, key: str) -> str:
        """Read a text that is not blank."""
        value = self._value(key)
        if not isinstance(value, str) or not value.strip():
            raise self.refusal(key, texts.NOT_TEXT)
        return value

    def choice(self, key: str, options: Collection[str]) -> str:
        """Read one of the listed texts."""
        value = self.text(key)
        if value not in options:
            raise self.refusal(key, texts.not_one_of(options))
        return value

    def code(self, key: str, pattern: re.Pattern[str], shape: str) -> str:
        """Read a code that matches a pattern as a whole; `shape` shows the pattern to the reader."""
        value = self.text(key)
        if pattern.fullmatch(value) is None:
            raise self.refusal(key, texts.bad_pattern(shape))
        return value

    def number(self, key: str, low: float, high: float) -> float:
        """Read a finite number from `low` to `high`, both included."""
        return _number(self, key, self._value(key), low, high)

    def numbers(self, key: str, low: float, high: float) -> tuple[float, ...]:
        """Read a list of finite numbers from `low` to `high`, both included; never empty."""
        return tuple(_number(self, key, value, low, high) for value in self._list(key))

    def wholes(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """Read a list of whole numbers from `low` to `high`, both included; never empty."""
        values = self.numbers(key, low, high)
        if any(value % 1 for value in values):
            raise self.refusal(key, texts.not_whole(low=low, high=high))
        return tuple(map(int, values))

    def whole(self, key: str, low: int, high: int) -> int:
        """Read a whole number from `low` to `high`, both included."""
        value = self._value(key)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.refusal(key, texts.not_whole(low=low, high=high))
        return value

    def flag(self, key: str) -> bool:
        """Read true or false; an absent key is false."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.refusal(key, texts.NOT_FLAG)
        return value

    def day(self, key: str) -> date:
        """Read a calendar day; a moment with hours is refused."""
        value = self._value(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.refusal(key, texts.NOT_DATE)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts that are not blank; never empty."""
        values = self._list(key)
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise self.refusal(key, texts.NOT_TEXT)
        return tuple(values)

    def table(self, key: str) -> Table:
        """Read the table under a key."""
        value = self._value(key)
        if not isinstance(value, dict):
            raise self.refusal(key, texts.NOT_TABLE)
        return Table(self.file, self._full(key), value)

    def tables(self, key: str) -> tuple[Table, ...]:
        """Read a list of tables; an absent key is an empty list."""
        if key not in self.values:
            return ()
        values = self._list(key)
        if not all(isinstance(value, dict) for value in values):
            raise self.refusal(key, texts.NOT_TABLE)
        return tuple(Table(self.file, f"{self._full(key)}[{i}]", value) for i, value in enumerate(values, 1))

    def optional(self, read: Callable[[str], T], key: str) -> T | None:
        """Read a key with one of the readers above where it is written, else return None."""
        return read(key) if key in self.values else None

    def _full(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _value(self, key: str) -> Any:
        if key not in self.values:
            raise ProfileError(texts.missing_key(file=self.file, key=self._full(key)))
        return self.values[key]

    def _list(self, key: str) -> list[Any]:
        value = self._value(key)
        if not isinstance(value, list) or not value:
            raise self.refusal(key, texts.NOT_LIST)
        return value


def read_table(file: Path, *, shown: str = "") -> Table:
    """Read a TOML file as its root table.

    Messages name it as `shown`, by default by its path inside the project where it lies there.

    Raises
    ------
    ProfileError
        If the file cannot be read, is not UTF-8 or is not TOML.
    """
    own = file.relative_to(FACTS_FOLDER.parent) if file.is_relative_to(FACTS_FOLDER.parent) else file
    shown = shown or own.as_posix()
    try:
        return parse_table(file.read_text(encoding="utf-8-sig"), shown=shown)
    except OSError as error:
        raise ProfileError(texts.unreadable_file(file=shown)) from error
    except UnicodeDecodeError as error:
        raise ProfileError(texts.broken_toml(file=shown, line="", column="")) from error


def parse_table(content: str, *, shown: str) -> Table:
    """Read TOML text as its root table; `shown` names it in messages.

    Raises
    ------
    ProfileError
        If it is not TOML, or holds a number of thousands of digits or thousands of brackets in each other.
    """
    try:
        return Table(shown, "", tomllib.loads(content))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = place.groups() if place else ("", "")
        raise ProfileError(texts.broken_toml(file=shown, line=line, column=column)) from error
    except (ValueError, RecursionError) as error:  # Python reads no number of more than 4,300 digits
        raise ProfileError(texts.endless_toml(file=shown)) from error


def refuse_duplicates(tables: Collection[Table], key: str) -> None:
    """Refuse the second of two tables with the same text under a key."""
    seen: dict[str, Table] = {}
    for table in tables:
        value = table.text(key)
        if value in seen:
            raise table.refusal(key, texts.duplicate(seen[value].path))
        seen[value] = table


def _number(table: Table, key: str, value: object, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise table.refusal(key, texts.not_a_number(low=low, high=high))
    return float(value)
