"""The score of polling stations: checklists, incidents near them, and the parts put together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

HALF = 0.5
CHUNK_STATIONS = 256
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SubScore:
    """One sub-score of checklists: `score` 0-100 and `unknown_share` 0-1, both of shape (stations,)."""

    score: Floats
    unknown_share: Floats


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


def sub_score(answers: ArrayLike, weights: ArrayLike) -> SubScore:
    """Weigh the failed items of a checklist: 100 sum w a / sum w, with a = 1 failed, 0 not, 1/2 not known.

    An item that nobody answered counts as half failed, so that leaving it out never makes a station look safe;
    its share of the weight is told apart. With s the score and u that share, the score lies between s - 50 u and
    s + 50 u once everything is answered.

    Parameters
    ----------
    answers
        1 failed, 0 not failed, NaN not known; shape (stations, items).
    weights
        Weight of each item, >= 0, shape (items,).

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
        return SubScore(np.full(len(given), np.nan), np.ones(len(given)))
    score = 100.0 * (np.where(unknown, HALF, given) @ weight) / total
    return SubScore(np.where(known_weight > 0, score, np.nan), 1.0 - known_weight / total)


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
