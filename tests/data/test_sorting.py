"""Sorting: what faultless lines become, which of them are the same, and what is masked in them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from lib.taxonomy import taxonomy
from tests.city import ANGGREK, AREAS, ELECTION, at, incident, station
from tests.sorter import all_of, one, sort

if TYPE_CHECKING:
    from pathlib import Path

NO_PLACE = {"kode_kelurahan": None, "kelurahan": None, "kecamatan": None}
# What faultless lines become


def test_times_are_written_alike(tmp_path: Path) -> None:
    cells = {"08:30": "08:30", "8.30": "08:30", "08:30:15": "08:30", "0:05": "00:05", "23.59": "23:59"}
    found = all_of(tmp_path, [incident(jam=cell) for cell in cells])
    assert found["occurred_time"].tolist() == list(cells.values())


def test_missing_precision_follows_from_what_is_stated(tmp_path: Path) -> None:
    point = {"lintang": "-3.49", "bujur": "105.91"}
    lines = {
        "titik": incident(**point),
        "rt": incident(**point, presisi="RT"),
        "kelurahan": incident(),
        "kecamatan": incident(**NO_PLACE | {"kecamatan": "Utara"}),
    }
    assert all_of(tmp_path, list(lines.values()))["precision"].tolist() == list(lines)


def test_statuses_are_written_alike(tmp_path: Path) -> None:
    cells = {
        None: "masuk",
        "Terverifikasi": "terverifikasi",
        "tidak dapat dipastikan": "tidak_dapat_dipastikan",
        "Tidak-dapat-dipastikan": "tidak_dapat_dipastikan",
    }
    found = all_of(tmp_path, [incident(status=cell) for cell in cells])
    assert found["verification"].tolist() == list(cells.values())


def test_a_missing_report_date_is_the_day_of_the_event_and_flagged(tmp_path: Path) -> None:
    row = one(tmp_path, incident(tanggal_laporan=None))
    assert (row["reported_on"], row["report_date_missing"]) == (pd.Timestamp(2024, 11, 10), True)
    row = one(tmp_path, incident())
    assert (row["reported_on"], row["report_date_missing"]) == (pd.Timestamp(2024, 11, 11), False)


def test_a_place_is_found_by_code_or_by_both_names(tmp_path: Path) -> None:
    changes: list[dict[str, str | None]] = [
        {"kode_kelurahan": "1999011001"},
        {"kode_kelurahan": "19.99.01.1001", "kelurahan": "Kel. ANGGREK", "kecamatan": None},
        {"kode_kelurahan": None},
        {"kode_kelurahan": None, "kelurahan": "kelurahan anggrek", "kecamatan": "UTARA"},
    ]
    found = all_of(tmp_path, [incident(**change) for change in changes])
    assert found[["stated_area_code", "stated_district_code"]].to_numpy().tolist() == [[ANGGREK, "19.99.01"]] * 4


def test_a_point_alone_is_a_place(tmp_path: Path) -> None:
    row = one(tmp_path, incident(**NO_PLACE, lintang="-3.49", bujur="105.91"))
    assert (row["latitude"], row["longitude"]) == (-3.49, 105.91)
    assert pd.isna(row["stated_district_code"])


def test_decimal_commas_are_decided_for_the_column(tmp_path: Path) -> None:
    commas = [at(code, id_sumber=code) for code in AREAS]
    commas = [line | {name: line[name].replace(".", ",") for name in ("lintang", "bujur")} for line in commas]
    hashed, faults, formats = sort(tmp_path, commas)
    assert faults.empty
    assert hashed["longitude"].between(105.9, 105.96).all()
    assert (formats["lintang"], formats["bujur"]) == ("koma", "koma")
    mixed = [commas[0], at(ANGGREK, id_sumber="K-9")]
    hashed, faults, formats = sort(tmp_path, mixed)
    assert faults["rule"].tolist() == ["number", "number"]
    assert (len(hashed), formats["lintang"]) == (1, "titik")


def test_the_order_of_dates_is_decided_for_the_column(tmp_path: Path) -> None:
    lines = [
        incident(id_sumber="1", tanggal_kejadian="11/5/2024"),
        incident(id_sumber="2", tanggal_kejadian="11/10/2024"),
        incident(id_sumber="3", tanggal_kejadian="10/25/2024"),
    ]
    hashed, _, formats = sort(tmp_path, lines)
    assert [day.date() for day in hashed["occurred_on"]] == [
        date(2024, 11, 5),
        date(2024, 11, 10),
        date(2024, 10, 25),
    ]
    assert (formats["tanggal_kejadian"], formats["tanggal_laporan"]) == ("bulan-hari-tahun", "hari-bulan-tahun")


def test_marked_rows_are_simulated(tmp_path: Path) -> None:
    marks = [{"penanda": "DATA SIMULASI"}, {"sumber": "Simulasi Kesbangpol"}, {"id_sumber": "sim-12"}, {}]
    lines = [incident(**({"penanda": ""} | mark)) for mark in marks]
    assert all_of(tmp_path, lines)["simulated"].tolist() == [True, True, True, False]


MASKED = {
    "NIK 6472010101800001 dicatat": "NIK [disamarkan] dicatat",
    "NIK 6472 0101 0180 0001 dicatat": "NIK [disamarkan] dicatat",
    "NIK 647201-010180-0001.": "NIK [disamarkan].",
    "hp 081234567890": "hp [disamarkan]",
    "hp 0812-3456-7890 lagi": "hp [disamarkan] lagi",
    "hp +62 812 3456 7890": "hp [disamarkan]",
    "hp 6281234567890": "hp [disamarkan]",
    "surel budi.s@contoh.go.id dan @akun_baru": "surel [disamarkan] dan [disamarkan]",
    "pukul 08.30 pada 2024-11-20 sampai 2024-11-21": "pukul 08.30 pada 2024-11-20 sampai 2024-11-21",
    "TPS 012, 350 orang, Rp 1.500.000": "TPS 012, 350 orang, Rp 1.500.000",
    "di -3.4900, 105.9100": "di -3.4900, 105.9100",
}


def test_personal_numbers_are_masked(tmp_path: Path) -> None:
    found = all_of(tmp_path, [incident(uraian=text, sumber=text) for text in MASKED])
    assert dict(zip(MASKED, found["description"], strict=True)) == MASKED
    assert found["source_name"].tolist() == list(MASKED.values())


def test_a_station_in_full(tmp_path: Path) -> None:
    line = station(
        no_tps="TPS 7", kelas_polri="Sangat Rawan", lintang="-3.49", bujur="105.91", **{"V1.1": "Ya", "V3.1": "-"}
    )
    row = one(tmp_path, line, "station")
    assert (row["station_number"], row["police_class"], row["election_code"]) == ("007", "sangat rawan", ELECTION)
    assert (row["voter_count_male"], row["voter_count_female"]) == (240, 251)
    assert row["indicators"] == '{"V1.1":true,"V3.1":false}'


def test_unknown_indicators_and_counts_stay_unknown(tmp_path: Path) -> None:
    line = station(dpt_l=None, dpt_p=None, kelas_polri=None, **{"V1.1": "", "V3.1": "tidak"})
    row = one(tmp_path, line, "station")
    assert pd.isna(row["voter_count_male"])
    assert pd.isna(row["police_class"])
    assert row["indicators"] == '{"V3.1":false}'
    assert one(tmp_path, station(), "station")["indicators"] == "{}"


# Laws


def test_the_same_content_has_the_same_hash_however_it_is_written(tmp_path: Path) -> None:
    written = at(ANGGREK)
    other = written | {
        "tanggal_kejadian": "10/11/2024",
        "jam": "8.30",
        "kode_kelurahan": "1999011001",
        "kelurahan": "",
        "lintang": "-3.490",
        "status": "TERVERIFIKASI",
        "kategori": taxonomy().category("KEK").name,
    }
    hashed, _, _ = sort(tmp_path, [written])
    again, faults, _ = sort(tmp_path, [other])
    assert faults.empty
    assert again["row_hash"].tolist() == hashed["row_hash"].tolist()


CHANGES = {
    "jam": "09:00",
    "tanggal_kejadian": "2024-11-09",
    "tanggal_laporan": "",
    "kategori": "PU",
    "keparahan": "4",
    "uraian": "",
    "kode_kelurahan": "19.99.01.1002",
    "lintang": "-3.4901",
    "bujur": "105.9101",
    "presisi": "rt",
    "sumber": "Panwascam",
    "status": "masuk",
    "id_sumber": "K-2",
}


def test_any_other_content_has_another_hash(tmp_path: Path) -> None:
    line = at(ANGGREK, kelurahan="")
    found = all_of(tmp_path, [line, *(line | {column: cell} for column, cell in CHANGES.items())])
    assert found["row_hash"].is_unique
    # Who reports an event, and under which number, names it; the rest may be corrected later.
    same = found["identity_hash"][1:] == found["identity_hash"][0]
    assert [column for column, kept in zip(CHANGES, same, strict=True) if not kept] == ["sumber", "id_sumber"]
