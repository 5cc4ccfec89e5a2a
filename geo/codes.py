"""Area codes of Kemendagri and BPS, which look alike and mean different places, and area names."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

CodeSystem = Literal["kemendagri", "bps", "unknown"]

# Below this two names are taken for two places. Spelling pairs of one place (Jungkat/Jongkat, Kedupok/Kedopok)
# lie above 0.8; of all pairs of names within one real regency some 99 in 100 lie below.
SAME_NAME_SIMILARITY = 0.7

_CODE = re.compile(r"([0-9]{2})(\.?)([0-9]{2})\2([0-9]{2})\2([0-9]{4})")
# The United Nations' p-codes are BPS codes behind the country's letters.
_PCODE = re.compile(r"id[0-9]{10}", re.IGNORECASE)
_VILLAGE_KINDS = "123"  # first digit of the village block: kelurahan, desa, desa adat
_PREFIXES = {"kel", "kelurahan", "desa", "ds", "kec", "kecamatan"}
_SPELLINGS = {"tlk": "teluk"} | {
    spelling: word
    for word, spellings in {
        "sungai": ("sei", "sui", "sungei"),
        "tanjung": ("tj", "tjg"),
        "kampung": ("kp", "kpg", "kampong"),
    }.items()
    for spelling in spellings
}
_FIRST_SPELLINGS = {"s": "sungai"}  # inside a name the letter may be anything
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_NUMBER_WORDS = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
_NUMERAL_OF = (
    {numeral: numeral for numeral in _NUMERALS}
    | dict(zip(_NUMBER_WORDS, _NUMERALS, strict=True))
    | {str(number): numeral for number, numeral in enumerate(_NUMERALS, start=1)}
)
_OTHER_PLACE = 0.5  # names that differ in their numeral alone are two places side by side
_SPACED_LETTERS = 3  # so many single letters and nothing else are one word set wide: "D U M A I"
_SEPARATED = re.compile(r"([0-9]{2})[.\-/]?([0-9]{2})[.\-/]?([0-9]{2})[.\-/]?([0-9]{4})\.?")
_THOUSANDS = re.compile(r"[0-9](?:([.,])[0-9]{3})(?:\1[0-9]{3}){2}")
_SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]+))?e\+?0*([0-9]{1,2})", re.IGNORECASE)
_LONGEST_CELL = 200  # no code and name are longer
# Shorter numbers belong to names: "28 Ilir".
_GLUED = re.compile(r"(id[0-9]{10}|[0-9][0-9.]{3,})\s*[-–—_:;,|/ ]\s*([^\W\d].*)", re.IGNORECASE)
_GLUED_BEHIND = re.compile(r"([^\W\d].*?)\s*[-–—_:;,|/( ]\s*(id[0-9]{10}|[0-9.]{10,13})\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatedCode:
    """What a cell for an area code holds."""

    code: str | None = None  # the canonical code, where the cell has ten digits
    name: str | None = None  # the name glued to a code or to another number
    from_bps: bool = False  # whether the form is that of a p-code, which is of BPS
    # how the form was mended: ``code_mark`` (an apostrophe), ``code_decimal`` (``1472011003.0``),
    # ``code_separators``, ``code_exponent`` (all ten digits stand in ``1,472011003E+09``), ``code_glued``
    note: str | None = None
    # ``code_scientific`` where digits are lost, ``code_form`` where there is neither code nor name
    fault: str | None = None


def canonical_area_code(text: str) -> str | None:
    """Write a ten-digit area code as ``14.72.01.1003``.

    Spaces are ignored; the points are all there or all missing. Anything else gives None. The form says
    nothing about the system: see `code_system`.
    """
    match = _CODE.fullmatch("".join(text.split()))
    return None if match is None else ".".join(match.group(1, 3, 4, 5))


def read_code(text: str) -> StatedCode:
    """Read a cell for an area code in every form that spreadsheets and offices give it.

    Only the form is mended, never a digit: a code is taken where all its ten digits stand in the cell. A number of
    another length beside a name is a number of somebody else's, so the name alone is kept.
    """
    code = canonical_area_code(text)
    if code is not None:
        return StatedCode(code)
    if len(text) > _LONGEST_CELL:
        return StatedCode(fault="code_form")
    plain = text.strip().strip("'\u2018\u2019`\"=").strip()
    glued = _GLUED.fullmatch(plain)
    number, name = glued.groups() if glued else (plain, None)
    if glued is None and (behind := _GLUED_BEHIND.fullmatch(plain)):
        name, number = behind.groups()
    digits, note = _mended(number)
    if digits is not None:
        form = "code_glued" if name else note
        return StatedCode(canonical_area_code(digits), name, bool(_PCODE.fullmatch(number)), form)
    if name is not None:
        return StatedCode(name=name, note="code_glued")
    return StatedCode(fault="code_scientific" if _SCIENTIFIC.fullmatch("".join(plain.split())) else "code_form")


def district_code(area_code: str) -> str:
    """Return the kecamatan's part of a canonical area code: ``14.72.01``."""
    return area_code[:8]


def region_code(area_code: str) -> str:
    """Return the kabupaten's or kota's part of a canonical area or district code: ``14.72``."""
    return area_code[:5]


def ten_digits(text: str) -> str | None:
    """Return the ten digits of a code of either system, also of a p-code such as ``id6104080002``."""
    packed = "".join(text.split())
    if _PCODE.fullmatch(packed):
        return packed[2:]
    code = canonical_area_code(packed)
    return None if code is None else code.replace(".", "")


