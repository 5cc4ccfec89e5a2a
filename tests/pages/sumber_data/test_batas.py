from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from data.store.lake import open_lake
from lib.intake.boundaries import import_boundaries
from lib.intake.options import ImportOptions
from lib.texts import boundary_sets as t
from tests.city import REGION, write_boundaries
from tests.officers import officer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.pages.conftest import Visit

PAGE = "sumber_data/batas"


@pytest.fixture(scope="module")
def two_sets(city_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store whose areas were drawn twice, the second time without one of them."""
    folder = tmp_path_factory.mktemp("batas")
    shutil.copytree(city_store, folder / "gudang")
    lake = open_lake(str(folder / "gudang"))
    file = write_boundaries(folder / "baru.geojson", without=["19.99.02.1003"])
    import_boundaries(lake, REGION, file, actor=officer(), options=ImportOptions(vintage="edisi kedua"))
    lake.connection.close()
    return folder / "gudang"


def test_one_set_has_nothing_to_be_compared_with(visit: Callable[..., Visit], told_store: Path) -> None:
    shown = visit(told_store, PAGE)
    shown.assert_whole()
    assert shown.title == "Batas · Kota Tanjung Sagara"
    assert [info.value for info in shown.app.info] == [t.ONLY_ONE]


def test_two_sets_are_compared_area_by_area(visit: Callable[..., Visit], two_sets: Path) -> None:
    shown = visit(two_sets, PAGE)
    shown.assert_whole()
    assert shown.title.startswith("Batas · ")
    assert shown.app.selectbox[0].value != shown.app.selectbox[1].value
    assert "6" in shown.app.markdown[0].value
    assert "5" in shown.app.markdown[0].value
    assert "Flamboyan" in "\n".join([shown.seen, *(str(table.value) for table in shown.app.dataframe)])
