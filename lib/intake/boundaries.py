"""Take boundaries in: check them, simplify them once, and lay every known row on them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from data import digests
from data.characters import one_line
from data.errors import translated
from data.limits import DEFAULT_LIMITS
from data.sort.personal import mask_file_name, mask_place
from data.store import imports, queries
from data.store.copies import keep_copy
from data.store.imports import ImportHeader, RowCounts
from data.store.lake import Lake, utc_now, write
from geo.files import boundaries
from geo.simplify import simplify_coverage
from lib.intake import placing
from lib.intake.kinds import AREA
from lib.intake.options import NO_OPTIONS, ImportOptions, silent
from lib.intake.rows import ImportResult
from lib.people.actor import May
from lib.region.areas import areas_of_frame
from lib.region.measure import utm_epsg
from lib.rules.regions import Region, weights

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb

    from data.limits import Limits
    from lib.intake.options import Progress
    from lib.people.actor import Actor

# A screen's pixel is wider than this; the store keeps the full geometry beside the simplified one.
SIMPLIFY_TOLERANCE_M = {"kota": 15.0, "kabupaten": 50.0, "provinsi": 100.0, "negara": 250.0}


def import_boundaries(
    lake: Lake,
    region: Region,
    path: Path,
    *,
    actor: Actor,
    options: ImportOptions = NO_OPTIONS,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress = silent,
    propose: Callable[[duckdb.DuckDBPyConnection, str], None] | None = None,
) -> ImportResult:
    """Take in a boundary file, as the region's boundaries in force or, in codes of BPS, to compare with.

    Known areas of the region's profile that the file has no polygon for are stored without one. With boundaries in
    force, every known row is laid on them and the region becomes the active one. Earlier boundary sets stay in the
    store. `propose` is carried out, with the number of the import, instead of putting it in force where others are in
    force already: until a second person confirms it, it counts for nothing. Raises `geo.errors.BoundaryError` when
    the file is refused.
    """
    actor.must(May.IMPORT, region.code)
    known = {area.code: (area.name, area.district_name) for area in region.areas}
    read = boundaries.read_boundaries(
        path,
        region_code=region.code,
        region_bps_code=region.bps_code,
        known_areas=known or None,
        utm_epsg=region.utm_epsg,
        code_system=options.code_system,
        crs=options.crs,
        limits_vertices=limits.vertices,
        limits_unpacked_bytes=limits.unpacked_bytes,
        progress=lambda share, step: progress(step, 0.5 * share),
    )
    in_force = read.code_system == "kemendagri"
    areas = _with_known_areas(read.areas, region) if in_force else _with_district_names(read.areas)
    names = {name: [_place_name(text) for text in areas[name]] for name in ("area_name", "district_name")}
    areas = areas.assign(**names)
    table = _area_table(areas, region, progress)
    header = _header(lake, region, path, areas, actor=actor.name, options=options)
    facts = {
        "tanpa_poligon": list(read.missing_codes) if in_force else [],
        "diperbaiki": read.repaired_count,
        "kode_tak_dikenal": list(read.unknown_codes),
        "sistem_kode": read.code_system,
        "edisi": options.vintage,
        "kecocokan_nama": read.name_agreement,
        "lapisan": _place_name(read.layer),
        "crs": read.crs_name,
        "crs_dianggap": read.crs_assumed,
        "crs_berkas_lain": read.crs_borrowed,
        "utm_epsg": read.utm_epsg,
        "sekitar": _surroundings(read.surroundings) if in_force else [],
    }
    progress("place", 0.9)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        replaces = queries.boundaries_in_force(cursor, region.code) is not None
        imports.store_areas(cursor, header, table, simulated=region.simulated, facts=facts)
        if not in_force:
            return
        if propose and replaces:
            propose(cursor, header.import_id)
            return
        imports.activate_region(cursor, region.code, actor=actor.name, recorded_at=header.recorded_at)
        placing.relocate(
            cursor, region, areas, boundary_import_id=header.import_id, border_m=weights(region.code).border_m
        )

    write(lake, change, author=actor.name, message=f"impor batas {header.file_name}")
    progress("done", 1.0)
    counts = RowCounts(len(table), len(table), 0, 0, simulated=region.simulated)
    return ImportResult(header.import_id, AREA, header.file_name, counts, facts)


def _place_name(text: object) -> object:
    """Write the name of a place on one line, without numbers of persons; what is missing stays so."""
    return mask_place(one_line(text)) if isinstance(text, str) else text


def _surroundings(known: gpd.GeoDataFrame) -> list[tuple[str, str, str]]:
    """Write what lies around a region as kind, name and WKT."""
    shapes = shapely.to_wkt(known.geometry.to_numpy(), rounding_precision=4)
    return [
        (str(kind), str(_place_name(name)), shape)
        for kind, name, shape in zip(known["kind"], known["name"], shapes, strict=True)
    ]


def _header(
    lake: Lake, region: Region, path: Path, areas: gpd.GeoDataFrame, *, actor: str, options: ImportOptions
) -> ImportHeader:
    """Name an import; what is kept of its file is the areas, without whatever else its columns held."""
    recorded_at = utc_now()
    import_id = f"{recorded_at:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    copy = f"{import_id}.parquet"
    with translated():
        keep_copy(lake, copy, areas.to_parquet)
    return ImportHeader(
        import_id=import_id,
        region_code=region.code,
        kind=AREA,
        file_name=mask_file_name(path.name),
        file_sha256=digests.of_file(path),
        file_copy=copy,
        actor=actor,
        recorded_at=recorded_at,
        code_system=options.code_system,
        vintage=options.vintage,
    )


def _with_district_names(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Name the districts that a file leaves without a name by their codes."""
    named = areas["district_name"].fillna("Kecamatan " + areas["district_code"])
    return areas.assign(district_name=named)


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


def _area_table(areas: gpd.GeoDataFrame, region: Region, progress: Progress) -> pd.DataFrame:
    epsg = utm_epsg(region, areas)
    with_polygon = areas.geometry.notna()
    simplified = areas.geometry.copy()
    simplified[with_polygon] = simplify_coverage(
        areas.geometry[with_polygon].to_numpy(),
        tolerance_m=SIMPLIFY_TOLERANCE_M[region.kind],
        utm_epsg=epsg,
        progress=lambda share, step: progress(step, 0.5 + 0.4 * share),
    )
    return placing.area_table(areas, simplified, epsg=epsg)


def relocate_on_boundaries_in_force(cursor: duckdb.DuckDBPyConnection, region: Region) -> None:
    """Lay every known row on the boundaries that are in force now, for instance after an undo."""
    frame = queries.run(cursor, "areas", region_code=region.code).df()
    if not frame.empty:
        areas = areas_of_frame(frame, simplified=False)
        placing.relocate(
            cursor,
            region,
            areas,
            boundary_import_id=str(areas["import_id"].iloc[0]),
            border_m=weights(region.code).border_m,
        )
