"""Rates, Gi* and local Moran against esda and hand reckonings; how often a map without a pattern lights up."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
import shapely
from esda.getisord import G_Local
from esda.moran import Moran_Local
from esda.smoothing import Empirical_Bayes
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.graph import Graph
from scipy.sparse import csr_array

from geo.neighbours import contiguity
from lib.analysis.hotspots import (
    COLD,
    HIGH_HIGH,
    HIGH_LOW,
    HOT,
    LEFT_OUT,
    LOW_HIGH,
    NOT_SIGNIFICANT,
    held_in,
    hot_areas,
    local_test,
    permutation_tails,
    smoothed_rates,
)
from lib.commands import hotspots as hotspot_commands
from lib.intake.rows import RowImport, import_rows
from lib.output.hotspot_layers import RATES, UNRATED, outline_layer, rate_class, rate_layer
from lib.output.hotspot_tables import hotspot_csv, hotspot_table
from lib.region.areas import load_neighbours
from lib.rules.hotspots import HotspotRules, hotspot_rules
from lib.rules.judged import REGIONS_FOLDER, read_judged
from lib.rules.toml import ProfileError
from lib.score.hotspots import Hotspots, find_hotspots, lone_areas
from lib.score.question import default_filters
from lib.texts import hotspots as t
from tests.city import ANGGREK, AREAS, BAKUNG, CEMPAKA, ELECTION, REGION, REGION_CODE, at, station, write_csv
from tests.officers import officer

if TYPE_CHECKING:
    from pathlib import Path

    from data.store.lake import Lake

RULES = hotspot_rules(REGION_CODE)
OPTIONS: dict[str, Any] = {"permutations": 999, "false_discovery_rate": 0.1, "seed": 1}


def board(side: int) -> csr_array:
    """Give the neighbours of a chessboard's squares, corners included."""
    column, row = np.meshgrid(np.arange(side), np.arange(side))
    return contiguity(np.asarray(shapely.box(column, row, column + 1, row + 1)).ravel(), tolerance_m=0)


BOARD = board(14)


def voters(random: np.random.Generator, count: int) -> np.ndarray:
    return np.exp(random.normal(np.log(8000), 0.6, count))


# Rates ---------------------------------------------------------------------------------------------------------


def test_smoothing_by_hand() -> None:
    # m = 30/3000 = .01; s2 = (1000 * .01**2 + 0 + 1000 * .01**2) / 3000 - .01 / 1000 = .0000566..
    rates = smoothed_rates([0, 10, 20], [1000, 1000, 1000])
    weight = (0.2 / 3000 - 1e-5) / (0.2 / 3000 - 1e-5 + 1e-5)
    assert rates.overall == pytest.approx(0.01)
    assert rates.raw.tolist() == pytest.approx([0, 0.01, 0.02])
    assert rates.smoothed.tolist() == pytest.approx([0.01 - weight * 0.01, 0.01, 0.01 + weight * 0.01])


def test_smoothing_equals_esda_where_areas_differ() -> None:
    random = np.random.default_rng(0)
    exposure = voters(random, 80)
    events = random.poisson(exposure / 8000 * random.gamma(0.5, 20, 80))
    assert smoothed_rates(events, exposure).smoothed == pytest.approx(Empirical_Bayes(events, exposure).r.ravel())


def test_no_difference_no_events_and_ties() -> None:
    same = smoothed_rates([2, 2, 2], [100, 100, 100])
    assert same.smoothed.tolist() == pytest.approx([0.02] * 3)
    assert smoothed_rates([0, 0], [10, 20]).smoothed.tolist() == [0, 0]
    tied = smoothed_rates([5, 5, 0, 0], [100, 100, 100, 100]).smoothed
    assert tied[0] == tied[1]
    assert tied[2] == tied[3]


def test_areas_without_voters_have_no_rate_and_count_for_nothing() -> None:
    with_gap = smoothed_rates([9, 1, 7, 3], [np.nan, 100, 0, 200])
    assert np.isnan(with_gap.smoothed).tolist() == [True, False, True, False]
    assert with_gap.overall == pytest.approx(4 / 300)
    assert np.isnan(smoothed_rates([1], [np.nan]).overall)


