"""What a command says: a line, or values as JSON."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def say(text: str) -> None:
    """Write a line; a reader that went away (``| head``) is no error."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        with contextlib.suppress(OSError):  # what is still buffered must not be written at exit either
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None


def say_json(values: Mapping[str, object]) -> None:
    """Write values as JSON on one line."""
    say(json.dumps(values, ensure_ascii=False, default=str))
