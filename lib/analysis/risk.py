"""Incident pressure of areas: weighted, shrunk, put on a frozen scale, and taken apart again."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

STRONGEST_PRIOR = 1000.0
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scale:
    """The frozen scale of the score.

    `prior_pressure` and `prior_exposure` are the prior of the shrinkage (pressure, exposure units);
    `theta_reference` is the pressure per unit of exposure that scores 50.
    """

    prior_pressure: float
    prior_exposure: float
    theta_reference: float


def incident_weight(
    severity_weight: ArrayLike, credibility: ArrayLike, age_days: ArrayLike, *, half_life_days: float
) -> Floats:
    """Weigh incidents by severity, credibility and age: severity x credibility x 2^(-age / half-life).

    Parameters
    ----------
    severity_weight
        Weight of each incident's severity class, >= 0.
    credibility
        0 (rejected) to 1 (verified).
    age_days
        Days between the event and the day of the score, >= 0.

    Raises
    ------
    ValueError
        If an age is negative: an event after the day of the score is not known yet.
    """
    age = np.asarray(age_days, dtype=float)
    if (age < 0).any():
        raise ValueError("an incident lies after the day of the score")
    weight = np.asarray(severity_weight, dtype=float) * np.asarray(credibility, dtype=float)
    return np.asarray(weight * np.exp2(-age / half_life_days), dtype=float)


def exposure(voter_count: ArrayLike, *, exponent: float) -> Floats:
    """Turn registered voters into exposure, (DPT / mean DPT)^exponent.

    With exponent 0.5 a kelurahan of four times the voters is expected to report twice the pressure. An area
    whose voters are unknown (NaN) or 0 gets exposure 1, that of the mean area, so that it is neither raised
    nor lowered. If no area has voters, all get 1.
    """
    voters = np.asarray(voter_count, dtype=float)
    known = np.isfinite(voters) & (voters > 0)
    if not known.any():
        return np.ones_like(voters)
    mean = voters[known].mean()
    return np.where(known, np.power(np.where(known, voters, mean) / mean, exponent), 1.0)


def freeze_scale(
    pressure: ArrayLike, squared_weights: ArrayLike, area_exposure: ArrayLike, *, percentile: float
) -> Scale:
    """Estimate the prior by moments over areas and fix the reference of the scale.

    Pressures are sums of unequal weights; divided by the mean weight of a unit of pressure,
    c = sum w^2 / sum w, they behave like counts n_i = P_i / c with exposure e_i, for which the
    Poisson-gamma model has mean m = sum n / sum e and between-area variance
    v = [sum e (n/e - m)^2 - (k - 1) m] / [sum e - sum e^2 / sum e].
    The prior then is worth b = m / v units of exposure and c m b of pressure. Where v is not above 0 the areas
    differ by no more than chance, and the prior outweighs all data together a thousandfold.
    The reference is the given percentile of the shrunk pressures.

    Parameters
    ----------
    pressure
        P_i = sum of the incident weights of an area, shape (n,), >= 0.
    squared_weights
        Sum of the squared incident weights of an area, shape (n,).
    area_exposure
        e_i > 0, shape (n,).

    Raises
    ------
    ValueError
        If shapes differ, there are fewer than two areas, or there is no pressure anywhere.

    References
    ----------
    Marshall, R. J. (1991). Mapping disease and mortality rates using empirical Bayes estimators.
    Applied Statistics 40(2), 283-294. The moment estimator of the variance is the one of Boehning et al.
    (2004), Communications in Statistics 33(2).
    """
    p, q, e = (np.asarray(a, dtype=float) for a in (pressure, squared_weights, area_exposure))
    if not (p.shape == q.shape == e.shape) or p.ndim != 1 or len(p) < 2:
        raise ValueError("pressure, squared weights and exposure must be vectors of the same two or more areas")
    if p.sum() <= 0:
        raise ValueError("no pressure anywhere, so there is nothing to scale by")
    unit = q.sum() / p.sum()
    count = p / unit
    mean = count.sum() / e.sum()
    spread = (e * (count / e - mean) ** 2).sum() - (len(p) - 1) * mean
    variance = spread / (e.sum() - (e**2).sum() / e.sum())
    strongest = STRONGEST_PRIOR * e.sum()
    prior_exposure = min(mean / variance, strongest) if variance > 0 else strongest
    prior_pressure = unit * mean * prior_exposure
    theta = (prior_pressure + p) / (prior_exposure + e)
    reference = np.percentile(theta, percentile)
    return Scale(float(prior_pressure), float(prior_exposure), float(reference))


def theta(pressure: ArrayLike, area_exposure: ArrayLike, scale: Scale) -> Floats:
    """Shrink pressure per exposure towards the prior: (a + P) / (b + e)."""
    p, e = np.asarray(pressure, dtype=float), np.asarray(area_exposure, dtype=float)
    return np.asarray((scale.prior_pressure + p) / (scale.prior_exposure + e), dtype=float)


def score(theta_values: ArrayLike, scale: Scale) -> Floats:
    """Put shrunk pressure on the frozen saturating scale, 100 (1 - 2^(-theta / theta_reference)).

    0 is no pressure, 50 the reference, 100 is never reached. The scale does not move with the data, so the
    same pressure gets the same score in any week, and a report more never lowers any area's score.
    """
    values = np.asarray(theta_values, dtype=float)
    return np.asarray(100.0 * (1.0 - np.exp2(-values / scale.theta_reference)), dtype=float)


def score_parts(pressure_by_family: ArrayLike, area_exposure: ArrayLike, scale: Scale) -> tuple[Floats, Floats]:
    """Take each score apart into the prior's part and one part for each family of incidents.

    The saturating scale is not additive, so a score is shared out in proportion to what each part gives to
    theta: prior a / (b + e), family P_f / (b + e).

    Parameters
    ----------
    pressure_by_family
        Shape (areas, families).

    Returns
    -------
    scores
        Shape (areas,).
    parts
        Shape (areas, 1 + families), the prior first; each row adds up to the area's score.
    """
    families = np.asarray(pressure_by_family, dtype=float)
    total = theta(families.sum(axis=1), area_exposure, scale)
    scores = score(total, scale)
    numerators = np.column_stack([np.full(len(families), scale.prior_pressure), families])
    whole = numerators.sum(axis=1, keepdims=True)
    share = np.divide(numerators, whole, out=np.zeros_like(numerators), where=whole > 0)
    return scores, share * scores[:, None]
