"""Map sheets as PNG files: what a region's areas, scores and incidents look like on one page."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pyproj import CRS

from data import digests
from geo.drawing.draw import draw_map_only, draw_sheet
from geo.drawing.fonts import fonts
from geo.drawing.sheet import Area, DensityLines, LegendRow, MapView, MapWords, PointLayer, RankRow, Sheet, pixel_size
from lib.analysis.classes import class_index
from lib.output.classes import SCALE_END, class_counts, class_of, legend_rows
from lib.output.layer_names import DENSITY, INCIDENTS, LAYERS, STATIONS
from lib.records import records
from lib.reports.completeness import UNHEARD
from lib.score.answers import TOO_LITTLE
from lib.texts import sheet as t

if TYPE_CHECKING:
    from datetime import date

    from matplotlib.figure import Figure
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

FONT_FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts"
LIST_LENGTH, SLIDE_BADGES = 8, 5
COMPRESSION, OPAQUE = 6, 255
HASHED_COLUMNS = ("area_code", "area_name", "score", "class_index", "incident_count")

DENSITY_COLOUR = "#0b4aa2"  # blue is the one hue that the classes leave free
DENSITY_PARTS = (0.25, 0.5, 0.75)  # of the highest density: where its lines run


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
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
    (NaN without a class), class_index (the band of the score, -1 without a class), unclassed (as
    `lib.score.answers.Assessment.areas`), incident_count, and optionally reason (one line, or missing).
    `stations` and `incidents` are longitudes and latitudes of shape (n, 2).
    `incident_count` counts the incidents of the question, `unplaced_count` those of them in no area.
    """

    region_name: str
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
    layers: tuple[str, ...] = ()
    stations: NDArray[np.float64] | None = None
    incidents: NDArray[np.float64] | None = None
    density: DensityLayer | None = None


def map_sheet_png(content: MapSheet, *, size: str) -> bytes:
    """Draw a map sheet as a PNG file.

    Same content, same bytes. The file's text chunks hold title, description, source, classification (Copyright) and,
    as JSON in Comment, what a reader needs to trace it.

    `size`: "1920x1080", "a4", "a3" (landscape, 300 dots per inch) or "WIDTHxHEIGHT". Raises `ValueError` if the size
    cannot be read, a class lies above its score, a layer is unknown, or a layer is asked for without its data: a
    wrong map is worse than none.
    """
    sheet = compose(content)
    figure = draw_sheet(sheet, size=size, fonts=fonts(FONT_FOLDER))
    return _encoded(figure, _metadata(content, sheet), dots_per_inch=pixel_size(size).dots_per_inch)


def map_slide_png(
    content: MapSheet, *, width_px: int, height_px: int, dark: bool = False, background: str | None = None
) -> bytes:
    """Draw only the map, with five large badges, for a slide; without a background it is transparent.

    Areas and districts carry no names: on a wall they would be too small to read, and the list beside the map names
    the five. Raises `ValueError` as `map_sheet_png` does.
    """
    figure = draw_map_only(
        replace(_view(content, badges=SLIDE_BADGES), names=False),
        width_px=width_px,
        height_px=height_px,
        fonts=fonts(FONT_FOLDER),
        dark=dark,
        background=background,
    )
    return _encoded(figure, _metadata(content, compose(content)), dots_per_inch=96)


def data_hash(content: MapSheet) -> str:
    """Hash what the sheet shows: the drawn table, the question, the weights and the state of the data.

    SHA-256 over a JSON list: one row per area in the order of their codes with the columns of
    `HASHED_COLUMNS` (a missing score is null), then filters_caption, weights_digest, data_digest.
    """
    table = content.areas.sort_values("area_code")
    rows = [
        [str(code), str(name), None if np.isnan(score) else float(score), int(class_number), int(count)]
        for code, name, score, class_number, count in zip(*(table[name] for name in HASHED_COLUMNS), strict=True)
    ]
    return digests.of_text(json.dumps([rows, content.filters_caption, content.weights_digest, content.data_digest]))


