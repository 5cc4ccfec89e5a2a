"""What every command of `petadini` begins and ends with: the store, the region, a line on the terminal."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from data.engine import start_engine
from data.errors import LakeError
from data.read.refusal import TableError
from data.store.lake import Lake, open_lake
from geo.errors import GeoError
from lib.errors import RegionError, UndoError
from lib.region.areas import active_region_code
from lib.rules.regions import Region, region_profile
from lib.rules.toml import ProfileError
from lib.settings import Settings, SettingsError, settings
from lib.texts.cli import day_too_far

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping
    from datetime import date

REFUSALS = (LakeError, TableError, GeoError, RegionError, ProfileError, UndoError, SettingsError, OSError)
MOST_DAYS_AHEAD = 366


def open_store() -> tuple[Lake, Settings]:
    """Open the store that the settings name, with the memory that they allow."""
    chosen = settings()
    engine = start_engine(memory_bytes=chosen.limits.memory_bytes)
    return open_lake(chosen.lake_address, chosen.data_path, engine=engine), chosen


def region_of(lake: Lake, arguments: Namespace) -> Region:
    """Give the region that the command names, else the active one."""
    return region_profile(arguments.wilayah or active_region_code(lake))


def day_of(arguments: Namespace, chosen: Settings, *, today: date, usual: date) -> date:
    """Choose the day as the pages do, `usual` unless one is named; refuse one too far ahead to say anything of."""
    latest = today + timedelta(days=MOST_DAYS_AHEAD)
    if arguments.per is not None and arguments.per > latest:
        raise SettingsError(day_too_far(arguments.per, latest))
    day: date = arguments.per or chosen.today or usual
    return min(day, latest)


def say(text: str) -> None:
    """Write a line; a reader that went away (``| head``) is no error."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        with contextlib.suppress(OSError):  # what is still buffered must not be written at exit either
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None


def say_json(values: Mapping[str, object]) -> None:
    """Write values as JSON on one line."""
    say(json.dumps(values, ensure_ascii=False, default=str))
