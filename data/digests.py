"""Name a content by its SHA-256 in hexadecimal; what is stored or printed under such a name keeps it for good."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import IO

SHORT = 12
BLOCK_BYTES = 1 << 20


def of_text(text: str) -> str:
    """Hash a text as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def of_texts(texts: Iterable[str]) -> str:
    """Hash texts one after the other, as if they were one."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode())
    return digest.hexdigest()


def of_values(values: object) -> str:
    """Hash values as canonical JSON: keys sorted, no blanks, letters as they are.

    Values share a digest exactly when they are equal; tuples count as lists.
    """
    return of_text(json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


def of_file(path: Path) -> str:
    """Hash the content of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def of_copy(source: IO[bytes], target: IO[bytes]) -> str:
    """Write what is left of a stream into another one, and hash it on the way."""
    digest = hashlib.sha256()
    while block := source.read(BLOCK_BYTES):
        digest.update(block)
        target.write(block)
    return digest.hexdigest()


def short(digest: str) -> str:
    """Return the first twelve characters of a digest, as printed on outputs."""
    return digest[:SHORT]
