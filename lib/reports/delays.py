"""How late reports come, and until which day they are complete."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lib.analysis.completeness import delay_distribution
from lib.rules.completeness import completeness_rules
from lib.rules.regions import weights
from lib.rules.taxonomy import taxonomy

if TYPE_CHECKING:
    from lib.analysis.completeness import DelayDistribution
    from lib.rules.completeness import CompletenessRules

ALL, FAMILY, CATEGORY = "semua", "rumpun", "kategori"
OWN, ALL_CATEGORIES, JUDGED = "sendiri", "semua", "pertimbangan"


def delays(incidents: pd.DataFrame, region_code: str, *, as_of: date) -> pd.DataFrame:
    """Tell how late reports come, over all categories, by family and by category.

    Only reports whose date is known tell of delay. A category or family of too few reports borrows the delays of
    all; where all are too few, or none is of events at least as old as the table's last day, the judgement
    `incomplete_days` of the weights holds.

    Parameters
    ----------
    incidents
        Columns of `data.store.queries.reports`.

    Returns
    -------
    table
        First all, then families, then categories, in the taxonomy's order: scope, code, report_count (own
        reports with a date), basis (OWN, ALL_CATEGORIES or JUDGED), median_days, percentile_90_days,
        incomplete_days, complete_until (the newest complete day), and share_0, share_1, ... (part of a day's
        reports that is in after so many days). Figures that a judgement cannot give are missing.
    """
    rules = completeness_rules(region_code)
    dated = incidents[~incidents["report_date_missing"].astype(bool)]
    dated = dated.assign(
        delay=(dated["reported_on"] - dated["occurred_on"]).dt.days,
        age=(pd.Timestamp(as_of) - dated["occurred_on"]).dt.days,
        family=dated["category_code"].map({entry.code: entry.family for entry in taxonomy().categories}),
    )
    dated = dated[dated["delay"].between(0, rules.longest_delay_days) & (dated["age"] < rules.delay_window_days)]
    whole = _distribution(dated, rules)
    days_judged = weights(region_code).incomplete_days

    def row(scope: str, code: str, own: pd.DataFrame, found: DelayDistribution | None) -> dict[str, object]:
        basis, used = (OWN, found) if found else (ALL_CATEGORIES, whole) if whole else (JUDGED, None)
        incomplete = used.days_until(rules.complete_share) if used else days_judged
        return {
            "scope": scope,
            "code": code,
            "report_count": int(own["report_count"].sum()),
            "basis": basis,
            "median_days": used.days_until(0.5) if used else None,
            "percentile_90_days": used.days_until(0.9) if used else None,
            "incomplete_days": incomplete,
            "complete_until": as_of - timedelta(days=incomplete),
        } | {f"share_{day}": used.share[day] if used else np.nan for day in range(rules.delay_days_shown + 1)}

    rows = [row(ALL, ALL, dated, whole)]
    groups = [(FAMILY, "family", entry.code) for entry in taxonomy().families]
    groups += [(CATEGORY, "category_code", entry.code) for entry in taxonomy().categories]
    for scope, column, code in groups:
        own = dated[dated[column] == code]
        if len(own):
            rows.append(row(scope, code, own, _distribution(own, rules)))
    return pd.DataFrame(rows)


def _distribution(dated: pd.DataFrame, rules: CompletenessRules) -> DelayDistribution | None:
    """Estimate the delay, unless the events are too few or too young to show a whole row of the table."""
    found = delay_distribution(
        dated["delay"],
        dated["age"],
        dated["report_count"],
        longest_days=rules.longest_delay_days,
        least_reports=rules.minimum_delay_reports,
    )
    return found if found and found.horizon_days >= rules.delay_days_shown else None
