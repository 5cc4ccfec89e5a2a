"""Judged areas over a real store: by hand, without looking ahead, and silent where nothing was reported."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from data.store.lake import Lake, open_lake, snapshot_id
from lib.records import DataState
from lib.region.data_state import data_state
from lib.rules.taxonomy import taxonomy
from lib.score import answers, frozen_scale
from lib.score.answers import COMPONENT_PARTS, PIECES, assess_areas
from lib.score.frozen_scale import FrozenScale
from lib.score.inputs import fetch_inputs
from lib.score.question import default_as_of, default_filters
from tests.city import AREAS, ELECTION, REGION_CODE, at, incident, station
from tests.officers import officer
from tests.scored import (
    ANGGREK,
    BAKUNG,
    CEMPAKA,
    COUNTS,
    DAHLIA,
    DAY,
    EDELWEIS,
    FLAMBOYAN,
    PRIOR_PRESSURE,
    SCHEME,
    TODAY,
    by_hand,
    incident_points,
    judged,
    make_reported_store,
    question,
    reports,
    take_in,
    take_in_stations,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FAMILIES = [f"bagian_{family.code}" for family in taxonomy().families]


@pytest.fixture(scope="module")
def reported_store(city_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_reported_store(city_store, tmp_path_factory.mktemp("laporan"))


@pytest.fixture(scope="module")
def asked(reported_store: Path) -> Iterator[Lake]:
    """Open the store with the reports, for reading only."""
    lake = open_lake(str(reported_store))
    yield lake
    lake.connection.close()


@pytest.fixture
def reported(reported_store: Path, open_copy: Callable[[Path], Lake]) -> Lake:
    """Open a copy of the store with the reports, to add more."""
    return open_copy(reported_store)


# By hand


def test_scores_by_hand(asked: Lake) -> None:
    areas = judged(asked)
    expected = [by_hand(code) if count else np.nan for code, count in COUNTS.items()]
    assert areas["score"].to_numpy() == pytest.approx(expected, rel=1e-12, nan_ok=True)
    assert areas.loc[CEMPAKA, "incident"] == pytest.approx(50)
    assert areas.loc[EDELWEIS, "score"] == pytest.approx(0.3 * 50 + 0.4 * 50 + 0.15 * 50)  # its neighbours' mean is 4
    assert areas["class_index"].tolist() == [-1, 2, 2, 3, 2, 2]
    assert areas["incident_count"].tolist() == list(COUNTS.values())
    assert areas["verified_count"].tolist() == list(COUNTS.values())
    assert not areas[["siaga", "severe", "unverified", "thin"]].any(axis=None)


def test_an_area_without_a_report_has_no_score_and_no_parts(asked: Lake) -> None:
    row = judged(asked).loc[ANGGREK]
    assert np.isnan(row["score"])
    assert row[[*COMPONENT_PARTS, "bagian_dasar", *FAMILIES]].isna().all()
    assert pd.isna(row["rank"])
    assert (row["unclassed"], row["completeness"]) == ("diam", pytest.approx(0.15))  # its neighbours alone are known
    assert (row["class_index"], row["incident_count"], row["station_count"]) == (-1, 0, 1)
    assert pd.isna(row["top_family"])


def test_parts_add_up_and_name_the_family(asked: Lake) -> None:
    areas = judged(asked).drop(index=ANGGREK)
    total = areas[list(PIECES)].sum(axis=1).to_numpy()
    assert total == pytest.approx(areas["score"].to_numpy(), abs=1e-9)
    pieces = areas[["bagian_dasar", *FAMILIES]].sum(axis=1).to_numpy()
    assert pieces == pytest.approx(areas["bagian_kejadian"].to_numpy(), abs=1e-9)
    prior = PRIOR_PRESSURE / (PRIOR_PRESSURE + 4 * 10)
    assert areas.loc[DAHLIA, "bagian_dasar"] == pytest.approx(prior * incident_points(10))
    assert areas.loc[DAHLIA, "bagian_kekerasan"] == pytest.approx((1 - prior) * incident_points(10))
    assert set(areas["top_family"]) == {"kekerasan"}


def test_ranking_leaves_out_silent_areas_and_breaks_ties_by_code(asked: Lake) -> None:
    ranked = assess_areas(asked, question(asked)).ranked
    assert ranked["area_code"].tolist() == [DAHLIA, EDELWEIS, CEMPAKA, FLAMBOYAN, BAKUNG]
    assert ranked["rank"].tolist() == [1, 2, 3, 3, 5]  # Cempaka and Flamboyan are alike, and share their ranks
    assert ranked["rank_last"].tolist() == [1, 2, 4, 4, 5]


def test_districts_choose_rows_and_change_no_score(asked: Lake) -> None:
    chosen = judged(asked, district_codes=("19.99.02",))
    assert list(chosen.index) == [DAHLIA, EDELWEIS, FLAMBOYAN]
    assert chosen["score"].tolist() == judged(asked).loc[chosen.index, "score"].tolist()


def test_pressure_halves_in_a_half_life_and_ends_with_the_window(asked: Lake) -> None:
    later = DAY + timedelta(days=int(SCHEME.half_life_days))
    row = judged(asked, later).loc[DAHLIA]
    assert row["score"] == pytest.approx(by_hand(DAHLIA, {code: count / 2 for code, count in COUNTS.items()}))
    assert (row["recent_count"], row["earlier_count"]) == (0, 10)
    last = DAY + timedelta(days=SCHEME.window_days - 1)
    assert judged(asked, last).loc[DAHLIA, "incident_count"] == 10
    after = judged(asked, last + timedelta(days=1))
    assert (after["class_index"] == -1).all()
    assert after["score"].isna().all()


def test_nothing_reported_yet_is_no_score(city: Lake) -> None:
    result = assess_areas(city, question(city))
    assert result.scale.frozen_on is None
    assert result.areas["score"].isna().all()
    assert (result.areas["class_index"] == -1).all()
    assert result.ranked.empty
    assert result.state.incident_count == 0


def test_first_reports_are_scored_on_the_provisional_scale(city: Lake) -> None:
    prior_exposure, reference = SCHEME.provisional_scale
    take_in(city, [*reports(BAKUNG, 1), *reports(CEMPAKA, 3), *reports(DAHLIA, 3, status="masuk")])
    areas = judged(city)
    theta = np.array([4, 12, 0.4 * 12]) / (prior_exposure + 1)
    assert areas.loc[[BAKUNG, CEMPAKA, DAHLIA], "incident"].tolist() == pytest.approx(
        list(100 * (1 - 2 ** (-theta / reference)))
    )
    assert areas.loc[CEMPAKA, "incident"] == pytest.approx(50)  # what the reason in the weights says
    assert (areas["bagian_dasar"].fillna(0) == 0).all()  # nobody is lifted by others


# What is known on a day


def later_noise(count: int) -> list[dict[str, str]]:
    """Make reports of events before DAY that came in more than three days after it."""
    random_ = random.Random(5)  # noqa: S311  no secret
    return [
        at(
            random_.choice(list(AREAS)),
            id_sumber=f"N-{n}",
            tanggal_kejadian=DAY - timedelta(days=random_.randrange(60)),
            tanggal_laporan=DAY + timedelta(days=4 + random_.randrange(20)),
            keparahan=random_.randint(1, 5),
            kategori=random_.choice(["KEK", "PU", "HOAKS", "APK"]),
        )
        for n in range(count)
    ]


def test_what_is_reported_later_changes_no_earlier_day(reported: Lake) -> None:
    days = [DAY, DAY + timedelta(days=3)]
    before = [judged(reported, day) for day in days]
    take_in(reported, later_noise(20))
    for day, known in zip(days, before, strict=True):
        pd.testing.assert_frame_equal(judged(reported, day), known)
    later = judged(reported, DAY + timedelta(days=30))
    assert later["incident_count"].sum() == sum(COUNTS.values()) + 20


def test_what_is_reported_later_changes_no_earlier_day_of_a_young_store(city: Lake) -> None:
    take_in(city, reports(DAHLIA, 3))
    before = judged(city)
    take_in(city, later_noise(20))  # fewer than freeze the scale
    pd.testing.assert_frame_equal(judged(city), before)


def test_once_frozen_the_scale_does_not_move_with_the_data(reported: Lake) -> None:
    before = assess_areas(reported, question(reported))
    assert before.scale == frozen_scale.frozen_scale(reported, REGION_CODE, SCHEME)
    take_in(reported, reports(ANGGREK, 8, tanggal_laporan=DAY + timedelta(days=1)))
    pd.testing.assert_frame_equal(assess_areas(reported, question(reported)).areas, before.areas)
    after = judged(reported, DAY + timedelta(days=1))
    others = [code for code in AREAS if code != ANGGREK]
    # A day older, and louder next door: the new reports lower nobody.
    decay = 2 ** (-1 / SCHEME.half_life_days)
    day_older = {code: decay * count for code, count in COUNTS.items()} | {ANGGREK: decay * 8}
    for code in AREAS:
        assert after.loc[code, "score"] == pytest.approx(by_hand(code, day_older))
    assert (after.loc[others, "score"] >= [by_hand(code, day_older | {ANGGREK: 0}) for code in others]).all()


def test_the_scale_is_frozen_when_there_are_enough_reports(city: Lake) -> None:
    later = DAY + timedelta(days=2)
    take_in(city, reports(ANGGREK, SCHEME.freeze_minimum_incidents - 1, "A"))
    assert frozen_scale.frozen_scale(city, REGION_CODE, SCHEME) is None
    take_in(city, reports(BAKUNG, 1, "B", tanggal_laporan=later))
    frozen = frozen_scale.frozen_scale(city, REGION_CODE, SCHEME)
    assert frozen is not None
    assert frozen.frozen_on == later
    take_in(city, reports(BAKUNG, 1, "C", tanggal_laporan=later + timedelta(days=1)))
    assert frozen_scale.frozen_scale(city, REGION_CODE, SCHEME) == frozen
    other = replace(SCHEME, half_life_days=14.0)
    assert frozen_scale.frozen_scale(city, REGION_CODE, other) is None
    again = frozen_scale.freeze(city, REGION_CODE, SCHEME, as_of=DAY, actor=officer(), reason="ditinjau")
    assert again is not None
    assert frozen_scale.frozen_scale(city, REGION_CODE, SCHEME) == FrozenScale(again.scale, DAY) != frozen


def test_a_narrower_question_changes_no_scale(asked: Lake) -> None:
    standard = assess_areas(asked, question(asked))
    narrower = assess_areas(asked, question(asked, start=DAY, categories=("KEK",), district_codes=("19.99.01",)))
    assert narrower.scale == standard.scale
    assert narrower.areas["score"].tolist() == pytest.approx(standard.areas["score"].tolist()[:3], nan_ok=True)


# What counts


def test_rejected_reports_do_not_count_unless_asked_for(reported: Lake) -> None:
    before = judged(reported)
    take_in(reported, reports(ANGGREK, 3, status="ditolak"))
    pd.testing.assert_frame_equal(judged(reported), before)
    rejected = judged(reported, verifications=("ditolak",))
    assert rejected["incident_count"].tolist() == [3, 0, 0, 0, 0, 0]
    assert rejected["score"].tolist() == pytest.approx(before["score"].tolist(), nan_ok=True)
    both = judged(reported, verifications=("ditolak", "terverifikasi"))
    assert both["incident_count"].tolist() == [3, 2, 4, 10, 4, 4]


def test_unverified_reports_of_one_source_weigh_less_and_never_reach_the_high_classes(reported: Lake) -> None:
    loud = COUNTS | {ANGGREK: 0.4 * 100, BAKUNG: 32, DAHLIA: 40}
    take_in(reported, [*reports(BAKUNG, 30, "B"), *reports(DAHLIA, 30, "D")])
    take_in(reported, reports(ANGGREK, 100, "M", status="masuk"))
    row = judged(reported).loc[ANGGREK]
    full = by_hand(ANGGREK, loud)
    assert full > SCHEME.class_cuts[-1]
    assert row["score"] == pytest.approx(SCHEME.class_cuts[2] - 0.1)
    assert row["bagian_belum_diperiksa"] == pytest.approx(row["score"] - full)
    assert (row["class_index"], row["unverified"], row["verified_count"]) == (2, True, 0)
    assert (row["carrier_kind"], row["carrier_count"], row["carrier_total"]) == ("sehari", 100, 100)
    take_in(reported, reports(ANGGREK, 1, "W", status="masuk", sumber="Kader PKK"))
    row = judged(reported).loc[ANGGREK]
    assert (row["class_index"], row["unverified"], row["bagian_belum_diperiksa"]) == (4, False, 0)


def test_one_verified_event_stands_behind_the_reports_of_its_area(reported: Lake) -> None:
    take_in(reported, reports(ANGGREK, 100, "M", status="masuk"))
    assert judged(reported).loc[ANGGREK, "class_index"] == 2
    take_in(reported, reports(ANGGREK, 1, "V", keparahan=1))
    row = judged(reported).loc[ANGGREK]
    assert (row["class_index"], row["unverified"], row["verified_count"]) == (3, False, 1)


def test_no_filter_makes_silence_or_moves_a_class(reported: Lake) -> None:
    take_in(reported, [*reports(DAHLIA, 3, "P", kategori="HOAKS"), *reports(ANGGREK, 2, "A", kategori="APK")])
    assert taxonomy().category("APK").group not in SCHEME.category_groups_in_score
    everything = judged(reported)
    assert everything["incident_count"].tolist() == [2, 2, 4, 13, 4, 4]
    assert everything.loc[DAHLIA, "score"] == pytest.approx(by_hand(DAHLIA, COUNTS | {DAHLIA: 13}))
    shown_only = by_hand(ANGGREK, COUNTS | {DAHLIA: 13})
    assert everything.loc[ANGGREK, "score"] == pytest.approx(shown_only)  # does not raise the score
    assert pd.isna(everything.loc[ANGGREK, "top_family"])
    counts = [
        "incident_count",
        "verified_count",
        "recent_count",
        "earlier_count",
        "last_occurred_on",
        "last_category",
    ]
    asked: list[tuple[dict[str, Any], list[int]]] = [
        ({"categories": ("HOAKS",)}, [0, 0, 0, 3, 0, 0]),
        ({"verifications": ("masuk",)}, [0] * 6),
        ({"start": DAY, "categories": ("APK",)}, [2, 0, 0, 0, 0, 0]),
    ]
    for changes, expected in asked:
        narrower = judged(reported, **changes)
        assert narrower["incident_count"].tolist() == expected
        pd.testing.assert_frame_equal(narrower.drop(columns=counts), everything.drop(columns=counts))
    one = judged(reported, district_codes=("19.99.02",))
    pd.testing.assert_frame_equal(one, everything.loc[one.index])  # the rank, too, is that in the region


def test_the_first_day_of_a_period_moves_no_class(reported: Lake) -> None:
    day = DAY + timedelta(days=10)
    usual, short = judged(reported, day), judged(reported, day, start=day)
    assert short["incident_count"].tolist() == [0] * 6
    assert short["score"].tolist() == pytest.approx(usual["score"].tolist(), nan_ok=True)
    assert short["unclassed"].tolist() == usual["unclassed"].tolist() == ["diam", *[""] * 5]


def test_what_is_known_to_a_kecamatan_counts_for_no_area(reported: Lake) -> None:
    before = judged(reported)
    nowhere = {"kode_kelurahan": None, "kelurahan": None}
    take_in(
        reported,
        [
            incident(id_sumber="D", tanggal_kejadian=DAY, tanggal_laporan=DAY, **nowhere),
            at(ANGGREK, id_sumber="E", tanggal_kejadian=DAY, tanggal_laporan=DAY, presisi="kecamatan"),
        ],
    )
    pd.testing.assert_frame_equal(judged(reported), before)
    rows = answers.incidents(reported, question(reported)).set_index("source_id")
    assert rows.loc[["D", "E"], "area_code"].isna().all()
    assert rows.loc[["D", "E"], "district_code"].tolist() == ["19.99.01"] * 2


def test_an_area_of_four_times_the_voters_needs_twice_the_reports(city: Lake) -> None:
    voters = {ANGGREK: ("240", "240"), BAKUNG: ("60", "60")}
    tps = [
        station(kode_kelurahan=code, kelurahan=AREAS[code][0], dpt_l=men, dpt_p=women)
        for code, (men, women) in voters.items()
    ]
    take_in_stations(city, tps)
    take_in(city, [*reports(ANGGREK, 4), *reports(BAKUNG, 2), *reports(DAHLIA, 1)])
    result = assess_areas(city, question(city))
    exposure = np.sqrt(np.array([480, 120]) / 300)
    assert exposure[0] == 2 * exposure[1]
    prior_exposure, reference = SCHEME.provisional_scale
    theta = np.array([16, 8]) / (prior_exposure + exposure)
    assert result.areas["incident"].tolist()[:2] == pytest.approx(list(100 * (1 - 2 ** (-theta / reference))))
    assert result.areas["voter_count"].isna().tolist() == [False, False, True, True, True, True]


# Lists beside the map


def test_daily_counts_and_lists_follow_the_question(reported: Lake) -> None:
    take_in(
        reported,
        [
            *reports(ANGGREK, 1, "A", status="ditolak"),
            *reports(DAHLIA, 2, "H", kategori="HOAKS", tanggal_kejadian=DAY - timedelta(days=1)),
        ],
    )
    asked = question(reported)
    daily = answers.daily_counts(fetch_inputs(reported, asked), asked)
    table = daily.set_index(["occurred_on", "district_code", "family"])["incident_count"]
    yesterday, day = pd.Timestamp(DAY - timedelta(days=1)), pd.Timestamp(DAY)
    assert table.to_dict() == {
        (yesterday, "19.99.02", "narasi"): 2,
        (day, "19.99.01", "kekerasan"): 6,
        (day, "19.99.02", "kekerasan"): 18,
    }
    south = question(reported, district_codes=("19.99.02",), categories=("HOAKS",))
    assert answers.daily_counts(fetch_inputs(reported, south), south)["incident_count"].tolist() == [2]
    assert answers.incidents(reported, asked)["area_code"].value_counts().to_dict() == {
        code: count + 2 * (code == DAHLIA) for code, count in COUNTS.items() if count
    }
    assert len(answers.incidents(reported, south)) == 2
    assert len(answers.stations(reported, asked)) == 6
    assert answers.stations(reported, south)["area_code"].tolist() == [DAHLIA, EDELWEIS, FLAMBOYAN]


def test_the_state_of_the_data(asked: Lake) -> None:
    state = data_state(asked, REGION_CODE)
    assert (state.incident_count, state.area_count, state.without_polygon_count) == (24, 6, 0)
    assert (state.first_occurred_on, state.last_reported_on) == (DAY, DAY)
    assert not state.simulated
    assert state.recorded_at is not None
    assert state.recorded_at.utcoffset() == timedelta(hours=7)
    assert abs(datetime.now(state.recorded_at.tzinfo) - state.recorded_at) < timedelta(hours=1)


def state(last: date | None) -> DataState:
    return DataState(0, None, last, None, simulated=False, area_count=0, without_polygon_count=0)


@pytest.mark.parametrize(
    ("last", "chosen"),
    [
        (None, TODAY),
        (TODAY, TODAY),
        (TODAY - timedelta(days=60), TODAY),
        (TODAY - timedelta(days=61), TODAY - timedelta(days=61)),
        (TODAY + timedelta(days=1), TODAY + timedelta(days=1)),
    ],
)
def test_old_data_are_looked_back_at(last: date | None, chosen: date) -> None:
    assert default_as_of(state(last), TODAY) == chosen


def test_the_standard_question(asked: Lake) -> None:
    filters = default_filters(asked, REGION_CODE, as_of=DAY)
    assert (filters.snapshot, filters.election_code, filters.end) == (snapshot_id(asked), ELECTION, DAY)
    assert filters.days == SCHEME.window_days
    assert hash(filters) == hash(replace(filters))
    with pytest.raises(ValueError, match="ends before"):
        replace(filters, end=filters.start - timedelta(days=1))
