"""What the page of imports asks where a file leaves something open, in place of the commands' options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lib.indonesian import long_date
from lib.rules.words import listed
from lib.texts.errors import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

USE_HEADER = "Pakai baris ini"
HEADER_ROW = "Baris judul kolom"
NO_HEADS = "Berkas ini memang tanpa judul kolom"
USE_CRS = "Pakai sistem koordinat ini"
CHOOSE = "Pilih"
USE_FOR_ALL = "Pakai untuk semua baris"
BY_NAME = "Kodenya kode BPS: cocokkan menurut nama"

_TABLE: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "ambiguous_dates": lambda f: (
        f"Kolom {f['column']} tidak menunjukkan urutan tanggalnya: “{f['example']}” dapat berarti "
        f"{long_date(f['day_first'])} atau {long_date(f['month_first'])}. Tanyakan kepada pengirimnya, lalu pilih:"
    ),
    "choose_sheet": lambda f: f"Berkas “{f['file']}” memuat beberapa lembar yang berisi. Pilih yang akan dibaca:",
    "no_header": lambda f: (
        f"Berkas “{f['file']}” tampaknya tidak memiliki judul kolom; baris pertamanya “{f['example']}”. Sebutkan "
        "nomor baris judulnya, atau nyatakan bahwa memang tidak ada:"
    ),
    "missing_columns": lambda f: (
        f"Berkas “{f['file']}” tidak menyebut pemilihannya. Pilih:"
        if f["columns"] == ["pemilihan"]
        else f"Berkas “{f['file']}” tidak memiliki kolom {listed(f['columns'])}. Pilih di bawah ini kolom berkas "
        "yang berisi hal itu, pilih satu nilai untuk semua baris bila ditawarkan, atau pakai templat."
    ),
    "names_disagree": lambda f: (
        f"Hanya {f['agreeing']} dari {f['compared']} kode kelurahan yang namanya cocok ("
        + "; ".join(f"{code} tertulis “{found}”, mestinya {known}" for code, found, known in f["examples"])
        + "). Kemungkinan besar kodenya dari sistem atau edisi lain, jadi tidak disambungkan."
    ),
}
_PLACES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "several_layers": lambda f: f"Berkas “{f['file']}” memuat beberapa lapisan. Pilih yang akan dibaca:",
    "no_crs": lambda f: (
        f"Berkas “{f['file']}” tidak menyebut sistem koordinatnya, dan angkanya bukan derajat di Indonesia. Isi "
        "“Sistem koordinat”, atau sertakan berkas .prj."
    ),
}
_BY_CLASS = {"TableError": _TABLE, "BoundaryError": _PLACES}


def refused(error: Exception) -> str:
    """Word why a file is not read yet: as a question where the page can settle it."""
    asked = _BY_CLASS.get(type(error).__name__, {}).get(getattr(error, "code", ""))
    return asked(getattr(error, "facts", {})) if asked else sentence(error)


def for_all_rows(column: str) -> str:
    """Ask for the one value that a column has in all rows."""
    return f"{column.capitalize()} untuk semua baris"


def looks_like(kind: str) -> str:
    """Say that a file seems to be of another kind; `kind` as the page calls it."""
    return f"Isinya tampak seperti berkas “{kind}”, bukan jenis yang dipilih di atas."


def read_as(kind: str) -> str:
    """Offer to read a file as another kind."""
    return f"Baca sebagai “{kind}”"
