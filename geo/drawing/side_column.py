"""The text beside the map: legend, keys, notes and the top list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.drawing.canvas import Canvas, Frame, Style
from geo.drawing.hatch import hatch_lines
from geo.drawing.labels import MARK_PART, PlacedBadge
from geo.drawing.paint import BADGE_RADIUS, density_width, draw_badges, draw_mark
from geo.drawing.theme import LIGHT

if TYPE_CHECKING:
    from geo.drawing.hatch import Hatch
    from geo.drawing.sheet import DensityLines, LegendRow, MarkRow, PointLayer, RankRow, Sheet

HEADING = Style(14.0, "bold", LIGHT.muted)
CLASS_NAME = Style(17.0, "semibold", LIGHT.ink)
CLASS_RANGE = Style(15.0, "regular", LIGHT.muted)
CLASS_COUNT = KEY = Style(15.0, "medium", LIGHT.ink)
NOTE = Style(13.0, "medium", LIGHT.ink)
GROUND_KEY = Style(13.0, "medium", LIGHT.ink)
RANK_NAME = Style(18.0, "semibold", LIGHT.ink)
RANK_VALUE = Style(19.0, "bold", LIGHT.ink)
RANK_DETAIL = Style(13.5, "regular", LIGHT.muted)
TRACK = "#e9eef2"  # the empty part of a bar

SWATCH_WIDTH, SWATCH_HEIGHT, SWATCH_GAP = 52.0, 23.0, 14.0
LEGEND_PITCH, KEY_PITCH, KEY_LINE, NOTE_PITCH = 31.0, 26.0, 18.0, 17.5
GROUND_SWATCH, GROUND_PITCH = 24.0, 21.0
TWO_COLUMNS, COLUMN_GAP = 720.0, 48.0  # from this width on the legend stands in two columns
RANK_HEIGHT, RANK_HEIGHT_PLAIN, RANK_BAR = 50.0, 34.0, 6.0
LARGEST, LARGEST_PLAIN, LOOSEST = 1.3, 1.1, 1.4  # how far the list may grow, and spread, in a high column
SMALLEST_PLAIN = 0.72  # how far the list without second lines may shrink in a low one


def draw_column(canvas: Canvas, sheet: Sheet, frame: Frame) -> None:
    """Draw legend, list and notes one below the other."""
    y = _draw_legend(canvas, sheet, frame) - 6
    canvas.lines([[(frame.left, y), (frame.right, y)]], colour=LIGHT.rule, width=1.0)
    notes = _note_lines(canvas, sheet, frame)
    height = NOTE_PITCH * len(notes) + 10 if notes else 0.0
    _draw_list(canvas, sheet, Frame(frame.left, frame.bottom + height, frame.right, y - 24))
    _draw_notes(canvas, notes, frame.left, frame.bottom + height - NOTE_PITCH)


def draw_two_columns(canvas: Canvas, sheet: Sheet, left: Frame, right: Frame) -> None:
    """Draw legend and notes in one column, the list in the other."""
    y = _draw_legend(canvas, sheet, left)
    _draw_notes(canvas, _note_lines(canvas, sheet, left), left.left, y - 22)
    _draw_list(canvas, sheet, right)


def _draw_legend(canvas: Canvas, sheet: Sheet, frame: Frame) -> float:
    """Draw the classes and the keys of points and density; return the lower edge."""
    y = _draw_heading(canvas, sheet.legend_title, frame)
    rows = sheet.legend_rows
    count = 2 if frame.width >= TWO_COLUMNS else 1
    height = -(-len(rows) // count)
    width = (frame.width - (count - 1) * COLUMN_GAP) / count
    names = max((canvas.text_width(row.text, CLASS_NAME) for row in rows), default=0.0)
    for number, row in enumerate(rows):
        column, line = divmod(number, height)
        left, top = frame.left + column * (width + COLUMN_GAP), y - line * LEGEND_PITCH
        _draw_class(canvas, row, Frame(left, top - LEGEND_PITCH, left + width, top), names=names)
    y -= height * LEGEND_PITCH
    for mark_row in sheet.mark_rows:
        y = _draw_mark_key(canvas, mark_row, frame, y)
    for layer in sheet.view.points:
        y = _draw_point_key(canvas, layer, frame, y)
    if sheet.view.density is not None:
        y = _draw_density_key(canvas, sheet.view.density, frame, y)
    return _draw_ground_keys(canvas, sheet, frame, y)


def _draw_mark_key(canvas: Canvas, row: MarkRow, frame: Frame, y: float) -> float:
    """Explain one mark, with the number of areas that carry it; return the lower edge."""
    middle, text_left = y - 14, frame.left + SWATCH_WIDTH + SWATCH_GAP
    draw_mark(
        canvas, row.mark, frame.left + SWATCH_WIDTH / 2, middle, radius=MARK_PART * BADGE_RADIUS * row.mark.scale
    )
    room = frame.right - text_left - canvas.text_width(row.count_text, CLASS_COUNT) - 12
    canvas.text(row.text, text_left, middle, canvas.fitted(row.text, KEY, room), centred=True)
    canvas.text(row.count_text, frame.right, middle, CLASS_COUNT, align="right", centred=True)
    return y - KEY_PITCH


def _draw_ground_keys(canvas: Canvas, sheet: Sheet, frame: Frame, y: float) -> float:
    """Explain the colours around the region in as few lines as they need; return the lower edge."""
    x, line = frame.left, 0.0
    for row in sheet.ground_rows:
        wide = GROUND_SWATCH + 6 + canvas.text_width(row.text, GROUND_KEY)
        if x > frame.left and x + wide > frame.right:
            x, line = frame.left, line + GROUND_PITCH
        middle = y - 12 - line
        swatch = Frame(x, middle - 6.5, x + GROUND_SWATCH, middle + 6.5)
        canvas.rectangle(swatch, fill=row.fill, edge=LIGHT.ink, edge_width=0.8, alpha=0.8)
        style = canvas.fitted(row.text, GROUND_KEY, frame.right - x - GROUND_SWATCH - 6)
        canvas.text(row.text, x + GROUND_SWATCH + 6, middle, style, centred=True)
        x += wide + 16
    return y - line - (GROUND_PITCH + 4 if sheet.ground_rows else 0.0)


def _draw_heading(canvas: Canvas, text: str, frame: Frame) -> float:
    """Write a section's heading in capitals at the top of a frame; return the upper edge of what follows."""
    canvas.text(text.upper(), frame.left, frame.top - 12, canvas.fitted(text.upper(), HEADING, frame.width))
    return frame.top - 28


