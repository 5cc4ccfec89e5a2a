"""The backtest on events and areas from outside the store: anybody's table and map."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from scipy.sparse import csr_array

from geo.errors import BoundaryError
from geo.files.boundary_heads import as_text
from geo.files.layers import read_layer
from geo.files.polygons import mend, polygon_parts
from geo.join import locate_points
from geo.neighbours import contiguity, join_islands
from geo.reference_systems import measuring_epsg
from lib.analysis.backtest import FIRST_FORECAST_DAY, MEAN_8, WARM_UP_ORIGINS, Backtest, backtest
from lib.analysis.panel import Panel
from lib.errors import ExternalDataError
from lib.grades.forecast_grades import total_figures
from lib.indonesian import TOO_FEW_EVENTS
from lib.rules.forecasts import forecast_rules
from lib.rules.hotspots import hotspot_rules
from lib.rules.judged import NATIONAL
from lib.score.question import within
from lib.texts import backtest as t

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    from numpy.typing import NDArray

    from lib.analysis.panel import Whole

ENCODINGS = ("utf-8-sig", "cp1252")
DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%m/%d/%Y", "%m-%d-%Y")
WIDEST_ZONE_DEG = 12.0
HEAD_LINES = 2  # the first row of data stands on line 2


@dataclass(frozen=True, slots=True, eq=False)
class ExternalBacktest:
    """The grades on outside data, and what of it was used.

    `event_count` events lie in an area and have a date; `dropped_count` others do not. `first_on` and `last_on`
    are the days that are graded; `clipped` tells that they end with the newest report, before the day asked.
    """

    result: Backtest
    event_count: int
    dropped_count: int
    first_on: date
    last_on: date
    clipped: bool = False

    def values(self) -> dict[str, object]:
        """Give the figures as they are printed."""
        result = self.result
        rival = result.benchmarks[MEAN_8]
        return {
            "n_area": result.area_count,
            "n_kejadian": self.event_count,
            "n_tanpa_area_atau_tanggal": self.dropped_count,
            "mulai": self.first_on.isoformat(),
            "per": self.last_on.isoformat(),
            "hari": result.horizon_days,
            "n_origin": len(result.origins),
            "rps": result.rps,
            "rps_ma8": rival.rps,
            "skill": _number(result.skill),
            "skill_ci": None if np.isnan(result.skill) else [_number(end) for end in result.skill_interval],
            **{f"cakupan_{level}": share for level, share in result.coverage.items()},
            "hit10": _number(result.hit10),
            "hit10_ma8": _number(rival.hit10),
            "jumlah": total_figures(result.total),
            "catatan": self.notes(),
        }

    def notes(self) -> list[str]:
        """Say what a reader of the figures must know."""
        notes = [t.clipped(self.last_on)] if self.clipped else []
        return [*notes, f"{TOO_FEW_EVENTS}."] if np.isnan(self.result.skill) else notes


def external_backtest(
    events: Path,
    areas: Path,
    *,
    horizon_days: int = 7,
    code_column: str | None = None,
    as_of: date | None = None,
    today: date = date.max,
) -> ExternalBacktest:
    """Grade the forecast on a table of events over a map of areas.

    Events lie in areas by their coordinates and the rule of `geo.join`, or by the areas' code where the table has
    no coordinates. Features of the map with the same code are one area. Neighbours are those of the hot-spots.

    Parameters
    ----------
    events
        CSV with ``tanggal`` and either ``bujur`` and ``lintang`` (degrees, decimal point or comma) or ``kode``;
        ``tanggal_laporan`` where reports came later than the events.
    areas
        Any vector format of `geo.files.layers`.
    code_column
        Column of the map that holds the codes; by default the one in which most codes of the events are found.
    as_of
        Last day; by default that of the last event. What is later, or reported later, is left out. Days after the
        newest report are never graded: that nothing is known of them does not make them calm.
    today
        No later day may be named, unless there are reports of it.

    Raises
    ------
    ExternalDataError, geo.errors.BoundaryError
        When a file is refused, or history is too short.
    lib.score.question.DayError
        When the named day lies before the first report or after today.
    """
    table = _read_table(events)
    occurred = _dates(table, "tanggal")
    reported = _dates(table, "tanggal_laporan") if "tanggal_laporan" in table else occurred
    reported = reported.fillna(occurred)
    early = np.flatnonzero(reported < occurred)
    if early.size:
        raise ExternalDataError(t.reported_too_early(int(early[0]) + HEAD_LINES))
    area, neighbours = _placed(table, _read_areas(areas), code_column)
    good = (area >= 0) & occurred.notna().to_numpy()
    if not good.any():
        raise ExternalDataError(t.no_events())
    if as_of is not None:
        known = reported[good]
        within(as_of, known.min().date(), max(today, known.max().date()))
    asked = pd.Timestamp(as_of) if as_of is not None else occurred[good].max()
    dropped = int((~good).sum())
    good &= (reported <= asked).to_numpy()
    if not good.any():
        raise ExternalDataError(t.no_events())
    first, last = occurred[good].min(), reported[good].max()
    panel = Panel(
        area[good],
        (occurred[good] - first).dt.days.to_numpy(dtype=np.int64),
        (reported[good] - first).dt.days.to_numpy(dtype=np.int64),
        neighbours.shape[0],
        (last - first).days + 1,
    )
    method = forecast_rules(NATIONAL).total
    result = backtest(panel, neighbours, horizon_days=horizon_days, method=method)
    if result is None:
        least = FIRST_FORECAST_DAY + 7 * WARM_UP_ORIGINS + horizon_days
        raise ExternalDataError(t.too_short(first.date(), last.date(), least))
    return ExternalBacktest(result, int(good.sum()), dropped, first.date(), last.date(), clipped=last < asked)


def _read_table(file: Path) -> pd.DataFrame:
    """Read a CSV as text; heads in small letters."""
    if not file.is_file():
        raise ExternalDataError(t.missing_file(file.name))
    for encoding in ENCODINGS:
        try:
            with file.open(encoding=encoding, newline="") as lines:
                separator = csv.Sniffer().sniff(lines.readline(), delimiters=",;\t|").delimiter
            table = pd.read_csv(file, sep=separator, dtype=str, encoding=encoding, keep_default_na=False)
        except UnicodeDecodeError:
            continue
        except (csv.Error, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
            raise ExternalDataError(t.unreadable_table(file.name)) from error
        break
    else:
        raise ExternalDataError(t.unreadable_table(file.name))
    heads = [str(head) for head in table.columns]
    table.columns = pd.Index([head.strip().lower() for head in heads])
    if "tanggal" not in table:
        raise ExternalDataError(t.missing_date(heads))
    if "kode" not in table and not {"bujur", "lintang"} <= set(table.columns):
        raise ExternalDataError(t.missing_place(heads))
    return table


def _dates(table: pd.DataFrame, column: str) -> pd.Series:
    """Read a column of dates by the one form that all of them have; NaT where the cell is empty."""
    texts = table[column].str.strip().str.replace(r"[T ]\d{1,2}[:.]\d{2}.*$", "", regex=True)
    distinct = pd.Series(texts[texts != ""].unique(), dtype=str)
    fits = []
    for form in DATE_FORMATS:
        found = pd.to_datetime(distinct, format=form, errors="coerce")
        if found.notna().all():
            fits.append(found)
    if not fits:
        best = max(
            (pd.to_datetime(distinct, format=form, errors="coerce") for form in DATE_FORMATS), key=pd.Series.count
        )
        wrong = str(distinct[best.isna()].iloc[0])
        line = int(np.flatnonzero(texts == wrong)[0]) + HEAD_LINES
        raise ExternalDataError(t.bad_date(column, line, wrong))
    differing = [other for other in fits[1:] if not other.equals(fits[0])]
    if differing:
        unlike = int(np.flatnonzero(differing[0] != fits[0])[0])
        raise ExternalDataError(t.unclear_dates(column, str(distinct[unlike])))
    return texts.map(dict(zip(distinct, fits[0], strict=True))).astype("datetime64[s]")


def _read_areas(file: Path) -> gpd.GeoDataFrame:
    """Read the map's polygons, mended and in WGS 84; rows without polygon are left out."""
    try:
        frame = read_layer(file, score=lambda attributes: (len(attributes.columns),)).frame()
    except BoundaryError as error:
        error.file = file.name
        raise
    mended, _ = mend(polygon_parts(frame.geometry.to_numpy()))
    frame = frame.set_geometry(mended, crs=frame.crs)
    frame = frame[~shapely.is_missing(mended)].reset_index(drop=True)
    if frame.empty:
        raise ExternalDataError(t.no_polygons())
    if frame.crs is None:
        west, south, east, north = frame.total_bounds
        if min(west, south + 90) < -180 or max(east, north + 90) > 180:
            raise ExternalDataError(t.no_system())
        frame = frame.set_crs(4326)
    return frame.to_crs(4326)


