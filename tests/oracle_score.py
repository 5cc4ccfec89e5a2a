"""The score of areas again, in plain loops over the written rules: slow, without arrays, knowing no lib.analysis.

It reads what people chose (`lib.rules`) and the sentences that say what follows from it; nothing else of the product.
Numbers are floats of one event after the other, so that each line can be checked with a pencil.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lib.rules.taxonomy import taxonomy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from lib.rules.weights import Weights

VERIFIED_STATES = ("terverifikasi", "ditangani", "selesai")
STRONGEST_PRIOR = 1000.0
LEAST_WEIGHT, MOST_WEIGHT = 0.25, 4.0


@dataclass(frozen=True)
class Report:
    """A report of one incident; `area` None is a place known to the kecamatan only."""

    area: int | None
    occurred: date
    reported: date
    category: str
    severity: int
    state: str
    source: str


@dataclass(frozen=True)
class Nil:
    """A report that nothing was seen in an area."""

    area: int
    reported: date
    source: str


@dataclass(frozen=True)
class Little:
    """A little region: voters of each area, which areas touch (None: without polygon), known structural values."""

    voters: Sequence[float | None]
    neighbours: Sequence[Sequence[int] | None]
    structure: Sequence[Mapping[str, float]]
    reports: Sequence[Report]
    nils: Sequence[Nil]


@dataclass(frozen=True)
class Frozen:
    """The frozen scale: the prior's pressure and exposure, and the pressure that gets 50 points."""

    pressure: float
    exposure: float
    reference: float


@dataclass(frozen=True)
class Scored:
    """What the rules give one area; `withheld` are points of reports that stand alone."""

    parts: tuple[float, float, float, float]
    contributions: tuple[float, float, float, float]
    withheld: float
    score: float
    upper: float
    theta: float
    observed: int
    expected: float | None
    probability: float | None


def score_areas(region: Little, rules: Weights, scale: Frozen, day: date) -> list[Scored]:
    """Score every area of a little region on a day."""
    areas = range(len(region.voters))
    shares = [share for _, share in rules.component_weights]
    structural = [filled_structure(region, rules, a, missing=None) for a in areas]
    worst = [filled_structure(region, rules, a, missing=100.0) for a in areas]
    surprises = surprise(region, rules, day, scored_reports(region, rules))

    def full_parts(counted: Sequence[Report]) -> list[tuple[float, float, float, float]]:
        """Give the four parts that some of the reports make, by the baseline of all of them."""
        theta = pressures(region, rules, scale, day, counted)
        around = neighbours(region, rules, scale, theta)
        found = surprise(region, rules, day, counted)
        return [(structural[a], saturated(theta[a], scale), around[a], found[a][0]) for a in areas]

    def weighted(four: Sequence[float]) -> tuple[float, ...]:
        return tuple(share / sum(shares) * part for share, part in zip(shares, four, strict=True))

    every = full_parts(scored_reports(region, rules))
    checked = full_parts(backed_reports(region, rules, day))
    theta = pressures(region, rules, scale, day, scored_reports(region, rules))
    just_under = rules.class_cuts[2] - 0.1  # the third cut is where Tinggi begins
    found = []
    for a in areas:
        _, own, around, points = every[a]
        gives = weighted(every[a])
        full, sure = sum(gives), sum(weighted(checked[a]))
        score = max(min(sure, full), min(full, just_under))
        upper = sum(weighted((worst[a], own, 100.0 if region.neighbours[a] is None else around, points)))
        _, observed, expected, probability = surprises[a]
        found.append(
            Scored(every[a], gives, full - score, score, upper, theta[a], observed, expected, probability)  # type: ignore[arg-type]
        )
    return found


def pressures(region: Little, rules: Weights, scale: Frozen, day: date, counted: Sequence[Report]) -> list[float]:
    """Give the shrunk pressure of every area that some reports make."""
    exposure = exposures(region, rules)
    pressing = pressing_reports(rules, day, counted)
    return [
        (scale.pressure + sum(pressed(region, rules, report, day) for report in pressing if report.area == a))
        / (scale.exposure + exposure[a])
        for a in range(len(region.voters))
    ]


def backed_reports(region: Little, rules: Weights, day: date) -> list[Report]:
    """Keep the reports that something stands behind: they are verified, or their area has support."""
    return [
        report
        for report in scored_reports(region, rules)
        if report.state in VERIFIED_STATES or has_support(region, rules, day, report.area)
    ]


