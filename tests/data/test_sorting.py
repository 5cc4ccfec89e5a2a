"""Sorting: each rule has a line that breaks it, every line ends in exactly one heap, personal numbers are masked."""

from __future__ import annotations

import random
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.rows import stage_table
from data.sorting import (
    FORBIDDEN_HEADS,
    INCIDENT_COLUMNS,
    INCIDENT_REQUIRED,
    MARK,
    STATION_COLUMNS,
    STATION_REQUIRED,
    sort_incidents,
    sort_stations,
)
from geo import codes
from lib.places import place_resolver
from lib.taxonomy import taxonomy
from lib.texts import quarantine
from tests.city import ANGGREK, AREAS, ELECTION, REGION_CODE, at, incident, station, write_csv

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

TODAY = date(2024, 11, 20)
TWINS = {"19.99.02.1004": ("Anggrek", "Selatan")}  # a second Anggrek in the other kecamatan
PLACES = pd.DataFrame(
    [(code, name, codes.district_code(code), district) for code, (name, district, *_) in (AREAS | TWINS).items()],
    columns=["area_code", "area_name", "district_code", "district_name"],
)
RESOLVE = place_resolver(PLACES, region_code=REGION_CODE, region_bps_code="1998")
INDICATORS = ("v1.1", "v3.1")

Sorted = tuple[pd.DataFrame, pd.DataFrame, dict[str, str]]
Case = tuple[dict[str, str | None], str, str, str | None]


def sort(folder: Path, lines: Sequence[Mapping[str, str]] | str, kind: str = "incident") -> Sorted:
    """Stage and sort lines (or the text of a file): faultless rows, faults, and the formats decided."""
    path = folder / "berkas.csv"
    if isinstance(lines, str):
        path.write_text(lines, encoding="utf-8")
    else:
        write_csv(path, lines)
    with closing(duckdb.connect()) as cursor:
        if kind == "incident":
            columns, required = (*INCIDENT_COLUMNS, MARK), INCIDENT_REQUIRED
        else:
            columns, required = (*STATION_COLUMNS, MARK, *INDICATORS), STATION_REQUIRED
        table = stage_table(cursor, path, columns=columns, required=required, forbidden=FORBIDDEN_HEADS)
        if kind == "incident":
            formats = sort_incidents(
                cursor, table, today=TODAY, match_category=taxonomy().match, resolve_place=RESOLVE
            )
        else:
            formats = sort_stations(
                cursor,
                table,
                elections={ELECTION: 600},
                match_election=lambda text: ELECTION if text.lower() == ELECTION else None,
                resolve_place=RESOLVE,
                indicator_codes=[code for code in INDICATORS if code in table.columns],
            )
        hashed = cursor.execute("SELECT * FROM hashed ORDER BY line_number").df()
        faults = cursor.execute("SELECT * FROM faults ORDER BY ALL").df()
        assert len(hashed) + faults["line_number"].nunique() == table.row_count
        return hashed, faults, formats


def one(folder: Path, line: Mapping[str, str], kind: str = "incident") -> dict[str, Any]:
    """Sort one faultless line and give its row."""
    return dict(all_of(folder, [line], kind).iloc[0])


def all_of(folder: Path, lines: Sequence[Mapping[str, str]], kind: str = "incident") -> pd.DataFrame:
    """Sort faultless lines and give their rows."""
    hashed, faults, _ = sort(folder, lines, kind)
    assert faults.empty, faults.to_dict("records")
    return hashed


# Every rule, with a line that breaks it: name -> (change, column, rule, facts).

