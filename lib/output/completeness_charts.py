"""The matrix of reports as an HTML table: areas down, weeks across, one cell for what is known of a week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from lib.indonesian import long_date, short_date, whole
from lib.output.html import render
from lib.records import records
from lib.reports.matrix import area_weeks
from lib.texts import completeness as t

if TYPE_CHECKING:
    from markupsafe import Markup

    from lib.reports.completeness import Completeness

COUNT_STEPS = (1, 3, 6, 10)  # lower ends of the four shades of incidents
YEAR_LETTERS = 5


@dataclass(frozen=True, slots=True)
class _Cell:
    """What is known of an area and week; columns as from `lib.reports.matrix.area_weeks`."""

    incident_count: int
    nil_count: int
    expected_count: int


@dataclass(frozen=True, slots=True)
class _Heard:
    """When an area was last heard of; columns as `lib.reports.completeness.Completeness.areas` describes them."""

    area_code: str
    area_name: str
    district_name: str
    last_report_on: pd.Timestamp | None
    age_days: int | None


def matrix_html(
    found: Completeness, *, source_name: str | None = None, longest_silence_first: bool = False
) -> Markup:
    """Draw the matrix, of all sources or of one; areas by kecamatan, or the longest silence first.

    A cell holds the number of incident reports, else the word for a nil report, else nothing; a silent cell in
    which a source was awaited carries a mark. Colours are those of the style sheet.
    """
    weekly = area_weeks(found.matrix, source_name)
    complete = pd.Timestamp(found.delays.iloc[0]["complete_until"])
    cells = weekly.sort_values(["area_code", "week_end"]).groupby("area_code")
    cells_of = {code: [_cell(cell) for cell in records(rows, _Cell)] for code, rows in cells}
    unusual = set(found.area_silences.loc[found.area_silences["unusual"], "area_code"])
    areas = found.areas
    if longest_silence_first:
        areas = areas.sort_values(["age_days", "area_code"], ascending=[False, True], na_position="first")
    rows, district = [], None
    for area in records(areas, _Heard):
        new_district = not longest_silence_first and area.district_name != district
        district = area.district_name
        mark = t.UNUSUAL_MARK if area.area_code in unusual else ""
        rows.append((district if new_district else "", area.area_name, cells_of[area.area_code], *_last(area), mark))
    return render(
        "matrix.html",
        caption=t.MATRIX_CAPTION,
        area_head=t.AREA,
        weeks=[
            short_date(end)[:-YEAR_LETTERS] + ("*" if end > complete else "")
            for end in sorted(weekly["week_end"].unique())
        ],
        last_head=t.LAST_REPORT if source_name is None else t.LAST_OF_ANY_SOURCE,
        rows=rows,
    )


def legend_html() -> Markup:
    """Draw the key of the matrix."""
    last = [f"{step - 1}" for step in COUNT_STEPS[1:]]
    ranges = [f"{step}–{end}" for step, end in zip(COUNT_STEPS, last, strict=False)] + [f"{COUNT_STEPS[-1]}+"]
    keys = (
        ([(f"s{shade}", text) for shade, text in enumerate(ranges)], t.LEGEND_INCIDENTS),
        ([("nil", t.NIL)], t.LEGEND_NIL),
        ([("none", "")], t.LEGEND_NONE),
        ([("none due", "")], t.LEGEND_DUE),
    )
    return render("matrix_key.html", keys=keys)


def _cell(cell: _Cell) -> tuple[str, str, str]:
    """Give a cell's look, its text, and what is read out where it has none."""
    if cell.incident_count:
        shade = sum(cell.incident_count >= step for step in COUNT_STEPS) - 1
        return f"s{shade}", whole(cell.incident_count), ""
    if cell.nil_count:
        return "nil", t.NIL, ""
    return ("none due", "", t.LEGEND_DUE) if cell.expected_count > 0 else ("none", "", t.LEGEND_NONE)


def _last(area: _Heard) -> tuple[str, str]:
    """Give the day of the last report, and how long ago that is."""
    if area.age_days is None or area.last_report_on is None:
        return "", t.NEVER
    return long_date(area.last_report_on), t.ago(area.age_days)