@pytest.mark.parametrize(("events", "exposure"), [([-1], [1]), ([1], [-1]), ([1, 2], [1])])
def test_what_cannot_be_is_refused(events: list[float], exposure: list[float]) -> None:
    with pytest.raises(ValueError, match="exposure"):
        smoothed_rates(events, exposure)


@given(
    st.lists(st.tuples(st.integers(0, 50), st.floats(1, 1e5)), min_size=2, max_size=30),
    st.sampled_from([0.0, 0.5, 1.0, 10.0]),
)
def test_a_smoothed_rate_lies_between_its_own_and_the_overall_rate(rows: list[Any], least: float) -> None:
    events, exposure = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    rates = smoothed_rates(events, exposure, least_prior_events=least)
    slack = 1e-9 * (1 + rates.raw.max())
    assert (rates.smoothed >= 0).all()
    assert (rates.smoothed >= np.minimum(rates.raw, rates.overall) - slack).all()
    assert (rates.smoothed <= np.maximum(rates.raw, rates.overall) + slack).all()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(300, 20_000)), min_size=18, max_size=60))
def test_one_event_among_300_voters_never_tops_twenty_among_12_000(others: list[tuple[int, int]]) -> None:
    events, exposure = (np.array(column) for column in zip(*others, strict=True))
    most = exposure // 1100  # so that the whole city mostly stays at or below one event for 1,000 voters
    rates = smoothed_rates(
        np.r_[1, 20, np.minimum(events, most)],
        np.r_[300, 12_000, exposure],
        least_prior_events=RULES.least_prior_events,
    )
    if rates.overall <= 0.001:
        assert rates.smoothed[0] <= rates.smoothed[1] + 1e-15  # equal where the areas differ by chance only


def test_without_a_floor_one_exploding_area_would_let_it() -> None:
    events, exposure = np.r_[1, 20, 300, np.zeros(40)], np.r_[300, 12_000, 3000, np.full(40, 8000)]
    bare = smoothed_rates(events, exposure).smoothed
    kept = smoothed_rates(events, exposure, least_prior_events=1).smoothed
    assert bare[0] > bare[1]
    assert kept[0] < kept[1]


# The test ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def patterned() -> np.ndarray:
    random = np.random.default_rng(5)
    values = random.gamma(4, 1, 196)
    values[[30, 31, 44, 45, 46, 58]] *= 4
    return values


def test_both_statistics_are_those_of_esda(patterned: np.ndarray) -> None:
    graph = Graph.from_sparse(BOARD.tocoo())
    found = local_test(patterned, BOARD, **OPTIONS)
    assert found.z == pytest.approx(G_Local(patterned, graph, star=True, transform="B", permutations=0).Zs)
    assert found.moran == pytest.approx(Moran_Local(patterned, graph, permutations=0).Is)


def test_gi_star_by_hand() -> None:
    # Four areas in a row, values 0, 0, 3, 3: mean 1.5, s 1.5. Area 3 and its neighbour hold 6, 3 are expected,
    # sqrt((4 * 2 - 2**2) / 3) = 1.1547.
    row = csr_array(np.eye(4, k=1) + np.eye(4, k=-1))
    found = local_test([0.0, 0.0, 3.0, 3.0], row, **OPTIONS)
    assert found.z[3] == pytest.approx((6 - 3) / (1.5 * 1.1547005), abs=1e-6)
    assert found.p[3] == pytest.approx(2 / 6, abs=0.06)  # one of six pairs holds 6; two-sided


@pytest.mark.filterwarnings("ignore:The alternative hypothesis:DeprecationWarning")
def test_neighbours_p_agree_with_the_conditional_permutation_of_esda(patterned: np.ndarray) -> None:
    graph = Graph.from_sparse(BOARD.tocoo())
    lags = Moran_Local(patterned, graph, permutations=4999, seed=3, keep_simulations=True)
    own = patterned - patterned.mean()
    high = ((lags.rlisas >= lags.Is[:, None]).sum(axis=1) + 1) / 5000
    low = ((lags.rlisas <= lags.Is[:, None]).sum(axis=1) + 1) / 5000
    tails = permutation_tails(patterned, BOARD, permutations=4999, seed=1)
    assert np.where(own > 0, high, low) == pytest.approx(tails.neighbours_high, abs=0.035)
    assert np.where(own > 0, low, high) == pytest.approx(tails.neighbours_low, abs=0.035)


