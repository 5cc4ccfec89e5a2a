"""The backtest: what the forecast would have said week after week, graded beside plain averages by what came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from lib.analysis import negative_binomial
from lib.analysis.city_forecast import total_dispersion, whole_region
from lib.analysis.features import WEEK, completeness
from lib.analysis.forecast import (
    FLOOR_SHARE,
    GRADED_WEEKS,
    LEAST_LEVEL,
    LEVELS,
    PassedWindows,
    dispersion_over,
    passed_windows,
    rolling,
)
from lib.analysis.panel import Floats, Panel, Whole, counts, known_on

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scipy.sparse import csr_array

    from lib.analysis.region_level import TotalMethod

    Dispersion = Callable[[PassedWindows, Mapping[int, Floats]], float]

LAST_WEEK, MEAN_4, MEAN_8, MEAN_26, EARLIER = "pekan_lalu", "rata4", "rata8", "rata26", "pemilu_lalu"
WARM_UP_ORIGINS = 8  # forecasts made before the first graded one, so that its dispersion is an estimate
FIRST_FORECAST_DAY = 8 * WEEK
COMPLETE_SHARE = 0.95  # a window is graded once so much of its last day's reports should be in
TOP_SHARE = 0.1
PIT_BINS = 10
LEAST_GRADED_EVENTS = 30  # with fewer the skill hangs on single events, and its interval cannot tell
BLOCK_ORIGINS = 4  # successive weeks fail together, so they are drawn together
RESAMPLES = 2000
SEED = 20_261_122


@dataclass(frozen=True, slots=True, eq=False)
class Benchmark:
    """A plain forecast graded over the same origins, and the skill of ours against it.

    `skill` is 1 - ours / its ranked probability score; NaN where the benchmark's is 0 or fewer than
    `LEAST_GRADED_EVENTS` events came, each counted once though windows overlap. `skill_interval` holds 95 percent of
    paired block-bootstrap resamples of the origins; NaN as the skill. `rps_by_origin` has shape (origins,).
    """

    rps: float
    hit10: float
    skill: float
    skill_interval: tuple[float, float]
    rps_by_origin: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Backtest:
    """Our forecasts of past weeks, graded."""

    horizon_days: int
    area_count: int
    origins: Whole  # shape (origins,): first day not known at each forecast, rising by 7
    # observed, expected: shape (origins,): events of the region that came in the horizon, and that were forecast
    observed: Floats
    expected: Floats
    dispersion: Floats  # shape (origins,): alpha used at each origin
    rps: float  # mean ranked probability score over areas and origins; `rps_by_origin` by origin
    rps_by_origin: Floats
    # share of the events that came in the tenth of the areas with the highest forecasts; NaN without events
    hit10: float
    # share of counts that fell within the central 50, 80 and 95 percent of the forecast distribution
    coverage: Mapping[int, float]
    # shape (10,): share of the probability integral transform by tenths; all 0.1 where forecasts are honest
    pit: Floats
    # by code: ``pekan_lalu``, ``rata4``, ``rata8``, ``rata26``, and ``pemilu_lalu`` with an earlier election
    benchmarks: Mapping[str, Benchmark]
    plain_coverage: Mapping[int, float]  # as `coverage`, of the 8-week mean
    total: Backtest | None = None  # the sum of the areas' forecasts as that of one area, where it was asked for

    @property
    def skill(self) -> float:
        """Give the skill against the 8-week mean."""
        return self.benchmarks[MEAN_8].skill

    @property
    def skill_interval(self) -> tuple[float, float]:
        """Give the interval of the skill against the 8-week mean."""
        return self.benchmarks[MEAN_8].skill_interval

    @property
    def bias(self) -> float:
        """Give the events that were forecast over those that came; NaN where none came."""
        return _share(self.expected.sum(), self.observed.sum())


@dataclass(frozen=True, slots=True, eq=False)
class EarlierElection:
    """Events before an earlier voting day: day d of the graded panel has the H-n of day d + `shift` of `panel`."""

    panel: Panel
    shift: int


@dataclass(frozen=True, slots=True, eq=False)
class _Graded:
    rps: Floats
    hits: Floats
    dispersion: Floats


def backtest(
    panel: Panel,
    neighbours: csr_array,
    *,
    horizon_days: int = 7,
    origin_count: int | None = None,
    earlier: EarlierElection | None = None,
    others: Panel | None = None,
    method: TotalMethod | None = None,
) -> Backtest | None:
    """Forecast from every past week as if it were today, and grade what was said by what came.

    Every origin knows the events reported before it and nothing else. A window is graded when it lies in the
    past and 95 percent of its last day's reports should be in. Each plain forecast gets a negative binomial
    distribution too, with the dispersion of its own past errors, so that none loses for want of an interval.
    Its mean is at least 5 percent of the region's, like ours.

    Parameters
    ----------
    origin_count
        Grade at most so many, the latest; at least 1.
    earlier
        Adds the benchmark ``pemilu_lalu``, where that election's events cover the same days before voting.
    others
        As in `lib.analysis.forecast.forecast`.
    method
        How the region's total is forecast; without it the areas alone are, and graded.

    Returns
    -------
    backtest
        None where history is too short: the first forecast needs 8 weeks, and 8 forecasts come before the first
        graded one.

    References
    ----------
    Czado, Gneiting and Held (2009), Predictive model assessment for count data, Biometrics 65 (the transform of
    counts: its randomisation is averaged out here, so no seed enters). Künsch (1989), The jackknife and the
    bootstrap for general stationary observations, Annals of Statistics 17.
    """
    last = _last_origin(panel, horizon_days)
    if last < FIRST_FORECAST_DAY:
        return None
    forecast_count = (last - FIRST_FORECAST_DAY) // WEEK + 1
    if origin_count is not None:  # with the windows that the first dispersion is estimated from
        forecast_count = min(forecast_count, origin_count + GRADED_WEEKS + -(-horizon_days // WEEK))
    made = rolling(
        known_on(panel, last - 1),
        neighbours,
        horizon_days=horizon_days,
        forecast_count=forecast_count,
        others=None if others is None else known_on(others, last - 1),
        weekday_limit=1.0 if method is None else method.weekday_limit,
    )
    means = {origin: parts.sum(axis=1) for origin, parts in made}
    of_areas = _graded(
        panel, means, dispersion_over, horizon_days=horizon_days, origin_count=origin_count, earlier=earlier
    )
    if of_areas is None or method is None:
        return of_areas
    total = _graded(
        whole_region(panel),
        {origin: mean.sum(keepdims=True) for origin, mean in means.items()},
        lambda passed, made: total_dispersion(passed, made, method),
        horizon_days=horizon_days,
        origin_count=origin_count,
        earlier=earlier and EarlierElection(whole_region(earlier.panel), earlier.shift),
    )
    return replace(of_areas, total=total)


def _graded(
    panel: Panel,
    made: dict[int, Floats],
    dispersion: Dispersion,
    *,
    horizon_days: int,
    origin_count: int | None,
    earlier: EarlierElection | None,
) -> Backtest | None:
    """Grade the means of successive origins."""
    origins = np.array(sorted(made))
    graded = origins[WARM_UP_ORIGINS:][-(origin_count or len(origins)) :]
    if not len(graded):
        return None
    came = np.array([counts(panel, origin, origin + horizon_days - 1) for origin in graded])
    passed = [passed_windows(known_on(panel, int(origin) - 1), made, horizon_days=horizon_days) for origin in graded]
    own = _grade(passed, made, came, graded, dispersion)
    rivals: dict[str, Callable[[int], Floats]] = {
        LAST_WEEK: lambda origin: _past_mean(panel, origin, 1, horizon_days),
        MEAN_4: lambda origin: _past_mean(panel, origin, 4, horizon_days),
        MEAN_8: lambda origin: _past_mean(panel, origin, 8, horizon_days),
        MEAN_26: lambda origin: _past_mean(panel, origin, 26, horizon_days),
    }
    if (
        earlier is not None
        and origins[0] + earlier.shift >= 0
        and origins[-1] + horizon_days + earlier.shift <= earlier.panel.day_count
    ):
        rivals[EARLIER] = lambda origin: counts(
            earlier.panel, origin + earlier.shift, origin + earlier.shift + horizon_days - 1
        ).astype(float)
    benchmarks = {}
    of_plain = {}
    for code, rival in rivals.items():
        plain = {int(origin): _floored(rival(int(origin))) for origin in origins}
        of_plain[code] = plain, _grade(passed, plain, came, graded, dispersion)
        benchmarks[code] = _benchmark(own, of_plain[code][1], came, horizon_days)
    means = np.array([made[int(origin)] for origin in graded])
    below = _transform(came, means, own.dispersion)
    plain, graded_plain = of_plain[MEAN_8]
    plain_means = np.array([plain[int(origin)] for origin in graded])
    plain_below = _transform(came, plain_means, graded_plain.dispersion)
    return Backtest(
        horizon_days=horizon_days,
        area_count=panel.area_count,
        origins=graded,
        observed=came.sum(axis=1).astype(float),
        expected=means.sum(axis=1),
        dispersion=own.dispersion,
        rps=float(own.rps.mean()),
        rps_by_origin=own.rps,
        hit10=_share(own.hits.sum(), came.sum()),
        coverage=_coverage(below),
        pit=np.diff([below(edge) for edge in np.linspace(0, 1, PIT_BINS + 1)]),
        benchmarks=benchmarks,
        plain_coverage=_coverage(plain_below),
    )


def top_hits(forecast_mean: Floats, came: Whole) -> float:
    """Count the events in the tenth of the areas with the highest forecasts.

    Where areas tie at the edge, each of them counts with the same part, so their order does not matter.
    """
    places = TOP_SHARE * len(forecast_mean)
    values, group = np.unique(-forecast_mean, return_inverse=True)
    size = np.bincount(group, minlength=len(values))
    events = np.bincount(group, weights=came, minlength=len(values))
    taken = np.clip(places - (size.cumsum() - size), 0, size)
    return float((events * taken / size).sum())


def _last_origin(panel: Panel, horizon_days: int) -> int:
    """Find the last day whose horizon is past, with most of its last day's reports in."""
    share = completeness(panel, np.array([panel.day_count]))[0]
    return panel.day_count - int(np.argmax(share >= COMPLETE_SHARE)) - horizon_days


