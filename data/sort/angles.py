"""Read angles as people write them: degrees, minutes and seconds, letters of the compass, two in one cell."""

import re

_NUMBER = r"\d{1,3}(?:[.,]\d+)?"
_LETTERS = r"LU|LS|BT|BB|[NSEWUTB]"  # also Indonesian: utara, selatan, timur, barat
_ANGLE = re.compile(
    rf"(?P<before>{_LETTERS})?[ :.]*(?P<sign>[-+])? ?(?P<degrees>{_NUMBER})"
    rf"(?:(?P<mark> ?° ?| ?: ?| )(?:(?P<minutes>{_NUMBER})(?: ?' ?| ?: ?| |$|(?=[A-Z]))"
    rf"(?:(?P<seconds>{_NUMBER}) ?(?:\"|'')?)?)?)? ?(?P<after>{_LETTERS})?"
)
_SPELLINGS = (
    (re.compile(r"LINTANG\s+UTARA|NORTH"), "LU"),
    (re.compile(r"LINTANG\s+SELATAN|SOUTH"), "LS"),
    (re.compile(r"BUJUR\s+TIMUR|EAST"), "BT"),
    (re.compile(r"BUJUR\s+BARAT|WEST"), "BB"),
    (re.compile(r"\s*(?:DERAJAT|DEGREES?|DEG)\s*"), "° "),
    (re.compile(r"\s*(?:MENIT|MINUTES?|MIN)\s*"), "' "),
    (re.compile(r"\s*(?:DETIK|SECONDS?|SEC)\s*"), '" '),
)
_WORD = re.compile(r"[A-Z]{3}")
_SIGNS = str.maketrans(
    {
        "º": "°",
        "˚": "°",
        "′": "'",
        "’": "'",
        "‘": "'",
        "´": "'",
        "`": "'",
        "″": '"',
        "”": '"',
        "“": '"',
        "−": "-",
        "–": "-",
    }
)
_SOUTH_OR_WEST = {"LS", "S", "BB", "B", "W"}
_LATITUDES = {"LU", "LS", "N", "S", "U"}
_DOTTED = re.compile(r"[-+]?\d+(?:\.\d+)?")
_COMMAS = re.compile(r"[-+]?\d+,\d+")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:(?:\.\d{3}){2,4}|(?:,\d{3}){2,4})")
_EXPONENT = re.compile(r"([-+]?\d(?:\.(\d+))?)E([-+]?\d{1,2})")
_COARSEST_EXPONENT = -4  # decimal place of the last digit: some 11 m
_BREAK = re.compile(r"\s*[;|/,]\s*|\s+|(?<=[A-Z])(?=[-+\d])|(?<=[\d\"'°])(?=[A-Z])")
_LONGEST = 80


class RoundedError(ValueError):
    """A number with so few digits that its place is lost, such as ``1.01E+02``."""


def read_angles(text: str, *, decimal_comma: bool) -> tuple[float, ...] | None:
    """Read one cell as an angle or as a latitude and a longitude, in decimal degrees.

    Understood are plain numbers with the column's decimal sign; numbers whose digits stand in groups
    of three (``101.447.200`` is 101447200, to be scaled later); degrees with minutes and seconds, marked or by
    blanks and colons; a letter of the compass on either side, Indonesian or English. South and west are
    negative, with or without a minus sign before. With two angles in the cell the first is the latitude
    unless letters say otherwise.

    Parameters
    ----------
    decimal_comma
        Whether the column writes decimals with a comma; an unmarked number with the other sign is none.

    Returns
    -------
    angles
        One or two numbers; None where the text is no angle. A pair needs marks, letters or fractions on both
        sides, so that ``1,6844`` is not one.

    Raises
    ------
    RoundedError
        For a number in exponents that is coarser than 0.0001 degrees.
    """
    clean = text.translate(_SIGNS).upper()
    if _WORD.search(clean):
        for spelling, short in _SPELLINGS:
            clean = spelling.sub(short, clean)
    clean = " ".join(clean.strip(" ()[]").split())
    if not clean or len(clean) > _LONGEST:
        return None
    if exponent := _EXPONENT.fullmatch(clean.replace(",", ".")):
        if int(exponent[3]) - len(exponent[2] or "") > _COARSEST_EXPONENT:
            raise RoundedError(text)
        return (float(exponent[0]),)
    if _THOUSANDS.fullmatch(clean):
        return (float(re.sub(r"[.,]", "", clean)),)
    single = _plain(clean, decimal_comma=decimal_comma)
    if single is None and (marked := _angle(clean)) is not None:
        single = marked[0]
    return _pair(clean) if single is None else (single,)


def _plain(text: str, *, decimal_comma: bool) -> float | None:
    if _DOTTED.fullmatch(text) and not (decimal_comma and "." in text):
        return float(text)
    if decimal_comma and _COMMAS.fullmatch(text):
        return float(text.replace(",", "."))
    return None


def _angle(text: str) -> tuple[float, str] | None:
    """Read a marked angle and its letter (empty without one)."""
    match = _ANGLE.fullmatch(text)
    if match is None or (match["before"] and match["after"]):
        return None
    letter = match["before"] or match["after"] or ""
    marked = bool(letter) or match["seconds"] is not None or "°" in text or "'" in text
    parts = [part for part in (match["degrees"], match["minutes"], match["seconds"]) if part is not None]
    if not marked or any(not part.isdigit() for part in parts[:-1]):
        return None
    degrees, minutes, seconds = (float(part.replace(",", ".")) for part in (*parts, "0", "0")[:3])
    value = degrees + minutes / 60 + seconds / 3600
    if minutes >= 60 or seconds >= 60 or value > 180:
        return None
    return (-value if match["sign"] == "-" or letter in _SOUTH_OR_WEST else value), letter


def _pair(text: str) -> tuple[float, float] | None:
    """Split a cell where both sides are angles of the same notation; None where no or several places do."""
    found = set()
    for gap in _BREAK.finditer(text):
        left, right = text[: gap.start()].strip(), text[gap.end() :].strip()
        first, second = _angle(left), _angle(right)
        if first and second and bool(first[1]) == bool(second[1]):
            if first[1] and (first[1] in _LATITUDES) == (second[1] in _LATITUDES):
                continue
            turned = bool(first[1]) and first[1] not in _LATITUDES
            found.add((second[0], first[0]) if turned else (first[0], second[0]))
        elif _has_fractions(left, right):
            comma = "," in left and "," in right
            plain = _plain(left, decimal_comma=comma), _plain(right, decimal_comma=comma)
            if plain[0] is not None and plain[1] is not None:
                found.add((plain[0], plain[1]))
    return found.pop() if len(found) == 1 else None


def _has_fractions(left: str, right: str) -> bool:
    return all(re.search(r"\d[.,]\d", side) for side in (left, right))
