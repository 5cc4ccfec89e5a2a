"""The judgements behind the completeness of reports: every number that a person chose."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from lib.rules import words as texts
from lib.rules.judged import Judgement, judged_tables, rules_file
from lib.rules.regions import REGIONS_FOLDER

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


FILE_NAME = "completeness.toml"
_MOST_WEEKS = 520
_MOST_DAYS = 3650


@dataclass(frozen=True, slots=True)
class CompletenessRules:
    """Every chosen number of the completeness of reports.

    Attributes
    ----------
    matrix_weeks
        Weeks that the matrix of reports goes back.
    expected_weeks, expected_share
        A source is expected in an area in a week when it reported there in at least this share of so many weeks
        before.
    history_weeks
        Reports that came in earlier are not read at all.
    delay_window_days
        Days of events from which the delay of reporting is estimated.
    longest_delay_days
        Later reports are no delayed ones, but a second survey.
    delay_days_shown
        Last day of delay that the table writes out.
    minimum_delay_reports
        Fewest reports with a date that a delay of their own is estimated from.
    complete_share
        Share of a day's reports that makes the day complete.
    silence_probability
        Silence less probable than this is unusual.
    silence_baseline_weeks
        Weeks before a silence that tell the usual rate.
    silence_prior
        Reports and weeks that the gamma prior of a rate is worth.
    quiet_days
        An area that a nil report covers within so many days is known to be quiet.
    judgements
        Author, date and reason of each value above.
    """

    matrix_weeks: int
    expected_weeks: int
    expected_share: float
    history_weeks: int
    delay_window_days: int
    longest_delay_days: int
    delay_days_shown: int
    minimum_delay_reports: int
    complete_share: float
    silence_probability: float
    silence_baseline_weeks: int
    silence_prior: tuple[float, float]
    quiet_days: int
    judgements: tuple[Judgement, ...]

    def first_day(self, as_of: date) -> date:
        """Give the first day of the history that ends on a day."""
        return as_of - timedelta(weeks=self.history_weeks, days=-1)


JUDGED = tuple(field.name for field in fields(CompletenessRules) if field.name != "judgements")


@cache
def completeness_rules(region_code: str, *, folder: Path = REGIONS_FOLDER) -> CompletenessRules:
    """Return the rules of a region: its own file as a whole where it has one, else the national one.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, or a value lies outside its range.
    """
    return read_rules(rules_file(folder, region_code, FILE_NAME))


def read_rules(file: Path) -> CompletenessRules:
    """Read the rules of a file: one table per value, each with author, date and reason.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, or a value lies outside its range.
    """
    entries, judgements = judged_tables(file, JUDGED)

    def whole(key: str, most: int) -> int:
        return entries[key].whole("value", 1, most)

    def share(key: str) -> float:
        return entries[key].number("value", 0.001, 0.999)

    prior = entries["silence_prior"].numbers("value", 0.001, 1000)
    if len(prior) != 2:
        raise entries["silence_prior"].refusal("value", texts.wrong_length(2))
    longest_delay = whole("longest_delay_days", _MOST_DAYS)
    return CompletenessRules(
        matrix_weeks=whole("matrix_weeks", _MOST_WEEKS),
        expected_weeks=whole("expected_weeks", _MOST_WEEKS),
        expected_share=share("expected_share"),
        history_weeks=whole("history_weeks", _MOST_WEEKS),
        delay_window_days=whole("delay_window_days", _MOST_DAYS),
        longest_delay_days=longest_delay,
        delay_days_shown=whole("delay_days_shown", longest_delay),
        minimum_delay_reports=whole("minimum_delay_reports", 100_000),
        complete_share=share("complete_share"),
        silence_probability=share("silence_probability"),
        silence_baseline_weeks=whole("silence_baseline_weeks", _MOST_WEEKS),
        silence_prior=(prior[0], prior[1]),
        quiet_days=whole("quiet_days", _MOST_DAYS),
        judgements=judgements,
    )
