"""What the command `petadini` says: help, results, one line each."""

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
    "siapkan": "Siapkan wilayah dari berkas batas kelurahan, dan jadikan wilayah kerja.",
    "demo": "Siapkan kota contoh Tanjung Sagara (DATA SIMULASI).",
    "simulasi": "Buat berkas TPS dan kejadian tiruan untuk gladi di wilayah yang sudah disiapkan.",
    "impor": "Masukkan berkas batas, TPS, atau kejadian.",
    "templat": "Tulis templat XLSX untuk diisi.",
    "skor": "Tulis tabel tingkat kerawanan per tanggal sebagai CSV.",
    "peta": "Gambar lembar peta PNG per tanggal.",
    "riwayat": "Daftar impor wilayah kerja.",
    "batal": "Batalkan satu impor; barisnya tetap tersimpan tetapi tidak dihitung.",
    "bekukan": "Bekukan ulang skala skor per tanggal.",
    "periksa": "Periksa gudang data: hitungan, sidik baris, dan aturan.",
    "jalankan": "Jalankan dasbor di komputer ini.",
}
ARGUMENTS = {
    "wilayah": "kode Kemendagri kabupaten/kota, misalnya 14.72 (baku: wilayah kerja)",
    "batas": "berkas batas: GeoPackage, GeoJSON, Shapefile (.shp atau .zip), KML, FlatGeobuf, GeoParquet",
    "jenis": "batas, tps, atau kejadian",
    "jenis_templat": "kejadian atau tps",
    "berkas": "berkas yang dimasukkan",
    "json": "tulis hasil sebagai JSON satu baris",
    "kejadian": "jumlah kejadian tiruan",
    "benih": "benih acak; benih yang sama memberi berkas yang sama",
    "keluar_folder": "folder tujuan",
    "keluar_berkas": "berkas tujuan",
    "pemilihan": "kode pemilihan, misalnya pilkada-2024 (baku: yang berikutnya)",
    "per": "keadaan per tanggal, misalnya 2024-11-20 (baku: hari ini atau laporan terakhir)",
    "csv": "berkas CSV tujuan",
    "png": "berkas PNG tujuan",
    "ukuran": "1920x1080, a4, atau a3",
    "lapisan": "lapisan tambahan, dipisah koma: tps, kejadian, panas",
    "nomor": "nomor impor, lihat riwayat",
    "alasan": "alasan, dicatat di gudang data",
    "jika_kosong": "hanya bila gudang data belum berisi wilayah",
    "port": "nomor port",
}


def region_ready(name: str, area_count: int, missing: list[str]) -> str:
    """Say that a region is ready, and which areas have no polygon."""
    without = f" Tanpa poligon: {', '.join(missing)}." if missing else ""
    return f"{name} siap: {area_count} kelurahan/desa.{without}"


def rows_imported(kind: str, file: str, *, rows: int, accepted: int, quarantined: int, duplicate: int) -> str:
    """Say where the lines of a file went."""
    text = f"{kind} “{file}”: {rows} baris = {accepted} diterima + {quarantined} karantina + {duplicate} duplikat."
    return text + (" Lihat alasannya di halaman Impor." if quarantined else "")


def written(path: str) -> str:
    """Say that a file was written."""
    return f"Ditulis: {path}"


def serving(address: str, region: str, *, simulated: bool) -> str:
    """Say where the dashboard is, in one line."""
    mark = " (DATA SIMULASI)" if simulated else ""
    return f"Petadini berjalan di {address} · {region}{mark} · hentikan dengan Ctrl+C"


def history_line(
    import_id: str,
    kind: str,
    file: str,
    *,
    rows: int,
    accepted: int,
    quarantined: int,
    duplicate: int,
    undone: bool,
) -> str:
    """Say one import in a line."""
    counts = f"{rows} baris, {accepted} diterima, {quarantined} karantina, {duplicate} duplikat"
    return f"{import_id}  {kind:<8}  {file}  {counts}{'  DIBATALKAN' if undone else ''}"


def port_taken(port: int) -> str:
    """Say that something else answers at a port."""
    return f"Port {port} sudah dipakai, mungkin oleh Petadini sendiri. Pakai port lain: make run PORT={port + 1}"


def undone(import_id: str) -> str:
    """Say that an import no longer counts."""
    return f"Impor {import_id} dibatalkan."


def frozen(day: str) -> str:
    """Say that the scale was frozen."""
    return f"Skala skor dibekukan per {day}."


NOTHING_TO_FREEZE = "Belum ada kejadian yang dapat menjadi dasar skala; tidak ada yang dibekukan."
HEALTHY = "Gudang data sehat: semua pemeriksaan lulus."
PREPARING_DEMO = "Menyiapkan kota contoh (sekali saja) ..."
NO_IMPORTS = "Belum ada impor."
NO_DISTRICT = "Kecamatan {code}"


def rows_lost(import_id: str, file: str, expected: int, found: int) -> str:
    """Say that an import no longer has the rows its record says."""
    return (
        f"Impor {import_id} (“{file}”) tercatat {expected} baris tetapi kini {found} baris atau isinya berubah. "
        "Batalkan impor itu, lalu impor ulang dari salinan di folder “berkas”."
    )


def check_failed(check: str, row: str) -> str:
    """Say which rule of the store is broken."""
    return f"Aturan “{check}” dilanggar: {row}. Jangan mengimpor dulu; laporkan kepada pengelola."


def bad_date(text: str) -> str:
    """Say how a day is written."""
    return f"“{text}” bukan tanggal; tulis seperti 2024-11-20"


def bad_layers(text: str, known: tuple[str, ...]) -> str:
    """Say which layers there are."""
    return f"lapisan “{text}” tidak dikenal; pilihannya {', '.join(known)}"


def bad_setting(name: str, value: str) -> str:
    """Say how a setting is written."""
    return f"{name}={value} bukan tanggal; tulis seperti 2026-10-29, atau kosongkan."
