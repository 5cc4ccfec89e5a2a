"""What the page for typing and pasting reports says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.indonesian import decimal, full_date, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

ENTRY_TITLE = "Catat"
TAB_TYPED = "Satu kejadian"
TAB_PASTED = "Tempel teks"
TAB_NIL = "Laporan nihil"
TAB_MEETINGS = "Catatan rapat"
NOTES_OF_REGION = "Catatan rapat menyangkut seluruh wilayah; yang membacanya: analis dan penyetuju wilayah ini."
NO_NOTES = "Belum ada catatan rapat. Tempel teks beritanya atau notulennya di “Tempel teks”."
NOTE_KINDS = "Yang ditampilkan"
NOTE_COLUMNS = {
    "held_on": "Rapat",
    "title": "Nama rapat",
    "kind": "Jenis",
    "category": "Kategori",
    "text": "Isi",
    "day": "Hari",
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
NOTHING_READ = (
    "Tidak ada laporan yang terbaca: teks ini hanya salam, atau tidak menyebut kejadian maupun nihil. Tempel teks "
    "yang "
    "lain, atau catat sendiri di “Satu kejadian” atau “Laporan nihil”."
)
NOT_STORED = "Belum ada yang disimpan; perbaiki, lalu tekan Simpan lagi."

NIL_PERIOD = "Masa yang nihil"
NIL_PLACE = "Wilayah"
NIL_SAVE = "Simpan laporan nihil"
NIL_MEANING = "Laporan nihil membedakan “sudah dipantau, tidak ada kejadian” dari “belum ada laporan”."
NIL_HALF_PERIOD = "Pilih hari pertama dan hari terakhir masa itu."

MEETING_TITLE = "Nama rapat"
MEETING_TITLE_EXAMPLE = "misalnya Rakor Tim Terpadu"
MEETING_NEEDS_TITLE = (
    "Nama rapat belum diisi: tulis namanya di kotak “Nama rapat” di atas daftar, misalnya Rakor Tim Terpadu."
)
MEETING_NEEDS_DAY = "Hari rapat belum dipilih: isi kotak “Hari rapat” di atas daftar."
MEETING_DAY = "Hari rapat"
MEETING_SAVE = "Simpan catatan rapat"
NOTHING_KEPT = "Tidak ada baris yang ditandai Simpan: tandai sekurangnya satu baris di kolom “Simpan”."
ITEM_KINDS = {"tanggal": "Tanggal", "isu": "Isu", "tindak_lanjut": "Tindak lanjut"}
ITEM_COLUMNS = {
    "keep": "Simpan",
    "kind": "Jenis",
    "topic": "Topik",
    "category": "Kategori",
    "text": "Isi",
    "day": "Hari",
}
# How well topics were found when this was written; tests/lib/intake/test_meeting_text.py counts again.
TOPICS_OF_REPORTS, TOPICS_OF_HELD_OUT, FOUND_OF_HELD_OUT, RIGHT_OF_HELD_OUT = 36, 24, 18, 19
HOW_TOPICS_ARE_FOUND = (
    "Isu dicari dengan daftar kata, bukan dipahami. Pada lima berita rakor yang dipakai menyusun daftarnya semua isu "
    f"ditemukan ({TOPICS_OF_REPORTS} dari {TOPICS_OF_REPORTS}, tanpa isu keliru); pada lima teks karangan yang tidak "
    f"dipakai menyusunnya {FOUND_OF_HELD_OUT} dari {TOPICS_OF_HELD_OUT} isu, dan {FOUND_OF_HELD_OUT} dari "
    f"{RIGHT_OF_HELD_OUT} usulan benar. Jadi kira-kira satu dari empat isu terlewat: baca teksnya, dan tambahkan isu "
    "yang belum ada pada baris kosong di bawah daftar."
)
KIND_NAMES = {"incident": "Kejadian", "nil": "Nihil"}
LIST_COLUMNS = {
    "keep": "Simpan",
    "kind": "Jenis",
    "place": "Tempat",
    "start": "Dari hari",
    "day": "Hari",
    "category": "Kategori",
    "severity": "Keparahan",
    "text": "Uraian",
    "source": "Sumber",
    "clock": "Jam",
    "doubts": "Yang perlu diperiksa",
}
LIST_SAVE = "Simpan semua yang ditandai"
LIST_HELP = (
    "Daftar dibaca dengan pola, bukan dipahami: dari 54 baris dalam lima belas bentuk yang belum pernah dilihat "
    "program, "
    "38 langsung benar. "
    "Klik sel untuk memperbaiki; baris tanpa tanda Simpan tidak disimpan. Nihil memerlukan tempat, hari, dan sumber; "
    "kejadian "
    "memerlukan hari, kategori, dan keparahan. Keparahan: 1 informasi, 2 pelanggaran tanpa massa, 3 ketegangan, 4 "
    "kekerasan, "
    "5 korban jiwa."
)

_SHOWN = 140  # characters of a sentence that is quoted
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
SENDERS_PLACE = "Tempat tidak disebut; yang diisikan tempat kantor pengirimnya."
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


def meeting_days_contradict(sentences: Mapping[date, str]) -> str:
    """Say that a text gives several days for one meeting, each with its sentence."""
    told = "; ".join(f"{full_date(day)} (“{_end_of(sentence)}”)" for day, sentence in sentences.items())
    return (
        f"Tanggal bertentangan: teks menyebut {whole(len(sentences))} hari untuk satu rapat: {told}. "
        "Tidak dipilihkan; tanyakan kepada pengirimnya, lalu pilih sendiri. Semua hari itu ikut dicatat."
    )


def _end_of(sentence: str) -> str:
    """Give a sentence, of a long one its end: an article names the day of a meeting at the end of its first one."""
    return sentence if len(sentence) <= _SHOWN else f"… {sentence[-_SHOWN:].partition(' ')[2]}"


def year_taken(years: Sequence[int], *, in_text: bool) -> str:
    """Say in which year days without one were taken."""
    named = " atau ".join(map(str, years))
    if in_text:
        return f"Tanggal tanpa tahun dibaca sebagai tahun {named}, tahun yang disebut teks."
    return f"Teks tidak menyebut tahun; tanggal tanpa tahun dibaca sebagai tahun {named}. Periksa."


def not_reported(names: Sequence[str]) -> str:
    """Name the places of a list that have not reported: silence is no nil report."""
    return f"Belum melapor, jadi tidak diusulkan sebagai nihil: {', '.join(names)}."


def list_found(*, nil: int, incidents: int) -> str:
    """Count what was read of a list."""
    return f"Terbaca {whole(nil)} laporan nihil dan {whole(incidents)} kejadian. Periksa, perbaiki, lalu simpan."


def line_lacks(number: int, place: str, fields: Sequence[str]) -> str:
    """Say what a line of a list lacks."""
    named = f" ({place})" if place else ""
    return f"Baris {whole(number)}{named}: isi {', '.join(fields)}, atau hapus tanda Simpan."


def choose_meeting_day(days: Sequence[date]) -> str:
    """Ask for one of the days that a text gives for one meeting."""
    named = " dan ".join(full_date(day) for day in days)
    return f"Hari rapat belum dipilih: teks menyebut {named}; pilih yang benar di kotak “Hari rapat”."


def left_out(lines: Sequence[str]) -> str:
    """Say what was taken away from a text as belonging to its page."""
    return f"{whole(len(lines))} baris dibuang karena bagian dari halaman web, bukan dari beritanya: " + "; ".join(
        f"“{line}”" for line in lines
    )


def topic_and_text(topic: str, text: str) -> str:
    """Put an issue's name before the sentence that says so."""
    return f"{topic}: {text}" if topic else text


def notes_counted(counts: Mapping[str, int]) -> str:
    """Count the notes of meetings by kind."""
    return " · ".join(f"{whole(count)} {ITEM_KINDS[kind].lower()}" for kind, count in counts.items())


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


def stored(import_id: str, kind: str, *, accepted: int, duplicate: int) -> str:
    """Say what was stored, and how to take it back."""
    if not accepted:
        return f"Laporan yang sama sudah ada ({whole(duplicate)} duplikat); tidak ditambah."
    named = {"incident": " kejadian", "nil": " laporan nihil", "meeting": " catatan rapat"}.get(kind, "")
    return f"{whole(accepted)} baris{named} tersimpan sebagai impor {import_id}; dapat dibatalkan di halaman Impor."
