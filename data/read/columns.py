"""The columns of each kind of file, and those that no file may have."""

from __future__ import annotations

import re

INCIDENT_COLUMNS = (
    "id_sumber",
    "tanggal_kejadian",
    "jam",
    "tanggal_laporan",
    "kategori",
    "keparahan",
    "uraian",
    "kode_kelurahan",
    "kelurahan",
    "kecamatan",
    "lintang",
    "bujur",
    "presisi",
    "sumber",
    "status",
)
INCIDENT_REQUIRED = ("tanggal_kejadian", "kategori", "keparahan")
STATION_COLUMNS = (
    "pemilihan",
    "kode_kelurahan",
    "kelurahan",
    "kecamatan",
    "no_tps",
    "lokasi",
    "lintang",
    "bujur",
    "dpt_l",
    "dpt_p",
    "dpt",
    "kelas_polri",
)
STATION_REQUIRED = ("pemilihan", "no_tps")
NIL_COLUMNS = (
    "sumber",
    "kode_kelurahan",
    "kelurahan",
    "kecamatan",
    "tanggal_mulai",
    "tanggal_selesai",
    "tanggal_laporan",
)
NIL_REQUIRED = ("sumber", "tanggal_mulai")
MEETING_COLUMNS = ("tanggal", "judul", "jenis", "hari", "kategori", "isi")
MEETING_REQUIRED = ("tanggal", "judul", "jenis", "isi")
CLASS_COLUMNS = (
    "lembaga",
    "edisi",
    "tanggal",
    "kode_kelurahan",
    "kelurahan",
    "kecamatan",
    "kelas",
    "alasan_kelas",  # the bare word heads the reasons of quarantined lines
)
CLASS_REQUIRED = ("lembaga", "edisi", "tanggal", "kelas")
INDICATOR_COLUMNS = ("kode_kelurahan", "kelurahan", "kecamatan", "indikator", "nilai", "tanggal", "sumber")
INDICATOR_REQUIRED = ("indikator", "nilai", "tanggal", "sumber")
DATE_COLUMNS = {
    "incident": ("tanggal_kejadian", "tanggal_laporan"),
    "station": (),
    "nil": ("tanggal_mulai", "tanggal_selesai", "tanggal_laporan"),
    "meeting": ("tanggal", "hari"),
    "class": ("tanggal",),
    "indicator": ("tanggal",),
}
MARK = "penanda"  # says DATA SIMULASI in simulated files
# A corrected line names the quarantined one that it replaces: number of the import, line of its file.
ORIGIN_COLUMNS = ("asal_impor", "asal_baris")
# Never stored, whatever the reason given: this tool scores places and days, not people.
FORBIDDEN_HEADS = re.compile(
    r"(^|[\W_])(partai|parpol|paslon|calon|caleg|cagub|cabup|cawali|kandidat|nomor[\W_]+urut|pilihan|pilihan_politik"
    r"|dukungan_politik|pendukung|agama|aliran|suku|etnis|etnik|ras|marga"
    r"|party|candidate|religio\w*|ethnic\w*|tribe|race)([\W_]|$)"
    r"|^\W*(kepercayaan|ideologi)\W*$"  # alone: as "tingkat kepercayaan" it says how sure a report is
)
