"""Events as arrays: what each day knew, counted by hand and by law."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.analysis.panel import Panel, counts, known_on, weekly_counts
from lib.region.panels import ALL, PANEL_DAYS, group_names, other_groups, panels_of
from lib.rules.taxonomy import taxonomy
from tests.worlds import from_counts


def panel(*events: tuple[int, int, int], areas: int = 3, days: int = 20) -> Panel:
    area, occurred, reported = (np.array([event[k] for event in events], dtype=np.int64) for k in range(3))
    return Panel(area, occurred, reported, areas, days)


def test_a_day_knows_what_was_reported_until_then() -> None:
    whole = panel((0, 3, 3), (0, 4, 9), (2, 9, 9))
    cut = known_on(whole, 8)
    assert cut.day_count == 9
    assert counts(cut, 0, 8).tolist() == [1, 0, 0]
    assert counts(whole, 4, 9).tolist() == [1, 0, 1]


def test_weeks_end_on_the_last_day() -> None:
    whole = panel((0, 19, 19), (0, 13, 14), (1, 12, 12), (1, 0, 0))
    assert weekly_counts(whole, 2).tolist() == [[0, 2], [1, 0], [0, 0]]
    assert weekly_counts(whole, 4).tolist() == [[0, 0, 0, 2], [0, 1, 1, 0], [0, 0, 0, 0]]


@pytest.mark.parametrize("event", [(3, 0, 0), (-1, 0, 0), (0, 5, 4), (0, 19, 20), (0, -1, 0)])
def test_events_outside_areas_or_days_are_refused(event: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="outside"):
        panel(event)


def test_arrays_of_different_events_are_refused() -> None:
    with pytest.raises(ValueError, match="same events"):
        Panel(np.zeros(2, dtype=np.int64), np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64), 1, 1)


def test_a_day_outside_the_panel_is_refused() -> None:
    with pytest.raises(ValueError, match="lies outside"):
        known_on(panel((0, 0, 0)), 20)


@given(st.lists(st.lists(st.integers(0, 3), min_size=9, max_size=9), min_size=1, max_size=5))
def test_daily_counts_come_back(table: list[list[int]]) -> None:
    daily = np.array(table)
    made = from_counts(daily)
    assert np.array_equal(np.column_stack([counts(made, day, day) for day in range(9)]), daily)
    assert weekly_counts(made, 2).sum() == daily.sum()


def rows(*events: tuple[str | None, str, str, str, str, int]) -> pd.DataFrame:
    names = ["area_code", "category_code", "verification", "occurred_on", "reported_on", "incident_count"]
    table = pd.DataFrame(events, columns=names)
    return table.astype({"occurred_on": "datetime64[s]", "reported_on": "datetime64[s]"})


def test_events_are_sorted_into_their_groups() -> None:
    found = panels_of(
        rows(
            ("b", "KEK", "masuk", "2026-10-01", "2026-10-02", 2),
            ("a", "HOAKS", "terverifikasi", "2026-10-05", "2026-10-05", 1),
            ("a", "KEK", "ditolak", "2026-09-01", "2026-09-01", 4),
            (None, "LOG", "masuk", "2026-10-03", "2026-10-04", 3),
        ),
        ["b", "a"],
        as_of=date(2026, 10, 10),
    )
    assert found.area_codes == ("a", "b")
    assert found.first_on == date(2026, 10, 1)
    assert tuple(found.groups) == tuple(group_names()) == (ALL, "K", "A", "L", "S")
    assert found.groups[ALL].day_count == 10
    assert counts(found.groups[ALL], 0, 9).tolist() == [1, 2]
    assert found.groups["K"].reported.tolist() == [1, 1]
    assert counts(found.groups["S"], 0, 9).tolist() == [1, 0]
    others = other_groups(found, "K")
    assert others is not None
    assert counts(others, 0, 9).tolist() == [1, 0]
    assert other_groups(found, ALL) is None
    assert found.unplaced_count == {ALL: 3, "K": 0, "A": 0, "L": 3, "S": 0}


def test_a_region_without_events_has_one_empty_day() -> None:
    found = panels_of(rows(), ["a"], as_of=date(2026, 10, 10))
    assert found.groups[ALL].day_count == 1
    assert len(found.groups[ALL].area) == 0


def test_the_window_holds_the_weeks_a_forecast_learns_from() -> None:
    assert PANEL_DAYS % 7 == 0
    assert {group.code for group in taxonomy().groups} - {"-"} == set(group_names()) - {ALL}
