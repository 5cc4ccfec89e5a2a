"""Faults: each rule has a line that breaks it and words that say so, and every line ends in exactly one heap."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.sort.kinds.incident import INCIDENT
from lib.texts import quarantine
from tests.city import ANGGREK, AREAS, ELECTION, at, incident
from tests.sorter import MAKE, sort

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NO_PLACE = {"kode_kelurahan": None, "kelurahan": None, "kecamatan": None}
Case = tuple[dict[str, str | None], str, str, str | None]
# Every rule, with a line that breaks it: name -> (change, column, rule, facts).

INCIDENT_FAULTS: dict[str, Case] = {
    "no day": ({"tanggal_kejadian": None}, "tanggal_kejadian", "required", None),
    "no such day": ({"tanggal_kejadian": "31/02/2024"}, "tanggal_kejadian", "date", "hari-bulan-tahun"),
    "report of no day": ({"tanggal_laporan": "besok"}, "tanggal_laporan", "date", "hari-bulan-tahun"),
    "another weekday": (
        {"tanggal_kejadian": "Senin, 5 November 2024"}, "tanggal_kejadian", "weekday", "2024-11-05 0 - -",
    ),
    "two days": ({"tanggal_kejadian": "4 dan 5 November 2024"}, "tanggal_kejadian", "two_dates", "hari-bulan-tahun"),
    "from day to day": (
        {"tanggal_kejadian": "04/11/2024 s.d. 05/11/2024"}, "tanggal_kejadian", "two_dates", "hari-bulan-tahun",
    ),
    "reported too early": ({"tanggal_laporan": "2024-11-09"}, "tanggal_laporan", "reported_before", "2024-11-10"),
    "reported tomorrow": ({"tanggal_laporan": "2024-11-21"}, "tanggal_laporan", "future", "2024-11-20"),
    "long ago": ({"tanggal_kejadian": "1997-12-31"}, "tanggal_kejadian", "past", None),
    "25 o'clock": ({"jam": "25:00"}, "jam", "time", None),
    "minute 60": ({"jam": "08.60"}, "jam", "time", None),
    "no category": ({"kategori": None}, "kategori", "required", None),
    "unknown category": ({"kategori": "?"}, "kategori", "category", None),
    "the template's example": ({"id_sumber": "contoh-1"}, "id_sumber", "example", None),
    "no severity": ({"keparahan": None}, "keparahan", "required", None),
    "severity 0": ({"keparahan": "0"}, "keparahan", "severity", None),
    "severity 6": ({"keparahan": "6"}, "keparahan", "severity", None),
    "severity in words": ({"keparahan": "berat"}, "keparahan", "severity", None),
    "unknown precision": ({"presisi": "rumah"}, "presisi", "precision", None),
    "unknown status": ({"status": "beres"}, "status", "verification", None),
    "nowhere": (NO_PLACE, "kode_kelurahan", "no_place", None),
    "code too short": ({"kode_kelurahan": "1999011"}, "kode_kelurahan", "code_form", "1999011"),
    "code of BPS": ({"kode_kelurahan": "1998011001"}, "kode_kelurahan", "code_bps", "1998"),
    "code rounded by a spreadsheet": (
        {"kode_kelurahan": "1.999E+09"}, "kode_kelurahan", "code_scientific", "1.999E+09",
    ),
    "code of elsewhere": ({"kode_kelurahan": "14.72.01.1003"}, "kode_kelurahan", "code_elsewhere", "19.99"),
    "unknown code": ({"kode_kelurahan": "19.99.01.1009"}, "kode_kelurahan", "code_unknown", "19.99"),
    "code and name apart": (
        {"kelurahan": "Flamboyan"}, "kode_kelurahan", "code_name", "19.99.01.1001 Anggrek",
    ),
    "unknown name": (
        {"kode_kelurahan": None, "kelurahan": "Angsoka"}, "kode_kelurahan", "name_unknown", None,
    ),
    "a name only alike": (
        {"kode_kelurahan": None, "kelurahan": "Bakug", "kecamatan": "Utra"}, "kode_kelurahan", "name_question",
        "19.99.01.1002 Bakung (0,89)",
    ),
    "a name of two": (
        {"kode_kelurahan": None, "kecamatan": None}, "kode_kelurahan", "name_ambiguous",
        "19.99.01.1001, 19.99.02.1004",
    ),
    "unknown kecamatan": (
        {"kode_kelurahan": None, "kecamatan": "Timur"}, "kode_kelurahan", "district_unknown", None,
    ),
    "unknown kecamatan alone": (
        NO_PLACE | {"kecamatan": "Timur"}, "kode_kelurahan", "district_unknown", None,
    ),
    "latitude in words": ({"lintang": "selatan", "bujur": "105.91"}, "lintang", "number", None),
    "longitude not a number": ({"lintang": "-3.49", "bujur": "nan"}, "bujur", "number", None),
    "longitude without end": ({"lintang": "-3.49", "bujur": "inf"}, "bujur", "number", None),
    "latitude alone": ({"lintang": "-3.49"}, "bujur", "half_coordinate", "-3.49"),
    "longitude alone": ({"bujur": "105.91"}, "lintang", "half_coordinate", "105.91"),
    "exchanged": ({"lintang": "105.91", "bujur": "-3.49"}, "lintang", "swapped", None),
    "digits lost": ({"lintang": "-3E+00", "bujur": "105.91"}, "lintang", "rounded", None),
    "without its minus": ({"lintang": "3.49", "bujur": "105.91"}, "lintang", "minus", "-3.49"),
    "without its point": ({"lintang": "-3.49", "bujur": "10591"}, "bujur", "scaled", "105.91"),
    "too far north": ({"lintang": "88", "bujur": "105.91"}, "lintang", "latitude_range", None),
    "too far west": ({"lintang": "-3.49", "bujur": "77.7"}, "bujur", "longitude_range", None),
    "latitude 0 and longitude 0": ({"lintang": "0", "bujur": "0"}, "lintang", "zero", None),
    "in the neighbour's neighbour": ({"lintang": "-3.49", "bujur": "109.91"}, "lintang", "far_away", "438"),
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
    "men not counted": ({"dpt_l": "banyak"}, "dpt_l", "count", "polos"),
    "women with a comma": ({"dpt_p": "25,1"}, "dpt_p", "count", "taktentu"),
    "another sum": ({"dpt": "490"}, "dpt", "sum_of_voters", "491"),
    "total not counted": ({"dpt": "semua"}, "dpt", "count", "polos"),
    "total too large": ({"dpt_l": None, "dpt_p": None, "dpt": "601"}, "dpt", "too_many_voters", "600"),
    "too many": ({"dpt_l": "300", "dpt_p": "301"}, "dpt_l", "too_many_voters", "600"),
    "unknown class": ({"kelas_polri": "aman"}, "kelas_polri", "police_class", None),
    "half a coordinate": ({"lintang": "-3.49"}, "bujur", "half_coordinate", "-3.49"),
    "perhaps": ({"V1.1": "mungkin"}, "v1.1", "yes_no", None),
}
NIL_FAULTS: dict[str, Case] = {
    "nobody": ({"sumber": None}, "sumber", "required", None),
    "no day": ({"tanggal_mulai": None}, "tanggal_mulai", "required", None),
    "no such first day": ({"tanggal_mulai": "31/02/2024"}, "tanggal_mulai", "date", "hari-bulan-tahun"),
    "no such last day": ({"tanggal_selesai": "minggu"}, "tanggal_selesai", "date", "hari-bulan-tahun"),
    "report of no day": ({"tanggal_laporan": "besok"}, "tanggal_laporan", "date", "hari-bulan-tahun"),
    "backwards": ({"tanggal_selesai": "2024-11-03"}, "tanggal_selesai", "period", "2024-11-04"),
    "reported too early": ({"tanggal_laporan": "2024-11-03"}, "tanggal_laporan", "reported_before", "2024-11-04"),
    "last day tomorrow": ({"tanggal_selesai": "2024-11-21"}, "tanggal_selesai", "future", "2024-11-20"),
    "reported tomorrow": ({"tanggal_laporan": "2024-11-21"}, "tanggal_laporan", "future", "2024-11-20"),
    "long ago": ({"tanggal_mulai": "1997-12-31"}, "tanggal_mulai", "past", None),
    "unknown code": ({"kode_kelurahan": "19.99.01.1009"}, "kode_kelurahan", "code_unknown", "19.99"),
}
MEETING_FAULTS: dict[str, Case] = {
    "no day": ({"tanggal": None}, "tanggal", "required", None),
    "no such day": ({"tanggal": "31/02/2024"}, "tanggal", "date", "hari-bulan-tahun"),
    "no such day named": ({"hari": "besok"}, "hari", "date", "hari-bulan-tahun"),
    "tomorrow": ({"tanggal": "2024-11-21"}, "tanggal", "future", "2024-11-20"),
    "long ago": ({"tanggal": "1997-12-31"}, "tanggal", "past", None),
    "no title": ({"judul": None}, "judul", "required", None),
    "nothing said": ({"isi": None}, "isi", "required", None),
    "no kind": ({"jenis": None}, "jenis", "required", None),
    "unknown kind": ({"jenis": "gosip"}, "jenis", "item_kind", None),
    "a day without its day": ({"jenis": "tanggal"}, "hari", "required", None),
    "unknown category": ({"kategori": "?"}, "kategori", "category", None),
}
CLASS_FAULTS: dict[str, Case] = {
    "nobody": ({"lembaga": None}, "lembaga", "required", None),
    "the template's example": ({"lembaga": "Contoh Polres"}, "lembaga", "example_row", None),
    "no edition": ({"edisi": None}, "edisi", "required", None),
    "no day": ({"tanggal": None}, "tanggal", "required", None),
    "no such day": ({"tanggal": "31/02/2024"}, "tanggal", "date", "hari-bulan-tahun"),
    "tomorrow": ({"tanggal": "2024-11-21"}, "tanggal", "future", "2024-11-20"),
    "long ago": ({"tanggal": "1997-12-31"}, "tanggal", "past", None),
    "no class": ({"kelas": None}, "kelas", "required", None),
    "another word": ({"kelas": "merah"}, "kelas", "class_word", None),
    "a number of some scale": ({"kelas": "3,05"}, "kelas", "class_number", None),
    "a share": ({"kelas": "45 %"}, "kelas", "class_number", None),
    "kecamatan only": (NO_PLACE | {"kecamatan": "Utara"}, "kode_kelurahan", "required", None),
    "nowhere": (NO_PLACE, "kode_kelurahan", "required", None),
    "unknown code": ({"kode_kelurahan": "19.99.01.1009"}, "kode_kelurahan", "code_unknown", "19.99"),
}
INDICATOR_FAULTS: dict[str, Case] = {
    "nothing measured": ({"indikator": None}, "indikator", "required", None),
    "not in the weights": (
        {"indikator": "jumlah warung"},
        "indikator",
        "indicator",
        "sengketa_lahan, jarak_pos_polisi",
    ),
    "no value": ({"nilai": None}, "nilai", "required", None),
    "value in words": ({"nilai": "banyak"}, "nilai", "decimal", None),
    "value with its unit": ({"nilai": "2 perkara"}, "nilai", "decimal", None),
    "below zero": ({"nilai": "-1"}, "nilai", "indicator_range", "0 sampai 55"),
    "far too much": ({"nilai": "56"}, "nilai", "indicator_range", "0 sampai 55"),
    "nobody": ({"sumber": None}, "sumber", "required", None),
    "the template's example": ({"sumber": "CONTOH kantor"}, "sumber", "example_row", None),
    "no day": ({"tanggal": None}, "tanggal", "required", None),
    "no such day": ({"tanggal": "31/02/2024"}, "tanggal", "date", "hari-bulan-tahun"),
    "tomorrow": ({"tanggal": "2024-11-21"}, "tanggal", "future", "2024-11-20"),
    "long ago": ({"tanggal": "1997-12-31"}, "tanggal", "past", None),
    "kecamatan only": (NO_PLACE | {"kecamatan": "Utara"}, "kode_kelurahan", "required", None),
    "unknown code": ({"kode_kelurahan": "19.99.01.1009"}, "kode_kelurahan", "code_unknown", "19.99"),
}
FAULTS = {
    "incident": INCIDENT_FAULTS,
    "station": STATION_FAULTS,
    "nil": NIL_FAULTS,
    "meeting": MEETING_FAULTS,
    "class": CLASS_FAULTS,
    "indicator": INDICATOR_FAULTS,
}


def named_faults(folder: Path, kind: str, cases: Mapping[str, Case]) -> dict[str, list[tuple[str, str, str | None]]]:
    """Sort one line for each case, all in one file; give the faults of each as column, rule, facts."""
    lines = [MAKE[kind](**change) for change, *_ in cases.values()]
    columns = dict.fromkeys(name for line in lines for name in line)
    hashed, faults, _ = sort(folder, [{name: line.get(name, "") for name in columns} for line in lines], kind)
    assert hashed.empty
    found: dict[str, list[tuple[str, str, str | None]]] = {name: [] for name in cases}
    for fault in faults.itertuples():
        facts = None if pd.isna(fault.facts) else fault.facts
        found[list(cases)[fault.line_number - 2]].append((fault.column_name, fault.rule, facts))
    return found


@pytest.mark.parametrize("kind", FAULTS)
def test_a_broken_rule_names_the_cell(tmp_path: Path, kind: str) -> None:
    cases = FAULTS[kind]
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
    together = sort(tmp_path, [incident(lintang="-3.49, 105.91")], repair=False)[1]
    known = {(rule, facts) for cases in FAULTS.values() for _, _, rule, facts in cases.values()}
    known |= {(rule, "X") for rule in (*broken["rule"], *together["rule"])}
    known |= {("changed_since", "X"), ("contradiction", "X"), ("station_unknown", "X")}  # need a store
    assert {rule for rule, _ in known} == set(quarantine._RULES)
    for rule, facts in known:
        assert "{" not in quarantine.reason(rule, facts)
        assert quarantine.hint(rule)


def test_a_contradicting_weekday_is_told_with_what_would_fit() -> None:
    assert quarantine.reason("weekday", "2024-11-05 0 2018 -") == (
        "Hari dan tanggal bertentangan: tertulis Senin, padahal 5 November 2024 hari Selasa; dengan tahun 2018 cocok."
    )
    assert quarantine.reason("weekday", "2024-11-05 5 - 2024-05-11").endswith("hari Selasa; 11 Mei 2024 cocok.")


def test_a_line_may_break_many_rules_and_is_still_one_line(tmp_path: Path) -> None:
    _, faults, _ = sort(tmp_path, [incident(jam="x", kategori="?", keparahan="9"), incident(id_sumber="K-2")])
    assert faults["rule"].tolist() == ["time", "category", "severity"]
    assert set(faults["line_number"]) == {2}


def test_a_line_that_cannot_be_split_waits_with_masked_text(tmp_path: Path) -> None:
    text = "tanggal_kejadian,kategori,keparahan\n2024-11-10,KEK,3,hubungi 0812-3456-7890,x\n"
    hashed, faults, _ = sort(tmp_path, text)
    assert hashed.empty
    assert faults[["line_number", "rule", "value"]].to_numpy().tolist() == [
        [2, "broken_line", "2024-11-10,KEK,3,hubungi [telepon disamarkan],x"]
    ]


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


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.fixed_dictionaries(
            {name: st.sampled_from(["", "x", incident()[name], at(ANGGREK)[name]]) for name in INCIDENT.heads}
        ),
        min_size=1,
        max_size=8,
    )
)
def test_every_line_is_in_exactly_one_heap(tmp_path: Path, lines: list[dict[str, str]]) -> None:
    if any(any(line.values()) for line in lines):
        sort(tmp_path, lines)  # asserts that the heaps add up
