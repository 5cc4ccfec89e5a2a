"""Scores as CSV and GeoPackage."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from lib.indonesian import tenth, tenths
from lib.output.classes import MARKS, class_of
from lib.output.csv_file import csv_bytes
from lib.output.leaving import safe_table
from lib.rules.taxonomy import taxonomy
from lib.score.answers import PIECES, PRIOR_PART, Assessment
from lib.texts.elections import roll_line
from lib.texts.questions import counted
from lib.texts.score_tables import SIMULATED_MARK

if TYPE_CHECKING:
    from lib.rules.weights import Weights

SHARE_DIGITS = 2


def score_table(assessment: Assessment, ranks: pd.DataFrame) -> pd.DataFrame:
    """Make the table of scores, highest first, areas without a class last.

    Columns: kode, nama, kecamatan, skor, kelas, peringkat and peringkat_akhir (equal scores share the ranks from the
    one to the other), peringkat_dari (areas with a class in the whole region), peringkat_rendah and
    peringkat_tinggi (the central 90 % of the draws),
    peluang_10_persen_teratas, skor_batas_atas, kelas_dapat_mencapai (if reports are missing), kelengkapan (share),
    tanda (the marks beside the class, in words, separated by semicolons), pelapor_pembawa (as `carrier` of the
    areas); the parts bagian_struktural, bagian_kejadian, bagian_sekitar, bagian_lonjakan and bagian_belum_diperiksa
    (0 or below), which add up to skor, and the pieces of bagian_kejadian: bagian_dasar, then one for each family;
    jumlah_kejadian, jumlah_terverifikasi, arti_kejadian (what they count), dpt, tps, cakupan_pemantau, pemilihan
    (name; empty without one), catatan_dpt (what the score lacks of DPT and TPS, in words; empty where nothing is
    missing), skema (version and short digest of the weights), and penanda where the data are simulated. An area
    without a class has no score: its skor and parts are empty, never 0. `ranks`: as from
    `lib.score.uncertainty.rank_uncertainty`.
    """
    areas = assessment.areas.merge(ranks, on="area_code").sort_values(
        ["score", "area_code"], ascending=[False, True], na_position="last", ignore_index=True
    )
    parts = list(PIECES)
    pieces = [PRIOR_PART, *(f"bagian_{family.code}" for family in taxonomy().families)]
    classes = zip(areas["class_index"].tolist(), areas["unclassed"].tolist(), strict=True)
    # The digits of the screen: whoever adds up the pieces finds the part, and of the parts the score.
    score = areas["score"].map(tenth)
    shown = printed(areas[parts], score)
    shown = shown.join(printed(areas[pieces], shown["bagian_kejadian"]))
    table = pd.DataFrame(
        {
            "kode": areas["area_code"],
            "nama": areas["area_name"],
            "kecamatan": areas["district_name"],
            "skor": score,
            "kelas": [class_of(index, unclassed).name for index, unclassed in classes],
            "peringkat": areas["rank"],
            "peringkat_akhir": areas["rank_last"],
            "peringkat_dari": areas["rank_count"],
            "peringkat_rendah": areas["rank_low"].round().astype("Int64"),
            "peringkat_tinggi": areas["rank_high"].round().astype("Int64"),
            "peluang_10_persen_teratas": rounded(areas["probability_top"], SHARE_DIGITS),
            "skor_batas_atas": rounded(areas["upper_score"], 1),
            "kelas_dapat_mencapai": [class_of(index).name if index >= 0 else None for index in areas["reach_class"]],
            "kelengkapan": rounded(areas["completeness"], SHARE_DIGITS),
            "tanda": mark_words(areas),
            "pelapor_pembawa": areas["carrier"],
            **{part: shown[part] for part in parts + pieces},
            "jumlah_kejadian": areas["incident_count"],
            "jumlah_terverifikasi": areas["verified_count"],
            "arti_kejadian": counted(assessment.filters),
            "dpt": areas["voter_count"].astype("Int64"),
            "tps": areas["station_count"],
            "cakupan_pemantau": rounded(areas["coverage"], SHARE_DIGITS),
            "pemilihan": assessment.roll.election_name,
            "catatan_dpt": roll_line(assessment.roll),
            "skema": scheme(assessment.weights),
        }
    )
    return table.assign(penanda=SIMULATED_MARK) if assessment.state.simulated else table


def rounded(values: pd.Series, digits: int) -> pd.Series:
    """Round numbers exactly as they are printed on screen; missing ones stay missing."""
    return values.astype(float).map(lambda value: round(value, digits))


def printed(parts: pd.DataFrame, totals: pd.Series) -> pd.DataFrame:
    """Cut parts to the digits of the screen so that each row adds up to its total; see `lib.indonesian.tenths`."""
    rows = [
        tenths(row, total) for row, total in zip(parts.to_numpy(dtype=float).tolist(), totals.tolist(), strict=True)
    ]
    return pd.DataFrame(rows, columns=parts.columns, index=parts.index)


def mark_words(areas: pd.DataFrame) -> list[str]:
    """Name the marks beside the class of each area, separated by semicolons."""
    flags = zip(*(areas[mark.code].tolist() for mark in MARKS), strict=True)
    return ["; ".join(mark.name for mark, on in zip(MARKS, own, strict=True) if on) for own in flags]


def scheme(weights: Weights) -> str:
    """Name the version of the weights with their short digest."""
    return f"{weights.version} {weights.short_digest}"


def score_csv(assessment: Assessment, ranks: pd.DataFrame) -> bytes:
    """Write the table of scores as CSV: UTF-8, comma, decimal point."""
    return csv_bytes(score_table(assessment, ranks))


def score_geopackage(assessment: Assessment, ranks: pd.DataFrame) -> bytes:
    """Write the scored areas as a GeoPackage layer in EPSG:4326; areas without polygon have no geometry."""
    geometry = assessment.areas.set_index("area_code").geometry
    table = safe_table(score_table(assessment, ranks))
    layer = gpd.GeoDataFrame(table, geometry=geometry.reindex(table["kode"]).to_numpy(), crs=4326)
    buffer = io.BytesIO()
    layer.to_file(buffer, driver="GPKG", layer="kerawanan_simulasi" if assessment.state.simulated else "kerawanan")
    return buffer.getvalue()
