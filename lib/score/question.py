"""The question that is asked: of which day, with which window; one way for the commands and the pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.store.lake import Lake, snapshot_id
from lib.filters import Filters, window_start
from lib.region.elections import elections_of
from lib.region.weights import weights_in_force
from lib.rules.regions import weights as shipped_weights
from lib.texts.questions import day_outside

if TYPE_CHECKING:
    from lib.records import DataState
    from lib.rules.calendar import Calendar
    from lib.rules.weights import Weights

FRESH_DAYS = 60
EARLIEST = date(1945, 8, 17)  # where nothing is reported yet, no day is older than the republic


class DayError(ValueError):
    """A day of which nothing can be known; its words are a whole sentence for the user."""

    def __init__(self, day: date, first: date, last: date) -> None:
        super().__init__(day_outside(day, first, last))


def within(day: date, first: date, last: date) -> date:
    """Give the day if it is one of `first` to `last`, both included.

    Raises `DayError` if it is not.
    """
    if not first <= day <= last:
        raise DayError(day, first, last)
    return day


def asked_day(named: date | None, usual: date, state: DataState, today: date) -> date:
    """Give the day that is asked about: `usual` unless one is named.

    `usual` is the day that a screen shows first; it may lie before the first report or after today where the data are
    from another time, and then the days up to it may be asked about too. Raises `DayError` if the named day lies
    before the first report or after today: nothing can be known of it.
    """
    if named is None:
        return usual
    return within(named, min(state.first_reported_on or EARLIEST, usual), max(today, usual))


def default_as_of(state: DataState, today: date) -> date:
    """Choose the day to look at first: today, or the last report when the data are from another time.

    A region whose newest report is more than 60 days old is being looked back at (a past election, a
    rehearsal): today's map would show nothing but decay.
    """
    last = state.last_reported_on
    if last is None or timedelta(0) <= today - last <= timedelta(days=FRESH_DAYS):
        return today
    return last


def default_filters(lake: Lake, region_code: str, *, as_of: date, election_code: str | None = None) -> Filters:
    """Ask the newest state the standard question."""
    return standard_question(
        snapshot_id(lake),
        elections_of(lake, region_code),
        as_of=as_of,
        election_code=election_code,
        weights=weights_in_force(lake, region_code),
    )


def standard_question(
    snapshot: int,
    elections: Calendar,
    *,
    as_of: date,
    election_code: str | None = None,
    weights: Weights | None = None,
) -> Filters:
    """Ask for the score's whole window until a day, for the usual election of that day unless one is named.

    Where none is in force the question is about no election: its code is "". `weights` are those in force; without
    them the window is that of the shipped ones.
    """
    usual = elections.asked(election_code) if election_code is not None else elections.usual(as_of)
    start = window_start(as_of, (weights or shipped_weights(elections.region_code)).window_days)
    return Filters(snapshot, elections.region_code, usual.code if usual else "", start, as_of)
