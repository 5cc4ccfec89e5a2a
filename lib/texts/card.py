"""The words of the card for a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.indonesian import full_date, points, whole
from lib.texts.score import enumeration

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

WHY_NOT = "Mengapa belum dinilai"
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


def reason(sentence: str) -> tuple[str, str]:
    """Take a sentence of an explanation apart into its beginning, which ends with a colon, and the rest."""
    head, _, rest = sentence.partition(": ")
    return f"{head}:", rest


def no_reasons(sentence: str) -> tuple[tuple[str, str], ...]:
    """Give the one reason where no area has a class, as from `lib.texts.sheet.no_class`."""
    return (("Laporan:", sentence[:1].lower() + sentence[1:]),)


def severe(names: Sequence[str], unit_word: str) -> str:
    """Name the areas of a fresh verified event of the highest severity."""
    return f"{MARK_NAMES['severe']}: {_some(names, MOST_SIAGA_NAMES, f'{unit_word} lain')}"


def unknown(areas: Mapping[str, Sequence[str]], roll_words: str = "") -> tuple[str, ...]:
    """Write what is not known, a line each: how many areas, and the first of them; what is known has no line.

    `roll_words`: what the score lacks of DPT and TPS, as from `lib.texts.elections.roll_line`.
    """
    lines = [
        f"{UNKNOWN_NAMES[reason]} ({whole(len(names))}): {_some(names, MOST_UNKNOWN_NAMES, 'lainnya')}."
        for reason, names in areas.items()
        if names
    ]
    told = (*lines, NOT_SAFE) if lines else (ALL_KNOWN,)
    return (*([roll_words] if roll_words else []), *told)


def _some(names: Sequence[str], most: int, others: str) -> str:
    """Name as many as fit, and count the others."""
    if len(names) <= most:
        return enumeration(names)
    return enumeration([*names[: most - 1], f"{whole(len(names) - most + 1)} {others}"])
