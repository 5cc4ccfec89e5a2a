"""The judgements behind the score: every number that a person chose, with author, date and reason."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import TYPE_CHECKING

from data.states import STATES
from lib.texts import profile as texts
from lib.toml_table import Table, read_table

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

SCORABLE_GROUPS = ("K", "A", "L", "S")
SEVERITY_COUNT = 5
CLASS_COUNT = 5

_LONGEST_DAYS = 3650
_SHORT_DIGEST = 12


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who chose a value of the weights, when and why; `key` is the field of `Weights`."""

    key: str
    author: str
    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Weights:
    """Every chosen number of the score, the alerts and the place check.

    Attributes
    ----------
    half_life_days
        Days after which an incident presses half as much.
    window_days
        Older incidents do not count at all.
    severity_weights
        Weight of severity 1 to 5, in this order.
    credibility_weights
        Pairs of verification status and weight from 0 to 1.
    exposure_exponent
        Power of the relative number of voters that an area's pressure is divided by.
    reference_percentile
        Percentile of the areas' pressure that gets 50 points, frozen once.
    freeze_minimum_incidents
        Fewest incidents on which that reference may be frozen.
    class_cuts
        Lower limits of classes 2 to 5 on the scale from 0 to 100.
    category_groups_in_score
        Groups of the taxonomy that raise the score; others are shown only.
    unverified_cap_class
        Highest class, 1 to 5, of an area without a verified incident in the window.
    provisional_scale
        Prior exposure, and pressure per exposure that gets 50 points, until the scale is frozen.
    border_m
        Points nearer than this to a shared border count as on the border.
    incomplete_days
        Last days that charts mark as not yet fully reported.
    usual_weeks
        Weeks whose mean is called usual when this week is compared with it.
    judgements
        Author, date and reason of each value above.
    """

    scheme: str
    version: str
    half_life_days: float
    window_days: int
    severity_weights: tuple[float, ...]
    credibility_weights: tuple[tuple[str, float], ...]
    exposure_exponent: float
    reference_percentile: float
    freeze_minimum_incidents: int
    class_cuts: tuple[float, ...]
    category_groups_in_score: tuple[str, ...]
    unverified_cap_class: int
    provisional_scale: tuple[float, ...]
    border_m: float
    incomplete_days: int
    usual_weeks: int
    judgements: tuple[Judgement, ...]

    @property
    def digest(self) -> str:
        """Return the SHA-256 of all values as canonical JSON, in hexadecimal.

        Two sets of weights share a digest exactly when scheme, version and all
        values are equal. Author, date and reason do not enter: a better worded
        reason changes no map.
        """
        values = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "judgements"}
        canonical = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def short_digest(self) -> str:
        """Return the first twelve characters of the digest, as printed on outputs."""
        return self.digest[:_SHORT_DIGEST]

    def judgement(self, key: str) -> Judgement:
        """Return who chose a field and why.

        Raises
        ------
        KeyError
            If no field of that name was chosen by anyone.
        """
        return {judgement.key: judgement for judgement in self.judgements}[key]


JUDGED = tuple(field.name for field in fields(Weights) if field.name not in {"scheme", "version", "judgements"})


def read_weights(file: Path) -> Weights:
    """Read the weights of a file: one table per value, each with author, date and reason.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, a value lies outside its range, the
        window is shorter than the half-life, or weights or limits that must
        rise do not.
    """
    root = read_table(file)
    root.allow("scheme", "version", *JUDGED)
    entries = {key: root.table(key) for key in JUDGED}
    judgements = tuple(_judgement(key, entry) for key, entry in entries.items())

    half_life = entries["half_life_days"].number("value", 1, _LONGEST_DAYS)
    window = entries["window_days"].whole("value", 1, _LONGEST_DAYS)
    if window < half_life:
        raise entries["window_days"].refusal("value", texts.WINDOW_BELOW_HALF_LIFE)
    groups = entries["category_groups_in_score"]
    if not set(groups.texts("value")) <= set(SCORABLE_GROUPS):
        raise groups.refusal("value", texts.not_one_of(SCORABLE_GROUPS))
    return Weights(
        scheme=root.text("scheme"),
        version=root.text("version"),
        half_life_days=half_life,
        window_days=window,
        severity_weights=_rising(entries["severity_weights"], SEVERITY_COUNT, 1000),
        credibility_weights=_credibility(entries["credibility_weights"]),
        exposure_exponent=entries["exposure_exponent"].number("value", 0, 1),
        reference_percentile=entries["reference_percentile"].number("value", 1, 99),
        freeze_minimum_incidents=entries["freeze_minimum_incidents"].whole("value", 1, 100_000),
        class_cuts=_rising(entries["class_cuts"], CLASS_COUNT - 1, 100),
        category_groups_in_score=tuple(sorted(set(groups.texts("value")))),
        unverified_cap_class=entries["unverified_cap_class"].whole("value", 1, CLASS_COUNT),
        provisional_scale=entries["provisional_scale"].numbers("value", 0.001, 1000),
        border_m=entries["border_m"].number("value", 0, 10_000),
        incomplete_days=entries["incomplete_days"].whole("value", 0, _LONGEST_DAYS),
        usual_weeks=entries["usual_weeks"].whole("value", 1, 520),
        judgements=judgements,
    )


def _judgement(key: str, table: Table) -> Judgement:
    table.allow("value", "author", "date", "reason")
    return Judgement(key, table.text("author"), table.day("date"), table.text("reason"))


def _rising(table: Table, count: int, high: float) -> tuple[float, ...]:
    values = table.numbers("value", 0, high)
    if len(values) != count:
        raise table.refusal("value", texts.wrong_length(count))
    if any(after <= before for before, after in pairwise(values)):
        raise table.refusal("value", texts.NOT_INCREASING)
    return values


def _credibility(table: Table) -> tuple[tuple[str, float], ...]:
    values = table.table("value")
    if set(values.values) != set(STATES):
        raise table.refusal("value", texts.wrong_keys(STATES))
    pairs = tuple((state, values.number(state, 0, 1)) for state in STATES)
    if max(weight for _, weight in pairs) > pairs[0][1]:
        raise table.refusal("value", texts.VERIFIED_NOT_HIGHEST)
    return pairs
