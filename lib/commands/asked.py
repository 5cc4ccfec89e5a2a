"""What the arguments of a command ask about: the store, the region, the day, the whole question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.engine import start_engine
from data.errors import LakeError
from data.read.refusal import TableError
from data.store.lake import Lake, open_lake
from geo.errors import GeoError
from lib.errors import ExternalDataError, JournalError, RegionError, UndoError
from lib.people.errors import PeopleError
from lib.region.asked import asked_region_code
from lib.region.data_state import data_state
from lib.rules.regions import Region, region_profile
from lib.rules.toml import ProfileError
from lib.score import question
from lib.settings import Settings, SettingsError, own_seal_key, settings, today_in

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import date

    from lib.filters import Filters

# What a command may be refused for, whichever it is: a sentence and code 2.
REFUSALS = (
    *(LakeError, TableError, GeoError, RegionError, ProfileError, UndoError, JournalError, ExternalDataError),
    *(question.DayError, SettingsError, PeopleError, OSError),
)


def open_store() -> tuple[Lake, Settings]:
    """Open the store that the settings name, with the memory that they allow."""
    chosen = settings()
    engine = start_engine(memory_bytes=chosen.limits.memory_bytes)
    return open_lake(chosen.lake_address, chosen.data_path, engine=engine, key=own_seal_key(chosen)), chosen


def region_of(lake: Lake, arguments: Namespace) -> Region:
    """Give the region that the command names, else the one of the setting or of the store."""
    return region_profile(arguments.wilayah or asked_region_code(lake, settings().region_code))


def day_of(lake: Lake, region: Region, arguments: Namespace, chosen: Settings) -> date:
    """Give the day that the command names, else the one that the pages show first; see `question.asked_day`."""
    state = data_state(lake, region.code)
    usual = chosen.today or question.default_as_of(state, today_in(region, chosen))
    return question.asked_day(arguments.per, usual, state, today_in(region, chosen))


def question_of(lake: Lake, region: Region, arguments: Namespace, chosen: Settings) -> Filters:
    """Ask the standard question of the day and the election that the command names."""
    as_of = day_of(lake, region, arguments, chosen)
    election_code = getattr(arguments, "pemilihan", None)
    return question.default_filters(lake, region.code, as_of=as_of, election_code=election_code)
