"""The words about forecasts: what is expected, how sure that is, what it is made of, what it cannot see."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from data import digests
from lib.indonesian import TOO_FEW_EVENTS, countdown, decimal, long_date, moment, whole

if TYPE_CHECKING:
    from datetime import date, datetime

    from lib.analysis.backtest import Backtest

FORECAST_TITLE = "Ramalan"
GROUP_CHOICE = "Kelompok kategori"
HORIZON_CHOICE = "Jangka"
HORIZON_NAMES = {7: "7 hari", 14: "14 hari"}
FILTERS_NOTE = (
    "Ramalan memakai semua laporan kecuali yang ditolak; saringan kategori dan status tidak mengubahnya. Saringan "
    "kecamatan hanya menyaring daftar wilayah."
)
TOO_FAR = "belum dapat diramalkan sejauh itu"
TOO_NARROW_BELOW = 0.75  # share of 80 percent intervals that held
USUAL_GAP_DAYS = 7  # without any report of a whole region; then they have stopped
OUTSIDE = "Tidak dikelompokkan"
KIND_WORDS = {"kota": "kota", "kabupaten": "kabupaten"}

PATH_HEAD = "Sampai hari-H"
PATH_KNOWN = "Sudah dilaporkan, dijumlahkan"
PATH_EXPECTED = "Perkiraan"
PATH_BANDS = {50: "Kisaran 50%", 80: "Kisaran 80%", 95: "Kisaran 95%"}
PATH_AXIS = "Kejadian, dijumlahkan"
PATH_NOTE = (
    "Garis menjumlahkan kejadian sejak pekan pertama grafik; pita menunjukkan ke mana jumlah itu dapat bergerak. "
    "Makin jauh ke depan, makin lebar, dan makin sedikit pekan lalu yang dapat mengujinya: mutu yang tertulis di "
    "atas adalah mutu jumlah jangka yang dipilih. Perkiraan menghitung juga kejadian yang laporannya terlambat."
)

AREAS_HEAD = "Wilayah dengan perkiraan tertinggi"
AREA_COLUMNS = {
    "nama": "Kelurahan",
    "kecamatan": "Kecamatan",
    "perkiraan": "Perkiraan",
    "kisaran": "Kisaran 80%",
    "peluang": "Peluang ada",
    "catatan": "Catatan",
}
NEVER_HEARD = "belum ada laporan"
BASELINE_ONLY = "hanya rata-rata"
SILENCE_NOTE = (
    "Wilayah tanpa laporan tetap diberi perkiraan dari keadaan umum daerah dan tetangganya: belum ada laporan tidak "
    "berarti aman."
)
DOWNLOAD = "Unduh ramalan (CSV)"

PARTS_HEAD = "Perkiraan ini terdiri dari apa"
PART_NAMES = {
    "baseline": "Keadaan umum daerah",
    "own_history": "Kebiasaan wilayah",
    "own_recent": "Pekan-pekan terakhir",
    "neighbours": "Wilayah tetangga",
}
PART_MEANINGS = {
    "baseline": "ramainya seluruh daerah sekarang dan bagian wilayah di dalamnya",
    "own_history": "kejadian wilayah itu sendiri dalam beberapa bulan terakhir",
    "own_recent": "kejadian wilayah itu sendiri dalam satu-dua pekan terakhir",
    "neighbours": "kejadian di wilayah yang berbatasan",
}
PARTS_AXIS = "Perkiraan kejadian"
PLAIN_HAS_NO_PARTS = "Angka utama di halaman ini adalah rata-rata 8 pekan; ia tidak punya susunan untuk ditampilkan."

LIMITS_HEAD = "Yang tidak dapat dilihat ramalan ini"
LIMITS = (
    "Pemicu yang belum pernah terjadi, misalnya putusan sengketa. Ramalan hanya meneruskan pola laporan.",
    "Kejadian yang tidak dilaporkan. Wilayah yang diam diperkirakan rendah, bukan aman.",
    "Seberapa berat kejadiannya: satu adu mulut dan satu pembakaran sama-sama dihitung satu.",
    "Kejadian yang wilayahnya tidak diketahui tidak masuk hitungan.",
    (
        "Alamatnya. Bila kejadian jarang, ramalan yang sempurna pun hanya menemukan sepertiganya di sepersepuluh "
        "wilayah: pakailah untuk membagi perhatian, bukan untuk menunggu di satu tempat."
    ),
)

RECKONING = "Menghitung ramalan …"
WEIGHING = "Menguji ramalan pada pekan-pekan yang lalu …"
PUBLISHING = "Menghitung dan membekukan ramalan …"
PUBLISH_HEAD = "Terbitan"
PUBLISH = "Terbitkan ramalan hari ini"
PUBLISH_HELP = (
    "Membekukan ramalan ini dengan sidik dan waktunya, supaya kelak dinilai terhadap yang benar-benar terjadi. Yang "
    "sudah diterbitkan tidak dapat diubah tanpa ketahuan."
)
PAST_STATE = "Keadaan lampau tidak dapat diterbitkan; kembali dulu ke keadaan terbaru."
NOT_ISSUED = "Belum ada ramalan yang diterbitkan."
TOO_SHORT = (
    "Riwayat laporan kurang dari delapan pekan. Angka di bawah hanyalah rata-rata, yang belum mengatakan di mana dan "
    "kapan."
)


def silent(last_reported_on: date | None) -> str:
    """Say why there is no forecast: no report came for long, and silence is not safety."""
    return f"Tidak ada ramalan: {last_report(last_reported_on)}. Belum ada laporan tidak berarti aman."


def last_report(last_reported_on: date | None) -> str:
    """Say when the newest report came."""
    if last_reported_on is None:
        return "tidak ada laporan kejadian dari setahun terakhir"
    return f"laporan terakhir diterima {long_date(last_reported_on)}"


def stopped(last_reported_on: date | None, as_of: date) -> str:
    """Say that a forecast rests on reports that stopped; empty where the newest one is at most a week old."""
    if last_reported_on is None or (as_of - last_reported_on).days <= USUAL_GAP_DAYS:
        return ""
    return f"laporan terakhir {long_date(last_reported_on)}; angka ini dari laporan yang berhenti"


def headline(days: int, mean: float, low: int, high: int, *, kind: str, group: str | None, wide: bool = False) -> str:
    """Say what is expected of the whole region; `group` None means all categories.

    `wide`, here and in what follows: the interval says nothing, so neither it nor its middle is told.
    """
    what = "kejadian" if group is None else f"kejadian {group}"
    if wide:
        return f"{days} hari ke depan: jumlah {what} di seluruh {KIND_WORDS.get(kind, 'wilayah')} {TOO_FAR}"
    return (
        f"{days} hari ke depan diperkirakan {whole(mean)} {what} (80%: {whole(low)}–{whole(high)}) "
        f"di seluruh {KIND_WORDS.get(kind, 'wilayah')}"
    )


def slide_headline(days: int, mean: float, low: int, high: int, *, kind: str, wide: bool = False) -> str:
    """Say what is expected of the whole region in one line of a slide."""
    if wide:
        return f"{days} hari ke depan: jumlah kejadian se-{KIND_WORDS.get(kind, 'wilayah')} {TOO_FAR}"
    return (
        f"{days} hari ke depan: kira-kira {whole(mean)} kejadian se-{KIND_WORDS.get(kind, 'wilayah')} "
        f"(80%: {whole(low)}–{whole(high)})"
    )


def total_quality(total: Backtest, *, plain: bool) -> str:
    """Say beside the region's total how good such totals were; `plain`: what is shown is the mean of eight weeks."""
    weeks, skill, (low, high) = len(total.origins), total.skill, total.skill_interval
    if isnan(skill):
        return f"Mutu jumlah ini belum dapat dinilai: {TOO_FEW_EVENTS} pada {weeks} pekan terakhir."
    held = (total.plain_coverage if plain else total.coverage)[80]
    covered = f"kisaran 80% memuat yang terjadi {whole(100 * held)} dari 100 kali"
    covered += ", jadi terlalu sempit" if held < TOO_NARROW_BELOW else ""
    if plain:
        return f"Jumlah menurut rata-rata 8 pekan, diuji pada {weeks} pekan: {covered}."
    figures = f"{signed_percent(skill)}, antara {signed_percent(low)} dan {signed_percent(high)}"
    worse = "lebih buruk" if high < 0 else "belum terbukti lebih baik"
    verdict = "lebih baik" if low > 0 else worse
    return f"Jumlah ini, diuji pada {weeks} pekan: {verdict} daripada rata-rata 8 pekan ({figures}); {covered}."


