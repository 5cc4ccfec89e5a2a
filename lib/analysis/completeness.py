"""Statistics of reporting: how late reports come, how unlikely a silence is, which sources are awaited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

ROUNDING = 1e-12  # a share that is met exactly must not be missed for the last binary digit
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class DelayDistribution:
    """How late reports come.

    `share[t]` is the part of an event day's reports that is in after t days; it rises to 1 at `horizon_days`,
    the longest delay that the data can tell of. `report_count` reports were used.
    """

    share: Floats
    report_count: int
    horizon_days: int

    def days_until(self, share: float) -> int:
        """Find the first day on which at least this share of the reports is in."""
        return int(np.argmax(self.share >= share - ROUNDING))


def delay_distribution(
    delay_days: ArrayLike, age_days: ArrayLike, report_count: ArrayLike, *, longest_days: int, least_reports: int = 1
) -> DelayDistribution | None:
    """Estimate the share of an event day's reports that are in after 0, 1, ... `longest_days` days.

    Recent events are seen only if they were reported quickly (right truncation), so the plain distribution of
    the delays is biased towards short ones. Time is therefore reversed: among the reports that came within t
    days *and* could have come as late as t, the share that took exactly t days is the reverse-time hazard g(t),
    and F(t) is the product of 1 - g(s) over all s > t.

    Parameters
    ----------
    delay_days
        Whole days from the event to its report, shape (n,).
    age_days
        Days from the event to the day of asking, shape (n,), never less than the delay.
    report_count
        Reports of this delay and age, shape (n,).
    longest_days
        Longer delays are left out: the shares are those of the reports within so many days.
    least_reports
        The horizon is the longest delay t with at least so many reports that came within t days of events at
        least t days old; what only fewer reports speak of is not estimated, and later reports are left out.

    Returns
    -------
    distribution
        None where too few reports are left even for a delay of 0 days.

    Raises
    ------
    ValueError
        If a delay is negative or longer than its age: the report could not be known.

    References
    ----------
    Lagakos, Barraj and De Gruttola (1988), Nonparametric analysis of truncated survival data, with application
    to AIDS, Biometrika 75. Kalbfleisch and Lawless (1989), Inference based on retrospective ascertainment,
    Journal of the American Statistical Association 84.
    """
    delay, age = (np.asarray(days, dtype=np.int64) for days in (delay_days, age_days))
    if (delay < 0).any() or (delay > age).any():
        raise ValueError("a report was made before its event, or is known before it was made")
    count = np.asarray(report_count, dtype=float)[delay <= longest_days]
    delay, age = delay[delay <= longest_days], np.minimum(age[delay <= longest_days], longest_days)
    size = longest_days + 1
    exactly = np.bincount(delay, weights=count, minlength=size)
    # Still in question at t: reports with delay <= t <= age, those that have come less those too young for t.
    too_young = np.concatenate([[0.0], np.bincount(age, weights=count, minlength=size)[:-1]])
    in_question = np.cumsum(exactly - too_young)
    enough = np.flatnonzero(in_question >= max(least_reports, 1))
    if not enough.size:
        return None
    horizon = int(enough[-1])
    hazard = np.divide(exactly, in_question, out=np.zeros(size), where=in_question > 0)
    hazard[horizon + 1 :] = 0.0
    share = np.concatenate([np.cumprod((1.0 - hazard)[:0:-1])[::-1], [1.0]])
    return DelayDistribution(share, int(exactly[: horizon + 1].sum()), horizon)


def silence_probability(
    report_count: ArrayLike, baseline_weeks: ArrayLike, silent_weeks: ArrayLike, *, prior: tuple[float, float]
) -> Floats:
    """Reckon how likely a silence of at least so long is, given the reports of the weeks before it.

    Reports come as a Poisson process whose rate is not known but estimated: with a gamma prior worth `prior`
    reports in so many weeks, after y reports in n weeks the count of the next w weeks is negative binomial, and
    P(0) = ((n + b) / (n + b + w)) ^ (y + a). Few past reports make the tail long, so a seldom heard place must
    be silent for longer than its bare rate would ask.

    With 26 weeks and the prior (1/2, 1/2), P(0) falls below 1 % after 25, 11, 6, 3 and 2 whole weeks at usual
    rates of 0.25, 0.5, 1, 2 and 4 a week; at b = 1/2 these five follow from any a between 0.44 and 0.64. A
    known Poisson rate would give 19, 10, 5, 3 and 2.

    Parameters
    ----------
    report_count, baseline_weeks
        Reports y in the n weeks before the last report, the last one left out: seen backwards from the day of
        asking, they then do not depend on the length of the silence.
    silent_weeks
        Weeks w since the last report.
    prior
        Shape a and weeks b, both above 0.

    Returns
    -------
    probability
        Same shape, 0 to 1; 1 for a silence of no length.
    """
    shape, weeks = prior
    known = np.asarray(baseline_weeks, dtype=float) + weeks
    ratio = known / (known + np.asarray(silent_weeks, dtype=float))
    return np.asarray(ratio ** (np.asarray(report_count, dtype=float) + shape), dtype=float)


def awaited(reported: ArrayLike, *, weeks: int, share: float) -> Flags:
    """Tell in which weeks a report is awaited: at least `share` of the `weeks` before had one.

    Parameters
    ----------
    reported
        Shape (..., n), one flag for each week, oldest first.

    Returns
    -------
    awaited
        Shape (..., n - weeks), for the weeks after the first `weeks`.
    """
    flags = np.asarray(reported, dtype=float)
    sums = np.concatenate([np.zeros((*flags.shape[:-1], 1)), np.cumsum(flags, axis=-1)], axis=-1)
    before = sums[..., weeks:-1] - sums[..., : -weeks - 1]
    return np.asarray(before >= share * weeks - ROUNDING, dtype=bool)
