"""The words of the map sheet."""

from __future__ import annotations

from math import ceil, isnan
from typing import TYPE_CHECKING

from data.digests import short
from lib.indonesian import decimal, long_date, period, points, whole
from lib.texts.score import enumeration

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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
GROUND_NAMES = {
    "sea": "Laut",
    "neighbour": "Wilayah tetangga",
    "rest": "Di luar saringan",
    "unknown": "Di luar wilayah, tidak diketahui",
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
SILENCE = "Tanpa kelas tidak berarti aman."
STATIONS = "TPS"
COUNT_WORDS = ("", "Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan", "Sembilan", "Sepuluh")
MOST_DISTRICTS_IN_TITLE, MOST_DISTRICTS_IN_LIST, MOST_NAMES_IN_NOTE = 3, 1, 12
METRES_PER_KILOMETRE = 1000


def band(classification: str, *, simulated: bool, short: bool = False) -> str:
    """Write the band on top: who may see the sheet, and whether its data are invented."""
    parts = [classification]
    if classification == RESTRICTED and not short:
        parts.append(BRIEFING_ONLY)
    if simulated:
        parts.append(SIMULATED)
    return "  ·  ".join(parts)


def title(scope: str) -> str:
    """Write the title, which names what the sheet covers and nothing more."""
    return f"Peta kerawanan konflik — {scope}"


def scope(region_name: str, districts: Sequence[str], *, shown: int, total: int, unit_word: str) -> str:
    """Name what a sheet covers: the region, or the chosen kecamatan with how many of its areas they hold."""
    if not districts:
        return region_name
    return f"Kecamatan {enumeration(_few(districts))}, {region_name} ({whole(shown)} dari {whole(total)} {unit_word})"


def part(districts: Sequence[str], *, shown: int, total: int, unit_word: str) -> str:
    """Name in short the part that a legend counts: 5 dari 36 kelurahan, Kec. Dumai Kota; "" for the whole region."""
    if not districts:
        return ""
    return f"{whole(shown)} dari {whole(total)} {unit_word}, Kec. {enumeration(_few(districts))}"


def _few(districts: Sequence[str]) -> list[str]:
    """Name the first of many kecamatan, and count the others."""
    names = list(districts)
    if len(names) <= MOST_DISTRICTS_IN_TITLE:
        return names
    rest = len(names) - MOST_DISTRICTS_IN_TITLE + 1
    return [*names[: MOST_DISTRICTS_IN_TITLE - 1], f"{whole(rest)} kecamatan lain"]


def district(name: str) -> str:
    """Name a kecamatan."""
    return name if name.startswith("Kecamatan ") else f"Kec. {name}"


def subtitle(
    start: date,
    end: date,
    *,
    province: str,
    asked: Sequence[str],
    area_count: int,
    unit_word: str,
    incident_count: int,
) -> str:
    """Write what the map is made from: place, days, what was asked, and the counts."""
    parts = [_province(province)] if province else []
    parts += [f"Laporan {period(start, end)}", *asked]
    return "  ·  ".join([*parts, f"{whole(area_count)} {unit_word}", f"{whole(incident_count)} kejadian"])


def locator(province: str) -> str:
    """Entitle the little map of where the region lies in Indonesia."""
    return f"{_province(province)}, Indonesia" if province else "Indonesia"


def class_range(low: float, high: float, *, last: bool) -> str:
    """Write the scores of one class: 50–64,9, as a score is shown cut to one decimal; 65–100 for the last one."""
    return f"{_short(low)}–{_short(high if last else (ceil(10 * high - 1e-6) - 1) / 10)}"


def area_count(count: int, unit_word: str) -> str:
    """Write how many areas a class has; a double word such as kelurahan/desa becomes wilayah."""
    return f"{whole(count)} {'wilayah' if '/' in unit_word else unit_word}"


def list_title(count: int, unit_word: str, districts: Sequence[str] = ()) -> str:
    """Write the head of the top list with the part that it orders: Lima kelurahan tertinggi di Kec. A."""
    number = COUNT_WORDS[count] if count < len(COUNT_WORDS) else whole(count)
    head = f"{unit_word.capitalize()} tertinggi" if count < 2 else f"{number} {unit_word} tertinggi"
    if not districts:
        return head
    named = len(districts) <= MOST_DISTRICTS_IN_LIST
    part = f"Kec. {enumeration(districts)}" if named else f"{whole(len(districts))} kecamatan terpilih"
    return f"{head} di {part}"


def no_class(counts: Mapping[str, int], unit_word: str, last_report_on: date | None) -> str:
    """Say why no area has a class, and when the last report of them came.

    `counts`: areas by why they have none, a code of UNCLASSED_NAMES; a code with none does not matter.
    """
    found = {reason: counts[reason] for reason in UNCLASSED_NAMES if counts.get(reason)}
    total = area_count(sum(found.values()), unit_word)
    last = f"laporan terakhir {long_date(last_report_on)}" if last_report_on else ""
    if list(found) == ["tidak_terdengar"]:
        return f"Semua {total} tidak terdengar{f' sejak {long_date(last_report_on)}' if last_report_on else ''}."
    if list(found) == ["diam"]:
        return f"Belum ada laporan dari {total}{f' pada masa skor; {last}' if last else ''}."
    kinds = enumeration([f"{whole(count)} {UNCLASSED_NAMES[reason].lower()}" for reason, count in found.items()])
    return f"Semua {total} tanpa kelas: {kinds}{f'; {last}' if last else ''}."


def empty_list(reason: str) -> str:
    """Say that there is no order, and why, as from `no_class`."""
    return f"{reason} Karena itu tidak ada urutan; itu tidak berarti aman."


def list_detail(district_name: str, incident_count: int) -> str:
    """Write the second line of an area in the top list where no reason is given."""
    return f"Kecamatan {district_name}  ·  {whole(incident_count)} kejadian"


def score(value: float) -> str:
    """Write a score with one decimal."""
    return points(value)


def not_drawn(areas: Sequence[tuple[str, str]], unit_word: str) -> str:
    """List the areas that the map cannot show because their boundary is missing, each with its class."""
    shown = "; ".join(f"{name} ({state})" for name, state in areas[:MOST_NAMES_IN_NOTE])
    more = len(areas) - MOST_NAMES_IN_NOTE
    rest = f"; dan {whole(more)} lainnya" if more > 0 else ""
    return f"Tanpa batas wilayah, tidak tergambar: {area_count(len(areas), unit_word)}: {shown}{rest}."


def class_and_score(name: str, value: float) -> str:
    """Write a class with its score, or alone where there is none."""
    return name if isnan(value) else f"{name} {points(value)}"


def siaga_names(names: Sequence[str]) -> str:
    """Name every area under an alert Siaga."""
    return f"Siaga: {enumeration(names)}."


def unplaced(count: int, unit_word: str) -> str:
    """Say how many incidents belong to no area."""
    return f"{whole(count)} kejadian belum dapat ditempatkan pada {unit_word} dan tidak ikut mewarnai peta."


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


def number(region_code: str, as_of: date, data_hash: str) -> str:
    """Number a sheet by region, day and content: Lembar 14.72-20241105-3F2A."""
    return f"Lembar {region_code}-{as_of:%Y%m%d}-{data_hash[:4].upper()}"


def made_by(author: str, agency: str) -> str:
    """Say who made the sheet."""
    return f"Dibuat oleh {', '.join(part for part in (author, agency) if part)}"


def boundaries(edition: str) -> str:
    """Name the source and edition of the boundaries, and say that they are no legal reference."""
    return f"Batas: {edition}, indikatif" if edition else "Batas indikatif"


def projection(epsg: int, zone: str) -> str:
    """Name the projection."""
    return f"{zone} (EPSG:{epsg})"


def digests(version: str, weights_digest: str, data_hash: str) -> str:
    """Write version and fingerprints by which a printed sheet can be traced."""
    return f"Bobot {version} {short(weights_digest)}  ·  data {data_hash[:8]}"


def filters(caption: str) -> str:
    """Write which question the sheet answers."""
    return f"Saringan: {caption}"


def _province(name: str) -> str:
    """Write a province with the word before it, but for those that bear one of their own."""
    return name if name.startswith(("DKI", "Daerah Istimewa", "Provinsi")) else f"Provinsi {name}"


def _short(value: float) -> str:
    """Write a number with a decimal only where it has one."""
    return whole(value) if value == round(value) else decimal(value)
