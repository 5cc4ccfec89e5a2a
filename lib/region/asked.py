"""The region that a question is about: the one it names, else the setting's, else the store's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.store import queries
from lib.errors import NoRegionError, UnpreparedRegionError
from lib.rules.regions import DEMO_REGION

if TYPE_CHECKING:
    from data.store.lake import Lake


def asked_region_code(lake: Lake, *wanted: str | None) -> str:
    """Give the code of the region that a question is about.

    The first of `wanted` that names one holds; without any, the region that was prepared first, and the demo city
    only where there is no other. So making another region ready changes nobody's screen.

    Raises
    ------
    UnpreparedRegionError
        If the one that holds is not in the store.
    NoRegionError
        In a store without any.
    """
    prepared = queries.prepared_regions(lake)
    named = next((code.strip() for code in wanted if code and code.strip()), None)
    if not prepared:
        raise NoRegionError
    if named is None:
        return next((code for code in prepared if code != DEMO_REGION), prepared[0])
    if named not in prepared:
        raise UnpreparedRegionError(region_code=named, prepared=tuple(prepared))
    return named