def slide_total_quality(total: Backtest, *, plain: bool) -> str:
    """Say the same in one line of a slide."""
    if isnan(total.skill):
        return f"Mutu jumlah ini belum diketahui: {TOO_FEW_EVENTS}"
    better = "lebih baik" if total.skill_interval[0] > 0 else "belum terbukti lebih baik"
    told = f"{better} daripada rata-rata 8 pekan ({signed_percent(total.skill)})"
    told = "rata-rata 8 pekan" if plain else told
    held = (total.plain_coverage if plain else total.coverage)[80]
    return (
        f"Jumlah ini, diuji pada {len(total.origins)} pekan: {told}; kisarannya memuat yang terjadi "
        f"{whole(100 * held)} dari 100 kali"
    )


SLIDE_NO_SKILL = "Mutu ramalan ini belum dapat diuji: dugaan kasar"


def areas_note(total: float, unplaced: int) -> str:
    """Say what the areas' forecasts add up to, and what is in no forecast."""
    text = f"Perkiraan di daftar ini berjumlah {whole(total)}."
    if unplaced:
        text += f" {whole(unplaced)} kejadian tanpa kelurahan tidak ikut diramal."
    return text


def path_sentence(
    last: date, voting_day: date | None, mean: float, low: int, high: int, *, wide: bool = False
) -> str:
    """Say what is expected until voting day, or until the last day told; `wide`: what comes after says nothing."""
    coming = voting_day is not None and last < voting_day
    count = f" ({countdown(last, voting_day)})" if voting_day and coming else ""
    until = "hari-H" if last == voting_day else f"{long_date(last)}{count}"
    text = f"Sampai {until} diperkirakan {whole(mean)} kejadian (80%: {whole(low)}–{whole(high)})."
    if wide:
        text += f" Sesudah itu jumlahnya {TOO_FAR}: kisarannya terlalu lebar."
    elif coming:
        text += " Lebih jauh dari itu tidak diramal."
    return text


