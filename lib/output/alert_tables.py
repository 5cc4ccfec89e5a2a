"""Alerts as CSV and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data import digests
from lib.output.csv_file import csv_bytes
from lib.output.json_file import json_text
from lib.records import TrendRow, records
from lib.region.panels import group_names
from lib.texts.alerts import NO_GROUP, STATES, TIERS, UNISSUED
from lib.texts.score_tables import SIMULATED_MARK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

PROBABILITY_DIGITS = 6


def alert_table(alerts: pd.DataFrame, areas: pd.DataFrame, *, simulated: bool) -> pd.DataFrame:
    """Make the table of alerts, in the order given.

    Columns: nomor, tingkat, kode (empty: the whole region), wilayah, kecamatan, kelompok, jendela_awal,
    jendela_akhir, teramati, harapan, peluang (both empty for an event), sejak, keadaan, catatan, and penanda where
    the data are simulated. `alerts`: columns `lib.warnings.ledger.LIFE_COLUMNS`. `areas`: area_code, area_name,
    district_name.
    """
    names = areas.set_index("area_code")
    groups = group_names()
    place = alerts["area_code"]
    state = alerts["state"].map(STATES).where(alerts["issue_count"] > 0, UNISSUED)
    table = pd.DataFrame(
        {
            "nomor": alerts["alert_id"],
            "tingkat": alerts["tier"].map(TIERS),
            "kode": place,
            "wilayah": place.map(names["area_name"]),
            "kecamatan": place.map(names["district_name"]),
            "kelompok": alerts["group_code"].map(groups).fillna(NO_GROUP),
            "jendela_awal": alerts["window_first_on"],
            "jendela_akhir": alerts["window_last_on"],
            "teramati": alerts["observed"],
            "harapan": alerts["expected"].round(2),
            "peluang": [float(f"{value:.{PROBABILITY_DIGITS}g}") for value in alerts["probability"]],
            "sejak": alerts["first_on"],
            "keadaan": state,
            "catatan": alerts["note"],
        }
    )
    return table.assign(penanda=SIMULATED_MARK) if simulated else table


def with_basis(table: pd.DataFrame, region_code: str, as_of: date, rules_digest: str) -> pd.DataFrame:
    """Add to every alert what it rests on: wilayah_kode, per (the day), aturan (digest of the rules, short)."""
    return table.assign(wilayah_kode=region_code, per=as_of.isoformat(), aturan=digests.short(rules_digest))


def alert_csv(table: pd.DataFrame) -> bytes:
    """Write the table of alerts as CSV: UTF-8, comma, decimal point."""
    return csv_bytes(table)


def trend_values(trends: pd.DataFrame) -> list[dict[str, object]]:
    """Give the trends of the whole region as plain values; columns as `lib.warnings.alerts.AlertDay.trends`."""
    names = group_names()
    return [
        {
            "kelompok": names[row.group_code],
            "hari": row.window_days,
            "teramati": row.observed,
            "harapan": round(row.expected, 2),
            "di_atas_biasanya": row.raised,
        }
        for row in records(trends, TrendRow)
    ]


def alert_json(table: pd.DataFrame, facts: Mapping[str, object]) -> str:
    """Write the facts of a day and its alerts as JSON; what is missing is null."""
    rows = [
        {name: None if pd.isna(value) else value for name, value in row.items()} for row in table.to_dict("records")
    ]
    return json_text({**facts, "peringatan": rows})