def _draw_class(canvas: Canvas, row: LegendRow, frame: Frame, *, names: float) -> None:
    """Draw one class: swatch, name, range, count; `names` is the width kept for the name."""
    box = Frame(frame.left, frame.top - 2 - SWATCH_HEIGHT, frame.left + SWATCH_WIDTH, frame.top - 2)
    draw_swatch(canvas, box, fill=row.fill, hatch=row.hatch)
    middle, text_left = (box.bottom + box.top) / 2, box.right + SWATCH_GAP
    canvas.text(row.text, text_left, middle, CLASS_NAME, centred=True)
    if row.range_text:
        canvas.text(row.range_text, text_left + names + SWATCH_GAP, middle, CLASS_RANGE, centred=True)
    canvas.text(row.count_text, frame.right, middle, CLASS_COUNT, align="right", centred=True)


def draw_swatch(canvas: Canvas, box: Frame, *, fill: str, hatch: Hatch | None) -> None:
    """Draw a sample of a class as it looks on the map."""
    canvas.rectangle(box, fill=fill)
    if hatch is not None:
        lines = hatch_lines(box.polygon(), hatch)
        canvas.lines(lines, colour=hatch.colour, width=hatch.width, alpha=hatch.alpha)
    canvas.rectangle(box, fill="none", edge=LIGHT.ink, edge_width=0.8, alpha=0.6)


def _draw_point_key(canvas: Canvas, layer: PointLayer, frame: Frame, y: float) -> float:
    """Explain one kind of point; return the lower edge."""
    middle, text_left = y - 14, frame.left + SWATCH_WIDTH + SWATCH_GAP
    canvas.marks(
        np.array([(frame.left + SWATCH_WIDTH / 2, middle)]),
        marker=layer.marker,
        size=layer.size * 1.3,
        fill=layer.colour,
        edge=layer.edge_colour,
        edge_width=0.6,
    )
    style = canvas.fitted(layer.legend, KEY, frame.right - text_left)
    canvas.text(layer.legend, text_left, middle, style, centred=True)
    return y - KEY_PITCH


