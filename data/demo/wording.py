"""Indonesian sentences and building names for simulated rows: no person, party, faith or people."""

MARK = "(simulasi)"

PLACES = (
    "di jalan protokol",
    "di sekitar pasar",
    "di dekat lapangan",
    "di lingkungan permukiman",
    "di sekitar terminal",
    "di tepi jalan utama",
    "di dekat balai warga",
    "di simpang jalan",
    "di sekitar kantor kelurahan atau desa",
)

SENTENCES: dict[str, tuple[str, ...]] = {
    "NET-ASN": (
        "Dugaan aparatur sipil negara hadir dalam kegiatan kampanye {place}",
        "Dugaan unggahan keberpihakan aparatur sipil negara di media sosial dicatat",
        "Dugaan pemakaian kendaraan dinas untuk kampanye {place} dilaporkan",
    ),
    "NET-TP": (
        "Dugaan ketidaknetralan anggota aparat keamanan {place} diteruskan ke atasannya",
        "Foto berpose tangan anggota aparat beredar dan sedang diklarifikasi",
    ),
    "NET-KDS": (
        "Dugaan perangkat kelurahan atau desa ikut kegiatan kampanye {place}",
        "Ajakan memilih dari perangkat kelurahan atau desa {place} dilaporkan warga",
    ),
    "NET-PNY": (
        "Dugaan keberpihakan petugas penyelenggara {place} dilaporkan",
        "Petugas penyelenggara terlihat di posko kampanye {place} dan sedang diklarifikasi",
    ),
    "PU": (
        "Dugaan pembagian uang atau barang kepada warga {place} dilaporkan",
        "Dugaan pembagian paket sembako menjelang pemungutan suara {place}",
        "Informasi rencana pembagian amplop {place} diterima petugas",
    ),
    "HOAKS": (
        "Kabar tidak benar tentang tahapan pemilihan beredar di grup percakapan",
        "Pesan berantai tentang pemindahan TPS {place} dinyatakan tidak benar",
        "Video lama diunggah ulang seolah-olah kejadian baru {place}",
    ),
    "KH": (
        "Selebaran berisi tuduhan tanpa dasar ditemukan {place}",
        "Spanduk bernada fitnah {place} diturunkan petugas",
    ),
    "UK-SARA": (
        "Dugaan ujaran kebencian di media sosial dicatat dan dilaporkan",
        "Dugaan hasutan kebencian dalam selebaran {place} sedang diperiksa",
    ),
    "APK": (
        "Pemasangan alat peraga {place} dilaporkan warga",
        "Alat peraga dipaku di pohon {place}",
        "Baliho menutup rambu lalu lintas {place} dan ditertibkan petugas",
        "Alat peraga di fasilitas umum {place} dicatat untuk ditertibkan",
    ),
    "KT": (
        "Kampanye di tempat terlarang {place} dilaporkan",
        "Pembagian bahan kampanye di lingkungan sekolah {place} dilaporkan",
    ),
    "KLJ": (
        "Kegiatan kampanye di luar jadwal {place} dilaporkan",
        "Ajakan memilih pada masa tenang {place} dilaporkan",
    ),
    "INT": (
        "Dugaan ancaman kepada petugas pemilihan {place} dilaporkan",
        "Warga melaporkan tekanan untuk menentukan pilihan {place}",
        "Petugas pendaftaran pemilih dihalangi saat bertugas {place}",
    ),
    "KEK": (
        "Perkelahian antarkelompok pendukung {place} dilerai petugas",
        "Dugaan pemukulan setelah kegiatan kampanye {place} ditangani petugas",
        "Saling lempar antarkelompok {place} dibubarkan petugas",
    ),
    "RUS": (
        "Perusakan alat peraga {place} dilaporkan",
        "Perusakan posko {place} ditangani petugas",
        "Pembakaran spanduk {place} dipadamkan warga",
    ),
    "UNR": (
        "Unjuk rasa {place} berlangsung dalam pengawalan petugas",
        "Aksi massa menuntut penjelasan penyelenggara {place}",
        "Rencana unjuk rasa {place} diberitahukan kepada petugas",
    ),
    "KRM": ("Konvoi kendaraan {place} mengganggu lalu lintas", "Kerumunan massa pendukung {place} dipantau petugas"),
    "PNL": (
        "Sekelompok warga menyatakan menolak pemungutan suara {place}",
        "Seruan tidak memilih karena keluhan layanan {place} dicatat petugas",
        "Keberatan atas hasil penghitungan {place} disampaikan kepada petugas",
    ),
    "SGK": (
        "Keberatan atas keputusan penyelenggara disampaikan {place}",
        "Permintaan pemungutan suara ulang disampaikan {place}",
    ),
    "DPT": (
        "Warga memenuhi syarat belum tercatat dalam daftar pemilih {place}",
        "Data pemilih ganda {place} dilaporkan petugas",
        "Pemilih yang sudah pindah masih tercatat {place}",
    ),
    "LOG": (
        "Kekurangan surat suara {place} dilaporkan",
        "Kotak suara rusak {place} dilaporkan petugas",
        "Pengiriman logistik ke TPS {place} terlambat",
    ),
    "CUA": (
        "Genangan air {place} menghambat akses ke lokasi TPS",
        "Angin kencang merusak tenda {place}",
        "Banjir rob {place} dipantau petugas",
    ),
    "KSH": (
        "Petugas pemilihan dirawat karena kelelahan {place}",
        "Pemeriksaan kesehatan petugas {place} menemukan yang perlu istirahat",
    ),
    "JAR": ("Listrik padam {place} menghambat pekerjaan petugas", "Jaringan internet terganggu {place}"),
    "SDA": (
        "Keberatan warga atas rencana penggunaan lahan {place} disampaikan",
        "Perselisihan batas lahan usaha {place} dimediasi petugas",
    ),
    "BTS": (
        "Perbedaan pendapat tentang batas wilayah {place} disampaikan warga",
        "Patok batas wilayah {place} dilaporkan bergeser",
    ),
    "LAIN": (
        "Gangguan ketertiban {place} dicatat petugas",
        "Keluhan warga terkait pemilihan {place} diteruskan kepada petugas",
    ),
}

# {n} counts up within an area, so that no two stations of an area share a building.
BUILDINGS = (
    "SDN {n} {area}",
    "Balai RW {n:02d} {area}",
    "Pos RT {n:02d} {area}",
    "Lapangan RW {n:02d} {area}",
    "SMPN {n} {area}",
    "Posyandu {n} {area}",
    "Gedung Serbaguna {n} {area}",
)
