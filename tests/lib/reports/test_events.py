"""One event, many reports: counted once, listed all, proposed by place and time and words, and undone."""

from __future__ import annotations

import itertools
import random
import re
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from pyproj import Geod

from data.errors import LakeError
from data.store import queries
from data.store.lake import open_lake, snapshot_id, write
from lib.errors import JournalError
from lib.intake.undo import undo_import
from lib.output import map_layers
from lib.reports.events import candidates, decisions, keep_apart, merge, undo_decision
from lib.reports.journal import RowKey, verify
from lib.rules.judged import judged_keys
from lib.rules.pairing import PAIRING_FILE, Pairing, pairing
from lib.rules.taxonomy import taxonomy
from lib.rules.toml import ProfileError
from lib.score import answers, situation
from lib.score.inputs import fetch_inputs
from lib.score.points import street_points
from lib.score.question import default_filters
from lib.texts.errors import sentence
from tests.city import ANGGREK, AREAS, BAKUNG, DAHLIA, REGION, REGION_CODE, at, incident, middle
from tests.officers import officer
from tests.steps import assert_sound, known, rows, take_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from data.store.lake import Lake

DAY = date(2024, 11, 10)
AS_OF = date(2024, 11, 20)
SPAN = {"as_of": AS_OF, "start": date(2020, 1, 1), "end": AS_OF}
LIMITS = pairing()
WHY: dict[str, Any] = {"reason": "tiga laporan, satu kerumunan", "actor": officer(), "decided_on": AS_OF}
# One crowd as three offices saw it, and something else on the same day.
POLICE = "Massa pendukung berkumpul di depan kantor KPU, sekitar 200 orang"
ARMY = "Kerumunan massa 200 orang di depan KPU menuntut hitung ulang"
OFFICE = "Massa sekitar 200 orang berkumpul depan kantor KPU menuntut penghitungan ulang"
OTHER = "Spanduk dirusak orang tidak dikenal dekat pasar lama"