def looks_like_bps(codes: Iterable[str]) -> bool:
    """Tell whether ten-digit codes follow BPS rather than Kemendagri.

    Kemendagri numbers villages 1001 to 3999 within a district, so the seventh digit is 1, 2 or 3. BPS has
    three digits for the district, which is a multiple of ten unless split later, so the seventh digit is
    mostly 0. One code in ten with a 0 there is proof enough; a p-code is proof by itself. Codes of another
    length are not looked at; without any the answer is False.
    """
    digits, pcode_count = _digits(codes)
    return bool(digits) and (pcode_count * 2 > len(digits) or _share(digits, "0") >= 0.1)


def code_system(codes: Iterable[str], *, region_code: str, region_bps_code: str | None) -> CodeSystem:
    """Judge in which system the codes of a file are written.

    Looked at are the codes that could be the region's, by the prefix it has in either system, and all codes
    where none could. The prefix proves nothing by itself: 1507 is Tanjung Jabung Timur for Kemendagri and
    Tanjung Jabung Barat for BPS. What counts is the seventh digit, as in `looks_like_bps`.

    Parameters
    ----------
    codes
        As written in the file; those without ten digits are not looked at.
    region_code
        Kemendagri code of the region, ``15.07``.
    region_bps_code
        BPS code of the same region, ``1506``, where known.

    Returns
    -------
    system
        "kemendagri" where nine codes in ten have 1, 2 or 3 as seventh digit; "unknown" where that is so but
        no code has the Kemendagri prefix while some have that of BPS, where there is no ten-digit code, and
        where the digits fit neither.
    """
    codes = list(codes)
    kemendagri_prefix = region_code.replace(".", "")
    bps_prefix = (region_bps_code or "").replace(".", "") or kemendagri_prefix
    prefixes = Counter((ten_digits(code) or "")[:4] for code in codes)
    if prefixes[kemendagri_prefix] or prefixes[bps_prefix]:
        codes = [c for c in codes if (ten_digits(c) or "")[:4] in {kemendagri_prefix, bps_prefix}]
    if looks_like_bps(codes):
        return "bps"
    digits, _ = _digits(codes)
    fits = bool(digits) and _share(digits, _VILLAGE_KINDS) >= 0.9
    contradicted = not prefixes[kemendagri_prefix] and prefixes[bps_prefix] > 0
    return "kemendagri" if fits and not contradicted else "unknown"


def normalise_name(text: str) -> str:
    """Reduce an area's name to what tells it from others, for comparison only.

    Case, diacritics, punctuation, spaces and leading words such as "Kel.", "Desa" or "Kec." are dropped; "Sei" and
    "S." become "sungai", "Tj." "tanjung", "Tlk." "teluk" and "Kp." "kampung"; a name of spaced letters is one word.
    A final numeral stays a word of its own and is Roman: "Gabek Satu", "Gabek 1" and "GABEK I" all give
    "gabek i", while "Lambur", "Lambur I" and "Lambur II" stay three names.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    words = re.findall(r"[^\W_]+", re.sub(r"['`\u2018\u2019]", "", plain))
    if len(words) >= _SPACED_LETTERS and all(len(word) == 1 for word in words):
        return "".join(words)
    while len(words) > 1 and words[0] in _PREFIXES:
        words = words[1:]
    if len(words) > 1:
        words[0] = _FIRST_SPELLINGS.get(words[0], words[0])
    words = [_SPELLINGS.get(word, word) for word in words]
    if len(words) > 1 and words[-1] in _NUMERAL_OF:
        return f"{''.join(words[:-1])} {_NUMERAL_OF[words[-1]]}"
    return "".join(words)


def name_similarity(first: str, second: str) -> float:
    """Compare two names after `normalise_name`: 1 for equal, 0 for nothing in common; symmetric.

    The measure is the share of letters in common blocks (difflib's ratio). Names that differ in their final
    numeral, or of which only one has a numeral, get 0.5 at most. An empty name is like no other.
    """
    return normal_similarity(normalise_name(first), normalise_name(second))


def normal_similarity(first: str, second: str) -> float:
    """Compare two names that are normalised already: see `name_similarity`."""
    one, two = sorted((first, second))
    if not one:
        return 0.0
    ratio = SequenceMatcher(None, one, two, autojunk=False).ratio()
    same_numeral = one.partition(" ")[2] == two.partition(" ")[2]
    return ratio if same_numeral else min(ratio, _OTHER_PLACE)


def _mended(number: str) -> tuple[str | None, str | None]:
    """Return the ten digits of a number as written, and how their form was mended; None where they are not ten."""
    packed = "".join(number.split())
    if (digits := ten_digits(packed)) is not None:
        return digits, "code_mark"
    if match := re.fullmatch(r"([0-9]{10})[.,]0+", packed):
        return match[1], "code_decimal"
    if match := _SEPARATED.fullmatch(packed):
        return "".join(match.groups()), "code_separators"
    if _THOUSANDS.fullmatch(packed):
        return re.sub(r"[.,]", "", packed), "code_separators"
    if (match := _SCIENTIFIC.fullmatch(packed)) and match[3] == "9" and len(match[2] or "") == 9:
        return match[1] + match[2], "code_exponent"
    return None, None


def _digits(codes: Iterable[str]) -> tuple[list[str], int]:
    """Return the ten digits of every code that has them, and how many of those were p-codes."""
    codes = list(codes)
    digits = [found for code in codes if (found := ten_digits(code)) is not None]
    return digits, sum(_PCODE.fullmatch("".join(code.split())) is not None for code in codes)


def _share(digits: list[str], kinds: str) -> float:
    """Return the share of codes whose seventh digit is one of `kinds`."""
    return sum(code[6] in kinds for code in digits) / len(digits)
