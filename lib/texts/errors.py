"""Sentences for everything that can go wrong: what, where, by which rule, and the way out."""

from __future__ import annotations

import errno
import re
from string import Formatter
from typing import TYPE_CHECKING, Any

from data import errors as store
from lib import errors
from lib.indonesian import long_date, moment, whole
from lib.people.errors import NotAllowedError, NotOwnRowsError
from lib.texts.file_errors import BOUNDARY, TABLE
from lib.texts.people import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_UNKNOWN_IMPORT = "Tidak ada impor bernomor “{import_id}” di wilayah ini. Lihat nomornya dengan “petadini riwayat”."


def _quoted(values: object) -> str:
    return ", ".join(f"“{value}”" for value in values) if isinstance(values, (list, tuple)) else str(values)


def _mebibytes(count: int) -> str:
    return f"{whole(count / 2**20)} MB"


def _cause(text: object) -> str:
    """Quote the first sentence of what a reading library said, unless it tells where on this machine a file lies."""
    first = re.split(r"\n|\. ", str(text).strip(), maxsplit=1)[0].rstrip(".")
    return f" ({first})" if first and not re.search(r"[/\\]", first) else ""


def _opposed(proofs: Sequence[str] | None) -> str:
    """Show a text of each order, where a column holds both."""
    if not proofs:
        return ""
    day_first, month_first = proofs
    return f"; “{day_first}” menaruh hari di depan, “{month_first}” menaruh bulan di depan"


def _examples(examples: Iterable[tuple[str, str, str]]) -> str:
    return "; ".join(f"{code} tertulis “{found}”, mestinya {known}" for code, found, known in examples)


def _which_election(columns: Sequence[str]) -> str:
    missing = "pemilihan" in columns
    return "Sebutkan pemilihannya dengan --pemilihan KODE, misalnya pilkada-2024. " if missing else ""


_WAYS: dict[str, Callable[[Any], str]] = {
    "list": _quoted,
    "commas": ", ".join,
    "whole": whole,
    "mebibytes": _mebibytes,
    "megabytes": lambda count: f"{count / 1e6:.0f}",
    "date": long_date,
    "moment": moment,
    "cause": _cause,
    "ending": lambda suffix: suffix or "tanpa akhiran",
    "opposed": _opposed,
    "examples": _examples,
    "quoted_examples": lambda examples: _examples((code, found, f"“{known}”") for code, found, known in examples),
    "which_election": _which_election,
}


class _Evidence(Formatter):
    """Write the fields of an error: after a colon stands one of `_WAYS`, or what Python's own formats know."""

    def format_field(self, value: Any, way: str) -> str:
        say = _WAYS.get(way)
        return say(value) if say else str(super().format_field(value, way))


