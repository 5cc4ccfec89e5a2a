"""Reports that nothing happened, as the diligent half of the kecamatan send them every week."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.demo.scenario import SIMULATED

if TYPE_CHECKING:
    from datetime import date

SOURCE = "Panwascam (simulasi)"
WEEK_DAYS = 7
SENT_SHARE = 0.85  # of the quiet weeks of a kelurahan; the rest is forgotten
SILENT_WEEKS = 5  # for so long the last of the diligent kecamatan has not been heard of


def simulate_nil_reports(
    areas: pd.DataFrame, incidents: pd.DataFrame, *, start: date, end: date, seed: int
) -> pd.DataFrame:
    """Report the quiet weeks of every second kecamatan.

    Parameters
    ----------
    areas
        Columns area_code, area_name, district_code, district_name.
    incidents
        As from `data.demo.incidents.simulate_incidents`.
    start, end
        First and last day; weeks are counted back from `end`.
    seed
        The same arguments give the same rows.

    Returns
    -------
    rows
        One row a report, oldest first, with the heads of the import file.
    """
    rng = np.random.default_rng([seed, 4])
    happened = pd.to_datetime(incidents["tanggal_kejadian"]).dt.date
    weeks_ago = [(end - day).days // WEEK_DAYS for day in happened]
    busy = set(zip(incidents["kode_kelurahan"], weeks_ago, strict=True))
    districts = sorted(areas["district_code"].unique())[::2]
    rows = []
    for week in range((end - start).days // WEEK_DAYS - 1, -1, -1):
        last = end - timedelta(days=WEEK_DAYS * week)
        for area in areas.sort_values("area_code").itertuples():
            sends = rng.random() < SENT_SHARE
            stopped = area.district_code == districts[-1] and week < SILENT_WEEKS
            if area.district_code in districts and sends and not stopped and (area.area_code, week) not in busy:
                rows.append(
                    {
                        "sumber": SOURCE,
                        "kode_kelurahan": area.area_code,
                        "kelurahan": area.area_name,
                        "kecamatan": area.district_name,
                        "tanggal_mulai": (last - timedelta(days=WEEK_DAYS - 1)).isoformat(),
                        "tanggal_selesai": last.isoformat(),
                        "tanggal_laporan": last.isoformat(),
                        "penanda": SIMULATED,
                    }
                )
    return pd.DataFrame(rows)
