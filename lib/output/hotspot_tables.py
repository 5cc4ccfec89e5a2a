"""Hot-spots as a table and as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lib.output.csv_file import csv_bytes
from lib.rules.regions import region_profile
from lib.texts import hotspots as t
from lib.texts.questions import unit_word
from lib.texts.score_tables import SIMULATED_MARK

if TYPE_CHECKING:
    from lib.score.hotspots import Hotspots

DIGITS = 4


def hotspot_table(found: Hotspots) -> pd.DataFrame:
    """Make the table of all areas, hot ones first, then by smoothed rate.

    Columns: kode, nama, kecamatan, kejadian, dpt, laju_mentah and laju_dihaluskan (per 1,000 voters in the window),
    gi_z, gi_p (two-sided), gi_p_fdr, titik_panas, moran, kelas_moran, kata, minggu_panas, stabil, gugus, hari, per,
    aturan (digest), catatan (why nothing was tested, else empty), and penanda where the data are simulated. What
    could not be reckoned is empty, never 0.
    """
    areas = found.areas.assign(order=found.areas["hot"].map({"panas": 0, "dingin": 2}).fillna(1)).sort_values(
        ["order", "rate_smoothed", "area_code"], ascending=[True, False, True], ignore_index=True
    )
    tested = areas["hot"] != ""
    unit = unit_word(region_profile(found.filters.region_code))
    table = pd.DataFrame(
        {
            "kode": areas["area_code"],
            "nama": areas["area_name"],
            "kecamatan": areas["district_name"],
            "kejadian": areas["event_count"],
            "dpt": areas["voter_count"].astype("Int64"),
            "laju_mentah": areas["rate_raw"].round(DIGITS),
            "laju_dihaluskan": areas["rate_smoothed"].round(DIGITS),
            "gi_z": areas["gi_z"].round(DIGITS),
            "gi_p": areas["gi_p"].round(DIGITS),
            "gi_p_fdr": areas["gi_p_adjusted"].round(DIGITS),
            "titik_panas": areas["hot"].map(t.HOT_WORDS),
            "moran": areas["moran"].round(DIGITS),
            "kelas_moran": areas["moran_class"].map(t.MORAN_WORDS),
            "kata": areas["word"],
            "minggu_panas": areas["weeks_hot"].where(tested).astype("Int64"),
            "stabil": areas["stable"].map({True: "ya", False: "tidak"}).where(areas["hot"] == "panas", ""),
            "gugus": areas["in_cluster"].map({True: "ya", False: ""}),
            "hari": found.days,
            "per": found.filters.end.isoformat(),
            "aturan": found.rules.short_digest,
            "catatan": t.refusal(found.refusal.code, found.refusal.facts, unit) if found.refusal else "",
        }
    )
    return table.assign(penanda=SIMULATED_MARK) if found.simulated else table


def hotspot_csv(found: Hotspots) -> bytes:
    """Write the table as CSV: UTF-8, comma, decimal point."""
    return csv_bytes(hotspot_table(found))
