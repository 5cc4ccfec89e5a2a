"""What backing up, bringing back, checking and looking back say to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lib.indonesian import decimal, long_date, moment, whole

if TYPE_CHECKING:
    from datetime import date, datetime

CHECKS = {
    "areas_once": "satu batas wilayah memuat kelurahan yang sama dua kali",
    "event_members": "keputusan “satu peristiwa” atau “terpisah” menyebut laporan yang tidak ada",
    "import_counts": "hitungan sebuah impor tidak cocok: baris harus sama dengan diterima + karantina + duplikat",
    "import_rows": "jumlah baris yang tersimpan berbeda dari catatan impornya",
    "issues_rows": "ada ramalan atau peringatan terbitan yang barisnya hilang, bertambah atau tercatat ganda",
    "locations_complete": "ada kejadian atau TPS yang letaknya hilang atau tercatat ganda",
    "election_entries": "isian kalender pemilihan tanpa petugas, alasan, atau isinya",
    "proposals": "usulan atau keputusannya tidak lengkap, tercatat ganda, atau diputuskan pengusulnya sendiri",
    "rows_once": "satu baris terhitung dua kali, misalnya dari berkas yang diimpor dua kali pada saat yang sama",
    "stations_once": "satu TPS tercatat dua kali dalam pemilihan yang sama",
    "verification_rows": "catatan verifikasi menyebut kejadian yang tidak ada",
}


def no_store(address: str) -> str:
    """Say that there is nothing to check."""
    return (
        f"Di {address} belum ada gudang data; tidak ada yang diperiksa. Periksa PETADINI_LAKE, atau mulai dengan "
        "“petadini siapkan”."
    )


def check_failed(check: str, row: str) -> str:
    """Say which rule of the store is broken, by its meaning where it has one."""
    meaning = CHECKS.get(check, f"aturan “{check}” dilanggar")
    return (
        f"Gudang data tidak utuh: {meaning} ({check}: {row}). Jangan mengimpor dulu; pulihkan cadangan terakhir "
        "dengan “petadini pulihkan”, atau laporkan kalimat ini kepada pengelola."
    )


def rows_lost(import_id: str, file: str, expected: int, found: int) -> str:
    """Say that an import no longer has the rows its record says."""
    return (
        f"Impor {import_id} (“{file}”) tercatat {whole(expected)} baris tetapi kini {whole(found)} baris, atau "
        "isinya berubah. Batalkan impor itu, lalu impor ulang dari salinan di folder “berkas”."
    )


ISSUE_FAULTS = {
    "record": "catatan terbitannya berubah",
    "rows": "barisnya berubah, bertambah atau hilang",
    "chain": "terbitan sebelumnya berubah atau hilang",
    "orphan": "barisnya masih ada tetapi catatan terbitannya hilang",
}


def issue_broken(issue_id: str, kind: str | None, as_of: date | None, fault: str) -> str:
    """Say that a frozen forecast or alert is no longer what was issued."""
    what = f"{kind} per {long_date(as_of)}" if kind and as_of else "ramalan atau peringatan"
    return (
        f"Terbitan {issue_id} ({what}) tidak lagi seperti saat diterbitkan: {ISSUE_FAULTS[fault]}. Nilai di rapor "
        "peringatan untuk terbitan ini jangan dipakai; bandingkan dengan cadangan atau cetakan waktu itu."
    )


def copy_damaged(import_id: str, file: str, *, there: bool) -> str:
    """Say that the kept copy of an imported file is missing or changed."""
    what = "sudah berubah isinya" if there else "tidak ada lagi"
    return (
        f"Salinan berkas “{file}” (impor {import_id}) {what}. Data impornya tidak terganggu, tetapi tidak dapat "
        "diimpor ulang; simpan lagi berkas aslinya atau ambil folder “berkas” dari cadangan."
    )


@dataclass(frozen=True, slots=True)
class FaultWords:
    """What is known about a commit that cannot be ours, or whose rows are no longer those it brought."""

    kind: str
    number: int | None = None
    at: datetime | None = None
    author: str = ""
    message: str = ""
    table: str = ""
    rows: int = 0
    found: int = 0

    @property
    def commit(self) -> str:
        """Name the commit: its number, when, by whom, what for."""
        when = f", {moment(self.at)}" if self.at else ""
        whose = f", oleh {self.author}" if self.author else ", tanpa nama"
        what = f": {self.message}" if self.message else ""
        return f"simpanan nomor {self.number} ({when.removeprefix(', ')}{whose}{what})"


PROOF_FAULTS = {
    "changed": (
        "{commit} menghapus atau mengubah baris tabel {table}. Petadini hanya menambah baris; perubahan ini dibuat "
        "dengan alat lain"
    ),
    "nameless": "{commit} menambah tabel {table} tanpa petugas dan keterangan. Simpanan ini dibuat dengan alat lain",
    "unsealed": (
        "{commit} menambah tabel {table} tanpa segel, padahal gudang data ini sudah bersegel. Simpanan ini dibuat "
        "dengan alat lain atau versi program yang lama"
    ),
    "foreign": (
        "{commit} disegel dengan kunci lain, sehingga tidak dapat dibuktikan di komputer ini. Bila beberapa komputer "
        "memakai gudang data ini, samakan kunci segelnya"
    ),
    "forged": "segel {commit} tidak dibuat dengan kunci gudang data ini atau sudah diubah",
    "chain": "segel sebelum {commit} hilang: ada simpanan yang dihapus dari riwayat",
    "renamed": "nama, keterangan, atau waktu {commit} tidak lagi seperti saat disegel",
    "content": (
        "isi tabel {table} dari {commit} berubah: tersegel {rows} baris, kini {found} baris{equal}. Baris itu diubah "
        "di luar Petadini"
    ),
    "base": (
        "isi tabel {table} berubah sejak disegel pertama kali: tersegel {rows} baris, kini {found} baris{equal}. "
        "Baris itu diubah di luar Petadini"
    ),
    "view": "rumusan “{table}” dalam katalog tidak seperti pada versi program ini",
    "files": "katalog menyembunyikan baris atau berkas tabel {table}, yang tidak pernah dilakukan Petadini",
}


def proof_failed(fault: FaultWords) -> str:
    """Say what was changed unseen, and the way back."""
    filled = PROOF_FAULTS[fault.kind].format(
        commit=fault.commit,
        table=fault.table,
        rows=whole(fault.rows),
        found=whole(fault.found),
        equal=" dengan isi lain" if fault.rows == fault.found else "",
    )
    return (
        f"Gudang data berubah tanpa melalui Petadini: {filled}. Bandingkan dengan cadangan, lalu pulihkan cadangan "
        "yang masih cocok; bila perubahan itu memang sah, terima dengan “petadini periksa --segel”."
    )


NOT_SEALED_YET = (
    "Semua pemeriksaan lulus, tetapi gudang data belum bersegel: perubahan isi yang dibuat dengan alat lain belum "
    "dapat ditemukan. Segel dibuat pada simpanan berikutnya, atau sekarang dengan “petadini periksa --segel”."
)
NOT_CLEANED = "Tidak dibersihkan: gudang data tidak utuh, sehingga yang tampak sisa mungkin masih diperlukan."


def not_sealed(count: int, foreign_count: int) -> str:
    """Say how much no seal covers."""
    foreign = f", {whole(foreign_count)} di antaranya bersegel kunci lain" if foreign_count else ""
    return f"Belum bersegel: {whole(count)} simpanan{foreign}."


def sealed_since(at: datetime) -> str:
    """Say from when on changes are found."""
    return f"Bersegel sejak {moment(at)}; perubahan isi sebelum saat itu tidak dapat ditemukan."


def sealed_anew(fault_count: int) -> str:
    """Say that all was sealed as it is."""
    accepted = f" {whole(fault_count)} temuan di atas diterima apa adanya, dan itu tercatat." if fault_count else ""
    return f"Isi gudang data disegel sebagaimana adanya sekarang.{accepted}"


def newest_head(head: str, count: int) -> str:
    """Print the head of the chain, which proves later that nothing was cut off."""
    return (
        f"Kepala segel: {head} ({whole(count)} simpanan). Catat atau cetak; dengan “petadini periksa --kepala "
        f"{head}” kelak terbukti bahwa simpanan sampai saat ini masih lengkap."
    )


def head_known(head: str, at: datetime) -> str:
    """Say that a printed head is in the chain."""
    return f"Kepala segel {head} terbukti: simpanan sampai {moment(at)} masih lengkap dalam rantai."


def head_unknown(head: str) -> str:
    """Say that a printed head is not in the chain."""
    return (
        f"Kepala segel {head} tidak ada dalam rantai gudang data ini: salah ketik, gudang data lain, atau simpanan "
        "sampai saat kepala itu dicetak sudah diganti atau dipotong. Bandingkan dengan cadangan dari waktu itu."
    )


def clock_turned_back(number: int, at: datetime, before: datetime) -> str:
    """Say that a commit bears an earlier time than the one before."""
    return (
        f"Jam komputer pernah mundur: simpanan nomor {whole(number)} tercatat {moment(at)}, padahal yang sebelumnya "
        f"{moment(before)}. Urutan catatan di sekitarnya mungkin tertukar."
    )


def disk_low(free_bytes: int) -> str:
    """Say that the disk is nearly full."""
    return (
        f"Ruang disk gudang data tinggal {size(free_bytes)}; impor berikutnya dapat gagal. Kosongkan disk, atau "
        "pindahkan gudang data (PETADINI_LAKE)."
    )


def checked(checks: int, imports: int, rows: int, copies: int, free_bytes: int | None, *, grace_s: float) -> str:
    """Sum up what was checked, and what was left alone."""
    room = f" Ruang disk kosong {size(free_bytes)}." if free_bytes is not None else ""
    return (
        f"Diperiksa: {whole(checks)} aturan, {whole(imports)} impor ({whole(rows)} baris dihitung ulang), "
        f"{whole(copies)} salinan berkas.{room} Berkas yang lebih muda dari {decimal(grace_s / 3600, 0)} jam "
        "dibiarkan, karena mungkin milik impor yang sedang berjalan."
    )


def leftovers(count: int, size_bytes: int) -> str:
    """Say that killed processes left something behind."""
    return (
        f"Ada {whole(count)} sisa proses yang terhenti ({size(size_bytes)}); data tidak terganggu. "
        "Bersihkan dengan “petadini periksa --bersihkan”."
    )


def cleaned(count: int, size_bytes: int, folder: str) -> str:
    """Say what was cleaned away, and how it comes back."""
    said = f"Dibersihkan: {whole(count)} sisa proses yang terhenti ({size(size_bytes)})"
    if not count:
        return f"{said}."
    return (
        f"{said}, dipindahkan ke {folder}. Bila ternyata diperlukan, kembalikan dengan memindahkannya ke letak yang "
        "sama di gudang data; bila tidak, folder itu boleh dihapus."
    )


def merged(count: int) -> str:
    """Say that small files were merged."""
    return f"Dirapikan: {whole(count)} berkas tabel kecil digabung; semua keadaan lampau tetap terbaca."


def backed_up(
    path: str, size_bytes: int, made_at: datetime, *, tables: int, rows: int, files: int, encrypted: bool
) -> str:
    """Say what a backup holds."""
    locked = "Isinya terenkripsi. " if encrypted else ""
    return (
        f"Cadangan ditulis: {path} ({size(size_bytes)}), keadaan {moment(made_at)}: {whole(tables)} tabel, "
        f"{whole(rows)} baris, {whole(files)} berkas, dengan seluruh riwayatnya. {locked}Simpan di luar komputer "
        "ini; pulihkan dengan “petadini pulihkan”."
    )


def head_of_backup(head: str) -> str:
    """Say up to which seal a backup goes."""
    return f"Kepala segel cadangan ini: {head}. Catat di kertas; “petadini periksa --kepala {head}” membuktikannya."


def copies_not_backed_up(names: tuple[str, ...]) -> str:
    """Say which file copies were already missing when the backup was made."""
    return f"Tidak ikut dicadangkan karena salinannya sudah tidak ada: {', '.join(names)}."


def table_proved(table: str, rows: int) -> str:
    """Say that a restored table is the same as the one that was backed up."""
    return f"  {table:<22} {whole(rows):>12} baris  sidik sama"


def old_backups_removed(count: int, kept: int) -> str:
    """Say how many dated backups went, and how many stay at most."""
    return f"Cadangan lama dihapus: {whole(count)}; yang terbaru disimpan paling banyak {whole(kept)}."


def restored(path: str, made_at: datetime) -> str:
    """Say that a store was brought back."""
    return (
        f"Gudang data keadaan {moment(made_at)} dipulihkan ke {path}; semua berkas dan tabel cocok dengan "
        "cadangannya."
    )


SIGNATURE_PROVED = "Segel cadangan cocok."
SIGNATURE_NOT_PROVED = "Segel cadangan TIDAK dibuktikan (--tanpa-segel): keasliannya bersandar pada asal berkas itu."


def use_restored(path: str) -> str:
    """Say how to work with a store that was brought back elsewhere."""
    return f"Untuk memakainya: PETADINI_LAKE={path}"


def size(count: int) -> str:
    """Write a number of bytes for people."""
    for unit, divisor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= divisor:
            return f"{decimal(count / divisor)} {unit}"
    return f"{whole(count)} byte"


STATE_HEAD = "Keadaan data"
STATE_NEWEST = "Terbaru"
STATE_PAST = "Seperti pada tanggal"
STATE_EMPTY = "Kosong: keadaan terbaru."
STATE_HELP = (
    "Menampilkan semua halaman dengan data yang sudah masuk sampai akhir hari itu, misalnya seperti pada rakor "
    "yang lalu. Kalender dan bobot tetap yang sekarang."
)


def as_it_was(day: date) -> str:
    """Say that a page does not show the newest state."""
    return f"Seperti pada {long_date(day)} – bukan keadaan terbaru"


def nothing_until(day: date, first: date) -> str:
    """Say that no state of a day is kept, and from when on they are."""
    return f"Keadaan pada {long_date(day)} tidak tersimpan; riwayat yang dapat ditampilkan mulai {long_date(first)}."
