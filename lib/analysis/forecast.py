"""The forecast: events expected in each area over the coming days, and what that expectation is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lib.analysis import negative_binomial
from lib.analysis.features import PART_OF_FEATURE, PARTS, WEEK, arrivals, completeness, vintages, window_share
from lib.analysis.panel import Floats, Panel, Whole, counts
from lib.analysis.posterior import PRIOR_RATE, largest_posterior
from lib.analysis.region_level import coming_days, known_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scipy.sparse import csr_array

LEVELS = (50, 80, 95)
TRAINING_WEEKS = 30
GRADED_WEEKS = 26
LEAST_GRADED = 4
LEAST_HISTORY_DAYS = 8 * WEEK
EARLIEST_TRAINING_DAY = 5 * WEEK
HALF_LIFE_WEEKS = 8.0
LEVEL_WEEKS = 4
LEVEL_EVENTS = 200.0
REGION_EVENTS = 20.0
FLOOR_SHARE = 0.05
LEAST_LEVEL = 1e-3
DEFAULT_DISPERSION = 0.3
FEW_WINDOWS = 1.0
TRAINING_ROWS = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What is expected of the `horizon_days` days after a panel's last."""

    mean: Floats  # shape (areas,): expected events, of those that will have been reported in the end
    parts: Floats  # shape (areas, 4), columns as `PARTS`; the rows add up to `mean` exactly
    dispersion: float  # alpha in variance = mean + alpha mean²; size of the negative binomial = 1 / alpha
    # there was less than eight weeks of history: the whole forecast is an average, and says nothing of where
    baseline_only: bool
    horizon_days: int
    past_totals: Mapping[int, float]  # by earlier origin: what was expected of all areas then


