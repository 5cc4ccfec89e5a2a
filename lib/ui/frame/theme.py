"""The look of the app beyond Streamlit's own theme options, in the same colours."""

from dataclasses import asdict
from functools import cache
from json import dumps
from pathlib import Path
from typing import Final

import streamlit as st

from lib.output.html import render
from lib.output.palette import BAND, ON_BAND, palette

_ROOT: Final = Path(__file__).parents[3]
_STYLE_SHEETS: Final = (_ROOT / "static" / "app.css", _ROOT / "static" / "pages.css")

# What Streamlit writes in English and offers no option for: where it stands, and what is read instead.
# Matched by place, not by wording, so a changed sentence of a later Streamlit stays covered.
_BUILT_IN_DIALOG: Final = "[data-testid=stDialog] section:not(:has([data-testid=stVerticalBlock]))"
_OFFLINE_DIALOG: Final = f"body:has([data-testid=stConnectionStatus]) {_BUILT_IN_DIALOG}"
_INDONESIAN: Final = {
    "[data-testid=stSkipToContent]": "Langsung ke isi halaman",
    "[data-testid=stMainMenuItem-theme-System]": "Sistem",
    "[data-testid=stMainMenuItem-theme-Light]": "Terang",
    "[data-testid=stMainMenuItem-theme-Dark]": "Gelap",
    "[data-testid=stMainMenuItem-print] [data-testid=stMainMenuItemLabel]": "Cetak",
    "[data-testid=stStatusWidget] button": "Hentikan",
    "[data-testid=stConnectionStatus] label": "Menyambung",
    "[data-testid=stExceptionMessage]": (
        "Halaman ini gagal dibuat. Rinciannya tercatat di catatan server; sampaikan kepada pengelola."
    ),
    "[data-testid=stFileUploaderDropzone] > span button p": "Pilih berkas",
    "[data-testid=stFileUploaderDropzone] > div > span": "Lepaskan berkas di sini",
    "[data-testid=stTooltipErrorContent]": "Berkas ditolak: jenis atau ukurannya tidak sesuai",
    "[role=listbox] [data-key=__select_all__] > div": "Pilih semua",
    "[role=listbox][data-empty=true] [role=option] > span": "Tidak ada yang cocok",
    f"{_BUILT_IN_DIALOG} > h2": "Halaman tidak ditemukan",
    f"{_BUILT_IN_DIALOG} > h2 + div > div": "Alamat itu tidak ada. Yang ditampilkan adalah halaman awal.",
    f"{_OFFLINE_DIALOG} > h2": "Tidak tersambung ke server",
    f"{_OFFLINE_DIALOG} > h2 + div > div": "Server Petadini tidak menjawab. Periksa apakah masih berjalan.",
}
_UPLOAD_LIMIT: Final = "[data-testid=stFileUploaderDropzoneInstructions] span"


def apply_theme() -> None:
    """Put our style sheet into the page; call it on every run, before anything is drawn."""
    st.html(_style(int(st.get_option("server.maxUploadSize"))))


def band(text: str) -> None:
    """Draw the classification band along the top edge of the screen and of every printed page.

    It stays there while the page scrolls and lies above dialogs and full-screen tables. `text`: what the band says,
    for instance "TERBATAS · DATA SIMULASI".
    """
    st.html(render("band.html", text=text))


def projector() -> None:
    """Turn the page into a slide that fills the screen: no menu, no toolbar, nothing scrolls."""
    st.html('<span class="petadini-projector"></span>')


@cache
def _style(upload_limit_mb: int) -> str:
    """Write the style sheet with its colours and texts filled in.

    The outer tag is not decoration: only a text that is nothing but a style goes to a place that takes no
    room on the page.
    """
    colours = {
        name: f"light-dark({light}, {dark})"
        for (name, light), dark in zip(
            asdict(palette("light")).items(), asdict(palette("dark")).values(), strict=True
        )
    } | {"band": BAND, "on-band": ON_BAND, "band-height": "1.75rem", "replaced-size": "0.875rem"}
    # On the root, but resolved where they are used: Streamlit sets the colour scheme further in.
    variables = ":root { " + " ".join(f"--{name}: {value};" for name, value in colours.items()) + " }"
    texts = _INDONESIAN | {_UPLOAD_LIMIT: f"atau seret ke sini · maks. {upload_limit_mb} MB"}
    replacements = "\n".join(_replace(selector, text) for selector, text in texts.items())
    sheets = (sheet.read_text(encoding="utf-8") for sheet in _STYLE_SHEETS)
    return "\n".join(("<style>", variables, *sheets, replacements, "</style>"))


def _replace(selector: str, text: str) -> str:
    """Write the rules that show `text` in place of what `selector` contains.

    A style cannot change a text, only leave it no room; icons keep theirs, having a size of their own.
    """
    content = dumps(text, ensure_ascii=False)
    return (
        f"{selector} {{ font-size: 0 !important; line-height: 0; }} "
        f"{selector}::after {{ content: {content}; font-size: var(--replaced-size); line-height: 1.5; }}"
    )