def _draw_density_key(canvas: Canvas, surface: DensityLines, frame: Frame, y: float) -> float:
    """Explain the lines of equal density by nested rings; return the lower edge."""
    middle, turn = (frame.left + SWATCH_WIDTH / 2, y - 16), np.linspace(0.0, 2 * np.pi, 49)
    for number in range(len(surface.levels)):
        part = 1 - number / len(surface.levels)
        ring = middle + part * np.column_stack([24 * np.cos(turn), 12 * np.sin(turn)])
        canvas.lines([ring], colour=surface.colour, width=density_width(number))
    text_left = frame.left + SWATCH_WIDTH + SWATCH_GAP
    for line in canvas.wrapped(surface.legend, KEY, frame.right - text_left):
        canvas.text(line, text_left, y - 14, KEY, centred=True)
        y -= KEY_LINE
    return y - 12


def _note_lines(canvas: Canvas, sheet: Sheet, frame: Frame) -> list[str]:
    """Break the notes into lines of a column."""
    return [line for note in sheet.notes for line in canvas.wrapped(note, NOTE, frame.width)]


def _draw_notes(canvas: Canvas, lines: list[str], x: float, y: float) -> None:
    """Write the notes from a first baseline downwards."""
    for number, line in enumerate(lines):
        canvas.text(line, x, y - NOTE_PITCH * number, NOTE)


def _draw_list(canvas: Canvas, sheet: Sheet, frame: Frame) -> None:
    """Draw the top list with bars, as large as the column allows; or the note in its stead.

    Where room is short the second lines go first, then the rows shrink.
    """
    y = _draw_heading(canvas, sheet.list_title, frame)
    rows = sheet.list_rows
    if not rows:
        for number, line in enumerate(canvas.wrapped(sheet.list_note, KEY, frame.width)):
            canvas.text(line, frame.left, y - 14 - 21 * number, KEY)
        return
    room = (y - frame.bottom) / len(rows)
    detailed = room >= RANK_HEIGHT and any(row.detail for row in rows)
    height = RANK_HEIGHT if detailed else RANK_HEIGHT_PLAIN
    scale = min(max(room / (1.16 * height), SMALLEST_PLAIN, float(detailed)), LARGEST if detailed else LARGEST_PLAIN)
    pitch = min(room, LOOSEST * scale * height)
    for row in rows:
        _draw_rank(canvas, row, Frame(frame.left, y - pitch, frame.right, y), scale=scale, detailed=detailed)
        y -= pitch


def _draw_rank(canvas: Canvas, row: RankRow, frame: Frame, *, scale: float, detailed: bool) -> None:
    """Draw one line of the top list: badge, name, value, detail, bar."""
    radius = scale * BADGE_RADIUS
    text_left, middle = frame.left + scale * 44, frame.top - scale * 13
    badge_y = frame.top - scale * 20 if detailed else middle
    badge = PlacedBadge(f"list-{row.badge}", row.badge, frame.left + radius, badge_y)
    draw_badges(canvas, [badge], theme=LIGHT, radius=radius)
    value = RANK_VALUE.scaled(scale)
    room = frame.right - text_left - canvas.text_width(row.value_text, value) - 12
    canvas.text(row.text, text_left, middle, canvas.fitted(row.text, RANK_NAME.scaled(scale), room), centred=True)
    canvas.text(row.value_text, frame.right, middle, value, align="right", centred=True)
    if detailed and row.detail:
        text, style = canvas.shortened(row.detail, RANK_DETAIL.scaled(scale), frame.right - text_left)
        canvas.text(text, text_left, frame.top - scale * 33, style, centred=True)
    top = frame.top - scale * (44 if detailed else 26)
    bar = Frame(text_left, top - scale * RANK_BAR, frame.right, top)
    canvas.rectangle(bar, fill=TRACK)
    canvas.rectangle(bar._replace(right=bar.left + bar.width * row.fraction), fill=row.colour)
