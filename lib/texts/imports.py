"""What the page and the commands about imports say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lib.indonesian import decimal, whole
from lib.texts.quarantine import reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from data.read.sources import Source
    from lib.records import NameQuestion

KIND = "Jenis berkas"
BOUNDARIES = "batas"
BOUNDARIES_LABEL = "Batas kelurahan"
REGION = "Kode wilayah"
REGION_HELP = "Kode Kemendagri kabupaten/kota, misalnya 14.72"
FILE = "Berkas"
POINTS_HELP = (
    "CSV, XLSX, XLS, ODS, Parquet, atau berkas peta titik (GeoJSON, GeoPackage, Shapefile .zip, KML). Judul kolom "
    "boleh berbeda dari templat: pemetaannya diperlihatkan sebelum disimpan."
)
TABLE_HELP = "CSV, XLSX, XLS, ODS, atau Parquet."
BOUNDARIES_HELP = "GeoPackage, GeoJSON, Shapefile dalam .zip, KML, FlatGeobuf, atau GeoParquet."
TEMPLATE = "Unduh templat"
IMPORT = "Impor"
PREVIEWING = "Memeriksa berkas …"
NOTHING_STORED_YET = "Belum ada yang disimpan. Periksa dulu hitungan dan keputusan di atas."
NOTHING_NEW = "Tidak ada yang baru: semua baris sudah tersimpan."
ONLY_TRIED = "Hanya dicoba; tidak ada yang disimpan."
STEPS = {
    "read": "Membaca berkas …",
    "sort": "Memilah baris …",
    "repair": "Memperbaiki poligon …",
    "simplify": "Menyederhanakan batas …",
    "index": "Menyusun indeks …",
    "place": "Menempatkan titik …",
    "store": "Menyimpan dan membuktikan …",
    "done": "Selesai.",
}

MORE_OPTIONS = "Cara membaca berkas ini"
BOUNDARY_OPTIONS = "Edisi, sistem kode, dan koordinat"
MAPPING = "Pemetaan kolom"
MAPPING_BY_HEADS = "menurut judul kolom"
MAPPING_HELP = "Kenali sendiri dari judul kolomnya, atau pakai pemetaan bawaan maupun yang tersimpan."
DATE_ORDER = "Urutan tanggal"
DATE_ORDERS = {
    "hari-bulan-tahun": "hari-bulan-tahun (5/11 = 5 November)",
    "bulan-hari-tahun": "bulan-hari-tahun (5/11 = 11 Mei)",
}
BY_THE_FILE = "menurut berkas"
REPAIR = "Perbaiki kolom yang pasti"
REPAIR_HELP = "Satu kolom diperbaiki hanya bila sedikitnya 90% barisnya menjadi benar; nilai aslinya disimpan."
YEAR = "Tahun"
YEAR_HELP = "Untuk tanggal yang ditulis tanpa tahun."
ELECTION = "Pemilihan"
CRS = "Sistem koordinat"
CRS_HELP = "Untuk berkas yang tidak menyebutnya, misalnya EPSG:4326 (derajat) atau EPSG:32748 (UTM 48 Selatan)."
VINTAGE = "Edisi"
VINTAGE_EXAMPLE = "Kepmendagri 300.2.2-2138/2025"
VINTAGE_HELP = "Keputusan atau tahun asal batas dan kodenya; tercetak pada perbandingan batas."
CODE_SYSTEM = "Sistem kode"
CODE_SYSTEMS = {"kemendagri": "Kemendagri", "bps": "BPS (hanya pembanding)"}
ROW_CODE_SYSTEMS = {"kemendagri": "Kemendagri", "bps": "BPS (nama yang menentukan)"}

COLUMNS = "Pemetaan kolom: kolom kita ← kolom berkas"
NOT_IN_FILE = "tidak ada"
USE_COLUMNS = "Pakai pemetaan ini"
MAPPING_NAME = "Simpan pemetaan dengan nama"
MAPPING_NAME_HELP = "Misalnya Laporan bulanan Polres. Dipakai lagi lewat “Cara membaca berkas ini”."
MAPPING_SAVE = "Simpan"

NAME_QUESTIONS = "Nama yang mirip: samakah tempatnya?"
NAME_OPEN, NAME_SAME, NAME_OTHER = "belum tahu", "ya, sama", "bukan"
USE_NAMES = "Pakai jawaban"

HOW_READ = "Cara berkas ini dibaca"
REPAIRS = "Perbaikan yang akan dibuat"
REPAIR_COLUMNS = {
    "column_name": "Kolom",
    "rule": "Perbaikan",
    "row_count": "Baris",
    "confidence": "Keyakinan",
    "original_value": "Contoh asli",
    "repaired_value": "Menjadi",
}
QUARANTINE_REASONS = "Yang akan dikarantina"
QUARANTINE_COLUMNS = {
    "line_number": "Baris",
    "column_name": "Kolom",
    "value": "Nilai",
    "reason": "Alasan",
    "hint": "Petunjuk",
}
SAMPLE = "Contoh isi yang terbaca"
METRIC_ROWS = "Baris"
METRIC_ACCEPTED = "Diterima"
METRIC_QUARANTINED = "Karantina"
METRIC_DUPLICATE = "Duplikat"

LIST = "Daftar impor"
NONE = "Belum ada impor di wilayah ini."
LIST_COLUMNS = {
    "recorded_at": "Waktu",
    "kind": "Jenis",
    "file_name": "Berkas",
    "row_count": "Baris",
    "accepted_count": "Diterima",
    "quarantined_count": "Karantina",
    "open_quarantine_count": "Belum diperbaiki",
    "duplicate_count": "Duplikat",
    "undone": "Dibatalkan",
    "actor": "Petugas",
    "import_id": "Nomor",
}
UNDO = "Batalkan satu impor"
UNDO_WHICH = "Impor"
UNDO_REASON = "Alasan"
UNDO_BUTTON = "Batalkan impor ini"
UNDO_NOTE = "Barisnya tetap tersimpan, tetapi tidak dihitung lagi di mana pun."

QUARANTINE = "Karantina"
QUARANTINE_CHOOSE = "Lihat karantina dari impor"
QUARANTINE_EMPTY = "Tidak ada baris di karantina."
QUARANTINE_DOWNLOAD = "Unduh untuk diperbaiki (XLSX)"
QUARANTINE_HOW = (
    "Perbaiki sel yang diwarnai di berkas itu, lalu impor lagi sebagai jenis yang sama: baris yang benar keluar dari "
    "karantina."
)

_REPAIRS = {
    "swapped": "lintang dan bujur ditukar",
    "minus": "tanda minus dibetulkan",
    "scaled": "letak koma koordinat dikembalikan",
    "one_cell": "lintang dan bujur dipisah dari satu sel",
    "code_glued": "kode dan nama yang menyatu dipisah",
    "code_mark": "tanda petik di depan kode dihapus",
    "code_decimal": "“.0” di belakang kode dihapus",
    "code_separators": "pemisah dalam kode dirapikan",
    "code_exponent": "kode berbentuk pangkat dikembalikan",
    "code_bps": "kode BPS dilewati, nama yang menentukan",
    "name_alike": "nama yang hampir sama dianggap sama",
    "name_answered": "nama menurut jawaban petugas",
}
_EVIDENCE = {
    "option": "menurut pilihan",
    "number_above_12": "terbukti dari angka di atas 12",
    "weekday": "terbukti dari nama hari",
    "range": "terbukti karena urutan lain memberi tanggal mustahil",
}
_ORDERS = {
    "hari-bulan-tahun": "hari-bulan-tahun",
    "bulan-hari-tahun": "bulan-hari-tahun",
    "serial": "angka seri Excel",
}
_PERSONAL = {
    "nik": "NIK/KK",
    "telepon": "nomor telepon",
    "surel": "alamat surel",
    "akun": "nama akun",
    "nip": "NIP/NRP",
    "nama": "nama orang",
}


def repair(rule: str) -> str:
    """Word a repair, or several made on one value."""
    return ", lalu ".join(_REPAIRS.get(part, part) for part in rule.split("+"))


def use_sheet(sheet: str) -> str:
    """Offer one sheet of a workbook."""
    return f"Baca lembar “{sheet}”"


def dry_run(file: str) -> str:
    """Head the result of a dry run."""
    return f"Bila “{file}” diimpor sekarang"


def imported(file: str, import_id: str) -> str:
    """Say that a file was taken in."""
    return f"“{file}” tersimpan sebagai impor {import_id}."


def undone(import_id: str) -> str:
    """Say that an import was taken back."""
    return f"Impor {import_id} dibatalkan; barisnya tidak dihitung lagi."


def also_delivered(count: int, import_ids: Sequence[str]) -> str:
    """Say that rows of an undone import had come with other imports too, and how to count them again."""
    return (
        f"{whole(count)} baris juga dikirim impor {', '.join(import_ids)} sebagai duplikat dan kini tidak dihitung "
        "lagi; impor ulang berkasnya agar dihitung."
    )


def mapping_saved(name: str) -> str:
    """Say that a mapping was kept."""
    return f"Pemetaan “{name}” tersimpan."


def mapping_line(name: str, kind: str, title: str, note: str) -> str:
    """List one mapping."""
    return f"{name} · {kind} · {title}" + (f" · {note}" if note else "")


def name_question(question: NameQuestion) -> str:
    """Ask whether a name as written is an area that we know."""
    written = f"“{question.name}”" + (f", kecamatan “{question.district}”" if question.district else "")
    return (
        f"{written} ({whole(question.row_count)} baris) = {question.area_name} ({question.area_code}), "
        f"kemiripan {decimal(question.similarity, 2)}?"
    )


def fault_sentences(fault_counts: pd.DataFrame) -> list[str]:
    """Say why lines are refused, the commonest reason first; the evidence is that of one of them."""
    lines = []
    for row in fault_counts.to_dict("records"):
        facts = row["facts"] if isinstance(row["facts"], str) else None
        example = ", misalnya" if facts and row["line_count"] > 1 else ""
        lines.append(f"{whole(row['line_count'])} baris{example}: {reason(row['rule'], facts)}")
    return lines


def fault_lines(fault_counts: pd.DataFrame) -> list[str]:
    """List why rows are refused, for the command."""
    return [f"- karantina {sentence}" for sentence in fault_sentences(fault_counts)]


def faulty_lines(count: int) -> str:
    """Head the list of refused lines."""
    return f"Baris yang akan dikarantina ({whole(count)})"


def first_faults(count: int) -> str:
    """Say that a list is cut."""
    return f"{whole(count)} kesalahan pertama; semuanya ada di berkas karantina sesudah impor."


def column_label(name: str, *, required: bool) -> str:
    """Name one of our columns above the choice of its head."""
    return f"{name} (wajib)" if required else name


def column_without_head(source: Source | None) -> str:
    """Say where a column comes from that no head of the file serves."""
    return f"selalu “{source.constant}”" if source and source.constant else NOT_IN_FILE


def boundary_facts(facts: Mapping[str, Any]) -> str:
    """Say what was found out about a boundary file."""
    without = facts["tanpa_poligon"]
    missing = f"{len(without)} tanpa poligon ({', '.join(without)})" if without else "semua berpoligon"
    return (
        f"Sistem kode {facts['sistem_kode']}; {missing}; {facts['diperbaiki']} poligon diperbaiki; "
        f"koordinat {facts['crs']}."
    )


def decisions(mapping: str | None, facts: Mapping[str, Any]) -> list[str]:
    """Say how a file was read, what was repaired and what was hidden: one sentence each, nothing about the usual."""
    lines = [f"Pemetaan kolom: {mapping or facts.get('pemetaan')}." if mapping or facts.get("pemetaan") else ""]
    lines.append("Kategori dikenali dari uraian." if facts.get("kategori_dari_uraian") else "")
    lines += _reading(facts)
    for column, found in dict(facts.get("tanggal") or {}).items():
        if found.get("bukti") in _EVIDENCE:
            order = _ORDERS.get(found.get("urutan"), found.get("urutan"))
            lines.append(f"Tanggal di {column} dibaca {order} ({_EVIDENCE[found['bukti']]}).")
    points = facts.get("koordinat") or {}
    commas = [name for name in ("lintang", "bujur") if points.get(name) == "koma"]
    lines.append(f"Desimal {' dan '.join(commas)} dibaca dengan koma." if commas else "")
    lines.append("Desimal nilai dibaca dengan koma." if facts.get("desimal") == "koma" else "")
    inside = points.get("di_dalam")
    lines.append(f"Koordinat di dalam atau dekat wilayah: {decimal(100 * inside, 0)}%." if inside is not None else "")
    for column, sign in dict(facts.get("bilangan") or {}).items():
        lines.append("" if sign in {None, "polos"} else f"Ribuan di {column} dipisah dengan {sign}.")
    for made in facts.get("perbaikan") or ():
        lines.append(
            f"Diperbaiki di {made['kolom']}: {repair(made['aturan'])}, {whole(made['baris'])} baris, keyakinan "
            f"{decimal(100 * made['keyakinan'], 0)}%; nilai aslinya disimpan."
        )
    hidden = [
        f"{whole(count)} {_PERSONAL.get(kind, kind)}" for kind, count in dict(facts.get("data_pribadi") or {}).items()
    ]
    lines.append(f"Data pribadi disamarkan: {', '.join(hidden)}." if hidden else "")
    masked = facts.get("kolom_disamarkan")
    lines.append(f"Tampak berisi nama orang, disamarkan seluruhnya: {', '.join(masked)}." if masked else "")
    private = facts.get("kolom_pribadi")
    lines.append(f"Kolom data pribadi tidak dibaca: {', '.join(private)}." if private else "")
    only_total = facts.get("hanya_total")
    lines.append(
        f"{whole(only_total)} TPS hanya menyebut jumlah pemilih tanpa laki-laki dan perempuan; DPT-nya kosong."
        if only_total
        else ""
    )
    lines += _counted(facts)
    questions = facts.get("pertanyaan_nama")
    lines.append(f"{whole(questions)} nama hanya mirip dan menunggu jawaban." if questions else "")
    ignored = facts.get("kolom_diabaikan")
    lines.append(f"Kolom yang tidak dipakai: {', '.join(ignored)}." if ignored else "")
    return [line for line in lines if line]


def _counted(facts: Mapping[str, Any]) -> list[str]:
    """Say what the rows that count state which nobody here has looked at: their status, and a place elsewhere."""
    states = [
        f"{whole(count)} baris berstatus {state.replace('_', ' ')}"
        for state, count in dict(facts.get("status_berkas") or {}).items()
    ]
    elsewhere = {
        "titik_di_kelurahan_lain": ("titik", "; lihat Laporan"),
        "tps_di_kelurahan_lain": ("titik TPS", "; yang dipakai kelurahan yang disebut"),
    }
    return [
        f"{', '.join(states)} menurut berkasnya, bukan menurut pemeriksaan di sini." if states else "",
        *(
            f"{whole(facts[name])} {what} berada di kelurahan lain daripada yang disebut{hint}."
            for name, (what, hint) in elsewhere.items()
            if facts.get(name)
        ),
    ]


def _reading(facts: Mapping[str, Any]) -> list[str]:
    """Say what was unusual about the way the rows lie in their file."""
    return [
        f"Lembar yang dibaca: {facts['lembar']}." if facts.get("lembar") else "",
        f"Judul kolom ada di baris {facts['baris_judul']}." if (facts.get("baris_judul") or 0) > 1 else "",
        "Tanpa judul kolom." if facts.get("baris_judul") == 0 else "",
        "Baris tanda HXL di bawah judul dilewati." if facts.get("baris_hxl") else "",
        f"Pengodean {facts['pengodean']}." if facts.get("pengodean") in {"cp1252", "utf-16"} else "",
        f"{whole(facts['bita_nol'])} bita NUL dibuang." if facts.get("bita_nol") else "",
        f"Tanda yang tak tampak (seperti pembalik arah tulisan) dibuang dari {whole(facts['sel_tak_tampak'])} sel."
        if facts.get("sel_tak_tampak")
        else "",
        f"{whole(facts['sel_galat'])} sel galat Excel (#N/A dan sejenisnya) dibaca kosong."
        if facts.get("sel_galat")
        else "",
        f"Sistem koordinat {facts['crs']}{', dianggap demikian' if facts.get('crs_dianggap') else ''}."
        if facts.get("crs") and (facts.get("crs_dianggap") or facts["crs"] != "EPSG:4326")
        else "",
        "Sistem koordinat diambil dari berkas .prj bernama lain." if facts.get("crs_berkas_lain") else "",
        f"{whole(facts['bukan_titik'])} bentuk bukan titik diwakili titik di dalamnya."
        if facts.get("bukan_titik")
        else "",
    ]
