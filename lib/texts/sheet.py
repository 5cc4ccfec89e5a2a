"""The words of the map sheet."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from data.digests import short
from lib.indonesian import decimal, long_date, period, points, whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

CLASS_NAMES = ("Sangat rendah", "Rendah", "Sedang", "Tinggi", "Sangat tinggi")
# Why an area has no class, and what is marked beside a class; by the codes of `Assessment.areas`.
UNCLASSED_NAMES = {"diam": "Belum ada laporan", "tidak_terdengar": "Tidak terdengar", "kurang": "Data tidak cukup"}
MARK_NAMES = {
    "siaga": "Siaga",
    "severe": "Kejadian terberat terverifikasi",
    "unverified": "Belum diperiksa",
    "thin": "Laporan menipis",
}
NORTH, METRE, KILOMETRE = "U", "m", "km"
WEST, EAST, SOUTH, NORTH_LATITUDE = "BB", "BT", "LS", "LU"
NOTHING_DRAWN = "Batas wilayah belum ada, sehingga peta tidak tergambar."
LEGEND_TITLE = "Tingkat kerawanan (skor 0–100)"
SIMULATED = "DATA SIMULASI"
BRIEFING_ONLY = "UNTUK PENGARAHAN INTERNAL"
RESTRICTED = "TERBATAS"
PROVISIONAL = "TERBATAS  ·  SKALA SEMENTARA"
NEUTRALITY = "Warna menyatakan tempat dan waktu, bukan pelaku, partai, agama, atau suku."
SILENCE = "Belum ada laporan tidak berarti aman."
STATIONS = "TPS"
COUNT_WORDS = ("", "Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan", "Sembilan", "Sepuluh")
MOST_NAMES_IN_NOTE = 4
METRES_PER_KILOMETRE = 1000


def band(classification: str, *, simulated: bool) -> str:
    """Write the band on top: who may see the sheet, and whether its data are invented."""
    parts = [classification]
    if classification == RESTRICTED:
        parts.append(BRIEFING_ONLY)
    if simulated:
        parts.append(SIMULATED)
    return "  ·  ".join(parts)


def title(region_name: str) -> str:
    """Write the title."""
    return f"Peta tingkat kerawanan konflik — {region_name}"


def subtitle(start: date, end: date, *, area_count: int, unit_word: str, incident_count: int) -> str:
    """Write what the map is made from."""
    return f"Laporan {period(start, end)}  ·  {whole(area_count)} {unit_word}  ·  {whole(incident_count)} kejadian"


def class_range(low: float, high: float, *, last: bool) -> str:
    """Write the scores of one class: 50–64,9, as a score is shown cut to one decimal; 65–100 for the last one."""
    return f"{_short(low)}–{_short(high if last else (ceil(10 * high - 1e-6) - 1) / 10)}"


def area_count(count: int, unit_word: str) -> str:
    """Write how many areas a class has; a double word such as kelurahan/desa becomes wilayah."""
    return f"{whole(count)} {'wilayah' if '/' in unit_word else unit_word}"


def list_title(count: int, unit_word: str) -> str:
    """Write the head of the top list: Delapan kelurahan tertinggi."""
    if count < 2:
        return f"{unit_word.capitalize()} tertinggi"
    number = COUNT_WORDS[count] if count < len(COUNT_WORDS) else whole(count)
    return f"{number} {unit_word} tertinggi"


def empty_list(unit_word: str) -> str:
    """Say that no area has a score."""
    return f"Belum ada {unit_word} dengan laporan pada masa ini, sehingga tidak ada urutan. {SILENCE}"


def list_detail(district_name: str, incident_count: int) -> str:
    """Write the second line of an area in the top list where no reason is given."""
    return f"Kecamatan {district_name}  ·  {whole(incident_count)} kejadian"


def score(value: float) -> str:
    """Write a score with one decimal."""
    return points(value)


def not_drawn(names: Sequence[str], unit_word: str) -> str:
    """Say which areas are missing from the map because their boundary is."""
    shown = ", ".join(names[:MOST_NAMES_IN_NOTE])
    more = len(names) - MOST_NAMES_IN_NOTE
    rest = f" dan {whole(more)} lainnya" if more > 0 else ""
    return f"Tidak tergambar karena batas wilayahnya belum ada: {whole(len(names))} {unit_word} ({shown}{rest})."


def unplaced(count: int, unit_word: str) -> str:
    """Say how many incidents belong to no area."""
    return f"{whole(count)} kejadian belum dapat ditempatkan pada {unit_word} dan tidak ikut mewarnai peta."


def unheard(count: int, unit_word: str) -> str:
    """Say how many areas are not heard any more."""
    return f"{whole(count)} {unit_word} tidak terdengar: laporannya berhenti, jadi tidak diberi kelas."


def too_little(count: int, unit_word: str) -> str:
    """Say which areas have reports and yet no class."""
    return f"{whole(count)} {unit_word} punya laporan, tetapi datanya tidak cukup untuk diberi kelas."


def incidents(count: int) -> str:
    """Explain the incident dots."""
    return f"Kejadian ({whole(count)} titik)"


def stations(count: int) -> str:
    """Explain the polling-station marks."""
    return f"{STATIONS} ({whole(count)})"


def density(parts: Sequence[float], bandwidth_m: float, maximum: str) -> str:
    """Explain the lines of equal density by their parts of the highest density, and the bandwidth."""
    if bandwidth_m >= METRES_PER_KILOMETRE:
        width = f"{_short(bandwidth_m / METRES_PER_KILOMETRE)} km"
    else:
        width = f"{whole(bandwidth_m)} m"
    percent = ", ".join(_short(100 * part) for part in parts)
    return f"Kepadatan kejadian: {percent}% dari yang tertinggi ({maximum}); lebar pita {width}"


def data_as_of(day: date) -> str:
    """Write the day of the data."""
    return f"Data per {long_date(day)}"


def projection(epsg: int, zone: str) -> str:
    """Name the projection, and say that boundaries are no legal reference."""
    return f"Batas indikatif  ·  {zone} (EPSG:{epsg})"


def digests(version: str, weights_digest: str, data_hash: str) -> str:
    """Write version and fingerprints by which a printed sheet can be traced."""
    return f"Bobot {version} {short(weights_digest)}  ·  data {data_hash[:8]}"


def filters(caption: str) -> str:
    """Write which question the sheet answers."""
    return f"Saringan: {caption}"


def _short(value: float) -> str:
    """Write a number with a decimal only where it has one."""
    return whole(value) if value == round(value) else decimal(value)