def test_p_of_a_small_map_by_counting_all_arrangements() -> None:
    # Values 1 to 5 on a row: the middle area and its two neighbours hold 9; of the 10 triples 9 or more: 6.
    row = csr_array(np.eye(5, k=1) + np.eye(5, k=-1))
    tails = permutation_tails([1.0, 2.0, 3.0, 4.0, 5.0], row, permutations=40_000, seed=1)
    assert tails.high[2] == pytest.approx(0.6, abs=0.01)
    assert tails.low[2] == pytest.approx(0.6, abs=0.01)
    # Its neighbours hold 6; of the 6 pairs of the others 3, 5, 6, 6, 7, 9 four reach 6.
    assert tails.neighbours_high[2] == pytest.approx(4 / 6, abs=0.01)


def test_numbering_the_areas_otherwise_changes_no_p_beyond_chance(patterned: np.ndarray) -> None:
    order = np.random.default_rng(1).permutation(196)
    one = local_test(patterned, BOARD, permutations=9999, false_discovery_rate=0.1, seed=1)
    other = local_test(patterned[order], BOARD[order][:, order], permutations=9999, false_discovery_rate=0.1, seed=1)
    assert other.z == pytest.approx(one.z[order])
    assert other.p == pytest.approx(one.p[order], abs=0.05)
    clear = np.abs(one.p_adjusted[order] - 0.1) > 0.03
    assert (other.hot == one.hot[order])[clear].all()


def test_a_cluster_is_hot_a_hole_is_cold_and_the_words_of_moran_fit(patterned: np.ndarray) -> None:
    values = patterned.copy()
    values[45] = 0.1
    hole = [150, 151, 152, 164, 165, 166, 178, 179, 180]
    values[hole] = 0.05
    found = local_test(values, BOARD, permutations=9999, false_discovery_rate=0.1, seed=1)
    assert found.hot[44] == HOT
    assert found.moran_class[44] == HIGH_HIGH
    assert found.moran_class[45] == LOW_HIGH
    assert found.hot[165] == COLD
    values[165] = 30.0
    assert local_test(values, BOARD, permutations=9999, false_discovery_rate=0.1, seed=1).moran_class[165] == HIGH_LOW
    assert (hot_areas(values, BOARD, **OPTIONS) == (local_test(values, BOARD, **OPTIONS).hot == HOT)).all()


def test_islands_and_missing_values_are_left_out_and_do_not_disturb(patterned: np.ndarray) -> None:
    apart = csr_array(np.pad(BOARD.toarray(), (0, 2)))
    values = np.r_[patterned, 99.0, np.nan]
    found = local_test(values, apart, **OPTIONS)
    alone = local_test(patterned, BOARD, **OPTIONS)
    assert found.hot[-2:].tolist() == [LEFT_OUT, LEFT_OUT]
    assert np.isnan(found.p[-2:]).all()
    assert found.z[:-2] == pytest.approx(alone.z)
    assert found.p[:-2] == pytest.approx(alone.p)
    holed = patterned.copy()
    holed[0] = np.nan
    assert local_test(holed, BOARD, **OPTIONS).hot[0] == LEFT_OUT
    assert set(local_test(np.full(196, np.nan), BOARD, **OPTIONS).hot) == {LEFT_OUT}


def test_equal_values_are_nothing_special_and_shapes_must_fit() -> None:
    found = local_test(np.full(196, 2.5), BOARD, **OPTIONS)
    assert set(found.hot) == set(found.moran_class) == {NOT_SIGNIFICANT}
    assert (found.p == 1).all()
    assert (found.z == 0).all()
    with pytest.raises(ValueError, match="fit"):
        local_test([1.0, 2.0], BOARD, **OPTIONS)


