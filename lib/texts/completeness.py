"""The words about how complete the reports are."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from lib.indonesian import MISSING, decimal, long_date, short_date, whole

if TYPE_CHECKING:
    from datetime import date

TITLE = "Mutu data"
NO_SOURCE = "Tanpa nama sumber"
ALL_SOURCES = "Semua sumber"
ALL_CATEGORIES = "Semua kategori"
ALL_REPORTS = (
    "Halaman ini menghitung semua laporan, apa pun kategori dan statusnya: laporan yang ditolak pun menunjukkan "
    "bahwa sumbernya melapor. Laporan nihil ikut dihitung."
)

FIGURE_HEARD = "Ada laporan, 4 minggu"
FIGURE_RECEIVED = "Ditunggu 7 hari ini"
FIGURE_SILENCE = "Diam terlama"
FIGURE_DELAY = "Jeda lapor"
NOTHING_EXPECTED = "Belum ada sumber yang melapor cukup sering untuk ditunggu."
NO_SILENCE = "Belum ada laporan di wilayah ini."
NO_DELAY = "Terlalu sedikit laporan bertanggal untuk menghitung jeda."

MATRIX_HEAD = "Siapa melapor, minggu demi minggu"
MATRIX_CAPTION = "Jumlah laporan menurut kelurahan dan minggu"
SOURCE_CHOICE = "Sumber"
ORDER_CHOICE = "Urutan"
BY_DISTRICT = "Kecamatan"
LEAST_SHOWN_RATE = 0.05  # a smaller one would be written as 0,0
BY_SILENCE = "Paling lama diam"
AREA = "Kelurahan"
LAST_REPORT = "Laporan terakhir"
LAST_OF_ANY_SOURCE = "Terakhir, semua sumber"
NEVER = "belum ada"
UNUSUAL_MARK = "diam tak wajar"
NIL = "nihil"
LEGEND_NONE = "tidak ada laporan"
LEGEND_DUE = "tidak ada, padahal ditunggu"
LEGEND_NIL = "nihil: melapor tidak ada kejadian"
LEGEND_INCIDENTS = "laporan kejadian"
DOWNLOAD_MATRIX = "Unduh matriks (CSV)"

SILENCE_HEAD = "Diam tak wajar"
SOURCES_HEAD = "Sumber laporan"
DELAY_HEAD = "Jeda lapor per kategori"
BASIS = {
    "sendiri": "laporan sendiri",
    "semua": "semua kategori (laporan sendiri terlalu sedikit)",
    "pertimbangan": "pertimbangan (laporan terlalu sedikit)",
}
DELAY_COLUMNS = {
    "nama": "Kategori",
    "lengkap_sampai": "Lengkap sampai",
    "median_hari": "Median (hari)",
    "persentil_90_hari": "90% (hari)",
    "laporan": "Laporan",
    "masuk_0": "Hari yang sama",
    "masuk_3": "Dalam 3 hari",
    "masuk_7": "Dalam 7 hari",
    "dasar": "Dasar",
}
SOURCE_COLUMNS = {
    "sumber": "Sumber",
    "laporan_terakhir": "Laporan terakhir",
    "ditunggu": "Ditunggu",
    "diterima": "Diterima",
    "bagian": "Bagian",
    "diam": "Catatan",
}
UNDER = "· "
SHARE_HELP = "Bagian laporan tentang satu hari yang sudah masuk sesudah sekian hari"
EXPECTED_HELP = "Minggu × kelurahan dalam 12 minggu ini saat sumber ditunggu melapor"


def heard_note(heard: int, total: int, unit: str) -> str:
    """Say how many areas the share is of."""
    return f"{whole(heard)} dari {whole(total)} {unit}, laporan nihil ikut dihitung"


def received(received_count: int, expected_count: int) -> str:
    """Write received against expected."""
    return f"{whole(received_count)} dari {whole(expected_count)}"


def received_note(share: float, earlier: float | None) -> str:
    """Say the share received, and that of the weeks before."""
    before = "" if earlier is None else f"; minggu-minggu sebelumnya {whole(100 * earlier)}%"
    return f"{whole(100 * share)}% sumber yang biasa melapor sudah melapor{before}"


def weeks(count: float) -> str:
    """Write a length of silence: days while it is short, whole weeks after that."""
    days = round(7 * count)
    return f"{days} hari" if days < 14 else f"{whole(days // 7)} minggu"


def silence_note(name: str, rate: float, *, unusual: bool) -> str:
    """Say whose silence it is and whether it surprises."""
    verdict = "tak wajar" if unusual else "masih wajar"
    return f"{name}; {usual(rate)}, jadi {verdict}"


def usual(rate: float) -> str:
    """Say how often one usually hears of a place or from a source."""
    if isnan(rate):
        return "baru sekali terdengar"
    if rate < LEAST_SHOWN_RATE:
        return "biasanya hampir tidak pernah ada laporan"
    return f"biasanya ada laporan {decimal(rate)} hari seminggu"


def days(count: float | None) -> str:
    """Write days of delay."""
    if count is None:
        return MISSING
    return f"{whole(count)} hari"


def delay_note(percentile_90: float, until: date) -> str:
    """Say how late the late ones are, and until when days are complete."""
    return f"90% masuk dalam {whole(percentile_90)} hari; lengkap sampai {short_date(until)}"


def delay_basis(until: date) -> str:
    """Explain the estimate and what is incomplete."""
    return (
        "Jeda dihitung dari laporan yang tanggal laporannya diketahui, dengan koreksi untuk kejadian baru yang "
        f"laporan lambatnya belum sempat masuk. Hari sesudah {long_date(until)} belum lengkap."
    )


def silence_sentence(name: str, district: str, silent_weeks: float, rate: float, probability: float) -> str:
    """Say in a sentence how long an area has been silent and how odd that is."""
    where = f"{name} (Kec. {district})" if district else name
    return (
        f"{where}: sudah {weeks(silent_weeks)} tanpa laporan, {usual(rate)}; "
        f"peluang diam selama itu karena kebetulan {chance(probability)}."
    )


def ago(days_since: int) -> str:
    """Say how old a report is."""
    return "hari ini" if days_since == 0 else f"{whole(days_since)} hari lalu"


def more(count: int) -> str:
    """Say how many sentences did not fit."""
    return f"dan {whole(count)} lainnya; semua ada di tabel di atas"


def source_silence(silent_weeks: float, rate: float, probability: float) -> str:
    """Note that a source has stopped."""
    return f"Diam {weeks(silent_weeks)}, {usual(rate)}; peluang kebetulan {chance(probability)}"


def chance(probability: float) -> str:
    """Write a small probability in percent; below 0.1 % as such."""
    return "di bawah 0,1%" if probability < 0.001 else f"{decimal(100 * probability)}%"


def no_unusual(total: int, unit: str) -> str:
    """Say that no silence is unusual, and what that does not mean."""
    return f"Tidak ada diam yang tak wajar di {whole(total)} {unit}. Itu tidak berarti aman."


def by_chance(total: int, unit: str, level: float) -> str:
    """Say how many flags chance alone would set."""
    return (
        f"Ditandai bila peluangnya di bawah {decimal(100 * level, 0)}%; dari {whole(total)} {unit} paling banyak "
        f"sekitar {decimal(total * level)} tertanda karena kebetulan saja."
    )


def never(names: tuple[str, ...], unit: str, history_weeks: int) -> str:
    """Name the areas that nothing was heard of within the history."""
    return (
        f"Belum ada laporan apa pun dalam {whole(history_weeks)} minggu dari {whole(len(names))} {unit}: "
        f"{', '.join(names)}."
    )


def weeks_line(start: date, end: date, complete: date) -> str:
    """Explain the columns of the matrix."""
    return (
        f"Setiap kolom tujuh hari, dari {short_date(start)} sampai {short_date(end)}, diberi nama menurut hari "
        f"terakhirnya. Bertanda *: belum lengkap, laporan tentang hari sesudah {short_date(complete)} masih masuk."
    )
