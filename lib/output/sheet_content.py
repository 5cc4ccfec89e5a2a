"""What a map sheet says, as values, and the fingerprint of what it shows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from data import digests
from geo.drawing.sheet import Mark
from lib.analysis.classes import class_index
from lib.indonesian import tenth
from lib.output.classes import RiskClass, class_of
from lib.records import records
from lib.score.answers import SILENT
from lib.texts import sheet as t

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

# Yellow and white stand out on every class; the letter tells the marks apart where colour is lost.
MARKS = (
    Mark("siaga", "^", "!", "#ffd21f", "#14202b"),
    Mark("severe", "D", "5", "#ffffff", "#8a1c1c"),
    Mark("unverified", "o", "?", "#ffffff", "#14202b"),
    Mark("thin", "v", "", "#ffffff", "#14202b", scale=0.5),
)


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """An area as `_ranked` sorts it."""

    area_code: str
    area_name: str
    district_name: str
    geometry: BaseGeometry
    score: float
    class_index: int
    unclassed: str
    incident_count: int
    reason: str | None
    why: tuple[tuple[str, str], ...] | None
    siaga: bool
    severe: bool
    unverified: bool
    thin: bool

    @property
    def look(self) -> RiskClass:
        """Return the class, or the look of what keeps the area without one."""
        return class_of(self.class_index, self.unclassed or SILENT)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Return the marks that the area carries, in their order."""
        return tuple(mark for mark in MARKS if getattr(self, mark.code))


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """What is known around a sheet's areas.

    `rest`: the region's other areas, which the question leaves out, with columns area_code, area_name, district_name,
    geometry (EPSG:4326 or None). `known`: columns name, kind ("sea" or "neighbour") and geometry (EPSG:4326). What
    neither covers is drawn as unknown: nothing suggests a coast.
    """

    rest: gpd.GeoDataFrame
    known: gpd.GeoDataFrame


@dataclass(frozen=True, slots=True, eq=False)
class DensityLayer:
    """A density of incidents: `grid` of shape (rows, columns), the first row in the north, NaN = not shown.

    `bounds_m` is (west, south, east, north) in the metres of the sheet's UTM zone;
    `maximum` writes the highest value with its unit, such as "3,2 kejadian per km²".
    """

    grid: NDArray[np.float64]
    bounds_m: tuple[float, float, float, float]
    bandwidth_m: float
    maximum: str


@dataclass(frozen=True, slots=True, eq=False)
class MapSheet:
    """Everything a sheet says, as values.

    `areas` has the columns area_code, area_name, district_name, geometry (EPSG:4326 or None), score
    (NaN without a class), class_index (the band of the printed score, -1 without a class), incident_count, and
    optionally reason (one line, or missing), why (pairs of a bold beginning and the rest of a sentence), unclassed
    (why there is no class, as `lib.score.answers.Assessment.areas`) and the marks siaga, severe, unverified, thin
    (false where not stated). `stations` and `incidents` are longitudes and latitudes of shape (n, 2).
    `incident_count` counts the incidents of the question, `unplaced_count` those of them in no area.
    `districts` are the names of the chosen kecamatan, none for the whole region, which has `region_area_count`
    areas; `asked` says in words what else was chosen, `roll_words` what the score lacks of DPT and TPS,
    `voters_words` which TPS or desa vote where it is not the whole region.
    `last_report_on` is the day of the newest report of the areas, None without any.
    """

    region_code: str

    region_name: str
    region_area_count: int
    election_name: str
    countdown: str
    as_of: date
    period_start: date
    period_end: date
    areas: gpd.GeoDataFrame
    utm_epsg: int
    cuts: tuple[float, ...]
    incident_count: int
    filters_caption: str
    source_lines: tuple[str, ...]
    weights_digest: str
    data_digest: str
    simulated: bool
    weights_version: str = ""
    classification: str = t.RESTRICTED
    unit_word: str = "kelurahan"
    unplaced_count: int = 0
    province: str = ""
    districts: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    author: str = ""
    agency: str = ""
    boundary_edition: str = ""
    roll_words: str = ""
    voters_words: str = ""
    last_report_on: date | None = None
    surroundings: Surroundings | None = None
    layers: tuple[str, ...] = ()
    stations: NDArray[np.float64] | None = None
    incidents: NDArray[np.float64] | None = None
    density: DensityLayer | None = None

    @property
    def scope(self) -> str:
        """Name what the sheet covers."""
        return t.scope(
            self.region_name,
            self.districts,
            shown=len(self.areas),
            total=self.region_area_count,
            unit_word=self.unit_word,
        )


def data_hash(content: MapSheet) -> str:
    """Hash what the sheet shows: the drawn table, the question, the weights and the state of the data.

    SHA-256 over a JSON list: one row per area in the order of their codes with code, name, score (null where
    missing), class, count, and why there is no class or which marks it carries; then filters_caption,
    weights_digest, data_digest.
    """
    table = stated(content.areas).sort_values("area_code")
    rows = [
        [
            *(row.area_code, row.area_name, None if np.isnan(row.score) else row.score, row.class_index),
            *(row.incident_count, row.unclassed, [mark.code for mark in row.marks]),
        ]
        for row in records(table, Shown)
    ]
    return digests.of_text(json.dumps([rows, content.filters_caption, content.weights_digest, content.data_digest]))


def sheet_number(content: MapSheet) -> str:
    """Number the sheet by region, day and what it shows."""
    return t.number(content.region_code, content.as_of, data_hash(content))


def stated(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Fill in what a table of areas may leave out."""
    usual: dict[str, Any] = {
        "reason": None,
        "why": None,
        "unclassed": "",
        "siaga": False,
        "severe": False,
        "unverified": False,
        "thin": False,
    }
    lacking = {name: value for name, value in usual.items() if name not in areas}
    return areas.assign(score=areas["score"].astype(float), **lacking)


def ranked_areas(content: MapSheet) -> gpd.GeoDataFrame:
    """Sort areas by score, the highest first, ties by code; areas without a class come last.

    Raises `ValueError` for an area whose class is not the band of its printed score.
    """
    areas = stated(content.areas)
    classes = areas["class_index"].to_numpy(dtype=np.int64)
    printed = np.array([tenth(score) for score in areas["score"]])
    wrong = (classes >= 0) & (classes != class_index(printed, content.cuts))
    if wrong.any():
        row = areas[wrong].iloc[0]
        raise ValueError(
            f"area {row['area_code']} has class {row['class_index']}, not the band of its score {row['score']} "
            f"with cuts {content.cuts}"
        )
    areas["score"] = areas["score"].where(classes >= 0)
    return areas.sort_values(["score", "area_code"], ascending=[False, True], na_position="last")
