"""The database engine of this process: memory, spill folder, extensions."""

import contextlib
import importlib.util
import os
import secrets
import shutil
import tempfile
from pathlib import Path

import duckdb

from data.errors import ExtensionError, ServerPartError
from data.limits import Limits

# They ask the catalog about every column of a query, which takes longer than our plain joins do.
COSTLY_OPTIMIZERS = "join_order,statistics_propagation"
SPILL_PREFIX = "petadini-"
OF_SERVER = ("postgres_scanner", "httpfs")  # in the extra ``server``: only shared stores need them


def start_engine(*, memory_bytes: int = Limits().memory_bytes) -> duckdb.DuckDBPyConnection:
    """Start a DuckDB of this process's own, without any data.

    What does not fit into memory goes to a temporary folder of this process alone, made when it is needed;
    it may take half of the space that is free now, so that the store keeps room to write.

    The engine proves no signatures, which takes it longer than everything else at a start: `load_extension` does
    where it matters.
    """
    folder = Path(tempfile.gettempdir())
    spill = folder / f"{SPILL_PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
    engine = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": f"{memory_bytes}B",
            "temp_directory": str(spill),
            "max_temp_directory_size": f"{shutil.disk_usage(folder).free // 2}B",
            "allow_unsigned_extensions": "true",
            # Whatever a query asks for: nothing is fetched and nothing but what we load ourselves is loaded.
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
        },
    )
    engine.execute(f"SET GLOBAL disabled_optimizers = '{COSTLY_OPTIMIZERS}'")
    return engine


def load_extension(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load an extension from its wheel, else from DuckDB's own folder, else by installing it.

    A wheel was proved by its hash when it was installed, and lies beside the engine itself. What comes from elsewhere
    is first loaded by an engine that proves its signature.

    Raises
    ------
    LakeError
        ``extension`` when none of the three works, which without internet means: no wheel here; ``server_part``
        when it is one of `OF_SERVER`.
    """
    wheel = importlib.util.find_spec(f"duckdb_extension_{name}")
    try:
        if wheel is not None and wheel.origin is not None:
            file = next(Path(wheel.origin).parent.rglob(f"{name}.duckdb_extension"))
            connection.execute(f"LOAD {quoted(str(file))}")
            return
        with contextlib.closing(duckdb.connect()) as strict:
            try:
                strict.execute(f"LOAD {name}")
            except duckdb.Error:
                strict.execute(f"INSTALL {name}")
                strict.execute(f"LOAD {name}")
        connection.execute(f"LOAD {name}")
    except (duckdb.Error, StopIteration) as error:
        kind = ServerPartError if name in OF_SERVER else ExtensionError
        raise kind(name=name, cause=str(error)) from error


def quoted(text: str) -> str:
    """Write a text as an SQL literal, for statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"
