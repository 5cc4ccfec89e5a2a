"""Words of the page, files and command about TPS."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from lib.indonesian import decimal, points, short_date, whole
from lib.rules.indicators import indicator_list
from lib.rules.taxonomy import taxonomy
from lib.texts.pages import band
from lib.texts.questions import question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from lib.filters import Filters
    from lib.records import StationRow
    from lib.rules.checklists import StationScheme
    from lib.rules.weights import Weights


# Page

STATIONS_TITLE = "TPS"
SCHEME_CHOICE = "Daftar periksa"
COLOUR_CHOICE = "Warna titik"
SCORE = "Skor TPS"
SUB_SCORE_SHORT = {"konflik": "Konflik", "administrasi": "Hak pilih", "logistik": "Logistik"}
PART_NAMES = {
    "daftar_periksa": "Daftar periksa (konflik dan keamanan)",
    "kelurahan": "Tingkat kerawanan kelurahannya",
    "kedekatan": "Kejadian di dekatnya",
}
NO_STATIONS = "Belum ada daftar TPS untuk pemilihan ini. Impor daftar TPS di halaman Impor."
NO_ELECTION = "Tidak ada pemilihan berjalan, jadi tidak ada TPS yang dinilai. Pilih pemilihannya di saringan."
NOTHING_CHECKED = "Belum diperiksa"
TOO_LITTLE = "Data tidak cukup"
NONE_HIGH = "Tidak ada TPS di kelas Tinggi atau Sangat tinggi. Yang skornya tertinggi ada di bawah."
NOT_HEARD = "kelurahannya tidak terdengar atau belum pernah melapor"
UNCHECKED_IS_NOT_SAFE = "Belum diperiksa tidak berarti aman."
NEVER_ADDED = (
    "Ketiga sub-skor tidak dijumlahkan: TPS yang sulit dijangkau atau banyak pemilih pindahannya butuh layanan, "
    "bukan pengamanan. Hanya konflik dan keamanan yang masuk skor TPS. Kebutuhan layanan (pemilih disabilitas) tidak "
    "masuk sub-skor mana pun."
)

FIGURE_STATIONS = "TPS"
FIGURE_CONFLICT = "Ada butir konflik"
FIGURE_UNCHECKED = "Belum diperiksa"
FIGURE_HIGH = "Tinggi atau lebih"
FIGURE_SERVICE = "Perlu layanan"
DISTRICT_NOTE = (
    "Konflik, Hak pilih, Logistik: TPS dengan satu butir tercentang atau lebih; setiap TPS dihitung sekali dalam "
    "tiap kolom. Skor tinggi: kelas Tinggi atau Sangat tinggi."
)
CONFLICT_NOTE = "satu butir atau lebih"
UNCHECKED_NOTE = "butir konfliknya kosong"
SERVICE_NOTE = "pemilih disabilitas; skor tetap"

LEGEND_HEAD = "Jumlah TPS per kelas"
MAP_HINT = "Satu titik satu TPS. Klik sebuah titik untuk alasannya; rincian butirnya ada di bawah."
DISTRICT_OUTLINE = "Garis tipis: batas kelurahan"
TABLE_HEAD = "TPS dengan skor tertinggi"
DISTRICT_HEAD = "TPS per kecamatan"
DETAIL_HEAD = "Rincian satu TPS"
DETAIL_CHOOSE = "TPS"
SERVICE_HEAD = "Kebutuhan layanan (bukan kerawanan)"
PARTS_HEAD = "Dari mana skornya (poin, berjumlah sama dengan skor)"
DOWNLOAD_CSV = "Unduh CSV"
DOWNLOAD_XLSX = "Unduh XLSX"
ABOUT_SCHEME = "Tentang daftar periksa ini"

TABLE_COLUMNS = {
    "no_tps": "TPS",
    "kelurahan": "Kelurahan",
    "skor": "Skor",
    "kelas": "Kelas",
    "kelas_polri": "Kelas Polri",
    "konflik": "Konflik",
    "administrasi": "Hak pilih",
    "logistik": "Logistik",
}
DISTRICT_COLUMNS = {
    "kecamatan": "Kecamatan",
    "tps": "TPS",
    "konflik": "Konflik",
    "administrasi": "Hak pilih",
    "logistik": "Logistik",
    "belum_diperiksa": "Belum diperiksa",
    "tinggi": "Skor tinggi",
}
ALL_STATIONS = "Semua TPS, dari skor tertinggi"
TICKED = "Tercentang"
NOT_KNOWN = "Belum diketahui, dihitung setengah"
NOT_TICKED = "Tidak"
ANSWERS = {1.0: "ya", 0.0: "tidak"}
NOT_ASKED = "belum diperiksa"

# Sheets of the file

SHEET_STATIONS = "TPS"
SHEET_ITEMS = "Butir"
SHEET_ABOUT = "Keterangan"
ABOUT_HEADS = ("Hal", "Isi")
ITEM_HEADS = ("Kode", "Butir", "Variabel", "Sub-skor", "Bobot", "Catatan")
SERVICE = "layanan"


def station_name(number: str, area_name: str) -> str:
    """Name a TPS with its kelurahan."""
    return f"TPS {number} {area_name}".strip()


def points_line(*, event_count: int, without_point_count: int, area_only_count: int, silent_count: int) -> str:
    """Say what the points near a TPS leave out."""
    parts = [
        (
            f"{whole(without_point_count)} dari {whole(event_count)} kejadian hanya diketahui kelurahan "
            "atau kecamatannya; yang diketahui kelurahannya menekan semua TPS di sana sama berat"
        )
    ]
    if area_only_count:
        parts.append(f"{whole(area_only_count)} TPS tanpa koordinat memakai skor kejadian kelurahannya")
    if silent_count:
        parts.append(f"kejadian di dekat {whole(silent_count)} TPS tidak diketahui, karena {NOT_HEARD}")
    return "; ".join(parts) + "."


def without_point(count: int) -> str:
    """Say how many TPS the map cannot show."""
    return f"{whole(count)} TPS tanpa koordinat tidak ada di peta; semuanya ada di tabel."


def police_words(police_class: str | None) -> str:
    """Write the class that the police gave, to stand beside ours; nothing where there is none."""
    return f" · Polri: {police_class}" if police_class else ""


def digests(scheme: StationScheme, weights: Weights) -> str:
    """Write what a score can be traced by."""
    return (
        f"Daftar periksa {scheme.code}, sidik {scheme.digest} · {weights.scheme} {weights.version}, "
        f"sidik {weights.short_digest}"
    )


def high_note(count: int) -> str:
    """Say of how many TPS with a score."""
    return f"dari {whole(count)} TPS yang dapat dinilai"


def scoreless_line(scoreless_count: int, silent_count: int, unchecked_scored_count: int) -> str:
    """Say why some TPS have no score, and that those with unchecked items may have one; empty where all is known."""
    parts = []
    if scoreless_count:
        why = "terlalu sedikit yang diketahui"
        if silent_count:
            all_silent = silent_count == scoreless_count
            many = "" if all_silent else f"{whole(silent_count)} di antaranya "
            why = f"{many}{NOT_HEARD}"
        parts.append(f"{TOO_LITTLE}: {whole(scoreless_count)} TPS tidak diberi skor; {why}.")
    if unchecked_scored_count:
        parts.append(
            f"{NOTHING_CHECKED}: {whole(unchecked_scored_count)} TPS tanpa jawaban butir konflik tetap diberi skor "
            "dari kelurahan dan kejadian di dekatnya; butirnya dihitung setengah."
        )
    return " ".join(parts)


def asked_line(known_count: int, unasked_count: int) -> str:
    """Say how many conflict items nobody asked anywhere, so that every TPS has them half failed."""
    if not unasked_count:
        return UNCHECKED_IS_NOT_SAFE
    return (
        f"Daftar yang masuk menjawab {known_count} dari {known_count + unasked_count} butir konflik; "
        f"{unasked_count} lainnya belum ditanyakan di satu TPS pun dan dihitung setengah, supaya tidak terlihat aman."
    )


def unasked_line(items: Sequence[str]) -> str:
    """Name the conflict items that nobody asked anywhere."""
    return f"Butir konflik yang belum ditanyakan di TPS mana pun: {'; '.join(items) or 'tidak ada'}."


def scheme_lines(scheme: StationScheme) -> tuple[str, ...]:
    """Describe a scheme: what it holds, where it is from, what is not sure, who weighed it."""
    stated = scheme.stated_indicators
    held = f"{scheme.name}: {len(scheme.variables)} variabel, {len(scheme.items)} butir"
    doubtful = [f"{item.code} {item.text} ({item.source})" for item in scheme.items if item.verify]
    lines = [
        held + (" (sama dengan jumlah yang disebut Bawaslu)." if stated else " (jumlah resminya belum pasti)."),
        f"Sumber: {scheme.source}.",
        scheme.note,
        f"Bobot: {scheme.reason} ({scheme.author}, {short_date(scheme.day)})",
    ]
    if doubtful:
        lines.append(f"Perlu dicocokkan: {'; '.join(doubtful)}.")
    return tuple(lines)


def formula_line(weights: Weights) -> str:
    """Say how the score of a TPS is made."""
    share = {part: whole(100 * value) for part, value in weights.station_weights}
    half = whole(100 * weights.station_half_share)
    return (
        f"Skor TPS = {share['daftar_periksa']}% butir konflik pada daftar periksa + {share['kelurahan']}% tingkat "
        f"kerawanan kelurahannya + {share['kedekatan']}% kejadian sampai {whole(weights.proximity_cutoff_m)} meter "
        f"(pada {whole(weights.proximity_m)} meter bobotnya tinggal 61%). Daftar periksa yang {half}% bobotnya "
        "tercentang bernilai 50, yang semuanya tercentang 100, dan butir yang belum diketahui dihitung setengah dari "
        "sisanya. Bagian yang tidak diketahui dihitung 50; "
        f"di bawah {whole(100 * weights.completeness_minimum)}% kelengkapan, skor tidak diberikan."
    )


def what_makes_high(class_name: str, item_count: int, needs: Sequence[tuple[float, int]]) -> str:
    """Say how many conflict items lift a TPS to a class; `needs`: the value of the other two parts, and items."""
    cases = "; ".join(f"bila bernilai {whole(value)}, {whole(count)} butir" for value, count in needs)
    return (
        f"Yang membuat sebuah TPS {class_name}: butir konflik yang tercentang (dari {whole(item_count)} butir) dan "
        f"nilai kelurahannya beserta kejadian di dekatnya ({cases}). TPS yang semua butir konfliknya tercentang "
        f"selalu {class_name} atau lebih."
    )


def score_line(row: StationRow, class_name: str) -> str:
    """Write class and score of a TPS."""
    return class_name if row.class_index < 0 else f"{class_name} · skor {points(row.score)}"


def service_texts() -> dict[str, str]:
    """Give the needs of voters in words, by code."""
    return {indicator.code: indicator.text for indicator in indicator_list().indicators if indicator.accessibility}


def about_rows(
    filters: Filters,
    scheme: StationScheme,
    weights: Weights,
    *,
    near: str,
    reference_pressure: float,
    frozen_on: date | None,
    simulated: bool,
) -> list[tuple[str, str]]:
    """Say what the figures of a file rest on, head and text; `near` as from `points_line`."""
    scale = f"dibekukan {short_date(frozen_on)}" if frozen_on else "sementara, belum dibekukan"
    return [
        ("Klasifikasi", band(simulated=simulated, provisional=frozen_on is None)),
        ("Pertanyaan", question(filters)),
        ("Rumus", formula_line(weights)),
        ("Kejadian di dekat TPS", f"{near} Acuan nilai 50: {decimal(reference_pressure)}; {scale}."),
        ("Sub-skor", NEVER_ADDED),
        *(("Daftar periksa", line) for line in scheme_lines(scheme)),
        ("Sidik daftar periksa", f"{scheme.code} {scheme.digest}"),
        ("Sidik bobot", f"{weights.scheme} {weights.version} {weights.short_digest}"),
    ]


def class_word(row: StationRow, name: str) -> str:
    """Name the class of a TPS, or say that too little is known."""
    return TOO_LITTLE if row.class_index < 0 else name


def sub_score_parts(score: float, ticked: float) -> str:
    """Take a sub-score apart into what is ticked and what is only not known."""
    if isnan(score):
        return NOTHING_CHECKED
    return f"{decimal(score)} = {decimal(ticked)} tercentang + {decimal(score - ticked)} belum diketahui"


def sub_score_word(score: float, unknown_share: float) -> str:
    """Write a sub-score with what is not known of it."""
    if isnan(score):
        return NOTHING_CHECKED
    text = decimal(score)
    return text if unknown_share <= 0 else f"{text} · {whole(100 * unknown_share)}% belum diketahui"


def reason(row: StationRow, failed: Sequence[str]) -> str:
    """Say in a few sentences why a TPS has its score: failed conflict items, its kelurahan, what happened near it."""
    if isnan(row.konflik):
        text = "Butir konflik belum diperiksa"
    else:
        answered = f" ({whole(100 * (1 - row.unknown_konflik))}% butir konflik terjawab)"
        text = ("; ".join(failed) or "Tidak ada butir konflik yang tercentang") + answered
    area = "" if isnan(row.area_score) else f" Tingkat kerawanan kelurahannya {points(row.area_score)}."
    return f"{text}.{area} {near_sentence(row)}"


def near_sentence(row: StationRow) -> str:
    """Say what happened near a TPS, and how far the last of it is."""
    if row.proximity_basis == "kelurahan":
        return "Tanpa koordinat: memakai skor kejadian kelurahannya."
    if not row.proximity_basis:
        return f"{NOT_HEARD.capitalize()}."
    if row.last_near_on is None or row.last_near_category is None:
        return "Tidak ada kejadian bertitik di dekatnya."
    name = taxonomy().category(row.last_near_category).name
    return (
        f"{whole(row.near_count)} kejadian di dekatnya; terakhir {short_date(row.last_near_on.date())}: {name}, "
        f"{distance(row.last_near_m)}."
    )


def distance(distance_m: float) -> str:
    """Write a distance as precisely as a point of a street is known."""
    return f"{whole(10 * round(distance_m / 10))} meter" if distance_m < 1000 else f"{decimal(distance_m / 1000)} km"
