"""An object store as the place of a shared store's files: its addresses stay texts, and the engine goes there."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from data import errors
from data.engine import load_extension, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class ObjectAccess:
    """How to reach an object store that speaks S3, and as whom."""

    key_id: str
    secret: str = field(repr=False)
    endpoint: str = ""  # host and port, after http:// where there is no TLS; "" is Amazon's own
    region: str = "us-east-1"  # what others than Amazon mostly ignore


def is_remote(place: str) -> bool:
    """Tell whether a place is an address (``s3://bucket/folder``) and not a folder or file of this machine."""
    return "://" in place


def reach(connection: duckdb.DuckDBPyConnection, place: str, access: ObjectAccess | None) -> None:
    """Teach an engine to read and write at a place; nothing is to be taught for a folder.

    Raises
    ------
    errors.LakeError
        ``server_part`` where the extension is missing; ``open`` where the access is not understood.
    """
    if not is_remote(place):
        return
    load_extension(connection, "httpfs")
    if access is None:
        return
    scheme, _, host = access.endpoint.rpartition("://")
    options = {
        "TYPE": "s3",
        "KEY_ID": quoted(access.key_id),
        "SECRET": quoted(access.secret),
        "REGION": quoted(access.region),
        "SCOPE": quoted("/".join(place.split("/")[:3])),
    }
    if host:
        options |= {"ENDPOINT": quoted(host), "URL_STYLE": "'path'", "USE_SSL": str(scheme != "http").lower()}
    told = ", ".join(f"{name} {value}" for name, value in options.items())
    try:
        connection.execute(f"CREATE OR REPLACE SECRET petadini ({told})")
    except duckdb.Error:  # whose words repeat the statement with its secret
        raise errors.OpenError(address=place, cause="S3") from None


def put(cursor: duckdb.DuckDBPyConnection, place: str, content: bytes) -> None:
    """Write an object, whole or not at all."""
    cursor.execute(f"COPY (SELECT ?::BLOB) TO {quoted(place)} (FORMAT blob)", [content])


def there(cursor: duckdb.DuckDBPyConnection, place: str) -> bool:
    """Tell whether there is an object of that name."""
    return place in objects_under(cursor, place.rsplit("/", 1)[0])


def objects_under(cursor: duckdb.DuckDBPyConnection, place: str) -> set[str]:
    """List the objects under a place, with their whole addresses."""
    rows = cursor.execute("SELECT file FROM glob(?)", [f"{place.rstrip('/')}/**"]).fetchall()
    return {str(file) for (file,) in rows}


@contextlib.contextmanager
def at_hand(cursor: duckdb.DuckDBPyConnection, place: str, folder: Path) -> Iterator[Path]:
    """Give a file of this machine with what stands at a place: itself, or an object fetched into a folder."""
    if not is_remote(place):
        yield Path(place)
        return
    row = cursor.execute("SELECT content FROM read_blob(?)", [place]).fetchone()
    if row is None:
        raise errors.BrokenError(cause=place)
    fetched = folder / "objek"
    fetched.write_bytes(row[0])
    try:
        yield fetched
    finally:
        fetched.unlink()
