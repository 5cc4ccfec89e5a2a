"""The store's own errors, and what the engine's and the disk's errors mean for it."""

from __future__ import annotations

import contextlib
import errno
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, dataclass_transform

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

DISK_FULL = ("no space left", "disk quota", "disk is full", "file too large", "max_temp_directory_size", "disk i/o")
DISK_ERRNOS = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
DAMAGED = ("magic bytes", "parquet footer", "to be a parquet file", "malformed", "not a database")
OF_OTHERS = "read from a file of others"
UNREACHABLE = ("could not connect to server error for http", "could not resolve hostname error for http")
GONE = "http 404"  # an object that the catalog names and the store lacks
READ_ONLY = ("readonly database", "read-only file system", "permission denied")


@dataclass_transform(kw_only_default=True, eq_default=False)
class StatedError(Exception):
    """An error as a class of its own whose fields are the evidence; the sentence for it is made elsewhere.

    `code` is a stable name of the reason, `facts` the evidence by name.
    """

    code: ClassVar[str]

    def __init_subclass__(cls, *, code: str = "") -> None:
        """Name the reason, by default the class in small letters, and make its fields keywords."""
        super().__init_subclass__()
        cls.code = code or re.sub(r"(?<=.)(?=[A-Z])", "_", cls.__name__.removesuffix("Error")).lower()
        dataclass(eq=False, kw_only=True)(cls)

    def __str__(self) -> str:
        """Write code and evidence, for logs."""
        return f"{self.code} {self.facts}"

    @property
    def facts(self) -> dict[str, object]:
        """Give the evidence by name, without what is not known."""
        return {name: value for name, value in vars(self).items() if value is not None and not name.startswith("_")}


class LakeError(StatedError, RuntimeError):
    """A store that cannot be opened, written or copied."""


class ExtensionError(LakeError):
    """An extension of the engine is not there and cannot be fetched."""

    name: str
    cause: str


class ServerPartError(LakeError):
    """A part that only shared stores need is not installed: the extra ``server``."""

    name: str
    cause: str


class LockLostError(LakeError):
    """The connection that held the lock of a shared store broke before the commit."""

    cause: str


class OpenError(LakeError):
    """The store cannot be opened."""

    address: str
    cause: str


class CatalogMissingError(LakeError):
    """Tables or file copies lie in a folder without a catalog that knows them; no new one is made there."""

    folder: str
    tables: int  # table files
    copies: int  # copies of imported files


class CatalogDamagedError(LakeError):
    """The catalog is cut off or changed: no database can be read from it."""

    file: str
    cause: str


class NothingKnownError(LakeError):
    """A store without any import: nothing in it can be told to be left over."""

    folder: str


class FolderTakenError(LakeError):
    """A folder that is no store holds other things; none is made in it."""

    folder: str
    holds: tuple[str, ...]


class ClockError(LakeError):
    """The clock shows a time before the newest commit."""

    now: datetime  # UTC, without a zone
    newest: datetime


class SchemaError(LakeError):
    """The store is of another version than this program."""

    found: int
    expected: int


class BusyError(LakeError):
    """Another process has been writing for too long."""

    seconds: float


class CommitError(LakeError):
    """Other processes were quicker each time."""

    attempts: int


class CheckError(LakeError):
    """A rule of the data was broken; nothing is stored."""

    check: str
    row: object


class DataPathError(LakeError):
    """A shared store lacks the place of its files."""

    address: str


class BoundariesChangedError(LakeError):
    """The boundaries changed again and again while a file was read."""

    region_code: str


class NoSnapshotError(LakeError):
    """No such past state, or one of an older schema."""

    snapshot: int


class KeyExposedError(LakeError):
    """Others could read the key that seals."""

    file: str


class FolderExposedError(LakeError):
    """Others could put files into the private folder."""

    folder: str


class KeyBrokenError(LakeError):
    """What should be the key is none."""

    file: str


class BackupUnreadableError(LakeError):
    """No whole backup of ours."""

    file: str
    cause: str


class BackupUnsignedError(LakeError):
    """A backup without a signature, as earlier versions made them."""

    file: str


class BackupForgedError(LakeError):
    """A backup whose list is not the one that was signed."""

    file: str


class BackupForeignError(LakeError):
    """A backup that was signed with another key."""

    file: str


class BackupLockedError(LakeError):
    """An encrypted backup, and nothing to open it with."""

    file: str


class BackupUnlockError(LakeError):
    """An encrypted backup that what was given does not open."""

    file: str


class BadRecipientError(LakeError):
    """A text that is no public key of age."""

    text: str


class BackupNewerError(LakeError):
    """A backup of a newer version."""

    file: str
    found: int
    expected: int


class BackupMemberError(LakeError):
    """A member that the backup's list lacks, or out of its place."""

    file: str
    member: str


class BackupFileError(LakeError):
    """A member that is missing or changed."""

    file: str
    member: str


class BackupTableError(LakeError):
    """A table with other rows than when it was backed up."""

    file: str
    table: str
    rows: int
    found: int


class RestoreTargetError(LakeError):
    """The folder to restore into is not empty."""

    folder: str


class EngineError(LakeError):
    """What the engine or the disk met, where a person can do something about it; `cause` in its own words."""

    cause: str


class DiskFullError(EngineError):
    """The disk is full, its quota spent, or it fails."""


class OutOfMemoryError(EngineError, code="memory"):
    """The engine reached its limit of memory."""


class ReadOnlyError(EngineError):
    """The store may not be written."""


class UnreachableError(EngineError):
    """The object store does not answer, or refuses who asks."""


class BrokenError(EngineError):
    """Files of the store are missing or damaged."""


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
        kind = meaning(error)
        if not of_store and kind is BrokenError:
            error.add_note(OF_OTHERS)  # so that no caller around takes it for the store's
        if kind is None or OF_OTHERS in getattr(error, "__notes__", ()):
            raise
        raise kind(cause=_reason(error)) from error
    except OSError as error:
        if error.errno in DISK_ERRNOS:
            raise DiskFullError(cause=str(error.strerror)) from error
        raise


def meaning(error: duckdb.Error) -> type[EngineError] | None:
    """Name the class of an error of the engine that a person can do something about; None for every other."""
    text = str(error).lower()
    if any(word in text for word in DISK_FULL):
        return DiskFullError
    if isinstance(error, duckdb.OutOfMemoryException):
        return OutOfMemoryError
    if any(word in text for word in UNREACHABLE) or (isinstance(error, duckdb.HTTPException) and GONE not in text):
        return UnreachableError
    if any(word in text for word in READ_ONLY):
        return ReadOnlyError
    if isinstance(error, (duckdb.IOException, duckdb.FatalException, duckdb.InternalException)):
        return BrokenError
    unreadable = isinstance(error, duckdb.InvalidInputException) and ".parquet'" in text  # whatever of it is amiss
    return BrokenError if unreadable or any(word in text for word in DAMAGED) else None


def _reason(error: Exception) -> str:
    """Give the last line of the first paragraph: the engine names the operation first and the reason last."""
    return str(error).strip().split("\n\n", 1)[0].rsplit("\n", 1)[-1].strip()
