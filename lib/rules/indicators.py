"""The indicators by which Bawaslu calls a polling station at risk, each in one sub-score."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lib.rules import words as texts
from lib.rules.toml import FACTS_FOLDER, ProfileError, Table, read_table, refuse_duplicates

if TYPE_CHECKING:
    from pathlib import Path

INDICATORS_FILE = FACTS_FOLDER / "indicators.toml"

# Not a sub-score of risk: what voters need, shown apart.
SERVICE = "layanan"

_CODE = re.compile(r"V[1-9]\.[1-9]")


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """A sub-score: conflict, administration or logistics."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A yes-or-no statement about a polling station.

    `group` is the only sub-score that it enters. `accessibility` marks a need
    of voters: common, and no sign of risk at all, so that it enters none.
    """

    code: str
    text: str
    variable: str
    group: str
    accessibility: bool


@dataclass(frozen=True, slots=True)
class IndicatorList:
    """All indicators in the order of their codes, with the source of the list."""

    source: str
    groups: tuple[IndicatorGroup, ...]
    indicators: tuple[Indicator, ...]

    def indicator(self, code: str) -> Indicator:
        """Return the indicator with a code.

        Raises
        ------
        ProfileError
            If there is none.
        """
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        known = [indicator.code for indicator in self.indicators]
        raise ProfileError(texts.unknown_code(what="indikator", code=code, known=known))


@cache
def indicator_list(file: Path = INDICATORS_FILE) -> IndicatorList:
    """Read the list of indicators.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, a code stands twice, or an indicator
        names no listed group or variable.
    """
    root = read_table(file)
    root.allow("source", "groups", "variables", "indicators")
    groups, variables, entries = (root.tables(key) for key in ("groups", "variables", "indicators"))
    for tables in (groups, variables, entries):
        refuse_duplicates(tables, "code")
    if not entries:
        raise root.refusal("indicators", texts.NOT_LIST)
    group_list = tuple(map(_group, groups))
    names = dict(map(_variable, variables))
    read = (_indicator(table, [group.code for group in group_list], names) for table in entries)
    return IndicatorList(root.text("source"), group_list, tuple(sorted(read, key=lambda indicator: indicator.code)))


def indicator_codes() -> tuple[str, ...]:
    """Return the codes of all shipped indicators in their order."""
    return tuple(indicator.code for indicator in indicator_list().indicators)


def _group(table: Table) -> IndicatorGroup:
    table.allow("code", "name")
    return IndicatorGroup(table.text("code"), table.text("name"))


def _variable(table: Table) -> tuple[str, str]:
    table.allow("code", "name")
    return table.text("code"), table.text("name")


def _indicator(table: Table, groups: list[str], variables: dict[str, str]) -> Indicator:
    table.allow("code", "text", "group", "accessibility")
    code = table.code("code", _CODE, "V1.1")
    variable, _, _ = code.partition(".")
    if variable not in variables:
        raise table.refusal("code", texts.not_one_of(variables))
    return Indicator(
        code=code,
        text=table.text("text"),
        variable=variables[variable],
        group=table.choice("group", groups),
        accessibility=table.flag("accessibility"),
    )
