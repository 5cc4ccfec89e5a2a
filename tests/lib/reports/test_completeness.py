"""Completeness over a real store: who reported, who is awaited, who fell silent, and what the map makes of it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from data.store.lake import Lake, write
from lib.output.completeness_charts import matrix_html
from lib.output.completeness_tables import area_table, delay_table, matrix_csv, source_table
from lib.reports import completeness as reports
from lib.reports.delays import JUDGED, OWN
from lib.reports.matrix import area_weeks
from lib.rules.regions import weights
from lib.texts import completeness as t
from tests.city import ANGGREK, AREAS, BAKUNG, CEMPAKA, DAHLIA, EDELWEIS, FLAMBOYAN, REGION_CODE
from tests.reported import DAY, Row, ago, incident, nil, put

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from lib.reports.completeness import Completeness

NORTH = "19.99.01"


def judged(lake: Lake, day: date = DAY) -> Completeness:
    return reports.completeness(lake, REGION_CODE, as_of=day)


def cell(found: Completeness, area: str, weeks_back: int, source: str) -> tuple[int, int, bool, bool]:
    matrix = found.matrix
    end = pd.Timestamp(found.as_of - timedelta(weeks=weeks_back))
    keys = (matrix["area_code"] == area) & (matrix["week_end"] == end) & (matrix["source_name"] == source)
    row = matrix[keys].iloc[0]
    return int(row["incident_count"]), int(row["nil_count"]), bool(row["expected"]), bool(row["received"])


def silence(table: pd.DataFrame, key: str) -> pd.Series[Any]:
    return table.set_index(table.columns[0]).loc[key]


# The matrix


def test_matrix_by_hand(city: Lake) -> None:
    # The newest week holds the days 0 to 6 before DAY, the one before the days 7 to 13.
    put(
        city,
        incidents=[
            incident(ANGGREK, 0),
            incident(ANGGREK, 6),
            incident(ANGGREK, 7, 2, source_name=None),
            incident(None, 3),
        ],
        nils=[
            nil(8, 6, stated_area_code=BAKUNG),
            nil(20, 14, stated_district_code=NORTH, source_name="Panwascam"),
            nil(9, 9),
        ],
    )
    found = judged(city)
    assert cell(found, ANGGREK, 0, "Polsek")[:2] == (2, 0)
    assert cell(found, ANGGREK, 1, "Polsek")[:2] == (0, 0)
    assert cell(found, ANGGREK, 1, "")[:2] == (1, 0)  # the week of the event, not that of its report
    assert cell(found, BAKUNG, 0, "Camat")[:2] == (0, 1)
    assert cell(found, BAKUNG, 1, "Camat")[:2] == (0, 2)  # its own, and that of the whole region
    assert {code: cell(found, code, 2, "Panwascam")[1] for code in (ANGGREK, BAKUNG, CEMPAKA)} == {
        ANGGREK: 1,
        BAKUNG: 1,
        CEMPAKA: 1,
    }
    south = found.matrix[found.matrix["area_code"].isin((DAHLIA, EDELWEIS, FLAMBOYAN))]
    assert set(south["source_name"]) == {"Camat"}
    assert found.matrix["incident_count"].sum() == 3
    assert found.matrix.groupby("area_code")["week_end"].nunique().eq(12).all()


def test_an_empty_store_has_every_area_in_every_week(city: Lake) -> None:
    found = judged(city)
    assert len(found.matrix) == 12 * len(AREAS)
    assert set(found.matrix["source_name"]) == {""}
    assert not found.matrix[["incident_count", "nil_count", "expected", "received"]].to_numpy().any()
    assert found.areas["age_days"].isna().all()
    assert found.sources.empty
    head = reports.headline(found)
    assert (head.heard_count, head.area_count, head.longest, head.median_days) == (0, 6, None, None)
    assert head.never == tuple(name for name, *_ in AREAS.values())
    assert matrix_html(found).count(t.NEVER) == len(AREAS)
    assert source_table(found).empty
    assert delay_table(found)["median_hari"].isna().all()
    assert area_table(found)["diam_tak_wajar"].sum() == 0


def test_areas_without_a_polygon_are_in_the_matrix(city: Lake) -> None:
    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute(
            """INSERT INTO import_record (import_id, region_code, kind, row_count, accepted_count, quarantined_count,
            duplicate_count, simulated, recorded_at) VALUES ('Z', ?, 'area', 1, 1, 0, 0, false, '2099-01-01')""",
            [REGION_CODE],
        )
        cursor.execute(
            "INSERT INTO area VALUES ('Z', ?, '19.99.01.1009', 'Pulau', ?, 'Utara', NULL, NULL, NULL, 0)",
            [REGION_CODE, NORTH],
        )

    write(city, change, author="penguji", message="uji")
    assert set(judged(city).matrix["area_code"]) == {"19.99.01.1009"}


def test_nothing_is_known_before_it_was_reported_nor_after_its_import_is_undone(city: Lake) -> None:
    put(city, incidents=[incident(ANGGREK, 10)], nils=[nil(13, 7, stated_area_code=BAKUNG)])
    before = judged(city)
    put(city, incidents=[incident(CEMPAKA, 9, -1)], nils=[nil(13, 7, -1)], name="B")
    after = judged(city)
    for name in ("matrix", "areas", "sources", "area_silences", "source_silences", "delays"):
        pd.testing.assert_frame_equal(getattr(before, name), getattr(after, name))
    assert judged(city, DAY + timedelta(days=1)).matrix["nil_count"].sum() > 1
    undo = "INSERT INTO import_undo VALUES ('Anil', 'uji', 'penguji', '2024-11-21')"
    write(city, lambda cursor: cursor.execute(undo) and None, author="penguji", message="uji")
    assert judged(city).matrix["nil_count"].sum() == 0


def test_expected_by_hand(city: Lake) -> None:
    # Heard in 4 of the 8 weeks before the newest: awaited. In 3 of the 8 before that: not yet.
    put(city, nils=[nil(7 * week, 7 * week, stated_area_code=ANGGREK) for week in (1, 3, 5, 7)], name="A")
    put(city, incidents=[incident(BAKUNG, 7 * week) for week in (0, 1, 2, 3, 4)], name="B")
    found = judged(city)
    assert cell(found, ANGGREK, 0, "Camat") == (0, 0, True, False)
    assert cell(found, ANGGREK, 1, "Camat") == (0, 1, False, False)
    assert cell(found, BAKUNG, 0, "Polsek") == (1, 0, True, True)
    head = reports.headline(found)
    assert (head.expected_count, head.received_count) == (2, 1)
    assert (head.expected_before, head.received_before) == (0, 0)
    table = found.sources.set_index("source_name")
    assert table.loc["Camat", ["expected_now", "received_now"]].tolist() == [1, 0]
    weekly = area_weeks(found.matrix, "Polsek")
    assert weekly["expected_count"].sum() == 1
    assert len(weekly) == 12 * len(AREAS)


def test_ages_count_from_the_day_of_reporting(city: Lake) -> None:
    put(
        city,
        incidents=[incident(ANGGREK, 30, 5), incident(BAKUNG, 30)],
        nils=[nil(12, 12, 8, stated_district_code=NORTH)],
    )
    put(city, nils=[nil(-1, -7, 0, stated_area_code=DAHLIA)], name="B")  # of days to come
    areas = judged(city).areas.set_index("area_code")
    assert areas.loc[[ANGGREK, BAKUNG, CEMPAKA], "age_days"].tolist() == [5, 8, 8]
    assert areas["age_days"].isna().tolist() == [False] * 3 + [True] * 3
    assert areas.loc[CEMPAKA, "last_nil_on"] == pd.Timestamp(ago(8))


# Silence


def weekly(area: str, *, last: int, count: int, **changes: Any) -> list[Row]:
    """Give one incident a week, the newest of so many days ago."""
    return [incident(area, last + 7 * number, **changes) for number in range(count)]


def test_silence_is_flagged_when_the_rule_says(city: Lake) -> None:
    # Dahlia makes the record reach back 26 weeks before the others' last report.
    first = incident(DAHLIA, 42 + 26 * 7)
    put(city, incidents=[first, *weekly(ANGGREK, last=42, count=27), *weekly(BAKUNG, last=35, count=27)])
    found = judged(city)
    row = silence(found.area_silences, ANGGREK)
    assert (row["usual_rate"], row["silent_weeks"], row["baseline_weeks"]) == (1, 6, 26)
    assert row["probability"] == pytest.approx((26.5 / 32.5) ** 26.5)
    assert bool(row["unusual"])
    assert not silence(found.area_silences, BAKUNG)["unusual"]
    assert not silence(found.area_silences, DAHLIA)["unusual"]
    assert np.isnan(silence(found.area_silences, DAHLIA)["usual_rate"])
    assert t.usual(0.04) == "biasanya hampir tidak pernah ada laporan"
    assert t.usual(0.06) == "biasanya ada laporan 0,1 hari seminggu"
    assert not found.source_silences["unusual"].any()
    assert found.area_silences["area_code"].iloc[0] == ANGGREK
    assert t.silence_sentence("Anggrek", "Utara", row["silent_weeks"], row["usual_rate"], row["probability"]) == (
        "Anggrek (Kec. Utara): sudah 6 minggu tanpa laporan, biasanya ada laporan 1,0 hari seminggu; peluang diam "
        "selama itu karena kebetulan 0,4%."
    )


def test_a_nil_report_ends_the_silence_of_an_area_but_not_that_of_a_source(city: Lake) -> None:
    put(city, incidents=[incident(DAHLIA, 0, source_name="Intel"), *weekly(ANGGREK, last=56, count=27)])
    assert silence(judged(city).area_silences, ANGGREK)["unusual"]
    put(city, nils=[nil(6, 0, stated_district_code=NORTH)], name="B")
    found = judged(city)
    assert not silence(found.area_silences, ANGGREK)["unusual"]
    assert silence(found.source_silences, "Polsek")["unusual"]
    notes = source_table(found).set_index("sumber")["diam"]
    assert notes["Polsek"].startswith("Diam 8 minggu")
    assert notes["Camat"] == ""


def test_many_reports_of_one_day_say_nothing_about_the_usual_rate(city: Lake) -> None:
    once = [incident(DAHLIA, 300), incident(ANGGREK, 100), incident(ANGGREK, 90)]
    put(city, incidents=once)
    expected = judged(city).area_silences
    put(city, incidents=[incident(ANGGREK, 100) for _ in range(50)], name="B")
    pd.testing.assert_frame_equal(judged(city).area_silences, expected)


# Delay


def late(count: int, *, share_late: int = 0, category: str = "KEK") -> list[Row]:
    """Give incidents of forty days, all but every n-th reported at once, that one five days later."""
    return [
        incident(
            ANGGREK,
            20 + n % 40,
            20 + n % 40 - (5 if share_late and n % share_late == 0 else 0),
            category_code=category,
        )
        for n in range(count)
    ]


def test_too_few_dated_reports_leave_the_judgement(city: Lake) -> None:
    undated = [incident(ANGGREK, 30, report_date_missing=True) for _ in range(60)]
    put(city, incidents=[*late(29), *undated])
    overall = judged(city).delays.iloc[0]
    assert (overall["basis"], overall["report_count"]) == (JUDGED, 29)
    assert overall["incomplete_days"] == weights(REGION_CODE).incomplete_days
    assert reports.complete_until(city, REGION_CODE, as_of=DAY) == ago(weights(REGION_CODE).incomplete_days)


def test_young_events_alone_leave_the_judgement(city: Lake) -> None:
    put(city, incidents=[incident(ANGGREK, n % 10) for n in range(100)])
    assert judged(city).delays.iloc[0]["basis"] == JUDGED


def test_a_category_speaks_for_itself_once_it_has_enough(city: Lake) -> None:
    put(city, incidents=[*late(200, share_late=5), *late(40, category="PU"), *late(5, category="HOAKS")])
    table = judged(city).delays.set_index("code")
    assert table["basis"].loc[["KEK", "PU", "HOAKS"]].tolist() == [OWN, OWN, "semua"]
    assert table["incomplete_days"].loc[["semua", "KEK", "PU", "HOAKS"]].tolist() == [5, 5, 0, 5]
    assert table.loc["KEK", "share_0"] == pytest.approx(0.8)
    assert table.loc["KEK", "share_14"] == 1
    assert table.loc["PU", ["median_days", "percentile_90_days"]].tolist() == [0, 0]
    until = [reports.complete_until(city, REGION_CODE, as_of=DAY, category=c) for c in ("KEK", "PU", "HOAKS", "APK")]
    assert until == [ago(5), DAY, ago(5), ago(5)]
    assert reports.incomplete_days(city, REGION_CODE, as_of=DAY) == 5
    order = delay_table(judged(city))["nama"].tolist()
    assert order[0] == t.ALL_CATEGORIES
    assert len(order) == len(table)


# Tables


def test_matrix_as_csv_and_html(city: Lake) -> None:
    put(
        city,
        incidents=[incident(ANGGREK, 1), incident(ANGGREK, 2), incident(BAKUNG, 1, source_name="<b>Intel</b>")],
        nils=[nil(6, 0, stated_area_code=CEMPAKA)],
    )
    found = judged(city)
    lines = list(csv.DictReader(io.StringIO(matrix_csv(found).decode())))
    assert len(lines) == 12 * 6
    assert sum(int(line["kejadian"]) for line in lines) == 3
    assert {line["sumber"] for line in lines if line["minggu_sampai"] == "2024-11-20"} == {
        "Polsek",
        "<b>Intel</b>",
        "Camat",
        "",
    }
    html = matrix_html(found)
    assert html.count(f">{t.NIL}<") == 1
    assert '<td class="s0">2</td>' in html
    assert html.index("Kec. Selatan") > html.index("Cempaka")
    assert html.count("20 Nov*") == 1
    one = matrix_html(found, source_name="<b>Intel</b>", longest_silence_first=True)
    assert one.count('class="s0"') == 1
    assert one.index("Dahlia") < one.index("Anggrek")  # never heard of: longest silent
    table = area_table(found).set_index("kode")
    assert table["umur_hari"].isna().sum() == 3
    assert table.loc[ANGGREK, "diam_tak_wajar"] == 0


def test_districts_choose_areas_and_leave_sources(city: Lake) -> None:
    put(city, incidents=[incident(ANGGREK, 1), incident(DAHLIA, 1)])
    found = judged(city)
    north = reports.in_districts(found, (NORTH,))
    assert set(north.matrix["area_code"]) == set(north.areas["area_code"]) == {ANGGREK, BAKUNG, CEMPAKA}
    assert north.area_silences["area_code"].tolist() == [ANGGREK]
    assert reports.headline(north).heard_count == 1
    assert north.sources is found.sources
    assert reports.in_districts(found, ()) is found