def _past_mean(panel: Panel, origin: int, weeks: int, horizon_days: int) -> Floats:
    """Average the last weeks before an origin as known there, or all there are."""
    days = min(WEEK * weeks, origin)
    known = (panel.reported < origin) & (panel.occurred < origin) & (panel.occurred >= origin - days)
    number = np.bincount(panel.area[known], minlength=panel.area_count)
    return number.astype(float) * (horizon_days / days)


def _floored(mean: Floats) -> Floats:
    floored: Floats = np.maximum(mean, FLOOR_SHARE * max(float(mean.mean()), LEAST_LEVEL))
    return floored


def _grade(
    passed: list[PassedWindows], made: Mapping[int, Floats], came: Whole, graded: Whole, dispersion: Dispersion
) -> _Graded:
    rps, hits, dispersions = [], [], []
    for origin, windows, number in zip(graded, passed, came, strict=True):
        alpha = dispersion(windows, made)
        mean = made[int(origin)]
        rps.append(negative_binomial.ranked_probability_score(number, mean, 1 / alpha).mean())
        hits.append(top_hits(mean, number))
        dispersions.append(alpha)
    return _Graded(np.array(rps), np.array(hits), np.array(dispersions))


def _transform(came: Whole, means: Floats, dispersion: Floats) -> Callable[[float], float]:
    """Give the distribution of the randomised transform: the share of it that lies below an edge, on average.

    It is drawn evenly between P(Y < count) and P(Y <= count); here its mean over all draws is taken.
    """
    size = 1 / dispersion[:, None]
    low = 1 - negative_binomial.upper_tail(came, means, size)
    width = 1 - negative_binomial.upper_tail(came + 1, means, size) - low

    def below(edge: float) -> float:
        part = np.divide(edge - low, width, out=(low < edge).astype(float), where=width > 0)
        return float(np.clip(part, 0, 1).mean())

    return below


