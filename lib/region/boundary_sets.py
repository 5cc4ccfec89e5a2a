"""The boundary sets of a region, side by side in the store, and what changes from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.store import queries
from geo.vintages import compare
from lib.errors import UnknownImportError
from lib.records import records
from lib.region.areas import areas_of_frame

if TYPE_CHECKING:
    from datetime import datetime

    import geopandas as gpd
    import pandas as pd

    from data.store.lake import Lake
    from lib.rules.regions import Region


@dataclass(frozen=True, slots=True)
class BoundarySet:
    """A boundary set in the store; `vintage` is "" where nobody stated it, `recorded_at` is UTC."""

    import_id: str
    file_name: str
    vintage: str
    code_system: str
    recorded_at: datetime
    area_count: int
    in_force: bool


@dataclass(frozen=True, slots=True, eq=False)
class Moved:
    """Rows whose area is another one in the later of two sets."""

    # columns kind (incident or station), old_code, old_name, new_code, new_name (None where a row has no area),
    # row_count; most rows first
    rows: pd.DataFrame
    # rows that were placed on both sets; 0 where none were, or where the sets have different code systems
    compared_count: int
    moved_count: int  # sum of row_count


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Two boundary sets with their areas, the changes of `geo.vintages.compare`, and the rows that move."""

    old: BoundarySet
    new: BoundarySet
    old_areas: gpd.GeoDataFrame
    new_areas: gpd.GeoDataFrame
    changes: pd.DataFrame
    moved: Moved


def boundary_sets(lake: Lake, region_code: str) -> tuple[BoundarySet, ...]:
    """List the boundary sets of a region that were not taken back, newest first."""
    return tuple(records(queries.boundary_sets(lake, region_code), BoundarySet))


def load_set(lake: Lake, import_id: str, *, simplified: bool) -> gpd.GeoDataFrame:
    """Read the areas of a boundary set, in force or not; columns as `lib.region.areas.load_areas`.

    Raises
    ------
    RegionError
        ``unknown_import`` where no such set counts.
    """
    frame = queries.area_set(lake, import_id)
    if frame.empty:
        raise UnknownImportError(import_id=import_id)
    return areas_of_frame(frame, simplified=simplified)


def compare_sets(lake: Lake, region: Region, old: BoundarySet, new: BoundarySet) -> Comparison:
    """Compare two boundary sets of a region by shape, code and name.

    Shapes are taken as they were read, not as drawn.

    Raises
    ------
    RegionError
        As `load_set`.
    """
    old_areas = load_set(lake, old.import_id, simplified=False)
    new_areas = load_set(lake, new.import_id, simplified=False)
    return Comparison(
        old=old,
        new=new,
        old_areas=old_areas,
        new_areas=new_areas,
        changes=compare(old_areas, new_areas, utm_epsg=region.utm_epsg),
        moved=_moved(lake, old, new, old_areas, new_areas),
    )


def _moved(
    lake: Lake, old: BoundarySet, new: BoundarySet, old_areas: gpd.GeoDataFrame, new_areas: gpd.GeoDataFrame
) -> Moved:
    rows = queries.moved_rows(lake, old_import_id=old.import_id, new_import_id=new.import_id)
    if old.code_system != new.code_system:
        rows = rows.iloc[:0]
    compared = int(rows["row_count"].sum())
    rows = rows[rows["old_code"].fillna("") != rows["new_code"].fillna("")]
    old_names = old_areas.set_index("area_code")["area_name"]
    new_names = new_areas.set_index("area_code")["area_name"]
    rows = rows.assign(old_name=rows["old_code"].map(old_names), new_name=rows["new_code"].map(new_names))
    columns = ["kind", "old_code", "old_name", "new_code", "new_name", "row_count"]
    rows = rows.sort_values(["row_count", "kind", "old_code"], ascending=[False, True, True], ignore_index=True)
    return Moved(rows=rows[columns], compared_count=compared, moved_count=int(rows["row_count"].sum()))


def change_counts(changes: pd.DataFrame) -> dict[str, int]:
    """Count the areas concerned by each kind of change but "same": of a merger the new one, else the old one."""
    changed = changes[changes["change"] != "same"]
    area = changed["old_code"].mask(changed["change"] == "merged", changed["new_code"]).fillna(changed["new_code"])
    counts = changed.assign(area=area).groupby("change")["area"].nunique()
    return {str(kind): int(count) for kind, count in counts.items()}
