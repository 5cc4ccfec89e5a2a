"""Take days, issues and follow-ups from a text about a meeting: meetings are no incidents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.sort.people import mask_people
from lib.intake.clean_text import BULLET, article
from lib.intake.found_dates import find_dates, years_of
from lib.rules.pasted_words import pasted_words
from lib.texts import entry as t

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import date

    from lib.intake.found_dates import FoundDate
    from lib.rules.meeting_topics import MeetingTopic

_SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”'’])|(?<=[.!?],[\"”]))\s+(?=[A-Z“\"'\[(])|\n+")
_WORDS = pasted_words()
# After such a word a full stop ends no sentence: "M. Taufik", "No. 42".
_ABBREVIATED = re.compile(rf"(?:^|[\s(“\"])(?:[A-Z]|KH|(?![A-Z]{{2}})(?i:{_WORDS.abbreviations}))\.$")
_FOLLOW_UP = re.compile(rf"\b{_WORDS.follow_ups}\b", re.IGNORECASE)
_POINTS = re.compile(rf"\b{_WORDS.points}\b", re.IGNORECASE)
_CAME = re.compile(rf"\b{_WORDS.came}\b", re.IGNORECASE)
_PRESENT = re.compile(rf"\b{_WORDS.present}\b", re.IGNORECASE)
_MEETING, _HELD_VERB, _VOTE = _WORDS.meetings, _WORDS.held, _WORDS.votes
_HELD = re.compile(rf"\b(?:{_MEETING}|{_HELD_VERB})\b|^(?:hari|tanggal|tgl|waktu)\b[^:]{{0,20}}:", re.IGNORECASE)
# The day is of something else: of the vote or a stage, of what is still to come, or of the next meeting.
_OF_VOTE = re.compile(
    rf"{_VOTE}[^.;]{{0,30}}?(?:pada|tanggal|tgl\.?|hari|,|\(|\s)*$"
    rf"|\b(?:yang|akan) (?:akan )?{_HELD_VERB}(?: pada| hari| tanggal)*\W*$"
    rf"|{_VOTE}[^.;]{{0,60}}(?:akan|yang) {_HELD_VERB}[^.;]{{0,20}}$",
    re.IGNORECASE,
)
_OF_MEETING = re.compile(
    rf"{_MEETING}(?: \S+){{0,6}} (?:yang )?{_HELD_VERB}(?: kembali| pada| hari| tanggal| di [^,]*)*\W*$"
    rf"|{_MEETING}(?: (?!yang|menjelang|jelang|untuk|membahas|guna|soal|terkait)\S+){{0,3}} {_VOTE}"
    r"(?: pada| hari| tanggal|[,(\s])*$",
    re.IGNORECASE,
)
_AHEAD_BEFORE = re.compile(rf"\b{_WORDS.ahead_before}\b", re.IGNORECASE)
_AHEAD_AFTER = re.compile(rf"^[)\s,]*(?:\d{{4}}[)\s,]*)?{_WORDS.ahead_after}\b", re.IGNORECASE)
_LEFT_OUT = "\n\ue000\n"  # of private use: the mask leaves out what nobody sees
MOST_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class MeetingItem:
    """A line of a meeting: `kind` is tanggal, isu or tindak_lanjut; `topic` the name of an issue, else empty."""

    kind: str
    text: str
    day: date | None = None
    category_code: str | None = None
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a text about a meeting holds.

    `held_on` lists the days that it gives for the meeting itself: none, one, or several that contradict each other.
    `left_out` are the lines that were taken for page furniture.
    """

    held_on: tuple[date, ...]
    items: tuple[MeetingItem, ...]
    doubts: tuple[str, ...]
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def read_meeting(
    text: str, *, today: date, topics_in: Callable[[str], Collection[MeetingTopic]], places: Iterable[str] = ()
) -> Meeting:
    """Propose what a text about a meeting says; a person confirms it before it is stored.

    Each sentence that names topics is an issue of each of them, the first sentence of a topic only; each that asks
    for something to be done, and each point of a list of tasks, is a follow-up; every day named is kept. Nothing
    becomes an incident. A place of `places`, such as a kelurahan named after a port, names no topic. Days without a
    year are of the year that the text gives (`years_of`). Where the text names several days for the meeting itself,
    all are kept and a doubt shows the sentences. Names of persons are masked.
    """
    cleaned = article(text)
    named = tuple(places)
    place = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(named, key=len, reverse=True))) or '(?!)'})\b")
    masked = mask_people(_LEFT_OUT.join((cleaned.text, "\n".join(cleaned.left_out))), places=named)
    body, _, left = masked.partition(_LEFT_OUT)
    years = years_of(body, today=today)
    days: dict[date, MeetingItem] = {}
    issues: dict[str, MeetingItem] = {}
    tasks: list[MeetingItem] = []
    held: dict[date, str] = {}
    doubts: list[str] = []
    guessed: list[FoundDate] = []
    for sentence, is_task in _sentences(body):
        short = sentence if len(sentence) <= MOST_CHARACTERS else f"{sentence[: MOST_CHARACTERS - 1].rstrip()}…"
        found = find_dates(sentence, years=years)
        doubts += [t.weekday_contradicts(one.text) for one in found if one.weekday_contradicts]
        guessed += [one for one in found if one.day and not one.year_written]
        for day in _days_held(sentence, found):
            held.setdefault(day, short)
        for one in found:
            if one.day is not None:
                days.setdefault(one.day, MeetingItem("tanggal", short, day=one.day))
        for topic in topics_in(place.sub(" ", sentence)):
            issues.setdefault(
                topic.code, MeetingItem("isu", short, category_code=topic.category_code, topic=topic.name)
            )
        if is_task or (_FOLLOW_UP.search(sentence) and not _CAME.search(sentence)):
            tasks.append(MeetingItem("tindak_lanjut", short))
    if len(held) > 1:
        doubts.insert(0, t.meeting_days_contradict(held))
    if not held:
        doubts.append(t.NO_MEETING_DAY)
    notes = (
        [t.year_taken(sorted({one.day.year for one in guessed if one.day}), in_text=bool(years.named))]
        if guessed
        else []
    )
    return Meeting(
        tuple(held),
        (*sorted(days.values(), key=lambda item: item.day or today), *issues.values(), *dict.fromkeys(tasks)),
        tuple(dict.fromkeys(doubts)),
        tuple(notes),
        tuple(filter(None, left.splitlines())),
    )


def _sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Give the sentences, and whether each is a point of a list of tasks."""
    tasks = False
    for line in text.splitlines():
        bullet = BULLET.match(line)
        if bullet:
            yield line[bullet.end() :].strip(), tasks
            continue
        sentences: list[str] = []
        for part in filter(None, (part.strip() for part in _SENTENCE.split(line))):
            if sentences and _ABBREVIATED.search(sentences[-1]):
                sentences[-1] += f" {part}"
            else:
                sentences.append(part)
        for sentence in sentences:
            tasks = sentence.endswith(":") and bool(_POINTS.search(sentence)) and not _PRESENT.search(sentence)
            yield sentence, False


def _days_held(sentence: str, found: Iterable[FoundDate]) -> Iterator[date]:
    """Give the days that a sentence names for the meeting itself."""
    begin = 0
    for one in found:
        before, after = sentence[begin : one.start], sentence[one.end :]
        begin = one.end
        if one.day is None or not _HELD.search(before) or _AHEAD_AFTER.match(after) or _AHEAD_BEFORE.search(before):
            continue
        if _OF_MEETING.search(before) or not _OF_VOTE.search(before):
            yield one.day
