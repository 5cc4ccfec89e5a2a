"""Heads and cells of the first rows of a file as they would be stored."""

COLUMNS = {
    "line_number": "Baris",
    "source_id": "Nomor sumber",
    "occurred_on": "Kejadian",
    "occurred_time": "Jam",
    "reported_on": "Laporan",
    "report_date_missing": "Tanpa tanggal laporan",
    "category_code": "Kategori",
    "severity": "Keparahan",
    "description": "Uraian",
    "stated_area_code": "Kelurahan",
    "stated_district_code": "Kecamatan",
    "longitude": "Bujur",
    "latitude": "Lintang",
    "precision": "Presisi",
    "source_name": "Sumber",
    "verification": "Status",
    "simulated": "Simulasi",
    "election_code": "Pemilihan",
    "station_number": "TPS",
    "place_name": "Lokasi",
    "voter_count_male": "DPT L",
    "voter_count_female": "DPT P",
    "police_class": "Kelas Polri",
    "indicators": "Indikator",
    "period_start": "Mulai",
    "period_end": "Selesai",
    "agency": "Lembaga",
    "edition": "Edisi",
    "assessed_on": "Dinilai",
    "class_code": "Kelas",
    "reason": "Alasan",
    "indicator_code": "Indikator",
    "value": "Nilai",
    "observed_on": "Diamati",
}
SWITCHES = ("report_date_missing", "simulated")


def sample_cell(name: str, value: object) -> str | None:
    """Write a day or a switch of a sample as it is written elsewhere."""
    if value is None or value != value:  # noqa: PLR0124 - NaN and NaT are the values that differ from themselves
        return None
    if name in SWITCHES:
        return "ya" if value else "tidak"
    return f"{value:%d/%m/%Y}"
