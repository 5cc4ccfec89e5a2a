"""The classes of the map: one order, one set of names, colours and hatches, for screen, legend and print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.drawing.hatch import Hatch
from lib.analysis.classes import NO_CLASS, checked_cuts
from lib.texts.sheet import CLASS_NAMES, class_range

if TYPE_CHECKING:
    from collections.abc import Sequence


DARK_TEXT, LIGHT_TEXT = "#14202b", "#ffffff"
SCALE_END = 100.0


@dataclass(frozen=True, slots=True)
class RiskClass:
    """One class: its place in the order (-1 without reports), colours, and the hatch for grey prints."""

    index: int
    code: str
    name: str
    colour: str
    text_colour: str
    hatch: Hatch | None


# Even steps of lightness, distinct under deuteranopia too. The hatches darken where the ink of a
# grey printer runs together: wide and faint from the middle class on, denser upwards.
CLASSES = (
    RiskClass(0, "very_low", CLASS_NAMES[0], "#f9eccb", DARK_TEXT, None),
    RiskClass(1, "low", CLASS_NAMES[1], "#f5aa59", DARK_TEXT, None),
    RiskClass(2, "medium", CLASS_NAMES[2], "#db6806", DARK_TEXT, Hatch((45.0,), 11.0, 0.9, "#5e2a00", 0.28)),
    RiskClass(3, "high", CLASS_NAMES[3], "#ac2e04", LIGHT_TEXT, Hatch((45.0,), 6.0, 0.8, "#ffffff", 0.26)),
    RiskClass(4, "very_high", CLASS_NAMES[4], "#6a131b", LIGHT_TEXT, Hatch((45.0, 135.0), 7.0, 0.7, "#ffffff", 0.26)),
)
NO_REPORT = RiskClass(
    NO_CLASS, "no_report", CLASS_NAMES[NO_CLASS], "#e3e8ec", DARK_TEXT, Hatch((135.0,), 7.0, 1.1, "#5b7083", 0.45)
)


def legend_rows(cuts: Sequence[float]) -> tuple[tuple[RiskClass, str], ...]:
    """List every class from the highest down, each with its range of scores; last the class without reports.

    Raises `ValueError` as `lib.analysis.classes.class_index` does.
    """
    ends = [0.0, *checked_cuts(cuts), SCALE_END]
    rows = [(risk, class_range(ends[risk.index], ends[risk.index + 1], last=risk is CLASSES[-1])) for risk in CLASSES]
    return (*reversed(rows), (NO_REPORT, ""))


def class_of(index: int) -> RiskClass:
    """Return the class with an index, -1 for the class without reports."""
    return NO_REPORT if index == NO_REPORT.index else CLASSES[index]
