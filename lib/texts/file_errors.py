"""Sentences for files that are refused whole: what, where, by which rule, and the way out."""

from data.read import refusal as table
from geo import errors as boundary

# Filled in by `lib.texts.errors.filled`: each name is a field of the error, what follows it a way of writing.
TABLE: dict[type[Exception], str] = {
    table.MissingFileError: "Berkas “{file}” tidak ditemukan. Periksa nama dan foldernya.",
    table.UnreadableError: (
        "Berkas “{file}” tidak dapat dibaca{cause:cause}. Buka di Excel atau LibreOffice, simpan ulang "
        "sebagai CSV UTF-8 atau XLSX, lalu impor lagi."
    ),
    table.EmptyError: "Berkas “{file}” kosong. Mintalah berkas yang berisi dari pengirimnya.",
    table.NoRowsError: "Berkas “{file}” hanya berisi judul kolom, tanpa satu pun baris data.",
    table.ExtensionError: (
        "Berkas “{file}” berjenis “{suffix:ending}”; yang diterima sebagai tabel adalah CSV, "
        "TXT, TSV, XLSX, XLSM, XLS, XLSB, ODS, dan Parquet. Simpan ulang dalam salah satunya."
    ),
    table.MissingColumnsError: (
        "Berkas “{file}” tidak memiliki kolom {columns:list}. Kolom yang ada: {found:list}. "
        "{columns:which_election}Sesuaikan judul kolom dengan templat (petadini templat), atau isi satu nilai "
        "untuk semua baris dengan "
        "--isi KOLOM=NILAI, misalnya --isi keparahan=2."
    ),
    table.ForbiddenColumnsError: (
        "Berkas “{file}” memuat kolom {columns:list}. Data partai, calon, agama, suku, dan kelompok "
        "tidak boleh masuk: kerawanan dinilai menurut tempat dan waktu. Hapus kolom itu, lalu impor lagi."
    ),
    table.ForbiddenIndicatorsError: (
        "Berkas “{file}” memuat indikator {names:list}. Data partai, calon, agama, suku, dan kelompok "
        "tidak boleh masuk: kerawanan dinilai menurut tempat dan waktu. Hapus baris itu, lalu impor lagi."
    ),
    table.RepeatedColumnsError: (
        "Berkas “{file}” memuat kolom {columns:list} lebih dari satu kali. Sisakan satu saja."
    ),
    table.TooManyRowsError: (
        "Berkas “{file}” berisi lebih dari {limit:whole} baris data, batas sekali impor. Pecah menjadi "
        "beberapa berkas, lalu impor satu per satu."
    ),
    table.AmbiguousDatesError: (
        "Kolom {column} berkas “{file}” tidak menunjukkan urutan tanggalnya: “{example}” dapat "
        "berarti {day_first:date} atau {month_first:date}{proofs:opposed}. Tanyakan kepada "
        "pengirimnya, lalu ulangi dengan --urutan-tanggal hari-bulan-tahun (atau bulan-hari-tahun); di halaman "
        "Impor, pilih “Urutan tanggal”."
    ),
    table.MixedDatesError: (
        "Kolom {column} berkas “{file}” memakai dua urutan tanggal{proofs:opposed}. Tanyakan kepada "
        "pengirimnya mana yang benar, lalu ulangi dengan --urutan-tanggal hari-bulan-tahun (atau bulan-hari-tahun); "
        "di halaman Impor, pilih “Urutan tanggal”. Baris dengan urutan yang lain akan dikarantina."
    ),
    table.HalfConvertedError: (
        "Di kolom {column} berkas “{file}”, Excel tampaknya menukar hari dan bulan pada sebagian sel: "
        "“{example}” terbaca {day:date}, mungkin semestinya {exchanged:date}. Mintalah "
        "berkas asli yang belum dibuka di Excel; bila tanggalnya memang benar, ulangi dengan --urutan-tanggal "
        "{order}; di halaman Impor, pilih “Urutan tanggal”."
    ),
    table.NamesDisagreeError: (
        "Hanya {agreeing} dari {compared} kode kelurahan dalam “{file}” yang namanya cocok ("
        "{examples:examples}"
        "). Kemungkinan besar kodenya dari sistem atau edisi lain, jadi tidak disambungkan. Pakai kode Kemendagri, "
        "atau nyatakan sistem kodenya dengan --sistem-kode bps agar dicocokkan menurut nama."
    ),
    table.StrayQuoteError: (
        'Pada baris {line} berkas “{file}” ada tanda kutip (") yang dibuka dan tidak ditutup, sehingga '
        "baris sesudahnya ikut tertelan. Tutup atau hapus tanda kutip itu, lalu impor lagi."
    ),
    table.NotATableError: (
        "Berkas “{file}” adalah gambar, PDF, atau arsip, apa pun akhirannya. Mintalah tabelnya sebagai XLSX "
        "atau CSV kepada pengirimnya."
    ),
    table.WebPageError: (
        "Berkas “{file}” sebenarnya halaman web atau XML, apa pun akhirannya. Buka di Excel atau LibreOffice, "
        "simpan sebagai XLSX, lalu impor lagi."
    ),
    table.EncryptedError: (
        "Berkas “{file}” dikunci dengan kata sandi. Buka, hapus kata sandinya, simpan, lalu impor lagi."
    ),
    table.NoHeaderError: (
        "Berkas “{file}” tampaknya tidak memiliki judul kolom; baris pertamanya “{example}”. Sebutkan "
        "baris judulnya dengan --baris-judul NOMOR, atau --baris-judul 0 bila memang tidak ada (kolomnya lalu "
        "bernama kolom_1, kolom_2, dan seterusnya)."
    ),
    table.ChooseSheetError: (
        "Berkas “{file}” memuat beberapa lembar yang berisi: {sheets:list}. Pilih satu dengan --lembar NAMA."
    ),
    table.UnknownSheetError: ("Berkas “{file}” tidak memiliki lembar “{sheet}”. Lembar yang ada: {sheets:list}."),
    table.TooLargeError: (
        "Berkas “{file}” berukuran {bytes:mebibytes}, batasnya {limit:mebibytes}. Pecah menjadi "
        "beberapa berkas, atau naikkan PETADINI_MAKS_BERKAS_MB."
    ),
    table.UnpackedTooLargeError: (
        "Isi berkas “{file}” setelah dibuka menjadi {bytes:mebibytes}, batasnya "
        "{limit:mebibytes}. Pecah menjadi beberapa berkas, atau naikkan PETADINI_MAKS_ISI_MB."
    ),
    table.ZipBombError: (
        "Berkas “{file}” ditolak tanpa dibuka: bagian “{member}” membesar secara tidak wajar seperti bom "
        "zip. Mintalah berkas baru dari pengirimnya."
    ),
    table.TooManyColumnsError: (
        "Berkas “{file}” memiliki {columns:whole} kolom, batasnya {limit:whole}. Hapus kolom yang "
        "tidak diperlukan, lalu impor lagi."
    ),
    table.TooManyCellsError: (
        "Lembar dalam “{file}” terbentang sampai baris {rows:whole} dan kolom ke-{columns:whole}; "
        "batasnya {limit:whole} sel. Biasanya ada sel terisi yang jauh dari tabel: hapus sel itu (Ctrl+End "
        "menunjukkannya), simpan, lalu impor lagi."
    ),
    table.TooLongLineError: (
        "Baris {line} berkas “{file}” lebih panjang dari {limit:whole} huruf. Periksa apakah berkas "
        "ini benar tabel dan tanda kutipnya lengkap."
    ),
}

