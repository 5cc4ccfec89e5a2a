"""The classes' hatches as SVG, for the map on screen and the legend beside it: the same lines as on paper."""

from __future__ import annotations

import base64
import math
from typing import TYPE_CHECKING

from lib.output.classes import CLASSES, NO_REPORT, RiskClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.drawing.hatch import Hatch

SWATCH = (34, 20)


def pattern_id(risk: RiskClass) -> str:
    """Name the SVG pattern, and the CSS class of the paths that it fills."""
    return f"kelas-{risk.code.replace('_', '-')}"


def svg_patterns(classes: Sequence[RiskClass] = (*CLASSES, NO_REPORT)) -> str:
    """Write the patterns of classes as one invisible SVG, and the rules that fill paths with them.

    A path keeps its plain colour as an attribute; the rule only paints over it where patterns are known.
    """
    patterns = "".join(_pattern(risk) for risk in classes)
    rules = "".join(f"path.{pattern_id(risk)} {{ fill: url(#{pattern_id(risk)}); }}" for risk in classes)
    return (
        f'<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>{patterns}</defs></svg>'
        f"<style>{rules}</style>"
    )


def swatch(risk: RiskClass) -> str:
    """Draw one class's swatch of the legend as an image tag: pages strip drawings that stand in their HTML."""
    width, height = SWATCH
    lines = _lines(risk.hatch, width, height) if risk.hatch else ""
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="{risk.colour}"/>{lines}'
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" fill="none" stroke="#00000040"/></svg>'
    )
    source = base64.b64encode(drawing.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{source}" width="{width}" height="{height}" alt="">'


def _pattern(risk: RiskClass) -> str:
    hatch = risk.hatch
    if hatch is None:
        side, lines = 8.0, ""
    else:
        # A square tile repeats without a seam when its side is the lines' distance along its edge.
        side = hatch.spacing * math.sqrt(2)
        lines = _lines(hatch, side, side)
    return (
        f'<pattern id="{pattern_id(risk)}" width="{side:.3f}" height="{side:.3f}" patternUnits="userSpaceOnUse">'
        f'<rect width="{side:.3f}" height="{side:.3f}" fill="{risk.colour}"/>{lines}</pattern>'
    )


def _lines(hatch: Hatch, width: float, height: float) -> str:
    """Draw the diagonals that cross a tile, its corners included."""
    step = hatch.spacing * math.sqrt(2)
    parts = []
    for angle in hatch.angles_deg:
        rising = angle < 90
        count = math.ceil((width + height) / step) + 1
        for number in range(-1, count):
            x = number * step
            start, end = ((x - height, height), (x, 0.0)) if rising else ((x - height, 0.0), (x, height))
            parts.append(f"M{start[0]:.3f} {start[1]:.3f}L{end[0]:.3f} {end[1]:.3f}")
    return (
        f'<path d="{"".join(parts)}" stroke="{hatch.colour}" stroke-opacity="{hatch.alpha}" '
        f'stroke-width="{hatch.width}" fill="none"/>'
    )
