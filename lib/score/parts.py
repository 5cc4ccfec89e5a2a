"""The four parts of the score of every area on a day, and what of them rests on reports that stand alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.store.states import REJECTED, VERIFIED
from lib.analysis import composite, risk
from lib.analysis.classes import HIGH_CLASS, class_index
from lib.analysis.coverage import Coverage, coverage, is_monitor
from lib.analysis.panel import Panel, known_on
from lib.analysis.surprise import anchor_of, frozen_baseline, observed_events, surprise
from lib.filters import window_start
from lib.reports.support import supported_areas
from lib.rules.structural import IMPORTED
from lib.rules.taxonomy import taxonomy
from lib.score.frozen_scale import scored_categories

if TYPE_CHECKING:
    from lib.rules.structural import StructuralIndicator
    from lib.rules.weights import Weights
    from lib.score.inputs import Inputs

EPOCH = date(1970, 1, 1)
INCIDENT = 1  # place of the incidents among the components

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """The scored events that lie in an area, each a row of arrays; days count from `first_on`.

    `weight` is severity times credibility, not yet decayed; `family` is the place of the category's family in
    the taxonomy; `monitor` marks what standing monitors found; `count` events share a row. `backed` are those that
    something stands behind: they are verified, or their area has support (`supported`).
    """

    area: Whole
    family: Whole
    weight: Floats
    severity: Whole
    verified: Flags
    monitor: Flags
    backed: Flags
    occurred: Whole
    reported: Whole
    count: Whole
    area_count: int
    first_on: date


@dataclass(frozen=True, slots=True, eq=False)
class Visits:
    """The reports of standing monitors from areas, with the day of the report from 1970 on."""

    area: Whole
    reported: Whole


@dataclass(frozen=True, slots=True, eq=False)
class DayScores:
    """The score of every area on one day."""

    parts: Floats  # shape (areas, 4): structural, incidents, neighbours, surprise, each 0 to 100, of every report
    score: Floats  # the points of the parts less `withheld`, shape (areas,)
    contributions: Floats  # as from `lib.analysis.composite.combine`
    withheld: Floats  # points of reports that stand alone, which lift no class to the high ones; >= 0, shape (areas,)
    unverified: Flags  # whether the class would be higher with them, shape (areas,)
    incident_parts: Floats  # shape (areas, 1 + families): the incidents' contribution in points, the prior first
    theta: Floats  # shrunk pressure per exposure, shape (areas,)
    # Events of the window of the surprise, what the frozen baseline lets expect, and the probability of at least so
    # many; the latter two NaN where history is too short.
    surprise_count: Whole
    surprise_expected: Floats
    surprise_probability: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Scorer:
    """What the score of a day is reckoned from; see `scorer`."""

    inputs: Inputs
    weights: Weights
    events: Events
    panel: Panel
    backed_panel: Panel  # of the backed events only
    visits: Visits
    structural: composite.Structural
    exposure: Floats
    last_day: date


def scorer(inputs: Inputs, as_of: date, weights: Weights) -> Scorer:
    """Make ready for scoring a day from every report known on it; what is known to a district only is left out."""
    rows = inputs.rows
    scored = (rows["verification"] != REJECTED) & rows["category_code"].isin(scored_categories(weights))
    events = _events(inputs, rows[scored], weights, as_of)
    return Scorer(
        inputs=inputs,
        weights=weights,
        events=events,
        panel=_panel(events, as_of, np.ones(len(events.area), dtype=bool)),
        backed_panel=_panel(events, as_of, events.backed),
        visits=_visits(inputs, weights),
        structural=structural_part(inputs, weights),
        exposure=risk.exposure(inputs.areas["voter_count"].astype("float64"), exponent=weights.exposure_exponent),
        last_day=as_of,
    )


def scores_on(made: Scorer) -> DayScores:
    """Score every area on the scorer's day, by what was reported until then.

    R = sum of the four parts times their shares. Incidents: pressure shrunk and put on the frozen scale
    (`lib.analysis.risk`). Neighbours: the same scale for their mean pressure. Surprise: the newest days against
    the baseline frozen at the start of the week. States of reports are those known now, structural values too.

    Reports that stand alone, neither verified nor in an area with support, lift no class to the high ones: the score
    is that of the backed reports, or that of all of them held just under the limit, whichever is higher
    (`composite.checked_score`). Backed and all reports are measured by one baseline, that of all, so that a report
    that is verified never lowers a score.
    """
    index = last_index(made)
    weights, scale = made.weights, made.inputs.scale.scale
    window = weights.surprise_window_days
    known = known_on(made.panel, index)
    anchor = (anchor_of(made.last_day) - made.events.first_on).days
    baseline = frozen_baseline(known, anchor, window_days=window, baseline_weeks=weights.surprise_baseline_weeks)

    def four(panel: Panel, pressure: Floats) -> tuple[Floats, Floats, Whole, Floats]:
        theta = risk.theta(pressure.sum(axis=1), made.exposure, scale)
        incident = risk.score(theta, scale)
        observed = observed_events(panel, window_days=window)
        surprising, probability = surprise(
            observed, baseline, minimum=weights.surprise_minimum, full_probability=weights.surprise_full_probability
        )
        table = np.column_stack([made.structural.score, incident, around(made, theta), surprising])
        return table, theta, observed, probability

    pressure, _ = pressure_on(made, half_life_days=weights.half_life_days)
    backed, _ = pressure_on(made, half_life_days=weights.half_life_days, only=made.events.backed)
    parts, theta, observed, probability = four(known, pressure)
    _, incident_parts = risk.score_parts(pressure, made.exposure, scale)
    shares = component_shares(weights)
    full, contributions = composite.combine(parts, shares)
    checked, _ = composite.combine(four(known_on(made.backed_panel, index), backed)[0], shares)
    score = composite.checked_score(full, np.minimum(checked, full), ceiling=rumour_ceiling(weights))
    return DayScores(
        parts=parts,
        score=score,
        contributions=contributions,
        withheld=full - score,
        unverified=class_index(full, weights.class_cuts) > class_index(score, weights.class_cuts),
        incident_parts=incident_parts * shares[INCIDENT],
        theta=theta,
        surprise_count=observed,
        surprise_expected=baseline.mean,
        surprise_probability=probability,
    )


def last_index(made: Scorer) -> int:
    """Number the scorer's day from the first event."""
    return (made.last_day - made.events.first_on).days


