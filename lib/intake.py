"""Take files in: read, sort, place, store; where data and geometry meet on the way in."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import duckdb
import geopandas as gpd
import pandas as pd

from data import imports, queries, sorting
from data.imports import ImportHeader, RowCounts
from data.lake import Lake, utc_now, write
from data.rows import TextTable, stage_table
from geo import boundaries, codes
from geo.simplify import simplify_coverage
from lib import placement
from lib.areas import areas_of_frame, load_areas
from lib.indicators import indicator_list
from lib.places import place_resolver
from lib.profile import Region, calendar, weights
from lib.scale import freeze_if_due
from lib.taxonomy import taxonomy

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

Sort = Callable[[duckdb.DuckDBPyConnection, TextTable, gpd.GeoDataFrame], dict[str, str]]
# A screen's pixel is wider than this; the store keeps the full geometry beside the simplified one.
SIMPLIFY_TOLERANCE_M = {"kota": 15.0, "kabupaten": 50.0}


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of an import: rows = accepted + quarantined + duplicate."""

    import_id: str
    kind: str
    file_name: str
    counts: RowCounts
    facts: Mapping[str, object] = field(default_factory=dict)


class UndoError(ValueError):
    """An import that cannot be undone; codes: ``unknown_import``, ``already_undone`` (import_id)."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        self.facts = facts


def import_boundaries(lake: Lake, region: Region, path: Path, *, actor: str) -> ImportResult:
    """Take in a boundary file as the region's boundaries in force, and lay every known row on it.

    Known areas of the region's profile that the file has no polygon for are stored without one. The region
    becomes the active one. Earlier boundary sets stay in the store.

    Raises
    ------
    geo.errors.BoundaryError
        When the file is refused.
    """
    known = {area.code: (area.name, area.district_name) for area in region.areas}
    read = boundaries.read_boundaries(
        path,
        region_code=region.code,
        region_bps_code=region.bps_code,
        known_areas=known or None,
        utm_epsg=region.utm_epsg,
    )
    areas = _with_known_areas(read.areas, region)
    header = _header(lake, region, path, kind="area", actor=actor)
    facts = {
        "tanpa_poligon": list(read.missing_codes),
        "diperbaiki": read.repaired_count,
        "kode_tak_dikenal": list(read.unknown_codes),
        "sistem_kode": read.code_system,
        "lapisan": read.layer,
        "crs": read.crs_name,
        "utm_epsg": read.utm_epsg,
    }
    table = _area_table(areas, region)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        imports.store_areas(cursor, header, table, simulated=region.simulated, facts=facts)
        imports.activate_region(cursor, region.code, actor=actor, recorded_at=header.recorded_at)
        placement.relocate(
            cursor,
            region,
            areas,
            boundary_import_id=header.import_id,
            border_m=weights(region.code).border_m,
        )

    write(lake, change, author=actor, message=f"impor batas {path.name}")
    counts = RowCounts(len(table), len(table), 0, 0, simulated=region.simulated)
    return ImportResult(header.import_id, "area", path.name, counts, facts)


def import_incidents(lake: Lake, region: Region, path: Path, *, today: date, actor: str) -> ImportResult:
    """Take in an incident file: good lines count from now on, bad ones wait in quarantine.

    Parameters
    ----------
    today
        Lines dated later are faults.

    Raises
    ------
    data.rows.TableError
        When the file is refused whole.
    lib.areas.RegionError
        When the region has no boundaries yet.
    """

    def sort(cursor: duckdb.DuckDBPyConnection, table: TextTable, areas: gpd.GeoDataFrame) -> dict[str, str]:
        return sorting.sort_incidents(
            cursor,
            table,
            today=today,
            match_category=taxonomy().match,
            resolve_place=place_resolver(areas, region_code=region.code, region_bps_code=region.bps_code),
        )

    result = _import_rows(
        lake,
        region,
        path,
        kind="incident",
        columns=(*sorting.INCIDENT_COLUMNS, sorting.MARK),
        required=sorting.INCIDENT_REQUIRED,
        sort=sort,
        actor=actor,
    )
    freeze_if_due(lake, region.code, weights(region.code))
    return result


def import_stations(lake: Lake, region: Region, path: Path, *, actor: str) -> ImportResult:
    """Take in a TPS list; every TPS belongs to the election its line names.

    Raises
    ------
    data.rows.TableError
        When the file is refused whole.
    lib.areas.RegionError
        When the region has no boundaries yet.
    """
    elections = {election.code: election for election in calendar(region.code).elections}
    indicators = [indicator.code.lower() for indicator in indicator_list().indicators]
    words = {codes.normalise_name(text): code for code, e in elections.items() for text in (code, e.name)}

    def sort(cursor: duckdb.DuckDBPyConnection, table: TextTable, areas: gpd.GeoDataFrame) -> dict[str, str]:
        return sorting.sort_stations(
            cursor,
            table,
            elections={code: e.max_voters_per_station for code, e in elections.items()},
            match_election=lambda text: words.get(codes.normalise_name(text)),
            resolve_place=place_resolver(areas, region_code=region.code, region_bps_code=region.bps_code),
            indicator_codes=[code for code in indicators if code in table.columns],
        )

    return _import_rows(
        lake,
        region,
        path,
        kind="station",
        columns=(*sorting.STATION_COLUMNS, sorting.MARK, *indicators),
        required=sorting.STATION_REQUIRED,
        sort=sort,
        actor=actor,
    )


def undo_import(lake: Lake, region: Region, import_id: str, *, reason: str, actor: str) -> None:
    """Take an import back: its rows stay in the store and no longer count.

    Raises
    ------
    UndoError
        When the region has no such import, or it is undone already.
    """

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        known = queries.run(cursor, "import_kind", region_code=region.code, import_id=import_id).fetchone()
        if known is None:
            raise UndoError("unknown_import", import_id=import_id)
        kind, undone = known
        if undone:
            raise UndoError("already_undone", import_id=import_id)
        imports.store_undo(cursor, import_id, reason=reason, actor=actor, recorded_at=utc_now())
        if kind == "area":
            _relocate_on_earlier_boundaries(cursor, region)

    write(lake, change, author=actor, message=f"batal {import_id}")


def _import_rows(
    lake: Lake,
    region: Region,
    path: Path,
    *,
    kind: str,
    columns: Sequence[str],
    required: Sequence[str],
    sort: Sort,
    actor: str,
) -> ImportResult:
    areas = load_areas(lake, region.code, simplified=False)
    boundary_import_id = str(areas["import_id"].iloc[0])
    with closing(lake.cursor()) as cursor:
        table = stage_table(cursor, path, columns=columns, required=required, forbidden=sorting.FORBIDDEN_HEADS)
        facts = {**sort(cursor, table, areas), "kolom_diabaikan": list(table.ignored_columns)}
        header = _header(lake, region, path, kind=kind, actor=actor)  # nothing of a refused file is kept
        placement.locate_fresh(
            cursor,
            areas,
            kind=kind,
            import_id=header.import_id,
            epsg=placement.utm_epsg(region, areas),
            border_m=weights(region.code).border_m,
        )

        def change(hand: duckdb.DuckDBPyConnection) -> RowCounts:
            return imports.store_rows(
                hand,
                header,
                row_count=table.row_count,
                boundary_import_id=boundary_import_id,
                facts=facts,
                raw_columns=table.columns,
            )

        counts = write(lake, change, author=actor, message=f"impor {kind} {path.name}", cursor=cursor)
    return ImportResult(header.import_id, kind, path.name, counts, facts)


def _header(lake: Lake, region: Region, path: Path, *, kind: str, actor: str) -> ImportHeader:
    """Name an import that was read, and keep a copy of its file, so that a lost row can be brought back."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    copy = lake.file_copies / f"{digest[:16]}-{path.name}"
    if not copy.exists():
        lake.file_copies.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    recorded_at = utc_now()
    return ImportHeader(
        import_id=f"{recorded_at:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}",
        region_code=region.code,
        kind=kind,
        file_name=path.name,
        file_sha256=digest,
        file_copy=copy.name,
        actor=actor,
        recorded_at=recorded_at,
    )