def test_a_fence_lowers_only_what_stands_far_above_and_keeps_the_order() -> None:
    values = np.r_[np.arange(20.0), 1000.0, np.nan]
    held = held_in(values, fence=3)
    assert held[:20].tolist() == list(range(20))
    assert 19 < held[20] < 100
    assert np.isnan(held[21])
    assert held_in([1.0, 1.0, 1.0, 9.0], fence=3).tolist() == [1, 1, 1, 9]  # without a spread there is no fence
    assert np.isnan(held_in([np.nan], fence=3)).all()


@pytest.mark.parametrize("mean", [1, 5])
def test_on_200_random_maps_at_most_5_percent_show_a_hot_spot(mean: int) -> None:
    random = np.random.default_rng(mean)
    lit = 0
    for _ in range(200):
        exposure = voters(random, 196)
        rates = smoothed_rates(random.poisson(mean * exposure / exposure.mean()), exposure, least_prior_events=1)
        if np.ptp(rates.smoothed) > 1e-12:
            values = held_in(rates.smoothed, fence=RULES.outlier_fence)
            options = {"false_discovery_rate": RULES.false_discovery_rate, "seed": RULES.seed}
            lit += hot_areas(values, BOARD, permutations=RULES.permutations, **options).any()
    assert lit <= 10


def test_a_true_cluster_is_seen_even_beside_an_exploding_area() -> None:
    seen = 0
    for seed in range(20):
        random = np.random.default_rng(seed)
        exposure = voters(random, 196)
        expected = 5 * exposure / exposure.mean()
        expected[[44, 45, 46, 58, 59]] *= 4
        expected[180] *= 15
        rates = smoothed_rates(random.poisson(expected), exposure, least_prior_events=1)
        seen += hot_areas(held_in(rates.smoothed, fence=3), BOARD, **OPTIONS | {"permutations": 9999})[[45, 58]].any()
    assert seen >= 18


# A city ----------------------------------------------------------------------------------------------------------

LAST = date(2024, 11, 20)


@pytest.fixture
def reported(city: Lake, tmp_path: Path) -> Lake:
    rows = [
        at(ANGGREK, id_sumber=f"A-{n}", tanggal_kejadian=str(LAST - timedelta(days=n)), tanggal_laporan=str(LAST))
        for n in range(20)
    ]
    stations = [station(no_tps=f"{n:03d}") for n in range(1, 4)]
    stations += [station(kode_kelurahan=BAKUNG, kelurahan="Bakung", no_tps="001")]
    for kind, lines in (("incident", rows), ("station", stations)):
        file = write_csv(tmp_path / f"{kind}.csv", lines)
        import_rows(RowImport(city, REGION, file, kind=kind, today=LAST), actor=officer())
    return city


def question(lake: Lake) -> Any:
    return default_filters(lake, REGION_CODE, as_of=LAST, election_code=ELECTION)


