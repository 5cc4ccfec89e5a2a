"""The card for a phone: headline, map, reasons, what is not known, in letters that a small screen shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.drawing.arrange import centred
from geo.drawing.canvas import Canvas, Frame, Style, new_canvas
from geo.drawing.draw import BAND_COLOUR
from geo.drawing.labels import MARK_PART
from geo.drawing.land import drawable
from geo.drawing.map_panel import PanelStyle, draw_panel
from geo.drawing.paint import draw_mark
from geo.drawing.sheet import CARD, MarkRow, pixel_size
from geo.drawing.side_column import draw_swatch
from geo.drawing.theme import LIGHT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from geo.drawing.fonts import Fonts
    from geo.drawing.sheet import Card, LegendRow

SCALE = 2.0  # pixels of a design unit: 13 units are 26 pixels, which a phone 360 points wide still shows
LEAST_TEXT = 13.0
SIDE, BAND_HEIGHT, FOOTER_PITCH = 26.0, 31.0, 17.0
BAND = Style(14.0, "bold", "#ffffff")
HEADLINE, SMALLEST_HEADLINE = Style(30.0, "extrabold", LIGHT.ink), 20.0
LINE = Style(14.0, "medium", LIGHT.muted)
HEADING = Style(15.0, "bold", "#0b4a6b")
BODY, BODY_HEAD = Style(13.5, "regular", LIGHT.ink), Style(13.5, "bold", LIGHT.ink)
SMALL = Style(13.0, "medium", LIGHT.ink)
COUNT = Style(13.0, "bold", LIGHT.ink)
FOOTER = Style(13.0, "medium", LIGHT.muted)
PITCH, HEADING_PITCH, LEGEND_PITCH = 16.8, 20.0, 21.0
LEAST_MAP, FAIR_MAP, LEGEND_WIDTH, EDGE = 150.0, 200.0, 166.0, 10.0
BADGE = 13.0
SWATCH = (22.0, 13.0)
MOST_LINES = 2  # of the headline


def draw_card(card: Card, *, fonts: Fonts) -> Figure:
    """Draw a card on a figure of 1080 x 1350 pixels; the map takes what the texts leave.

    The texts are set from the top and from the bottom; where they leave less than a fair map, the last reasons go,
    but never the first, and what is not known becomes one paragraph. Raises `ValueError` where they leave no room for
    the map.
    """
    canvas = new_canvas(pixel_size(CARD), fonts, background=LIGHT.paper, scale=SCALE)
    left, right = SIDE, canvas.width - SIDE
    top = _draw_head(canvas, card, left, right)
    bottom = _draw_foot(canvas, card, left, right)
    ranks = canvas.wrapped(card.ranks, SMALL, right - left)
    room = top - bottom - PITCH * len(ranks) - 6 - FAIR_MAP
    while len(card.reasons) > 1 and _texts_height(canvas, card, right - left) > room:
        card = replace(card, reasons=card.reasons[:-1])
    if _texts_height(canvas, card, right - left) > room:
        card = replace(card, unknown=(" ".join(card.unknown),))
    bottom = _draw_texts(canvas, card, left, right, bottom)
    for line in reversed(ranks):
        canvas.text(line, left, bottom + 6, SMALL, name="card:ranks")
        bottom += PITCH
    frame = Frame(left, bottom + 6, right - LEGEND_WIDTH - 12, top)
    _draw_legend(canvas, card, Frame(right - LEGEND_WIDTH, frame.bottom, right, top))
    if frame.height < LEAST_MAP:
        raise ValueError(
            f"the texts of a card leave {frame.height:.0f} units for the map, fewer than {LEAST_MAP:.0f}"
        )
    areas = drawable(card.view.areas)
    draw_panel(
        canvas,
        card.view,
        frame,
        arrangement=centred(areas, frame, edge=EDGE) if areas else None,
        style=PanelStyle(LIGHT, BADGE, on_sheet=False, arrow=False, least_size=LEAST_TEXT),
    )
    return canvas.figure


def _draw_head(canvas: Canvas, card: Card, left: float, right: float) -> float:
    """Draw band, headline and the lines below it; return the upper edge of the map."""
    band = Frame(0.0, canvas.height - BAND_HEIGHT, canvas.width, canvas.height)
    canvas.rectangle(band, fill=BAND_COLOUR)
    middle = (band.bottom + band.top) / 2
    room = right - left - canvas.text_width(card.corner, BAND) - 12
    canvas.text(card.band, left, middle, canvas.fitted(card.band, BAND, room), centred=True)
    canvas.text(card.corner, right, middle, BAND, align="right", centred=True)
    style, lines = HEADLINE, [card.headline]
    while True:
        lines = canvas.balanced(card.headline, style, right - left)
        if len(lines) <= MOST_LINES or style.size <= SMALLEST_HEADLINE:
            break
        style = style._replace(size=style.size - 1.0)
    y = band.bottom - 12
    for line in lines:
        y -= 1.14 * style.size
        canvas.text(line, left, y + 0.2 * style.size, style)
    y -= 6
    for text in card.lines:
        for line in canvas.wrapped(text, LINE, right - left):
            y -= PITCH + 1
            canvas.text(line, left, y + 4, LINE)
    return y - 8


def _draw_foot(canvas: Canvas, card: Card, left: float, right: float) -> float:
    """Write the footer on its ground; return its upper edge."""
    lines = [line for text in card.footer for line in canvas.wrapped(text, FOOTER, right - left)]
    top = 9 + FOOTER_PITCH * len(lines) + 4
    canvas.rectangle(Frame(0.0, 0.0, canvas.width, top), fill="#eef1f3")
    for number, line in enumerate(lines):
        canvas.text(line, left, top - 4 - FOOTER_PITCH * number - 12, FOOTER)
    return top


def _texts_height(canvas: Canvas, card: Card, width: float) -> float:
    """Measure the reasons and what is not known, with their headings and the space around them."""
    lines = sum(len(_with_head(canvas, head, rest, width)) for head, rest in card.reasons)
    lines += sum(len(canvas.wrapped(text, BODY, width)) for text in card.unknown)
    return 2 * HEADING_PITCH + PITCH * lines + 22


def _draw_texts(canvas: Canvas, card: Card, left: float, right: float, bottom: float) -> float:
    """Write the reasons and what is not known above the footer; return the upper edge."""
    width = right - left
    reasons = [_with_head(canvas, head, rest, width) for head, rest in card.reasons]
    unknown = [line for text in card.unknown for line in canvas.wrapped(text, BODY, width)]
    top = bottom + _texts_height(canvas, card, width)
    y = top - 6
    y = _draw_heading(canvas, card.reasons_title, left, y, width)
    for (head, _), lines in zip(card.reasons, reasons, strict=True):
        for number, line in enumerate(lines):
            y -= PITCH
            x = left
            if number == 0:
                canvas.text(head, left, y + 4, BODY_HEAD, name="card:reason")
                x += canvas.text_width(f"{head} ", BODY_HEAD) + 2
            canvas.text(line, x, y + 4, BODY)
    y = _draw_heading(canvas, card.unknown_title, left, y - 6, width)
    for line in unknown:
        y -= PITCH
        canvas.text(line, left, y + 4, BODY, name="card:unknown")
    return top


def _draw_heading(canvas: Canvas, text: str, x: float, y: float, width: float) -> float:
    """Write a heading; return the upper edge of what follows."""
    canvas.text(text, x, y - HEADING_PITCH + 6, canvas.fitted(text, HEADING, width))
    return y - HEADING_PITCH


def _with_head(canvas: Canvas, head: str, rest: str, width: float) -> list[str]:
    """Break the rest of a sentence so that its first line stands beside the bold beginning."""
    room = width - canvas.text_width(f"{head} ", BODY_HEAD) - 2
    first: list[str] = []
    words = rest.split()
    while words and canvas.text_width(" ".join([*first, words[0]]), BODY) <= room:
        first.append(words.pop(0))
    return [" ".join(first), *canvas.wrapped(" ".join(words), BODY, width)]


def _draw_legend(canvas: Canvas, card: Card, frame: Frame) -> None:
    """Draw the classes and the marks with their counts, one below the other beside the map."""
    rows: tuple[LegendRow | MarkRow, ...] = (*card.legend_rows, *card.mark_rows)
    pitch = min(LEGEND_PITCH, frame.height / len(rows))
    for number, row in enumerate(rows):
        middle = frame.top - pitch * (number + 0.5)
        _draw_sample(canvas, row, frame.left, middle)
        text_left = frame.left + SWATCH[0] + 6
        room = frame.right - text_left - canvas.text_width(row.count_text, COUNT) - 6
        style = canvas.fitted(row.text, SMALL, room)
        canvas.text(row.text, text_left, middle, style, centred=True, name="card:legend")
        canvas.text(row.count_text, frame.right, middle, COUNT, align="right", centred=True)


def _draw_sample(canvas: Canvas, row: LegendRow | MarkRow, x: float, middle: float) -> None:
    """Draw the swatch of a class, or a mark."""
    if isinstance(row, MarkRow):
        draw_mark(canvas, row.mark, x + SWATCH[0] / 2, middle, radius=MARK_PART * BADGE * row.mark.scale)
        return
    box = Frame(x, middle - SWATCH[1] / 2, x + SWATCH[0], middle + SWATCH[1] / 2)
    draw_swatch(canvas, box, fill=row.fill, hatch=row.hatch)
