"""The words about how good our warnings were."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from lib.indonesian import TOO_FEW_EVENTS, decimal, period, short_date, whole
from lib.texts.forecasts import percent, signed_percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

SCORECARD_TITLE = "Rapor peringatan"
TIERS = {"siaga": "Siaga", "waspada": "Waspada", "kejadian": "Aturan kejadian", "tren": "Tren"}
OUTCOMES = {"benar": "benar", "keliru": "keliru", "belum": "belum dapat dinilai", "peristiwa": "tidak dinilai"}
CAUSES = {"berat": "kejadian berat", "kenaikan": "kenaikan jumlah", "": ""}
BENCHMARKS = {
    "pekan_lalu": "Sama dengan pekan lalu",
    "rata4": "Rata-rata 4 pekan",
    "rata8": "Rata-rata 8 pekan",
    "rata26": "Rata-rata 26 pekan",
    "pemilu_lalu": "Hari yang sama menjelang pemilihan lalu",
}
OURS = "Ramalan kami"
AREAS, TOTAL = "Per wilayah", "Jumlah seluruh wilayah"
TOO_NARROW = "terlalu sempit"

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
LIST_COLUMNS = {"hari": "Hari", "wilayah": "Wilayah", "tingkat": "Tingkat", "hasil": "Hasil", "kelompok": "Kelompok"}
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


def base_sentence(share: float, right: int, graded: int) -> str:
    """Compare with what came where there was no alert."""
    text = (
        f"Sebagai pembanding: di wilayah tanpa peringatan hal yang sama terjadi pada {percent(share)} wilayah, "
        "kelompok dan pekan"
    )
    return f"{text}; sesudah peringatan kami pada {whole(right)} dari {whole(graded)}." if graded else f"{text}."


def missed_grave(grave: int, unwarned: int, *, days: int) -> str:
    """Say how many grave events came without an alert before them."""
    if not grave:
        return "Pada masa yang dinilai belum ada kejadian berat."
    return (
        f"{whole(unwarned)} dari {whole(grave)} kejadian berat terjadi tanpa peringatan di kelurahannya dalam {days} "
        "hari sebelumnya. Kejadian berat yang berdiri sendiri tidak dapat diramalkan dari jumlah laporan."
    )


def missed_rises(rises: int, missed: int, *, days: int) -> str:
    """Say how often the number of events rose in an area, and how often an alert stood before it."""
    text = (
        f"Dihitung mundur, {whole(rises)} kali jumlah kejadian di satu wilayah selama {days} hari jauh di atas "
        f"biasanya. {whole(rises - missed)} kali peringatan kami sudah terbit sebelum {days} hari itu mulai, "
        f"{whole(missed)} kali belum."
    )
    return f"{text} Jadi kebanyakan kenaikan tidak kami peringatkan lebih dulu." if 2 * missed > rises else text


def lead_sentence(days: float) -> str:
    """Say how long before its event a right alert came."""
    return f"Peringatan yang benar mendahului kejadian yang membenarkannya {decimal(days, 0)} hari (median)."


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
        "Tren seluruh kota bukan peringatan, dan peringatan menurut aturan kejadian menyatakan yang sudah terjadi; "
        "keduanya tidak dinilai. Terbitan yang disusun sesudah hari berikutnya dinilai terpisah."
    )
    return (
        right,
        f"**Keliru**: sesudah {days} hari, ditambah {settle} hari menunggu laporan, tidak satu pun dari keduanya.",
        missed,
        "**Tenggang**: hari dari peringatan sampai kejadian yang membenarkannya.",
        apart,
    )


def skill_line(days: int, weeks: int, skill: float, low: float, high: float) -> str:
    """Say how our forecast of the areas compares with the mean of eight weeks."""
    if isnan(skill):
        return f"Per wilayah, {days} hari: {TOO_FEW_EVENTS} ({weeks} pekan); pakailah rata-rata 8 pekan."
    figures = _figures(skill, low, high)
    if low > 0:
        verdict = f"lebih baik daripada rata-rata 8 pekan ({figures})"
    elif high < 0:
        verdict = f"lebih buruk daripada rata-rata 8 pekan ({figures}); pakailah rata-rata 8 pekan"
    else:
        verdict = f"tidak lebih baik dari rata-rata 8 pekan ({figures}); pakailah rata-rata 8 pekan"
    return f"Per wilayah, {days} hari: pada {weeks} pekan, ramalan kami {verdict}."


def long_mean_line(found: Mapping[int, tuple[float, float, float]]) -> str:
    """Say the same beside the mean of 26 weeks, which is harder to beat where little changes; by horizon.

    What to measure it by was measured by tests/bench/bench_skill.py: 28 cities at a level, and as many that rise.
    """
    figures = ", ".join(
        f"{days} hari {TOO_FEW_EVENTS if isnan(skill) else _figures(skill, low, high)}"
        for days, (skill, low, high) in found.items()
    )
    return (
        f"Terhadap rata-rata 26 pekan: {figures}. Sebagai ukuran: pada kota tiruan (diukur 29 November 2026) "
        "keunggulan per wilayah terhadap rata-rata itu sekitar 4% bila jumlah kejadian tetap dan 7–9% bila terus "
        "naik, dan untuk jumlah seluruh daerah 14 hari 16% dan 44%; pada kumpulan data terbuka yang lebih panjang, "
        "per wilayah hanya sekitar 2–3%."
    )


def false_families(weeks: int, wrong: int) -> str:
    """Say in how many weeks the family of all series held a false *siaga*."""
    return (
        "Semua wilayah dan kelompok suatu hari diuji sebagai satu keluarga: dari "
        f"{whole(weeks)} pekan yang dihitung mundur, {whole(wrong)} memuat Siaga baru yang keliru "
        f"({decimal(wrong / weeks, 2)} sepekan; yang dituju sekitar 0,1)."
    )


def city_skill_line(days: int, weeks: int, skill: float, low: float, high: float) -> str:
    """Say how our forecast of the region's total compares with the mean of eight weeks."""
    if isnan(skill):
        return f"{TOTAL}, {days} hari: {TOO_FEW_EVENTS} ({weeks} pekan)."
    worse = "lebih buruk" if high < 0 else "belum terbukti lebih baik"
    verdict = "lebih baik" if low > 0 else worse
    return (
        f"{TOTAL}, {days} hari: pada {weeks} pekan, ramalan kami {verdict} daripada rata-rata 8 pekan "
        f"({_figures(skill, low, high)})."
    )


