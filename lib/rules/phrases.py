"""Phrases of the files of words, as patterns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LETTERS = {"*": r"\w*", "+": r"\w+"}


def alternatives(phrases: Iterable[str]) -> str:
    """Write phrases as a group of a pattern, the longest first.

    A star stands for any letters or none, a plus for at least one; all else is meant as written.
    """
    longest_first = sorted(phrases, key=len, reverse=True)
    parts = (
        "".join(_LETTERS.get(part, re.escape(part)) for part in re.split(r"([*+])", one)) for one in longest_first
    )
    return f"(?:{'|'.join(parts)})"