def _with_known_areas(areas: gpd.GeoDataFrame, region: Region) -> gpd.GeoDataFrame:
    """Add the known areas without a polygon, and the official names of those with one."""
    known = pd.DataFrame(
        [(a.code, a.name, a.district_code, a.district_name) for a in region.areas],
        columns=["area_code", "area_name", "district_code", "district_name"],
    ).set_index("area_code")
    frame = areas.set_index("area_code")
    names = known.combine_first(pd.DataFrame(frame.drop(columns="geometry")))
    unnamed = names["district_name"].isna()
    names.loc[unnamed, "district_name"] = "Kecamatan " + names.loc[unnamed, "district_code"]
    geometry = frame.geometry.reindex(names.index)
    merged = gpd.GeoDataFrame(names, geometry=geometry, crs=4326).rename_axis("area_code").reset_index()
    return merged.sort_values("area_code", ignore_index=True)


def _area_table(areas: gpd.GeoDataFrame, region: Region) -> pd.DataFrame:
    epsg = placement.utm_epsg(region, areas)
    with_polygon = areas.geometry.notna()
    simplified = areas.geometry.copy()
    simplified[with_polygon] = simplify_coverage(
        areas.geometry[with_polygon].to_numpy(),
        tolerance_m=SIMPLIFY_TOLERANCE_M[region.kind],
        utm_epsg=epsg,
    )
    return placement.area_table(areas, simplified, epsg=epsg)


def _relocate_on_earlier_boundaries(cursor: duckdb.DuckDBPyConnection, region: Region) -> None:
    frame = queries.run(cursor, "areas", region_code=region.code).df()
    if not frame.empty:
        areas = areas_of_frame(frame, simplified=False)
        placement.relocate(
            cursor,
            region,
            areas,
            boundary_import_id=str(areas["import_id"].iloc[0]),
            border_m=weights(region.code).border_m,
        )