def path_too_far(last: date, voting_day: date | None) -> str:
    """Say that nothing can be said of any week until voting day, or until the last day that is forecast."""
    until = "hari-H" if last == voting_day else long_date(last)
    return f"Jumlah kejadian sampai {until} {TOO_FAR}: kisarannya terlalu lebar."


def skill_sentence(weeks: int, skill: float, low: float, high: float) -> str:
    """Say how good the forecast was beside the mean of eight weeks; the shares as fractions."""
    if isnan(skill):
        return (
            f"Mutu ramalan belum dapat dinilai: {TOO_FEW_EVENTS} pada {weeks} pekan terakhir. Karena itu angka utama "
            "di bawah adalah rata-rata 8 pekan."
        )
    past = f"Pada {weeks} pekan terakhir yang dapat dinilai, ramalan per wilayah"
    if low > 0:
        interval = f"{whole(100 * low)}–{percent(high)}"
        return f"{past} lebih baik daripada rata-rata 8 pekan sebesar {percent(skill)} ({interval})."
    span = f"selisih {signed_percent(skill)}, antara {signed_percent(low)} dan {signed_percent(high)}"
    worse = "lebih buruk" if high < 0 else "tidak lebih baik"
    return (
        f"{past} {worse} dari rata-rata 8 pekan ({span}). Karena itu angka utama di bawah adalah rata-rata 8 pekan."
    )


NO_SKILL = (
    "Mutu ramalan belum dapat diuji: perlu sedikitnya 17 pekan laporan. Perlakukan angkanya sebagai dugaan kasar."
)


def percent(share: float) -> str:
    """Write a share in whole percent."""
    return f"{whole(100 * share)}%"


def signed_percent(share: float) -> str:
    """Write a share in whole percent with a true minus."""
    value = round(100 * share)
    return f"{'−' if value < 0 else ''}{abs(value)}%"


def span(low: int, high: int, *, wide: bool = False) -> str:
    """Write an interval of counts in words."""
    if wide:
        return TOO_FAR
    return f"{whole(low)} kejadian" if low == high else f"{whole(low)}–{whole(high)} kejadian"


def chance(probability: float) -> str:
    """Say a probability in words, with its figure."""
    for limit, words in (
        (0.05, "sangat kecil"),
        (0.20, "kecil"),
        (0.45, "mungkin, lebih mungkin tidak"),
        (0.55, "sama mungkinnya"),
        (0.80, "lebih mungkin ya"),
        (0.95, "besar"),
    ):
        if probability < limit:
            return f"{words} ({percent(probability)})"
    return f"hampir pasti ({'>99%' if probability > 0.99 else percent(probability)})"


def expected(mean: float) -> str:
    """Write an expected count; what rounds to nothing is not nothing."""
    return "< 0,1" if 0 < mean < 0.05 else decimal(mean)


def parts_sentence(name: str, mean: float, parts: dict[str, float]) -> str:
    """Say what a forecast is made of, the largest part first."""
    ordered = sorted(parts.items(), key=lambda item: -item[1])
    pieces = ", ".join(f"{decimal(value)} dari {PART_MEANINGS[code]}" for code, value in ordered if value >= 0.05)
    return (
        f"{name}: dari {expected(mean)} kejadian yang diperkirakan, {pieces}." if pieces else f"{name}: hampir nol."
    )


def issued_line(
    as_of: date, moment_: datetime, actor: str, rows: int, sha256: str, *, revision: int, late: bool
) -> str:
    """Describe one issue."""
    text = f"Ramalan per {long_date(as_of)}, diterbitkan {moment(moment_)} oleh {actor}: "
    text += f"{whole(rows)} baris, sidik {digests.short(sha256)}"
    if revision > 1:
        text += f", perubahan ke-{revision - 1}"
    if late:
        text += ", dihitung mundur"
    return text


def published(as_of: date) -> str:
    """Say that the forecast is frozen."""
    return f"Ramalan per {long_date(as_of)} sudah dibekukan."


def chart_alternative(last: date, mean: float, low: int, high: int) -> str:
    """Say in words what the chart until voting day shows."""
    return (
        f"Grafik jumlah kejadian: yang sudah dilaporkan, lalu perkiraan sampai {long_date(last)} sebanyak "
        f"{whole(mean)} kejadian, kisaran 80% {whole(low)} sampai {whole(high)}."
    )


def parts_alternative(count: int) -> str:
    """Say in words what the chart of parts shows."""
    return f"Batang bertumpuk: susunan perkiraan {whole(count)} wilayah tertinggi menurut empat bagian."


def csv_written(path: str, rows: int) -> str:
    """Say that the forecasts were written."""
    return f"Ditulis: {path} ({whole(rows)} baris)."
