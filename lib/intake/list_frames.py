"""Read what the lines around a list say of all of its lines: the day, the office that sends it, and its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lib.intake.found_dates import find_dates, first_of_range
from lib.intake.proposals import AREA, DISTRICT
from lib.rules.pasted_words import pasted_words
from lib.texts import entry as t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from data.sort.stated_place import Place
    from lib.intake.found_dates import Years
    from lib.intake.proposals import Finders

AREA_WORD = re.compile(
    r"^(?:(?:di|untuk|pada|nama)\s+)?(?:wil(?:ayah)?\.?\s+)?(?:kelurahan|desa|lurah|kades|pkd|kel|ds)\b\.?[\s:]*",
    re.IGNORECASE,
)
DISTRICT_WORD = re.compile(
    r"^(?:(?:di|untuk|pada)\s+)?(?:wil(?:ayah)?\.?\s+)?(?:kecamatan|kec\b\.?)\s*", re.IGNORECASE
)
_WORDS = pasted_words()
# "Koramil 01/Sagara Utara": the number belongs to the office, but that of a day does not.
_OFFICE = re.compile(
    rf"\b(?P<office>(?i:{_WORDS.offices})\b(?:[ -]\d{{1,4}}(?:[-/]\d{{1,4}})*(?=[ /][A-Z])"
    r"(?! (?:Jan|Feb|Peb|Mar|Apr|Mei|Jun|Jul|Ag|Sep|Okt|Nov|Nop|Des)))?)"
    rf"(?P<rest>(?:[ ./]+(?:(?i:{_WORDS.office_parts})\b\.?|[A-Z][\w'-]*))*)"
)
_NOT_SENDER = re.compile(rf"^{_WORDS.not_senders}\b", re.IGNORECASE)
_ADDRESSED = re.compile(rf"\b{_WORDS.addressed}\.?\s+(?:camat|lurah|kapol\w+|dan\w+)\b", re.IGNORECASE)
_OFFICE_END = re.compile(rf"\s+{_WORDS.office_ends}\b.*$", re.IGNORECASE)
_REGION_OFFICE = re.compile(rf"\b{_WORDS.region_offices}\b", re.IGNORECASE)
_MOST_SOURCE = 80


@dataclass(frozen=True, slots=True)
class ListContext:
    """What is known of a message before it is read."""

    years: Years
    today: date
    sent: date | None = None
    place: Place | None = None  # of the sender's office
    source: str = ""


def bare_name(name: str) -> str:
    """Drop the word for a kelurahan before a name, and what stands in brackets behind it."""
    return re.sub(r"\s*\(.*?\)\s*$", "", AREA_WORD.sub("", name)).strip()


@dataclass(frozen=True, slots=True)
class ListFrame:
    """Day, span, source and place that hold for all entries."""

    day: date | None
    start: date | None
    source: str
    place: Place | None
    whole_region: bool
    context: ListContext
    doubts: tuple[str, ...]

    @classmethod
    def of(cls, lines: Sequence[str], finders: Finders, context: ListContext) -> ListFrame:
        """Read the lines around the entries."""
        text = "\n".join(lines)
        dates = find_dates(text, years=context.years)
        past = [one.day for one in dates if one.day is not None and one.day <= context.today]
        doubts = [t.weekday_contradicts(one.text) for one in dates if one.weekday_contradicts]
        day = past[0] if past else None if doubts else context.sent
        start = None
        for one in past:
            start = first_of_range(text, one) or start
            day = one if start else day
        if day is None:
            doubts.append(t.NO_DAY)
        elif not past:
            doubts.append(t.DAY_OF_MESSAGE)
        source = _source(lines, context.source)
        place, whole_region = _place_of_office(source, text, finders)
        return cls(day, start, source, place or context.place, whole_region, context, tuple(doubts))


def _source(lines: Sequence[str], sender: str) -> str:
    """Find the office that sends a list: the first that the lines name with its place, else the sender."""
    bare = ""
    for line in lines:
        if _NOT_SENDER.match(line):
            continue
        written = _ADDRESSED.sub("", line)
        match = _OFFICE.search(written.title() if written.isupper() else written)
        if match:
            name = " ".join(f"{match['office']}{match['rest']}".split())
            name = _OFFICE_END.sub("", name).strip(" .,")
            bare = bare or name
            if name == match["office"]:
                continue
            return (name.title() if name.isupper() and " " in name else name[:1].upper() + name[1:])[:_MOST_SOURCE]
    return sender or bare[:1].upper() + bare[1:]


def office_of(sender: str, finders: Finders) -> tuple[str, Place | None]:
    """Read the sender of a message: the office and, where it names one, its place; names and numbers are left out."""
    match = _OFFICE.search(sender)
    words = re.findall(r"[A-Za-z][\w'-]*\.?", sender)
    for first in range(len(words)):
        for look_up in (finders.area, finders.district):
            found = finders.first_of([bare_name(word) or word for word in words[first:]], look_up)
            if found and found[0].note is None:
                name = " ".join(words[first : first + found[1]])
                return (f"{match['office']} {name}" if match else ""), found[0]
    return (match["office"] if match else ""), None


def _place_of_office(source: str, text: str, finders: Finders) -> tuple[Place | None, bool]:
    """Find for which place an office speaks: "Polsek Sagara Utara" for its kecamatan, "Polres" for the region."""
    for pattern, look_up in ((AREA, finders.area), (DISTRICT, finders.district)):
        for written in (source, text):
            named = pattern.search(written.title() if written.isupper() else written)
            if named and (found := finders.first_of(named["name"].split(), look_up)):
                return found[0], False
    words = source.split()
    for first in range(1, len(words)):
        for look_up in (finders.district, finders.area):
            place = look_up(" ".join(words[first:]))
            if place is not None and place.note is None:
                return place, False
    return None, bool(_REGION_OFFICE.search(source))
