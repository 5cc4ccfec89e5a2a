"""The region that a store works on; imports little, for every command begins here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.store import queries
from lib.errors import NoRegionError

if TYPE_CHECKING:
    from data.store.lake import Lake


def active_region_code(lake: Lake) -> str:
    """Name the active region.

    Raises
    ------
    NoRegionError
        In a store without any.
    """
    code = queries.active_region(lake)
    if code is None:
        raise NoRegionError
    return code