def has_support(region: Little, rules: Weights, day: date, area: int | None) -> bool:
    """Tell whether, in the last days, an event of the area was verified or several sources reported on it."""
    recent = [
        report
        for report in scored_reports(region, rules)
        if report.area == area and report.reported <= day and 0 <= (day - report.occurred).days < rules.support_days
    ]
    sources = {" ".join(report.source.split()).casefold() for report in recent} - {""}
    return any(report.state in VERIFIED_STATES for report in recent) or len(sources) >= rules.support_sources


def scored_reports(region: Little, rules: Weights) -> list[Report]:
    """Keep what raises a score: placed, of a scored group, not rejected."""
    groups = {category.code: category.group for category in taxonomy().categories}
    return [
        report
        for report in region.reports
        if report.area is not None
        and groups[report.category] in rules.category_groups_in_score
        and report.state != "ditolak"
    ]


def pressing_reports(rules: Weights, day: date, counted: Sequence[Report]) -> list[Report]:
    """Keep what presses on a day: known by then, happened by then, not older than the window."""
    return [
        report
        for report in counted
        if report.reported <= day and 0 <= (day - report.occurred).days < rules.window_days
    ]


def pressed(region: Little, rules: Weights, report: Report, day: date) -> float:
    """Weigh one report: severity, credibility, half for each half-life, less where a monitor always stands."""
    credibility = dict(rules.credibility_weights)[report.state]
    weight = rules.severity_weights[report.severity - 1] * credibility
    weight *= 0.5 ** ((day - report.occurred).days / rules.half_life_days)
    if is_monitor(report.source, rules):
        weight *= monitor_weights(region, rules, day)[report.area or 0]
    return float(weight)


def is_monitor(source: str, rules: Weights) -> bool:
    return any(word.casefold() in source.casefold() for word in rules.monitored_sources)


