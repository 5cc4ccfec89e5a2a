"""Hot-spots of a region: smoothed rates, Gi* and local Moran, eight weeks, a second zoning, and the scan."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from data.store import queries
from geo.grid import Grid, cells_of, square_grid
from lib.analysis.emerging import WEEKS, emerging_words
from lib.analysis.hotspots import (
    HIGH_LOW,
    HOT,
    LEFT_OUT,
    Rates,
    all_equal,
    held_in,
    hot_areas,
    local_test,
    smoothed_rates,
)
from lib.analysis.panel import Panel, counts, known_on
from lib.analysis.scan import nearest_areas, scan
from lib.filters import Filters, window_start
from lib.region.areas import Neighbours, load_areas, neighbours_of
from lib.region.data_state import data_state
from lib.region.elections import elections_of
from lib.region.measure import utm_epsg
from lib.region.panels import ALL, panels_of
from lib.rules.hotspots import hotspot_rules
from lib.rules.regions import region_profile
from lib.score import answers
from lib.score.points import street_points

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from data.store.lake import Lake
    from lib.rules.hotspots import HotspotRules

PER_VOTERS = 1000

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was tested.

    Codes: ``few_areas`` (count, least), ``few_events`` (count, least, days), ``no_voters``, ``equal_rates``,
    and of the grid ``few_points`` (count, least), ``equal_cells``, ``no_grid``.
    """

    code: str
    facts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SpaceTimeCluster:
    """The scan's cluster: area codes from its centre outwards, first and last day, counts, chance."""

    area_codes: tuple[str, ...]
    start: date
    end: date
    observed: int
    expected: float
    probability: float
    significant: bool


@dataclass(frozen=True, slots=True, eq=False)
class GridTest:
    """The same test under square cells."""

    cell_m: float  # side of a cell, the bandwidth of the region's density surface
    point_count: int  # events of the window that are known to a street
    refusal: Refusal | None  # why the cells were not tested; None where they were
    hot_cells: NDArray[np.object_]  # polygons of the hot cells in the region's UTM zone


@dataclass(frozen=True, slots=True, eq=False)
class Hotspots:
    """The hot-spots of one question."""

    filters: Filters
    # GeoDataFrame in EPSG:4326, one row for each area of the region, sorted by code: area_code, area_name,
    # district_code, district_name, geometry, event_count, voter_count, rate_raw and rate_smoothed (events per 1,000
    # voters in the window, NaN without voters), gi_z, gi_p (two-sided), gi_p_adjusted, hot, moran, moran_class,
    # weeks_hot, word, stable (hot under the grid too; False where either was not tested), in_cluster.
    areas: gpd.GeoDataFrame
    # Length and first day of the window that ends on the question's last day.
    days: int
    start: date
    refusal: Refusal | None  # why no area was tested; None where they were
    # Whether there were events and areas enough to scan; the most outstanding cylinder, None without one.
    scanned: bool
    cluster: SpaceTimeCluster | None
    grid: GridTest
    neighbours: Neighbours
    overall_rate: float  # events per 1,000 voters of all areas together
    # Events of the window that are known to an area, and to a district or the region only.
    event_count: int
    unplaced_count: int
    rules: HotspotRules
    simulated: bool


def find_hotspots(lake: Lake, filters: Filters, *, days: int | None = None) -> Hotspots:
    """Find where events are more frequent than in the rest of the region, as known on the question's last day.

    Counted are the events of the last `days` days of the chosen categories and verifications; rejected reports never.
    Areas are always judged among all areas of the region: chosen districts change no neighbourhood. Rates are
    smoothed (`smoothed_rates`) and tested (`local_test`), for this week and the seven before it, each with what was
    known then; and tested once more under a square grid whose voters are spread evenly over their area. The scan
    looks at the last `HotspotRules.scan_days` days whatever the window. The first day of `filters` does not matter.
    `days` is by default the first of `HotspotRules.window_days`. Raises `lib.errors.RegionError` ``no_areas`` without
    a boundary set.
    """
    code = filters.region_code
    window = days or hotspot_rules(code).window_days[0]
    areas = load_areas(lake, code, simplified=True)
    election = elections_of(lake, code).asked(filters.election_code)
    voters = queries.voters(lake, code, election.roll_code if election else "").set_index("area_code")["voter_count"]
    start = window_start(filters.end, history_days(code, window))
    return hotspots_of(
        areas.assign(voter_count=areas["area_code"].map(voters)),
        queries.incident_panel(lake, code, as_of=filters.end, start=start),
        answers.all_incidents(lake, replace(filters, start=window_start(filters.end, window))),
        neighbours_of(areas, code),
        filters,
        days=window,
        simulated=data_state(lake, code).simulated,
    )