def rumour_ceiling(weights: Weights) -> float:
    """Give the highest printed score below the high classes."""
    return weights.class_cuts[HIGH_CLASS - 1] - 0.1


def reach(made: Scorer) -> Floats:
    """Score every area as if some of the last days' reports were missing, as many as nobody would notice.

    Of the reports of `reach_days` the share `reach_share` is taken for missing everywhere, so that the seen weight
    W stands for W / (1 - share); chance adds standard deviations to it: a Poisson sum of missing weights with the
    squares of the seen ones, and of one report more, as heavy as the region's usual. Reports that stand alone count
    in full. Never below the score; shape (areas,).
    """
    weights, scale, events = made.weights, made.inputs.scale.scale, made.events
    index = last_index(made)
    odds = weights.reach_share / (1.0 - weights.reach_share)
    recent = (index - events.occurred) < weights.reach_days
    pressure, _ = pressure_on(made, half_life_days=weights.half_life_days)
    seen, squared = pressure_on(made, half_life_days=weights.half_life_days, only=recent)
    usual = squared.sum() / max(int(events.count[recent & (events.occurred <= index)].sum()), 1)
    missing = odds * seen.sum(axis=1) + weights.reach_deviations * np.sqrt(odds * (squared.sum(axis=1) + usual))
    theta = risk.theta(pressure.sum(axis=1) + missing, made.exposure, scale)
    window = weights.surprise_window_days
    known = known_on(made.panel, index)
    anchor = (anchor_of(made.last_day) - events.first_on).days
    baseline = frozen_baseline(known, anchor, window_days=window, baseline_weeks=weights.surprise_baseline_weeks)
    observed = observed_events(known, window_days=window)
    more = np.ceil(odds * observed + weights.reach_deviations * np.sqrt(odds * observed)).astype(np.int64)
    surprising, _ = surprise(
        observed + more,
        baseline,
        minimum=weights.surprise_minimum,
        full_probability=weights.surprise_full_probability,
    )
    table = np.column_stack([made.structural.score, risk.score(theta, scale), around(made, theta), surprising])
    return composite.combine(table, component_shares(weights))[0]


