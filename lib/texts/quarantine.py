"""Why a line waits in quarantine, and how to mend it: one reason and one hint for each rule."""

from __future__ import annotations

_RULES: dict[str, tuple[str, str]] = {
    "required": ("Kolom ini wajib diisi, tetapi kosong.", "Isi kolomnya, lalu impor lagi."),
    "example": (
        "Baris ini baris contoh dari templat.",
        "Hapus baris contoh; id_sumber tidak boleh berawalan CONTOH.",
    ),
    "date": (
        "Tanggal tidak terbaca; kolom ini dibaca sebagai {facts}.",
        "Tulis seperti 2024-11-20 atau 20/11/2024, empat angka untuk tahun.",
    ),
    "reported_before": (
        "Tanggal laporan lebih awal daripada kejadiannya ({facts}).",
        "Periksa apakah kedua tanggal tertukar.",
    ),
    "future": ("Tanggal lebih baru daripada hari ini ({facts}).", "Periksa tahun dan urutan hari-bulan."),
    "past": ("Tanggal sebelum tahun 1998.", "Periksa tahunnya."),
    "time": ("Jam tidak terbaca.", "Tulis seperti 08:30 atau 08.30, atau kosongkan."),
    "category": (
        "Kategori tidak dikenal atau bermakna ganda.",
        "Pakai kode kategori dari templat, misalnya KEK, PU, atau HOAKS.",
    ),
    "severity": ("Keparahan harus angka 1 sampai 5.", "1 informasi; 5 korban jiwa atau tahapan terhenti."),
    "precision": ("Presisi tidak dikenal.", "Pilih titik, rt, kelurahan, atau kecamatan."),
    "verification": (
        "Status tidak dikenal.",
        "Pilih masuk, terverifikasi, ditolak, atau tidak_dapat_dipastikan.",
    ),
    "no_place": (
        "Tidak ada koordinat, kode kelurahan, atau nama kelurahan dan kecamatan.",
        "Isi salah satunya; kejadian tanpa tempat tidak dapat dipetakan.",
    ),
    "code_form": (
        "Kode kelurahan bukan 10 angka.",
        "Pakai kode Kemendagri seperti 14.72.01.1003; di Excel, format kolom sebagai teks.",
    ),
    "code_bps": (
        "Kode ini kode BPS (awalan {facts}), bukan kode Kemendagri.",
        "Pakai kode Kemendagri; kode BPS yang mirip dapat menunjuk daerah lain.",
    ),
    "code_elsewhere": ("Kode ini di luar wilayah {facts}.", "Periksa apakah baris ini milik daerah lain."),
    "code_unknown": (
        "Kode ini tidak ada di wilayah {facts}.",
        "Bandingkan dengan daftar kelurahan pada templat.",
    ),
    "code_name": (
        "Kode dan nama kelurahan tidak cocok: kode itu milik {facts}.",
        "Tentukan mana yang benar, kode atau nama.",
    ),
    "name_unknown": (
        "Nama kelurahan tidak ditemukan. Yang mirip: {facts}.",
        "Tulis nama resminya, atau isi kode kelurahan.",
    ),
    "name_ambiguous": (
        "Nama kelurahan ini dimiliki lebih dari satu: {facts}.",
        "Isi kecamatan atau kode kelurahan.",
    ),
    "district_unknown": (
        "Nama kecamatan tidak ditemukan. Yang mirip: {facts}.",
        "Tulis nama resminya, atau isi kode kelurahan.",
    ),
    "number": ("Bukan angka derajat.", "Tulis derajat desimal, misalnya 1.6844 atau 1,6844."),
    "half_coordinate": (
        "Hanya satu dari lintang dan bujur yang terisi.",
        "Isi keduanya, atau kosongkan keduanya.",
    ),
    "swapped": ("Lintang dan bujur tampak tertukar.", "Tukar isi kedua kolom."),
    "latitude_range": (
        "Lintang di luar Indonesia (−12 sampai 8).",
        "Periksa tanda minus dan letak koma.",
    ),
    "longitude_range": ("Bujur di luar Indonesia (94 sampai 142).", "Periksa letak koma."),
    "broken_line": (
        "Baris ini tidak dapat dibagi menurut judul kolom.",
        "Periksa tanda kutip dan jumlah pemisahnya.",
    ),
    "changed_since": (
        "Sudah ada di gudang data dengan isi lain (impor {facts}).",
        "Bila ini perbaikan, batalkan impor lama; bila kejadian lain, beri id_sumber lain.",
    ),
    "contradiction": (
        "Dua baris menyebut hal yang sama dengan isi berbeda (baris {facts}).",
        "Sisakan yang benar.",
    ),
    "election": ("Pemilihan tidak dikenal. Yang dikenal: {facts}.", "Pakai salah satu kode itu."),
    "station_number": ("Nomor TPS harus angka 1 sampai 999.", "Tulis seperti 007."),
    "count": ("Bukan bilangan bulat.", "Tulis tanpa titik ribuan, misalnya 312."),
    "too_many_voters": (
        "Jumlah pemilih melebihi batas {facts} per TPS.",
        "Periksa dpt_l dan dpt_p; batas menurut peraturan KPU untuk pemilihan ini.",
    ),
    "police_class": (
        "Kelas Polri tidak dikenal.",
        "Pilih kurang rawan, rawan, sangat rawan, atau khusus.",
    ),
    "yes_no": ("Isi indikator harus ya atau tidak.", "Kosongkan bila belum diketahui."),
}


def reason(rule: str, facts: str | None) -> str:
    """Word why a line was refused."""
    return _RULES[rule][0].format(facts=facts or "–")


def hint(rule: str) -> str:
    """Word how to mend a refused line."""
    return _RULES[rule][1]
