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
}
