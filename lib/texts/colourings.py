"""Words of what the map may be coloured by: its name, its unit, what is missing, what the filters do to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.indonesian import decimal, long_date, whole
from lib.texts.questions import question
from lib.texts.score import COMPONENT_NAMES

if TYPE_CHECKING:
    from lib.filters import Filters

CHOICE = "Warnai menurut"
CLASS, COUNT, RATE, SMOOTHED, FORECAST = "kerawanan", "jumlah", "laju", "laju_halus", "ramalan"
NAMES = {
    CLASS: "Tingkat kerawanan",
    COUNT: "Jumlah kejadian",
    RATE: "Laju kejadian per 1.000 DPT",
    SMOOTHED: "Laju kejadian per 1.000 DPT, dihaluskan",
    **{part: f"Bagian skor: {name.lower()}" for part, name in COMPONENT_NAMES.items()},
    FORECAST: "Ramalan kejadian 7 hari ke depan",
}
# Of what its name does not say already.
UNITS = {**dict.fromkeys(COMPONENT_NAMES, "nilai 0–100"), FORECAST: "perkiraan rata-rata"}
NO_DATA = "Tidak ada data"
SMOOTHING = "Dihaluskan empiris-Bayes: laju wilayah yang sedikit pemilihnya ditarik ke rata-rata seluruh wilayah."
NO_FORECAST = "Ramalan tidak dibuat: laporan terakhir terlalu lama, atau belum ada."


def caption(code: str) -> str:
    """Say what is coloured, in which unit."""
    return f"{NAMES[code]} ({UNITS[code]})" if code in UNITS else NAMES[code]


def span(low: float, high: float, digits: int) -> str:
    """Write the values of one colour, both ends included; one value alone where there is one."""
    ends = dict.fromkeys((decimal(low, digits), decimal(high, digits)))
    return "–".join(ends)


def value_line(code: str, value: float, digits: int) -> str:
    """Say the value of one area."""
    return f"{NAMES[code]}: {decimal(value, digits)}"


def without_voters(count: int, unit_word: str) -> str:
    """Say of how many areas no rate can be told."""
    return f"DPT belum ada untuk {whole(count)} {unit_word}, jadi lajunya tidak dapat dihitung."


def filtered(code: str, filters: Filters, *, part: str = "") -> str:
    """Say under which filters the colours stand, and of which part of the region the numbers beside them are."""
    counted = f" Hitungan di legenda hanya dari bagian yang tampil: {part}." if part else ""
    if code in {COUNT, RATE, SMOOTHED}:
        return f"Saringan: {question(filters, scored=False)}.{counted}"
    return (
        f"Warna dari semua laporan sampai {long_date(filters.end)}; saringan kategori, status, sumber, dan kecamatan "
        f"tidak mengubahnya.{counted}"
    )
