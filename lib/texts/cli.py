"""What the command `petadini` says: help, results, one line each."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from lib.indonesian import decimal, long_date, whole
from lib.texts.pages import standing_still
from lib.texts.score_tables import SIMULATED_MARK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

PROGRAM = "Peta deteksi dini konflik sosial menjelang hari pemungutan suara."
USAGE = "pemakaian: "
POSITIONALS = "isian"
OPTIONS = "pilihan"
COMMANDS = "perintah"
HELP = "tampilkan bantuan ini"
ERROR = "Perintah tidak dapat dijalankan: {message}. Lihat “{program} --help”."
ERROR_PREFIX = "GAGAL"

# How argparse's own words read in Indonesian, as pattern and replacement.
ARGPARSE = (
    (r"the following arguments are required: (.+)", r"isian ini wajib: \1"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 tidak mengenal \2; pilihannya \3"),
    (r"argument (.+?): invalid .+? value: (.+)", r"\1 tidak menerima \2"),
    (r"argument (.+?): expected one argument", r"\1 memerlukan satu isian"),
    (r"unrecognized arguments: (.+)", r"isian tidak dikenal: \1"),
    (r"^argument (.+?): (.+)", r"\1: \2"),
)

SUMMARIES = {
    "siapkan": "Siapkan wilayah dari berkas batas kelurahan; layar wilayah lain tidak berubah.",
    "demo": "Siapkan kota contoh Tanjung Sagara (DATA SIMULASI).",
    "simulasi": "Buat berkas TPS dan kejadian tiruan untuk gladi di wilayah yang sudah disiapkan.",
    "pemilihan": "Daftar pemilihan dan acara dalam kalender; tambah atau ubah dengan dasar hukum dan alasannya.",
    "impor": "Masukkan berkas batas, TPS, kejadian, laporan nihil, kelas lembaga lain, atau indikator wilayah.",
    "karantina": "Tulis baris karantina satu impor sebagai XLSX untuk diperbaiki dan diimpor lagi.",
    "pemetaan": "Daftar pemetaan kolom: bawaan dan yang tersimpan.",
    "templat": "Tulis templat XLSX untuk diisi.",
    "riwayat": "Daftar impor suatu wilayah.",
    "batal": "Batalkan satu impor; barisnya tetap tersimpan tetapi tidak dihitung.",
    "verifikasi": "Catat hasil pemeriksaan satu atau beberapa laporan.",
    "ganda": "Daftar laporan yang mungkin membicarakan kejadian yang sama.",
    "gabung": "Gabungkan beberapa laporan tentang satu kejadian; dihitung satu kali.",
    "pisah": "Catat bahwa laporan yang mirip bukan kejadian yang sama.",
    "kelengkapan": "Tulis kelengkapan laporan per kelurahan, minggu, dan sumber sebagai CSV.",
    "ringkas": "Ringkas keadaan satu hari dalam sepuluh baris untuk dikirim sebagai pesan.",
    "skor": "Tulis tabel tingkat kerawanan per tanggal sebagai CSV.",
    "peta": "Gambar lembar peta PNG per tanggal, seluruh wilayah atau sebagian: layar, A4, A3, atau kartu untuk HP.",
    "bekukan": "Bekukan ulang skala skor per tanggal.",
    "skor-tps": "Tulis skor setiap TPS menurut daftar periksa, kelurahan, dan kejadian di dekatnya sebagai CSV.",
    "peringatan": "Tampilkan peringatan Waspada, Siaga, dan kejadian berat per tanggal; terbitkan bila diminta.",
    "ramalan": "Ramalkan jumlah kejadian 7 atau 14 hari ke depan per kelurahan; terbitkan bila diminta.",
    "titik-panas": "Tulis titik panas per tanggal sebagai CSV.",
    "rapor": "Nilai ramalan dan peringatan terhadap apa yang kemudian terjadi.",
    "ujibalik": "Uji cara meramal pada tabel kejadian dan peta wilayah lain, di luar gudang data.",
    "cadangkan": "Cadangkan seluruh gudang data ke satu berkas.",
    "pulihkan": "Pulihkan gudang data dari cadangan ke tempat baru, dan buktikan isinya sama.",
    "periksa": "Periksa gudang data: hitungan, sidik baris, dan aturan.",
    "jalankan": "Jalankan dasbor, dan buka petanya dengan tautan sekali pakai.",
    "tautan": "Cetak tautan sekali pakai yang membuka dasbor yang sedang berjalan di komputer ini.",
    "akun": "Daftar akun; tambah, ubah, cabut, ganti sandinya, atau keluarkan dari semua sesi.",
    "usulan": "Daftar usulan yang menunggu orang kedua; setujui atau tolak satu di antaranya.",
}
ARGUMENTS = {
    "terbitkan": "simpan hasilnya sebagai terbitan yang dibekukan, untuk dinilai kemudian",
    "hari": "jumlah hari ke depan: 7 atau 14 (baku: 7)",
    "kejadian_luar": "CSV dengan kolom tanggal, lalu bujur dan lintang atau kode; boleh tanggal_laporan",
    "area_luar": "peta wilayah: GeoPackage, GeoJSON, atau Shapefile",
    "kolom_kode": "kolom kode pada peta wilayah (baku: dicari)",
    "wilayah": "kode Kemendagri kabupaten/kota, misalnya 14.72 (baku: wilayah kerja)",
    "batas": "berkas batas: GeoPackage, GeoJSON, Shapefile (.shp atau .zip), KML, FlatGeobuf, GeoParquet",
    "jenis": "%(choices)s",
    "coba": "periksa saja: hitung ke mana barisnya akan pergi, tanpa menyimpan",
    "pemetaan": "pemetaan kolom: acled, ucdp, petabencana, kobo, bawaslu, kpu_tps, yang tersimpan, atau berkas TOML",
    "lembar": "lembar buku kerja yang dibaca",
    "baris_judul": "nomor baris judul kolom; 0 bila tanpa judul",
    "crs": "sistem koordinat berkas yang tidak menyebutnya, misalnya EPSG:32748",
    "sistem_kode": "sistem kode wilayah berkas: kemendagri (baku) atau bps",
    "edisi": "edisi kode atau batas, misalnya “Kepmendagri 300.2.2-2138/2025”",
    "urutan_tanggal": "urutan tanggal bila kolomnya tidak membuktikannya",
    "tahun": "tahun untuk tanggal yang tidak menyebut tahun",
    "pemilihan_impor": "kode pemilihan untuk daftar TPS yang tidak menyebutnya",
    "tanpa_perbaikan": "jangan perbaiki kolom apa pun; barisnya masuk karantina",
    "samakan": "jawaban untuk nama yang mirip; kode kosong berarti bukan kelurahan di wilayah ini (dapat diulang)",
    "isi": "isi satu kolom untuk semua baris yang tidak menyebutnya, misalnya keparahan=2 (dapat diulang)",
    "status": "masuk, terverifikasi, ditolak, tidak_dapat_dipastikan, ditangani, atau selesai",
    "laporan": "nomor impor dan baris, misalnya 20241120-083000-ab12:7",
    "nilai_sumber": "nilai sumber: A selalu andal sampai F tidak dapat dinilai",
    "nilai_isi": "nilai isi: 1 dipastikan sampai 6 tidak dapat dinilai",
    "berkas_cadangan": "berkas cadangan (.zip atau .age)",
    "ke_cadangan": "berkas cadangan (.zip), atau folder untuk cadangan bernama tanggal",
    "simpan": "simpan N cadangan bertanggal terbaru di folder itu, hapus yang lebih lama",
    "penerima": "enkripsi untuk pemilik kunci umum age ini (dapat diulang)",
    "sandi_dari": "berkas yang memuat sandi enkripsi cadangan",
    "kunci_cadangan": "berkas kunci pribadi age yang membuka cadangan",
    "folder_pulih": "folder gudang data yang baru (baku: tempat gudang data menurut PETADINI_LAKE)",
    "bersihkan": "pindahkan berkas yatim ke folder “tong” dan gabungkan berkas kecil",
    "kunci_segel": "kunci segel komputer yang membuat cadangan",
    "tanpa_segel": "pulihkan tanpa membuktikan segel cadangan; pakai hanya bila asalnya pasti",
    "segel": "segel isi gudang data apa adanya, misalnya yang dibuat sebelum ada segel",
    "kepala": "buktikan bahwa kepala segel yang pernah dicetak masih ada dalam rantainya",
    "berkas": "berkas yang dimasukkan",
    "json": "tulis hasil sebagai JSON satu baris",
    "kejadian": "jumlah kejadian tiruan",
    "benih": "benih acak; benih yang sama memberi berkas yang sama",
    "keluar_folder": "folder tujuan",
    "keluar_berkas": "berkas tujuan",
    "pemilihan": "kode pemilihan, misalnya pilkada-2024 (baku: yang berjalan, terdekat, dan seluruh wilayah)",
    "tindakan": "daftar (baku), tambah, atau ubah",
    "kode_pemilihan": "kode yang ditambah atau diubah, misalnya psu-dumai-2024",
    "nama_pemilihan": "nama yang tampil, misalnya “PSU Dumai 2024”",
    "jenis_pemilihan": "%(choices)s",
    "hari_pemilihan": "hari pemungutan suara, atau hari acara",
    "dasar_hukum": "peraturan, keputusan, atau surat yang menetapkan harinya",
    "maks_pemilih": "pemilih terbanyak per TPS menurut peraturannya",
    "bukan_rabu": "alasan bila hari pemungutan suara bukan Rabu",
    "mengulang": "kode pemilihan yang diulang oleh PSU, PSS, atau PSL; DPT dan TPS-nya dipakai",
    "tps_pemilihan": "TPS yang memilih lagi, misalnya 14.72.02.1004/006 (dapat diulang; baku: semua)",
    "desa_pemilihan": "kode desa yang memilih dalam Pikades (dapat diulang)",
    "e_voting": "Pikades dengan e-voting",
    "tahapan": "satu tahapan, misalnya kampanye=2025-07-25..2025-08-23 (dapat diulang)",
    "belum_dicocokkan": "tandai bahwa harinya belum dicocokkan dengan peraturannya",
    "sudah_dicocokkan": "hapus tanda itu",
    "cabut": "cabut dari kalender; isiannya tetap tersimpan dalam riwayat",
    "pada": "hari yang kalendernya ditampilkan (baku: hari ini)",
    "per": "keadaan per tanggal, misalnya 2024-11-20 (baku: hari ini atau laporan terakhir)",
    "csv": "berkas CSV tujuan",
    "png": "berkas PNG tujuan (baku: dinamai menurut cakupan, tanggal, dan ukuran)",
    "kecamatan": "hanya kecamatan ini, nama atau kode (dapat diulang); judul dan nama berkas menyebutnya",
    "ukuran": "1920x1080, a4, a3, kartu (untuk HP), atau LEBARxTINGGI dalam piksel",
    "lapisan": "lapisan tambahan, dipisah koma: tps, kejadian, panas",
    "nomor": "nomor impor, lihat riwayat",
    "putusan": "setujui atau tolak; tanpa ini usulannya didaftar",
    "nomor_usulan": "nomor usulan yang diputuskan",
    "alasan_usulan": "alasan; wajib bila menolak",
    "alasan": "alasan, dicatat di gudang data",
    "jika_kosong": "hanya bila gudang data belum berisi wilayah",
    "port": "nomor port",
    "tindakan_akun": "daftar (baku), tambah, ubah, cabut, sandi, atau keluarkan",
    "nama_akun": "nama akun, misalnya ani; tercatat di riwayat dan tidak dapat diganti",
    "tampil": "nama yang tampil di layar, misalnya “Ani Lestari”",
    "peran": "%(choices)s; mengganti peran di wilayah itu",
    "hapus_peran": "hapus semua peran di wilayah itu",
    "wilayah_akun": "kode kabupaten/kota tempat peran itu berlaku (baku: semua wilayah)",
    "kecamatan_akun": "kode kecamatan yang laporannya boleh dilihat dan ditulis (dapat diulang; baku: semua)",
    "sumber_akun": "nama instansi pelapor yang laporannya boleh dilihat dan ditulis (dapat diulang; baku: semua)",
}


def region_ready(name: str, area_count: int, missing: list[str]) -> str:
    """Say that a region is ready, and which areas have no polygon."""
    without = f" Tanpa poligon: {', '.join(missing)}." if missing else ""
    return f"{name} siap: {area_count} kelurahan/desa.{without}"


def another_region_first(name: str, code: str, first: str) -> str:
    """Say which region is shown where nothing else is asked for, and how this one is asked for."""
    return (
        f"Layar dan perintah tetap membuka {first} lebih dahulu. Untuk {name}: pilih di bilah sisi, buka alamat "
        f"?wilayah={code}, tambahkan --wilayah {code}, atau setel PETADINI_WILAYAH={code}."
    )


def rows_imported(
    kind: str, file: str, *, rows: int, accepted: int, quarantined: int, duplicate: int, import_id: str | None
) -> str:
    """Say where the lines of a file went, or would go."""
    text = f"{kind} “{file}”: {rows} baris = {accepted} diterima + {quarantined} karantina + {duplicate} duplikat."
    if import_id is None:
        return text
    if quarantined:
        text += f" Perbaiki dengan “petadini karantina {import_id}”."
    return f"{text} Nomor impor {import_id}."


def verified(count: int, state: str, entry_id: str) -> str:
    """Say that reports were given a state."""
    return f"{count} laporan: {state.replace('_', ' ')} (catatan {entry_id})."


def merged(chosen: int, members: int, decision: str) -> str:
    """Say that reports were merged, and how many reports their event has now."""
    text = f"{whole(chosen)} laporan digabung menjadi satu kejadian (keputusan {decision})."
    if members > chosen:
        text += f" Bersama laporan yang sudah tergabung sebelumnya, kejadian itu kini terdiri dari {whole(members)}."
    return text


def merged_apart(apart: Sequence[str], hours: int, distance_m: float) -> str:
    """Warn that members of one event lie far apart, or are of different kinds."""
    words = {
        "time": f"waktunya terpaut lebih dari batas dugaan ganda ({whole(hours)} jam)",
        "place": f"tempatnya di kelurahan lain dan lebih jauh dari {decimal(distance_m / 1000)} km",
        "family": "rumpun kategorinya berbeda",
    }
    return (
        f"Perhatikan: di antara laporan kejadian itu ada yang {', '.join(words[name] for name in apart)}. "
        "Keputusan tetap dicatat; bila keliru, batalkan di halaman Laporan."
    )


def kept_apart(count: int, decision: str) -> str:
    """Say that reports were kept apart."""
    return f"{count} laporan dicatat sebagai kejadian yang berbeda (keputusan {decision})."


def pair_line(first: str, second: str, similarity: float | None) -> str:
    """List one pair of reports."""
    likeness = "tanpa teks" if similarity is None or isnan(similarity) else f"kemiripan {decimal(similarity, 2)}"
    return f"{first}  {second}  {likeness}"


def pair_count(pairs: int, searched: int, reports: int) -> str:
    """Say how many pairs there are, and how far the search reached."""
    return f"{pairs} dugaan ganda di antara {searched} laporan yang dibandingkan, dari {reports} laporan."


def written(path: str) -> str:
    """Say that a file was written."""
    return f"Ditulis: {path}"


def serving(address: str, region: str, *, simulated: bool) -> str:
    """Say where the dashboard is, in one line."""
    mark = " (DATA SIMULASI)" if simulated else ""
    return f"Petadini berjalan di {address} · {region}{mark} · hentikan dengan Ctrl+C"


def history_line(
    import_id: str, kind: str, file: str, *, rows: int, accepted: int, quarantined: int, duplicate: int, undone: bool
) -> str:
    """Say one import in a line."""
    counts = f"{rows} baris, {accepted} diterima, {quarantined} karantina, {duplicate} duplikat"
    return f"{import_id}  {kind:<8}  {file}  {counts}{'  DIBATALKAN' if undone else ''}"


def open_link(link: str) -> str:
    """Invite to the map."""
    return f"Buka petanya dengan tautan ini, sekali pakai: {link}"


NO_LINK = (
    "Dasbor ini tidak dibuka dengan tautan: PETADINI_ALAMAT atau PETADINI_TANPA_AKUN mengatur lain. Masuklah dengan "
    "akun, yang dibuat dengan “petadini akun tambah”."
)


def port_taken(port: int) -> str:
    """Say that something else answers at a port."""
    return f"Port {port} sudah dipakai, mungkin oleh Petadini sendiri. Pakai port lain: make run PORT={port + 1}"


def undone(import_id: str) -> str:
    """Say that an import no longer counts."""
    return f"Impor {import_id} dibatalkan."


def frozen(day: date, incident_count: int, *, least: int) -> str:
    """Say that the scale was frozen, on how many incidents, and whether those are few."""
    few = f" Itu sedikit: mulai {whole(least)} kejadian acuannya tenang." if incident_count < least else ""
    return f"Skala skor dibekukan per {long_date(day)} dari {whole(incident_count)} kejadian.{few}"


NOTHING_TO_FREEZE = "Belum ada kejadian yang dapat menjadi dasar skala; tidak ada yang dibekukan."
HEALTHY = "Gudang data sehat: semua pemeriksaan lulus."
PREPARING_DEMO = "Menyiapkan kota contoh (sekali saja) ..."
NO_IMPORTS = "Belum ada impor."


def bad_count(text: str) -> str:
    """Say that a number of things to keep is none."""
    return f"“{text}” bukan bilangan bulat di atas 0, misalnya 14."


def bad_date(text: str) -> str:
    """Say how a day is written."""
    return f"“{text}” bukan tanggal; tulis seperti 2024-11-20"


def basis(region: str, day: date, *marks: str, simulated: bool, pinned: date | None) -> str:
    """Say on one line what a result rests on: the region, the day, and the versions of what it was reckoned with.

    `pinned` is the day on which today stands still, None where the clock runs.
    """
    still = [standing_still(pinned)] if pinned else []
    return " · ".join((*([SIMULATED_MARK] if simulated else []), region, f"per {day.isoformat()}", *still, *marks))


def bad_size(text: str) -> str:
    """Refuse a size of the map sheet."""
    return (
        f"ukuran “{text}” tidak dikenal; tulis 1920x1080, a4, a3, kartu, atau LEBARxTINGGI (800x600 sampai 8000x8000)"
    )


def bad_layers(text: str, known: tuple[str, ...]) -> str:
    """Say which layers there are."""
    return f"lapisan “{text}” tidak dikenal; pilihannya {', '.join(known)}"


DEMO_EDITION = "simulasi 2026"
EMPTY_REASON = "alasannya kosong"


def bad_filling(text: str) -> str:
    """Refuse a text that fills no column."""
    return f"“{text}” tidak terbaca; tulis seperti keparahan=2"


def unknown_filling(column: str, known: Sequence[str]) -> str:
    """Refuse to fill a column that a kind of file does not have."""
    return f"--isi: kolom “{column}” tidak dikenal. Yang dikenal: {', '.join(known)}."


SIMULATED_WITHOUT_STATIONS = (
    "Daftar TPS tidak ditulis, karena tidak ada pemilihan dengan DPT dan TPS yang berjalan pada hari itu."
)


def unknown_election(text: str, known: Sequence[str]) -> str:
    """Refuse an election that the calendar of a region does not have."""
    return f"Pemilihan “{text}” tidak dikenal. Yang dikenal: {', '.join(known)}."


def bad_answer(text: str) -> str:
    """Say how the answer to a question about a name is written."""
    return f"“{text}” tidak terbaca; tulis seperti “Jongkat/Segedong=61.02.08.2010”"


def bad_switch(variable: str, text: str) -> str:
    """Say that a switch is neither on nor off."""
    return f"{variable}={text} tidak dikenal; isilah 1 (berlaku) atau 0 (tidak berlaku)."


def bad_limit(name: str, value: str) -> str:
    """Say that a limit in the environment is no number."""
    return f"{name} berisi “{value}”; isinya harus bilangan bulat di atas 0."


def bad_setting(name: str, value: str) -> str:
    """Say how a setting is written."""
    return f"{name}={value} bukan tanggal; tulis seperti 2026-10-29, atau kosongkan."