def forecast(
    panel: Panel,
    neighbours: csr_array,
    *,
    horizon_days: int = 7,
    others: Panel | None = None,
    weekday_limit: float = 1.0,
) -> Forecast:
    """Forecast the events of every area over the days after a panel's last.

    An additive endemic-epidemic model: the mean of area i is level * sum_k w_k x_ik with weights w_k >= 0 that
    all areas share, so that it splits into parts. The x_ik are rates known today, in events of a horizon
    (`lib.analysis.features.vintages`):

    - baseline: the city's mean rate (half-life 28 days), and the area's share of all history at that rate;
    - own history: the area's rates with half-lives of 112 and 28 days, and that of `others` with 112;
    - own recent: the area's rates with half-lives of 7 and 2 days, and that of `others` with 7;
    - neighbours: the mean of the neighbours' rates with half-lives of 56 and 3.5 days.

    The weights make the counts of the last 30 weekly windows likeliest, each as known today and compared with the
    share of it that should be in; a window counts half as much as one 8 weeks younger. The level is the geometric
    mean of two ratios: what came over what the weights make of the last four windows (200 events added to both),
    and the region's own forecast (`lib.analysis.region_level`) over the areas' sum (20 added). No mean is below 5
    percent of the mean area's 56-day rate; what is missing goes to the baseline. The dispersion is that of the
    model's forecasts of the last 26 windows that have passed, each remade with what its own day knew.

    Under eight weeks of history the forecast is half the area's mean and half the region's, all of it baseline.
    The order of areas and events matters no more than rounding does, unless more than 200,000 windows have events:
    then an even sample of them is used.

    Parameters
    ----------
    neighbours
        Shape (areas, areas), 0/1, symmetric, zero diagonal; areas without neighbours get nothing from them.
    horizon_days
        Days ahead, at least 1.
    others
        Events of other kinds over the same areas and days (`lib.analysis.features.merged`).
    weekday_limit
        As in `lib.analysis.region_level.coming_days`; 1: events are taken to be dated on their own days.

    Notes
    -----
    Measured on 2026-11-22 in simulated worlds of known truth (S1 to S7 of ``tests/worlds.py``, four of each, none
    of which it was tuned on); in election incidents it is not measured yet. Skill in percent of the ranked
    probability score of the 8-week mean, 7 days ahead; in brackets that of the same model with a constant
    background (no region's forecast in the level, all training weeks alike, shortest half-life 3.5 days):

    ===== ========= ========== ========= ========= ========= =========== ========= =========
    world S1        S2         S3        S4        S5        S6          S7        mean
    skill 3.2 (2.6) 7.6 (7.0)  4.1 (3.8) 5.2 (5.0) 6.6 (6.3) 12.6 (10.1) 4.9 (4.5) 6.3 (5.6)
    ===== ========= ========== ========= ========= ========= =========== ========= =========

    Coverage of the 50, 80 and 95 percent intervals 50.8, 80.6 and 95.2. Fourteen days ahead 8.4 (7.2), coverage
    51.6, 81.4 and 95.4. With reports two days late on average 6.3 (5.1 by rates that take what is reported for all
    that came, which forecast 6 percent too few). `others` gain 1.1 points where kinds share places and causes, and
    lose 0.04 where they share nothing.

    References
    ----------
    Held, Höhle and Hofmann (2005), A statistical framework for the analysis of multivariate infectious disease
    surveillance counts, Statistical Modelling 5. Meyer and Held (2014), Power-law models for infectious disease
    spread, Annals of Applied Statistics 8.
    """
    lag = -(-horizon_days // WEEK)
    *past, (_, parts) = rolling(
        panel,
        neighbours,
        horizon_days=horizon_days,
        forecast_count=GRADED_WEEKS + lag,
        others=others,
        weekday_limit=weekday_limit,
    )
    means = {origin: past_parts.sum(axis=1) for origin, past_parts in past}
    return Forecast(
        mean=parts.sum(axis=1),
        parts=parts,
        dispersion=past_dispersion(panel, means, horizon_days=horizon_days),
        baseline_only=panel.day_count < LEAST_HISTORY_DAYS,
        horizon_days=horizon_days,
        past_totals={origin: float(mean.sum()) for origin, mean in means.items()},
    )


def rolling(
    panel: Panel,
    neighbours: csr_array,
    *,
    horizon_days: int,
    forecast_count: int,
    others: Panel | None = None,
    weekday_limit: float = 1.0,
) -> Iterator[tuple[int, Floats]]:
    """Forecast from each of the last weekly origins, oldest first, with what was known there and no more.

    Yields
    ------
    origin
        First day not known; the last is the panel's `day_count`.
    parts
        Shape (areas, 4), as `Forecast.parts`.
    """
    lag = -(-horizon_days // WEEK)
    seen = vintages(
        panel,
        neighbours,
        horizon_days=horizon_days,
        origin_count=forecast_count + TRAINING_WEEKS + lag - 1,
        others=others,
    )
    come = np.zeros((len(seen.origins), panel.area_count), dtype=np.int64)
    column_sums = seen.features.sum(axis=1)
    weights = np.full(column_sums.shape[1], 1 / column_sums.shape[1])
    news = arrivals(panel, seen.origins)
    for k, (origin, new, days) in enumerate(zip(seen.origins, news, known_days(panel, seen.origins), strict=True)):
        _add_targets(come, panel, new, origins=seen.origins, horizon_days=horizon_days)
        if k < len(seen.origins) - forecast_count:
            continue
        windows = np.arange(max(k - lag - TRAINING_WEEKS + 1, 0), max(k - lag + 1, 0))
        windows = windows[seen.origins[windows] >= EARLIEST_TRAINING_DAY]
        if origin < LEAST_HISTORY_DAYS or not len(windows):
            yield int(origin), _baseline_only(panel, origin, horizon_days)
            continue
        share = window_share(seen.share[k], origin - horizon_days - seen.origins[windows], horizon_days)
        weights = _fit(seen.features, come, column_sums, windows=windows, share=share, start=weights)
        recent = windows[-LEVEL_WEEKS:]
        foreseen = float((column_sums[recent] @ weights * share[-LEVEL_WEEKS:]).sum())
        errors = (come[recent].sum() + LEVEL_EVENTS) / (foreseen + LEVEL_EVENTS)
        region = coming_days(days, seen.share[k], horizon_days, trend=True, weekday_limit=weekday_limit).sum()
        drift = (region + REGION_EVENTS) / (column_sums[k] @ weights + REGION_EVENTS)
        level = float(np.sqrt(errors * drift))
        yield int(origin), _parts(seen.features[k] * (weights * level), seen.floor_level[k])


def past_dispersion(panel: Panel, means: Mapping[int, Floats], *, horizon_days: int) -> float:
    """Estimate the dispersion from forecasts whose days have passed, by what is known on the panel's last day.

    The last 26 count; with fewer than four it is 0.3. A window whose reports are partly under way is compared
    with the part of the forecast that should be in by now: thinning a negative binomial keeps its alpha.
    """
    return dispersion_over(passed_windows(panel, means, horizon_days=horizon_days), means)


@dataclass(frozen=True, slots=True, eq=False)
class PassedWindows:
    """The last 26 windows that lie in the past, and what is known of them.

    `origins` has shape (windows,), `came` (windows, areas); `share` (windows,) of the reports should be in by now.
    `alone` is the number of pairs of window and area whose days do not overlap.
    """

    origins: tuple[int, ...]
    came: Whole
    share: Floats
    alone: float


def passed_windows(panel: Panel, origins: Iterable[int], *, horizon_days: int) -> PassedWindows:
    """Look up what is known on the panel's last day of the windows of earlier forecasts."""
    done = sorted(origin for origin in origins if origin + horizon_days <= panel.day_count)[-GRADED_WEEKS:]
    share = completeness(panel, np.array([panel.day_count]))[0]
    ages = panel.day_count - horizon_days - np.array(done, dtype=np.int64)
    return PassedWindows(
        origins=tuple(done),
        came=np.array([counts(panel, origin, origin + horizon_days - 1) for origin in done], dtype=np.int64),
        share=window_share(share, ages, horizon_days),
        alone=len(done) * panel.area_count * min(1.0, WEEK / horizon_days),
    )


def dispersion_over(passed: PassedWindows, means: Mapping[int, Floats]) -> float:
    """Estimate the dispersion of forecasts over the windows that have passed; see `past_dispersion`."""
    if len(passed.origins) < LEAST_GRADED:
        return DEFAULT_DISPERSION
    expected = np.array([means[origin] for origin in passed.origins]) * passed.share[:, None]
    return widened(negative_binomial.dispersion(passed.came, expected), passed.alone)


def widened(alpha: float, window_count: float) -> float:
    """Widen a dispersion for being estimated from few windows, by the factor 1 + 1 / windows that do not overlap."""
    return alpha * (1 + FEW_WINDOWS / window_count)


def _add_targets(come: Whole, panel: Panel, new: Whole, *, origins: Whole, horizon_days: int) -> None:
    """Count newly known events into every window [origin, origin + horizon) that they fell in."""
    area, occurred = panel.area[new], panel.occurred[new]
    last = (occurred - origins[0]) // WEEK
    for back in range(-(-horizon_days // WEEK)):
        window = last - back
        inside = (window >= 0) & (occurred < origins[np.maximum(window, 0)] + horizon_days)
        np.add.at(come, (window[inside], area[inside]), 1)


def _fit(
    features: Floats, come: Whole, column_sums: Floats, *, windows: Whole, share: Floats, start: Floats
) -> Floats:
    """Find the weights >= 0 of the largest posterior: Poisson counts, means X w, gamma prior on each weight.

    Newton's method on the concave log posterior sum(y log Xw - Xw) + 0.25 sum(log w) - 2 sum(w), from `start`.
    Rows where nothing came enter through the column sums alone.
    """
    window, area = np.nonzero(come[windows[0] : windows[-1] + 1])
    step = -(-len(window) // TRAINING_ROWS) or 1
    total = come[windows].sum()
    window, area = window[::step], area[::step]
    rows = features[windows[0] + window, area] * share[window][:, None]
    count = come[windows[0] + window, area].astype(float)
    age = windows[-1] - windows
    recency = 0.5 ** (age / HALF_LIFE_WEEKS)
    count *= recency[window] * (total / max(count.sum(), 1.0))
    informed = rows.any(axis=1)  # the first events ever known come where every rate is 0
    slope = (recency * share) @ column_sums[windows] + PRIOR_RATE
    return largest_posterior(np.ascontiguousarray(rows[informed].T), count[informed], slope, start)


def _parts(contributions: Floats, floor_level: float) -> Floats:
    parts = np.zeros((len(contributions), len(PARTS)))
    for column, part in zip(contributions.T, PART_OF_FEATURE, strict=False):
        parts[:, part] += column
    missing = FLOOR_SHARE * max(floor_level, LEAST_LEVEL) - parts.sum(axis=1)
    parts[:, 0] += np.maximum(missing, 0.0)
    return parts


def _baseline_only(panel: Panel, origin: int, horizon_days: int) -> Floats:
    """Average the area's own rate and the region's: where all is new, half of what is seen is chance."""
    known = (panel.reported < origin) & (panel.occurred < origin)
    own = np.bincount(panel.area[known], minlength=panel.area_count) * (horizon_days / origin)
    parts = np.zeros((panel.area_count, len(PARTS)))
    parts[:, 0] = np.maximum((own + own.mean()) / 2, FLOOR_SHARE * max(own.mean(), LEAST_LEVEL))
    return parts
