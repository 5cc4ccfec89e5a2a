"""What the pages say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.indonesian import long_date, signed, whole
from lib.texts.score import COMPONENT_NAMES
from lib.texts.sheet import MARK_NAMES

if TYPE_CHECKING:
    from datetime import date

    from lib.records import AreaRow

APP_TITLE = "Petadini"
RESTRICTED = "TERBATAS"
SIMULATED = "DATA SIMULASI"
PROVISIONAL = "SKALA SEMENTARA"

SECTION_SITUATION = "Situasi"
SECTION_MAPPING = "Pemetaan"
SECTION_DATA = "Sumber data"
REGION_SWITCH = "Wilayah"
SUMMARY_TITLE = "Ringkasan"
TREND_TITLE = "Tren"
SLIDES_TITLE = "Paparan"
MAP_TITLE = "Peta risiko"
IMPORT_TITLE = "Impor"
ALL_CATEGORIES = "Semua kategori"

FILTER_HEAD = "Saringan"
FILTER_PERIOD = "Masa"
FILTER_PERIOD_HELP = (
    "Skor dan kelas dihitung per hari terakhir masa ini, dari semua laporan yang sudah diketahui pada hari itu. "
    "Hari pertama masa dan saringan lain hanya mengubah jumlah dan daftar."
)
FILTER_ELECTION = "Pemilihan"
FILTER_CATEGORIES = "Kategori"
FILTER_CATEGORIES_ALL = ALL_CATEGORIES
FILTER_VERIFICATIONS = "Status laporan"
FILTER_VERIFICATIONS_ALL = "Semua kecuali ditolak"
FILTER_SOURCES = "Sumber"
FILTER_SOURCES_ALL = "Semua sumber"
FILTER_DISTRICTS = "Kecamatan"
FILTER_DISTRICTS_ALL = "Semua kecamatan"
FILTER_HALF_PERIOD = "Pilih juga hari terakhir masa; sementara itu dipakai masa baku."

NO_INCIDENTS = (
    "Belum ada laporan untuk pertanyaan ini. Itu tidak berarti aman: mungkin laporan belum masuk, atau saringannya "
    "terlalu sempit. Ubah masa atau saringan, atau impor berkas kejadian."
)
SILENCE = "Tanpa kelas tidak berarti aman."

METRIC_WEEK = "Kejadian 7 hari terakhir"
METRIC_VERIFIED = "Terverifikasi 7 hari terakhir"
METRIC_SERIOUS = "Keparahan 4–5 dalam 28 hari"
METRIC_HIGH = "Kelas Tinggi ke atas"
METRIC_MARKS = "Wilayah Siaga"
NOT_JUDGED = "–"  # where nothing is heard, a nought would be a calm count
METRIC_SILENT = "Tanpa kelas"
VERSUS_WEEK_BEFORE = "dari 7 hari sebelumnya"
NOTHING_CAME = "tidak ada laporan yang masuk"
WEEK_INCOMPLETE = "Minggu ini belum lengkap: laporan yang terlambat belum masuk."
CHART_INCOMPLETE = "Arsir: belum lengkap, laporan yang terlambat belum masuk."
TOP_FIVE = "Lima teratas"
STAGES_HEAD = "Tahapan"
VINTAGE_HEAD = "Dasar data"

LAYERS = "Lapisan"
LAYER_NAMES = {"tps": "TPS", "kejadian": "Kejadian", "panas": "Kepadatan"}
LEGEND_HEAD = "Tingkat kerawanan (skor 0–100)"
LEGEND_MARKS = "Tanda"
LEGEND_STATION = "TPS"
LEGEND_INCIDENT = "Kejadian"
MAP_HINT = "Arahkan kursor untuk nama; klik kelurahan untuk rinciannya."
ZOOM_IN, ZOOM_OUT = "Perbesar", "Perkecil"
MAP_ALT = "Peta tingkat kerawanan menurut kelurahan"
TABLE_HEAD = "Tabel"
DOWNLOAD_PNG = "Unduh lembar peta (PNG)"
SHEET_SIZE = "Ukuran lembar"
SHEET_SIZES = {
    "1920x1080": "Layar, 1920 × 1080",
    "a4": "Cetak A4",
    "a3": "Cetak A3",
    "kartu": "Kartu untuk HP, 1080 × 1350",
}
DOWNLOAD_CSV = "Unduh tabel (CSV)"
DOWNLOAD_GPKG = "Unduh GeoPackage"
DETAIL_HEAD = "Rincian kelurahan"
DETAIL_CHOOSE = "Pilih kelurahan"
DETAIL_LAST = "Laporan terakhir"

STEP_WEEK = "Mingguan"
STEP_DAY = "Harian"
BY_FAMILY = "Menurut kategori"
BY_DISTRICT = "Menurut kecamatan"
TREND_STEP = "Langkah"
TREND_BY = "Rincian"
USUAL_HEAD = "Minggu ini dibanding biasanya"
TIME_HEAD = "Kejadian dari waktu ke waktu"

SLIDE_PREVIOUS = "‹"
SLIDE_NEXT = "›"
SLIDE_EXIT = "Keluar"
SLIDE_AUTO = "Maju sendiri"
SLIDE_STATUS = "Situasi hari ini"
SLIDE_TREND = "Kejadian per minggu"
SLIDE_INCOMPLETE = "arsir: belum lengkap"
SLIDE_CHANGES = "Yang berubah"
SLIDE_SINCE = "Sejak"
SLIDE_UP = "Naik kelas"
SLIDE_DOWN = "Turun kelas"
SLIDE_NONE = "tidak ada"
SLIDE_UNKNOWN = "tidak dapat dinilai"

RISK_COLUMNS = {
    "nama": "Kelurahan",
    "kecamatan": "Kecamatan",
    "skor": "Skor",
    "kelas": "Kelas",
    "tanda": "Tanda",
    "kelas_dapat_mencapai": "Dapat mencapai",
    "peringkat": "Peringkat",
    "peluang_10_persen_teratas": "10% teratas",
    "jumlah_kejadian": "Kejadian",
    "kelengkapan": "Kelengkapan",
}
RISK_COLUMN_HELP = {
    "skor": "Jumlah empat bagian: kerentanan tempat, kejadian, wilayah sekitar, lonjakan; dikurangi yang ditahan "
    "karena belum diperiksa.",
    "tanda": "Yang harus dilihat di samping warna; tidak mengubahnya.",
    "kelas_dapat_mencapai": "Kelas bila tiga dari sepuluh laporan 28 hari terakhir ternyata tidak masuk.",
    "peringkat": "Peringkat di antara semua wilayah yang berkelas, juga yang tidak ditampilkan; dalam kurung rentang "
    "90% dari 500 hitungan ulang dengan bobot, waktu paruh, dan jumlah kejadian lain yang sama wajarnya. Skor yang "
    "sama berbagi peringkat.",
    "peluang_10_persen_teratas": "Bagian dari 500 hitungan ulang itu yang menempatkannya di 10% teratas.",
    "kelengkapan": "Bagian bobot skor yang bersandar pada data yang diketahui.",
}


def band(*, simulated: bool, provisional: bool = False, pinned: date | None = None) -> str:
    """Write the classification band: who may see it, what is invented or provisional, on which day today stands."""
    marks = {SIMULATED: simulated, PROVISIONAL: provisional}
    still = [standing_still(pinned)] if pinned else []
    return " · ".join((RESTRICTED, *(mark for mark, holds in marks.items() if holds), *still))


def standing_still(day: date) -> str:
    """Say that today is not the clock's."""
    return f"hari ini dianggap {long_date(day)}"


