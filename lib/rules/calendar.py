"""The election calendar of a region: elections, their stages, the days left to vote, and which are in force."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lib.rules import words as texts
from lib.rules.elections import KINDS, NO_ELECTION, PIKADES, REVOTES, WEDNESDAY_KINDS, ElectionRules, election_rules
from lib.rules.judged import NATIONAL
from lib.rules.toml import ProfileError, Table, read_table, refuse_duplicates

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

QUIET_PERIOD = "masa-tenang"
VOTING = "pemungutan"
DISPUTES = "sengketa"

BRIEF_DAYS = 7

_WEDNESDAY = 2
_STATION = re.compile(r"\d{2}\.\d{2}\.\d{2}\.[123]\d{3}/\d{3}")
_STATION_SHAPE = "kode kelurahan/desa, garis miring, nomor TPS, misalnya 14.72.02.1004/006"
_AREA = re.compile(r"\d{2}\.\d{2}\.\d{2}\.[23]\d{3}")  # 1 begins a kelurahan, whose head nobody votes for
_AREA_SHAPE = (
    "kode desa, misalnya 61.02.01.2001; kode yang bagian akhirnya diawali angka 1 adalah kelurahan, "
    "yang tidak memilih dalam Pikades"
)
ELECTION_KEYS = (
    "code",
    "name",
    "kind",
    "voting_day",
    "voting_day_exception",
    "max_voters_per_station",
    "legal_source",
    "verify",
    "repeats",
    "stations",
    "areas",
    "e_voting",
    "stages",
)
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

    Of the kind `NO_ELECTION` it is an occasion with a day of its own: nobody votes, so it has no limit (0) and
    neither DPT nor TPS.
    """

    code: str
    name: str
    kind: str
    voting_day: date
    max_voters_per_station: int
    legal_source: str
    verify: bool  # the voting day has not been compared with the regulation
    voting_day_exception: str  # the reason why the day is no Wednesday, or empty
    stages: tuple[Stage, ...]
    opens_on: date  # first and last day on which it is in force; see `Calendar.in_force`
    closes_on: date
    repeats: str = ""  # of a vote that is held again at some TPS: the code of the election it repeats
    stations: tuple[str, ...] = ()  # the TPS that vote, as area code/number; empty: all
    areas: tuple[str, ...] = ()  # the desa that vote in a Pikades; empty: not stated
    e_voting: bool = False
    recorded_by: str = ""  # who entered it in the store, and on which day; empty where it was shipped
    recorded_on: date | None = None

    @property
    def is_election(self) -> bool:
        """Tell whether anybody votes."""
        return self.kind != NO_ELECTION

    @property
    def has_roll(self) -> bool:
        """Tell whether DPT and TPS are listed under its own code."""
        return self.is_election and not self.repeats

    @property
    def covers_region(self) -> bool:
        """Tell whether the whole region votes on a roll of its own, not some TPS or desa of it."""
        return self.has_roll and self.kind not in REVOTES and not self.areas

    @property
    def roll_code(self) -> str:
        """Return the code that the DPT and TPS of this vote are listed under."""
        return self.repeats or self.code

    def days_to_vote(self, day: date) -> int:
        """Count the days from `day` to voting day: 0 on it, negative after it."""
        return (self.voting_day - day).days

    def stage_on(self, day: date) -> Stage | None:
        """Return the stage that names a day, or None between stages.

        A stage is over once a later one begins, whatever its last day: names are fixed, so nobody registers any
        more. Of stages that begin together the shortest wins because it says most about the day, then the one
        written first. A concurrent stage ends none and names the day only where no other stage runs.
        """
        main = [stage for stage in self.stages if not stage.concurrent and stage.start <= day]
        newest = max((stage.start for stage in main), default=day)
        running = [stage for stage in main if stage.start == newest and day <= stage.end] or [
            stage for stage in self.stages if stage.concurrent and stage.start <= day <= stage.end
        ]
        return min(running, key=lambda stage: stage.day_count, default=None)

    def stage_after(self, day: date) -> Stage | None:
        """Return the first of the shown stages that begins after a day, or None after the last."""
        return next((stage for stage in self.shown_stages() if stage.start > day), None)

    def shown_stages(self) -> tuple[Stage, ...]:
        """List the stages that lists and charts show: all but brief work beside another stage."""
        return tuple(stage for stage in self.stages if not stage.concurrent or stage.day_count > BRIEF_DAYS)

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

    def asked(self, code: str) -> Election | None:
        """Return the election that a question is about, None for the code "" of a question about none.

        Raises
        ------
        ProfileError
            As `election`.
        """
        return self.election(code) if code else None

    def in_force(self, day: date) -> tuple[Election, ...]:
        """List the elections in force on a day, the nearest voting day first, a coming one before a past one.

        An election is in force from its first stage, or from a stated span before voting where that is earlier
        (not every stage is known), until its disputes end: the last day of that stage, or where it is not known a
        stated span after voting, and never before its last stage ends.
        """
        found = [election for election in self.elections if election.opens_on <= day <= election.closes_on]
        return tuple(sorted(found, key=lambda e: (abs(e.days_to_vote(day)), e.days_to_vote(day) < 0, e.code)))

    def usual(self, day: date) -> Election | None:
        """Return the election a question about a day is about unless one is named, or None where none is in force.

        It is the nearest in force that covers the region: every score rests on its DPT and TPS, which a nearer
        revote, Pikades or occasion must not take away. Only where none such is in force it is the nearest other.
        """
        running = self.in_force(day)
        return next((election for election in running if election.covers_region), next(iter(running), None))

    def with_roll(self) -> tuple[Election, ...]:
        """List the elections that DPT and TPS can be imported for, in the order of their voting days."""
        return tuple(election for election in self.elections if election.has_roll)

    def example(self, day: date) -> Election | None:
        """Return the election that an example of a file names: of those with a roll the nearest, in force or not."""
        return min(self.with_roll(), key=lambda election: abs(election.days_to_vote(day)), default=None)

    def with_entries(self, entries: Iterable[Election], withdrawn: Iterable[str] = ()) -> Calendar:
        """Return the calendar with elections added, or put in the place of those with their codes.

        Raises
        ------
        ProfileError
            If an election repeats one that the calendar lacks.
        """
        known = {election.code: election for election in (*self.elections, *entries)}
        for code in withdrawn:
            known.pop(code, None)
        return Calendar(self.region_code, in_order(known.values()))


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
    rules = election_rules(code, folder=regions)
    if not own.is_file():
        return Calendar(code, _elections(_entries(national), rules))
    root = read_table(own)
    root.allow("extends", "elections")
    entries = root.tables("elections")
    if "extends" in root:
        root.choice("extends", (NATIONAL,))
        entries = (*_entries(national), *entries)
    if not entries:
        raise root.refusal("elections", texts.NOT_LIST)
    return Calendar(code, _elections(entries, rules))


