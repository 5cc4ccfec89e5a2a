"""The forecasts of a day: events expected in every area and group, and in the whole region until voting day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.store import queries
from lib.analysis.city_forecast import city_forecast, whole_region
from lib.analysis.features import PARTS
from lib.analysis.forecast import LEVELS, forecast
from lib.analysis.negative_binomial import quantiles, upper_tail
from lib.analysis.panel import Panel, counts
from lib.analysis.plain_forecast import eight_week_mean
from lib.cores import in_turn_or_together
from lib.region.areas import load_neighbours
from lib.region.panels import ALL, OUTSIDE, load_panels, other_groups
from lib.region.weights import weights_in_force
from lib.reports.completeness import known_quiet
from lib.rules.forecasts import forecast_rules, is_silent
from lib.rules.regions import region_profile
from lib.warnings.issues import COLUMNS, FORECAST, freeze_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from data.store.lake import Lake
    from lib.analysis.forecast import Forecast
    from lib.analysis.panel import Floats
    from lib.analysis.region_level import TotalMethod
    from lib.people.actor import Actor
    from lib.region.areas import Neighbours
    from lib.region.panels import Panels

HORIZONS_DAYS = (7, 14)
WEEK = 7
METHOD = "endemik-epidemik-2"
MANY_AREAS = 2000  # below, threads wait for each other longer than they calculate
DECIMALS = 6
ROW = tuple(COLUMNS[FORECAST])

Columns = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Forecasts:
    """What is expected after a day, by what was reported until then."""

    region_code: str
    as_of: date
    voting_day: date | None  # of the election in force; None without one
    # One row for each area, group of categories and horizon of 7 and 14 days: the columns that are frozen
    # (`lib.warnings.issues.COLUMNS`), and area_name, district_code, district_name, known_count (events of the group
    # known of the area within the panel), heard (an event of any group is known of it, or a nil report lately; else
    # the forecast rests on the model alone). The four parts add up to mean, the groups (`OUTSIDE` for what lies in
    # none) to all categories, and the areas to the region, each to the last of six decimals.
    areas: pd.DataFrame
    # The same columns that are frozen for the whole region (area_code None): groups and horizons as above, and for
    # all categories every week until voting day, or until `last_day` where that comes first. See `region_columns`.
    region: pd.DataFrame
    # The same by the mean of the last eight weeks, for where our forecast is no better than that.
    plain_areas: pd.DataFrame
    plain_region: pd.DataFrame
    weekly: pd.DataFrame  # events known of the region by week, oldest first: week_end (date), event_count
    last_day: date  # last day forecast for the region; `as_of` itself where voting day is past or none is near
    unplaced_count: int  # events within the panel whose area is not known: they are in no forecast
    baseline_only: bool  # less than eight weeks are known: an average, which says nothing of where and when
    last_reported_on: date | None  # day of the newest report; None where no event is known
    silent: bool  # that day is too long ago, or there is none: the numbers must not be shown; see `is_silent`


def forecasts(lake: Lake, region_code: str, *, as_of: date, voting_day: date | None) -> Forecasts:
    """Forecast a region from what was reported until a day.

    Filters do not enter: a forecast of chosen reports would be no forecast of what will happen.
    """
    neighbours = load_neighbours(lake, region_code)
    panels = load_panels(lake, region_code, neighbours.area_codes, as_of=as_of)
    quiet = known_quiet(lake, region_code, as_of=as_of)["area_code"]
    names = queries.area_names(lake, region_code)
    return forecasts_of(panels, neighbours, names, quiet, region_code=region_code, voting_day=voting_day)


def forecasts_of(
    panels: Panels,
    neighbours: Neighbours,
    names: pd.DataFrame,
    quiet: Iterable[str],
    *,
    region_code: str,
    voting_day: date | None,
) -> Forecasts:
    """Forecast from panels; see `forecasts`.

    `names`: columns of `data.store.queries.area_names`. `quiet`: areas that a nil report covers lately.
    """
    rules = forecast_rules(region_code)
    to_vote = (voting_day - panels.as_of).days if voting_day else 0
    last = min(max(to_vote, 0), rules.longest_days)

    horizons = tuple(sorted({*HORIZONS_DAYS, *weekly_steps(last)}))
    every = {**panels.groups, **({} if panels.outside is None else {OUTSIDE: panels.outside})}

    def of_areas(group: str) -> tuple[list[Forecast], list[Forecast]]:
        panel, others = every[group], other_groups(panels, group)
        made = [
            forecast(panel, neighbours.matrix, horizon_days=horizon, others=others, weekday_limit=rules.weekday_limit)
            for horizon in HORIZONS_DAYS
        ]
        return made, [eight_week_mean(panel, horizon_days=horizon) for horizon in HORIZONS_DAYS]

    together = len(panels.area_codes) >= MANY_AREAS
    forecasts = in_turn_or_together(of_areas, every, together=together)
    ours, plain = (_by_group(every, [pair[kind] for pair in forecasts]) for kind in (0, 1))
    groups = [
        _tables_of_group(
            every[group],
            panels.area_codes,
            group,
            ours=ours[group],
            plain=plain[group],
            horizons_days=horizons if group == ALL else HORIZONS_DAYS,
            method=rules.total,
        )
        for group in every
    ]
    known = [counts(panel, 0, panel.day_count - 1) for panel in every.values()]
    codes = pd.Series(panels.area_codes, dtype=object)
    described = codes.to_frame("area_code").merge(names, on="area_code", how="left")
    described["heard"] = codes.isin({*quiet}) | (known[list(every).index(ALL)] > 0)

    def named(tables: list[Columns]) -> pd.DataFrame:
        table = with_intervals(tables)
        of_row = described.iloc[np.tile(np.arange(len(codes)), len(tables))].reset_index(drop=True)
        heard = of_row.pop("heard")
        known_count = np.concatenate([np.tile(count, len(HORIZONS_DAYS)) for count in known])
        table["area_code"] = of_row.pop("area_code")
        return table.join(of_row).assign(known_count=known_count, heard=heard)

    areas = named([table for group in groups for table in group.areas])
    return Forecasts(
        region_code=region_code,
        as_of=panels.as_of,
        voting_day=voting_day,
        areas=areas,
        region=with_intervals([group.region for group in groups]),
        plain_areas=named([table for group in groups for table in group.plain_areas]),
        plain_region=with_intervals([table for group in groups for table in group.plain_region]),
        weekly=_weekly(panels, rules.shown_weeks),
        last_day=(pd.Timestamp(panels.as_of) + pd.Timedelta(days=last)).date(),
        unplaced_count=panels.unplaced_count[ALL],
        baseline_only=bool(areas["baseline_only"].any()),
        last_reported_on=panels.last_reported_on,
        silent=is_silent(panels.last_reported_on, panels.as_of, rules),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _GroupTables:
    """The forecasts of one group of categories, one table for each horizon; those of the region in one."""

    areas: list[Columns]
    plain_areas: list[Columns]
    region: Columns
    plain_region: list[Columns]


def _by_group(groups: Iterable[str], made: Sequence[Sequence[Forecast]]) -> dict[str, list[Forecast]]:
    """Give the forecasts of each group, one for each horizon, so that the groups add up to all categories."""
    added = [added_up(of_horizon) for of_horizon in zip(*made, strict=True)]
    return dict(zip(groups, map(list, zip(*added, strict=True)), strict=True))


def added_up(made: Sequence[Forecast]) -> list[Forecast]:
    """Let the areas' forecasts of the groups add up to those of all categories, which stand first.

    Those of all categories rest on the most events, so each area's groups share out what they say, in their own
    proportions; the parts of a mean shrink or grow with it. Every number is cut to six decimals, 0.000001 at least,
    so that what is printed adds up as well; what rounding leaves goes to the largest part of all categories.

    Measured on 2026-11-28 in nine simulated regions of three kinds (``tests/worlds.py``): so the ranked probability
    score of the groups is 0.2 percent better than their own.
    """
    whole, *groups = made
    if not groups:
        return [_with_parts(whole, _rounded(whole.parts))]
    fitting = whole.mean / np.sum([group.mean for group in groups], axis=0)
    shared = [_with_parts(group, _rounded(group.parts * fitting[:, None])) for group in groups]
    parts = _rounded(whole.parts)
    left = np.sum([group.mean for group in shared], axis=0) - parts.sum(axis=1)
    largest = np.arange(len(parts)), parts.argmax(axis=1)
    parts[largest] = (parts[largest] + left).round(DECIMALS)
    return [_with_parts(whole, parts), *shared]


def _rounded(parts: Floats) -> Floats:
    cut: Floats = parts.round(DECIMALS)
    cut[:, 0] += np.where(cut.sum(axis=1) > 0, 0.0, 10.0**-DECIMALS)
    return cut


def _with_parts(made: Forecast, parts: Floats) -> Forecast:
    return replace(made, parts=parts, mean=parts.sum(axis=1).round(DECIMALS))


def _tables_of_group(
    panel: Panel,
    area_codes: Sequence[str],
    group: str,
    *,
    ours: list[Forecast],
    plain: list[Forecast],
    horizons_days: tuple[int, ...],
    method: TotalMethod,
) -> _GroupTables:
    """Write the forecasts of one group; `horizons_days` are those of the region."""
    together = whole_region(panel)
    return _GroupTables(
        areas=[forecast_columns(each, area_codes, group) for each in ours],
        plain_areas=[forecast_columns(each, area_codes, group) for each in plain],
        region=region_columns(panel, ours, horizons_days, group, method),
        plain_region=[
            forecast_columns(_plain_total(together, horizon, plain), (None,), group) for horizon in horizons_days
        ],
    )


def _plain_total(together: Panel, horizon_days: int, plain: list[Forecast]) -> Forecast:
    """Give the plain mean of the region: over 7 and 14 days the sum of the areas' own."""
    made = eight_week_mean(together, horizon_days=horizon_days)
    if horizon_days not in HORIZONS_DAYS:
        return made
    parts = plain[HORIZONS_DAYS.index(horizon_days)].parts.sum(axis=0, keepdims=True).round(DECIMALS)
    return _with_parts(made, parts)


