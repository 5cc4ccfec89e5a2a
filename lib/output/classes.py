"""The classes of the map and the marks beside them: one order, one set of names and looks, for screen and print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.drawing.hatch import Hatch
from lib.analysis.classes import NO_CLASS, checked_cuts
from lib.reports.completeness import UNHEARD
from lib.score.answers import SILENT, TOO_LITTLE
from lib.texts.sheet import CLASS_NAMES, MARK_NAMES, UNCLASSED_NAMES, class_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd


DARK_TEXT, LIGHT_TEXT = "#14202b", "#ffffff"
SCALE_END = 100.0


@dataclass(frozen=True, slots=True)
class RiskClass:
    """One class: its place in the order (-1: no class), colours, and the hatch for grey prints."""

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
NO_COLOUR = "#e2dfd8"  # a grey of land, never of water
# Why an area has no class, by `unclassed`: no colour, each with lines of its own.
UNCLASSED = {
    SILENT: RiskClass(
        NO_CLASS,
        "no_report",
        UNCLASSED_NAMES[SILENT],
        NO_COLOUR,
        DARK_TEXT,
        Hatch((135.0,), 7.0, 1.1, "#5b5a55", 0.5),
    ),
    UNHEARD: RiskClass(
        NO_CLASS,
        "unheard",
        UNCLASSED_NAMES[UNHEARD],
        NO_COLOUR,
        DARK_TEXT,
        Hatch((45.0, 135.0), 9.0, 1.2, "#3d3c39", 0.5),
    ),
    TOO_LITTLE: RiskClass(
        NO_CLASS,
        "unclear",
        UNCLASSED_NAMES[TOO_LITTLE],
        NO_COLOUR,
        DARK_TEXT,
        Hatch((45.0,), 14.0, 1.3, "#5b5a55", 0.5),
    ),
}
NO_REPORT = UNCLASSED[SILENT]


@dataclass(frozen=True, slots=True)
class Mark:
    """What is seen beside a class and never changes it; `code` is a column of `Assessment.areas`."""

    code: str
    name: str
    glyph: str


MARKS = tuple(
    Mark(code, name, glyph) for (code, name), glyph in zip(MARK_NAMES.items(), ("▲", "◆", "?", "▽"), strict=True)
)


def legend_rows(cuts: Sequence[float], unclassed: Iterable[str] = UNCLASSED) -> tuple[tuple[RiskClass, str], ...]:
    """List every class from the highest down, each with its range of scores; last why an area has no class.

    `unclassed` names the kinds of those to list. Raises `ValueError` as `lib.analysis.classes.class_index` does.
    """
    ends = [0.0, *checked_cuts(cuts), SCALE_END]
    rows = [(risk, class_range(ends[risk.index], ends[risk.index + 1], last=risk is CLASSES[-1])) for risk in CLASSES]
    return (*reversed(rows), *((UNCLASSED[kind], "") for kind in unclassed))


def class_of(index: int, unclassed: str = SILENT) -> RiskClass:
    """Return the class with an index; for -1 that of why there is none."""
    return CLASSES[index] if index >= 0 else UNCLASSED[unclassed]


def class_counts(areas: pd.DataFrame) -> dict[str, int]:
    """Count areas by class and, without one, by why there is none: code of the class to count, zeros included.

    `areas`: columns class_index and unclassed of `lib.score.answers.Assessment.areas`.
    """
    counted = dict.fromkeys((risk.code for risk in (*CLASSES, *UNCLASSED.values())), 0)
    for index, kind in zip(areas["class_index"].tolist(), areas["unclassed"].tolist(), strict=True):
        counted[class_of(index, kind).code] += 1
    return counted


def marks_of(row: object) -> tuple[Mark, ...]:
    """List the marks of an area; `row` has a field for each mark's code."""
    return tuple(mark for mark in MARKS if getattr(row, mark.code))


def mark_counts(areas: pd.DataFrame) -> tuple[tuple[Mark, int], ...]:
    """Count the areas with each mark, those with none left out of the list."""
    return tuple((mark, count) for mark in MARKS if (count := int(areas[mark.code].sum())))
