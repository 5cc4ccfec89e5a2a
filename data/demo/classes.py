"""Classes as other bodies publish them: lists of two bodies that mostly see what we see, and sometimes do not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.demo.scenario import SIMULATED

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

SUPERVISOR, POLICE = "Bawaslu (simulasi)", "Polres (simulasi)"
EDITION = "Pemilihan 2026 (simulasi)"
LEVEL_SHARES = (0.55, 0.30, 0.15)  # of the areas of a list, lowest level first
WORDS = {SUPERVISOR: ("rendah", "sedang", "tinggi"), POLICE: ("kurang rawan", "rawan", "sangat rawan")}
LISTED_DAYS_AGO = {SUPERVISOR: 40, POLICE: 12}
UNLIKE = {SUPERVISOR: 0.4, POLICE: 0.3}  # standard deviation of what a body sees otherwise, in logs of pressure
LEFT_OUT = {SUPERVISOR: 3, POLICE: 0}  # areas that a list forgets
HALF_LIFE_DAYS = 28
LEAST_PRESSURE = 0.5  # of an area without reports
REASONS = (
    ("Tidak ada pelanggaran yang diregistrasi.", "Tidak ada gangguan pada pemungutan suara sebelumnya."),
    ("Beberapa laporan pelanggaran masih diproses.", "Kepadatan TPS tinggi di lokasi yang sama."),
    ("Riwayat keributan di TPS.", "Jalur pengerahan massa kedua pihak bertemu di sini."),
)
# Where the supervisor says the opposite of the reports: the busiest area, and two with hardly any report.
PLANTED_LOW_REASON = "Laporan yang masuk tidak memenuhi syarat; tidak ada pelanggaran yang diregistrasi."
PLANTED_HIGH_REASONS = (
    "Pemungutan suara ulang pada pemilihan sebelumnya.",
    "Riwayat kekerasan di TPS; warga enggan melapor.",
)


def simulate_classes(areas: pd.DataFrame, incidents: pd.DataFrame, *, end: date, seed: int) -> pd.DataFrame:
    """Give every area a class of two bodies, who look at the same reports with some eyes of their own.

    The supervisor disagrees flatly in the area with the most pressure and in the two with the least above none;
    `planted` names them.

    Parameters
    ----------
    areas
        Columns area_code, area_name, district_name.
    incidents
        As from `data.demo.incidents.simulate_incidents`.
    end
        Last day of the reports.
    seed
        The same arguments give the same rows.

    Returns
    -------
    rows
        One row a body and area, in this order, with the heads of the import file.
    """
    rng = np.random.default_rng([seed, 5])
    ordered = areas.sort_values("area_code")
    pressure = reported_pressure(ordered["area_code"], incidents, end=end)
    rows = []
    for body in (SUPERVISOR, POLICE):
        seen = np.log(pressure + LEAST_PRESSURE) + rng.normal(0.0, UNLIKE[body], len(pressure))
        levels = _levels(seen)
        reasons = [REASONS[level][int(rng.integers(len(REASONS[level])))] for level in levels]
        left_out = set(rng.permutation(len(pressure))[: LEFT_OUT[body]].tolist())
        if body == SUPERVISOR:
            for position, level, reason in planted(pressure):
                levels[position], reasons[position] = level, reason
                left_out.discard(position)
        listed = (end - timedelta(days=LISTED_DAYS_AGO[body])).isoformat()
        rows += [
            {
                "lembaga": body,
                "edisi": EDITION,
                "tanggal": listed,
                "kode_kelurahan": area.area_code,
                "kelurahan": area.area_name,
                "kecamatan": area.district_name,
                "kelas": WORDS[body][levels[position]],
                "alasan_kelas": reasons[position],
                "penanda": SIMULATED,
            }
            for position, area in enumerate(ordered.itertuples())
            if position not in left_out
        ]
    return pd.DataFrame(rows)


def reported_pressure(codes: pd.Series, incidents: pd.DataFrame, *, end: date) -> NDArray[np.float64]:
    """Sum 2^(severity - 1) of each area's reports, halved every 28 days; shape of `codes`, 0 without any."""
    age_days = (pd.Timestamp(end) - pd.to_datetime(incidents["tanggal_kejadian"])).dt.days
    weight = 2.0 ** (incidents["keparahan"].astype(int) - 1 - age_days / HALF_LIFE_DAYS)
    summed = weight.groupby(incidents["kode_kelurahan"]).sum()
    pressure: NDArray[np.float64] = np.asarray(summed.reindex(codes).fillna(0.0), dtype=float)
    return pressure


def _levels(seen: NDArray[np.float64]) -> NDArray[np.int64]:
    """Sort areas into three levels of fixed shares, the least seen lowest."""
    rank = np.argsort(np.argsort(seen, kind="stable"), kind="stable") / len(seen)
    return np.searchsorted(np.cumsum(LEVEL_SHARES)[:-1], rank, side="right").astype(np.int64)


def planted(pressure: NDArray[np.float64]) -> list[tuple[int, int, str]]:
    """Choose where the supervisor disagrees flatly: position, level (0 lowest, 2 highest) and its reason."""
    order = np.argsort(pressure, kind="stable")
    least = [int(position) for position in order if pressure[position] > 0][: len(PLANTED_HIGH_REASONS)]
    busiest = int(order[-1])
    high = [(p, 2, reason) for p, reason in zip(least, PLANTED_HIGH_REASONS, strict=False) if p != busiest]
    return [(busiest, 0, PLANTED_LOW_REASON), *high]
