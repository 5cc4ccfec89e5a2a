"""Forecasts of a region: they add up, look at nothing that came later, and never call silence safe."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from data.store.lake import open_lake
from lib.analysis.backtest import backtest
from lib.analysis.features import PARTS
from lib.analysis.plain_forecast import eight_week_mean
from lib.commands.parser import main
from lib.output.forecast_tables import area_table, forecast_table, told_path
from lib.region.areas import load_neighbours
from lib.region.panels import ALL, OUTSIDE, group_names, load_panels
from lib.rules.forecasts import ForecastRules, forecast_rules
from lib.rules.judged import REGIONS_FOLDER, judged_keys, read_judged
from lib.rules.toml import ProfileError
from lib.texts import forecasts as t
from lib.warnings.forecasts import HORIZONS_DAYS, Forecasts, forecasts, publish, weekly_steps
from lib.warnings.issues import FORECAST, broken_issues, frozen_rows, issued
from tests.city import ANGGREK, AREAS, BAKUNG, FLAMBOYAN, REGION_CODE
from tests.officers import officer
from tests.reported import DAY, incident, nil, put
from tests.worlds import from_counts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from data.store.lake import Lake

VOTE = DAY + timedelta(days=17)
RULES = forecast_rules(REGION_CODE)
REPORTING = [code for code in AREAS if code != FLAMBOYAN]


def weeks_of_incidents(seed: int = 7, days: int = 210) -> list[dict[str, Any]]:
    """Draw incidents of five areas, Anggrek with most; Flamboyan is silent."""
    generator = np.random.default_rng(seed)
    rates = dict(zip(REPORTING, (0.5, 0.2, 0.1, 0.1, 0.05), strict=True))
    rows = []
    for code, rate in rates.items():
        for ago_days in np.flatnonzero(generator.random(days) < rate):
            kind = ("KEK", "UJK")[int(generator.random() < 0.3)]
            reported = max(int(ago_days) - int(generator.integers(4)), 0)
            rows.append(incident(code, int(ago_days), reported, category_code=kind))
    return rows


@pytest.fixture(scope="module")
def reported(city_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """Open one store with weeks of incidents, for tests that write nothing but issues."""
    folder = tmp_path_factory.mktemp("ramalan") / "gudang"
    shutil.copytree(city_store, folder)
    lake = open_lake(str(folder))
    put(lake, incidents=weeks_of_incidents())
    yield lake
    lake.connection.close()


@pytest.fixture(scope="module")
def found(reported: Lake) -> Forecasts:
    return made(reported)


def made(lake: Lake, as_of: date = DAY, vote: date = VOTE) -> Forecasts:
    return forecasts(lake, REGION_CODE, as_of=as_of, voting_day=vote)


def test_every_area_group_and_horizon_adds_up(found: Forecasts) -> None:
    assert len(found.areas) == len(AREAS) * 5 * len(HORIZONS_DAYS)
    assert found.areas[list(PARTS)].sum(axis=1).to_numpy() == pytest.approx(found.areas["mean"].to_numpy(), abs=1e-12)
    assert (found.areas["mean"] > 0).all()
    for rows in (found.areas, found.region, found.plain_areas, found.plain_region):
        for inner, outer in ((50, 80), (80, 95)):
            assert (rows[f"low_{outer}"] <= rows[f"low_{inner}"]).all()
            assert (rows[f"high_{inner}"] <= rows[f"high_{outer}"]).all()
        assert rows["probability_any"].between(0, 1).all()
    assert not found.baseline_only


def test_the_region_reaches_voting_day(found: Forecasts) -> None:
    path = found.region[found.region["group_code"] == ALL]
    assert path["horizon_days"].tolist() == [7, 14, 17]
    assert path["mean"].is_monotonic_increasing
    assert found.last_day == VOTE
    assert found.weekly["event_count"].sum() <= sum(
        1 for row in weeks_of_incidents() if row["occurred_on"] > DAY - timedelta(weeks=8)
    )


def test_steps_are_whole_weeks_and_the_last_day() -> None:
    assert weekly_steps(27) == (7, 14, 21, 27)
    assert weekly_steps(28) == (7, 14, 21, 28)
    assert weekly_steps(3) == (3,)
    assert weekly_steps(0) == ()


def test_a_far_voting_day_is_not_reached_and_a_past_one_ends_today(reported: Lake) -> None:
    far = made(reported, vote=DAY + timedelta(days=400))
    assert far.last_day == DAY + timedelta(days=forecast_rules(REGION_CODE).longest_days)
    past = made(reported, vote=DAY - timedelta(days=1))
    assert past.last_day == DAY
    assert past.region.loc[past.region["group_code"] == ALL, "horizon_days"].tolist() == [7, 14]


def test_silence_is_not_safety(found: Forecasts) -> None:
    silent = found.areas[(found.areas["area_code"] == FLAMBOYAN) & (found.areas["group_code"] == ALL)]
    assert not silent["heard"].any()
    assert (silent["mean"] > 0).all()
    assert set(area_table(silent, RULES)["catatan"]) == {t.NEVER_HEARD}
    assert set(area_table(silent, RULES)["kisaran"]) == {t.NEVER_HEARD}


def test_long_after_the_last_report_there_is_no_forecast(reported: Lake) -> None:
    last = made(reported).last_reported_on
    assert last is not None
    days = forecast_rules(REGION_CODE).silence_days
    assert not made(reported, as_of=last + timedelta(days=days - 1)).silent
    late = made(reported, as_of=last + timedelta(days=days), vote=VOTE + timedelta(days=60))
    assert late.silent
    assert late.last_reported_on == last
    assert "tidak berarti aman" in t.silent(last)


def test_without_any_event_there_is_no_forecast_whatever_nil_reports_say(city: Lake) -> None:
    put(city, incidents=[], nils=[nil(6, 0, stated_area_code=FLAMBOYAN)])
    found = made(city)
    assert found.silent
    assert found.last_reported_on is None
    assert "tidak berarti aman" in t.silent(None)


def test_the_commands_say_that_silence_is_no_forecast(
    city: Lake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    put(city, incidents=[incident(ANGGREK, 90)])
    monkeypatch.setenv("PETADINI_LAKE", str(city.folder))
    monkeypatch.setenv("PETADINI_HARI_INI", DAY.isoformat())
    table = tmp_path / "ramalan.csv"
    assert main(["ramalan", "--per", DAY.isoformat(), "--csv", str(table), "--terbitkan"]) == 2
    said = capsys.readouterr().out
    assert "Tidak ada ramalan: laporan terakhir diterima" in said
    assert "diperkirakan" not in said
    assert not table.exists()
    assert issued(city, REGION_CODE, FORECAST).empty
    assert main(["peringatan", "--per", DAY.isoformat()]) == 0
    assert "peringatan tidak dapat mengatakan apa-apa" in capsys.readouterr().out


def test_a_nil_report_is_heard(city: Lake) -> None:
    put(city, incidents=[incident(code, 9) for code in REPORTING], nils=[nil(6, 0, stated_area_code=FLAMBOYAN)])
    found = made(city)
    assert found.areas["heard"].all()


def test_what_comes_later_changes_nothing(city: Lake) -> None:
    """Neither what happened after the day nor what was reported after it."""
    put(city, incidents=weeks_of_incidents())
    before = made(city, as_of=DAY - timedelta(days=21))
    noise = [incident(BAKUNG, ago_days, 0) for ago_days in range(60) for _ in range(2) if ago_days]
    put(city, incidents=noise, name="B")
    after = made(city, as_of=DAY - timedelta(days=21))
    pd.testing.assert_frame_equal(before.areas, after.areas)
    pd.testing.assert_frame_equal(before.region, after.region)


@pytest.mark.parametrize("kind", ["ours", "plain"])
def test_areas_groups_and_region_add_up_exactly(city: Lake, kind: str) -> None:
    """To the last digit that is printed, with a category in no group; 7 and 14 days."""
    rows = weeks_of_incidents()
    put(city, incidents=[*rows, *(incident(ANGGREK, ago, category_code="LAIN") for ago in range(3, 120, 9))])
    found = made(city)
    areas, region = (found.areas, found.region) if kind == "ours" else (found.plain_areas, found.plain_region)
    region = region[region["horizon_days"].isin(HORIZONS_DAYS)]
    assert set(areas["group_code"]) == {*group_names(), OUTSIDE}
    whole = millionths(areas)
    np.testing.assert_allclose(whole, areas["mean"] * 1e6, rtol=1e-12)
    by_area = areas.assign(whole=whole).pivot_table(
        index=["horizon_days", "area_code"], columns="group_code", values="whole"
    )
    np.testing.assert_array_equal(by_area.drop(columns=ALL).sum(axis=1), by_area[ALL])
    keys = ["horizon_days", "group_code"]
    summed = areas.assign(whole=whole).groupby(keys)["whole"].sum()
    of_region = region.assign(whole=millionths(region)).set_index(keys)["whole"]
    assert summed.to_dict() == of_region.to_dict()
    np.testing.assert_allclose(region[list(PARTS)].sum(axis=1), region["mean"], atol=1e-9)
    assert (areas["mean"] > 0).all()
    table = forecast_table(found, 7) if kind == "ours" else None
    if table is not None:
        everywhere = table[table["kelompok"] == ALL]
        of_table = everywhere["perkiraan"].mul(1e6).round().astype(int)
        assert of_table[everywhere["kode"] != "wilayah"].sum() == of_table[everywhere["kode"] == "wilayah"].sum()


def millionths(rows: pd.DataFrame) -> pd.Series[int]:
    return rows["mean"].mul(1e6).round().astype("int64")


def test_the_total_carries_its_own_figures_wherever_it_stands(reported: Lake) -> None:
    neighbours = load_neighbours(reported, REGION_CODE)
    panel = load_panels(reported, REGION_CODE, neighbours.area_codes, as_of=DAY).groups[ALL]
    past = backtest(panel, neighbours.matrix, method=forecast_rules(REGION_CODE).total)
    assert past is not None
    assert past.total is not None
    for skill, verdict in ((0.2, "lebih baik daripada"), (-0.1, "belum terbukti lebih baik")):
        means = {**past.total.benchmarks}
        means["rata8"] = replace(means["rata8"], skill=skill, skill_interval=(skill - 0.1, skill + 0.2))
        total = replace(past.total, benchmarks=means, coverage={50: 0.4, 80: 0.64, 95: 0.9})
        told = t.total_quality(total, plain=False)
        assert verdict in told
        assert "64 dari 100 kali, jadi terlalu sempit" in told
        assert "memuat yang terjadi 64 dari 100 kali" in t.slide_total_quality(total, plain=False)
    plain = t.total_quality(past.total, plain=True)
    assert plain.startswith("Jumlah menurut rata-rata 8 pekan")
    assert f"{round(100 * past.total.plain_coverage[80])} dari 100" in plain


def test_short_history_is_an_average_and_says_so(city: Lake) -> None:
    put(city, incidents=weeks_of_incidents(days=40))
    found = made(city)
    assert found.baseline_only
    assert (found.areas["mean"] == found.areas["baseline"]).all()
    assert area_table(found.areas, RULES)["catatan"].str.contains(t.BASELINE_ONLY).all()


def test_without_any_report_there_is_still_a_forecast(city: Lake) -> None:
    found = made(city)
    assert (found.areas["mean"] > 0).all()
    assert not found.areas["heard"].any()
    assert len(found.weekly) == 0


def test_events_without_an_area_are_counted_but_not_forecast(city: Lake) -> None:
    put(city, incidents=[incident(ANGGREK, 9), incident(None, 3)])
    found = made(city)
    assert found.unplaced_count == 1
    assert found.areas.loc[found.areas["group_code"] == ALL, "known_count"].sum() == len(HORIZONS_DAYS)


def test_publishing_twice_freezes_once_and_what_was_shown(reported: Lake, found: Forecasts) -> None:
    city = reported
    first = publish(city, found, snapshot=3, actor=officer(), issued_on=DAY)
    assert publish(city, found, snapshot=4, actor=officer("lain"), issued_on=DAY) == first
    rows = frozen_rows(city, REGION_CODE, FORECAST)
    assert len(rows) == len(found.areas) + len(found.region)
    assert sorted(rows["mean"]) == sorted([*found.areas["mean"], *found.region["mean"]])
    assert issued(city, REGION_CODE, FORECAST)["horizon_days"].tolist() == [17]
    assert broken_issues(city) == []


def test_the_file_has_the_region_first_and_every_area(found: Forecasts) -> None:
    table = forecast_table(found, 7)
    assert len(table) == 5 * (1 + len(AREAS))
    assert table["kode"].iloc[0] == "wilayah"
    assert set(table["hari"]) == {7}
    assert table.loc[table["kode"] == FLAMBOYAN, "belum_ada_laporan"].tolist() == [1] * 5
    assert table.loc[table["kode"] == ANGGREK, "belum_ada_laporan"].tolist() == [0] * 5


def test_the_plain_forecast_is_the_mean_of_eight_weeks() -> None:
    daily = np.zeros((2, 70), dtype=np.int64)
    daily[0, -56:] = 1
    daily[0, :14] = 5  # older than eight weeks: of no account
    made_of = eight_week_mean(from_counts(daily), horizon_days=7)
    assert made_of.mean == pytest.approx([7.0, 0.05 * 3.5])
    assert made_of.parts.sum(axis=1) == pytest.approx(made_of.mean)


def test_words_follow_the_interval_of_the_skill() -> None:
    better = t.skill_sentence(24, 0.06, 0.04, 0.08)
    assert better.startswith("Pada 24 pekan terakhir yang dapat dinilai, ramalan per wilayah lebih baik daripada")
    assert better.endswith("rata-rata 8 pekan sebesar 6% (4–8%).")
    equal = t.skill_sentence(24, 0.01, -0.02, 0.04)
    assert "tidak lebih baik dari rata-rata 8 pekan" in equal
    assert "angka utama" in equal
    assert "lebih buruk" in t.skill_sentence(24, -0.05, -0.08, -0.02)
    assert "tidak lebih baik" in t.skill_sentence(24, 0.02, 0.0, 0.04)


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "sangat kecil (0%)"),
        (0.19, "kecil (19%)"),
        (0.5, "sama mungkinnya (50%)"),
        (0.8, "besar (80%)"),
        (0.95, "hampir pasti (95%)"),
        (0.999, "hampir pasti (>99%)"),
    ],
)
def test_chances_in_words(probability: float, words: str) -> None:
    assert t.chance(probability) == words


def test_what_rounds_to_nothing_is_not_nothing() -> None:
    assert t.expected(0.01) == "< 0,1"
    assert t.expected(1.25) == "1,2"
    assert t.span(0, 2) == "0–2 kejadian"
    assert t.span(1, 1) == "1 kejadian"


def test_an_interval_that_says_nothing_gives_way_to_words(found: Forecasts) -> None:
    assert [RULES.too_wide(*ends) for ends in ((0, 29), (0, 30), (0, 684), (20, 629), (20, 630))] == [
        False,
        True,
        True,
        False,
        True,
    ]
    path = found.region[found.region["group_code"] == ALL].reset_index(drop=True)
    assert told_path(path, RULES).equals(path)
    far = path.assign(low_80=0, high_80=[5, 684, 20])
    assert told_path(far, RULES)["horizon_days"].tolist() == [7]
    assert told_path(path.assign(low_80=0, high_80=684), RULES).empty
    said = t.path_sentence(DAY + timedelta(days=7), VOTE, 3.0, 0, 5, wide=True)
    assert said.endswith("Sesudah itu jumlahnya belum dapat diramalkan sejauh itu: kisarannya terlalu lebar.")
    assert t.path_too_far(VOTE, VOTE).startswith("Jumlah kejadian sampai hari-H belum dapat diramalkan sejauh itu")
    wide = found.areas.head(1).assign(low_80=0, high_80=684)
    assert area_table(wide, RULES)["kisaran"].tolist() == ["belum dapat diramalkan sejauh itu"]
    for told in (
        t.headline(14, 90.0, 0, 684, kind="kota", group=None, wide=True),
        t.slide_headline(14, 90.0, 0, 684, kind="kota", wide=True),
    ):
        assert "belum dapat diramalkan sejauh itu" in told
        assert "684" not in told


def test_every_judgement_has_author_date_and_reason() -> None:
    rules = forecast_rules("nasional")
    assert {entry.key for entry in rules.judgements} == set(judged_keys(ForecastRules))
    assert all(entry.author and entry.reason for entry in rules.judgements)


def test_a_wrong_file_of_judgements_is_refused(tmp_path: Path) -> None:
    text = (REGIONS_FOLDER / "nasional" / "forecasts.toml").read_text(encoding="utf-8")
    file = tmp_path / "forecasts.toml"
    for wrong in (
        text.replace("[0.8, 1.25]", "[0.8]"),
        text.replace("[hit_days]", "[hit_dayz]"),
        text.replace("value = 0.05", "value = 0.9"),
    ):
        assert wrong != text
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(ProfileError):
            read_judged(ForecastRules, file)
