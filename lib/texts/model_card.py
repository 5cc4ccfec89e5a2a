"""The words of the model card and of the drift report."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from data import digests
from lib.indonesian import decimal, long_date, period, short_date, whole
from lib.texts.elections import NONE_IN_FORCE_LINE
from lib.texts.forecasts import percent, signed_percent

if TYPE_CHECKING:
    from datetime import date

PURPOSE_HEAD = "Untuk apa"
PURPOSE = (
    "Membantu Forkopimda dan Kesbangpol membagi perhatian antarkelurahan sebelum hari pemungutan suara: di mana "
    "laporan lebih banyak daripada biasanya, dan berapa yang dapat diperkirakan pekan depan. Manusia yang memutuskan."
)
NOT_FOR_HEAD = "Bukan untuk"
NOT_FOR = (
    "Menilai orang, kelompok, partai, agama atau suku; masukan seperti itu ditolak.",
    "Menentukan siapa yang diawasi, diperiksa atau ditahan.",
    "Membuktikan bahwa suatu tempat aman: yang diam belum tentu tenang.",
    "Mengukur kinerja aparat atau pejabat suatu wilayah.",
    "Kejadian tunggal yang direncanakan diam-diam; jumlah laporan tidak menunjukkannya.",
)
DATA_HEAD = "Data"
VERSION_HEAD = "Versi dan bobot"
LIMITS_HEAD = "Batas-batas"
BACKTEST_HEAD = "Uji balik"
CALIBRATION_HEAD = "Kalibrasi"
ALERTS_HEAD = "Peringatan"
FAILURES_HEAD = "Kegagalan yang diketahui"
FAILURES = (
    "Kejadian yang tidak pernah dilaporkan tidak terlihat; wilayah dengan sedikit pelapor tampak lebih tenang.",
    "Lonjakan kecil di wilayah tenang (satu menjadi tiga sepekan) sering baru terlihat sesudah sebulan.",
    "Kejadian terberat umumnya berdiri sendiri dan tidak didahului kenaikan jumlah laporan.",
    "Kunjungan pengawas menambah laporan; wilayah yang sering dipantau dapat tampak lebih rawan.",
    "Perubahan cara melapor (sumber baru, laporan susulan) dapat terbaca sebagai kenaikan.",
)
SIMULATED = "**DATA SIMULASI**: semua angka berasal dari kota fiktif atau data latihan."
DRIFT_MEASURE = "Ukuran"
DRIFT_MEASURES = {
    "bulan": "Empat pekan",
    "jumlah": "Terjadi / diramalkan",
    "banding": "Dibanding rata-rata 8 pekan",
    "cakupan": "Kisaran 80% memuat",
    "peringatan": "Peringatan (benar)",
    "teratas": "10% teratas yang tetap",
    "kelengkapan": "Laporan ditunggu yang masuk",
}
DRIFT_FAULTS = {
    "jumlah": "jumlah kejadian menyimpang dari ramalannya",
    "cakupan": "kisaran tidak lagi memuat bagian yang semestinya",
    "banding": "ramalan kalah dari rata-rata 8 pekan",
}
NO_DRIFT_YET = "Belum ada empat pekan yang dapat dinilai."
NO_DRIFT = "Tidak ada pergeseran yang melewati batas pada empat pekan terbaru."
PIT_LINE = "Histogram PIT (sepuluh bagian, masing-masing seharusnya 10%)"


def title(region: str) -> str:
    """Name the card."""
    return f"Kartu model Petadini: {region}"


def drift_title(region: str) -> str:
    """Name the drift report."""
    return f"Laporan pergeseran Petadini: {region}"


def about(election: str, as_of: date) -> str:
    """Say what the card is about."""
    return f"{election or NONE_IN_FORCE_LINE}, per {long_date(as_of)}."


def data_lines(first: date, last: date, events: int, areas: int) -> tuple[str, ...]:
    """Describe the data that the warnings rest on."""
    return (
        f"Laporan {period(first, last)}: {whole(events)} kejadian di {whole(areas)} wilayah.",
        "Kejadian yang ditolak tidak dihitung; yang belum diperiksa dihitung: peringatan tidak dapat menunggu.",
        "Beberapa laporan tentang satu peristiwa dihitung satu.",
    )


def version_lines(version: str, method: str, scheme: str, weights: str, alerts: str) -> tuple[str, ...]:
    """Name version, method and digests."""
    return (
        f"Petadini {version}; ramalan {method}.",
        f"Bobot {scheme}, sidik {digests.short(weights)}.",
        f"Aturan peringatan, sidik {digests.short(alerts)}.",
    )


def limit_lines(cuts: tuple[float, ...], waspada: float, siaga: float, least: int, days: int) -> tuple[str, ...]:
    """Name the cut-offs in force."""
    classes = " / ".join(decimal(cut, 0) for cut in cuts)
    return (
        f"Kelas tingkat kerawanan pada skor {classes}.",
        f"Waspada: peluang di bawah {percent(waspada)}. Siaga: paling banyak {percent(siaga)} karena kebetulan.",
        f"Sedikitnya {whole(least)} kejadian; ramalan paling jauh {whole(days)} hari.",
    )


def pit_line(shares: list[float]) -> str:
    """Write the calibration histogram in a line."""
    return f"{PIT_LINE}: {', '.join(percent(share) for share in shares)}."


def month(start: date, end: date) -> str:
    """Name four weeks."""
    return f"{short_date(start)[:-5]} – {short_date(end)}"


def totals(observed: float, expected: float) -> str:
    """Compare what came with what was forecast."""
    ratio = f" ({decimal(observed / expected, 2)})" if expected else ""
    return f"{whole(observed)} / {whole(expected)}{ratio}"


def versus(skill: float) -> str:
    """Write a skill of a month."""
    return "–" if isnan(skill) else signed_percent(skill)


def alerts(count: int, right: int, graded: int) -> str:
    """Write the alerts of a month."""
    return f"{whole(count)} ({whole(right)} dari {whole(graded)})"


def share(value: float | None) -> str:
    """Write a share; missing becomes a dash."""
    return "–" if value is None else percent(value)


def drifted(what: list[str]) -> str:
    """Say what has drifted in the newest month."""
    return f"Bergeser pada empat pekan terbaru: {'; '.join(what)}. Periksa kelengkapan laporan, lalu aturannya."


def change(name: str, now: str, before: str) -> str:
    """Compare a month with the one before it."""
    return f"{name}: {now}, sebelumnya {before}."
