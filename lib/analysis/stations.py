"""The score of polling stations: checklists, incidents near them, and the parts put together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

HALF = 0.5
CHUNK_STATIONS = 256
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SubScore:
    """One sub-score of checklists, each of shape (stations,)."""

    score: Floats  # 0-100
    unknown_share: Floats  # 0-1, of the weight of the list
    ticked: Floats  # points of the score that failed items give; the rest of it is only not known


@dataclass(frozen=True, slots=True)
class NearPairs:
    """Stations and the incidents near them: numbers of both and their distance in metres, one entry a pair."""

    station: NDArray[np.int64]
    incident: NDArray[np.int64]
    distance_m: Floats


@dataclass(frozen=True, slots=True)
class StationScore:
    """The score of stations 0-100, its parts in points (stations, parts), and what share of it is known, 0-1."""

    score: Floats
    contributions: Floats
    completeness: Floats


def checklist_points(failed_share: ArrayLike, *, half_share: float) -> Floats:
    """Put the failed share f of a checklist on a scale of 0 to 100: 100 f (1 + k) / (f + k), k = h / (1 - 2 h).

    0 is nothing failed, 50 the share h = `half_share`, 100 everything. It rises fast at first: few stations ever
    fail many items, and on a straight scale those few would look like none. NaN is kept.

    Raises
    ------
    ValueError
        If `half_share` does not lie between 0 and 1/2, or is one of them.
    """
    share, bend = np.asarray(failed_share, dtype=float), _bend(half_share)
    return np.asarray(100.0 * (share * (1.0 + bend) / (share + bend)), dtype=float)


def failed_share_for(points: float, *, half_share: float) -> float:
    """Give the failed share of a checklist that has so many points: `checklist_points` turned round."""
    bend = _bend(half_share)
    return points * bend / (100.0 * (1.0 + bend) - points)


def sub_score(answers: ArrayLike, weights: ArrayLike, *, half_share: float) -> SubScore:
    """Weigh the failed items of a checklist, s = t + u (100 - t) / 2, t = `checklist_points` of the failed share.

    u is the share of the weight that nobody answered. It counts as half of what is left to 100, so that leaving an
    item out never makes a station look safe: failed > not known > not failed, for every item whatever the others.

    Parameters
    ----------
    answers
        1 failed, 0 not failed, NaN not known; shape (stations, items).
    weights
        Weight of each item, >= 0, shape (items,).
    half_share
        As in `checklist_points`.

    Returns
    -------
    sub_score
        NaN with an unknown share of 1 where no item of any weight was answered: such a station is unchecked, and
        not half at risk.

    Raises
    ------
    ValueError
        If shapes do not fit, a weight is negative, or an answer is none of 0, 1 and NaN.
    """
    given, weight = np.asarray(answers, dtype=float), np.asarray(weights, dtype=float)
    if given.ndim != 2 or weight.shape != given.shape[1:]:
        raise ValueError(f"answers {given.shape} need one weight for each item, not {weight.shape}")
    if (weight < 0).any() or not np.isin(given[~np.isnan(given)], (0.0, 1.0)).all():
        raise ValueError("weights must be >= 0 and answers 0, 1 or NaN")
    total = float(weight.sum())
    unknown = np.isnan(given)
    known_weight = (~unknown) @ weight
    if total <= 0:
        nowhere = np.full(len(given), np.nan)
        return SubScore(nowhere, np.ones(len(given)), nowhere)
    unknown_share = 1.0 - known_weight / total
    ticked = checklist_points(np.where(unknown, 0.0, given) @ weight / total, half_share=half_share)
    ticked = np.where(known_weight > 0, ticked, np.nan)
    return SubScore(ticked + HALF * unknown_share * (100.0 - ticked), unknown_share, ticked)


def near_pairs(stations_m: ArrayLike, incidents_m: ArrayLike, *, cutoff_m: float) -> NearPairs:
    """Find the incidents within a distance of each station, the distance itself included.

    Parameters
    ----------
    stations_m, incidents_m
        Easting and northing in metres, shapes (stations, 2) and (incidents, 2); a point with a missing
        coordinate is near nothing.

    Returns
    -------
    pairs
        In order of the stations, then of the incidents.
    """
    stations, incidents = np.asarray(stations_m, dtype=float), np.asarray(incidents_m, dtype=float)
    placed = np.flatnonzero(np.isfinite(stations).all(axis=1))
    known = np.flatnonzero(np.isfinite(incidents).all(axis=1))
    # West to east, so that each lot of stations meets only the incidents of its own strip.
    placed = placed[np.argsort(stations[placed, 0], kind="stable")]
    known = known[np.argsort(incidents[known, 0], kind="stable")]
    eastings = incidents[known, 0]
    found = [(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0))]
    for start in range(0, len(placed), CHUNK_STATIONS):
        lot = placed[start : start + CHUNK_STATIONS]
        first = np.searchsorted(eastings, stations[lot[0], 0] - cutoff_m, side="left")
        last = np.searchsorted(eastings, stations[lot[-1], 0] + cutoff_m, side="right")
        lot, strip = np.sort(lot), np.sort(known[first:last])
        squared = np.square(stations[lot, 0, None] - incidents[None, strip, 0])
        squared += np.square(stations[lot, 1, None] - incidents[None, strip, 1])
        rows, columns = np.nonzero(squared <= cutoff_m**2)
        found.append((lot[rows], strip[columns], np.sqrt(squared[rows, columns])))
    station, incident, distance = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.argsort(station, kind="stable")  # each lot is in order already
    return NearPairs(station[order], incident[order], distance[order])


def proximity_pressure(pairs: NearPairs, weight: ArrayLike, *, station_count: int, bandwidth_m: float) -> Floats:
    """Sum the incidents near each station, sum w exp(-d^2 / (2 h^2)), with h the bandwidth.

    An incident at the station's door counts with its whole weight, one at distance h with .61 of it. A station
    without pairs gets 0.

    Parameters
    ----------
    weight
        Weight of each incident as from `lib.analysis.risk.incident_weight`, shape (incidents,).
    """
    weights = np.asarray(weight, dtype=float)
    kernel = np.exp(-np.square(pairs.distance_m / bandwidth_m) / 2.0)
    total = np.bincount(pairs.station, weights=weights[pairs.incident] * kernel, minlength=station_count)
    return np.asarray(total, dtype=float)


def saturate(pressure: ArrayLike, *, reference: float) -> Floats:
    """Put pressure on a saturating scale, 100 (1 - 2^(-pressure / reference)); NaN is kept.

    0 is no pressure, 50 the reference, 100 is never passed: the scale of `lib.analysis.risk.score`.

    Raises
    ------
    ValueError
        If the reference is not above 0.
    """
    if not reference > 0:
        raise ValueError("the reference of a scale must be above 0")
    return np.asarray(100.0 * (1.0 - np.exp2(-np.asarray(pressure, dtype=float) / reference)), dtype=float)


def station_score(
    parts: ArrayLike, known_share: ArrayLike, weights: ArrayLike, *, completeness_minimum: float
) -> StationScore:
    """Put the parts of a station's score together: sum w p, a part nobody knows counted as half, 50.

    Parameters
    ----------
    parts
        Each 0-100 or NaN (not known), shape (stations, parts).
    known_share
        What share of each part rests on answers, 0-1; a NaN part counts as 0, whatever stands here.
    weights
        Shape (parts,), adding up to 1.
    completeness_minimum
        Least completeness, sum w known share, of a score; below it there is none (NaN), and no contribution.

    Returns
    -------
    score
        Contributions add up to it. A part that becomes known lowers it only by being below 50.

    Raises
    ------
    ValueError
        If shapes do not fit, or the weights are negative or do not add up to 1.
    """
    values, share, weight = (np.asarray(given, dtype=float) for given in (parts, known_share, weights))
    if values.ndim != 2 or share.shape != values.shape or weight.shape != values.shape[1:]:
        raise ValueError(f"parts {values.shape}, known shares {share.shape} and weights {weight.shape} do not fit")
    if (weight < 0).any() or not np.isclose(weight.sum(), 1.0):
        raise ValueError("the weights of the parts must be >= 0 and add up to 1")
    missing = np.isnan(values)
    completeness = np.where(missing, 0.0, share) @ weight
    contributions = np.where(missing, 100.0 * HALF, values) * weight
    enough = completeness >= completeness_minimum - 1e-9
    contributions = np.where(enough[:, None], contributions, np.nan)
    return StationScore(contributions.sum(axis=1), contributions, completeness)


def _bend(half_share: float) -> float:
    if not 0.0 < half_share < HALF:
        raise ValueError("the share of a checklist that has 50 points must lie between 0 and 1/2")
    return half_share / (1.0 - 2.0 * half_share)
