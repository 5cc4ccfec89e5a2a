"""Find the names of persons in prose such as an article about a meeting, and mask them wherever they stand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from data.sort.personal import NAME_MASK, mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FOLDER = Path(__file__).parents[1] / "words"
_USUAL_NAMES, _PROSE, _OFFICES, _PLACES = (
    frozenset((_FOLDER / f"{name}.txt").read_text(encoding="utf-8").split())
    for name in ("names", "prose", "offices", "places")
)
_BUILDINGS = _PLACES | {"ruang", "balairung", "hotel"}  # many are named after a person
_KNOWN = _PROSE | _OFFICES | _PLACES
_CAPITAL = r"(?:[A-Z][a-z]{0,2}\.(?= )|[A-Z](?:[\w'’-]*\w)?)"  # "M.", "Drs."; else a full stop ends the name
_RUN = re.compile(rf"{_CAPITAL}(?: {_CAPITAL})*")
# An office, after which the name of who holds it may stand: directly, or behind a comma.
_ROLE = re.compile(
    r"(?:(?:wakil )?(?:wali kota|walikota|bupati|gubernur|ketua|camat|lurah|kades)|wabup|wawako|kapol\w+|wakapol\w+"
    r"|dandim"
    r"|danramil|kasdim|pabung|danlanal|kajari|kasi|kabag|kasat|kasubs?i|kasubb?ag|kabid|kanit|kbo|sekda\w*|sekretaris|asisten"
    r"|kepala|kaban|kadis|pjs?|plt|plh|penjabat|staf|anggota|komisioner|direktur|koordinator|moderator|notulis)\b\.?",
    re.IGNORECASE,
)
_SAID = (
    r"(?:ujar|kata|tutur|jelas|tegas|terang|ungkap|ucap|imbuh|tambah|papar|sebut|pungkas|lanjut|harap|pinta|beber|urai|tukas"
    r"|imbau|tandas|sambung)(?:nya)?,?"
)
_AFTER_SAID = re.compile(rf"\b{_SAID} (?P<run>{_RUN.pattern})")
_SAYS = re.compile(
    rf"(?P<run>{_RUN.pattern}),?(?: (?:juga|turut|kemudian|pun|sendiri|lalu|kembali)){{0,2}} (?:me(?:negaskan"
    rf"|nambahkan"
    r"|ngatakan|nyampaikan|njelaskan|minta|ngimbau|nghimbau|ngingatkan|nyebut(?:kan)?|ngungkapkan|nuturkan|wanti-wanti"
    r"|nekankan|ngajak|mbuka|mimpin|nyatakan|mastikan|nerangkan|maparkan|nginstruksikan|ngaku|nilai|laporkan|mberikan)"
    r"|berharap|berpesan)\b"
)
_BEHIND_COMMA = re.compile(rf", (?P<run>{_RUN.pattern})")
_AREA_WORD = re.compile(
    r"\b(?i:(?<!wali )kota|(?:kantor|pendopo|wilayah) (?:wali kota|bupati|camat|lurah)|kabupaten|kab\.|kecamatan"
    r"|kec\.|kelurahan|kel\.|desa|provinsi|pemkot|pemkab|pemko|polresta|polres|polsek|kodim"
    rf"|kejari|di|ke|dari) (?P<run>{_RUN.pattern})"
)
_LEAST_LETTERS = 3
_MASKS = re.compile(rf"{re.escape(NAME_MASK)}(?:[ ,]+{re.escape(NAME_MASK)})+")


def mask_people(text: str, *, places: Iterable[str] = ()) -> str:
    """Mask the names of persons that a text in prose tells by where they stand, in the whole text.

    Taken for a name are capitalised words that no list of ours knows: after an office ("Camat …", "Kepala Badan …,
    …"), after and before words for speaking ("ujar …", "… menegaskan"), and those with a usual Indonesian name among
    them. Each part of a name is masked wherever it stands. Names of places are kept where the text or `places` names
    them as such. A name that nothing of this tells stays; what `data.sort.personal.mask` hides is hidden first.
    """
    text = mask(text)
    kept = {f"Tempat{number}": place for number, place in enumerate(sorted(set(places), key=len, reverse=True))}
    for stand_in, place in kept.items():
        text = re.sub(rf"\b{re.escape(place)}\b", stand_in, text)
    masked = _masked(text, _KNOWN | {stand_in.lower() for stand_in in kept} | _stated_places(text))
    return re.sub(r"\bTempat\d+\b", lambda match: kept.get(match[0], match[0]), masked)


def _masked(text: str, known: frozenset[str]) -> str:
    parts: set[str] = set()
    for run in _runs(text, known):
        parts.update(word.strip(".") for word in run)
    long_first = sorted((part for part in parts if len(part) >= _LEAST_LETTERS), key=len, reverse=True)
    if not long_first:
        return text
    name = "|".join(map(re.escape, long_first))
    initials = r"(?:(?:[A-Z]{1,2}|[A-Z][a-z]?)\.? )*"
    rest = "|".join(map(re.escape, sorted(parts, key=len, reverse=True)))
    text = re.sub(rf"\b{initials}(?:{name})\b(?: (?:bin|binti|{rest})\b)*", NAME_MASK, text)
    return _MASKS.sub(NAME_MASK, text)


def _runs(text: str, known: frozenset[str]) -> Iterator[list[str]]:
    """Give the words of each name."""
    for match in _RUN.finditer(text):
        words = match[0].split()
        unknown = _unknown_tail(words, known)
        role = _ROLE.search(match[0])
        before = text[: match.start()]
        after = _BEHIND_COMMA.match(text, match.end())
        if role and after and _unknown_tail(after["run"].split(), known) == after["run"].split():
            yield after["run"].split()  # "Bupati Bakung, …": the office's place, then who holds it
        elif role or _ROLE.fullmatch(before.rstrip().rsplit(" ", 1)[-1] or "-"):
            yield unknown
        elif re.search(r", ?$", before) and unknown and len(unknown) == len(words):
            ahead = list(_RUN.finditer(before))
            if ahead and ahead[-1].end() == len(before.rstrip(" ,")) and _names_an_office(before, known):
                yield unknown
        at_place = any(word.lower() in _BUILDINGS for word in words)
        if len(unknown) > 1 and not at_place and any(word.lower().strip(".") in _USUAL_NAMES for word in unknown):
            yield unknown
    for pattern in (_AFTER_SAID, _SAYS):
        for match in pattern.finditer(text):
            words = match["run"].split()
            unknown = _unknown_tail(words, known)
            alone = len(words) == 1 and re.search(rf"\b{re.escape(words[0].lower())}\b", text)
            if not alone:
                yield unknown


def _names_an_office(before: str, known: frozenset[str]) -> bool:
    """Tell whether the words before a comma name an office, perhaps of a place: "Kasi Intel Kejari Dumai, "."""
    clause = re.split(r"[,.;:()\n“\"]", before.rstrip(" ,"))[-1]
    if not _ROLE.search(clause):
        return False
    return not _unknown_tail(clause.split(), known) or bool(_AREA_WORD.search(clause))


def _unknown_tail(words: list[str], known: frozenset[str]) -> list[str]:
    """Give the words at the end that no list knows; abbreviated ones and capitals alone go with them."""
    tail: list[str] = []
    for word in reversed(words):
        plain = word.lower().strip(".")
        if plain in known and not (len(plain) == 1 and tail):
            break
        tail.insert(0, word)
    if not any(len(word.strip(".")) >= _LEAST_LETTERS for word in tail):
        return []
    if all(word.isupper() for word in tail) and not any(word.lower() in _USUAL_NAMES for word in tail):
        return []  # an abbreviation of an institution
    return tail


def _stated_places(text: str) -> frozenset[str]:
    """Find words that the text itself uses for a place: after "Kota", "di" and the like, up to the end of the run."""
    found: set[str] = set()
    runs = [[word.strip(".").lower() for word in match["run"].split()] for match in _AREA_WORD.finditer(text)]
    for run in runs:
        fresh = [word for word in run if word not in _KNOWN]
        if not fresh or not _USUAL_NAMES.isdisjoint(fresh):
            continue
        first = run.index(fresh[0])
        rest = run[first:]
        # The shortest run that begins so ends where the place ends; another's goes on with who holds its office.
        shortest = min((other[other.index(fresh[0]) :] for other in runs if fresh[0] in other), key=len)
        found.update(shortest if rest[: len(shortest)] == shortest else rest[:1])
    return frozenset(found)