def _placed(table: pd.DataFrame, frame: gpd.GeoDataFrame, code_column: str | None) -> tuple[Whole, csr_array]:
    """Number the areas, and give each event's number (-1: in none) and which areas are neighbours."""
    has_points = {"bujur", "lintang"} <= set(table.columns)
    codes = _codes(table, frame, code_column, needed=not has_points)
    names, number = np.unique(np.array(codes, dtype=str), return_inverse=True)
    epsg = _metres(frame)
    if has_points:
        rows = frame[["geometry"]].assign(area_code=[f"{row:09d}" for row in range(len(frame))])
        located = locate_points(_degrees(table, "bujur"), _degrees(table, "lintang"), rows, utm_epsg=epsg)
        position = located.area_position.astype(np.int64)
        area = np.where(position >= 0, number[position], -1)
    else:
        area = pd.Index(names).get_indexer(pd.Index(table["kode"].map(_plain)))
    shapes = frame.geometry.to_crs(epsg).to_numpy()
    rules = hotspot_rules(NATIONAL)
    touching = contiguity(shapes, tolerance_m=rules.neighbour_tolerance_m)
    joined = join_islands(touching, shapes, reach_m=rules.island_reach_m).matrix
    return np.asarray(area, dtype=np.int64), _of_areas(joined, number, len(names))


