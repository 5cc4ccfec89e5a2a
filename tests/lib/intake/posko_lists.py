"""Lists as posts and offices send them, about the fictional city, each with the reports that a reader finds in it.

A report is written ``kind place day [category]``: ``nil`` or ``kejadian``; the kelurahan, "Kec. …" for a kecamatan,
"?" for a place that nobody knows; the day of October 2026 or "-"; the category of an incident or "-".
"""

from __future__ import annotations

FORMS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    # name: text, source, reports
    "polsek, satu baris satu kelurahan": (
        """Laporan Polsek Sagara Utara, 27 Okt 2026
Tanjung Rawai : nihil
Kampung Nelayan : nihil
Pasir Gelam : nihil
Teluk Kerapu : aman terkendali
Karang Anyar : nihil
Ujung Menara : nihil""",
        "Polsek Sagara Utara",
        (
            "nil Tanjung Rawai 27",
            "nil Kampung Nelayan 27",
            "nil Pasir Gelam 27",
            "nil Teluk Kerapu 27",
            "nil Karang Anyar 27",
            "nil Ujung Menara 27",
        ),
    ),
    "bernomor dengan salam dan penutup": (
        """Selamat malam Komandan, izin melaporkan situasi Kec. Muara Sagara
Selasa, 27 Oktober 2026 s.d. pukul 18.00 WIB

1. Kel. Muara Lama: Nihil
2. Kel. Kuala Bakau: ada perusakan baliho di dekat dermaga, pukul 15.30 WIB
3. Kel. Dermaga Baru: Nihil
4. Kel. Tambak Sari: Nihil

Demikian dilaporkan, terima kasih.
Posko Kec. Muara Sagara""",
        "Posko Kec. Muara Sagara",
        ("nil Muara Lama 27", "kejadian Kuala Bakau 27 RUS", "nil Dermaga Baru 27", "nil Tambak Sari 27"),
    ),
    "whatsapp dengan tebal dan emoji": (
        """*LAPORAN SITUASI POSKO PILKADA*
*KEC. BANDAR SAGARA*
🗓 Senin, 26/10/2026
⏰ Pukul 20.00 WIB

✅ *Pasar Lama* : Aman
✅ *Alun Kota* : Aman
⚠️ *Pelabuhan Tengah* : konvoi sepeda motor pendukung, sekitar 40 orang
✅ *Simpang Lampu* : Aman 🙏

Terima kasih 🙏🙏""",
        "Posko Pilkada",
        ("nil Pasar Lama 26", "nil Alun Kota 26", "kejadian Pelabuhan Tengah 26 KRM", "nil Simpang Lampu 26"),
    ),
    "kepala chat dan pengirim": (
        """[27/10/26 18.02.11] Bripka Joko Susilo: Izin Ndan, laporan Polsek Bukit Sirih Selasa 27 Oktober 2026
- Bukit Sirih nihil
- Lereng Damar nihil
- Sumber Embun nihil
Demikian
[27/10/26 18.05.40] +62 812-3456-7890: Siap, terima kasih""",
        "Polsek Bukit Sirih",
        ("nil Bukit Sirih 27", "nil Lereng Damar 27", "nil Sumber Embun 27"),
    ),
    "satu pesan satu lurah": (
        """[28/10/2026 07.01] Lurah Rawa Belibis Pak Budi: Nihil
[28/10/2026 07.03] Lurah Parit Panjang: Aman terkendali, nihil kejadian
[28/10/2026 07.10] Bu Lurah Air Jernih: Semalam ada perkelahian pemuda di depan warung, sudah dilerai
[28/10/2026 07.11] Camat Rawa Layar: Siap, terima kasih infonya""",
        "Lurah Rawa Belibis",
        ("nil Rawa Belibis 28", "nil Parit Panjang 28", "kejadian Air Jernih 27 KEK"),
    ),
    "tabel bertab": (
        """Rekap Panwascam Sagara Selatan
Tanggal: 25 Oktober 2026
No\tKelurahan\tKejadian\tKeterangan
1\tBatu Apung\tNihil\tAman
2\tTaman Mutiara\tPembagian sembako\tRT 03, diteruskan ke Bawaslu
3\tLembah Cemara\tNihil\tAman
4\tLubuk Pandan\tNihil\t-""",
        "Panwascam Sagara Selatan",
        ("nil Batu Apung 25", "kejadian Taman Mutiara 25 PU", "nil Lembah Cemara 25", "nil Lubuk Pandan 25"),
    ),
    "tabel garis tegak": (
        """Koramil 03 Sagara Timur, Rabu 28 Oktober 2026
| No | Kelurahan | Situasi |
| 1 | Hutan Meranti | Nihil |
| 2 | Simpang Timur | Tawuran antarremaja |
| 3 | Padang Ilalang | Nihil |""",
        "Koramil 03 Sagara Timur",
        ("nil Hutan Meranti 28", "kejadian Simpang Timur 28 KEK", "nil Padang Ilalang 28"),
    ),
    "blok dengan anak baris": (
        """PANWASCAM RAWA LAYAR
Hari/Tgl : Selasa / 27 Oktober 2026

Kelurahan Kampung Rumbia
- Pelanggaran : nihil
- Situasi : kondusif
Kelurahan Sungai Pinang
- Pelanggaran : 3 spanduk dipaku di pohon
- Situasi : kondusif
Kelurahan Sawah Ilir
- Pelanggaran : nihil
- Situasi : kondusif

Demikian laporan kami.""",
        "Panwascam Rawa Layar",
        ("nil Kampung Rumbia 27", "kejadian Sungai Pinang 27 APK", "nil Sawah Ilir 27"),
    ),
    "nihil lalu daftar tempat": (
        """Lap. Linmas Kec. Sagara Utara tgl 27/10/2026
Nihil: Tanjung Rawai, Pasir Gelam, Teluk Kerapu
Ujung Menara: hoaks pembatalan pemungutan beredar di grup warga""",
        "Linmas Kec. Sagara Utara",
        ("nil Tanjung Rawai 27", "nil Pasir Gelam 27", "nil Teluk Kerapu 27", "kejadian Ujung Menara 27 HOAKS"),
    ),
    "beberapa kelurahan dalam satu baris": (
        """Satpol PP, 26 Oktober 2026
Kel. Muara Lama, Kuala Bakau dan Pulau Camar : nihil
Kel. Tambak Sari : penertiban APK liar di pohon, 12 lembar""",
        "Satpol PP",
        ("nil Muara Lama 26", "nil Kuala Bakau 26", "nil Pulau Camar 26", "kejadian Tambak Sari 26 APK"),
    ),
    "per jenis kejadian, semua nihil": (
        """Laporan Harian Polsek Sagara Timur
Rabu, 28 Oktober 2026
1. Unjuk rasa : nihil
2. Politik uang : nihil
3. Intimidasi : nihil
4. Perusakan APK : nihil
Situasi umum aman dan kondusif.""",
        "Polsek Sagara Timur",
        ("nil Kec. Sagara Timur 28",),
    ),
    "per jenis kejadian, satu terjadi": (
        """Laporan Harian Polsek Sagara Timur
Rabu, 28 Oktober 2026
1. Unjuk rasa : nihil
2. Politik uang : 1 kejadian, pembagian amplop di Kel. Ladang Lada
3. Intimidasi : nihil""",
        "Polsek Sagara Timur",
        ("kejadian Ladang Lada 28 PU",),
    ),
    "satu kalimat dari kecamatan": (
        "Izin lapor, situasi wilayah Kec. Bukit Sirih tgl 27 Okt 2026 aman terkendali, nihil kejadian menonjol. Tks",
        "",
        ("nil Kec. Bukit Sirih 27",),
    ),
    "masa beberapa hari": (
        """Rekap mingguan Panwascam Muara Sagara
Periode 19 s.d. 25 Oktober 2026
- Muara Lama = nihil
- Dermaga Baru = nihil
- Kampung Galangan = nihil""",
        "Panwascam Muara Sagara",
        ("nil Muara Lama 19-25", "nil Dermaga Baru 19-25", "nil Kampung Galangan 19-25"),
    ),
    "yang masih ditunggu laporannya": (
        """Posko Pilkada Kec. Sagara Utara, 27 Oktober 2026
1. Tanjung Rawai : nihil
2. Kampung Nelayan : baliho paslon dirusak OTK
3. Pasir Gelam : keributan antar pendukung
4. Teluk Kerapu : masih menunggu laporan
5. Karang Anyar : menunggu konfirmasi
6. Ujung Menara : laporan menyusul""",
        "Posko Pilkada Kec. Sagara Utara",
        ("nil Tanjung Rawai 27", "kejadian Kampung Nelayan 27 RUS", "kejadian Pasir Gelam 27 KEK"),
    ),
    "singkatan, salah tik, dan yang belum lapor": (
        """Posko Sagara Utara 27-10-2026
1) Tjg Rawai -> nihil
2) Kp. Nelayan -> nihil
3) Psr Gelam -> nihil
4) Teluk Kerapu -> belum lapor
5) Karang Anyar -> tdk ada kejadian
6) Mawar Merah -> nihil""",
        "Posko Sagara Utara",
        ("nil Tanjung Rawai 27", "nil Kampung Nelayan 27", "nil ? 27", "nil Karang Anyar 27", "nil ? 27"),
    ),
    "angka saja": (
        """POSKO KEC. BANDAR SAGARA
Jumlah kejadian per kelurahan, 27 Oktober 2026
Pasar Lama 0
Alun Kota 0
Gedung Layar 1 kejadian
Kampung Tengah 0
Total 1""",
        "Posko Kec. Bandar Sagara",
        ("nil Pasar Lama 27", "nil Alun Kota 27", "kejadian Gedung Layar 27 -", "nil Kampung Tengah 27"),
    ),
    "dua kecamatan dengan kepala bagian": (
        """Rekap Posko Polres Kota Tanjung Sagara, 27 Oktober 2026 pukul 21.00
KECAMATAN SAGARA UTARA
a. Tanjung Rawai: nihil
b. Pasir Gelam: nihil
KECAMATAN RAWA LAYAR
a. Air Jernih: ujaran kebencian di media sosial, akun tidak dikenal
b. Parit Panjang: nihil""",
        "Posko Polres Kota Tanjung Sagara",
        ("nil Tanjung Rawai 27", "nil Pasir Gelam 27", "kejadian Air Jernih 27 UK-SARA", "nil Parit Panjang 27"),
    ),
    "salam saja": (
        """[27/10/26 06.00.00] Budi: Assalamualaikum, selamat pagi semua. Semoga hari ini aman dan lancar.
[27/10/26 06.01.00] Siti: Waalaikumsalam, siap Ndan 🙏""",
        "",
        (),
    ),
    # Fifteen forms that were written after the reader was finished; of their 54 lines it read 38 rightly at once.
    "posko linmas, tebal, miring, jam per baris": (
        """Assalamualaikum wr wb. Mohon izin Bapak Camat
_Laporan malam Satlinmas Kec. Sagara Selatan_
*Minggu, 25 Oktober 2026*
• Batu Apung (20.15) : sikon aman
• Taman Mutiara (20.20) : sikon aman
• Tanah Rata (20.40) : warga berkerumun menolak pemasangan baliho, sudah bubar
• Hulu Dalam (21.00) : nihil kejadian
Wassalam""",
        "Satlinmas Kec. Sagara Selatan",
        ("nil Batu Apung 25", "nil Taman Mutiara 25", "kejadian Tanah Rata 25 -", "nil Hulu Dalam 25"),
    ),
    "pesan bhabin beruntun": (
        """28/10/26 19.12 - Bhabin Hutan Meranti: Selamat malam, lapor nihil ndan
28/10/26 19.15 - Bhabin Taman Lestari: Malam ndan. Wilayah Taman Lestari terpantau aman kondusif
28/10/26 19.21 - +62 813-1111-2222: Ladang Lada ada intimidasi saksi di posko pendukung, pelaku tidak dikenal
28/10/26 19.30 - Kapolsek: Terima kasih semuanya, jaga kesehatan""",
        "Bhabin Hutan Meranti",
        ("nil Hutan Meranti 28", "nil Taman Lestari 28", "kejadian Ladang Lada 28 INT"),
    ),
    "tabel sedikit kolom dari lembar kerja": (
        """Kelurahan\tPolitik uang\tAPK\tHoaks
Bukit Sirih\t0\t0\t0
Lereng Damar\t0\t2\t0
Kebun Pala\tnihil\tnihil\tnihil
Tangga Batu\t0\t0\t0""",
        "",
        ("nil Bukit Sirih -", "kejadian Lereng Damar - APK", "nil Kebun Pala -", "nil Tangga Batu -"),
    ),
    "kalimat per kelurahan": (
        """PANWASLU KECAMATAN MUARA SAGARA melaporkan hasil pengawasan tanggal 24 Oktober 2026 sebagai berikut:
1. Di Kelurahan Muara Lama tidak ditemukan pelanggaran.
2. Di Kelurahan Kuala Bakau ditemukan pembagian sembako oleh orang tidak dikenal.
3. Di Kelurahan Pulau Camar belum dapat dilaporkan karena sinyal.
4. Di Kelurahan Kampung Galangan tidak ditemukan pelanggaran.
Demikian disampaikan untuk menjadi periksa.""",
        "Panwaslu Kecamatan Muara Sagara",
        ("nil Muara Lama 24", "kejadian Kuala Bakau 24 PU", "nil Kampung Galangan 24"),
    ),
    "dua keadaan dan sisanya": (
        """Koramil 02/Bandar Sagara
Senin 26 Okt 2026 jam 06.00 s/d 18.00
Wilayah aman, kecuali:
- Pasar Lama, ada perkelahian antarpemuda depan terminal
Nihil : Alun Kota, Pelabuhan Tengah, Simpang Lampu, Gedung Layar, Kampung Tengah
Dokumentasi terlampir""",
        "Koramil 02/Bandar Sagara",
        (
            "kejadian Pasar Lama 26 KEK",
            "nil Alun Kota 26",
            "nil Pelabuhan Tengah 26",
            "nil Simpang Lampu 26",
            "nil Gedung Layar 26",
            "nil Kampung Tengah 26",
        ),
    ),
    "posko dengan garis pemisah": (
        """━━━━━━━━━━━━━━
POSKO TERPADU KEC. RAWA LAYAR
Rabu, 28 Oktober 2026 | Pkl 18.00 WIB
━━━━━━━━━━━━━━
🔹 Rawa Belibis ➡️ Nihil
🔹 Parit Panjang ➡️ Nihil
🔸 Kampung Rumbia ➡️ Spanduk provokatif di jembatan, sudah diturunkan Satpol PP
🔹 Air Jernih ➡️ Nihil
━━━━━━━━━━━━━━""",
        "Posko Terpadu Kec. Rawa Layar",
        ("nil Rawa Belibis 28", "nil Parit Panjang 28", "kejadian Kampung Rumbia 28 APK", "nil Air Jernih 28"),
    ),
    "laporan polsek dengan kolom waktu": (
        """Kepada Yth. Kapolres
Dari : Kapolsek Bukit Sirih
Perihal : Laporan Nihil
Selamat sore, mohon izin melaporkan sitkamtibmas hari Senin tgl 26 Oktober 2026:
- Kel. Bukit Sirih (10.00 WIB), nihil
- Kel. Puncak Angin (11.00 WIB), nihil
- Kel. Tangga Batu (13.30 WIB), pencurian APK milik peserta, masih dicari pelakunya
Demikian, dokumentasi menyusul.""",
        "Kapolsek Bukit Sirih",
        ("nil Bukit Sirih 26", "nil Puncak Angin 26", "kejadian Tangga Batu 26 RUS"),
    ),
    "satu baris berantai": (
        """PKD Sagara Utara 27/10/2026: Tanjung Rawai nihil, Kampung Nelayan nihil, Pasir Gelam nihil""",
        "PKD Sagara Utara",
        ("nil Tanjung Rawai 27", "nil Kampung Nelayan 27", "nil Pasir Gelam 27"),
    ),
    "dua hari dalam satu tempelan": (
        """[26/10/2026 20.01] Posko Muara Sagara: Lap Senin 26 Oktober 2026
Muara Lama: aman
Dermaga Baru: aman
[27/10/2026 20.03] Posko Muara Sagara: Lap Selasa 27 Oktober 2026
Muara Lama: aman
Dermaga Baru: demo nelayan di depan kantor lurah, 60 orang""",
        "Posko Muara Sagara",
        ("nil Muara Lama 26", "nil Dermaga Baru 26", "nil Muara Lama 27", "kejadian Dermaga Baru 27 UNR"),
    ),
    "formulir per kelurahan": (
        """Nama Kelurahan : Lembah Cemara
Tanggal : 25 Oktober 2026
Kejadian : Nihil
Pelapor : Ketua Linmas

Nama Kelurahan : Lubuk Pandan
Tanggal : 25 Oktober 2026
Kejadian : Adu mulut antarpendukung saat pemasangan baliho
Pelapor : Ketua Linmas""",
        "",
        ("nil Lembah Cemara 25", "kejadian Lubuk Pandan 25 APK"),
    ),
    "laporan FKDM dengan jam dan catatan": (
        """Lapor FKDM Kec. Sagara Timur
(Sabtu, 24/10/26)

Hutan Meranti ✔ nihil
Simpang Timur ✔ nihil
Padang Ilalang ❗ selebaran fitnah ditemukan di musala
Jembatan Kayu ✔ nihil

Catatan: hujan deras sejak sore.
Salam tangguh 💪""",
        "FKDM Kec. Sagara Timur",
        ("nil Hutan Meranti 24", "nil Simpang Timur 24", "kejadian Padang Ilalang 24 KH", "nil Jembatan Kayu 24"),
    ),
    "camat merangkum lurahnya": (
        """[28/10/26 21.40.10] Camat Bukit Sirih: Selamat malam Bapak/Ibu, rekap lurah hari ini Rabu 28 Okt 2026:
1. Lurah Bukit Sirih : nihil
2. Lurah Lereng Damar : nihil
3. Lurah Sumber Embun : listrik padam 2 jam, gudang PPS aman
4. Lurah Kebun Pala : blm ada laporan
Mohon izin menyampaikan""",
        "Camat Bukit Sirih",
        ("nil Bukit Sirih 28", "nil Lereng Damar 28", "kejadian Sumber Embun 28 JAR"),
    ),
    "huruf besar semua": (
        """LAPORAN SITUASI KAMTIBMAS POLSEK SAGARA SELATAN
HARI/TGL: JUMAT, 23 OKTOBER 2026
KEL. BATU APUNG: NIHIL
KEL. TAMAN MUTIARA: NIHIL
KEL. LUBUK PANDAN: PEMUKULAN TERHADAP PETUGAS PENGAWAS
KEL. TANAH RATA: NIHIL
DUMP""",
        "Polsek Sagara Selatan",
        ("nil Batu Apung 23", "nil Taman Mutiara 23", "kejadian Lubuk Pandan 23 KEK", "nil Tanah Rata 23"),
    ),
    "spasi sejajar": (
        """Panwascam Bandar Sagara        tgl 22 Oktober 2026
Pasar Lama            NIHIL
Alun Kota             NIHIL
Pelabuhan Tengah      2 kejadian politik uang
Simpang Lampu         NIHIL""",
        "Panwascam Bandar Sagara",
        ("nil Pasar Lama 22", "nil Alun Kota 22", "kejadian Pelabuhan Tengah 22 PU", "nil Simpang Lampu 22"),
    ),
    "prosa dua kelurahan": (
        """Posko Kec. Rawa Layar melaporkan, sampai Kamis 29 Oktober 2026 pukul 09.00 WIB di Kel. Rawa Belibis
dan Kel. Sawah Ilir situasi aman, tidak ada kejadian. Terima kasih.""",
        "Posko Kec. Rawa Layar",
        ("nil Rawa Belibis 29", "nil Sawah Ilir 29"),
    ),
}
