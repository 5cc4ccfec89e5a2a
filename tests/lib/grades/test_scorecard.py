"""The scorecard of a made-up city: it adds up, says when we are no better, and grades what was frozen."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from data.store.lake import open_lake, utc_now
from lib.analysis.negative_binomial import ranked_probability_score
from lib.grades.model_card import model_card
from lib.grades.scorecard import FROZEN, RECOMPUTED, Ledger, Scorecard, scorecard
from lib.output import model_card_text, scorecard_tables
from lib.region.panels import ALL, load_panels, until_last_report
from lib.rules.regions import calendar
from lib.texts import scorecard as t
from lib.warnings.forecasts import forecasts, publish
from lib.warnings.issue_history import issue_history
from lib.warnings.issues import ALERT, FORECAST, freeze_rows, frozen_rows, issued
from lib.warnings.past_forecasts import earlier_election
from tests.city import ANGGREK, AREAS, ELECTION, FLAMBOYAN, REGION, REGION_CODE
from tests.officers import officer
from tests.reported import DAY, incident, put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from data.store.lake import Lake

VOTE = date(2024, 11, 27)
ISSUED = DAY - timedelta(days=30)


def history(seed: int = 5, days: int = 240) -> list[dict[str, Any]]:
    """Draw incidents; Anggrek bursts from the 70th to the 42nd day before the end, with grave events in it."""
    generator = np.random.default_rng(seed)
    rows = []
    for code in AREAS:
        for ago_days in range(days):
            burst = code == ANGGREK and 42 <= ago_days < 70
            count = int(generator.poisson(0.9 if burst else 0.08))
            rows += [
                incident(code, ago_days, max(ago_days - int(late), 0)) for late in generator.integers(3, size=count)
            ]
    return [*rows, incident(ANGGREK, 50, severity=5), incident(FLAMBOYAN, 45, severity=4)]


def issue_in_time(lake: Lake) -> None:
    """Freeze a forecast in a store that holds no later reports."""
    put(lake, incidents=[row for row in history() if row["reported_on"] <= ISSUED])
    made = forecasts(lake, REGION_CODE, as_of=ISSUED, voting_day=VOTE)
    publish(lake, made, snapshot=1, actor=officer(), issued_on=ISSUED + timedelta(days=1))


def report_the_rest(lake: Lake) -> None:
    """Take in what was reported after the forecast was frozen."""
    rest = [row for row in history() if row["reported_on"] > ISSUED]
    put(lake, incidents=rest, name="B", recorded_at=utc_now())


@pytest.fixture(scope="module")
def reported(city_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """Open a store with reports, a forecast that was frozen in time, and one worked out again."""
    folder = tmp_path_factory.mktemp("rapor") / "gudang"
    shutil.copytree(city_store, folder)
    lake = open_lake(str(folder))
    issue_in_time(lake)
    report_the_rest(lake)
    issue_history(lake, REGION, weeks=2, as_of=DAY, issued_on=DAY, actor=officer())
    yield lake
    lake.connection.close()


@pytest.fixture(scope="module")
def card(reported: Lake) -> Scorecard:
    return scorecard(reported, REGION_CODE, as_of=DAY, election_code=ELECTION)


def test_every_alert_is_counted_once(card: Scorecard) -> None:
    for ledger in (card.replayed, card.frozen, card.issued_late):
        counted = ledger.tally
        assert counted.graded + counted.pending + counted.stated == len(ledger.alerts)
        by_tier = [ledger.of_tier(tier) for tier in ("siaga", "waspada", "kejadian")]
        assert sum(each.right for each in by_tier) == counted.right
        assert 0 <= ledger.unwarned_count <= ledger.grave_count


def test_the_burst_was_found_and_its_grave_event_warned_of(card: Scorecard) -> None:
    events = card.replayed.events
    assert events.loc[events["area_code"] == ANGGREK, "warned"].all()
    assert not events.loc[events["area_code"] == FLAMBOYAN, "warned"].any()
    assert card.replayed.tally.right >= 1
    assert card.base_rate is not None
    assert 0 <= card.base_rate < 0.3


def test_without_a_graded_frozen_alert_the_sentence_speaks_of_the_replay(card: Scorecard) -> None:
    assert card.frozen.tally.graded == 0
    assert card.ledger.source == RECOMPUTED
    text = scorecard_tables.scorecard_text(card)
    counted = card.replayed.tally
    assert text.startswith(f"Dari {counted.graded} peringatan, {counted.right} benar")
    assert "dihitung mundur" in text


def test_a_graded_frozen_alert_takes_over(card: Scorecard) -> None:
    frozen = replace(card.replayed, source=FROZEN)
    assert replace(card, frozen=frozen).ledger is frozen
    assert "diterbitkan dan dibekukan" in " ".join(scorecard_tables.sentences(replace(card, frozen=frozen)))


def test_frozen_forecasts_are_graded_by_hand(reported: Lake, card: Scorecard) -> None:
    graded = card.forecasts[card.forecasts["as_of"] == ISSUED]
    assert graded["due"].all()
    assert not graded["late"].any()
    for row in graded.itertuples():
        came = [
            entry
            for entry in history()
            if ISSUED < entry["occurred_on"] <= ISSUED + timedelta(days=row.horizon_days)
            and entry["reported_on"] <= DAY
        ]
        assert row.observed == len(came)
        said = frozen_rows(reported, REGION_CODE, FORECAST)
        said = said[(said["issue_id"] == row.issue_id) & (said["horizon_days"] == row.horizon_days)]
        said = said[(said["group_code"] == ALL) & said["area_code"].notna()]
        number = [sum(entry["stated_area_code"] == code for entry in came) for code in said["area_code"]]
        score = ranked_probability_score(number, said["mean"].to_numpy(), 1 / said["dispersion"].to_numpy())
        assert row.rps == pytest.approx(float(score.mean()))
        assert row.plain_rps > 0


def test_past_days_worked_out_again_are_apart_and_not_due_ones_ungraded(card: Scorecard) -> None:
    late = card.forecasts[card.forecasts["late"]]
    assert set(late["as_of"]) == {DAY - timedelta(days=7)}
    of_today = card.forecasts[card.forecasts["as_of"] == DAY]
    assert not of_today["due"].any()
    assert of_today["rps"].isna().all()
    assert t.NOT_DUE in set(scorecard_tables.frozen_table(card)["terjadi"])


def test_of_two_issues_in_time_the_last_counts_and_a_late_one_never_replaces_them(
    city_store: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "gudang"
    shutil.copytree(city_store, folder)
    lake = open_lake(str(folder))
    issue_in_time(lake)
    issue = issued(lake, REGION_CODE, FORECAST, ISSUED).iloc[0]
    rows = frozen_rows(lake, REGION_CODE, FORECAST)
    rows = rows[rows["issue_id"] == issue["issue_id"]]
    facts: dict[str, Any] = {
        "as_of": ISSUED,
        "horizon_days": 14,
        "snapshot": 1,
        "weights_digest": "a",
        "method": "uji",
    }
    facts |= {"simulated": False, "actor": officer()}
    first = freeze_rows(lake, REGION_CODE, FORECAST, rows.assign(mean=9.0), issued_on=ISSUED, **facts)
    report_the_rest(lake)
    freeze_rows(lake, REGION_CODE, FORECAST, rows.assign(mean=2.0), issued_on=ISSUED, **facts)
    freeze_rows(lake, REGION_CODE, FORECAST, rows.assign(mean=1.0), issued_on=DAY, **facts)
    found = scorecard(lake, REGION_CODE, as_of=DAY, election_code=ELECTION).forecasts
    lake.connection.close()
    assert set(found.loc[found["as_of"] == ISSUED, "issue_id"]) == {first}


def test_issuing_the_history_again_changes_nothing(reported: Lake) -> None:
    before = len(issued(reported, REGION_CODE, FORECAST))
    assert issue_history(reported, REGION, weeks=2, as_of=DAY, issued_on=DAY, actor=officer("lain")) == 2
    assert len(issued(reported, REGION_CODE, FORECAST)) == before


def test_no_better_means_the_benchmark_first(card: Scorecard) -> None:
    past = card.backtests[7]
    assert past is not None
    for interval, first in (((0.01, 0.1), t.OURS), ((-0.02, 0.05), t.BENCHMARKS["rata8"])):
        changed = replace(
            past, benchmarks={**past.benchmarks, "rata8": replace(past.benchmarks["rata8"], skill_interval=interval)}
        )
        assert scorecard_tables.benchmark_table(changed)["cara"].iloc[0] == first
        line = " ".join(scorecard_tables.forecast_lines(replace(card, backtests={7: changed, 14: None})))
        assert ("tidak lebih baik" in line) == (interval[0] < 0)


def test_the_json_has_no_gaps_that_are_not_null(card: Scorecard) -> None:
    values = json.loads(scorecard_tables.scorecard_json(card), parse_constant=pytest.fail)
    assert values["kalimat"] == scorecard_tables.first_sentence(card)
    assert values["peringatan"]["dihitung_mundur"]["benar"] == card.replayed.tally.right
    assert values["uji_balik"]["7"]["lebih_baik"] == (values["uji_balik"]["7"]["skill_ci"][0] > 0)
    assert len(values["uji_balik"]["7"]["pit"]) == 10


def test_the_total_of_the_city_is_graded_beside_the_areas(card: Scorecard) -> None:
    past = card.city_backtests[7]
    areas = card.backtests[7]
    assert past is not None
    assert areas is not None
    assert past.area_count == 1
    np.testing.assert_array_equal(past.observed, areas.observed)
    values = scorecard_tables.scorecard_values(card)["uji_balik_jumlah"]["7"]
    assert values["cakupan_80"] == pytest.approx(past.coverage[80])
    assert values["hit10"] is None
    figures = scorecard_tables.scorecard_values(card)["jumlah"]
    assert set(figures) == {"skill", "cakupan_50", "cakupan_80", "cakupan_95", "bias"}
    assert figures["cakupan_95"] == pytest.approx(past.coverage[95])
    assert figures["bias"] == pytest.approx(past.expected.sum() / past.observed.sum())
    assert past.expected == pytest.approx(areas.expected)
    text = scorecard_tables.scorecard_text(card)
    assert f"{t.TOTAL}, 7 hari: pada {len(past.origins)} pekan" in text
    assert text.count("Dari 100 kisaran 80% yang jujur") == 1


@pytest.mark.parametrize(
    ("city", "verdict"),
    [(0.64, "terlalu sempit. Jumlah yang"), (0.8, "dari 11 pekan saja, jujur."), (0.9, "lebih lebar dari perlunya.")],
)
def test_the_width_of_intervals_in_words(city: float, verdict: str) -> None:
    said = t.honest_intervals({7: 0.8, 14: 0.78}, {7: city}, 11, tolerance=0.05)
    assert "per wilayah 80 (7 hari) dan 78 (14 hari), jujur;" in said
    assert verdict in said


def test_frozen_totals_are_counted_by_hand(card: Scorecard) -> None:
    due = card.forecasts[card.forecasts["due"]]
    inside = sum(row.region_low_80 <= row.observed <= row.region_high_80 for row in due.itertuples())
    assert scorecard_tables.frozen_line(card).startswith(f"Dari {len(due)} ramalan")
    assert f" {inside} di dalam kisaran 80%" in scorecard_tables.frozen_line(card)
    assert not scorecard_tables.frozen_line(replace(card, forecasts=card.forecasts[~card.forecasts["due"]]))


def test_what_was_missed_is_said_with_what_was_warned_of(card: Scorecard) -> None:
    rises = " ".join(scorecard_tables.missed(replace(card, window_count=73, missed_window_count=66)))
    assert "73 kali jumlah kejadian" in rises
    assert " 7 kali peringatan kami sudah terbit" in rises
    assert "66 kali belum. Jadi kebanyakan" in rises
    assert "kebanyakan" not in " ".join(scorecard_tables.missed(replace(card, window_count=9, missed_window_count=3)))
    assert t.missed_grave(0, 0, days=14) in scorecard_tables.missed(replace(card, replayed=_without_grave(card)))


def _without_grave(card: Scorecard) -> Ledger:
    return replace(card.replayed, events=card.replayed.events.head(0))


def test_an_empty_city_has_an_honest_scorecard(city: Lake) -> None:
    empty = scorecard(city, REGION_CODE, as_of=DAY, election_code=ELECTION)
    text = scorecard_tables.scorecard_text(empty)
    assert t.NO_ALERTS in text
    assert t.TOO_SHORT in text
    assert json.loads(scorecard_tables.scorecard_json(empty))["uji_balik"] == {"7": None, "14": None}
    assert scorecard_tables.alert_table(empty.ledger, {}).empty
    assert model_card_text.card_markdown(model_card(city, empty)).startswith(b"# Kartu model")


def test_the_card_says_what_holds_now(reported: Lake, card: Scorecard) -> None:
    made = model_card(reported, card)
    text = model_card_text.card_markdown(made).decode()
    assert made.weights.digest[:12] in text
    assert made.alerts.digest[:12] in text
    assert scorecard_tables.first_sentence(card) in text
    assert "DATA SIMULASI" not in text
    assert (
        "DATA SIMULASI"
        in model_card_text.card_markdown(replace(made, scorecard=replace(card, simulated=True))).decode()
    )
    assert "IKP" not in text
    values = json.loads(model_card_text.card_json(made))
    assert [part["judul"] for part in values["bagian"]] == [head for head, _ in model_card_text.card_sections(made)]


def test_the_same_days_before_an_earlier_election_are_a_benchmark(city: Lake) -> None:
    """Day d of the graded panel and day d + shift of the earlier one are as far from their voting days."""
    elections = sorted(calendar(REGION_CODE).elections, key=lambda election: election.voting_day)
    old, new = elections[-2:]
    as_of = new.voting_day - timedelta(days=10)
    now = [(as_of - timedelta(days=back)) for back in (0, 30)]
    then = [old.voting_day - timedelta(days=12), old.voting_day - timedelta(days=60)]
    rows = [
        incident(ANGGREK, (DAY - day).days, (DAY - day).days)
        for day in (*now, *then, old.voting_day - timedelta(days=2))
    ]
    put(city, incidents=rows)
    panels = load_panels(city, REGION_CODE, tuple(AREAS), as_of=as_of)
    found = earlier_election(city, panels, calendar(REGION_CODE), new, group_code=ALL)
    assert found is not None
    assert len(found.panel.occurred) == 2
    day_12 = (new.voting_day - timedelta(days=12) - panels.first_on).days
    assert day_12 + found.shift in found.panel.occurred


def test_no_earlier_events_no_benchmark(reported: Lake) -> None:
    panels = load_panels(reported, REGION_CODE, tuple(AREAS), as_of=DAY)
    known = calendar(REGION_CODE)
    assert earlier_election(reported, panels, known, known.election(ELECTION), group_code=ALL) is None
    assert earlier_election(reported, panels, known, None, group_code=ALL) is None


def test_tables_are_words(card: Scorecard) -> None:
    names = {code: name for code, (name, *_) in AREAS.items()}
    listed = scorecard_tables.alert_table(card.replayed, names)
    assert list(listed.columns) == list(t.LIST_COLUMNS)
    assert not isinstance(listed, pd.Series)
    assert {words.split(":")[0] for words in listed["hasil"]} <= set(t.OUTCOMES.values())
    assert list(scorecard_tables.tier_table(card.replayed)["tingkat"]) == ["Siaga", "Waspada"]


def test_history_issued_on_a_later_day_is_all_worked_out_again(city_store: Path, tmp_path: Path) -> None:
    shutil.copytree(city_store, tmp_path / "gudang")
    lake = open_lake(str(tmp_path / "gudang"))
    put(lake, incidents=history(days=100))
    later = DAY + timedelta(days=7)
    assert issue_history(lake, REGION, weeks=1, as_of=DAY, issued_on=later, actor=officer()) == 1
    for kind in (FORECAST, ALERT):
        issues = issued(lake, REGION_CODE, kind)
        assert (issues["as_of"].tolist(), issues["issued_on"].tolist()) == ([DAY], [later])
    lake.connection.close()


def test_days_after_the_last_report_are_not_graded(reported: Lake) -> None:
    later = scorecard(reported, REGION_CODE, as_of=DAY + timedelta(days=70), election_code=ELECTION)
    last = load_panels(reported, REGION_CODE, AREAS, as_of=DAY).last_reported_on
    assert last is not None
    assert later.replayed.last_day is not None
    assert later.replayed.last_day <= last
    assert until_last_report(load_panels(reported, REGION_CODE, AREAS, as_of=later.as_of)).as_of == last
    for past in (*later.backtests.values(), *later.city_backtests.values()):
        assert past is not None
        assert later.first_on + timedelta(days=int(past.origins[-1]) + past.horizon_days - 1) <= last


def test_few_events_are_no_skill() -> None:
    nan = float("nan")
    for text in (
        t.skill_line(7, 12, nan, nan, nan),
        t.city_skill_line(7, 12, nan, nan, nan),
        t.skill_cell(nan, nan, nan),
    ):
        assert "terlalu sedikit kejadian untuk dinilai" in text
