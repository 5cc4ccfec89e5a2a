"""The words of the card for a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.indonesian import decimal, full_date, points, whole
from lib.texts.score import COMPONENT_NAMES, enumeration

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from lib.records import AreaRow

WHY_NOT = "Mengapa belum dinilai"
NO_REASONS = (("Laporan.", "belum ada kelurahan dengan data yang cukup untuk diberi kelas."),)
UNKNOWN = "Yang belum diketahui"
ALL_KNOWN = "Setiap wilayah punya laporan dan kelas."
NOT_SAFE = "Itu semua tidak berarti aman."
MARK_NAMES = {"severe": "Kejadian terberat"}
UNKNOWN_NAMES = {
    "tidak_terdengar": "Tidak terdengar",
    "diam": "Belum ada laporan",
    "kurang": "Data tidak cukup",
    "belum_diperiksa": "Belum diperiksa",
    "menipis": "Laporan menipis",
    "tanpa_batas": "Tidak tergambar",
}
MOST_REASONS = 3
MOST_SIAGA_NAMES, MOST_UNKNOWN_NAMES = 3, 2


def siaga(names: Sequence[str], unit_word: str) -> str:
    """Write the headline where Siaga stands."""
    return f"Siaga di {_some(names, MOST_SIAGA_NAMES, f'{unit_word} lain')}"


def highest(name: str, class_name: str, score: float, unit_word: str, *, grave: bool) -> str:
    """Write the headline where no Siaga stands: the highest area, and whether its class is high."""
    if grave:
        return f"{name} paling rawan: {class_name}, skor {points(score)}"
    return f"Tidak ada {unit_word} di kelas Tinggi; tertinggi {name}, {class_name} {points(score)}"


def nothing_judged(unit_word: str) -> str:
    """Write the headline where no area has a class."""
    return f"Belum ada {unit_word} yang dapat dinilai"


def day_line(day: date, election: str, asked: Sequence[str]) -> str:
    """Write the day, the election, and what else was chosen."""
    return " · ".join([full_date(day), election, *asked])


def ranks(areas: Sequence[tuple[str, float]]) -> str:
    """Name the areas that bear a number on the map, with their scores."""
    return "  ·  ".join(f"{number}  {name} {points(score)}" for number, (name, score) in enumerate(areas, start=1))


def why(name: str) -> str:
    """Entitle the reasons."""
    return f"Mengapa {name}"


def reasons(row: AreaRow) -> tuple[tuple[str, str], ...]:
    """Give the three largest parts of an area's score, each with its points and what lies behind it."""
    texts = {
        "kejadian": (
            f"{whole(row.incident_count)} kejadian, {whole(row.verified_count)} terverifikasi, "
            f"{whole(row.recent_count)} dalam 28 hari."
        ),
        "lonjakan": (
            f"{whole(row.surprise_count)} kejadian dalam dua pekan, biasanya {decimal(row.surprise_expected)}."
        ),
        "sekitar": "tekanan kejadian di wilayah yang berbatasan.",
        "struktural": "keadaan TPS dan wilayahnya.",
    }
    largest = sorted(row.part_points.items(), key=lambda part: -part[1])
    told = [(component, worth) for component, worth in largest if component in texts][:MOST_REASONS]
    return tuple(
        (f"{COMPONENT_NAMES[component]} ({decimal(worth)} angka):", texts[component]) for component, worth in told
    )


def unknown(areas: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Write what is not known, a line each: how many areas, and the first of them; what is known has no line."""
    lines = [
        f"{UNKNOWN_NAMES[reason]} ({whole(len(names))}): {_some(names, MOST_UNKNOWN_NAMES, 'lainnya')}."
        for reason, names in areas.items()
        if names
    ]
    return (*lines, NOT_SAFE) if lines else (ALL_KNOWN,)


def _some(names: Sequence[str], most: int, others: str) -> str:
    """Name as many as fit, and count the others."""
    if len(names) <= most:
        return enumeration(names)
    return enumeration([*names[: most - 1], f"{whole(len(names) - most + 1)} {others}"])
