"""The alerts of a day: tiers, families, events, keys, and nothing that a day could not know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.output.alert_tables import trend_values
from lib.records import Hearing, TrendRow, records
from lib.region.panels import Panels, group_names, panels_of
from lib.rules.alerts import FILE_NAME, AlertRules, alert_rules
from lib.rules.completeness import completeness_rules
from lib.rules.judged import NATIONAL, REGIONS_FOLDER, judged_keys, read_judged
from lib.rules.toml import ProfileError
from lib.texts.alerts import (
    counted,
    none_now,
    odds,
    slide_lead,
    slide_line,
    slide_trend,
    summary_line,
    tiers,
    trend_line,
)
from lib.warnings.alerts import COLUMNS, EVENT, SIAGA, TIERS, WASPADA, alerts_of_day, find_alerts, load_alerts, places
from tests.city import AREAS, REGION_CODE
from tests.reported import DAY, incident, put

if TYPE_CHECKING:
    from pathlib import Path

    from data.store.lake import Lake

CODES = tuple(AREAS)
TODAY = date(2026, 10, 29)
WEEKS = 40
RULES = alert_rules(NATIONAL)


def event(area: str | None, age: int, category: str = "KEK", number: int = 1, **changes: Any) -> dict[str, Any]:
    day = pd.Timestamp(TODAY - timedelta(days=age))
    row = {"area_code": area, "district_code": None, "category_code": category, "severity": 3}
    row |= {
        "verification": "masuk",
        "source_name": "Polsek",
        "other_source": "Warga",
        "occurred_on": day,
        "reported_on": day,
    }
    return row | {"incident_count": number} | changes


def quiet_city() -> list[dict[str, Any]]:
    """One incident of each of two groups a week in every area, each area on its own day of the week."""
    return [
        event(code, 7 * week + (place % 7), category)
        for week in range(WEEKS)
        for place, code in enumerate(CODES)
        for category in ("KEK", "HOAKS")
    ]


def frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows).astype({"occurred_on": "datetime64[s]", "reported_on": "datetime64[s]"})


def of_day(rows: list[dict[str, Any]], as_of: date = TODAY) -> tuple[Panels, pd.DataFrame]:
    table = frame(rows)
    known = table[table["reported_on"] <= pd.Timestamp(as_of)]
    return panels_of(known, CODES, as_of=as_of), known


def test_a_quiet_city_has_no_alert() -> None:
    panels, rows = of_day(quiet_city())
    day = alerts_of_day(panels, rows)
    assert day.alerts.empty
    assert list(day.alerts.columns) == list(COLUMNS)
    assert day.enough_history
    assert day.baseline_weeks == 26
    assert day.tested_count == len(CODES) * len(group_names())


def test_an_outbreak_is_siaga_in_its_group_and_in_all() -> None:
    panels, rows = of_day([*quiet_city(), event(CODES[2], 3, number=16)])
    found = find_alerts(panels, rows)
    own = found[found["area_code"] == CODES[2]]
    assert set(own["group_code"]) == {"semua", "K"}
    assert set(own["tier"]) == {SIAGA}
    assert set(found["area_code"].dropna()) == {CODES[2]}
    first = own[own["group_code"] == "K"].iloc[0]
    assert first["alert_key"] == f"{CODES[2]}/K/{TODAY.isoformat()}"
    assert first["first_on"] == TODAY
    assert first["window_days"] in {7, 14, 28}
    assert first["observed"] >= 16
    assert first["expected"] < 5


@pytest.mark.parametrize(
    ("changes", "tier"),
    [
        ({"other_source": None}, WASPADA),
        ({"source_name": " POLSEK ", "other_source": "polsek"}, WASPADA),
        ({"source_name": None, "other_source": None}, WASPADA),
        ({"other_source": "Warga"}, SIAGA),
        ({"other_source": None, "verification": "terverifikasi"}, SIAGA),
    ],
)
def test_unchecked_reports_of_one_source_alone_give_no_siaga(changes: dict[str, Any], tier: str) -> None:
    usual = [row | {"other_source": None} for row in quiet_city()]
    panels, rows = of_day([*usual, event(CODES[2], 3, number=16) | changes])
    day = alerts_of_day(panels, rows)
    own = day.alerts[day.alerts["area_code"] == CODES[2]]
    assert set(own["tier"]) == {tier}
    rumoured = set(zip(day.rumoured["area_code"], day.rumoured["group_code"], strict=True))
    assert rumoured == ({(CODES[2], "semua"), (CODES[2], "K")} if tier == WASPADA else set())
    assert set(find_alerts(panels)["tier"]) == {SIAGA}  # who does not know the reports doubts none


def test_what_stands_behind_a_siaga_lies_in_its_window_and_its_group() -> None:
    usual = [row | {"other_source": None} for row in quiet_city()]
    crowd = event(CODES[2], 3, number=16) | {"other_source": None}
    other_group = event(CODES[2], 2, "HOAKS") | {"verification": "terverifikasi"}
    panels, rows = of_day([*usual, crowd, other_group])
    tiers = find_alerts(panels, rows).set_index(["area_code", "group_code"])["tier"]
    assert tiers[CODES[2], "K"] == WASPADA
    assert tiers[CODES[2], "semua"] == SIAGA
    old = event(CODES[2], 60) | {"verification": "terverifikasi"}
    panels, rows = of_day([*usual, crowd, old])
    assert SIAGA not in set(find_alerts(panels, rows)["tier"])


@pytest.mark.parametrize(
    ("observed", "expected", "verdict"),
    [
        (56, 195.0, "Jauh di bawah biasanya; laporan terakhir 5 November 2024: 56 kejadian dalam 28 hari"),
        (2, 5.0, "Jauh di bawah biasanya; laporan terakhir 5 November 2024: "),
        (0, 4.9, "Dalam batas kebetulan: "),
        (5, 10.0, "Dalam batas kebetulan: "),
    ],
)
def test_far_below_the_usual_is_not_chance(observed: int, expected: float, verdict: str) -> None:
    row = TrendRow("semua", 28, observed, expected, raised=False)
    low = completeness_rules(NATIONAL).far_below(observed, expected)
    assert trend_line(row, date(2024, 11, 5), low=low).startswith(verdict)
    assert trend_line(replace(row, raised=True), date(2024, 11, 5), unheard=True).startswith("Di atas biasanya: ")


def test_a_rise_of_all_areas_is_a_trend_and_no_alert() -> None:
    panels, rows = of_day([*quiet_city(), *(event(code, 2, number=3) for code in CODES)])
    day = alerts_of_day(panels, rows)
    assert day.alerts.empty
    trends = {trend.group_code: trend for trend in records(day.trends, TrendRow)}
    assert set(trends) == set(group_names())
    assert {code for code, trend in trends.items() if trend.raised} == {"semua", "K"}
    assert trends["K"].observed >= 3 * len(CODES)
    assert trends["K"].observed > 1.5 * trends["K"].expected
    assert places(day.alerts) == {}
    assert trend_line(trends["K"]).startswith("Di atas biasanya: ")
    assert trend_line(trends["L"]) == "Dalam batas kebetulan: 0 kejadian dalam 7 hari, biasanya kurang dari 0,1"
    told = trend_line(trends["L"], date(2024, 11, 5), unheard=True)
    assert told.startswith("Tidak dapat dinilai; laporan terakhir 5 November 2024: 0 kejadian dalam 7 hari")
    raised = [(name, trends[code]) for code, name in group_names().items() if trends[code].raised]
    assert slide_trend(raised, "kota").startswith("Tren kota di atas biasanya: Semua kategori (")
    assert slide_trend([], "kota") == ""
    assert [row["di_atas_biasanya"] for row in trend_values(day.trends)].count(True) == 2


def test_mere_growth_is_a_trend_in_most_weeks_and_siaga_in_none() -> None:
    """Growth by a twentieth a week, in every area alike."""
    generator = np.random.default_rng(11)
    rows = [
        event(code, age)
        for code in CODES
        for age in range(210)
        for _ in range(generator.poisson(0.35 * 1.05 ** (-age / 7)))
    ]
    days = [TODAY - timedelta(days=7 * back) for back in range(6)]
    raised, siaga = 0, 0
    for day in days:
        known = [row for row in rows if row["reported_on"] <= pd.Timestamp(day)]
        found = alerts_of_day(*of_day(known, day))
        raised += bool(found.trends["raised"].any())
        siaga += int((found.alerts["tier"] == SIAGA).sum())
    assert raised >= 4
    assert siaga == 0


def test_alerts_are_counted_in_places() -> None:
    """Eight series of two kelurahan are two places; one with both tiers counts for the graver."""
    rows = [(code, tier) for code in CODES[:2] for tier in (SIAGA, SIAGA, WASPADA, WASPADA)]
    rows += [(CODES[2], WASPADA), (CODES[0], EVENT), (None, EVENT), (None, EVENT), (None, "tren")]
    found = places(pd.DataFrame(rows, columns=["area_code", "tier"]))
    assert found == {EVENT: 2, SIAGA: 2, WASPADA: 1}
    told = tiers(found, 3, "kelurahan", "kota")
    assert told == "Kejadian berat di 2 kelurahan, Siaga di 2 kelurahan, Waspada di 1 kelurahan dan tren kota"
    assert tiers({SIAGA: 2}, 1, "kelurahan", "kota") == "Siaga di 2 kelurahan dan tren kota"
    assert tiers({}, 0, "kelurahan", "kota") == ""


def test_what_siaga_and_waspada_mean() -> None:
    generator = np.random.default_rng(3)
    rows = [
        event(code, int(age), category)
        for code in CODES
        for category in ("KEK", "HOAKS", "LOG")
        for age in generator.integers(0, 280, 60)
    ]
    rows.append(event(CODES[0], 1, number=6))
    panels, table = of_day(rows)
    strict = replace(RULES, siaga_false_share=1e-6)
    lax = replace(RULES, siaga_false_share=0.5, waspada_probability=0.2)
    few, many = find_alerts(panels, table, strict), find_alerts(panels, table, lax)
    assert set(few["alert_key"]) <= set(many["alert_key"])
    assert (few["probability"] < RULES.waspada_probability).all()
    assert SIAGA not in set(few["tier"])
    assert SIAGA in set(many["tier"])
    assert many["tier"].map(TIERS.index).is_monotonic_increasing
    siaga = many[(many["tier"] == SIAGA) & many["area_code"].notna()]["probability"]
    waspada = many[(many["tier"] == WASPADA) & many["area_code"].notna()]["probability"]
    assert siaga.max() <= waspada.min()


@pytest.mark.parametrize("verification", ["terverifikasi", "ditangani", "selesai"])
def test_a_verified_event_of_the_highest_severity_always_shows(verification: str) -> None:
    panels, rows = of_day([event(CODES[1], 6, severity=5, verification=verification)])
    day = alerts_of_day(panels, rows)
    assert not day.enough_history
    assert day.baseline_weeks == 0
    alert = day.alerts.iloc[0]
    assert len(day.alerts) == 1
    assert alert["tier"] == EVENT
    assert alert["first_on"] == TODAY - timedelta(days=6)
    assert alert["alert_key"] == f"{CODES[1]}/K-kejadian/2026-10-23"
    assert (alert["observed"], alert["window_days"]) == (1, 7)
    assert np.isnan(alert["probability"])


@pytest.mark.parametrize(
    "changes",
    [
        {"severity": 4},
        {"verification": "masuk"},
        {"verification": "ditolak"},
        {"age": 7},
        {"age": 40, "reported_on": pd.Timestamp(TODAY)},
        {"reported_on": pd.Timestamp(TODAY) + timedelta(days=1)},
    ],
    ids=["less severe", "unverified", "rejected", "older", "an old survey", "not yet reported"],
)
def test_other_events_are_none(changes: dict[str, Any]) -> None:
    facts = {"age": 2, "severity": 5, "verification": "terverifikasi"} | changes
    table = frame([event(CODES[1], facts.pop("age"), **facts)])
    panels = panels_of(table[table["reported_on"] <= pd.Timestamp(TODAY)], CODES, as_of=TODAY)
    assert find_alerts(panels, table).empty


def test_events_reported_late_without_a_place_and_outside_every_group_show_too() -> None:
    grave = {"severity": 5, "verification": "terverifikasi"}
    late = event(None, 12, reported_on=pd.Timestamp(TODAY), **grave)
    other = event(CODES[4], 0, "LAIN", number=2, **grave)
    panels, rows = of_day([late, other])
    found = find_alerts(panels, rows).set_index("alert_key")
    assert set(found.index) == {"wilayah/K-kejadian/2026-10-17", f"{CODES[4]}/--kejadian/2026-10-29"}
    assert found["observed"].tolist() == [2, 1] or found["observed"].tolist() == [1, 2]


def test_a_short_history_is_no_alarm_and_says_so() -> None:
    panels, rows = of_day([event(CODES[0], age) for age in range(60)] + [event(CODES[0], 0, number=90)])
    day = alerts_of_day(panels, rows)
    assert day.alerts.empty
    assert not day.enough_history
    assert day.baseline_weeks == 6
    assert day.tested_count == 0


def test_no_area_and_no_event() -> None:
    empty = frame([event(None, 0)]).head(0)
    assert find_alerts(panels_of(empty, CODES, as_of=TODAY), empty).empty
    assert find_alerts(panels_of(empty, (), as_of=TODAY)).empty


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_what_comes_after_the_day_changes_nothing(seed: int) -> None:
    """A day is asked again after noise was reported later, of days before as well as after it."""
    generator = np.random.default_rng(seed)
    base = [*quiet_city(), event(CODES[2], 12, number=14)]
    as_of = TODAY - timedelta(days=10)
    noise = []
    for _ in range(30):
        reported = int(generator.integers(-5, 10))
        age = reported + int(generator.integers(0, 200))
        late = pd.Timestamp(TODAY) - timedelta(days=reported)
        noise.append(event(str(generator.choice(CODES)), age, number=9, reported_on=late, severity=5))
    before, after = (find_alerts(*of_day(rows, as_of)) for rows in (base, base + noise))
    assert not before.empty
    pd.testing.assert_frame_equal(before, after)


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(random: Any) -> None:
    rows = [*quiet_city(), event(CODES[2], 3, number=16), event(CODES[1], 2, severity=5, verification="selesai")]
    shuffled = random.sample(rows, len(rows))
    plain, turned = (find_alerts(*of_day(some)) for some in (rows, shuffled))
    pd.testing.assert_frame_equal(plain, turned)


def test_alerts_come_out_of_the_store(city: Lake) -> None:
    usual = [incident(code, 7 * week + 1) for week in range(30) for code in AREAS for _ in range(2)]
    put(city, incidents=[*usual, *(incident(CODES[3], 2) for _ in range(14))])
    day = load_alerts(city, REGION_CODE, as_of=DAY)
    assert day.as_of == DAY
    assert (CODES[3], "K", SIAGA) in set(
        day.alerts[["area_code", "group_code", "tier"]].itertuples(index=False, name=None)
    )


def test_the_rules_of_the_project_are_read_with_their_reasons() -> None:
    assert RULES.windows_weeks == (1, 2, 4)
    assert {entry.key for entry in RULES.judgements} == set(judged_keys(AlertRules))
    assert all(entry.author and entry.reason for entry in RULES.judgements)
    assert alert_rules("99.71").digest == RULES.digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value = 2\n", "value = 1\n"),
        ("[1, 2, 4]", "[1, 1.5]"),
        ("[hold_days]", "[tahan]"),
        ("value = 0.01", "value = 0.9"),
    ],
    ids=["a single incident", "half weeks", "unknown", "too lax"],
)
def test_rules_that_make_no_sense_are_refused(tmp_path: Path, old: str, new: str) -> None:
    text = (REGIONS_FOLDER / NATIONAL / FILE_NAME).read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / FILE_NAME
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ProfileError):
        read_judged(AlertRules, file)


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0025, "kira-kira 1 dari 400 kali"),
        (0.0056, "kira-kira 1 dari 180 kali"),
        (0.000181, "kira-kira 1 dari 6.000 kali"),
        (1e-22, "kurang dari 1 dari sejuta kali"),
        (0.0, "kurang dari 1 dari sejuta kali"),
    ],
)
def test_chance_in_words(probability: float, words: str) -> None:
    assert odds(probability) == f"kebetulan sebesar ini terjadi {words}"


def test_a_slide_says_an_alert_in_one_sentence() -> None:
    risen = SimpleNamespace(tier=SIAGA, observed=7, window_days=14, expected=1.23, probability=1 / 4480)
    assert slide_line(risen, "Konflik") == (
        "Konflik: 7 kejadian dalam 14 hari, biasanya sekitar 1,2 · kebetulan seperti ini 1 dari 4.000"
    )
    grave = SimpleNamespace(tier=EVENT, observed=1, first_on=date(2026, 10, 14))
    assert slide_line(grave, "Konflik") == "Konflik: satu kejadian terberat, terverifikasi, 14 Oktober 2026"


def test_no_alert_is_never_said_to_be_safety() -> None:
    words = "kelurahan", "kota"
    assert slide_lead({}, 0, 0, *words) == "tidak ada yang menunggu jawaban"
    lead = slide_lead({SIAGA: 2, EVENT: 1}, 0, 3, *words)
    assert lead == "Kejadian berat di 1 kelurahan dan Siaga di 2 kelurahan · 3 kelurahan menunggu jawaban"
    heard = Hearing(42, 0, 0)
    for enough_history in (True, False):
        line = summary_line({}, 0, 0, *words, hearing=heard, enough_history=enough_history)
        assert line.endswith("Itu bukan berarti aman.")
    line = summary_line({}, 1, 2, *words, hearing=heard, enough_history=True)
    assert line.endswith("aman. Ada tren kota. · 2 kelurahan menunggu jawaban")


@pytest.mark.parametrize(
    ("hearing", "told"),
    [
        (Hearing(42, 0, 0), "tidak ada peringatan"),
        (Hearing(42, 3, 0), "dari 42 kelurahan, 3 tidak terdengar; di kelurahan lain tidak ada peringatan"),
        (
            Hearing(42, 3, 7),
            "dari 42 kelurahan, 3 tidak terdengar dan 7 belum ada laporannya; di kelurahan lain tidak ada peringatan",
        ),
        (
            Hearing(42, 40, 2),
            "peringatan tidak dapat dinilai: dari 42 kelurahan, 40 tidak terdengar dan 2 belum ada laporannya",
        ),
    ],
)
def test_where_nobody_is_heard_no_alert_is_no_news(hearing: Hearing, told: str) -> None:
    words = {}, 0, date(2024, 11, 5), "kelurahan", "kota"
    assert counted(*words, hearing=hearing, enough_history=True) == f"5 November 2024: {told}."
    assert counted(*words, hearing=hearing, enough_history=False) == (
        "5 November 2024: belum dapat memperingatkan: riwayat laporan terlalu pendek."
    )
    assert none_now(hearing, "kelurahan", enough_history=True) == (
        f"{told[0].upper()}{told[1:]}. Itu bukan berarti aman."
    )


def test_the_count_of_alerts_says_who_is_not_heard_too() -> None:
    words = {SIAGA: 2}, 0, date(2024, 11, 5), "kelurahan", "kota"
    assert counted(*words, hearing=Hearing(42, 0, 0), enough_history=True) == "5 November 2024: Siaga di 2 kelurahan."
    assert counted(*words, hearing=Hearing(42, 0, 1), enough_history=True) == (
        "5 November 2024: Siaga di 2 kelurahan; dari 42 kelurahan, 1 belum ada laporannya."
    )
