"""Sorting: what faultless lines become, which of them are the same, and what is masked in them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from data.read.heads import FORBIDDEN_HEADS
from data.read.refusal import TableError
from data.sort.kinds.incident import INCIDENT
from data.sort.kinds.station import STATION
from lib.rules.taxonomy import taxonomy
from lib.texts.errors import sentence
from tests.city import ANGGREK, AREAS, ELECTION, at, incident, station
from tests.sorter import all_of, one, sort

if TYPE_CHECKING:
    from pathlib import Path

NO_PLACE = {"kode_kelurahan": None, "kelurahan": None, "kecamatan": None}


def named(error: TableError) -> TableError:
    """Add the file's name, as the import does: sorting does not know it."""
    error.file = "berkas.csv"
    return error


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
        "kabupaten": incident(**NO_PLACE, presisi="Kabupaten"),
    }
    assert all_of(tmp_path, list(lines.values()))["precision"].tolist() == list(lines)


def test_statuses_are_written_alike(tmp_path: Path) -> None:
    cells = {
        None: "masuk",
        "Terverifikasi": "terverifikasi",
        "tidak dapat dipastikan": "tidak_dapat_dipastikan",
        "Tidak-dapat-dipastikan": "tidak_dapat_dipastikan",
        "Ditangani": "ditangani",
        "selesai": "selesai",
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


def test_what_is_known_to_the_region_only_stands_for_no_part_of_it(tmp_path: Path) -> None:
    row = one(tmp_path, incident(presisi="kabupaten"))
    assert pd.isna(row["stated_area_code"])
    assert pd.isna(row["stated_district_code"])


def test_codes_whose_names_are_others_refuse_the_file(tmp_path: Path) -> None:
    names = [name for name, *_ in AREAS.values()]
    moved = [
        incident(id_sumber=code, kode_kelurahan=code, kelurahan=name, kecamatan=None)
        for code, name in zip(AREAS, names[1:] + names[:1], strict=True)
    ]
    with pytest.raises(TableError) as refused:
        sort(tmp_path, moved)
    facts = refused.value.facts
    assert (refused.value.code, facts["agreeing"], facts["compared"]) == ("names_disagree", 0, 6)
    assert facts["examples"][0] == (ANGGREK, "Bakung", f"{ANGGREK} Anggrek")
    assert "0 dari 6" in sentence(named(refused.value))
    _, faults, _ = sort(tmp_path, moved[:4])  # too few to judge a file by
    assert faults["rule"].tolist() == ["code_name"] * 4
    one_slip = [at(code, id_sumber=code) for code in list(AREAS)[1:]] + moved[:1]
    _, faults, _ = sort(tmp_path, one_slip)
    assert faults["rule"].tolist() == ["code_name"]


def test_a_mended_place_is_a_repair(tmp_path: Path) -> None:
    lines = [incident(kode_kelurahan="19990110 01"), incident(kode_kelurahan=None, kelurahan="Anggreek")]
    _, faults, facts = sort(tmp_path, lines)
    assert faults.empty
    repairs = facts["repairs"]
    assert repairs.iloc[-1].tolist()[:5] == [3, "kelurahan", "Anggreek", ANGGREK, "name_alike"]
    assert repairs["confidence"].between(0.9, 1).all()


def test_a_point_alone_is_a_place(tmp_path: Path) -> None:
    row = one(tmp_path, incident(**NO_PLACE, lintang="-3.49", bujur="105.91"))
    assert (row["latitude"], row["longitude"]) == (-3.49, 105.91)
    assert pd.isna(row["stated_district_code"])


def test_decimal_commas_are_decided_for_the_column(tmp_path: Path) -> None:
    commas = [at(code, id_sumber=code) for code in AREAS]
    commas = [line | {name: line[name].replace(".", ",") for name in ("lintang", "bujur")} for line in commas]
    hashed, faults, facts = sort(tmp_path, commas)
    assert faults.empty
    assert hashed["longitude"].between(105.9, 105.96).all()
    assert facts["koordinat"] == {
        "lintang": "koma", "bujur": "koma", "titik": 6, "kosong": 0, "salah": 0, "di_dalam": 1.0,
    }  # fmt: skip
    mixed = [commas[0], at(ANGGREK, id_sumber="K-9")]
    hashed, faults, facts = sort(tmp_path, mixed)
    assert faults["rule"].tolist() == ["number", "number"]
    assert (len(hashed), facts["koordinat"]["lintang"]) == (1, "titik")


def test_the_order_of_dates_is_decided_for_the_column(tmp_path: Path) -> None:
    lines = [
        incident(id_sumber="1", tanggal_kejadian="11/5/2024"),
        incident(id_sumber="2", tanggal_kejadian="11/10/2024"),
        incident(id_sumber="3", tanggal_kejadian="10/25/2024"),
    ]
    hashed, _, facts = sort(tmp_path, lines)
    assert [day.date() for day in hashed["occurred_on"]] == [
        date(2024, 11, 5),
        date(2024, 11, 10),
        date(2024, 10, 25),
    ]
    assert facts["tanggal"] == {
        "tanggal_kejadian": {"urutan": "bulan-hari-tahun", "bukti": "number_above_12"},
        "tanggal_laporan": {"urutan": "hari-bulan-tahun", "bukti": "none_needed"},
    }


AMBIGUOUS = {"tanggal_kejadian": "05/06/2024", "tanggal_laporan": "2024-11-11"}


def test_an_undecided_order_of_dates_refuses_the_file_until_it_is_settled(tmp_path: Path) -> None:
    with pytest.raises(TableError) as refused:
        sort(tmp_path, [incident(**AMBIGUOUS)])
    assert refused.value.code == "ambiguous_dates"
    assert refused.value.facts == {
        "column": "tanggal_kejadian",
        "example": "05/06/2024",
        "day_first": date(2024, 6, 5),
        "month_first": date(2024, 5, 6),
    }
    assert "--urutan-tanggal" in sentence(named(refused.value))
    hashed, _, facts = sort(tmp_path, [incident(**AMBIGUOUS)], date_orders={"tanggal_kejadian": "bulan-hari-tahun"})
    assert hashed["occurred_on"][0] == pd.Timestamp(2024, 5, 6)
    assert facts["tanggal"]["tanggal_kejadian"] == {"urutan": "bulan-hari-tahun", "bukti": "option"}


def test_two_proven_orders_refuse_the_file_until_one_is_settled(tmp_path: Path) -> None:
    days = ["25/10/2024", "10/26/2024", "05/06/2024"]
    lines = [incident(id_sumber=day, tanggal_kejadian=day, tanggal_laporan="2024-11-11") for day in days]
    with pytest.raises(TableError) as refused:
        sort(tmp_path, lines)
    assert refused.value.code == "ambiguous_dates"
    assert refused.value.facts == {
        "column": "tanggal_kejadian",
        "proofs": ("25/10/2024", "10/26/2024"),
        "example": "05/06/2024",
        "day_first": date(2024, 6, 5),
        "month_first": date(2024, 5, 6),
    }
    assert "“10/26/2024” menaruh bulan di depan" in sentence(named(refused.value))
    with pytest.raises(TableError) as refused:
        sort(tmp_path, lines[:2])
    assert refused.value.code == "mixed_dates"
    assert "“25/10/2024” menaruh hari di depan" in sentence(named(refused.value))
    _, faults, _ = sort(tmp_path, lines, date_orders={"tanggal_kejadian": "hari-bulan-tahun"})
    assert faults[["value", "rule"]].to_numpy().tolist() == [["10/26/2024", "date"]]


def test_days_that_a_spreadsheet_exchanged_refuse_the_file_unless_someone_vouches_for_them(tmp_path: Path) -> None:
    days = ["2024-01-11", "2024-02-11", "2024-03-11", "13/11/2024", "14/11/2024", "15/11/2024"]
    lines = [incident(id_sumber=day, tanggal_kejadian=day, tanggal_laporan="2024-11-20") for day in days]
    with pytest.raises(TableError) as refused:
        sort(tmp_path, lines)
    assert refused.value.code == "half_converted"
    assert refused.value.facts == {
        "column": "tanggal_kejadian",
        "example": "2024-01-11",
        "day": date(2024, 1, 11),
        "exchanged": date(2024, 11, 1),
        "order": "hari-bulan-tahun",
    }
    said = sentence(named(refused.value))
    assert "menukar hari dan bulan pada sebagian sel" in said
    assert "--urutan-tanggal hari-bulan-tahun" in said
    with pytest.raises(TableError):
        sort(tmp_path, lines, date_orders={"tanggal_laporan": "hari-bulan-tahun"})
    hashed, _, _ = sort(tmp_path, lines, date_orders={"tanggal_kejadian": "hari-bulan-tahun"})
    assert hashed["occurred_on"].min() == pd.Timestamp(2024, 1, 11)


def test_years_and_zones_come_from_outside(tmp_path: Path) -> None:
    line = incident(tanggal_kejadian="5 November", tanggal_laporan="2024-11-05T23:30:00Z", jam=None)
    hashed, _, _ = sort(tmp_path, [line], year=2024, time_zone="Asia/Jakarta")
    assert hashed[["occurred_on", "reported_on"]].iloc[0].tolist() == [
        pd.Timestamp(2024, 11, 5),
        pd.Timestamp(2024, 11, 6),
    ]
    _, faults, _ = sort(tmp_path, [line])
    assert faults["rule"].tolist() == ["date", "date"]


def test_a_time_beside_the_day_counts_where_no_other_is_stated(tmp_path: Path) -> None:
    lines = [
        incident(id_sumber="1", tanggal_kejadian="2024-11-10 16:30", jam=None),
        incident(id_sumber="2", tanggal_kejadian="2024-11-10 16:30", jam="08.15"),
        incident(id_sumber="3", tanggal_kejadian="2024-11-10", jam=None),
    ]
    assert all_of(tmp_path, lines)["occurred_time"].fillna("").tolist() == ["16:30", "08:15", ""]
    midnight = [line | {"tanggal_kejadian": "2024-11-10 00:00:00"} for line in lines]
    assert all_of(tmp_path, midnight)["occurred_time"].fillna("").tolist() == ["", "08:15", ""]


def test_marked_rows_are_simulated(tmp_path: Path) -> None:
    marks = [{"penanda": "DATA SIMULASI"}, {"sumber": "Simulasi Kesbangpol"}, {"id_sumber": "sim-12"}, {}]
    lines = [incident(**({"penanda": ""} | mark)) for mark in marks]
    assert all_of(tmp_path, lines)["simulated"].tolist() == [True, True, True, False]


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


def test_numbers_of_stations_are_written_alike(tmp_path: Path) -> None:
    cells = {"TPS 1": "001", "TPS.002": "002", "tps no. 3": "003", "4": "004", "5.0": "005", "TPS 901": "901"}
    found = all_of(tmp_path, [station(no_tps=cell) for cell in cells], "station")
    assert found["station_number"].tolist() == list(cells.values())


def test_thousands_dots_are_decided_for_the_column(tmp_path: Path) -> None:
    lines = [station(no_tps=n, dpt_l=cell, dpt_p="0") for n, cell in enumerate(("312", "1.251"), 1)]
    hashed, faults, facts = sort(tmp_path, lines, "station")
    assert hashed["voter_count_male"].tolist() == [312]
    assert faults[["rule", "value"]].to_numpy().tolist() == [["too_many_voters", "1251"]]
    assert facts["bilangan"] == {"dpt_l": "titik", "dpt_p": "polos", "dpt": "polos"}


def test_a_total_is_checked_and_never_split(tmp_path: Path) -> None:
    lines = [station(no_tps=1, dpt="491"), station(no_tps=2, dpt="491", dpt_l=None, dpt_p=None)]
    hashed, faults, facts = sort(tmp_path, lines, "station")
    assert faults.empty
    assert hashed["voter_count_male"].tolist()[0] == 240
    assert hashed[["voter_count_male", "voter_count_female"]].iloc[1].isna().all()
    assert facts["hanya_total"] == 1


def test_signs_of_yes_and_no_are_read(tmp_path: Path) -> None:
    cells = {"Ya": "true", "✓": "true", "v": "true", "ADA ": "true", "1": "true", "✗": "false", "Tidak": "false"}
    lines = [station(no_tps=n, **{"V1.1": cell}) for n, cell in enumerate(cells, 1)]
    found = all_of(tmp_path, lines, "station")["indicators"].tolist()
    assert found == [f'{{"V1.1":{value}}}' for value in cells.values()]


def test_columns_are_repaired_only_where_it_is_allowed_and_sure(tmp_path: Path) -> None:
    lines = [at(code, id_sumber=code) for code in AREAS]
    exchanged = [line | {"lintang": line["bujur"], "bujur": line["lintang"]} for line in lines]
    hashed, faults, facts = sort(tmp_path, exchanged)
    assert faults.empty
    assert hashed["longitude"].between(105.9, 105.96).all()
    assert facts["perbaikan"] == [
        {"kolom": name, "aturan": "swapped", "baris": 6, "keyakinan": 1.0} for name in ("bujur", "lintang")
    ]
    _, faults, facts = sort(tmp_path, exchanged, repair=False)
    assert set(faults["rule"]) == {"swapped"}
    assert "perbaikan" not in facts
    _, faults, _ = sort(tmp_path, [*lines, *exchanged[:1]])
    assert faults["rule"].tolist() == ["swapped"]


@pytest.mark.parametrize(
    "head",
    ["partai", "nama_partai", "no_urut_paslon", "nomor_urut", "pilihan", "dukungan_paslon", "agama", "etnik", "suku",
     "kepercayaan", "religion", "ethnicity", "candidate", "agama:", "(agama)", "data/agama", "partai.pilihan",
     "suku/agama", "agama*", "nomor.urut"],
)  # fmt: skip
def test_heads_of_beliefs_and_candidates_are_forbidden(head: str) -> None:
    assert FORBIDDEN_HEADS.search(head)


@pytest.mark.parametrize(
    "head",
    [*INCIDENT.heads, *STATION.heads, "tingkat_kepercayaan", "no_urut", "pemilihan", "kelas", "partisipasi",
     "raskin", "nama_kelurahan"],
)  # fmt: skip
def test_other_heads_are_allowed(head: str) -> None:
    assert not FORBIDDEN_HEADS.search(head)


# Laws


def test_the_same_content_has_the_same_hash_however_it_is_written(tmp_path: Path) -> None:
    written = at(ANGGREK)
    other = written | {
        "tanggal_kejadian": "Minggu, 10 November 2024",
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
