"""The journal of an incident: the newest entry holds, nothing is forgotten, and nothing counts before its day."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import LakeError
from data.store import queries
from data.store.lake import open_lake, snapshot_id, write
from data.store.states import STATES, VERIFIED
from lib.errors import JournalError
from lib.intake.undo import undo_import
from lib.reports.journal import RowKey, journal, row_key, verify
from lib.rules.regions import weights
from lib.score import answers
from lib.score.answers import assess_areas
from lib.score.inputs import fetch_inputs
from lib.score.question import default_filters
from lib.texts.errors import sentence
from lib.texts.questions import VERIFICATIONS
from tests.city import ANGGREK, BAKUNG, REGION, REGION_CODE, at
from tests.officers import officer
from tests.steps import assert_sound, known, rows, take_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from data.store.lake import Lake

DAY = date(2024, 11, 10)
LATER = DAY + timedelta(days=5)


def keys(lake: Lake, *source_ids: str) -> list[RowKey]:
    found = rows(lake, "SELECT source_id, import_id, line_number FROM incident")
    by_name = {name: RowKey(import_id, line) for name, import_id, line in found}
    return [by_name[name] for name in source_ids]


@pytest.fixture(scope="module")
def reported_store(city_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store with 21 severe reports of Anggrek and one of Bakung; no file says more of them than "masuk"."""
    folder = tmp_path_factory.mktemp("laporan") / "gudang"
    shutil.copytree(city_store, folder)
    lake = open_lake(str(folder))
    severe = [at(ANGGREK, id_sumber=f"K-{n:02}", keparahan="5", status="masuk" if n else None) for n in range(21)]
    take_in(lake, [*severe, at(BAKUNG, id_sumber="B", status="masuk")])
    lake.connection.close()
    return folder


@pytest.fixture
def lake(reported_store: Path, open_copy: Callable[[Path], Lake]) -> Lake:
    """Open a copy of that store."""
    return open_copy(reported_store)


@pytest.fixture(scope="module")
def asked(reported_store: Path) -> Iterator[Lake]:
    """Open that store itself, for tests that change nothing."""
    lake = open_lake(str(reported_store))
    yield lake
    lake.connection.close()


def judge(lake: Lake, names: list[str], state: str, **changes: Any) -> str:
    usual: dict[str, Any] = {"reason": "dicek ke lapangan", "actor": officer(), "decided_on": LATER}
    return verify(lake, REGION, keys(lake, *names), state, **(usual | changes))


def states(lake: Lake, as_of: date) -> dict[str, str]:
    found = queries.incident_rows(lake, REGION_CODE, as_of=as_of, start=DAY, end=DAY)
    return dict(zip(found["source_id"], found["verification"], strict=True))


# The newest entry holds


def test_new_is_never_verified_and_the_newest_entry_holds(lake: Lake) -> None:
    assert set(states(lake, LATER).values()) == {"masuk"}
    for state in ("terverifikasi", "tidak_dapat_dipastikan", "selesai"):
        judge(lake, ["K-00"], state)
        assert Counter(states(lake, LATER).values()) == {state: 1, "masuk": 21}
        assert states(lake, LATER)["K-00"] == state
    assert_sound(lake)


def test_counts_and_rows_give_the_same_state(lake: Lake) -> None:
    judge(lake, ["K-00", "K-01"], "terverifikasi")
    judge(lake, ["K-02"], "ditolak")
    span: dict[str, date] = {"as_of": LATER, "start": DAY, "end": DAY}
    counted = queries.incident_counts(lake, REGION_CODE, **span).groupby("verification")["incident_count"].sum()
    assert counted.to_dict() == {"terverifikasi": 2, "ditolak": 1, "masuk": 19}
    assert Counter(states(lake, LATER).values()) == counted.to_dict()


