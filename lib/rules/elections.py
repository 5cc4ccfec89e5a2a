"""The kinds of elections, and how long one is in force where its stages do not say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from lib.rules.judged import REGIONS_FOLDER, Judged, judged, read_judged, rules_file

if TYPE_CHECKING:
    from pathlib import Path

    from lib.rules.toml import Table

FILE_NAME = "elections.toml"
WEDNESDAY_KINDS = ("pemilu_nasional", "pemilu_daerah", "pilkada", "pilkada_ulang")
REVOTES = ("psu", "pss", "psl")  # held for some TPS of an election, on the roll of that election
PIKADES = "pikades"
NO_ELECTION = "bukan_pemilu"
VOTES = (*WEDNESDAY_KINDS, *REVOTES, PIKADES)
KINDS = (*VOTES, NO_ELECTION)
_MOST_DAYS = 1000

_Spans = tuple[tuple[str, int], ...]


def _by_kind(table: Table) -> _Spans:
    values = table.table("value")
    values.allow(*KINDS)
    return tuple((kind, values.whole(kind, 0, _MOST_DAYS)) for kind in KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionRules(Judged):
    """How many days before and after its voting day an election of a kind is in force."""

    days_before_voting: _Spans = judged(_by_kind)
    days_after_voting: _Spans = judged(_by_kind)

    def before(self, kind: str) -> timedelta:
        """Give the span before voting."""
        return timedelta(days=dict(self.days_before_voting)[kind])

    def after(self, kind: str) -> timedelta:
        """Give the span after voting."""
        return timedelta(days=dict(self.days_after_voting)[kind])


@cache
def election_rules(region_code: str, *, folder: Path = REGIONS_FOLDER) -> ElectionRules:
    """Return the rules of a region: its own file as a whole where it has one, else the national one.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, or a value lies outside its range.
    """
    return read_judged(ElectionRules, rules_file(folder, region_code, FILE_NAME))