def around(made: Scorer, theta: Floats) -> Floats:
    """Score the neighbours' pressure; unknown neighbours count as a structural value that nobody knows."""
    found = composite.spillover(
        theta,
        made.inputs.neighbours.matrix,
        made.inputs.scale.scale,
        without_polygon=nowhere(made),
        missing_percentile=made.weights.missing_percentile,
    )
    return np.nan_to_num(found, nan=made.weights.structural_unknown)


def nowhere(made: Scorer) -> Flags:
    """Tell which areas have no polygon, so that nobody knows their neighbours; shape (areas,)."""
    areas: Flags = made.inputs.areas["area_code"].isin(made.inputs.neighbours.without_polygon).to_numpy()
    return areas


def upper_scores(made: Scorer, parts: Floats) -> Floats:
    """Give the score with every missing structural value and unknown neighbour at its worst."""
    worst = parts.copy()
    worst[:, 0] = made.structural.upper
    worst[:, 2] = np.where(nowhere(made), composite.WORST, worst[:, 2])
    return composite.combine(worst, component_shares(made.weights))[0]


def component_shares(weights: Weights) -> Floats:
    """Give the shares of the four parts."""
    return np.array([share for _, share in weights.component_weights])


def fresh_and_severe(made: Scorer) -> Flags:
    """Tell which areas have a verified incident of the highest severity in the last days; shape (areas,)."""
    events, weights = made.events, made.weights
    age = last_index(made) - events.occurred
    grave = events.verified & (events.severity >= weights.severe_severity) & (age < weights.severe_days) & (age >= 0)
    return np.bincount(events.area[grave], minlength=events.area_count) > 0


def recent_rows(inputs: Inputs, weights: Weights, as_of: date) -> pd.DataFrame:
    """Keep the scored events of the days in which support counts, rejected ones left out."""
    rows = inputs.rows
    keep = rows["category_code"].isin(scored_categories(weights)) & (rows["verification"] != REJECTED)
    keep &= rows["occurred_on"] >= pd.Timestamp(window_start(as_of, weights.support_days))
    return rows[keep & (rows["occurred_on"] <= pd.Timestamp(as_of)) & (rows["reported_on"] <= pd.Timestamp(as_of))]


def structural_part(inputs: Inputs, weights: Weights) -> composite.Structural:
    """Average the structural indicators of the weights; see `lib.analysis.composite.structural`."""
    values = structural_values(inputs.structure, inputs.areas["area_code"], weights)
    return composite.structural(
        on_goalposts(values, weights.structural),
        [indicator.weight for indicator in weights.structural],
        missing_percentile=weights.missing_percentile,
        unknown=weights.structural_unknown,
    )


def structural_values(structure: pd.DataFrame, area_codes: pd.Series, weights: Weights) -> Floats:
    """Give the known values of the structural indicators, shape (areas, indicators); NaN where unknown."""
    keys = [structural_key(indicator) for indicator in weights.structural]
    wide = structure[structure["key"].isin(keys)].pivot_table(index="area_code", columns="key", values="value")
    return wide.reindex(index=area_codes, columns=keys).to_numpy(dtype=float)


def structural_key(indicator: StructuralIndicator) -> str:
    """Name an indicator as `lib.score.inputs.Inputs.structure` does."""
    return indicator.code if indicator.source == IMPORTED else indicator.source


def on_goalposts(values: Floats, indicators: tuple[StructuralIndicator, ...]) -> Floats:
    """Put values of shape (areas, indicators) on the indicators' goalposts, 0 to 100."""
    return composite.on_goalposts(
        values,
        low=[indicator.low for indicator in indicators],
        high=[indicator.high for indicator in indicators],
        rising=[indicator.rising for indicator in indicators],
    )


