"""What the arguments of a command ask about: the store, the region, the day, the whole question."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from data.engine import start_engine
from data.errors import LakeError
from data.read.refusal import TableError
from data.store.lake import Lake, open_lake
from geo.errors import GeoError
from lib.errors import ExternalDataError, JournalError, ProposalError, RegionError, UndoError
from lib.people.accounts import Accounts
from lib.people.errors import PeopleError
from lib.people.machine import machine_actor
from lib.proposals.eyes import approvers_of, eyes_of
from lib.region.asked import asked_region_code
from lib.region.data_state import data_state
from lib.rules.regions import Region, region_profile
from lib.rules.toml import ProfileError
from lib.score import question
from lib.settings import Settings, SettingsError, clock_s, own_seal_key, settings, today_in

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import date, datetime

    from lib.filters import Filters
    from lib.people.accounts import Account
    from lib.people.actor import Actor
    from lib.proposals.eyes import Eyes

# What a command may be refused for, whichever it is: a sentence and code 2.
REFUSALS = (
    *(LakeError, TableError, GeoError, RegionError, ProfileError, UndoError, JournalError, ExternalDataError),
    *(question.DayError, SettingsError, OSError, ProposalError, PeopleError),
)


def open_store() -> tuple[Lake, Settings]:
    """Open the store that the settings name, with the memory that they allow."""
    chosen = settings()
    engine = start_engine(memory_bytes=chosen.limits.memory_bytes)
    return open_lake(
        chosen.lake_address, chosen.data_path, engine=engine, objects=chosen.objects, key=own_seal_key(chosen)
    ), chosen


def eyes_for(region_code: str) -> Eyes:
    """Tell whether what this user does in a region waits for another person."""
    approvers = approvers_of(_accounts(), region_code)
    return eyes_of(machine_actor(), approvers, switched=settings().four_eyes)


def decider() -> Actor:
    """Give the user of this command with the rights that an account of the same name was given, and no others.

    What the system lets its user do is an analyst's; that a person may approve is for the office to say.
    """
    actor = machine_actor()
    given = (account.grants for account in _accounts() if account.active and account.name == actor.name)
    return replace(actor, grants=tuple(grant for grants in given for grant in grants))


def _accounts() -> list[Account]:
    return Accounts(settings().private_folder, clock_s).everyone()


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


def stored_moment(lake: Lake, moment: datetime) -> datetime:
    """Give a stored time in the zone of the region that a command is about, UTC where there is none yet."""
    try:
        zone = ZoneInfo(region_profile(asked_region_code(lake, settings().region_code)).time_zone)
    except RegionError:
        return moment
    return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone)
