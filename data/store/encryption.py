"""Encrypt a backup for those who may open it, in the format of age (age-encryption.org/v1), and open it again."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyrage

from data import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = b"age-encryption.org/v1\n"


@dataclass(frozen=True, slots=True)
class Lock:
    """For whom a backup is encrypted: public keys, else whoever knows a passphrase. Neither encrypts nothing."""

    recipients: tuple[str, ...] = ()
    passphrase: str = ""

    def __bool__(self) -> bool:
        """Tell whether it locks at all."""
        return bool(self.recipients or self.passphrase)


@dataclass(frozen=True, slots=True)
class Unlock:
    """What opens a backup: the text of a file of private keys, or a passphrase."""

    identities: str = ""
    passphrase: str = ""


OPEN = Lock()
NOTHING = Unlock()


def encrypt(plain: Path, locked: Path, lock: Lock) -> None:
    """Write `plain` encrypted to `locked`; with a passphrase the whole file stands in memory meanwhile.

    Raises
    ------
    errors.BadRecipientError
        If a text is no public key of age.
    """
    if not lock.recipients:
        locked.write_bytes(pyrage.passphrase.encrypt(plain.read_bytes(), lock.passphrase))
        return
    recipients = []
    for text in lock.recipients:
        try:
            recipients.append(pyrage.x25519.Recipient.from_str(text.strip()))
        except pyrage.RecipientError as error:
            raise errors.BadRecipientError(text=text) from error
    pyrage.encrypt_file(str(plain), str(locked), recipients)


@contextmanager
def opened(file: Path, unlock: Unlock) -> Iterator[Path]:
    """Give the path of a backup in the clear: itself, or a copy of it that goes again.

    Raises
    ------
    errors.BackupLockedError
        If it is encrypted and nothing was given to open it with.
    errors.BackupUnlockError
        If what was given does not open it, or the file is damaged.
    """
    with file.open("rb") as stream:
        locked = stream.read(len(HEAD)) == HEAD
    if not locked:
        yield file
        return
    if unlock == NOTHING:
        raise errors.BackupLockedError(file=str(file))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / file.name
        try:
            _decrypt(file, plain, unlock)
        except (pyrage.DecryptError, pyrage.IdentityError, OSError) as error:
            raise errors.BackupUnlockError(file=str(file)) from error
        yield plain


def _decrypt(file: Path, plain: Path, unlock: Unlock) -> None:
    if unlock.passphrase:
        plain.write_bytes(pyrage.passphrase.decrypt(file.read_bytes(), unlock.passphrase))
        return
    lines = (line.strip() for line in unlock.identities.splitlines())
    identities = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    pyrage.decrypt_file(str(file), str(plain), identities)
