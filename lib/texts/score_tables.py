"""Heads and words of tables, templates and files."""

from lib.indonesian import decimal

SIMULATED_MARK = "DATA SIMULASI"

# Of heads that several kinds of rows have; a kind says the rest itself.
TEMPLATE_NOTES = {
    "tanggal": "Wajib. Hari rapat, penilaian, atau pengamatan.",
    "tanggal_laporan": "Tanggal laporan diterima; boleh kosong.",
    "kategori": "Wajib. Kode atau nama pada lembar “kategori”.",
    "kode_kelurahan": "Kode Kemendagri 10 angka, sebagai teks.",
    "kelurahan": "Nama resmi; wajib bila kode kosong.",
    "kecamatan": "Nama resmi.",
    "lintang": "Derajat desimal, selatan minus.",
    "bujur": "Derajat desimal.",
    "sumber": "Kantor pelapor, misalnya Polsek atau Panwascam; bukan nama orang.",
}
QUARANTINE_NOTES = (
    "Perbaiki sel yang diwarnai, lalu impor berkas ini: baris yang benar keluar dari karantina.",
    "Kolom alasan dan saran boleh dibiarkan; asal_impor dan asal_baris jangan diubah.",
)
QUARANTINE_HEADS = ("alasan", "saran", "asal_impor", "asal_baris")
TEMPLATE_DATA_SHEET = "data"
TEMPLATE_NOTES_SHEET = "petunjuk"
TEMPLATE_CATEGORY_SHEET = "kategori"
TEMPLATE_INDICATOR_NOTE = "ya, tidak, atau kosong bila belum diketahui: {text}"
TEMPLATE_EXAMPLE_NOTE = "Baris kedua pada lembar “data” adalah contoh: hapus sebelum mengisi."
TEMPLATE_HEAD = ("kolom", "petunjuk")
TEMPLATE_INDICATOR_SHEET = "indikator"
TEMPLATE_INDICATOR_HEAD = ("kode", "nama", "kisaran yang diterima")
TEMPLATE_CATEGORY_HEAD = ("kode", "nama", "contoh sebutan lain")


def value_range(least: float, most: float) -> str:
    """Say between which values a number is taken."""
    return f"{_plain(least)} sampai {_plain(most)}"


def _plain(value: float) -> str:
    return decimal(value, 0 if value == round(value) else 2)
