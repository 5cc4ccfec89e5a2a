"""Characters that nobody sees: they hide words from readers and the mask, turn a line around, steer a terminal."""

from __future__ import annotations

import re

# Controls of a terminal, marks of direction and of width nought, soft hyphens, fillers, tags, and what is no letter.
UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
# Ends of lines other than the line feed, which spreadsheets, browsers and terminals take for one, each its own.
OTHER_LINE_ENDS = "\v\f\r\x1c-\x1f\x85\u2028\u2029"
MOST_NAME_BYTES, MOST_ENDING = 120, 12  # of a file; folders of some offices leave no more
_FILE_SIGNS = re.compile(r'[<>:"/\\|?*]+')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_UNSEEN = re.compile(f"[{UNSEEN}\ud800-\udfff]")
_LINE_ENDS = re.compile(f"\r\n|[{OTHER_LINE_ENDS}]")


def re2_class(characters: str) -> str:
    """Write a class of characters as the engine's expressions do."""
    return "[" + "".join(sign if sign == "-" else f"\\x{{{ord(sign):x}}}" for sign in characters) + "]"


def visible(text: str) -> str:
    """Leave out what nobody sees, and end every line by a line feed; tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return _LINE_ENDS.sub("\n", _UNSEEN.sub("", text))


def one_line(text: str) -> str:
    """Leave out what nobody sees, and write a text of several lines as one with single blanks."""
    return " ".join(visible(text).split())


def file_name(text: str) -> str:
    """Make a name under which any system keeps a file, its ending kept: no folder, no device, not too long."""
    plain = _FILE_SIGNS.sub("_", one_line(text)).rstrip(". ").lstrip(" ")
    stem, dot, ending = plain.rpartition(".")
    if not stem or len(ending) > MOST_ENDING:
        stem, dot, ending = plain, "", ""
    stem = stem.encode()[:MOST_NAME_BYTES].decode(errors="ignore").rstrip(". ")
    if not stem.strip("._ ") or _DEVICE.match(stem):
        stem = f"berkas_{stem.strip('._ ')}".rstrip("_")
    return f"{stem}{dot}{ending}"
