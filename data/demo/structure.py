"""Structural indicators as offices keep them: open disputes over land, how far the police post is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from data.demo.classes import reported_pressure
from data.demo.scenario import SIMULATED
from data.sort.kinds.indicator import INDICATOR
from data.sort.row_kind import MARK

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    import geopandas as gpd
    from numpy.typing import NDArray

DISPUTES, DISTANCE = "sengketa_lahan", "jarak_pos_polisi"
OFFICES = {DISPUTES: "Kantor Pertanahan (simulasi)", DISTANCE: "Polres (simulasi)"}
MEAN_DISPUTES = (0.3, 3.0)  # in the quietest and in the busiest area, between them with the square of the rank
OBSERVED_DAYS_AGO = 60
NOT_KNOWN = 2  # areas that an office says nothing about
KM_PER_DEGREE = 111.32


def simulate_structure(
    areas: gpd.GeoDataFrame, incidents: pd.DataFrame, *, indicator_codes: Collection[str], end: date, seed: int
) -> pd.DataFrame:
    """Give areas the structural indicators that this module knows among `indicator_codes`.

    Disputes are Poisson with a mean that rises with the area's pressure, so that trouble has some history; the
    distance is that from the area's middle to the nearest post, one post standing in the middlemost area of every
    kecamatan. Each office says nothing about `NOT_KNOWN` areas.

    Parameters
    ----------
    areas
        Columns area_code, area_name, district_code, district_name, geometry in degrees (may be missing: such an
        area has no distance).
    incidents
        As from `data.demo.incidents.simulate_incidents`.
    end
        Last day of the reports.
    seed
        The same arguments give the same rows.

    Returns
    -------
    rows
        One row an indicator and area, with the heads of the import file; numbers have a decimal comma.
    """
    rng = np.random.default_rng([seed, 6])
    ordered = areas.sort_values("area_code", ignore_index=True)
    pressure = reported_pressure(ordered["area_code"], incidents, end=end)
    rank = np.argsort(np.argsort(pressure, kind="stable"), kind="stable") / max(len(pressure) - 1, 1)
    least, most = MEAN_DISPUTES
    disputes = rng.poisson(least + (most - least) * rank**2).astype(float)
    values = {DISPUTES: disputes, DISTANCE: _distance_km(ordered)}
    rows = []
    for code, office in OFFICES.items():
        known = set(rng.permutation(len(ordered))[NOT_KNOWN:].tolist())
        rows += [
            {
                "kode_kelurahan": area.area_code,
                "kelurahan": area.area_name,
                "kecamatan": area.district_name,
                "indikator": code,
                "nilai": f"{values[code][position]:.1f}".replace(".0", "").replace(".", ","),
                "tanggal": (end - timedelta(days=OBSERVED_DAYS_AGO)).isoformat(),
                "sumber": office,
                MARK: SIMULATED,
            }
            for position, area in enumerate(ordered.itertuples())
            if code in indicator_codes and position in known and np.isfinite(values[code][position])
        ]
    return pd.DataFrame(rows, columns=[*INDICATOR.heads, MARK])


def _distance_km(areas: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Measure from each area's middle to the nearest post; NaN without geometry or without any post."""
    middles = np.full((len(areas), 2), np.nan)
    drawn = areas.geometry.notna().to_numpy()
    middles[drawn] = shapely.get_coordinates(shapely.centroid(areas.geometry[drawn].to_numpy()))
    if not drawn.any():
        return middles[:, 0]
    middles *= KM_PER_DEGREE * np.array([np.cos(np.radians(np.nanmean(middles[:, 1]))), 1.0])
    posts = []
    for positions in areas.index[drawn].groupby(areas["district_code"][drawn]).values():
        own = middles[positions.to_numpy()]
        posts.append(own[np.hypot(*(own - own.mean(axis=0)).T).argmin()])
    apart = middles[:, None] - np.array(posts)[None]
    nearest: NDArray[np.float64] = np.hypot(apart[..., 0], apart[..., 1]).min(axis=1)
    return nearest
