"""Draw a map sheet, or its map alone, from finished values: polygons in metres, colours, texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.drawing.arrange import arrange, centred
from geo.drawing.canvas import POINTS_PER_INCH, Canvas, Frame, Style, new_canvas
from geo.drawing.land import drawable
from geo.drawing.layout import BAND_HEIGHT, GAP, MARGIN, Page, divide
from geo.drawing.map_panel import LEAST_SIZE, PanelStyle, draw_panel
from geo.drawing.paint import BADGE_RADIUS
from geo.drawing.sheet import PixelSize, pixel_size
from geo.drawing.side_column import draw_column, draw_two_columns
from geo.drawing.theme import DARK, LIGHT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from geo.drawing.arrange import Arrangement
    from geo.drawing.fonts import Fonts
    from geo.drawing.sheet import MapView, Sheet

BAND_COLOUR = "#8a1c1c"
BAND = Style(18.0, "bold", "#ffffff")
TITLE, SMALLEST_TITLE = Style(42.0, "extrabold", LIGHT.ink), 30.0
SUBTITLE, SMALLEST_SUBTITLE = Style(20.0, "medium", LIGHT.muted), 16.0
CORNER_TITLE = Style(46.0, "extrabold", BAND_COLOUR)
CORNER_TEXT = Style(17.0, "medium", LIGHT.muted)
FOOTER = Style(13.0, "regular", LIGHT.muted)
FOOTER_HEAD = Style(13.0, "semibold", LIGHT.ink)
FOOTER_PITCH, FOOTER_BOTTOM = 19.0, 22.0
PRINTED, LEAST_PRINTED_POINTS = 200, 5.1  # dots per inch of a print, and its smallest type
SLIDE_ENLARGEMENT, SLIDE_BADGE_RADIUS = 2.4, 24.0


def draw_sheet(sheet: Sheet, *, size: str, fonts: Fonts) -> Figure:
    """Draw a whole sheet on a figure of an exact number of pixels.

    Parameters
    ----------
    sheet
        What to show.
    size
        "a4", "a3" or "WIDTHxHEIGHT", see `geo.drawing.sheet.pixel_size`.
    fonts
        The typeface, see `geo.drawing.fonts.fonts`.

    Returns
    -------
    figure
        With an Agg canvas; same values give the same pixels, in any thread.

    Raises
    ------
    ValueError
        If `size` cannot be read.
    """
    asked = pixel_size(size)
    canvas = new_canvas(asked, fonts, background=LIGHT.paper)
    top = _draw_header(canvas, sheet)
    bottom = _draw_footer(canvas, sheet)
    page, arrangement = _divided(canvas, sheet.view, Frame(MARGIN, bottom, canvas.width - MARGIN, top))
    draw_panel(
        canvas,
        sheet.view,
        page.map,
        arrangement=arrangement,
        style=PanelStyle(LIGHT, BADGE_RADIUS, least_size=least_size(asked, canvas)),
    )
    if len(page.columns) == 1:
        draw_column(canvas, sheet, page.columns[0])
    else:
        draw_two_columns(canvas, sheet, *page.columns)
    return canvas.figure


def draw_map_only(
    view: MapView, *, width_px: int, height_px: int, fonts: Fonts, dark: bool = False, background: str | None = None
) -> Figure:
    """Draw the map without header and columns, with large letters and badges, for a slide.

    Parameters
    ----------
    view
        What to show; the slide's few badges are those of its areas.
    width_px, height_px
        Size of the picture.
    fonts
        The typeface.
    dark
        Light ink for a dark wall.
    background
        A colour behind the region; None leaves the picture transparent there.
    """
    size = PixelSize(width_px, height_px, 96)
    canvas = new_canvas(size, fonts, background=background, enlargement=SLIDE_ENLARGEMENT)
    frame = Frame(0.0, 0.0, canvas.width, canvas.height)
    areas = drawable(view.areas)
    draw_panel(
        canvas,
        view,
        frame,
        arrangement=arrange(areas, frame) if areas else None,
        style=PanelStyle(DARK if dark else LIGHT, SLIDE_BADGE_RADIUS, ground=False, on_sheet=False),
    )
    return canvas.figure


def least_size(size: PixelSize, canvas: Canvas) -> float:
    """Return the smallest type of areas' names: what a hand-held print bears, or a screen."""
    if size.dots_per_inch < PRINTED:
        return LEAST_SIZE
    printed_points = size.width / canvas.width / size.dots_per_inch * POINTS_PER_INCH
    return LEAST_PRINTED_POINTS / printed_points


