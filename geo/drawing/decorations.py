"""What every map carries besides its subject: graticule, scale bar, north arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from pyproj import Transformer
from shapely import Polygon

from geo.drawing.canvas import Frame, Style

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.drawing.canvas import Canvas
    from geo.drawing.sheet import MapWords
    from geo.drawing.theme import Theme

STEPS_SECONDS = (10, 15, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 18000)
MOST_LINES = 5
SAMPLES = 33
TICK, TICK_LABEL = 6.0, 64.0  # length of a tick, and the width of the text at it
NORTH_ARROW = (34.0, 66.0)
SCALE_BAR_HEIGHT, ROOM_FOR_MIDDLE = 34.0, 70.0  # a shorter bar has no number in its middle
METRES_PER_KILOMETRE = 1000


class Placement(NamedTuple):
    """How metres become design units: x = x_m * scale + x_shift, and y likewise."""

    scale: float
    x_shift: float
    y_shift: float

    def forward(self, xy_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn metres, shape (n, 2), into design units."""
        return xy_m * self.scale + (self.x_shift, self.y_shift)

    def inverse(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn design units, shape (n, 2), into metres."""
        return (xy - (self.x_shift, self.y_shift)) / self.scale


class Graticule(NamedTuple):
    """Meridians and parallels as lines in design units, and where they meet the lower and the left side."""

    lines: list[NDArray[np.float64]]
    meridians: list[tuple[float, str]]
    parallels: list[tuple[float, str]]


def graticule(frame: Frame, placement: Placement, *, epsg: int, words: MapWords) -> Graticule:
    """Find round meridians and parallels that cross a frame, at most five of each."""
    transformer = Transformer.from_crs(epsg, 4326, always_xy=True)
    edge = np.linspace(0, 1, SAMPLES)
    x = frame.left + edge * frame.width
    y = frame.bottom + edge * frame.height
    sides = np.concatenate(
        [np.column_stack([x, np.full(SAMPLES, end)]) for end in (frame.bottom, frame.top)]
        + [np.column_stack([np.full(SAMPLES, end), y]) for end in (frame.left, frame.right)]
    )
    lon, lat = transformer.transform(*placement.inverse(sides).T)

    def curve(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
        return placement.forward(np.column_stack(transformer.transform(lon, lat, direction="INVERSE")))

    lines, meridians, parallels = [], [], []
    step = _step(max(np.ptp(lon), np.ptp(lat)))
    for value in _round_values(lon, step):
        line = curve(np.full(SAMPLES, value), np.linspace(lat.min(), lat.max(), SAMPLES))
        lines.append(line)
        at = float(np.interp(frame.bottom, line[:, 1], line[:, 0]))
        meridians.append((at, degrees(value, step=step, positive=words.east, negative=words.west)))
    for value in _round_values(lat, step):
        line = curve(np.linspace(lon.min(), lon.max(), SAMPLES), np.full(SAMPLES, value))
        lines.append(line)
        at = float(np.interp(frame.left, line[:, 0], line[:, 1]))
        parallels.append((at, degrees(value, step=step, positive=words.north_latitude, negative=words.south)))
    return Graticule(lines, meridians, parallels)


def degrees(value: float, *, step: float, positive: str, negative: str) -> str:
    """Write an angle in degrees and minutes, and seconds if the step has any, with its hemisphere."""
    seconds = round(abs(value) * 3600)
    whole, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    text = f"{whole}°{minutes:02d}′" + (f"{rest:02d}″" if step < 1 / 60 else "")
    if not seconds:
        return text
    return f"{text} {positive if value > 0 else negative}"


def draw_ticks(canvas: Canvas, frame: Frame, net: Graticule, *, ink: str) -> None:
    """Write degrees below and left of a frame, each with a tick; none so near a corner that it juts out."""
    style = Style(11.0, "regular", ink)
    inner = frame.shrunk(TICK_LABEL / 2)
    meridians = [(x, text) for x, text in net.meridians if inner.left < x < inner.right]
    parallels = [(y, text) for y, text in net.parallels if inner.bottom < y < inner.top]
    marks = [[(x, frame.bottom), (x, frame.bottom - TICK)] for x, _ in meridians]
    marks += [[(frame.left, y), (frame.left - TICK, y)] for y, _ in parallels]
    canvas.lines(marks, colour=ink, width=0.8)
    for x, text in meridians:
        canvas.text(text, x, frame.bottom - TICK - 12, style, align="center")
    for y, text in parallels:
        canvas.text(text, frame.left - TICK - 8, y, style, align="center", centred=True, rotation=90)


def scale_bar_length_m(available: float, placement: Placement) -> float:
    """Return the longest of 1, 2, 5 times a power of ten metres that fits into a width."""
    most_m = available / placement.scale
    power = 10.0 ** np.floor(np.log10(most_m))
    return float(max(factor * power for factor in (1, 2, 5) if factor * power <= most_m))


def draw_scale_bar(
    canvas: Canvas, x: float, y: float, *, length_m: float, placement: Placement, words: MapWords, theme: Theme
) -> None:
    """Draw a bar of alternating fields whose lower left corner is (x, y), with round numbers above it."""
    length, height = length_m * placement.scale, 7.0
    in_km = length_m >= METRES_PER_KILOMETRE
    count = length_m / METRES_PER_KILOMETRE if in_km else length_m
    fields = 5 if f"{count:.0f}".startswith("5") else 4
    bar = Frame(x, y, x + length, y + height)
    canvas.rectangle(bar, fill=theme.paper, edge=theme.ink, edge_width=1.0)
    for field in range(0, fields, 2):
        left = x + field * length / fields
        canvas.rectangle(Frame(left, y, left + length / fields, y + height), fill=theme.ink)
    marks = [(0.0, "0"), (1.0, f"{count:.0f} {words.kilometre if in_km else words.metre}")]
    if count % 2 == 0 and length >= ROOM_FOR_MIDDLE:
        marks.append((0.5, f"{count / 2:.0f}"))
    style = Style(13.0, "medium", theme.ink, halo=(theme.paper, 2.5))
    for part, text in marks:
        canvas.text(text, x + part * length, y + height + 7, style, align="center")


def draw_north_arrow(canvas: Canvas, x: float, y: float, *, letter: str, theme: Theme) -> None:
    """Draw an arrow of the size `NORTH_ARROW` with its lower left corner at (x, y), its letter on top."""
    width, height = NORTH_ARROW
    middle, tip, notch = x + width / 2, y + height - 20, y + 11
    west = Polygon([(middle, tip), (x + 3, y), (middle, notch)])
    east = Polygon([(middle, tip), (x + width - 3, y), (middle, notch)])
    canvas.shapes([west, east], fill=[theme.ink, theme.paper], edge=theme.ink, edge_width=1.0)
    canvas.text(letter, middle, y + height - 13, Style(17.0, "bold", theme.ink), align="center")


def _step(span_deg: float) -> float:
    """Choose the finest round step, in degrees, that leaves at most five lines in a span."""
    seconds = span_deg * 3600 / MOST_LINES
    return next((step for step in STEPS_SECONDS if step >= seconds), STEPS_SECONDS[-1]) / 3600


def _round_values(values: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """List the multiples of a step within the range of values."""
    return np.arange(np.ceil(values.min() / step), np.floor(values.max() / step) + 1) * step
