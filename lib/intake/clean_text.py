"""Take away what programs and web pages put around a text, and say what was taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass

# How chat programs begin a message: day, time, sender. The sender is a person.
CHAT_HEAD = re.compile(
    r"^\W?\[?(?P<day>\d{1,2}[/.]\d{1,2}[/.]\d{2,4}),? (?:pukul )?(?P<time>\d{1,2}[.:]\d{2})(?:[.:]\d{2})?\]?(?: -)? "
    r"(?P<sender>[^:\n]{1,60}): ",
    re.MULTILINE,
)
_CHAT_NOTICE = re.compile(
    r"terenkripsi secara end-to-end|<media tidak disertakan>|pesan ini (?:telah )?dihapus|diteruskan berkali-kali"
    r"|^\W*diteruskan\W*$",
    re.IGNORECASE,
)
_SOCIAL = {
    "whatsapp", "wa", "telegram", "facebook", "fb", "twitter", "x", "tweet", "line", "pinterest", "linkedin", "email",
    "e-mail", "surel", "threads", "instagram", "tiktok", "youtube", "reddit", "tumblr", "messenger", "cetak", "print",
    "bagikan", "share", "salin", "tautan", "copy", "link", "surat", "elektronik",
}  # fmt: skip
# Whole lines of web pages, without bullets and colons around them.
_FURNITURE = re.compile(
    r"(?:bagikan|share)(?: .*)?|klik untuk.*|memuat\.*|loading\.*|menyukai ini.*|suka memuat.*|(?:baca|lihat"
    r"|simak) juga\b.*"
    r"|baca selengkapnya.*|(?:artikel|berita|pos|post) (?:terkait|lainnya|sebelumnya|selanjutnya|berikutnya|terbaru"
    r"|terpopuler)"
    r"|terkait|terpopuler|navigasi pos|komentar(?: anda)?|\d+ komentar|beri(?:kan)? komentar.*|kirim komentar"
    r"|batalkan balasan|balas"
    r"|(?:alamat )?(?:email|e-mail|surel) anda.*|(?:ruas|bidang|kolom) yang wajib.*|simpan nama.*(?:peramban"
    r"|browser).*"
    r"|nama\s*\*|(?:email|surel)\s*\*|situs(?: web)?|website|(?:penulis|editor|reporter|pewarta|jurnalis|redaktur"
    r"|fotografer) ?:.*"
    r"|(?:sumber foto|tags?|label) ?:.*|advertisement|iklan|(?:scroll|gulir) .*|ikuti (?:kami|berita).*|(?:cek"
    r"|ikuti) .*google news.*"
    r"|copyright.*|hak cipta.*|©.*|all rights reserved.*|dilihat \d+.*|\d+ (?:views?|shares?|kali dibaca|dibaca).*"
    r"|home|beranda|menu|cari|search|(?:langsung|lewati) ke (?:isi|konten)|skip to content",
    re.IGNORECASE,
)
# From such a line on a page holds nothing but its comment form, or the heads of other articles.
_COMMENTS = re.compile(r"(?:tinggalkan|leave a) (?:balasan|komentar|reply|comment).*", re.IGNORECASE)
_OTHER_ARTICLES = re.compile(
    r"(?:artikel|berita|pos) (?:terkait|lainnya|terbaru|terpopuler)|terkait|terpopuler", re.IGNORECASE
)
_BYLINE = re.compile(r"\s*\((?:[A-Za-z]{1,5}(?:[/.][A-Za-z]{1,5})*)\)\s*$")
BULLET = re.compile(r"^\s*(?:[•●▪▫◦‣·∙○■□➢➤►▶✓✔*–—-]|\(?\d{1,2}[.)](?!\d)|\(?[a-zA-Z][.)])\s+")
_ENDED = re.compile(r"[.!?:;…][\"”’')\]]*\s*$")
_BEGINS_LOW = re.compile(r"^\s*[\"“(]?[a-z]")
_WRAPPED_WIDTH = (40, 130)  # of the middle line of a text whose lines were broken by a program
_WRAPPED_LINES = 4
_LABEL = re.compile(r"^\s*[A-Z][\w/. ]{1,24}\s?:\s")  # "Hari/tanggal : …" begins and is a line of its own
_CAPTION_SHARE = 0.85  # of its words that must stand elsewhere in the text
_CAPTION_WORDS = 8
MOST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text without page furniture, and the lines that were left out, as they stood."""

    text: str
    left_out: tuple[str, ...]


