"""Simulated incidents: what happened where, and when it became known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from data.demo import scenario
from data.demo.ground import Floats, Ground, Objects, Whole, lay_out
from data.demo.process import OFFSPRING, Events, Flare, reach_m, self_exciting
from data.demo.reports import Known, import_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import geopandas as gpd
    import pandas as pd

CODES_ONLY: Mapping[str, Sequence[str]] = dict.fromkeys(scenario.STAGE_WEIGHTS, ())
MOST_TRIES = 12


@dataclass(frozen=True, slots=True)
class _Cast:
    """Numbers of the areas with a part to play."""

    hot: Whole  # flare in the last weeks
    silent: Whole  # no report at all
    sparse: Whole  # one to three reports


def simulate_incidents(
    areas: gpd.GeoDataFrame,
    *,
    voters_by_area: Mapping[str, int],
    start: date,
    end: date,
    voting_day: date,
    count: int,
    seed: int,
    categories: Mapping[str, Sequence[str]] = CODES_ONLY,
) -> pd.DataFrame:
    """Simulate what offices report before (and after) an election.

    Events follow a self-exciting process (`data.demo.process`). An area's background is the square
    root of its voters times a lognormal effect; it rises towards voting day and falls off after.
    Two hot-spots flare in the last weeks; about one area in ten has no report at all, as many have
    one to three. Reports come with delay, gaps and contradictions (`data.demo.reports`).

    Parameters
    ----------
    areas
        Columns area_code, area_name, district_code, district_name, geometry (may be missing: such
        an area has a few reports without coordinates); the order of rows does not matter.
    voters_by_area
        Area code to registered voters, for all areas.
    start, end
        First and last day, both included. What is reported after `end` is not known yet, so it is
        left out.
    voting_day
        Before, in or after that time.
    count
        Exact number of rows.
    seed
        The only source of variety.
    categories
        Category code to texts of the same meaning, which sometimes stand in its place.

    Returns
    -------
    incidents
        One row a report, in the order of reporting, with the heads of the import file: id_sumber,
        tanggal_kejadian, jam, tanggal_laporan (ISO dates), kategori, keparahan (1 to 5), uraian,
        kode_kelurahan, kelurahan, kecamatan, lintang, bujur (degrees or NaN), presisi, sumber,
        status, penanda. Missing texts are empty.

    Raises
    ------
    ValueError
        If `end` lies before `start`, no row or category is wanted, an area lacks its voters, or
        the areas cannot bring forth so many rows.
    """
    if end < start or count < 1 or not categories:
        raise ValueError("end lies before start, no row is wanted, or there is no category")
    rng = np.random.default_rng([seed, 2])
    ground = lay_out(areas)
    if missing := sorted(set(ground.codes) - set(voters_by_area)):
        raise ValueError(f"areas without number of voters: {missing}")
    voters = np.array([voters_by_area[code] for code in ground.codes], dtype=float)
    pull = np.sqrt(voters) * _area_effect(ground, rng=rng) * np.where(ground.drawn, 1.0, 0.3)
    cast = _cast(ground, pull, rng=rng)
    pull[cast.silent] = 0.0
    if not pull.any():
        raise ValueError("no area has voters")

    days = (end - start).days + 1
    to_vote = np.arange(days) - (voting_day - start).days
    flares = [
        Flare(int(area), share * count, max(0, days - length), days)
        for area, share, length in zip(cast.hot, scenario.FLARE_SHARES, scenario.FLARE_DAYS, strict=False)
    ]
    rate = np.outer(pull / pull.sum(), _ramp(to_vote, rng=rng))
    for attempt in range(MOST_TRIES):
        # A margin for what is not known yet, falls silent or lies outside; more each time.
        wanted = 1.3 * 1.4**attempt * count * (1.0 - OFFSPRING)
        background = max(wanted - sum(flare.count for flare in flares), 0.0)
        events = self_exciting(ground, background * rate, flares=flares, rng=rng)
        category = _categories(events, to_vote, cast, list(categories), rng=rng)
        known = _known(events, category, cast, last_day=days - 1, count=count, rng=rng)
        if known is not None:
            spared = np.concatenate([cast.silent, cast.sparse])
            return import_rows(
                ground, known, spared=spared, start=start, end=end, seed=seed, categories=categories, rng=rng
            )
    raise ValueError(f"the areas bring forth fewer than {count} reports")


def _area_effect(ground: Ground, *, rng: np.random.Generator) -> Floats:
    """Draw a lognormal effect per area, half of its variance shared among near areas."""
    own = rng.normal(size=len(ground.codes))
    shared = own.copy()
    if ground.drawn.any():
        middles = shapely.get_coordinates(shapely.centroid(ground.polygons[ground.drawn]))
        far = ((middles[:, None] - middles[None]) ** 2).sum(axis=2) / (4.0 * reach_m(ground)) ** 2
        kernel = np.exp(-far)
        kernel /= np.sqrt((kernel**2).sum(axis=1, keepdims=True))
        shared[ground.drawn] = (kernel * rng.normal(size=len(middles))).sum(axis=1)
    effect: Floats = np.exp(scenario.AREA_EFFECT * np.sqrt(0.5) * (own + shared))
    return effect


def _cast(ground: Ground, pull: Floats, *, rng: np.random.Generator) -> _Cast:
    """Choose hot-spots among the busier drawn areas, far apart, and quiet areas among the others."""
    order = np.argsort(-pull, kind="stable")
    busy = order[ground.drawn[order]][: max(2, len(order) // 3)]
    if len(busy) == 0:
        return _Cast(*(np.empty(0, dtype=np.int64) for _ in range(3)))
    first = int(rng.choice(busy))
    distance = np.full(len(pull), np.nan)
    distance[ground.drawn] = shapely.distance(ground.polygons[ground.drawn], ground.polygons[first])
    others = busy[distance[busy] > 0]
    hot = [first] if len(others) == 0 else [first, int(others[distance[others].argmax()])]

    quiet = order[len(order) // 3 :]
    quiet = rng.permutation(quiet[ground.drawn[quiet] & ~np.isin(quiet, hot)])
    silent = len(order) // 10
    return _Cast(np.array(hot), quiet[:silent], quiet[silent : 2 * silent])


def _ramp(to_vote: Whole, *, rng: np.random.Generator) -> Floats:
    """Give each day's share of the background: rising to voting day, wandering a little, then fading."""
    before = np.clip(1.0 + to_vote / max(1, -int(to_vote[0])), 0.0, 1.0)
    after = np.clip(to_vote, 0, None) / scenario.AFTERMATH_DAYS
    wander = np.cumsum(rng.normal(0.0, 0.03, len(to_vote)))
    busyness = np.exp(scenario.RAMP * before - after + wander)
    share: Floats = busyness / busyness.sum()
    return share