def lone_areas(found: Hotspots) -> pd.DataFrame:
    """Choose the areas that stand high by themselves: far above the others, yet not hot, because no neighbour is.

    Far above means beyond the fence that the test draws its values in to (`held_in`), or high among low neighbours by
    local Moran. None where nothing was tested. Rows of `Hotspots.areas`, the highest rate first; equal ones by code.
    """
    areas = found.areas
    rate = areas["rate_smoothed"].to_numpy(dtype=float)
    far = rate > held_in(rate, fence=found.rules.outlier_fence)
    alone = (far | areas["moran_class"].eq(HIGH_LOW)) & ~areas["hot"].isin((HOT, LEFT_OUT))
    chosen: pd.DataFrame = areas[alone].sort_values(["rate_smoothed", "area_code"], ascending=[False, True])
    return chosen


def history_days(region_code: str, days: int) -> int:
    """Tell how many days of events a window of so many days asks for."""
    return max(hotspot_rules(region_code).scan_days, days + 7 * (WEEKS - 1))


def hotspots_of(
    areas: gpd.GeoDataFrame,
    rows: pd.DataFrame,
    incidents: pd.DataFrame,
    neighbours: Neighbours,
    filters: Filters,
    *,
    days: int,
    simulated: bool,
) -> Hotspots:
    """Find hot-spots in what was fetched; see `find_hotspots`.

    `areas` as from `lib.region.areas.load_areas`, with voter_count, `neighbours` in their order; `rows` as from
    `data.store.queries.incident_panel`, from `history_days` before the question's last day at least; `incidents` as
    from `lib.score.answers.all_incidents`, from `days` before it at least.
    """
    code, window = filters.region_code, days
    rules = hotspot_rules(code)
    question = replace(filters, start=window_start(filters.end, window), district_codes=())
    earliest = np.datetime64(window_start(filters.end, history_days(code, window)))
    chosen = answers.choose(rows[rows["occurred_on"] >= earliest], question)
    panel = panels_of(chosen, areas["area_code"], as_of=filters.end).groups[ALL]
    first = np.datetime64(question.start)
    in_window = chosen["occurred_on"] >= first
    exposure = areas["voter_count"].to_numpy(dtype=float, na_value=np.nan)

    events = _window_counts(panel, window)
    rates, refusal = _rated(events, exposure, neighbours, rules, window)
    test = None if refusal else local_test(_tested(rates, rules), neighbours.matrix, **_options(rules))
    maps = _weekly_maps(panel, window, exposure, neighbours, rules)
    maps[:, -1] = test.hot == HOT if test else False
    epsg = utm_epsg(region_profile(code), areas)
    shapes = areas.geometry.to_crs(epsg).to_numpy()
    points = street_points(answers.choose(incidents[incidents["occurred_on"] >= first], question))
    points_m = np.column_stack(Transformer.from_crs(4326, epsg, always_xy=True).transform(*points.T))
    cell_m = region_profile(code).density_bandwidth_m
    grid, stable = _grid_test(points_m, shapes, exposure, cell_m, rules)
    scanned, cluster = _cluster(panel, shapes, neighbours.area_codes, filters.end, rules)
    none = np.full(len(areas), np.nan)
    table = areas[["area_code", "area_name", "district_code", "district_name", "geometry"]].assign(
        event_count=events,
        voter_count=exposure,
        rate_raw=rates.raw * PER_VOTERS,
        rate_smoothed=rates.smoothed * PER_VOTERS,
        gi_z=test.z if test else none,
        gi_p=test.p if test else none,
        gi_p_adjusted=test.p_adjusted if test else none,
        hot=test.hot if test else "",
        moran=test.moran if test else none,
        moran_class=test.moran_class if test else "",
        weeks_hot=maps.sum(axis=1),
        word=emerging_words(maps) if test else "",
        stable=stable & (test.hot == HOT) if test else False,
        in_cluster=areas["area_code"].isin(cluster.area_codes if cluster and cluster.significant else ()),
    )
    return Hotspots(
        filters=filters,
        areas=table,
        days=window,
        start=question.start,
        refusal=refusal,
        scanned=scanned,
        cluster=cluster,
        grid=grid,
        neighbours=neighbours,
        overall_rate=rates.overall * PER_VOTERS,
        event_count=int(events.sum()),
        unplaced_count=int(chosen.loc[in_window & chosen["area_code"].isna(), "incident_count"].sum()),
        rules=rules,
        simulated=simulated,
    )


def _window_counts(panel: Panel, days: int) -> Whole:
    return counts(panel, panel.day_count - days, panel.day_count - 1)


def _rated(
    events: Whole, exposure: Floats, neighbours: Neighbours, rules: HotspotRules, days: int
) -> tuple[Rates, Refusal | None]:
    """Smooth the rates of a map, and tell why it cannot be tested, by the first reason that holds."""
    rates = smoothed_rates(events, exposure, least_prior_events=rules.least_prior_events)
    known = exposure > 0
    if not known.any():
        return rates, Refusal("no_voters")
    testable = int((known & (neighbours.matrix @ known.astype(float) > 0)).sum())
    if testable < rules.least_areas:
        return rates, Refusal("few_areas", {"count": testable, "least": rules.least_areas})
    counted = int(events[known].sum())
    if counted < rules.least_events:
        return rates, Refusal("few_events", {"count": counted, "least": rules.least_events, "days": days})
    return rates, Refusal("equal_rates") if all_equal(rates.smoothed[known]) else None


