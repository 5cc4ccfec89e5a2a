"""Every output on a day without an election, and on the day after one: no H-n that is not true, nothing unsaid."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from data.store.lake import open_lake
from lib.commands import parser as cli
from lib.grades.model_card import model_card
from lib.grades.scorecard import scorecard
from lib.output import charts, forecast_charts
from lib.output.map_card import compose_card
from lib.output.map_sheet import compose
from lib.output.model_card_text import card_markdown
from lib.output.question_sheet import map_content
from lib.output.score_tables import score_table
from lib.region.elections import elections_of, enter_election
from lib.region.panels import ALL
from lib.score import answers
from lib.score.explanation import why
from lib.score.inputs import fetch_inputs
from lib.score.question import default_filters
from lib.score.uncertainty import rank_uncertainty
from lib.texts.elections import roll_line
from lib.warnings.forecasts import forecasts
from lib.warnings.past_forecasts import past_forecasts
from tests.city import AREAS, REGION_CODE
from tests.officers import officer
from tests.reported import DAY, incident, put

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store.lake import Lake
    from lib.filters import Filters

COUNT = re.compile(r"\bH[-+]\d|hari-H")
NONE, AFTER = date(2025, 6, 1), date(2024, 11, 28)
WEEKS = 30


@pytest.fixture(scope="module")
def reported(city_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store with reports of every area in every week until the day without an election."""
    folder = tmp_path_factory.mktemp("tanpa") / "gudang"
    shutil.copytree(city_store, folder)
    lake = open_lake(str(folder))
    back = (DAY - NONE).days
    put(
        lake,
        incidents=[
            incident(code, back + 7 * week + number, category_code="UNR")
            for week in range(WEEKS)
            for number, code in enumerate(AREAS)
        ],
    )
    lake.connection.close()
    return folder


@pytest.fixture
def lake(reported: Path, open_copy: Callable[[Path], Lake]) -> Lake:
    return open_copy(reported)


def asked(lake: Lake, day: date) -> Filters:
    return default_filters(lake, REGION_CODE, as_of=day)


def test_the_question_is_about_no_election(lake: Lake) -> None:
    assert asked(lake, NONE).election_code == ""
    assert asked(lake, AFTER).election_code == "pilkada-2024"
    named = default_filters(lake, REGION_CODE, as_of=NONE, election_code="pilkada-2024")
    assert named.election_code == "pilkada-2024"
    assert answers.stations(lake, asked(lake, NONE)).empty


def test_the_sheet_counts_nothing_and_says_what_the_score_lacks(lake: Lake) -> None:
    content = map_content(lake, answers.assess_areas(lake, asked(lake, NONE)))
    assert (content.countdown, content.election_name) == ("", "Tidak ada pemilihan berjalan")
    assert "Skor dihitung tanpa DPT dan TPS karena tidak ada pemilihan berjalan." in content.source_lines[0]
    assert "akar DPT" not in " ".join(content.source_lines)
    after = map_content(lake, answers.assess_areas(lake, asked(lake, AFTER)))
    assert (after.countdown, after.election_name) == ("H+1", "Pilkada 2024")
    assert "DPT dan TPS Pilkada 2024 belum ada, sehingga skor dihitung tanpa keduanya." in after.source_lines[0]
    assert "akar DPT" not in " ".join(after.source_lines)


def test_the_card_gives_the_reasons_of_the_pages_and_says_what_the_score_lacks(lake: Lake) -> None:
    question = asked(lake, AFTER)
    judged = answers.assess_areas(lake, question)
    card = compose_card(map_content(lake, judged, explained=True))
    (gravest,) = [name for name in judged.areas["area_name"] if card.reasons_title == f"Mengapa {name}"]
    code = judged.areas.set_index("area_name")["area_code"][gravest]
    found = why(judged, code, answers.incidents(lake, answers.behind_score(question, judged.weights)))
    told = [reason.sentence for reason in found if reason.kind != "tanda"]
    assert [" ".join(reason) for reason in card.reasons if reason[0] != "Siaga:"] == told
    assert any(reason.kind == "kejadian" for reason in found)
    assert card.unknown[0] == roll_line(judged.roll)
    told_of_place = [rest for head, rest in card.reasons if head.startswith("Kerentanan tempat")]
    assert all("pengganti" in rest for rest in told_of_place)


def test_months_after_the_last_report_sheet_and_card_name_its_day(lake: Lake) -> None:
    content = map_content(lake, answers.assess_areas(lake, asked(lake, NONE + timedelta(days=60))))
    reason = "emua 6 kelurahan tidak terdengar sejak 1 Juni 2025."
    assert f"S{reason}" in compose(content).list_note
    assert compose_card(content).reasons == (("Laporan:", f"s{reason}"),)


def test_the_table_of_scores_names_the_election_and_what_is_missing(lake: Lake) -> None:
    for day, name in ((NONE, ""), (AFTER, "Pilkada 2024")):
        known = fetch_inputs(lake, asked(lake, day))
        judged = answers.judge(known, asked(lake, day))
        table = score_table(judged, rank_uncertainty(known, judged))
        assert set(table["pemilihan"]) == {name}
        assert set(table["catatan_dpt"]) == {roll_line(judged.roll)}
        assert "tanpa" in roll_line(judged.roll)


