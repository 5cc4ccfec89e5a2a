"""Frozen warnings: what is issued stays, twice is once, and every tampering shows."""

from __future__ import annotations

import contextlib
from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.store.health import broken_rules
from lib.commands import upkeep as store_commands
from lib.texts.store import issue_broken
from lib.warnings.issues import (
    ALERT,
    COLUMNS,
    FORECAST,
    broken_issues,
    freeze_rows,
    frozen_rows,
    issued,
    record_digest,
    rows_digest,
)
from tests.officers import officer

if TYPE_CHECKING:
    from data.store.lake import Lake

REGION = "99.71"
DAY = date(2026, 10, 29)


def forecast(
    mean: float = 0.7, areas: tuple[str | None, ...] = ("99.71.01.1001", "99.71.01.1002", None)
) -> pd.DataFrame:
    numbers = dict.fromkeys(COLUMNS[FORECAST], 1)
    rows = [
        numbers
        | {"area_code": area, "group_code": "semua", "horizon_days": 7, "mean": mean + place, "baseline_only": False}
        for place, area in enumerate(areas)
    ]
    return pd.DataFrame(rows)


def freeze(lake: Lake, rows: pd.DataFrame, kind: str = FORECAST, **changed: Any) -> str:
    facts: dict[str, Any] = {
        "as_of": DAY,
        "horizon_days": 7,
        "snapshot": 12,
        "weights_digest": "abc",
        "method": "uji",
        "simulated": True,
        "actor": officer(),
        "issued_on": DAY,
    }
    return freeze_rows(lake, REGION, kind, rows, **(facts | changed))


def tamper(lake: Lake, statement: str) -> None:
    with contextlib.closing(lake.cursor()) as cursor:
        cursor.execute(statement)


def test_what_is_issued_is_kept_and_whole(lake: Lake) -> None:
    issue_id = freeze(lake, forecast())
    rows = frozen_rows(lake, REGION, FORECAST)
    assert set(rows["issue_id"]) == {issue_id}
    assert sorted(rows["mean"]) == [0.7, 1.7, 2.7]
    assert rows["area_code"].isna().sum() == 1
    assert issued(lake, REGION, FORECAST)[["issue_id", "revision", "row_count"]].to_numpy().tolist() == [
        [issue_id, 1, 3]
    ]
    assert broken_issues(lake) == []


def test_a_double_click_issues_once_whatever_the_order(lake: Lake) -> None:
    first = freeze(lake, forecast())
    assert freeze(lake, forecast().iloc[::-1]) == first
    assert len(issued(lake, REGION, FORECAST)) == 1


def test_other_rows_are_a_revision_that_shows(lake: Lake) -> None:
    first = freeze(lake, forecast())
    second = freeze(lake, forecast(0.9))
    assert second != first
    found = issued(lake, REGION, FORECAST, DAY)
    assert found["revision"].tolist() == [1, 2]
    assert found["issue_id"].tolist() == [first, second]
    assert found["previous_sha256"].tolist() == ["", found["sha256"].iloc[0]]
    assert broken_issues(lake, REGION) == []


def test_going_back_to_the_first_rows_is_a_third_issue(lake: Lake) -> None:
    first = freeze(lake, forecast())
    freeze(lake, forecast(0.9))
    assert freeze(lake, forecast()) != first


def test_no_alert_is_on_record_too(lake: Lake) -> None:
    nothing = pd.DataFrame(columns=list(COLUMNS[ALERT]))
    issue_id = freeze(lake, nothing, ALERT, horizon_days=None)
    assert freeze(lake, nothing, ALERT, horizon_days=None) == issue_id
    assert issued(lake, REGION, ALERT)["row_count"].tolist() == [0]
    assert broken_issues(lake) == []


