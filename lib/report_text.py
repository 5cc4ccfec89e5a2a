"""Propose the fields of an incident from a pasted report; a person confirms each before anything is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lib.found_dates import find_dates, find_time
from lib.texts import entry as t

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from data.sorting import Place

# How chat programs begin a message: day, time, sender. The sender is a person and is dropped.
_CHAT_HEAD = re.compile(
    r"^\W?\[?(?P<day>\d{1,2}[/.]\d{1,2}[/.]\d{2,4}),? (?:pukul )?(?P<time>\d{1,2}[.:]\d{2})(?:[.:]\d{2})?\]?(?: -)? "
    r"(?P<sender>[^:\n]{1,60}): ",
    re.MULTILINE,
)
_CHAT_NOTICE = re.compile(
    r"^.*(?:terenkripsi secara end-to-end|<media tidak disertakan>|pesan ini dihapus).*$",
    re.IGNORECASE | re.MULTILINE,
)
_PAGE_FURNITURE = re.compile(
    r"^\s*(?:bagikan(?: ini)?|share this|klik untuk berbagi.*|memuat\.*|loading\.*|whatsapp|telegram|facebook|"
    r"twitter|x|cetak|surat elektronik|tinggalkan balasan.*|batalkan balasan|alamat surel anda.*|baca juga.*|"
    r"menyukai ini.*|terkait|penulis ?:.*|editor ?:.*|komentar|nama\s*\*?|surel\s*\*?|situs web)\s*:?\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_AREA = re.compile(
    r"\b(?i:kelurahan|kel\.?|desa|ds\.)\s*(?P<name>(?:[A-Z][\w'-]*|[IVX]+)(?:\s+(?:[A-Z][\w'-]*|[IVX]+\b)){0,3})"
)
_DISTRICT = re.compile(r"\b(?i:kecamatan|kec\.?)\s*(?P<name>[A-Z][\w'-]*(?:\s+[A-Z][\w'-]*){0,2})")
_STREET = re.compile(r"\b(?:RT|RW)[ ./]*\d{1,3}\b", re.IGNORECASE)
_POINT = re.compile(r"(-?\d{1,2}[.]\d{2,})\s*[,; ]\s*(\d{2,3}[.]\d{2,})")
_MEETING = re.compile(
    r"\b(?:rakor|rapat koordinasi|rapat|notulen|sambutan(?:nya)?|arahan(?:nya)?|dipimpin (?:oleh|langsung)|"
    r"tim terpadu|forkopimda|forkopimca)\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:telah terjadi|terjadi (?:aksi|keributan|perkelahian|perusakan|pembakaran|pengeroyokan)"
    r"|kronologi|tkp|korban|melaporkan (?:bahwa )?telah)\b",
    re.IGNORECASE,
)
_SEVERITIES = (
    (5, r"meninggal|tewas|korban jiwa|tahapan (?:dihentikan|terhenti)"),
    (4, r"luka|dianiaya|penganiayaan|pengeroyokan|dikeroyok|bentrok|tawuran|dibakar|pembakaran|dirusak|perusakan"),
    (3, r"massa|kerumunan|unjuk rasa|demo\b|penghadangan|ricuh|keributan|adu mulut|ancam|intimidasi"),
    (2, r"pelanggaran|tidak netral|baliho|spanduk|politik uang|uang tunai|amplop|sembako|serangan|kampanye"),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a pasted report seems to say; every field is for a person to confirm.

    Days are None and texts empty where nothing was found. `doubts` are sentences about what is unclear.
    """

    description: str
    occurred_on: date | None = None
    occurred_time: str | None = None
    category_code: str | None = None
    severity: int | None = None
    area_code: str | None = None
    district_code: str | None = None
    longitude: float | None = None
    latitude: float | None = None
    precision: str = "kelurahan"
    doubts: tuple[str, ...] = ()


def is_about_meeting(text: str) -> bool:
    """Tell whether a text reports a meeting rather than something that happened."""
    return len(_MEETING.findall(text)) >= 2 and not _HAPPENED.search(text)


def clean_text(text: str) -> str:
    """Drop what programs and web pages put around a text: senders, notices, share buttons, comment forms."""
    for pattern in (_CHAT_HEAD, _CHAT_NOTICE, _PAGE_FURNITURE):
        text = pattern.sub("", text)
    return re.sub(r"\n\s*\n+", "\n", text).strip()


