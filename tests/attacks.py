"""Texts that attack whoever reads, shows, writes or opens them, and the signs by which their effect is seen."""

from __future__ import annotations

import re
from html.parser import HTMLParser

HOST = "jahat.example"
NIK, PHONE, HANDLE = "1472010101900001", "081234567890", "@akun_rahasia"
PERSONAL = f"NIK {NIK}, telepon {PHONE}, {HANDLE}, Sdr. Wiro Sableng"
SECRETS = (NIK, PHONE, HANDLE, "Wiro")
# By what they attack. Each is one line, so that it fits into any cell, name or form.
ATTACKS = {
    "tag": f"<script src='http://{HOST}/a.js'>alert('kena')</script>",
    "gambar": f"\"><img src=http://{HOST}/b.png onerror=alert('kena')>",
    "svg": "'><svg onload=alert('kena')><b id=kena>",
    "komentar": "--><style>*{display:none}</style><!--",
    "tautan": "[klik](javascript:alert('kena'))",
    "tautan luar": f"[klik](http://{HOST}/c) http://{HOST}/d www.{HOST}",
    "gambar markdown": f"![x](http://{HOST}/e.png)",
    "rumus": "=cmd|'/c calc'!A0",
    "rumus lebar": '\uff1dHYPERLINK("http://jahat.example")',
    "rumus tersembunyi": "\u200b =1+1;=2+2",
    "rumus plus": "+1+1",
    "rumus akun": "@SUM(1+1)",
    "sql": "'; DROP TABLE incident; --",
    "sql tutup": "\"') OR 1=1 /* $1 ?",
    "kurung": "{{ 1234567 * 3 }}{% raw %}{# x #}${1234567*3}",
    "format": "{0} {x.__class__.__mro__} %s %(x)s %{y}",
    "latex": r"$\frac{kena}{kena}$ $$x$$",
    "ikon": ":material/delete: :red[kena] :smile: :blue-badge[kena]",
    "judul": "# kena **kena** `kena` ~~kena~~ | kena | > kena",
    "arah": "aman\u202egnp.exe\u2066x\u2069",
    "lebar nol": "ke\u200bna\u2060 \ufeffaman\u00ad",
    "terminal": "\x1b[31mkena\x1b[0m\x1b]0;kena\x07\x9b2J",
    "ganti baris": "aman\u2028=1+1\x85kena",
    "pribadi": PERSONAL,
}
FILE_NAMES = (
    "../../keluar.csv",
    "/etc/keluar.csv",
    "..",
    "CON.csv",
    f"<img src=http:{HOST} onerror=alert(1)>.csv",
    "=1+1.csv",
    "'; DROP TABLE incident; --.csv",
    "{{ 1234567 * 3 }} {0}.csv",
    "lap\u202evsc.exe",
    "\x1b[31mkena.csv",
    f"NIK {NIK} hp {PHONE}.csv",
    "a" * 240 + ".csv",
    "nol\0.csv",
)
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


_ABROAD = re.compile(r"\s*(?:https?:)?//|\s*javascript:", re.IGNORECASE)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        hostile = {name: value for name, value in attrs if name.startswith("on") or _ABROAD.match(value or "")}
        drawn = tag == "img" and str(dict(attrs).get("src")).startswith("data:image/")
        if (tag in {"script", "img", "iframe", "object"} and not drawn) or hostile:
            self.found.append(f"<{tag} {attrs}>")
        if ("id", "kena") in attrs:
            self.found.append("id=kena")


def effects_of_html(text: str) -> list[str]:
    """List the elements and attributes of attacks that a browser would carry out."""
    tags = _Tags()
    tags.feed(text)
    return tags.found + ["3703701"] * ("3703701" in text)


_SPECIAL = re.compile(r"(?<!\\)(?:!?\[[^\]]*\]\(|:material/|:(?:red|blue-badge)\[|\$\\|\$\$|`kena|~~kena|\*\*kena)")
_LINK = re.compile(rf"(?:http://|www\.){re.escape(HOST)}")


def effects_of_markdown(text: str) -> list[str]:
    """List what Streamlit's markdown would take for markup of an attack."""
    return _SPECIAL.findall(text) + _LINK.findall(text.replace("\\", ""))


def secrets_in(text: str) -> list[str]:
    """List what identifies a person in a text."""
    return [secret for secret in SECRETS if secret in text]