def weekly_steps(last: int) -> tuple[int, ...]:
    """Give the horizons of whole weeks up to a last day, and that day itself."""
    return tuple(sorted({*range(WEEK, last + 1, WEEK), last} - {0}))


def forecast_columns(made: Forecast, area_codes: Sequence[str | None], group_code: str) -> Columns:
    """Write the means, dispersion and parts of a forecast, one row for each area."""
    row_count = len(made.mean)
    parts = {name: made.parts[:, column] for column, name in enumerate(PARTS)}
    return {
        "area_code": np.array(area_codes, dtype=object),
        "group_code": np.full(row_count, group_code, dtype=object),
        "horizon_days": np.full(row_count, made.horizon_days),
        "mean": made.mean,
        "dispersion": np.full(row_count, made.dispersion),
        **parts,
        "baseline_only": np.full(row_count, made.baseline_only),
    }


def region_columns(
    panel: Panel, of_areas: Sequence[Forecast], horizons_days: tuple[int, ...], group_code: str, method: TotalMethod
) -> Columns:
    """Write the forecast of all areas together, one row for each horizon.

    That of 7 and 14 days is the sum of `of_areas`, the areas' forecasts, and its parts the sums of theirs; further
    ahead, or nearer, there are no parts, which are missing (`lib.analysis.city_forecast.city_forecast`).
    """
    week, fortnight = of_areas
    made = city_forecast(panel, week, fortnight, max(horizons_days), method)
    at = np.array(horizons_days) - 1
    row_count = len(at)
    mean, parts = made.total_mean[at].round(DECIMALS), np.full((row_count, len(PARTS)), np.nan)
    for each in of_areas:
        row = horizons_days.index(each.horizon_days)
        parts[row] = each.parts.sum(axis=0).round(DECIMALS)
        mean[row] = each.mean.sum().round(DECIMALS)
    return {
        "area_code": np.full(row_count, None, dtype=object),
        "group_code": np.full(row_count, group_code, dtype=object),
        "horizon_days": at + 1,
        "mean": mean,
        "dispersion": made.total_dispersion[at],
        **{name: parts[:, column] for column, name in enumerate(PARTS)},
        "baseline_only": np.full(row_count, of_areas[0].baseline_only),
    }


