"""What a pasted text seems to report, field by field; a person confirms each before anything is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lib.intake.found_dates import find_time
from lib.texts import entry as t

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from data.sort.stated_place import Place, ResolvePlace

_NAME = r"(?P<name>(?:[A-Z][\w'-]*|[IVX]+)(?:\s+(?:[A-Z][\w'-]*|[IVX]+\b)){0,3})"
AREA = re.compile(rf"\b(?i:kelurahan|kel\.?|desa|ds\.)\s*{_NAME}")
DISTRICT = re.compile(r"\b(?i:kecamatan|kec\.?)\s*(?P<name>[A-Z][\w'-]*(?:\s+[A-Z][\w'-]*){0,2})")
_STREET = re.compile(r"\b(?:RT|RW)[ ./]*\d{1,3}\b", re.IGNORECASE)
_POINT = re.compile(r"(-?\d{1,2}[.]\d{2,})\s*[,; ]\s*(\d{2,3}[.]\d{2,})")
_SEVERITIES = (
    (5, r"meninggal|tewas|korban jiwa|tahapan (?:dihentikan|terhenti)"),
    (4, r"luka|dianiaya|penganiayaan|pengeroyokan|dikeroyok|bentrok|tawuran|dibakar|pembakaran|dirusak|perusakan"),
    (
        3,
        (
            r"\bmassa\b|kerumunan|unjuk rasa|\bdemo\b|penghadangan|ricuh|keributan|perkelahian|adu mulut|intimidasi"
            r"|mengancam|diancam|ancaman(?! (?:bencana|banjir|longsor|cuaca|gelombang))"
        ),
    ),
    (2, r"pelanggaran|tidak netral|baliho|spanduk|politik uang|uang tunai|amplop|sembako|serangan|kampanye"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a pasted report, or a line of a list, seems to say; every field is for a person to confirm.

    Days are None and texts empty where nothing was found. A proposal without area and district has no place, unless
    `whole_region`. `doubts` are sentences about what is unclear.
    """

    description: str
    kind: Literal["incident", "nil"] = "incident"
    occurred_on: date | None = None  # of a nil report the last day that it speaks for
    period_start: date | None = None  # of a nil report the first such day, where it is another one
    occurred_time: str | None = None
    category_code: str | None = None
    severity: int | None = None
    area_code: str | None = None
    district_code: str | None = None
    whole_region: bool = False
    longitude: float | None = None
    latitude: float | None = None
    precision: str = "kelurahan"
    source: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finders:
    """What a text is compared with: categories, and the names of places of the region."""

    match_category: Callable[[str], str | None]
    resolve_place: ResolvePlace
    mask: Callable[[str], str]  # hides what identifies a person

    def area(self, name: str, district: str | None = None) -> Place | None:
        """Give the kelurahan that a name means, or None where it means none or perhaps one."""
        place = self.resolve_place(None, name, district)
        return place if place.area_code is not None else None

    def district(self, name: str) -> Place | None:
        """Give the kecamatan that a name means, or None."""
        place = self.resolve_place(None, None, name)
        return place if place.district_code is not None else None

    def first_of(self, words: list[str], look_up: Callable[[str], Place | None]) -> tuple[Place, int] | None:
        """Look up the first words, the most first and exact names before alike ones; say how many words it took."""
        found = [
            (place, count)
            for count in range(min(len(words), 4), 0, -1)
            if (place := look_up(" ".join(words[:count]))) is not None
        ]
        return min(found, key=lambda pair: pair[0].note is not None, default=None)


def read_incident(text: str, finders: Finders) -> Proposal:
    """Read category, severity, time, point and precision of an incident; day, place and source are left open."""
    point = _POINT.search(text)
    category = finders.match_category(text) or _category_by_sentence(text, finders.match_category)
    return Proposal(
        description=finders.mask(text),
        occurred_time=find_time(text),
        category_code=category,
        severity=severity(text) or 1,
        latitude=float(point[1]) if point else None,
        longitude=float(point[2]) if point else None,
        precision="titik" if point else "rt" if _STREET.search(text) else "kelurahan",
        doubts=() if category else (t.NO_CATEGORY,),
    )


def severity(text: str) -> int | None:
    """Give the severity that the words of a text mean, None where they mean none."""
    return next((level for level, words in _SEVERITIES if re.search(words, text, re.IGNORECASE)), None)


def _category_by_sentence(text: str, match_category: Callable[[str], str | None]) -> str | None:
    """Take the category that the sentences agree on; None where they name several."""
    sentences = re.split(r"[.!?;\n]+", re.sub(r"\b\d+\b", "", text))  # "APK 2" counts what "APK" names
    found = {code for sentence in sentences if (code := match_category(sentence)) is not None}
    return found.pop() if len(found) == 1 else None


def find_place(text: str, finders: Finders) -> tuple[Place | None, tuple[str, ...]]:
    """Find the place that a text in prose names after a word such as "Kelurahan", with what is doubtful about it."""
    area, district = AREA.search(text), DISTRICT.search(text)
    if area:
        within = district["name"] if district else None
        # "Kelurahan Purnama Dumai" names more than the kelurahan
        found = finders.first_of(area["name"].split(), lambda name: finders.area(name, within))
        return (found[0], ()) if found else (None, (t.unknown_place(area["name"]),))
    if district and (found := finders.first_of(district["name"].split(), finders.district)):
        return found[0], (t.ONLY_DISTRICT,)
    return None, (t.NO_PLACE,)
