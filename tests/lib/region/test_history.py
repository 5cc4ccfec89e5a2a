"""Looking back: the last state of a local day, and the store as it was then."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from data.errors import LakeError
from data.store import lake as lakes
from data.store.lake import Snapshot, open_at, snapshot_id, snapshots, write
from lib.filters import Filters
from lib.region.history import last_until, local_day
from lib.texts import store as t
from lib.texts.errors import sentence
from lib.texts.questions import question
from tests.writers import activate, activation_count

if TYPE_CHECKING:
    from data.store.lake import Lake

JAKARTA, JAYAPURA = "Asia/Jakarta", "Asia/Jayapura"
STATES = [
    Snapshot(3, datetime(2024, 11, 5, 2, 0), "a", "pagi"),  # noqa: DTZ001 - the store keeps UTC without a zone
    Snapshot(4, datetime(2024, 11, 5, 16, 59, 59), "a", "sebelum tengah malam di Jakarta"),  # noqa: DTZ001
    Snapshot(7, datetime(2024, 11, 5, 17, 0), "a", "tengah malam di Jakarta"),  # noqa: DTZ001
]


@pytest.mark.parametrize(
    ("day", "time_zone", "number"),
    [
        (date(2024, 11, 4), JAKARTA, None),
        (date(2024, 11, 5), JAKARTA, 4),
        (date(2024, 11, 6), JAKARTA, 7),
        (date(2030, 1, 1), JAKARTA, 7),
        (date(2024, 11, 5), JAYAPURA, 3),  # midnight there is 15.00 UTC
    ],
)
def test_the_last_state_of_a_local_day(day: date, time_zone: str, number: int | None) -> None:
    found = last_until(STATES, day, time_zone)
    assert (found.number if found else None) == number


def test_a_state_belongs_to_the_day_it_had_where_the_region_is() -> None:
    assert [local_day(state, JAKARTA).day for state in STATES] == [5, 5, 6]
    assert [local_day(state, JAYAPURA).day for state in STATES] == [5, 6, 6]


def test_states_are_listed_with_author_and_message(lake: Lake) -> None:
    first = snapshots(lake)
    activate(lake)
    write(lake, lambda cursor: cursor.execute("SELECT 1"), author="Sari", message="tanpa perubahan")
    write(
        lake,
        lambda cursor: cursor.execute("INSERT INTO import_undo VALUES ('i', 'r', 'a', now()::TIMESTAMP)"),
        author="Sari",
        message="batal i",
    )
    added = snapshots(lake)[len(first) :]
    assert [(state.author, state.message) for state in added][-1] == ("Sari", "batal i")
    assert added[-1].number == snapshot_id(lake)
    today = lakes.utc_now().date()
    assert all(abs((state.committed_at.date() - today).days) <= 1 for state in added)
    assert last_until(snapshots(lake), date(2030, 1, 1), JAKARTA) == added[-1]
    assert last_until(snapshots(lake), date(2020, 1, 1), JAKARTA) is None


def test_a_past_state_answers_as_it_did_then(lake: Lake) -> None:
    numbers = [snapshot_id(lake)]
    for _ in range(3):
        activate(lake)
        numbers.append(snapshot_id(lake))
    past = [open_at(lake, number) for number in numbers]
    assert [activation_count(state) for state in past] == [0, 1, 2, 3]
    assert {snapshot_id(state) for state in past} == {numbers[-1]}  # the newest is the newest whoever asks
    with closing(past[1].cursor()) as cursor:
        assert cursor.execute("SELECT count(*) FROM valid_import").fetchone() == (0,)


def test_few_past_states_stay_attached_and_each_comes_back_when_asked(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = snapshot_id(lake)
    for _ in range(3):
        activate(lake)
    monkeypatch.setattr("data.store.attaching.MOST_PAST_STATES", 2)
    past = [open_at(lake, number) for number in range(first, first + 4)]
    for _ in range(2):
        assert [activation_count(state) for state in past] == [0, 1, 2, 3]
    with closing(lake.cursor()) as cursor:
        attached = {name for (name,) in cursor.execute("SELECT database_name FROM duckdb_databases()").fetchall()}
    assert attached & {state.alias for state in past} == {past[2].alias, past[3].alias}


def test_a_past_state_cannot_be_changed(lake: Lake) -> None:
    before = snapshot_id(lake)
    with pytest.raises(ValueError, match="past state"):
        activate(open_at(lake, before))
    assert snapshot_id(lake) == before


def test_a_state_that_does_not_exist_is_refused_in_words(lake: Lake) -> None:
    for number in (snapshot_id(lake) + 1, 0):
        with pytest.raises(LakeError) as refused:
            open_at(lake, number)
        assert refused.value.code == "no_snapshot"
        assert f"nomor {number} " in sentence(refused.value)


def test_the_question_says_that_it_is_about_the_past() -> None:
    now = Filters(9, "14.72", "pilkada-2024", date(2024, 5, 1), date(2024, 11, 5))
    then = Filters(4, "14.72", "pilkada-2024", date(2024, 5, 1), date(2024, 11, 5), as_it_was=date(2024, 11, 5))
    words = "Seperti pada 5 November 2024 – bukan keadaan terbaru"
    assert t.as_it_was(date(2024, 11, 5)) == words
    assert words not in question(now)
    assert question(then).endswith(words)
    assert then.unfiltered().as_it_was == then.as_it_was