def test_a_day_knows_only_what_was_decided_until_then(lake: Lake) -> None:
    judge(lake, ["K-00"], "terverifikasi", decided_on=LATER)
    judge(lake, ["K-00"], "ditolak", decided_on=LATER + timedelta(days=2))
    assert states(lake, LATER - timedelta(days=1))["K-00"] == "masuk"
    assert states(lake, LATER + timedelta(days=1))["K-00"] == "terverifikasi"
    assert states(lake, LATER + timedelta(days=2))["K-00"] == "ditolak"
    judge(lake, ["K-00"], "selesai", decided_on=LATER)  # recorded last, so it holds on every day that knows it
    assert states(lake, LATER + timedelta(days=2))["K-00"] == "selesai"


def test_a_grade_holds_until_another_is_given(lake: Lake) -> None:
    judge(lake, ["K-00"], "masuk", source_grade="B", content_grade="3")
    judge(lake, ["K-00"], "terverifikasi", content_grade="2")
    row = known(lake).loc["K-00"]
    assert (row["verification"], row["source_grade"], row["content_grade"]) == ("terverifikasi", "B", "2")


def test_twenty_rows_at_once_are_one_entry_and_one_snapshot(lake: Lake) -> None:
    before = snapshot_id(lake)
    entry = judge(lake, [*(f"K-{n:02}" for n in range(20)), "K-00"], "terverifikasi")  # one is named twice
    assert snapshot_id(lake) == before + 1
    assert rows(lake, "SELECT entry_id, count(*) FROM verification_entry GROUP BY ALL") == [(entry, 20)]
    assert Counter(states(lake, LATER).values()) == {"terverifikasi": 20, "masuk": 2}


def test_the_journal_lists_the_status_of_the_file_and_then_every_entry(lake: Lake) -> None:
    judge(lake, ["K-00", "K-01"], "terverifikasi", source_grade="A", reason="  bertemu saksi ")
    judge(lake, ["K-00"], "ditolak", reason="latihan, hub. 081234567890", actor=officer("lain"), decided_on=LATER)
    found = journal(lake, REGION_CODE, keys(lake, "K-00")[0])
    assert found["state"].tolist() == ["masuk", "terverifikasi", "ditolak"]
    assert found["entry_id"].isna().tolist() == [True, False, False]
    assert found["reason"].fillna("").tolist() == ["", "bertemu saksi", "latihan, hub. [telepon disamarkan]"]
    assert found["actor"].tolist() == ["penguji", "penguji", "lain"]
    assert found["source_grade"].fillna("").tolist() == ["", "A", ""]
    assert pd.to_datetime(found["decided_on"]).dt.date.tolist() == [date(2024, 11, 11), LATER, LATER]
    assert found["recorded_at"].is_monotonic_increasing


# In the score


def test_whoever_handles_or_settled_an_incident_has_verified_it(lake: Lake) -> None:
    # Incidents alone, so that their score reaches the class that takes a verified one.
    shares = (("struktural", 0.0), ("kejadian", 1.0), ("sekitar", 0.0), ("lonjakan", 0.0))
    scheme = replace(weights(REGION_CODE), component_weights=shares)

    def anggrek() -> Any:
        filters = default_filters(lake, REGION_CODE, as_of=LATER)
        areas = answers.judge(fetch_inputs(lake, filters), filters, scheme).areas
        return areas.set_index("area_code").loc[ANGGREK]

    before = anggrek()
    assert (before["verified_count"], before["class_index"], bool(before["unverified"])) == (0, 2, True)
    assert before["score"] == pytest.approx(scheme.class_cuts[2] - 0.1)
    for number, state in enumerate(VERIFIED):
        judge(lake, [f"K-{number:02}"], state)
        after = anggrek()
        assert (after["verified_count"], after["class_index"], bool(after["unverified"])) == (number + 1, 4, False)
        assert after["score"] > before["score"]
        before = after


def test_a_rejected_report_leaves_the_figures_and_can_be_asked_for(lake: Lake) -> None:
    judge(lake, ["K-00"], "ditolak")
    filters = default_filters(lake, REGION_CODE, as_of=LATER)
    assert assess_areas(lake, filters).areas["incident_count"].sum() == 21
    rejected = answers.incidents(lake, replace(filters, verifications=("ditolak",)))
    assert rejected["source_id"].tolist() == ["K-00"]