def with_intervals(tables: list[Columns]) -> pd.DataFrame:
    """Join columns of means and dispersions, and add intervals and the probability of any event.

    For all rows at once, which is several times faster than table by table.
    """
    columns = {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}
    mean, size = columns["mean"], 1 / columns["dispersion"]
    ends = {
        f"{name}_{level}": 0.5 + side * level / 200 for level in LEVELS for name, side in (("low", -1), ("high", 1))
    }
    sides = dict(zip(ends, quantiles(tuple(ends.values()), mean, size), strict=True))
    table = columns | sides | {"probability_any": upper_tail(1, mean, size)}
    table["area_code"] = pd.Series(columns["area_code"], dtype=object)
    return pd.DataFrame({name: table[name] for name in ROW})


def publish(lake: Lake, found: Forecasts, *, snapshot: int, actor: Actor, issued_on: date) -> str:
    """Freeze the forecasts of a day as they stand, and return the issue's id; a second time the same one.

    See `lib.warnings.issues.freeze_rows`.
    """
    record = issue_record(lake, found, snapshot=snapshot, issued_on=issued_on)
    return freeze_rows(lake, found.region_code, FORECAST, actor=actor, **record)


def issue_record(lake: Lake, found: Forecasts, *, snapshot: int, issued_on: date) -> dict[str, Any]:
    """Give what an issue of forecasts says, as `lib.warnings.issues.freeze_rows` takes it."""
    rows = pd.concat([found.areas[list(ROW)], found.region[list(ROW)]], ignore_index=True)
    state = queries.data_state(lake, found.region_code)
    return {
        "rows": rows,
        "as_of": found.as_of,
        "horizon_days": int(rows["horizon_days"].max()),
        "snapshot": snapshot,
        "weights_digest": weights_in_force(lake, found.region_code).digest,
        "method": METHOD,
        "simulated": bool(state["simulated"]) or region_profile(found.region_code).simulated,
        "issued_on": issued_on,
    }


def _weekly(panels: Panels, weeks: int) -> pd.DataFrame:
    """Count the events known of the region by whole weeks up to the day; weeks before the panel are left out."""
    panel = panels.groups[ALL]
    weeks = min(weeks, panel.day_count // WEEK)
    age = (panel.day_count - 1 - panel.occurred) // WEEK
    count = pd.Series(age).value_counts().reindex(range(weeks), fill_value=0)[::-1]
    ends = [(pd.Timestamp(panels.as_of) - pd.Timedelta(weeks=int(week))).date() for week in count.index]
    return pd.DataFrame({"week_end": ends, "event_count": count.to_numpy()})