def _coverage(below: Callable[[float], float]) -> dict[int, float]:
    return {level: below(0.5 + level / 200) - below(0.5 - level / 200) for level in LEVELS}


def _benchmark(own: _Graded, rival: _Graded, came: Whole, horizon_days: int) -> Benchmark:
    generator = np.random.default_rng(SEED)
    number = len(own.rps)
    block = min(BLOCK_ORIGINS, number)
    starts = generator.integers(number, size=(RESAMPLES, -(-number // block)))
    drawn = ((starts[:, :, None] + np.arange(block)) % number).reshape(RESAMPLES, -1)[:, :number]
    resampled = _skill(own.rps[drawn].sum(axis=1), rival.rps[drawn].sum(axis=1))
    low, high = np.quantile(resampled, [0.025, 0.975])
    skill = float(_skill(own.rps.sum(), rival.rps.sum()))
    if came.sum() * min(WEEK / horizon_days, 1) < LEAST_GRADED_EVENTS:
        skill = low = high = float("nan")
    return Benchmark(
        rps=float(rival.rps.mean()),
        hit10=_share(rival.hits.sum(), came.sum()),
        skill=skill,
        skill_interval=(float(low), float(high)),
        rps_by_origin=rival.rps,
    )


def _skill(own: Floats | float, rival: Floats | float) -> Floats:
    below = np.asarray(rival, dtype=float)
    skill: Floats = 1 - np.divide(own, below, out=np.full(below.shape, np.nan), where=below > 0)
    return skill


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")
