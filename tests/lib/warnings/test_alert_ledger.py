"""The ledger of alerts: issued once, answered forwards only, permanent, and honest about the past."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from data.store import issue_queries
from lib.commands import alerts as alert_commands
from lib.commands.parser import main
from lib.grades.alert_grades import frozen_alerts
from lib.region.panels import group_names
from lib.warnings.alerts import COLUMNS, EVENT, SIAGA, TREND, WASPADA, AlertDay, alert_key, places
from lib.warnings.issues import ALERT, broken_issues, issued
from lib.warnings.ledger import (
    ACTED,
    CLOSED,
    LIFE_COLUMNS,
    NEW,
    SEEN,
    AlertError,
    alerts_with_life,
    day_with_life,
    is_issued,
    issue_alerts,
    take_step,
    unanswered,
)
from tests.city import AREAS, REGION_CODE
from tests.officers import officer
from tests.reported import DAY as REPORTED_DAY
from tests.reported import incident, put

if TYPE_CHECKING:
    from pathlib import Path

    from data.store.lake import Lake

ANGGREK, BAKUNG, *_ = AREAS
FIRST = date(2026, 10, 1)
Alert = tuple[str | None, str, str]


def day(as_of: date, *alerts: Alert, observed: int = 9, begun: date | None = None) -> AlertDay:
    """Give the alerts of a day as `lib.warnings.alerts` would, each of the last seven days."""
    rows = [
        {
            "alert_key": alert_key(area, group, begun or as_of, event=tier == EVENT),
            "area_code": area,
            "group_code": group,
            "tier": tier,
            "window_days": (as_of - begun).days + 1 if begun else 7,
            "observed": observed,
            "expected": np.nan if tier == EVENT else 1.25,
            "probability": np.nan if tier == EVENT else 0.0004,
            "first_on": begun or as_of,
        }
        for area, group, tier in alerts
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["area_code"] = pd.Series([row["area_code"] for row in rows], dtype=object)
    types = {"window_days": "int64", "observed": "int64", "expected": "float64", "probability": "float64"}
    return AlertDay(table.astype(types), as_of, 26, enough_history=True, tested_count=30)


def after(days: int) -> date:
    return FIRST + timedelta(days=days)


def issue(lake: Lake, found: AlertDay, issued_on: date | None = None) -> str:
    return issue_alerts(
        lake, REGION_CODE, found, snapshot=3, simulated=True, actor=officer(), issued_on=issued_on or found.as_of
    )


def step(lake: Lake, alert_id: str, state: str, note: str = "", on: date = FIRST) -> str:
    return take_step(lake, REGION_CODE, alert_id, state, note=note, actor=officer(), decided_on=on)


def ids(lake: Lake) -> set[str]:
    return set(alerts_with_life(lake, REGION_CODE)["alert_id"])


SERIES: Alert = (ANGGREK, "K", SIAGA)


def test_what_is_issued_stands_in_the_ledger(lake: Lake) -> None:
    found = day(FIRST, SERIES, (None, "semua", WASPADA))
    assert is_issued(lake, REGION_CODE, found) is None
    issue(lake, found)
    assert is_issued(lake, REGION_CODE, found) is True
    life = alerts_with_life(lake, REGION_CODE)
    assert list(life.columns) == list(LIFE_COLUMNS)
    assert set(life["state"]) == {NEW}
    area = life[life["area_code"] == ANGGREK].iloc[0]
    assert area["alert_id"] == f"{ANGGREK}/K/2026-10-01"
    assert (area["window_first_on"], area["window_last_on"]) == (date(2026, 9, 25), FIRST)
    assert (area["observed"], area["expected"], area["probability"]) == (9, 1.25, 0.0004)
    assert life["area_code"].isna().sum() == 1
    assert not life["recomputed"].any()
    assert broken_issues(lake) == []


def test_a_double_click_issues_once(lake: Lake) -> None:
    assert issue(lake, day(FIRST, SERIES)) == issue(lake, day(FIRST, SERIES))
    assert len(issued(lake, REGION_CODE, ALERT)) == 1


def test_a_day_without_alerts_is_on_record(lake: Lake) -> None:
    issue(lake, day(FIRST))
    assert alerts_with_life(lake, REGION_CODE).empty
    assert is_issued(lake, REGION_CODE, day(FIRST)) is True
    assert day_with_life(lake, REGION_CODE, day(FIRST)).empty


def test_other_alerts_of_the_same_day_are_a_revision(lake: Lake) -> None:
    issue(lake, day(FIRST, SERIES))
    changed = day(FIRST, SERIES, observed=11)
    assert is_issued(lake, REGION_CODE, changed) is False
    issue(lake, changed)
    assert issued(lake, REGION_CODE, ALERT)["revision"].tolist() == [1, 2]
    life = alerts_with_life(lake, REGION_CODE)
    assert life["observed"].tolist() == [11]
    assert life["issue_count"].tolist() == [2]


def test_a_daily_issue_does_not_multiply_an_alert(lake: Lake) -> None:
    for passed in (0, 1, 2, 16, 30):
        issue(lake, day(after(passed), SERIES))
    life = alerts_with_life(lake, REGION_CODE)
    assert life["alert_id"].tolist() == [f"{ANGGREK}/K/2026-10-01"]
    assert (life["first_on"][0], life["last_on"][0], life["issue_count"][0]) == (FIRST, after(30), 5)
    issue(lake, day(after(45), SERIES))
    assert ids(lake) == {f"{ANGGREK}/K/2026-10-01", f"{ANGGREK}/K/2026-11-15"}


def test_places_groups_and_events_are_alerts_of_their_own(lake: Lake) -> None:
    issue(lake, day(FIRST, SERIES))
    issue(lake, day(after(1), (BAKUNG, "K", SIAGA), (ANGGREK, "A", SIAGA), (None, "K", SIAGA)))
    issue(lake, day(after(2), (ANGGREK, "K", EVENT), begun=FIRST))
    assert len(ids(lake)) == 5
    event = alerts_with_life(lake, REGION_CODE).set_index("alert_id").loc[f"{ANGGREK}/K-kejadian/2026-10-01"]
    assert (event["window_first_on"], event["window_last_on"], event["first_on"]) == (FIRST, FIRST, FIRST)


def test_the_tier_of_the_ledger_is_the_highest(lake: Lake) -> None:
    for passed, tier in enumerate((WASPADA, SIAGA, WASPADA)):
        issue(lake, day(after(passed), (ANGGREK, "K", tier)))
    assert alerts_with_life(lake, REGION_CODE)["tier"].tolist() == [SIAGA]
    assert day_with_life(lake, REGION_CODE, day(after(2), (ANGGREK, "K", WASPADA)))["tier"].tolist() == [WASPADA]


def test_the_life_of_an_alert(lake: Lake) -> None:
    issue(lake, day(FIRST, SERIES))
    (alert_id,) = ids(lake)
    for state, note in ((SEEN, ""), (ACTED, "Babinsa bertemu warga"), (ACTED, "Rapat kedua"), (CLOSED, "Tenang")):
        step(lake, alert_id, state, note, on=after(2))
        life = alerts_with_life(lake, REGION_CODE).iloc[0]
        assert (life["state"], life["note"], life["actor"], life["stepped_on"]) == (state, note, "penguji", after(2))
    assert len(issue_queries.alert_steps(lake, REGION_CODE)) == 4
    assert unanswered(alerts_with_life(lake, REGION_CODE)).empty


@pytest.mark.parametrize(
    ("taken", "refused"),
    [
        ([SEEN], SEEN),
        ([ACTED], SEEN),
        ([CLOSED], SEEN),
        ([CLOSED], ACTED),
        ([SEEN, CLOSED], CLOSED),
        ([], NEW),
        ([], "selesai"),
    ],
)
def test_steps_lead_only_forward(lake: Lake, taken: list[str], refused: str) -> None:
    issue(lake, day(FIRST, SERIES))
    (alert_id,) = ids(lake)
    for state in taken:
        step(lake, alert_id, state, "catatan")
    with pytest.raises(AlertError, match=r"[A-Z].*\.$"):
        step(lake, alert_id, refused, "catatan")
    assert len(issue_queries.alert_steps(lake, REGION_CODE)) == len(taken)


@pytest.mark.parametrize("state", [ACTED, CLOSED])
def test_an_answer_needs_its_words(lake: Lake, state: str) -> None:
    issue(lake, day(FIRST, SERIES))
    (alert_id,) = ids(lake)
    with pytest.raises(AlertError, match="belum ditulis"):
        step(lake, alert_id, state, "  ")


def test_a_step_on_an_unknown_alert_is_refused_with_a_sentence(lake: Lake) -> None:
    issue(lake, day(FIRST, SERIES))
    with pytest.raises(AlertError, match="Tidak ada peringatan terbitan bernomor"):
        step(lake, "19.99/K/2020-01-01", SEEN)
    (alert_id,) = ids(lake)
    with pytest.raises(AlertError):
        take_step(lake, "99.71", alert_id, SEEN, actor=officer(), decided_on=FIRST)


def test_a_note_is_masked(lake: Lake) -> None:
    issue(lake, day(FIRST, SERIES))
    (alert_id,) = ids(lake)
    step(lake, alert_id, ACTED, "Ditelepon ke 0812-3456-7890")
    assert "3456" not in alerts_with_life(lake, REGION_CODE)["note"][0]


def test_a_closed_alert_is_held_from_its_closing(lake: Lake) -> None:
    issue(lake, day(FIRST, SERIES))
    (alert_id,) = ids(lake)
    step(lake, alert_id, CLOSED, "Tenang", on=after(1))
    for passed in (2, 8, 15):
        issue(lake, day(after(passed), SERIES))
        assert ids(lake) == {alert_id}
    issue(lake, day(after(16), SERIES))
    assert ids(lake) == {alert_id, f"{ANGGREK}/K/2026-10-17"}
    assert unanswered(alerts_with_life(lake, REGION_CODE))["alert_id"].tolist() == [f"{ANGGREK}/K/2026-10-17"]


def test_what_was_closed_as_waspada_does_not_keep_siaga_quiet(lake: Lake) -> None:
    issue(lake, day(FIRST, (ANGGREK, "K", WASPADA)))
    (alert_id,) = ids(lake)
    step(lake, alert_id, CLOSED, "Tenang", on=FIRST)
    issue(lake, day(after(1), SERIES))
    assert ids(lake) == {alert_id, f"{ANGGREK}/K/2026-10-02"}


def test_a_past_day_worked_out_again_is_marked_and_joins_its_alert(lake: Lake) -> None:
    issue(lake, day(after(5), SERIES))
    issue(lake, day(FIRST, SERIES, (BAKUNG, "K", SIAGA)), issued_on=after(5))
    life = alerts_with_life(lake, REGION_CODE).set_index("alert_id")
    assert set(life.index) == {f"{ANGGREK}/K/2026-10-06", f"{BAKUNG}/K/2026-10-01"}
    assert life["recomputed"].to_dict() == {f"{ANGGREK}/K/2026-10-06": False, f"{BAKUNG}/K/2026-10-01": True}


def test_the_night_after_is_not_the_past(lake: Lake) -> None:
    issue(lake, day(FIRST, SERIES), issued_on=after(1))
    assert not alerts_with_life(lake, REGION_CODE)["recomputed"].any()


def test_a_day_sees_only_the_alerts_until_it(lake: Lake) -> None:
    issue(lake, day(FIRST, SERIES))
    issue(lake, day(after(3), (BAKUNG, "K", SIAGA)))
    assert alerts_with_life(lake, REGION_CODE, after(2))["area_code"].tolist() == [ANGGREK]
    assert alerts_with_life(lake, REGION_CODE, after(3))["area_code"].tolist() == [BAKUNG, ANGGREK]


def test_the_day_with_its_life(lake: Lake) -> None:
    issue(lake, day(FIRST, SERIES))
    (alert_id,) = ids(lake)
    step(lake, alert_id, SEEN)
    shown = day_with_life(lake, REGION_CODE, day(after(1), SERIES, (None, "K", WASPADA)))
    assert list(shown.columns) == list(LIFE_COLUMNS)
    assert shown["state"].tolist() == [SEEN, NEW]
    assert shown["issue_count"].tolist() == [1, 0]
    assert shown["first_on"].tolist() == [FIRST, after(1)]
    assert shown["area_code"].tolist() == [ANGGREK, None]


def test_alerts_of_the_region_frozen_long_ago_read_as_trends(lake: Lake) -> None:
    """Stores hold rows of the whole region with the tiers of alerts: they verify as they stand, and ask no answer."""
    issue(lake, day(FIRST, (None, "K", SIAGA), (None, "semua", WASPADA), (ANGGREK, "K", SIAGA)))
    issue(lake, day(after(7), (ANGGREK, "K", WASPADA)))
    assert broken_issues(lake, REGION_CODE) == []
    stored = issue_queries.alert_rows(lake, REGION_CODE)
    assert set(stored.loc[stored["area_code"].isna(), "tier"]) == {SIAGA, WASPADA}
    life = alerts_with_life(lake, REGION_CODE)
    assert set(life.loc[[code is None for code in life["area_code"]], "tier"]) == {TREND}
    assert unanswered(life)["area_code"].tolist() == [ANGGREK]
    assert places(life) == {SIAGA: 1}
    graded = frozen_alerts(lake, REGION_CODE, as_of=after(7))
    assert sorted(graded["tier"]) == [SIAGA, TREND, TREND]


def test_the_command(city: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    usual = [incident(code, 7 * week + 1) for week in range(30) for code in AREAS for _ in range(2)]
    put(city, incidents=[*usual, *(incident(BAKUNG, 2) for _ in range(14))])
    monkeypatch.setattr(alert_commands, "open_store", lambda: (city, alert_commands_settings(REPORTED_DAY)))
    command = ["peringatan", "--wilayah", REGION_CODE, "--per", REPORTED_DAY.isoformat()]
    assert main(command) == 0
    assert "Siaga: Bakung, Kec. Utara · Konflik · 14" in capsys.readouterr().out.replace("16 kejadian", "14 kejadian")
    assert issued(city, REGION_CODE, ALERT).empty
    assert main([*command, "--json", "--terbitkan"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["terbitan"] == issued(city, REGION_CODE, ALERT)["issue_id"][0]
    assert {row["keadaan"] for row in told["peringatan"]} == {"Baru"}
    assert told["tempat"] == {"siaga": 1}
    assert all(row["kode"] for row in told["peringatan"])
    assert {row["kelompok"] for row in told["tren"]} == set(group_names().values())
    assert main([*command, "--csv", str(tmp_path / "peringatan.csv")]) == 0
    written = pd.read_csv(tmp_path / "peringatan.csv")
    assert set(written["tingkat"]) <= {"Siaga", "Waspada"}
    assert BAKUNG in set(written["kode"])
    assert set(written["wilayah_kode"].astype(str)) == {REGION_CODE}
    assert set(written["per"]) == {REPORTED_DAY.isoformat()}
    assert told["aturan"].startswith(written["aturan"].astype(str).iloc[0])


def alert_commands_settings(today: date) -> Any:
    from lib.settings import Settings  # noqa: PLC0415

    return Settings("", None, today)


def test_what_cannot_be_written_is_not_issued(
    city: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(city, incidents=[incident(BAKUNG, 2)])
    monkeypatch.setattr(alert_commands, "open_store", lambda: (city, alert_commands_settings(REPORTED_DAY)))
    command = ["peringatan", "--wilayah", REGION_CODE, "--terbitkan", "--csv"]
    assert main([*command, str(tmp_path / "tidak-ada" / "a.csv")]) == 2
    assert "tidak dapat dibuka atau ditulis" in capsys.readouterr().err
    assert issued(city, REGION_CODE, ALERT).empty
    assert main([*command, str(tmp_path / "a.csv")]) == 0
    assert len(issued(city, REGION_CODE, ALERT)) == 1


def test_a_day_far_ahead_is_refused(
    city: Lake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(alert_commands, "open_store", lambda: (city, alert_commands_settings(REPORTED_DAY)))
    assert main(["peringatan", "--wilayah", REGION_CODE, "--per", "2035-01-01"]) == 2
    assert "2035-01-01 terlalu jauh di depan" in capsys.readouterr().err