NO_PLACE = {"kode_kelurahan": None, "kelurahan": None, "kecamatan": None}
INCIDENT_FAULTS: dict[str, Case] = {
    "no day": ({"tanggal_kejadian": None}, "tanggal_kejadian", "required", None),
    "no such day": ({"tanggal_kejadian": "31/02/2024"}, "tanggal_kejadian", "date", "hari-bulan-tahun"),
    "report of no day": ({"tanggal_laporan": "besok"}, "tanggal_laporan", "date", "hari-bulan-tahun"),
    "reported too early": ({"tanggal_laporan": "2024-11-09"}, "tanggal_laporan", "reported_before", "2024-11-10"),
    "reported tomorrow": ({"tanggal_laporan": "2024-11-21"}, "tanggal_laporan", "future", "2024-11-20"),
    "long ago": ({"tanggal_kejadian": "1997-12-31"}, "tanggal_kejadian", "past", None),
    "25 o'clock": ({"jam": "25:00"}, "jam", "time", None),
    "minute 60": ({"jam": "08.60"}, "jam", "time", None),
    "no category": ({"kategori": None}, "kategori", "required", None),
    "unknown category": ({"kategori": "?"}, "kategori", "category", None),
    "the template's example": ({"id_sumber": "contoh-1"}, "id_sumber", "example", None),
    "no severity": ({"keparahan": None}, "keparahan", "required", None),
    "template's example": ({"id_sumber": "CONTOH-1"}, "id_sumber", "example", None),
    "severity 0": ({"keparahan": "0"}, "keparahan", "severity", None),
    "severity 6": ({"keparahan": "6"}, "keparahan", "severity", None),
    "severity in words": ({"keparahan": "berat"}, "keparahan", "severity", None),
    "unknown precision": ({"presisi": "rumah"}, "presisi", "precision", None),
    "unknown status": ({"status": "selesai"}, "status", "verification", None),
    "nowhere": (NO_PLACE, "kode_kelurahan", "no_place", None),
    "code too short": ({"kode_kelurahan": "1999011"}, "kode_kelurahan", "code_form", "1999011"),
    "code of BPS": ({"kode_kelurahan": "1998011001"}, "kode_kelurahan", "code_bps", "1998"),
    "code of elsewhere": ({"kode_kelurahan": "14.72.01.1003"}, "kode_kelurahan", "code_elsewhere", "19.99"),
    "unknown code": ({"kode_kelurahan": "19.99.01.1009"}, "kode_kelurahan", "code_unknown", "19.99"),
    "code and name apart": (
        {"kelurahan": "Flamboyan"}, "kode_kelurahan", "code_name", "19.99.01.1001 Anggrek",
    ),
    "unknown name": (
        {"kode_kelurahan": None, "kelurahan": "Angrek"}, "kode_kelurahan", "name_unknown", "Anggrek",
    ),
    "a name of two": (
        {"kode_kelurahan": None, "kecamatan": None}, "kode_kelurahan", "name_ambiguous",
        "19.99.01.1001, 19.99.02.1004",
    ),
    "unknown kecamatan": (
        {"kode_kelurahan": None, "kecamatan": "Utra"}, "kode_kelurahan", "district_unknown", "Utara",
    ),
    "unknown kecamatan alone": (
        NO_PLACE | {"kecamatan": "Utra"}, "kode_kelurahan", "district_unknown", "Utara",
    ),
    "latitude in words": ({"lintang": "selatan", "bujur": "105.91"}, "lintang", "number", None),
    "longitude not a number": ({"lintang": "-3.49", "bujur": "nan"}, "bujur", "number", None),
    "longitude without end": ({"lintang": "-3.49", "bujur": "inf"}, "bujur", "number", None),
    "degrees and minutes": ({"lintang": "3°29'", "bujur": "105.91"}, "lintang", "number", None),
    "latitude alone": ({"lintang": "-3.49"}, "bujur", "half_coordinate", "-3.49"),
    "longitude alone": ({"bujur": "105.91"}, "lintang", "half_coordinate", "105.91"),
    "exchanged": ({"lintang": "105.91", "bujur": "-3.49"}, "lintang", "swapped", None),
    "too far north": ({"lintang": "35", "bujur": "105.91"}, "lintang", "latitude_range", None),
    "too far west": ({"lintang": "-3.49", "bujur": "10.591"}, "bujur", "longitude_range", None),
    "latitude 0 and longitude 0": ({"lintang": "0", "bujur": "0"}, "bujur", "longitude_range", None),
}  # fmt: skip
STATION_FAULTS: dict[str, Case] = {
    "no election": ({"pemilihan": None}, "pemilihan", "required", ELECTION),
    "unknown election": ({"pemilihan": "pilkada-1999"}, "pemilihan", "election", ELECTION),
    "no number": ({"no_tps": None}, "no_tps", "required", None),
    "number in words": ({"no_tps": "satu"}, "no_tps", "station_number", None),
    "number 0": ({"no_tps": "000"}, "no_tps", "station_number", None),
    "number too long": ({"no_tps": "1001"}, "no_tps", "station_number", None),
    "nowhere": (NO_PLACE, "kode_kelurahan", "required", None),
    "kecamatan only": (NO_PLACE | {"kecamatan": "Utara"}, "kode_kelurahan", "required", None),
    "unknown code": ({"kode_kelurahan": "19.99.01.1009"}, "kode_kelurahan", "code_unknown", "19.99"),
    "men not counted": ({"dpt_l": "banyak"}, "dpt_l", "count", None),
    "women with a dot": ({"dpt_p": "1.251"}, "dpt_p", "count", None),
    "too many": ({"dpt_l": "300", "dpt_p": "301"}, "dpt_l", "too_many_voters", "600"),
    "unknown class": ({"kelas_polri": "aman"}, "kelas_polri", "police_class", None),
    "half a coordinate": ({"lintang": "-3.49"}, "bujur", "half_coordinate", "-3.49"),
    "perhaps": ({"V1.1": "mungkin"}, "v1.1", "yes_no", None),
}


