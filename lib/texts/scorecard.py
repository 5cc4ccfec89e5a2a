"""The words about how good our warnings were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.texts.forecasts import percent, signed_percent
from lib.texts.numbers import decimal, period, short_date, whole

if TYPE_CHECKING:
    from datetime import date

TIERS = {"siaga": "Siaga", "waspada": "Waspada", "kejadian": "Aturan kejadian"}
OUTCOMES = {"benar": "benar", "keliru": "keliru", "belum": "belum dapat dinilai", "peristiwa": "tidak dinilai"}
CAUSES = {"berat": "kejadian berat", "kenaikan": "kenaikan jumlah", "": ""}
BENCHMARKS = {
    "pekan_lalu": "Sama dengan pekan lalu",
    "rata4": "Rata-rata 4 pekan",
    "rata8": "Rata-rata 8 pekan",
    "pemilu_lalu": "Hari yang sama menjelang pemilihan lalu",
}
OURS = "Ramalan kami"

ALERTS_HEAD = "Peringatan, menurut tingkatnya"
TIER_COLUMNS = {
    "tingkat": "Tingkat",
    "benar": "Benar",
    "keliru": "Keliru",
    "belum": "Belum dapat dinilai",
    "tenggang": "Tenggang (median)",
}
MISSED_HEAD = "Yang tidak kami peringatkan"
FORECAST_HEAD = "Ramalan, dibandingkan dengan cara yang sederhana"
BENCHMARK_COLUMNS = {
    "cara": "Cara meramal",
    "meleset": "Meleset",
    "teratas": "10% teratas",
    "banding": "Ramalan kami dibanding ini",
}
BENCHMARK_HELP = (
    "Meleset (RPS): rata-rata jarak antara sebaran yang diramalkan dan jumlah yang terjadi, dalam kejadian per "
    "wilayah; 0 sempurna. 10% teratas: bagian kejadian yang jatuh di sepersepuluh "
    "wilayah dengan ramalan tertinggi. Perbandingan disertai kisaran 95% dari pengundian ulang pekan-pekannya."
)
FROZEN_HEAD = "Terbitan yang dibekukan"
FROZEN_COLUMNS = {
    "per": "Ramalan per",
    "hari": "Hari",
    "diramal": "Diramalkan (80%)",
    "terjadi": "Terjadi",
    "nilai": "Di dalam kisaran",
}
NO_FROZEN = "Belum ada terbitan; terbitkan dari halaman Ramalan dan Peringatan supaya kelak dapat dinilai."
LATE_MARK = "mundur"
FROZEN_NOTE = (
    "Mundur: disusun sesudah hari berikutnya, hanya dari laporan yang sudah masuk pada hari itu; dinilai terpisah."
)
IN_RANGE, OUT_OF_RANGE, NOT_DUE = "ya", "tidak", "belum tiba"
DEFINITIONS_HEAD = "Kapan sebuah peringatan disebut benar"
ANALYSTS_HEAD = "Untuk analis: kalibrasi, pekan demi pekan, semua peringatan"
PIT_HEAD = "Kalibrasi (histogram PIT)"
PIT_NOTE = (
    "Setiap batang seharusnya 10%. Batang tepi yang tinggi: kisaran terlalu sempit; batang tengah yang tinggi: "
    "terlalu lebar; miring: ramalan terlalu rendah atau terlalu tinggi."
)
PIT_AXIS = "Letak kejadian dalam sebaran ramalan"
PIT_SHARE = "Bagian wilayah-pekan"
WEEKS_HEAD = "Diramalkan dan terjadi, pekan demi pekan"
OBSERVED, EXPECTED = "Terjadi", "Diramalkan"
LIST_HEAD = "Semua peringatan"
LIST_COLUMNS = {
    "hari": "Hari",
    "wilayah": "Wilayah",
    "tingkat": "Tingkat",
    "hasil": "Hasil",
    "kelompok": "Kelompok",
}
WHOLE_REGION = "Seluruh wilayah"
CARD_HEAD = "Kartu model"
DRIFT_HEAD = "Laporan pergeseran"
DOWNLOAD_JSON = "Unduh rapor (JSON)"
DOWNLOAD_CARD = "Unduh kartu model (Markdown)"
DOWNLOAD_CARD_JSON = "Unduh kartu model (JSON)"
DOWNLOAD_DRIFT = "Unduh laporan pergeseran (Markdown)"
DOWNLOAD_DRIFT_JSON = "Unduh laporan pergeseran (JSON)"
TOO_SHORT = (
    "Riwayat laporan belum cukup untuk menguji ramalan: ramalan pertama perlu 8 pekan, dan yang pertama dinilai 8 "
    "pekan lagi. Sampai itu ramalan kami belum terbukti lebih baik daripada rata-rata."
)
NO_ALERTS = "Belum ada peringatan yang dapat dinilai; riwayat laporan terlalu pendek atau semuanya belum jatuh tempo"


def first_sentence(graded: int, right: int, unwarned: int) -> str:
    """Say in one sentence how many alerts were right, and what came without one."""
    if not graded:
        return f"{NO_ALERTS}; {whole(unwarned)} kejadian berat tidak kami peringatkan."
    return (
        f"Dari {whole(graded)} peringatan, {whole(right)} benar dan {whole(graded - right)} keliru; "
        f"{whole(unwarned)} kejadian berat tidak kami peringatkan."
    )


def source_sentence(*, frozen: bool, first: date | None, last: date | None) -> str:
    """Say whether the alerts were frozen before the outcome or worked out again."""
    when = f" ({period(first, last)})" if first and last else ""
    if frozen:
        return f"Dihitung dari peringatan yang diterbitkan dan dibekukan sebelum hasilnya diketahui{when}."
    return (
        f"Belum ada peringatan terbitan yang dapat dinilai. Angka ini dihitung mundur{when}: peringatan setiap pekan "
        "disusun ulang hanya dari laporan yang sudah masuk pada hari itu."
    )


def tier_sentence(tier: str, right: int, graded: int) -> str:
    """Say how many alerts of a tier were right."""
    return f"{TIERS[tier]}: {whole(right)} dari {whole(graded)} benar."


def base_sentence(share: float, right_share: float | None) -> str:
    """Compare with what came where there was no alert."""
    text = (
        f"Sebagai pembanding: di wilayah tanpa peringatan hal yang sama terjadi pada {percent(share)} wilayah, "
        "kelompok dan pekan"
    )
    return f"{text}; sesudah peringatan pada {percent(right_share)}." if right_share is not None else f"{text}."


def missed_sentence(grave: int, unwarned: int, windows: int, missed: int, *, days: int) -> str:
    """Say what came without an alert before it."""
    return (
        f"{whole(unwarned)} dari {whole(grave)} kejadian berat terjadi tanpa peringatan di kelurahannya dalam {days} "
        f"hari sebelumnya. Dari {whole(windows)} jendela {days} hari dengan kenaikan jumlah, {whole(missed)} tidak "
        "didahului peringatan. Kejadian berat yang berdiri sendiri tidak dapat diramalkan dari jumlah laporan."
    )


def outcome(code: str, cause: str, days: float | None) -> str:
    """Say what became of an alert: right by what, and how many days later."""
    return f"{OUTCOMES[code]}: {CAUSES[cause]}, {whole(days)} hari" if days is not None else OUTCOMES[code]


def lead(days: float | None) -> str:
    """Write the days between an alert and what it warned of."""
    return "–" if days is None else f"{decimal(days, 0)} hari"


def definitions(days: int, count: int, probability: float, severity: int, settle: int) -> tuple[str, ...]:
    """Say when an alert is right, false, or missed; the numbers are those of the rules."""
    right = (
        f"**Benar**: dalam {days} hari sesudahnya, di kelurahan dan kelompok kategori yang sama, terjadi sedikitnya "
        f"{count} kejadian, sebanyak yang menurut perkiraan yang dibekukan bersama peringatan hanya muncul dengan "
    )
    right += f"peluang {percent(probability)}; atau satu kejadian terverifikasi berkeparahan {severity} ke atas."
    missed = (
        f"**Tidak diperingatkan**: kejadian terverifikasi berkeparahan {severity} ke atas tanpa peringatan di "
        f"kelurahannya, untuk kelompoknya atau semua kategori, dalam {days} hari sebelumnya."
    )
    apart = (
        "Peringatan seluruh kota dinilai dari jumlah saja. Peringatan menurut aturan kejadian menyatakan yang sudah "
        "terjadi; ia tidak dinilai. Terbitan yang disusun sesudah hari berikutnya dinilai terpisah."
    )
    return (
        right,
        f"**Keliru**: sesudah {days} hari, ditambah {settle} hari menunggu laporan, tidak satu pun dari keduanya.",
        missed,
        "**Tenggang**: hari dari peringatan sampai kejadian yang membenarkannya.",
        apart,
    )


def skill_line(days: int, weeks: int, skill: float, low: float, high: float) -> str:
    """Say how our forecast of a horizon compares with the mean of eight weeks."""
    figures = f"{signed_percent(skill)}, kisaran {signed_percent(low)} sampai {signed_percent(high)}"
    if low > 0:
        verdict = f"lebih baik daripada rata-rata 8 pekan ({figures})"
    elif high < 0:
        verdict = f"lebih buruk daripada rata-rata 8 pekan ({figures}); pakailah rata-rata 8 pekan"
    else:
        verdict = f"tidak lebih baik dari rata-rata 8 pekan ({figures}); pakailah rata-rata 8 pekan"
    return f"{days} hari: pada {weeks} pekan, ramalan kami {verdict}."


def coverage_line(coverage: dict[int, float], observed: float, expected: float) -> str:
    """Say how often the intervals held, and how the totals compare."""
    held = ", ".join(f"kisaran {level}% memuat {percent(value)}" for level, value in coverage.items())
    return f"Kisaran: {held}. Jumlah: diramalkan {whole(expected)}, terjadi {whole(observed)}."


def skill_cell(skill: float, low: float, high: float) -> str:
    """Write a skill with its interval, and what it means."""
    meaning = "lebih baik" if low > 0 else "lebih buruk" if high < 0 else "tidak berbeda"
    return f"{meaning} {signed_percent(skill)} ({signed_percent(low)} s.d. {signed_percent(high)})"


def whole_issues(count: int) -> str:
    """Say that nothing issued was changed."""
    return f"Semua {whole(count)} terbitan utuh: sidik setiap baris dan rantainya cocok."


def calibration_alternative(shares: list[float]) -> str:
    """Say in words what the calibration chart shows."""
    return f"Histogram PIT sepuluh batang: {', '.join(percent(share) for share in shares)}."


def weeks_alternative(weeks: int, observed: float, expected: float) -> str:
    """Say in words what the chart of weeks shows."""
    return f"{whole(weeks)} pekan: diramalkan {whole(expected)}, terjadi {whole(observed)} kejadian."


def issue_day(as_of: date, *, late: bool) -> str:
    """Write the day of an issue."""
    return f"{short_date(as_of)} ({LATE_MARK})" if late else short_date(as_of)
