"""What a command says: a line, or values as JSON."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from data.characters import visible
from lib.output.json_file import json_text

if TYPE_CHECKING:
    from collections.abc import Mapping


def say(text: str) -> None:
    """Write a line without what would steer the terminal; a reader that went away (``| head``) is no error."""
    try:
        sys.stdout.write(visible(text) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        with contextlib.suppress(OSError):  # what is still buffered must not be written at exit either
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None


def hint(text: str) -> None:
    """Write a line beside what the command answers, so that a program that reads the answer is not disturbed."""
    sys.stderr.write(text + "\n")


def say_json(values: Mapping[str, object]) -> None:
    """Write values as JSON on one line."""
    say(json_text(values))
