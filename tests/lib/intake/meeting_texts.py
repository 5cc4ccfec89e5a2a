"""Invented texts about meetings in the fictional city, with the topics that a reader finds in them.

`SEEN` were used to widen the table of topics after it had met them unseen: it then found 34 of their 59 topics, and
34 of 38 found were right. `HELD_OUT` were written after that, and nothing in the table answers to them: how it does
on them is what the page says. Whoever changes the table because of one of them must write others.
"""

from __future__ import annotations

# Of each text: the topics that it names as something to watch or to do.
SEEN: tuple[tuple[str, frozenset[str]], ...] = (
    (
        """SAGARA UTARA - Jelang pencoblosan, Forkopimcam Sagara Utara menggelar rapat di pendopo kecamatan,
Kamis (15/10/2026). Hadir dalam rapat itu perwakilan Polsek, Koramil, Dinas Kesehatan, PLN, dan
panitia pemilihan kecamatan.

Camat Sagara Utara, Wiranto Halim, meminta lurah memasang penerangan di sekitar TPS karena beberapa
kali listrik padam pada malam hari. “Kita juga perlu waspada bila air pasang naik, sebab tiga TPS
berada di tepi rawa,” kata Wiranto.

Kapolsek menambahkan bahwa pembagian uang menjelang hari pemungutan akan ditindak. Ia mengingatkan
agar pegawai negeri tidak ikut mengarahkan pilihan warga.""",
        frozenset({"listrik-jaringan", "cuaca", "politik-uang", "netralitas-asn"}),
    ),
    (
        """Notulen Rapat Koordinasi FKUB dan Kesbangpol Kota Tanjung Sagara
Hari/tanggal : Senin, 12 Oktober 2026
Tempat : Aula Gedung Layar

Hasil rapat:
1. Tidak ada laporan bentrokan selama masa kampanye.
2. Tokoh agama diminta menyejukkan suasana dan menolak ujaran yang menyinggung suku dan agama.
3. Warga diimbau tidak meneruskan berita yang belum tentu benar di grup percakapan.
4. Izin pendirian rumah ibadah di Kampung Rumbia dibahas tersendiri bulan depan.
5. Pendukung kedua pasangan calon agar tidak berpapasan saat kampanye rapat umum.""",
        frozenset({"sara", "hoaks", "kerukunan", "simpatisan", "kerumunan"}),
    ),
    (
        """Bawaslu Kota Tanjung Sagara menertibkan 214 baliho yang dipaku di pohon sebelum rapat evaluasi dengan
Satpol PP, Rabu (30/9/2026). Dalam rapat, Bawaslu menyebut sebagian besar laporan menyangkut
keberpihakan ketua RT dan lurah.

Ketua Bawaslu menyampaikan, dua laporan sudah diteruskan ke Sentra Gakkumdu. Adapun dugaan kepala
sekolah mengizinkan kampanye di halaman sekolah masih dikaji. Ia memastikan tidak ada laporan
intimidasi terhadap pengawas.""",
        frozenset({"apk", "netralitas-desa", "pelanggaran", "tempat-terlarang"}),
    ),
    (
        """Rakor kesiapan distribusi digelar KPU Kota Tanjung Sagara di gudang Pelabuhan Tengah, Jumat
(16/10/2026). Ketua KPU, Sri Lestari, mengatakan kotak dan surat suara untuk Pulau Camar
diberangkatkan dua hari lebih awal karena gelombang diperkirakan tinggi.

“Petugas KPPS wajib diperiksa tekanan darahnya dan tidak boleh kelelahan,” ujar Sri. Rapat juga
membahas warga yang belum tercatat sebagai pemilih di perumahan baru, serta kesiapan sinyal untuk
mengirim hasil.

Baca juga: Harga Cabai Naik di Pasar Lama
Bagikan ini:
Facebook Twitter WhatsApp""",
        frozenset({"logistik", "cuaca", "kesehatan", "dpt", "listrik-jaringan"}),
    ),
    (
        """Tim Terpadu Kota Tanjung Sagara membahas penolakan nelayan Kuala Bakau atas rencana reklamasi dermaga,
Selasa (22/9/2026) di ruang rapat wali kota. Nelayan berencana berdemonstrasi pada 28 September.

Sekretaris Kesbangpol mengatakan ganti rugi belum disepakati dan patok batas kelurahan Muara Lama
perlu diukur ulang. Ia meminta perusahaan mengutamakan tenaga kerja setempat. Polres menyiapkan
pengamanan dan mengajak nelayan berdialog, tanpa kekerasan.

Pertemuan berikutnya dijadwalkan 6 Oktober.""",
        frozenset({"proyek-lahan", "unjuk-rasa", "batas-wilayah", "tenaga-kerja"}),
    ),
    (
        """Kota Tanjung Sagara, kabarsagara.example - Wali Kota Tanjung Sagara, Bambang Suryono, memimpin apel
kesiapan tiga pilar di Alun Kota, Senin (19/10/2026). Ia menyebut 31 TPS masuk kategori sangat rawan.

Bambang berpesan agar TNI dan Polri tidak memihak. “Jangan ada ASN yang berfoto dengan gaya jari,”
tegas Bambang. Akun palsu yang menyebarkan tuduhan tanpa dasar kepada calon sudah dilaporkan. Ia
berharap warga berbondong-bondong ke TPS, dan menerima apa pun hasilnya.

Konvoi kemenangan dilarang sampai ada penetapan.""",
        frozenset(
            {
                "pengamanan-tps",
                "pemetaan",
                "netralitas-tni-polri",
                "netralitas-asn",
                "kampanye-hitam",
                "partisipasi",
                "penolakan",
                "kerumunan",
                "media-sosial",
            }
        ),
    ),
    (
        """Rapat Tim Terpadu Kota Tanjung Sagara tingkat Kecamatan Rawa Layar berlangsung di kantor camat, Senin
(5/10/2026).

Lurah Rawa Belibis melaporkan selebaran tanpa identitas yang memfitnah salah satu calon beredar di
pasar. Danramil meminta babinsa ikut berjaga di TPS yang jauh dari jalan besar. Rapat mencatat
genangan setinggi lutut setiap hujan deras di Parit Panjang, sehingga kotak suara perlu dinaikkan ke
tempat kering.

Ketua RT diingatkan tidak menjadi tim sukses. Selama sepekan tidak ada unjuk rasa di kecamatan ini.""",
        frozenset({"kampanye-hitam", "pengamanan-tps", "cuaca", "logistik", "netralitas-desa"}),
    ),
    (
        """TANJUNG SAGARA – Kepala Kesbangpol Kota Tanjung Sagara, Hj. Nurhayati Lubis, membuka dialog kebangsaan
bersama pemuda, Sabtu (26/9/2026).

Nurhayati mengajak pemuda melawan paham radikal dan perpecahan akibat beda dukungan. Ia menyoroti
ujaran kebencian di
Facebook serta tawuran antarkelompok remaja yang kembali muncul di Simpang Timur. Minuman keras
oplosan disebut sebagai pemicunya.

“Pemilih pemula jangan golput,” katanya. Kegiatan ditutup dengan deklarasi damai.""",
        frozenset({"radikalisme", "gesekan", "sara", "media-sosial", "kekerasan", "kriminalitas", "partisipasi"}),
    ),
    (
        """Arahan Wakil Wali Kota pada rakor persiapan rekapitulasi, 30 Oktober 2026:
- Saksi yang keberatan dengan hasil penghitungan menempuh jalur yang tersedia, bukan mengerahkan
massa.
- Kepolisian mengamankan gudang logistik dan kantor KPU.
- Camat memantau pergerakan kelompok pendukung.
- Tidak ada toleransi bagi petugas yang mengubah angka perolehan suara.
- Puskesmas menyiagakan tenaga medis untuk anggota PPK yang begadang.
Demikian untuk dilaksanakan.""",
        frozenset({"penolakan", "kerumunan", "logistik", "simpatisan", "kecurangan", "kesehatan"}),
    ),
    (
        """Bupati menggelar rapat dengan 24 kepala desa membahas pemilihan kepala desa serentak, Rabu (8/7/2026).
Bupati meminta panitia desa bersikap netral. Sengketa batas antara dua desa di kecamatan hulu dan
tuntutan plasma kepada perusahaan sawit diminta selesai sebelum pencalonan. Alat pemungutan elektronik
diuji di tiap desa karena jaringan internet belum merata.""",
        frozenset({"pikades", "netralitas-penyelenggara", "batas-wilayah", "proyek-lahan", "listrik-jaringan"}),
    ),
    (
        """Polres menggelar rapat pengamanan masa tenang, Minggu (1/11/2026). Kapolres menyampaikan seluruh alat
peraga wajib diturunkan sebelum tengah malam. Patroli akan menyasar tempat yang dicurigai menjadi
lokasi pembagian sembako. Ia juga mengingatkan anggotanya tidak berpose dengan simbol jari. Masyarakat
diminta melapor bila dipaksa memilih atau diteror.""",
        frozenset({"masa-tenang", "apk", "politik-uang", "netralitas-tni-polri", "intimidasi"}),
    ),
)