def _categories(
    events: Events, to_vote: Whole, cast: _Cast, codes: Sequence[str], *, rng: np.random.Generator
) -> Objects:
    """Draw categories by stage; hot-spots bring more tense ones, some events repeat their parent's."""
    stage = to_vote[events.day.astype(np.int64)]
    usual = scenario.STAGE_WEIGHTS[scenario.OTHER]
    weight = np.column_stack(
        [np.interp(stage, scenario.STAGE_DAYS, scenario.STAGE_WEIGHTS.get(code, usual)) for code in codes]
    )
    tense = np.array([code in scenario.TENSE for code in codes])
    weight[np.ix_(np.isin(events.area, cast.hot), tense)] *= scenario.FLARE_TENSION
    upper = np.cumsum(weight, axis=1)
    drawn = (rng.random((len(weight), 1)) * upper[:, -1:] >= upper).sum(axis=1)
    repeats = (rng.random(len(weight)) < scenario.INHERITED_CATEGORY) & (events.parent >= 0)
    for event in np.flatnonzero(repeats):  # parents come before their children
        drawn[event] = drawn[events.parent[event]]
    category: Objects = np.array(codes, dtype=object)[drawn]
    return category


def _known(
    events: Events, category: Objects, cast: _Cast, *, last_day: int, count: int, rng: np.random.Generator
) -> Known | None:
    """Choose which events are reported by the last day; None where they are fewer than wanted.

    A report without date counts as known on the day of the event. Silent areas lose all events,
    sparse ones all but one to three; of those outside every area a few stay.
    """
    day = events.day.astype(np.int64)
    reported = day + np.round(rng.exponential(scenario.MEAN_DELAY_DAYS, len(day))).astype(np.int64)
    dated = rng.random(len(day)) >= scenario.UNDATED
    known = np.where(dated, reported, day) <= last_day
    known &= ~np.isin(events.area, cast.silent)

    outside = rng.permutation(np.flatnonzero(known & events.outside))
    kept = [outside[: max(1, round(count / scenario.ROWS_PER_ODDITY))]]
    known &= ~events.outside
    for area in cast.sparse:
        kept.append(rng.permutation(np.flatnonzero(known & (events.area == area)))[: rng.integers(1, 4)])
        known &= events.area != area
    few = np.concatenate(kept)[:count]
    usual = np.flatnonzero(known)
    if len(few) + len(usual) < count:
        return None
    chosen = np.concatenate([few, rng.choice(usual, count - len(few), replace=False)])
    order = np.lexsort((events.day[chosen], np.where(dated, reported, day)[chosen]))
    chosen = chosen[order]
    return Known(
        day=day[chosen],
        reported=np.where(dated, reported, -1)[chosen],
        points=events.points[chosen],
        area=events.area[chosen],
        outside=events.outside[chosen],
        category=category[chosen],
    )
