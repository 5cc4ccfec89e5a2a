"""Word the page Metode: why an area is red, what was chosen by whom, what would move, what the tool cannot do."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from lib.indonesian import decimal, long_date, moment, points, short_date, signed, whole
from lib.texts.score import COMPONENT_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

METHOD_TITLE = "Metode"
SAVED_FILE = "bobot tersimpan"
NO_REASON = "Alasan perubahan belum diisi; alasan disimpan bersama bobotnya."
NOTHING_CHANGED = "Bobot tidak disimpan karena semua nilainya sama dengan yang berlaku; ubah satu nilai lebih dulu."

# Why an area is red

WHY_HEAD = "Mengapa sebuah wilayah berwarna merah"
WHY = (
    "Warna peta berasal dari **skor 0 sampai 100**. Skor itu jumlah empat bagian; setiap bagian bernilai 0 "
    "sampai 100 dan dikalikan bobotnya. Tidak ada bagian lain, dan tidak ada angka yang disembunyikan. Contoh "
    "hari ini:"
)
EXAMPLE_CHOICE = "Contoh wilayah"
NO_EXAMPLE = "Belum ada wilayah yang cukup datanya untuk diberi skor pada masa ini."
EXAMPLE_COLUMNS = ("Bagian", "Nilai", "Bobot", "Sumbangan", "Artinya")
TOTAL = "**Skor**"
CLASSES_HEAD = "Dari skor ke warna"
CLASS_RULES = (
    "Warna selalu kelas dari angka yang tercetak; tidak ada aturan lain yang mengubahnya. Siaga, kejadian terberat "
    "yang terverifikasi, kabar yang belum diperiksa, dan laporan yang menipis adalah **tanda** di samping warna. "
    "Skor dan kelas dihitung dari semua laporan sampai hari terakhir masa; saringan hanya mengubah jumlah dan "
    "daftar. "
    "Kabar yang belum diperiksa saja tidak menaikkan wilayah ke Tinggi; itu perlu satu kejadian terverifikasi atau "
    "dua sumber yang berbeda, dan angka yang ditahan karenanya tertulis sendiri. Wilayah yang laporannya berhenti "
    "**tidak terdengar**: tanpa kelas, tanpa peringkat, dan tidak dihitung aman."
)

# How each part is made

PARTS_HEAD = "Bagaimana setiap bagian dihitung"
PARTS_TEXT = (
    "- **Kerentanan tempat:** rata-rata berbobot dari keterangan di bawah, masing-masing di antara dua ujung "
    "skala yang tetap. Keterangan yang tidak ada diganti dengan nilai agak tinggi, bukan nol: yang tidak "
    "diketahui tidak dianggap aman.\n"
    "- **Kejadian:** setiap kejadian dihitung menurut keparahan × keterpercayaan, dan bobotnya tinggal "
    "separuh setelah satu waktu paruh. Jumlahnya dibandingkan dengan akar jumlah pemilih, lalu wilayah yang "
    "sedikit datanya ditarik ke arah rata-rata. Skalanya dibekukan, jadi angka pekan ini dapat dibandingkan "
    "dengan pekan lalu.\n"
    "- **Wilayah sekitar:** rata-rata tekanan kejadian di wilayah yang berbatasan, pada skala yang sama.\n"
    "- **Lonjakan:** seberapa kecil peluang kejadian sebanyak itu muncul secara kebetulan. Pembandingnya dibekukan "
    "setiap Senin, sehingga satu kejadian baru tidak pernah menurunkan skor wilayah mana pun.\n"
    "- **Pemantau tetap:** temuan patroli dan petugas yang terus-menerus berada di satu tempat diberi bobot "
    "lebih kecil di tempat itu, sebab di situ lebih banyak yang terlihat, belum tentu lebih banyak yang terjadi."
)
INDICATORS_HEAD = "Keterangan tempat dan ujung skalanya"
INDICATOR_COLUMNS = ("Keterangan", "Skala", "Alasan")
FROM_STATIONS, OF_STATIONS = "dari daftar periksa TPS", "% TPS"
FROM_IMPORT = "berkas indikator"

# What the shares and the frozen scale do

EFFECTS_HEAD = "Bobot yang tertulis dan yang bekerja"
EFFECTS = (
    "Bobot yang tertulis adalah bagian tiap nilai dalam skor. Yang bekerja adalah bagian ragam skor antarwilayah "
    "hari ini yang digerakkan bagian itu (kovarians dengan skor; berjumlah 100%): bagian yang nilainya hampir sama "
    "di semua wilayah tidak membedakan wilayah, berapa pun bobotnya."
)
EFFECT_COLUMNS = ("Bagian", "Bobot tertulis", "Bobot yang bekerja")
FREEZE_COLUMN, WITHOUT_CLASS = "Skala", "Tanpa kelas"


def effective(percent_of_variance: float) -> str:
    """Write an effective weight; without two areas of different score there is none."""
    return "tidak dapat dihitung" if isnan(percent_of_variance) else percent(percent_of_variance)


def freezing(least: int) -> str:
    """Say when the scale is frozen, and what the table beside shows."""
    return (
        f"Skala dibekukan sendiri begitu jendela waktunya memuat {whole(least)} kejadian, atau pada hari yang "
        "ditetapkan dengan `petadini bekukan --per TANGGAL --alasan …`. Jumlah wilayah tiap kelas hari ini, andai "
        "skalanya dibekukan pada hari lain:"
    )


def freeze_case(frozen_on: date | None, incident_count: int | None, *, in_force: bool) -> str:
    """Name a scale: its day, what it rests on, whether it is in force."""
    name = f"dibekukan {short_date(frozen_on)}" if frozen_on else "sementara, belum dibekukan"
    rests = f", dari {whole(incident_count)} kejadian" if frozen_on and incident_count is not None else ""
    return f"**{name} (berlaku)**" if in_force else f"{name}{rests}"


# What was chosen

CHOICES_HEAD = "Yang dipilih oleh manusia"
CHOICES = (
    "Setiap angka berikut adalah pilihan, bukan hasil hitungan. Nama, tanggal, dan alasannya dicatat, dan "
    "pilihan lama tidak pernah dihapus."
)
CHOICE_COLUMNS = ("Pilihan", "Alasan", "Ditetapkan")
GROUPS = {
    "Skor dan kelas": (
        "component_weights",
        "class_cuts",
        "support_days",
        "support_sources",
        "carrier_share",
        "carrier_reports",
        "reach_days",
        "reach_share",
        "reach_deviations",
        "severe_severity",
        "severe_days",
        "completeness_minimum",
        "missing_percentile",
        "structural_unknown",
    ),
    "Kejadian": (
        "severity_weights",
        "credibility_weights",
        "half_life_days",
        "window_days",
        "category_groups_in_score",
        "exposure_exponent",
        "reference_percentile",
        "freeze_minimum_incidents",
        "provisional_scale",
    ),
    "Lonjakan dan pemantau tetap": (
        "surprise_window_days",
        "surprise_baseline_weeks",
        "surprise_minimum",
        "surprise_full_probability",
        "monitored_sources",
        "coverage_weeks",
        "coverage_strength",
    ),
    "Rentang peringkat, TPS, dan lain-lain": (
        "draw_count",
        "draw_concentration",
        "draw_half_lives",
        "station_weights",
        "station_half_share",
        "proximity_m",
        "proximity_cutoff_m",
        "border_m",
        "incomplete_days",
        "usual_weeks",
    ),
}
CHOICE_NAMES = {
    "component_weights": "Bobot empat bagian",
    "class_cuts": "Batas kelas",
    "support_days": "Lama penguat kabar yang belum diperiksa (hari)",
    "support_sources": "Sumber berbeda yang menguatkan kabar",
    "carrier_share": "Bagian laporan sejak mana pelapor disebut",
    "carrier_reports": "Laporan paling sedikit sebelum pelapor disebut",
    "reach_days": "Hari yang laporannya dapat hilang",
    "reach_share": "Bagian laporan yang dianggap dapat hilang",
    "reach_deviations": "Simpangan baku di atasnya",
    "severe_severity": "Keparahan yang diberi tanda",
    "severe_days": "Lama tanda itu (hari)",
    "completeness_minimum": "Kelengkapan paling sedikit untuk diberi kelas",
    "missing_percentile": "Pengganti keterangan yang hilang (persentil)",
    "structural_unknown": "Nilai keterangan yang tidak diketahui di mana pun",
    "severity_weights": "Bobot keparahan 1 sampai 5",
    "credibility_weights": "Bobot menurut status laporan",
    "half_life_days": "Waktu paruh (hari)",
    "window_days": "Jendela waktu (hari)",
    "category_groups_in_score": "Kelompok kategori yang menaikkan skor",
    "exposure_exponent": "Pangkat jumlah pemilih",
    "reference_percentile": "Persentil yang bernilai 50",
    "freeze_minimum_incidents": "Kejadian paling sedikit untuk membekukan skala",
    "provisional_scale": "Skala sementara, sebelum cukup laporan",
    "surprise_window_days": "Jendela lonjakan (hari)",
    "surprise_baseline_weeks": "Panjang pembanding lonjakan (pekan)",
    "surprise_minimum": "Kejadian paling sedikit untuk disebut lonjakan",
    "surprise_full_probability": "Peluang kebetulan yang bernilai 100",
    "monitored_sources": "Sumber yang dianggap pemantau tetap",
    "coverage_weeks": "Panjang hitungan kehadiran pemantau (pekan)",
    "coverage_strength": "Kekuatan pembobotan kehadiran (0–1)",
    "draw_count": "Jumlah undian peringkat",
    "draw_concentration": "Keketatan undian bobot",
    "draw_half_lives": "Waktu paruh yang diundi (hari)",
    "station_weights": "Bobot bagian skor TPS",
    "station_half_share": "Bagian daftar periksa TPS yang bernilai 50",
    "proximity_m": "Lebar pengaruh kejadian di dekat TPS (m)",
    "proximity_cutoff_m": "Jangkauan kejadian di dekat TPS (m)",
    "border_m": "Jarak dari garis batas yang diserahkan kepada petugas (m)",
    "incomplete_days": "Hari terakhir yang belum lengkap",
    "usual_weeks": "Pekan pembanding yang disebut biasanya",
}
AS_PERCENT = (
    *("component_weights", "station_weights", "station_half_share", "completeness_minimum"),
    *("carrier_share", "reach_share"),
)
HISTORY_HEAD = "Riwayat perubahan bobot"
NEVER_CHANGED = "Bobot wilayah ini belum pernah diubah; yang berlaku adalah bobot bawaan."

# Trying other weights

EDITOR_HEAD = "Coba bobot lain"
EDITOR = "Ubah angkanya; siapa yang bergeser tampil di bawah **sebelum** apa pun disimpan, sekarang → nanti."
PART_INPUT = "{name} (%)"
HALF_LIFE_INPUT = "Waktu paruh (hari)"
LADDER_INPUT = "Bobot keparahan 1 sampai 5"
DOUBLING, LINEAR, AS_IT_IS = "Berlipat: 1, 2, 4, 8, 16", "Lurus: 1, 2, 3, 4, 5", "Seperti sekarang"
UNCHANGED = "Belum ada yang diubah."
RESCALED = (
    "Pilihan ini memerlukan skala baru yang dibekukan saat disimpan: skor sesudahnya tidak dapat dibandingkan angka "
    "demi angka dengan skor sebelumnya."
)
NOBODY_MOVES = "Tidak ada wilayah yang berganti kelas atau peringkat."
MOVER_COLUMNS = {"wilayah": "Wilayah", "kelas": "Kelas", "peringkat": "Peringkat", "skor": "Skor"}
REASON_INPUT, SAVE = "Alasan perubahan", "Simpan dan berlakukan"
REASON_HELP = "Misalnya keputusan rapat beserta tanggalnya. Tanpa nama dan alasan, bobot tidak dapat disimpan."
PAST_STATE = "Anda sedang melihat keadaan yang lampau; bobot hanya dapat diubah pada keadaan terbaru."

# What the ranks hang on

SENSITIVITY_HEAD = "Seberapa besar peringkat bergantung pada pilihan itu"
SENSITIVITY = (
    "Setiap pilihan diubah sendiri-sendiri, yang lain tetap. Bobot digeser seperempatnya ke atas dan ke bawah; yang "
    "ditulis adalah geseran yang lebih besar."
)
SENSITIVITY_COLUMNS = ("Yang diubah", "Geseran rata-rata", "Geseran terbesar")
SHIFTS = {
    "waktu_paruh": "Waktu paruh (14 sampai 45 hari)",
    "keparahan_lurus": "Keparahan lurus 1 sampai 5, bukan berlipat",
}
SENSITIVITY_NOTE = (
    "Ketidakpastian karena sedikitnya kejadian biasanya lebih besar daripada semua pilihan ini; rentang peringkat "
    "setiap wilayah memuat keduanya."
)

# Limits

LIMITS_HEAD = "Batas metode ini"
LIMITS = (
    "**Yang tidak kami lakukan**\n\n"
    "- Skor **bukan ramalan**. Ia menerangkan dan mengurutkan; yang meramal adalah halaman Ramalan, dan berapa kali "
    "ramalan serta peringatan meleset tertulis di Rapor peringatan.\n"
    "- **Sepi laporan bukan berarti aman.** Wilayah tanpa laporan tidak diberi kelas, dan tidak dihitung "
    "sebagai aman.\n"
    "- Kami tidak menilai orang, partai, calon, agama, atau suku; masukan tentang itu ditolak oleh program.\n"
    "- Kelas di sini adalah tingkat kerawanan untuk bahan rapat, bukan penetapan keadaan menurut undang-undang. "
    "Keputusan tetap pada pimpinan.\n\n"
    "**Kelemahan yang sudah diketahui**\n\n"
    "- Bobot diuji pada kota simulasi dan data kejadian luar negeri, belum pada kejadian pemilu di Indonesia.\n"
    "- Pada pengujian itu skor tidak lebih pandai menebak kejadian berikutnya daripada hitungan kejadian 28 hari "
    "terakhir (0,286 dibanding 0,298 bagian kerugian yang jatuh di 10% wilayah teratas).\n"
    "- Peringkat di tengah daftar tidak pasti: pada 200 wilayah, rentang 90% biasanya selebar 88 sampai 95 "
    "peringkat, dan 30 sampai 49 pada 10% teratas.\n"
    "- Wilayah yang sering didatangi petugas tampak lebih rawan daripada yang jarang didatangi. Pembobotan kehadiran "
    "mengurangi hal itu, pada simulasi dari 2,25 menjadi 1,28 kali, tetapi tidak menghapusnya.\n"
    "- Bila batas wilayah digambar lain, daerah yang menonjol ikut berubah. Lihat juga permukaan kepadatan di peta.\n"
    "- Laporan beberapa hari terakhir belum lengkap, jadi skor hari ini dapat naik setelah laporan menyusul."
)


def version_line(scheme: str, version: str, digest: str) -> str:
    """Name the weights in force as they stand on every output."""
    return f"Berlaku: {scheme}, versi {version}, sidik {digest}. Sidik ini tercetak pada setiap peta dan tabel."


def goalposts(low: float, high: float, share: float, *, rising: bool, unit: str = "") -> str:
    """Say which value of an indicator adds nothing and which adds in full, and its share; `unit` follows a value."""
    safe, worst = (low, high) if rising else (high, low)
    beyond = "lebih" if rising else "kurang"
    return (
        f"{value(safe)}{unit} tidak menambah, {value(worst)}{unit} atau {beyond} menambah penuh; bobot "
        f"{percent(100 * share)}"
    )


def classes_line(names: tuple[str, ...], cuts: tuple[float, ...]) -> str:
    """Say which scores belong to which class, and that nothing else makes a colour."""
    starts = (0.0, *cuts)
    listed = ", ".join(f"{name} mulai {start:g}" for name, start in zip(names, starts, strict=True))
    return f"{listed}. {CLASS_RULES}"


def example_class(name: str, score: float, class_name: str) -> str:
    """Say which class the example has."""
    return f"{name} mendapat **{points(score)}**, kelas **{class_name}**."


def completeness_line(share: float, upper: float) -> str:
    """Say how much of a score rests on known data, and how high it could be."""
    return (
        f"{whole(100 * share)}% dari skor ini bersandar pada data yang diketahui. Andai semua yang tidak diketahui "
        f"bernilai terburuk, skornya {decimal(upper)}."
    )


def rank_line(place: str, top: str) -> str:
    """Say how sure a rank is, in plain words; both parts as from `lib.texts.score`."""
    return (
        f"Wilayah ini di {place}: dalam kurung rentang yang memuat sembilan dari sepuluh undian bila bobot, waktu "
        f"paruh, dan kebetulan ikut diperhitungkan; {top}."
    )


def chosen_by(author: str, day: date) -> str:
    """Say who chose a value and when."""
    return f"{author}, {short_date(day)}"


def history_line(version: str, digest: str, author: str, at: datetime, reason: str) -> str:
    """Say who put a set of weights in force, when and why."""
    return f"**{version}** ({digest}) · {author}, {moment(at)}: {reason}"


def wrong_sum(percent: int) -> str:
    """Say that the shares do not add up."""
    return f"Keempat bobot berjumlah {whole(percent)}%; sesuaikan sampai tepat 100%."


def movers_line(*, up: int, down: int, higher: int, lower: int, unit: str) -> str:
    """Say how many areas change class and rank."""
    return (
        f"**{whole(up)} {unit} naik kelas, {whole(down)} turun kelas**; {whole(higher)} naik peringkat, "
        f"{whole(lower)} turun peringkat."
    )


def from_to(before: str, after: str) -> str:
    """Write a value now and then; once where it stays."""
    return before if before == after else f"{before} → {after}"


def rank_change(before: float, after: float) -> str:
    """Write a rank now and then, with the places won or lost."""
    text = from_to(whole(before), whole(after))
    moved = before - after
    return f"{text} ({signed(moved)})" if abs(moved) >= 1 else text


def saved(version: str, day: date) -> str:
    """Confirm that weights are in force."""
    return f"Bobot versi {version} berlaku sejak {long_date(day)}."


def places(mean: float) -> str:
    """Write a movement in ranks."""
    return f"{decimal(mean)} peringkat"


def percent(share: float) -> str:
    """Write a percentage."""
    return f"{whole(share)}%"


def choice(key: str, chosen: Any, *, groups: Mapping[str, str]) -> str:
    """Write a chosen value of the weights in words; codes of groups become their names."""
    if key == "category_groups_in_score":
        return "; ".join(groups[code] for code in chosen)
    if key in AS_PERCENT:
        if isinstance(chosen, tuple):
            return "; ".join(f"{_word(code)} {percent(100 * share)}" for code, share in chosen)
        return percent(100 * chosen)
    if key == "provisional_scale":
        exposure, pressure = (value(number) for number in chosen)
        return f"penarik ke rata-rata seberat {exposure} wilayah; tekanan {pressure} per wilayah bernilai 50"
    return value(chosen)


def value(chosen: object) -> str:
    """Write a chosen value of the weights: pairs as name and value, lists with commas."""
    if isinstance(chosen, tuple):
        parts = (f"{_word(e[0])} {value(e[1])}" if isinstance(e, tuple) else value(e) for e in chosen)
        return "; ".join(parts) if chosen and isinstance(chosen[0], tuple) else ", ".join(parts)
    if isinstance(chosen, float | int):
        return f"{chosen:.12g}".replace(".", ",")
    return str(chosen)


def _word(code: str) -> str:
    return COMPONENT_NAMES[code].lower() if code in COMPONENT_NAMES else code.replace("_", " ")
