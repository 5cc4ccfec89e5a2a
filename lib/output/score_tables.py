"""Scores as CSV and GeoPackage."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from lib.output.classes import CLASSES, NO_REPORT
from lib.output.csv_file import csv_bytes
from lib.rules.taxonomy import taxonomy
from lib.score.answers import COMPONENT_PARTS, PRIOR_PART, TOO_LITTLE, Assessment
from lib.texts.elections import roll_line
from lib.texts.score import TOO_LITTLE as TOO_LITTLE_WORDS
from lib.texts.score_tables import SIMULATED_MARK

if TYPE_CHECKING:
    from lib.rules.weights import Weights

PART_DIGITS = 4
SHARE_DIGITS = 3


def score_table(assessment: Assessment, ranks: pd.DataFrame) -> pd.DataFrame:
    """Make the table of scores, highest first, areas without a class last.

    Columns: kode, nama, kecamatan, skor, kelas, peringkat and peringkat_akhir (equal scores share the ranks from the
    one to the other), peringkat_rendah and peringkat_tinggi (the central 90 % of the draws),
    peluang_10_persen_teratas, skor_batas_atas, kelengkapan (share), alasan_kelas (as `class_reason`); the four parts
    bagian_struktural, bagian_kejadian, bagian_sekitar and bagian_lonjakan, which add up to skor, and the pieces of
    bagian_kejadian: bagian_dasar, then one for each family; jumlah_kejadian, jumlah_terverifikasi, dpt, tps,
    cakupan_pemantau, pemilihan (name; empty without one), catatan_dpt (what the score lacks of DPT and TPS, in words;
    empty where nothing is missing), skema (version and short digest of the weights), and penanda where the data are
    simulated. An area without a class has no score: its skor and parts are empty, never 0. `ranks`: as from
    `lib.score.uncertainty.rank_uncertainty`.
    """
    areas = assessment.areas.merge(ranks, on="area_code").sort_values(
        ["score", "area_code"], ascending=[False, True], na_position="last", ignore_index=True
    )
    parts = list(COMPONENT_PARTS)
    pieces = [PRIOR_PART, *(f"bagian_{family.code}" for family in taxonomy().families)]
    names = {entry.index: entry.name for entry in CLASSES} | {NO_REPORT.index: NO_REPORT.name}
    rounded = areas[parts + pieces].round(PART_DIGITS)
    # The sum of the rounded pieces, so that a reader who adds them up finds the part, and of the parts the score.
    rounded["bagian_kejadian"] = rounded[pieces].sum(axis=1, min_count=1).round(PART_DIGITS)
    score = rounded[parts].sum(axis=1, min_count=1).round(PART_DIGITS)
    table = pd.DataFrame(
        {
            "kode": areas["area_code"],
            "nama": areas["area_name"],
            "kecamatan": areas["district_name"],
            "skor": score,
            "kelas": areas["class_index"]
            .map(names)
            .mask((areas["unclassed"] == TOO_LITTLE) & (areas["class_index"] < 0), TOO_LITTLE_WORDS),
            "peringkat": areas["rank"],
            "peringkat_akhir": areas["rank_last"],
            "peringkat_rendah": areas["rank_low"].round().astype("Int64"),
            "peringkat_tinggi": areas["rank_high"].round().astype("Int64"),
            "peluang_10_persen_teratas": areas["probability_top"].round(SHARE_DIGITS),
            "skor_batas_atas": areas["upper_score"].round(PART_DIGITS).clip(lower=score.fillna(0)),
            "kelengkapan": areas["completeness"].round(SHARE_DIGITS),
            "alasan_kelas": class_reason(areas),
            **{part: rounded[part] for part in parts + pieces},
            "jumlah_kejadian": areas["incident_count"],
            "jumlah_terverifikasi": areas["verified_count"],
            "dpt": areas["voter_count"].astype("Int64"),
            "tps": areas["station_count"],
            "cakupan_pemantau": areas["coverage"].round(SHARE_DIGITS),
            "pemilihan": assessment.roll.election_name,
            "catatan_dpt": roll_line(assessment.roll),
            "skema": scheme(assessment.weights),
        }
    )
    return table.assign(penanda=SIMULATED_MARK) if assessment.state.simulated else table


def class_reason(areas: pd.DataFrame) -> pd.Series[str]:
    """Name what moved each class away from its score.

    siaga or kejadian (a floor), belum_terverifikasi, ditahan (memory of the weeks before), or empty.
    """
    reason = areas["floor_reason"].astype(object)
    reason = reason.mask((reason == "") & areas["capped"], "belum_terverifikasi")
    return reason.mask((reason == "") & areas["held"], "ditahan")


def scheme(weights: Weights) -> str:
    """Name the version of the weights with their short digest."""
    return f"{weights.version} {weights.short_digest}"


def score_csv(assessment: Assessment, ranks: pd.DataFrame) -> bytes:
    """Write the table of scores as CSV: UTF-8, comma, decimal point."""
    return csv_bytes(score_table(assessment, ranks))


def score_geopackage(assessment: Assessment, ranks: pd.DataFrame) -> bytes:
    """Write the scored areas as a GeoPackage layer in EPSG:4326; areas without polygon have no geometry."""
    geometry = assessment.areas.set_index("area_code").geometry
    table = score_table(assessment, ranks)
    layer = gpd.GeoDataFrame(table, geometry=geometry.reindex(table["kode"]).to_numpy(), crs=4326)
    buffer = io.BytesIO()
    layer.to_file(buffer, driver="GPKG", layer="kerawanan_simulasi" if assessment.state.simulated else "kerawanan")
    return buffer.getvalue()