def honest_intervals(areas: Mapping[int, float], total: Mapping[int, float], weeks: int, *, tolerance: float) -> str:
    """Say how many of a hundred 80 percent intervals held; both by horizon, `weeks` those of the total."""
    text = (
        "Dari 100 kisaran 80% yang jujur, 80 memuat yang terjadi. Kisaran kami: per wilayah "
        f"{_by_horizon(areas)}, {_width(areas.values(), tolerance)}"
    )
    if total:
        verdict = _width(total.values(), tolerance)
        text += f"; {TOTAL[0].lower()}{TOTAL[1:]} {_by_horizon(total)}, dari {whole(weeks)} pekan saja, {verdict}"
        if verdict == TOO_NARROW:
            text += ". Jumlah yang sebenarnya dapat jatuh lebih jauh daripada kisaran yang tertulis"
    return f"{text}."


def coverage_line(what: str, days: int, coverage: Mapping[int, float], observed: float, expected: float) -> str:
    """Say how often the intervals of one kind held, and how the totals compare."""
    parts = ", ".join(f"{level}% memuat {percent(share)}" for level, share in coverage.items())
    return f"{what}, {days} hari: kisaran {parts}; diramalkan {whole(expected)}, terjadi {whole(observed)}."


def frozen_ranges(due: int, inside: int) -> str:
    """Say how many frozen forecasts of the total held, and how many should have."""
    return (
        f"Dari {whole(due)} ramalan jumlah yang sudah jatuh tempo, {whole(inside)} di dalam kisaran 80%; seharusnya "
        f"sekitar {whole(0.8 * due)}."
    )


def skill_cell(skill: float, low: float, high: float) -> str:
    """Write a skill with its interval, and what it means."""
    if isnan(skill):
        return TOO_FEW_EVENTS
    meaning = "lebih baik" if low > 0 else "lebih buruk" if high < 0 else "tidak berbeda"
    return f"{meaning} {signed_percent(skill)} ({signed_percent(low)} s.d. {signed_percent(high)})"


def whole_issues(count: int) -> str:
    """Say that nothing issued was changed."""
    found = (
        "Satu terbitan diperiksa dan masih utuh" if count == 1 else f"{whole(count)} terbitan diperiksa, semua utuh"
    )
    return f"{found}: sidik setiap baris dan rantainya cocok."


def calibration_alternative(shares: list[float]) -> str:
    """Say in words what the calibration chart shows."""
    return f"Histogram PIT sepuluh batang: {', '.join(percent(share) for share in shares)}."


def weeks_alternative(weeks: int, observed: float, expected: float) -> str:
    """Say in words what the chart of weeks shows."""
    return f"{whole(weeks)} pekan: diramalkan {whole(expected)}, terjadi {whole(observed)} kejadian."


def issue_day(as_of: date, *, late: bool) -> str:
    """Write the day of an issue."""
    return f"{short_date(as_of)} ({LATE_MARK})" if late else short_date(as_of)


def _figures(skill: float, low: float, high: float) -> str:
    return f"{signed_percent(skill)}, kisaran {signed_percent(low)} sampai {signed_percent(high)}"


def _by_horizon(coverage: Mapping[int, float]) -> str:
    return " dan ".join(f"{whole(100 * share)} ({days} hari)" for days, share in coverage.items())


def _width(shares: Iterable[float], tolerance: float) -> str:
    """Name the width of 80 percent intervals by the share that held: too narrow counts more than too wide."""
    found = tuple(shares)
    if min(found) < 0.8 - tolerance:
        return TOO_NARROW
    return "lebih lebar dari perlunya" if max(found) > 0.8 + tolerance else "jujur"