def test_kinds_and_days_chain_in_one_order(lake: Lake) -> None:
    freeze(lake, forecast())
    freeze(lake, pd.DataFrame(columns=list(COLUMNS[ALERT])), ALERT)
    freeze(lake, forecast(), as_of=date(2026, 10, 28))
    alert = issued(lake, REGION, ALERT).iloc[0]
    forecasts = issued(lake, REGION, FORECAST)
    assert alert["previous_sha256"] == forecasts["sha256"].iloc[0]
    assert forecasts["previous_sha256"].iloc[1] == alert["sha256"]
    assert forecasts["revision"].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("statement", "faults"),
    [
        ("UPDATE forecast_row SET mean = 0.71 WHERE mean = 0.7", ["rows"]),
        ("DELETE FROM forecast_row WHERE mean = 0.7", ["rows"]),
        ("INSERT INTO forecast_row SELECT * REPLACE (9.5 AS mean) FROM forecast_row LIMIT 1", ["rows"]),
        ("UPDATE forecast_row SET region_code = '99.72' WHERE mean = 0.7", ["rows", "orphan"]),
        ("UPDATE issue SET as_of = DATE '2026-10-01' WHERE as_of = DATE '2026-10-28'", ["record"]),
        ("UPDATE issue SET actor = 'lain' WHERE as_of = DATE '2026-10-28'", ["record"]),
        ("UPDATE issue SET issued_on = DATE '2026-10-30' WHERE as_of = DATE '2026-10-28'", ["record"]),
        ("DELETE FROM issue WHERE as_of = DATE '2026-10-28'", ["chain", "orphan"]),
        ("INSERT INTO issue SELECT * FROM issue WHERE as_of = DATE '2026-10-28'", ["record"]),
    ],
)
def test_tampering_shows(lake: Lake, statement: str, faults: list[str]) -> None:
    freeze(lake, forecast(), as_of=date(2026, 10, 28))
    freeze(lake, forecast(3.7))
    tamper(lake, statement)
    found = broken_issues(lake)
    assert sorted({broken.fault for broken in found}) == sorted(faults)
    for broken in found:
        assert broken.issue_id in issue_broken(broken.issue_id, broken.kind, broken.as_of, broken.fault)


def test_a_line_hashed_anew_still_breaks_the_chain(lake: Lake) -> None:
    """Whoever changes a line and its hash must change every later one too."""
    freeze(lake, forecast(), as_of=date(2026, 10, 28))
    freeze(lake, forecast(3.7))
    first = issued(lake, REGION, FORECAST).iloc[0]
    changed = record_digest(first.to_dict() | {"actor": "lain"})
    tamper(lake, f"UPDATE issue SET actor = 'lain', sha256 = '{changed}' WHERE issue_id = '{first['issue_id']}'")
    assert [broken.fault for broken in broken_issues(lake)] == ["chain"]


def test_lost_rows_break_a_rule_of_the_store(lake: Lake) -> None:
    freeze(lake, forecast())
    tamper(lake, "DELETE FROM forecast_row WHERE mean = 0.7")
    with contextlib.closing(lake.cursor()) as cursor:
        assert [name for name, _ in broken_rules(cursor)] == ["issues_rows"]


def test_a_missing_column_or_wrong_value_is_refused(lake: Lake) -> None:
    with pytest.raises(ValueError, match="mean"):
        freeze(lake, forecast().drop(columns="mean"))
    with pytest.raises(ValueError, match="kind"):
        freeze(lake, forecast(), "lain")


@given(st.lists(st.floats(-1e300, 1e300) | st.just(float("nan")), min_size=1, max_size=6), st.randoms())
def test_the_hash_ignores_order_and_sees_every_digit(values: list[float], random: Any) -> None:
    rows = pd.concat([forecast(value, (f"area{place}",)) for place, value in enumerate(values)], ignore_index=True)
    order = list(range(len(rows)))
    random.shuffle(order)
    assert rows_digest(rows, FORECAST) == rows_digest(rows.iloc[order], FORECAST)
    nudged = rows.assign(mean=np.nextafter(rows["mean"].fillna(0), np.inf))
    assert rows_digest(rows, FORECAST) != rows_digest(nudged, FORECAST)


def test_the_check_of_the_store_names_a_changed_issue(
    city: Lake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PETADINI_LAKE", str(city.folder))
    issue_id = freeze(city, forecast())
    assert store_commands.check(Namespace(bersihkan=False, segel=False, kepala=None)) == 0
    tamper(city, "UPDATE forecast_row SET mean = 0.71 WHERE mean = 0.7")
    assert store_commands.check(Namespace(bersihkan=False, segel=False, kepala=None)) == 1
    assert f"Terbitan {issue_id} (ramalan per 29 Oktober 2026) tidak lagi seperti saat" in capsys.readouterr().out