def unheard(count: int, total: int, unit: str, last: date | None, day: date) -> str:
    """Say that a region has fallen silent, and since when; `last` is the day of the newest report, where known."""
    told = f"Tidak terdengar: {whole(count)} dari {whole(total)} {unit}"
    if last is None:
        return f"{told}."
    return f"{told}; laporan terakhir {long_date(last)}, {whole((day - last).days)} hari lalu."


def none_ranked(unit: str) -> str:
    """Say why no area stands highest."""
    return (
        f"Tidak ada {unit} yang dapat diberi kelas: laporannya berhenti, belum masuk, atau terlalu sedikit. "
        "Itu tidak berarti aman."
    )


def versus(now: int, before: int, *, unheard: bool = False) -> str:
    """Compare two weeks; a week of which nothing is heard is not a quiet one."""
    if unheard and not now:
        return NOTHING_CAME
    return f"{signed(now - before)} {VERSUS_WEEK_BEFORE}"


def unclassed_note(silent: int, unheard: int, unclear: int) -> str:
    """Say why areas have no class; none of them is safe for it."""
    counts = (("belum ada laporan", silent), ("tidak terdengar", unheard), ("data tidak cukup", unclear))
    told = [f"{whole(count)} {words}" for words, count in counts if count]
    return f"{', '.join(told)}. Itu tidak berarti aman." if told else "Semua wilayah terdengar."


