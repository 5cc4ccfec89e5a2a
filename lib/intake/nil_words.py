"""Tell a report that nothing happened from one that something did, and from one that has not come yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lib.intake.proposals import severity

if TYPE_CHECKING:
    from collections.abc import Callable

NIL, EVENT, UNREPORTED, EMPTY = "nil", "event", "unreported", "empty"

_CLAUSE = re.compile(
    r"[.;,\n()!]+(?!\d)|\s[-–—]\s|\b(?:namun|tetapi|tapi|hanya|kecuali|cuma|sedangkan|selain itu|akan tetapi)\b"
    r"|\b(?<=nihil) (?=ada\b)",
    re.IGNORECASE,
)
_UNREPORTED = re.compile(
    r"\b(?:belum|blm|tidak|tdk) (?:ada |masuk |dapat |bisa )?(?:me|di)?(?:lapor(?:an|kan)?|update|kabar"
    r"|info(?:rmasi)?"
    r"|kontak)\b(?! (?:kejadian|gangguan|ganguan|pelanggaran))"
    r"|\b(?:menyusul|belum masuk|blm masuk|belum terkonfirmasi|tidak terhubung|hp mati)\b",
    re.IGNORECASE,
)
_WAITING = re.compile(
    r"\b(?:me|di)?n?(?:t?unggu) (?:masuknya )?(?:laporan|lapor|konfirmasi|kabar|berita|data|update|info(?:rmasi)?)\b"
    r"|\b(?:laporan|kabar|data) (?:masih )?ditunggu\b|\b(?:belum|blm) ada (?:berita|khabar|konfirmasi)\b",
    re.IGNORECASE,
)
_UNSAFE = re.compile(
    r"\b(?:tidak|tdk|belum|blm|kurang|tak) (?:aman|kondusif|terkendali|lancar|tertib)\b", re.IGNORECASE
)
_NIL = re.compile(
    r"\bn\s*i\s*h\s*i\s*l\b|\bnihi?l\b|\bnil\b|\bnihill?\b|\b(?:tidak|tdk|tak|tiada|tanpa|belum|blm)(?: ada| terdapat"
    r"| terjadi| ditemukan| didapat(?:i|kan)?"
    r"| terpantau| dijumpai)\b|\btanpa kejadian\b|\b(?:aman|kondusif|terkendali|aman2|clear|zero|normal|lancar"
    r"|terpelihara|amankon|adk)\b"
    r"|\b(?:0|nol) (?:kejadian|kasus|laporan|gangguan|pelanggaran)\b|\b(?:kejadian|kasus|gangguan|pelanggaran) (?:0"
    r"|nol|-)(?!\d)|(?:^|[a-z] )(?:0|nol)$|^-?\s*nihil",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:terjadi|ada(?:nya)?|ditemukan|didapati|terpantau|melihat|diduga|dilaporkan (?:ada|warga)|sekelompok"
    r"|sejumlah|beberapa|seorang|puluhan"
    r"|ratusan|korban|kejadian menonjol)\b|\b[1-9]\d* (?:kejadian|kasus|laporan|gangguan|pelanggaran)\b"
    r"|\b(?:kejadian|kasus|gangguan|pelanggaran) [1-9]\d*\b",
    re.IGNORECASE,
)
_NOTHING_WRITTEN = re.compile(r"[-–—.\s]*")
_WISH = re.compile(
    r"\b(?:semoga|mudah-mudahan|moga|harap|diharapkan|agar|supaya|tetap jaga|jaga|mohon)\b", re.IGNORECASE
)
# "Ada" that tells of a patrol or of the weather, not of an event.
_ROUTINE = re.compile(
    r"\b(?:patroli|piket|apel|sambang|monitoring|kegiatan rutin|cuaca|personel|giat)\b", re.IGNORECASE
)


def status_of(text: str, match_category: Callable[[str], str | None] = lambda _: None) -> str:
    """Tell what a text says of a place: `EVENT`, `NIL`, `UNREPORTED` or `EMPTY`.

    It is an event if any clause tells of one that no word of the clause denies, else not reported yet if a clause
    says so or nothing but a dash is written: silence is never taken for safety. A wish says nothing. "Nihil
    pelanggaran APK" is nil, "nihil, hanya ada baliho roboh" an event.
    """
    if text and _NOTHING_WRITTEN.fullmatch(text):
        return UNREPORTED
    found = {_clause(clause.strip(), match_category) for clause in _CLAUSE.split(text) if clause and clause.strip()}
    return next((status for status in (EVENT, UNREPORTED, NIL) if status in found), EMPTY)


def is_routine(text: str) -> bool:
    """Tell whether a text tells of daily work, such as a patrol, rather than of something that happened."""
    return _ROUTINE.search(text) is not None


def _clause(clause: str, match_category: Callable[[str], str | None]) -> str:
    if _WISH.search(clause):
        return EMPTY
    if _UNSAFE.search(clause):
        return EVENT
    if _UNREPORTED.search(clause):
        return UNREPORTED
    happened = (
        severity(clause) or match_category(clause) or (_HAPPENED.search(clause) and not _ROUTINE.search(clause))
    )
    if _WAITING.search(clause) and not happened:
        return UNREPORTED
    if _NIL.search(re.sub(r"[:=]", " ", clause).replace("  ", " ").strip()):
        return NIL
    return EVENT if happened else EMPTY
