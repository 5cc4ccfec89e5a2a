from __future__ import annotations

from typing import TYPE_CHECKING

from data.store import queries
from tests.pages.conftest import LATER, REGION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store.lake import Lake
    from tests.pages.conftest import Visit


def test_the_imports_are_listed_newest_first(visit: Callable[..., Visit], told_store: Path, told: Lake) -> None:
    shown = visit(told_store, "sumber_data/impor")
    shown.assert_whole()
    assert shown.title == "Impor"
    table, stored = shown.app.dataframe[0].value, queries.imports(told, REGION.code)
    assert table["import_id"].tolist() == stored["import_id"].tolist()
    assert table.iloc[0][["file_name", "accepted_count"]].tolist() == ["susulan.csv", LATER]
