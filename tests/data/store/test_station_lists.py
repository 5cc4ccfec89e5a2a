"""Lists of TPS complete each other: KPU's numbers, its voters, Bawaslu's indicators; none contradicts in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.store import queries
from lib.intake.undo import undo_import
from tests.city import ANGGREK, BAKUNG, ELECTION, REGION, REGION_CODE, station
from tests.officers import officer
from tests.steps import assert_sound, counts, rows, take_in_stations

if TYPE_CHECKING:
    from data.store.lake import Lake

BARE = {"lokasi": None, "dpt_l": None, "dpt_p": None, "kelas_polri": None}
NUMBERS = [station(no_tps=number, **BARE) for number in ("001", "002")]
VOTERS = [station(no_tps="001", **BARE | {"dpt_l": "200", "dpt_p": "210"})]
CHECKLIST = [station(no_tps="001", **BARE) | {"v2.1": "ya", "v3.1": "tidak"}]


def test_voters_and_indicators_complete_a_known_station(city: Lake) -> None:
    take_in_stations(city, NUMBERS, "kpu.csv")
    assert counts(take_in_stations(city, VOTERS, "dpt.csv")) == (1, 1, 0, 0)
    assert counts(take_in_stations(city, CHECKLIST, "bawaslu.csv")) == (1, 1, 0, 0)
    found = rows(
        city,
        """SELECT station_number, voter_count_male, voter_count_female, indicators, area_code
        FROM current_station ORDER BY station_number""",
    )
    assert found == [("001", 200, 210, '{"V2.1":true,"V3.1":false}', ANGGREK), ("002", None, None, "{}", ANGGREK)]
    voters = queries.voters(city, REGION_CODE, ELECTION)
    assert voters[["station_count", "voter_count"]].to_numpy().tolist() == [[2, 410]]
    assert_sound(city)


def test_a_list_imported_again_is_all_duplicates(city: Lake) -> None:
    for lines, name in ((NUMBERS, "kpu.csv"), (VOTERS, "dpt.csv"), (NUMBERS, "kpu2.csv")):
        result = take_in_stations(city, lines, name)
    assert counts(result) == (2, 0, 0, 2)


def test_a_list_that_contradicts_waits_in_quarantine(city: Lake) -> None:
    take_in_stations(city, VOTERS, "dpt.csv")
    other = take_in_stations(city, [VOTERS[0] | {"dpt_l": "201"}], "dpt2.csv")
    assert counts(other) == (1, 0, 1, 0)
    assert rows(city, "SELECT rule FROM quarantine") == [("changed_since",)]


def test_a_checklist_about_a_station_that_does_not_exist_is_questioned(city: Lake) -> None:
    take_in_stations(city, NUMBERS, "kpu.csv")
    unknown = take_in_stations(city, [CHECKLIST[0] | {"no_tps": "777"}], "bawaslu.csv")
    assert counts(unknown) == (1, 0, 1, 0)
    assert rows(city, "SELECT rule, facts FROM quarantine") == [("station_unknown", "001–002")]
    elsewhere = CHECKLIST[0] | {"kode_kelurahan": BAKUNG, "kelurahan": "Bakung"}
    assert counts(take_in_stations(city, [elsewhere], "bawaslu2.csv")) == (1, 1, 0, 0)  # no list of its TPS is in


def test_undoing_one_list_leaves_the_others(city: Lake) -> None:
    take_in_stations(city, NUMBERS, "kpu.csv")
    voters = take_in_stations(city, VOTERS, "dpt.csv")
    undo_import(city, REGION, voters.import_id, reason="keliru", actor=officer())
    assert rows(city, "SELECT count(*), count(voter_count_male) FROM current_station") == [(2, 0)]
