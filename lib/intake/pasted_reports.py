"""Propose the fields of an incident from a pasted report; a person confirms each before anything is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from lib.intake.found_dates import find_dates, find_time
from lib.texts import entry as t

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from data.sort.stated_place import Place

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
_DAY_BEFORE = re.compile(
    r"\b(?:kemar[ie]n(?!(?: |-)(?:lusa|dulu|kemar[ie]n))|tadi malam|semalam(?! suntuk)|malam tadi)\b", re.IGNORECASE
)
_OTHER_DAY = re.compile(r"\b(?:kemar[ie]n|lusa|besok|(?:hari|minggu|pekan|bulan) (?:yang )?lalu)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
LEAST_WORDS_OF_A_REPORT = 6
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

    A message whose paragraphs report different days or places gives one for each of them. Where one proposal still
    names several past days, none is taken. Days without a year are taken in that of `today`; a message's own day
    stands in where it names none. `mask` hides what identifies a person; the description of a proposal went through
    it.
    """
    heads = list(_CHAT_HEAD.finditer(text))
    ends = [match.start() for match in heads[1:]] + [len(text)]
    messages: list[tuple[re.Match[str] | None, str]] = [(None, text)]
    if heads:
        messages = [(match, text[match.end() : end]) for match, end in zip(heads, ends, strict=True)]
    proposals = []
    for head, body in messages:
        whole = clean_text(body)
        if len(whole.split()) < 4:  # "Siap", "86", thanks
            continue
        parts = _reports_in(body, today)
        sent = _sent_on(head, today)
        dayless = not (find_dates(whole, year=today.year) or _DAY_BEFORE.search(whole) or _OTHER_DAY.search(whole))
        for part in parts:
            proposal = _read(part, match_category=match_category, resolve_place=resolve_place)
            day, doubts = _day(part, today=today, sent=sent, dayless=dayless)
            doubts = (*doubts, *proposal.doubts)
            proposals.append(replace(proposal, description=mask(part), occurred_on=day, doubts=doubts))
    return tuple(proposals)


def _reports_in(body: str, today: date) -> tuple[str, ...]:
    """Part a message into its reports: paragraphs that tell of different days or places.

    A short paragraph, or one without a day or place of its own, belongs to the one before it.
    """
    parts: list[str] = []
    told: set[tuple[frozenset[date], frozenset[str]]] = set()
    waiting = ""
    for paragraph in filter(None, map(clean_text, _PARAGRAPH.split(body))):
        days = frozenset(found.day for found in find_dates(paragraph, year=today.year) if found.day is not None)
        places = frozenset(match["name"] for pattern in (_AREA, _DISTRICT) for match in pattern.finditer(paragraph))
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
    return tuple(parts) if differ and len(parts) > 1 else (clean_text(body),)


def _sent_on(head: re.Match[str] | None, today: date) -> date | None:
    found = find_dates(head["day"], year=today.year) if head else ()
    sent = found[0].day if found else None
    return sent if sent is not None and sent <= today else None


def _day(text: str, *, today: date, sent: date | None, dayless: bool) -> tuple[date | None, tuple[str, ...]]:
    """Take the one past day that a report names, else yesterday, else the day of a message that names none."""
    dates = find_dates(text, year=today.year)
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


def _read(
    text: str,
    *,
    match_category: Callable[[str], str | None],
    resolve_place: Callable[[str | None, str | None, str | None], Place],
) -> Proposal:
    doubts: list[str] = []
    category = match_category(text) or _category_by_sentence(text, match_category)
    if category is None:
        doubts.append(t.NO_CATEGORY)
    place, place_doubts = _place(text, resolve_place)
    doubts += place_doubts
    point = _POINT.search(text)
    street = _STREET.search(text)
    return Proposal(
        description=text,
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
