"""Freeze the scale of the score once there is enough to scale by, and read it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.store import queries
from data.store.journals import append
from data.store.lake import Lake, utc_now, write
from lib.analysis import risk
from lib.filters import window_start
from lib.people.actor import May
from lib.region.elections import elections_of
from lib.rules.taxonomy import taxonomy

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from lib.people.actor import Actor
    from lib.rules.calendar import Calendar
    from lib.rules.weights import Weights


@dataclass(frozen=True, slots=True)
class FrozenScale:
    """A scale with the day it was frozen on; `frozen_on` is None while it is only provisional."""

    scale: risk.Scale
    frozen_on: date | None


def pressure_table(counts: pd.DataFrame, weights: Weights, *, as_of: date) -> pd.DataFrame:
    """Weigh counted incidents: adds weight (of one), pressure and squared (of all) to each row.

    `counts` has the columns of `data.store.queries.incident_counts`.
    """
    severity = np.asarray(weights.severity_weights)[counts["severity"].to_numpy(dtype=int) - 1]
    credibility = counts["verification"].map(dict(weights.credibility_weights)).to_numpy(dtype=float)
    age_days = (pd.Timestamp(as_of) - counts["occurred_on"]).dt.days.to_numpy(dtype=float)
    weight = risk.incident_weight(severity, credibility, age_days, half_life_days=weights.half_life_days)
    number = counts["incident_count"].to_numpy(dtype=float)
    return counts.assign(weight=weight, pressure=weight * number, squared=weight**2 * number)


def estimate_scale(
    counts: pd.DataFrame, area_codes: pd.Series, voters: pd.Series, weights: Weights, *, as_of: date
) -> risk.Scale | None:
    """Estimate a scale from what was known on a day; None where there is nothing to scale by.

    `counts` as from `data.store.queries.incident_counts`, of which only categories of the scored groups are used;
    `area_codes` of all areas, those without incidents included; `voters` registered by area code, areas may be
    missing.
    """
    scored = counts[counts["category_code"].isin(scored_categories(weights))]
    table = pressure_table(scored, weights, as_of=as_of).groupby("area_code")[["pressure", "squared"]].sum()
    table = table.reindex(area_codes, fill_value=0.0)
    if len(table) < 2 or table["pressure"].sum() <= 0:
        return None
    area_exposure = risk.exposure(voters.reindex(area_codes), exponent=weights.exposure_exponent)
    return risk.freeze_scale(
        table["pressure"], table["squared"], area_exposure, percentile=weights.reference_percentile
    )


def scored_categories(weights: Weights) -> tuple[str, ...]:
    """List the categories whose group raises the score."""
    return tuple(c.code for c in taxonomy().categories if c.group in weights.category_groups_in_score)


def frozen_scale(lake: Lake, region_code: str, weights: Weights) -> FrozenScale | None:
    """Read the frozen scale in force for a weight scheme; None while there is none."""
    row = queries.score_scale(lake, region_code, weights.scale_digest)
    return FrozenScale(risk.Scale(row[1], row[2], row[3]), row[0]) if row else None


def provisional(weights: Weights) -> FrozenScale:
    """Give the scale of the weights, which holds while there is too little to freeze one."""
    prior_exposure, theta_reference = weights.provisional_scale
    return FrozenScale(risk.Scale(0.0, prior_exposure, theta_reference), None)


def freeze_if_due(lake: Lake, region_code: str, weights: Weights) -> None:
    """Freeze the scale once there is enough to freeze it; see `due`."""
    if frozen_scale(lake, region_code, weights) is None and (found := due(lake, region_code, weights)):
        _keep(lake, region_code, weights, found, author="petadini", reason="awal")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A scale that could be frozen as of a day, and on how many incidents of its window it rests."""

    scale: risk.Scale
    incident_count: int
    as_of: date


def due(lake: Lake, region_code: str, weights: Weights) -> Proposal | None:
    """Estimate the scale on the last reported day; None while its window holds too few incidents to freeze it."""
    state = queries.data_state(lake, region_code)
    if state["incident_count"] < weights.freeze_minimum_incidents:  # asked first: it costs little
        return None
    found = propose(lake, region_code, weights, as_of=state["last_reported_on"])
    return found if found and found.incident_count >= weights.freeze_minimum_incidents else None


def propose(lake: Lake, region_code: str, weights: Weights, *, as_of: date) -> Proposal | None:
    """Estimate the scale as of a day without freezing it; None if there is nothing to scale by."""
    start = window_start(as_of, weights.window_days)
    counts = queries.incident_counts(lake, region_code, as_of=as_of, start=start, end=as_of)
    areas = queries.areas(lake, region_code)["area_code"]
    voters = election_voters(lake, elections_of(lake, region_code), as_of)
    scale = estimate_scale(counts, areas, voters, weights, as_of=as_of)
    return Proposal(scale, int(counts["incident_count"].sum()), as_of) if scale else None


def freeze(
    lake: Lake, region_code: str, weights: Weights, *, as_of: date, actor: Actor, reason: str
) -> Proposal | None:
    """Freeze the scale as of a day, for all scores from now on; None if there is nothing to scale by."""
    actor.must(May.JUDGE, region_code)
    found = propose(lake, region_code, weights, as_of=as_of)
    if found is not None:
        _keep(lake, region_code, weights, found, author=actor.name, reason=reason)
    return found


def _keep(lake: Lake, region_code: str, weights: Weights, found: Proposal, *, author: str, reason: str) -> None:
    scale = found.scale

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        row = {
            "region_code": region_code,
            "weights_digest": weights.scale_digest,
            "frozen_on": found.as_of,
            "prior_pressure": scale.prior_pressure,
            "prior_exposure": scale.prior_exposure,
            "theta_reference": scale.theta_reference,
            "incident_count": found.incident_count,
            "author": author,
            "reason": reason,
            "recorded_at": utc_now(),
        }
        append(cursor, "score_scale", row)

    write(lake, change, author=author, message=f"skala dibekukan per {found.as_of}")


def election_voters(lake: Lake, elections: Calendar, as_of: date) -> pd.Series:
    """Sum registered voters by area for the usual election of a day, indexed by area code; none without one."""
    usual = elections.usual(as_of)
    table = queries.voters(lake, elections.region_code, usual.roll_code if usual else "")
    return table.set_index("area_code")["voter_count"].astype("float64")
