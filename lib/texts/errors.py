"""Sentences for everything that can go wrong: what, where, by which rule, and the way out."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Mapping
from typing import Any

from lib.indonesian import long_date, whole
from lib.texts.reports import REFUSED

Facts = Mapping[str, Any]
DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _list(values: object) -> str:
    return ", ".join(f"“{value}”" for value in values) if isinstance(values, (list, tuple)) else str(values)


def _mebibytes(count: int) -> str:
    return f"{whole(count / 2**20)} MB"


def _cause(text: object) -> str:
    """Quote the first sentence of what a reading library said, unless it tells where on this machine a file lies."""
    first = re.split(r"\n|\. ", str(text).strip(), maxsplit=1)[0].rstrip(".")
    return f" ({first})" if first and not re.search(r"[/\\]", first) else ""


def _opposed(facts: Facts) -> str:
    """Show a text of each order, where a column holds both."""
    if "proofs" not in facts:
        return ""
    day_first, month_first = facts["proofs"]
    return f"; “{day_first}” menaruh hari di depan, “{month_first}” menaruh bulan di depan"


TABLE: dict[str, Callable[[Facts], str]] = {
    "missing_file": lambda f: f"Berkas “{f['file']}” tidak ditemukan. Periksa nama dan foldernya.",
    "unreadable": lambda f: (
        f"Berkas “{f['file']}” tidak dapat dibaca{_cause(f['cause'])}. Buka di Excel atau LibreOffice, simpan ulang "
        "sebagai CSV UTF-8 atau XLSX, lalu impor lagi."
    ),
    "empty": lambda f: f"Berkas “{f['file']}” kosong. Mintalah berkas yang berisi dari pengirimnya.",
    "no_rows": lambda f: f"Berkas “{f['file']}” hanya berisi judul kolom, tanpa satu pun baris data.",
    "extension": lambda f: (
        f"Berkas “{f['file']}” berjenis “{f['suffix'] or 'tanpa akhiran'}”; yang diterima sebagai tabel adalah CSV, "
        "TXT, TSV, XLSX, XLSM, XLS, XLSB, ODS, dan Parquet. Simpan ulang dalam salah satunya."
    ),
    "missing_columns": lambda f: (
        f"Berkas “{f['file']}” tidak memiliki kolom {_list(f['columns'])}. Kolom yang ada: {_list(f['found'])}. "
        + (
            "Sebutkan pemilihannya dengan --pemilihan KODE, misalnya pilkada-2024. "
            if "pemilihan" in f["columns"]
            else ""
        )
        + "Sesuaikan judul kolom dengan templat (petadini templat), atau isi satu nilai untuk semua baris dengan "
        "--isi KOLOM=NILAI, misalnya --isi keparahan=2."
    ),
    "forbidden_columns": lambda f: (
        f"Berkas “{f['file']}” memuat kolom {_list(f['columns'])}. Data partai, calon, agama, suku, dan kelompok "
        "tidak boleh masuk: kerawanan dinilai menurut tempat dan waktu. Hapus kolom itu, lalu impor lagi."
    ),
    "forbidden_indicators": lambda f: (
        f"Berkas “{f['file']}” memuat indikator {_list(f['names'])}. Data partai, calon, agama, suku, dan kelompok "
        "tidak boleh masuk: kerawanan dinilai menurut tempat dan waktu. Hapus baris itu, lalu impor lagi."
    ),
    "repeated_columns": lambda f: (
        f"Berkas “{f['file']}” memuat kolom {_list(f['columns'])} lebih dari satu kali. Sisakan satu saja."
    ),
    "too_many_rows": lambda f: (
        f"Berkas “{f['file']}” berisi lebih dari {whole(f['limit'])} baris data, batas sekali impor. Pecah menjadi "
        "beberapa berkas, lalu impor satu per satu."
    ),
    "ambiguous_dates": lambda f: (
        f"Kolom {f['column']} berkas “{f['file']}” tidak menunjukkan urutan tanggalnya: “{f['example']}” dapat "
        f"berarti {long_date(f['day_first'])} atau {long_date(f['month_first'])}{_opposed(f)}. Tanyakan kepada "
        "pengirimnya, lalu ulangi dengan --urutan-tanggal hari-bulan-tahun (atau bulan-hari-tahun); di halaman "
        "Impor, pilih “Urutan tanggal”."
    ),
    "mixed_dates": lambda f: (
        f"Kolom {f['column']} berkas “{f['file']}” memakai dua urutan tanggal{_opposed(f)}. Tanyakan kepada "
        "pengirimnya mana yang benar, lalu ulangi dengan --urutan-tanggal hari-bulan-tahun (atau bulan-hari-tahun); "
        "di halaman Impor, pilih “Urutan tanggal”. Baris dengan urutan yang lain akan dikarantina."
    ),
    "half_converted": lambda f: (
        f"Di kolom {f['column']} berkas “{f['file']}”, Excel tampaknya menukar hari dan bulan pada sebagian sel: "
        f"“{f['example']}” terbaca {long_date(f['day'])}, mungkin semestinya {long_date(f['exchanged'])}. Mintalah "
        "berkas asli yang belum dibuka di Excel; bila tanggalnya memang benar, ulangi dengan --urutan-tanggal "
        f"{f['order']}; di halaman Impor, pilih “Urutan tanggal”."
    ),
    "names_disagree": lambda f: (
        f"Hanya {f['agreeing']} dari {f['compared']} kode kelurahan dalam “{f['file']}” yang namanya cocok ("
        + "; ".join(f"{code} tertulis “{found}”, mestinya {known}" for code, found, known in f["examples"])
        + "). Kemungkinan besar kodenya dari sistem atau edisi lain, jadi tidak disambungkan. Pakai kode Kemendagri, "
        "atau nyatakan sistem kodenya dengan --sistem-kode bps agar dicocokkan menurut nama."
    ),
    "stray_quote": lambda f: (
        f'Pada baris {f["line"]} berkas “{f["file"]}” ada tanda kutip (") yang dibuka dan tidak ditutup, sehingga '
        "baris sesudahnya ikut tertelan. Tutup atau hapus tanda kutip itu, lalu impor lagi."
    ),
    "not_a_table": lambda f: (
        f"Berkas “{f['file']}” adalah gambar, PDF, atau arsip, apa pun akhirannya. Mintalah tabelnya sebagai XLSX "
        "atau CSV kepada pengirimnya."
    ),
    "web_page": lambda f: (
        f"Berkas “{f['file']}” sebenarnya halaman web atau XML, apa pun akhirannya. Buka di Excel atau LibreOffice, "
        "simpan sebagai XLSX, lalu impor lagi."
    ),
    "encrypted": lambda f: (
        f"Berkas “{f['file']}” dikunci dengan kata sandi. Buka, hapus kata sandinya, simpan, lalu impor lagi."
    ),
    "no_header": lambda f: (
        f"Berkas “{f['file']}” tampaknya tidak memiliki judul kolom; baris pertamanya “{f['example']}”. Sebutkan "
        "baris judulnya dengan --baris-judul NOMOR, atau --baris-judul 0 bila memang tidak ada (kolomnya lalu "
        "bernama kolom_1, kolom_2, dan seterusnya)."
    ),
    "choose_sheet": lambda f: (
        f"Berkas “{f['file']}” memuat beberapa lembar yang berisi: {_list(f['sheets'])}. Pilih satu dengan "
        "--lembar NAMA."
    ),
    "unknown_sheet": lambda f: (
        f"Berkas “{f['file']}” tidak memiliki lembar “{f['sheet']}”. Lembar yang ada: {_list(f['sheets'])}."
    ),
    "too_large": lambda f: (
        f"Berkas “{f['file']}” berukuran {_mebibytes(f['bytes'])}, batasnya {_mebibytes(f['limit'])}. Pecah menjadi "
        "beberapa berkas, atau naikkan PETADINI_MAKS_BERKAS_MB."
    ),
    "unpacked_too_large": lambda f: (
        f"Isi berkas “{f['file']}” setelah dibuka menjadi {_mebibytes(f['bytes'])}, batasnya "
        f"{_mebibytes(f['limit'])}. Pecah menjadi beberapa berkas, atau naikkan PETADINI_MAKS_ISI_MB."
    ),
    "zip_bomb": lambda f: (
        f"Berkas “{f['file']}” ditolak tanpa dibuka: bagian “{f['member']}” membesar secara tidak wajar seperti bom "
        "zip. Mintalah berkas baru dari pengirimnya."
    ),
    "too_many_columns": lambda f: (
        f"Berkas “{f['file']}” memiliki {whole(f['columns'])} kolom, batasnya {whole(f['limit'])}. Hapus kolom yang "
        "tidak diperlukan, lalu impor lagi."
    ),
    "too_many_cells": lambda f: (
        f"Lembar dalam “{f['file']}” terbentang sampai baris {whole(f['rows'])} dan kolom ke-{whole(f['columns'])}; "
        f"batasnya {whole(f['limit'])} sel. Biasanya ada sel terisi yang jauh dari tabel: hapus sel itu (Ctrl+End "
        "menunjukkannya), simpan, lalu impor lagi."
    ),
    "too_long_line": lambda f: (
        f"Baris {f['line']} berkas “{f['file']}” lebih panjang dari {whole(f['limit'])} huruf. Periksa apakah berkas "
        "ini benar tabel dan tanda kutipnya lengkap."
    ),
}

LAKE: dict[str, Callable[[Facts], str]] = {
    "extension": lambda f: (
        f"Ekstensi DuckDB “{f['name']}” tidak terpasang dan tidak dapat diunduh. Jalankan “make siap” sekali "
        "dengan sambungan internet."
    ),
    "open": lambda f: (
        f"Gudang data “{f['address']}” tidak dapat dibuka ({f['cause']}). Periksa PETADINI_LAKE dan izin folder."
    ),
    "schema": lambda f: (
        f"Gudang data dibuat oleh versi {f['found']}, sedangkan program ini memerlukan versi {f['expected']}. "
        "Gunakan versi program yang sama, atau gudang data baru melalui PETADINI_LAKE."
    ),
    "busy": lambda f: (
        f"Gudang data sedang ditulis proses lain lebih dari {f['seconds']:.0f} detik. Tunggu impor itu selesai, "
        "lalu ulangi; belum ada yang tersimpan."
    ),
    "commit": lambda f: (
        f"Perubahan {f['attempts']} kali didahului proses lain dan belum tersimpan. Ulangi sebentar lagi."
    ),
    "check": lambda f: (
        f"Pemeriksaan “{f['check']}” menemukan baris yang tidak boleh ada: {f['row']}. Tidak ada yang disimpan; "
        "laporkan kalimat ini kepada pengelola."
    ),
    "data_path": lambda f: (
        f"Gudang data bersama “{f['address']}” memerlukan PETADINI_DATA_PATH: folder atau tempat berkas tabelnya."
    ),
    "disk_full": lambda f: (
        f"Disk penuh, kuotanya habis, atau gagal menulis ({f['cause']}). Tidak ada yang tersimpan dan gudang data "
        "tetap utuh. Kosongkan disk, atau "
        "pindahkan gudang data (PETADINI_LAKE), lalu ulangi."
    ),
    "memory": lambda f: (
        f"Batas memori tercapai ({f['cause']}). Tidak ada yang tersimpan. Pecah berkasnya, atau naikkan "
        "PETADINI_MEMORI_MB, lalu ulangi."
    ),
    "read_only": lambda f: (
        f"Gudang data tidak boleh ditulis ({f['cause']}). Periksa izin folder, atau pilih folder lain melalui "
        "PETADINI_LAKE."
    ),
    "broken": lambda f: (
        f"Berkas gudang data hilang atau rusak ({f['cause']}). Jangan menghapus apa pun: jalankan “petadini "
        "periksa”, lalu pulihkan cadangan terakhir dengan “petadini pulihkan”."
    ),
    "boundaries_changed": lambda f: (
        f"Batas wilayah {f['region_code']} diganti proses lain selagi berkas ini dibaca. Tidak ada yang tersimpan; "
        "impor sekali lagi."
    ),
    "no_snapshot": lambda f: (
        f"Keadaan lampau nomor {f['snapshot']} tidak dapat ditampilkan: belum ada, atau dibuat versi program yang "
        "lebih lama. Pilih tanggal lain."
    ),
    "backup_shared": lambda _: (
        "Gudang data bersama (PostgreSQL) tidak dicadangkan dari sini. Cadangkan katalognya dengan pg_dump, lalu "
        "salin folder PETADINI_DATA_PATH sesudahnya."
    ),
    "backup_unreadable": lambda f: (
        f"“{f['file']}” bukan cadangan Petadini yang utuh ({f['cause']}). Pakai salinan lain; tidak ada yang "
        "dipulihkan."
    ),
    "backup_newer": lambda f: (
        f"Cadangan “{f['file']}” dibuat versi {f['found']}, sedangkan program ini mengenal sampai versi "
        f"{f['expected']}. Perbarui program, lalu ulangi."
    ),
    "backup_member": lambda f: (
        f"Cadangan “{f['file']}” memuat “{f['member']}” yang tidak ada dalam daftarnya atau bukan tempatnya. "
        "Berkas ini mungkin diubah orang; tidak ada yang dipulihkan."
    ),
    "backup_file": lambda f: (
        f"Cadangan “{f['file']}” rusak: “{f['member']}” hilang atau isinya berubah. Pakai salinan lain; tidak ada "
        "yang dipulihkan."
    ),
    "backup_table": lambda f: (
        f"Tabel “{f['table']}” dari cadangan “{f['file']}” tidak sama dengan saat dicadangkan ({f['rows']} baris, "
        f"kini {f['found']}). Tidak ada yang dipulihkan; pakai cadangan lain."
    ),
    "restore_target": lambda f: (
        f"Folder “{f['folder']}” sudah berisi dan tidak ditimpa. Pilih folder baru dengan --ke, atau pindahkan "
        "dahulu isinya."
    ),
}

REGION: dict[str, Callable[[Facts], str]] = {
    "no_region": lambda _: (
        "Belum ada wilayah yang disiapkan. Jalankan “petadini siapkan --wilayah KODE --batas BERKAS”, atau "
        "“petadini demo” untuk kota contoh."
    ),
    "no_areas": lambda f: (
        f"Wilayah {f['region_code']} belum memiliki batas kelurahan. Jalankan “petadini siapkan --wilayah "
        f"{f['region_code']} --batas BERKAS” terlebih dahulu."
    ),
    "unknown_import": lambda f: (
        f"Tidak ada impor bernomor “{f['import_id']}” di wilayah ini. Lihat nomornya dengan “petadini riwayat”."
    ),
    "empty_reason": lambda _: "Tulis alasannya; alasan dicatat bersama pembatalan.",
    "already_undone": lambda f: f"Impor “{f['import_id']}” sudah pernah dibatalkan.",
}


BOUNDARY: dict[str, Callable[[Facts], str]] = {
    "file_missing": lambda f: f"Berkas batas “{f['file']}” tidak ditemukan. Periksa nama dan foldernya.",
    "format_unknown": lambda f: (
        f"Berkas “{f['file']}” bukan berkas batas yang dikenal. Yang diterima: {', '.join(f['suffixes'])}."
    ),
    "unreadable": lambda f: (
        f"Berkas “{f['file']}” rusak atau tidak lengkap{_cause(f['detail'])}. Mintalah salinan baru."
    ),
    "several_files_in_zip": lambda f: (
        f"Arsip “{f['file']}” berisi beberapa berkas batas ({_list(f['members'])}). Sisakan satu saja."
    ),
    "no_file_in_zip": lambda f: (
        f"Arsip “{f['file']}” tidak berisi berkas batas. Isinya harus salah satu dari {', '.join(f['suffixes'])}."
    ),
    "no_features": lambda f: f"Berkas batas “{f['file']}” tidak berisi satu wilayah pun.",
    "no_polygons": lambda f: (
        f"Berkas “{f['file']}” berisi {f['row_count']} baris tetapi tidak satu pun poligon. Mintalah batas "
        "kelurahan berupa poligon, bukan titik atau garis."
    ),
    "no_crs": lambda f: (
        f"Berkas “{f['file']}” tidak menyebut sistem koordinatnya, dan angkanya bukan derajat di Indonesia. "
        "Sebutkan sistem koordinatnya (misalnya --crs EPSG:32748), sertakan berkas .prj, atau simpan ulang dari "
        "QGIS dalam EPSG:4326."
    ),
    "not_in_indonesia": lambda f: (
        f"Menurut sistem koordinatnya ({f['crs_name']}), berkas “{f['file']}” berada di luar Indonesia. Mungkin "
        "lintang dan bujur tertukar atau sistem koordinatnya keliru; periksa di QGIS."
    ),
    "no_code_column": lambda f: (
        f"Berkas “{f['file']}” tidak memiliki kolom kode kelurahan 10 angka. Kolom yang ada: {_list(f['columns'])}. "
        "Tambahkan kolom “kode” berisi kode Kemendagri."
    ),
    "no_name_column": lambda f: (
        f"Berkas “{f['file']}” tidak memiliki kolom nama kelurahan, sehingga kodenya tidak dapat dicocokkan. "
        "Tambahkan kolom “nama”."
    ),
    "bps_codes": lambda f: (
        f"Berkas “{f['file']}” memakai kode BPS pada kolom “{f['column']}” (misalnya {_list(f['examples'])}), bukan "
        f"kode Kemendagri {f['region_code']}. Kode keduanya sama-sama 10 angka tetapi dapat menunjuk daerah lain, "
        "jadi tidak disambungkan. Pakai berkas batas berkode Kemendagri, ganti kodenya di QGIS, atau simpan hanya "
        "sebagai pembanding dengan --sistem-kode bps."
    ),
    "codes_unclear": lambda f: (
        f"Kode pada kolom “{f['column']}” berkas “{f['file']}” (misalnya {_list(f['examples'])}) bukan kode "
        "Kemendagri maupun BPS. Pakai kode Kemendagri 10 angka."
    ),
    "region_absent": lambda f: (
        f"Berkas “{f['file']}” tidak memuat satu pun kelurahan wilayah {f['region_code']}; isinya wilayah "
        f"{_list(f['regions'])}. Periksa kode wilayah atau berkasnya."
    ),
    "codes_not_known": lambda f: (
        f"{f['unknown_count']} dari {f['area_count']} kode dalam “{f['file']}” tidak dikenal di wilayah "
        f"{f['region_code']} (misalnya {_list(f['examples'])}). Berkas ini mungkin dari tahun atau sistem kode lain."
    ),
    "names_disagree": lambda f: (
        f"Kode dalam “{f['file']}” cocok, tetapi {f['disagreeing_count']} dari {f['compared_count']} namanya tidak: "
        + "; ".join(f"{code} tertulis “{found}”, mestinya “{known}”" for code, found, known in f["examples"])
        + ". Kemungkinan besar ini kode BPS atau daerah lain, jadi tidak disambungkan."
    ),
    "code_repeated": lambda f: (
        f"Kode {f['area_code']} dalam “{f['file']}” dipakai beberapa nama ({_list(f['names'])}). Perbaiki kodenya."
    ),
    "not_bps_codes": lambda f: (
        f"Kode pada kolom “{f['column']}” berkas “{f['file']}” (misalnya {_list(f['examples'])}) bukan kode BPS. "
        "Impor tanpa pilihan sistem kode BPS, atau periksa berkasnya."
    ),
    "bps_region_unknown": lambda f: (
        f"Kode BPS wilayah {f['region_code']} belum diketahui, jadi berkas “{f['file']}” tidak dapat disaring. "
        "Tambahkan bps_code pada profil wilayah."
    ),
    "crs_unknown": lambda f: (
        f"Sistem koordinat “{f['crs']}” tidak dikenal. Tulis misalnya EPSG:4326 atau EPSG:32748."
    ),
    "too_many_vertices": lambda f: (
        f"Berkas “{f['file']}” memuat lebih dari {f['limit']} titik sudut. Sederhanakan dahulu di QGIS, atau "
        "naikkan batasnya pada pengaturan impor."
    ),
    "area_too_detailed": lambda f: (
        f"Satu wilayah dalam “{f['file']}” memuat lebih dari {f['limit']} titik sudut. Sederhanakan dahulu di QGIS."
    ),
    "truncated": lambda f: (
        f"Berkas “{f['file']}” terpotong: {f['declared_count']} baris dijanjikan, hanya {f['row_count']} yang "
        "terbaca. Mintalah salinan yang utuh."
    ),
    "cut_short": lambda f: (
        f"Berkas “{f['file']}” terpotong: {f['size_bytes']} dari {f['declared_bytes']} bita. Mintalah salinan yang "
        "utuh."
    ),
    "zip_path": lambda f: (
        f"Arsip “{f['file']}” memuat berkas di luar foldernya (“{f['member']}”), jadi tidak dibuka. Kemas ulang "
        "berkasnya tanpa alamat folder."
    ),
    "zip_bomb": lambda f: (
        f"Isi berkas “{f['file']}” menjadi {f['unpacked_bytes'] / 1e6:.0f} MB bila dibuka, terlalu besar atau tidak "
        f"wajar (batas {f['limit_bytes'] / 1e6:.0f} MB). Mintalah berkas yang lebih kecil."
    ),
    "several_layers": lambda f: (
        f"Berkas “{f['file']}” berisi beberapa lapisan ({_list(f['layers'])}). Sebutkan lapisan yang dimaksud."
    ),
    "layer_unknown": lambda f: (
        f"Berkas “{f['file']}” tidak memiliki lapisan “{f['layer']}”. Yang ada: {_list(f['layers'])}."
    ),
    "too_large": lambda f: (
        f"Berkas “{f['file']}” berukuran {f['size_bytes'] / 1e6:.0f} MB, batasnya {f['limit_bytes'] / 1e6:.0f} MB. "
        "Pecah menjadi beberapa berkas."
    ),
    "shape_too_large": lambda f: (
        f"Satu bentuk di berkas “{f['file']}” terlalu rinci untuk dibaca dari GeoJSON (lebih dari kira-kira satu "
        "juta titik). Sederhanakan dahulu di QGIS, atau simpan sebagai GeoPackage (.gpkg), lalu impor lagi."
    ),
    "no_points": lambda f: (
        f"Berkas “{f['file']}” berisi {_list(f['geometry_types'])}, bukan titik. Mintalah berkas titik kejadian."
    ),
}


def sentence(error: Exception) -> str:
    """Word an error of the layers below, which carry a code and facts; other errors keep their own words.

    The table goes by the error's class: one code may mean different things to two layers.
    """
    if isinstance(error, OSError) and error.errno in DISK_FULL:
        return LAKE["disk_full"]({"cause": error.strerror})
    if isinstance(error, OSError) and error.filename is not None:
        return f"“{error.filename}” tidak dapat dibuka atau ditulis. Periksa nama, folder, dan izinnya."
    table = _BY_CLASS.get(type(error).__name__, {})
    code = getattr(error, "code", "")
    return table[code](getattr(error, "facts", {})) if code in table else str(error)


_BY_CLASS = {
    "TableError": TABLE,
    "LakeError": LAKE,
    "RegionError": REGION,
    "UndoError": REGION,
    "JournalError": REFUSED,
    "BoundaryError": BOUNDARY,
}