def crowd() -> list[dict[str, str]]:
    longitude, latitude = middle(ANGGREK)
    return [
        at(ANGGREK, id_sumber="P", uraian=POLICE, sumber="Polsek", jam="09:00", status="masuk", keparahan="3"),
        at(ANGGREK, id_sumber="A", uraian=ARMY, sumber="Koramil", jam="10:00", status="masuk", keparahan="4",
           bujur=f"{longitude + 0.002:.6f}", lintang=f"{latitude:.6f}", tanggal_laporan="2024-11-12"),
        incident(id_sumber="O", uraian=OFFICE, sumber="Kecamatan", jam=None, status="masuk", keparahan="3"),
        at(ANGGREK, id_sumber="X", uraian=OTHER, sumber="Polsek", jam="09:30", status="masuk", keparahan="2"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def crowd_store(city_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store with the crowd's three reports and another one."""
    folder = tmp_path_factory.mktemp("kerumunan") / "gudang"
    shutil.copytree(city_store, folder)
    lake = open_lake(str(folder))
    take_in(lake, crowd())
    lake.connection.close()
    return folder


@pytest.fixture
def lake(crowd_store: Path, open_copy: Callable[[Path], Lake]) -> Lake:
    """Open a copy of that store."""
    return open_copy(crowd_store)


def names(lake: Lake) -> dict[RowKey, str]:
    found = rows(lake, "SELECT import_id, line_number, source_id FROM incident")
    return {RowKey(import_id, line): name for import_id, line, name in found}


def keys(lake: Lake, *source_ids: str) -> list[RowKey]:
    by_name = {name: key for key, name in names(lake).items()}
    return [by_name[name] for name in source_ids]


def proposed(lake: Lake, **changes: Any) -> set[frozenset[str]]:
    called = names(lake)
    pairs = candidates(lake, REGION_CODE, **(SPAN | changes)).pairs
    return {
        frozenset(
            (
                called[RowKey(row.first_import_id, row.first_line_number)],
                called[RowKey(row.second_import_id, row.second_line_number)],
            )
        )
        for row in pairs.itertuples()
    }


def counted(lake: Lake, **changes: Any) -> int:
    return int(queries.incident_counts(lake, REGION_CODE, **(SPAN | changes))["incident_count"].sum())


def representatives(lake: Lake, **changes: Any) -> set[str]:
    found = queries.incident_rows(lake, REGION_CODE, **(SPAN | changes))
    return set(found.loc[found["represents"], "source_id"])


# Three reports of one crowd


def test_three_reports_of_one_crowd_count_once_and_are_listed_three_times(lake: Lake) -> None:
    assert proposed(lake) == {frozenset(pair) for pair in itertools.combinations("PAO", 2)}
    assert (counted(lake), len(known(lake))) == (4, 4)
    decision = merge(lake, REGION, keys(lake, *"PAO"), **WHY).decision_id
    found = known(lake)
    assert (counted(lake), len(found)) == (2, 4)
    assert found["report_count"].to_dict() == {"P": 3, "A": 3, "O": 3, "X": 1}
    assert set(found.loc[[*"PAO"], "event_id"]) == {decision}
    assert pd.isna(found.at["X", "event_id"])
    assert found["represents"].to_dict() == {"A": True, "O": False, "P": False, "X": True}
    assert proposed(lake) == set()
    assert_sound(lake)
    undo_decision(lake, REGION, decision, reason="ternyata dua tempat", actor=officer())
    assert (counted(lake), len(known(lake))) == (4, 4)
    assert known(lake)["event_id"].isna().all()
    assert len(proposed(lake)) == 3
    assert_sound(lake)


@pytest.mark.parametrize("order", ["PL", "LP"])
def test_an_event_counts_where_any_of_its_reports_lies_in_the_region(lake: Lake, order: str) -> None:
    # A coarse report of a neighbouring kabupaten, graver and verified, tells of the crowd too.
    far = {"kode_kelurahan": None, "kelurahan": None, "kecamatan": None, "presisi": "kabupaten"}
    far |= {"bujur": "106.20", "lintang": "-3.50"}
    before = counted(lake)
    take_in(lake, [incident(id_sumber="L", keparahan="5", **far)])
    assert counted(lake) == before
    merge(lake, REGION, keys(lake, *order), **WHY)
    assert counted(lake) == before
    assert "P" in representatives(lake)
    assert "L" not in representatives(lake)
    verify(lake, REGION, keys(lake, "P"), "ditolak", reason="bukan di sini", actor=officer(), decided_on=AS_OF)
    assert counted(lake) == before - 1  # what is left of the event lies elsewhere


def test_figures_points_and_score_count_the_crowd_once_and_lists_hold_all(lake: Lake) -> None:
    def shown() -> tuple[float, int, int, int, int, int, int]:
        filters = default_filters(lake, REGION_CODE, as_of=date(2024, 11, 12))
        judged = answers.assess_areas(lake, filters)
        listed = answers.incidents(lake, filters)
        area = judged.areas.set_index("area_code").loc[ANGGREK]
        return (
            round(float(area["score"]), 3),
            int(area["incident_count"]),
            situation.week_counts(judged, listed).week,
            situation.placed_counts(listed).incidents,
            len(map_layers.incident_layer(listed, listed)["features"]),
            len(street_points(listed)),
            len(listed),
        )

    before = shown()
    assert before[1:] == (4, 4, 4, 3, 3, 4)
    merge(lake, REGION, keys(lake, *"PAO"), **(WHY | {"decided_on": DAY}))
    after = shown()
    assert after[1:] == (2, 2, 2, 2, 2, 4)
    assert after[0] < before[0]


def test_daily_counts_and_rows_that_represent_agree_in_every_cut(lake: Lake) -> None:
    merge(lake, REGION, keys(lake, *"PA"), **(WHY | {"decided_on": DAY}))
    filters = default_filters(lake, REGION_CODE, as_of=AS_OF)
    facts, everything = fetch_inputs(lake, filters), answers.all_incidents(lake, filters)
    for cut in ({}, {"verifications": ("masuk",)}, {"district_codes": ("19.99.01",)}, {"categories": ("PU",)}):
        asked = replace(filters, **cut)
        listed = answers.events(answers.choose(everything, asked))
        assert answers.daily_counts(facts, asked)["incident_count"].sum() == len(listed)


def test_kept_apart_is_not_proposed_again_until_undone(lake: Lake) -> None:
    decision = keep_apart(lake, REGION, keys(lake, "P", "A"), **WHY)
    assert proposed(lake) == {frozenset("PO"), frozenset("AO")}
    assert proposed(lake, as_of=AS_OF - timedelta(days=1)) == {frozenset(p) for p in ("PA", "PO", "AO")}
    assert counted(lake) == 4
    undo_decision(lake, REGION, decision, reason="keliru", actor=officer())
    assert frozenset("PA") in proposed(lake)


def test_kept_apart_holds_for_the_whole_events(lake: Lake) -> None:
    merge(lake, REGION, keys(lake, "P", "A"), **WHY)
    assert len(proposed(lake)) == 1  # two events make one pair
    keep_apart(lake, REGION, keys(lake, "P", "O"), **WHY)
    assert proposed(lake) == set()
    merge(lake, REGION, keys(lake, "A", "O"), **WHY)  # a later merge overrides it
    assert counted(lake) == 2


def test_merging_takes_in_the_whole_of_both_events(lake: Lake) -> None:
    first = merge(lake, REGION, keys(lake, "P", "A"), **WHY).decision_id
    second = merge(lake, REGION, keys(lake, "O", "X"), **WHY).decision_id
    both = merge(lake, REGION, keys(lake, "A", "X"), **WHY).decision_id
    assert (counted(lake), set(known(lake)["event_id"])) == (1, {both})
    undo_decision(lake, REGION, both, reason="keliru", actor=officer())
    assert (counted(lake), set(known(lake)["event_id"])) == (2, {first, second})


def test_the_decisions_are_listed_newest_first_with_their_reports(lake: Lake) -> None:
    first = merge(lake, REGION, keys(lake, "P", "A"), **WHY).decision_id
    second = keep_apart(lake, REGION, keys(lake, "O", "X"), **WHY)
    undo_decision(lake, REGION, first, reason="keliru", actor=officer())
    found = decisions(lake, REGION_CODE)
    assert found["decision_id"].tolist() == [second, first]
    assert found["outcome"].tolist() == ["terpisah", "satu"]
    assert found["undone"].tolist() == [False, True]
    assert {report["description"] for report in found["reports"].iloc[1]} == {POLICE, ARMY}


@pytest.mark.parametrize(
    ("changes", "apart"),
    [
        ({}, ()),
        ({"tanggal_kejadian": "2024-11-08", "jam": "09:30"}, ()),  # 47 hours
        ({"tanggal_kejadian": "2024-11-08", "jam": "08:00"}, ("time",)),
        ({"tanggal_kejadian": "2024-11-09", "jam": None}, ()),
        ({"tanggal_kejadian": "2024-11-08", "jam": None}, ("time",)),
        ({"kategori": "KRM"}, ("family",)),
        ({"presisi": "kelurahan", "bujur": None, "lintang": None}, ()),
        ({"kode_kelurahan": None, "kelurahan": None, "presisi": "kecamatan", "bujur": None, "lintang": None}, ()),
    ],
)
def test_members_further_apart_than_a_pair_are_told(city: Lake, changes: dict[str, Any], apart: tuple[str]) -> None:
    take_in(city, [at(ANGGREK, id_sumber="1"), at(ANGGREK, id_sumber="2", **changes)])
    made = merge(city, REGION, keys(city, "1", "2"), **WHY)
    assert (made.report_count, made.apart) == (2, apart)


def test_places_apart_are_told_by_point_area_and_district(city: Lake) -> None:
    coarse = {"presisi": "kelurahan", "bujur": None, "lintang": None}
    district = coarse | {"presisi": "kecamatan", "kode_kelurahan": None, "kelurahan": None}
    edge = middle(ANGGREK)[0] + 0.0105  # in the next area, 0.95 km from a point just inside this one
    take_in(
        city,
        [
            at(ANGGREK, id_sumber="A"),
            at(ANGGREK, id_sumber="a", bujur=f"{edge - 0.0085:.6f}"),
            at(BAKUNG, id_sumber="B", bujur=f"{edge:.6f}"),
            at(BAKUNG, id_sumber="b", **coarse),
            at(DAHLIA, id_sumber="d", **district),
        ],
    )
    for pair, apart in (("aB", ()), ("AB", ("place",)), ("Ab", ("place",)), ("Ad", ("place",)), ("Bb", ())):
        made = merge(city, REGION, keys(city, *pair), **WHY)
        assert made.apart == apart
        undo_decision(city, REGION, made.decision_id, reason="x", actor=officer("a"))


# Who represents an event


def test_who_represents_an_event(lake: Lake) -> None:
    merge(lake, REGION, keys(lake, *"PAO"), **WHY)
    steps = (
        ({}, "A"),  # the most severe
        ({"A": "tidak_dapat_dipastikan"}, "A"),
        ({"O": "selesai"}, "O"),  # verified goes before severe
        ({"P": "terverifikasi", "A": "ditolak"}, "P"),  # of two verified ones, alike otherwise, the first line
        ({"P": "ditolak"}, "O"),  # what is rejected never represents …
        ({"O": "ditolak"}, "A"),  # … unless all are
    )
    for states, expected in steps:
        for name, state in states.items():
            verify(lake, REGION, keys(lake, name), state, reason="x", actor=officer("a"), decided_on=AS_OF)
        assert representatives(lake) == {expected, "X"}


def test_a_rejected_crowd_leaves_the_figures(lake: Lake) -> None:
    merge(lake, REGION, keys(lake, *"PAO"), **WHY)
    verify(lake, REGION, keys(lake, *"PAO"), "ditolak", reason="x", actor=officer("a"), decided_on=AS_OF)
    filters = default_filters(lake, REGION_CODE, as_of=AS_OF)
    assert answers.assess_areas(lake, filters).areas["incident_count"].sum() == 1


def test_a_report_known_to_an_area_represents_before_one_known_to_a_district(city: Lake) -> None:
    nowhere = {"kode_kelurahan": None, "kelurahan": None, "tanggal_laporan": "2024-11-10"}
    take_in(city, [incident(id_sumber="D", **nowhere), at(ANGGREK, id_sumber="K")])
    merge(city, REGION, keys(city, "D", "K"), **WHY)
    assert representatives(city) == {"K"}


# A day knows only what was known on it


def test_a_day_before_the_decision_counts_two(lake: Lake) -> None:
    merge(lake, REGION, keys(lake, "P", "O"), **WHY)
    assert counted(lake, as_of=AS_OF - timedelta(days=1)) == 4
    assert counted(lake, as_of=AS_OF) == 3


def test_a_member_that_is_not_reported_yet_represents_nothing(lake: Lake) -> None:
    merge(lake, REGION, keys(lake, *"PAO"), **(WHY | {"decided_on": DAY}))
    early = {"as_of": date(2024, 11, 11)}  # A is reported on the 12th
    assert representatives(lake, **early) == {"P", "X"}
    found = queries.incident_rows(lake, REGION_CODE, **(SPAN | early)).set_index("source_id")
    assert found["report_count"].to_dict() == {"P": 2, "O": 2, "X": 1}
    assert representatives(lake) == {"A", "X"}


def test_an_event_across_two_periods_counts_in_one_of_them(city: Lake) -> None:
    take_in(
        city,
        [
            at(ANGGREK, id_sumber="first", tanggal_kejadian="2024-11-10", keparahan="2"),
            at(ANGGREK, id_sumber="second", tanggal_kejadian="2024-11-11", keparahan="4"),
        ],
    )
    merge(city, REGION, keys(city, "first", "second"), **WHY)
    parts = [counted(city, end=DAY), counted(city, start=DAY + timedelta(days=1))]
    assert (parts, counted(city)) == ([0, 1], 1)
    assert representatives(city, end=DAY) == set()


def test_a_member_of_an_undone_import_counts_no_longer(lake: Lake) -> None:
    extra = at(ANGGREK, id_sumber="N", uraian=POLICE, sumber="Bawaslu", keparahan="5")
    later = take_in(lake, [extra], "susulan.csv")
    merge(lake, REGION, keys(lake, "P", "N"), **WHY)
    assert representatives(lake) == {"N", "A", "O", "X"}
    undo_import(lake, REGION, later.import_id, reason="salah berkas", actor=officer())
    found = known(lake)
    assert representatives(lake) == {"P", "A", "O", "X"}
    assert (found["report_count"] == 1).all()
    assert found["event_id"].isna().all()
    merge(lake, REGION, keys(lake, "P", "A"), **WHY)
    assert counted(lake) == 3
    assert_sound(lake)


def test_the_newest_standing_decision_rules_whatever_people_do(lake: Lake) -> None:
    """Walk at random over merging, parting and undoing beside a model of three lines."""
    rng = random.Random(11)  # noqa: S311 - a walk, not a secret
    all_keys = keys(lake, *"PAOX")
    standing: list[tuple[str, set[RowKey]]] = []

    def event_of(key: RowKey) -> str:
        return next((name for name, members in reversed(standing) if key in members), str(key))

    for _ in range(10):
        chosen = rng.sample(all_keys, 2)
        events_now = {key: event_of(key) for key in all_keys}
        if rng.random() < 0.35 and standing:
            undone = rng.choice(standing)
            undo_decision(lake, REGION, undone[0], reason="x", actor=officer("a"))
            standing.remove(undone)
        elif len({events_now[key] for key in chosen}) == 1:
            with pytest.raises(JournalError, match="same_event"):
                merge(lake, REGION, chosen, **WHY)
        else:
            own = {events_now[key] for key in chosen}
            members = {key for key in all_keys if events_now[key] in own}
            made = merge(lake, REGION, chosen, **WHY)
            assert made.report_count == len(members)
            standing.append((made.decision_id, members))
        groups = pd.Series([event_of(key) for key in all_keys])
        assert counted(lake) == groups.nunique()
        found = known(lake)
        expected = groups.map(groups.value_counts()).tolist()
        assert found.loc[[*"PAOX"], "report_count"].tolist() == expected
        assert found["represents"].sum() == groups.nunique()
    assert len(known(lake)) == 4


# Refusals


@pytest.mark.parametrize(
    ("decide", "chosen", "changes", "code"),
    [
        (merge, "P", {}, "one_row"),
        (merge, "PP", {}, "one_row"),
        (keep_apart, "P", {}, "one_row"),
        (merge, "PA", {"reason": " "}, "empty_reason"),
        (keep_apart, "PA", {"reason": ""}, "empty_reason"),
        (merge, "OX", {}, "same_event"),
        (keep_apart, "OX", {}, "one_event"),
        (merge, "P?", {}, "unknown_row"),
    ],
)
def test_a_refused_decision_writes_nothing(
    merged: Lake, decide: Callable[..., str], chosen: str, changes: dict[str, str], code: str
) -> None:
    before = snapshot_id(merged)
    asked = [RowKey("?", 1) if name == "?" else keys(merged, name)[0] for name in chosen]
    with pytest.raises(JournalError) as refused:
        decide(merged, REGION, asked, **(WHY | changes))
    assert refused.value.code == code
    assert sentence(refused.value).endswith(".")
    assert snapshot_id(merged) == before


@pytest.fixture(scope="module")
def merged(crowd_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """Open one copy of the store, in which O and X are one event, for tests that change nothing."""
    folder = tmp_path_factory.mktemp("gabung") / "gudang"
    shutil.copytree(crowd_store, folder)
    lake = open_lake(str(folder))
    merge(lake, REGION, keys(lake, "O", "X"), **WHY)
    yield lake
    lake.connection.close()


def test_a_decision_is_undone_once_and_only_if_it_exists(lake: Lake) -> None:
    decision = merge(lake, REGION, keys(lake, "P", "A"), **WHY).decision_id
    undo_decision(lake, REGION, decision, reason="x", actor=officer("a"))
    for name, code in ((decision, "already_undone"), ("tidak-ada", "unknown_decision")):
        with pytest.raises(JournalError, match=code) as refused:
            undo_decision(lake, REGION, name, reason="x", actor=officer("a"))
        assert name in sentence(refused.value)
    assert rows(lake, "SELECT count(*) FROM event_decision_undo") == [(1,)]


UNDO = "INSERT INTO event_decision_undo SELECT {}, 'r', 'a', now()::TIMESTAMP FROM range({})"
ANEW = "INSERT INTO event_decision SELECT * REPLACE ('baru' AS decision_id) FROM event_decision"


@pytest.mark.parametrize(
    "statements",
    [
        [UNDO.format("'tidak-ada'", 1)],
        [UNDO.format("(SELECT decision_id FROM event_decision)", 2)],
        ["INSERT INTO event_decision_member SELECT * FROM event_decision_member"],
        ["INSERT INTO event_decision_member SELECT decision_id, import_id, 99 FROM event_decision_member LIMIT 1"],
        [ANEW],
        [
            ANEW.replace(")", ", 'mungkin' AS outcome)", 1),
            "INSERT INTO event_decision_member SELECT * REPLACE ('baru' AS decision_id) FROM event_decision_member",
        ],
    ],
)
def test_the_store_refuses_a_decision_that_cannot_be(merged: Lake, statements: list[str]) -> None:
    with pytest.raises(LakeError) as refused:
        write(merged, lambda hand: [hand.execute(line) for line in statements], author="a", message="m")
    assert refused.value.facts["check"] == "event_members"


# Which pairs are proposed


def test_by_hand(lake: Lake) -> None:
    found = candidates(lake, REGION_CODE, **SPAN)
    assert (found.report_count, found.searched_count, found.pair_count, len(found.pairs)) == (4, 4, 3, 3)
    by_source = found.pairs.set_index(["first_source_name", "second_source_name"])
    pair = by_source.loc[("Polsek", "Koramil")]
    # police: massa pendukung berkumpul depan kantor kpu sekitar 200 orang (9);
    # army: kerumunan massa 200 orang depan kpu menuntut hitung ulang (9); five shared of 13
    assert pair["similarity"] == pytest.approx(5 / 13)
    assert pair["confidence"] == pytest.approx(5 / 13 + LIMITS.same_category_bonus)
    assert (pair["hours_apart"], pair["days_apart"], bool(pair["same_area"])) == (1, 0, True)
    longitude, latitude = middle(ANGGREK)
    true_m = Geod(ellps="WGS84").inv(longitude, latitude, longitude + 0.002, latitude)[2]
    assert pair["distance_m"] == pytest.approx(true_m, rel=0.006)
    office = by_source.loc[("Polsek", "Kecamatan")]
    assert np.isnan(office["hours_apart"])
    assert np.isnan(office["distance_m"])


SENTENCE = "Situasi tampak kondusif namun tetap meminimalisir terjadinya konflik sosial menjelang pesta demokrasi"
BASE = {"uraian": SENTENCE, "jam": "12:00", "tanggal_laporan": None}
SPLIT = {"bujur": None, "lintang": None, "presisi": None}
CASES = {
    "the same words a year earlier": ({"tanggal_kejadian": "2023-11-10"}, False),
    "the same words in another town": ({"area": BAKUNG}, False),
    "the same words in another town's district": ({"area": None}, False),
    "another area, 900 m away": ({"area": BAKUNG, "east_m": 900}, True),
    "another area, 1100 m away": ({"area": BAKUNG, "east_m": 1100}, False),
    "48 hours later": ({"tanggal_kejadian": "2024-11-12", "jam": "12:00"}, True),
    "48 hours and a minute later": ({"tanggal_kejadian": "2024-11-12", "jam": "12:01"}, False),
    "48 hours earlier": ({"tanggal_kejadian": "2024-11-08", "jam": "12:00"}, True),
    "a day later, no hour": ({"tanggal_kejadian": "2024-11-11", "jam": None}, True),
    "two days later, no hour": ({"tanggal_kejadian": "2024-11-12", "jam": None}, False),
    "another category of the family": ({"kategori": "INT"}, True),
    "a category of another family": ({"kategori": "PU"}, False),
    "other words": ({"uraian": OTHER}, False),
    "no words, same category": ({"uraian": None}, True),
    "no words, another category": ({"uraian": None, "kategori": "INT"}, False),
    "only function words": ({"uraian": "yang di dan itu"}, True),
    "in capitals and with accents": ({"uraian": SENTENCE.upper().replace("E", "É")}, True),
    "rejected": ({"status": "ditolak"}, False),
}


@pytest.fixture(scope="module")
def case_store(city_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """Open a store that has, for each case, a pair of reports in a week of its own."""
    folder = tmp_path_factory.mktemp("kasus") / "gudang"
    shutil.copytree(city_store, folder)
    lake = open_lake(str(folder))
    lines = []
    for number, (changes, _) in enumerate(CASES.values()):
        usual = dict(changes)
        area, east_m = usual.pop("area", ANGGREK), usual.pop("east_m", None)
        shift = timedelta(days=-14 * number)
        here, row = middle(ANGGREK), {**BASE, "tanggal_kejadian": "2024-11-10", **usual}
        row["tanggal_kejadian"] = (date.fromisoformat(row["tanggal_kejadian"]) + shift).isoformat()
        if area is None:
            row |= {"kode_kelurahan": None, "kelurahan": None, "kecamatan": "Selatan", **SPLIT}
            other = incident(id_sumber=f"b{number}", **row)
        else:
            other = at(area, id_sumber=f"b{number}", **row)
        border = round(here[0] + 0.01, 6)  # half a side east: Anggrek ends here and Bakung begins
        first = {"bujur": border - 0.0001} if east_m else {}
        if east_m:
            other["bujur"] = f"{border - 0.0001 + east_m / 111_150:.6f}"
        day = {"tanggal_kejadian": (DAY + shift).isoformat()}
        lines += [at(ANGGREK, id_sumber=f"a{number}", **{**BASE, **day, **first}), other]
    assert take_in(lake, lines).counts.accepted == len(lines)
    yield lake
    lake.connection.close()


def test_place_and_time_and_kind_and_words_are_all_needed(case_store: Lake) -> None:
    found = proposed(case_store)
    expected = {frozenset((f"a{n}", f"b{n}")) for n, (_, wanted) in enumerate(CASES.values()) if wanted}
    assert {name: frozenset((f"a{n}", f"b{n}")) in found for n, name in enumerate(CASES)} == {
        name: wanted for name, (_, wanted) in CASES.items()
    }
    assert found == expected


def test_without_words_the_confidence_is_lowest(case_store: Lake) -> None:
    pairs = candidates(case_store, REGION_CODE, **SPAN).pairs
    wordless = pairs["similarity"].isna()
    assert wordless.sum() == 2
    assert (pairs.loc[wordless, "confidence"] == LIMITS.confidence_without_text).all()
    assert pairs["confidence"].is_monotonic_decreasing
    assert wordless.tolist()[-2:] == [True, True]


def brute_force(found: pd.DataFrame) -> set[frozenset[str]]:
    """Apply the rule of `lib.reports.events.candidates` to every two reports, one by one."""
    families = {category.code: category.family for category in taxonomy().categories}
    geod = Geod(a=6371008.8, b=6371008.8)

    def words(text: object) -> set[str]:
        split = re.split("[^a-z0-9]+", str(text).lower()) if isinstance(text, str) else []
        return {word for word in split if len(word) > 2 and word not in LIMITS.ignored_words}

    pairs = set()
    for a, b in itertools.combinations(found.itertuples(), 2):
        near = a.area_code is not None and a.area_code == b.area_code
        if {a.precision, b.precision} <= {"titik", "rt"}:
            near |= geod.inv(a.longitude, a.latitude, b.longitude, b.latitude)[2] <= LIMITS.distance_m
        days = abs((a.occurred_on - b.occurred_on).days)
        if isinstance(a.occurred_time, str) and isinstance(b.occurred_time, str):
            moments = [datetime.fromisoformat(f"{x.occurred_on:%Y-%m-%d}T{x.occurred_time}") for x in (a, b)]
            soon = abs(moments[0] - moments[1]) <= timedelta(hours=LIMITS.hours)
        else:
            soon = days <= 1
        same = a.category_code == b.category_code
        left, right = words(a.description), words(b.description)
        if left and right:
            bonus = LIMITS.same_category_bonus if same else 0
            alike = len(left & right) / len(left | right) + bonus >= LIMITS.text_minimum
        else:
            alike = same
        if near and soon and alike and families[a.category_code] == families[b.category_code]:
            pairs.add(frozenset((a.source_id, b.source_id)))
    return pairs


def test_the_search_finds_what_comparing_every_two_finds(city: Lake) -> None:
    rng = random.Random(5)  # noqa: S311 - test data, not a secret
    parts = ("massa", "berkumpul", "kantor", "spanduk", "dirusak", "pasar", "malam", "warga", "jalan", "ribut")
    lines = []
    for number in range(120):
        area = rng.choice(list(AREAS))
        longitude, latitude = middle(area)
        place = {
            "bujur": f"{longitude + rng.uniform(-0.0095, 0.0095):.6f}",
            "lintang": f"{latitude + rng.uniform(-0.0095, 0.0095):.6f}",
        }
        changes = place if rng.random() < 0.8 else SPLIT
        lines.append(
            at(
                area,
                id_sumber=f"R{number}",
                tanggal_kejadian=(DAY + timedelta(days=rng.randrange(8))).isoformat(),
                tanggal_laporan=None,
                jam=rng.choice([None, f"{rng.randrange(24):02}:{rng.randrange(60):02}"]),
                kategori=rng.choice(["KEK", "INT", "PU"]),
                uraian=rng.choice([None, " ".join(rng.sample(parts, 4)), " ".join(rng.sample(parts, 6))]),
                **changes,
            )
        )
    take_in(city, lines)
    everything = queries.incident_rows(city, REGION_CODE, **SPAN)
    expected = brute_force(everything)
    assert len(expected) > 50
    unbounded = replace(LIMITS, most_pairs=10_000)
    assert proposed(city, limits=unbounded) == expected


def test_bounded_work_says_what_was_left_out(lake: Lake) -> None:
    fewer = candidates(lake, REGION_CODE, **SPAN, limits=replace(LIMITS, most_reports=2))
    assert (fewer.report_count, fewer.searched_count) == (4, 2)
    crowded = candidates(lake, REGION_CODE, **SPAN, limits=replace(LIMITS, most_per_block=2))
    # The last two of the area (O, A) and of the cell (A, X); P is left out.
    assert (crowded.report_count, crowded.searched_count) == (4, 3)
    shorter = candidates(lake, REGION_CODE, **SPAN, limits=replace(LIMITS, most_pairs=1))
    assert (shorter.pair_count, len(shorter.pairs)) == (3, 1)
    assert shorter.pairs["confidence"].iloc[0] == candidates(lake, REGION_CODE, **SPAN).pairs["confidence"].max()


def test_a_period_without_reports_has_no_pairs(lake: Lake) -> None:
    empty = candidates(lake, REGION_CODE, as_of=DAY, start=DAY - timedelta(days=9), end=DAY - timedelta(days=3))
    assert (empty.report_count, empty.searched_count, empty.pair_count, len(empty.pairs)) == (0, 0, 0, 0)


# The limits


def test_every_limit_has_author_date_and_reason() -> None:
    assert tuple(judgement.key for judgement in LIMITS.judgements) == judged_keys(Pairing)
    assert (LIMITS.hours, LIMITS.distance_m) == (48, 1000)
    assert all(judgement.author and len(judgement.reason) > 20 for judgement in LIMITS.judgements)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("value = 48", "value = 0", "hours.value"),
        ("[hours]", "[hour]", "hour"),
        ("reason =", "alasan =", "hours.alasan"),
    ],
)
def test_broken_limits_are_refused(tmp_path: Path, old: str, new: str, key: str) -> None:
    file = tmp_path / "pairing.toml"
    file.write_text(PAIRING_FILE.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProfileError, match=f"kunci {re.escape(key)} "):
        pairing(file)
