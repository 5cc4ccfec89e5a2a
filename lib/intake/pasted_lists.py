"""Read a list that a post sends: a proposal for each line, the lines on which nothing happened included."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lib.intake.clean_text import BULLET
from lib.intake.found_dates import find_dates, first_of_range
from lib.intake.nil_words import EMPTY, EVENT, NIL, UNREPORTED, status_of
from lib.intake.proposals import AREA, DISTRICT, Finders, Proposal, find_place, read_incident
from lib.texts import entry as t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from data.sort.stated_place import Place
    from lib.intake.found_dates import Years

_SEPARATOR = re.compile(
    r"\s*(?:[:=→➡»;]|->|=>|>|\s[-–—](?=\s)|[–—]|\.{3,}|…|\s{3,}|-(?=\s|nihil|aman))\s*", re.IGNORECASE
)
_AREA_WORD = re.compile(r"^(?:wil(?:ayah)?\.?\s+)?(?:kelurahan|kel\b\.?|desa|ds\b\.?)\s*", re.IGNORECASE)
_DISTRICT_WORD = re.compile(r"^(?:wil(?:ayah)?\.?\s+)?(?:kecamatan|kec\b\.?)\s*", re.IGNORECASE)
_NAMES = re.compile(r"\s*(?:[,/&]|\bdan\b|\bserta\b)\s*", re.IGNORECASE)
# Lines that open or close a list, or say whom it goes to: never a report of a place.
_FRAME = re.compile(
    r"^(?:selamat|ass?alam\w*|wass?alam\w*|salam|shalom|om swastiastu|yth|kepada|dari|dengan hormat|i[zj]in|mohon"
    r"|siap|86|lapor\w*|melapor\w*"
    r"|laphar\w*|lap\b|demikian|terima ?kasih|trims|trimakasih|tks|thx|makasih|dokumentasi|dok\b|tembusan|cc\b|hormat"
    r"|ttd|mengetahui|update|up date"
    r"|rekap\w*|perihal|hal\b|assalamu|berikut|dilaporkan|disampaikan|bersama ini|situasi (?:wilayah|wil|kamtibmas"
    r"|umum|terkini)|perkembangan"
    r"|nb\b|catatan|ket(?:erangan)?\b|jumlah|total|komandan|ndan|bapak|pak|ibu|dan\s+seterusnya|dst|dumm?"
    r"|hasil (?:pantauan|monitoring|pemantauan)"
    r"|(?:hari|tanggal|tgl|waktu|pukul|jam|pkl|periode|senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\b"
    r"|\d{1,2}[ ./-](?:\d{1,2}|[a-z]{3,9})[ ./-]\d{2,4}|\d{1,2}[.:]\d{2}\b)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:hari|tanggal|tgl|waktu|pukul|jam|pkl|periode|cuaca|petugas|personel|personil|piket|kekuatan|jumlah|total|lokasi|tempat|kejadian"
    r"|gangguan|keterangan|ket|catatan|giat|kegiatan|sumber|situasi|sikon|dari|kepada|perihal|hal|tembusan|kasus|tindakan|uraian|kronologi"
    r"|tps|dpt|logistik|potensi|hambatan|kendala|rencana|saran|bentuk|apk|laka|kriminal|posko|pelapor)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?P<office>(?i:polsubsektor|polsek|pospol|polresta?|posko|panwascam|panwaslu|panwas|koramil|kodim|satpol pp"
    r"|satlinmas|linmas|trantib"
    r"|kantor camat|kantor kelurahan|kantor lurah|bhabin\w*|babinsa|pkd|ppk|pps|fkdm|bawaslu|kpu|kesbangpol|dinsos"
    r"|bpbd|seksi trantib"
    r"|kasi trantib|forkopimcam|lurah|camat)\b(?:[ -]\d{1,4}(?= [A-Z][a-z]))?)(?P<rest>(?:[ .]+(?:(?i:pilkada|pemilu"
    r"|pilkades|kecamatan|kec|kelurahan|kel|desa|wilayah"
    r"|kota|terpadu|siaga|pemantau(?:an)?|kamtibmas|keamanan|induk|rayon|sektor|nomor|no)\b\.?|[A-Z][\w'-]*))*)"
)
_NOT_SENDER = re.compile(r"^(?:kepada|yth|tembusan|cc)\b", re.IGNORECASE)
_OFFICE_END = re.compile(
    r"\s+(?:Hari|Tanggal|Tgl|Pukul|Per|Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu|Yth|Tahun)\b.*$", re.IGNORECASE
)
_HEAD_WORDS = {
    "no",
    "nomor",
    "kelurahan",
    "kel",
    "desa",
    "kejadian",
    "keterangan",
    "ket",
    "wilayah",
    "situasi",
    "waktu",
    "nama",
    "status",
}
_MOST_SOURCE = 80


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


@dataclass(frozen=True, slots=True)
class ListContext:
    """What is known of a message before it is read."""

    years: Years
    today: date
    sent: date | None = None
    place: Place | None = None  # of the sender's office
    source: str = ""


def read_list(text: str, finders: Finders, context: ListContext) -> tuple[Proposal, ...] | None:
    """Propose a report for each line of a list; None for a text that is no list and tells of no silence.

    A line begins with the name of a kelurahan or kecamatan, or is the row of a table; lines below it that begin with
    no place belong to it. "Nihil", "aman", "tidak ada kejadian" make a nil report, anything else that tells of
    something an incident; a place that has not reported yet gives neither, only a doubt of the others.
    Greetings, heads, totals and closings are no reports: they give the day, the span of days and the source of all.
    A list of kinds of incidents without places speaks for the place that its head names, once.
    """
    lines = [plain for line in text.splitlines() if (plain := _plain(line))]
    head, entries = _Head(), list[_Entry]()
    _parse(lines, finders, head, entries)
    frame = _Frame.of(head, finders, context)
    found = [proposal for entry in entries for proposal in _proposals(entry, finders, frame)]
    silent = [name for entry in entries for name in _unreported(entry)]
    found += _by_topics(head, entries, finders, frame)
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


def _parse(lines: Sequence[str], finders: Finders, head: _Head, entries: list[_Entry]) -> None:
    heads: list[str] = []  # of a table's columns
    open_entry: _Entry | None = None
    district: str | None = None
    for line in lines:
        cells = [cell.strip() for cell in re.split(r"\t|\s*\|\s*", line)]
        if len(cells) > 1 and {cell.lower().strip(".") for cell in cells} & _HEAD_WORDS:
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
                district = _DISTRICT_WORD.sub("", bare).rstrip(" :")
            open_entry = entry
        elif _frame(bare):
            head.lines.append(bare)
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
        place = finders.area(_AREA_WORD.sub("", cell), district) if re.search("[A-Za-z]", cell) else None
        if place is None and _AREA_WORD.match(cell) is None:
            continue
        rest = [
            f"{heads[other]} {text}"
            if len(heads) == len(cells) and re.fullmatch(r"\d+", text) and other > number
            else text
            for other, text in enumerate(cells)
            if other != number and text and not (other == 0 and re.fullmatch(r"\d+[.)]?", text))
        ]
        return _Entry([place] if place else [], "" if place else cell, ["; ".join(rest)], cell)
    return None


def _line(line: str, finders: Finders, district: str | None, *, in_block: bool) -> _Entry | None:
    """Read a line that begins with a place, or names a status and then places; None for any other.

    In a block of lines below a place, words that no place is known by are not taken for another place.
    """
    is_district = bool(_DISTRICT_WORD.match(line))
    worded = bool(_AREA_WORD.match(line)) or is_district
    named = _DISTRICT_WORD.sub("", _AREA_WORD.sub("", line)).strip()
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
    whole = look_up(_strip_words(text)) if text else None
    if whole is not None:
        return [whole]
    names = [name for name in _NAMES.split(text) if name]
    places = [place for name in names if (place := look_up(_strip_words(name))) is not None]
    return places if len(names) > 1 and len(places) == len(names) else []


def _strip_words(name: str) -> str:
    return re.sub(r"\s*\(.*?\)\s*$", "", _AREA_WORD.sub("", name)).strip()


@dataclass(frozen=True, slots=True)
class _Frame:
    """Day, span, source and place that hold for all entries."""

    day: date | None
    start: date | None
    source: str
    place: Place | None
    whole_region: bool
    context: ListContext
    doubts: tuple[str, ...]

    @classmethod
    def of(cls, head: _Head, finders: Finders, context: ListContext) -> _Frame:
        """Read the lines around the entries."""
        text = "\n".join(head.lines)
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
        source = _source(head.lines) or context.source
        place, whole_region = _place_of_office(source, text, finders)
        return cls(day, start, source, place or context.place, whole_region, context, tuple(doubts))


def _source(lines: Sequence[str]) -> str:
    """Find the office that sends a list: the first that the lines name, in the words of those who know it."""
    for line in lines:
        if _NOT_SENDER.match(line):
            continue
        match = _OFFICE.search(line.title() if line.isupper() else line)
        if match:
            name = " ".join(f"{match['office']}{match['rest']}".split())
            name = _OFFICE_END.sub("", name).strip(" .,")
            return (name[:1].upper() + name[1:])[:_MOST_SOURCE]
    return ""


def office_of(sender: str, finders: Finders) -> tuple[str, Place | None]:
    """Read the sender of a message: the office and, where it names one, its place; names and numbers are left out."""
    match = _OFFICE.search(sender)
    words = re.findall(r"[A-Za-z][\w'-]*\.?", sender)
    for first in range(len(words)):
        for look_up in (finders.area, finders.district):
            found = finders.first_of([_strip_words(word) or word for word in words[first:]], look_up)
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
    whole = re.search(
        r"\b(?:polresta?|kodim|kesbangpol|bawaslu kota|bawaslu kab|kota|kabupaten)\b", source, re.IGNORECASE
    )
    return None, bool(whole)


def _proposals(entry: _Entry, finders: Finders, frame: _Frame) -> Iterator[Proposal]:
    text = "; ".join(part for part in entry.status if part)
    status = status_of(text, finders.match_category)
    if status in {EMPTY, UNREPORTED}:
        return
    places: list[Place | None] = [*entry.places] or [None]
    for place in places:
        doubts = frame.doubts if place else (*frame.doubts, t.unknown_place(entry.unknown))
        yield _proposal(text, status, place, finders, replace(frame, doubts=doubts))


def _proposal(text: str, status: str, place: Place | None, finders: Finders, frame: _Frame) -> Proposal:
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


def _unreported(entry: _Entry) -> Iterator[str]:
    text = "; ".join(part for part in entry.status if part)
    if entry.status and status_of(text) == UNREPORTED:
        yield entry.written.strip()


def _by_topics(head: _Head, entries: Sequence[_Entry], finders: Finders, frame: _Frame) -> Iterator[Proposal]:
    """Read lines such as "Unjuk rasa: nihil": an incident each that is none, else one nil report of the place."""
    events = [line for line in head.topics if status_of(line, finders.match_category) == EVENT]
    for line in events:
        place, doubts = find_place(line, finders)
        taken = place or frame.place
        yield _proposal(line, EVENT, taken, finders, replace(frame, doubts=frame.doubts if taken else doubts))
    nil = [line for line in head.topics if status_of(line) == NIL]
    if nil and not events and not any(entry.status for entry in entries):
        yield _nil_of_frame("; ".join(nil), finders, frame)


def _whole_text(lines: Sequence[str], finders: Finders, frame: _Frame) -> Iterator[Proposal]:
    """Read a text in prose whose every statement is that nothing happened."""
    text = " ".join(lines)
    if status_of(text, finders.match_category) == NIL:
        place, _ = find_place(text, finders)
        yield _nil_of_frame(text, finders, replace(frame, place=place or frame.place))


def _nil_of_frame(text: str, finders: Finders, frame: _Frame) -> Proposal:
    doubts = frame.doubts if frame.place or frame.whole_region else (*frame.doubts, t.NO_PLACE)
    nil = _proposal(text, NIL, frame.place, finders, replace(frame, doubts=doubts))
    return replace(nil, whole_region=frame.whole_region and frame.place is None)
