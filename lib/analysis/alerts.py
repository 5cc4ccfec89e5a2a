"""More incidents than an area's own history makes likely: the probabilities behind the alerts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from lib.analysis.panel import Floats, Whole

LEAST_VARIATION = 0.02  # areas are never taken as more alike than a squared coefficient of variation of 2 %
HALF = 0.5  # of an incident: what a group without any incident is still thought to have had


@dataclass(frozen=True, slots=True)
class Method:
    """How a window is compared with the weeks before it; lengths in whole weeks."""

    windows: tuple[int, ...]  # lengths of the windows that end on the day, each tried
    baseline: int  # longest baseline; it ends `skip` weeks before the window begins
    skip: int
    least_baseline: int  # with fewer weeks of baseline a window is not tested
    least_count: int  # with fewer incidents in the window the probability is 1: a change from 0 to 1 is no alarm
    # region_constant, region_floor: incidents added to observed and expected of the other areas in the regional
    # factor, and its least value
    region_constant: float
    region_floor: float

    @property
    def weeks(self) -> int:
        """Count the weeks that the longest window and its baseline need."""
        return self.baseline + self.skip + max(self.windows)


@dataclass(frozen=True, slots=True, eq=False)
class Exceedance:
    """How improbable the newest incidents of each series are."""

    # Shape (series,): twice the least of the windows' probabilities, at most 1. Twice, not three times, because the
    # windows are nested.
    probability: Floats
    # shape (series,): weeks of the window with the least probability, the shortest among equals; 0 where no window
    # could be tested
    window: Whole
    # observed, expected: shape (series,): incidents in that window, and those that the baseline lets expect
    observed: Whole
    expected: Floats
    # shape (series, windows): the tail probability of each window, before it is doubled; NaN: not tested
    by_window: Floats
    baseline: int  # weeks of baseline of the shortest window


def area_exceedance(weekly: Whole, method: Method) -> Exceedance:
    """Give the probability of at least so many incidents in each area, beyond what the whole region does.

    A gamma prior fitted by moments over the areas (a week's count varies as Poisson times the dispersion, the areas'
    rates as gamma) is updated by each area's baseline: rate (a + sum / dispersion) / (b + weeks / dispersion). The
    expected count of a window is the rate times its weeks times the regional factor max((observed + 8) /
    (expected + 8), 0.6) of the *other* areas: a rise of the whole region is no alarm of each area, and no area
    explains its own rise away. The count is negative binomial with variance mean x dispersion + mean² x doubt,
    dispersion pooled over areas and weeks and at least 1; the probability is that of as many incidents or more. The
    doubt is that of the rate, 1 / (a + sum / dispersion), and of the factor, dispersion x (1 / (observed + 8) + 1 /
    (sum of the others' baseline + 8)): where there are few areas the others' count is itself a matter of chance,
    which without it raised a sixth more false alarms.

    The newest days are incomplete while the baseline is not: the regional factor takes out what reports of
    the whole region still lack, down to its floor; below that the comparison errs towards no alarm. The
    baseline is never cut back to what its own weeks knew at their end: dates of report of an import that came
    in one piece would then empty the baseline and raise alarms everywhere.

    Parameters
    ----------
    weekly
        Shape (areas, weeks): counts of whole weeks, the last one ending on the day; only weeks that the history
        covers. One area alone has a factor of 1.

    Notes
    -----
    The order of areas does not matter, and an incident in a window never raises that window's probability. One of
    two to four weeks ago is in the baseline of the shortest window, whose probability it may raise.

    References
    ----------
    Clayton and Kaldor (1987), Biometrics 43, for the prior; Noufaily et al. (2013), Statistics in Medicine 32, for
    negative binomial counts against their own past. The regional factor is our own.
    """
    return _exceedance(weekly, method, region=False)


def region_exceedance(weekly: Whole, method: Method) -> Exceedance:
    """Give the probability of at least so many incidents in a whole region, without any regional factor.

    As `area_exceedance` for one series with its own weekly dispersion and the prior of half an incident. The
    newest days are incomplete and nothing takes that out: the comparison errs towards no alarm.

    Parameters
    ----------
    weekly
        Shape (series, weeks): each series is judged by itself.
    """
    return _exceedance(weekly, method, region=True)


def false_discoveries(probability: Floats, rate: float) -> np.ndarray:
    """Choose the series of which at most a share `rate` is expected to be chosen by chance.

    Benjamini and Hochberg (1995): the largest k with p(k) <= rate x k / n; every probability up to p(k) is
    chosen, so equal ones are chosen together. NaN is never chosen and does not count in n. Any shape; the
    result has the same.
    """
    tested = probability[~np.isnan(probability)]
    ordered = np.sort(tested)
    passed = np.flatnonzero(ordered <= rate * np.arange(1, len(ordered) + 1) / max(len(ordered), 1))
    limit = ordered[passed[-1]] if len(passed) else -1.0
    return np.asarray(np.nan_to_num(probability, nan=2.0) <= limit)


def _exceedance(weekly: Whole, method: Method, *, region: bool) -> Exceedance:
    series, weeks = weekly.shape
    tails = np.full((series, len(method.windows)), np.nan)
    expected = np.full(tails.shape, np.nan)
    observed = np.zeros(tails.shape, dtype=np.int64)
    for column, window in enumerate(method.windows):
        end = weeks - window - method.skip
        baseline = weekly[:, max(0, end - method.baseline) : max(0, end)]
        if baseline.shape[1] < method.least_baseline or series == 0:
            continue
        observed[:, column] = weekly[:, weeks - window :].sum(axis=1)
        shape, rate, dispersion = _own_rates(baseline) if region else _shared_rates(baseline)
        mean, doubt = rate * window, 1 / shape
        if not region:
            doubt = doubt + dispersion * _doubt_of_factor(observed[:, column], baseline.sum(axis=1), method)
            mean = mean * _factor_of_others(observed[:, column], mean, method)
        expected[:, column] = mean
        tails[:, column] = _tail(observed[:, column], mean, doubt, dispersion, method.least_count)
    tested = ~np.isnan(tails).all(axis=1)
    best = np.argmin(np.nan_to_num(tails, nan=2.0), axis=1)
    rows = np.arange(series)
    return Exceedance(
        probability=np.where(tested, np.minimum(1.0, 2 * tails[rows, best]), np.nan),
        window=np.where(tested, np.array(method.windows)[best], 0),
        observed=observed[rows, best],
        expected=expected[rows, best],
        by_window=tails,
        baseline=max(0, min(method.baseline, weeks - min(method.windows) - method.skip)),
    )


def _shared_rates(baseline: Whole) -> tuple[Floats, Floats, Floats]:
    """Estimate shape and rate per week of each area under a prior fitted over all, and the pooled dispersion.

    Clustered incidents tell less of a rate than as many single ones: once the dispersion is known from the rates of
    Poisson counts, prior and update are reckoned again with the counts divided by it. Left out, clusters pass for
    differences between areas, calm areas are thought calmer than they are, and alarm too easily.

    The dispersion is the ratio of squared deviations to what Poisson counts would show, each area weighted by
    1 / (its rate + the usual rate): neither one hot area nor the many quiet ones decide it. The mean of
    each cell's own ratio, which is often used, finds hardly half of a real excess where counts are small.
    """
    areas, weeks = baseline.shape
    sums = baseline.sum(axis=1)
    usual = (sums.sum() + HALF) / (areas * weeks)
    squares = np.einsum("ij,ij->i", baseline, baseline)
    dispersion = 1.0
    for _ in range(2):
        between = max(float(np.var(sums / weeks)) - dispersion * usual / weeks, LEAST_VARIATION * usual**2)
        shape = usual**2 / between + sums / dispersion
        rate = shape / (usual / between + weeks / dispersion)
        weight = 1 / (rate + usual)
        deviations = squares - 2 * rate * sums + weeks * rate**2
        dispersion = max(1.0, float(weight @ deviations) / float(weight @ rate * (weeks - 1)))
    return shape, rate, np.full(areas, dispersion)


def _own_rates(baseline: Whole) -> tuple[Floats, Floats, Floats]:
    """Estimate shape, rate per week and dispersion of each series from its own weeks."""
    weeks = baseline.shape[1]
    shape = baseline.sum(axis=1) + HALF
    dispersion = np.maximum(1.0, np.var(baseline, axis=1, ddof=1) * weeks / shape)
    return shape / dispersion, shape / weeks, dispersion


def _factor_of_others(observed: Whole, mean: Floats, method: Method) -> Floats:
    """Compare observed and expected of all other areas; one area alone gets 1."""
    constant = method.region_constant
    others = (observed.sum() - observed + constant) / (mean.sum() - mean + constant)
    return np.asarray(np.maximum(others, method.region_floor), dtype=np.float64)


def _doubt_of_factor(observed: Whole, baseline: Whole, method: Method) -> Floats:
    """Give the squared relative error of the regional factor, a ratio of two counts, where both are Poisson."""
    if len(observed) == 1:
        return np.zeros(1)
    constant = method.region_constant
    return np.asarray(1 / (observed.sum() - observed + constant) + 1 / (baseline.sum() - baseline + constant))


def _tail(count: Whole, mean: Floats, doubt: Floats, dispersion: Floats, least: int) -> Floats:
    """Give P(X >= count) of the negative binomial; 1 below `least`, which most series are.

    `doubt`: the squared relative error of the mean.
    """
    from lib.analysis.negative_binomial import upper_tail  # noqa: PLC0415 - scipy takes its time

    result = np.ones(len(count))
    some = np.flatnonzero(count >= least)
    mean, doubt, dispersion = mean[some], doubt[some], dispersion[some]
    size = mean / (dispersion - 1 + mean * doubt)  # variance = mean x dispersion + mean² x doubt
    result[some] = upper_tail(count[some], mean, size)
    return result