def named_faults(folder: Path, kind: str, cases: Mapping[str, Case]) -> dict[str, list[tuple[str, str, str | None]]]:
    """Sort one line for each case, all in one file; give the faults of each as column, rule, facts."""
    make = incident if kind == "incident" else station
    lines = [make(**change) for change, *_ in cases.values()]
    columns = dict.fromkeys(name for line in lines for name in line)
    hashed, faults, _ = sort(folder, [{name: line.get(name, "") for name in columns} for line in lines], kind)
    assert hashed.empty
    found: dict[str, list[tuple[str, str, str | None]]] = {name: [] for name in cases}
    for fault in faults.itertuples():
        facts = None if pd.isna(fault.facts) else fault.facts
        found[list(cases)[fault.line_number - 2]].append((fault.column_name, fault.rule, facts))
    return found


@pytest.mark.parametrize(
    ("kind", "cases"), [("incident", INCIDENT_FAULTS), ("station", STATION_FAULTS)], ids=["incident", "station"]
)
def test_a_broken_rule_names_the_cell(tmp_path: Path, kind: str, cases: Mapping[str, Case]) -> None:
    assert named_faults(tmp_path, kind, cases) == {
        name: [(column, rule, facts)] for name, (_, column, rule, facts) in cases.items()
    }


def test_a_day_after_today_breaks_two_rules(tmp_path: Path) -> None:
    line = incident(tanggal_kejadian="2024-11-21", tanggal_laporan="2024-11-22")
    _, faults, _ = sort(tmp_path, [line])
    assert faults[["column_name", "rule"]].to_numpy().tolist() == [
        ["tanggal_kejadian", "future"],
        ["tanggal_laporan", "future"],
    ]


def test_every_rule_has_words_and_every_word_a_rule(tmp_path: Path) -> None:
    broken = sort(tmp_path, "tanggal_kejadian,kategori,keparahan\n2024-11-10,KEK,3,4,5\n")[1]
    known = {rule for _, _, rule, _ in (*INCIDENT_FAULTS.values(), *STATION_FAULTS.values())}
    known |= {*broken["rule"], "changed_since", "contradiction"}  # the last two: see test_imports
    assert known == set(quarantine._RULES)
    for rule in known:
        assert quarantine.reason(rule, "X")
        assert quarantine.hint(rule)


def test_a_line_may_break_many_rules_and_is_still_one_line(tmp_path: Path) -> None:
    _, faults, _ = sort(tmp_path, [incident(jam="x", kategori="?", keparahan="9"), incident(id_sumber="K-2")])
    assert faults["rule"].tolist() == ["time", "category", "severity"]
    assert set(faults["line_number"]) == {2}


def test_a_line_that_cannot_be_split_waits_with_masked_text(tmp_path: Path) -> None:
    text = "tanggal_kejadian,kategori,keparahan\n2024-11-10,KEK,3,hubungi 0812-3456-7890,x\n"
    hashed, faults, _ = sort(tmp_path, text)
    assert hashed.empty
    assert faults[["line_number", "rule", "value"]].to_numpy().tolist() == [
        [2, "broken_line", "2024-11-10,KEK,3,hubungi [disamarkan],x"]
    ]


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

LINES = [
    *(incident(id_sumber=f"K-{n}", uraian=f"nomor {n}") for n in range(6)),
    *(incident(**({"id_sumber": f"S-{name}"} | change)) for name, (change, *_) in INCIDENT_FAULTS.items()),
    *(at(code, id_sumber=f"T-{code}") for code in AREAS),
]


def test_the_order_of_lines_changes_nothing(tmp_path: Path) -> None:
    reference, faulty, _ = sort(tmp_path, LINES)
    shuffled = random.Random(7).sample(LINES, len(LINES))  # noqa: S311  no secret
    hashed, faults, _ = sort(tmp_path, shuffled)
    assert set(hashed["row_hash"]) == set(reference["row_hash"])
    assert set(hashed["identity_hash"]) == set(reference["identity_hash"])
    columns = ["column_name", "value", "rule", "facts"]
    assert (
        faults[columns].sort_values(columns).fillna("").to_numpy().tolist()
        == faulty[columns].sort_values(columns).fillna("").to_numpy().tolist()
    )


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


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                name: st.sampled_from(["", "x", incident()[name], *([CHANGES[name]] if name in CHANGES else [])])
                for name in INCIDENT_COLUMNS
            }
        ),
        min_size=1,
        max_size=8,
    )
)
def test_every_line_is_in_exactly_one_heap(tmp_path: Path, lines: list[dict[str, str]]) -> None:
    if any(any(line.values()) for line in lines):
        sort(tmp_path, lines)  # asserts that the heaps add up