SENTENCES: Mapping[type[Exception], str] = (
    TABLE
    | BOUNDARY
    | PEOPLE
    | {
        store.ExtensionError: (
            "Ekstensi DuckDB “{name}” tidak terpasang dan tidak dapat diunduh. Jalankan “make siap” sekali "
            "dengan sambungan internet."
        ),
        store.ServerPartError: (
            "Gudang data bersama memerlukan bagian “{name}”, yang tidak terpasang di komputer ini. Jalankan "
            "“make siap-server” sekali dengan sambungan internet (kelengkapan “server” di pyproject.toml)."
        ),
        store.LockLostError: (
            "Sambungan ke PostgreSQL terputus sebelum perubahan disahkan ({cause}). Belum ada yang tersimpan; "
            "ulangi setelah PostgreSQL menjawab lagi."
        ),
        store.OpenError: (
            "Gudang data “{address}” tidak dapat dibuka ({cause}). Periksa PETADINI_LAKE dan izin folder."
        ),
        store.CatalogMissingError: (
            "Katalog gudang data (“katalog.sqlite”) di “{folder}” hilang atau kosong, sedangkan {tables:whole} "
            "berkas tabel dan {copies:whole} salinan berkas masih ada; katalog baru tidak dibuat dan tidak ada yang "
            "dihapus. "
            "Pulihkan cadangan terakhir dengan “petadini pulihkan BERKAS --ke FOLDER”; bila tidak ada, biarkan "
            "folder ini utuh dan impor ulang berkas aslinya ke gudang data baru (PETADINI_LAKE)."
        ),
        store.CatalogDamagedError: (
            "Katalog gudang data “{file}” terpotong atau rusak ({cause}); tidak ada yang diubah. Pulihkan cadangan "
            "terakhir dengan “petadini pulihkan BERKAS --ke FOLDER”; bila tidak ada, biarkan folder ini utuh dan "
            "impor ulang berkas aslinya ke gudang data baru (PETADINI_LAKE)."
        ),
        store.FolderTakenError: (
            "Folder “{folder}” bukan gudang data dan sudah berisi {holds:list}. Pilih folder kosong melalui "
            "PETADINI_LAKE."
        ),
        store.NothingKnownError: (
            "Tidak dibersihkan: gudang data “{folder}” tidak mencatat satu impor pun, sehingga tidak dapat diketahui "
            "mana yang sisa. Pulihkan dahulu cadangannya ke folder lain dengan “petadini pulihkan BERKAS --ke "
            "FOLDER”."
        ),
        store.ClockError: (
            "Jam komputer menunjuk {now:moment} UTC, lebih awal daripada simpanan terakhir ({newest:moment} UTC). "
            "Tidak ada yang tersimpan: betulkan tanggal dan jam komputer, lalu ulangi. Bila jam sekarang benar dan "
            "simpanan terakhir itu yang salah, terima waktunya dengan “petadini periksa --segel”."
        ),
        store.SchemaError: (
            "Gudang data dibuat oleh versi {found}, sedangkan program ini memerlukan versi {expected}. "
            "Gunakan versi program yang sama, atau gudang data baru melalui PETADINI_LAKE."
        ),
        store.BusyError: (
            "Gudang data sedang ditulis proses lain lebih dari {seconds:.0f} detik. Tunggu impor itu selesai, "
            "lalu ulangi; belum ada yang tersimpan."
        ),
        store.CommitError: (
            "Perubahan {attempts} kali didahului proses lain dan belum tersimpan. Ulangi sebentar lagi."
        ),
        store.CheckError: (
            "Pemeriksaan “{check}” menemukan baris yang tidak boleh ada: {row}. Tidak ada yang disimpan; "
            "laporkan kalimat ini kepada pengelola."
        ),
        store.DataPathError: (
            "Gudang data bersama “{address}” memerlukan PETADINI_DATA_PATH: folder atau tempat berkas tabelnya."
        ),
        store.DiskFullError: (
            "Disk penuh, kuotanya habis, atau gagal menulis ({cause}). Tidak ada yang tersimpan dan gudang data "
            "tetap utuh. Kosongkan disk, atau "
            "pindahkan gudang data (PETADINI_LAKE), lalu ulangi."
        ),
        store.OutOfMemoryError: (
            "Batas memori tercapai ({cause}). Tidak ada yang tersimpan. Pecah berkasnya, atau naikkan "
            "PETADINI_MEMORI_MB, lalu ulangi."
        ),
        store.ReadOnlyError: (
            "Gudang data tidak boleh ditulis ({cause}). Periksa izin folder, atau pilih folder lain melalui "
            "PETADINI_LAKE."
        ),
        store.UnreachableError: (
            "Penyimpanan objek gudang data (PETADINI_DATA_PATH) tidak menjawab atau menolak kuncinya ({cause}). "
            "Periksa jaringan dan peubah PETADINI_S3_…; tidak ada yang tersimpan."
        ),
        store.BrokenError: (
            "Berkas gudang data hilang atau rusak ({cause}). Jangan menghapus apa pun: jalankan “petadini "
            "periksa”, lalu pulihkan cadangan terakhir dengan “petadini pulihkan”."
        ),
        store.BoundariesChangedError: (
            "Batas wilayah {region_code} diganti proses lain selagi berkas ini dibaca. Tidak ada yang tersimpan; "
            "impor sekali lagi."
        ),
        store.NoSnapshotError: (
            "Keadaan lampau nomor {snapshot} tidak dapat ditampilkan: belum ada, atau dibuat versi program yang "
            "lebih lama. Pilih tanggal lain."
        ),
        store.KeyExposedError: (
            "Kunci segel “{file}” dapat dibaca orang lain, jadi tidak dipakai. Jalankan “chmod 600” pada berkas itu "
            "bila yakin belum disalin siapa pun."
        ),
        store.FolderExposedError: (
            "Folder rahasia “{folder}” dapat ditulis orang lain, jadi tidak dipakai. Jalankan “chmod 700” pada "
            "folder itu, atau pilih folder lain melalui PETADINI_RAHASIA."
        ),
        store.KeyBrokenError: (
            "Kunci segel “{file}” terlalu pendek atau rusak. Kembalikan dari salinannya; tanpa kunci yang sama, "
            "segel yang lama tidak dapat diperiksa."
        ),
        store.BackupUnreadableError: (
            "“{file}” bukan cadangan Petadini yang utuh ({cause}). Pakai salinan lain; tidak ada yang dipulihkan."
        ),
        store.BackupUnsignedError: (
            "Cadangan “{file}” tidak bersegel, misalnya karena dibuat versi lama; keasliannya tidak dapat dibuktikan "
            "dan tidak ada yang dipulihkan. Bila asalnya pasti, pulihkan dengan --tanpa-segel."
        ),
        store.BackupForgedError: (
            "Segel cadangan “{file}” tidak cocok: daftar isinya diubah sesudah dibuat. Tidak ada yang dipulihkan; "
            "pakai cadangan lain."
        ),
        store.BackupForeignError: (
            "Cadangan “{file}” disegel dengan kunci komputer lain. Sebutkan kuncinya dengan --kunci-segel BERKAS, "
            "atau, bila asalnya pasti, pulihkan tanpa bukti dengan --tanpa-segel. Belum ada yang dipulihkan."
        ),
        store.BackupLockedError: (
            "Cadangan “{file}” terenkripsi. Sebutkan pembukanya: --kunci BERKAS (kunci pribadi age) atau "
            "--sandi-dari BERKAS."
        ),
        store.BackupUnlockError: (
            "Cadangan “{file}” tidak terbuka dengan kunci atau sandi itu, atau berkasnya rusak. Tidak ada yang "
            "dipulihkan; periksa kunci atau sandinya, atau pakai salinan lain."
        ),
        store.BadRecipientError: (
            "“{text}” bukan kunci umum age. Kunci umum berawalan “age1”; “age-keygen” mencetaknya bersama kunci "
            "pribadinya."
        ),
        store.BackupNewerError: (
            "Cadangan “{file}” dibuat versi {found}, sedangkan program ini mengenal sampai versi "
            "{expected}. Perbarui program, lalu ulangi."
        ),
        store.BackupMemberError: (
            "Cadangan “{file}” memuat “{member}” yang tidak ada dalam daftarnya atau bukan tempatnya. "
            "Berkas ini mungkin diubah orang; tidak ada yang dipulihkan."
        ),
        store.BackupFileError: (
            "Cadangan “{file}” rusak: “{member}” hilang atau isinya berubah. Pakai salinan lain; tidak ada "
            "yang dipulihkan."
        ),
        store.BackupTableError: (
            "Tabel “{table}” dari cadangan “{file}” tidak sama dengan saat dicadangkan ({rows} baris, "
            "kini {found}). Tidak ada yang dipulihkan; pakai cadangan lain."
        ),
        store.RestoreTargetError: (
            "Folder “{folder}” sudah berisi dan tidak ditimpa. Pilih folder baru dengan --ke, atau pindahkan "
            "dahulu isinya."
        ),
        NotAllowedError: (
            "{shown} (peran {role}) tidak berhak “{deed}” di wilayah {area_code}. Mintalah hak itu kepada admin, "
            "atau biarkan petugas yang berhak melakukannya."
        ),
        NotOwnRowsError: (
            "{shown} (peran {role}) hanya boleh mencatat laporan yang belum diperiksa dari kecamatan atau "
            "instansinya sendiri: sebutkan kelurahan atau kecamatan dan sumber yang termasuk haknya. Tidak ada yang "
            "disimpan."
        ),
        errors.NoRegionError: (
            "Belum ada wilayah yang disiapkan. Jalankan “petadini siapkan --wilayah KODE --batas BERKAS”, atau "
            "“petadini demo” untuk kota contoh."
        ),
        errors.UnpreparedRegionError: (
            "Wilayah {region_code} belum disiapkan di gudang data ini; yang sudah: {prepared:commas}. Pilih salah "
            "satu, atau jalankan “petadini siapkan --wilayah {region_code} --batas BERKAS”."
        ),
        errors.NoAreasError: (
            "Wilayah {region_code} belum memiliki batas kelurahan. Jalankan “petadini siapkan --wilayah "
            "{region_code} --batas BERKAS” terlebih dahulu."
        ),
        errors.UnknownDistrictError: (
            "Kecamatan “{named}” tidak ada di wilayah ini. Pilih salah satu, nama atau kodenya: {districts:commas}."
        ),
        errors.UnknownImportError: _UNKNOWN_IMPORT,
        errors.UnknownUndoError: _UNKNOWN_IMPORT,
        errors.UndoWithoutReasonError: "Tulis alasannya; alasan dicatat bersama pembatalan.",
        errors.ImportUndoneError: "Impor “{import_id}” sudah pernah dibatalkan.",
        errors.UnknownProposalError: (
            "Wilayah ini tidak memiliki usulan nomor “{proposal_id}”; lihat “petadini usulan”."
        ),
        errors.DecidedError: "Usulan “{proposal_id}” sudah diputuskan oleh {name}: {outcome}.",
        errors.OwnProposalError: (
            "Usulan “{proposal_id}” adalah usulan sendiri; yang memutuskan harus orang lain yang berperan penyetuju."
        ),
        errors.DeclinedWithoutReasonError: "Tulis alasan menolak; alasan dicatat bersama keputusannya.",
        errors.BadKeyError: (
            "“{text}” bukan kunci laporan. Tulis nomor impor, titik dua, lalu nomor baris, misalnya "
            "20261122-101500-ab12:7."
        ),
        errors.NoRowsError: "Belum ada laporan yang dipilih. Pilih paling sedikit satu.",
        errors.UnknownRowError: (
            "Laporan {key} tidak ada di wilayah ini, atau impornya sudah dibatalkan. Periksa nomornya di “petadini "
            "riwayat”."
        ),
        errors.UnknownStateError: "Status “{state}” tidak dikenal. Pilih salah satu: {states:commas}.",
        errors.UnknownGradeError: "Nilai “{grade}” tidak dikenal. Pilih salah satu: {grades:commas}.",
        errors.EmptyReasonError: "Alasan belum diisi. Tulis dasar keputusan ini supaya dapat diperiksa kemudian.",
        errors.OneRowError: "Untuk keputusan ini diperlukan paling sedikit dua laporan yang berbeda.",
        errors.SameEventError: "Laporan-laporan itu sudah tercatat sebagai satu kejadian.",
        errors.OneEventError: (
            "Dua dari laporan itu tercatat sebagai satu kejadian. Batalkan dulu keputusan {event_id}."
        ),
        errors.UnknownDecisionError: "Tidak ada keputusan bernomor {decision_id} di wilayah ini.",
        errors.AlreadyUndoneError: "Keputusan {decision_id} sudah pernah dibatalkan.",
    }
)


def sentence(error: Exception) -> str:
    """Word an error by its class and its evidence; an error without a sentence here keeps its own words."""
    if isinstance(error, OSError) and error.errno in DISK_FULL:
        return sentence(store.DiskFullError(cause=str(error.strerror)))
    if isinstance(error, OSError) and error.filename is not None:
        return f"“{error.filename}” tidak dapat dibuka atau ditulis. Periksa nama, folder, dan izinnya."
    template = SENTENCES.get(type(error))
    return filled(template, error) if template else str(error)


def filled(template: str, error: Exception) -> str:
    """Fill the evidence of an error into a sentence."""
    return _Evidence().vformat(template, (), vars(error))
