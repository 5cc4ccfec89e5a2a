"""What the page of imports asks where a file leaves something open, in place of the commands' options."""

from data.read import refusal as table
from geo import errors as boundary
from lib.texts.errors import filled, sentence

USE_HEADER = "Pakai baris ini"
HEADER_ROW = "Baris judul kolom"
NO_HEADS = "Berkas ini memang tanpa judul kolom"
USE_CRS = "Pakai sistem koordinat ini"
CHOOSE = "Pilih"
USE_FOR_ALL = "Pakai untuk semua baris"
BY_NAME = "Kodenya kode BPS: cocokkan menurut nama"

NO_ELECTION = "Berkas “{file}” tidak menyebut pemilihannya. Pilih:"

_QUESTIONS: dict[type[Exception], str] = {
    table.AmbiguousDatesError: (
        "Kolom {column} tidak menunjukkan urutan tanggalnya: “{example}” dapat berarti "
        "{day_first:date} atau {month_first:date}. Tanyakan kepada pengirimnya, lalu pilih:"
    ),
    table.ChooseSheetError: "Berkas “{file}” memuat beberapa lembar yang berisi. Pilih yang akan dibaca:",
    table.NoHeaderError: (
        "Berkas “{file}” tampaknya tidak memiliki judul kolom; baris pertamanya “{example}”. Sebutkan "
        "nomor baris judulnya, atau nyatakan bahwa memang tidak ada:"
    ),
    table.MissingColumnsError: (
        "Berkas “{file}” tidak memiliki kolom {columns:commas}. Pilih di bawah ini kolom berkas "
        "yang berisi hal itu, pilih satu nilai untuk semua baris bila ditawarkan, atau pakai templat."
    ),
    table.NamesDisagreeError: (
        "Hanya {agreeing} dari {compared} kode kelurahan yang namanya cocok ("
        "{examples:examples}"
        "). Kemungkinan besar kodenya dari sistem atau edisi lain, jadi tidak disambungkan."
    ),
    boundary.SeveralLayersError: "Berkas “{file}” memuat beberapa lapisan. Pilih yang akan dibaca:",
    boundary.NoCrsError: (
        "Berkas “{file}” tidak menyebut sistem koordinatnya, dan angkanya bukan derajat di Indonesia. Isi "
        "“Sistem koordinat”, atau sertakan berkas .prj."
    ),
}


def refused(error: Exception) -> str:
    """Word why a file is not read yet: as a question where the page can settle it."""
    if isinstance(error, table.MissingColumnsError) and error.columns == ["pemilihan"]:
        return filled(NO_ELECTION, error)
    asked = _QUESTIONS.get(type(error))
    return filled(asked, error) if asked else sentence(error)


def for_all_rows(column: str) -> str:
    """Ask for the one value that a column has in all rows."""
    return f"{column.capitalize()} untuk semua baris"


def looks_like(kind: str) -> str:
    """Say that a file seems to be of another kind; `kind` as the page calls it."""
    return f"Isinya tampak seperti berkas “{kind}”, bukan jenis yang dipilih di atas."


def read_as(kind: str) -> str:
    """Offer to read a file as another kind."""
    return f"Baca sebagai “{kind}”"