def marks_note(severe: int, unverified: int, thin: int) -> str:
    """Say how many areas have the other marks."""
    counts = (("dengan kejadian terberat", severe), ("belum diperiksa", unverified), ("laporannya menipis", thin))
    told = [f"{whole(count)} {words}" for words, count in counts if count]
    return f"tanda lain: {', '.join(told)}; tanda tidak mengubah warna" if told else "tanda tidak mengubah warna"


def of_classed(classed: int, total: int, unit: str) -> str:
    """Write what a count of areas of a class is out of: those that have one."""
    if not classed:
        return "tidak dapat dinilai. Itu tidak berarti aman."
    return f"dari {whole(total)} {unit}" if classed == total else f"dari {whole(classed)} {unit} yang diberi kelas"


def density_key(bandwidth_m: float) -> str:
    """Explain the density surface; its bandwidth is part of what it says."""
    return f"Kepadatan kejadian, lebar pita {whole(bandwidth_m)} m"


def without_polygon(names: list[str], unit: str) -> str:
    """Say which areas are only in the table."""
    return f"Tanpa poligon, hanya di tabel: {len(names)} {unit} ({', '.join(names)})."


SERIOUS_NOTE = "kekerasan, perusakan, atau lebih"


def legal_source(source: str) -> str:
    """Name the regulation behind the dates."""
    return f"Dasar hukum: {source}"


def weights_line(scheme: str, version: str, digest: str) -> str:
    """Name the weights in force."""
    return f"Bobot: {scheme} versi {version} ({digest})."


def slide_counter(number: int, count: int, mark: str) -> str:
    """Write where in the slides one is, and the mark."""
    return f"{number} / {count} · {mark}"


def slide_status(week: int, before: int, *, unheard: bool = False) -> str:
    """Say the week in a sentence for the whole room; a week of which nothing is heard is not a quiet one."""
    if unheard and not week:
        return f"7 hari terakhir: {NOTHING_CAME}"
    if week == before:
        return f"{whole(week)} kejadian dalam 7 hari, sama dengan minggu sebelumnya"
    word = "naik" if week > before else "turun"
    return f"{whole(week)} kejadian dalam 7 hari, {word} dari {whole(before)}"


def slide_classes(high: int, total: int, unit: str, *, classed: int) -> str:
    """Say how many areas are in the two highest classes; `classed` of the total have a class."""
    if not classed:
        return f"Tidak ada {unit} yang dapat diberi kelas: belum tentu aman"
    return f"{whole(high)} dari {whole(total)} {unit} di kelas Tinggi ke atas"


def slide_silent(silent: int, unheard: int, unit: str) -> str:
    """Say how many areas are silent or not heard any more."""
    heard = f", {whole(unheard)} tidak terdengar" if unheard else ""
    return f"{whole(silent)} {unit} belum ada laporan{heard}: belum tentu aman"


def slide_changes(up: int, down: int, since: str) -> str:
    """Say how many areas changed class since a day."""
    return f"{whole(up)} naik kelas, {whole(down)} turun kelas sejak {since}"


def slide_unfiltered(region_name: str) -> str:
    """Say that the slides are of the whole region although the address names filters."""
    return f"seluruh {region_name}, saringan di alamat tidak dipakai"


def slide_map(unit: str) -> str:
    """Write the head of the map's slide."""
    return f"Lima {unit} teratas"


def slide_more(count: int) -> str:
    """Say how many lines did not fit."""
    return f"dan {whole(count)} lainnya"


def slide_reason(row: AreaRow) -> str:
    """Say in a few words why an area is in the top five: its largest parts, or one and its first mark."""
    marks = [name.lower() for code, name in MARK_NAMES.items() if getattr(row, code)]
    points = row.part_points
    parts = sorted(COMPONENT_NAMES, key=lambda component: -points[component])[: 1 if marks else 2]
    return ", ".join([*(f"{whole(points[part])} dari {COMPONENT_NAMES[part].lower()}" for part in parts), *marks[:1]])
