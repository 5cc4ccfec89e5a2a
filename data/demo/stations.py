"""Simulated polling stations, as the rows of an ordinary import file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.demo import scenario, wording
from data.demo.ground import Floats, Objects, Whole, lay_out, spread, to_degrees
from data.demo.shares import apportion

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

SMALL_STATION = 100  # voters: where the totals allow, no area's stations are smaller on average


def simulate_stations(
    areas: gpd.GeoDataFrame,
    *,
    total_voters: int,
    station_count: int,
    max_voters: int,
    election_code: str,
    seed: int,
    station_counts_by_area: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """Simulate an election's polling stations.

    An area's stations follow a lognormal deviate times the fourth root of its size, so that small
    areas are dense; its voters follow its stations.

    Parameters
    ----------
    areas
        Columns area_code, area_name, district_code, district_name, geometry (may be missing); the
        order of rows does not matter.
    total_voters
        Sum over all stations.
    station_count
        Number of stations; every area has one at least. Ignored where counts by area are given.
    max_voters
        No station has more; 600 in a pilkada, 300 in a pemilu.
    election_code
        Written into every row.
    seed
        The only source of variety.
    station_counts_by_area
        Area code to number of stations, for all areas; 0 leaves an area without voters.

    Returns
    -------
    stations
        One row a station with the heads of the import file: pemilihan, kode_kelurahan, kelurahan,
        kecamatan, no_tps (three digits), lokasi, lintang, bujur (degrees, NaN in an area without
        polygon), dpt_l, dpt_p, kelas_polri, one column for each indicator (ya, tidak, or empty
        where nobody asked), penanda.

    Raises
    ------
    ValueError
        If the stations cannot hold the voters, or an area lacks its count.
    """
    rng = np.random.default_rng([seed, 1])
    ground = lay_out(areas)
    weight = ground.size_km2**0.25 * rng.lognormal(0.0, 0.35, len(ground.codes))
    if station_counts_by_area is None:
        counts = apportion(station_count, weight, lower=1)
    else:
        counts = np.array([_of_area(station_counts_by_area, code) for code in ground.codes])
    smallest = min(SMALL_STATION, total_voters // max(1, int(counts.sum())))
    voters_by_area = apportion(
        total_voters,
        np.maximum(counts, 1e-9) * rng.lognormal(0.0, 0.06, len(counts)),
        lower=counts * smallest,
        upper=counts * max_voters,
    )
    area = np.repeat(np.arange(len(counts)), counts)
    points = np.full((len(area), 2), np.nan)
    voters = np.zeros(len(area), dtype=np.int64)
    for number in np.flatnonzero(counts):
        here, count = area == number, int(counts[number])
        share = np.clip(rng.normal(1.0, 0.1, count), 0.75, 1.2)
        voters[here] = apportion(int(voters_by_area[number]), share, upper=max_voters)
        if ground.drawn[number]:
            points[here] = spread(ground.polygons[number], count, rng=rng)
    number_in_area = np.arange(len(area)) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    men = np.round(voters * np.clip(rng.normal(0.496, 0.012, len(area)), 0.4, 0.6)).astype(np.int64)
    latitude, longitude = to_degrees(ground, points)

    columns: dict[str, object] = {
        "pemilihan": election_code,
        "kode_kelurahan": ground.codes[area],
        "kelurahan": ground.names[area],
        "kecamatan": ground.district_names[area],
        "no_tps": [f"{number:03d}" for number in number_in_area],
        "lokasi": _buildings(ground.names[area], number_in_area, rng=rng),
        "lintang": latitude,
        "bujur": longitude,
        "dpt_l": men,
        "dpt_p": voters - men,
    }
    unrest = rng.normal(0.0, 0.7, len(counts))[area] + rng.normal(0.0, 0.7, len(area))
    columns |= _station_risks(area, unrest, rng=rng)
    return pd.DataFrame(columns | {"penanda": scenario.SIMULATED}, index=range(len(area)))


def _of_area(by_area: Mapping[str, int], code: str) -> int:
    if code not in by_area:
        raise ValueError(f"area {code} lacks a number")
    return int(by_area[code])


def _buildings(names: Objects, number_in_area: Whole, *, rng: np.random.Generator) -> list[str]:
    """Name a building for every station, distinct within its area."""
    kinds = len(wording.BUILDINGS)
    offset = int(rng.integers(kinds))
    return [
        wording.BUILDINGS[(number + offset) % kinds].format(n=1 + (number - 1) // kinds, area=name)
        + f" {wording.MARK}"
        for name, number in zip(names, number_in_area, strict=True)
    ]


def _station_risks(area: Whole, unrest: Floats, *, rng: np.random.Generator) -> dict[str, object]:
    """Class stations by unrest and tick their indicators; one area in twenty was never asked."""
    rank = np.argsort(np.argsort(unrest)) / len(unrest)
    upper = np.cumsum(scenario.POLICE_CLASS_SHARES)
    classes = np.array(scenario.POLICE_CLASSES, dtype=object)[np.searchsorted(upper[:-1], rank, side="right")]
    area_count = int(area.max()) + 1
    unasked = rng.choice(area_count, area_count // 20, replace=False)
    columns: dict[str, object] = {"kelas_polri": classes}
    for code, (share, rises) in scenario.INDICATORS.items():
        chance = share * np.exp(unrest - 0.5) if rises else np.full(len(area), share)
        answer = np.where(rng.random(len(area)) < chance, "ya", "tidak").astype(object)
        answer[np.isin(area, unasked) | (rng.random(len(area)) < scenario.NOT_ASKED)] = ""
        columns[code] = answer
    return columns
