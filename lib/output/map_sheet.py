"""Map sheets as PNG files: what a region's areas, scores and incidents look like on one page."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pyproj import CRS

from geo.drawing.card import draw_card
from geo.drawing.draw import draw_map_only, draw_sheet
from geo.drawing.fonts import fonts
from geo.drawing.sheet import CARD, KeyRow, MapView, RankRow, Sheet, pixel_size
from geo.drawing.theme import LIGHT
from lib.output.classes import SCALE_END
from lib.output.map_card import compose_card
from lib.output.sheet_content import MARKS, MapSheet, Shown, data_hash, ranked_areas, sheet_number, stated
from lib.output.sheet_view import class_rows, mark_rows, no_class_reason, view_of
from lib.records import records
from lib.texts import sheet as t

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.figure import Figure

FONT_FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts"
LIST_LENGTH, SLIDE_BADGES = 8, 5
COMPRESSION, OPAQUE = 6, 255


def map_sheet_png(content: MapSheet, *, size: str) -> bytes:
    """Draw a map sheet as a PNG file.

    Same content, same bytes. The file's text chunks hold title, description, source, classification (Copyright) and,
    as JSON in Comment, what a reader needs to trace it.

    `size`: "1920x1080", "a4", "a3" (landscape, 300 dots per inch), "kartu" (a portrait card) or "WIDTHxHEIGHT".
    Raises `ValueError` if the size cannot be read, a class is not the band of its printed score, a layer is unknown,
    or a layer is asked for without its data: a wrong map is worse than none.
    """
    sheet = compose(content)
    if size == CARD:
        figure = draw_card(compose_card(content), fonts=fonts(FONT_FOLDER))
    else:
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
        replace(view_of(content, badges=SLIDE_BADGES), names=False),
        width_px=width_px,
        height_px=height_px,
        fonts=fonts(FONT_FOLDER),
        dark=dark,
        background=background,
    )
    return _encoded(figure, _metadata(content, compose(content)), dots_per_inch=96)


def compose(content: MapSheet) -> Sheet:
    """Set every text of the sheet and choose every colour.

    Raises `ValueError` if a class lies above its score, or a layer cannot be drawn.
    """
    ranked = ranked_areas(content)
    unit = content.unit_word
    rows = list(records(ranked, Shown))
    top = [row for row in rows if row.class_index >= 0][:LIST_LENGTH]
    view = view_of(content, badges=LIST_LENGTH)
    return Sheet(
        view=view,
        band=t.band(content.classification, simulated=content.simulated),
        title=t.title(content.scope),
        subtitle=t.subtitle(
            content.period_start,
            content.period_end,
            province=content.province,
            asked=content.asked,
            area_count=len(ranked),
            unit_word=unit,
            incident_count=content.incident_count,
        ),
        corner_title=content.countdown,
        corner_text=content.election_name,
        legend_title=t.LEGEND_TITLE,
        legend_rows=class_rows(content, rows),
        mark_rows=mark_rows(rows, unit),
        ground_rows=_ground_rows(view),
        list_title=t.list_title(len(top), unit, content.districts),
        list_rows=tuple(_rank_row(rank, row) for rank, row in enumerate(top, start=1)),
        list_note="" if top else t.empty_list(no_class_reason(content, rows)),
        notes=tuple(_notes(content, ranked)),
        footer_left=(*content.source_lines, t.filters(content.filters_caption), f"{t.NEUTRALITY} {t.SILENCE}"),
        footer_right=(
            f"{t.data_as_of(content.as_of)}  ·  {sheet_number(content)}",
            *((t.made_by(content.author, content.agency),) if content.author or content.agency else ()),
            t.boundaries(content.boundary_edition),
            t.projection(content.utm_epsg, CRS.from_epsg(content.utm_epsg).name),
            t.digests(content.weights_version, content.weights_digest, data_hash(content)),
        ),
    )


def _notes(content: MapSheet, ranked: gpd.GeoDataFrame) -> list[str]:
    """Name the areas under Siaga, those not drawn and those that alone vote, and say what is not placed."""
    unit = content.unit_word
    rows = list(records(ranked, Shown))
    notes = [t.siaga_names([row.area_name for row in rows if row.siaga])] if any(row.siaga for row in rows) else []
    missing = [row for row in rows if row.geometry is None or row.geometry.is_empty]
    if missing:
        notes.append(
            t.not_drawn([(row.area_name, t.class_and_score(row.look.name, row.score)) for row in missing], unit)
        )
    if content.voters_words:
        notes.append(content.voters_words)
    if content.unplaced_count:
        notes.append(t.unplaced(content.unplaced_count, unit))
    return notes


def _ground_rows(view: MapView) -> tuple[KeyRow, ...]:
    """Explain the colours around the region that the map can show."""
    kinds = {piece.kind for piece in view.ground}
    fills = {"sea": LIGHT.sea, "neighbour": LIGHT.neighbour, "rest": LIGHT.rest, "unknown": LIGHT.unknown}
    return tuple(KeyRow(fill, t.GROUND_NAMES[kind]) for kind, fill in fills.items() if kind in kinds | {"unknown"})


def _rank_row(rank: int, row: Shown) -> RankRow:
    """Set one line of the top list; the bar's full length is the end of the scale, not the highest area."""
    return RankRow(
        badge=str(rank),
        text=row.area_name,
        value_text=t.score(row.score),
        fraction=float(np.clip(row.score / SCALE_END, 0.0, 1.0)),
        colour=row.look.colour,
        detail=row.reason or t.list_detail(row.district_name, row.incident_count),
    )


def _metadata(content: MapSheet, sheet: Sheet) -> PngInfo:
    """Write the file's text chunks; nothing in them depends on the clock or on versions."""
    rows = list(records(stated(content.areas), Shown))
    comment = {
        "lembar": sheet_number(content),
        "simulasi": content.simulated,
        "per": content.as_of.isoformat(),
        "sha256_data": data_hash(content),
        "sha256_bobot": content.weights_digest,
        "versi_bobot": content.weights_version,
        "keadaan_data": content.data_digest,
        "saringan": content.filters_caption,
        "kelas": [float(cut) for cut in content.cuts],
        "jumlah": {row.text: int(row.count_text.split()[0].replace(".", "")) for row in sheet.legend_rows},
        "tanda": {mark.code: sum(mark in row.marks for row in rows) for mark in MARKS},
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
