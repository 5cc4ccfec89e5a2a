"""The one question that a screen, a sheet or a file answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from lib.people.actor import Scope

EVERY_REPORT = Scope()


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked, of which state of the store; frozen and hashable, so that it is the only cache key.

    Incidents of the days `start` to `end`, both included, as they were known (reported) on `end`. Empty
    tuples mean all: all categories that raise the score, every verification but rejected, all districts, all
    names of sources.
    `as_it_was` is the local day whose last state was asked for; None: the newest.
    `scope` is what of the single reports the asker may see; classes, counts and maps are of the whole region for all.
    """

    snapshot: int
    region_code: str
    election_code: str
    start: date
    end: date
    categories: tuple[str, ...] = ()
    verifications: tuple[str, ...] = ()
    district_codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    as_it_was: date | None = None
    scope: Scope = EVERY_REPORT

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError("a period ends before it starts")

    def unfiltered(self) -> Filters:
        """Ask for all categories, verifications, districts and sources of the same period, state and scope."""
        return replace(self, categories=(), verifications=(), district_codes=(), sources=())

    def for_all(self) -> Filters:
        """Ask for what is the same for everybody: with a scope that holds no single report."""
        return replace(self, scope=Scope(self.region_code, frozenset(), frozenset()))

    @property
    def days(self) -> int:
        """Count the days of the period."""
        return (self.end - self.start).days + 1


def window_start(end: date, window_days: int) -> date:
    """Give the first day of the window of `window_days` that ends on `end`."""
    return end - timedelta(days=window_days - 1)
