"""The judgements behind neighbours, hot-spots and the scan: every number that a person chose."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

from lib.rules import words as texts
from lib.rules.judged import Judgement, judged_tables, rules_file
from lib.rules.regions import REGIONS_FOLDER

if TYPE_CHECKING:
    from pathlib import Path


FILE_NAME = "hotspots.toml"
_SHORT_DIGEST = 12
_MOST_DAYS = 180


@dataclass(frozen=True, slots=True)
class HotspotRules:
    """Every chosen number of the hot-spots.

    Attributes
    ----------
    neighbour_tolerance_m
        Areas no further apart are neighbours.
    island_reach_m
        An area without neighbours is joined to the nearest one within this distance.
    window_days
        Days whose events can be counted; the first is what a question without a choice gets.
    least_areas, least_events
        Below these nothing is tested.
    least_prior_events
        Events that the overall rate is worth at least when a rate is smoothed.
    outlier_fence
        Rates so many quartile distances above the third quartile are tested as if they stood there.
    permutations, seed
        Draws of the conditional permutation, and where their randomness starts; the scan starts there too.
    false_discovery_rate
        Share of false ones among the areas found, at most.
    scan_days, scan_permutations, scan_probability
        Days of events that the scan reads, its draws, and the chance below which its cluster is told.
    least_points
        Fewest points that a density surface is drawn of, and that the grid is tested with.
    judgements
        Author, date and reason of each value above.
    """

    neighbour_tolerance_m: float
    island_reach_m: float
    window_days: tuple[int, ...]
    least_areas: int
    least_events: int
    least_prior_events: float
    outlier_fence: float
    permutations: int
    seed: int
    false_discovery_rate: float
    scan_days: int
    scan_permutations: int
    scan_probability: float
    least_points: int
    judgements: tuple[Judgement, ...]

    @property
    def digest(self) -> str:
        """Return the SHA-256 of all values as canonical JSON, in hexadecimal; reasons do not enter."""
        values = {key: value for key, value in asdict(self).items() if key != "judgements"}
        canonical = json.dumps(values, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def short_digest(self) -> str:
        """Return the first twelve characters of the digest, as printed on outputs."""
        return self.digest[:_SHORT_DIGEST]


JUDGED = tuple(field.name for field in fields(HotspotRules) if field.name != "judgements")


@cache
def hotspot_rules(region_code: str, *, folder: Path = REGIONS_FOLDER) -> HotspotRules:
    """Return the rules of a region: its own file as a whole where it has one, else the national one.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, or a value lies outside its range.
    """
    return read_rules(rules_file(folder, region_code, FILE_NAME))


def read_rules(file: Path) -> HotspotRules:
    """Read the rules of a file: one table per value, each with author, date and reason.

    Raises
    ------
    ProfileError
        If a key is unknown or missing, or a value lies outside its range.
    """
    entries, judgements = judged_tables(file, JUDGED)

    def whole(key: str, low: int, high: int) -> int:
        return entries[key].whole("value", low, high)

    def number(key: str, low: float, high: float) -> float:
        return entries[key].number("value", low, high)

    days = entries["window_days"].numbers("value", 7, _MOST_DAYS)
    if any(value != int(value) for value in days) or len(set(days)) < len(days):
        raise entries["window_days"].refusal("value", texts.not_whole(low=7, high=_MOST_DAYS))
    return HotspotRules(
        neighbour_tolerance_m=number("neighbour_tolerance_m", 0, 1000),
        island_reach_m=number("island_reach_m", 0, 500_000),
        window_days=tuple(int(value) for value in days),
        least_areas=whole("least_areas", 3, 10_000),
        least_events=whole("least_events", 1, 10_000),
        least_prior_events=number("least_prior_events", 0, 100),
        outlier_fence=number("outlier_fence", 1.5, 1000),
        permutations=whole("permutations", 99, 1_000_000),
        seed=whole("seed", 0, 2**32 - 1),
        false_discovery_rate=number("false_discovery_rate", 0.001, 0.5),
        scan_days=whole("scan_days", 14, 400),
        scan_permutations=whole("scan_permutations", 19, 9999),
        scan_probability=number("scan_probability", 0.001, 0.5),
        least_points=whole("least_points", 1, 10_000),
        judgements=judgements,
    )
