"""The store's own errors, and what the engine's and the disk's errors mean for it."""

from __future__ import annotations

import contextlib
import errno
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterator

DISK_FULL = ("no space left", "disk quota", "disk is full", "file too large", "max_temp_directory_size", "disk i/o")
DISK_ERRNOS = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
DAMAGED = ("magic bytes", "parquet footer", "to be a parquet file", "malformed", "not a database")
OF_OTHERS = "read from a file of others"
READ_ONLY = ("readonly database", "read-only file system", "permission denied")


class LakeError(RuntimeError):
    """A store that cannot be opened, written or copied, with a machine-readable code.

    Codes: ``extension`` (facts: name), ``open`` (address), ``schema`` (found, expected), ``busy``
    (seconds), ``commit`` (attempts), ``check`` (check, row), ``data_path`` (address), ``disk_full`` (cause),
    ``memory`` (cause), ``broken`` (cause), ``read_only`` (cause), ``boundaries_changed`` (region_code),
    ``no_snapshot`` (snapshot), ``backup_shared`` (address), ``backup_unreadable`` (file, cause),
    ``backup_newer`` (file, found, expected), ``backup_member`` (file, member), ``backup_file`` (file, member),
    ``backup_table`` (file, table, rows, found), ``restore_target`` (folder).
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        self.facts = facts


@contextlib.contextmanager
def translated(*, of_store: bool = True) -> Iterator[None]:
    """Turn what the engine or the disk raises inside into a LakeError, where a person can do something about it.

    A disk that is full or fails becomes ``disk_full``, an engine at its memory limit ``memory``, a store that
    may not be written ``read_only``, files that are missing or damaged ``broken``. Every other error passes
    unchanged: wrong SQL is a mistake of ours.

    Parameters
    ----------
    of_store
        False where files of others are read: if one of those is damaged, the store is not.
    """
    try:
        yield
    except duckdb.Error as error:
        code = meaning(error)
        if not of_store and code == "broken":
            error.add_note(OF_OTHERS)  # so that no caller around takes it for the store's
        if code is None or OF_OTHERS in getattr(error, "__notes__", ()):
            raise
        raise LakeError(code, cause=_reason(error)) from error
    except OSError as error:
        if error.errno in DISK_ERRNOS:
            raise LakeError("disk_full", cause=error.strerror) from error
        raise


def meaning(error: duckdb.Error) -> str | None:
    """Name the code of an error of the engine that a person can do something about; None for every other."""
    text = str(error).lower()
    if any(word in text for word in DISK_FULL):
        return "disk_full"
    if isinstance(error, duckdb.OutOfMemoryException):
        return "memory"
    if any(word in text for word in READ_ONLY):
        return "read_only"
    if isinstance(error, (duckdb.IOException, duckdb.FatalException, duckdb.InternalException)):
        return "broken"
    unreadable = isinstance(error, duckdb.InvalidInputException) and ".parquet'" in text  # whatever of it is amiss
    return "broken" if unreadable or any(word in text for word in DAMAGED) else None


def _reason(error: Exception) -> str:
    """Give the last line of the first paragraph: the engine names the operation first and the reason last."""
    return str(error).strip().split("\n\n", 1)[0].rsplit("\n", 1)[-1].strip()
