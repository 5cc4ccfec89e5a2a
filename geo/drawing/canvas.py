"""A page to draw on in design units, with the few strokes that a map sheet needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, Transform, TransformedBbox

from geo.drawing.fonts import CAP_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from numpy.typing import ArrayLike, NDArray

    from geo.drawing.fonts import Fonts, Weight
    from geo.drawing.sheet import PixelSize

Align = Literal["left", "center", "right"]
POINTS_PER_INCH = 72
LEAST_FITTING = 0.9
LEAST_SCALE = 0.65  # below this, a smaller picture shows less instead of smaller letters
_HALF_PIXEL_INCH = 1e-4  # matplotlib cuts the size in pixels to a whole number; keeps 3507.9999 from losing one


class Style(NamedTuple):
    """How a text is set; `halo` is the colour and width of a line around its letters."""

    size: float
    weight: Weight
    colour: str
    alpha: float = 1.0
    halo: tuple[str, float] | None = None

    def scaled(self, factor: float) -> Style:
        """Return the style in another size."""
        return self._replace(size=self.size * factor)


class Frame(NamedTuple):
    """A rectangle in design units, y upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Return the horizontal extent."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the vertical extent."""
        return self.top - self.bottom

    def shrunk(self, margin: float) -> Frame:
        """Move every side inwards."""
        return Frame(self.left + margin, self.bottom + margin, self.right - margin, self.top - margin)

    def edges(self, width: float) -> list[Frame]:
        """Return the four sides as thin rectangles."""
        outer, inner = self.shrunk(-width / 2), self.shrunk(width / 2)
        return [
            outer._replace(right=inner.left),
            outer._replace(left=inner.right),
            outer._replace(top=inner.bottom),
            outer._replace(bottom=inner.top),
        ]

    def beside(self, frame: Frame) -> Frame:
        """Return the largest of the four strips that this rectangle leaves of a frame around it."""
        strips = (
            frame._replace(right=self.left),
            frame._replace(left=self.right),
            frame._replace(top=self.bottom),
            frame._replace(bottom=self.top),
        )
        return max(strips, key=lambda strip: strip.width * strip.height)

    def polygon(self) -> Any:
        """Return the rectangle as a polygon."""
        return shapely.box(*self)


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """A figure of `width` x `height` design units; what is drawn later lies on top.

    One design unit is one pixel of a 1920 x 1080 picture. It is also one matplotlib point,
    because the figure's resolution is chosen so: font sizes and line widths need no scaling.
    """

    figure: Figure
    fonts: Fonts
    width: float
    height: float
    transform: Transform
    clip: Frame | None = None

    def clipped(self, frame: Frame) -> Canvas:
        """Return the same page, with everything outside a frame cut off."""
        return replace(self, clip=frame)

    def text_width(self, text: str, style: Style) -> float:
        """Measure how wide a text runs."""
        return self.fonts.width(text, size=style.size, weight=style.weight)

    def fitted(self, text: str, style: Style, width: float) -> Style:
        """Return the style, or a smaller one in which a text fits into a width."""
        return style.scaled(min(1.0, width / max(self.text_width(text, style), 1e-9)))

    def shortened(self, text: str, style: Style, width: float) -> tuple[str, Style]:
        """Fit a text into a width: a little smaller first, then without its last words, marked by an ellipsis."""
        smallest = style.scaled(LEAST_FITTING)
        words = text.split(" ")
        while len(words) > 1 and self.text_width(text, smallest) > width:
            words.pop()
            text = " ".join(words).rstrip(" ,.;·") + " …"
        return text, self.fitted(text, style, width)

    def wrapped(self, text: str, style: Style, width: float) -> list[str]:
        """Break a text between words into lines that fit into a width; a longer word stays whole."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.text_width(longer, style) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def balanced(self, text: str, style: Style, width: float) -> list[str]:
        """Break a text into as few lines as fit into a width, and those as even as they can be."""
        best = self.wrapped(text, style, width)
        for part in np.arange(0.95, 0.3, -0.05):
            lines = self.wrapped(text, style, part * width)
            if len(lines) > len(best) or any(self.text_width(line, style) > part * width for line in lines):
                break
            best = lines
        return best

    def text(
        self,
        text: str,
        x: float,
        y: float,
        style: Style,
        *,
        align: Align = "left",
        centred: bool = False,
        rotation: float = 0.0,
        name: str | None = None,
    ) -> None:
        """Set one line with its baseline at y, or with the middle of its capitals there if `centred`.

        `align` says which part of the line stands at x. A rotation, in degrees, turns the line
        around (x, y). `name` becomes the artist's gid.
        """
        shift = self.text_width(text, style) * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        drop = CAP_HEIGHT / 2 * style.size if centred else 0.0
        turn = Affine2D().scale(style.size).translate(-shift, -drop).rotate_deg(rotation).translate(x, y)
        path = turn.transform_path(self.fonts.outline(text, weight=style.weight))
        if style.halo is not None:
            colour, width = style.halo
            self._add(PathPatch(path, facecolor="none", edgecolor=colour, linewidth=width, joinstyle="round"))
        artist = PathPatch(path, facecolor=style.colour, edgecolor="none", alpha=style.alpha)
        artist.set_snap(False)
        artist.set_gid(name)
        self._add(artist)

    def shapes(
        self,
        geometries: Sequence[Any],
        *,
        fill: Sequence[str] | str,
        edge: str = "none",
        edge_width: float = 0.0,
        alpha: float | None = None,
    ) -> None:
        """Fill polygons, each in its colour."""
        paths = [outline_path(geometry) for geometry in geometries]
        self._add(
            PathCollection(
                paths, facecolors=fill, edgecolors=edge, linewidths=edge_width, alpha=alpha, joinstyle="round"
            )
        )

    def lines(self, lines: Sequence[ArrayLike], *, colour: str, width: float, alpha: float = 1.0) -> None:
        """Stroke lines, each an (n, 2) array, as one path: where they cross, alpha counts once."""
        if not len(lines):
            return
        parts = [np.asarray(line, dtype=float) for line in lines]
        codes = np.full(sum(map(len, parts)), Path.LINETO, dtype=Path.code_type)
        codes[np.cumsum([0, *map(len, parts[:-1])])] = Path.MOVETO
        self._add(
            PathPatch(
                Path(np.concatenate(parts), codes),
                facecolor="none",
                edgecolor=colour,
                linewidth=width,
                alpha=alpha,
                capstyle="round",
                joinstyle="round",
            )
        )

    def rectangle(
        self,
        frame: Frame,
        *,
        fill: str,
        edge: str = "none",
        edge_width: float = 0.0,
        radius: float = 0.0,
        alpha: float = 1.0,
    ) -> None:
        """Fill a rectangle, with rounded corners if asked."""
        style = f"round,pad=0,rounding_size={radius}" if radius else "square,pad=0"
        self._add(
            FancyBboxPatch(
                (frame.left, frame.bottom),
                frame.width,
                frame.height,
                boxstyle=style,
                facecolor=fill,
                edgecolor=edge,
                linewidth=edge_width,
                alpha=alpha,
            )
        )

    def marks(
        self,
        xy: NDArray[np.float64],
        *,
        marker: str,
        size: float,
        fill: str,
        edge: str = "none",
        edge_width: float = 0.0,
        alpha: float = 1.0,
        name: str | None = None,
    ) -> None:
        """Set one mark of a width at every point of an (n, 2) array."""
        artist = Line2D(
            xy[:, 0],
            xy[:, 1],
            linestyle="none",
            marker=marker,
            markersize=size,
            markerfacecolor=fill,
            markeredgecolor=edge,
            markeredgewidth=edge_width,
            alpha=alpha,
        )
        artist.set_snap(False)
        artist.set_gid(name)
        self._add(artist)

    def _add(self, artist: Artist) -> None:
        """Put an artist on top of the page, in design units, cut to the clip frame."""
        artist.set_transform(self.transform)
        artist.set_zorder(0)
        self.figure.add_artist(artist, clip=False)
        if self.clip is not None:
            artist.set_clip_box(TransformedBbox(Bbox.from_extents(*self.clip), self.transform))


def new_canvas(
    size: PixelSize, fonts: Fonts, *, background: str | None, enlargement: float = 1.0, scale: float | None = None
) -> Canvas:
    """Open an empty page of an exact number of pixels; without a background it is transparent.

    `enlargement` makes everything larger on the page, letters and lines alike; `scale` states the pixels of a
    design unit instead, whatever the size.
    """
    scale = scale or enlargement * max(float(np.sqrt(size.width * size.height / (1920 * 1080))), LEAST_SCALE)
    dots_per_inch = POINTS_PER_INCH * scale
    figure = Figure(
        figsize=(size.width / dots_per_inch + _HALF_PIXEL_INCH, size.height / dots_per_inch + _HALF_PIXEL_INCH),
        dpi=dots_per_inch,
        facecolor=background or "none",
    )
    FigureCanvasAgg(figure)
    return Canvas(
        figure=figure,
        fonts=fonts,
        width=size.width / scale,
        height=size.height / scale,
        transform=Affine2D().scale(scale),
    )


def outline_path(geometry: Any) -> Path:
    """Turn a polygon or multipolygon into one path, holes included."""
    rings = [
        shapely.get_coordinates(ring)
        for polygon in shapely.get_parts(geometry)
        for ring in (shapely.get_exterior_ring(polygon), *polygon.interiors)
    ]
    codes = [np.full(len(ring), Path.LINETO, dtype=Path.code_type) for ring in rings]
    for code in codes:
        code[0], code[-1] = Path.MOVETO, Path.CLOSEPOLY
    return Path(np.concatenate(rings), np.concatenate(codes)) if rings else Path(np.empty((0, 2)))
