"""Heads and words of tables, templates and files."""

from lib.indonesian import decimal

SIMULATED_MARK = "DATA SIMULASI"
KINDS = {
    "area": "batas",
    "station": "TPS",
    "incident": "kejadian",
    "nil": "laporan nihil",
    "meeting": "catatan rapat",
    "class": "kelas lembaga",
    "indicator": "indikator",
}

TEMPLATE_NOTES = {
    "id_sumber": "Nomor laporan di kantor pengirim; boleh kosong.",
    "tanggal_kejadian": "Wajib. 2024-11-20 atau 20/11/2024.",
    "jam": "08:30; boleh kosong.",
    "tanggal_laporan": "Tanggal laporan diterima; boleh kosong.",
    "kategori": "Wajib. Kode atau nama pada lembar “kategori”.",
    "keparahan": "Wajib. 1 informasi; 2 pelanggaran tanpa massa; 3 ketegangan atau massa tanpa kekerasan; "
    "4 kekerasan atau perusakan; 5 korban jiwa atau tahapan terhenti.",
    "uraian": "Tanpa nama orang, NIK, nomor telepon, partai, agama, atau suku.",
    "kode_kelurahan": "Kode Kemendagri 10 angka, sebagai teks.",
    "kelurahan": "Nama resmi; wajib bila kode kosong.",
    "kecamatan": "Nama resmi.",
    "lintang": "Derajat desimal, selatan minus.",
    "bujur": "Derajat desimal.",
    "presisi": "titik, rt, kelurahan, kecamatan, atau kabupaten (hanya diketahui kabupaten/kotanya).",
    "sumber": "Kantor pelapor, misalnya Polsek atau Panwascam; bukan nama orang.",
    "status": "masuk, terverifikasi, ditolak, tidak_dapat_dipastikan, ditangani, atau selesai.",
    "pemilihan": "Wajib. Kode pemilihan, misalnya pilkada-2024.",
    "no_tps": "Wajib. Tiga angka, misalnya 007.",
    "lokasi": "Nama bangunan atau tempat umum.",
    "dpt_l": "Pemilih laki-laki.",
    "dpt_p": "Pemilih perempuan.",
    "dpt": "Jumlah keduanya; bila terisi harus sama dengan dpt_l + dpt_p.",
    "tanggal_mulai": "Wajib. Hari pertama masa yang dilaporkan nihil.",
    "tanggal_selesai": "Hari terakhirnya; kosong berarti satu hari.",
    "tanggal": "Wajib. Hari rapat, penilaian, atau pengamatan.",
    "judul": "Nama rapat.",
    "jenis": "tanggal, isu, atau tindak_lanjut.",
    "hari": "Hari yang disebut.",
    "isi": "Wajib. Isi catatan, tanpa nama orang.",
    "lembaga": "Wajib. Yang menilai, misalnya Bawaslu, Polres, atau KPU; bukan nama orang.",
    "edisi": "Wajib. Edisi daftarnya, misalnya Pilkada 2024; kelas hanya bermakna dalam edisinya.",
    "kelas": "Wajib, dengan kata: rendah, sedang, tinggi; atau kurang rawan, rawan, sangat rawan, khusus.",
    "alasan_kelas": "Alasan lembaga itu, tanpa nama orang; boleh kosong.",
    "indikator": "Wajib. Kode atau nama pada lembar “indikator”; yang lain ditolak.",
    "nilai": "Wajib. Angka tanpa satuan, misalnya 2,5.",
    "asal_impor": "Jangan diubah: nomor impor asal baris karantina.",
    "asal_baris": "Jangan diubah: nomor baris di berkas asal.",
    "kelas_polri": "kurang rawan, rawan, sangat rawan, atau khusus; boleh kosong.",
}
NIL_NOTE = (
    "Satu baris untuk satu sumber dan satu masa tanpa kejadian; tanpa kelurahan dan kecamatan: seluruh wilayah."
)
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
