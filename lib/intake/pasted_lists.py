"""Read a list that a post sends: a proposal for each line, the lines on which nothing happened included."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lib.intake.clean_text import BULLET
from lib.intake.found_dates import find_dates
from lib.intake.list_frames import AREA_WORD, DISTRICT_WORD, ListContext, ListFrame, bare_name
from lib.intake.nil_words import EMPTY, EVENT, NIL, UNREPORTED, is_routine, status_of
from lib.intake.proposals import AREA, Finders, Proposal, find_place, read_incident
from lib.rules.pasted_words import pasted_words
from lib.texts import entry as t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from data.sort.stated_place import Place

_SEPARATOR = re.compile(
    r"\s*(?:[:=→➡»;]|->|=>|>|\s[-–—](?=\s)|[–—]|\.{3,}|…|\s{3,}|-(?=\s|nihil|aman))\s*", re.IGNORECASE
)
_NAMES = re.compile(r"\s*(?:[,/&]|\bdan\b|\bserta\b)\s*", re.IGNORECASE)
_WORDS = pasted_words()
_FRAME = re.compile(
    rf"^(?:{_WORDS.frames}\b|\d{{1,2}}[ ./-](?:\d{{1,2}}|[a-z]{{3,9}})[ ./-]\d{{2,4}}|\d{{1,2}}[.:]\d{{2}}\b)",
    re.IGNORECASE,
)
_CLOSING = re.compile(rf"^{_WORDS.closings}\b", re.IGNORECASE)
_LABEL = re.compile(rf"^{_WORDS.labels}\b", re.IGNORECASE)
_COLUMN_HEAD = re.compile(_WORDS.column_heads, re.IGNORECASE)
_COUNTED = re.compile(r"[a-z] [1-9]\d*$", re.IGNORECASE)
_LEAST_LINES = 2  # so many lines with a place make a list of a text that also tells in prose


@dataclass(slots=True)
class _Entry:
    """A line, or a block of lines, about places."""

    places: list[Place]
    unknown: str  # the name as written where it means no place that is known
    status: list[str] = field(default_factory=list)
    written: str = ""
    block: bool = False  # whether its lines stand below its name


@dataclass(slots=True)
class _Head:
    """What the lines around the entries say of all of them."""

    lines: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)  # "Unjuk rasa: nihil", of the place that the head names


def read_list(text: str, finders: Finders, context: ListContext) -> tuple[Proposal, ...] | None:
    """Propose a report for each line of a list; None for a text that is no list and tells of no silence.

    A line begins with the name of a kelurahan or kecamatan, or is the row of a table; lines below it that begin with
    no place belong to it. "Nihil", "aman", "tidak ada kejadian" make a nil report, anything else that tells of
    something an incident; a place that has not reported yet gives neither, only a doubt of the others.
    Greetings, heads, totals and closings are no reports: they give the day, the span of days and the source of all.
    A list of kinds of incidents without places speaks for the place that its head names, once.
    """
    lines = [part for line in text.splitlines() for part in _chained(_plain(line), finders) if part]
    head, entries = _Head(), list[_Entry]()
    _parse(lines, finders, head, entries)
    frame = ListFrame.of(head.lines, finders, context)
    found = [proposal for entry in entries for proposal in _proposals(entry, finders, frame)]
    silent = [name for entry in entries for name in _unreported(entry, finders)]
    told = [line for line in head.lines if not _frame(line) and status_of(line, finders.match_category) == EVENT]
    if told and len(found) < _LEAST_LINES:
        return None
    found += _by_topics(head, entries, finders, frame)
    for line in told:  # a line in prose among the others
        place, doubts = find_place(line, finders)
        found.append(_proposal(line, EVENT, place, finders, replace(frame, doubts=(*frame.doubts, *doubts))))
    if not found and not silent:
        found = list(_whole_text(lines, finders, frame))
    if not found and not silent:
        return None
    missing = (t.not_reported(silent),) if silent else ()
    return tuple(replace(proposal, doubts=(*proposal.doubts, *missing)) for proposal in found)


def _plain(line: str) -> str:
    """Drop emoji, marks of bold text and blanks around a line; tabs stay, they part cells."""
    kept = "".join(
        c
        for c in line
        if unicodedata.category(c) not in {"So", "Sk", "Cf", "Cn", "Co"} and c not in "*_~\ufe0f\u20e3"
    )
    return kept.replace("\u00a0", " ").strip(" \r\n.").strip("|").strip(" ")


def _chained(line: str, finders: Finders) -> list[str]:
    """Part a line that chains places, each with its own status: "Bakung nihil, Dahlia nihil"; its head goes first."""
    head, _, chain = line.rpartition(": ")
    parts = [part.strip() for part in re.split(r"[,;]\s+", chain)]
    begun = [finders.first_of(AREA_WORD.sub("", part).split(), finders.area) for part in parts]
    rest = [
        " ".join(AREA_WORD.sub("", part).split()[found[1] :]) if found and found[0].note is None else ""
        for part, found in zip(parts, begun, strict=True)
    ]
    chained = len(parts) > 1 and all(part and status_of(part) != EMPTY for part in rest)
    return [head, *parts] if chained else [line]


def _parse(lines: Sequence[str], finders: Finders, head: _Head, entries: list[_Entry]) -> None:
    heads: list[str] = []  # of a table's columns
    open_entry: _Entry | None = None
    district: str | None = None
    for line in lines:
        cells = [cell.strip() for cell in re.split(r"\t|\s*\|\s*", line)]
        if len(cells) > 1 and any(_COLUMN_HEAD.fullmatch(cell.strip(".")) for cell in cells):
            heads = cells
            continue
        bare = BULLET.sub("", line) if len(cells) == 1 else line
        in_block = open_entry is not None and open_entry.block
        if len(cells) > 1:
            entry = _row(cells, heads, finders, district)
        else:
            entry = _line(bare, finders, district, in_block=in_block)
        if entry is not None:
            entry.block = not entry.status
            entry.written = entry.written or _SEPARATOR.split(bare, maxsplit=1)[0]
            entries.append(entry)
            only_district = not entry.unknown and all(place.area_code is None for place in entry.places)
            if only_district and not entry.status:
                district = DISTRICT_WORD.sub("", bare).rstrip(" :")
            open_entry = entry
        elif _frame(bare):
            head.lines.append(bare)
            if not in_block or _CLOSING.match(bare):
                open_entry = None
        elif open_entry is not None and len(cells) == 1:
            open_entry.status.append(bare)
        elif (label := _SEPARATOR.split(bare, maxsplit=1)) and len(label) == 2 and _topic(label[0], finders):
            head.topics.append(bare)
        else:
            head.lines.append(bare)


def _frame(line: str) -> bool:
    """Tell whether a line opens, closes or sums up a list."""
    return bool(_FRAME.match(line)) and not (AREA.search(line) and status_of(line) == EVENT)


def _topic(label: str, finders: Finders) -> bool:
    return bool(_LABEL.match(label)) or finders.match_category(label) is not None


def _row(cells: list[str], heads: list[str], finders: Finders, district: str | None) -> _Entry | None:
    """Read the row of a table: the cell that names a kelurahan, and all others as what happened there."""
    for number, cell in enumerate(cells):
        place = finders.area(AREA_WORD.sub("", cell), district) if re.search("[A-Za-z]", cell) else None
        if place is None and AREA_WORD.match(cell) is None:
            continue
        headed = len(heads) == len(cells)
        rest = [
            f"{heads[other]} {text}" if headed and re.fullmatch(r"\d+", text) and other > number else text
            for other, text in enumerate(cells)
            if other != number and text and not (other == 0 and re.fullmatch(r"\d+[.)]?", text))
        ]
        if any(_COUNTED.search(part) for part in rest):  # the columns with a count say what happened
            rest = [part for part in rest if status_of(part) != NIL]
        return _Entry([place] if place else [], "" if place else cell, ["; ".join(rest)], cell)
    return None


def _line(line: str, finders: Finders, district: str | None, *, in_block: bool) -> _Entry | None:
    """Read a line that begins with a place, or names a status and then places; None for any other.

    In a block of lines below a place, words that no place is known by are not taken for another place.
    """
    is_district = bool(DISTRICT_WORD.match(line))
    worded = bool(AREA_WORD.match(line)) or is_district
    named = DISTRICT_WORD.sub("", AREA_WORD.sub("", line)).strip()
    parts = [part.strip() for part in _SEPARATOR.split(named, maxsplit=1)]

    def look_up(name: str) -> Place | None:
        return finders.district(name) if is_district else finders.area(name, district)

    if len(parts) == 2 and (places := _all_named(parts[0], look_up)):
        return _Entry(places, "", [parts[1]] if parts[1] else [])
    if len(parts) == 2 and not worded and status_of(parts[0]) == NIL and (places := _all_named(parts[1], look_up)):
        return _Entry(places, "", [parts[0]])
    if found := finders.first_of(named.split(), look_up):
        place, count = found
        rest = " ".join(named.split()[count:]).strip(" :-(")
        if rest and (worded or (place.note is None and status_of(rest) != EMPTY)):
            return _Entry([place], "", [rest], " ".join(named.split()[:count]))
    if places := _all_named(named.rstrip(" :;-"), look_up):
        return _Entry(places, "", [])
    if len(parts) == 2 and parts[0] and not in_block and not _topic(parts[0], finders) and not _FRAME.match(line):
        short = len(parts[0].split()) <= 4 and parts[0][:1].isupper()
        if short and (worded or status_of(parts[1]) in {NIL, UNREPORTED}):
            return _Entry([], parts[0], [parts[1]])
    return None


def _all_named(text: str, look_up: Callable[[str], Place | None]) -> list[Place]:
    """Give the places of a text that is nothing but their names; empty where any of them is unknown."""
    whole = look_up(bare_name(text)) if text else None
    if whole is not None:
        return [whole]
    names = [name for name in _NAMES.split(text) if name]
    places = [place for name in names if (place := look_up(bare_name(name))) is not None]
    return places if len(names) > 1 and len(places) == len(names) else []


def _proposals(entry: _Entry, finders: Finders, frame: ListFrame) -> Iterator[Proposal]:
    text = "; ".join(part for part in entry.status if part)
    status = status_of(text, finders.match_category)
    if status == UNREPORTED or not text or (status == EMPTY and is_routine(text)):
        return
    status = EVENT if status == EMPTY else status  # nobody knows what it says: a person must look
    places: list[Place | None] = [*entry.places] or [None]
    for place in places:
        if place is not None:
            yield _proposal(text, status, place, finders, frame)
            continue
        doubted = replace(frame, doubts=(*frame.doubts, t.unknown_place(entry.unknown)))
        proposal = _proposal(text, status, None, finders, doubted)
        # the name as written, for whoever chooses the place
        yield replace(proposal, description=finders.mask(f"{entry.unknown}: {text}"))


def _proposal(text: str, status: str, place: Place | None, finders: Finders, frame: ListFrame) -> Proposal:
    found = (
        Proposal(kind="nil", description=finders.mask(text), period_start=frame.start)
        if status == NIL
        else read_incident(text, finders)
    )
    day, doubts = frame.day, (*frame.doubts, *found.doubts)
    if found.kind == "incident":
        dates = find_dates(text, years=frame.context.years)
        own = {one.day for one in dates if one.day is not None and one.day <= frame.context.today}
        if len(own) == 1:
            day = own.pop()
            doubts = tuple(doubt for doubt in doubts if doubt not in {t.NO_DAY, t.DAY_OF_MESSAGE})
        elif frame.start is not None:  # within a span of days the day of an incident is not known
            day, doubts = None, (*doubts, t.NO_DAY)
        if place is not None and place.area_code is None:
            doubts = (*doubts, t.ONLY_DISTRICT)
    return replace(
        found,
        occurred_on=day,
        area_code=place.area_code if place else None,
        district_code=place.district_code if place else None,
        precision="kelurahan" if found.precision == "rt" and not (place and place.area_code) else found.precision,
        source=finders.mask(frame.source),
        doubts=doubts,
    )


def _unreported(entry: _Entry, finders: Finders) -> Iterator[str]:
    text = "; ".join(part for part in entry.status if part)
    if entry.status and status_of(text, finders.match_category) == UNREPORTED:
        yield entry.written.strip()


def _by_topics(head: _Head, entries: Sequence[_Entry], finders: Finders, frame: ListFrame) -> Iterator[Proposal]:
    """Read lines such as "Unjuk rasa: nihil": an incident each that is none, else one nil report of the place."""
    events = [line for line in head.topics if status_of(line, finders.match_category) == EVENT]
    for line in events:
        place, doubts = find_place(line, finders)
        taken = place or frame.place
        yield _proposal(line, EVENT, taken, finders, replace(frame, doubts=frame.doubts if taken else doubts))
    nil = [line for line in head.topics if status_of(line) == NIL]
    if nil and not events and not any(entry.status for entry in entries):
        yield _nil_of_frame("; ".join(nil), finders, frame)


def _whole_text(lines: Sequence[str], finders: Finders, frame: ListFrame) -> Iterator[Proposal]:
    """Read a text in prose whose every statement is that nothing happened."""
    text = " ".join(lines)
    if status_of(text, finders.match_category) == NIL:
        named = [finders.first_of(match["name"].split(), finders.area) for match in AREA.finditer(text)]
        places: list[Place | None] = [found[0] for found in named if found]
        places = places or [find_place(text, finders)[0] or frame.place]
        for place in places:
            yield _nil_of_frame(text, finders, replace(frame, place=place))


def _nil_of_frame(text: str, finders: Finders, frame: ListFrame) -> Proposal:
    doubts = frame.doubts if frame.place or frame.whole_region else (*frame.doubts, t.NO_PLACE)
    nil = _proposal(text, NIL, frame.place, finders, replace(frame, doubts=doubts))
    return replace(nil, whole_region=frame.whole_region and frame.place is None)
