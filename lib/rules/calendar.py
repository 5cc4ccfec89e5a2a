"""The election calendar of a region: elections, their stages and the days left to vote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lib.rules import words as texts
from lib.rules.judged import NATIONAL
from lib.rules.toml import ProfileError, Table, read_table, refuse_duplicates

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("pemilu_nasional", "pemilu_daerah", "pilkada", "pilkada_ulang", "psu", "pss", "psl", "pikades")
WEDNESDAY_KINDS = ("pemilu_nasional", "pemilu_daerah", "pilkada", "pilkada_ulang")
QUIET_PERIOD = "masa-tenang"
VOTING = "pemungutan"

_WEDNESDAY = 2
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE_SHAPE = "huruf kecil dan angka dengan tanda hubung, misalnya pilkada-2024"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of an election, from `start` to `end`, both days included.

    `concurrent` marks work that runs beside a stage and does not name the day
    (moving ballots on the last quiet day). `verify` marks dates from memory or
    by derivation that nobody has yet compared with the regulation.
    """

    code: str
    name: str
    start: date
    end: date
    source: str
    concurrent: bool
    verify: bool

    @property
    def day_count(self) -> int:
        """Count the days of the stage, both ends included."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Election:
    """An election with its voting day, the legal limit per polling station and its stages.

    `voting_day_exception` is the reason why the day is no Wednesday, or empty.
    """

    code: str
    name: str
    kind: str
    voting_day: date
    max_voters_per_station: int
    legal_source: str
    verify: bool
    voting_day_exception: str
    stages: tuple[Stage, ...]

    def days_to_vote(self, day: date) -> int:
        """Count the days from `day` to voting day: 0 on it, negative after it."""
        return (self.voting_day - day).days

    def stage_on(self, day: date) -> Stage | None:
        """Return the stage that names a day, or None between stages.

        Stages overlap. Main stages come before concurrent ones, then the
        shortest wins because it says most about the day, then the one written
        first.
        """
        running = [stage for stage in self.stages if stage.start <= day <= stage.end]
        return min(running, key=lambda stage: (stage.concurrent, stage.day_count), default=None)

    def stage(self, code: str) -> Stage | None:
        """Return the stage with a code, or None where this election has none."""
        return next((stage for stage in self.stages if stage.code == code), None)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The elections of one region in the order of their voting days."""

    region_code: str
    elections: tuple[Election, ...]

    def election(self, code: str) -> Election:
        """Return the election with a code.

        Raises
        ------
        ProfileError
            If the calendar lacks it.
        """
        for election in self.elections:
            if election.code == code:
                return election
        known = [election.code for election in self.elections]
        raise ProfileError(texts.unknown_election(region=self.region_code, code=code, known=known))

    def default_election(self, as_of: date) -> Election:
        """Return the next election on or after a day, or the last one when none is left."""
        coming = (election for election in self.elections if election.voting_day >= as_of)
        return next(coming, self.elections[-1])


def read_calendar(code: str, regions: Path) -> Calendar:
    """Read the calendar of a region, with the national elections where it extends them.

    A region without a folder of its own has the national calendar. A region's
    file that does not say `extends` stands alone, as in the fictional city.

    Raises
    ------
    ProfileError
        If a file breaks a rule: unknown keys, an election written twice, a
        voting day that is no Wednesday, stages out of order or ending before
        they start, a quiet period that does not end the day before voting.
    """
    own, national = (regions / folder / "calendar.toml" for folder in (code, NATIONAL))
    if not own.is_file():
        return Calendar(code, _elections(_entries(national)))
    root = read_table(own)
    root.allow("extends", "elections")
    entries = root.tables("elections")
    if "extends" in root:
        root.choice("extends", (NATIONAL,))
        entries = (*_entries(national), *entries)
    if not entries:
        raise root.refusal("elections", texts.NOT_LIST)
    return Calendar(code, _elections(entries))


def _entries(national: Path) -> tuple[Table, ...]:
    root = read_table(national)
    root.allow("elections")
    if "elections" not in root:
        raise root.refusal("elections", texts.NOT_LIST)
    return root.tables("elections")


def _elections(entries: tuple[Table, ...]) -> tuple[Election, ...]:
    refuse_duplicates(entries, "code")
    return tuple(sorted(map(_election, entries), key=lambda election: election.voting_day))


def _election(table: Table) -> Election:
    table.allow(
        "code",
        "name",
        "kind",
        "voting_day",
        "voting_day_exception",
        "max_voters_per_station",
        "legal_source",
        "verify",
        "stages",
    )
    kind = table.choice("kind", KINDS)
    voting_day = table.day("voting_day")
    exception = table.optional(table.text, "voting_day_exception") or ""
    off_wednesday = kind in WEDNESDAY_KINDS and voting_day.weekday() != _WEDNESDAY
    if off_wednesday and not exception:
        raise table.refusal("voting_day", texts.not_wednesday(voting_day))
    if exception and not off_wednesday:
        raise table.refusal("voting_day_exception", texts.NEEDLESS_EXCEPTION)
    return Election(
        code=table.code("code", _CODE, _CODE_SHAPE),
        name=table.text("name"),
        kind=kind,
        voting_day=voting_day,
        max_voters_per_station=table.whole("max_voters_per_station", 1, 2000),
        legal_source=table.text("legal_source"),
        verify=table.flag("verify"),
        voting_day_exception=exception,
        stages=_stages(table.tables("stages"), voting_day),
    )


def _stages(tables: tuple[Table, ...], voting_day: date) -> tuple[Stage, ...]:
    refuse_duplicates(tables, "code")
    stages: list[Stage] = []
    for table in tables:
        stage = _stage(table)
        if stages and stage.start < stages[-1].start:
            raise table.refusal("start", texts.out_of_order(stages[-1].name))
        if stage.code == QUIET_PERIOD and stage.end != voting_day - timedelta(days=1):
            raise table.refusal("end", texts.quiet_period_end(voting_day - timedelta(days=1)))
        if stage.code == VOTING and not stage.start == stage.end == voting_day:
            raise table.refusal("start", texts.not_voting_day(voting_day))
        stages.append(stage)
    return tuple(stages)


def _stage(table: Table) -> Stage:
    table.allow("code", "name", "start", "end", "source", "concurrent", "verify")
    stage = Stage(
        code=table.code("code", _CODE, _CODE_SHAPE),
        name=table.text("name"),
        start=table.day("start"),
        end=table.day("end"),
        source=table.text("source"),
        concurrent=table.flag("concurrent"),
        verify=table.flag("verify"),
    )
    if stage.end < stage.start:
        raise table.refusal("end", texts.END_BEFORE_START)
    return stage
