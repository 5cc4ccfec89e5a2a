"""The judgements behind the score: every number that a person chose, with author, date and reason."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from data import digests
from data.store.states import STATES
from lib.analysis import CLASS_COUNT
from lib.rules import words as texts
from lib.rules.judged import Judged, judged, judged_keys, judged_values, judgement, number, whole
from lib.rules.structural import StructuralIndicator, read_structural, refuse_forbidden
from lib.rules.toml import Table, read_table

if TYPE_CHECKING:
    from collections.abc import Sequence
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
_SHARE_TOLERANCE = 1e-6


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


def _groups(table: Table) -> tuple[str, ...]:
    groups = table.texts("value")
    if not set(groups) <= set(SCORABLE_GROUPS):
        raise table.refusal("value", texts.not_one_of(SCORABLE_GROUPS))
    return tuple(sorted(set(groups)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights(Judged):
    """Every chosen number of the score, the alerts and the place check."""

    scheme: str
    version: str
    half_life_days: float = number(1, _LONGEST_DAYS)  # days after which an incident presses half as much
    window_days: int = whole(1, _LONGEST_DAYS)  # older incidents do not count at all
    # weight of severity 1 to 5, in this order
    severity_weights: tuple[float, ...] = judged(lambda table: _rising(table, SEVERITY_COUNT, 1000))
    # pairs of verification status and weight from 0 to 1
    credibility_weights: tuple[tuple[str, float], ...] = judged(_credibility)
    # power of the relative number of voters that an area's pressure is divided by
    exposure_exponent: float = number(0, 1)
    reference_percentile: float = number(1, 99)  # percentile of the areas' pressure that gets 50 points, frozen once
    freeze_minimum_incidents: int = whole(1, 100_000)  # fewest incidents on which that reference may be frozen
    # lower limits of classes 2 to 5 on the scale from 0 to 100
    class_cuts: tuple[float, ...] = judged(lambda table: _rising(table, CLASS_COUNT - 1, 100))
    # groups of the taxonomy that raise the score; others are shown only
    category_groups_in_score: tuple[str, ...] = judged(_groups)
    # prior exposure, and pressure per exposure that gets 50 points, until the scale is frozen
    provisional_scale: tuple[float, ...] = judged(lambda table: table.numbers("value", 0.001, 1000))
    border_m: float = number(0, 10_000)  # points nearer than this to a shared border count as on the border
    incomplete_days: int = whole(0, _LONGEST_DAYS)  # last days that charts mark as not yet fully reported
    usual_weeks: int = whole(1, 520)  # weeks whose mean is called usual when this week is compared with it
    # pairs of the score's four parts and their shares, which add up to 1
    component_weights: tuple[tuple[str, float], ...] = judged(lambda table: _shares(table, COMPONENTS))
    # surprise_window_days, surprise_baseline_weeks, surprise_minimum, surprise_full_probability: days of the window
    # of the surprise; weeks of its baseline; fewest events that can surprise; probability that gets 100 points
    surprise_window_days: int = whole(1, 90)
    surprise_baseline_weeks: int = whole(2, 104)
    surprise_minimum: int = whole(1, 100)
    surprise_full_probability: float = number(1e-9, 0.5)
    # least share of the score's weight that must rest on known data for a class to be given
    completeness_minimum: float = number(0, 1)
    # missing_percentile, structural_unknown: percentile of the region's known values that stands in for a missing
    # one; points of an indicator that is unknown everywhere
    missing_percentile: float = number(50, 100)
    structural_unknown: float = number(0, 100)
    # severe_days, severe_severity: a verified incident of at least this severity in so many days marks its area
    severe_days: int = whole(1, 90)
    severe_severity: int = whole(1, SEVERITY_COUNT)
    # support_days, support_sources: unverified reports count in full in an area where in so many days one event was
    # verified, or so many different sources reported
    support_days: int = whole(1, _LONGEST_DAYS)
    support_sources: int = whole(2, 20)
    # carrier_share, carrier_reports: a source that brings more than this share of an area's reports of those days, of
    # which there are at least so many, carries the area
    carrier_share: float = number(0.3, 0.99)
    carrier_reports: int = whole(2, 100)
    # reach_days, reach_share, reach_deviations: the class that an area may reach if this share of the reports of so
    # many days is missing, and chance adds so many standard deviations
    reach_days: int = whole(1, _LONGEST_DAYS)
    reach_share: float = number(0.01, 0.9)
    reach_deviations: float = number(0, 5)
    # monitored_sources, coverage_weeks, coverage_strength: words in the names of standing monitors' sources; weeks
    # over which their presence is reckoned; power of the inverse coverage that their incidents are weighed by, 0 (not
    # at all) to 1
    monitored_sources: tuple[str, ...] = judged(_words)
    coverage_weeks: int = whole(1, 104)
    coverage_strength: float = number(0, 1)
    # draw_count, draw_concentration, draw_half_lives: draws behind the interval of a rank; concentration of the drawn
    # shares; half-lives drawn from
    draw_count: int = whole(50, 10_000)
    draw_concentration: float = number(1, 100_000)
    draw_half_lives: tuple[float, ...] = judged(lambda table: _rising(table, None, _LONGEST_DAYS))
    # station_weights, station_half_share, proximity_m, proximity_cutoff_m: shares of the parts of a polling station's
    # score; share of a checklist that has 50 points; width and reach in metres of its nearby incidents
    station_weights: tuple[tuple[str, float], ...] = judged(lambda table: _shares(table, STATION_PARTS))
    station_half_share: float = number(0.01, 0.49)
    proximity_m: float = number(1, 100_000)
    proximity_cutoff_m: float = number(1, 100_000)
    structural: tuple[StructuralIndicator, ...]  # the indicators of the structural part

    @property
    def scale_digest(self) -> str:
        """Return the SHA-256 of the values that the frozen scale of incident pressure depends on.

        Shares of the parts, class limits and the like may change without moving the scale, so that scores
        stay comparable with those of earlier weeks.
        """
        return digests.of_values({key: getattr(self, key) for key in SCALE_FIELDS})


JUDGED = judged_keys(Weights)


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
    values = judged_values(Weights, root)
    indicators = root.tables("structural")
    if not indicators:
        raise root.refusal("structural", texts.NOT_LIST)
    if values["window_days"] < values["half_life_days"]:
        raise root.table("window_days").refusal("value", texts.WINDOW_BELOW_HALF_LIFE)
    values["judgements"] += tuple(judgement(f"structural.{table.text('code')}", table) for table in indicators)
    values["structural"] = read_structural(indicators)
    return Weights(scheme=root.text("scheme"), version=root.text("version"), **values)
