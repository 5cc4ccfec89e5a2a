"""The drift report: whether forecasts and alerts still behave as they did, month against month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from lib.analysis.backtest import backtest
from lib.analysis.forecast import forecast
from lib.analysis.panel import known_on
from lib.grades.alert_grades import FALSE, RIGHT
from lib.region.areas import load_neighbours
from lib.region.panels import ALL, load_panels, until_last_report
from lib.reports.completeness import completeness
from lib.rules.forecasts import forecast_rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

    from data.store.lake import Lake
    from lib.analysis.panel import Floats
    from lib.grades.scorecard import Scorecard
    from lib.rules.forecasts import ForecastRules

MONTH_WEEKS = 4
MONTH_DAYS = 7 * MONTH_WEEKS
MONTHS = 3
HORIZON_DAYS = 7


@dataclass(frozen=True, slots=True, eq=False)
class Month:
    """Four weeks of forecasts and alerts, graded; None or NaN where there is nothing to grade."""

    # First and last day of the weeks that were forecast. Reports of the last days of the newest month may still be
    # under way; a week is graded only once its reports should be in.
    start: date
    end: date
    origin_count: int  # weekly forecasts graded
    # Events of the region that came in those weeks, and that were forecast.
    observed: float
    expected: float
    # As in `lib.analysis.backtest.Backtest`, of this month alone.
    skill: float
    coverage: Mapping[int, float]
    pit: Floats
    # Alerts raised in the month, those graded, and those that were right.
    alert_count: int
    graded_count: int
    right_count: int
    # Share of the highest tenth of areas, by the forecast at the month's end, that was there a month before.
    top_share: float | None
    received_share: float | None  # share of the reports awaited in the month that came
    # What has drifted: ``jumlah``, ``cakupan`` by the rules, ``banding`` where the skill is below 0.
    faults: tuple[str, ...]


def drift(lake: Lake, card: Scorecard) -> tuple[Month, ...]:
    """Grade the last months one by one, the newest first; months without a graded forecast are left out."""
    rules = forecast_rules(card.region_code)
    neighbours = load_neighbours(lake, card.region_code)
    panels = load_panels(lake, card.region_code, neighbours.area_codes, as_of=card.as_of)
    panel = until_last_report(panels).groups[ALL]
    awaited = completeness(lake, card.region_code, as_of=card.as_of).matrix
    tops: list[np.ndarray] = []
    graded_months = []
    for back in range(MONTHS + 1):
        day = panel.day_count - 1 - back * MONTH_DAYS
        if day < HORIZON_DAYS:
            break
        known = known_on(panel, day)
        made = forecast(known, neighbours.matrix, horizon_days=HORIZON_DAYS, weekday_limit=rules.weekday_limit)
        tops.append(highest(made.mean, rules.best_share))
        graded = backtest(
            known, neighbours.matrix, horizon_days=HORIZON_DAYS, origin_count=MONTH_WEEKS, method=rules.total
        )
        graded_months.append(graded)
    found = []
    for number, graded in enumerate(graded_months[:MONTHS]):
        if graded is None:
            continue
        start = panels.first_on + timedelta(days=int(graded.origins[0]))
        end = panels.first_on + timedelta(days=int(graded.origins[-1]) + HORIZON_DAYS - 1)
        alerts = card.ledger.alerts
        own = alerts[np.array([start <= alert_day <= end for alert_day in alerts["day"]], dtype=bool)]
        observed, expected = float(graded.observed.sum()), float(graded.expected.sum())
        coverage = dict(graded.coverage)
        found.append(
            Month(
                start=start,
                end=end,
                origin_count=len(graded.origins),
                observed=observed,
                expected=expected,
                skill=graded.skill,
                coverage=coverage,
                pit=graded.pit,
                alert_count=len(own),
                graded_count=int(own["outcome"].isin([RIGHT, FALSE]).sum()),
                right_count=int((own["outcome"] == RIGHT).sum()),
                top_share=stability(tops[number], tops[number + 1]) if number + 1 < len(tops) else None,
                received_share=_received(awaited, start, end),
                faults=faults(observed, expected, coverage, graded.skill, rules),
            )
        )
    return tuple(found)


def faults(
    observed: float, expected: float, coverage: Mapping[int, float], skill: float, rules: ForecastRules
) -> tuple[str, ...]:
    """Name what has drifted by the rules; see `Month.faults`."""
    least, most = rules.drift_total
    allowed = rules.drift_coverage_points / 100
    found = []
    if expected > 0 and not least <= observed / expected <= most:
        found.append("jumlah")
    if any(abs(share - level / 100) > allowed for level, share in coverage.items()):
        found.append("cakupan")
    if skill < 0:
        found.append("banding")
    return tuple(found)


def highest(mean: Floats, share: float) -> np.ndarray:
    """Give each area's part in the highest `share` of areas; areas that tie at the edge share what is left."""
    places = share * len(mean)
    values, group = np.unique(-mean, return_inverse=True)
    size = np.bincount(group, minlength=len(values))
    taken = np.clip(places - (size.cumsum() - size), 0, size)
    return np.asarray((taken / size)[group])


def stability(now: np.ndarray, before: np.ndarray) -> float:
    """Give the share of the highest areas that were among them before; both as from `highest`."""
    return float(np.minimum(now, before).sum() / now.sum())


def _received(matrix: pd.DataFrame, start: date, end: date) -> float | None:
    days = matrix["week_end"].dt.date
    own = matrix[(days >= start) & (days <= end)]
    expected = int(own["expected"].sum())
    return float(own["received"].sum()) / expected if expected else None
