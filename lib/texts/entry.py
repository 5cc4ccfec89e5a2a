"""What the page for typing and pasting reports says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.indonesian import decimal, full_date, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

ENTRY_TITLE = "Catat"
TAB_TYPED = "Satu kejadian"
TAB_PASTED = "Tempel teks"
TAB_NIL = "Laporan nihil"
TAB_MEETINGS = "Catatan rapat"
NO_NOTES = "Belum ada catatan rapat. Tempel teks beritanya atau notulennya di “Tempel teks”."
NOTE_KINDS = "Yang ditampilkan"
NOTE_COLUMNS = {
    "held_on": "Rapat",
    "title": "Nama rapat",
    "kind": "Jenis",
    "text": "Isi",
    "day": "Hari",
    "category": "Kategori",
}
FORM_NAME = "formulir"
PASTE_NAME = "teks tempel"

DAY = "Hari kejadian"
CLOCK = "Jam (boleh kosong)"
PLACE = "Tempat"
PLACE_BY_POINT = "pilih tempat, atau tandai titik"
CATEGORY = "Kategori"
CATEGORY_CHOOSE = "Pilih kategori"
SEVERITY = "Keparahan"
SEVERITY_CHOOSE = "Pilih 1 sampai 5"
SOURCE = "Sumber"
SOURCE_HELP = "Kantor atau forum pelapor, misalnya Polsek, Panwascam, FKDM; bukan nama orang."
DESCRIPTION = "Uraian"
DESCRIPTION_HELP = (
    "Apa yang terjadi, tanpa nama orang, partai, agama, atau suku. NIK, nomor telepon, surel, dan akun disamarkan "
    "sebelum disimpan."
)
SAVE = "Simpan laporan"
WITH_POINT = "Tandai titik di peta"
WITH_POINT_HELP = "Tanpa peta halaman ini lebih ringan; kelurahan cukup bila titiknya tidak diketahui."
CLICK_A_POINT = "Klik tempat kejadian di peta."

PASTE_LABEL = "Teks laporan"
PASTE_READ = "Baca teks"
PASTE_HINT = "Tidak ada yang disimpan sebelum Anda memeriksa dan menekan Simpan."
PASTE_EXAMPLE = (
    "Izin melaporkan, Selasa 5 November 2024 pukul 19.30 WIB di Kelurahan … Kecamatan … telah terjadi perusakan "
    "baliho …"
)
PASTE_KIND = "Isi teks"
KIND_INCIDENT = "Kejadian"
KIND_MEETING = "Rapat atau arahan"
PASTE_KIND_HELP = "Teks rapat memberi tanggal, isu, dan tindak lanjut; tidak satu pun menjadi kejadian di peta."
NOTHING_READ = "Tidak ada yang terbaca dari teks ini. Catat sendiri di “Satu kejadian”."

NIL_PERIOD = "Masa yang nihil"
NIL_PLACE = "Wilayah"
NIL_SAVE = "Simpan laporan nihil"
NIL_MEANING = "Laporan nihil membedakan “sudah dipantau, tidak ada kejadian” dari “belum ada laporan”."
NIL_HALF_PERIOD = "Pilih hari pertama dan hari terakhir masa itu."

MEETING_TITLE = "Nama rapat"
MEETING_DAY = "Hari rapat"
MEETING_SAVE = "Simpan catatan rapat"
NOTHING_KEPT = "Tidak ada baris yang ditandai Simpan."
ITEM_KINDS = {"tanggal": "Tanggal", "isu": "Isu", "tindak_lanjut": "Tindak lanjut"}
ITEM_COLUMNS = {"keep": "Simpan", "kind": "Jenis", "text": "Isi", "day": "Hari", "category": "Kategori"}

_FIELDS = {
    "tanggal_kejadian": DAY,
    "jam": "Jam",
    "kategori": CATEGORY,
    "keparahan": SEVERITY,
    "sumber": SOURCE,
    "uraian": DESCRIPTION,
    "kode_kelurahan": PLACE,
    "kelurahan": PLACE,
    "kecamatan": PLACE,
    "lintang": "Titik",
    "bujur": "Titik",
    "tanggal_mulai": NIL_PERIOD,
    "tanggal_selesai": NIL_PERIOD,
    "judul": MEETING_TITLE,
    "tanggal": MEETING_DAY,
    "isi": ITEM_COLUMNS["text"],
}

DAY_OF_MESSAGE = "Hari kejadian tidak disebut; yang diisikan hari pesan dikirim."
NO_DAY = "Hari kejadian tidak ditemukan; isi sendiri."
DAY_BEFORE = "Hari dihitung dari “kemarin” atau “tadi malam”, sehari sebelum hari pesan; periksa."
DAY_IN_FUTURE = "Hari yang disebut belum tiba; mungkin ini rencana, bukan kejadian."
NO_CATEGORY = "Kategori tidak jelas atau lebih dari satu; pilih sendiri."
NO_PLACE = "Tempat tidak ditemukan; pilih sendiri dari daftar."
ONLY_DISTRICT = "Hanya kecamatan yang disebut: laporan tidak dihitung untuk satu kelurahan pun."
NO_MEETING_DAY = "Hari rapat tidak disebut; isi sendiri."


def weekday_contradicts(text: str) -> str:
    """Say that a weekday and its day do not belong together."""
    return f"“{text}”: nama hari dan tanggalnya tidak cocok, jadi tidak dipakai."


def several_days(days: Sequence[date]) -> str:
    """Say that a report names more than one day."""
    return "Beberapa hari disebut: " + "; ".join(full_date(day) for day in days) + ". Isi sendiri hari kejadiannya."


def unknown_place(name: str) -> str:
    """Say that a named kelurahan is not known."""
    return f"Kelurahan “{name}” tidak dikenal di wilayah ini; pilih sendiri."


def meeting_days_contradict(days: Sequence[date]) -> str:
    """Say that a text gives two days for one meeting."""
    return (
        "Tanggal bertentangan: rapat disebut pada "
        + " dan pada ".join(full_date(day) for day in days)
        + ". Tanyakan kepada pengirimnya; keduanya dicatat."
    )


def proposal_head(number: int, count: int) -> str:
    """Name one of several proposals."""
    return f"Usulan {number} dari {count}: periksa, lengkapi, lalu simpan"


def point(longitude: float, latitude: float) -> str:
    """Write a chosen point."""
    return f"Titik: lintang {decimal(latitude, 5)}, bujur {decimal(longitude, 5)}"


def whole_district(name: str) -> str:
    """Name a kecamatan as a place of its own."""
    return f"Kecamatan {name}, kelurahan tidak diketahui"


def whole_region(name: str) -> str:
    """Name the whole region as a place."""
    return f"seluruh {name}"


def to_be_filled(columns: Iterable[str]) -> str:
    """Say which fields must not stay empty."""
    return f"Isi dahulu: {', '.join(name for column, name in _FIELDS.items() if column in set(columns))}."


def fault(column: str, reason: str, hint: str) -> str:
    """Say what is wrong in one field of a form."""
    return f"{_FIELDS.get(column, column)}: {reason} {hint}"


def stored(import_id: str, *, accepted: int, duplicate: int) -> str:
    """Say what was stored, and how to take it back."""
    if not accepted:
        return f"Laporan yang sama sudah ada ({whole(duplicate)} duplikat); tidak ditambah."
    return f"{whole(accepted)} baris tersimpan sebagai impor {import_id}; dapat dibatalkan di halaman Impor."