def article(text: str) -> CleanText:
    """Clean an article or minutes and join its lines, so that each line is a paragraph.

    A caption, a line between the title and the first sentence whose words nearly all stand elsewhere, is left out.
    """
    cleaned = clean(text)
    lines = join_lines(cleaned.text).splitlines()
    captions = _captions(lines)
    return CleanText("\n".join(line for line in lines if line not in captions), (*cleaned.left_out, *captions))


def clean(text: str) -> CleanText:
    """Drop what programs and web pages put around a text: senders, notices, share buttons, comment forms.

    A long line that stands twice is kept once. Empty lines stay as one: they end a paragraph.
    """
    kept: list[str] = []
    left: list[str] = []
    others = False
    lines = CHAT_HEAD.sub("", text).splitlines()
    for number, line in enumerate(lines):
        bare = BULLET.sub("", line).strip().strip("|").strip()
        if _COMMENTS.fullmatch(bare):
            left += [rest.strip() for rest in lines[number:] if rest.strip()]
            break
        others = others or bool(kept and _OTHER_ARTICLES.fullmatch(bare))
        if not bare:
            kept.append("")
        elif _furniture(bare) or (others and not _ENDED.search(bare)) or _repeats(line, kept):
            left.append(line.strip())
        else:
            kept.append(line.rstrip())
    return CleanText(_BYLINE.sub("", re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()), tuple(left))


def join_lines(text: str) -> str:
    """Join lines that a program broke within a sentence; each line is a paragraph then.

    A line goes on in the next where that begins in lower case, and, in a text whose lines are all about as short,
    wherever the line does not end a sentence. A bullet begins a line of its own, an empty line ends one.
    """
    lines = [line.strip() for line in text.splitlines()]
    lengths = sorted(len(line) for line in lines if line)
    middle = lengths[len(lengths) // 2] if lengths else 0
    wrapped = (
        len(lengths) >= _WRAPPED_LINES
        and _WRAPPED_WIDTH[0] <= middle <= _WRAPPED_WIDTH[1]
        and lengths[-1] <= _WRAPPED_WIDTH[1]
    )
    joined: list[str] = []
    before = ""
    for line in lines:
        goes_on = before and line and not BULLET.match(line) and not _ENDED.search(before)
        goes_on = goes_on and not _LABEL.match(line) and not _LABEL.match(before)
        if goes_on and (wrapped or _BEGINS_LOW.match(line)):
            joined[-1] += f" {line}"
        elif line:
            joined.append(line)
        before = line
    return "\n".join(joined)


def _furniture(bare: str) -> bool:
    stripped = bare.rstrip(" :")
    words = re.findall(r"[\w-]+", stripped.lower())
    only_social = bool(words) and set(words) <= _SOCIAL
    return only_social or bool(_FURNITURE.fullmatch(stripped) or _CHAT_NOTICE.search(bare))


def _repeats(line: str, kept: list[str]) -> bool:
    words = _words(line)
    return len(words) >= _CAPTION_WORDS and any(words == _words(other) for other in kept)


def _captions(lines: list[str]) -> list[str]:
    """Find captions: below the title, above the first line that ends as a sentence does."""
    head = next((number for number, line in enumerate(lines) if _ENDED.search(line)), 0)
    found = []
    for number in range(1, head):
        words = _words(lines[number])
        rest = {word for other, line in enumerate(lines) if other != number for word in _words(line)}
        if len(words) >= _CAPTION_WORDS and sum(word in rest for word in words) >= _CAPTION_SHARE * len(words):
            found.append(lines[number])
    return found


def _words(line: str) -> list[str]:
    return re.findall(r"\w+", line.lower())