def _of_areas(matrix: csr_array, number: NDArray[np.int64], count: int) -> csr_array:
    """Let two areas be neighbours where any of their features are."""
    member = csr_array((np.ones(len(number)), (number, np.arange(len(number)))), shape=(count, len(number)))
    both = csr_array(member @ matrix @ member.T).tocoo()
    apart = both.row != both.col
    return csr_array((np.ones(int(apart.sum())), (both.row[apart], both.col[apart])), shape=(count, count))


def _codes(table: pd.DataFrame, frame: gpd.GeoDataFrame, code_column: str | None, *, needed: bool) -> list[str]:
    """Give each feature its code: a column's, or the number of its row where codes are not needed."""
    heads = [str(head) for head in frame.columns if head != frame.geometry.name]
    if code_column is not None:
        if code_column not in heads:
            raise ExternalDataError(t.unknown_code_column(code_column, heads))
        return [_plain(text) for text in as_text(frame[code_column])]
    if not needed:
        return [f"{row:09d}" for row in range(len(frame))]
    asked = {_plain(text) for text in table["kode"]} - {""}
    columns = {head: [_plain(text) for text in as_text(frame[head])] for head in heads}
    found = {head: len(asked & set(column)) for head, column in columns.items()}
    best = max(found, key=lambda head: found[head], default=None)
    if best is None or not found[best]:
        raise ExternalDataError(t.no_code_column(min(asked, default=""), heads))
    return columns[best]


def _plain(code: str) -> str:
    """Write a code without what only separates its parts."""
    return "".join(sign for sign in code.lower() if sign.isalnum())


def _degrees(table: pd.DataFrame, column: str) -> NDArray[np.float64]:
    texts = table[column].str.strip()
    read = pd.to_numeric(texts.str.replace(",", "."), errors="coerce").to_numpy(dtype=np.float64)
    wrong = np.flatnonzero(np.isnan(read) & (texts != "").to_numpy())
    if wrong.size:
        raise ExternalDataError(t.bad_number(column, int(wrong[0]) + HEAD_LINES, str(texts.iloc[wrong[0]])))
    return read


def _metres(frame: gpd.GeoDataFrame) -> int:
    """Choose the system to measure in: the UTM zone of the middle, unless the map is wider than two zones."""
    west, _, east, _ = frame.total_bounds
    if east - west > WIDEST_ZONE_DEG:
        return measuring_epsg(None)
    return int(CRS(frame.estimate_utm_crs()).to_epsg() or measuring_epsg(None))


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value
