"""Forecasts as plain tables with Indonesian heads, and as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lib.output.csv_file import csv_bytes
from lib.region.panels import OUTSIDE, group_names
from lib.texts import forecasts as t
from lib.texts.score_tables import SIMULATED_MARK
from lib.warnings.forecasts import METHOD

if TYPE_CHECKING:
    from lib.rules.forecasts import ForecastRules
    from lib.warnings.forecasts import Forecasts

DIGITS = 6  # of the forecasts themselves, so that what is printed adds up


def told_path(path: pd.DataFrame, rules: ForecastRules) -> pd.DataFrame:
    """Keep the weeks of a region's path before the first whose 80 % interval says nothing."""
    wide = [rules.too_wide(low, high) for low, high in zip(path["low_80"], path["high_80"], strict=True)]
    return path.iloc[: wide.index(True)] if any(wide) else path


def area_table(rows: pd.DataFrame, rules: ForecastRules) -> pd.DataFrame:
    """Make the table that a screen shows, words rather than figures; rows as in `Forecasts.areas`, in their order.

    An interval that `rules` call too wide gives way to words.
    Columns: nama, kecamatan, perkiraan, kisaran, peluang, catatan.
    """
    spans = zip(rows["low_80"], rows["high_80"], rows["heard"], strict=True)
    notes = [
        ", ".join(note for note, holds in ((t.NEVER_HEARD, not heard), (t.BASELINE_ONLY, plain)) if holds)
        for heard, plain in zip(rows["heard"], rows["baseline_only"], strict=True)
    ]
    return pd.DataFrame(
        {
            "nama": rows["area_name"],
            "kecamatan": rows["district_name"],
            "perkiraan": [t.expected(mean) for mean in rows["mean"]],
            "kisaran": [
                t.span(low, high, wide=rules.too_wide(low, high)) if heard else t.NEVER_HEARD
                for low, high, heard in spans
            ],
            "peluang": [t.chance(probability) for probability in rows["probability_any"]],
            "catatan": notes,
        }
    )


def forecast_table(found: Forecasts, horizon_days: int | None = None) -> pd.DataFrame:
    """Make the table of all forecasts of a day; `horizon_days` chooses one horizon.

    Columns: wilayah, per, hari, kode and nama (of the area; "wilayah" and empty for the whole region), kecamatan,
    kelompok (code), nama_kelompok, perkiraan, sebaran (alpha), bawah_50, atas_50, bawah_80, atas_80, bawah_95,
    atas_95, peluang_ada, dasar, kebiasaan, terakhir, tetangga (the four parts, adding up to perkiraan),
    hanya_rata_rata, belum_ada_laporan (0 or 1).
    """
    region = found.region.assign(area_code="wilayah", area_name="", district_name="", heard=True)
    rows = pd.concat([region, found.areas], ignore_index=True)
    if horizon_days is not None:
        rows = rows[rows["horizon_days"] == horizon_days]
    names = {**group_names(), OUTSIDE: t.OUTSIDE}
    return pd.DataFrame(
        {
            "wilayah": found.region_code,
            "per": found.as_of.isoformat(),
            "hari": rows["horizon_days"],
            "kode": rows["area_code"],
            "nama": rows["area_name"],
            "kecamatan": rows["district_name"],
            "kelompok": rows["group_code"],
            "nama_kelompok": rows["group_code"].map(names),
            "perkiraan": rows["mean"].round(DIGITS),
            "sebaran": rows["dispersion"].round(DIGITS),
            **{
                f"{name}_{level}": rows[f"{side}_{level}"]
                for level in (50, 80, 95)
                for name, side in (("bawah", "low"), ("atas", "high"))
            },
            "peluang_ada": rows["probability_any"].round(DIGITS),
            "dasar": rows["baseline"].round(DIGITS),
            "kebiasaan": rows["own_history"].round(DIGITS),
            "terakhir": rows["own_recent"].round(DIGITS),
            "tetangga": rows["neighbours"].round(DIGITS),
            "hanya_rata_rata": rows["baseline_only"].astype("int64"),
            "belum_ada_laporan": 1 - rows["heard"].astype("int64"),
        }
    )


def forecast_csv(found: Forecasts, horizon_days: int | None = None, *, simulated: bool) -> bytes:
    """Write the forecasts as CSV: UTF-8, comma; adds metode, and penanda (DATA SIMULASI) where they are simulated."""
    table = forecast_table(found, horizon_days).assign(metode=METHOD)
    if simulated:
        table = table.assign(penanda=SIMULATED_MARK)
    return csv_bytes(table)
