"""Sentences for everything that can go wrong: what, where, by which rule, and the way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Facts = Mapping[str, Any]


def _list(values: object) -> str:
    return ", ".join(f"“{value}”" for value in values) if isinstance(values, (list, tuple)) else str(values)


TABLE: dict[str, Callable[[Facts], str]] = {
    "missing_file": lambda f: f"Berkas “{f['file']}” tidak ditemukan. Periksa nama dan foldernya.",
    "unreadable": lambda f: (
        f"Berkas “{f['file']}” tidak dapat dibaca ({f['cause']}). Buka di Excel atau LibreOffice, simpan ulang "
        "sebagai CSV UTF-8 atau XLSX, lalu impor lagi."
    ),
    "empty": lambda f: f"Berkas “{f['file']}” kosong. Mintalah berkas yang berisi dari pengirimnya.",
    "no_rows": lambda f: f"Berkas “{f['file']}” hanya berisi judul kolom, tanpa satu pun baris data.",
    "extension": lambda f: (
        f"Berkas “{f['file']}” berjenis “{f['suffix'] or 'tanpa akhiran'}”; yang diterima adalah CSV dan XLSX. "
        "Simpan ulang dalam salah satunya."
    ),
    "missing_columns": lambda f: (
        f"Berkas “{f['file']}” tidak memiliki kolom {_list(f['columns'])}. Kolom yang ada: {_list(f['found'])}. "
        "Sesuaikan judul kolom dengan templat (petadini templat)."
    ),
    "forbidden_columns": lambda f: (
        f"Berkas “{f['file']}” memuat kolom {_list(f['columns'])}. Data partai, calon, agama, suku, dan kelompok "
        "tidak boleh masuk: kerawanan dinilai menurut tempat dan waktu. Hapus kolom itu, lalu impor lagi."
    ),
    "repeated_columns": lambda f: (
        f"Berkas “{f['file']}” memuat kolom {_list(f['columns'])} lebih dari satu kali. Sisakan satu saja."
    ),
    "too_many_rows": lambda f: (
        f"Berkas “{f['file']}” berisi {f['rows']} baris, batasnya {f['limit']}. Pecah menjadi beberapa berkas."
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
    "already_undone": lambda f: f"Impor “{f['import_id']}” sudah pernah dibatalkan.",
}


BOUNDARY: dict[str, Callable[[Facts], str]] = {
    "file_missing": lambda f: f"Berkas batas “{f['file']}” tidak ditemukan. Periksa nama dan foldernya.",
    "format_unknown": lambda f: (
        f"Berkas “{f['file']}” bukan berkas batas yang dikenal. Yang diterima: {', '.join(f['suffixes'])}."
    ),
    "unreadable": lambda f: (
        f"Berkas batas “{f['file']}” rusak atau tidak lengkap ({f['detail']}). Mintalah salinan baru."
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
        "Sertakan berkas .prj, atau simpan ulang dari QGIS dalam EPSG:4326."
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
        "jadi tidak disambungkan. Pakai berkas batas berkode Kemendagri, atau ganti kodenya di QGIS."
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
}


def sentence(error: Exception) -> str:
    """Word an error of the layers below, which carry a code and facts; other errors keep their own words.

    The table goes by the error's class: one code may mean different things to two layers.
    """
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
    "BoundaryError": BOUNDARY,
}
