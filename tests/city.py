"""A made-up city of six square areas in two districts, and files about it, small enough to reckon by hand."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from lib.rules.regions import Region, region_profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

REGION_CODE = "19.99"  # no kota has this code
REGION: Region = replace(region_profile(REGION_CODE), utm_epsg=32748)
WEST, SOUTH, SIDE = 105.90, -3.52, 0.02  # degrees; a side is some 2.2 km
# Columns from west to east, the northern district first: code -> (name, kecamatan, column, row from the south).
AREAS = {
    "19.99.01.1001": ("Anggrek", "Utara", 0, 1),
    "19.99.01.1002": ("Bakung", "Utara", 1, 1),
    "19.99.01.1003": ("Cempaka", "Utara", 2, 1),
    "19.99.02.1001": ("Dahlia", "Selatan", 0, 0),
    "19.99.02.1002": ("Edelweis", "Selatan", 1, 0),
    "19.99.02.1003": ("Flamboyan", "Selatan", 2, 0),
}
ANGGREK, BAKUNG, CEMPAKA, DAHLIA, EDELWEIS, FLAMBOYAN = AREAS
ELECTION = "pilkada-2024"


def middle(area_code: str) -> tuple[float, float]:
    """Give longitude and latitude of the middle of an area."""
    _, _, column, row = AREAS[area_code]
    return round(WEST + (column + 0.5) * SIDE, 6), round(SOUTH + (row + 0.5) * SIDE, 6)


def write_boundaries(path: Path, *, without: Iterable[str] = (), shift: float = 0.0) -> Path:
    """Write the areas as GeoJSON, some left out, all moved east by `shift` degrees."""
    features = []
    for code, (name, district, column, row) in AREAS.items():
        west, south = WEST + column * SIDE + shift, SOUTH + row * SIDE
        ring = [
            (round(west + x * SIDE, 6), round(south + y * SIDE, 6))
            for x, y in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
        ]
        if code not in set(without):
            properties = {"kode": code, "nama": name, "kecamatan": district}
            geometry = {"type": "Polygon", "coordinates": [ring]}
            features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def write_csv(path: Path, rows: Iterable[Mapping[str, str]], *, delimiter: str = ",") -> Path:
    """Write rows as CSV; the columns are those of the rows in the order they first appear."""
    rows = list(rows)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=delimiter, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def incident(**changes: object) -> dict[str, str]:
    """Give a faultless incident of Anggrek, with changes; a change to None empties the cell."""
    row = {
        "id_sumber": "K-1",
        "tanggal_kejadian": "2024-11-10",
        "jam": "08:30",
        "tanggal_laporan": "2024-11-11",
        "kategori": "KEK",
        "keparahan": "3",
        "uraian": "Keributan di pasar",
        "kode_kelurahan": ANGGREK,
        "kelurahan": "Anggrek",
        "kecamatan": "Utara",
        "kabupaten": "",
        "lintang": "",
        "bujur": "",
        "presisi": "",
        "sumber": "Polsek Utara",
        "status": "terverifikasi",
    }
    return row | {name: "" if value is None else str(value) for name, value in changes.items()}


def at(area_code: str, **changes: object) -> dict[str, str]:
    """Give a faultless incident at the middle of an area, which it also states."""
    longitude, latitude = middle(area_code)
    name, district, _, _ = AREAS[area_code]
    place = {"kode_kelurahan": area_code, "kelurahan": name, "kecamatan": district}
    return incident(**(place | {"bujur": longitude, "lintang": latitude, "presisi": "titik"} | changes))


def station(**changes: object) -> dict[str, str]:
    """Give a faultless TPS of Anggrek, with changes."""
    row = {
        "pemilihan": ELECTION,
        "kode_kelurahan": ANGGREK,
        "kelurahan": "Anggrek",
        "kecamatan": "Utara",
        "no_tps": "001",
        "lokasi": "SDN 1",
        "lintang": "",
        "bujur": "",
        "dpt_l": "240",
        "dpt_p": "251",
        "kelas_polri": "kurang rawan",
    }
    return row | {name: "" if value is None else str(value) for name, value in changes.items()}
