"""The completeness of reports as plain tables with Indonesian heads, and the matrix as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lib.output.csv_file import csv_bytes
from lib.reports.delays import CATEGORY, FAMILY
from lib.reports.matrix import NO_SOURCE
from lib.rules.taxonomy import taxonomy
from lib.texts import completeness as t

if TYPE_CHECKING:
    from lib.reports.completeness import Completeness

DIGITS = 4


def matrix_table(found: Completeness) -> pd.DataFrame:
    """Make the matrix of areas, weeks and sources.

    Columns: kode, nama, kecamatan, minggu_sampai, sumber (empty in an area that no source reported on), kejadian,
    nihil (reports of either kind), ditunggu, diterima (0 or 1).
    """
    matrix = found.matrix
    return pd.DataFrame(
        {
            "kode": matrix["area_code"],
            "nama": matrix["area_name"],
            "kecamatan": matrix["district_name"],
            "minggu_sampai": matrix["week_end"].dt.strftime("%Y-%m-%d"),
            "sumber": matrix["source_name"],
            "kejadian": matrix["incident_count"],
            "nihil": matrix["nil_count"],
            "ditunggu": matrix["expected"].astype("int64"),
            "diterima": matrix["received"].astype("int64"),
        }
    )


def matrix_csv(found: Completeness) -> bytes:
    """Write the matrix as CSV: UTF-8, comma."""
    return csv_bytes(matrix_table(found))


def area_table(found: Completeness) -> pd.DataFrame:
    """Make the table of areas with their last report and silence, the least probable silence first.

    Columns: kode, nama, kecamatan, laporan_terakhir, umur_hari, biasa_per_minggu, minggu_diam, peluang,
    diam_tak_wajar (0 or 1); missing where nothing was ever heard, and such areas come last.
    """
    table = found.areas.merge(found.area_silences.drop(columns="last_report_on"), on="area_code", how="left")
    table = table.sort_values(["probability", "area_code"], na_position="last", ignore_index=True)
    return pd.DataFrame(
        {
            "kode": table["area_code"],
            "nama": table["area_name"],
            "kecamatan": table["district_name"],
            "laporan_terakhir": table["last_report_on"].dt.strftime("%Y-%m-%d"),
            "umur_hari": table["age_days"],
            "biasa_per_minggu": table["usual_rate"].round(DIGITS),
            "minggu_diam": table["silent_weeks"].round(DIGITS),
            "peluang": table["probability"].round(DIGITS),
            "diam_tak_wajar": table["unusual"].eq(True).astype("int64"),  # noqa: FBT003 - missing is not unusual
        }
    )


def source_table(found: Completeness) -> pd.DataFrame:
    """Make the table of sources.

    Columns: sumber, laporan_terakhir, umur_hari, ditunggu, diterima (areas x weeks of the matrix), bagian
    (missing where nothing was expected), diam (a note on an unusual silence, else empty).
    """
    table = found.sources.merge(found.source_silences.drop(columns="last_report_on"), on="source_name")
    notes = [
        t.source_silence(silent, rate, probability) if unusual else ""
        for silent, rate, probability, unusual in zip(
            table["silent_weeks"], table["usual_rate"], table["probability"], table["unusual"], strict=True
        )
    ]
    return pd.DataFrame(
        {
            "sumber": table["source_name"].replace(NO_SOURCE, t.NO_SOURCE),
            "laporan_terakhir": table["last_report_on"].dt.strftime("%Y-%m-%d"),
            "umur_hari": table["age_days"],
            "ditunggu": table["expected_count"],
            "diterima": table["received_count"],
            "bagian": table["received_count"] / table["expected_count"].where(table["expected_count"] > 0),
            "diam": notes,
        }
    )


def delay_table(found: Completeness) -> pd.DataFrame:
    """Make the table of delays: all, then each family followed by its categories.

    Columns: cakupan, kode, nama, laporan, median_hari, persentil_90_hari, lengkap_sampai, masuk_0, masuk_1, ...
    (share that is in after so many days), dasar.
    """
    family = {(CATEGORY, entry.code): entry.family for entry in taxonomy().categories}
    order = {entry.code: position for position, entry in enumerate(taxonomy().families)}
    keys = list(zip(found.delays["scope"], found.delays["code"], strict=True))
    position = pd.Series([order.get(family.get(key, key[1]), -1) for key in keys], index=found.delays.index)
    delays = found.delays.loc[position.sort_values(kind="stable").index]
    names = {(FAMILY, entry.code): entry.name for entry in taxonomy().families}
    names |= {(CATEGORY, entry.code): entry.name for entry in taxonomy().categories}
    sorted_keys = zip(delays["scope"], delays["code"], strict=True)
    shares = {
        str(column).replace("share_", "masuk_"): delays[column].round(DIGITS)
        for column in delays.columns
        if str(column).startswith("share_")
    }
    return pd.DataFrame(
        {
            "cakupan": delays["scope"],
            "kode": delays["code"],
            "nama": [names.get(key, t.ALL_CATEGORIES) for key in sorted_keys],
            "laporan": delays["report_count"],
            "median_hari": delays["median_days"].astype("Int64"),
            "persentil_90_hari": delays["percentile_90_days"].astype("Int64"),
            "lengkap_sampai": delays["complete_until"].astype("str"),
            **shares,
            "dasar": delays["basis"].map(t.BASIS),
        }
    )
