"""Boundary sets in the store: listed, read again, compared, and the rows counted that change their area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.store.lake import utc_now, write
from lib.errors import RegionError
from lib.intake.boundaries import import_boundaries
from lib.intake.undo import undo_import
from lib.region.areas import load_areas
from lib.region.boundary_sets import BoundarySet, boundary_sets, change_counts, compare_sets, load_set
from lib.texts import boundary_sets as t
from tests.city import ANGGREK, AREAS, BAKUNG, CEMPAKA, DAHLIA, FLAMBOYAN, REGION, REGION_CODE, write_boundaries
from tests.officers import officer

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from data.store.lake import Lake


def import_set(lake: Lake, path: Path, *, without: tuple[str, ...] = (), shift: float = 0.0) -> None:
    import_boundaries(lake, REGION, write_boundaries(path, without=without, shift=shift), actor=officer())


def place(lake: Lake, boundary_import_id: str, areas: dict[int, str | None], row_import_id: str = "baris") -> None:
    """Store where lines lie on a boundary set, as placing them would."""

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        for line, code in areas.items():
            cursor.execute(
                "INSERT INTO location (boundary_import_id, row_import_id, line_number, kind, area_code) "
                "VALUES (?, ?, ?, ?, ?)",
                [boundary_import_id, row_import_id, line, "incident" if line < 100 else "station", code],
            )

    write(lake, change, author="penguji", message="tempat")


def record(
    lake: Lake, import_id: str, *, kind: str = "incident", system: str | None = None, vintage: str = ""
) -> None:
    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute(
            "INSERT INTO import_record (import_id, region_code, kind, file_name, accepted_count, code_system, "
            "vintage, recorded_at) VALUES (?, ?, ?, ?, 0, ?, ?, ?)",
            [import_id, REGION_CODE, kind, f"{import_id}.gpkg", system, vintage, utc_now()],
        )

    write(lake, change, author="penguji", message="impor")


def newest_two(lake: Lake) -> tuple[BoundarySet, BoundarySet]:
    new, old = boundary_sets(lake, REGION_CODE)[:2]
    return old, new


def test_sets_are_listed_newest_first(city: Lake, tmp_path: Path) -> None:
    (first,) = boundary_sets(city, REGION_CODE)
    assert (first.file_name, first.area_count, first.in_force) == ("batas.geojson", len(AREAS), True)
    assert (first.code_system, first.vintage) == ("kemendagri", "")
    import_set(city, tmp_path / "kedua.geojson", without=(CEMPAKA,))
    second, again = boundary_sets(city, REGION_CODE)
    assert (second.file_name, second.area_count, second.in_force) == ("kedua.geojson", len(AREAS) - 1, True)
    assert (again.import_id, again.in_force) == (first.import_id, False)
    assert boundary_sets(city, "14.72") == ()


def test_a_set_of_bps_is_listed_and_never_in_force(city: Lake) -> None:
    record(city, "bps", kind="area", system="bps", vintage="2020")
    found = {each.import_id: each for each in boundary_sets(city, REGION_CODE)}
    assert (found["bps"].code_system, found["bps"].vintage, found["bps"].in_force) == ("bps", "2020", False)
    assert sum(each.in_force for each in found.values()) == 1


def test_every_set_can_be_read_unless_it_was_taken_back(city: Lake, tmp_path: Path) -> None:
    import_set(city, tmp_path / "kedua.geojson", shift=0.004)
    old, new = newest_two(city)
    west = load_set(city, old.import_id, simplified=False).total_bounds[0]
    assert load_set(city, new.import_id, simplified=True).total_bounds[0] == pytest.approx(west + 0.004)
    assert load_set(city, new.import_id, simplified=False).equals(load_areas(city, REGION_CODE, simplified=False))
    undo_import(city, REGION, new.import_id, reason="keliru", actor=officer())
    with pytest.raises(RegionError) as caught:
        load_set(city, new.import_id, simplified=False)
    assert caught.value.code == "unknown_import"
    assert [each.import_id for each in boundary_sets(city, REGION_CODE)] == [old.import_id]


def test_what_changes_between_two_sets(city: Lake, tmp_path: Path) -> None:
    import_set(city, tmp_path / "kedua.geojson", without=(CEMPAKA,), shift=0.004)  # a fifth of a side
    found = compare_sets(city, REGION, *newest_two(city))
    changes = found.changes.set_index("old_code")
    assert changes.loc[ANGGREK, "change"] == "moved"
    assert changes.loc[ANGGREK, "iou"] == pytest.approx(0.8 / 1.2, rel=0.01)
    assert changes.loc[CEMPAKA, "change"] == "gone"
    assert change_counts(found.changes) == {"moved": 5, "gone": 1}
    assert len(found.old_areas) == 6
    assert len(found.new_areas) == 5


def test_rows_that_change_their_area_are_counted(city: Lake, tmp_path: Path) -> None:
    import_set(city, tmp_path / "kedua.geojson", shift=0.004)
    old, new = newest_two(city)
    record(city, "baris")
    record(city, "batal")
    place(city, old.import_id, {1: ANGGREK, 2: ANGGREK, 3: ANGGREK, 4: BAKUNG, 5: None, 6: DAHLIA, 101: FLAMBOYAN})
    place(
        city, new.import_id, {1: BAKUNG, 2: BAKUNG, 3: ANGGREK, 4: BAKUNG, 5: None, 6: None, 101: DAHLIA, 7: BAKUNG}
    )
    place(city, old.import_id, {1: ANGGREK}, "batal")
    place(city, new.import_id, {1: BAKUNG}, "batal")
    undo_import(city, REGION, "batal", reason="keliru", actor=officer())

    moved = compare_sets(city, REGION, old, new).moved
    assert (moved.moved_count, moved.compared_count) == (4, 7)
    rows = moved.rows.astype(object).where(moved.rows.notna(), None)
    assert rows.to_numpy().tolist() == [
        ["incident", ANGGREK, "Anggrek", BAKUNG, "Bakung", 2],
        ["incident", DAHLIA, "Dahlia", None, None, 1],
        ["station", FLAMBOYAN, "Flamboyan", DAHLIA, "Dahlia", 1],
    ]


def test_rows_are_not_compared_between_code_systems(city: Lake, tmp_path: Path) -> None:
    import_set(city, tmp_path / "kedua.geojson")
    old, new = newest_two(city)
    record(city, "baris")
    place(city, old.import_id, {1: ANGGREK})
    place(city, new.import_id, {1: BAKUNG})
    other = BoundarySet(old.import_id, "a", "2020", "bps", old.recorded_at, 6, in_force=False)
    assert compare_sets(city, REGION, old, new).moved.compared_count == 1
    assert compare_sets(city, REGION, other, new).moved.compared_count == 0


def test_the_summary_names_every_kind_of_change() -> None:
    said = t.summary(67, 68, {"split": 1, "moved": 1200}, "desa")
    assert said == "Dari 67 desa pada batas lama dan 68 pada batas baru: 1 dipecah, 1.200 letak berbeda."
    assert t.summary(6, 6, {}, "desa").endswith("tidak ada yang berubah: bentuk, kode, dan nama sama.")
    assert t.moved(4, 7) == "4 dari 7 kejadian dan TPS yang ditempatkan pada kedua batas pindah wilayah."
    assert t.moved(0, 7).startswith("Tidak ada yang pindah wilayah.")
