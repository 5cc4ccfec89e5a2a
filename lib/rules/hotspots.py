"""The judgements behind neighbours, hot-spots and the scan: every number that a person chose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lib.rules import words as texts
from lib.rules.judged import REGIONS_FOLDER, Judged, judged, number, read_judged, rules_file, whole

if TYPE_CHECKING:
    from pathlib import Path

    from lib.rules.toml import Table

FILE_NAME = "hotspots.toml"
_MOST_DAYS = 180


def _days(table: Table) -> tuple[int, ...]:
    days = table.wholes("value", 7, _MOST_DAYS)
    if len(set(days)) < len(days):
        raise table.refusal("value", texts.not_whole(low=7, high=_MOST_DAYS))
    return days


@dataclass(frozen=True, slots=True, kw_only=True)
class HotspotRules(Judged):
    """Every chosen number of the hot-spots."""

    neighbour_tolerance_m: float = number(0, 1000)  # areas no further apart are neighbours
    # an area without neighbours is joined to the nearest one within this distance
    island_reach_m: float = number(0, 500_000)
    # days whose events can be counted; the first is what a question without a choice gets
    window_days: tuple[int, ...] = judged(_days)
    # least_areas, least_events: below these nothing is tested
    least_areas: int = whole(3, 10_000)
    least_events: int = whole(1, 10_000)
    # events that the overall rate is worth at least when a rate is smoothed
    least_prior_events: float = number(0, 100)
    # rates so many quartile distances above the third quartile are tested as if they stood there
    outlier_fence: float = number(1.5, 1000)
    # permutations, seed: draws of the conditional permutation, and where their randomness starts; the scan starts
    # there too
    permutations: int = whole(99, 1_000_000)
    seed: int = whole(0, 2**32 - 1)
    false_discovery_rate: float = number(0.001, 0.5)  # share of false ones among the areas found, at most
    # scan_days, scan_permutations, scan_probability: days of events that the scan reads, its draws, and the chance
    # below which its cluster is told
    scan_days: int = whole(14, 400)
    scan_permutations: int = whole(19, 9999)
    scan_probability: float = number(0.001, 0.5)
    # fewest points that a density surface is drawn of, and that the grid is tested with
    least_points: int = whole(1, 10_000)


@cache
def hotspot_rules(region_code: str, *, folder: Path = REGIONS_FOLDER) -> HotspotRules:
    """Return the rules of a region: its own file as a whole where it has one, else the national one.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, or a value lies outside its range.
    """
    return read_judged(HotspotRules, rules_file(folder, region_code, FILE_NAME))
