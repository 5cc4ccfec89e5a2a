"""Propose the fields of reports from a pasted text; a person confirms each before anything is stored."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from lib.intake.clean_text import CHAT_HEAD, clean
from lib.intake.found_dates import Years, find_dates, years_of
from lib.intake.list_frames import ListContext, office_of
from lib.intake.nil_words import EVENT, status_of
from lib.intake.pasted_lists import read_list
from lib.intake.proposals import AREA, DISTRICT, Finders, Proposal, find_place, read_incident
from lib.rules.pasted_words import pasted_words
from lib.texts import entry as t

if TYPE_CHECKING:
    from datetime import date

_WORDS = pasted_words()
_MEETING = re.compile(rf"\b{_WORDS.meeting_signs}\b", re.IGNORECASE)
_HAPPENED = re.compile(rf"\b{_WORDS.incident_signs}\b", re.IGNORECASE)
_DAY_BEFORE = re.compile(rf"\b{_WORDS.day_before}\b(?![ -]{_WORDS.not_day_before})", re.IGNORECASE)
_OTHER_DAY = re.compile(rf"\b{_WORDS.other_days}\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
LEAST_WORDS_OF_A_REPORT = 6


def is_about_meeting(text: str) -> bool:
    """Tell whether a text reports a meeting rather than something that happened."""
    return len(_MEETING.findall(text)) >= 2 and not _HAPPENED.search(text)


def read_reports(text: str, *, today: date, finders: Finders) -> tuple[Proposal, ...]:
    """Propose what each message of a pasted text reports; a text without chat heads is one message.

    A message that is a list gives a proposal for each of its lines (`lib.intake.pasted_lists.read_list`), nil reports
    included. Of any other, one incident, or one for each paragraph where they report different days or places. Where
    one proposal still names several past days, none is taken. Days without a year are of the year that the text
    gives; a message's own day stands in where it names none. A message that tells of nothing, such as a greeting, is
    no proposal. What identifies a person is masked in descriptions and sources.
    """
    heads = list(CHAT_HEAD.finditer(text))
    ends = [match.start() for match in heads[1:]] + [len(text)]
    messages: list[tuple[re.Match[str] | None, str]] = [(None, text)]
    if heads:
        messages = [(match, text[match.end() : end]) for match, end in zip(heads, ends, strict=True)]
        messages.insert(0, (None, text[: heads[0].start()]))
    proposals: list[Proposal] = []
    for head, body in messages:
        whole = clean(body).text
        sent = _sent_on(head, today)
        years = years_of(whole, today=sent or today)
        source, place = office_of(head["sender"], finders) if head else ("", None)
        listed = read_list(whole, finders, ListContext(years, today, sent, place, source)) if whole else ()
        if listed is not None:
            proposals += listed
            continue
        parts = _reports_in(body, years)
        dayless = not (find_dates(whole, years=years) or _DAY_BEFORE.search(whole) or _OTHER_DAY.search(whole))
        for part in parts:
            if not _tells(part, finders):
                continue
            day, doubts = _day(part, today=today, sent=sent, dayless=dayless, years=years)
            incident = _incident(part, day, doubts, finders, source)
            if place is not None and t.NO_PLACE in incident.doubts:  # the office that sends it is a place's
                left = tuple(doubt for doubt in incident.doubts if doubt != t.NO_PLACE)
                incident = replace(
                    incident,
                    area_code=place.area_code,
                    district_code=place.district_code,
                    doubts=(*left, t.SENDERS_PLACE),
                )
            proposals.append(incident)
    return tuple(proposals)


def _tells(text: str, finders: Finders) -> bool:
    """Tell whether a text tells of anything; "Siap", thanks and greetings do not."""
    return len(text.split()) >= 4 and status_of(text, finders.match_category) == EVENT


def _incident(text: str, day: date | None, doubts: tuple[str, ...], finders: Finders, source: str) -> Proposal:
    found = read_incident(text, finders)
    place, place_doubts = find_place(text, finders)
    known = place is not None and place.area_code is not None
    return replace(
        found,
        occurred_on=day,
        source=source,
        area_code=place.area_code if place else None,
        district_code=place.district_code if place else None,
        precision="kelurahan" if found.precision == "rt" and not known else found.precision,
        doubts=(*doubts, *found.doubts, *place_doubts),
    )


def _reports_in(body: str, years: Years) -> tuple[str, ...]:
    """Part a message into its reports: paragraphs that tell of different days or places.

    A short paragraph, or one without a day or place of its own, belongs to the one before it.
    """
    parts: list[str] = []
    told: set[tuple[frozenset[date], frozenset[str]]] = set()
    waiting = ""
    for paragraph in filter(None, (clean(part).text for part in _PARAGRAPH.split(body))):
        days = frozenset(found.day for found in find_dates(paragraph, years=years) if found.day is not None)
        places = frozenset(match["name"] for pattern in (AREA, DISTRICT) for match in pattern.finditer(paragraph))
        begins = days or places or _DAY_BEFORE.search(paragraph)
        if begins and len(paragraph.split()) >= LEAST_WORDS_OF_A_REPORT:
            parts.append(f"{waiting}{paragraph}")
            told.add((days, places))
            waiting = ""
        elif parts:
            parts[-1] += f"\n{paragraph}"
        else:
            waiting += f"{paragraph}\n"
    differ = len({days for days, _ in told if days}) > 1 or len({places for _, places in told if places}) > 1
    whole = re.sub(r"\n\s*\n+", "\n", clean(body).text)
    return tuple(parts) if differ and len(parts) > 1 else (whole,)


def _sent_on(head: re.Match[str] | None, today: date) -> date | None:
    found = find_dates(head["day"], years=Years((), today)) if head else ()
    sent = found[0].day if found else None
    return sent if sent is not None and sent <= today else None


def _day(
    text: str, *, today: date, sent: date | None, dayless: bool, years: Years
) -> tuple[date | None, tuple[str, ...]]:
    """Take the one past day that a report names, else yesterday, else the day of a message that names none."""
    dates = find_dates(text, years=years)
    doubts = [t.weekday_contradicts(found.text) for found in dates if found.weekday_contradicts]
    days = sorted({found.day for found in dates if found.day is not None})
    past = [day for day in days if day <= today]
    if len(past) == 1:
        return past[0], tuple(doubts)
    if past:
        return None, (*doubts, t.several_days(past))
    if days:
        return None, (*doubts, t.DAY_IN_FUTURE, t.NO_DAY)
    if not dates and _DAY_BEFORE.search(text):
        return (sent or today) - timedelta(days=1), (t.DAY_BEFORE,)
    if dayless and sent is not None:
        return sent, (t.DAY_OF_MESSAGE,)
    return None, (*doubts, t.NO_DAY)
