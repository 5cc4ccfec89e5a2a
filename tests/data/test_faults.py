"""Faults: each rule has a line that breaks it and words that say so, and every line ends in exactly one heap."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.sorting import INCIDENT_COLUMNS
from lib.texts import quarantine
from tests.city import ANGGREK, AREAS, ELECTION, at, incident, station
from tests.sorter import sort

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
            {name: st.sampled_from(["", "x", incident()[name], at(ANGGREK)[name]]) for name in INCIDENT_COLUMNS}
        ),
        min_size=1,
        max_size=8,
    )
)
def test_every_line_is_in_exactly_one_heap(tmp_path: Path, lines: list[dict[str, str]]) -> None:
    if any(any(line.values()) for line in lines):
        sort(tmp_path, lines)  # asserts that the heaps add up
