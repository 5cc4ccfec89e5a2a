"""The simulated world as ordinary import files, the same bytes each time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd
import shapely

from data.demo.city import AreaName, make_city, make_sea
from data.demo.classes import simulate_classes
from data.demo.incidents import CODES_ONLY, simulate_incidents
from data.demo.nothing import simulate_nil_reports
from data.demo.scenario import SEED, SIMULATED
from data.demo.stations import simulate_stations
from data.demo.structure import simulate_structure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

DEMO = "kota_fiktif"
FAR_AHEAD = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class SimulationFiles:
    """Where simulated stations and incidents were written."""

    stations: Path  # no file is there where no election was named
    incidents: Path


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """Where the fictional city's files were written, one attribute for each kind."""

    boundaries: Path
    stations: Path
    incidents: Path
    nil_reports: Path
    classes: Path
    indicators: Path


def write_demo(
    folder: Path,
    *,
    names: Sequence[AreaName],
    election_code: str,
    voting_day: date,
    today: date,
    total_voters: int = 214_000,
    station_count: int = 520,
    incident_count: int = 1_500,
    days: int = 200,
    max_voters: int = 600,
    seed: int = SEED,
    categories: Mapping[str, Sequence[str]] = CODES_ONLY,
    indicator_codes: Sequence[str] = (),
) -> DemoFiles:
    """Write the fictional city and its simulated election as import files.

    Parameters
    ----------
    folder
        Made where missing; files of the same names are replaced.
    names
        As for `make_city`.
    election_code, total_voters, station_count, max_voters
        As for `simulate_stations`.
    voting_day, incident_count, categories
        As for `simulate_incidents`.
    today
        Last day of the reports.
    days
        Number of days with reports, `today` included.
    indicator_codes
        As for `simulate_structure`.
    seed
        The only source of variety: the same arguments give the same bytes.

    Returns
    -------
    files
        batas_simulasi_kota_fiktif.geojson, nihil_, kelas_ and indikator_simulasi_kota_fiktif.csv, and the two files
        of `write_simulation`.

    Raises
    ------
    ValueError
        If names or numbers do not fit, see the functions above.
    """
    folder.mkdir(parents=True, exist_ok=True)
    areas = make_city(names, seed=seed)
    boundaries = folder / f"batas_simulasi_{DEMO}.geojson"
    _write(boundaries, boundaries_text(areas, sea=make_sea(seed=seed)))
    written = write_simulation(
        areas,
        folder,
        region_code=DEMO,
        election_code=election_code,
        voting_day=voting_day,
        start=today - timedelta(days=days - 1),
        end=today,
        count=incident_count,
        total_voters=total_voters,
        station_count=station_count,
        max_voters=max_voters,
        seed=seed,
        categories=categories,
    )
    incidents = pd.read_csv(written.incidents, dtype=str)
    start = today - timedelta(days=days - 1)
    tables = {
        "nihil": simulate_nil_reports(areas, incidents, start=start, end=today, seed=seed),
        "kelas": simulate_classes(areas, incidents, end=today, seed=seed),
        "indikator": simulate_structure(areas, incidents, indicator_codes=indicator_codes, end=today, seed=seed),
    }
    paths = {kind: folder / f"{kind}_simulasi_{DEMO}.csv" for kind in tables}
    for kind, rows in tables.items():
        _write(paths[kind], _csv_text(rows))
    return DemoFiles(boundaries, written.stations, written.incidents, *paths.values())


def write_simulation(
    areas: gpd.GeoDataFrame,
    folder: Path,
    *,
    region_code: str,
    election_code: str | None,
    voting_day: date | None,
    start: date,
    end: date,
    total_voters: int,
    station_count: int,
    max_voters: int,
    count: int = 1_500,
    station_counts_by_area: Mapping[str, int] | None = None,
    seed: int = SEED,
    categories: Mapping[str, Sequence[str]] = CODES_ONLY,
) -> SimulationFiles:
    """Write a simulated election for the areas of any region, fictional or real; or incidents far from any election.

    Parameters
    ----------
    areas
        Columns area_code, area_name, district_code, district_name, geometry; an area without
        geometry gets stations and a few incidents, both without coordinates.
    folder
        Made where missing; files of the same names are replaced.
    region_code
        Part of the file names.
    election_code, total_voters, station_count, max_voters, station_counts_by_area
        As for `simulate_stations`; without a code the list of stations is not written.
    voting_day, start, end, count, categories
        As for `simulate_incidents`; without a voting day it lies too far ahead to matter.
    seed
        The only source of variety: the same arguments give the same bytes.

    Returns
    -------
    files
        tps_simulasi_<region_code>.csv and kejadian_simulasi_<region_code>.csv.

    Raises
    ------
    ValueError
        If the numbers do not fit, see the functions above.
    """
    stations = simulate_stations(
        areas,
        total_voters=total_voters,
        station_count=station_count,
        max_voters=max_voters,
        election_code=election_code or "",
        station_counts_by_area=station_counts_by_area,
        seed=seed,
    )
    voters = (stations["dpt_l"] + stations["dpt_p"]).groupby(stations["kode_kelurahan"]).sum()
    incidents = simulate_incidents(
        areas,
        voters_by_area={code: int(voters.get(code, 0)) for code in areas["area_code"]},
        start=start,
        end=end,
        voting_day=voting_day or end + FAR_AHEAD,
        count=count,
        seed=seed,
        categories=categories,
    )
    folder.mkdir(parents=True, exist_ok=True)
    files = SimulationFiles(
        stations=folder / f"tps_simulasi_{region_code}.csv", incidents=folder / f"kejadian_simulasi_{region_code}.csv"
    )
    if election_code:
        _write(files.stations, _csv_text(stations))
    _write(files.incidents, _csv_text(incidents))
    return files


def boundaries_text(areas: gpd.GeoDataFrame, *, sea: BaseGeometry | None = None) -> str:
    """Write areas as GeoJSON, one line an area, rings counter-clockwise, with an office's heads; last the sea.

    GDAL is not asked: its number format and its extra members change with its version.
    """
    rows = [
        (
            {
                "kode": area.area_code,
                "nama": area.area_name,
                "kecamatan": area.district_name,
                "kode_kecamatan": area.district_code,
                "jenis": "kelurahan",
            },
            area.geometry,
        )
        for area in areas.itertuples()
    ]
    if sea is not None:
        rows.append(({"kode": None, "nama": None, "kecamatan": None, "kode_kecamatan": None, "jenis": "laut"}, sea))
    features = [
        json.dumps(
            {
                "type": "Feature",
                "properties": properties | {"penanda": SIMULATED},
                "geometry": shapely.geometry.mapping(shapely.orient_polygons(shape)),
            },
            ensure_ascii=False,
        )
        for properties, shape in rows
    ]
    head = json.dumps({"type": "FeatureCollection", "keterangan": SIMULATED})
    return head[:-1] + ', "features": [\n' + ",\n".join(features) + "\n]}\n"


def _csv_text(rows: pd.DataFrame) -> str:
    return rows.to_csv(index=False, float_format="%.6f", lineterminator="\n")


def _write(path: Path, text: str) -> None:
    """Write UTF-8 with the line ends of the text, on any system."""
    path.write_bytes(text.encode())