def _entries(national: Path) -> tuple[Table, ...]:
    root = read_table(national)
    root.allow("elections")
    if "elections" not in root:
        raise root.refusal("elections", texts.NOT_LIST)
    return root.tables("elections")


def _elections(entries: tuple[Table, ...], rules: ElectionRules) -> tuple[Election, ...]:
    refuse_duplicates(entries, "code")
    return in_order([read_election(entry, rules) for entry in entries])


def in_order(elections: Iterable[Election]) -> tuple[Election, ...]:
    """Put elections in the order of their voting days.

    Raises
    ------
    ProfileError
        If one repeats an election that is not among them.
    """
    found = tuple(sorted(elections, key=lambda election: (election.voting_day, election.code)))
    codes = {election.code for election in found}
    for election in found:
        if election.repeats and election.repeats not in codes:
            raise ProfileError(texts.unknown_repeated(election.code, election.repeats, sorted(codes)))
    return found


def read_election(table: Table, rules: ElectionRules) -> Election:
    """Read one election.

    Raises
    ------
    ProfileError
        As `read_calendar`; also if TPS are named where no vote is repeated, or desa where it is no Pikades.
    """
    table.allow(*ELECTION_KEYS)
    kind = table.choice("kind", KINDS)
    voting_day = table.day("voting_day")
    exception = table.optional(table.text, "voting_day_exception") or ""
    off_wednesday = kind in WEDNESDAY_KINDS and voting_day.weekday() != _WEDNESDAY
    if off_wednesday and not exception:
        raise table.refusal("voting_day", texts.not_wednesday(voting_day))
    if exception and not off_wednesday:
        raise table.refusal("voting_day_exception", texts.NEEDLESS_EXCEPTION)
    for key, kinds in (("repeats", REVOTES), ("stations", REVOTES), ("areas", (PIKADES,)), ("e_voting", (PIKADES,))):
        if key in table and kind not in kinds:
            raise table.refusal(key, texts.other_kind(kinds))
    if kind == NO_ELECTION and "max_voters_per_station" in table:
        raise table.refusal("max_voters_per_station", texts.NOBODY_VOTES)
    stages = _stages(table.tables("stages"), voting_day)
    return Election(
        code=table.code("code", _CODE, _CODE_SHAPE),
        name=table.text("name"),
        kind=kind,
        voting_day=voting_day,
        max_voters_per_station=0 if kind == NO_ELECTION else table.whole("max_voters_per_station", 1, 2000),
        legal_source=table.text("legal_source"),
        verify=table.flag("verify"),
        voting_day_exception=exception,
        stages=stages,
        opens_on=min(voting_day - rules.before(kind), *(stage.start for stage in stages), voting_day),
        closes_on=_last_day(voting_day, stages, rules.after(kind)),
        repeats=table.optional(table.text, "repeats") or "",
        stations=_codes(table, "stations", _STATION, _STATION_SHAPE),
        areas=_codes(table, "areas", _AREA, _AREA_SHAPE),
        e_voting=table.flag("e_voting"),
    )


def _last_day(voting_day: date, stages: tuple[Stage, ...], after: timedelta) -> date:
    last = max((stage.end for stage in stages), default=voting_day)
    known = any(stage.code == DISPUTES for stage in stages)
    return max(last, voting_day) if known else max(last, voting_day + after)


def _codes(table: Table, key: str, pattern: re.Pattern[str], shape: str) -> tuple[str, ...]:
    codes = table.optional(table.texts, key) or ()
    if not all(pattern.fullmatch(code) for code in codes):
        raise table.refusal(key, texts.bad_pattern(shape))
    return tuple(sorted(set(codes)))


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
