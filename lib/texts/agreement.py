"""What the page about other bodies' classes says: agreement in words, disagreements, how to import a list."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from lib.indonesian import decimal, long_date, whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from lib.analysis.agreement import Kappa


COMPARISON_TITLE = "Beda pendapat"
INTRODUCTION = (
    "Tingkat kerawanan kami di samping kelas yang diberikan lembaga lain. Tidak ada yang lebih benar: daftar beda "
    "pendapat di bawah adalah bahan rapat."
)
BODY = "Lembaga"
EMPTY = (
    "Belum ada kelas lembaga lain untuk tanggal ini. Minta daftar kelas per kelurahan dari Bawaslu, Polres, atau "
    "penyelenggara; isi templat ini; lalu impor sebagai “Kelas lembaga” pada halaman Impor."
)
TEMPLATE = "Unduh templat kelas lembaga"
TO_IMPORT = "Buka halaman Impor"

TABLE_HEAD = "Seberapa sepakat?"
TOTAL = "Jumlah"
SAME_CELL = "sepakat"
UNDEFINED = "Kappa tidak dapat dihitung: salah satu pihak memberi satu tingkat saja untuk semua {unit}."
NO_PAIR = "Tidak ada {unit} yang dinilai oleh kedua pihak."
KAPPA_HELP = (
    "Kappa 1 berarti sepakat penuh, 0 berarti tidak lebih baik daripada kebetulan. Pada kappa berbobot, beda dua "
    "tingkat dihitung empat kali beda satu tingkat. Sebutan kekuatannya dari Landis & Koch (1977), kebiasaan, bukan "
    "hukum; rentang 95% menurut Fleiss, Cohen & Everitt (1969). Kelurahan yang bertetangga mirip satu sama lain, "
    "sehingga rentang yang sebenarnya lebih lebar."
)
KAPPA_HEAD = "Cara membaca kappa"

MAP_HEAD = "Di mana pendapat berbeda"
MAP_HINT = "Tunjuk satu wilayah untuk membaca kedua kelas, ketuk untuk alasan kedua pihak."
LEGEND_HEAD = "Siapa menilai lebih tinggi"
FAR_LOWER = "{agency} jauh lebih tinggi (2 tingkat)"
LOWER = "{agency} lebih tinggi (1 tingkat)"
SAME = "Sepakat"
HIGHER = "Kami lebih tinggi (1 tingkat)"
FAR_HIGHER = "Kami jauh lebih tinggi (2 tingkat)"
UNKNOWN = "Tidak dibandingkan"

NO_DISAGREEMENT = "Tidak ada beda pendapat: semua {unit} yang dinilai kedua pihak setingkat."
NO_REASON = "Tidak disebutkan."
OUR_REASON = "Alasan kami"
NOT_RATED = "belum ada kelas"
NOT_RATED_THEIRS = "tidak dinilai"
DOWNLOAD = "Unduh daftar perbandingan (CSV)"
DOWNLOAD_NAME = "beda_pendapat"

# Landis & Koch (1977), Biometrics 33, 159-174: lower ends, in plain words.
STRENGTHS = ((0.8, "hampir sempurna"), (0.6, "kuat"), (0.4, "sedang"), (0.2, "agak lemah"), (0.0, "lemah"))
NO_STRENGTH = "lebih buruk daripada kebetulan"


def rule_sentence(names_by_level: Mapping[str, Sequence[str]]) -> str:
    """Say how our classes become the three levels of other bodies."""
    parts = [f"{' dan '.join(names)} menjadi {level}" for level, names in names_by_level.items() if len(names) > 1]
    return f"Lima kelas kami dibaca sebagai tiga tingkat: {'; '.join(parts)}."


def table_caption(agency: str, unit: str) -> str:
    """Say what the cross table counts."""
    return f"Jumlah {unit}: tingkat kami ke bawah, tingkat {agency} ke kanan"


def list_head(count: int) -> str:
    """Head the list of disagreements."""
    return f"Bahan rapat: {whole(count)} beda pendapat"


def list_order(agency: str) -> str:
    """Say in which order disagreements stand."""
    return f"Selisih terbesar lebih dahulu; pada selisih yang sama, yang dinilai lebih tinggi oleh {agency}."


def their_reason_head(agency: str) -> str:
    """Head the reason of a body."""
    return f"Alasan {agency}"


def more(count: int) -> str:
    """Say how many disagreements are not listed."""
    return f"{whole(count)} beda pendapat lagi ada dalam berkas CSV."


def strength(value: float) -> str:
    """Say how strong a kappa is, by the steps of Landis & Koch; between two, the weaker."""
    if value < 0:
        return NO_STRENGTH
    return next(word for least, word in STRENGTHS if value > least or least == 0)


def share_sentence(same: int, higher: int, lower: int, unit: str) -> str:
    """Say on how many areas both agree, and which of the two sees more on the others."""
    count = same + higher + lower
    return (
        f"{whole(same)} dari {whole(count)} {unit} sama; {whole(higher)} kami nilai lebih tinggi, "
        f"{whole(lower)} lebih rendah."
    )


def kappa_sentence(plain: Kappa, weighted: Kappa) -> str:
    """Say how strong the agreement is beyond chance, with its interval."""
    sentence = (
        f"Kesepakatan di luar kebetulan: {strength(weighted.value)} (Landis & Koch). Kappa berbobot "
        f"{_with_interval(weighted)}, dengan 1 sepakat penuh dan 0 seperti kebetulan; kappa biasa "
        f"{_with_interval(plain)}."
    )
    low, high = (strength(edge) for edge in (weighted.low, weighted.high)) if not isnan(weighted.low) else ("", "")
    return sentence if low == high else f"{sentence} Yang sebenarnya antara {low} dan {high}."


def too_few(count: int, least: int, unit: str) -> str:
    """Say that agreement is not put into a number."""
    return f"Baru {whole(count)} {unit} dinilai kedua pihak; kappa dihitung mulai dari {whole(least)}."


def edition_line(agency: str, edition: str, first: date, last: date) -> str:
    """Say which list is compared."""
    days = long_date(first) if first == last else f"{long_date(first)} sampai {long_date(last)}"
    return f"{agency}, edisi {edition}, dinilai {days}."


def left_out(ours: int, theirs: int, agency: str, unit: str) -> str:
    """Say how many areas are not compared, and why; an empty text where all are."""
    parts = []
    if ours:
        parts.append(f"{whole(ours)} {unit} belum kami beri kelas")
    if theirs:
        parts.append(f"{whole(theirs)} {unit} tidak dinilai {agency}")
    return f"Tidak dibandingkan: {' dan '.join(parts)}." if parts else ""


def difference(steps: int, agency: str) -> str:
    """Say who is higher, and by how many levels."""
    if steps == 0:
        return "setingkat"
    who = "kami" if steps > 0 else agency
    return f"{who} lebih tinggi {whole(abs(steps))} tingkat"


def both_classes(ours: str, theirs: str, agency: str) -> str:
    """Put both classes side by side."""
    return f"Kami: {ours} · {agency}: {theirs}"


def _with_interval(kappa: Kappa) -> str:
    if isnan(kappa.low):
        return f"{decimal(kappa.value, 2)} (rentang tidak dapat dihitung)"
    return f"{decimal(kappa.value, 2)} (95%: {_sign(kappa.low)} sampai {_sign(kappa.high)})"


def _sign(value: float) -> str:
    return decimal(value, 2).replace("-", "−")
