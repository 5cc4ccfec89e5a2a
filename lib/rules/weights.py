"""The judgements behind the score: every number that a person chose, with author, date and reason."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from typing import TYPE_CHECKING

from data.store.states import STATES
from lib.analysis.classes import CLASS_COUNT
from lib.rules import words as texts
from lib.rules.judged import Judgement
from lib.rules.structural import StructuralIndicator, read_structural, refuse_forbidden
from lib.rules.toml import Table, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SCORABLE_GROUPS = ("K", "A", "L", "S")
SEVERITY_COUNT = 5
COMPONENTS = ("struktural", "kejadian", "sekitar", "lonjakan")
STATION_PARTS = ("daftar_periksa", "kelurahan", "kedekatan")
SCALE_FIELDS = (
    "half_life_days",
    "window_days",
    "severity_weights",
    "credibility_weights",
    "exposure_exponent",
    "reference_percentile",
    "category_groups_in_score",
)

_LONGEST_DAYS = 3650
_SHORT_DIGEST = 12
_SHARE_TOLERANCE = 1e-6


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
    component_weights
        Pairs of the score's four parts and their shares, which add up to 1.
    surprise_window_days, surprise_baseline_weeks, surprise_minimum, surprise_full_probability
        Days of the window of the surprise; weeks of its baseline; fewest events that can surprise;
        probability that gets 100 points.
    class_hysteresis
        Points by which a score must fall below the limit of its class before the class falls.
    completeness_minimum
        Least share of the score's weight that must rest on known data for a class to be given.
    missing_percentile, structural_unknown
        Percentile of the region's known values that stands in for a missing one; points of an indicator that
        is unknown everywhere.
    floor_days, floor_severity, floor_class
        A verified incident of at least this severity in so many days lifts an area to this class, 1 to 5.
    monitored_sources, coverage_weeks, coverage_strength
        Words in the names of standing monitors' sources; weeks over which their presence is reckoned; power
        of the inverse coverage that their incidents are weighed by, 0 (not at all) to 1.
    draw_count, draw_concentration, draw_half_lives
        Draws behind the interval of a rank; concentration of the drawn shares; half-lives drawn from.
    station_weights, proximity_m, proximity_cutoff_m
        Shares of the parts of a polling station's score; width and reach in metres of its nearby incidents.
    structural
        The indicators of the structural part.
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
    component_weights: tuple[tuple[str, float], ...]
    surprise_window_days: int
    surprise_baseline_weeks: int
    surprise_minimum: int
    surprise_full_probability: float
    class_hysteresis: float
    completeness_minimum: float
    missing_percentile: float
    structural_unknown: float
    floor_days: int
    floor_severity: int
    floor_class: int
    monitored_sources: tuple[str, ...]
    coverage_weeks: int
    coverage_strength: float
    draw_count: int
    draw_concentration: float
    draw_half_lives: tuple[float, ...]
    station_weights: tuple[tuple[str, float], ...]
    proximity_m: float
    proximity_cutoff_m: float
    structural: tuple[StructuralIndicator, ...]
    judgements: tuple[Judgement, ...]

    @property
    def digest(self) -> str:
        """Return the SHA-256 of all values as canonical JSON, in hexadecimal.

        Two sets of weights share a digest exactly when scheme, version and all
        values are equal. Author, date and reason do not enter: a better worded
        reason changes no map.
        """
        values = {key: value for key, value in asdict(self).items() if key != "judgements"}
        return _digest(values)

    @property
    def scale_digest(self) -> str:
        """Return the SHA-256 of the values that the frozen scale of incident pressure depends on.

        Shares of the parts, class limits and the like may change without moving the scale, so that scores
        stay comparable with those of earlier weeks.
        """
        return _digest({key: getattr(self, key) for key in SCALE_FIELDS})

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


JUDGED = tuple(
    field.name for field in fields(Weights) if field.name not in {"scheme", "version", "structural", "judgements"}
)


def read_weights(file: Path) -> Weights:
    """Read the weights of a file: one table per value, each with author, date and reason.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, a value lies outside its range, the
        window is shorter than the half-life, or weights or limits that must
        rise do not.
    """
    return weights_of(read_table(file))


def weights_of(root: Table) -> Weights:
    """Read the weights of a root table; as `read_weights`."""
    root.allow("scheme", "version", "structural", *JUDGED)
    entries = {key: root.table(key) for key in JUDGED}
    indicators = root.tables("structural")
    if not indicators:
        raise root.refusal("structural", texts.NOT_LIST)
    judgements = tuple(_judgement(key, entry) for key, entry in entries.items())
    judgements += tuple(_of_indicator(table) for table in indicators)

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
        component_weights=_shares(entries["component_weights"], COMPONENTS),
        surprise_window_days=entries["surprise_window_days"].whole("value", 1, 90),
        surprise_baseline_weeks=entries["surprise_baseline_weeks"].whole("value", 2, 104),
        surprise_minimum=entries["surprise_minimum"].whole("value", 1, 100),
        surprise_full_probability=entries["surprise_full_probability"].number("value", 1e-9, 0.5),
        class_hysteresis=entries["class_hysteresis"].number("value", 0, 50),
        completeness_minimum=entries["completeness_minimum"].number("value", 0, 1),
        missing_percentile=entries["missing_percentile"].number("value", 50, 100),
        structural_unknown=entries["structural_unknown"].number("value", 0, 100),
        floor_days=entries["floor_days"].whole("value", 1, 90),
        floor_severity=entries["floor_severity"].whole("value", 1, SEVERITY_COUNT),
        floor_class=entries["floor_class"].whole("value", 1, CLASS_COUNT),
        monitored_sources=_words(entries["monitored_sources"]),
        coverage_weeks=entries["coverage_weeks"].whole("value", 1, 104),
        coverage_strength=entries["coverage_strength"].number("value", 0, 1),
        draw_count=entries["draw_count"].whole("value", 50, 10_000),
        draw_concentration=entries["draw_concentration"].number("value", 1, 100_000),
        draw_half_lives=_rising(entries["draw_half_lives"], None, _LONGEST_DAYS),
        station_weights=_shares(entries["station_weights"], STATION_PARTS),
        proximity_m=entries["proximity_m"].number("value", 1, 100_000),
        proximity_cutoff_m=entries["proximity_cutoff_m"].number("value", 1, 100_000),
        structural=read_structural(indicators),
        judgements=judgements,
    )


def _digest(values: Mapping[str, object]) -> str:
    canonical = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _judgement(key: str, table: Table) -> Judgement:
    table.allow("value", "author", "date", "reason")
    return Judgement(key, table.text("author"), table.day("date"), table.text("reason"))


def _of_indicator(table: Table) -> Judgement:
    key = f"structural.{table.text('code')}"
    return Judgement(key, table.text("author"), table.day("date"), table.text("reason"))


def _rising(table: Table, count: int | None, high: float) -> tuple[float, ...]:
    values = table.numbers("value", 0, high)
    if count is not None and len(values) != count:
        raise table.refusal("value", texts.wrong_length(count))
    if any(after <= before for before, after in pairwise(values)):
        raise table.refusal("value", texts.NOT_INCREASING)
    return values


def _shares(table: Table, keys: Sequence[str]) -> tuple[tuple[str, float], ...]:
    values = table.table("value")
    for key in values.values:
        refuse_forbidden(table, "value", key)
    if set(values.values) != set(keys):
        raise table.refusal("value", texts.wrong_keys(keys))
    pairs = tuple((key, values.number(key, 0, 1)) for key in keys)
    if abs(sum(share for _, share in pairs) - 1) > _SHARE_TOLERANCE:
        raise table.refusal("value", texts.NOT_WHOLE)
    return pairs


def _words(table: Table) -> tuple[str, ...]:
    words = table.texts("value")
    for word in words:
        refuse_forbidden(table, "value", word)
    return tuple(sorted({word.casefold() for word in words}))


def _credibility(table: Table) -> tuple[tuple[str, float], ...]:
    values = table.table("value")
    if set(values.values) != set(STATES):
        raise table.refusal("value", texts.wrong_keys(STATES))
    pairs = tuple((state, values.number(state, 0, 1)) for state in STATES)
    if max(weight for _, weight in pairs) > pairs[0][1]:
        raise table.refusal("value", texts.VERIFIED_NOT_HIGHEST)
    return pairs
