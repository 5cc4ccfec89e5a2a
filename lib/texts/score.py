"""The score in words: its parts, why an area stands where it does, and how sure its rank is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.indonesian import decimal, long_date, period, points, short_date, whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

COMPONENT_NAMES = {
    "struktural": "Kerentanan tempat",
    "kejadian": "Kejadian",
    "sekitar": "Wilayah sekitar",
    "lonjakan": "Lonjakan",
}
COMPONENT_HINTS = {
    "struktural": "keadaan TPS dan wilayah yang sudah ada sebelum kejadian",
    "kejadian": "keparahan × keterpercayaan, berkurang separuh tiap waktu paruh",
    "sekitar": "tekanan kejadian di wilayah yang berbatasan",
    "lonjakan": "dua pekan terakhir dibanding kebiasaan wilayah itu sendiri",
}
PRIOR = "Dasar seluruh wilayah"
TOO_LITTLE = "Data tidak cukup"
WITHHELD = "Belum diperiksa"
WITHHELD_HINT = "ditahan sampai ada satu kejadian terverifikasi atau dua sumber yang berbeda"

SILENT = "Belum ada laporan: tidak ada kabar apa pun selama jendela skor. Itu tidak berarti aman."
UNHEARD = "Tidak terdengar: laporannya berhenti, atau terlalu lama yang terakhir. Itu tidak berarti aman; tanyakan."
QUIET = "tidak ada kejadian yang menaikkan skor; yang terhitung hanya dasar seluruh wilayah."
NEIGHBOURS_UNKNOWN = "tetangganya tidak diketahui karena batas wilayahnya belum ada, jadi dipakai nilai pengganti."
STRUCTURE_UNKNOWN = "belum ada satu pun keterangan tentang tempat ini, jadi dipakai nilai pengganti, bukan nol."
STRUCTURE_NOTHING = "semua keterangan yang ada bernilai aman"
SEE_ROWS = "lihat laporannya"
SEE_STATIONS = "lihat TPS-nya"
SEE_ALERTS = "lihat peringatannya"
SEE_QUALITY = "lihat mutu data"

SCORE = "Skor"
DETAIL_COMPONENTS = "Susunan skor"
DETAIL_FAMILIES = "Isi bagian Kejadian"
UPPER_NOTE = "bila semua yang tidak diketahui bernilai terburuk"


def part_sentence(component: str, points: float, text: str) -> str:
    """Begin a sentence about a part of the score with its name and its points."""
    return f"{COMPONENT_NAMES[component]}, {decimal(points)} angka: {text}"


def incidents(
    count: int, verified: int, *, of: int, since: date, recent: str, family: str, last_on: date, last_category: str
) -> str:
    """Say which incidents press, of how many of any category, how sure they are, and how they move.

    `recent` as from `recent_words`.
    """
    return (
        f"{whole(count)} dari {whole(of)} kejadian sejak {short_date(since)} menaikkan skor, "
        f"{whole(verified)} terverifikasi, "
        f"{recent}; terbesar {family}, terakhir {short_date(last_on)} ({last_category})."
    )


def recent_words(recent: int, earlier: int) -> str:
    """Say how the last 28 days compare with the 28 before."""
    if recent == earlier == 0:
        return "tidak satu pun dalam 56 hari terakhir"
    if recent == earlier:
        return f"{whole(recent)} dalam 28 hari terakhir (sama dengan 28 hari sebelumnya)"
    word = "naik" if recent > earlier else "turun"
    return f"{whole(recent)} dalam 28 hari terakhir ({word} dari {whole(earlier)})"


def surprise(observed: int, expected: float, probability: float, *, start: date, end: date) -> str:
    """Say how many incidents came, how many usually come, and how likely chance alone is."""
    return (
        f"{whole(observed)} kejadian pada {period(start, end)}, padahal biasanya {decimal(expected)}; "
        f"peluang kebetulan {chance(probability)}."
    )


def chance(probability: float) -> str:
    """Write a probability in percent, never as zero."""
    percent = 100 * probability
    if percent < 0.1:
        return "kurang dari 0,1%"
    return f"{decimal(percent)}%" if percent < 10 else f"{whole(percent)}%"


def neighbours(names: Sequence[str]) -> str:
    """Say which neighbours press; without one only their usual level counts."""
    if not names:
        return "wilayah yang berbatasan tidak menonjol; yang terhitung hanya dasarnya."
    return f"tekanan kejadian di wilayah yang berbatasan, tertinggi {enumeration(names)}."


def structure(facts: Sequence[str], *, unknown: int, total: int) -> str:
    """Say which properties of the place count most, and how many are not known."""
    text = "; ".join(facts) if facts else STRUCTURE_NOTHING
    if unknown:
        text += f"; {whole(unknown)} dari {whole(total)} keterangan belum ada dan diisi nilai pengganti"
    return f"{text}."


def station_share(name: str, yes: int, known: int) -> str:
    """Write how many TPS have a property; names begin with the word TPS."""
    rest = name.removeprefix("TPS ")
    return f"{whole(yes)} dari {whole(known)} TPS {rest}"


def stated_value(name: str, value: float, observed_on: date) -> str:
    """Write an indicator that a file stated."""
    return f"{name}: {decimal(value)} (per {short_date(observed_on)})"


def mark_alert() -> str:
    """Say that an alert stands."""
    return "Siaga: kejadian dalam pekan-pekan terakhir jauh melebihi kebiasaan wilayah ini."


def mark_event(day: date) -> str:
    """Say that a grave incident is fresh."""
    return f"Kejadian terberat: keparahan tertinggi, terverifikasi, pada {long_date(day)}."


def mark_unverified(withheld: float, days: int) -> str:
    """Say that reports stand alone, and how many points are held back for it."""
    held = f"; {decimal(withheld)} angka ditahan" if withheld >= 0.05 else ""
    return (
        f"{WITHHELD}: dalam {whole(days)} hari terakhir belum ada satu pun kejadian terverifikasi atau sumber kedua"
        f"{held}. Periksa lebih dulu."
    )


def mark_thin(score: float, class_name: str) -> str:
    """Say that so few reports came that the next class is possible."""
    return (
        "Laporan menipis: kecamatannya mengirim lebih sedikit daripada biasanya, atau tetangganya diam. Bila tiga "
        f"dari sepuluh laporan tidak masuk, skornya {points(score)} ({class_name})."
    )


def carrier(name: str, kind: str, count: int, total: int, days: int) -> str:
    """Name the one reporter that carries an area."""
    brought = f"{name} membawa {whole(count)} dari {whole(total)} laporan {whole(days)} hari terakhir"
    if kind == "baru":
        return f"Pelapor baru: {brought}, dan belum pernah melapor sebelumnya."
    return f"Satu pelapor: {brought}, sebagian besar bertanggal satu hari."


def too_little(completeness: float, least: float) -> str:
    """Say that too little is known for a class."""
    return (
        f"{TOO_LITTLE}: baru {whole(100 * completeness)}% bobot skor bersandar pada data yang diketahui, kurang "
        f"dari {whole(100 * least)}%. Itu tidak berarti aman."
    )


def rank(first: int, last: int, count: int) -> str:
    """Write a rank and what it is a rank among; equal scores share theirs."""
    place = whole(first) if first == last else f"{whole(first)}–{whole(last)} bersama"
    return f"peringkat {place} dari {whole(count)} wilayah yang berkelas"


def rank_interval(first: int, last: int, count: int, low: float, high: float) -> str:
    """Write a rank with the central 90% of its draws: peringkat 12 dari 40 wilayah yang berkelas (5–34)."""
    return f"{rank(first, last, count)} ({whole(low)}–{whole(high)})"


def top_share(probability: float) -> str:
    """Write the probability to be among the highest tenth."""
    return f"peluang masuk 10% teratas {percent(probability)}"


def percent(share: float) -> str:
    """Write a share of draws; what never or always came up is not called impossible or certain."""
    if share < 0.005:
        return "di bawah 1%"
    return "di atas 99%" if share > 0.995 else f"{whole(100 * share)}%"


def upper(score: float) -> str:
    """Write the upper bound."""
    return f"paling tinggi {decimal(score)} {UPPER_NOTE}"


def reach(score: float, class_name: str) -> str:
    """Say what an area may reach if reports are missing."""
    return f"{points(score)} ({class_name}) bila tiga dari sepuluh laporan terakhir tidak masuk"


def completeness(share: float) -> str:
    """Write how much of the score rests on known data."""
    return f"kelengkapan {whole(100 * share)}%"


def coverage(share: float) -> str:
    """Write how often standing monitors reported."""
    return f"pemantau tetap melapor dalam {whole(100 * share)}% pekan terakhir"


def enumeration(names: Sequence[str]) -> str:
    """Join names: A; A dan B; A, B, dan C."""
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"