def read_reports(
    text: str,
    *,
    today: date,
    match_category: Callable[[str], str | None],
    resolve_place: Callable[[str | None, str | None, str | None], Place],
    mask: Callable[[str], str],
) -> tuple[Proposal, ...]:
    """Propose one incident for each message of a pasted text, or one for a text without chat heads.

    Parameters
    ----------
    today
        Days without a year are taken in its year; a message's own day stands in where it names none.
    mask
        Hides what identifies a person; the description of a proposal went through it.
    """
    heads = list(_CHAT_HEAD.finditer(text))
    ends = [match.start() for match in heads[1:]] + [len(text)]
    messages: list[tuple[re.Match[str] | None, str]] = [(None, text)]
    if heads:
        messages = [(match, text[match.end() : end]) for match, end in zip(heads, ends, strict=True)]
    proposals = []
    for head, body in messages:
        cleaned = clean_text(body)
        if len(cleaned.split()) < 4:  # "Siap", "86", thanks
            continue
        proposal = _read(cleaned, today=today, match_category=match_category, resolve_place=resolve_place)
        if proposal.occurred_on is None and head is not None:
            sent = find_dates(head["day"], year=today.year)
            day = sent[0].day if sent else None
            proposal = replace(proposal, occurred_on=day, doubts=(*proposal.doubts, t.DAY_OF_MESSAGE))
        if proposal.occurred_on is None:
            proposal = replace(proposal, doubts=(*proposal.doubts, t.NO_DAY))
        proposals.append(replace(proposal, description=mask(cleaned)))
    return tuple(proposals)


def _read(
    text: str,
    *,
    today: date,
    match_category: Callable[[str], str | None],
    resolve_place: Callable[[str | None, str | None, str | None], Place],
) -> Proposal:
    doubts: list[str] = []
    dates = find_dates(text, year=today.year)
    doubts += [t.weekday_contradicts(found.text) for found in dates if found.weekday_contradicts]
    days = sorted({found.day for found in dates if found.day is not None})
    past = [day for day in days if day <= today]
    if len(past) > 1:
        doubts.append(t.several_days(past))
    if days and not past:
        doubts.append(t.DAY_IN_FUTURE)
    category = match_category(text) or _category_by_sentence(text, match_category)
    if category is None:
        doubts.append(t.NO_CATEGORY)
    place, place_doubts = _place(text, resolve_place)
    doubts += place_doubts
    point = _POINT.search(text)
    street = _STREET.search(text)
    return Proposal(
        description=text,
        occurred_on=past[0] if past else None,
        occurred_time=find_time(text),
        category_code=category,
        severity=next((level for level, words in _SEVERITIES if re.search(words, text, re.IGNORECASE)), 1),
        area_code=place.area_code if place else None,
        district_code=place.district_code if place else None,
        latitude=float(point[1]) if point else None,
        longitude=float(point[2]) if point else None,
        precision="titik" if point else "rt" if street and place and place.area_code else "kelurahan",
        doubts=tuple(doubts),
    )


def _category_by_sentence(text: str, match_category: Callable[[str], str | None]) -> str | None:
    """Take the category that the sentences agree on; None where they name several."""
    found = {code for sentence in re.split(r"[.!?;\n]+", text) if (code := match_category(sentence)) is not None}
    return found.pop() if len(found) == 1 else None


def _place(
    text: str, resolve_place: Callable[[str | None, str | None, str | None], Place]
) -> tuple[Place | None, list[str]]:
    area, district = _AREA.search(text), _DISTRICT.search(text)
    district_name = district["name"] if district else None
    if area:
        words = area["name"].split()
        for count in range(len(words), 0, -1):  # "Kelurahan Purnama Dumai" names more than the kelurahan
            place = resolve_place(None, " ".join(words[:count]), district_name)
            if place.area_code is not None:
                return place, []
        return None, [t.unknown_place(area["name"])]
    if district_name:
        words = district_name.split()
        for count in range(len(words), 0, -1):
            place = resolve_place(None, None, " ".join(words[:count]))
            if place.district_code is not None:
                return place, [t.ONLY_DISTRICT]
    return None, [t.NO_PLACE]
