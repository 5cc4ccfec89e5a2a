"""The judged TPS as tables and files: one row a TPS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from lib.analysis.classes import HIGH_CLASS
from lib.indonesian import tenth
from lib.output.classes import class_of
from lib.output.csv_file import csv_bytes
from lib.output.score_tables import SHARE_DIGITS, printed, rounded
from lib.output.xlsx_file import Sheet, table_sheet, xlsx_bytes
from lib.records import StationRow, records
from lib.rules.checklists import sub_scores
from lib.score.stations import CONFLICT, PARTS, by_district, failed_items, items_for_high
from lib.texts import pages
from lib.texts import stations as t
from lib.texts.score_tables import SIMULATED_MARK

if TYPE_CHECKING:
    from lib.score.stations import StationRisk

SURROUNDINGS = (20.0, 40.0, 60.0)  # values of kelurahan and nearness that examples are given for


def station_table(found: StationRisk) -> pd.DataFrame:
    """Make the table of TPS, highest score first, those without a score last.

    Columns: kode_kelurahan, kelurahan, kecamatan, no_tps, lokasi, lintang, bujur, dpt, skor, kelas, the parts
    (bagian_daftar_periksa, bagian_kelurahan, bagian_kedekatan; they add up to skor), for each sub-score <kode>
    (empty: unchecked), <kode>_belum_diketahui (share 0-1) and <kode>_tercentang (failed items, in words), layanan
    (needs of voters, never part of a score), kelas_polri, skor_kelurahan, kedekatan, dasar_kedekatan, kelengkapan,
    alasan, skema, sidik_skema, bobot, sidik_bobot, klasifikasi, and penanda where the data are simulated.
    """
    stations = found.stations.sort_values("score", ascending=False, na_position="last", kind="stable")
    score = stations["score"].map(tenth)
    parts = printed(stations[[f"bagian_{part}" for part in PARTS]], score)
    failed = {code: [failed_items(found, row, code) for row in stations.index] for code in sub_scores()}
    columns: dict[str, Any] = {
        "kode_kelurahan": stations["area_code"],
        "kelurahan": stations["area_name"],
        "kecamatan": stations["district_name"],
        "no_tps": stations["station_number"],
        "lokasi": stations["place_name"],
        "lintang": stations["latitude"],
        "bujur": stations["longitude"],
        "dpt": stations["voter_count"].astype("Int64"),
        "skor": score,
        "kelas": [t.TOO_LITTLE if index < 0 else class_of(index).name for index in stations["class_index"].tolist()],
        **parts,
    }
    for code in sub_scores():
        columns[code] = rounded(stations[code], 1)
        columns[f"{code}_belum_diketahui"] = rounded(stations[f"unknown_{code}"], SHARE_DIGITS)
        columns[f"{code}_tercentang"] = ["; ".join(items) for items in failed[code]]
    columns |= {
        "layanan": _needs(found, stations.index),
        "kelas_polri": stations["police_class"],
        "skor_kelurahan": stations["area_score"].map(tenth),
        "kedekatan": rounded(stations["proximity"], 1),
        "dasar_kedekatan": stations["proximity_basis"],
        "kelengkapan": rounded(stations["completeness"], SHARE_DIGITS),
        "alasan": reasons(found, stations),
        "skema": found.scheme.code,
        "sidik_skema": found.scheme.digest,
        "bobot": f"{found.weights.scheme} {found.weights.version}",
        "sidik_bobot": found.weights.short_digest,
        "klasifikasi": pages.band(simulated=found.simulated, provisional=found.frozen_on is None),
    }
    table = pd.DataFrame(columns, index=stations.index).reset_index(drop=True)
    return table.assign(penanda=SIMULATED_MARK) if found.simulated else table


def station_csv(found: StationRisk) -> bytes:
    """Write the table of TPS as CSV: UTF-8, comma, decimal point."""
    return csv_bytes(station_table(found))


def station_xlsx(found: StationRisk) -> bytes:
    """Write a workbook: the TPS, the items of the scheme, and what the figures rest on."""
    names = sub_scores() | {t.SERVICE: t.SERVICE_HEAD}
    items = [
        (item.code, item.text, item.variable, names[item.sub_score], f"{item.weight:g}", item.source)
        for item in found.scheme.items
    ]
    return xlsx_bytes(
        table_sheet(t.SHEET_STATIONS, station_table(found)),
        Sheet(t.SHEET_ITEMS, t.ITEM_HEADS, items, {"B": 80}),
        Sheet(t.SHEET_ABOUT, t.ABOUT_HEADS, about(found), {"A": 24, "B": 110}),
    )


def about(found: StationRisk) -> list[tuple[str, str]]:
    """Say what the figures rest on: classification, day, scheme, formula, what is not known."""
    return t.about_rows(
        found.filters,
        found.scheme,
        found.weights,
        near=points_line(found),
        reference_pressure=found.reference_pressure,
        frozen_on=found.frozen_on,
        simulated=found.simulated,
    )


def points_line(found: StationRisk) -> str:
    """Say what the points near a TPS leave out."""
    basis = found.stations["proximity_basis"]
    return t.points_line(
        event_count=found.event_count,
        without_point_count=found.without_point_count,
        area_only_count=int(basis.eq("kelurahan").sum()),
        silent_count=int(basis.eq("").sum()),
    )


def what_makes_high(found: StationRisk) -> str:
    """Say how many conflict items make a TPS high in a calm, a middling and a troubled kelurahan."""
    needs = [(value, items_for_high(found.scheme, found.weights, value)) for value in SURROUNDINGS]
    return t.what_makes_high(class_of(HIGH_CLASS).name, len(found.scheme.in_sub_score(CONFLICT)), needs)


def district_table(found: StationRisk) -> pd.DataFrame:
    """Make the table of kecamatan: distinct TPS, those with any item of each sub-score, unchecked, high."""
    counted = by_district(found)
    return pd.DataFrame(
        {
            "kecamatan": counted["district_name"],
            "tps": counted["station_count"],
            **{code: counted[code] for code in sub_scores()},
            "belum_diperiksa": counted["unchecked_count"],
            "tinggi": counted["high_count"],
        }
    )


def reasons(found: StationRisk, stations: pd.DataFrame) -> list[str]:
    """Say of each TPS why it has its score."""
    failed = (failed_items(found, row, CONFLICT) for row in stations.index)
    return [t.reason(row, items) for row, items in zip(records(stations, StationRow), failed, strict=True)]


def _needs(found: StationRisk, index: pd.Index) -> list[str]:
    """Write the needs of voters at each TPS; empty where there is none or nobody asked."""
    texts = t.service_texts()
    answers = found.answers.loc[index, list(texts)].to_numpy()
    return ["; ".join(text for text, given in zip(texts.values(), row, strict=True) if given == 1) for row in answers]
