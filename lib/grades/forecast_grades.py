"""Frozen forecasts graded by what came: score beside the plain mean, coverage, and the total."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lib.analysis.forecast import LEVELS
from lib.analysis.negative_binomial import ranked_probability_score, upper_tail
from lib.analysis.panel import counts, known_on
from lib.analysis.plain_forecast import eight_week_mean
from lib.records import columns_of
from lib.region.panels import ALL
from lib.warnings.forecasts import HORIZONS_DAYS
from lib.warnings.issues import FORECAST, frozen_rows, is_late, issued

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import ArrayLike

    from data.store.lake import Lake
    from lib.analysis.backtest import Backtest
    from lib.analysis.panel import Floats, Panel, Whole
    from lib.region.panels import Panels
    from lib.rules.forecasts import ForecastRules


@dataclass(frozen=True, slots=True)
class ForecastGrade:
    """A frozen forecast with what came; columns as `grade_forecasts` describes them, NaN where it is not due."""

    issue_id: str
    as_of: date
    horizon_days: int
    late: bool
    due: bool
    area_count: int
    expected: float
    observed: float
    region_low_80: int
    region_high_80: int
    rps: float
    plain_rps: float
    covered_50: float
    covered_80: float
    covered_95: float


def grade_forecasts(
    lake: Lake, region_code: str, panels: Panels, rules: ForecastRules, *, known: Panels | None = None
) -> pd.DataFrame:
    """Grade the frozen forecasts of all categories, of areas and the region, by what `panels` know.

    Of several issues about one day the last one issued in time counts, else the last. An issue is due
    `settle_days` after its horizon. Forecasts of areas that are no longer there are left out, as are issues
    about days before the panel. `known` ends with the last day of which anything is known; by default `panels`.

    Returns one row for each issue and horizon of 7 and 14 days: the fields of `ForecastGrade`. expected and observed
    are those of the region (events in areas only); region_low_80 and region_high_80 what was said of it; rps and
    plain_rps the mean ranked probability scores of the areas, ours and that of the 8-week mean as known then;
    covered_50 and so on the share of areas within the central intervals, as from `covered`. What is not due has only
    what was said.
    """
    issues = issued(lake, region_code, FORECAST)
    issues = issues[issues["as_of"] <= panels.as_of].assign(late=is_late)
    chosen = issues.sort_values("late", ascending=False, kind="stable").drop_duplicates("as_of", keep="last")
    rows = frozen_rows(lake, region_code, FORECAST)
    rows = rows[(rows["group_code"] == ALL) & rows["horizon_days"].isin(HORIZONS_DAYS)]
    by_issue = dict(iter(rows.groupby(["issue_id", "horizon_days"])))
    panel = (known or panels).groups[ALL]
    grades = []
    ordered = chosen.sort_values("as_of")
    for issue_id, as_of, late in zip(ordered["issue_id"], ordered["as_of"], ordered["late"], strict=True):
        index = (as_of - panels.first_on).days
        for horizon in HORIZONS_DAYS:
            said = by_issue.get((issue_id, horizon))
            if said is None or index < 1:
                continue
            due = index + horizon + rules.settle_days <= panel.day_count - 1
            graded = _grade(said, panel, panels.area_codes, index, horizon) if due else _said(said)
            head = {"issue_id": issue_id, "as_of": as_of, "horizon_days": horizon, "late": late, "due": due}
            grades.append({**head, **graded})
    return pd.DataFrame(grades, columns=columns_of(ForecastGrade))


def covered(count: Whole, mean: Floats, size: ArrayLike, level: int) -> Floats:
    """Give the probability that the randomised transform of each count lies in the central `level` percent.

    For a count the transform is uniform between P(Y < y) and P(Y <= y); where forecasts are honest the mean is
    `level` percent, which the share of counts inside a plain interval of whole numbers exceeds.
    """
    below = 1 - upper_tail(count, mean, size)
    up_to = 1 - upper_tail(np.asarray(count) + 1, mean, size)
    width = np.maximum(up_to - below, 1e-300)
    low, high = (np.clip((0.5 + side * level / 200 - below) / width, 0, 1) for side in (-1, 1))
    result: Floats = high - low
    return result


def total_figures(total: Backtest | None) -> dict[str, float | None] | None:
    """Give the figures of the region's total under the names that every output prints.

    bias: what was forecast over what came. A figure that too few events came for is None, as is all of them where
    nothing could be graded.
    """
    if total is None:
        return None
    covered = {f"cakupan_{level}": share for level, share in total.coverage.items()}
    figures = {"skill": total.skill, **covered, "bias": total.bias}
    return {name: None if np.isnan(value) else float(value) for name, value in figures.items()}


def _said(said: pd.DataFrame) -> dict[str, object]:
    region = said[said["area_code"].isna()].iloc[0]
    return {
        "area_count": int(said["area_code"].notna().sum()),
        "expected": float(region["mean"]),
        "region_low_80": int(region["low_80"]),
        "region_high_80": int(region["high_80"]),
    }


def _grade(
    said: pd.DataFrame, panel: Panel, area_codes: tuple[str, ...], index: int, horizon: int
) -> dict[str, object]:
    areas = said[said["area_code"].isin(area_codes)]
    place = pd.Index(area_codes).get_indexer(pd.Index(areas["area_code"]))
    came = counts(panel, index + 1, index + horizon)
    mean, size = areas["mean"].to_numpy(), 1 / areas["dispersion"].to_numpy()
    plain = eight_week_mean(known_on(panel, index), horizon_days=horizon)
    plain_rps = ranked_probability_score(came, plain.mean, 1 / plain.dispersion)
    return {
        **_said(said),
        "area_count": len(areas),
        "observed": int(came.sum()),
        "rps": float(ranked_probability_score(came[place], mean, size).mean()),
        "plain_rps": float(plain_rps[place].mean()),
        **{f"covered_{level}": float(covered(came[place], mean, size, level).mean()) for level in LEVELS},
    }
