"""Take days, issues and follow-ups from a text about a meeting: meetings are no incidents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lib.intake.found_dates import find_dates
from lib.intake.pasted_reports import clean_text
from lib.texts import entry as t

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_SENTENCE = re.compile(r"(?<=[.!?])[\"”']?\s+(?=[A-Z“\"'])|\n+")
_FOLLOW_UP = re.compile(
    r"\b(?:agar|supaya|segera|diminta|meminta|mengimbau|menghimbau|mengingatkan|diharapkan|berharap|mengharapkan|"
    r"mengajak|harus|wajib|perlu|ditindaklanjuti|tindak lanjut|rencana aksi|akan (?:di|me|ber)\w+|jangan)\b",
    re.IGNORECASE,
)
_HELD = re.compile(r"\b(?:digelar|dilaksanakan|berlangsung|diselenggarakan|diadakan|rakor|rapat)\b", re.IGNORECASE)
# Of another meeting than the one that the text is about.
_OTHER = re.compile(r"\b(?:lanjutan|selanjutnya|berikutnya|mendatang|akan datang)\b", re.IGNORECASE)
MOST_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class MeetingItem:
    """A line of a meeting: `kind` is tanggal, isu or tindak_lanjut."""

    kind: str
    text: str
    day: date | None = None
    category_code: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a text about a meeting holds; `held_on` is None where it is not said or said twice differently."""

    held_on: date | None
    items: tuple[MeetingItem, ...]
    doubts: tuple[str, ...]


def read_meeting(
    text: str, *, today: date, categories_in: Callable[[str], frozenset[str]], mask: Callable[[str], str]
) -> Meeting:
    """Propose what a text about a meeting says; a person confirms it before it is stored.

    Each sentence that names categories of incidents is an issue of each of them, each that asks for something to be
    done is a follow-up, and every day named is kept. Nothing becomes an incident. Where the text names two days for
    the meeting itself, both are kept and a doubt says so.
    """
    cleaned = clean_text(text)
    doubts: list[str] = []
    items: list[MeetingItem] = []
    held: list[date] = []
    for sentence in filter(None, (part.strip() for part in _SENTENCE.split(cleaned))):
        short = mask(sentence)[:MOST_CHARACTERS]
        dates = find_dates(sentence, year=today.year)
        doubts += [t.weekday_contradicts(found.text) for found in dates if found.weekday_contradicts]
        for found in dates:
            if found.day is not None:
                items.append(MeetingItem("tanggal", short, day=found.day))
                if _HELD.search(sentence) and not _OTHER.search(sentence) and found.day not in held:
                    held.append(found.day)
        items += [MeetingItem("isu", short, category_code=code) for code in sorted(categories_in(sentence))]
        if _FOLLOW_UP.search(sentence):
            items.append(MeetingItem("tindak_lanjut", short))
    if len(held) > 1:
        doubts.append(t.meeting_days_contradict(held))
    if not held:
        doubts.append(t.NO_MEETING_DAY)
    return Meeting(held[0] if len(held) == 1 else None, tuple(items), tuple(dict.fromkeys(doubts)))