def test_the_axis_of_time_has_dates_alone(lake: Lake) -> None:
    for day, counted in ((NONE, False), (AFTER, True)):
        question = asked(lake, day)
        figure = charts.time_chart(
            answers.daily_counts(fetch_inputs(lake, question), question),
            question,
            elections_of(lake, REGION_CODE).asked(question.election_code),
            charts.family_series(),
            by="family",
            step_days=7,
            incomplete_days=7,
        )
        ticks = json.loads(figure.to_json())["layout"]["xaxis"]["ticktext"]
        assert any(COUNT.search(tick) for tick in ticks) == counted
    assert ticks[-1] == "28 Nov<br>H+1"


def test_forecasts_and_their_grades_do_without_a_voting_day(lake: Lake) -> None:
    found = forecasts(lake, REGION_CODE, as_of=NONE, voting_day=None)
    assert (found.voting_day, found.last_day) == (None, NONE)
    rows = found.region[found.region["group_code"] == ALL]
    figure = forecast_charts.path_chart(found, rows)
    assert COUNT.search(figure.to_json()) is None
    backtest = past_forecasts(lake, REGION_CODE, as_of=NONE, election_code="", group_code=ALL, horizon_days=7)
    assert backtest is not None
    assert "pemilu_lalu" not in {*backtest.benchmarks}


def test_the_model_card_names_no_election(lake: Lake) -> None:
    card = scorecard(lake, REGION_CODE, as_of=NONE, election_code="")
    words = card_markdown(model_card(lake, card)).decode()
    assert "Tidak ada pemilihan berjalan, per 1 Juni 2025." in words
    assert COUNT.search(words) is None


@pytest.mark.parametrize(
    "words",
    [
        ["skor", "--csv", "{}/a.csv"],
        ["skor-tps", "--csv", "{}/a.csv"],
        ["peta", "--png", "{}/a.png"],
        ["ramalan", "--csv", "{}/a.csv"],
        ["rapor"],
        ["rapor", "--json"],
        ["peringatan"],
        ["templat", "tps", "--keluar", "{}/a.xlsx"],
        ["templat", "kelas", "--keluar", "{}/a.xlsx"],
        ["simulasi", "--per", "2025-06-01", "--kejadian", "60", "--keluar", "{}"],
        ["pemilihan"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_no_command_counts_days_where_no_election_is_in_force(
    lake: Lake, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PETADINI_LAKE", str(lake.folder))
    monkeypatch.setenv("PETADINI_HARI_INI", NONE.isoformat())
    assert cli.main([word.format(tmp_path) for word in words]) == 0
    said = capsys.readouterr()
    assert COUNT.search(said.out + said.err) is None
    for file in tmp_path.glob("*.csv"):
        assert COUNT.search(file.read_text(encoding="utf-8-sig")) is None


@pytest.mark.parametrize(
    "case", [("2024-02-15", "H+1 · Pemilu 2024", "pemilu-2024"), ("2024-11-26", "H-1 · Pilkada 2024", "pilkada-2024")]
)
def test_a_rehearsal_has_the_tps_of_the_election_its_day_belongs_to(
    lake: Lake,
    case: tuple[str, str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    day, count, code = case
    monkeypatch.setenv("PETADINI_LAKE", str(lake.folder))
    monkeypatch.setenv("PETADINI_HARI_INI", day)
    assert cli.main(["simulasi", "--per", day, "--kejadian", "60", "--keluar", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith(count)
    stations = (tmp_path / f"tps_simulasi_{REGION_CODE}.csv").read_text(encoding="utf-8-sig")
    assert {line.split(",")[0] for line in stations.splitlines()[1:]} == {code}


def test_a_rehearsal_is_about_the_election_the_pages_show_not_a_nearer_pikades(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pikades = {
        "code": "pikades-2024",
        "name": "Pikades",
        "kind": "pikades",
        "voting_day": date(2024, 11, 10),
        "max_voters_per_station": 500,
        "legal_source": "Perbup",
        "areas": ["19.99.01.2001"],
    }
    signed = {"reason": "Perbup", "actor": officer("Petugas Uji"), "decided_on": date(2024, 10, 1)}
    enter_election(lake, REGION_CODE, pikades, **signed)
    monkeypatch.setenv("PETADINI_LAKE", str(lake.folder))
    monkeypatch.setenv("PETADINI_HARI_INI", "2024-11-07")
    assert cli.main(["simulasi", "--per", "2024-11-07", "--kejadian", "60", "--keluar", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("H-20 · Pilkada 2024")


def test_a_rehearsal_without_an_election_has_no_tps_and_says_so(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PETADINI_LAKE", str(lake.folder))
    day = NONE - timedelta(days=1)
    monkeypatch.setenv("PETADINI_HARI_INI", day.isoformat())
    assert cli.main(["simulasi", "--per", day.isoformat(), "--kejadian", "60", "--keluar", str(tmp_path)]) == 0
    assert "Daftar TPS tidak ditulis" in capsys.readouterr().out
    assert [file.name for file in tmp_path.glob("*.csv")] == [f"kejadian_simulasi_{REGION_CODE}.csv"]