HELD_OUT: tuple[tuple[str, frozenset[str]], ...] = (
    (
        """Rapat mingguan Pokja Kamtibmas Kecamatan Bukit Sirih, Kamis 17 September 2026. Camat membuka rapat
dengan menyampaikan bahwa musim penghujan datang lebih cepat; jalan ke Puncak Angin rawan longsor.
Kapolsek meminta warga tidak menggelar arak-arakan sepeda motor setelah rapat umum. Beredar video lama
yang disebarkan kembali seolah-olah baru terjadi; warga diminta mengecek kebenarannya dahulu. Lurah
Kebun Pala menyampaikan dua keluarga belum masuk daftar pemilih. Panwascam melaporkan bendera partai
dipasang di pagar puskesmas. Tidak ada gangguan terhadap penyelenggara.""",
        frozenset({"apk", "cuaca", "dpt", "hoaks", "kerumunan"}),
    ),
    (
        """Jelang pemungutan suara ulang di dua TPS, KPU Kota Tanjung Sagara dan Polres duduk bersama, Selasa
(10/11/2026). Ketua KPU menjelaskan kotak dan bilik dari gudang kecamatan dikawal dua personel.
Bawaslu mengingatkan potensi serangan fajar menjelang hari itu, dan meminta kedua kubu pendukung tidak
berkumpul di sekitar TPS. Pemadaman bergilir PLN diminta ditunda.""",
        frozenset({"listrik-jaringan", "logistik", "pengamanan-tps", "politik-uang", "sengketa", "simpatisan"}),
    ),
    (
        """Wakil Bupati memimpin rapat penyelesaian konflik antara petani dan perusahaan perkebunan, Senin
(4/5/2026). Warga menuntut pengembalian lahan seluas 120 hektare dan sempat memblokir jalan. Wakil
Bupati meminta semua pihak menahan diri dan tidak melakukan pembakaran. Tim akan mengukur ulang lahan
bersama kantor pertanahan.""",
        frozenset({"perusakan", "proyek-lahan", "unjuk-rasa"}),
    ),
    (
        """Kajari dalam sosialisasi netralitas di hadapan lurah dan pegawai kecamatan, Jumat (2/10/2026),
menjelaskan sanksi pidana bagi aparatur yang memakai kendaraan dinas untuk kampanye. Like dan komentar
aparatur sipil di akun calon juga dapat diproses. Ia menegaskan prajurit dan polisi tidak memiliki hak
pilih dan wajib netral.""",
        frozenset({"netralitas-asn", "netralitas-desa", "netralitas-tni-polri", "pelanggaran", "tempat-terlarang"}),
    ),
    (
        """Dalam rapat evaluasi pasca pencoblosan, Rabu (11/11/2026), Forkopimda menilai situasi terkendali.
Saksi salah satu pasangan calon menolak menandatangani berita acara di tiga TPS dan akan menggugat ke
Mahkamah Konstitusi. Seorang anggota KPPS dirawat karena kelelahan. Polres menerima dua aduan kabar
bohong mengenai hasil hitung cepat. Pejabat mengimbau pendukung tidak euforia berlebihan dan tidak
melakukan konvoi.""",
        frozenset({"hoaks", "kerumunan", "kesehatan", "penolakan", "sengketa"}),
    ),
)
