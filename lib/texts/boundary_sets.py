"""What the page about boundary sets says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.indonesian import decimal, moment, short_date, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

TITLE = "Batas"
OLD, NEW = "Batas lama", "Batas baru"
IN_FORCE = "berlaku"
NO_VINTAGE = "edisi tidak dicatat"
SYSTEMS = {"kemendagri": "kode Kemendagri", "bps": "kode BPS"}
ONLY_ONE = (
    "Baru ada satu kumpulan batas untuk wilayah ini, jadi belum ada yang dibandingkan. Impor berkas batas edisi "
    "lain pada halaman Impor; yang lama tetap tersimpan."
)
TWICE_THE_SAME = "Kumpulan batas yang sama dipilih dua kali. Pilih dua yang berbeda."
MOVED_HEAD = "Laporan dan TPS yang pindah"
NOTHING_CHANGED = "Tidak ada yang berubah: bentuk, kode, dan nama sama."
NOTHING_COMPARED = "Belum ada kejadian atau TPS yang ditempatkan pada kedua batas ini."
DIFFERENT_SYSTEMS = (
    "Kedua batas memakai sistem kode yang berbeda, jadi perpindahan kejadian dan TPS tidak dihitung. Penempatan "
    "selalu memakai batas berkode Kemendagri yang berlaku."
)
NOTHING_MOVED = "Tidak ada yang pindah wilayah."
DOWNLOAD = "Unduh perubahan (CSV)"
LEGEND_OLD, LEGEND_NEW, LEGEND_CHANGED = "garis lama", "garis baru", "berubah"
OUTSIDE = "(di luar wilayah)"

CHANGES = {
    "split": "dipecah",
    "merged": "digabung",
    "moved": "letak berbeda",
    "gone": "tidak ada lagi",
    "new": "baru",
    "code_changed": "kode berganti",
    "renamed": "nama berganti",
    "no_polygon": "tanpa poligon",
    "same": "tetap",
}
CHANGE_COLUMNS = {
    "change": "Perubahan",
    "old_name": "Nama lama",
    "new_name": "Nama baru",
    "iou": "Berimpit (%)",
    "old_code": "Kode lama",
    "new_code": "Kode baru",
    "old_share": "Bagian lama (%)",
    "new_share": "Bagian baru (%)",
}
CHANGE_HELP = {
    "iou": "Luas yang sama dibagi luas gabungan bentuk lama dan baru.",
    "old_share": "Bagian dari wilayah lama yang masuk wilayah baru itu.",
    "new_share": "Bagian dari wilayah baru yang berasal dari wilayah lama itu.",
}
MOVED_COLUMNS = {"kind": "Jenis", "old_name": "Dari", "new_name": "Ke", "row_count": "Jumlah"}


def name_of_set(file_name: str, recorded_at: datetime, *, in_force: bool) -> str:
    """Name a boundary set; `recorded_at` is local."""
    return f"{file_name} · {short_date(recorded_at.date())}" + (f" · {IN_FORCE}" if in_force else "")


def details_of_set(vintage: str, code_system: str, recorded_at: datetime, area_count: int, unit: str) -> str:
    """Say what is known about a boundary set; `recorded_at` is local."""
    edition = f"edisi {vintage}" if vintage else NO_VINTAGE
    system = SYSTEMS.get(code_system, code_system)
    return f"{whole(area_count)} {unit} · {edition} · {system} · diimpor {moment(recorded_at)}"


def summary(old_count: int, new_count: int, changed: Mapping[str, int], unit: str) -> str:
    """Say how many areas changed and how; `changed` counts areas by kind of change, without "same"."""
    total = f"Dari {whole(old_count)} {unit} pada batas lama dan {whole(new_count)} pada batas baru"
    parts = [f"{whole(changed[kind])} {word}" for kind, word in CHANGES.items() if changed.get(kind)]
    return f"{total}: {', '.join(parts)}." if parts else f"{total}: {NOTHING_CHANGED[0].lower()}{NOTHING_CHANGED[1:]}"


def redrawn(median_share: float) -> str:
    """Warn that two sets are drawn so differently that few single changes mean anything."""
    return (
        f"Separuh wilayah berimpit kurang dari {decimal(100 * median_share, 0)}%: kedua berkas digambar dari sumber "
        "yang berbeda, jadi “letak berbeda” belum tentu perubahan resmi. Cocokkan dengan peta kelurahan."
    )


def moved(moved_count: int, compared_count: int) -> str:
    """Say how many rows change their area."""
    if not moved_count:
        return f"{NOTHING_MOVED} {whole(compared_count)} kejadian dan TPS ditempatkan pada kedua batas."
    return (
        f"{whole(moved_count)} dari {whole(compared_count)} kejadian dan TPS yang ditempatkan pada kedua batas "
        "pindah wilayah."
    )