def _ranked(content: MapSheet) -> gpd.GeoDataFrame:
    """Sort areas by score, the highest first, ties by code; areas without reports come last."""
    areas = content.areas.assign(score=content.areas["score"].astype(float))
    stated = areas["class_index"].to_numpy(dtype=np.int64)
    expected = class_index(areas["score"].to_numpy(), content.cuts)
    wrong = stated != expected
    if wrong.any():
        row = areas[wrong].iloc[0]
        raise ValueError(
            f"area {row['area_code']} has class {row['class_index']}, which is not that of its score {row['score']} "
            f"with cuts {content.cuts}"
        )
    areas["score"] = areas["score"].where(stated >= 0)
    if "reason" not in areas:
        areas["reason"] = None
    return areas.sort_values(["score", "area_code"], ascending=[False, True], na_position="last")


def _notes(content: MapSheet, ranked: gpd.GeoDataFrame) -> list[str]:
    """Say which areas are not drawn, which have no class though something is known, and what is not placed."""
    unit = content.unit_word
    missing = ranked.loc[ranked.geometry.isna() | ranked.geometry.is_empty, "area_name"].astype(str).tolist()
    notes = [t.not_drawn(sorted(missing), unit)] if missing else []
    for kind, said in ((TOO_LITTLE, t.too_little), (UNHEARD, t.unheard)):
        if count := int((ranked["unclassed"] == kind).sum()):
            notes.append(said(count, unit))
    if content.unplaced_count:
        notes.append(t.unplaced(content.unplaced_count, unit))
    return notes


def _view(content: MapSheet, *, badges: int) -> MapView:
    """Turn areas, points and density into what the map panel draws."""
    _check_layers(content)
    ranked = _ranked(content)
    drawn = ranked.to_crs(content.utm_epsg)
    areas = []
    for rank, row in enumerate(records(drawn, _Shown), start=1):
        risk = class_of(row.class_index, row.unclassed)
        badged = rank <= badges and risk.index >= 0
        areas.append(
            Area(
                key=row.area_code,
                geometry=row.geometry,
                fill=risk.colour,
                hatch=risk.hatch,
                label=row.area_name,
                label_colour=risk.text_colour,
                group=row.district_name,
                badge=str(rank) if badged else "",
            )
        )
    points = []
    if STATIONS in content.layers and content.stations is not None:
        xy = _metres(content.stations, content.utm_epsg)
        points.append(PointLayer(xy, "s", "#ffffff", "#14202b", 3.8, 0.85, t.stations(len(xy))))
    if INCIDENTS in content.layers and content.incidents is not None:
        xy = _metres(content.incidents, content.utm_epsg)
        points.append(PointLayer(xy, "o", "#14202b", "#ffffff", 5.4, 0.72, t.incidents(len(xy))))
    return MapView(
        areas=tuple(areas),
        epsg=content.utm_epsg,
        words=MapWords(t.NORTH, t.METRE, t.KILOMETRE, t.WEST, t.EAST, t.SOUTH, t.NORTH_LATITUDE, t.NOTHING_DRAWN),
        points=tuple(points),
        density=_density(content),
        watermark=t.SIMULATED if content.simulated else None,
    )


def _check_layers(content: MapSheet) -> None:
    """Refuse layers that are unknown or have no data."""
    given: dict[str, Any] = {STATIONS: content.stations, INCIDENTS: content.incidents, DENSITY: content.density}
    for layer in content.layers:
        if layer not in given:
            raise ValueError(f"layer {layer!r} is none of {LAYERS}")
        if given[layer] is None:
            raise ValueError(f"layer {layer!r} is asked for without its data")


def _density(content: MapSheet) -> DensityLines | None:
    """Turn the density layer into a coloured surface, if it is asked for."""
    if DENSITY not in content.layers or content.density is None:
        return None
    layer = content.density
    highest = float(np.nanmax(layer.grid, initial=0.0))
    return DensityLines(
        grid=layer.grid,
        bounds_m=layer.bounds_m,
        levels=tuple(part * highest for part in DENSITY_PARTS) if highest > 0 else (),
        colour=DENSITY_COLOUR,
        legend=t.density(DENSITY_PARTS, layer.bandwidth_m, layer.maximum),
    )