def _tested(rates: Rates, rules: HotspotRules) -> Floats:
    return held_in(rates.smoothed, fence=rules.outlier_fence)


def _options(rules: HotspotRules) -> dict[str, Any]:
    return {
        "permutations": rules.permutations,
        "false_discovery_rate": rules.false_discovery_rate,
        "seed": rules.seed,
    }


def _weekly_maps(
    panel: Panel, days: int, exposure: Floats, neighbours: Neighbours, rules: HotspotRules
) -> NDArray[np.bool_]:
    """Tell of the seven weeks before which areas were hot, as known then; the eighth column is left empty."""
    maps = np.zeros((panel.area_count, WEEKS), dtype=bool)
    for week in range(WEEKS - 1):
        last = panel.day_count - 1 - 7 * (WEEKS - 1 - week)
        if last < 0:
            continue
        events = _window_counts(known_on(panel, last), days)
        rates, refusal = _rated(events, exposure, neighbours, rules, days)
        if refusal is None:
            maps[:, week] = hot_areas(_tested(rates, rules), neighbours.matrix, **_options(rules))
    return maps


def _grid_test(
    points_m: Floats, shapes: NDArray[np.object_], exposure: Floats, cell_m: float, rules: HotspotRules
) -> tuple[GridTest, NDArray[np.bool_]]:
    """Test square cells, and tell which areas hold the middle of a hot one or have their own middle in one."""

    def untested(code: str, **facts: float) -> tuple[GridTest, NDArray[np.bool_]]:
        test = GridTest(cell_m, len(points_m), Refusal(code, facts), np.empty(0, dtype=object))
        return test, np.zeros(len(shapes), dtype=bool)

    if len(points_m) < rules.least_points:
        return untested("few_points", count=len(points_m), least=rules.least_points)
    grid = square_grid(shapes, cell_m=cell_m) if (exposure > 0).any() else None
    if grid is None:
        return untested("no_grid")
    cell = cells_of(grid, *points_m.T)
    events = np.bincount(cell[cell >= 0], minlength=len(grid.column))
    voters = grid.share @ np.nan_to_num(exposure)
    rates = smoothed_rates(events, voters, least_prior_events=rules.least_prior_events)
    if all_equal(rates.smoothed[voters > 0]):
        return untested("equal_cells")
    hot = np.flatnonzero(hot_areas(_tested(rates, rules), grid.neighbours, **_options(rules)))
    return GridTest(cell_m, len(points_m), None, grid.squares(hot)), _meets(grid, hot, shapes)


def _meets(grid: Grid, hot: NDArray[np.intp], shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Tell which areas hold the middle of a hot cell, or have a point of their own middle in one."""
    drawn = np.flatnonzero(shapely.area(shapes) > 0)
    met = np.zeros(len(shapes), dtype=bool)
    middles = shapely.points(grid.middle_x_m[hot], grid.middle_y_m[hot])
    _, inside = shapely.STRtree(shapes[drawn]).query(middles, predicate="within")
    met[drawn[inside]] = True
    own = shapely.point_on_surface(shapes[drawn])
    met[drawn[np.isin(cells_of(grid, shapely.get_x(own), shapely.get_y(own)), hot)]] = True
    return met


def _cluster(
    panel: Panel, shapes: NDArray[np.object_], codes: tuple[str, ...], end: date, rules: HotspotRules
) -> tuple[bool, SpaceTimeCluster | None]:
    """Scan the areas with a polygon, unless they or their events are too few."""
    drawn = np.flatnonzero(shapely.area(shapes) > 0)
    day = panel.occurred - (panel.day_count - rules.scan_days)
    kept = (day >= 0) & np.isin(panel.area, drawn)
    if len(drawn) < rules.least_areas or kept.sum() < rules.least_events:
        return False, None
    middles = shapely.centroid(shapes[drawn])
    found = scan(
        np.searchsorted(drawn, panel.area[kept]),
        day[kept],
        nearest_areas(shapely.get_x(middles), shapely.get_y(middles)),
        day_count=rules.scan_days,
        permutations=rules.scan_permutations,
        seed=rules.seed,
    )
    if found is None:
        return True, None
    return True, SpaceTimeCluster(
        area_codes=tuple(codes[drawn[number]] for number in found.areas),
        start=end - timedelta(days=found.days - 1),
        end=end,
        observed=found.observed,
        expected=found.expected,
        probability=found.probability,
        significant=found.probability <= rules.scan_probability,
    )
