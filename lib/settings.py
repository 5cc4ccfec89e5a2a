"""Read the environment: the only place that does, and the only one that asks the clock."""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lib.texts.cli import bad_setting

if TYPE_CHECKING:
    from lib.profile import Region

ROOT = Path(__file__).parent.parent
DEFAULT_LAKE = ROOT / "data" / "lake"


class SettingsError(ValueError):
    """A setting that cannot be read; the message is a whole sentence."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the store is and who works with it.

    `lake_address` is a folder or a ``ducklake:postgres:…`` address (PETADINI_LAKE), `data_path` the place of
    the files of a shared store (PETADINI_DATA_PATH), `today` a fixed day (PETADINI_HARI_INI, ISO) or None for
    the clock, `actor` the name written beside every change (PETADINI_PETUGAS, else the login name).
    """

    lake_address: str
    data_path: str | None
    today: date | None
    actor: str


def settings() -> Settings:
    """Read the settings from the environment.

    Raises
    ------
    SettingsError
        If PETADINI_HARI_INI is no ISO day.
    """
    pinned = os.environ.get("PETADINI_HARI_INI")
    try:
        today = date.fromisoformat(pinned) if pinned else None
    except ValueError as error:
        raise SettingsError(bad_setting("PETADINI_HARI_INI", pinned or "")) from error
    return Settings(
        lake_address=os.environ.get("PETADINI_LAKE") or str(DEFAULT_LAKE),
        data_path=os.environ.get("PETADINI_DATA_PATH") or None,
        today=today,
        actor=os.environ.get("PETADINI_PETUGAS") or _login_name(),
    )


def today_in(region: Region, chosen: Settings) -> date:
    """Tell the day it is for a region: the setting, the demo's fixed day, else the clock in its time zone."""
    return chosen.today or region.today or datetime.now(ZoneInfo(region.time_zone)).date()


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a password entry
        return "tanpa nama"
