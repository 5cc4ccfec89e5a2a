"""How sure a rank is: the score drawn anew from what is doubtful about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lib.analysis import risk
from lib.analysis.draws import Posterior, rank_draws
from lib.score import parts

if TYPE_CHECKING:
    from lib.score.answers import Assessment
    from lib.score.inputs import Inputs
    from lib.score.parts import Scorer


@dataclass(frozen=True, slots=True)
class RankRange:
    """How sure the rank of an area is; columns as `rank_uncertainty` describes them, NaN without a class."""

    area_code: str
    rank_low: float
    rank_high: float
    probability_top: float


def rank_uncertainty(known: Inputs, assessment: Assessment) -> pd.DataFrame:
    """Draw the ranks of an assessment's areas five hundred times; see `lib.analysis.draws.rank_draws`.

    Columns, in the order of `assessment.areas`: area_code, rank_median, rank_low, rank_high (the central 90 %, among
    all areas of the region with a class), probability_top (to be among the highest tenth); missing where an area
    has no class. `known`: the facts that the assessment was judged from.
    """
    filters, weights = assessment.filters, assessment.weights
    made = parts.scorer(known, filters.end, weights)
    found = parts.scores_on(made)
    codes = known.areas["area_code"]
    drawn = rank_draws(
        structural=found.parts[:, 0],
        surprise=found.parts[:, 3],
        posterior=posterior(made),
        neighbours=known.neighbours.matrix,
        weights=parts.component_shares(weights),
        ranked=assessment.region["score"].notna().to_numpy(),
        withheld=found.withheld,
        spillover_known=~parts.nowhere(made),
        spillover_stand_in=float(np.max(found.parts[:, 2], where=parts.nowhere(made), initial=0.0)),
        draw_count=weights.draw_count,
        concentration=weights.draw_concentration,
    )
    table = pd.DataFrame(
        {
            "area_code": codes,
            "rank_median": drawn.rank_median,
            "rank_low": drawn.rank_low,
            "rank_high": drawn.rank_high,
            "probability_top": drawn.probability_top,
        }
    )
    shown: pd.DataFrame = table[codes.isin(assessment.areas["area_code"])].reset_index(drop=True)
    return shown


def posterior(made: Scorer) -> Posterior:
    """Give the gamma posterior of the areas' pressure under each half-life that may be right.

    Pressures behave like counts of events of one mean weight c = sum of squared weights / sum of weights
    (`lib.analysis.risk.freeze_scale`), so an area's posterior has shape (a + P) / c. Another half-life moves all
    pressures; the prior and the reference move with their sum, which keeps the scale comparable. An area without
    pressure under a prior of nothing is taken as certain.
    """
    scale = made.inputs.scale.scale
    usual, _ = parts.pressure_on(made, half_life_days=made.weights.half_life_days)
    means, shapes, references = [], [], []
    for half_life_days in made.weights.draw_half_lives:
        pressure, squared = parts.pressure_on(made, half_life_days=half_life_days)
        total = pressure.sum()
        moved = total / usual.sum() if total > 0 else 1.0
        unit = squared.sum() / total if total > 0 else 1.0
        drawn = risk.Scale(scale.prior_pressure * moved, scale.prior_exposure, scale.theta_reference * moved)
        own = pressure.sum(axis=1)
        means.append(risk.theta(own, made.exposure, drawn))
        shapes.append(np.where(drawn.prior_pressure + own > 0, (drawn.prior_pressure + own) / unit, np.inf))
        references.append(drawn.theta_reference)
    return Posterior(np.stack(means), np.stack(shapes), np.array(references))
