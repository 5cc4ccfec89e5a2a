"""Why a line waits in quarantine, and how to mend it: one reason and one hint for each rule."""

from datetime import date

from lib.indonesian import long_date

_RULES: dict[str, tuple[str, str]] = {
    "required": ("Kolom ini wajib diisi, tetapi kosong.", "Isi kolomnya, lalu impor lagi."),
    "example": (
        "Baris ini baris contoh dari templat.",
        "Hapus baris contoh; id_sumber tidak boleh berawalan CONTOH.",
    ),
    "date": (
        "Tanggal tidak terbaca; kolom ini dibaca sebagai {facts}.",
        "Tulis seperti 2024-11-20 atau 20/11/2024; bila tahunnya tidak tertulis, sebutkan dengan --tahun.",
    ),
    "weekday": (
        "Hari dan tanggal bertentangan: {facts}.",
        "Tanyakan mana yang benar, hari atau tanggalnya; lalu tulis tanggalnya saja.",
    ),
    "two_dates": (
        "Sel ini memuat lebih dari satu tanggal.",
        "Satu baris untuk satu hari: pisahkan menjadi beberapa baris, masing-masing dengan satu tanggal.",
    ),
    "period": (
        "Tanggal selesai lebih awal daripada tanggal mulai ({facts}).",
        "Periksa apakah kedua tanggal tertukar.",
    ),
    "item_kind": ("Jenis catatan tidak dikenal.", "Pilih tanggal, isu, atau tindak_lanjut."),
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
    "precision": ("Presisi tidak dikenal.", "Pilih titik, rt, kelurahan, kecamatan, atau kabupaten."),
    "verification": (
        "Status tidak dikenal.",
        "Pilih masuk, terverifikasi, ditolak, tidak_dapat_dipastikan, ditangani, atau selesai.",
    ),
    "no_place": (
        "Tidak ada koordinat, kode kelurahan, atau nama kelurahan dan kecamatan.",
        "Isi salah satunya; kejadian tanpa tempat tidak dapat dipetakan.",
    ),
    "code_form": (
        "Kode kelurahan bukan 10 angka.",
        "Pakai kode Kemendagri seperti 14.72.01.1003; di Excel, format kolom sebagai teks.",
    ),
    "code_scientific": (
        "Kode ini sudah dibulatkan Excel ({facts}); angka aslinya hilang.",
        "Minta kode aslinya dari pengirim; di Excel, format kolom sebagai teks sebelum mengisi.",
    ),
    "code_bps": (
        "Kode ini kode BPS (awalan {facts}), bukan kode Kemendagri.",
        "Pakai kode Kemendagri; kode BPS yang mirip dapat menunjuk daerah lain.",
    ),
    "code_elsewhere": ("Kode ini di luar wilayah {facts}.", "Periksa apakah baris ini milik daerah lain."),
    "code_unknown": ("Kode ini tidak ada di wilayah {facts}.", "Bandingkan dengan daftar kelurahan pada templat."),
    "code_name": (
        "Kode dan nama kelurahan tidak cocok: kode itu milik {facts}.",
        "Tentukan mana yang benar, kode atau nama.",
    ),
    "name_unknown": (
        "Nama kelurahan tidak ditemukan. Yang mirip: {facts}.",
        "Tulis nama resminya, atau isi kode kelurahan.",
    ),
    "name_question": (
        "Nama ini hanya mirip dengan {facts}.",
        "Bila memang tempat itu, jawab “ya, sama” saat mengimpor, atau isi kode kelurahan.",
    ),
    "name_ambiguous": (
        "Nama kelurahan ini dapat berarti lebih dari satu: {facts}.",
        "Isi kecamatan atau kode kelurahan.",
    ),
    "district_unknown": (
        "Nama kecamatan tidak ditemukan. Yang mirip: {facts}.",
        "Tulis nama resminya, atau isi kode kelurahan.",
    ),
    "number": (
        "Bukan angka derajat, atau tanda desimalnya lain daripada isi kolom selebihnya.",
        "Tulis derajat desimal dengan satu cara untuk seluruh kolom, misalnya 1.6844.",
    ),
    "rounded": (
        "Koordinat ini sudah dibulatkan menjadi notasi pangkat; angka aslinya hilang.",
        "Ambil lagi dari sumbernya; di Excel, format kolom sebagai teks sebelum mengisi.",
    ),
    "one_cell": (
        "Lintang dan bujur tertulis dalam satu sel.",
        "Pisahkan ke dua kolom, atau izinkan perbaikan kolom saat mengimpor.",
    ),
    "zero": (
        "Lintang dan bujur 0: itu penanda kosong, bukan tempat.",
        "Kosongkan keduanya, atau isi koordinat yang benar.",
    ),
    "minus": ("Tanda minus lintang tampak keliru; yang cocok dengan wilayah: {facts}.", "Periksa lintangnya."),
    "scaled": (
        "Letak koma koordinat tampak keliru; yang cocok dengan wilayah: {facts}.",
        "Periksa letak koma atau titik desimalnya.",
    ),
    "far_away": (
        "Titik ini {facts} km di luar wilayah.",
        "Periksa koordinatnya, atau impor baris ini ke wilayahnya sendiri.",
    ),
    "half_coordinate": ("Hanya satu dari lintang dan bujur yang terisi.", "Isi keduanya, atau kosongkan keduanya."),
    "swapped": ("Lintang dan bujur tampak tertukar.", "Tukar isi kedua kolom."),
    "latitude_range": ("Lintang di luar Indonesia (−12 sampai 8).", "Periksa tanda minus dan letak koma."),
    "longitude_range": ("Bujur di luar Indonesia (94 sampai 142).", "Periksa letak koma."),
    "broken_line": (
        "Baris ini tidak dapat dibagi menurut judul kolom.",
        "Periksa tanda kutip dan jumlah pemisahnya.",
    ),
    "changed_since": (
        "Sudah ada di gudang data dengan isi lain (impor {facts}).",
        "Bila ini perbaikan, batalkan impor lama; bila kejadian lain, beri id_sumber lain.",
    ),
    "contradiction": ("Dua baris menyebut hal yang sama dengan isi berbeda (baris {facts}).", "Sisakan yang benar."),
    "election": ("Pemilihan tidak dikenal. Yang dikenal: {facts}.", "Pakai salah satu kode itu."),
    "station_number": ("Nomor TPS harus angka 1 sampai 999.", "Tulis seperti 007."),
    "station_unknown": (
        "TPS ini tidak ada dalam daftar TPS kelurahannya (yang dikenal: {facts}).",
        "Periksa nomornya; TPS baru diimpor dulu dari daftar TPS, tanpa indikator.",
    ),
    "count": (
        "Bukan bilangan bulat, atau tanda ribuannya lain daripada isi kolom selebihnya.",
        "Tulis dengan satu cara untuk seluruh kolom, misalnya 312.",
    ),
    "sum_of_voters": (
        "Jumlah laki-laki dan perempuan ({facts}) tidak sama dengan kolom dpt.",
        "Periksa dpt_l, dpt_p, dan dpt; angka berita sering salah salin.",
    ),
    "too_many_voters": (
        "Jumlah pemilih melebihi batas {facts} per TPS.",
        "Periksa dpt_l, dpt_p, dan dpt; batas menurut peraturan KPU untuk pemilihan ini.",
    ),
    "police_class": ("Kelas Polri tidak dikenal.", "Pilih kurang rawan, rawan, sangat rawan, atau khusus."),
    "example_row": ("Baris ini baris contoh dari templat.", "Hapus baris contoh, lalu impor lagi."),
    "class_word": (
        "Kelas tidak dikenal.",
        "Tulis rendah, sedang, tinggi, atau kurang rawan, rawan, sangat rawan, khusus.",
    ),
    "class_number": (
        "Kelas tertulis sebagai angka. Skala angka tiap lembaga berbeda menurut edisi dan tidak dapat dibandingkan.",
        "Tulis tingkatnya dengan kata, seperti yang diumumkan lembaga itu untuk edisi tersebut.",
    ),
    "indicator": (
        "Indikator tidak ada dalam daftar bobot. Yang dikenal: {facts}.",
        "Pakai kode atau nama dari lembar “indikator” pada templat; indikator baru ditambahkan dulu pada bobot.",
    ),
    "decimal": (
        "Bukan angka, atau tanda desimalnya lain daripada isi kolom selebihnya.",
        "Tulis dengan satu cara untuk seluruh kolom, misalnya 2,5, tanpa satuan.",
    ),
    "indicator_range": (
        "Nilai di luar kisaran yang masuk akal untuk indikator ini ({facts}).",
        "Periksa letak koma dan satuannya.",
    ),
    "yes_no": ("Isi indikator harus ya atau tidak.", "Kosongkan bila belum diketahui."),
}


_NOTHING_ALIKE = " Yang mirip: {facts}."
_WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def reason(rule: str, facts: str | None) -> str:
    """Word why a line was refused."""
    worded = _weekday(facts) if rule == "weekday" and facts else facts
    text = _RULES[rule][0] if worded else _RULES[rule][0].replace(_NOTHING_ALIKE, "")
    return text.format(facts=worded or "–")


def _weekday(facts: str) -> str:
    """Word a contradiction: day, stated weekday, year and day that would fit it or a dash."""
    day_text, stated, year, other = facts.split()
    day = date.fromisoformat(day_text)
    said = f"tertulis {_WEEKDAYS[int(stated)]}, padahal {long_date(day)} hari {_WEEKDAYS[day.weekday()]}"
    if other != "-":
        return f"{said}; {long_date(date.fromisoformat(other))} cocok"
    return said if year == "-" else f"{said}; dengan tahun {year} cocok"


def hint(rule: str) -> str:
    """Word how to mend a refused line."""
    return _RULES[rule][1]
