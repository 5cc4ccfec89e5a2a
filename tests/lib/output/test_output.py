"""What leaves the house from the demo city: tables, layers, charts, all of one question and in agreement."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, get_type_hints
from urllib.parse import parse_qs

import folium
import geopandas as gpd
import pandas as pd
import pytest

from data.demo.files import write_demo
from data.read import refusal
from data.store import queries
from data.store.lake import Lake, open_lake
from geo import errors as geo_errors
from lib.filters import Filters
from lib.indonesian import decimal, points, tenth
from lib.intake.boundaries import import_boundaries
from lib.intake.kinds import KINDS
from lib.output import area_detail, charts, hatching, map_layers, score_tables, templates
from lib.output.classes import CLASSES, NO_REPORT, class_of, marks_of
from lib.output.question_sheet import map_content, sheet_png
from lib.records import (
    AlertRow,
    AreaName,
    AreaRow,
    FoundAlert,
    HotspotRow,
    ImportRow,
    PairRow,
    RankedRow,
    ReportRow,
    StationRow,
    records,
)
from lib.reports.events import candidates
from lib.rules.regions import calendar, region_profile, weights
from lib.rules.taxonomy import taxonomy
from lib.score import answers, situation
from lib.score.answers import PIECES
from lib.score.explanation import reasons, why
from lib.score.frozen_scale import scored_categories
from lib.score.hotspots import find_hotspots
from lib.score.inputs import fetch_inputs
from lib.score.question import default_filters
from lib.score.stations import station_risk
from lib.score.uncertainty import RankRange, rank_uncertainty
from lib.texts import errors, questions
from lib.texts.questions import counted
from lib.warnings.alerts import load_alerts
from lib.warnings.ledger import day_with_life
from tests.officers import officer
from tests.steps import import_incidents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = date(2026, 10, 29)


@pytest.fixture(scope="module")
def demo(demo_store: Path) -> Iterator[Lake]:
    lake = open_lake(str(demo_store))
    yield lake
    lake.connection.close()


@pytest.fixture(scope="module")
def filters(demo: Lake) -> Filters:
    return default_filters(demo, "99.71", as_of=TODAY)


@pytest.fixture(scope="module")
def assessment(demo: Lake, filters: Filters) -> answers.Assessment:
    return answers.assess_areas(demo, filters)


@pytest.fixture(scope="module")
def ranks(demo: Lake, filters: Filters, assessment: answers.Assessment) -> pd.DataFrame:
    return rank_uncertainty(fetch_inputs(demo, filters), assessment)


def test_parts_in_the_table_add_up_to_the_score(assessment: answers.Assessment, ranks: pd.DataFrame) -> None:
    table = pd.read_csv(io.BytesIO(score_tables.score_csv(assessment, ranks)), dtype={"kode": str})
    scored = table[table["skor"].notna()]
    parts = list(PIECES)
    assert (scored[parts].sum(axis=1) - scored["skor"]).abs().max() < 1e-6
    pieces = [name for name in table.columns if name.startswith("bagian_") and name not in parts]
    assert (scored[pieces].sum(axis=1) - scored["bagian_kejadian"]).abs().max() < 1e-6
    assert (scored["peringkat_rendah"] <= scored["peringkat_tinggi"]).all()
    assert scored["peluang_10_persen_teratas"].sum() == pytest.approx(4, abs=0.2)  # a tenth of forty
    assert (scored["skor_batas_atas"] >= scored["skor"]).all()
    assert (table["skema"] == f"{assessment.weights.version} {assessment.weights.short_digest}").all()
    assert scored["skor"].between(0, 100).all()
    assert scored["skor"].is_monotonic_decreasing
    silent = table[table["skor"].isna()]
    assert set(silent["kelas"]) == {NO_REPORT.name}
    assert (silent["jumlah_kejadian"] == 0).all()
    assert (table["penanda"] == "DATA SIMULASI").all()
    assert set(table["arti_kejadian"]) == {counted(assessment.filters)}
    assert table["dpt"].sum() == 214_000


def test_the_file_has_the_digits_of_the_screen(assessment: answers.Assessment, ranks: pd.DataFrame) -> None:
    """Every number of the file, with a comma for its point, is what the detail of the area says."""
    table = pd.read_csv(io.BytesIO(score_tables.score_csv(assessment, ranks)), dtype=str).set_index("kode")
    drawn = {row.area_code: row for row in records(ranks, RankRange)}
    for row, families in zip(
        records(assessment.ranked, RankedRow), answers.family_points(assessment.ranked), strict=True
    ):
        told, shown = table.loc[row.area_code], drawn[row.area_code]
        html = area_detail.area_detail(row, families, (), None, ranks=shown)
        assert told["skor"].replace(".", ",") == points(row.score)
        for part, worth in row.part_points.items():
            assert told[f"bagian_{part}"].replace(".", ",") == decimal(worth)
            assert decimal(worth) in html
        for _, worth in area_detail.family_parts(families, row.part_points["kejadian"]):
            assert decimal(worth) in html
        pieces = [float(told[name]) for name in families]
        assert sorted(worth for worth in pieces if worth) == sorted(
            worth for _, worth in area_detail.family_parts(families, row.part_points["kejadian"])
        )
        assert f"kelengkapan {round(100 * float(told['kelengkapan']))}%" in html
        place = f"Peringkat {told['peringkat']} dari {told['peringkat_dari']} wilayah yang berkelas"
        assert place in html or told["peringkat"] != told["peringkat_akhir"]
    assert set(table["peringkat_dari"]) == {str(len(assessment.ranked))}


def test_every_row_holds_what_its_class_says(
    demo: Lake, assessment: answers.Assessment, ranks: pd.DataFrame, filters: Filters
) -> None:
    pairs = candidates(demo, "99.71", as_of=TODAY, start=filters.start, end=TODAY).pairs
    day = load_alerts(demo, "99.71", as_of=TODAY)
    found: dict[type[Any], pd.DataFrame] = {
        AreaRow: assessment.areas,
        RankedRow: assessment.ranked,
        RankRange: ranks,
        AreaName: queries.area_names(demo, "99.71"),
        StationRow: station_risk(demo, filters).stations,
        HotspotRow: find_hotspots(demo, filters).areas,
        ReportRow: pairs.rename(columns=lambda name: name.removeprefix("second_")),
        PairRow: pairs,
        ImportRow: queries.imports(demo, "99.71"),
        FoundAlert: day.alerts,
        AlertRow: day_with_life(demo, "99.71", day),
    }
    for kind, table in found.items():
        types = get_type_hints(kind, {"pd": pd, "date": date})
        rows = list(records(table, kind))
        assert len(rows) == len(table) > 0
        for row in rows:
            for name, stated in types.items():
                value = getattr(row, name)
                assert isinstance(value, stated) or (stated is float and isinstance(value, int)), (kind, name, value)


def test_every_area_is_explained_by_its_largest_parts(
    demo: Lake, assessment: answers.Assessment, filters: Filters
) -> None:
    rows = answers.incidents(demo, filters)
    explained = reasons(assessment, rows)
    assert set(explained) == set(assessment.areas["area_code"])
    pressing = scored_categories(assessment.weights)
    events = answers.events(rows)
    counted = events[events["category_code"].isin(pressing)].groupby("area_code").size()
    for row in records(assessment.ranked, AreaRow):
        told = explained[row.area_code]
        parts = [reason for reason in told if reason.kind != "tanda"]
        assert 1 <= len(parts) <= max(3 - len(told) + len(parts), 1)
        worth = [reason.points for reason in parts]
        assert worth == sorted(worth, reverse=True)
        assert worth[0] == max(row.part_points.values())
        for reason in parts:
            assert reason.points == row.part_points[reason.kind]
            assert f"{decimal(reason.points)} angka" in reason.sentence
            if reason.kind == "kejadian" and row.area_code in counted:
                said = f": {counted[row.area_code]} dari {row.incident_count} kejadian sejak "
                assert said in reason.sentence  # of as many as map, sheet and file tell
        marks = len(marks_of(row)) + bool(row.carrier)
        assert [reason.kind for reason in told].count("tanda") == marks
        assert why(assessment, row.area_code, rows) == told
    for row in records(assessment.areas[assessment.areas["class_index"] < 0], AreaRow):
        (only,) = explained[row.area_code]
        assert "tidak berarti aman" in only.sentence


def test_each_sentence_leads_to_the_question_that_holds_its_rows(
    demo: Lake, assessment: answers.Assessment, filters: Filters
) -> None:
    code = assessment.ranked["area_code"].iloc[0]
    told = why(assessment, code, answers.incidents(demo, filters))
    surprise = next(reason for reason in told if reason.kind == "lonjakan")
    asked = parse_qs(area_detail.address(surprise).partition("?")[2])
    row = assessment.ranked.iloc[0]
    assert asked["kecamatan"] == [row["district_name"]]
    names = {category.name: category.code for category in taxonomy().categories}
    kinds = tuple(names[name] for name in asked["kategori"])
    start, end = (date.fromisoformat(day) for day in asked["masa"])
    assert (end, (end - start).days + 1) == (TODAY, assessment.weights.surprise_window_days)
    found = answers.events(
        answers.incidents(demo, replace(filters, start=start, district_codes=(row["district_code"],)))
    )
    own = found[(found["area_code"] == code) & found["category_code"].isin(kinds)]
    assert len(own) == row["surprise_count"]
    assert f"{len(own)} kejadian pada" in surprise.sentence


def test_the_bars_of_the_parts_follow_each_other_up_to_the_score(assessment: answers.Assessment) -> None:
    row = next(records(assessment.ranked, AreaRow))
    drawn = area_detail.component_bars(row)
    bars = [
        (float(left or 0), float(width))
        for left, width in re.findall(r'<i style="(?:margin-left:([\d.]+)%;)?width:([\d.]+)%', drawn)
    ]
    for (start, width), (following, _) in pairwise(bars[:4]):
        assert following == pytest.approx(start + width, abs=0.02)
    assert sum(bars[3]) == pytest.approx(tenth(row.score) - row.withheld_points, abs=0.02)
    if row.withheld_points < 0:  # what is held back lies under the end of the parts
        assert bars[4] == (pytest.approx(tenth(row.score), abs=0.02), pytest.approx(-row.withheld_points, abs=0.01))
    assert bars[-1] == (0, pytest.approx(row.score, abs=0.01))


def test_geopackage_has_every_area_and_says_simulated(
    assessment: answers.Assessment, ranks: pd.DataFrame, tmp_path: Path
) -> None:
    file = tmp_path / "kerawanan.gpkg"
    file.write_bytes(score_tables.score_geopackage(assessment, ranks))
    layer = gpd.read_file(file, layer="kerawanan_simulasi")
    assert len(layer) == 42
    assert layer.crs.to_epsg() == 4326
    assert (layer["penanda"] == "DATA SIMULASI").all()
    assert layer.geometry.is_valid.all()


def test_map_layer_and_sheet_show_the_classes_of_the_table(
    demo: Lake, assessment: answers.Assessment, filters: Filters
) -> None:
    layer = map_layers.area_layer(assessment, *2 * [answers.incidents(demo, filters)])
    fills = {feature["properties"]["kode"]: feature["properties"]["fill"] for feature in layer["features"]}
    expected = {
        row.area_code: class_of(row.class_index, row.unclassed).colour
        for row in assessment.areas.itertuples(index=False)
    }
    assert fills == expected
    content = map_content(demo, assessment)
    assert content.areas["class_index"].tolist() == assessment.areas["class_index"].tolist()


def test_the_sheet_is_the_same_bytes_for_the_same_question(demo: Lake, filters: Filters) -> None:
    first = sheet_png(demo, filters, size="1920x1080", layers=("panas",))
    assert first == sheet_png(demo, filters, size="1920x1080", layers=("panas",))
    earlier = situation.earlier(filters, TODAY - timedelta(days=30), weights("99.71"))
    assert first != sheet_png(demo, earlier, size="1920x1080", layers=("panas",))


def test_pages_and_sheet_count_alike(demo: Lake, assessment: answers.Assessment, filters: Filters) -> None:
    rows = answers.incidents(demo, filters)
    facts = fetch_inputs(demo, filters)
    placed = situation.placed_counts(rows)
    assert placed.incidents == len(rows) == answers.daily_counts(facts, filters)["incident_count"].sum()
    assert placed.incidents - placed.unplaced == assessment.areas["incident_count"].sum()
    totals = situation.week_counts(assessment, rows)
    week = rows[pd.to_datetime(rows["occurred_on"]) > pd.Timestamp(TODAY - timedelta(days=7))]
    assert totals.week == len(week)
    assert totals.high_areas == (assessment.areas["class_index"] >= 3).sum()


def test_changes_are_the_areas_whose_class_differs(demo: Lake, filters: Filters) -> None:
    since = TODAY - timedelta(days=7)
    before = answers.assess_areas(demo, situation.earlier(filters, since, weights("99.71"))).areas.set_index(
        "area_code"
    )["class_index"]
    now = answers.assess_areas(demo, filters).areas.set_index("area_code")["class_index"]
    found = situation.changes(demo, filters, since)
    assert {c.area_code for c in found} == set(now.index[now != before])
    assert all(c.class_before == before[c.area_code] and c.class_now == now[c.area_code] for c in found)
    assert situation.changes(demo, filters, TODAY) == ()


def test_a_narrower_question_keeps_the_scale_and_never_raises_a_score(
    demo: Lake, assessment: answers.Assessment, filters: Filters
) -> None:
    narrow = answers.assess_areas(demo, replace(filters, categories=("PU",)))
    assert narrow.scale == assessment.scale
    both = narrow.areas["score"].fillna(0).to_numpy() <= assessment.areas["score"].fillna(0).to_numpy() + 1e-9
    assert both.all()


def test_braces_in_a_name_are_never_carried_out_by_folium() -> None:
    stations = pd.DataFrame(
        {
            "station_number": ["001"],
            "place_name": ["{{ 7 * 7 }} <script>alert(1)</script>"],
            "longitude": [106.8],
            "latitude": [-3.9],
            "voter_count_male": [1],
            "voter_count_female": [1],
        }
    )
    canvas = folium.Map(tiles=None)
    layer = map_layers.station_layer(stations)
    folium.GeoJson(layer, tooltip=folium.GeoJsonTooltip(["hover"])).add_to(canvas)
    html = canvas.get_root().render()
    assert "&#123;&#123; 7 * 7" in html.replace("\\u0026", "&")
    assert "<script>alert" not in html


def test_hatches_cover_every_class_with_its_own_colour() -> None:
    drawn = hatching.svg_patterns()
    for risk in (*CLASSES, NO_REPORT):
        pattern = re.search(rf'<pattern id="{hatching.pattern_id(risk)}".*?</pattern>', drawn)
        assert pattern is not None
        assert risk.colour in pattern.group()
        assert (risk.hatch is None) == ("<path" not in pattern.group())


def counts_of(days: list[date], families: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {"occurred_on": pd.to_datetime(days), "family": families, "incident_count": 1, "verification": "masuk"}
    )


def test_weeks_end_on_the_last_day_and_zeros_are_written_out() -> None:
    question = Filters(0, "99.71", "pilkada-simulasi", date(2026, 10, 1), date(2026, 10, 29))
    counts = counts_of([date(2026, 10, 29), date(2026, 10, 23), date(2026, 10, 22), date(2026, 10, 1)], ["massa"] * 4)
    table = charts.binned(counts, question, step_days=7, by="family")
    # 29 days hold four whole weeks; 1 October is the day left over
    assert table.index[-1] == pd.Timestamp(2026, 10, 23)
    assert table["massa"].tolist() == [0, 0, 1, 2]


def test_usual_is_the_weeks_before_the_last() -> None:
    question = Filters(0, "99.71", "pilkada-simulasi", date(2026, 9, 2), date(2026, 10, 29))
    days = [TODAY - timedelta(days=7 * week) for week in (0, 0, 0, 1, 2, 2)]
    table = charts.usual_table(counts_of(days, ["massa"] * 6), question, usual_weeks=4).set_index("family")
    row = table.loc["massa"]
    assert (row["this_week"], row["least"], row["mean"], row["most"]) == (3, 0, 0.75, 2)
    assert table.loc["narasi", "this_week"] == 0
    said = charts.unusual_sentence(counts_of(days, ["massa"] * 6), question, usual_weeks=4)
    assert said == "Di atas yang tertinggi dari 4 minggu sebelumnya: Aksi dan penolakan."
    said = charts.unusual_sentence(counts_of(days[1:], ["massa"] * 5), question, usual_weeks=4)
    assert said == "Tidak ada kategori di atas yang tertinggi dari 4 minggu sebelumnya."


def test_the_newest_day_has_a_tick_and_stages_lie_behind(demo: Lake, filters: Filters) -> None:
    assert charts.tick_days(filters, most=9)[-1] == TODAY
    election = calendar("99.71").election(filters.election_code)
    figure = charts.time_chart(
        answers.daily_counts(fetch_inputs(demo, filters), filters),
        filters,
        election,
        charts.family_series(),
        by="family",
        step_days=7,
        incomplete_days=7,
    )
    texts = [note["text"] for note in json.loads(figure.to_json())["layout"]["annotations"]]
    assert "Kampanye" in texts
    patterns = figure.data[0].marker.pattern.shape
    assert patterns[-1] == "/"
    assert set(patterns[:-1]) == {""}


def test_templates_open_with_their_own_example() -> None:
    region = region_profile("99.71")
    made = templates.template(KINDS["station"], region, calendar("99.71").elections[-1], today=TODAY)
    sheets = pd.read_excel(io.BytesIO(made), sheet_name=None, dtype=str, engine="calamine")
    assert set(sheets) == {"data", "petunjuk"}
    assert {"V1.1", "V8.2"} <= set(sheets["data"].columns)
    assert len(sheets["petunjuk"]) == len(sheets["data"].columns) + 1


def test_every_geometry_error_has_a_sentence() -> None:
    assert len(errors.BOUNDARY) > 10
    assert set(geo_errors.BoundaryError.__subclasses__()) == set(errors.BOUNDARY)


def test_every_question_says_its_filters() -> None:
    question = Filters(
        0, "99.71", "pilkada-simulasi", date(2026, 10, 1), TODAY, categories=("PU",), verifications=("terverifikasi",)
    )
    said = questions.question(question)
    assert said == "1–29 Oktober 2026 · kategori: Politik uang (hanya jumlah dan daftar) · status: terverifikasi"
    assert " · sumber: Polsek Utara" in questions.question(replace(question, sources=("Polsek Utara",)))


def test_an_error_is_worded_by_the_layer_it_comes_from() -> None:
    # "unreadable" stands in two layers, with other facts
    table = refusal.UnreadableError(file="a.csv", cause="rusak")
    boundary = geo_errors.UnreadableError(file="a.gpkg", detail="broken")
    assert "CSV UTF-8" in errors.sentence(table)
    assert "Berkas “a.gpkg” rusak" in errors.sentence(boundary)
    assert "“/tidak/ada”" in errors.sentence(FileNotFoundError(2, "no such file", "/tidak/ada"))


def test_a_single_unverified_report_does_not_leap_before_the_scale_is_frozen(tmp_path: Path) -> None:
    lake = open_lake(str(tmp_path / "lake"))
    names = [(a.code, a.name, a.district_code, a.district_name) for a in region_profile("99.71").areas]
    made = write_demo(
        tmp_path, names=names, election_code="pilkada-simulasi", voting_day=date(2026, 11, 25), today=TODAY
    )
    import_boundaries(lake, region_profile("99.71"), made.boundaries, actor=officer())
    file = tmp_path / "satu.csv"
    file.write_text(
        "tanggal_kejadian,kategori,keparahan,kode_kelurahan,status\n"
        "2026-10-28,KEK,3,99.71.01.1001,masuk\n2026-10-28,KEK,3,99.71.01.1002,terverifikasi\n"
    )
    import_incidents(lake, region_profile("99.71"), file, today=TODAY, actor=officer())
    judged = answers.assess_areas(lake, default_filters(lake, "99.71", as_of=TODAY))
    assert judged.scale.frozen_on is None
    scores = judged.areas.set_index("area_code").loc[judged.ranked["area_code"], "incident"]
    # one day old: 4 x 0.4 x 2^(-1/28) / (1 + 1) = 0.780 against 6 that score 50; verified 2.5 times that
    assert scores.to_dict() == pytest.approx({"99.71.01.1001": 8.62, "99.71.01.1002": 20.19}, abs=0.01)
    lake.connection.close()


def test_a_period_longer_than_the_window_counts_more_and_scores_the_same(
    demo: Lake, assessment: answers.Assessment, filters: Filters
) -> None:
    longer = answers.assess_areas(demo, replace(filters, start=filters.start - timedelta(days=60)))
    assert longer.areas["incident_count"].sum() > assessment.areas["incident_count"].sum()
    both = assessment.areas["score"].notna()
    assert longer.areas["score"][both].tolist() == pytest.approx(assessment.areas["score"][both].tolist())
