"""Judged TPS over a real store: by hand, one row each, unchecked is not safe, needs are no risk, no look-ahead."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from data.store import queries
from data.store.lake import Lake, open_lake
from lib.analysis import stations as analysis
from lib.analysis.classes import HIGH_CLASS
from lib.output import station_layers
from lib.output.station_tables import (
    district_table,
    points_line,
    station_csv,
    station_table,
    station_xlsx,
    what_makes_high,
)
from lib.rules.checklists import scheme, sub_scores
from lib.rules.indicators import indicator_codes
from lib.rules.regions import calendar
from lib.score import answers
from lib.score.question import default_filters
from lib.score.stations import (
    CONFLICT,
    PARTS,
    by_district,
    chosen_scheme,
    items_for_high,
    judge_stations,
    station_counts,
    station_risk,
    unasked_items,
)
from lib.texts import stations as t
from tests.city import ANGGREK, BAKUNG, CEMPAKA, DAHLIA, REGION, REGION_CODE, at, incident, middle, station, write_csv
from tests.officers import officer
from tests.steps import import_incidents, import_stations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lib.filters import Filters
    from lib.score.stations import StationRisk

DAY = date(2024, 11, 20)
NEXT_DAY = DAY + timedelta(days=1)
TODAY = date(2024, 12, 31)
ON_DAY = {"tanggal_kejadian": DAY, "tanggal_laporan": DAY}
NAMES = {ANGGREK: ("Anggrek", "Utara"), BAKUNG: ("Bakung", "Utara"), DAHLIA: ("Dahlia", "Selatan")}
ALL_NO = dict.fromkeys((code.lower() for code in indicator_codes()), "tidak")
NAN = float("nan")


def points_of(share: float) -> float:
    """Bend a failed share by hand: 15 % has 50 points, so k = .15 / .70."""
    return 100 * share * (1 + 0.15 / 0.7) / (share + 0.15 / 0.7)


ONE_OF_NINE, TWO_OF_NINE, FOUR_OF_NINE, FIVE_OF_NINE = (points_of(count / 9) for count in (1, 2, 4, 5))
REFERENCE = 6.0  # of the provisional scale, whose prior is worth 0 of pressure and 1 of exposure


def tps(number: str, area: str = ANGGREK, *, placed: bool = True, **answers: str) -> dict[str, str]:
    name, district = NAMES[area]
    longitude, latitude = middle(area)
    point = {"bujur": longitude, "lintang": latitude} if placed else {}
    return station(no_tps=number, kode_kelurahan=area, kelurahan=name, kecamatan=district, **point) | answers


def rows(found: StationRisk) -> pd.DataFrame:
    return found.stations.set_index(["station_area_code", "station_number"])


STATIONS = [
    tps("001", **ALL_NO | {"v2.1": "ya", "v1.5": "ya"}),
    tps("002", placed=False, **ALL_NO),
    tps("003"),
    tps("001", BAKUNG, **ALL_NO),
    tps("001", DAHLIA, **ALL_NO | {"v2.1": "ya", "v2.2": "ya", "v3.1": "ya", "v5.1": "ya", "v7.3": "ya"}),
]
INCIDENTS = [
    at(ANGGREK, id_sumber="titik", **ON_DAY),  # at the door of its TPS; verified, of severity 3: weighs 4
    incident(id_sumber="kelurahan", presisi="kelurahan", **ON_DAY),
    at(DAHLIA, id_sumber="dahlia", **ON_DAY),
]
# Reported the day after the question, so that no figure below may know of them.
LATER = [
    at(code, id_sumber=f"{code}-{day}", tanggal_kejadian=day, tanggal_laporan=NEXT_DAY, keparahan=5)
    for code in (ANGGREK, BAKUNG, CEMPAKA, DAHLIA)
    for day in (DAY, NEXT_DAY)
]


@pytest.fixture(scope="module")
def asked(city_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """Open a store with the TPS and incidents above, for reading only."""
    folder = tmp_path_factory.mktemp("tps") / "gudang"
    shutil.copytree(city_store, folder)
    lake = open_lake(str(folder))
    made = import_stations(lake, REGION, write_csv(folder.parent / "t.csv", STATIONS), actor=officer())
    assert made.counts.accepted == len(STATIONS)
    lines = write_csv(folder.parent / "k.csv", [*INCIDENTS, *LATER])
    made = import_incidents(lake, REGION, lines, today=TODAY, actor=officer())
    assert made.counts.accepted == len(INCIDENTS) + len(LATER)
    yield lake
    lake.connection.close()


@pytest.fixture(scope="module")
def facts(asked: Lake) -> tuple[Any, ...]:
    """Fetch what `judge_stations` takes: assessment, stations, incidents, question, scheme."""
    filters = question(asked)
    return (
        answers.assess_areas(asked, filters),
        queries.stations(asked, REGION_CODE, filters.election_code),
        answers.incidents(asked, filters),
        filters,
        chosen_scheme(calendar(REGION_CODE).election(filters.election_code)),
    )


@pytest.fixture(scope="module")
def found(facts: tuple[Any, ...]) -> StationRisk:
    """Judge the TPS above."""
    return judge_stations(*facts)


def question(lake: Lake, **changes: Any) -> Filters:
    return replace(default_filters(lake, REGION_CODE, as_of=DAY), **changes)


def with_answers(facts: tuple[Any, ...], old: str, new: str) -> StationRisk:
    """Judge the same TPS with other answers."""
    assessment, stations, *rest = facts
    changed = stations["indicators"].str.replace(old, new, regex=True)
    assert not changed.equals(stations["indicators"])
    return judge_stations(assessment, stations.assign(indicators=changed), *rest)


def test_scores_by_hand(facts: tuple[Any, ...], found: StationRisk) -> None:
    table = rows(found)
    areas = facts[0].areas.set_index("area_code")
    first, second = table.loc[(ANGGREK, "001")], table.loc[(ANGGREK, "002")]
    assert first["konflik"] == pytest.approx(ONE_OF_NINE)
    assert (first["administrasi"], first["logistik"], first["unknown_konflik"]) == (0, 0, 0)
    # the point at the door with all its weight, the other as it presses on a kelurahan of 3 of the 5 / 3 mean TPS
    exposure = np.sqrt(3 / (5 / 3))
    pressure = 4 + 4 / (1 + exposure)
    assert first["proximity"] == pytest.approx(100 * (1 - 2 ** (-pressure / REFERENCE)))
    assert second["proximity"] == pytest.approx(areas.loc[ANGGREK, "incident"])
    assert (first["proximity_basis"], second["proximity_basis"]) == ("titik", "kelurahan")
    for row in (first, second):
        expected = 0.50 * row["konflik"] + 0.30 * areas.loc[ANGGREK, "score"] + 0.20 * row["proximity"]
        assert row["score"] == pytest.approx(expected)
        assert sum(row[f"bagian_{part}"] for part in PARTS) == pytest.approx(row["score"])
    assert (first["near_count"], first["last_near_m"]) == (1, pytest.approx(0, abs=0.5))
    assert (found.event_count, found.without_point_count, found.reference_pressure) == (3, 1, REFERENCE)


def test_the_whole_question_is_answered_alike_from_the_store(asked: Lake, found: StationRisk) -> None:
    assert station_csv(station_risk(asked, found.filters)) == station_csv(found)


def test_unchecked_is_neither_safe_nor_half_at_risk_and_a_silent_kelurahan_gives_no_score(found: StationRisk) -> None:
    table = rows(found)
    unchecked, silent = table.loc[(ANGGREK, "003")], table.loc[(BAKUNG, "001")]
    assert np.isnan(unchecked[list(sub_scores())].astype(float)).all()
    assert unchecked["bagian_daftar_periksa"] == pytest.approx(25)  # half of .50
    assert unchecked["score"] > table.loc[(ANGGREK, "002"), "score"]
    assert unchecked["completeness"] == pytest.approx(0.5)
    assert (np.isnan(silent["score"]), silent["class_index"], silent["proximity_basis"]) == (True, -1, "")
    layer = station_layers.station_points(found, CONFLICT)
    details = [feature["properties"]["detail"] for feature in layer["features"]]
    assert sum("konflik belum diperiksa" in detail for detail in details) == 1
    assert len(layer["features"]) == 4  # one has no coordinate


def test_each_tps_counts_once_however_many_items_are_ticked(found: StationRisk) -> None:
    counted = station_counts(found)
    assert (counted.station_count, counted.conflict_count, counted.unchecked_count) == (5, 2, 1)
    assert (counted.scored_count, counted.service_count) == (4, 1)
    table = by_district(found).set_index("district_name")
    assert table["station_count"].to_dict() == {"Selatan": 1, "Utara": 4}
    assert table[CONFLICT].to_dict() == {"Selatan": 1, "Utara": 1}
    assert district_table(found)["belum_diperiksa"].sum() == 1


@pytest.mark.parametrize("answer", ["true", "false"])
def test_needs_of_voters_change_no_figure_but_their_own(
    facts: tuple[Any, ...], found: StationRisk, answer: str
) -> None:
    changed = with_answers(facts, '"V1.5":(true|false)', f'"V1.5":{answer}')
    pd.testing.assert_frame_equal(changed.stations, found.stations)
    assert station_counts(changed).service_count == (4 if answer == "true" else 0)
    needs = station_table(changed)["layanan"]
    assert set(needs) == ({t.service_texts()["V1.5"], ""} if answer == "true" else {""})


@pytest.mark.parametrize("code", ["V1.2", "V7.1", "V8.1"])
def test_service_and_logistics_never_raise_conflict_or_the_score(
    facts: tuple[Any, ...], found: StationRisk, code: str
) -> None:
    changed = with_answers(facts, f'"{code}":false', f'"{code}":true')
    columns = ["score", CONFLICT, "bagian_daftar_periksa"]
    pd.testing.assert_frame_equal(changed.stations[columns], found.stations[columns])


def test_a_conflict_item_raises_the_score_and_no_other_sub_score(facts: tuple[Any, ...], found: StationRisk) -> None:
    changed = with_answers(facts, '"V7.2":false', '"V7.2":true')
    gain = (rows(changed)["score"] - rows(found)["score"]).dropna()
    # Of nine items one more than one, one more than none, one more than four, and none where nobody answered.
    more = [TWO_OF_NINE - ONE_OF_NINE, ONE_OF_NINE, FIVE_OF_NINE - FOUR_OF_NINE, 0]
    for key, points in zip(
        [(ANGGREK, "001"), (ANGGREK, "002"), (DAHLIA, "001"), (ANGGREK, "003")], more, strict=True
    ):
        assert gain[key] == pytest.approx(0.50 * points)
    same = ["administrasi", "logistik", "area_score", "proximity"]
    pd.testing.assert_frame_equal(changed.stations[same], found.stations[same])


def test_the_scheme_follows_the_election_unless_one_is_chosen(facts: tuple[Any, ...]) -> None:
    *rest, chosen = facts
    assert chosen.code == "bawaslu-pilkada-2024"
    assert chosen_scheme(calendar(REGION_CODE).election("pemilu-2024")).code == "bawaslu-pemilu-2024"
    assert chosen_scheme(None).code == "bawaslu-pilkada-2024"
    pemilu = judge_stations(*rest, scheme("bawaslu-pemilu-2024"))
    assert rows(pemilu).loc[(ANGGREK, "001"), CONFLICT] == pytest.approx(points_of(1 / 6))
    assert rows(pemilu).loc[(DAHLIA, "001"), CONFLICT] == pytest.approx(points_of(4 / 6))
    assert station_counts(pemilu).service_count == 1  # the need is there whatever the scheme asks


def test_items_that_nobody_asked_are_named_and_count_half(facts: tuple[Any, ...], found: StationRisk) -> None:
    assert unasked_items(found, CONFLICT) == []
    changed = with_answers(facts, '"V2.2":(true|false),?', "")
    assert unasked_items(changed, CONFLICT) == ["Riwayat intimidasi kepada penyelenggara"]
    first = rows(changed).loc[(ANGGREK, "001")]
    assert (first[CONFLICT], first["unknown_konflik"]) == (
        pytest.approx(ONE_OF_NINE + (100 - ONE_OF_NINE) / 18),
        pytest.approx(1 / 9),
    )


def test_the_order_of_rows_does_not_matter(facts: tuple[Any, ...], found: StationRisk) -> None:
    assessment, stations, incidents, *rest = facts
    turned = judge_stations(assessment, stations[::-1], incidents[::-1], *rest)
    pd.testing.assert_frame_equal(rows(turned).sort_index(), rows(found).sort_index())


def test_districts_choose_the_tps_and_not_what_presses_on_them(facts: tuple[Any, ...], found: StationRisk) -> None:
    assessment, stations, incidents, filters, chosen = facts
    south = replace(filters, district_codes=("19.99.02",))
    one = judge_stations(assessment, stations, incidents, south, chosen)
    pd.testing.assert_frame_equal(rows(one), rows(found).loc[[DAHLIA]])


def test_a_file_has_one_row_a_tps_and_its_parts_add_up(found: StationRisk) -> None:
    table = pd.read_csv(io.BytesIO(station_csv(found)), dtype={"no_tps": str})
    assert len(table) == len(STATIONS)
    scored = table[table["skor"].notna()]
    np.testing.assert_allclose(scored[[f"bagian_{part}" for part in PARTS]].sum(axis=1), scored["skor"], atol=1e-9)
    assert scored["skor"].is_monotonic_decreasing
    assert table["kelas"].tolist()[-1] == t.TOO_LITTLE
    assert set(table["sidik_bobot"]) == {found.weights.short_digest}
    assert set(table["sidik_skema"]) == {found.scheme.digest}
    assert table["klasifikasi"].str.startswith("TERBATAS").all()
    assert "penanda" not in table
    assert station_table(replace(found, simulated=True))["penanda"].eq("DATA SIMULASI").all()
    ticked = table.set_index(["kode_kelurahan", "no_tps"])["konflik_tercentang"]
    assert ticked[(ANGGREK, "001")] == "Riwayat kekerasan di TPS"
    assert len(ticked[(DAHLIA, "001")].split("; ")) == 4


def test_a_workbook_holds_numbers_as_numbers_and_names_as_text(facts: tuple[Any, ...]) -> None:
    assessment, stations, *rest = facts
    found = judge_stations(assessment, stations.assign(place_name="=1+1"), *rest)
    assert set(station_table(found)["lokasi"]) == {"=1+1"}
    assert b",'=1+1," in station_csv(found)
    workbook = load_workbook(io.BytesIO(station_xlsx(found)))
    assert workbook.sheetnames == [t.SHEET_STATIONS, t.SHEET_ITEMS, t.SHEET_ABOUT]
    sheet = workbook[t.SHEET_STATIONS]
    heads = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.max_row == 1 + len(STATIONS)
    assert isinstance(sheet.cell(2, heads["skor"]).value, float)
    assert sheet.cell(2, heads["lokasi"]).data_type == sheet.cell(2, heads["no_tps"]).data_type == "s"
    assert workbook[t.SHEET_ITEMS].max_row == 1 + 27


def test_an_election_without_tps_gives_an_empty_table(facts: tuple[Any, ...]) -> None:
    assessment, stations, *rest = facts
    empty = judge_stations(assessment, stations.iloc[:0], *rest)
    assert empty.stations.empty
    assert station_counts(empty).station_count == 0
    assert station_table(empty).empty
    assert station_layers.station_points(empty, "score")["features"] == []
    assert by_district(empty).empty


def test_no_incident_at_all_presses_nowhere(facts: tuple[Any, ...]) -> None:
    assessment, stations, incidents, *rest = facts
    quiet = judge_stations(assessment, stations, incidents.iloc[:0], *rest)
    table = rows(quiet)
    assert table.loc[(ANGGREK, "001"), "proximity"] == 0
    assert table["near_count"].eq(0).all()
    assert table["last_near_on"].isna().all()


def test_what_is_not_known_near_a_tps_is_told_apart_from_a_missing_coordinate(found: StationRisk) -> None:
    basis = found.stations["proximity_basis"]
    line = points_line(found)
    assert f"{basis.eq('kelurahan').sum()} TPS tanpa koordinat memakai skor kejadian kelurahannya" in line
    assert f"kejadian di dekat {basis.eq('').sum()} TPS tidak diketahui" in line
    silent = t.scoreless_line(50, 50, 18)
    assert silent.startswith(
        "Data tidak cukup: 50 TPS tidak diberi skor; kelurahannya tidak terdengar atau belum pernah melapor."
    )
    assert "18 TPS tanpa jawaban butir konflik tetap diberi skor" in silent
    assert "3 di antaranya kelurahannya" in t.scoreless_line(5, 3, 0)
    assert t.scoreless_line(0, 0, 0) == ""


def test_no_part_of_a_sub_score_is_less_than_nothing() -> None:
    assert t.sub_score_parts(5.55, 0.0) == "5,5 = 0,0 tercentang + 5,5 belum diketahui"
    assert t.sub_score_parts(NAN, NAN) == t.NOTHING_CHECKED


def judged(facts: tuple[Any, ...], *, area_score: float, **given: float) -> pd.Series:
    """Judge one TPS with stated answers in Anggrek, whose score is set and where nothing happened."""
    assessment, stations, incidents, *rest = facts
    score = assessment.areas["score"].where(assessment.areas["area_code"] != ANGGREK, area_score)
    calm = replace(assessment, areas=assessment.areas.assign(score=score, incident=0.0))
    one = stations[(stations["stated_area_code"] == ANGGREK) & (stations["station_number"] == "001")]
    said = json.dumps({code: bool(answer) for code, answer in given.items() if not np.isnan(answer)})
    return judge_stations(calm, one.assign(indicators=said), incidents.iloc[:0], *rest).stations.iloc[0]


def conflict_codes(facts: tuple[Any, ...]) -> list[str]:
    return [item.code for item in facts[-1].in_sub_score(CONFLICT)]


def test_a_tps_with_every_conflict_item_ticked_is_high_in_the_calmest_kelurahan(facts: tuple[Any, ...]) -> None:
    row = judged(facts, area_score=0.0, **dict.fromkeys(conflict_codes(facts), 1.0))
    assert (row["konflik"], row["score"], row["class_index"]) == (100, pytest.approx(50), HIGH_CLASS)


def test_a_tps_with_every_answer_no_in_a_calm_kelurahan_is_low(facts: tuple[Any, ...]) -> None:
    row = judged(facts, area_score=19.0, **dict.fromkeys(conflict_codes(facts), 0.0))
    assert (row["konflik"], row["class_index"]) == (0, 0)
    assert row["score"] == pytest.approx(0.30 * 19)


def test_what_would_make_a_tps_high_does(facts: tuple[Any, ...], found: StationRisk) -> None:
    codes, weights = conflict_codes(facts), found.weights
    for others in (0.0, 20.0, 40.0, 60.0, 99.0):
        needed = items_for_high(facts[-1], weights, others)
        classes = []
        for count in (needed - 1, needed):
            ticked = analysis.checklist_points([count / len(codes)], half_share=weights.station_half_share)[0]
            classes.append(0.5 * ticked + 0.5 * others >= weights.class_cuts[HIGH_CLASS - 1] - 1e-9)
        assert classes[1]
        assert needed == 0 or not classes[0]
    assert [items_for_high(facts[-1], weights, others) for others in (0.0, 100.0)] == [len(codes), 0]
    assert what_makes_high(found).startswith("Yang membuat sebuah TPS Tinggi: butir konflik yang tercentang (dari 9")
    assert "bila bernilai 60, 1 butir" in what_makes_high(found)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from((0.0, 1.0, NAN)), min_size=9, max_size=9), st.integers(0, 8), st.floats(0, 100))
def test_the_score_of_a_tps_rises_with_every_item_and_not_knowing_lies_between(
    facts: tuple[Any, ...], given_answers: list[float], item: int, area_score: float
) -> None:
    answered = dict(zip(conflict_codes(facts), given_answers, strict=True))
    code = conflict_codes(facts)[item]
    no, unknown, yes = (
        judged(facts, area_score=area_score, **answered | {code: to})["score"] for to in (0.0, NAN, 1.0)
    )
    assert no < yes
    assert no <= unknown <= yes


def test_a_silent_kelurahan_hides_no_tps_whose_every_item_is_ticked(facts: tuple[Any, ...]) -> None:
    changed = with_answers(facts, ":false", ":true")
    silent = rows(changed).loc[(BAKUNG, "001")]
    assert (silent["konflik"], silent["proximity_basis"]) == (100, "")
    assert silent["class_index"] >= HIGH_CLASS