def relaxed(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    """Let the small city be tested: rules are data."""
    monkeypatch.setattr("lib.score.hotspots.hotspot_rules", lambda _code: replace(RULES, **changes))


def test_neighbours_of_the_city_are_those_of_its_six_squares(city: Lake) -> None:
    found = load_neighbours(city, REGION_CODE)
    assert found.area_codes == tuple(sorted(found.area_codes))
    assert np.diff(found.matrix.indptr).tolist() == [3, 5, 3, 3, 5, 3]
    assert (found.islands, found.without_polygon) == ((), ())


def test_too_few_areas_are_refused_in_a_sentence_but_rates_stay(reported: Lake) -> None:
    found = find_hotspots(reported, question(reported))
    assert found.refusal is not None
    assert found.refusal.code == "few_areas"
    sentence = t.refusal(found.refusal.code, found.refusal.facts, "kelurahan")
    assert re.fullmatch(r"Titik panas tidak dihitung: hanya \d kelurahan .* 20 .*\.", sentence)
    areas = found.areas.set_index("area_code")
    assert areas.loc[ANGGREK, "event_count"] == 20
    assert areas.loc[ANGGREK, "rate_raw"] == pytest.approx(20 / (3 * 491) * 1000)
    assert np.isnan(areas.loc[CEMPAKA, "rate_raw"])
    assert set(found.areas["hot"]) == {LEFT_OUT}
    assert not found.areas["stable"].any()


def test_too_few_events_are_refused_by_the_window_chosen(reported: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    for least, days, count in ((21, 28, 20), (15, 14, 14)):
        relaxed(monkeypatch, least_areas=2, least_events=least)
        found = find_hotspots(reported, question(reported), days=days)
        assert found.refusal is not None
        assert (found.refusal.code, found.refusal.facts["count"]) == ("few_events", count)
        assert (found.days, found.start) == (days, LAST - timedelta(days=days - 1))


def test_without_voters_there_are_no_rates(city: Lake) -> None:
    found = find_hotspots(city, question(city))
    assert found.refusal is not None
    assert found.refusal.code == "no_voters"
    assert "DPT" in t.refusal("no_voters", {}, "kelurahan")
    assert rate_class(np.nan, 1.0) is UNRATED


def test_an_area_far_above_that_is_not_hot_is_told_as_standing_alone(reported: Lake) -> None:
    found = find_hotspots(reported, question(reported))
    rates = [1.0, 1.2, 1.4, 1.6, 9.0, np.nan]

    def alone(hot: list[str], classes: list[str]) -> list[str]:
        areas = found.areas.assign(rate_smoothed=rates, hot=hot, moran_class=classes)
        return [str(code) for code in lone_areas(replace(found, areas=areas))["area_code"]]

    codes, plain = found.areas["area_code"].tolist(), [NOT_SIGNIFICANT] * 6
    assert alone(plain, plain) == [codes[4]]
    assert alone([*plain[:4], HOT, LEFT_OUT], plain) == []
    assert alone(plain, [NOT_SIGNIFICANT, HIGH_LOW, *plain[2:]]) == [codes[4], codes[1]]
    assert alone([LEFT_OUT] * 6, [LEFT_OUT] * 6) == []
    told = t.lone_sentence(events=73, days=28, smoothed=13.88, overall=1.54, z=2.4)
    assert "9,0 kali laju daerah" in told


def test_what_was_reported_later_changes_nothing(reported: Lake, tmp_path: Path) -> None:
    before = find_hotspots(reported, question(reported))
    rows = [at(CEMPAKA, id_sumber=f"B-{n}", tanggal_laporan=str(LAST + timedelta(days=1))) for n in range(30)]
    file = write_csv(tmp_path / "later.csv", rows)
    import_rows(RowImport(reported, REGION, file, kind="incident", today=LAST + timedelta(days=2)), actor=officer())
    after = find_hotspots(reported, question(reported))
    pd.testing.assert_frame_equal(pd.DataFrame(before.areas), pd.DataFrame(after.areas))


def test_the_file_says_what_is_simulated_by_which_rules_and_why_nothing_was_tested(reported: Lake) -> None:
    found = find_hotspots(reported, question(reported))
    real, simulated = (hotspot_table(replace_simulated(found, simulated=flag)) for flag in (False, True))
    assert "penanda" not in real
    assert set(simulated["penanda"]) == {"DATA SIMULASI"}
    assert set(real["aturan"]) == {RULES.short_digest}
    assert real["catatan"].str.contains("tidak dihitung").all()
    lines = hotspot_csv(found).decode().splitlines()
    assert len(lines) == 7
    assert lines[1].startswith(f"{ANGGREK},Anggrek,Utara,20,1473,")


def replace_simulated(found: Hotspots, *, simulated: bool) -> Hotspots:
    return replace(found, simulated=simulated)


def test_a_city_that_is_tested_has_a_class_for_every_area_a_grid_and_a_cluster(
    reported: Lake, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    others = [code for code in AREAS if code not in {ANGGREK, BAKUNG}]
    stations = [station(kode_kelurahan=code, kelurahan=AREAS[code][0], kecamatan=AREAS[code][1]) for code in others]
    old = [
        at(code, id_sumber=f"{code}-{n}", tanggal_kejadian=str(LAST - timedelta(days=40 + 7 * n)))
        for code in others
        for n in range(4)
    ]
    for kind, lines in (("incident", old), ("station", stations)):
        file = write_csv(tmp_path / f"more-{kind}.csv", lines)
        import_rows(RowImport(reported, REGION, file, kind=kind, today=LAST), actor=officer())
    relaxed(monkeypatch, least_areas=6, least_events=10, least_points=10, scan_probability=0.5)
    found = find_hotspots(reported, question(reported))
    areas = found.areas.set_index("area_code")
    assert (found.refusal, found.grid.refusal) == (None, None)
    assert set(areas["hot"]) <= {HOT, COLD, NOT_SIGNIFICANT}
    graph = Graph.from_sparse(found.neighbours.matrix.tocoo())
    rates = held_in(areas["rate_smoothed"].to_numpy(), fence=RULES.outlier_fence)
    corners = [0, 2, 3, 5]  # the two in the middle border on all others: nothing to compare with
    with np.errstate(all="ignore"):
        theirs = G_Local(rates, graph, star=True, transform="B", permutations=0).Zs
    assert areas["gi_z"].to_numpy()[corners] == pytest.approx(theirs[corners])
    assert areas["gi_z"].to_numpy()[[1, 4]].tolist() == [0, 0]
    assert areas["rate_smoothed"].idxmax() == ANGGREK
    assert found.cluster is not None
    assert found.cluster.area_codes == (ANGGREK,)
    assert found.cluster.observed == 20
    assert found.cluster.significant
    assert areas.index[areas["in_cluster"]].tolist() == [ANGGREK]
    assert found.grid.point_count == 20
    in_district = replace(question(reported), district_codes=("19.99.02",))
    elsewhere = find_hotspots(reported, in_district)
    pd.testing.assert_series_equal(elsewhere.areas["gi_p"], found.areas["gi_p"])
    assert len(rate_layer(elsewhere)["features"]) == 3


def test_the_layers_hold_every_area_and_escape_names(reported: Lake) -> None:
    found = find_hotspots(reported, question(reported))
    found.areas.loc[0, "area_name"] = "<b>{{ 1 }}"
    layer = rate_layer(found)
    assert len(layer["features"]) == 6
    assert "<b>{{" not in layer["features"][0]["properties"]["detail"]
    assert outline_layer(found, HOT)["features"] == []
    assert [rate_class(rate, 2.0).index for rate in (0, 0.99, 1, 2, 4, 8)] == [0, 0, 1, 2, 3, 4]
    assert rate_class(0.0, 0.0) is RATES[0]


def test_the_command_writes_the_file_and_says_why(
    reported: Lake, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = SimpleNamespace(today=LAST, actor=officer())
    monkeypatch.setattr(hotspot_commands, "open_store", lambda: (reported, chosen))
    arguments: Any = SimpleNamespace(wilayah=REGION_CODE, per=LAST, csv=tmp_path / "panas.csv")
    assert hotspot_commands.hotspots(arguments) == 0
    assert (tmp_path / "panas.csv").read_text(encoding="utf-8").startswith("kode,nama,kecamatan,kejadian,dpt")
    assert "Titik panas tidak dihitung" in capsys.readouterr().out


# Rules -----------------------------------------------------------------------------------------------------------


def test_every_number_has_an_author_and_a_reason_and_faults_are_refused(tmp_path: Path) -> None:
    assert all(judgement.author and judgement.reason for judgement in RULES.judgements)
    text = (REGIONS_FOLDER / "nasional" / "hotspots.toml").read_text(encoding="utf-8")
    for wrong in (
        text.replace("value = [28, 14, 56]", "value = [28, 14.5]"),
        text.replace("value = 9999", "value = 9"),
        text + "\n[lain]\nvalue = 1\n",
    ):
        file = tmp_path / "hotspots.toml"
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(ProfileError):
            read_judged(HotspotRules, file)


def test_the_digest_follows_the_values_not_the_reasons(tmp_path: Path) -> None:
    file = tmp_path / "hotspots.toml"
    text = (REGIONS_FOLDER / "nasional" / "hotspots.toml").read_text(encoding="utf-8")
    file.write_text(text.replace("Batas luar Tukey.", "Tukey."), encoding="utf-8")
    assert read_judged(HotspotRules, file).digest == RULES.digest
    file.write_text(text.replace("value = 20241127", "value = 1"), encoding="utf-8")
    assert read_judged(HotspotRules, file).digest != RULES.digest
