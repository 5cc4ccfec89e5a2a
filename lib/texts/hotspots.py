"""The words about hot-spots: legend, sentences about areas and the scan, refusals, how it is reckoned."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from lib.indonesian import decimal, period, whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

HOTSPOTS_TITLE = "Titik panas"
WINDOW = "Jendela"
LAYERS = "Lapisan tambahan"
LAYER_INCIDENTS = "Kejadian"
LAYER_DENSITY = "Kepadatan"
LAYER_GRID = "Kisi panas"
MAP_HINT = "Arahkan kursor untuk nama dan laju; klik untuk rincian. Warna adalah laju, garis tepi adalah hasil uji."

NOT_A_FORECAST = "Titik panas bukan ramalan: ia menggambarkan jendela yang sudah lewat, bukan yang akan terjadi."
NOT_SAFE = "Dingin tidak berarti aman: bisa juga karena tidak ada yang melapor."
CHARACTER_OF_PLACE = "Yang dinilai tempat dan waktu, bukan warganya."

HOT_HEAD = "Wilayah panas"
LONE_HEAD = "Tinggi sendirian"
LONE_LEAD = (
    "Wilayah ini sendiri jauh di atas daerah, tetapi tetangganya tidak. Gi* menilai wilayah bersama tetangganya, "
    "jadi ia tidak disebut panas; ia tetap perlu dilihat."
)
SCAN_HEAD = "Gugus ruang-waktu"
METHOD_HEAD = "Bagaimana titik panas ditentukan"
TABLE_HEAD = "Semua wilayah"
TABLE_LEAD = (
    "Gi* membandingkan wilayah bersama tetangganya dengan seluruh daerah; Moran lokal membandingkan wilayah dengan "
    "tetangganya saja."
)
LEGEND_HEAD = "Laju dihaluskan terhadap laju daerah"
LEGEND_OUTLINES = "Hasil uji Gi*"
LEGEND_HOT = "panas"
LEGEND_COLD = "dingin"
LEGEND_CLUSTER = "gugus ruang-waktu"
LEGEND_GRID = "kotak kisi yang panas"
LEGEND_INCIDENT = "kejadian yang titiknya diketahui"
NO_RATE = "tanpa DPT, laju tidak dapat dihitung"
DOWNLOAD = "Unduh titik panas (CSV)"
DOWNLOAD_NAME = "titik_panas"
SPINNER = "Menguji titik panas …"
NO_HOT = "Tidak ada wilayah yang nyata lebih panas daripada yang dapat dihasilkan kebetulan."
NO_CLUSTER = "Tidak ada gugus yang menonjol: tidak ada tempat yang belakangan ini lebih ramai daripada biasanya."
NO_SCAN = "Pemindaian gugus ruang-waktu tidak dijalankan: wilayah berpoligon atau kejadiannya terlalu sedikit."

RATE_CLASSES = ("kurang dari ½ ×", "½ × sampai 1 ×", "1 × sampai 2 ×", "2 × sampai 4 ×", "4 × atau lebih")
HOT_WORDS = {"panas": "panas", "dingin": "dingin", "tidak_nyata": "tidak menonjol", "": "tidak diuji"}
MORAN_WORDS = {
    "tinggi_tinggi": "tinggi, dikelilingi tinggi",
    "rendah_rendah": "rendah, dikelilingi rendah",
    "tinggi_rendah": "tinggi, dikelilingi rendah",
    "rendah_tinggi": "rendah, dikelilingi tinggi",
    "tidak_nyata": "tidak menonjol",
    "": "tidak diuji",
}
WORDS = {
    "menetap": "panas sekarang, dan sedikitnya pada tujuh dari delapan peta mingguan terakhir",
    "baru": "panas satu atau dua minggu terakhir tanpa putus, dan sebelumnya tidak",
    "menguat": "panas tiga sampai enam minggu terakhir tanpa putus, dan sebelumnya tidak",
    "sporadis": "panas sekarang, tetapi sempat tidak",
    "mereda": "tidak panas lagi, tetapi pernah dalam delapan minggu terakhir",
}
WORD_RULE = (
    "Setiap minggu dibuat satu peta dengan jendela yang sama panjang dan hanya dengan laporan yang waktu itu sudah "
    "masuk. Kata yang pertama cocok dipakai; wilayah yang tidak pernah panas tidak mendapat kata."
)
DETAIL_EVENTS = "Kejadian"
DETAIL_VOTERS = "DPT"
DETAIL_RAW = "Laju mentah"
DETAIL_SMOOTHED = "Laju dihaluskan"
DETAIL_OVERALL = "Laju daerah"
DETAIL_TEST = "Gi*"
DETAIL_MORAN = "Moran lokal"
DETAIL_WEEKS = "Delapan minggu"
NEVER_HOT = "tidak pernah panas"
TABLE_COLUMNS = {
    "nama": "Wilayah",
    "kejadian": "Kejadian",
    "laju_dihaluskan": DETAIL_SMOOTHED,
    "titik_panas": DETAIL_TEST,
    "kata": DETAIL_WEEKS,
    "kelas_moran": DETAIL_MORAN,
}


def days_label(days: int) -> str:
    """Name a window."""
    return f"{days} hari"


def rate(value: float) -> str:
    """Write a rate with its unit, or why there is none."""
    return NO_RATE if isnan(value) else f"{decimal(value, 2)} per 1.000 pemilih"


def events_in(count: float, days: int) -> str:
    """Write a number of events with its window."""
    return f"{whole(count)} dalam {days} hari"


def test_words(hot: str, z: float) -> str:
    """Write the class of Gi* with its z."""
    return HOT_WORDS[hot] if isnan(z) else f"{HOT_WORDS[hot]} (z {decimal(z)})"


def refusal(code: str, facts: Mapping[str, float], unit: str) -> str:
    """Say in a whole sentence why nothing was tested."""
    sentences = {
        "no_voters": "Titik panas tidak dihitung: tidak ada TPS dengan DPT untuk pertanyaan ini, sehingga laju per "
        "1.000 pemilih tidak diketahui. Impor daftar TPS, atau pilih pemilihan yang daftarnya sudah ada.",
        "few_areas": "Titik panas tidak dihitung: hanya {count} {unit} yang punya DPT dan tetangga, padahal perlu "
        "sedikitnya {least} agar letak dapat dibedakan dari kebetulan.",
        "few_events": "Titik panas tidak dihitung: hanya {count} kejadian dalam {days} hari ini, padahal perlu "
        "sedikitnya {least}. Pilih jendela yang lebih panjang atau kategori yang lebih luas.",
        "equal_rates": "Titik panas tidak dihitung: laju antarwilayah tidak berbeda lebih jauh daripada yang dapat "
        "dihasilkan kebetulan, jadi tidak ada yang perlu ditandai.",
        "few_points": "Kisi tidak diuji: hanya {count} kejadian yang titiknya diketahui, padahal perlu sedikitnya "
        "{least}.",
        "equal_cells": "Kisi tidak diuji: laju antarkotak tidak berbeda lebih jauh daripada yang dapat dihasilkan "
        "kebetulan, jadi tidak ada kotak yang perlu ditandai.",
        "no_grid": "Kisi tidak diuji: daerah ini tidak dapat dibagi menjadi kotak yang berisi pemilih.",
    }
    return sentences[code].format(unit=unit, **{name: whole(value) for name, value in facts.items()})


def overall_line(event_count: int, unplaced: int, start: date, end: date, rate: float) -> str:
    """Say what is counted, and the rate of the whole region."""
    aside = (
        f"; {whole(unplaced)} lagi hanya diketahui sampai kecamatan atau daerah dan tidak ikut" if unplaced else ""
    )
    rated = "" if isnan(rate) else f" Laju daerah {decimal(rate, 2)} kejadian per 1.000 pemilih."
    return f"{whole(event_count)} kejadian, {period(start, end)}{aside}.{rated}"


def area_sentence(
    *,
    events: int,
    days: int,
    raw: float,
    smoothed: float,
    overall: float,
    z: float,
    probability: float,
    weeks_hot: int,
) -> str:
    """Say of a hot area what it rests on."""
    return (
        f"{whole(events)} kejadian dalam {days} hari, {decimal(raw, 2)} per 1.000 pemilih (dihaluskan "
        f"{decimal(smoothed, 2)}; laju daerah {decimal(overall, 2)}). Bersama tetangganya z Gi* {decimal(z)}, "
        f"peluang kebetulan {chance(probability)}; panas pada {weeks_hot} dari 8 peta mingguan."
    )


def hot_lead(rate: float) -> str:
    """Say what makes an area hot, and what the figures of the test mean, before the first of them."""
    return (
        "Panas: wilayah ini bersama tetangganya jauh lebih sering mengalami kejadian daripada bila laju daerah "
        "tersebar acak. z Gi* mengukur seberapa jauh (0: seperti rata-rata; makin besar makin menonjol). Batas FDR "
        f"{decimal(rate, 2)}: dari semua wilayah yang ditandai, paling banyak {whole(100 * rate)}% keliru."
    )


def lone_sentence(*, events: int, days: int, smoothed: float, overall: float, z: float) -> str:
    """Say of an area that is high by itself what it rests on."""
    return (
        f"{whole(events)} kejadian dalam {days} hari, laju dihaluskan {decimal(smoothed, 2)} per 1.000 pemilih, "
        f"{decimal(smoothed / overall)} kali laju daerah; bersama tetangganya z Gi* {decimal(z)}, belum "
        "melewati batas."
    )


def stable_sentence(cell_m: float, *, stable: bool) -> str:
    """Say whether the finding holds under the grid too."""
    if stable:
        return f"Stabil menurut kelurahan dan kisi {whole(cell_m)} m."
    return f"Tidak terlihat pada kisi {whole(cell_m)} m: bisa bergantung pada letak batas kelurahan."


def fading(names: Sequence[str]) -> str:
    """Name the areas that are not hot any more."""
    return f"Mereda, tidak panas lagi: {', '.join(names)}."


def cold(names: Sequence[str]) -> str:
    """Name the cold areas, and what that does not mean."""
    return f"Dingin, nyata di bawah laju daerah: {', '.join(names)}. {NOT_SAFE}"


def cluster_sentence(
    names: Sequence[str], start: date, end: date, *, observed: int, expected: float, probability: float
) -> str:
    """Say what the scan found."""
    many = f"{whole(len(names))} wilayah yang berdekatan" if len(names) > 1 else "Satu wilayah"
    return (
        f"{many} ({', '.join(names)}), {period(start, end)}: {whole(observed)} kejadian, padahal menurut kebiasaan "
        f"tempat dan ramainya hari-hari itu {decimal(expected)} yang diharapkan, jadi {decimal(observed / expected)} "
        f"kali lipat. Peluang gugus semenonjol itu karena kebetulan {chance(probability)}."
    )


def no_significant_cluster(probability: float, limit: float) -> str:
    """Say that the most outstanding cluster is no more than chance."""
    return (
        f"{NO_CLUSTER} Gugus yang paling menonjol pun berpeluang {chance(probability)} karena kebetulan, di atas "
        f"batas {chance(limit)}."
    )


def chance(probability: float) -> str:
    """Write a probability in percent; below 0.1 % as such."""
    return "di bawah 0,1%" if probability < 0.001 else f"{decimal(100 * probability)}%"


def test_line(permutations: int, rate: float, tolerance_m: float) -> str:
    """Say in the legend how the test was made."""
    return (
        f"Gi*: laju wilayah bersama tetangganya dibandingkan dengan {whole(permutations)} permutasi (peta acak) "
        f"berbenih tetap, dua sisi, FDR {decimal(rate, 2)}. Bertetangga bila jaraknya paling jauh "
        f"{whole(tolerance_m)} m."
    )


def density_key(bandwidth_m: float) -> str:
    """Name the density layer with its bandwidth."""
    return f"kepadatan kejadian, lebar pita {whole(bandwidth_m)} m"


def points_instead(count: int, least: int) -> str:
    """Say why points are shown where a density was asked for."""
    return (
        f"Hanya {whole(count)} kejadian yang titiknya diketahui, kurang dari {whole(least)}: ditampilkan sebagai "
        "titik, bukan kepadatan."
    )


def grid_line(cell_m: float, point_count: int, hot_count: int) -> str:
    """Say what the grid found."""
    found = f"{whole(hot_count)} kotak panas" if hot_count else "tidak ada kotak yang panas"
    return f"Kisi {whole(cell_m)} m diuji dengan {whole(point_count)} kejadian yang titiknya diketahui: {found}."


def joined(islands: Sequence[tuple[str, str]]) -> str:
    """Name the islands that were joined."""
    pairs = ", ".join(f"{name} dengan {other}" for name, other in islands)
    return f"Tidak berbatasan dengan siapa pun, digabung dengan yang terdekat: {pairs}."


def left_out(alone: Sequence[str], without_polygon: Sequence[str], without_voters: Sequence[str]) -> str:
    """Name the areas that could not be tested, by reason; empty where there are none."""
    reasons = (("tanpa tetangga", alone), ("tanpa poligon", without_polygon), ("tanpa DPT", without_voters))
    parts = [f"{why}: {', '.join(names)}" for why, names in reasons if names]
    return f"Tidak diuji — {'; '.join(parts)}." if parts else ""


def rules_line(digest: str) -> str:
    """Name the rules by their digest."""
    return f"Aturan {digest}."


def method(
    *, days: int, permutations: int, rate: float, fence: float, cell_m: float, scan_days: int, scan_permutations: int
) -> tuple[str, ...]:
    """Explain the reckoning in paragraphs."""
    rates = (
        f"**Laju.** Kejadian {days} hari terakhir dibagi DPT, lalu dihaluskan (Bayes empiris): laju wilayah kecil "
        "ditarik ke laju daerah, karena satu kejadian di antara 300 pemilih belum berarti apa-apa."
    )
    test = (
        "**Uji.** Gi* menjumlahkan laju satu wilayah dan tetangganya, lalu membandingkannya dengan "
        f"{whole(permutations)} peta yang lajunya diacak. Karena banyak wilayah diuji sekaligus, batasnya diperketat "
        f"sehingga paling banyak {whole(100 * rate)}% dari wilayah yang ditandai keliru. Laju yang terpencil jauh di "
        f"atas semua yang lain diuji seolah-olah tepat di pagar ({decimal(fence, 0)} jarak kuartil), agar tidak "
        "menutupi titik panas lain. Moran lokal membandingkan satu wilayah dengan tetangganya saja."
    )
    grid = (
        f"**Kisi {whole(cell_m)} m.** Batas kelurahan adalah batas administrasi. Wilayah disebut stabil bila juga "
        "panas ketika daerah dibagi menjadi kotak sama besar, dengan DPT dibagi rata di wilayahnya."
    )
    cluster = (
        "**Gugus ruang-waktu.** Semua lingkaran sampai 25 wilayah dan 3–28 hari terakhir dibandingkan dengan "
        f"kebiasaan tempat dan ramainya hari selama {scan_days} hari ({whole(scan_permutations)} permutasi). Uji ini "
        "tidak memakai DPT dan menemukan perubahan; Gi* menemukan tempat yang tinggi. Hasil keduanya boleh berbeda."
    )
    return (rates, test, grid, cluster)
