"""Tell a report that nothing happened from one that something did, and from one that has not come yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lib.intake.proposals import severity
from lib.rules.pasted_words import pasted_words

if TYPE_CHECKING:
    from collections.abc import Callable

NIL, EVENT, UNREPORTED, EMPTY = "nil", "event", "unreported", "empty"

_WORDS = pasted_words()
_CLAUSE = re.compile(rf"[.;,\n()!]+(?!\d)|\s[-–—]\s|\b{_WORDS.turns}\b|\b(?<=nihil) (?=ada\b)", re.IGNORECASE)
_UNREPORTED = re.compile(
    rf"\b{_WORDS.not_yet} (?:{_WORDS.able} )?{_WORDS.news}\b(?! {_WORDS.incidents})|\b{_WORDS.later}\b", re.IGNORECASE
)
_WAITING = re.compile(
    rf"\b{_WORDS.waiting} (?:masuknya )?{_WORDS.awaited}\b"
    rf"|\b{_WORDS.awaited} (?:masih )?ditunggu\b|\b(?:belum|blm) ada {_WORDS.none_come}\b",
    re.IGNORECASE,
)
_UNSAFE = re.compile(rf"\b{_WORDS.negations} {_WORDS.safe}\b", re.IGNORECASE)
_NIL = re.compile(
    rf"\bn\s*i\s*h\s*i\s*l\b|^-?\s*nihil|\b{_WORDS.nothing}\b|\b{_WORDS.without} {_WORDS.found}\b|\b{_WORDS.calm}\b"
    rf"|\b(?:0|nol) (?:{_WORDS.counted}|laporan)\b|\b{_WORDS.counted} (?:0|nol|-)(?!\d)|(?:^|[a-z] )(?:0|nol)$",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    rf"\b{_WORDS.happened}\b|\b[1-9]\d* (?:{_WORDS.counted}|laporan)\b|\b{_WORDS.counted} [1-9]\d*\b", re.IGNORECASE
)
_NOTHING_WRITTEN = re.compile(r"[-–—.\s]*")
_WISH = re.compile(rf"\b{_WORDS.wishes}\b", re.IGNORECASE)
_ROUTINE = re.compile(rf"\b{_WORDS.routine}\b", re.IGNORECASE)


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