BOUNDARY: dict[type[Exception], str] = {
    boundary.FileMissingError: "Berkas batas “{file}” tidak ditemukan. Periksa nama dan foldernya.",
    boundary.FormatUnknownError: (
        "Berkas “{file}” bukan berkas batas yang dikenal. Yang diterima: {suffixes:commas}."
    ),
    boundary.UnreadableError: ("Berkas “{file}” rusak atau tidak lengkap{detail:cause}. Mintalah salinan baru."),
    boundary.SeveralFilesInZipError: (
        "Arsip “{file}” berisi beberapa berkas batas ({members:list}). Sisakan satu saja."
    ),
    boundary.NoFileInZipError: (
        "Arsip “{file}” tidak berisi berkas batas. Isinya harus salah satu dari {suffixes:commas}."
    ),
    boundary.NoFeaturesError: "Berkas batas “{file}” tidak berisi satu wilayah pun.",
    boundary.NoPolygonsError: (
        "Berkas “{file}” berisi {row_count} baris tetapi tidak satu pun poligon. Mintalah batas "
        "kelurahan berupa poligon, bukan titik atau garis."
    ),
    boundary.NoCrsError: (
        "Berkas “{file}” tidak menyebut sistem koordinatnya, dan angkanya bukan derajat di Indonesia. "
        "Sebutkan sistem koordinatnya (misalnya --crs EPSG:32748), sertakan berkas .prj, atau simpan ulang dari "
        "QGIS dalam EPSG:4326."
    ),
    boundary.NotInIndonesiaError: (
        "Menurut sistem koordinatnya ({crs_name}), berkas “{file}” berada di luar Indonesia. Mungkin "
        "lintang dan bujur tertukar atau sistem koordinatnya keliru; periksa di QGIS."
    ),
    boundary.NoCodeColumnError: (
        "Berkas “{file}” tidak memiliki kolom kode kelurahan 10 angka. Kolom yang ada: {columns:list}. "
        "Tambahkan kolom “kode” berisi kode Kemendagri."
    ),
    boundary.NoNameColumnError: (
        "Berkas “{file}” tidak memiliki kolom nama kelurahan, sehingga kodenya tidak dapat dicocokkan. "
        "Tambahkan kolom “nama”."
    ),
    boundary.BpsCodesError: (
        "Berkas “{file}” memakai kode BPS pada kolom “{column}” (misalnya {examples:list}), bukan "
        "kode Kemendagri {region_code}. Kode keduanya sama-sama 10 angka tetapi dapat menunjuk daerah lain, "
        "jadi tidak disambungkan. Pakai berkas batas berkode Kemendagri, ganti kodenya di QGIS, atau simpan hanya "
        "sebagai pembanding dengan --sistem-kode bps."
    ),
    boundary.CodesUnclearError: (
        "Kode pada kolom “{column}” berkas “{file}” (misalnya {examples:list}) bukan kode "
        "Kemendagri maupun BPS. Pakai kode Kemendagri 10 angka."
    ),
    boundary.RegionAbsentError: (
        "Berkas “{file}” tidak memuat satu pun kelurahan wilayah {region_code}; isinya wilayah "
        "{regions:list}. Periksa kode wilayah atau berkasnya."
    ),
    boundary.CodesNotKnownError: (
        "{unknown_count} dari {area_count} kode dalam “{file}” tidak dikenal di wilayah "
        "{region_code} (misalnya {examples:list}). Berkas ini mungkin dari tahun atau sistem kode lain."
    ),
    boundary.NamesDisagreeError: (
        "Kode dalam “{file}” cocok, tetapi {disagreeing_count} dari {compared_count} namanya tidak: "
        "{examples:quoted_examples}"
        ". Kemungkinan besar ini kode BPS atau daerah lain, jadi tidak disambungkan."
    ),
    boundary.CodeRepeatedError: (
        "Kode {area_code} dalam “{file}” dipakai beberapa nama ({names:list}). Perbaiki kodenya."
    ),
    boundary.NotBpsCodesError: (
        "Kode pada kolom “{column}” berkas “{file}” (misalnya {examples:list}) bukan kode BPS. "
        "Impor tanpa pilihan sistem kode BPS, atau periksa berkasnya."
    ),
    boundary.BpsRegionUnknownError: (
        "Kode BPS wilayah {region_code} belum diketahui, jadi berkas “{file}” tidak dapat disaring. "
        "Tambahkan bps_code pada profil wilayah."
    ),
    boundary.CrsUnknownError: ("Sistem koordinat “{crs}” tidak dikenal. Tulis misalnya EPSG:4326 atau EPSG:32748."),
    boundary.TooManyVerticesError: (
        "Berkas “{file}” memuat lebih dari {limit} titik sudut. Sederhanakan dahulu di QGIS, atau "
        "naikkan batasnya pada pengaturan impor."
    ),
    boundary.AreaTooDetailedError: (
        "Satu wilayah dalam “{file}” memuat lebih dari {limit} titik sudut. Sederhanakan dahulu di QGIS."
    ),
    boundary.TruncatedError: (
        "Berkas “{file}” terpotong: {declared_count} baris dijanjikan, hanya {row_count} yang "
        "terbaca. Mintalah salinan yang utuh."
    ),
    boundary.CutShortError: (
        "Berkas “{file}” terpotong: {size_bytes} dari {declared_bytes} bita. Mintalah salinan yang utuh."
    ),
    boundary.ZipPathError: (
        "Arsip “{file}” memuat berkas di luar foldernya (“{member}”), jadi tidak dibuka. Kemas ulang "
        "berkasnya tanpa alamat folder."
    ),
    boundary.ZipBombError: (
        "Isi berkas “{file}” menjadi {unpacked_bytes:megabytes} MB bila dibuka, terlalu besar atau tidak "
        "wajar (batas {limit_bytes:megabytes} MB). Mintalah berkas yang lebih kecil."
    ),
    boundary.SeveralLayersError: (
        "Berkas “{file}” berisi beberapa lapisan ({layers:list}). Sebutkan lapisan yang dimaksud."
    ),
    boundary.LayerUnknownError: ("Berkas “{file}” tidak memiliki lapisan “{layer}”. Yang ada: {layers:list}."),
    boundary.TooLargeError: (
        "Berkas “{file}” berukuran {size_bytes:megabytes} MB, batasnya {limit_bytes:megabytes} MB. "
        "Pecah menjadi beberapa berkas."
    ),
    boundary.ShapeTooLargeError: (
        "Satu bentuk di berkas “{file}” terlalu rinci untuk dibaca dari GeoJSON (lebih dari kira-kira satu "
        "juta titik). Sederhanakan dahulu di QGIS, atau simpan sebagai GeoPackage (.gpkg), lalu impor lagi."
    ),
    boundary.NoPointsError: (
        "Berkas “{file}” berisi {geometry_types:list}, bukan titik. Mintalah berkas titik kejadian."
    ),
}
