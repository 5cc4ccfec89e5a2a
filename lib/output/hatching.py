"""The classes' hatches as SVG, for the map on screen and the legend beside it: the same lines as on paper."""

from __future__ import annotations

import base64
import math
from typing import TYPE_CHECKING

from lib.output.classes import CLASSES, UNCLASSED, RiskClass
from lib.output.html import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from geo.drawing.hatch import Hatch
    from lib.output.colourings import Step

SWATCH = (34, 20)


def pattern_id(risk: RiskClass) -> str:
    """Name the SVG pattern, and the CSS class of the paths that it fills."""
    return f"kelas-{risk.code.replace('_', '-')}"


def svg_patterns(classes: Sequence[RiskClass] = (*CLASSES, *UNCLASSED.values())) -> Markup:
    """Write the patterns of classes as one invisible SVG, and the rules that fill paths with them.

    A path keeps its plain colour as an attribute; the rule only paints over it where patterns are known.
    """
    return render("patterns.html", patterns=[_pattern(risk) for risk in classes])


def swatch(risk: RiskClass | Step) -> Markup:
    """Draw a legend's swatch of a class or step as an image tag: pages strip drawings that stand in their HTML."""
    width, height = SWATCH
    path = _diagonals(risk.hatch, width, height) if risk.hatch else ""
    drawing = render("swatch.svg", width=width, height=height, risk=risk, path=path)
    return render("swatch.html", width=width, height=height, drawing=base64.b64encode(drawing.encode()).decode())


def _pattern(risk: RiskClass) -> tuple[str, str, RiskClass, str]:
    """Give the pattern's name, the side of its tile, its class, and its lines."""
    # A square tile repeats without a seam when its side is the lines' distance along its edge.
    side = risk.hatch.spacing * math.sqrt(2) if risk.hatch else 8.0
    path = _diagonals(risk.hatch, side, side) if risk.hatch else ""
    return pattern_id(risk), f"{side:.3f}", risk, path


def _diagonals(hatch: Hatch, width: float, height: float) -> str:
    """Write the path of the diagonals that cross a tile, its corners included."""
    step = hatch.spacing * math.sqrt(2)
    parts = []
    for angle in hatch.angles_deg:
        rising = angle < 90
        count = math.ceil((width + height) / step) + 1
        for number in range(-1, count):
            x = number * step
            start, end = ((x - height, height), (x, 0.0)) if rising else ((x - height, 0.0), (x, height))
            parts.append(f"M{start[0]:.3f} {start[1]:.3f}L{end[0]:.3f} {end[1]:.3f}")
    return "".join(parts)
