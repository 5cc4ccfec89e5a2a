"""The one writer of JSON that leaves the house: letters as they are, no text that identifies a person."""

from __future__ import annotations

import json

from lib.output.leaving import safe_values


def json_text(values: object) -> str:
    """Write values on one line; days are written as texts."""
    return json.dumps(safe_values(values), ensure_ascii=False, default=str)


def json_bytes(values: object) -> bytes:
    """Write values as a file.

    Raises
    ------
    ValueError
        For a number that JSON does not know, such as NaN.
    """
    return json.dumps(safe_values(values), ensure_ascii=False, indent=1, allow_nan=False).encode()
