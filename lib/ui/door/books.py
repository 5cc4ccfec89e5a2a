"""The accounts and the trail of this machine, opened once for each process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lib.people.accounts import Accounts
from lib.people.trail import Trail
from lib.settings import clock_s, own_seal_key, settings

if TYPE_CHECKING:
    from pathlib import Path


def accounts() -> Accounts:
    """Give the accounts in the private folder."""
    return _accounts(settings().private_folder)


def trail() -> Trail:
    """Give the trail in the private folder."""
    return _trail(settings().private_folder)


@cache
def _accounts(folder: Path) -> Accounts:
    return Accounts(folder, clock_s)


@cache
def _trail(folder: Path) -> Trail:
    return Trail(folder, own_seal_key(settings()), clock_s)
