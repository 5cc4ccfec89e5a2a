"""The key that seals what must not be changed unseen; it lies outside the store, so that no copy of that holds it."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import sys
import tempfile
from pathlib import Path

from data.errors import FolderExposedError, KeyBrokenError, KeyExposedError

KEY_BYTES = 32
CREDENTIAL = "petadini-segel"  # what a service manager hands over under this name goes before the file
KEY_FILE = "segel.kunci"
WRITTEN_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def seal_key(folder: Path, *, given: Path | None = None) -> bytes:
    """Read the key, at least 32 bytes; made at first use, for the running user alone.

    `folder` is the private folder, `given` the folder of credentials of a service manager: its key is used where it
    hands one over, and never written. Whoever owns the machine owns the key: a seal proves that a copy, a backup or
    a share was not changed by others. On Windows a folder of the user's profile is read by its user and by
    administrators alone; file modes say nothing there.

    Raises
    ------
    KeyExposedError
        If others could read the file.
    KeyBrokenError
        If it is too short to be a key.
    """
    handed = given / CREDENTIAL if given else None
    path = handed if handed and handed.exists() else folder / KEY_FILE
    if path != handed:
        if not path.exists():
            _make(path)
        if sys.platform != "win32" and path.stat().st_mode & OF_OTHERS:
            raise KeyExposedError(file=str(path))
    key = path.read_bytes()
    if len(key) < KEY_BYTES:
        raise KeyBrokenError(file=str(path))
    return key


def private_folder(folder: Path) -> Path:
    """Make a folder that only its owner enters, where it is not there yet.

    Raises
    ------
    FolderExposedError
        If others could put files into it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform != "win32" and folder.stat().st_mode & WRITTEN_BY_OTHERS:
        raise FolderExposedError(folder=str(folder))
    return folder


def _make(path: Path) -> None:
    """Write a new key whole or not at all; where another process was quicker, its key stays."""
    handle, name = tempfile.mkstemp(dir=private_folder(path.parent))  # mode 0600
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(handle)
    with contextlib.suppress(FileExistsError):
        os.link(name, path)
    Path(name).unlink()