def _events(inputs: Inputs, rows: pd.DataFrame, weights: Weights, as_of: date) -> Events:
    families = [family.code for family in taxonomy().families]
    family_of = {category.code: families.index(category.family) for category in taxonomy().categories}
    area = area_numbers(inputs, rows["area_code"])
    placed, area = rows[area >= 0], area[area >= 0]
    severity = placed["severity"].to_numpy(dtype=np.int64)
    credibility = placed["verification"].map(dict(weights.credibility_weights)).to_numpy(dtype=float)
    occurred, reported = day_numbers(placed["occurred_on"]), day_numbers(placed["reported_on"])
    verified = placed["verification"].isin(VERIFIED).to_numpy()
    supported = supported_areas(recent_rows(inputs, weights, as_of), least_sources=weights.support_sources)
    first = int(min(occurred.min(initial=(as_of - EPOCH).days), (as_of - EPOCH).days))
    return Events(
        area=area,
        family=np.asarray(placed["category_code"].map(family_of), dtype=np.int64),
        weight=np.asarray(weights.severity_weights)[severity - 1] * credibility,
        severity=severity,
        verified=verified,
        backed=verified | placed["area_code"].isin(supported).to_numpy(),
        monitor=from_monitors(placed["source_name"], weights),
        occurred=occurred - first,
        reported=reported - first,
        count=placed["incident_count"].to_numpy(dtype=np.int64),
        area_count=len(inputs.areas),
        first_on=EPOCH + timedelta(days=first),
    )


def _panel(events: Events, as_of: date, chosen: Flags) -> Panel:
    last = (as_of - events.first_on).days
    keep = chosen & (events.occurred <= last) & (events.reported <= last)
    area, occurred, reported = (
        np.repeat(values[keep], events.count[keep]) for values in (events.area, events.occurred, events.reported)
    )
    return Panel(area, occurred, reported, events.area_count, last + 1)


def pressure_on(made: Scorer, *, half_life_days: float, only: Flags | None = None) -> tuple[Floats, Floats]:
    """Add up what presses on the day: severity x credibility x decay x weight of the monitors' presence.

    `only` keeps some of the events. Returns the sums of the incidents'
    weights by area and family and of their squares, shape (areas, families) each.
    """
    events, index = made.events, last_index(made)
    age = index - events.occurred
    keep = (events.reported <= index) & (age >= 0) & (age < made.weights.window_days)
    if only is not None:
        keep &= only
    area, family, number = events.area[keep], events.family[keep], events.count[keep]
    present = presence(made).weight
    weight = events.weight[keep] * np.exp2(-age[keep] / half_life_days)
    weight = np.where(events.monitor[keep], weight * present[area], weight)
    families = len(taxonomy().families)
    shape = (events.area_count, families)
    cells = area * families + family
    pressure, squared = (
        np.asarray(np.bincount(cells, weights=value * number, minlength=shape[0] * shape[1]), dtype=float)
        for value in (weight, weight**2)
    )
    return pressure.reshape(shape), squared.reshape(shape)


def presence(made: Scorer) -> Coverage:
    """Tell how present standing monitors were in each area before the week of the day; see `coverage`."""
    visits, weights = made.visits, made.weights
    return coverage(
        visits.area,
        visits.reported,
        area_count=made.events.area_count,
        anchor_day=(anchor_of(made.last_day) - EPOCH).days,
        weeks=weights.coverage_weeks,
        strength=weights.coverage_strength,
    )


def _visits(inputs: Inputs, weights: Weights) -> Visits:
    """Gather the reports of standing monitors, of incidents of any kind and of nothing seen."""
    rows, nil = inputs.rows, inputs.nil_reports
    area = np.concatenate([area_numbers(inputs, rows["area_code"]), area_numbers(inputs, nil["area_code"])])
    reported = np.concatenate([day_numbers(rows["reported_on"]), day_numbers(nil["reported_on"])])
    monitor = np.concatenate([from_monitors(table["source_name"], weights) for table in (rows, nil)])
    keep = monitor & (area >= 0)
    return Visits(area[keep], reported[keep])


def from_monitors(source_names: pd.Series[str], weights: Weights) -> Flags:
    """Tell which reports are from standing monitors."""
    codes, names = pd.factorize(source_names)
    known = np.append(is_monitor(names, weights.monitored_sources), False)  # the last one is for no name
    return known[codes]


def area_numbers(inputs: Inputs, codes: pd.Series[str]) -> Whole:
    """Give the places of area codes among the region's areas; -1 for no area."""
    places = pd.Index(inputs.areas["area_code"]).get_indexer(pd.Index(codes))
    return np.asarray(places, dtype=np.int64)


def day_numbers(days: pd.Series[pd.Timestamp]) -> Whole:
    """Number days from 1970 on."""
    return days.to_numpy("datetime64[D]").astype(np.int64)