def monitor_weights(region: Little, rules: Weights, day: date) -> list[float]:
    """Weigh a monitor's finding in each area by how seldom one was there in the weeks before this Monday."""
    yesterday = monday(day) - timedelta(days=1)
    visited: list[set[int]] = [set() for _ in region.voters]
    for visit in (*region.reports, *region.nils):
        age = (yesterday - visit.reported).days
        if visit.area is not None and is_monitor(visit.source, rules) and 0 <= age < 7 * rules.coverage_weeks:
            visited[visit.area].add(age // 7)
    if not any(visited):
        return [1.0 for _ in visited]
    present = [max(len(weeks), 1) / rules.coverage_weeks for weeks in visited]
    mean = sum(present) / len(present)
    return [min(max((mean / own) ** rules.coverage_strength, LEAST_WEIGHT), MOST_WEIGHT) for own in present]


def monday(day: date) -> date:
    while day.isoweekday() != 1:
        day -= timedelta(days=1)
    return day


def exposures(region: Little, rules: Weights) -> list[float]:
    """Give each area the power of its voters over the mean; 1 where nobody knows them."""
    known = [count for count in region.voters if count]
    if not known:
        return [1.0 for _ in region.voters]
    mean = sum(known) / len(known)
    return [(count / mean) ** rules.exposure_exponent if count else 1.0 for count in region.voters]


def saturated(theta: float, scale: Frozen) -> float:
    return 100.0 * (1.0 - 0.5 ** (theta / scale.reference))


def neighbours(region: Little, rules: Weights, scale: Frozen, theta: Sequence[float]) -> list[float]:
    """Score the mean pressure next door; an island gets 0, an area without polygon what most others have."""
    found: list[float | None] = []
    for beside in region.neighbours:
        if beside is None:
            found.append(None)
        elif not beside:
            found.append(0.0)
        else:
            found.append(saturated(sum(theta[other] for other in beside) / len(beside), scale))
    known = [value for value in found if value is not None]
    stand_in = percentile(known, rules.missing_percentile) if known else rules.structural_unknown
    return [stand_in if value is None else value for value in found]


def filled_structure(region: Little, rules: Weights, area: int, *, missing: float | None) -> float:
    """Average the indicators of an area; a missing one is `missing`, by default what most known areas have."""
    total, weight = 0.0, 0.0
    for indicator in rules.structural:
        key = indicator.code if indicator.source == "impor" else indicator.source

        def goal(value: float, low: float = indicator.low, high: float = indicator.high) -> float:
            return min(max((value - low) / (high - low), 0.0), 1.0)

        def points(value: float, goal: Callable[[float], float] = goal, *, up: bool = indicator.rising) -> float:
            return 100.0 * (goal(value) if up else 1.0 - goal(value))

        known = [points(values[key]) for values in region.structure if key in values]
        if key in region.structure[area]:
            own = points(region.structure[area][key])
        elif missing is not None:
            own = missing
        else:
            own = percentile(known, rules.missing_percentile) if known else rules.structural_unknown
        total += indicator.weight * own
        weight += indicator.weight
    return total / weight


def percentile(values: Sequence[float], percent: float) -> float:
    """Give a percentile, on the straight line between the two values around it."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100.0
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def surprise(
    region: Little, rules: Weights, day: date, counted: Sequence[Report]
) -> list[tuple[float, int, float | None, float | None]]:
    """Give points, observed and expected events and their probability for each area.

    Observed are the events among `counted`, expected is what all reports let expect.
    """
    window, areas = rules.surprise_window_days, range(len(region.voters))
    events = [report for report in scored_reports(region, rules) if report.reported <= day]
    newest = [e for e in counted if e.reported <= day and 0 <= (day - e.occurred).days < window]
    observed = [sum(e.area == a for e in newest) for a in areas]
    first = min([report.occurred for report in scored_reports(region, rules)] + [day])
    anchor = monday(day)
    last = anchor - timedelta(days=window)
    blocks = min(rules.surprise_baseline_weeks * 7 // window, ((last - first).days + 1) // window)
    if blocks < 2:
        return [(0.0, observed[a], None, None) for a in areas]
    number = [[0] * blocks for _ in areas]
    for event in events:
        age = (last - event.occurred).days
        if event.reported <= anchor and 0 <= age < blocks * window:
            number[event.area or 0][age // window] += 1
    totals = [sum(row) for row in number]
    mean = (sum(totals) + 0.5) / len(totals)
    scatter = sum((count - sum(row) / blocks) ** 2 for row in number for count in row) / (blocks - 1)
    dispersion = max(1.0, scatter / (sum(totals) / blocks)) if sum(totals) else 1.0
    middle = sum(totals) / len(totals)
    spread = sum((total - middle) ** 2 for total in totals) / (len(totals) - 1)
    between = spread - dispersion * mean
    prior = min(mean / between, STRONGEST_PRIOR) if between > 0 else STRONGEST_PRIOR
    found: list[tuple[float, int, float | None, float | None]] = []
    for a in areas:
        shape = mean * prior + totals[a]
        expected = shape / (prior + 1.0) / blocks
        variance = dispersion * expected + expected**2 / shape
        probability = tail(observed[a], expected, variance)
        steps = math.log(probability) / math.log(rules.surprise_full_probability) if probability else math.inf
        points = 100.0 * min(max(steps, 0.0), 1.0) if observed[a] >= rules.surprise_minimum else 0.0
        found.append((points, observed[a], expected, probability))
    return found


def tail(count: int, mean: float, variance: float) -> float:
    """Give the probability of at least so many under a negative binomial, adding up what lies above."""
    size = mean**2 / (variance - mean)
    log_odds, log_rest = math.log(mean / (size + mean)), math.log(size / (size + mean))
    total, number = 0.0, count
    while True:
        log_one = math.lgamma(number + size) - math.lgamma(size) - math.lgamma(number + 1)
        one = math.exp(log_one + size * log_rest + number * log_odds)
        total += one
        if number > mean and one <= 1e-17 * total:
            return min(total, 1.0)
        number += 1


def frozen_on(region: Little, rules: Weights, day: date) -> Frozen:
    """Estimate the prior by moments over areas and fix the pressure that gets 50 points."""
    areas = range(len(region.voters))
    e = exposures(region, rules)
    pressing = pressing_reports(rules, day, scored_reports(region, rules))
    weights = [(report.area, pressed(region, rules, report, day)) for report in pressing]
    p = [sum(weight for area, weight in weights if area == a) for a in areas]
    unit = sum(weight**2 for _, weight in weights) / sum(weight for _, weight in weights)
    counts = [p[a] / unit for a in areas]
    mean = sum(counts) / sum(e)
    spread = sum(e[a] * (counts[a] / e[a] - mean) ** 2 for a in areas) - (len(e) - 1) * mean
    variance = spread / (sum(e) - sum(value**2 for value in e) / sum(e))
    strongest = STRONGEST_PRIOR * sum(e)
    exposure = min(mean / variance, strongest) if variance > 0 else strongest
    pressure = unit * mean * exposure
    reference = percentile([(pressure + p[a]) / (exposure + e[a]) for a in areas], rules.reference_percentile)
    return Frozen(pressure, exposure, reference)
