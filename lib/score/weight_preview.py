"""What other weights would change: who moves, before anything is saved, and what the ranks hang on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.analysis.draws import Shift, ranks, sensitivity
from lib.score import frozen_scale
from lib.score.answers import WITHHELD_PART, Assessment, judge
from lib.score.frozen_scale import FrozenScale

if TYPE_CHECKING:
    from data.store.lake import Lake
    from lib.filters import Filters
    from lib.rules.weights import Weights
    from lib.score.inputs import Inputs

PARTS = ("structural", "incident", "spillover", "surprise")
LINEAR_SEVERITY = (1.0, 2.0, 3.0, 4.0, 5.0)
HALF_LIFE, SEVERITY = "waktu_paruh", "keparahan_lurus"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """The areas of a question under the weights in force and under others.

    `movers` as from `movers`; `rescaled` tells that the others need a new frozen scale.
    """

    movers: pd.DataFrame
    rescaled: bool


@dataclass(frozen=True, slots=True)
class MovedArea:
    """An area under two weights; columns as from `movers`, NaN and -1 without a class."""

    area_name: str
    class_before: int
    class_after: int
    rank_before: float
    rank_after: float
    score_before: float
    score_after: float


def preview(lake: Lake, known: Inputs, filters: Filters, candidate: Weights) -> Preview:
    """Judge a question under other weights exactly as it would be judged once they are saved."""
    before = judge(known, filters)
    after = _judged(lake, known, filters, candidate)
    rescaled = candidate.scale_digest != known.weights.scale_digest
    return Preview(movers(pd.DataFrame(before.areas), pd.DataFrame(after.areas)), rescaled)


def rank_shifts(lake: Lake, known: Inputs, filters: Filters) -> dict[str, Shift]:
    """Measure what the ranks hang on: each share by a quarter, the half-lives drawn from, linear severity.

    Ranks are those of the whole sums of the four parts, before anything is held back of reports that stand alone.

    Of the half-lives the one that moves the ranks most counts.
    """
    usual = judge(known, filters)
    scheme = known.weights
    classed = usual.areas["score"].notna().to_numpy()
    scores = {
        f"{HALF_LIFE}_{days:g}": _scores(lake, known, filters, replace(scheme, half_life_days=days))[classed]
        for days in scheme.draw_half_lives
        if days != scheme.half_life_days
    }
    scores[SEVERITY] = _scores(lake, known, filters, replace(scheme, severity_weights=LINEAR_SEVERITY))[classed]
    found = sensitivity(
        usual.areas.loc[classed, list(PARTS)].to_numpy(dtype=float),
        [share for _, share in scheme.component_weights],
        names=tuple(name for name, _ in scheme.component_weights),
        alternatives=scores,
    )
    half_lives = [shift for name, shift in found.items() if name.startswith(HALF_LIFE)]
    kept = {name: shift for name, shift in found.items() if not name.startswith(HALF_LIFE)}
    return kept | {HALF_LIFE: max(half_lives, key=lambda shift: shift.mean)} if half_lives else kept


def scale_if_saved(lake: Lake, region_code: str, weights: Weights) -> FrozenScale:
    """Give the scale that weights would have once saved: an earlier one, one frozen now, or the provisional."""
    frozen = frozen_scale.frozen_scale(lake, region_code, weights)
    if frozen:
        return frozen
    found = frozen_scale.due(lake, region_code, weights)
    return FrozenScale(found.scale, found.as_of) if found else frozen_scale.provisional(weights)


def movers(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Compare the areas of two assessments of the same question: who changes class or rank.

    Both have area_code, area_name, district_name, score (NaN without one) and class_index, of the same areas.

    Columns: area_code, area_name, district_name, class_before, class_after (-1 without a class), rank_before,
    rank_after (equal scores share a rank; missing without a score), score_before, score_after, score_change; one row
    for each area, in order of the rank after.
    """
    old, new = (frame.set_index("area_code") for frame in (before, after))
    new = new.loc[old.index]
    table = pd.DataFrame(
        {
            "area_name": old["area_name"],
            "district_name": old["district_name"],
            "class_before": old["class_index"],
            "class_after": new["class_index"],
            "rank_before": ranks(old["score"].to_numpy(dtype=float)),
            "rank_after": ranks(new["score"].to_numpy(dtype=float)),
            "score_before": old["score"],
            "score_after": new["score"],
            "score_change": new["score"] - old["score"],
        }
    )
    return table.reset_index().sort_values(["rank_after", "area_code"], ignore_index=True)


def _judged(lake: Lake, known: Inputs, filters: Filters, weights: Weights) -> Assessment:
    if weights.scale_digest == known.weights.scale_digest:
        return judge(known, filters, weights)
    return judge(replace(known, scale=scale_if_saved(lake, filters.region_code, weights)), filters, weights)


def _scores(lake: Lake, known: Inputs, filters: Filters, weights: Weights) -> Floats:
    areas = _judged(lake, known, filters, weights).areas
    return np.asarray(areas["score"] - areas[WITHHELD_PART], dtype=float)
