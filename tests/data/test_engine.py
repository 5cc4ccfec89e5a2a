"""The engine fetches nothing and loads nothing by itself."""

from __future__ import annotations

from contextlib import closing

import duckdb
import pytest

from data.engine import start_engine


@pytest.mark.parametrize(
    "statement", ["SELECT * FROM read_csv('https://127.0.0.1:9/a.csv')", "SELECT ST_Point(1, 2)", "LOAD spatial"]
)
def test_what_is_not_there_is_neither_fetched_nor_loaded(statement: str) -> None:
    with closing(start_engine()) as engine, pytest.raises(duckdb.Error):
        engine.execute(statement)


def test_no_query_turns_fetching_on_unseen() -> None:
    with closing(start_engine()) as engine:
        names = ("autoinstall_known_extensions", "autoload_known_extensions", "allow_community_extensions")
        for name in names:
            assert engine.execute(f"SELECT current_setting('{name}')").fetchone() == (False,)