def _metres(lonlat: NDArray[np.float64], epsg: int) -> NDArray[np.float64]:
    """Project longitudes and latitudes; points without both are left out."""
    whole = np.asarray(lonlat, dtype=float).reshape(-1, 2)
    whole = whole[np.isfinite(whole).all(axis=1)]
    points = gpd.GeoSeries(gpd.points_from_xy(whole[:, 0], whole[:, 1]), crs=4326).to_crs(epsg)
    return np.column_stack([points.x, points.y])


def compose(content: MapSheet) -> Sheet:
    """Set every text of the sheet and choose every colour.

    Raises `ValueError` if a class is not that of its score, or a layer cannot be drawn.
    """
    ranked = _ranked(content)
    unit = content.unit_word
    counts = class_counts(ranked)
    top = ranked[ranked["class_index"] >= 0].head(LIST_LENGTH)
    return Sheet(
        view=_view(content, badges=LIST_LENGTH),
        band=t.band(content.classification, simulated=content.simulated),
        title=t.title(content.region_name),
        subtitle=t.subtitle(
            content.period_start,
            content.period_end,
            area_count=len(ranked),
            unit_word=unit,
            incident_count=content.incident_count,
        ),
        corner_title=content.countdown,
        corner_text=content.election_name,
        legend_title=t.LEGEND_TITLE,
        legend_rows=tuple(
            LegendRow(risk.colour, risk.hatch, risk.name, scores, t.area_count(counts[risk.code], unit))
            for risk, scores in legend_rows(content.cuts)
        ),
        list_title=t.list_title(len(top), unit),
        list_rows=tuple(_rank_row(rank, row) for rank, row in enumerate(records(top, _Shown), start=1)),
        list_note=t.empty_list(unit),
        notes=tuple(_notes(content, ranked)),
        footer_left=(*content.source_lines, t.filters(content.filters_caption), f"{t.NEUTRALITY} {t.SILENCE}"),
        footer_right=(
            t.data_as_of(content.as_of),
            t.projection(content.utm_epsg, CRS.from_epsg(content.utm_epsg).name),
            t.digests(content.weights_version, content.weights_digest, data_hash(content)),
        ),
    )


def _rank_row(rank: int, row: _Shown) -> RankRow:
    """Set one line of the top list; the bar's full length is the end of the scale, not the highest area."""
    return RankRow(
        badge=str(rank),
        text=row.area_name,
        value_text=t.score(row.score),
        fraction=float(np.clip(row.score / SCALE_END, 0.0, 1.0)),
        colour=class_of(row.class_index).colour,
        detail=row.reason or t.list_detail(row.district_name, row.incident_count),
    )


def _metadata(content: MapSheet, sheet: Sheet) -> PngInfo:
    """Write the file's text chunks; nothing in them depends on the clock or on versions."""
    counts = class_counts(content.areas)
    comment = {
        "simulasi": content.simulated,
        "per": content.as_of.isoformat(),
        "sha256_data": data_hash(content),
        "sha256_bobot": content.weights_digest,
        "versi_bobot": content.weights_version,
        "keadaan_data": content.data_digest,
        "saringan": content.filters_caption,
        "kelas": [float(cut) for cut in content.cuts],
        "jumlah": {risk.name: counts[risk.code] for risk, _ in legend_rows(content.cuts)},
    }
    info = PngInfo()
    info.add_text("Title", sheet.title)
    info.add_text("Description", sheet.subtitle)
    info.add_text("Source", " ".join(content.source_lines))
    info.add_text("Copyright", sheet.band)
    info.add_text("Comment", json.dumps(comment, ensure_ascii=True))
    return info


def _encoded(figure: Figure, metadata: PngInfo, *, dots_per_inch: int) -> bytes:
    """Render a figure and write it as PNG, without an alpha channel where nothing is transparent."""
    canvas: Any = figure.canvas
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())
    image = Image.fromarray(pixels)
    if pixels[..., 3].min() == OPAQUE:
        image = image.convert("RGB")
    buffer = io.BytesIO()
    image.save(buffer, format="PNG", pnginfo=metadata, dpi=(dots_per_inch, dots_per_inch), compress_level=COMPRESSION)
    return buffer.getvalue()
