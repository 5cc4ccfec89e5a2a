"""Our classes beside those of other bodies: where they differ, by how much, and why each side says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.store import queries
from lib.analysis.agreement import agreement_share, cross_table, kappa, quadratic_weights
from lib.rules.agreement import LEVELS, agreement_rules

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd
    from numpy.typing import NDArray

    from data.store.lake import Lake
    from lib.analysis.agreement import Kappa
    from lib.score.answers import Assessment

UNRATED = -1


@dataclass(frozen=True, slots=True)
class ComparedArea:
    """An area with both classes; columns as `Comparison.areas` describes them."""

    area_code: str
    area_name: str
    district_name: str
    class_index: int
    their_level: int
    difference: float
    reason: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """One body's newest edition beside our assessment."""

    agency: str
    edition: str
    # First and last day of the edition's classes.
    first_on: date
    last_on: date
    # Every area of the region, sorted by code: area_code, area_name, district_name, class_index (our five classes, -1
    # without data), our_level and their_level (index into `lib.rules.agreement.LEVELS`, -1 where a side gives none),
    # difference (ours - theirs in levels; NaN where not both give one), score, reason (theirs, None where not
    # stated).
    areas: pd.DataFrame
    table: NDArray[np.int64]  # areas that both rate, shape (3, 3): rows our levels, columns theirs
    share: float  # share of those with the same level; NaN without any
    # Cohen's kappa without and with quadratic weights; None where there are too few areas or one side gives a single
    # level.
    plain: Kappa | None
    weighted: Kappa | None

    @property
    def compared_count(self) -> int:
        """Areas that both sides rate."""
        return int(self.table.sum())

    @property
    def disagreements(self) -> pd.DataFrame:
        """Rows of `areas` that differ: the largest difference first, then what the body rates higher, then codes."""
        differing = self.areas[self.areas["difference"].abs() > 0]
        return differing.iloc[
            np.lexsort((differing["area_code"], differing["difference"], -differing["difference"].abs()))
        ]


def comparisons(lake: Lake, assessment: Assessment) -> tuple[Comparison, ...]:
    """Lay our assessment beside the newest edition of each body, not after the assessment's last day.

    Areas that the boundaries in force do not have are left out, areas without our data or their class are not
    compared. The bodies come in the order of their names.
    """
    stated = queries.agency_classes(lake, assessment.filters.region_code, as_of=assessment.filters.end)
    return tuple(_compared(assessment, rows) for _, rows in stated.groupby("agency", sort=True))


def _compared(assessment: Assessment, stated: pd.DataFrame) -> Comparison:
    rules = agreement_rules()
    areas = assessment.areas[["area_code", "area_name", "district_name", "class_index", "score"]]
    theirs = stated.set_index("area_code")[["class_code", "reason"]]
    areas = areas.join(theirs, on="area_code").sort_values("area_code", ignore_index=True)
    levels = np.array([*rules.our_levels, UNRATED])  # the class -1 is the last one
    ours = levels[areas["class_index"].to_numpy(dtype=np.int64)]
    given = areas["class_code"].map({name: index for index, name in enumerate(LEVELS)})
    others = given.fillna(UNRATED).to_numpy(dtype=np.int64)
    both = (ours >= 0) & (others >= 0)
    table = cross_table(ours, others, len(LEVELS))
    enough = both.sum() >= rules.minimum_areas
    edition = stated.iloc[0]["edition"]
    return Comparison(
        agency=str(stated.iloc[0]["agency"]),
        edition=str(edition),
        first_on=stated["assessed_on"].min().date(),
        last_on=stated["assessed_on"].max().date(),
        areas=areas.drop(columns="class_code").assign(
            our_level=ours, their_level=others, difference=np.where(both, ours - others, np.nan)
        ),
        table=table,
        share=agreement_share(table),
        plain=kappa(table) if enough else None,
        weighted=kappa(table, quadratic_weights(len(LEVELS))) if enough else None,
    )
