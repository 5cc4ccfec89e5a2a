"""The one lock that all writers of a shared store hold; PostgreSQL keeps it, and frees it when its holder dies."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from data import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import psycopg

SHARED = "ducklake:postgres:"
LOCK = "SELECT pg_advisory_lock(hashtextextended('petadini ' || current_database(), 0))"
# A holder whose machine lost its power or network is given up after half a minute, not after the usual two hours.
SESSION = {
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "idle_session_timeout": "0",
}
SECRETS = re.compile(r"""(password\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s"']+)|(://[^\s:/@]*:)[^\s@]*(?=@)""", re.IGNORECASE)


@contextlib.contextmanager
def shared_lock(address: str, *, timeout_s: float) -> Iterator[Callable[[], None]]:
    """Hold the lock of a ``ducklake:postgres:…`` address; gives a function that proves it is still held.

    The lock belongs to a connection of its own, so that it outlives transactions and ends with the process. It must
    reach the server itself: a pool that hands one session to several callers (PgBouncer's ``transaction``) breaks it.

    Raises
    ------
    errors.LakeError
        ``busy`` when it is not to be had in time, ``open`` when the server does not answer, ``lock_lost`` (also
        from the function) when the connection broke meanwhile, ``server_part`` where psycopg is not installed.
    """
    try:
        import psycopg  # noqa: PLC0415 - only shared stores need it, and only they have it
    except ImportError as error:
        raise errors.ServerPartError(name="psycopg", cause=str(error)) from error
    try:
        connection = psycopg.connect(address.removeprefix(SHARED), autocommit=True, connect_timeout=20)
    except psycopg.Error as error:
        raise errors.OpenError(address=without_secrets(address), cause=_reason(error)) from error
    with contextlib.closing(connection):
        try:
            for name, value in (SESSION | {"lock_timeout": f"{timeout_s * 1000:.0f}"}).items():
                connection.execute("SELECT set_config(%s, %s, false)", [name, value])
            connection.execute(LOCK)
        except psycopg.errors.LockNotAvailable as error:
            raise errors.BusyError(seconds=timeout_s) from error
        except psycopg.Error as error:
            raise errors.OpenError(address=without_secrets(address), cause=_reason(error)) from error
        yield lambda: _prove(connection)


def without_secrets(text: str) -> str:
    """Blacken the passwords in an address, or in an error that repeats one."""
    return SECRETS.sub(lambda found: f"{found[1] or found[3]}…", text)


def _reason(error: Exception) -> str:
    return without_secrets(" ".join(str(error).split()))


def _prove(connection: psycopg.Connection) -> None:
    import psycopg  # noqa: PLC0415 - as above

    try:
        connection.execute("SELECT 1")
    except psycopg.Error as error:
        raise errors.LockLostError(cause=_reason(error)) from error