def test_every_state_has_a_word() -> None:
    assert set(VERIFICATIONS) == set(STATES)


# Refusals


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"rows": []}, "no_rows"),
        ({"rows": ["K-00", RowKey("tidak-ada", 2)]}, "unknown_row"),  # one among others stops all
        ({"region": replace(REGION, code="19.98")}, "unknown_row"),
        ({"state": "diverifikasi"}, "unknown_state"),
        ({"source_grade": "G"}, "unknown_grade"),
        ({"source_grade": ""}, "unknown_grade"),
        ({"content_grade": "0"}, "unknown_grade"),
        ({"reason": " \n"}, "empty_reason"),
    ],
)
def test_a_refused_entry_writes_nothing(asked: Lake, changes: dict[str, Any], code: str) -> None:
    before = snapshot_id(asked)
    usual = {"region": REGION, "rows": ["K-00"], "state": "terverifikasi", "reason": "x"}
    arguments = usual | {"actor": officer("a"), "decided_on": LATER} | changes
    named = [row if isinstance(row, RowKey) else keys(asked, row)[0] for row in arguments.pop("rows")]
    with pytest.raises(JournalError) as refused:
        verify(asked, arguments.pop("region"), named, arguments.pop("state"), **arguments)
    assert refused.value.code == code
    assert sentence(refused.value).endswith(".")
    assert code not in sentence(refused.value)
    assert snapshot_id(asked) == before


def test_a_row_of_an_undone_import_is_no_longer_known(lake: Lake) -> None:
    key = keys(lake, "K-00")[0]
    judge(lake, ["K-00"], "terverifikasi")
    undo_import(lake, REGION, key.import_id, reason="salah berkas", actor=officer())
    with pytest.raises(JournalError, match="unknown_row"):
        verify(lake, REGION, [key], "ditolak", reason="x", actor=officer("a"), decided_on=LATER)
    with pytest.raises(JournalError, match="unknown_row"):
        journal(lake, REGION_CODE, key)
    assert_sound(lake)
    take_in(lake, [at(ANGGREK, id_sumber="K-00", status="masuk")], "lagi.csv")
    assert states(lake, LATER) == {"K-00": "masuk"}  # a new row with a journal of its own


@pytest.mark.parametrize(
    "change",
    ["'baik' AS state", "'G' AS source_grade", "'' AS reason", "99 AS line_number", "'19.98' AS region_code"],
)
def test_the_store_refuses_an_entry_that_cannot_be(judged: Lake, change: str) -> None:
    again = f"INSERT INTO verification_entry SELECT * REPLACE ({change}) FROM verification_entry"
    with pytest.raises(LakeError) as refused:
        write(judged, lambda hand: hand.execute(again), author="a", message="m")
    assert refused.value.facts["check"] == "verification_rows"


@pytest.fixture(scope="module")
def judged(reported_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """Open one copy of the store with one entry, for tests that change nothing."""
    folder = tmp_path_factory.mktemp("dinilai") / "gudang"
    shutil.copytree(reported_store, folder)
    lake = open_lake(str(folder))
    judge(lake, ["K-00"], "terverifikasi")
    yield lake
    lake.connection.close()


# Keys


@given(st.text(min_size=1).filter(lambda text: text == text.strip()), st.integers(0, 10**9))
def test_a_key_reads_back(import_id: str, line_number: int) -> None:
    key = RowKey(import_id, line_number)
    assert row_key(str(key)) == key


@pytest.mark.parametrize("text", ["", "20261122-101010-ab12", ":3", "a:", "a:-1", "a:²", "a:b"])
def test_a_key_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(JournalError) as refused:
        row_key(text)
    assert refused.value.code == "bad_key"
    assert sentence(refused.value).endswith(".")