def _divided(canvas: Canvas, view: MapView, body: Frame) -> tuple[Page, Arrangement | None]:
    """Divide the page by the shape of the region; a broad map if that gives room for an enlargement."""
    areas = drawable(view.areas)
    broad = divide(canvas.width, body, region_aspect=None)
    if not areas:
        return broad, None
    arrangement = arrange(areas, broad.map)
    if arrangement.inset is not None:
        return broad, arrangement
    x0, y0, x1, y1 = shapely.total_bounds(np.array([area.geometry for area in areas], dtype=object))
    page = divide(canvas.width, body, region_aspect=float((x1 - x0) / (y1 - y0)))
    return page, centred(areas, page.map)


def _draw_header(canvas: Canvas, sheet: Sheet) -> float:
    """Draw band, title, subtitle and the corner; return the upper edge of the body."""
    band = Frame(0.0, canvas.height - BAND_HEIGHT, canvas.width, canvas.height)
    left, right = MARGIN, canvas.width - MARGIN
    canvas.rectangle(band, fill=BAND_COLOUR)
    style = canvas.fitted(sheet.band, BAND, right - left)
    canvas.text(sheet.band, canvas.width / 2, (band.bottom + band.top) / 2, style, align="center", centred=True)
    top = band.bottom - 22
    canvas.text(sheet.corner_title, right, top - 38, CORNER_TITLE, align="right")
    canvas.text(sheet.corner_text, right, top - 70, CORNER_TEXT, align="right")
    corner = max(
        canvas.text_width(sheet.corner_title, CORNER_TITLE), canvas.text_width(sheet.corner_text, CORNER_TEXT)
    )
    room = right - left - corner - 2 * GAP
    y = _draw_heading(canvas, sheet.title, top, TITLE, smallest=SMALLEST_TITLE, width=room)
    y = _draw_heading(canvas, sheet.subtitle, y - 2, SUBTITLE, smallest=SMALLEST_SUBTITLE, width=room)
    return y - 20


def _draw_heading(canvas: Canvas, text: str, y: float, style: Style, *, smallest: float, width: float) -> float:
    """Write a heading on one line, smaller if need be, then on several; return the lower edge."""
    fitted = canvas.fitted(text, style, width)
    lines = [text]
    if fitted.size < smallest:
        fitted = style._replace(size=smallest)
        lines = canvas.balanced(text, fitted, width)
    for line in lines:
        y -= fitted.size * 1.2
        canvas.text(line, MARGIN, y + fitted.size * 0.25, fitted)
    return y


def _draw_footer(canvas: Canvas, sheet: Sheet) -> float:
    """Write both sides of the footer; return the lower edge of the body."""
    right = canvas.width - MARGIN
    widest = max((canvas.text_width(text, FOOTER_HEAD) for text in sheet.footer_right), default=0.0)
    room = right - MARGIN - widest - GAP
    left = [line for text in sheet.footer_left for line in canvas.wrapped(text, FOOTER, room)]
    top = FOOTER_BOTTOM + (max(len(left), len(sheet.footer_right)) - 1) * FOOTER_PITCH
    for number, line in enumerate(left):
        canvas.text(line, MARGIN, top - number * FOOTER_PITCH, FOOTER)
    for number, line in enumerate(sheet.footer_right):
        style = FOOTER if number else FOOTER_HEAD
        canvas.text(line, right, top - number * FOOTER_PITCH, style, align="right")
    return top + 28
