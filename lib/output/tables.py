"""Scores as CSV and GeoPackage."""

from __future__ import annotations

import io

import geopandas as gpd
import pandas as pd

from lib.assess import PRIOR_PART, Assessment
from lib.output.classes import CLASSES, NO_REPORT
from lib.taxonomy import taxonomy
from lib.texts.tables import SIMULATED_MARK

PART_DIGITS = 4


def score_table(assessment: Assessment) -> pd.DataFrame:
    """Make the table of scores, highest first, areas without any report last.

    Columns: kode, nama, kecamatan, skor, kelas, the parts (bagian_dasar, then one for each family; they add
    up to skor), jumlah_kejadian, jumlah_terverifikasi, dpt, tps, and penanda where the data are simulated.
    An area without a report has no score: its skor and parts are empty, never 0.
    """
    areas = assessment.areas.sort_values(
        ["score", "area_code"], ascending=[False, True], na_position="last", ignore_index=True
    )
    parts = [PRIOR_PART, *(f"bagian_{family.code}" for family in taxonomy().families)]
    names = {entry.index: entry.name for entry in CLASSES} | {NO_REPORT.index: NO_REPORT.name}
    rounded = areas[parts].round(PART_DIGITS)
    table = pd.DataFrame(
        {
            "kode": areas["area_code"],
            "nama": areas["area_name"],
            "kecamatan": areas["district_name"],
            # The sum of the rounded parts, so that a reader who adds them up finds the score.
            "skor": rounded.sum(axis=1, min_count=1).round(PART_DIGITS),
            "kelas": areas["class_index"].map(names),
            **{part: rounded[part] for part in parts},
            "jumlah_kejadian": areas["incident_count"],
            "jumlah_terverifikasi": areas["verified_count"],
            "dpt": areas["voter_count"].astype("Int64"),
            "tps": areas["station_count"],
        }
    )
    return table.assign(penanda=SIMULATED_MARK) if assessment.state.simulated else table


def score_csv(assessment: Assessment) -> bytes:
    """Write the table of scores as CSV: UTF-8, comma, decimal point."""
    return score_table(assessment).to_csv(index=False, lineterminator="\n").encode()


def score_geopackage(assessment: Assessment) -> bytes:
    """Write the scored areas as a GeoPackage layer in EPSG:4326; areas without polygon have no geometry."""
    geometry = assessment.areas.set_index("area_code").geometry
    table = score_table(assessment)
    layer = gpd.GeoDataFrame(table, geometry=geometry.reindex(table["kode"]).to_numpy(), crs=4326)
    buffer = io.BytesIO()
    layer.to_file(buffer, driver="GPKG", layer="kerawanan_simulasi" if assessment.state.simulated else "kerawanan")
    return buffer.getvalue()
