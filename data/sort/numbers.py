"""Decide how a column writes its numbers: once for the whole column, never per cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

CountStyle = Literal["titik", "koma", "spasi", "polos", "taktentu"]
DecimalStyle = Literal["titik", "koma", "taktentu"]

# A first group without a leading zero: 0.057 is no count in thousands.
_DOTTED, _COMMAS = (rf"[1-9][0-9]{{0,2}}(?:{sign}[0-9]{{3}}){{1,4}}" for sign in (r"\.", ","))
_PLAIN = r"[0-9]{1,15}"  # more digits are an identity number, not a count
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3}){1,4}")
# In the order of trust: thousands only, then whole decimals such as 312.0 among them.
_STYLES: tuple[tuple[CountStyle, re.Pattern[str]], ...] = (
    ("titik", re.compile(_DOTTED)),
    ("koma", re.compile(_COMMAS)),
    ("titik", re.compile(rf"(?:{_DOTTED}|{_PLAIN})(?:,0{{1,2}})?")),
    ("koma", re.compile(rf"(?:{_COMMAS}|{_PLAIN})(?:\.0{{1,2}})?")),
)
_STYLE_OF: dict[str, DecimalStyle] = {".": "titik", ",": "koma"}  # by the sign before the fraction
_THOUSANDS, _DECIMALS = {"titik": ".", "koma": ","}, {"titik": ",", "koma": "."}


@dataclass(frozen=True, slots=True)
class CountColumn:
    """How a column writes whole numbers, and what each distinct text means (None: no count)."""

    # the sign between thousands: ``"titik"``, ``"koma"``, ``"spasi"``; ``"polos"`` where there is none;
    # ``"taktentu"`` where the column uses signs that no one style explains
    style: CountStyle
    values: dict[str, int | None]


def count_column(texts: Iterable[str]) -> CountColumn:
    """Read the distinct texts of one column as whole numbers from 0.

    A dot or a comma separates thousands if every text that has one has groups of exactly three digits after it:
    ``238.799`` and ``3.015`` are 238,799 and 3,015. Otherwise a sign with one or two zeros behind it is a
    fraction of nothing, as spreadsheets export counts (``312.0``). Where no single style explains every text
    with a sign, all of those are None; plain numbers are read all the same. Blanks beside a sign are slips
    (``10. 794``); blanks between groups of three are thousands.
    """
    clean = {text: re.sub(r"\s*([.,])\s*", r"\1", " ".join(text.split())) for text in texts}
    # A text with other characters, such as "tidak ada.", says nothing about the column.
    signed = {text: number for text, number in clean.items() if re.fullmatch(r"[0-9]+[.,][0-9.,]*[0-9]", number)}
    values: dict[str, int | None] = dict.fromkeys(clean)
    plain = {text: number for text, number in clean.items() if re.fullmatch(_PLAIN, number)}
    spaced = {text: number for text, number in clean.items() if _SPACED.fullmatch(number)}
    values |= {text: int(number.replace(" ", "")) for text, number in (plain | spaced).items()}
    style = next((name for name, form in _STYLES if all(map(form.fullmatch, signed.values()))), None)
    if style is None:
        return CountColumn("taktentu", values)
    for text, number in signed.items():
        whole = number.partition(_DECIMALS[style])[0]
        values[text] = int(whole.replace(_THOUSANDS[style], ""))
    if any(_THOUSANDS[style] in number for number in signed.values()):
        return CountColumn(style, values)
    return CountColumn("spasi" if spaced else "polos", values)


@dataclass(frozen=True, slots=True)
class DecimalColumn:
    """The sign before the fraction of a column, and what each distinct text means (None: no number)."""

    style: DecimalStyle
    values: dict[str, float | None]


def decimal_column(texts: Iterable[str]) -> DecimalColumn:
    """Read the distinct texts of one column as decimal numbers, negative ones included.

    The column's sign is that of `decimal_style`; the other sign separates thousands, in groups of three. Where the
    style is ``"taktentu"`` every text with a sign is None. Texts of more than fifteen digits, of digits and anything
    else, and exponents, which have lost digits, are no numbers.
    """
    clean = {text: text.replace("\u2212", "-").strip() for text in texts}
    signed = [number for number in clean.values() if re.fullmatch(r"[+-]?[0-9][0-9.,]*", number)]
    style = decimal_style(signed)
    fraction, thousands = (",", ".") if style == "koma" else (".", ",")
    whole = rf"(?:[0-9]{{1,15}}|[1-9][0-9]{{0,2}}(?:{re.escape(thousands)}[0-9]{{3}}){{1,4}})"
    decimal = rf"{whole}(?:{re.escape(fraction)}[0-9]{{1,15}})?"
    form = re.compile(rf"[+-]?(?:{'[0-9]{1,15}' if style == 'taktentu' else decimal})")
    values: dict[str, float | None] = dict.fromkeys(clean)
    for text, number in clean.items():
        if form.fullmatch(number):
            values[text] = float(number.replace(thousands, "").replace(",", "."))
    return DecimalColumn(style, values)


def decimal_style(texts: Iterable[str]) -> DecimalStyle:
    """Say which sign a column of decimal numbers puts before the fraction.

    Of two different signs in a text the last one is it; a sign that repeats separates thousands, so it is the
    other. A single sign is it unless exactly three digits follow and one to three, not beginning with 0, go
    before: ``3.015`` may be either and says nothing. A column without any sign needs no decision and is
    ``"titik"``; one whose texts contradict each other, or all say nothing, is ``"taktentu"``.
    """
    votes: set[DecimalStyle] = set()
    says_nothing = False
    for text in texts:
        number = "".join(text.split()).lstrip("+-")
        signs = re.sub(r"[0-9]", "", number)
        if not signs or set(signs) - set(_STYLE_OF):
            continue
        last = signs[-1]
        if len(signs) == 1 and re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", number):
            says_nothing = True
        elif signs.count(last) == 1:
            votes.add(_STYLE_OF[last])
        else:
            votes.add("taktentu" if len(set(signs)) == 2 else _STYLE_OF["," if last == "." else "."])
    if not votes:
        return "taktentu" if says_nothing else "titik"
    return votes.pop() if len(votes) == 1 else "taktentu"
