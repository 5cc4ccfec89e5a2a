"""What the page about reports says, and the sentences for entries and decisions that are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.indonesian import decimal, long_date, short_date, whole
from lib.rules.taxonomy import taxonomy
from lib.texts.questions import VERIFICATIONS
from lib.texts.score import enumeration

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from lib.records import PairRow, ReportRow

TITLE = "Laporan"
TAB_VERIFICATION = "Verifikasi"
TAB_PAIRS = "Dugaan ganda"
TAB_HISTORY = "Riwayat"

NO_REPORTS = (
    "Belum ada laporan untuk pertanyaan ini. Ubah masa atau saringan di sebelah kiri, atau impor berkas kejadian."
)
CHOOSE_ROWS = "Tandai satu atau beberapa laporan pada tabel untuk memeriksanya sekaligus."
STATE = "Status baru"
REASON = "Alasan"
REASON_VERIFY = "Misalnya: sudah dikonfirmasi Babinsa dan ketua RT"
SOURCE_GRADE = "Keandalan sumber"
CONTENT_GRADE = "Kebenaran isi"
UNGRADED = "tidak diubah"
SAVE = "Simpan"
DECIDED_ON = "Diputuskan pada"
DECIDED_ON_HELP = "Skor sebuah hari hanya mengetahui keputusan yang dibuat sampai hari itu."
ONLY_SHOWN = "Keadaan lampau hanya dapat dilihat; kembali ke keadaan terbaru untuk memeriksa laporan."
COMMON = "Persamaan"

SOURCE_GRADES = {
    "A": "A · selalu dapat dipercaya",
    "B": "B · biasanya dapat dipercaya",
    "C": "C · cukup dapat dipercaya",
    "D": "D · biasanya tidak dapat dipercaya",
    "E": "E · tidak dapat dipercaya",
    "F": "F · belum dapat dinilai",
}
CONTENT_GRADES = {
    "1": "1 · dibenarkan sumber lain",
    "2": "2 · sangat mungkin benar",
    "3": "3 · mungkin benar",
    "4": "4 · meragukan",
    "5": "5 · tidak mungkin benar",
    "6": "6 · belum dapat dinilai",
}
GRADES_HELP = "Huruf menilai siapa yang melapor, angka menilai apa yang dilaporkan; keduanya dinilai terpisah."

REPORT_COLUMNS = {
    "date": "Tanggal",
    "place": "Kelurahan",
    "state": "Status",
    "grade": "Nilai",
    "category": "Kategori",
    "description": "Uraian",
    "source": "Sumber",
    "severity": "Keparahan",
    "reports": "Laporan",
}
REPORTS_HELP = "Banyaknya laporan tentang kejadian yang sama; kejadian itu dihitung satu kali."

NO_PAIRS = "Tidak ada dua laporan pada masa ini yang diduga tentang satu kejadian."
PAIRS_LEAD = (
    "Dua laporan yang dekat waktunya, dekat tempatnya, sejenis, dan mirip isinya. Mesin hanya menduga; yang "
    "digabungkan tetap tercatat sebagai dua laporan, tetapi dihitung satu kejadian."
)
MERGE = "Gabungkan"
KEEP_APART = "Bukan kejadian yang sama"
PAIR_POSITION = "Pasangan"
DECISIONS = "Keputusan"
NO_DECISIONS = "Belum ada keputusan tentang laporan ganda di wilayah ini."
UNDO = "Batalkan keputusan"
UNDO_CHOOSE = "Pilih keputusan yang dibatalkan"
UNDO_REASON = "Alasan pembatalan"
NOTHING_TO_UNDO = "Semua keputusan sudah dibatalkan."
DECISION_COLUMNS = {
    "decided": "Diputuskan",
    "outcome": "Keputusan",
    "reports": "Laporan",
    "reason": "Alasan",
    "actor": "Petugas",
    "undone": "Dibatalkan",
}
OUTCOMES = {"satu": "Satu kejadian", "terpisah": "Kejadian berbeda"}

HISTORY_CHOOSE = "Pilih laporan"
JOURNAL_COLUMNS = {
    "recorded": "Dicatat",
    "decided": "Berlaku mulai",
    "state": "Status",
    "grade": "Nilai",
    "reason": "Alasan",
    "actor": "Petugas",
}
FROM_FILE = "status dalam berkas"
NO_TEXT = "(tanpa uraian)"
NO_PLACE = "hanya sampai kecamatan"
NO_SOURCE = "sumber tidak disebut"


def verify_first(names: Sequence[str]) -> str:
    """Say whose reports wait to be checked first: nothing else stands behind what they tell."""
    listed = enumeration(names)
    return (
        f"Periksa lebih dulu: {listed}. Laporannya yang belum diperiksa ditaruh paling atas; tanpa satu kejadian "
        "terverifikasi atau sumber kedua, wilayahnya tidak dinaikkan ke Tinggi dan tidak diberi Siaga."
    )


def verified(count: int, state: str, until: str | None) -> str:
    """Say what was written into the journal; `until` is the day of a question that does not know it yet."""
    text = f"{whole(count)} laporan kini berstatus “{VERIFICATIONS[state]}”."
    return f"{text} Skor per {until} tetap, karena keputusan ini dibuat sesudahnya." if until else text


def merged(decision_id: str) -> str:
    """Say that reports count as one event."""
    return (
        "Laporan-laporan itu kini dihitung sebagai satu kejadian; semuanya tetap ada dalam daftar. "
        f"Keputusan {decision_id} dapat dibatalkan di bawah."
    )


def kept_apart(decision_id: str) -> str:
    """Say that two reports are not proposed again."""
    return f"Kedua laporan dicatat sebagai kejadian berbeda dan tidak diajukan lagi (keputusan {decision_id})."


UNDONE = "Keputusan dibatalkan."


def looking_back(end: date) -> str:
    """Say that the page shows the states of today although the question ends earlier."""
    return (
        f"Status di halaman ini adalah keadaan hari ini. Skor per {long_date(end)} hanya mengetahui keputusan yang "
        "dibuat sampai hari itu."
    )


def only_newest(shown: int, count: int) -> str:
    """Say that a table holds only the newest reports."""
    return (
        f"Ditampilkan {whole(shown)} dari {whole(count)} laporan, yang terbaru. Persempit masa atau saringan untuk "
        "melihat yang lain."
    )


def selected(count: int) -> str:
    """Say how many reports the form is about."""
    return f"{whole(count)} laporan dipilih"


def searched(pair_count: int, shown_count: int, report_count: int, searched_count: int) -> str:
    """Say how many pairs were found, and what the search left out."""
    text = f"{whole(pair_count)} pasangan diduga ganda dari {whole(report_count)} laporan pada masa ini."
    if shown_count < pair_count:
        text += f" Sesuai saringan, yang dapat ditampilkan {whole(shown_count)} pasangan paling mirip."
    if searched_count < report_count:
        text += (
            f" {whole(report_count - searched_count)} laporan belum dibandingkan karena terlalu banyak sekaligus; "
            "persempit masanya."
        )
    return text


def pair_range(first: int, last: int, count: int) -> str:
    """Name a few pairs of a longer list."""
    return (
        f"{whole(first)}–{whole(last)} dari {whole(count)}" if last > first else f"{whole(first)} dari {whole(count)}"
    )


def evidence_reason(evidence: str) -> str:
    """Propose a reason for a decision from what two reports have in common."""
    return f"Diperiksa: {evidence}"


def standing(key: str, report_count: int, *, represents: bool) -> str:
    """Say which report it is, and whether it stands for an event of several."""
    text = f"Kunci laporan: {key}."
    if report_count == 1:
        return text
    role = "Laporan ini mewakili kejadiannya dalam hitungan." if represents else "Kejadiannya diwakili laporan lain."
    return f"{text} Satu dari {whole(report_count)} laporan tentang satu kejadian. {role}"


def decision_line(day: str, outcome: str, report_count: int, first_text: str | None) -> str:
    """Name a decision in one line of a list."""
    return f"{day} · {OUTCOMES[outcome]} · {report_count} laporan · {first_text or NO_TEXT}"


def grade(source: str | None, content: str | None) -> str:
    """Write a grade as B2; what is not graded is a dash."""
    return f"{source or '–'}{content or '–'}" if source or content else ""


def when(day: date, hour: str | None) -> str:
    """Write day and hour of an event."""
    return f"{short_date(day)} pukul {hour.replace(':', '.')}" if hour else f"{short_date(day)}, jam tidak disebut"


def category(code: str) -> str:
    """Name a category."""
    return taxonomy().category(code).name


def kind(category_code: str, severity: int) -> str:
    """Name a category with its severity."""
    return f"{category(category_code)}, keparahan {severity}"


def report_line(row: ReportRow, place: str) -> str:
    """Name a report in one line of a list."""
    text = row.description or NO_TEXT
    return f"{short_date(row.occurred_on.date())} · {place} · {category(row.category_code)} · {text}"


def apart(row: PairRow) -> list[str]:
    """List what two reports have in common: time, place, kind, words."""
    if row.hours_apart == row.hours_apart:
        time = f"selisih {decimal(row.hours_apart, 0)} jam"
    else:
        time = "hari yang sama" if row.days_apart == 0 else f"selisih {whole(row.days_apart)} hari"
    parts = [time]
    if row.distance_m == row.distance_m:
        parts.append(f"jarak {distance(row.distance_m)}")
    if row.same_area:
        parts.append("kelurahan sama")
    parts.append("kategori sama" if row.same_category else "kategori serumpun")
    if row.similarity == row.similarity:
        parts.append(f"kemiripan kata {whole(100 * row.similarity)}%")
    else:
        parts.append("uraian tidak dapat dibandingkan")
    return parts


def distance(metres: float) -> str:
    """Write a distance in metres, from a kilometre on in kilometres."""
    return f"{whole(metres)} m" if metres < 1000 else f"{decimal(metres / 1000)} km"
