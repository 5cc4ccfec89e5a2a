"""The prospective space-time permutation scan: where, and since when, more happens than place and time explain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

DURATIONS_DAYS = (3, 5, 7, 10, 14, 21, 28)
MOST_AREAS = 25
EULER_GAMMA = 0.5772156649015329
DIGITS = 9  # ratios of one and the same set of events agree to so many
AT_ONCE = 60000  # areas of permutations reckoned together: what fits a processor's own memory


@dataclass(frozen=True, slots=True)
class Cluster:
    """The cylinder that stands out most."""

    areas: tuple[int, ...]  # numbers of its areas, the centre first, then by distance
    days: int  # its last days, ending on the last day
    # observed, expected: events in it, and those that the areas' and days' totals let expect
    observed: int
    expected: float
    log_likelihood_ratio: float  # how much better "more events inside" explains the counts
    # chance that the most outstanding cylinder of events without any pattern stands out as much: Gumbel
    probability: float


def nearest_areas(x_m: ArrayLike, y_m: ArrayLike, most: int = MOST_AREAS) -> Whole:
    """List for each area itself and the nearest others, by the distance of their middles.

    Returns
    -------
    order
        Shape (areas, min(most, areas)); of areas equally near the one that stands first comes first. Areas whose
        middle is not known (NaN) come after all others, so leave them out beforehand.
    """
    points = np.column_stack([np.asarray(x_m, dtype=float), np.asarray(y_m, dtype=float)])
    distance = ((points[:, None] - points[None]) ** 2).sum(axis=2)
    np.fill_diagonal(distance, -1)
    order: Whole = np.argsort(distance, axis=1, kind="stable")[:, :most]
    return order


def scan(
    area: ArrayLike, day: ArrayLike, nearest: Whole, *, day_count: int, permutations: int, seed: int
) -> Cluster | None:
    """Search all cylinders that end on the last day for the one with most events beyond what is expected.

    A cylinder is an area with its 0 to 24 nearest others, over the last 3 to 28 days (of `DURATIONS_DAYS` those
    under half of `day_count`). Its expected number is mu = sum over its areas and days of (events of the area) x
    (events of the day) / (all events): so neither a place that always has many events nor a day on which
    everything was reported stands out, only both together. With c events observed of N, the ratio is c log(c /
    mu) + (N - c) log((N - c) / (N - mu)) where c > mu, else 0. A permutation deals the days out anew among the
    events; totals of areas and days, and with them every mu, stay as they are. No population is asked for.

    Parameters
    ----------
    area, day
        Shape (events,): number of the area, 0 to areas - 1; day, 0 to ``day_count - 1``, the last is today.
    nearest
        Shape (areas, k), as from `nearest_areas`: each row begins with the area itself.
    permutations
        Draws of the days; 199 do, as the tail of their maxima is a Gumbel distribution's.

    Returns
    -------
    cluster
        Of equally outstanding cylinders the one with the fewest areas, then the shortest, then the first
        centre. None where no cylinder holds more than expected, without events too.

    Raises
    ------
    ValueError
        If shapes differ, or an area or day lies outside its range.

    References
    ----------
    Kulldorff, M. et al. (2005). A space-time permutation scan statistic for disease outbreak detection. PLoS
    Medicine 2(3), e59. Abrams, A. M. et al. (2010). Gumbel based p-value approximations for spatial scan
    statistics. International Journal of Health Geographics 9, 61.
    """
    place, when = np.asarray(area, dtype=np.int64), np.asarray(day, dtype=np.int64)
    if place.shape != when.shape or place.ndim != 1:
        raise ValueError(f"areas {place.shape} and days {when.shape} must both be (events,)")
    if len(place) and not (
        0 <= place.min() <= place.max() < len(nearest) and 0 <= when.min() <= when.max() < day_count
    ):
        raise ValueError("an event lies outside the areas or days")
    durations = [days for days in DURATIONS_DAYS if 2 * days < day_count]
    if not len(place) or not durations:
        return None

    shuffled = np.random.default_rng(seed).permuted(np.tile(when, (permutations, 1)), axis=1)
    highest = np.zeros(permutations)
    found: list[tuple[float, int, int, int, float]] = []
    for days in durations:
        first = day_count - days
        mean = _expected(place, when >= first, nearest)
        measure = _Measure.of(mean, len(place))
        by_area = _by_area(place, when[None] >= first, len(nearest))[0]
        ratio = measure.ratio(np.cumsum(by_area[nearest], axis=1))
        size, centre = (int(at) for at in np.unravel_index(np.argmax(np.round(ratio, DIGITS).T), ratio.T.shape))
        found.append((-round(float(ratio[centre, size]), DIGITS), size, days, centre, float(mean[centre, size])))
        step = max(1, AT_ONCE // len(nearest))
        for start in range(0, permutations, step):
            part = slice(start, start + step)
            by_area = _by_area(place, shuffled[part] >= first, len(nearest))
            highest[part] = np.maximum(highest[part], measure.highest(by_area, nearest))
    negative_ratio, size, days, centre, expected = min(found)
    if negative_ratio == 0:
        return None
    areas = nearest[centre, : size + 1]
    return Cluster(
        areas=tuple(int(number) for number in areas),
        days=days,
        observed=int((np.isin(place, areas) & (when >= day_count - days)).sum()),
        expected=expected,
        log_likelihood_ratio=-negative_ratio,
        probability=_gumbel_tail(-negative_ratio, highest),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Measure:
    """The log-likelihood ratio as table[c] - c * slope + offset: means stay, so logarithms are taken once."""

    mean: Floats
    slope: Floats
    offset: Floats
    table: Floats

    @classmethod
    def of(cls, mean: Floats, total: int) -> _Measure:
        """Prepare for the means of all cylinders of one duration, shape (areas, k)."""
        usual = (mean > 0) & (mean < total)  # otherwise what is observed is what is expected
        inside, outside = np.where(usual, mean, 1.0), np.where(usual, total - mean, 1.0)
        count = np.arange(total + 1.0)
        times_log = count * np.log(np.maximum(count, 1))
        return cls(
            mean=np.where(usual, mean, np.inf),
            slope=np.log(inside) - np.log(outside),
            offset=-total * np.log(outside),
            table=times_log + times_log[::-1],
        )

    def ratio(self, counts: Whole) -> Floats:
        """Give the ratio of each cylinder; shape of `counts`, (areas, k)."""
        ratio: Floats = self.table[counts] - counts * self.slope + self.offset
        return ratio * (counts > self.mean)

    def highest(self, by_area: Whole, nearest: Whole) -> Floats:
        """Give the highest ratio of each permutation of events counted by area; shape (permutations,)."""
        of_area = np.ascontiguousarray(by_area.T)
        counts = np.zeros_like(of_area)
        highest = np.zeros(len(by_area))
        columns = zip(nearest.T, self.mean.T, self.slope.T, self.offset.T, strict=True)
        for added, mean, slope, offset in columns:
            counts += of_area[added]
            ratio = self.table[counts]
            ratio -= counts * slope[:, None]
            ratio += offset[:, None]
            ratio *= counts > mean[:, None]
            np.maximum(highest, ratio.max(axis=0), out=highest)
        return highest


def _by_area(place: Whole, recent: NDArray[np.bool_], area_count: int) -> Whole:
    """Count the recent events of every area, for each permutation; shape (permutations, areas)."""
    row, event = np.nonzero(recent)
    counted: Whole = np.bincount(row * area_count + place[event], minlength=len(recent) * area_count)
    return counted.reshape(len(recent), area_count)


def _expected(place: Whole, recent: NDArray[np.bool_], nearest: Whole) -> Floats:
    """Give mu of every cylinder of one duration; shape (areas, k)."""
    of_areas = np.cumsum(np.bincount(place, minlength=len(nearest))[nearest], axis=1)
    return np.asarray(of_areas * float(recent.sum()) / len(place))


def _gumbel_tail(value: float, sample: Floats) -> float:
    """Give the chance of a Gumbel distribution, fitted by moments to a sample, to reach a value."""
    scale = float(sample.std()) * np.sqrt(6) / np.pi
    if scale == 0:
        return float((sample >= value).mean())
    location = float(sample.mean()) - EULER_GAMMA * scale
    return float(-np.expm1(-np.exp(-(value - location) / scale)))
