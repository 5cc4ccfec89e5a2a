"""Rows of a table as values of a class: its columns and no others, what is missing, and what a wrong table is."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, fields
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.indonesian import tenths
from lib.records import AreaRow, StationRow, columns_of, records
from lib.rules.checklists import sub_scores
from lib.rules.weights import COMPONENTS
from lib.score.answers import PIECES
from lib.score.stations import PARTS


@dataclass(frozen=True, slots=True)
class Told:
    name: str
    count: int
    share: float
    day: date
    note: str | None
    rank: int | None
    seen_on: pd.Timestamp | None


told = st.builds(
    Told,
    name=st.text(),
    count=st.integers(0, 2**40),
    share=st.floats(allow_nan=False),
    day=st.dates(),
    note=st.none() | st.text(),
    rank=st.none() | st.integers(0, 99),
    seen_on=st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1)).map(pd.Timestamp),
)


@given(st.lists(told, max_size=9))
def test_rows_come_back_as_they_were(rows: list[Told]) -> None:
    table = pd.DataFrame(rows, columns=columns_of(Told)).assign(other=1)
    typed = table.astype({"rank": "Int64", "seen_on": "datetime64[us]"})
    found = list(records(typed[["other", *reversed(columns_of(Told))]], Told))
    assert found == rows
    assert all(isinstance(row.count, int) and isinstance(row.day, date) for row in found)


@pytest.mark.parametrize("missing", [None, np.nan, pd.NaT, pd.NA])
def test_what_is_missing_is_none_only_where_it_may_be(missing: object) -> None:
    table = pd.DataFrame(
        {
            "name": ["a"],
            "count": [1],
            "share": [np.nan],
            "day": [date(2026, 1, 1)],
            "note": pd.Series([missing], dtype=object),
            "rank": pd.Series([missing], dtype=object),
            "seen_on": pd.Series([pd.NaT], dtype="datetime64[s]"),
        }
    )
    (row,) = records(table, Told)
    assert (row.note, row.rank, row.seen_on) == (None, None, None)
    assert np.isnan(row.share)


def test_a_table_without_a_column_is_refused_by_its_name() -> None:
    table = pd.DataFrame(columns=[field.name for field in fields(Told) if field.name not in {"share", "note"}])
    with pytest.raises(ValueError, match="Told needs the columns share, note"):
        records(table, Told)


def test_a_row_cannot_be_changed_or_asked_for_what_it_has_not() -> None:
    (row,) = records(pd.DataFrame({name: [1] for name in columns_of(Told)}), Told)
    with pytest.raises(FrozenInstanceError):
        row.name = "b"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        _ = row.nmae  # type: ignore[attr-defined]


def test_the_parts_of_a_row_are_those_of_the_score() -> None:
    (area,) = records(pd.DataFrame({name: [number] for number, name in enumerate(columns_of(AreaRow))}), AreaRow)
    assert tuple(area.part_points) == tuple(area.part_values) == COMPONENTS
    shown = [*area.part_points.values(), area.withheld_points]
    assert shown == tenths([getattr(area, name) for name in PIECES], area.score)
    (station,) = records(
        pd.DataFrame({name: [number] for number, name in enumerate(columns_of(StationRow))}), StationRow
    )
    assert tuple(station.part_points) == PARTS
    assert tuple(station.sub_scores) == tuple(sub_scores())
    for code, (value, ticked) in station.sub_scores.items():
        assert (value, ticked) == (getattr(station, code), getattr(station, f"ticked_{code}"))
    shown = list(station.part_points.values())
    assert shown == tenths([getattr(station, f"bagian_{part}") for part in PARTS], station.score)
